"""Who the shop deals with: customers and vendors. Invented people only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from connectors.sandbox.square.errors import PosError, missing, not_found
from connectors.sandbox.square.paging import one_page
from connectors.sandbox.square.replies import once
from connectors.sandbox.square.store import PosStore, stamp
from connectors.sandbox.standin.feed import Clock, FeedCustomer, FeedSupplier

_VENDOR, _CUSTOMER = "vendor", "customer"


class Partners:
    """Reads and writes customers and vendors in a ``PosStore``."""

    def __init__(self, store: PosStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def seed(self, suppliers: Iterable[FeedSupplier], customers: Iterable[FeedCustomer], at: str) -> None:
        """Put those in whom the shop knows already."""
        for supplier in suppliers:
            contact = {"id": f"VC-{supplier.supplier_id}", "email_address": supplier.email, "ordinal": 0}
            self._keep_vendor({"id": supplier.supplier_id, "name": supplier.name, "contacts": [contact]}, at, at)
        for customer in customers:
            given, _, family = customer.name.partition(" ")
            person = {
                "id": customer.customer_id,
                "given_name": given,
                "family_name": family,
                "email_address": customer.email,
                "phone_number": customer.phone,
            }
            self._keep_customer(person, at, at)

    def search_vendors(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/vendors/search`` by status."""
        statuses = (body.get("filter") or {}).get("status")
        found = [item for item in self._store.documents(_VENDOR) if not statuses or item["status"] in statuses]
        return one_page("vendors", found, body, default=100, most=100)

    def vendor(self, vendor_id: str) -> dict[str, Any]:
        """``GET /v2/vendors/{id}``."""
        found = self._store.document(_VENDOR, vendor_id)
        if found is None:
            raise not_found(f"Vendor {vendor_id}")
        return {"vendor": found}

    def create_vendor(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/vendors/create``."""
        asked = body.get("vendor")
        if not isinstance(asked, dict) or not asked.get("name"):
            raise missing("vendor.name")
        at = stamp(self._clock.now())

        def apply() -> dict[str, Any]:
            return {"vendor": self._keep_vendor({**asked, "id": uuid.uuid4().hex[:16].upper()}, at, at)}

        with self._store.transaction():
            return once(self._store, "vendors.create", body, apply)

    def search_customers(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/customers/search`` by time of change, oldest customer first."""
        window = ((body.get("query") or {}).get("filter") or {}).get("updated_at") or {}
        found = [
            person
            for person in self._store.documents(_CUSTOMER)
            if (not window.get("start_at") or person["updated_at"] >= window["start_at"])
            and (not window.get("end_at") or person["updated_at"] <= window["end_at"])
        ]
        return one_page("customers", found, body, default=100, most=100)

    def create_customer(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/customers``."""
        names = ("given_name", "family_name", "company_name", "email_address", "phone_number")
        if not any(body.get(name) for name in names):
            raise PosError(400, "BAD_REQUEST", f"At least one of {', '.join(names)} is needed.")
        asked = {name: value for name, value in body.items() if name != "idempotency_key"}
        at = stamp(self._clock.now())

        def apply() -> dict[str, Any]:
            return {"customer": self._keep_customer({**asked, "id": uuid.uuid4().hex[:26].upper()}, at, at)}

        with self._store.transaction():
            return once(self._store, "customers.create", body, apply)

    def _keep_vendor(self, vendor: Mapping[str, Any], created: str, updated: str) -> dict[str, Any]:
        kept = {"status": "ACTIVE", "version": 1, **vendor, "created_at": created, "updated_at": updated}
        self._store.keep(_VENDOR, kept, created)
        return kept

    def _keep_customer(self, person: Mapping[str, Any], created: str, updated: str) -> dict[str, Any]:
        kept = {
            **person,
            "created_at": created,
            "updated_at": updated,
            "preferences": {"email_unsubscribed": False},
            "creation_source": "DIRECTORY",
            "version": 0,
        }
        self._store.keep(_CUSTOMER, kept, created)
        return kept
