"""Loading the sample world into a mirror: everything in SQL over the source's files.

The rows are one transaction, the rollups a second; a load that was killed between the two is begun anew. Loading
the same day twice changes nothing; another day replaces the whole sample. A mirror that holds anything else is left
alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from time import monotonic

import duckdb
import structlog

from connectors.errors import InputError
from connectors.mirror import rollups
from connectors.mirror.bookkeeping import SourceUpdate, store_sources
from connectors.mirror.open import Mirror
from connectors.mirror.schema import ROLLUPS
from connectors.records import TABLES
from connectors.sandbox.sample import catalogue, costs, customers, feed, people, sales, stock, surroundings
from connectors.sandbox.sample.world import CONNECTION, SEED, STORES, ZONE_NAME, Calendar, calendar, source_folder

_META_KEY = "sample"
_LAYOUT = 2
"""Raised whenever the same day would be laid out otherwise, so that a sample of an older release is replaced."""
STORE_MAP = "sample-stores.csv"
FACTS = "sample.json"
_COUNTED = {"sales": "sale", "lines": "sale_line", "products": "product"}
"""What the report counts, and of which table."""
log = structlog.get_logger()

_SALES_NOTE = (
    "real grocery sales of 2017 from a panel of 2,469 households, moved to today's calendar; each demo store pools "
    "several real stores"
)
_NOTES = {
    "sales": (False, _SALES_NOTE),
    "price": (False, "derived: the median of the last five gross unit prices in the real sales"),
    "cost": (True, "simulated: average net price less a margin by department; about 2 % of products have none"),
    "inventory": (True, "simulated: an (s, S) policy over the real sales"),
    "staff": (True, "simulated: three shifts a day by store size, invented people and wages"),
    "traffic": (True, "simulated: real transactions divided by an assumed conversion, with noise"),
    "weather": (True, "simulated: seasonal and daily swings with seeded rain"),
    "tender": (True, "simulated: how customers paid; manufacturers' coupons are real"),
    "supplier": (True, "simulated: invented suppliers with plausible lead times"),
}


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What was loaded. ``loaded`` is false when the mirror already held this sample for this day."""

    today: date
    shift_weeks: int
    first_on: date
    last_on: date
    history_days: int
    sales: int
    lines: int
    products: int
    seconds: float
    loaded: bool


def load_sample(mirror: Mirror, home: Path, today: date, on_feed: Callable[[], object] = lambda: None) -> SampleReport:
    """Fill ``mirror`` with the sample as of ``today`` and write the store map, facts and feed into ``home``.

    Args:
        mirror: open for writing and not sealed.
        home: the state folder; gets ``sample-stores.csv``, ``sample.json`` and ``sandbox/sample/``.
        today: the first day that is not loaded; its sales and those after are the future that the feed plays.
        on_feed: called once all files of the feed are there, before the rest is; not called when nothing is loaded.

    Raises:
        InputError: the source is not installed, the mirror is read-only or holds other data.
    """
    if mirror.writer is None:
        raise InputError("The mirror is open for reading only; loading needs it for itself.")
    began = monotonic()
    plan = calendar(today)
    known = mirror.reader.query("SELECT value FROM mirror_meta WHERE key = $key", {"key": _META_KEY}).rows
    if known and json.loads(known[0][0]) == _recipe(plan) and (home / FACTS).exists() and feed.is_complete(home):
        facts = json.loads((home / FACTS).read_text(encoding="utf-8"))
        return _report(plan, [facts[name] for name in _COUNTED], began, loaded=False)
    if not known and mirror.reader.query("SELECT 1 FROM store LIMIT 1").rows:
        raise InputError("This state folder already holds other stores; load the sample into another with --home.")
    folder = source_folder()
    home.mkdir(parents=True, exist_ok=True)
    mirror.writer.execute_bulk(lambda connection: _fill(connection, folder, home, plan, on_feed)).result()
    # A transaction of its own: what is committed has statistics, and the rollups take half the time over it.
    mirror.writer.execute_bulk(lambda connection: _finish(connection, plan)).result()
    counts = mirror.reader.query("SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in _COUNTED.values()))
    report = _report(plan, counts.rows[0], began, loaded=True)
    facts = {key: value for key, value in asdict(report).items() if key not in ("seconds", "loaded")}
    (home / FACTS).write_text(json.dumps(facts, indent=2, default=str) + "\n", encoding="utf-8")
    log.info("sample.loaded", today=today.isoformat(), sales=report.sales, seconds=round(report.seconds, 2))
    return report


def _fill(
    connection: duckdb.DuckDBPyConnection, folder: Path, home: Path, plan: Calendar, on_feed: Callable[[], object]
) -> None:
    for name in (*TABLES, *ROLLUPS, "raw_object", "sync_cursor", "source_state"):
        connection.execute(f"DELETE FROM {name}")
    sales.stage(connection, folder, plan)
    catalogue.stage(connection, folder, plan)
    customers.stage(connection, folder)
    costs.stage(connection)
    _insert_stores(connection, plan)
    catalogue.insert(connection)
    costs.insert(connection, plan)
    feed.export(connection, home, plan)
    sales.insert(connection, plan)
    customers.insert(connection, folder, plan)
    stock.insert(connection, plan)
    feed.export_stock(connection, home)
    on_feed()
    people.insert(connection, plan)
    surroundings.insert(connection, plan)
    _write_store_map(connection, home)
    _drop_staged(connection)
    _mark(connection, {"unfinished": plan.today.isoformat()})


def _finish(connection: duckdb.DuckDBPyConnection, plan: Calendar) -> None:
    rollups.refresh(connection)
    store_sources(
        connection,
        [
            SourceUpdate(topic, CONNECTION, plan.midnight, simulated=simulated, note=note)
            for topic, (simulated, note) in _NOTES.items()
        ],
    )
    _mark(connection, _recipe(plan))


def _mark(connection: duckdb.DuckDBPyConnection, state: Mapping[str, str | int]) -> None:
    connection.execute("INSERT OR REPLACE INTO mirror_meta VALUES (?, ?)", [_META_KEY, json.dumps(state)])


def _drop_staged(connection: duckdb.DuckDBPyConnection) -> None:
    staged = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name LIKE 'sample_%'"
    ).fetchall()
    for (name,) in staged:
        connection.execute(f"DROP TABLE temp.{name}")


def _insert_stores(connection: duckdb.DuckDBPyConnection, plan: Calendar) -> None:
    hours = json.dumps({day: [["06:00", "23:59"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")})
    for store in STORES:
        connection.execute(
            """INSERT INTO store (store_id, name, timezone, currency, country, district, latitude, longitude,
              tax_inclusive, day_starts_at, open_hours, floor_area_m2, opened_on, active, connection, external_id,
              simulated)
            VALUES ($id, $name, $zone, 'USD', 'US', $district, $latitude, $longitude, false, TIME '00:00:00', $hours,
              $area, $opened, true, $connection, $id, true)""",
            {
                "id": store.store_id,
                "name": store.name,
                "zone": ZONE_NAME,
                "district": store.district,
                "latitude": store.latitude,
                "longitude": store.longitude,
                "hours": hours,
                "area": store.floor_area_m2,
                "opened": plan.first_on,
                "connection": CONNECTION,
            },
        )


def _write_store_map(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    found = connection.execute(
        "SELECT store_id, original_store_id FROM sample_store ORDER BY store_id, original_id"
    ).fetchall()
    text = "store_id,original_store_id\n" + "".join(f"{store},{original}\n" for store, original in found)
    (home / STORE_MAP).write_text(text, encoding="utf-8")


def _recipe(plan: Calendar) -> dict[str, str | int]:
    return {"layout": _LAYOUT, "seed": SEED, "today": plan.today.isoformat(), "shift_weeks": plan.shift_weeks}


def _report(plan: Calendar, counts: Sequence[int], began: float, *, loaded: bool) -> SampleReport:
    return SampleReport(
        today=plan.today,
        shift_weeks=plan.shift_weeks,
        first_on=plan.first_on,
        last_on=plan.last_on,
        history_days=plan.history_days,
        **dict(zip(_COUNTED, counts, strict=True)),
        seconds=monotonic() - began,
        loaded=loaded,
    )
