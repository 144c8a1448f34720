"""Somebody opened the App Home or the messages tab."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from agent.errors import FloorwalkerError
from agent.identity import APPROVES
from agent.slack.delivery.send import error_code
from agent.slack.surface import Surface
from agent.slack.ui.home import PROMPTS, compose_home, compose_refused_home

_log = structlog.get_logger(__name__)

_MOST = 1000
"""So many proposals are looked through for those that wait; the home shows a few and says how many there are."""


def register(app: App, surface: Surface) -> None:
    """Publish the home view; offer prompts in the messages tab."""

    def opened(event: dict[str, Any]) -> None:
        user = str(event["user"])
        if event.get("tab") == "messages":
            surface.click_queue.submit(f"prompts:{user}", lambda: suggest_prompts(surface, str(event["channel"])))
        else:
            surface.click_queue.submit(f"home:{user}", lambda: publish_home(surface, user))

    app.event("app_home_opened")(opened)


def publish_home(surface: Surface, user_id: str) -> None:
    """Draw the App Home of one person as things stand now."""
    try:
        scope = surface.people.scope_for(user_id)
    except FloorwalkerError as error:
        surface.client.views_publish(user_id=user_id, view=compose_refused_home(error.user_message))
        return
    labels = surface.stores.labels()
    sales = surface.services.mirror.snapshot().sources.get("sales")
    # One whose time is over waits for nobody, though the sweep has not closed it yet.
    now, found = surface.services.clock.now(), surface.services.proposals.find(scope, status="pending", limit=_MOST)
    view = compose_home(
        [labels[store] for store in scope.store_ids if store in labels],
        sales.as_of_at if sales else None,
        [one for one in found if one.expires_at > now],
        may_decide=scope.role in APPROVES,
    )
    surface.client.views_publish(user_id=user_id, view=view)


def suggest_prompts(surface: Surface, channel_id: str) -> None:
    """Offer ways to begin. Best effort: not every workspace shows prompts."""
    prompts = [{"title": title, "message": message} for title, message in PROMPTS]
    try:
        surface.client.assistant_threads_setSuggestedPrompts(channel_id=channel_id, prompts=prompts)
    except SlackApiError as error:
        _log.info("prompts.refused", error=error_code(error))
