"""Posting briefings, and finding one that was posted but not noted because the process died in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from agent.slack.delivery.posted import BRIEFING, Posted, PostedLog
from agent.slack.delivery.send import Sender
from agent.slack.inbound import Ledger
from agent.slack.ui.briefing import compose_briefing
from tools.context import Clock

_HISTORY = 100


class BriefingPoster:
    """What ``agent.briefings`` posts through."""

    def __init__(
        self,
        *,
        client: WebClient,
        sender: Sender,
        posted: PostedLog,
        ledger: Ledger,
        clock: Clock,
        team: str,
        bot_user: str,
    ) -> None:
        self._client = client
        self._sender = sender
        self._posted = posted
        self._ledger = ledger
        self._clock = clock
        self._team = team
        self._bot_user = bot_user

    def post_briefing(self, channel_id: str, document: Mapping[str, Any]) -> str:
        """Post a briefing document in a channel and return its ts; replies in its thread are answered.

        Raises:
            slack_sdk.errors.SlackApiError: Slack refused even plain text.
        """
        ts = self._sender.post(channel_id, compose_briefing(document))
        self.note(channel_id, ts, document)
        return ts

    def note(self, channel_id: str, ts: str, document: Mapping[str, Any]) -> None:
        """Log a posted briefing and open its thread for questions; harmless when done twice."""
        now = self._clock.now()
        subject_id = f"{document.get('store_id')}:{document.get('on')}"
        self._posted.add(Posted(channel_id, ts, BRIEFING, subject_id, ""), now)
        self._ledger.take_part(self._team, channel_id, ts, started_by=self._bot_user, at=now)

    def find_posted(self, channel_id: str, marker: str) -> str | None:
        """The ts of our own recent message in the channel with a block of this id (``ids.briefing_marker``), or None.

        Raises:
            slack_sdk.errors.SlackApiError: the channel's history cannot be read.
        """
        response = self._client.conversations_history(channel=channel_id, limit=_HISTORY)
        for message in response.get("messages") or []:
            ours = message.get("user") == self._bot_user or bool(message.get("bot_id"))
            if ours and any(block.get("block_id") == marker for block in message.get("blocks") or []):
                return str(message["ts"])
        return None
