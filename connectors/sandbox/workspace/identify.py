"""Names for what comes without one: every block gets a block_id, every interactive element an action_id."""

from __future__ import annotations

import secrets
from typing import Any

from connectors.sandbox.workspace.validation.elements import ACTIONS, CONTEXT_ACTIONS, INPUTS
from connectors.sandbox.workspace.wire import JsonObject

INTERACTIVE = frozenset((*ACTIONS, *INPUTS, *CONTEXT_ACTIONS))
PARTS = ("elements", "accessory", "element", "actions")


def with_ids(blocks: list[JsonObject]) -> list[JsonObject]:
    """Copies of blocks with the missing ids filled in; ids that are given stay."""
    named = []
    for block in blocks:
        copy = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(4)}
        if block["type"] == "container":
            copy["child_blocks"] = with_ids(block["child_blocks"])
        elif block["type"] == "carousel":
            copy["elements"] = with_ids(block["elements"])
        elif block["type"] != "rich_text":
            copy |= {part: _with_action_ids(block[part]) for part in PARTS if part in block}
        named.append(copy)
    return named


def _with_action_ids(part: Any) -> Any:
    if isinstance(part, list):
        return [_with_action_ids(element) for element in part]
    if isinstance(part, dict) and part.get("type") in INTERACTIVE and not part.get("action_id"):
        return {**part, "action_id": secrets.token_urlsafe(4)}
    return part
