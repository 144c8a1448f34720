"""What is taken out of the R-Series' objects before anything is stored.

Names, contacts, birthdays, card details and free text about buyers never reach the mirror, its raw landing table
included. A customer is a keyed pseudonym; without a key there is none. Customers are numbered from one in every
shop, so the pseudonym is made from the connection as well. Lists that are rebuilt here are stored as lists, even of
one element.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from connectors.base import Entity
from connectors.http import Secret
from connectors.lightspeed_r.wire import Document, nested, reference

_SALE_DROPPED = frozenset({"customerID", "Customer", "ShipTo", "shipToID", "SaleNotes", "Quote", "Shop", "MetaData"})
_LINE_DROPPED = frozenset({"customerID", "Note", "Item"})
_PAYMENT_KEPT = (
    "salePaymentID",
    "saleID",
    "amount",
    "tipAmount",
    "createTime",
    "archived",
    "paymentTypeID",
    "refPaymentID",
    "registerID",
    "employeeID",
)
_PAYMENT_TYPE_KEPT = ("paymentTypeID", "name", "type")
_ACCOUNT_KEPT = ("saleAccountID", "salePaymentID", "saleLineID")
_CUSTOMER_KEPT = ("createTime", "timeStamp", "archived", "customerTypeID", "discountID", "taxCategoryID")
_EMPLOYEE_DROPPED = frozenset({"Contact", "accessPin", "EmployeeRights"})
_SHOP_DROPPED = frozenset({"ReceiptSetup", "CCGateway"})
_ADDRESS_KEPT = ("city", "state", "stateCode", "country", "countryCode")


def customer_key(connection: str, customer_id: str | None, key: Secret | None) -> str | None:
    """HMAC-SHA256 of connection and customer id, 24 hex digits; None without an id or a key."""
    if not customer_id or key is None or not key.get_secret_value():
        return None
    message = f"{connection}:{customer_id}".encode()
    return hmac.new(key.get_secret_value().encode(), message, hashlib.sha256).hexdigest()[:24]


def without_personal_data(entity: Entity, source: Document, connection: str, key: Secret | None) -> dict[str, Any]:
    """A copy of ``source`` that may be stored; a sale or a customer gets ``customer_key`` in place of the id."""
    match entity:
        case Entity.SALE:
            return _sale(source, connection, key)
        case Entity.CUSTOMER:
            kept = _only(source, _CUSTOMER_KEPT)
            kept["customer_key"] = customer_key(connection, reference(source, "customerID"), key)
            return kept
        case Entity.EMPLOYEE:
            return _without(source, _EMPLOYEE_DROPPED)
        case Entity.SUPPLIER:
            return _supplier(source)
        case Entity.LOCATION:
            return _shop(source)
        case Entity.INVENTORY_CHANGE:
            return _without(source, frozenset({"customerID"}))
        case _:
            return dict(source)


def _sale(sale: Document, connection: str, key: Secret | None) -> dict[str, Any]:
    kept = _without(sale, _SALE_DROPPED)
    pseudonym = customer_key(connection, reference(sale, "customerID"), key)
    if pseudonym is not None:
        kept["customer_key"] = pseudonym
    if "SaleLines" in sale:
        lines = [_without(line, _LINE_DROPPED) for line in nested(sale, "SaleLines", "SaleLine")]
        kept["SaleLines"] = {"SaleLine": lines}
    if "SalePayments" in sale:
        payments = [_payment(item) for item in nested(sale, "SalePayments", "SalePayment")]
        kept["SalePayments"] = {"SalePayment": payments}
    return kept


def _payment(payment: Document) -> dict[str, Any]:
    kept = _only(payment, _PAYMENT_KEPT)
    if isinstance(payment.get("PaymentType"), dict):
        kept["PaymentType"] = _only(payment["PaymentType"], _PAYMENT_TYPE_KEPT)
    accounts = [_only(item, _ACCOUNT_KEPT) for item in nested(payment, "SaleAccounts", "SaleAccount")]
    if accounts:
        kept["SaleAccounts"] = {"SaleAccount": accounts}
    return kept


def _supplier(vendor: Document) -> dict[str, Any]:
    kept = _without(vendor, frozenset({"Contact", "Reps"}))
    contact = vendor.get("Contact")
    emails = nested(contact, "Emails", "ContactEmail") if isinstance(contact, dict) else []
    if emails:
        addresses = [_only(item, ("address", "useType")) for item in emails]
        kept["Contact"] = {"Emails": {"ContactEmail": addresses}}
    return kept


def _shop(shop: Document) -> dict[str, Any]:
    kept = _without(shop, _SHOP_DROPPED | {"Contact"})
    contact = shop.get("Contact")
    addresses = nested(contact, "Addresses", "ContactAddress") if isinstance(contact, dict) else []
    if addresses:
        kept["Contact"] = {"Addresses": {"ContactAddress": [_only(item, _ADDRESS_KEPT) for item in addresses]}}
    return kept


def _only(source: Document, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: source[name] for name in names if name in source}


def _without(source: Document, names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in source.items() if name not in names}
