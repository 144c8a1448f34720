"""What is taken out of Clover's objects before anything is stored.

Names, e-mails, phones, addresses, card details, PINs and free text never reach the mirror, its raw landing table
included. A customer is a keyed pseudonym; without a key there is none.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from connectors.base import Entity
from connectors.clover.client import many
from connectors.http import Secret

_ORDER_DROPPED = frozenset(
    {
        "authorizations",
        "customers",
        "externalReferenceId",
        "fulfillmentInfo",
        "invoiceId",
        "note",
        "onlineOrder",
        "orderFulfillmentEvent",
        "preAuths",
        "printGroups",
        "title",
    }
)
_LINE_DROPPED = frozenset({"note", "userData", "binName"})
_PAYMENT_DROPPED = frozenset(
    {
        "appTracking",
        "attributes",
        "authCode",
        "cashAdvanceExtra",
        "creditAttributes",
        "customers",
        "dccInfo",
        "emiInfo",
        "externalPaymentId",
        "externalReferenceId",
        "germanInfo",
        "increments",
        "installmentPlan",
        "klarnaGatewayInfo",
        "note",
        "oceanGatewayInfo",
        "purchaseCardL2",
        "purchaseCardL3",
        "reason",
        "signatureDisclaimer",
        "terminalManagementComponents",
        "transactionInfo",
        "transactionSettings",
    }
)
_CARD_KEPT = frozenset({"cardType", "entryType", "type", "state"})
_EMPLOYEE_DROPPED = frozenset({"email", "pin", "unhashedPin", "customId", "nickname", "employeeCards", "claimedTime"})
_PERSON_KEPT = frozenset({"id"})
_MERCHANT_KEPT = frozenset({"id", "name", "defaultCurrency", "createdTime"})
_PROPERTIES_KEPT = frozenset({"timezone", "defaultCurrency", "vat", "summaryHour", "trackStock", "updateStock"})
_ADDRESS_KEPT = frozenset({"city", "state", "country"})
_CUSTOMER_KEPT = frozenset({"customerSince", "marketingAllowed", "deletedTime"})


def customer_key(customer_id: str, key: Secret | None) -> str | None:
    """HMAC-SHA256 of Clover's customer id, 24 hex digits; None without an id or a key."""
    if not customer_id or key is None or not key.get_secret_value():
        return None
    return hmac.new(key.get_secret_value().encode(), customer_id.encode(), hashlib.sha256).hexdigest()[:24]


def without_personal_data(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    """A copy of ``source`` that may be stored. Orders and customers get ``customer_key`` in place of who it was."""
    match entity:
        case Entity.SALE:
            return _money_moved(source) if "lineItems" not in source and "amount" in source else _order(source, key)
        case Entity.EMPLOYEE:
            return _without(source, _EMPLOYEE_DROPPED)
        case Entity.CUSTOMER:
            kept = _only(source, _CUSTOMER_KEPT)
            return {**kept, "customer_key": customer_key(str(source.get("id") or ""), key)}
        case Entity.LOCATION:
            kept = _only(source, _MERCHANT_KEPT)
            for name, allowed in (("properties", _PROPERTIES_KEPT), ("address", _ADDRESS_KEPT)):
                if isinstance(source.get(name), Mapping):
                    kept[name] = _only(source[name], allowed)
            return kept
        case Entity.TIMECARD | Entity.REGISTER_EVENT:
            kept = _without(source, frozenset({"note"}))
            for name in ("employee", "device", "overrideInEmployee", "overrideOutEmployee"):
                if isinstance(source.get(name), Mapping):
                    kept[name] = _only(source[name], _PERSON_KEPT)
            return kept
        case _:
            return dict(source)


def _order(order: Mapping[str, Any], key: Secret | None) -> dict[str, Any]:
    kept = _without(order, _ORDER_DROPPED)
    buyer = next((str(item.get("id") or "") for item in many(order, "customers")), "")
    pseudonym = customer_key(buyer, key)
    if pseudonym is not None:
        kept["customer_key"] = pseudonym
    if isinstance(order.get("employee"), Mapping):
        kept["employee"] = _only(order["employee"], _PERSON_KEPT)
    if "lineItems" in order:
        kept["lineItems"] = {"elements": [_without(line, _LINE_DROPPED) for line in many(order, "lineItems")]}
    for name in ("payments", "refunds", "credits", "voids"):
        if name in order:
            kept[name] = {"elements": [_money_moved(item) for item in many(order, name)]}
    return kept


def _money_moved(source: Mapping[str, Any]) -> dict[str, Any]:
    """A payment, refund or credit: what was paid how, never by whom or with which card."""
    kept = _without(source, _PAYMENT_DROPPED)
    if isinstance(source.get("employee"), Mapping):
        kept["employee"] = _only(source["employee"], _PERSON_KEPT)
    if isinstance(source.get("cardTransaction"), Mapping):
        kept["cardTransaction"] = _only(source["cardTransaction"], _CARD_KEPT)
    if "refunds" in source:
        kept["refunds"] = {"elements": [_money_moved(item) for item in many(source, "refunds")]}
    return kept


def _without(source: Mapping[str, Any], dropped: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in source.items() if name not in dropped}


def _only(source: Mapping[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in source.items() if name in kept}
