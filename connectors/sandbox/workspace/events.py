"""The envelopes an app receives: event callbacks and interactions, in Slack's shapes."""

from __future__ import annotations

import secrets
import time
import uuid

from connectors.sandbox.workspace.seed import WorkspaceSeed
from connectors.sandbox.workspace.store import Envelope
from connectors.sandbox.workspace.wire import JsonObject

VERIFICATION_TOKEN = "stand-in"  # noqa: S105 - Slack's deprecated field, a constant everywhere


def event_envelope(seed: WorkspaceSeed, event: JsonObject) -> Envelope:
    """An Events API callback with an event id of its own."""
    event_id = "Ev" + secrets.token_hex(5).upper()
    payload = {
        "token": VERIFICATION_TOKEN,
        "team_id": seed.team.id,
        "api_app_id": seed.bot.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": seed.team.id,
                "user_id": seed.bot.user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
    return Envelope(str(uuid.uuid4()), "events_api", payload, 0)


def interaction_envelope(seed: WorkspaceSeed, user: JsonObject, payload: JsonObject) -> Envelope:
    """An interaction by a person: ``payload`` carries its type and particulars."""
    return Envelope(
        str(uuid.uuid4()),
        "interactive",
        {
            "token": VERIFICATION_TOKEN,
            "team": {"id": seed.team.id, "domain": seed.team.domain},
            "api_app_id": seed.bot.app_id,
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": user["id"],
                "username": user["name"],
                "name": user["name"],
                "team_id": seed.team.id,
            },
            **payload,
        },
        0,
    )


def command_envelope(seed: WorkspaceSeed, user: JsonObject, channel: JsonObject, extra: JsonObject) -> Envelope:
    """A slash command; ``extra`` holds command, text, trigger_id and response_url."""
    return Envelope(
        str(uuid.uuid4()),
        "slash_commands",
        {
            "token": VERIFICATION_TOKEN,
            "team_id": seed.team.id,
            "team_domain": seed.team.domain,
            "channel_id": channel["id"],
            "channel_name": "directmessage" if channel["is_im"] else channel["name"],
            "user_id": user["id"],
            "user_name": user["name"],
            "api_app_id": seed.bot.app_id,
            "is_enterprise_install": "false",
            **extra,
        },
        0,
    )


def message_events(seed: WorkspaceSeed, channel: JsonObject, message: JsonObject) -> list[JsonObject]:
    """The events one post causes: ``message``, and ``app_mention`` as well when a channel post names the bot."""
    kind = "im" if channel["is_im"] else "channel"
    event: JsonObject = {
        **{key: value for key, value in message.items() if key not in {"reply_count", "latest_reply", "stream"}},
        "type": "message",
        "channel": channel["id"],
        "channel_type": kind,
        "event_ts": message["ts"],
    }
    events = [event]
    mentioned = f"<@{seed.bot.user_id}>" in str(message.get("text", ""))
    if mentioned and not channel["is_im"] and not message.get("bot_id"):
        mention = {key: value for key, value in event.items() if key not in {"channel_type", "subtype"}}
        events.append({**mention, "type": "app_mention"})
    return events


def changed_event(channel: JsonObject, before: JsonObject, after: JsonObject, event_ts: str) -> JsonObject:
    """A ``message_changed`` for an edit or a rewritten card."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel["id"],
        "channel_type": "im" if channel["is_im"] else "channel",
        "ts": event_ts,
        "event_ts": event_ts,
        "message": after,
        "previous_message": before,
    }


def deleted_event(channel: JsonObject, before: JsonObject, event_ts: str) -> JsonObject:
    """A ``message_deleted``."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": channel["id"],
        "channel_type": "im" if channel["is_im"] else "channel",
        "ts": event_ts,
        "event_ts": event_ts,
        "deleted_ts": before["ts"],
        "previous_message": before,
    }
