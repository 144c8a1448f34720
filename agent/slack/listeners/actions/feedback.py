"""A thumb under an answer."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.surface import Surface

_log = structlog.get_logger(__name__)


def register(app: App, surface: Surface) -> None:
    """Note which answer was good or bad, and thank the person where nobody else sees it."""

    def feedback(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        rating, _, receipt_id = str(body["actions"][0].get("value") or "").partition(":")
        user = str(body["user"]["id"])
        _log.info("feedback.given", rating=rating, receipt=receipt_id, user=user)
        channel = str((body.get("channel") or {}).get("id") or "")
        thanks = "Thank you." if rating == "good" else "Thank you; tell me in the thread what was wrong, if you like."
        if channel:
            thread = (body.get("message") or {}).get("thread_ts")
            surface.sender.whisper(channel, user, thanks, thread_ts=thread)

    app.action(ids.FEEDBACK)(feedback)
