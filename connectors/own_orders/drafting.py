"""From an approved action to an order, or to the one sentence that says why there can be none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from connectors.base import Action
from connectors.mirror.origins import Queries
from connectors.own_orders.catalogue import (
    Store,
    Supplier,
    Variant,
    find_store,
    find_supplier,
    find_variants,
    fits,
    is_identifier,
)
from connectors.own_orders.order import Order, OrderLine
from connectors.own_orders.wording import cleaned, shortened

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST_LINES = 2_000
_LONGEST_WAIT = timedelta(days=730)
_LONGEST_NOTE = 4_000
_WHOLE_DIGITS, _QUANTITY_PLACES, _COST_PLACES = 9, 5, 4


class RefusedError(Exception):
    """The order makes no sense now; the text is the sentence for people."""


def draft(reader: Queries, connection: str, action: Action, created_at: datetime, *, is_new: bool = True) -> Order:
    """The order of an action, with everything the documents show.

    Args:
        reader: the mirror.
        connection: whose ids the action speaks in.
        action: a purchase order.
        created_at: when it is or was made.
        is_new: whether it has still to be stored; one that is stored may be of a store that has closed since.

    Raises:
        RefusedError: something is unknown, empty or not a number.
    """
    if not is_identifier(action.idempotency_key):
        raise RefusedError("The order has no key of its own to be found again by; propose it anew.")
    store = _store(reader, connection, action, is_new=is_new)
    supplier = _supplier(reader, connection, action)
    currency = str(action.change.get("currency") or "").upper()
    if not _CURRENCY.fullmatch(currency):
        raise RefusedError("The order’s currency must be three letters, such as USD.")
    if store.zone is None:
        raise RefusedError(f"{store.name} has no time zone that is known; mend it in the store’s settings.")
    ordered_on = created_at.astimezone(store.zone).date()
    return Order(
        key=action.idempotency_key,
        store_id=store.store_id,
        store_name=store.name,
        country=store.country,
        zone=store.zone,
        supplier_id=supplier.supplier_id,
        supplier_name=supplier.name,
        currency=currency,
        created_at=created_at,
        due_on=_due_on(action.change.get("due_on"), ordered_on),
        note=shortened(cleaned(action.change.get("note")), _LONGEST_NOTE),
        lines=_lines(reader, connection, supplier.supplier_id, action.change.get("lines"), is_new=is_new),
    )


def _store(reader: Queries, connection: str, action: Action, *, is_new: bool) -> Store:
    store = find_store(reader, connection, _identifier(action.target, "store_external_id"))
    if store is None:
        raise RefusedError("The store of this order is not known here; sync the stores and propose it anew.")
    if is_new and not store.active:
        raise RefusedError(f"{store.name} is closed; nothing can be ordered for it.")
    return store


def _supplier(reader: Queries, connection: str, action: Action) -> Supplier:
    supplier = find_supplier(reader, connection, _identifier(action.target, "supplier_external_id"))
    if supplier is None:
        raise RefusedError("The supplier of this order is not known here; add it and propose the order anew.")
    return supplier


def _due_on(given: Any, ordered_on: date) -> date | None:
    if given in (None, ""):
        return None
    try:
        due_on = date.fromisoformat(str(given))
    except ValueError:
        raise RefusedError("The due date must be a date such as 2026-12-24.") from None
    if not ordered_on <= due_on <= ordered_on + _LONGEST_WAIT:
        raise RefusedError(f"The due date must be from {ordered_on.isoformat()} on and within two years.")
    return due_on


def _lines(reader: Queries, connection: str, supplier_id: str, given: Any, *, is_new: bool) -> tuple[OrderLine, ...]:
    if not isinstance(given, list | tuple) or not given:
        raise RefusedError("The order is empty; it needs at least one product.")
    if len(given) > _MOST_LINES:
        raise RefusedError(f"The order has {len(given):,} lines; at most {_MOST_LINES:,} fit into one.")
    for place, line in enumerate(given, 1):
        if not isinstance(line, Mapping):
            raise RefusedError(f"Line {place} of the order is not a product with a quantity.")
    variants = find_variants(
        reader, connection, supplier_id, {_identifier(line, "variant_external_id") for line in given}
    )
    found: dict[str, OrderLine] = {}
    for place, line in enumerate(given, 1):
        variant = variants.get(_identifier(line, "variant_external_id"))
        made = _line(place, line, variant, is_new=is_new)
        found[made.variant_id] = _joined(found.get(made.variant_id), made, place)
    return tuple(found.values())


def _line(place: int, line: Mapping[str, Any], variant: Variant | None, *, is_new: bool) -> OrderLine:
    name = cleaned(line.get("name")) or (variant.name if variant else "")
    label = f"Line {place} (“{shortened(name, 60)}”)" if name else f"Line {place}"
    if variant is None:
        raise RefusedError(f"{label} is of a product that is not known here; sync the catalogue and propose it anew.")
    if not name:
        raise RefusedError(f"{label} has no product name; give the product one first.")
    if is_new and not variant.active:
        raise RefusedError(f"{label} is of a product that is no longer sold; take it out or activate it.")
    quantity = _number(line.get("quantity"))
    if quantity is None or quantity <= 0:
        raise RefusedError(f"{label} needs a quantity that is a number above 0.")
    if not fits(quantity, _WHOLE_DIGITS, _QUANTITY_PLACES):
        raise RefusedError(f"{label} needs a quantity below 1,000,000,000 with at most 5 decimals.")
    return OrderLine(
        variant_id=variant.variant_id,
        supplier_sku=variant.supplier_sku,
        sku=cleaned(line.get("sku")) or variant.sku,
        barcode=variant.barcode,
        name=name,
        quantity=quantity,
        unit=variant.unit,
        unit_cost=_cost(label, line.get("unit_cost")),
    )


def _cost(label: str, given: Any) -> Decimal | None:
    if given in (None, ""):
        return None
    cost = _number(given)
    if cost is None or cost < 0:
        raise RefusedError(f"{label} needs a unit cost that is a number of 0 or more, or none.")
    if not fits(cost, _WHOLE_DIGITS, _COST_PLACES):
        raise RefusedError(f"{label} needs a unit cost below 1,000,000,000 with at most 4 decimals.")
    return cost


def _joined(first: OrderLine | None, second: OrderLine, place: int) -> OrderLine:
    """The same product twice is one line, as long as both cost the same."""
    if first is None:
        return second
    if first.unit_cost != second.unit_cost:
        raise RefusedError(f"Line {place} (“{shortened(second.name, 60)}”) is there twice with different costs.")
    quantity = first.quantity + second.quantity
    if not fits(quantity, _WHOLE_DIGITS, _QUANTITY_PLACES):
        raise RefusedError(f"Line {place} (“{shortened(second.name, 60)}”) adds up to 1,000,000,000 or more.")
    return OrderLine(
        first.variant_id,
        first.supplier_sku,
        first.sku,
        first.barcode,
        first.name,
        quantity,
        first.unit,
        first.unit_cost,
    )


def _number(given: Any) -> Decimal | None:
    """A finite number of decimal text, a whole number or a Decimal; None otherwise."""
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        return None
    text = str(given).strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _identifier(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
