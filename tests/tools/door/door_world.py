"""Three small stores whose door counters fail by the hour, kept as a plain list of hours to sum anything from.

Pier and Quay have a counter, Rock has none. Every hour from 09:00 to 17:00 of four weeks has its visitors and sales;
then hours are struck from the counter's record: most of a Saturday and some of a Sunday at Pier, more here and there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from connectors.mirror import rollups, schema
from connectors.mirror.reader import MirrorReader
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

ZONE = ZoneInfo("America/New_York")
FIRST_ON, LAST_ON = date(2026, 10, 26), date(2026, 11, 22)
SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)
STORES = {"P": "Pier", "Q": "Quay", "R": "Rock"}
OPEN = range(9, 18)


@dataclass(frozen=True, slots=True)
class Hour:
    """What an hour of a store really saw; ``visitors`` is None where nobody counted."""

    store: str
    day: date
    hour: int
    sales: int
    net: int
    visitors: int | None


def _visitors(store: str, day: date, hour: int) -> int | None:
    if store == "R" or (store == "P" and day == SATURDAY and hour > 10):
        return None
    if store == "P" and day == SUNDAY and hour in (12, 13, 14):
        return None
    if store == "Q" and (day.toordinal() * 7 + hour) % 23 == 0:
        return None
    return 3 + (day.toordinal() * 5 + hour * 3) % 11 + (4 if day.weekday() > 4 else 0)


def _hours() -> list[Hour]:
    made = []
    for store in STORES:
        for offset in range((LAST_ON - FIRST_ON).days + 1):
            day = FIRST_ON + timedelta(days=offset)
            for hour in OPEN:
                sales = (day.toordinal() * 3 + hour * 2 + ord(store)) % 4
                net = sum(500 + (day.day * 7 + hour * 11 + number * 13) % 90 for number in range(sales))
                made.append(Hour(store, day, hour, sales, net, _visitors(store, day, hour)))
    return made


HOURS = _hours()


def where(test: Callable[[Hour], bool]) -> list[Hour]:
    """The hours that pass."""
    return [one for one in HOURS if test(one)]


def share(hours: Iterable[Hour]) -> Decimal:
    """Transactions of counted hours per cent of their visitors."""
    seen = [one for one in hours if one.visitors is not None]
    return Decimal(100 * sum(one.sales for one in seen)) / sum(one.visitors or 0 for one in seen)


class DoorWorld:
    """The open mirror."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.mirror = MirrorReader(connection)

    def context(self, *stores: str, role: Role = Role.OWNER, now: datetime = NOW) -> ToolContext:
        """A context for someone who may see these stores, all unless named."""
        scope = Scope("U_TEST", role, tuple(sorted(stores or STORES)))
        return ToolContext(scope, self.mirror, FixedClock(now), None, "call-1")


def build(folder: Path, *, until: datetime = datetime(2026, 11, 23, 6, tzinfo=UTC)) -> DoorWorld:
    """Make the stores; sales are known ``until``, visitors always."""
    connection = duckdb.connect(str(folder / "mirror.duckdb"))
    connection.execute("SET TimeZone = 'UTC'")
    schema.create(connection)
    week = ", ".join(f'"{day}": [["09:00", "18:00"]]' for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    for key, name in STORES.items():
        hours = f"{{{week}}}" if key == "P" else None
        connection.execute(
            "INSERT INTO store (store_id, name, timezone, currency, open_hours) VALUES (?, ?, ?, 'USD', ?)",
            [key, name, ZONE.key, hours],
        )
    connection.execute("INSERT INTO product (product_id, name, department) VALUES ('PA', 'Apples', 'Fresh')")
    connection.execute(
        "INSERT INTO variant (variant_id, product_id, sku, name, unit_of_measure)"
        " VALUES ('VA', 'PA', 'A', 'Apples', 'each')"
    )
    sales: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    for one in HOURS:
        for number in range(one.sales):
            at = datetime.combine(one.day, time(one.hour, 10 + number), tzinfo=ZONE).astimezone(UTC)
            if at > until:
                continue
            ident = f"{one.store}{one.day:%m%d}{one.hour}-{number}"
            gross = 500 + (one.day.day * 7 + one.hour * 11 + number * 13) % 90
            sales.append((ident, one.store, at.isoformat(), str(one.day), "sale"))
            lines.append((ident, 0, "VA", "1", gross, 0, gross, "2.00", one.store, str(one.day)))
    _insert(connection, "sale (sale_id, store_id, closed_at, business_on, kind)", sales)
    _insert(
        connection,
        "sale_line (sale_id, line_no, variant_id, quantity, gross_minor, discount_minor, net_minor, unit_cost,"
        " store_id, business_on)",
        lines,
    )
    _insert(
        connection,
        "foot_traffic (store_id, hour_at, visitors, source)",
        [
            (one.store, datetime.combine(one.day, time(one.hour), tzinfo=ZONE).astimezone(UTC).isoformat(),
             one.visitors, "door")
            for one in HOURS if one.visitors is not None
        ],
    )  # fmt: skip
    rollups.refresh(connection)
    for source in ("sales", "cost", "traffic"):
        connection.execute("INSERT INTO source_state VALUES (?, 'test', ?, false, '')", [source, until])
    return DoorWorld(connection)


def _insert(connection: duckdb.DuckDBPyConnection, into: str, rows: list[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True))
    named = ", ".join(f"unnest($c{number})" for number in range(len(columns)))
    connection.execute(
        f"INSERT INTO {into} SELECT {named}", {f"c{number}": list(cells) for number, cells in enumerate(columns)}
    )
