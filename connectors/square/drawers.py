"""Cash drawers as register events: opened, closed, paid in and out, opened without a sale, payments cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectors.records import Row
from connectors.square.client import instant

_KINDS = {
    "NO_SALE": "no_sale",
    "PAID_IN": "paid_in",
    "PAID_OUT": "paid_out",
    "CASH_TENDER_CANCELLED_PAYMENT": "void_sale",
    "OTHER_TENDER_CANCELLED_PAYMENT": "void_sale",
    # As older versions spell it.
    "CASH_TENDER_CANCELED_PAYMENT": "void_sale",
    "OTHER_TENDER_CANCELED_PAYMENT": "void_sale",
}
"""Events that are no plain payment or refund: those are sales, and are read there."""


def register_rows(shift: Mapping[str, Any]) -> Iterator[Row]:
    """The events of one drawer shift. Amounts are minor units; a close has what was expected and what was counted."""
    shift_id = str(shift["id"])
    yield _row(
        shift,
        f"{shift_id}:open",
        "open_drawer",
        shift["opened_at"],
        employee=shift.get("opening_team_member_id"),
        amount=_amount(shift.get("opened_cash_money")),
    )
    if shift.get("closed_at"):
        counted = _amount(shift.get("closed_cash_money"))
        yield _row(
            shift,
            f"{shift_id}:close",
            "close_drawer",
            shift["closed_at"],
            employee=shift.get("closing_team_member_id"),
            amount=counted,
            expected=_amount(shift.get("expected_cash_money")),
            counted=counted,
            reason=shift.get("description"),
        )
    for event in shift.get("events") or ():
        kind = _KINDS.get(str(event.get("event_type")))
        if kind is not None:
            yield _row(
                shift,
                str(event["id"]),
                kind,
                event["created_at"],
                employee=event.get("team_member_id"),
                amount=_amount(event.get("event_money")),
                reason=event.get("description"),
            )


def _row(
    shift: Mapping[str, Any],
    event_id: str,
    kind: str,
    at: Any,
    *,
    employee: Any,
    amount: int | None,
    expected: int | None = None,
    counted: int | None = None,
    reason: Any = None,
) -> Row:
    return Row(
        "register_event",
        {
            "event_id": event_id,
            "store_id": shift["location_id"],
            "register_id": (shift.get("device") or {}).get("id"),
            "employee_id": employee,
            "kind": kind,
            "amount_minor": amount,
            "expected_minor": expected,
            "counted_minor": counted,
            "reason": reason or None,
            "occurred_at": instant(str(at)),
        },
    )


def _amount(money: Any) -> int | None:
    return int(money["amount"]) if isinstance(money, Mapping) and money.get("amount") is not None else None
