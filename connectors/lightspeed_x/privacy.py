"""What is taken out of Lightspeed X's objects before anything is stored.

Names, e-mails, phones, addresses and free text of buyers, card digits and gift card numbers never reach the mirror, its
raw landing table included. A customer is a keyed pseudonym; without a key there is none.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from connectors.base import Entity
from connectors.http import Secret

MASKED = "masked"
"""Stands where a gift card number was: that a line sold one matters, which one does not."""

_SALE_DROPPED = frozenset({"customer_id", "note", "short_code", "external_applications", "fulfillment_details"})
_LINE_DROPPED = frozenset({"note", "customizations", "attributes"})
_PAYMENT_DROPPED = frozenset({"billing_address_id", "external_applications", "external_attributes", "source"})
_PERSON_KEPT = frozenset(
    {
        "id",
        "account_type",
        "created_at",
        "deleted_at",
        "display_name",
        "enabled",
        "is_primary_user",
        "restricted_outlet_id",
        "restricted_outlet_ids",
        "roles",
        "updated_at",
        "version",
    }
)
_CUSTOMER_KEPT = frozenset(
    {"created_at", "deleted_at", "updated_at", "version", "do_not_email", "enable_loyalty", "customer_group_id"}
)
_CONTACT_KEPT = frozenset({"company_name", "email"})
"""Of a supplier: where its orders go, not who answers the telephone."""


def customer_key(customer_id: str, key: Secret | None) -> str | None:
    """HMAC-SHA256 of the customer's id, 24 hex digits; None without an id or a key."""
    if not customer_id or key is None or not key.get_secret_value():
        return None
    return hmac.new(key.get_secret_value().encode(), customer_id.encode(), hashlib.sha256).hexdigest()[:24]


def without_personal_data(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    """A copy of ``source`` that may be stored; a sale gets ``customer_key`` in place of ``customer_id``."""
    match entity:
        case Entity.SALE:
            return _sale(source, key)
        case Entity.EMPLOYEE:
            return {name: value for name, value in source.items() if name in _PERSON_KEPT}
        case Entity.CUSTOMER:
            kept = {name: value for name, value in source.items() if name in _CUSTOMER_KEPT}
            return {**kept, "customer_key": customer_key(str(source.get("id") or ""), key)}
        case Entity.SUPPLIER:
            contact = source.get("contact")
            kept = {name: value for name, value in source.items() if name != "contact"}
            return {**kept, "contact": _only(contact, _CONTACT_KEPT)} if isinstance(contact, Mapping) else kept
        case _:
            return dict(source)


def _sale(sale: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    kept = {name: value for name, value in sale.items() if name not in _SALE_DROPPED}
    pseudonym = customer_key(str(sale.get("customer_id") or ""), key)
    if pseudonym is not None:
        kept["customer_key"] = pseudonym
    if isinstance(sale.get("line_items"), list):
        kept["line_items"] = [_line(line) for line in sale["line_items"]]
    if isinstance(sale.get("payments"), list):
        kept["payments"] = [_without(payment, _PAYMENT_DROPPED) for payment in sale["payments"]]
    return kept


def _line(line: Any) -> Any:
    kept = _without(line, _LINE_DROPPED)
    if isinstance(kept, dict) and kept.get("gift_card_number"):
        kept["gift_card_number"] = MASKED
    return kept


def _without(source: Any, names: frozenset[str]) -> Any:
    if not isinstance(source, Mapping):
        return source
    return {name: value for name, value in source.items() if name not in names}


def _only(source: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in source.items() if name in names}
