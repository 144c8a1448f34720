"""A follow-up question was pressed: it is asked in the thread, as the person who pressed it."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Lock
from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.inbound import Inbound
from agent.slack.surface import Surface
from agent.slack.ui.mrkdwn import data

_SAME_PRESS_SECONDS = 10


def register(app: App, surface: Surface) -> None:
    """Write the question down like a typed one, acknowledge, show it, and enqueue it."""
    presses = _Presses()

    def follow_up(ack: Ack, body: dict[str, Any]) -> None:
        message = _inbound(surface, body)
        # Written down first: once acknowledged, it is ours to lose.
        fresh = bool(message.text) and presses.admit(body, message, surface.ledger.admit)
        ack()
        if fresh:
            asked = f"<@{message.user_id}> asked: {data(message.text)}"
            surface.sender.say(message.channel_id, asked, thread_ts=message.thread_ts)
            surface.enqueue(message)

    app.action(re.compile(rf"^{ids.FOLLOW_UP}_\d+$"))(follow_up)


class _Presses:
    """The presses of the last seconds: a nervous double press is one question, one of a while later is another."""

    def __init__(self) -> None:
        self._gate = Lock()
        self._at: dict[tuple[str, str, str], float] = {}

    def admit(self, body: dict[str, Any], message: Inbound, write_down: Callable[[Inbound], bool]) -> bool:
        """Write a press down, unless this person pressed this button within the last seconds; whether it was."""
        at = float(message.ts)
        key = str(body["user"]["id"]), _pressed_ts(body), str(body["actions"][0]["action_id"])
        with self._gate:
            self._at = {one: when for one, when in self._at.items() if abs(at - when) < _SAME_PRESS_SECONDS}
            if key in self._at:
                return False
            fresh = write_down(message)
            self._at[key] = at
            return fresh


def _pressed_ts(body: dict[str, Any]) -> str:
    """The message that the button stands in."""
    return str((body.get("message") or {}).get("ts") or (body.get("container") or {}).get("message_ts") or "")


def _inbound(surface: Surface, body: dict[str, Any]) -> Inbound:
    action = body["actions"][0]
    pressed = body.get("message") or {}
    container = body.get("container") or {}
    ts = _pressed_ts(body)
    user = str(body["user"]["id"])
    pressed_at = str(action.get("action_ts") or ts)
    return Inbound(
        team_id=surface.identity.team_id,
        channel_id=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        ts=pressed_at,
        event_id=f"{user[-16:]}:{ts}:{action['action_id']}:{pressed_at}"[:64],
        user_id=user,
        thread_ts=str(pressed.get("thread_ts") or container.get("thread_ts") or ts),
        text=str(action.get("value") or ""),
        received_at=surface.services.clock.now(),
    )
