"""``views.*`` and ``blocks.validate``: modals need a fresh trigger, a home view belongs to one person."""

from __future__ import annotations

import hashlib
import json

from connectors.sandbox.workspace import modals
from connectors.sandbox.workspace.identify import with_ids
from connectors.sandbox.workspace.validation import check_blocks, check_view
from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace, new_id


def _view(call: Call, kind: str) -> JsonObject:
    view = call.args.get("view")
    problems = check_view(view, kind)
    if problems or not isinstance(view, dict):
        raise SlackError("invalid_arguments", *problems)
    return view


def _trigger(workspace: Workspace, call: Call) -> str:
    return workspace.triggers.redeem(call.needed("trigger_id"))


def open_view(workspace: Workspace, call: Call) -> JsonObject:
    """``views.open``."""
    view = _view(call, "modal")
    return {"view": modals.show(workspace, _trigger(workspace, call), view, None)}


def push_view(workspace: Workspace, call: Call) -> JsonObject:
    """``views.push``: on top of what that person has open, three at most."""
    view = _view(call, "modal")
    user_id = _trigger(workspace, call)
    stack = modals.opened(workspace, user_id)
    if not stack:
        raise SlackError("not_found")
    return {"view": modals.show(workspace, user_id, view, stack[-1])}


def update_view(workspace: Workspace, call: Call) -> JsonObject:
    """``views.update``: by view id or external id; ``hash_conflict`` when it changed meanwhile."""
    view = _view(call, "modal")
    external = call.text("external_id")
    known = next(
        (shown for shown in workspace.store.all("view") if external and shown["external_id"] == external), None
    )
    known = workspace.store.get("view", call.text("view_id")) if call.text("view_id") else known
    if known is None:
        raise SlackError("not_found")
    if call.text("hash") and call.text("hash") != known["hash"]:
        raise SlackError("hash_conflict")
    return {"view": modals.replace(workspace, known, view)}


def publish_home(workspace: Workspace, call: Call) -> JsonObject:
    """``views.publish``."""
    view = _view(call, "home")
    user = call.needed("user_id")
    if workspace.user(user) is None:
        raise SlackError("user_not_found")
    known = workspace.store.get("home", user)
    if known and call.text("hash") and call.text("hash") != known["hash"]:
        raise SlackError("hash_conflict")
    home: JsonObject = {
        **modals.defaults(workspace, view),
        "id": known["id"] if known else new_id("V"),
        "hash": hashlib.sha256(json.dumps([view, workspace.stamp()]).encode()).hexdigest()[:16],
        "blocks": with_ids(view["blocks"]),
        "user_id": user,
    }
    workspace.store.put("home", user, home)
    workspace.hub.publish({"kind": "home", "users": [user], "view": home})
    return {"view": home}


def validate(_workspace: Workspace, call: Call) -> JsonObject:
    """``blocks.validate``: blocks, a message or a view, without posting anything."""
    view, message = call.args.get("view"), call.args.get("message")
    if isinstance(view, dict):
        problems = check_view(view, "home" if view.get("type") == "home" else "modal")
    elif isinstance(message, dict):
        problems = check_blocks(message.get("blocks", []), "message")
    else:
        problems = check_blocks(call.args.get("blocks"), "message")
    if problems:
        raise SlackError("invalid_blocks", *problems)
    return {}
