"""Who the shop deals with, as rows of the mirror: customers as pseudonyms, vendors as suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.records import Row
from connectors.square.client import instant


def customer_row(customer: Mapping[str, Any]) -> Row:
    """A customer: since when, whether they may be written to, and which groups they are in."""
    values: dict[str, Any] = {"customer_key": customer["customer_key"]}
    if customer.get("created_at"):
        values["first_seen_at"] = instant(str(customer["created_at"]))
    unsubscribed = (customer.get("preferences") or {}).get("email_unsubscribed")
    if unsubscribed is not None:
        values["consent"] = not unsubscribed
    groups = {name: customer[name] for name in ("group_ids", "segment_ids") if customer.get(name)}
    if groups:
        values["attributes"] = groups
    return Row("customer", values)


def supplier_row(vendor: Mapping[str, Any]) -> Row:
    """A vendor; orders go to its first contact that has an address."""
    values: dict[str, Any] = {"supplier_id": vendor["id"], "name": vendor.get("name") or vendor["id"]}
    contacts = [contact for contact in vendor.get("contacts") or () if not contact.get("removed")]
    email = next((contact["email_address"] for contact in contacts if contact.get("email_address")), None)
    if email:
        values["email"] = email
    return Row("supplier", values)
