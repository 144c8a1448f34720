"""What of a person is kept: nothing of a buyer but a keyed pseudonym.

The documents do not ask for names, addresses, e-mails or phones of buyers, so none arrives; what would identify a buyer
in an object is taken out here all the same before it is stored.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from connectors.base import Entity
from connectors.http import Secret
from connectors.shopify.identifiers import number, number_of

_NEVER_KEPT = frozenset(
    {
        "email",
        "phone",
        "note",
        "clientIp",
        "billingAddress",
        "shippingAddress",
        "displayAddress",
        "customAttributes",
        "defaultAddress",
        "defaultPhoneNumber",
    }
)


def customer_key(customer_id: str, key: Secret | None) -> str | None:
    """HMAC-SHA256 of Shopify's numeric customer id, 24 hex digits; None without an id or a key."""
    if not customer_id or key is None or not key.get_secret_value():
        return None
    digest = hmac.new(key.get_secret_value().encode(), number(customer_id).encode(), hashlib.sha256)
    return digest.hexdigest()[:24]


def without_personal_data(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    """A copy of ``source`` that may be stored. An order and a customer get ``customer_key`` in place of the id."""
    kept = {name: value for name, value in source.items() if name not in _NEVER_KEPT}
    if entity is Entity.SALE:
        pseudonym = customer_key(number_of(kept.pop("customer", None)) or "", key)
        if pseudonym is not None:
            kept["customer_key"] = pseudonym
    if entity is Entity.CUSTOMER:
        kept["customer_key"] = customer_key(str(kept.pop("id", "")), key)
        consent = kept.pop("defaultEmailAddress", None)
        kept["marketingState"] = consent.get("marketingState") if isinstance(consent, Mapping) else None
    return kept
