"""A follow-up question was pressed: it is asked in the thread, as the person who pressed it."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.inbound import Inbound
from agent.slack.surface import Surface
from agent.slack.ui.mrkdwn import data

_SAME_PRESS_SECONDS = 10


def register(app: App, surface: Surface) -> None:
    """Write the question down like a typed one, acknowledge, show it, and enqueue it."""

    def follow_up(ack: Ack, body: dict[str, Any]) -> None:
        message = _inbound(surface, body)
        # Written down first: once acknowledged, it is ours to lose.
        fresh = bool(message.text) and surface.ledger.admit(message)
        ack()
        if fresh:
            asked = f"<@{message.user_id}> asked: {data(message.text)}"
            surface.sender.say(message.channel_id, asked, thread_ts=message.thread_ts)
            surface.enqueue(message)

    app.action(re.compile(rf"^{ids.FOLLOW_UP}_\d+$"))(follow_up)


def _inbound(surface: Surface, body: dict[str, Any]) -> Inbound:
    action = body["actions"][0]
    pressed = body.get("message") or {}
    container = body.get("container") or {}
    ts = str(pressed.get("ts") or container.get("message_ts") or "")
    user = str(body["user"]["id"])
    pressed_at = str(action.get("action_ts") or ts)
    # A nervous double press is one question; the same button pressed again later is another.
    moment = int(float(pressed_at)) // _SAME_PRESS_SECONDS
    return Inbound(
        team_id=surface.identity.team_id,
        channel_id=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        ts=pressed_at,
        event_id=f"{user[-16:]}:{ts}:{action['action_id']}:{moment}"[:64],
        user_id=user,
        thread_ts=str(pressed.get("thread_ts") or container.get("thread_ts") or ts),
        text=str(action.get("value") or ""),
        received_at=surface.services.clock.now(),
    )
