"""Posting briefings and digests, and finding one that was posted but not noted as the process died in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from agent.db.engine import Database
from agent.errors import UnavailableError
from agent.slack.bot import Passport
from agent.slack.delivery.posted import BRIEFING, DIGEST, Posted, PostedLog
from agent.slack.delivery.send import Sender
from agent.slack.inbound import Ledger
from agent.slack.ui.briefing import compose_briefing
from agent.slack.ui.digest import compose_digest
from agent.slack.ui.message import Outgoing
from tools.context import Clock

_HISTORY = 100


class BriefingPoster:
    """What ``agent.briefings`` posts through."""

    def __init__(self, client: WebClient, passport: Passport, database: Database, clock: Clock) -> None:
        self._client = client
        self._passport = passport
        self._sender = Sender(client)
        self._posted = PostedLog(database)
        self._ledger = Ledger(database)
        self._clock = clock

    def post_briefing(self, channel_id: str, document: Mapping[str, Any]) -> str:
        """Post a briefing document in a channel and return its ts; replies in its thread are answered.

        Raises:
            UnavailableError: Slack refused even plain text.
        """
        subject_id = f"{document.get('store_id')}:{document.get('on')}"
        return self._send(channel_id, compose_briefing(document), BRIEFING, subject_id)

    def post_digest(self, channel_id: str, document: Mapping[str, Any]) -> str:
        """Post a week's digest in a channel and return its ts; replies in its thread are answered.

        Raises:
            UnavailableError: Slack refused even plain text.
        """
        return self._send(channel_id, compose_digest(document), DIGEST, str(document["marker"]))

    def find_posted(self, channel_id: str, marker: str) -> str | None:
        """The ts of our own recent message in the channel with a block of this id, or None.

        Raises:
            UnavailableError: the channel's history cannot be read.
        """
        bot_user = self._passport.identity().user_id
        try:
            response = self._client.conversations_history(channel=channel_id, limit=_HISTORY)
        except SlackApiError as error:
            raise _refused(channel_id, error) from error
        for message in response.get("messages") or []:
            ours = message.get("user") == bot_user
            if ours and any(block.get("block_id") == marker for block in message.get("blocks") or []):
                # Whoever posted it died before opening its thread for questions.
                self._open_thread(channel_id, str(message["ts"]))
                return str(message["ts"])
        return None

    def _send(self, channel_id: str, message: Outgoing, subject: str, subject_id: str) -> str:
        try:
            ts = self._sender.post(channel_id, message)
        except SlackApiError as error:
            raise _refused(channel_id, error) from error
        self._posted.add(Posted(channel_id, ts, subject, subject_id, ""), self._clock.now())
        self._open_thread(channel_id, ts)
        return ts

    def _open_thread(self, channel_id: str, ts: str) -> None:
        bot = self._passport.identity()
        self._ledger.take_part(bot.team_id, channel_id, ts, started_by=bot.user_id, at=self._clock.now())


def _refused(channel_id: str, error: SlackApiError) -> UnavailableError:
    code = str(error.response.get("error") or "no reason")
    remedy = "; invite the bot to it" if code in ("not_in_channel", "channel_not_found") else ""
    return UnavailableError(f"Slack refuses the channel {channel_id} ({code}){remedy}.")
