"""What people do with buttons and forms, told to the app; and what its answer does to their screens."""

from __future__ import annotations

import time

from connectors.sandbox.workspace import modals
from connectors.sandbox.workspace.elements import choose, elements, entered, initial, is_empty
from connectors.sandbox.workspace.events import interaction_envelope
from connectors.sandbox.workspace.store import Envelope
from connectors.sandbox.workspace.validation import check_view
from connectors.sandbox.workspace.wire import ControlError, JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace, new_id

RESPONSE_USES = 5
RESPONSE_SECONDS = 1800
BUTTONS = ("button", "icon_button", "feedback_buttons")
NO_ANSWER = "The app did not answer within 3 seconds."


async def click_message(
    workspace: Workspace, user: JsonObject, channel: JsonObject, body: JsonObject, base_url: str
) -> JsonObject:
    """Use an element of a message that is there now.

    ``visible_to_user_ids`` hides a button on the page but stops nobody here: hiding is not authority.

    Raises:
        ControlError: No such message or element, or the app did not answer.
    """
    ts = str(body.get("message_ts") or "")
    message = workspace.store.message(channel["id"], ts)
    if message is None or message.get("ephemeral_to") not in (None, user["id"]):
        raise ControlError(f"There is no message {ts or '(message_ts is missing)'} in {channel['id']}.", 404)
    private = message.pop("ephemeral_to", None)
    blocks = message.get("blocks") or []
    where = {"message_ts": ts, "channel_id": channel["id"], "is_ephemeral": private is not None}
    if message.get("thread_ts"):
        where["thread_ts"] = message["thread_ts"]
    payload: JsonObject = {
        "type": "block_actions",
        "actions": [_action(workspace, blocks, body)],
        "container": {"type": "message", **where},
        "channel": {"id": channel["id"], "name": "directmessage" if channel["is_im"] else channel["name"]},
        "state": {"values": _values(blocks, body.get("state") or {})},
        "trigger_id": workspace.triggers.issue(user["id"]),
        "response_url": response_url(workspace, channel, user, message, base_url, private=private is not None),
    }
    if private is None:
        payload["message"] = {key: value for key, value in message.items() if key != "stream"}
    return await _tell_app(workspace, interaction_envelope(workspace.seed, user, payload))


async def click_view(workspace: Workspace, user: JsonObject, body: JsonObject) -> JsonObject:
    """Use an element of a modal or of the App Home."""
    view = _view(workspace, user, str(body.get("view_id") or ""), home=True)
    state = {"values": _values(view["blocks"], body.get("state") or {})}
    payload: JsonObject = {
        "type": "block_actions",
        "actions": [_action(workspace, view["blocks"], body)],
        "container": {"type": "view", "view_id": view["id"]},
        "view": {**modals.shown(view), "state": state},
        "trigger_id": workspace.triggers.issue(user["id"]),
    }
    return await _tell_app(workspace, interaction_envelope(workspace.seed, user, payload))


async def submit(workspace: Workspace, user: JsonObject, body: JsonObject) -> JsonObject:
    """Submit a modal: ``values`` by block and action id, by action id, or by block id.

    Returns:
        ``{ok, errors?, response_action?}``; ``errors`` are by block id, the form stays open then.
    """
    view = _view(workspace, user, str(body.get("view_id") or ""), home=False)
    given = body.get("values") or {}
    if not isinstance(given, dict):
        raise ControlError("values must be an object of block and action ids, or of action ids.")
    values = _values(view["blocks"], given)
    missing = {
        block["block_id"]: "Please complete this required field."
        for block in view["blocks"]
        if block["type"] == "input"
        and not block.get("optional")
        and is_empty(values[block["block_id"]][block["element"]["action_id"]])
    }
    if missing:
        return {"ok": False, "response_action": "errors", "errors": missing}
    payload: JsonObject = {
        "type": "view_submission",
        "trigger_id": workspace.triggers.issue(user["id"]),
        "view": {**modals.shown(view), "state": {"values": values}},
        "response_urls": [],
    }
    answer = await _answer(workspace, interaction_envelope(workspace.seed, user, payload))
    return _respond(workspace, view, answer or {})


async def dismiss(workspace: Workspace, user: JsonObject, body: JsonObject) -> JsonObject:
    """Close a modal; the app hears ``view_closed`` if it asked to."""
    view = _view(workspace, user, str(body.get("view_id") or ""), home=False)
    everything = bool(view["clear_on_close"] or body.get("clear"))
    modals.close(workspace, view, everything=everything)
    if view["notify_on_close"]:
        payload: JsonObject = {"type": "view_closed", "view": modals.shown(view), "is_cleared": everything}
        workspace.delivery.post(interaction_envelope(workspace.seed, user, payload))
    return {"ok": True}


def response_url(
    workspace: Workspace, channel: JsonObject, user: JsonObject, message: JsonObject, base_url: str, *, private: bool
) -> str:
    """A URL the app may answer to five times within half an hour."""
    key = new_id("R")
    doc: JsonObject = {
        "channel": channel["id"],
        "user": user["id"],
        "ts": message.get("ts"),
        "thread_ts": message.get("thread_ts"),
        "private": private,
        "uses": 0,
        "until": time.time() + RESPONSE_SECONDS,
    }
    workspace.store.put("response", key, doc)
    return f"{base_url}/slack/response/{key}"


def _action(workspace: Workspace, blocks: list[JsonObject], body: JsonObject) -> JsonObject:
    action_id, value = str(body.get("action_id") or ""), body.get("value")
    if not action_id:
        raise ControlError("action_id is missing.")
    lookup = value if isinstance(value, str) else None
    block, element = choose(blocks, action_id, lookup, body.get("block_id"))
    action: JsonObject = {
        "type": element["type"],
        "action_id": action_id,
        "block_id": block["block_id"],
        "action_ts": workspace.stamp(),
    }
    if element["type"] in BUTTONS:
        shared: JsonObject = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
        if element["type"] == "feedback_buttons":
            pressed = next(
                (
                    button
                    for button in (element["positive_button"], element["negative_button"])
                    if button["value"] == value
                ),
                element["positive_button"],
            )
            shared = {"value": pressed["value"], "text": pressed["text"]}
        return {**action, **shared}
    return {**action, **entered(element, value)}


def _values(blocks: list[JsonObject], given: JsonObject) -> JsonObject:
    """The ``state.values`` of a form: what was given over what it starts with."""
    state: JsonObject = {}
    for block, element in elements(blocks):
        if element["type"] in (*BUTTONS, "overflow", "workflow_button"):
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        found, value = _given(given, block_id, action_id)
        state.setdefault(block_id, {})[action_id] = entered(element, value) if found else initial(element)
    return state


def _given(given: JsonObject, block_id: str, action_id: str) -> tuple[bool, object]:
    inside = given.get(block_id)
    if isinstance(inside, dict) and action_id in inside:
        return True, inside[action_id]
    if action_id in given:
        return True, given[action_id]
    return (True, inside) if block_id in given and not isinstance(inside, dict) else (False, None)


def _view(workspace: Workspace, user: JsonObject, view_id: str, *, home: bool) -> JsonObject:
    view = workspace.store.get("view", view_id)
    if view is not None and view["user_id"] == user["id"]:
        return view
    published = workspace.store.get("home", user["id"]) if home else None
    if published is not None and published["id"] == view_id:
        return published
    mine = ", ".join(one["id"] for one in modals.opened(workspace, user["id"])) or "none"
    raise ControlError(f"{user['id']} has no open view {view_id!r}; open: {mine}.", 404)


async def _answer(workspace: Workspace, envelope: Envelope) -> JsonObject | None:
    try:
        return await workspace.delivery.answer(envelope)
    except TimeoutError:
        raise ControlError(NO_ANSWER, 504) from None


async def _tell_app(workspace: Workspace, envelope: Envelope) -> JsonObject:
    if not workspace.delivery.connections:
        workspace.delivery.post(envelope)
        return {"ok": True, "acknowledged": False, "note": "The app is not connected; it will hear of this when it is."}
    await _answer(workspace, envelope)
    return {"ok": True, "acknowledged": True}


def _respond(workspace: Workspace, view: JsonObject, answer: JsonObject) -> JsonObject:
    kind = answer.get("response_action")
    if kind == "errors":
        errors = answer.get("errors")
        known = {block["block_id"] for block in view["blocks"]}
        if not isinstance(errors, dict) or not set(errors) <= known:
            raise ControlError("The app named an error for a field that the form does not have.", 502)
        return {"ok": False, "response_action": "errors", "errors": errors}
    if kind == "clear":
        modals.close(workspace, view, everything=True)
    elif kind in ("update", "push"):
        given = answer.get("view")
        problems = check_view(given, "modal")
        if problems or not isinstance(given, dict):
            raise ControlError(f"The app answered with a view that Slack would refuse: {'; '.join(problems)}", 502)
        _show_answer(workspace, view, given, push=kind == "push")
    else:
        modals.close(workspace, view)
    return {"ok": True, "response_action": kind}


def _show_answer(workspace: Workspace, view: JsonObject, given: JsonObject, *, push: bool) -> None:
    if not push:
        modals.replace(workspace, view, given)
        return
    try:
        modals.show(workspace, view["user_id"], given, view)
    except SlackError as refusal:
        raise ControlError(f"The app's view was refused: {refusal.code}.", 502) from refusal
