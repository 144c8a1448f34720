"""What people type: escaped and stored as Slack does, slash commands set apart."""

from __future__ import annotations

import base64
import binascii
import re

from connectors.sandbox.workspace.events import changed_event, command_envelope
from connectors.sandbox.workspace.interactions import response_url
from connectors.sandbox.workspace.webapi.files import describe_file
from connectors.sandbox.workspace.wire import ControlError, JsonObject
from connectors.sandbox.workspace.workspace import Workspace, new_id

TEXT_LIMIT = 40_000
FILES = 10
MARKUP = re.compile(r"<(?:@[UW][A-Z0-9_]+|#C[A-Z0-9_]+(?:\|[^<>]*)?|https?://[^<>\s]+)>")


def typed(workspace: Workspace, text: str) -> str:
    """Text as Slack passes it on: ``@floorwalker`` becomes a mention, ``& < >`` are escaped, links are marked."""
    pieces, at = [], 0
    for markup in MARKUP.finditer(text):
        pieces += [_escape(workspace, text[at : markup.start()]), markup.group()]
        at = markup.end()
    return "".join([*pieces, _escape(workspace, text[at:])])[:TEXT_LIMIT]


def _escape(workspace: Workspace, text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    bot = workspace.seed.bot
    return re.sub(rf"(?<![\w@])@{re.escape(bot.name)}\b", f"<@{bot.user_id}>", escaped, flags=re.IGNORECASE)


def say(workspace: Workspace, user: JsonObject, channel: JsonObject, body: JsonObject) -> JsonObject:
    """Post as a person; joins a public channel first, as clicking "Join" would.

    Raises:
        ControlError: Nothing to post, an unknown thread, files of the wrong shape.
    """
    text, thread_ts = body.get("text") or "", body.get("thread_ts")
    if not isinstance(text, str):
        raise ControlError("text must be a string.")
    files = _files(workspace, user, body.get("files"))
    if not text.strip() and not files:
        raise ControlError("text is empty: a message needs text or files.")
    message: JsonObject = {"user": user["id"], "text": typed(workspace, text), "client_msg_id": new_id("M")}
    if thread_ts:
        root = workspace.store.message(channel["id"], str(thread_ts))
        if root is None:
            raise ControlError(f"There is no message {thread_ts} in {channel['id']} to reply to.", 404)
        message["thread_ts"] = root.get("thread_ts") or str(thread_ts)
        parent = workspace.store.message(channel["id"], message["thread_ts"])
        message["parent_user_id"] = (parent or root).get("user")
    if files:
        message |= {"files": files, "subtype": "file_share", "upload": True}
    posted = workspace.post(channel, message)
    return {"ok": True, "ts": posted["ts"], "channel": channel["id"]}


def _files(workspace: Workspace, user: JsonObject, given: object) -> list[JsonObject]:
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > FILES or not all(isinstance(file, dict) for file in given):
        raise ControlError(f"files must be a list of at most {FILES} objects with name and mimetype.")
    stored = []
    for file in given:
        name = str(file.get("name") or "file")
        try:
            content = base64.b64decode(str(file.get("content") or ""), validate=True)
        except binascii.Error:
            raise ControlError(f"The content of {name} is not base64.") from None
        mimetype = str(file.get("mimetype") or "application/octet-stream")
        doc = describe_file(workspace, name, mimetype, len(content), user["id"])
        workspace.store.put_file(doc, content)
        stored.append(doc)
    return stored


def edit(workspace: Workspace, user: JsonObject, channel: JsonObject, body: JsonObject) -> JsonObject:
    """A person changes what they wrote.

    Raises:
        ControlError: Not theirs, not there, or nothing left.
    """
    message = _own(workspace, user, channel, body)
    text = typed(workspace, str(body.get("text") or ""))
    if not text.strip():
        raise ControlError("text is empty: an edited message needs text.")
    after = {**message, "text": text, "edited": {"user": user["id"], "ts": workspace.stamp()}}
    workspace.change(channel, message, after, silent=True)
    workspace.emit(changed_event(channel, message, after, workspace.stamp()), channel)
    return {"ok": True, "ts": message["ts"]}


def retract(workspace: Workspace, user: JsonObject, channel: JsonObject, body: JsonObject) -> JsonObject:
    """A person deletes what they wrote."""
    message = _own(workspace, user, channel, body)
    workspace.delete(channel, message)
    return {"ok": True, "ts": message["ts"]}


def _own(workspace: Workspace, user: JsonObject, channel: JsonObject, body: JsonObject) -> JsonObject:
    ts = str(body.get("ts") or "")
    message = workspace.store.message(channel["id"], ts)
    if message is None or message.get("user") != user["id"]:
        raise ControlError(f"{user['id']} has no message {ts or '(ts is missing)'} in {channel['id']}.", 404)
    return message


def slash_command(workspace: Workspace, text: object) -> tuple[str, str] | None:
    """The app's slash command a text is, with the rest of it; None for ordinary text."""
    if not isinstance(text, str) or not text.startswith("/"):
        return None
    name, _, rest = text.partition(" ")
    known = {command.command for command in workspace.seed.commands}
    return (name, rest.strip()) if name in known else None


async def run_command(
    workspace: Workspace, user: JsonObject, channel: JsonObject, command: tuple[str, str], base_url: str
) -> JsonObject:
    """Send a slash command; a text in the app's acknowledgement is shown to that person alone.

    Raises:
        ControlError: The app did not answer.
    """
    url = response_url(workspace, channel, user, {}, base_url, private=True)
    trigger = workspace.triggers.issue(user["id"])
    extra: JsonObject = {"command": command[0], "text": command[1], "response_url": url, "trigger_id": trigger}
    try:
        answer = await workspace.delivery.answer(command_envelope(workspace.seed, user, channel, extra))
    except TimeoutError:
        raise ControlError(f"{command[0]} failed: the app did not answer within 3 seconds.", 504) from None
    if answer and (answer.get("text") or answer.get("blocks")):
        from_bot = {"user": workspace.seed.bot.user_id, "bot_id": workspace.seed.bot.bot_id}
        shown = {key: answer[key] for key in ("text", "blocks") if answer.get(key)}
        if answer.get("response_type") == "in_channel":
            workspace.post(channel, {**from_bot, "text": "", **shown})
        else:
            workspace.post_private(channel, user["id"], {**from_bot, "text": "", **shown})
    return {"ok": True, "ts": None, "command": command[0]}
