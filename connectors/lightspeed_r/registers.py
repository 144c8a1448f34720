"""From drawer counts, cash put in or taken out, and voided sales to register events. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectors.lightspeed_r.surroundings import KEY
from connectors.lightspeed_r.wire import Document, moment, nested, number, reference, text
from connectors.money import to_minor
from connectors.records import Row, scoped


def register_rows(source: Document, connection: str) -> Iterator[Row]:
    """Events of one record; nothing when its shop is not known any more."""
    known = source.get(KEY) or {}
    shop = reference(source, "shopID") or known.get("shop")
    if not shop:
        return
    currency = str(known.get("currency") or "USD")
    register = reference(source, "registerID")
    common: dict[str, Any] = {
        "store_id": scoped(connection, shop),
        "register_id": scoped(connection, register) if register else None,
    }
    if "registerCountID" in source:
        yield from _count(source, connection, currency, common)
    elif "registerWithdrawID" in source:
        yield _withdraw(source, connection, currency, common)
    elif "saleVoidID" in source:
        yield _void(source, connection, common)


def _count(count: Document, connection: str, currency: str, common: dict[str, Any]) -> Iterator[Row]:
    """A drawer was opened, and closed with a count of its cash."""
    cash = [
        item
        for item in nested(count, "RegisterCountAmounts", "RegisterCountAmount")
        if isinstance(item.get("PaymentType"), dict) and text(item["PaymentType"], "type") == "cash"
    ]
    ends = (
        ("open", "open_drawer", moment(count, "openTime"), "openEmployeeID"),
        ("close", "close_drawer", moment(count, "createTime"), "closeEmployeeID"),
    )
    for end, kind, at, who in ends:
        if at is None:
            continue
        values = {
            **common,
            "event_id": scoped(connection, f"count:{count['registerCountID']}:{end}"),
            "employee_id": _employee(count, who, connection),
            "kind": kind,
            "occurred_at": at,
        }
        if end == "close":
            values["expected_minor"] = sum(to_minor(number(item, "calculated"), currency) for item in cash)
            values["counted_minor"] = sum(to_minor(number(item, "actual"), currency) for item in cash)
            values["reason"] = text(count, "notes")
        yield Row("register_event", values)


def _withdraw(entry: Document, connection: str, currency: str, common: dict[str, Any]) -> Row:
    moved = number(entry, "amount")
    return Row(
        "register_event",
        {
            **common,
            "event_id": scoped(connection, f"withdraw:{entry['registerWithdrawID']}"),
            "employee_id": _employee(entry, "employeeID", connection),
            "kind": "paid_out" if moved < 0 else "paid_in",
            "amount_minor": to_minor(abs(moved), currency),
            "reason": text(entry, "notes"),
            "occurred_at": moment(entry, "createTime"),
        },
    )


def _void(entry: Document, connection: str, common: dict[str, Any]) -> Row:
    sale = reference(entry, "saleID")
    return Row(
        "register_event",
        {
            **common,
            "event_id": scoped(connection, f"void:{entry['saleVoidID']}"),
            "employee_id": _employee(entry, "employeeID", connection),
            "kind": "void_sale",
            "reason": text(entry, "reason"),
            "sale_id": scoped(connection, sale) if sale else None,
            "occurred_at": moment(entry, "createTime"),
        },
    )


def _employee(source: Document, field: str, connection: str) -> str | None:
    found = reference(source, field)
    return scoped(connection, found) if found else None
