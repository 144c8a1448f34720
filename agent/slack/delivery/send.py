"""Posting and rewriting messages so that none is lost: rich blocks, then simple ones, then plain text in pieces."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from agent.slack.ui.limits import PLAIN_MESSAGE, Block, section, split_mrkdwn
from agent.slack.ui.message import Outgoing

_log = structlog.get_logger(__name__)

_NOT_ABOUT_BLOCKS = frozenset(
    {
        "account_inactive",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "fatal_error",
        "internal_error",
        "invalid_auth",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "message_not_in_streaming_state",
        "missing_scope",
        "not_authed",
        "not_in_channel",
        "ratelimited",
        "restricted_action",
        "service_unavailable",
        "streaming_state_conflict",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "unknown_method",
    }
)
"""Errors that simpler blocks would not cure. Any other refusal is answered with a simpler message."""


def error_code(error: SlackApiError) -> str:
    """Slack's error code, for example ``invalid_blocks``."""
    response: Any = error.response
    return str(response.get("error", "")) if hasattr(response, "get") else ""


def blocks_refused(error: SlackApiError) -> bool:
    """Whether a simpler message may be accepted where this one was not."""
    return error_code(error) not in _NOT_ABOUT_BLOCKS


class Sender:
    """Sends ``Outgoing`` messages through the Web API."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._status_refused = threading.Event()

    def post(self, channel: str, message: Outgoing, *, thread_ts: str | None = None) -> str:
        """Post a message and return the ts of its first part.

        Raises:
            SlackApiError: not a matter of blocks: the channel is gone, the token is revoked.
        """

        def send(text: str, level: list[Block] | None) -> str:
            response = self._client.chat_postMessage(
                channel=channel,
                text=text,
                blocks=level,
                thread_ts=thread_ts,
                unfurl_links=False,
                unfurl_media=False,
            )
            return str(response["ts"])

        return self._send(channel, message, send, thread_ts)

    def update(self, channel: str, ts: str, message: Outgoing, *, thread_ts: str | None = None) -> None:
        """Rewrite a message; text that does not fit is posted below it.

        Raises:
            SlackApiError: the message is gone or may not be edited.
        """

        def send(text: str, level: list[Block] | None) -> str:
            # An empty list takes away the blocks that were there, buttons above all.
            self._client.chat_update(channel=channel, ts=ts, text=text, blocks=level or [])
            return ts

        self._send(channel, message, send, thread_ts or ts)

    def say(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Post an escaped sentence."""
        return self.post(channel, Outgoing(text=text), thread_ts=thread_ts)

    def whisper(self, channel: str, user: str, text: str, *, thread_ts: str | None = None) -> None:
        """Show an escaped sentence to one person: ephemeral in a channel, a plain message where that is refused."""
        # In a block, because Slack would make links of the addresses in a bare text, and names of products hold some.
        blocks = [section(text)]
        try:
            self._client.chat_postEphemeral(channel=channel, user=user, text=text, blocks=blocks, thread_ts=thread_ts)
        except SlackApiError as error:
            _log.warning("ephemeral.refused", error=error_code(error))
            self._client.chat_postMessage(
                channel=user, text=text, blocks=blocks, unfurl_links=False, unfurl_media=False
            )

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        """Show that the bot is at work. Best effort: a workspace that does not offer it is not asked again."""
        if self._status_refused.is_set():
            return
        try:
            self._client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread_ts, status=status)
        except SlackApiError as error:
            if error_code(error) != "ratelimited":
                self._status_refused.set()
            _log.info("status.refused", error=error_code(error))
        except OSError as error:
            _log.info("status.unreachable", reason=type(error).__name__)

    def _send(
        self, channel: str, message: Outgoing, send: Callable[[str, list[Block] | None], str], thread_ts: str | None
    ) -> str:
        pieces = split_mrkdwn(message.text, PLAIN_MESSAGE) or ["–"]
        for level in message.levels:
            try:
                return send(message.text, list(level))
            except SlackApiError as error:
                if not blocks_refused(error):
                    raise
                _log.warning("blocks.refused", error=error_code(error), blocks=len(level))
        ts = send(pieces[0], None)
        self.post_rest(channel, pieces[1:], thread_ts or ts)
        return ts

    def post_rest(self, channel: str, pieces: list[str], thread_ts: str) -> None:
        """Post further pieces of a text in the thread."""
        for piece in pieces:
            self._client.chat_postMessage(
                channel=channel, text=piece, thread_ts=thread_ts, unfurl_links=False, unfurl_media=False
            )
