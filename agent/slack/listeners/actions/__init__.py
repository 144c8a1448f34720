"""Buttons on answers, cards and the App Home."""

from __future__ import annotations

from slack_bolt import App

from agent.slack.listeners.actions import approve, edit, feedback, follow_up, get_csv, reject, settle, task_done, undo
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Register the button listeners."""
    approve.register(app, surface)
    edit.register(app, surface)
    reject.register(app, surface)
    undo.register(app, surface)
    settle.register(app, surface)
    task_done.register(app, surface)
    follow_up.register(app, surface)
    feedback.register(app, surface)
    get_csv.register(app, surface)
