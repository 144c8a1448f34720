"""Events: posts, mentions, and people opening the App Home."""

from __future__ import annotations

from slack_bolt import App

from agent.slack.listeners.events import app_home_opened, app_mention, message
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Register the event listeners."""
    app_mention.register(app, surface)
    message.register(app, surface)
    app_home_opened.register(app, surface)
