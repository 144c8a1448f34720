"""What is taken out of Square's objects before anything is stored.

Names, e-mails, phones, addresses, card details and free text of buyers never reach the mirror, its raw landing table
included. A customer is a keyed pseudonym; without a key there is none.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from connectors.base import Entity
from connectors.http import Secret

_ORDER_DROPPED = frozenset({"customer_id", "fulfillments", "ticket_name", "reference_id"})
_TENDER_KEPT = frozenset(
    {"id", "type", "amount_money", "tip_money", "processing_fee_money", "created_at", "payment_id", "location_id"}
)
_PERSON_DROPPED = frozenset({"email_address", "phone_number", "reference_id"})


def customer_key(customer_id: str, key: Secret | None) -> str | None:
    """HMAC-SHA256 of Square's customer id, 24 hex digits; None without an id or a key."""
    if not customer_id or key is None or not key.get_secret_value():
        return None
    return hmac.new(key.get_secret_value().encode(), customer_id.encode(), hashlib.sha256).hexdigest()[:24]


def without_personal_data(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    """A copy of ``source`` that may be stored. An order gets ``customer_key`` in place of ``customer_id``."""
    if entity is Entity.SALE:
        return _order(source, key)
    if entity is Entity.EMPLOYEE:
        return {name: value for name, value in source.items() if name not in _PERSON_DROPPED}
    return dict(source)


def _order(order: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    kept = {name: value for name, value in order.items() if name not in _ORDER_DROPPED}
    pseudonym = customer_key(str(order.get("customer_id") or ""), key)
    if pseudonym is not None:
        kept["customer_key"] = pseudonym
    for name in ("line_items", "returns"):
        if name in kept:
            kept[name] = [_without_notes(item) for item in kept[name] or ()]
    if "tenders" in kept:
        kept["tenders"] = [_tender(tender) for tender in kept["tenders"] or ()]
    return kept


def _without_notes(item: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in item.items() if name != "note"}
    if "return_line_items" in kept:
        kept["return_line_items"] = [_without_notes(line) for line in kept["return_line_items"] or ()]
    return kept


def _tender(tender: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in tender.items() if name in _TENDER_KEPT}
    status = (tender.get("card_details") or {}).get("status")
    if status:
        kept["card_details"] = {"status": status}
    return kept
