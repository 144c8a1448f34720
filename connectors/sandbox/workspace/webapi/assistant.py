"""``assistant.threads.*`` and ``agents.sessions.*``: status lines, suggested prompts, titles, sessions."""

from __future__ import annotations

from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace

SESSION_STATUSES = ("processing", "active", "suspended", "closed")
PROMPTS = 4
TITLE = 200
LOADING = 10


def set_status(workspace: Workspace, call: Call) -> JsonObject:
    """``assistant.threads.setStatus``: an empty status clears it."""
    channel = workspace.bot_channel(call.needed("channel_id", "channel_not_found"))
    loading = call.items("loading_messages") or []
    if len(loading) > LOADING:
        raise SlackError("invalid_arguments", f"[ERROR] no more than {LOADING} loading_messages allowed")
    words = [str(message) for message in loading]
    workspace.set_status(channel, call.needed("thread_ts", "invalid_thread_ts"), call.text("status"), words)
    return {}


def set_suggested_prompts(workspace: Workspace, call: Call) -> JsonObject:
    """``assistant.threads.setSuggestedPrompts``: up to four, for a thread or the whole DM."""
    channel = workspace.bot_channel(call.needed("channel_id", "channel_not_found"))
    prompts = call.items("prompts") or []
    if not 1 <= len(prompts) <= PROMPTS:
        raise SlackError("invalid_arguments", f"[ERROR] between 1 and {PROMPTS} prompts allowed")
    for prompt in prompts:
        if not isinstance(prompt, dict) or not prompt.get("title") or not prompt.get("message"):
            raise SlackError("invalid_arguments", "[ERROR] every prompt needs a title and a message")
    kept = {"title": call.text("title"), "prompts": prompts, "thread_ts": call.text("thread_ts")}
    workspace.store.put("prompts", f"{channel['id']}/{kept['thread_ts']}", kept)
    workspace.tell("prompts", channel, **kept)
    return {}


def set_title(workspace: Workspace, call: Call) -> JsonObject:
    """``assistant.threads.setTitle``."""
    channel = workspace.bot_channel(call.needed("channel_id", "channel_not_found"))
    thread_ts = call.needed("thread_ts", "invalid_thread_ts")
    _title(workspace, channel, thread_ts, call.needed("title"))
    return {}


def _title(workspace: Workspace, channel: JsonObject, thread_ts: str, title: str) -> None:
    if len(title) > TITLE:
        raise SlackError("invalid_arguments", f"[ERROR] title must be less than {TITLE + 1} characters")
    key = f"{channel['id']}/{thread_ts}"
    session = workspace.store.get("session", key) or {}
    workspace.store.put("session", key, {**session, "title": title, "thread_ts": thread_ts})
    workspace.tell("session", channel, thread_ts=thread_ts, title=title, status=session.get("status"))


def set_session(workspace: Workspace, channel: JsonObject, thread_ts: str, status: str) -> None:
    """Put an agent session into a state.

    Raises:
        SlackError: ``invalid_arguments`` for an unknown state.
    """
    if status not in SESSION_STATUSES:
        raise SlackError("invalid_arguments", f"[ERROR] status must be one of {', '.join(SESSION_STATUSES)}")
    key = f"{channel['id']}/{thread_ts}"
    session = workspace.store.get("session", key) or {}
    workspace.store.put("session", key, {**session, "status": status, "thread_ts": thread_ts})
    workspace.tell("session", channel, thread_ts=thread_ts, title=session.get("title"), status=status)


def session_status(workspace: Workspace, call: Call) -> JsonObject:
    """``agents.sessions.setStatus``."""
    channel = workspace.bot_channel(call.needed("channel_id", "channel_not_found"))
    thread_ts = call.text("thread_ts")
    set_session(workspace, channel, thread_ts, call.needed("status"))
    if call.text("title"):
        _title(workspace, channel, thread_ts, call.text("title"))
    return {"channel_id": channel["id"], "thread_ts": thread_ts, "status": call.text("status")}


def session_rename(workspace: Workspace, call: Call) -> JsonObject:
    """``agents.sessions.rename``."""
    channel = workspace.bot_channel(call.needed("channel_id", "channel_not_found"))
    _title(workspace, channel, call.text("thread_ts"), call.needed("title"))
    return {}
