"""Stores on different business dates: the last N days are N days of each store, and the answer says which.

By noon on Sunday in New York it is Monday in Tokyo: 28 days of each span 29 dates together. Both sell two mugs a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

NOW = datetime(2026, 3, 15, 16, 0, tzinfo=UTC)
ZONES = {"S01": "America/New_York", "S02": "Asia/Tokyo"}
HELD, DAYS = 400, 28
TEA_ON = (6, 7, 20, 21)
"""Days of the 28 on which Tokyo sells a tea: one in each of its four weeks."""
SPANS = "Broadway 15 Feb – 14 Mar 2026; Ginza 16 Feb – 15 Mar 2026"


def yesterday(store_id: str) -> date:
    return NOW.astimezone(ZoneInfo(ZONES[store_id])).date() - timedelta(days=1)


def rows() -> Iterator[Row]:
    since = NOW - timedelta(days=200)
    for sku in ("MUG", "TEA"):
        yield Row("product", {"product_id": f"P{sku}", "name": sku.title(), "department": "All"})
        yield Row("variant", {"variant_id": f"V{sku}", "product_id": f"P{sku}", "sku": sku})
    for store_id, name in (("S01", "Broadway"), ("S02", "Ginza")):
        yield store(store_id, name=name, timezone=ZONES[store_id])
        yield Row("cost", {"variant_id": "VMUG", "store_id": store_id, "valid_from_at": since, "unit_cost": "6.00",
                           "currency": "USD"})  # fmt: skip
        yield Row("inventory_level", {"variant_id": "VMUG", "store_id": store_id, "quantity": HELD, "as_of_at": NOW})
        for back in range(60):
            on = yesterday(store_id) - timedelta(days=back)
            sale_id = f"{store_id}-{on}"
            closed = datetime.combine(on, time(12), ZoneInfo(ZONES[store_id])).astimezone(UTC)
            yield sale(sale_id, closed, store_id=store_id, customer_key=f"K{back % 14}")
            yield line(sale_id, 1, 2000, quantity=2, variant_id="VMUG", unit_cost="6.00")
            if store_id == "S02" and DAYS - 1 - back in TEA_ON:
                yield line(sale_id, 2, 100, variant_id="VTEA")


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """The owner of the two stores."""
    with open_mirror(tmp_path_factory.mktemp("own") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=list(rows()), sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, tuple(ZONES)), mirror.reader, FixedClock(NOW))


def values(result: ToolResult, metric: str) -> dict[tuple[str, ...], str | None]:
    return {one.stores: one.value for one in result.figures if one.metric == metric}


def test_cover_and_turn_are_of_twenty_eight_days(asker: ToolContext) -> None:
    """400 mugs at two a day last 200 days, 28.6 weeks, at each store and at both; 29 days would make it 29.6."""
    result = run_tool(
        "stock_productivity", {"period": "last 28 days", "metric": "weeks_of_cover", "by": "store"}, asker
    )
    weeks = f"{Decimal(HELD) / 2 / 7:.1f}"
    assert values(result, "weeks_of_cover") == {("S01", "S02"): weeks, ("S01",): weeks, ("S02",): weeks}
    assert "each store's own dates" in result.headline


@pytest.mark.parametrize(("tool", "asked"), [
    ("overstock", {"days": 28}), ("slow_stock", {"days": 28}), ("out_of_stock", {}), ("stock_cover", {}),
    ("abc_xyz", {"weeks": 4}), ("reorder_list", {}),
])  # fmt: skip
def test_the_days_of_each_store_are_told(tool: str, asked: dict[str, int], asker: ToolContext) -> None:
    result = run_tool(tool, asked, asker)
    assert any(SPANS in one for one in result.caveats)
    assert "15 Feb – 15 Mar" not in f"{result.text} {' '.join(result.caveats)}"


def test_one_store_has_its_own_dates_and_nothing_to_add(asker: ToolContext) -> None:
    result = run_tool("overstock", {"stores": "Ginza", "days": 28}, asker)
    assert not any("dates differ" in one for one in result.caveats)
    assert "16 Feb – 15 Mar 2026" in " ".join(result.caveats)


def test_the_weeks_of_a_class_begin_with_each_stores_first_day(asker: ToolContext) -> None:
    """A tea a week is steady; by New York's weeks Ginza would sell none and two in turn."""
    weeks = [sum(day // 7 == week for day in TEA_ON) for week in range(4)]
    assert weeks == [1, 1, 1, 1]
    result = run_tool("abc_xyz", {"weeks": 4}, asker)
    assert result.table is not None
    classes = {row[0]: row[1] for row in result.table.rows if row[1]}
    assert classes == {"AX": 1, "CX": 1}


def test_days_between_visits_are_from_one_date_to_the_next(asker: ToolContext) -> None:
    """14 customers come to Broadway in turn, and each a date later to Ginza: 1, 13 and 1 days apart in 28 days."""
    result = run_tool("customer_visits", {"period": "last 28 days"}, asker)
    between = f"{Decimal(1 + 13 + 1) / 3:.1f}"
    assert between in {one.value for one in result.figures}
    assert f"{between} days" in result.text
