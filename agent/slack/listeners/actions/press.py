"""Reading a button press out of Slack's payload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.slack import ids
from agent.slack.decisions import Press


def read_press(body: Mapping[str, Any]) -> Press:
    """Who pressed which card; channel and message are empty for a press on the App Home."""
    proposal_id, sha256 = ids.read_card_value(str((body.get("actions") or [{}])[0].get("value") or ""))
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Press(
        user_id=str((body.get("user") or {}).get("id") or ""),
        proposal_id=proposal_id,
        sha256=sha256,
        channel_id=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        message_ts=str(message.get("ts") or container.get("message_ts") or ""),
        thread_ts=str(message.get("thread_ts") or container.get("thread_ts") or ""),
    )
