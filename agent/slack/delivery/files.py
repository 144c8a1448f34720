"""Files into a thread: a table as CSV, a chart as a picture. A workspace that takes no files is told so in words."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from agent.governance.exports import Export
from agent.rendering.csv_file import csv_bytes
from agent.rendering.picture import picture
from agent.slack.delivery.send import Sender, error_code
from agent.slack.ui.chart import chart_block
from agent.slack.ui.limits import clip
from agent.slack.ui.mrkdwn import data, one_line, plain
from tools.context import Scope
from tools.result import Chart

_log = structlog.get_logger(__name__)

Exporter = Callable[[str, Scope], Export]
NOT_TAKEN = (
    "Slack did not take the file. Ask your administrator to give the app the scope files:write; until then the rows"
    " are under receipt {receipt_id}."
)


class Files:
    """Uploads through the Web API. ``exporter`` makes the table of a receipt into a file for one person."""

    def __init__(self, client: WebClient, sender: Sender, exporter: Exporter) -> None:
        self._client = client
        self._sender = sender
        self._exporter = exporter

    def table(self, channel: str, thread_ts: str, receipt_id: str, scope: Scope) -> None:
        """Post the whole table of an answer.

        Raises:
            FloorwalkerError: this person may not have it, or there is none.
        """
        file = self._exporter(receipt_id, scope)
        rows = f"{file.rows:,} {'row' if file.rows == 1 else 'rows'} · receipt {file.receipt_id}"
        comment = " · ".join(part for part in (data(rows), data(file.note)) if part)
        if not self._upload(channel, thread_ts, file.name, csv_bytes(file.text), "Table as CSV", comment):
            self._sender.say(channel, plain(NOT_TAKEN.format(receipt_id=receipt_id)), thread_ts=thread_ts)

    def chart(self, channel: str, thread_ts: str, chart: Chart) -> None:
        """Post a chart as a picture where Slack cannot draw it itself; it is an extra, so trouble is only noted."""
        if chart_block(chart) is not None:
            return
        drawn = picture(chart)
        if drawn is not None:
            self._upload(channel, thread_ts, "chart.png", drawn, clip(one_line(chart.title), 90) or "Chart", "")

    def _upload(self, channel: str, thread_ts: str, name: str, content: bytes, title: str, comment: str) -> bool:
        try:
            self._client.files_upload_v2(
                channel=channel,
                thread_ts=thread_ts,
                filename=name,
                content=content,
                title=title,
                initial_comment=comment or None,
            )
        except SlackApiError as error:
            _log.warning("file.refused", error=error_code(error), name=name)
            return False
        except (SlackRequestError, OSError) as error:
            _log.warning("file.not_sent", reason=type(error).__name__, name=name)
            return False
        return True
