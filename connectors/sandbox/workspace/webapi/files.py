"""``files.*``: the three steps of an upload, and looking one up."""

from __future__ import annotations

import mimetypes

from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.webapi.chat import bot_message
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace, new_id


def describe_file(workspace: Workspace, name: str, mimetype: str, size: int, user: str) -> JsonObject:
    """A new file's description; the URLs are paths of this server."""
    file_id = new_id("F")
    path = f"/slack/files/{file_id}"
    return {
        "id": file_id,
        "name": name,
        "title": name,
        "mimetype": mimetype,
        "filetype": name.rsplit(".", 1)[-1] if "." in name else "binary",
        "size": size,
        "user": user,
        "created": int(float(workspace.stamp())),
        "mode": "hosted",
        "is_external": False,
        "url_private": path,
        "url_private_download": path,
    }


def upload_url(workspace: Workspace, call: Call) -> JsonObject:
    """``files.getUploadURLExternal``."""
    name = call.needed("filename")
    size = call.number("length", 0, 1_000_000_000)
    if size < 1:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: length")
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = describe_file(workspace, name, mimetype, size, workspace.seed.bot.user_id)
    workspace.store.put_file({**file, "pending": True})
    return {"upload_url": f"{call.base_url}/slack/upload/{file['id']}", "file_id": file["id"]}


def complete(workspace: Workspace, call: Call) -> JsonObject:
    """``files.completeUploadExternal``: shares what was uploaded, with a message when channels are named."""
    done = []
    for given in call.items("files") or []:
        known = workspace.store.file(str(given.get("id", "")))
        if known is None or known[1] is None:
            raise SlackError("file_not_found")
        done.append({**known[0], "title": given.get("title") or known[0]["name"], "pending": False})
    if not done:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: files")
    for file in done:
        workspace.store.put_file(file)
    where = [name for name in call.text("channels", call.text("channel_id")).split(",") if name]
    for name in where:
        channel = workspace.bot_channel(name)
        fields: JsonObject = {"text": call.text("initial_comment"), "files": done, "subtype": "file_share"}
        if call.text("thread_ts"):
            fields["thread_ts"] = call.text("thread_ts")
        workspace.post(channel, bot_message(workspace, fields))
    return {"files": done}


def info(workspace: Workspace, call: Call) -> JsonObject:
    """``files.info``."""
    known = workspace.store.file(call.needed("file", "file_not_found"))
    if known is None:
        raise SlackError("file_not_found")
    return {"file": known[0]}
