"""Approve was pressed."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.listeners.actions.press import read_press
from agent.slack.listeners.events.app_home_opened import publish_home
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Acknowledge, then decide on the click queue."""

    def approve(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        press = read_press(body)

        def decide() -> None:
            surface.decisions.approve(press)
            if not press.channel_id:
                publish_home(surface, press.user_id)

        surface.enqueue_press(press, decide)

    app.action(ids.APPROVE)(approve)
