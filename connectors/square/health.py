"""What ``doctor`` asks of a Square token: may it read all that is read, and do the clocks agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from connectors.base import Entity, Health
from connectors.errors import ConnectorError
from connectors.http import RejectedError
from connectors.square.client import SquareClient, stamp

SCOPES: Mapping[Entity, str] = {
    Entity.LOCATION: "MERCHANT_PROFILE_READ and ITEMS_READ",
    Entity.SUPPLIER: "VENDOR_READ",
    Entity.CATALOG: "ITEMS_READ",
    Entity.EMPLOYEE: "EMPLOYEES_READ",
    Entity.CUSTOMER: "CUSTOMERS_READ",
    Entity.PROMOTION: "ITEMS_READ",
    Entity.SALE: "ORDERS_READ",
    Entity.REGISTER_EVENT: "CASH_DRAWER_READ",
    Entity.INVENTORY: "INVENTORY_READ",
    Entity.INVENTORY_CHANGE: "INVENTORY_READ",
    Entity.TIMECARD: "TIMECARDS_READ",
    Entity.SCHEDULED_SHIFT: "TIMECARDS_READ",
}
"""The permission that reading each entity needs."""

_SKEW_ALLOWED = timedelta(minutes=2)


def check_account(client: SquareClient, setting: str) -> Health:
    """Try the token on everything that is read, and compare the clocks."""
    try:
        reply = client.locations()
    except ConnectorError as error:
        return Health(ok=False, problems=(error.user_message,))
    locations = [item for item in reply.body.get("locations") or () if isinstance(item, dict)]
    problems = list(_refused(client, setting, [str(item["id"]) for item in locations if item.get("id")]))
    if not locations:
        problems.append("The Square account has no locations. Create one in the Square Dashboard.")
    if reply.date is not None and abs(datetime.now(UTC) - reply.date) > _SKEW_ALLOWED:
        problems.append("This machine's clock differs from Square's by more than two minutes. Set it by NTP.")
    names = {str(item.get("business_name") or item.get("merchant_id") or "") for item in locations} - {""}
    return Health(ok=not problems, account=", ".join(sorted(names)), problems=tuple(problems))


def _refused(client: SquareClient, setting: str, location_ids: list[str]) -> Iterator[str]:
    now = stamp(datetime.now(UTC))
    some = location_ids[:1]
    probes: list[tuple[Entity, Callable[[], object]]] = [
        (Entity.CATALOG, lambda: client.search_catalog(now, None, limit=1)),
        (Entity.EMPLOYEE, lambda: client.team_members(None, limit=1)),
        (Entity.SUPPLIER, lambda: client.vendors(None)),
        (Entity.CUSTOMER, lambda: client.customers(now, now, None, limit=1)),
    ]
    if some:
        probes += [
            (Entity.SALE, lambda: client.search_orders(some, now, now, None, limit=1)),
            (Entity.INVENTORY, lambda: client.inventory_counts(some, now, None)),
            (Entity.TIMECARD, lambda: client.timecards(some, now, now, None, limit=1)),
            (Entity.REGISTER_EVENT, lambda: client.drawer_shifts(some[0], now, now, None, limit=1)),
        ]
    for entity, probe in probes:
        try:
            probe()
        except RejectedError as error:
            if error.status == 403:
                yield f"Give the token in {setting} the permission {SCOPES[entity]}."
            else:
                yield error.user_message
        except ConnectorError as error:
            yield error.user_message
