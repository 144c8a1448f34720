"""What happened at a cash drawer, out of Shopify's cash tracking sessions (shops with POS Pro have them)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectors.records import Row, scoped
from connectors.shopify.identifiers import instant, number, number_of
from connectors.shopify.lines import nodes
from connectors.shopify.money import minor


def register_rows(session: Mapping[str, Any], connection: str) -> Iterator[Row]:
    """Opening, closing, and every pay-in and pay-out of one session; none when it says no location."""
    store = number_of(session.get("location"))
    if not store or not session.get("id"):
        return
    register = session.get("registerName")
    identity = number(session["id"])
    for kind, word, balance, expected in (
        ("open_drawer", "opening", "openingBalance", "expectedOpeningBalance"),
        ("close_drawer", "closing", "closingBalance", "expectedClosingBalance"),
    ):
        at = session.get(f"{word}Time")
        if at:
            yield _event(
                scoped(connection, f"{word}-{identity}"),
                connection,
                store,
                register,
                kind=kind,
                employee=session.get(f"{word}StaffMember"),
                at=at,
                amount_minor=_amount(session.get(balance)),
                counted_minor=_amount(session.get(balance)),
                expected_minor=_amount(session.get(expected)),
            )
    for adjustment in nodes(session, "adjustments"):
        amount = _amount(adjustment.get("cash")) or 0
        if adjustment.get("time"):
            yield _event(
                scoped(connection, f"adjustment-{number(adjustment['id'])}"),
                connection,
                store,
                register,
                kind="paid_in" if amount >= 0 else "paid_out",
                employee=adjustment.get("staffMember"),
                at=adjustment["time"],
                amount_minor=abs(amount),
            )


def session_version(session: Mapping[str, Any]) -> int:
    """Grows as a session goes on: the latest instant it knows of, in milliseconds."""
    times = [session.get("openingTime"), session.get("closingTime")]
    times += [item.get("time") for item in nodes(session, "adjustments")]
    return max(int(instant(str(at)).timestamp() * 1000) for at in times if at)


def _event(
    event_id: str,
    connection: str,
    store: str,
    register: Any,
    *,
    kind: str,
    employee: Any,
    at: Any,
    **amounts: int | None,
) -> Row:
    person = number_of(employee)
    return Row(
        "register_event",
        {
            "event_id": event_id,
            "store_id": scoped(connection, store),
            "register_id": scoped(connection, register) if register else None,
            "employee_id": scoped(connection, person) if person else None,
            "kind": kind,
            "occurred_at": instant(str(at)),
            **amounts,
        },
    )


def _amount(money: Any) -> int | None:
    return minor(money, str(money.get("currencyCode") or "USD")) if isinstance(money, Mapping) else None
