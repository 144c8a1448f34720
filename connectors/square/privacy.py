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
_CUSTOMER_KEPT = frozenset({"created_at", "updated_at", "version", "creation_source", "group_ids", "segment_ids"})
_VENDOR_DROPPED = frozenset({"address", "note", "account_number"})
_CONTACT_KEPT = frozenset({"id", "email_address", "removed", "ordinal"})
_SHIFT_DETAILS = ("draft_shift_details", "published_shift_details")


def customer_key(customer_id: str, key: Secret | None) -> str | None:
    """HMAC-SHA256 of Square's customer id, 24 hex digits; None without an id or a key."""
    if not customer_id or key is None or not key.get_secret_value():
        return None
    return hmac.new(key.get_secret_value().encode(), customer_id.encode(), hashlib.sha256).hexdigest()[:24]


def without_personal_data(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    """A copy of ``source`` that may be stored.

    An order gets ``customer_key`` in place of ``customer_id``, a customer in place of everything that says who it is.
    Of a vendor the address for orders is kept, not the people behind it.
    """
    match entity:
        case Entity.SALE:
            return _order(source, key)
        case Entity.CUSTOMER:
            return _customer(source, key)
        case Entity.SUPPLIER:
            return _vendor(source)
        case Entity.EMPLOYEE:
            return {name: value for name, value in source.items() if name not in _PERSON_DROPPED}
        case Entity.SCHEDULED_SHIFT:
            return {**source, **{name: _without(source[name], "notes") for name in _SHIFT_DETAILS if source.get(name)}}
        case _:
            return dict(source)


def _customer(customer: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    kept = {name: value for name, value in customer.items() if name in _CUSTOMER_KEPT}
    preferences = customer.get("preferences")
    if isinstance(preferences, Mapping) and "email_unsubscribed" in preferences:
        kept["preferences"] = {"email_unsubscribed": preferences["email_unsubscribed"]}
    pseudonym = customer_key(str(customer.get("id") or ""), key)
    return kept if pseudonym is None else {"customer_key": pseudonym, **kept}


def _vendor(vendor: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in vendor.items() if name not in _VENDOR_DROPPED}
    if "contacts" in kept:
        kept["contacts"] = [
            {name: value for name, value in contact.items() if name in _CONTACT_KEPT}
            for contact in kept["contacts"] or ()
        ]
    return kept


def _without(source: Mapping[str, Any], dropped: str) -> dict[str, Any]:
    return {name: value for name, value in source.items() if name != dropped}


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


def _without_notes(item: Mapping[str, Any]) -> Mapping[str, Any]:
    if "note" not in item and "return_line_items" not in item:
        return item
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
