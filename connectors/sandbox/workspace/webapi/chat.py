"""``chat.*`` but for streams: post, change, delete, link."""

from __future__ import annotations

import time
from typing import cast

from connectors.sandbox.workspace.identify import with_ids
from connectors.sandbox.workspace.validation import MESSAGE_TEXT_LIMIT, check_blocks, shown_characters
from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace

TEXT_LIMIT = 40_000
MARKDOWN_LIMIT = 12_000
STREAM_SECONDS = 300.0


def content(call: Call) -> JsonObject:
    """Text, blocks and metadata of a message, checked.

    Raises:
        SlackError: ``no_text``, ``msg_too_long``, ``msg_blocks_too_long``, ``invalid_blocks``,
            ``markdown_text_conflict``.
    """
    text, markdown, blocks = call.text("text"), call.text("markdown_text"), call.items("blocks")
    if markdown and (text or blocks):
        raise SlackError("markdown_text_conflict")
    if len(text) > TEXT_LIMIT or len(markdown) > MARKDOWN_LIMIT:
        raise SlackError("msg_too_long")
    if not text.strip() and not markdown.strip() and not blocks and not call.args.get("attachments"):
        raise SlackError("no_text")
    message: JsonObject = {"text": text or markdown}
    if markdown:
        blocks = [{"type": "markdown", "text": markdown}]
    if blocks:
        message["blocks"] = checked(blocks)
    for name in ("metadata", "attachments"):
        if call.args.get(name):
            message[name] = call.args[name]
    return message


def checked(blocks: list[JsonObject], most: int | None = None) -> list[JsonObject]:
    """Blocks of a message with ids filled in.

    Raises:
        SlackError: ``invalid_blocks`` or ``msg_blocks_too_long``.
    """
    problems = check_blocks(blocks, "message", most=most)
    if problems:
        raise SlackError("invalid_blocks", *problems)
    if shown_characters(blocks) > MESSAGE_TEXT_LIMIT and _mostly_markdown(blocks):
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def _mostly_markdown(blocks: list[JsonObject]) -> bool:
    return sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MESSAGE_TEXT_LIMIT


def bot_message(workspace: Workspace, fields: JsonObject) -> JsonObject:
    """A message by the bot, with the marks by which Bolt knows its own."""
    bot = workspace.seed.bot
    return {
        "user": bot.user_id,
        "bot_id": bot.bot_id,
        "app_id": bot.app_id,
        "bot_profile": {"id": bot.bot_id, "app_id": bot.app_id, "name": bot.name, "team_id": workspace.seed.team.id},
        **fields,
    }


def post_message(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.postMessage``."""
    channel = workspace.bot_channel(call.needed("channel", "channel_not_found"))
    fields = content(call)
    thread_ts = call.text("thread_ts")
    if thread_ts:
        fields["thread_ts"] = _root(workspace, channel, thread_ts)
    message = workspace.post(channel, bot_message(workspace, fields))
    return {"channel": channel["id"], "ts": message["ts"], "message": message}


def _root(workspace: Workspace, channel: JsonObject, thread_ts: str) -> str:
    root = workspace.store.message(channel["id"], thread_ts)
    if root is None or root.get("ephemeral_to"):
        raise SlackError("thread_not_found")
    return str(root.get("thread_ts") or thread_ts)


def post_ephemeral(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.postEphemeral``."""
    channel = workspace.bot_channel(call.needed("channel", "channel_not_found"))
    user = call.needed("user", "user_not_in_channel")
    if user not in channel["members"]:
        raise SlackError("user_not_in_channel")
    fields = content(call)
    if call.text("thread_ts"):
        fields["thread_ts"] = _root(workspace, channel, call.text("thread_ts"))
    message = workspace.post_private(channel, user, bot_message(workspace, fields))
    return {"message_ts": message["ts"]}


def update(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.update``: own messages only; blocks left out while text is given are removed."""
    channel = workspace.channel(call.needed("channel", "channel_not_found"))
    message = workspace.find(channel, call.needed("ts", "message_not_found"))
    if message.get("bot_id") != workspace.seed.bot.bot_id:
        raise SlackError("cant_update_message")
    stream = message.get("stream")
    if stream and streaming(stream):
        raise SlackError("streaming_state_conflict")
    kept = {key: value for key, value in message.items() if key not in {"blocks", "text", "attachments", "stream"}}
    stamp = workspace.stamp()
    after = {**kept, **content(call), "edited": {"user": workspace.seed.bot.user_id, "ts": stamp}}
    workspace.change(channel, message, after)
    return {"channel": channel["id"], "ts": message["ts"], "text": after["text"], "message": after}


def streaming(stream: JsonObject) -> bool:
    """Whether a stream still takes text: not stopped, and started less than five minutes ago."""
    return not stream["stopped"] and time.time() - cast("float", stream["started"]) < STREAM_SECONDS


def delete(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.delete``: own messages only."""
    channel = workspace.channel(call.needed("channel", "channel_not_found"))
    message = workspace.find(channel, call.needed("ts", "message_not_found"))
    if message.get("bot_id") != workspace.seed.bot.bot_id:
        raise SlackError("cant_delete_message")
    workspace.delete(channel, message)
    return {"channel": channel["id"], "ts": message["ts"]}


def permalink(workspace: Workspace, call: Call) -> JsonObject:
    """``chat.getPermalink``: a link into the page."""
    channel = workspace.channel(call.needed("channel", "channel_not_found"))
    message = workspace.find(channel, call.needed("message_ts", "message_not_found"))
    root = message.get("thread_ts") or message["ts"]
    return {"channel": channel["id"], "permalink": f"{call.base_url}/#/{channel['id']}/{root}"}
