"""Modals."""

from __future__ import annotations

import json
from collections.abc import Sequence

from agent.proposals.editing import Field
from agent.slack import ids
from agent.slack.ui import limits
from agent.slack.ui.mrkdwn import one_line

REASON_LENGTH = 500
_NUMBER_LENGTH = 20


def compose_edit_modal(
    proposal_id: str, sha256: str, fields: Sequence[Field], channel_id: str, thread_ts: str
) -> limits.Block:
    """One input for each value that may be set, filled with what it is now."""
    origin = {"proposal": proposal_id, "sha256": sha256, "channel": channel_id, "thread": thread_ts}
    return {
        "type": "modal",
        "callback_id": ids.EDIT_MODAL,
        "private_metadata": json.dumps(origin),
        "title": limits.plain_text("Edit this change", 24),
        "submit": limits.plain_text("Propose anew", 24),
        "close": limits.plain_text("Back", 24),
        "blocks": [
            {
                "type": "input",
                "block_id": field.name,
                "optional": True,
                "label": limits.plain_text(one_line(field.label), 150),
                "element": {
                    "type": "plain_text_input",
                    "action_id": ids.EDIT_INPUT,
                    "initial_value": field.value,
                    "max_length": _NUMBER_LENGTH,
                },
            }
            for field in fields
        ],
    }


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
