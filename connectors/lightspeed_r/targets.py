"""Finding what an action is about, and saying in a sentence when it cannot be found or makes no sense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Action, Preview
from connectors.lightspeed_r.client import IDS_PER_READ, LightspeedRClient
from connectors.lightspeed_r.purchases import KEY_PREFIX
from connectors.lightspeed_r.wire import Document, flag

GONE = "This product is no longer in Lightspeed's catalogue."
ARCHIVED = "This product is archived in Lightspeed. Restore it there first."
NO_SHOP = "There is no such shop in Lightspeed."
WHOLE_UNITS = "Lightspeed counts whole units only."
_MOST_UNITS = 1_000_000


@dataclass(frozen=True, slots=True)
class Ways:
    """What the operator chose: who counts stock, and whether what is in stock may be archived."""

    employee_id: str = ""
    archive_with_stock: bool = False


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """One product of an order or transfer; ``unit_cost`` is None where none was given."""

    item_id: str
    quantity: int
    unit_cost: Decimal | None


def refused(problem: str, before: Mapping[str, Any] | None = None, version: str = "") -> Preview:
    """A preview that says why not."""
    return Preview(before or {}, version, {}, problem)


def key_of(action: Action) -> str:
    """The action's key as it is written into an object."""
    return f"{KEY_PREFIX}{action.idempotency_key}"


def number_of(value: Any) -> str | None:
    """A platform's id; None for what cannot be one."""
    found = str(value or "")
    return found if found.isascii() and found.isdigit() and found != "0" else None


def item_of(client: LightspeedRClient, action: Action, relations: Sequence[str] = ()) -> Document | None:
    """The item of an action as it is now."""
    identity = number_of(action.target.get("variant_external_id"))
    return client.one(f"Item/{identity}", relations) if identity else None


def shop_of(client: LightspeedRClient, identity: Any) -> Document | None:
    """A shop that is open for business."""
    found = number_of(identity)
    shop = client.one(f"Shop/{found}") if found else None
    return None if shop is None or flag(shop, "archived") else shop


def decimal_of(value: Any) -> Decimal | None:
    """A decimal out of an action; None when it is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def units_of(value: Any) -> int | None:
    """A quantity in whole units; None when it is none."""
    number = decimal_of(value)
    if number is None or number != number.to_integral_value() or abs(number) > _MOST_UNITS:
        return None
    return int(number)


def lines_of(action: Action) -> list[OrderedLine] | str:
    """The lines of an order or transfer, one for each product; a sentence when they cannot be used."""
    found: dict[str, OrderedLine] = {}
    for line in action.change.get("lines") or ():
        identity, quantity = number_of(line.get("variant_external_id")), units_of(line.get("quantity"))
        if identity is None:
            return f"“{line.get('name') or line.get('sku')}” is not a product of Lightspeed's."
        if quantity is None or quantity <= 0:
            return f"{WHOLE_UNITS} Change the quantity of “{line.get('name') or line.get('sku')}”."
        known = found.get(identity)
        cost = decimal_of(line["unit_cost"]) if line.get("unit_cost") is not None else None
        found[identity] = OrderedLine(identity, quantity + (known.quantity if known else 0), cost)
    if not found:
        return "There is nothing on it. Add at least one product."
    if len(found) > IDS_PER_READ:
        return f"Lightspeed takes at most {IDS_PER_READ} products at once. Split it up."
    return list(found.values())


def items_by_id(client: LightspeedRClient, lines: Sequence[OrderedLine]) -> dict[str, Document]:
    """The items of lines that are there and not archived."""
    wanted = ",".join(line.item_id for line in lines)
    return {str(item["itemID"]): item for item in client.listing("Item", {"itemID": f"IN,[{wanted}]"}).objects}
