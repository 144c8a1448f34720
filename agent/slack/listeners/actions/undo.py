"""Undo was pressed."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.listeners.actions.press import read_press
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Acknowledge, then file the inverse change on the click queue."""

    def undo(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        press = read_press(body)
        surface.enqueue_press(press, lambda: surface.decisions.undo(press))

    app.action(ids.UNDO)(undo)
