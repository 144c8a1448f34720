"""Flags of an item: offered at the till (``hidden``, ``available``), and sold out by its stock (``autoManage``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.base import Action, Preview
from connectors.clover.client import CloverClient, segment
from connectors.clover.mapping import is_on_sale
from connectors.clover.pricing import GONE
from connectors.http import RejectedError

_WORDS = {"true": True, "false": False}


def preview(client: CloverClient, action: Action) -> Preview:
    """The flags as they are, those that shall change, and the request that sets them."""
    identity = str(action.target.get("variant_external_id") or "")
    try:
        item = client.one(f"/items/{segment(identity)}")
    except RejectedError as error:
        if error.status != 404:
            raise
        return Preview({}, "", {}, GONE)
    version = str(item.get("modifiedTime") or "")
    if item.get("deletedTime"):
        return Preview({}, version, {}, GONE)
    live = {"active": _word(is_on_sale(item)), "track_stock": _word(bool(item.get("autoManage")))}
    before = {name: value for name, value in live.items() if name in action.change}
    body = _body(action.change)
    if not body:
        return Preview(before, version, {}, "Only active and track_stock can be set here, to true or false.")
    return Preview(before, version, {"method": "POST", "path": f"/items/{segment(identity)}", "body": body})


def _body(change: Mapping[str, Any]) -> dict[str, bool]:
    body: dict[str, bool] = {}
    for name, given in change.items():
        value = _WORDS.get(str(given).lower())
        if value is None:
            return {}
        if name == "active":
            # Hidden as well: where Clover manages availability by stock, it sets “available” itself.
            body |= {"hidden": not value, "available": value}
        elif name == "track_stock":
            body["autoManage"] = value
    return body


def _word(value: bool) -> str:
    return "true" if value else "false"
