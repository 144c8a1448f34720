"""Promotions in Square's terms: an automatic discount made of a discount, a product set and the rule between them.

The three are created in one request, all or nothing. The rule's name, which only the dashboard shows, carries the
action's key; buyers see the discount's. Ending a promotion sets the end of its rule to now: what it gave stays known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from connectors.base import Action, Preview
from connectors.money import price_minor
from connectors.square.client import IDS_PER_BATCH, Listing, SquareClient, instant
from connectors.square.joined import with_parts
from connectors.square.pricing import writable
from connectors.square.promotions import is_present, rule_end, rule_start, zone_of

_KINDS = ("percent", "amount")
_MOST_NAME = 200
_JOINED = frozenset(
    {"discount_data", "match_products", "exclude_products", "apply_products", "time_periods", "variants", "timezone"}
)


def creation(client: SquareClient, action: Action, now: datetime) -> Preview:
    """A new promotion at some stores or all of them, on some products or on everything that is sold."""
    found = _rule_of(client, action.idempotency_key)
    version, done = str((found or {}).get("id") or ""), found is not None
    stores = [str(store) for store in action.target.get("store_external_ids") or ()]
    variants = [str(variant) for variant in action.change.get("variant_external_ids") or ()]
    locations = {str(place["id"]): place for place in client.locations().body.get("locations") or ()}
    start, end = (_instant(action.change.get(name)) for name in ("starts_at", "ends_at"))
    discount = _discount(action.change, locations)
    problem = (
        _problem(action, start, end, now, [store for store in stores if store not in locations])
        or ("" if discount else "The value is not a discount Square can hold.")
        or _gone(client, variants)
    )
    if problem or discount is None or start is None:
        return Preview({}, version, {}, problem, done)
    zone = ZoneInfo(str((locations[stores[0]] if stores else next(iter(locations.values()))).get("timezone") or "UTC"))
    products = {"product_ids_any": variants} if variants else {"all_products": True}
    rule = {
        "name": f"{_name(action)} ({_mark(action.idempotency_key)})",
        "discount_id": "#discount",
        "match_products_id": "#products",
        **_edge("from", start.astimezone(zone)),
        **(_edge("until", end.astimezone(zone)) if end else {}),
    }
    where = {"present_at_all_locations": not stores, **({"present_at_location_ids": stores} if stores else {})}
    objects = [
        {"type": "DISCOUNT", "id": "#discount", **where, "discount_data": discount},
        {"type": "PRODUCT_SET", "id": "#products", **where, "product_set_data": products},
        {"type": "PRICING_RULE", "id": "#rule", **where, "pricing_rule_data": rule},
    ]
    return Preview(
        {}, version, {"idempotency_key": action.idempotency_key, "batches": [{"objects": objects}]}, done=done
    )


def ending(client: SquareClient, action: Action, now: datetime) -> Preview:
    """A promotion that holds or is to come, and shall not any more."""
    found = client.catalog_object(str(action.target.get("promotion_external_id", "")))
    if found is None or found.get("is_deleted") or found.get("type") != "PRICING_RULE":
        return Preview({}, "", {}, "This promotion is no longer in Square's catalogue.")
    (rule,) = with_parts(client, Listing([found], None))
    data, zone, version = rule["pricing_rule_data"], zone_of(rule), str(found.get("version") or "")
    start, end = rule_start(data, zone), rule_end(data, zone)
    active = is_present(rule) and (end is None or end > now)
    before = {"active": "true" if active else "false"}
    if str(action.change.get("active")) != "false":
        return Preview(before, version, {}, "A promotion can only be ended here.")
    changed = {name: value for name, value in writable(found).items() if name not in _JOINED}
    if start is not None and start >= now:
        # It never began: a rule that holds at no store leaves no trace in what was sold.
        changed |= {"present_at_all_locations": False, "present_at_location_ids": []}
        changed.pop("absent_at_location_ids", None)
    else:
        changed["pricing_rule_data"] = {**data, **_edge("until", now.astimezone(zone))}
    return Preview(before, version, {"idempotency_key": action.idempotency_key, "object": changed})


def _rule_of(client: SquareClient, key: str) -> Mapping[str, Any] | None:
    cursor: str | None = None
    while True:
        page = client.search_catalog(None, cursor, types=("PRICING_RULE",))
        for rule in page.objects:
            if _mark(key) in str((rule.get("pricing_rule_data") or {}).get("name") or ""):
                return rule
        cursor = page.cursor
        if cursor is None:
            return None


def _problem(
    action: Action, start: datetime | None, end: datetime | None, now: datetime, unknown: Sequence[str]
) -> str:
    if not _name(action):
        return "The promotion needs a name."
    if action.change.get("kind") not in _KINDS:
        return f"The kind of a promotion must be one of {', '.join(_KINDS)}."
    if start is None or (action.change.get("ends_at") and end is None):
        return "The promotion needs a start, and an end if any, with a date, a time and an offset."
    if end is not None and not (start < end and now < end):
        return "The promotion must end after it starts, and not in the past."
    return f"No longer in Square: the store {', '.join(unknown)}." if unknown else ""


def _discount(change: Mapping[str, Any], locations: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    name, value = str(change.get("name") or "").strip()[:_MOST_NAME], str(change.get("value") or "")
    if change.get("kind") == "amount":
        currency = str(change.get("currency") or "").upper()
        kept = {str(place.get("currency")) for place in locations.values()}
        amount = price_minor(value, currency) if currency in kept else None
        money = {"amount": amount, "currency": currency}
        return {"name": name, "discount_type": "FIXED_AMOUNT", "amount_money": money} if amount else None
    try:
        share = Decimal(value)
    except InvalidOperation:
        return None
    if not share.is_finite() or not 0 < share <= 100:
        return None
    return {"name": name, "discount_type": "FIXED_PERCENTAGE", "percentage": format(share.normalize(), "f")}


def _gone(client: SquareClient, variants: Sequence[str]) -> str:
    known = {
        str(item["id"])
        for start in range(0, len(variants), IDS_PER_BATCH)
        for item in client.catalog_objects(variants[start : start + IDS_PER_BATCH]).objects
        if not item.get("is_deleted")
    }
    gone = sum(1 for variant in variants if variant not in known)
    return f"{gone} of the products are no longer in Square's catalogue." if gone else ""


def _edge(edge: str, at: datetime) -> dict[str, str]:
    whole = at.replace(microsecond=0)
    return {f"valid_{edge}_date": whole.date().isoformat(), f"valid_{edge}_local_time": whole.time().isoformat()}


def _instant(text: Any) -> datetime | None:
    try:
        return instant(str(text)).astimezone(UTC)
    except ValueError:
        return None


def _name(action: Action) -> str:
    return str(action.change.get("name") or "").strip()[:_MOST_NAME]


def _mark(key: str) -> str:
    return f"floorwalker {key}"
