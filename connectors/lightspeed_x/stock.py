"""Stock in Lightspeed's terms: an adjustment adds to what is there, a count sets it.

An adjustment that is sent twice is applied twice, and it has no room for a key of ours. The evidence that one took
effect is an equal one among those that came after what was there before it was sent. A count is set on the product,
which is one request that may be repeated; the platform's stocktake would be five, and ends in its own time.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from connectors.base import Action, Preview
from connectors.http import RejectedError
from connectors.lightspeed_x.amounts import number
from connectors.lightspeed_x.client import TITLE, LightspeedXClient, version_of
from connectors.lightspeed_x.live import Goods, Step, decimal_of, live_goods, plain, problem, requested, wire

_REASONS = {"damage": "DAMAGE", "waste": "EXPIRY", "theft": "THEFT", "found": "STOCK_FOUND"}
_ADDS = "STOCK_FOUND"
_REASONS_PAGE = 100
_MOST = Decimal(10) ** 7


def preview_adjustment(client: LightspeedXClient, action: Action, sent_after: int | None) -> Preview:
    """What the adjustment means now. ``sent_after``: the version there was before it was sent, if it was."""
    goods, quantity = _looked_up(client, action)
    if goods.problem:
        return problem(goods.problem)
    before = {"quantity": plain(quantity)}
    delta, reason = decimal_of(action.change.get("delta")), str(action.change.get("reason") or "").casefold()
    if delta is None or not delta or abs(delta) > _MOST:
        return problem("The change of stock must be a number other than 0.", before)
    if reason in ("damage", "waste", "theft") and delta > 0:
        return problem(f"The reason {reason} takes stock away; the change must be below 0.", before)
    if reason == "found" and delta < 0:
        return problem("Stock that was found is added; the change must be above 0.", before)
    if reason not in (*_REASONS, "correction"):
        return problem("The reason must be damage, waste, theft, found or correction.", before)
    line: dict[str, Any] = {
        "product_id": goods.product["id"],
        "outlet_id": goods.outlet["id"],
        "quantity": plain(delta),
        **_reason(client, reason, delta),
    }
    request = requested([Step("POST", "/stock_adjustments", {"stock_adjustments": [line]})])
    if sent_after is not None:
        found = _adjustment_after(client, sent_after, line)
        return Preview(before, str(found.get("id")) if found else str(sent_after), request, done=found is not None)
    return Preview(before, str(_latest_adjustment(client)), request)


def preview_count(client: LightspeedXClient, action: Action) -> Preview:
    """What setting the quantity means now."""
    goods, quantity = _looked_up(client, action)
    if goods.problem:
        return problem(goods.problem)
    before, version = {"quantity": plain(quantity)}, str(version_of(goods.product))
    counted = decimal_of(action.change.get("quantity"))
    if counted is None or not 0 <= counted <= _MOST:
        return problem("The counted quantity must be a number of at least 0.", before, version)
    body = {"details": {"inventory": [{"outlet_id": goods.outlet["id"], "current_amount": wire(counted)}]}}
    return Preview(before, version, requested([Step("PUT", f"/products/{goods.product['id']}", body)]))


def _looked_up(client: LightspeedXClient, action: Action) -> tuple[Goods, Decimal]:
    """The goods with what is on hand; with a problem when their stock cannot be changed."""
    goods = live_goods(client, action)
    why = goods.problem
    if not why and not goods.outlet:
        why = "Name the store whose stock changes."
    elif not why and goods.product.get("is_composite"):
        why = f"{TITLE} makes this product of others; change the stock of those."
    elif not why and not goods.product.get("has_inventory", True):
        why = f"{TITLE} does not track the stock of this product."
    if why:
        return Goods(goods.product, goods.outlet, goods.outlets, why), Decimal(0)
    levels = client.product_inventory(str(goods.product["id"]))
    level = next((item for item in levels if item.get("outlet_id") == goods.outlet["id"]), None)
    return goods, number(level.get("current_inventory_level")) if level else Decimal(0)


def _reason(client: LightspeedXClient, reason: str, delta: Decimal) -> dict[str, str]:
    """The platform has no correction: a reason of the retailer's own that says so, else the nearest of its words."""
    if reason in _REASONS:
        return {"reason": _REASONS[reason]}
    wanted = "POSITIVE" if delta > 0 else "NEGATIVE"
    try:
        own = client.feed("/custom_inventory_adjustment_reasons", 0, _REASONS_PAGE).objects
    except RejectedError as error:
        if error.status not in (403, 404):
            raise
        own = ()
    for item in own:
        if item.get("enabled") and item.get("type") == wanted and "correct" in str(item.get("name")).casefold():
            return {"reason": "CUSTOM", "custom_inventory_adjustment_reason_id": str(item["id"])}
    return {"reason": _ADDS if delta > 0 else "INTERNAL_USE"}


def _latest_adjustment(client: LightspeedXClient) -> int:
    """The version of the newest adjustment, found from the newest stock level on; all versions share one counter."""
    after = client.inventory(0, size=1, newest_first=True).highest or 0
    while True:
        listing = client.feed("/stock_adjustments", after)
        if listing.highest is None or listing.highest <= after:
            return after
        after = listing.highest


def _adjustment_after(client: LightspeedXClient, after: int, line: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """An adjustment equal to ``line`` that came after version ``after``."""
    while True:
        listing = client.feed("/stock_adjustments", after)
        for item in listing.objects:
            same = all(item.get(name) == line[name] for name in ("product_id", "outlet_id", "reason"))
            if same and number(item.get("quantity")) == number(line["quantity"]):
                return item
        if listing.highest is None or listing.highest <= after:
            return None
        after = listing.highest
