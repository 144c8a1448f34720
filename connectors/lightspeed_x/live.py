"""Looking at a shop as it is at this moment, for previews; and the requests that a preview proposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Action, Preview
from connectors.http import RejectedError
from connectors.lightspeed_x.client import TITLE, LightspeedXClient
from connectors.lightspeed_x.surroundings import Retailer, as_retailer

CREATED = "{id}"
"""Stands in a later step for the id of what the first one created."""


@dataclass(frozen=True, slots=True)
class Step:
    """One request of a change."""

    method: str
    path: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goods:
    """What an action is about, or the sentence why it cannot be. ``product`` and ``outlet`` are as they are now."""

    product: Mapping[str, Any]
    outlet: Mapping[str, Any]
    outlets: Mapping[str, Mapping[str, Any]]
    problem: str = ""


def requested(steps: Sequence[Step]) -> dict[str, Any]:
    """Steps in the shape of ``Preview.request``."""
    return {"steps": [{"method": step.method, "path": step.path, "body": dict(step.body)} for step in steps]}


def steps_of(seen: Preview) -> list[Step]:
    """The steps that a preview proposes."""
    return [Step(str(item["method"]), str(item["path"]), item["body"]) for item in seen.request.get("steps") or ()]


def look(client: LightspeedXClient, path: str, object_id: str) -> Mapping[str, Any] | None:
    """One object as it is now; None when it is gone."""
    try:
        found = client.one(path, object_id)
    except RejectedError as error:
        if error.status not in (400, 404, 422):
            raise
        return None
    return None if found.get("deleted_at") else found


def open_outlets(client: LightspeedXClient) -> dict[str, Mapping[str, Any]]:
    """Outlets that are open, by id."""
    return {str(item["id"]): item for item in client.all("/outlets") if not item.get("deleted_at")}


def live_retailer(client: LightspeedXClient) -> Retailer:
    """The account as it is now."""
    return as_retailer(client.retailer().body)


def live_goods(client: LightspeedXClient, action: Action) -> Goods:
    """The product and the store of an action. A store that is not named is none."""
    product = look(client, "/products", str(action.target.get("variant_external_id") or ""))
    if product is None:
        return Goods({}, {}, {}, f"This product is no longer in {TITLE}'s catalogue.")
    outlets = open_outlets(client)
    outlet_id = str(action.target.get("store_external_id") or "")
    if outlet_id and outlet_id not in outlets:
        return Goods(product, {}, outlets, f"This store is no longer among {TITLE}'s outlets.")
    return Goods(product, outlets.get(outlet_id, {}), outlets)


def problem(sentence: str, before: Mapping[str, Any] | None = None, version: str = "") -> Preview:
    """A change that makes no sense now."""
    return Preview(before or {}, version, {}, sentence)


def decimal_of(text: Any) -> Decimal | None:
    """A finite number out of a decimal string; None when it is none."""
    try:
        found = Decimal(str(text))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def wire(value: Decimal) -> int | float:
    """A number as the platform wants it in a body. Short decimals survive that unchanged."""
    return int(value) if value == value.to_integral_value() else float(value)


def flag(value: object) -> str:
    """A yes or no in the words of an action."""
    return "true" if value else "false"
