"""The modals people have open: a stack of at most three views for each person."""

from __future__ import annotations

import secrets

from connectors.sandbox.workspace.identify import with_ids
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace, new_id

DEEPEST = 3
PRIVATE = ("user_id", "depth")


def defaults(workspace: Workspace, view: JsonObject) -> JsonObject:
    """A view with the fields Slack adds; the app's own fields win."""
    seed = workspace.seed
    return {
        "team_id": seed.team.id,
        "app_id": seed.bot.app_id,
        "bot_id": seed.bot.bot_id,
        "app_installed_team_id": seed.team.id,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **view,
        "state": {"values": {}},
    }


def shown(view: JsonObject) -> JsonObject:
    """A view as the app sees it."""
    return {key: value for key, value in view.items() if key not in PRIVATE}


def opened(workspace: Workspace, user_id: str) -> list[JsonObject]:
    """What a person has open, the top view last."""
    mine = [view for view in workspace.store.all("view") if view["user_id"] == user_id]
    return sorted(mine, key=lambda view: int(view["depth"]))


def show(workspace: Workspace, user_id: str, view: JsonObject, below: JsonObject | None) -> JsonObject:
    """Open a modal, alone or on top of another.

    Raises:
        SlackError: ``push_limit_reached``.
    """
    depth = below["depth"] + 1 if below else 0
    if depth >= DEEPEST:
        raise SlackError("push_limit_reached")
    view_id = new_id("V")
    doc: JsonObject = {
        **defaults(workspace, view),
        "id": view_id,
        "blocks": with_ids(view["blocks"]),
        "hash": _new_hash(),
        "root_view_id": below["root_view_id"] if below else view_id,
        "previous_view_id": below["id"] if below else None,
        "user_id": user_id,
        "depth": depth,
    }
    with workspace.store.transaction():
        if below is None:
            _forget(workspace, opened(workspace, user_id))
        workspace.store.put("view", view_id, doc)
    _tell(workspace, user_id)
    return shown(doc)


def replace(workspace: Workspace, known: JsonObject, view: JsonObject) -> JsonObject:
    """Give an open modal new content."""
    kept = {key: known[key] for key in ("id", "root_view_id", "previous_view_id", *PRIVATE)}
    doc = {**defaults(workspace, view), "blocks": with_ids(view["blocks"]), "hash": _new_hash(), **kept}
    workspace.store.put("view", known["id"], doc)
    _tell(workspace, known["user_id"])
    return shown(doc)


def close(workspace: Workspace, view: JsonObject, *, everything: bool = False) -> None:
    """Close a modal and what lies on top of it, or the whole stack."""
    mine = opened(workspace, view["user_id"])
    _forget(workspace, [other for other in mine if everything or other["depth"] >= view["depth"]])
    _tell(workspace, view["user_id"])


def _forget(workspace: Workspace, views: list[JsonObject]) -> None:
    with workspace.store.transaction():
        for view in views:
            workspace.store.remove("view", view["id"])


def _tell(workspace: Workspace, user_id: str) -> None:
    views = opened(workspace, user_id)
    workspace.hub.publish({"kind": "views", "users": [user_id], "views": views})


def _new_hash() -> str:
    return f"{secrets.token_hex(5)}.{secrets.token_hex(4)}"
