"""Documents as they go over the wire: one-or-many, empty lists as empty strings, relations only when asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.sandbox.lightspeed_r.documents import IDENTITY, Documents
from connectors.sandbox.lightspeed_r.errors import PosError

_INSIDE = frozenset({"Contact", "TaxCategory", "EmployeeRole", "ItemAttributes", "Manufacturer", "CustomFieldValues"})
"""Relations that lie in the document."""

_PARTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Sale": {"SaleLines": ("SaleLine", "saleID"), "SalePayments": ("SalePayment", "saleID")},
    "SalePayment": {"SaleAccounts": ("SaleAccount", "salePaymentID")},
    "Item": {"ItemShops": ("ItemShop", "itemID"), "ItemVendorNums": ("ItemVendorNum", "itemID")},
    "Order": {"OrderLines": ("OrderLine", "orderID")},
    "RegisterCount": {"RegisterCountAmounts": ("RegisterCountAmount", "registerCountID")},
}
"""Relations that are documents of their own: relation, resource, field of the parent's number."""

_REFERRED = {"Discount": "discountID", "PaymentType": "paymentTypeID"}
"""Relations that the document refers to by number."""


def one_or_many(bodies: Sequence[Mapping[str, Any]]) -> Any:
    """A list as the API writes it."""
    if not bodies:
        return ""
    return dict(bodies[0]) if len(bodies) == 1 else [dict(body) for body in bodies]


def asked_for(written: str | None) -> frozenset[str]:
    """The relations of a ``load_relations`` parameter.

    Raises:
        PosError: 400 when it is no JSON list.
    """
    if not written:
        return frozenset()
    try:
        wanted = json.loads(written)
    except ValueError:
        wanted = None
    if not isinstance(wanted, list) or not all(isinstance(name, str) for name in wanted):
        raise PosError(400, "load_relations must be a JSON list of names.", "load_relations")
    return frozenset(wanted)


def loaded(
    documents: Documents, resource: str, bodies: Sequence[Mapping[str, Any]], relations: frozenset[str]
) -> list[dict[str, Any]]:
    """Documents with the relations that were asked for, and without the others."""
    whole = [_plainly(resource, body, relations) for body in bodies]
    for relation, (part, field) in _PARTS.get(resource, {}).items():
        if relation not in relations:
            continue
        below = frozenset(name.removeprefix(f"{relation}.") for name in relations if name.startswith(f"{relation}."))
        found = documents.children_of(part, [str(body[IDENTITY[resource]]) for body in bodies])
        by_parent: dict[str, list[dict[str, Any]]] = {}
        for item in loaded(documents, part, found, below):
            by_parent.setdefault(str(item[field]), []).append(item)
        for body in whole:
            body[relation] = _wrapped(part, by_parent.get(str(body[IDENTITY[resource]]), []))
    for relation, field in _REFERRED.items():
        if relation in relations:
            referred = {number: documents.find(relation, number) for number in {body.get(field) for body in bodies}}
            for body in whole:
                if referred.get(body.get(field)) is not None:
                    body[relation] = referred[body.get(field)]
    return whole


def _plainly(resource: str, body: Mapping[str, Any], relations: frozenset[str]) -> dict[str, Any]:
    """A document with what lies in it."""
    whole = {name: value for name, value in body.items() if name not in _INSIDE or name in relations}
    if resource == "Item":
        whole["Prices"] = {"ItemPrice": one_or_many(body["Prices"])}
        if "CustomFieldValues" in whole:
            whole["CustomFieldValues"] = _wrapped("CustomFieldValue", body["CustomFieldValues"])
    if resource == "Shop" and "Contact" in whole:
        whole["Contact"] = {"Addresses": {"ContactAddress": body["Contact"]}, "Phones": "", "Emails": ""}
    if resource == "Vendor" and "Contact" in whole:
        whole["Contact"] = {"Addresses": "", "Phones": "", "Emails": {"ContactEmail": body["Contact"]}}
    return whole


def _wrapped(name: str, bodies: Sequence[Mapping[str, Any]]) -> Any:
    return {name: one_or_many(bodies)} if bodies else ""
