"""Progress while tools run, as a streamed message that becomes the answer.

A stream is a comfort: when Slack refuses to start one, or has closed it (about five minutes after its start), the
answer rewrites the message or is posted as a new one.
"""

from __future__ import annotations

import threading

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from agent.conversation.answer import Progress
from agent.slack.delivery.send import Sender, blocks_refused, error_code
from agent.slack.ui.limits import PLAIN_MESSAGE, Block, clip, split_mrkdwn
from agent.slack.ui.message import Outgoing
from agent.slack.ui.mrkdwn import one_line

_log = structlog.get_logger(__name__)

_TITLE = 200


class ProgressStream:
    """The streamed message of one turn. Nothing is sent before the first tool starts."""

    def __init__(
        self, client: WebClient, sender: Sender, *, channel: str, thread_ts: str, team: str, user: str
    ) -> None:
        self._client = client
        self._sender = sender
        self._channel = channel
        self._thread_ts = thread_ts
        self._team = team
        self._user = user
        self._lock = threading.Lock()
        self._ts = ""
        self._quiet = False
        self._open_tasks: dict[str, str] = {}

    def on_progress(self, progress: Progress) -> None:
        """Show a tool starting or ending; never raises."""
        title = clip(one_line(progress.title), _TITLE) or "Working"
        chunk = {"type": "task_update", "id": progress.task_id, "title": title, "status": progress.status}
        with self._lock:
            if self._quiet:
                return
            if progress.status == "in_progress":
                self._open_tasks[progress.task_id] = title
            else:
                self._open_tasks.pop(progress.task_id, None)
            try:
                self._show(chunk)
            except SlackApiError as error:
                self._quiet = True
                _log.info("stream.refused", error=error_code(error))
            except OSError as error:
                self._quiet = True
                _log.info("stream.unreachable", reason=type(error).__name__)

    def finish(self, message: Outgoing) -> str:
        """Make the streamed message the answer, or post the answer; returns its ts.

        Raises:
            SlackApiError: even plain text could not be posted.
        """
        with self._lock:
            started = self._ts
            self._quiet = True
        if not started:
            return self._sender.post(self._channel, message, thread_ts=self._thread_ts)
        # Tried even after a failed append: only a stop, or five minutes, ends a stream for sure.
        if self._stop(started, message):
            return started
        try:
            self._sender.update(self._channel, started, message, thread_ts=self._thread_ts)
        except SlackApiError as error:
            _log.warning("stream.lost", error=error_code(error))
            return self._sender.post(self._channel, message, thread_ts=self._thread_ts)
        return started

    def _show(self, chunk: dict[str, str]) -> None:
        if self._ts:
            self._client.chat_appendStream(channel=self._channel, ts=self._ts, chunks=[chunk])
            return
        response = self._client.chat_startStream(
            channel=self._channel,
            thread_ts=self._thread_ts,
            recipient_team_id=self._team,
            recipient_user_id=self._user,
            task_display_mode="timeline",
            chunks=[chunk],
        )
        self._ts = str(response["ts"])

    def _stop(self, ts: str, message: Outgoing) -> bool:
        # The headline becomes the streamed text, so that notifications and screen readers have it.
        for level in message.levels:
            try:
                self._stop_with(ts, message.headline, list(level)[1:])
            except SlackApiError as error:
                if not blocks_refused(error):
                    _log.info("stream.broken", error=error_code(error))
                    return False
                _log.warning("blocks.refused", error=error_code(error), blocks=len(level))
            else:
                return True
        pieces = split_mrkdwn(message.text, PLAIN_MESSAGE) or ["–"]
        try:
            self._stop_with(ts, pieces[0], [])
        except SlackApiError as error:
            _log.info("stream.broken", error=error_code(error))
            return False
        self._sender.post_rest(self._channel, pieces[1:], self._thread_ts)
        return True

    def _stop_with(self, ts: str, text: str, blocks: list[Block]) -> None:
        ended = [
            {"type": "task_update", "id": task, "title": title, "status": "complete"}
            for task, title in self._open_tasks.items()
        ]
        self._client.chat_stopStream(
            channel=self._channel,
            ts=ts,
            chunks=[*ended, {"type": "markdown_text", "text": text}],
            blocks=blocks or None,
        )
