"""Listeners: one file each. They acknowledge, write down and enqueue; all work happens elsewhere."""

from __future__ import annotations

from slack_bolt import App

from agent.slack.listeners import actions, events, views
from agent.slack.surface import Surface


def register_listeners(app: App, surface: Surface) -> None:
    """Register every listener."""
    events.register(app, surface)
    actions.register(app, surface)
    views.register(app, surface)
