"""Submitted modals."""

from __future__ import annotations

from slack_bolt import App

from agent.slack.listeners.views import edited_values, reject_reason
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Register the modal listeners."""
    edited_values.register(app, surface)
    reject_reason.register(app, surface)
