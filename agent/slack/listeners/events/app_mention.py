"""Somebody mentioned the bot."""

from __future__ import annotations

from slack_bolt import App

from agent.slack.listeners.events.reception import make_reception
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Answer mentions; the ``message`` event of the same post is recognised as the same."""
    admit, enqueue = make_reception(surface)
    app.event("app_mention", middleware=[admit])(enqueue)
