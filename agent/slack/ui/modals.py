"""Modals."""

from __future__ import annotations

import json

from agent.slack import ids
from agent.slack.ui import limits

REASON_LENGTH = 500


def compose_reject_modal(proposal_id: str, channel_id: str, thread_ts: str) -> limits.Block:
    """The question for a reason; where it was asked travels along, so that a refusal can be shown there."""
    return {
        "type": "modal",
        "callback_id": ids.REJECT_MODAL,
        "private_metadata": json.dumps({"proposal": proposal_id, "channel": channel_id, "thread": thread_ts}),
        "title": limits.plain_text("Reject this change", 24),
        "submit": limits.plain_text("Reject", 24),
        "close": limits.plain_text("Back", 24),
        "blocks": [
            {
                "type": "input",
                "block_id": ids.REASON_BLOCK,
                "optional": True,
                "label": limits.plain_text("Why? (optional, shown on the card)", 100),
                "element": {
                    "type": "plain_text_input",
                    "action_id": ids.REASON_INPUT,
                    "multiline": True,
                    "max_length": REASON_LENGTH,
                },
            }
        ],
    }
