"""``brief``: a store's morning briefing, shown or sent."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from agent.control import Invocation
from agent.errors import BadInputError
from agent.wiring import Application


def brief(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Compose the briefing of one store; with ``post`` it goes to the store's channel, once per store and day."""
    from tools.context import ToolContext
    from tools.stores import resolve_stores

    scope = application.directory.scope_for(application.person(invocation.user))
    context = ToolContext(scope=scope, mirror=application.mirror.reader, clock=application.clock)
    named = resolve_stores(str(invocation.arguments.get("store") or "") or None, context)
    if len(named.stores) != 1:
        raise BadInputError(f"--store: a briefing is for one store; name one out of {', '.join(named.ids)}.")
    store = named.stores[0]
    given = str(invocation.arguments.get("on") or "")
    on = date.fromisoformat(given) if given else application.clock.now().astimezone(ZoneInfo(store.timezone)).date()
    if not invocation.arguments.get("post"):
        return application.briefings().compose(store.store_id, on)
    with application.briefing_post() as post:
        posted = application.briefings(post).post(store.store_id, on)
    document = {"store_id": posted.store_id, "on": posted.on, "channel_id": posted.channel_id, "ts": posted.ts}
    return {**document, "receipt_id": posted.receipt_id, "text": f"The briefing stands in {posted.channel_id}."}
