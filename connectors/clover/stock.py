"""Stock: ``POST /item_stocks/{id}`` sets what is there, whatever it was; there is no other way.

An adjustment is therefore what was just read, plus the difference. A sale between the two requests would be undone by
it and nobody would be told, so the writer reads back and says what it finds, see ``writer``.

Whether an adjustment was made before, Clover does not keep. It is taken for done when stock reads exactly as it would
have after it, from what the approver saw, and no order that was changed since then explains that.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Action, ActionKind, Preview
from connectors.clover.amounts import whole
from connectors.clover.client import NESTED_MOST, CloverClient, many, reference, segment
from connectors.clover.pricing import GONE
from connectors.http import RejectedError

_MOST = Decimal(10_000_000)
_SALE_TO_STOCK_MS = 60 * 1000
"""How long after a sale its stock may be taken away."""


def preview(client: CloverClient, action: Action) -> Preview:
    """What is in stock now, and the request that sets what shall be."""
    identity = str(action.target.get("variant_external_id") or "")
    try:
        found = client.one(f"/item_stocks/{segment(identity)}")
    except RejectedError as error:
        if error.status != 404:
            raise
        return Preview({}, "", {}, GONE)
    now = quantity_in(found)
    before = {"quantity": plain(now)}
    version = str(found.get("modifiedTime") or "")
    wanted = _wanted(action, now)
    if wanted is None:
        field = "delta" if action.kind is ActionKind.STOCK_ADJUST else "quantity"
        return Preview(before, version, {}, f"The {field} is not a quantity Clover can hold.")
    if action.kind is ActionKind.STOCK_ADJUST and wanted == now:
        return Preview(before, version, {}, "A difference of nothing changes nothing.")
    request = {"method": "POST", "path": f"/item_stocks/{segment(identity)}", "body": {"quantity": wanted}}
    done = True if action.kind is ActionKind.STOCK_ADJUST and _was_made(client, action, found) else None
    return Preview(before, version, request, done=done)


def quantity_in(stock: Mapping[str, Any]) -> Decimal:
    """The quantity of an item stock; one that was never counted is nothing."""
    quantity = stock.get("quantity") if stock.get("quantity") is not None else stock.get("stockCount")
    return Decimal(str(quantity or 0))


def plain(quantity: Decimal) -> str:
    """A quantity as a decimal string without trailing zeros."""
    return format(quantity.normalize(), "f")


def _was_made(client: CloverClient, action: Action, stock: Mapping[str, Any]) -> bool:
    """Evidence that this adjustment took effect already."""
    try:
        seen = Decimal(str(action.expected_before["quantity"]))
        delta = Decimal(str(action.change["delta"]))
    except (KeyError, InvalidOperation):
        return False
    changed = whole(stock.get("modifiedTime"))
    if seen + delta != quantity_in(stock) or not changed:
        return False
    filters = (f"modifiedTime>={changed - _SALE_TO_STOCK_MS}",)
    orders = client.page("/orders", filters=filters, expand=("lineItems",), limit=NESTED_MOST)
    item = reference(stock, "item")
    sold = any(reference(line, "item") == item for order in orders for line in many(order, "lineItems"))
    return not sold and len(orders) < NESTED_MOST


def _wanted(action: Action, now: Decimal) -> Decimal | None:
    adjusting = action.kind is ActionKind.STOCK_ADJUST
    try:
        given = Decimal(str(action.change.get("delta" if adjusting else "quantity")))
    except InvalidOperation:
        return None
    if not given.is_finite() or abs(given) > _MOST:
        return None
    wanted = now + given if adjusting else given
    return wanted.normalize() if adjusting or wanted >= 0 else None
