"""Modals and App Home views: titles, buttons, metadata, and their blocks."""

from __future__ import annotations

from connectors.sandbox.workspace.validation.blocks import check_blocks
from connectors.sandbox.workspace.validation.findings import Findings
from connectors.sandbox.workspace.validation.texts import check_text
from connectors.sandbox.workspace.wire import JsonObject

METADATA = 3000
TITLE = 24


def check_view(view: object, kind: str) -> list[str]:
    """What is wrong with a ``modal`` or ``home`` view; empty when Slack would take it."""
    found = Findings()
    fields = found.table("/view", view)
    if fields is None:
        return found.messages
    if fields.get("type") != kind:
        found.add("/view/type", f"must be {kind}")
        return found.messages
    found.optional("/view", fields, "private_metadata", METADATA)
    found.optional("/view", fields, "callback_id", 255)
    found.optional("/view", fields, "external_id", 255)
    if kind == "modal":
        _modal(found, fields)
        return [*found.messages, *check_blocks(fields.get("blocks"), "modal", "/view/blocks")]
    return [*found.messages, *check_blocks(fields.get("blocks"), "home", "/view/blocks")]


def _modal(found: Findings, view: JsonObject) -> None:
    check_text(found, "/view/title", view.get("title"), TITLE, plain=True)
    for key in ("submit", "close"):
        if view.get(key) is not None:
            check_text(found, f"/view/{key}", view[key], TITLE, plain=True)
    blocks = view.get("blocks")
    inputs = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if inputs and view.get("submit") is None:
        found.add("/view/submit", "missing required field: submit, needed with input blocks")
