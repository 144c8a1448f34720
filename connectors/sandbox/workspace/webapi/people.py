"""``auth.test``, ``users.*``, ``team.info``, ``bots.info``: who is who."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace


def api_test(_workspace: Workspace, call: Call) -> JsonObject:
    """``api.test``: says back what it was given."""
    if call.text("error"):
        raise SlackError(call.text("error"))
    return {"args": call.args}


def auth_test(workspace: Workspace, call: Call) -> JsonObject:
    """``auth.test``."""
    team, bot = workspace.seed.team, workspace.seed.bot
    return {
        "url": f"{call.base_url}/",
        "team": team.name,
        "user": bot.name,
        "team_id": team.id,
        "user_id": bot.user_id,
        "bot_id": bot.bot_id,
        "is_enterprise_install": False,
    }


def profile(workspace: Workspace, user: JsonObject) -> JsonObject:
    """A member as the Web API shows one."""
    zone = ZoneInfo(user["tz"])
    offset = datetime.now(zone).utcoffset()
    return {
        "id": user["id"],
        "team_id": workspace.seed.team.id,
        "name": user["name"],
        "real_name": user["real_name"],
        "deleted": user["deleted"],
        "tz": user["tz"],
        "tz_label": zone.key,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user["is_admin"],
        "is_owner": user["is_admin"],
        "is_primary_owner": user["is_admin"],
        "is_restricted": user["is_restricted"],
        "is_ultra_restricted": False,
        "is_bot": user["is_bot"],
        "is_app_user": False,
        "updated": 0,
        "profile": {
            "real_name": user["real_name"],
            "display_name": user["name"],
            "title": user["title"],
            "team": workspace.seed.team.id,
        },
    }


def users_info(workspace: Workspace, call: Call) -> JsonObject:
    """``users.info``."""
    user = workspace.user(call.needed("user", "user_not_found"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": profile(workspace, user)}


def users_list(workspace: Workspace, _call: Call) -> JsonObject:
    """``users.list``: everybody on one page."""
    members = [profile(workspace, user) for user in workspace.store.all("user")]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def team_info(workspace: Workspace, call: Call) -> JsonObject:
    """``team.info``."""
    team = workspace.seed.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "url": f"{call.base_url}/"}}


def bots_info(workspace: Workspace, call: Call) -> JsonObject:
    """``bots.info``."""
    bot = workspace.seed.bot
    if call.text("bot", bot.bot_id) != bot.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": {"id": bot.bot_id, "deleted": False, "name": bot.name, "app_id": bot.app_id, "user_id": bot.user_id}}
