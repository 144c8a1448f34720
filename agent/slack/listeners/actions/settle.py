"""A person looked up what became of an unclear write, and says so."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.listeners.actions.press import read_press
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Acknowledge, then settle the proposal on the click queue."""

    def took_effect(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        press = read_press(body)
        surface.enqueue_press(press, lambda: surface.decisions.settle(press, took_effect=True))

    def no_effect(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        press = read_press(body)
        surface.enqueue_press(press, lambda: surface.decisions.settle(press, took_effect=False))

    app.action(ids.TOOK_EFFECT)(took_effect)
    app.action(ids.NO_EFFECT)(no_effect)
