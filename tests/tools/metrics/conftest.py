"""A chain of two stores made by hand, small enough to count every figure in one's head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)
_NOW = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
_GOODS = (
    ("1", "Oat milk", "Grocery", "Oatside", True, "each"),
    ("2", "Cola", "Grocery", "Fizz", False, "each"),
    ("3", "Petrol", "Fuel", None, None, "gallon"),
    ("4", "Rising", "Trends", "Oatside", True, "each"),
    ("5", "Falling", "Trends", "Fizz", False, "each"),
    ("6", "Steady", "Trends", "Fizz", False, "each"),
    ("7", "Rare", "Trends", "Fizz", False, "each"),
)
_AGES = {"25-34": 6, "35-44": 5, "65+": 2}
_SOLD = {"4": (5, 30), "5": (30, 5), "6": (12, 14), "7": (1, 4)}


def at(day: date, hour: int) -> datetime:
    """An instant by New York's clock in winter."""
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC) + timedelta(hours=5)


def _catalogue() -> Iterator[Row]:
    yield store("S01", district="North", country="US", opened_on=date(2020, 1, 1))
    yield store("S02", name="Harbor Point", district="South", country="US", opened_on=date(2020, 1, 1))
    for number, name, department, brand, own, unit in _GOODS:
        shelf = {"department": department, "brand": brand, "private_label": own}
        yield Row("product", {"product_id": f"P{number}", "name": name, **shelf})
        variant = {"variant_id": f"V{number}", "product_id": f"P{number}", "unit_of_measure": unit}
        yield Row("variant", {**variant, "sku": number})
    for number, name in (("E1", "Ada Alder"), ("E2", "Ben Birch"), ("E3", "Cole Cedar")):
        yield Row("employee", {"employee_id": number, "name": name, "store_id": "S01"})
    promotion = {"promotion_id": "SPRING", "name": "Spring deals", "kind": "percent"}
    yield Row("promotion", promotion)
    given = {"promotion_id": "SPRING", "variant_id": "V2", "store_id": "S01"}
    yield Row("promotion_item", {**given, "starts_on": MONDAY, "ends_on": MONDAY})


def _document(ident: str, day: date, hour: int, net: int, **values: Any) -> Row:
    base = {"channel": "store", "register_id": "R1", "employee_id": "E1", "net_minor": net}
    return sale(ident, at(day, hour), **(base | values))


def _tender(ident: str, number: int, kind: str, amount: int, **values: Any) -> Row:
    base = {"tender_id": f"{ident}-{number}", "sale_id": ident, "kind": kind, "amount_minor": amount}
    return Row("tender", {**base, "status": "captured", **values})


def _spring() -> Iterator[Row]:
    """Three days with everything that is easily counted twice or forgotten."""
    yield _document("A1", MONDAY, 10, 1400)
    yield line("A1", 1, 1000, variant_id="V1", quantity=2, discount_minor=100, net_minor=900, unit_cost="3.00")
    yield line("A1", 2, 500, variant_id="V2", unit_cost="2.00")
    yield _document("A2", MONDAY, 15, 3500, channel="online", register_id="R2", employee_id="E2")
    yield line("A2", 1, 500, variant_id="V1", unit_cost="3.00")
    yield line("A2", 2, 3000, variant_id="V3", quantity="10.5")
    yield _document("A3", TUESDAY, 10, 1500)
    yield line("A3", 1, 1500, variant_id="V2", quantity=3, unit_cost="2.00")
    yield _document("A4", TUESDAY, 11, 700, voided=True)
    yield line("A4", 1, 700, variant_id="V1")
    yield _document("A5", TUESDAY, 12, -500, kind="return")
    yield line("A5", 1, -500, variant_id="V1", quantity=-1, net_minor=-500, is_return=True, unit_cost="3.00")
    yield _document("B1", WEDNESDAY, 11, 1000, store_id="S02", register_id="R9", employee_id=None)
    yield line("B1", 1, 500, variant_id="V1", unit_cost="3.00")
    yield line("B1", 2, 500, variant_id="V1", unit_cost="3.00")
    yield _document("B2", WEDNESDAY, 12, 0, store_id="S02", register_id="R9", employee_id=None)
    yield line("B2", 1, 2500, variant_id="V1", is_gift_card=True)
    yield _tender("A1", 1, "card", 800)
    yield _tender("A1", 2, "cash", 600)
    yield _tender("A2", 1, "card", 3500)
    yield _tender("A3", 1, "cash", 1500)
    yield _tender("A4", 1, "card", 700)
    yield _tender("A5", 1, "card", -500)
    yield _tender("B1", 1, "wallet", 1000, fee_minor=30)
    yield _tender("B1", 2, "card", 1000, status="FAILED")
    yield _tender("B2", 1, "cash", 2500)
    for day, rain in ((MONDAY, "3.0"), (TUESDAY, "0.2")):
        for hour in (3, 10, 15):  # at three in the morning it pours, and nobody is there
            weather = {"store_id": "S01", "hour_at": at(day, hour), "kind": "observed", "temperature_c": 5}
            yield Row("weather_hour", {**weather, "precipitation_mm": "50" if hour == 3 else rain})


def _people() -> Iterator[Row]:
    """One day in February on which people of several ages spend a dollar each."""
    number = 0
    for age, count in _AGES.items():
        for _ in range(count):
            number += 1
            yield Row("customer", {"customer_key": f"C{number}", "age_band": age})
            yield _document(f"C{number}", date(2026, 2, 23), 12, 100, customer_key=f"C{number}")
            yield line(f"C{number}", 1, 100, variant_id="V1")
    yield _document("C0", date(2026, 2, 23), 13, 100)
    yield line("C0", 1, 100, variant_id="V1")


def _trends() -> Iterator[Row]:
    """Two weeks of January: one product rises, one falls, one wavers, and one is hardly sold."""
    for number, weeks in _SOLD.items():
        for week, pieces in enumerate(weeks):
            ident = f"T{number}{week}"
            yield _document(ident, date(2026, 1, 7) + timedelta(weeks=week), 12, 100 * pieces)
            yield line(ident, 1, 100 * pieces, variant_id=f"V{number}", quantity=pieces, unit_cost="0.50")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """Somebody who owns both stores."""
    with open_mirror(tmp_path_factory.mktemp("mirror") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        fresh = [SourceUpdate(topic, "test", _NOW) for topic in ("sales", "tender", "cost", "weather")]
        rows = [*_catalogue(), *_spring(), *_people(), *_trends()]
        mirror.writer.submit(Batch(rows=rows, sources=fresh)).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(_NOW))
