"""“Mark done” was pressed on the card of a task."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.listeners.actions.press import read_press
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Acknowledge, then close the task on the click queue."""

    def task_done(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        press = read_press(body)
        surface.enqueue_press(press, lambda: surface.decisions.finish_task(press))

    app.action(ids.TASK_DONE)(task_done)
