"""Somebody wrote in a direct message, a thread or a channel that the bot is in."""

from __future__ import annotations

from slack_bolt import App

from agent.slack.listeners.events.reception import make_reception
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Answer the posts that are meant for the bot."""
    admit, enqueue = make_reception(surface)
    app.event("message", middleware=[admit])(enqueue)
