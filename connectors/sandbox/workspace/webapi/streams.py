"""``chat.startStream``, ``appendStream``, ``stopStream``: a reply that grows.

Chunks become blocks in the order they first appear: text runs together, a task is one card that changes (or, in plan
mode, all tasks are one plan), blocks stay as they are. A stream takes nothing after its stop or five minutes.
"""

from __future__ import annotations

import time

from connectors.sandbox.workspace.identify import with_ids
from connectors.sandbox.workspace.validation import MESSAGE_TEXT_LIMIT, check_blocks
from connectors.sandbox.workspace.validation.blocks import TASK_STATUSES
from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.webapi.assistant import set_session
from connectors.sandbox.workspace.webapi.chat import (
    MARKDOWN_LIMIT,
    bot_message,
    checked,
    streaming,
)
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace


def start(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.startStream``: always a reply; in a channel the recipient must be named."""
    channel = workspace.bot_channel(call.needed("channel", "channel_not_found"))
    thread_ts = call.needed("thread_ts", "invalid_thread_ts")
    root = workspace.store.message(channel["id"], thread_ts)
    if root is None:
        raise SlackError("invalid_thread_ts")
    if not channel["is_im"]:
        call.needed("recipient_team_id", "missing_recipient_team_id")
        if workspace.user(call.needed("recipient_user_id", "missing_recipient_user_id")) is None:
            raise SlackError("user_not_found")
    mode = call.text("task_display_mode", "timeline")
    if mode not in ("timeline", "plan"):
        raise SlackError("invalid_arguments", "[ERROR] task_display_mode must be timeline or plan")
    stream: JsonObject = {"started": time.time(), "stopped": False, "mode": mode, "parts": [], "plan": "", "tasks": {}}
    _take(stream, call)
    fields = {"thread_ts": root.get("thread_ts") or thread_ts, "stream": stream, **_shown(stream)}
    message = workspace.post(channel, bot_message(workspace, fields), silent=True)
    return {"channel": channel["id"], "ts": message["ts"]}


def append(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.appendStream``."""
    channel, message = _open(workspace, call)
    if not call.text("markdown_text") and not call.items("chunks"):
        raise SlackError("no_text")
    stream = message["stream"]
    _take(stream, call)
    workspace.change(channel, message, {**message, **_shown(stream), "stream": stream}, silent=True)
    return {"channel": channel["id"], "ts": message["ts"]}


def stop(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.stopStream``: the last words, the closing blocks, and the session's state if one is given."""
    channel, message = _open(workspace, call)
    stream = message["stream"]
    _take(stream, call)
    stream["stopped"] = True
    shown = _shown(stream)
    blocks = shown["blocks"]
    closing = call.items("blocks")
    if closing:
        blocks = with_ids([*blocks, *checked(closing)])
    after = {**message, **shown, "blocks": blocks, "stream": stream}
    if call.args.get("metadata"):
        after["metadata"] = call.args["metadata"]
    workspace.change(channel, message, after)
    if call.text("session_status"):
        set_session(workspace, channel, message["thread_ts"], call.text("session_status"))
    return {"channel": channel["id"], "ts": message["ts"], "message": after}


def _open(workspace: Workspace, call: Call) -> tuple[JsonObject, JsonObject]:
    channel = workspace.channel(call.needed("channel", "channel_not_found"))
    message = workspace.find(channel, call.needed("ts", "message_not_found"))
    if message.get("bot_id") != workspace.seed.bot.bot_id:
        raise SlackError("message_not_owned_by_app")
    stream = message.get("stream")
    if not stream or not streaming(stream):
        raise SlackError("message_not_in_streaming_state")
    return channel, message


def _take(stream: JsonObject, call: Call) -> None:
    """Add a call's text and chunks to a stream.

    Raises:
        SlackError: ``msg_too_long``, ``invalid_chunks``, ``invalid_blocks``.
    """
    text = call.text("markdown_text")
    chunks = call.items("chunks") or []
    if text:
        chunks = [{"type": "markdown_text", "text": text}, *chunks]
    for number, chunk in enumerate(chunks):
        _take_chunk(stream, chunk, f"/chunks/{number}")
    written = sum(len(part["text"]) for part in stream["parts"] if part["type"] == "markdown")
    if written > MESSAGE_TEXT_LIMIT:
        raise SlackError("msg_too_long")


def _take_chunk(stream: JsonObject, chunk: object, where: str) -> None:
    if not isinstance(chunk, dict):
        raise SlackError("invalid_chunks", f"[ERROR] must be an object [json-pointer:{where}]")
    kind, parts = chunk.get("type"), stream["parts"]
    if kind == "markdown_text":
        text = str(chunk.get("text", ""))
        if len(text) > MARKDOWN_LIMIT:
            raise SlackError("msg_too_long")
        if parts and parts[-1]["type"] == "markdown":
            parts[-1]["text"] += text
        else:
            parts.append({"type": "markdown", "text": text})
    elif kind == "task_update":
        _take_task(stream, chunk, where)
    elif kind == "plan_update":
        stream["plan"] = str(chunk.get("title", ""))
        _place(parts, {"type": "plan"})
    elif kind == "blocks":
        problems = check_blocks(chunk.get("blocks"), "message", f"{where}/blocks")
        if problems:
            raise SlackError("invalid_blocks", *problems)
        parts.append({"type": "blocks", "blocks": with_ids(chunk["blocks"])})
    else:
        raise SlackError("invalid_chunks", f"[ERROR] unsupported type: {kind} [json-pointer:{where}/type]")


def _take_task(stream: JsonObject, chunk: JsonObject, where: str) -> None:
    task_id, status = chunk.get("id"), chunk.get("status")
    if not task_id or not chunk.get("title") or status not in TASK_STATUSES:
        raise SlackError("invalid_chunks", f"[ERROR] id, title and a known status are needed [json-pointer:{where}]")
    known = stream["tasks"].get(task_id, {})
    given = {key: chunk[key] for key in ("title", "status", "details", "output", "sources") if chunk.get(key)}
    for key in ("details", "output"):
        if key in given and key in known:
            given[key] = known[key] + given[key]
    stream["tasks"][task_id] = {**known, **given}
    _place(stream["parts"], {"type": "plan"} if stream["mode"] == "plan" else {"type": "task", "id": task_id})


def _place(parts: list[JsonObject], part: JsonObject) -> None:
    if part not in parts:
        parts.append(part)


def _shown(stream: JsonObject) -> JsonObject:
    """A stream's text and blocks as they stand."""
    blocks: list[JsonObject] = []
    for place, part in enumerate(stream["parts"]):
        if part["type"] == "markdown" and part["text"]:
            blocks.append({"type": "markdown", "text": part["text"], "block_id": f"stream_{place}"})
        elif part["type"] == "task":
            blocks.append({**_card(part["id"], stream["tasks"][part["id"]]), "block_id": f"stream_{place}"})
        elif part["type"] == "plan":
            tasks = [_card(task_id, task) for task_id, task in stream["tasks"].items()]
            shown = tasks if stream["mode"] == "plan" else []
            blocks.append(
                {"type": "plan", "title": stream["plan"] or "Plan", "tasks": shown, "block_id": f"stream_{place}"}
            )
        elif part["type"] == "blocks":
            blocks.extend(part["blocks"])
    return {"text": "".join(part["text"] for part in stream["parts"] if part["type"] == "markdown"), "blocks": blocks}


def _card(task_id: str, task: JsonObject) -> JsonObject:
    card = {"type": "task_card", "task_id": task_id, "title": task["title"], "status": task["status"]}
    for key in ("details", "output"):
        if task.get(key):
            text = {"type": "text", "text": task[key]}
            section = {"type": "rich_text_section", "elements": [text]}
            card[key] = {"type": "rich_text", "elements": [section]}
    if task.get("sources"):
        card["sources"] = task["sources"]
    return card
