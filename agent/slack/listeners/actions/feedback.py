"""A thumb under an answer."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import Ack, App

from agent.governance.receipts import Receipts
from agent.slack import ids
from agent.slack.inbound import thread_key
from agent.slack.surface import Surface

_log = structlog.get_logger(__name__)


def register(app: App, surface: Surface) -> None:
    """Keep which answer was good or bad beside its receipt, and thank the person where nobody else sees it."""
    receipts = Receipts(surface.services.database)

    def feedback(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        rating, _, receipt_id = str(body["actions"][0].get("value") or "").partition(":")
        user = str(body["user"]["id"])
        channel = str((body.get("channel") or {}).get("id") or "")
        thread_ts = str((body.get("message") or {}).get("thread_ts") or "")
        receipts.save(
            "feedback",
            user,
            thread_key(surface.identity.team_id, channel, thread_ts),
            {"rating": rating, "about": receipt_id},
            created_at=surface.services.clock.now(),
        )
        _log.info("feedback.given", rating=rating, receipt=receipt_id)
        thanks = "Thank you." if rating == "good" else "Thank you; tell me in the thread what was wrong, if you like."
        if channel:
            surface.sender.whisper(channel, user, thanks, thread_ts=thread_ts or None)

    app.action(ids.FEEDBACK)(feedback)
