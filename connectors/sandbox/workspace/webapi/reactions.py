"""``reactions.*``."""

from __future__ import annotations

from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace


def react(workspace: Workspace, channel: JsonObject, ts: str, user: str, name: str) -> None:
    """A person or the bot adds a reaction; the app hears ``reaction_added``.

    Raises:
        SlackError: ``message_not_found`` or ``already_reacted``.
    """
    message = workspace.find(channel, ts)
    reactions = [dict(reaction) for reaction in message.get("reactions", [])]
    mine = next((reaction for reaction in reactions if reaction["name"] == name), None)
    if mine is None:
        mine = {"name": name, "users": [], "count": 0}
        reactions.append(mine)
    if user in mine["users"]:
        raise SlackError("already_reacted")
    mine |= {"users": [*mine["users"], user], "count": mine["count"] + 1}
    workspace.change(channel, message, {**message, "reactions": reactions}, silent=True)
    _emit(workspace, "reaction_added", channel, message, user, name)


def unreact(workspace: Workspace, channel: JsonObject, ts: str, user: str, name: str) -> None:
    """Take a reaction back.

    Raises:
        SlackError: ``message_not_found`` or ``no_reaction``.
    """
    message = workspace.find(channel, ts)
    reactions = [dict(reaction) for reaction in message.get("reactions", [])]
    mine = next((reaction for reaction in reactions if reaction["name"] == name), None)
    if mine is None or user not in mine["users"]:
        raise SlackError("no_reaction")
    mine |= {"users": [other for other in mine["users"] if other != user], "count": mine["count"] - 1}
    kept = [reaction for reaction in reactions if reaction["count"]]
    workspace.change(channel, message, {**message, "reactions": kept}, silent=True)
    _emit(workspace, "reaction_removed", channel, message, user, name)


def _emit(workspace: Workspace, kind: str, channel: JsonObject, message: JsonObject, user: str, name: str) -> None:
    item = {"type": "message", "channel": channel["id"], "ts": message["ts"]}
    author = message.get("user")
    event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": author}
    workspace.emit({**event, "event_ts": workspace.stamp()}, channel)


def add(workspace: Workspace, call: Call) -> JsonObject:
    """``reactions.add`` by the bot."""
    channel = workspace.bot_channel(call.needed("channel", "channel_not_found"))
    name = call.needed("name", "invalid_name").strip(":")
    react(workspace, channel, call.needed("timestamp", "message_not_found"), workspace.seed.bot.user_id, name)
    return {}


def remove(workspace: Workspace, call: Call) -> JsonObject:
    """``reactions.remove`` by the bot."""
    channel = workspace.bot_channel(call.needed("channel", "channel_not_found"))
    name = call.needed("name", "invalid_name").strip(":")
    unreact(workspace, channel, call.needed("timestamp", "message_not_found"), workspace.seed.bot.user_id, name)
    return {}
