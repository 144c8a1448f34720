"""``conversations.*``: channels, DMs and what was said in them."""

from __future__ import annotations

from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace

PAGE = 999


def described(workspace: Workspace, channel: JsonObject) -> JsonObject:
    """A channel or DM as the Web API shows one."""
    bot = workspace.seed.bot.user_id
    shared = {"id": channel["id"], "created": channel["created"], "is_archived": False, "is_im": channel["is_im"]}
    if channel["is_im"]:
        return {**shared, "user": channel["user"], "is_open": True, "is_user_deleted": False, "is_org_shared": False}
    return {
        **shared,
        "name": channel["name"],
        "name_normalized": channel["name"],
        "is_channel": True,
        "is_group": False,
        "is_mpim": False,
        "is_private": False,
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_member": bot in channel["members"],
        "num_members": len(channel["members"]),
        "topic": {"value": channel["topic"], "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def listing(workspace: Workspace, call: Call) -> JsonObject:
    """``conversations.list``: of the types asked for, in one page."""
    types = {kind.strip() for kind in call.text("types", "public_channel").split(",")}
    channels = [
        described(workspace, channel)
        for channel in workspace.store.all("channel")
        if ("im" if channel["is_im"] else "public_channel") in types
    ]
    return {"channels": channels, "response_metadata": {"next_cursor": ""}}


def info(workspace: Workspace, call: Call) -> JsonObject:
    """``conversations.info``."""
    return {"channel": described(workspace, workspace.channel(call.needed("channel", "channel_not_found")))}


def members(workspace: Workspace, call: Call) -> JsonObject:
    """``conversations.members``."""
    channel = workspace.channel(call.needed("channel", "channel_not_found"))
    return {"members": channel["members"], "response_metadata": {"next_cursor": ""}}


def open_dm(workspace: Workspace, call: Call) -> JsonObject:
    """``conversations.open``: the DM with one person."""
    if call.text("channel"):
        channel = workspace.channel(call.text("channel"))
    else:
        user = call.needed("users", "users_list_not_supplied")
        if "," in user:
            raise SlackError("method_not_supported_for_channel_type")
        if workspace.user(user) is None:
            raise SlackError("user_not_found")
        channel = workspace.channel(f"D_{user}")
    shown = described(workspace, channel) if call.flag("return_im") else {"id": channel["id"]}
    return {"channel": shown, "no_op": True, "already_open": True}


def join(workspace: Workspace, call: Call) -> JsonObject:
    """``conversations.join``."""
    channel = workspace.channel(call.needed("channel", "channel_not_found"))
    if channel["is_im"]:
        raise SlackError("method_not_supported_for_channel_type")
    return {"channel": described(workspace, workspace.join(channel, workspace.seed.bot.user_id))}


def history(workspace: Workspace, call: Call) -> JsonObject:
    """``conversations.history``: newest first, without replies."""
    channel = workspace.bot_channel(call.needed("channel", "channel_not_found"))
    found = [
        message
        for message in workspace.store.messages(channel["id"])
        if not message.get("ephemeral_to") and message.get("thread_ts", message["ts"]) == message["ts"]
    ]
    page, more = _page(call, list(reversed(_between(call, found))))
    return {"messages": page, "has_more": more, "pin_count": 0, "response_metadata": {"next_cursor": ""}}


def replies(workspace: Workspace, call: Call) -> JsonObject:
    """``conversations.replies``: a thread with its root, oldest first."""
    channel = workspace.bot_channel(call.needed("channel", "channel_not_found"))
    asked = workspace.store.message(channel["id"], call.needed("ts", "thread_not_found"))
    if asked is None:
        raise SlackError("thread_not_found")
    root = asked.get("thread_ts") or asked["ts"]
    found = [message for message in workspace.store.messages(channel["id"], root) if not message.get("ephemeral_to")]
    page, more = _page(call, _between(call, found))
    return {"messages": page, "has_more": more, "response_metadata": {"next_cursor": ""}}


def _between(call: Call, messages: list[JsonObject]) -> list[JsonObject]:
    oldest, latest, inclusive = call.text("oldest", "0"), call.text("latest"), call.flag("inclusive")
    edges = {oldest, latest} if inclusive else set()
    return [
        message
        for message in messages
        if message["ts"] in edges or (message["ts"] > oldest and (not latest or message["ts"] < latest))
    ]


def _page(call: Call, messages: list[JsonObject]) -> tuple[list[JsonObject], bool]:
    limit = call.number("limit", 100, PAGE)
    shown = [{key: value for key, value in message.items() if key != "stream"} for message in messages[:limit]]
    return shown, len(messages) > limit
