"""Posting what nobody asked for just now: findings of follow-ups in their threads, and anchors of the audit chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from agent.errors import UnavailableError
from agent.slack.bot import Passport
from agent.slack.delivery.send import Sender
from agent.slack.ui.followup import compose_followup

_REPLIES = 200


class Notices:
    """What ``agent.followups`` and ``agent.governance.anchors`` post through."""

    def __init__(self, client: WebClient, passport: Passport) -> None:
        self._client = client
        self._passport = passport
        self._sender = Sender(client)

    def say(self, channel_id: str, text: str) -> str:
        """Post our own sentence, which has nothing in it to escape, and return its ts.

        Raises:
            UnavailableError: Slack does not take it.
        """
        try:
            return self._sender.say(channel_id, text)
        except (SlackApiError, OSError) as error:
            raise _refused(channel_id, error) from error

    def post_followup(self, channel_id: str, thread_ts: str, document: Mapping[str, Any]) -> str:
        """Post a finding in a thread and return its ts.

        Raises:
            UnavailableError: Slack does not take it.
        """
        try:
            return self._sender.post(channel_id, compose_followup(document), thread_ts=thread_ts)
        except (SlackApiError, OSError) as error:
            raise _refused(channel_id, error) from error

    def find_reply(self, channel_id: str, thread_ts: str, marker: str) -> str | None:
        """The ts of our own message in the thread with a block of this id, or None.

        Raises:
            UnavailableError: the thread cannot be read.
        """
        bot_user, cursor = self._passport.identity().user_id, ""
        while True:
            try:
                response = self._client.conversations_replies(
                    channel=channel_id, ts=thread_ts, limit=_REPLIES, cursor=cursor
                )
            except (SlackApiError, OSError) as error:
                raise _refused(channel_id, error) from error
            for message in response.get("messages") or []:
                ours = message.get("user") == bot_user
                if ours and any(block.get("block_id") == marker for block in message.get("blocks") or []):
                    return str(message["ts"])
            cursor = str((response.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None


def _refused(channel_id: str, error: SlackApiError | OSError) -> UnavailableError:
    if not isinstance(error, SlackApiError):
        return UnavailableError("Slack cannot be reached at the moment.")
    code = str(error.response.get("error") or "no reason")
    remedy = "; invite the bot to it" if code in ("not_in_channel", "channel_not_found") else ""
    return UnavailableError(f"Slack refuses the channel {channel_id} ({code}){remedy}.")
