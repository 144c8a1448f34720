"""The ids that Slack hands back when a person presses or submits something; renaming one orphans live buttons."""

from __future__ import annotations

APPROVE = "proposal_approve"
REJECT = "proposal_reject"
UNDO = "proposal_undo"
EDIT = "proposal_edit"
TASK_DONE = "task_done"
TOOK_EFFECT = "proposal_took_effect"
NO_EFFECT = "proposal_no_effect"
FOLLOW_UP = "follow_up"
"""Prefix: the buttons are ``follow_up_0``, ``follow_up_1``, and so on; the value is the question."""
FEEDBACK = "answer_feedback"
GET_CSV = "answer_csv"
"""The value is the receipt's id."""

REJECT_MODAL = "proposal_reject_modal"
EDIT_MODAL = "proposal_edit_modal"
EDIT_INPUT = "edited_value"
"""Each field is a block of its own, named by the field."""
EDIT_KEEP = "kept_lines"
"""Which lines are ticked; the value of each is its field's name."""
REASON_BLOCK = "reason"
REASON_INPUT = "reason_text"


def card_value(proposal_id: str, payload_sha256: str) -> str:
    """A button's value: which proposal, and exactly which payload the person saw."""
    return f"{proposal_id}:{payload_sha256}"


def read_card_value(value: str) -> tuple[str, str]:
    """The proposal id and payload hash out of a button's value; the hash is empty when there is none."""
    proposal_id, _, sha256 = value.partition(":")
    return proposal_id, sha256
