"""Automatic discounts as promotions: a pricing rule with its discount, its product sets and its time periods.

Square says when a rule holds in local time. The mirror wants instants, so it is read in the time zone of the first
store the rule holds in; what recurs within the period is kept as Square's own calendar text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from connectors.money import major
from connectors.records import Row
from connectors.square.joined import product_ids

_KINDS = {
    "FIXED_PERCENTAGE": "percent",
    "VARIABLE_PERCENTAGE": "percent",
    "FIXED_AMOUNT": "amount",
    "VARIABLE_AMOUNT": "amount",
}
_DAY_START, _DAY_END = time(0, 0), time(23, 59, 59)


def promotion_rows(rule: Mapping[str, Any], *, deleted: bool) -> Iterator[Row]:
    """A rule and the variants it names; for everything that is sold it names none."""
    data = rule.get("pricing_rule_data")
    if not isinstance(data, Mapping):
        return
    discount = rule.get("discount_data") or {}
    zone = zone_of(rule)
    starts, ends = rule_start(data, zone), rule_end(data, zone)
    if deleted:
        ends = min(filter(None, (ends, _changed(rule))), default=None)
    yield Row(
        "promotion",
        {
            "promotion_id": rule["id"],
            "name": discount.get("name") or data.get("name") or rule["id"],
            "kind": _KINDS.get(str(discount.get("discount_type"))),
            "value": _value(discount),
            "starts_at": starts,
            "ends_at": ends,
            "scope": _scope(rule, data),
        },
    )
    places = [None] if rule.get("present_at_all_locations", True) else rule.get("present_at_location_ids") or ()
    for variant_id in rule.get("variants") or ():
        for place in places:
            yield Row(
                "promotion_item",
                {
                    "promotion_id": rule["id"],
                    "variant_id": variant_id,
                    "store_id": place,
                    "starts_on": starts.astimezone(zone).date() if starts else None,
                    "ends_on": ends.astimezone(zone).date() if ends else None,
                },
            )


def zone_of(rule: Mapping[str, Any]) -> tzinfo:
    """The time zone that the reader wrote into a rule; UTC without."""
    return ZoneInfo(str(rule["timezone"])) if rule.get("timezone") else UTC


def rule_start(data: Mapping[str, Any], zone: tzinfo) -> datetime | None:
    """From when a rule holds; None from ever."""
    return _local(data, "from", _DAY_START, zone)


def rule_end(data: Mapping[str, Any], zone: tzinfo) -> datetime | None:
    """Until when a rule holds; None for ever."""
    return _local(data, "until", _DAY_END, zone)


def is_present(rule: Mapping[str, Any]) -> bool:
    """Whether a rule holds anywhere."""
    return bool(rule.get("present_at_all_locations", True) or rule.get("present_at_location_ids"))


def _local(data: Mapping[str, Any], edge: str, default: time, zone: tzinfo) -> datetime | None:
    day = data.get(f"valid_{edge}_date")
    if not day:
        return None
    at = data.get(f"valid_{edge}_local_time")
    clock = time.fromisoformat(str(at)) if at else default
    return datetime.combine(date.fromisoformat(str(day)), clock, zone).astimezone(UTC)


def _value(discount: Mapping[str, Any]) -> Decimal | None:
    if discount.get("percentage"):
        return Decimal(str(discount["percentage"]))
    money = discount.get("amount_money")
    if isinstance(money, Mapping) and money.get("amount") is not None:
        return major(int(money["amount"]), str(money.get("currency") or "USD"))
    return None


def _scope(rule: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    products = rule.get("match_products") or {}
    scope: dict[str, Any] = {"products": sorted(product_ids(rule)) or "all"}
    if not rule.get("present_at_all_locations", True):
        scope["stores"] = sorted(rule.get("present_at_location_ids") or ())
    for name in ("quantity_exact", "quantity_min", "quantity_max"):
        if products.get(name):
            scope[name] = products[name]
    for name in ("minimum_order_subtotal_money", "customer_group_ids_any"):
        if data.get(name):
            scope[name] = data[name]
    if rule.get("exclude_products"):
        scope["except"] = rule["exclude_products"].get("product_ids_any") or []
    if rule.get("time_periods"):
        scope["recurs"] = [str(period.get("event")) for period in rule["time_periods"]]
    return scope


def _changed(rule: Mapping[str, Any]) -> datetime | None:
    stamp = rule.get("updated_at")
    return datetime.fromisoformat(str(stamp)).astimezone(UTC) if stamp else None
