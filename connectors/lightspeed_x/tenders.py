"""How a sale was paid. Cash rounding comes as a payment of its own kind and is not one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.lightspeed_x.amounts import ZERO, many, minor_units, number, part
from connectors.lightspeed_x.client import maybe_instant
from connectors.records import Row

_KINDS = (
    # Retailers name their payment types themselves, so words decide; the first that fits does.
    ("gift_card", re.compile(r"gift\s*(card|voucher)|voucher", re.IGNORECASE)),
    ("store_credit", re.compile(r"store\s*credit|credit\s*note", re.IGNORECASE)),
    ("cash", re.compile(r"\bcash\b", re.IGNORECASE)),
    ("wallet", re.compile(r"pay\s*pal|apple\s*pay|google\s*pay|ali\s*pay|we\s*chat|wallet", re.IGNORECASE)),
    (
        "card",
        re.compile(r"card|visa|master|amex|american express|eftpos|debit|lightspeed payments|worldpay", re.IGNORECASE),
    ),
)
_ROUNDING = re.compile(r"rounding", re.IGNORECASE)


def tender_kind(name: str) -> str:
    """The mirror's word for a payment type of this name."""
    return next((kind for kind, words in _KINDS if words.search(name)), "other")


def rounding_of(sale: Mapping[str, Any], exponent: int) -> int:
    """What rounding to the smallest coin added to the total; negative when it took something off."""
    rounded = [payment for payment in _payments(sale) if _is_rounding(payment)]
    return -minor_units(sum((number(payment.get("amount")) for payment in rounded), ZERO), exponent)


def tender_rows(sale: Mapping[str, Any], exponent: int) -> Iterator[Row]:
    """A row for each payment; money given back is negative."""
    for payment in _payments(sale):
        if _is_rounding(payment):
            continue
        yield Row(
            "tender",
            {
                "tender_id": payment["id"],
                "sale_id": sale["id"],
                "kind": tender_kind(_name(payment)),
                "amount_minor": minor_units(number(payment.get("amount")), exponent),
                "tip_minor": 0,
                "fee_minor": 0,
                "status": None,
                "processed_at": maybe_instant(payment.get("date")),
            },
        )


def _payments(sale: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [payment for payment in many(sale, "payments") if payment.get("id") and not payment.get("deleted_at")]


def _is_rounding(payment: Mapping[str, Any]) -> bool:
    return bool(_ROUNDING.search(_name(payment)))


def _name(payment: Mapping[str, Any]) -> str:
    return str(part(payment, "type").get("name") or "")
