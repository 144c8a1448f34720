"""What the stand-in's API does: every operation with its address, and the event that tells of a write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.sandbox.square.pos import StandInPos
from connectors.sandbox.square.webhook import Event, catalog_changed, counts_changed
from connectors.sandbox.standin.operations import ApiOperation, Call


@dataclass(frozen=True, slots=True)
class Operation(ApiOperation[Callable[[StandInPos, Call], Mapping[str, Any]]]):
    """One thing the API does; ``event`` tells of it, given the reply."""

    event: Callable[[Mapping[str, Any], datetime], Event] | None = None


def _of(topic: str, name: str) -> Callable[[Mapping[str, Any], datetime], Event]:
    kind = topic.rpartition(".")[0]
    return lambda reply, _: Event(topic, kind, reply[name]["id"], {name: reply[name]})


def _read(name: str, method: str, path: str, run: Callable[[StandInPos, Call], Mapping[str, Any]]) -> Operation:
    return Operation(name, method, path, run)


def _write(
    name: str,
    path: str,
    run: Callable[[StandInPos, Call], Mapping[str, Any]],
    event: Callable[[Mapping[str, Any], datetime], Event] | None,
    method: str = "POST",
) -> Operation:
    return Operation(name, method, path, run, writes=True, event=event)


def _catalog(_: Mapping[str, Any], at: datetime) -> Event:
    return catalog_changed(at)


_SHIFTS, _DRAWERS, _HOOKS = "/v2/labor/scheduled-shifts", "/v2/cash-drawers/shifts", "/v2/webhooks/subscriptions"

OPERATIONS = (
    _read("locations.list", "GET", "/v2/locations", lambda pos, _: pos.locations()),
    _read(
        "locations.retrieve", "GET", "/v2/locations/{id}", lambda pos, call: {"location": pos.location(call.path["id"])}
    ),
    _read("catalog.list", "GET", "/v2/catalog/list", lambda pos, call: pos.catalog.listing(call.params)),
    _read("catalog.search", "POST", "/v2/catalog/search", lambda pos, call: pos.catalog.search(call.body)),
    _read(
        "catalog.retrieve", "GET", "/v2/catalog/object/{id}", lambda pos, call: pos.catalog.retrieve(call.path["id"])
    ),
    _read(
        "catalog.batch_retrieve",
        "POST",
        "/v2/catalog/batch-retrieve",
        lambda pos, call: pos.catalog.batch_retrieve(call.body),
    ),
    _write("catalog.upsert", "/v2/catalog/object", lambda pos, call: pos.catalog.upsert(call.body), _catalog),
    _write(
        "catalog.batch_upsert",
        "/v2/catalog/batch-upsert",
        lambda pos, call: pos.catalog.batch_upsert(call.body),
        _catalog,
    ),
    _read("orders.search", "POST", "/v2/orders/search", lambda pos, call: pos.orders.search(call.body)),
    _read(
        "orders.batch_retrieve",
        "POST",
        "/v2/orders/batch-retrieve",
        lambda pos, call: pos.orders.batch_retrieve(call.body),
    ),
    _read("orders.retrieve", "GET", "/v2/orders/{id}", lambda pos, call: {"order": pos.orders.get(call.path["id"])}),
    _read("payments.list", "GET", "/v2/payments", lambda pos, call: pos.orders.payments(call.params)),
    _read("refunds.list", "GET", "/v2/refunds", lambda pos, call: pos.orders.refunds(call.params)),
    _read(
        "inventory.counts",
        "POST",
        "/v2/inventory/counts/batch-retrieve",
        lambda pos, call: pos.stock.counts(call.body),
    ),
    _read(
        "inventory.changes",
        "POST",
        "/v2/inventory/changes/batch-retrieve",
        lambda pos, call: pos.stock.changes(call.body),
    ),
    _write(
        "inventory.change",
        "/v2/inventory/changes/batch-create",
        lambda pos, call: pos.stock.change(call.body),
        lambda reply, _: counts_changed(reply["counts"]),
    ),
    _read("transfers.search", "POST", "/v2/transfer-orders/search", lambda pos, call: pos.transfers.search(call.body)),
    _read(
        "transfers.retrieve",
        "GET",
        "/v2/transfer-orders/{id}",
        lambda pos, call: pos.transfers.retrieve(call.path["id"]),
    ),
    _write(
        "transfers.create",
        "/v2/transfer-orders",
        lambda pos, call: pos.transfers.create(call.body),
        _of("transfer_order.created", "transfer_order"),
    ),
    _read("team.search", "POST", "/v2/team-members/search", lambda pos, call: pos.staff.search(call.body)),
    _read("team.jobs", "GET", "/v2/team-members/jobs", lambda pos, _: pos.staff.jobs()),
    _read("team.retrieve", "GET", "/v2/team-members/{id}", lambda pos, call: pos.staff.member(call.path["id"])),
    _read("timecards.search", "POST", "/v2/labor/timecards/search", lambda pos, call: pos.staff.timecards(call.body)),
    _read(
        "timecards.retrieve", "GET", "/v2/labor/timecards/{id}", lambda pos, call: pos.staff.timecard(call.path["id"])
    ),
    _read("shifts.search", "POST", f"{_SHIFTS}/search", lambda pos, call: pos.shifts.search(call.body)),
    _read("shifts.retrieve", "GET", f"{_SHIFTS}/{{id}}", lambda pos, call: pos.shifts.retrieve(call.path["id"])),
    _write(
        "shifts.create",
        _SHIFTS,
        lambda pos, call: pos.shifts.create(call.body),
        _of("labor.scheduled_shift.created", "scheduled_shift"),
    ),
    _write(
        "shifts.publish",
        f"{_SHIFTS}/{{id}}/publish",
        lambda pos, call: pos.shifts.publish(call.path["id"], call.body),
        _of("labor.scheduled_shift.published", "scheduled_shift"),
    ),
    _read("vendors.search", "POST", "/v2/vendors/search", lambda pos, call: pos.partners.search_vendors(call.body)),
    _read("vendors.retrieve", "GET", "/v2/vendors/{id}", lambda pos, call: pos.partners.vendor(call.path["id"])),
    _write(
        "vendors.create",
        "/v2/vendors/create",
        lambda pos, call: pos.partners.create_vendor(call.body),
        _of("vendor.created", "vendor"),
    ),
    _read(
        "customers.search", "POST", "/v2/customers/search", lambda pos, call: pos.partners.search_customers(call.body)
    ),
    _write(
        "customers.create",
        "/v2/customers",
        lambda pos, call: pos.partners.create_customer(call.body),
        _of("customer.created", "customer"),
    ),
    _read("drawers.list", "GET", _DRAWERS, lambda pos, call: pos.drawers.listing(call.params)),
    _read(
        "drawers.retrieve",
        "GET",
        f"{_DRAWERS}/{{id}}",
        lambda pos, call: pos.drawers.retrieve(call.path["id"], call.params),
    ),
    _read(
        "drawers.events",
        "GET",
        f"{_DRAWERS}/{{id}}/events",
        lambda pos, call: pos.drawers.events(call.path["id"], call.params),
    ),
    # Subscriptions belong to the application: a token that only reads may not even see them.
    Operation("webhooks.list", "GET", _HOOKS, lambda pos, call: pos.subscriptions.listing(call.params), writes=True),
    _write("webhooks.create", _HOOKS, lambda pos, call: pos.subscriptions.create(call.body), None),
    _write(
        "webhooks.update",
        f"{_HOOKS}/{{id}}",
        lambda pos, call: pos.subscriptions.update(call.path["id"], call.body),
        None,
        method="PUT",
    ),
)
"""Everything the stand-in answers to."""
