"""Who is behind a Slack user id: the account's standing from Slack, then the directory's rights.

The standing is kept ten minutes for questions, and asked for at every press of a button that decides something, and
once more before what was approved is carried out.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from agent.errors import UnavailableError
from agent.identity import Directory
from agent.slack.delivery.send import error_code
from tools.context import Scope

_KEEP_SECONDS = 600.0
_STRANGERS = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What Slack says about an account."""

    is_guest: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    team_ok: bool = True
    is_known: bool = True


class People:
    """Turns a Slack user id into a scope."""

    def __init__(self, client: WebClient, directory: Directory, team_id: str) -> None:
        self._client = client
        self._directory = directory
        self._team_id = team_id
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Standing]] = {}

    def scope_for(self, user_id: str, *, channel_id: str = "", thread_id: str = "", decides: bool = False) -> Scope:
        """The scope of a person, here; for one who ``decides`` something, Slack is asked anew who that is now.

        Raises:
            RefusedError: a guest, a stranger, an app, a deactivated account, or no member.
            UnavailableError: Slack did not say who this is; nobody is let in unseen.
        """
        standing = self._standing(user_id, fresh=decides)
        return self._scope(user_id, standing, channel_id=channel_id, thread_id=thread_id)

    def check_account(self, user_id: str) -> None:
        """Check, before it is carried out, that the account of somebody who approved still counts.

        An account that Slack does not know decided elsewhere, at a terminal; there is nothing to hold against it. What
        Slack said within ten minutes holds while it does not answer.

        Raises:
            RefusedError: as ``scope_for``.
            UnavailableError: Slack did not say who this is, now or shortly before.
        """
        try:
            standing = self._standing(user_id, fresh=True)
        except UnavailableError:
            standing = self._standing(user_id, fresh=False)
        if standing.is_known:
            self._scope(user_id, standing)

    def _scope(self, user_id: str, standing: Standing, *, channel_id: str = "", thread_id: str = "") -> Scope:
        return self._directory.scope_for(
            user_id,
            channel_id=channel_id,
            thread_id=thread_id,
            is_guest=standing.is_guest or not standing.is_known,
            is_bot=standing.is_bot,
            is_deleted=standing.is_deleted,
            team_ok=standing.team_ok,
        )

    def _standing(self, user_id: str, *, fresh: bool) -> Standing:
        with self._lock:
            kept = self._kept.get(user_id)
            if kept and not fresh and time.monotonic() - kept[0] < _KEEP_SECONDS:
                return kept[1]
        standing = self._ask_slack(user_id)
        with self._lock:
            self._kept[user_id] = (time.monotonic(), standing)
        return standing

    def _ask_slack(self, user_id: str) -> Standing:
        try:
            user = self._client.users_info(user=user_id).get("user") or {}
        except SlackApiError as error:
            if error_code(error) in _STRANGERS:
                return Standing(is_known=False)
            raise UnavailableError("I cannot check who you are right now. Please try again in a minute.") from error
        except OSError as error:
            raise UnavailableError("I cannot check who you are right now. Please try again in a minute.") from error
        return _standing_of(user, self._team_id)


def _standing_of(user: Mapping[str, Any], team_id: str) -> Standing:
    teams = {str(user.get("team_id") or team_id), *((user.get("enterprise_user") or {}).get("teams") or ())}
    return Standing(
        is_guest=any(user.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_stranger")),
        is_bot=bool(user.get("is_bot")),
        is_deleted=bool(user.get("deleted")),
        team_ok=not team_id or team_id in teams,
    )
