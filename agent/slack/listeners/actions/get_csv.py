"""The whole table of an answer was asked for by its button: it comes into the thread as a file."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from agent.errors import FloorwalkerError
from agent.slack import ids
from agent.slack.inbound import thread_key
from agent.slack.surface import Surface
from agent.slack.ui.mrkdwn import plain

_BUSY = "I am busy right now and cannot make the file. Please press again in a minute."


def register(app: App, surface: Surface) -> None:
    """Acknowledge, then make the file off the listener's thread, with the rights the person has now."""

    def get_csv(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        container, message = body.get("container") or {}, body.get("message") or {}
        user = str(body["user"]["id"])
        channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
        ts = str(message.get("thread_ts") or container.get("thread_ts") or message.get("ts") or "")
        receipt_id = str(body["actions"][0].get("value") or "")
        job = partial(_deliver, surface, user, channel, ts or str(container.get("message_ts") or ""), receipt_id)
        if not surface.click_queue.submit(f"csv:{receipt_id}", job):
            surface.sender.whisper(channel, user, plain(_BUSY), thread_ts=ts or None)

    app.action(ids.GET_CSV)(get_csv)


def _deliver(surface: Surface, user: str, channel: str, thread_ts: str, receipt_id: str) -> None:
    try:
        thread = thread_key(surface.identity.team_id, channel, thread_ts)
        scope = surface.people.scope_for(user, channel_id=channel, thread_id=thread)
        surface.files.table(channel, thread_ts, receipt_id, scope)
    except FloorwalkerError as error:
        surface.sender.whisper(channel, user, plain(error.user_message), thread_ts=thread_ts or None)
