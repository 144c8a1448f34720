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
_TICKS = 10


def compose_edit_modal(
    proposal_id: str, sha256: str, fields: Sequence[Field], channel_id: str, thread_ts: str
) -> limits.Block:
    """One input for each value that may be set, filled with what it is now; lines of several have a tick each."""
    origin = {"proposal": proposal_id, "sha256": sha256, "channel": channel_id, "thread": thread_ts}
    return {
        "type": "modal",
        "callback_id": ids.EDIT_MODAL,
        "private_metadata": json.dumps(origin),
        "title": limits.plain_text("Edit this change", 24),
        "submit": limits.plain_text("Propose anew", 24),
        "close": limits.plain_text("Back", 24),
        "blocks": [
            *_ticks([field for field in fields if field.line]),
            *(
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
            ),
        ],
    }


def _ticks(lines: Sequence[Field]) -> list[limits.Block]:
    """Every line with a tick in front of it, as many in a block as Slack takes; none where there is but one line."""
    if len(lines) < 2:
        return []
    blocks = []
    for start in range(0, len(lines), _TICKS):
        options = [
            {"text": limits.plain_text(one_line(line.line), 75), "value": line.name}
            for line in lines[start : start + _TICKS]
        ]
        element = {
            "type": "checkboxes",
            "action_id": ids.EDIT_KEEP,
            "options": options,
            "initial_options": options,
        }
        label = "Untick what shall be left out" if start == 0 else "And of these"
        blocks.append(
            {
                "type": "input",
                "block_id": f"{ids.EDIT_KEEP}:{start}",
                "optional": True,
                "label": limits.plain_text(label, 150),
                "element": element,
            }
        )
    return blocks


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
