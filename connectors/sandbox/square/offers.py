"""What Square asks of the objects that make up a promotion: a discount, what it is on, the rule between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.sandbox.square.errors import PosError, invalid, missing
from connectors.sandbox.square.objects import check_money

_DISCOUNTS = ("FIXED_PERCENTAGE", "FIXED_AMOUNT", "VARIABLE_PERCENTAGE", "VARIABLE_AMOUNT")

Exists = Callable[[str], bool]
"""Whether there is an object of this id, in the catalogue or in the same request."""


def check_offer(kind: str, data: Mapping[str, Any], exists: Exists) -> None:
    """Refuse a DISCOUNT, PRODUCT_SET or PRICING_RULE that the platform would refuse; other types pass.

    Raises:
        PosError: 400 naming the field, 404 for an object that is not there.
    """
    match kind:
        case "DISCOUNT":
            _check_discount(data)
        case "PRODUCT_SET":
            _check_set(data, exists)
        case "PRICING_RULE":
            _check_rule(data, exists)


def _check_discount(data: Mapping[str, Any]) -> None:
    if not data.get("name"):
        raise missing("object.discount_data.name")
    kind = data.get("discount_type", "FIXED_PERCENTAGE")
    if kind not in _DISCOUNTS:
        raise invalid("object.discount_data.discount_type", f"Must be one of {', '.join(_DISCOUNTS)}.")
    if kind == "FIXED_AMOUNT":
        check_money(data.get("amount_money"), "object.discount_data.amount_money")
    if kind == "FIXED_PERCENTAGE":
        try:
            share = Decimal(str(data.get("percentage")))
        except InvalidOperation:
            share = Decimal("NaN")
        if not share.is_finite() or not 0 <= share <= 100:
            raise invalid("object.discount_data.percentage", "Must be a number from 0 to 100.")


def _check_set(data: Mapping[str, Any], exists: Exists) -> None:
    ids = [*(data.get("product_ids_any") or ()), *(data.get("product_ids_all") or ())]
    if bool(data.get("all_products")) == bool(ids):
        raise invalid("object.product_set_data", "Set either all_products or product ids.")
    _check_ids("product_ids_any", ids, exists)


def _check_rule(data: Mapping[str, Any], exists: Exists) -> None:
    for name in ("discount_id", "match_products_id"):
        if not data.get(name):
            raise missing(f"object.pricing_rule_data.{name}")
        _check_ids(name, [data[name]], exists)
    _check_ids("time_period_ids", data.get("time_period_ids") or (), exists)
    for edge in ("from", "until"):
        try:
            if data.get(f"valid_{edge}_date") is not None:
                date.fromisoformat(str(data[f"valid_{edge}_date"]))
            if data.get(f"valid_{edge}_local_time") is not None:
                time.fromisoformat(str(data[f"valid_{edge}_local_time"]))
        except ValueError:
            raise PosError(400, "INVALID_TIME", "Not a date or a local time.", f"valid_{edge}_date") from None


def _check_ids(field: str, ids: Any, exists: Exists) -> None:
    for identity in ids:
        if not exists(str(identity)):
            raise PosError(404, "NOT_FOUND", f"Catalog object with ID `{identity}` was not found.", field)
