"""Goods that were taken into the range lately: their rate is of the days since, not of weeks without them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

LAST = datetime(2026, 11, 22, 17, tzinfo=UTC)
LAUNCHED = date(2026, 11, 9)
"""Two weeks before the end: 14 of the 28 and 56 days that demand is taken of."""


@pytest.fixture
def context(tmp_path: Path) -> Iterator[ToolContext]:
    """Old tea and new tea sell two a day; odd tea too, and says that it was taken in after it had sold for weeks."""
    rows = [store()]
    for name, since in (("OLD", None), ("NEW", LAUNCHED), ("ODD", LAUNCHED)):
        created = None if since is None else datetime.combine(since, datetime.min.time(), UTC) + timedelta(hours=9)
        rows += [
            Row("product", {"product_id": name, "name": f"{name.capitalize()} tea", "created_at": created}),
            Row("variant", {"variant_id": name, "product_id": name, "sku": name}),
            Row("cost", {"variant_id": name, "store_id": None, "unit_cost": "1.00", "currency": "USD"}),
            Row("inventory_level", {"variant_id": name, "store_id": "S01", "quantity": 60, "as_of_at": LAST}),
        ]
    for back in range(80):
        at = LAST - timedelta(days=back)
        rows += [sale(f"A{back}", at), *(line(f"A{back}", n, variant_id=name, quantity=2)
                                         for n, name in enumerate(("OLD", "ODD"), 1))]  # fmt: skip
        if at.date() >= LAUNCHED:
            rows.append(line(f"A{back}", 3, variant_id="NEW", quantity=2))
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        sources = [SourceUpdate(topic, "test", LAST) for topic in ("sales", "inventory")]
        mirror.writer.submit(Batch(rows=rows, sources=sources)).result()
        scope = Scope("U_OWNER", Role.OWNER, ("S01",))
        yield ToolContext(scope, mirror.reader, FixedClock(LAST + timedelta(days=1)))


@pytest.mark.parametrize("name", ["Old", "New", "Odd"])
def test_each_lasts_as_long_as_it_does_at_the_rate_it_has_sold_at(context: ToolContext, name: str) -> None:
    found = run_tool("stock_cover", {"product": f"{name} tea"}, context)
    assert "30.0 days" in found.headline
    assert "2.00 units a day" in found.headline
    said = "1 product was taken into the range within these days: its rate is of the days since."
    assert (said in found.caveats) is (name == "New")
    order = run_tool("reorder_suggestions", {"product": f"{name} tea"}, context)
    assert order.table is not None
    assert [row[4] for row in order.table.rows] == ["2.00"]


def test_what_is_new_and_sells_is_neither_too_much_nor_slow(context: ToolContext) -> None:
    for tool, arguments in (("overstock", {"cover": 40}), ("slow_stock", {"cover": 40})):
        assert run_tool(tool, arguments, context).table is None, tool
    gone = run_tool("overstock", {"cover": 20}, context)
    assert gone.table is not None
    assert sorted(row[:4] for row in gone.table.rows) == [
        (f"{name} tea", "Market Street", "60", "2.00") for name in ("New", "Odd", "Old")
    ]


def test_a_kind_of_goods_tells_the_sum_first(context: ToolContext) -> None:
    """Three teas with sixty on hand each."""
    found = run_tool("stock_levels", {"product": "tea"}, context)
    assert found.figures[0].metric == "stock_on_hand"
    assert found.figures[0].value == "180"
    assert found.headline.startswith("Stock on hand of “tea”, Market Street: 180 pieces of 3 products")
    assert found.headline.endswith("Most: New tea 60, Odd tea 60 and Old tea 60.")


def test_a_store_that_opened_lately_does_not_keep_the_others_from_an_answer(tmp_path: Path) -> None:
    rows = [store(), store("S02", name="Harbor Point")]
    for name in ("TEA", "MUG"):
        rows += [
            Row("product", {"product_id": name, "name": name.capitalize()}),
            Row("variant", {"variant_id": name, "product_id": name, "sku": name}),
            *(
                Row("inventory_level", {"variant_id": name, "store_id": at, "quantity": 3, "as_of_at": LAST})
                for at in ("S01", "S02")
            ),
        ]
    for back in range(120):
        at = LAST - timedelta(days=back)
        rows += [sale(f"A{back}", at), line(f"A{back}", variant_id="TEA")]
        if back < 40:
            rows += [sale(f"B{back}", at, store_id="S02"), line(f"B{back}", variant_id="TEA")]
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        sources = [SourceUpdate(topic, "test", LAST) for topic in ("sales", "inventory")]
        mirror.writer.submit(Batch(rows=rows, sources=sources)).result()
        scope = Scope("U_OWNER", Role.OWNER, ("S01", "S02"))
        context = ToolContext(scope, mirror.reader, FixedClock(LAST + timedelta(days=1)))
        found = run_tool("dead_stock", {}, context)
        both = run_tool("dead_stock", {"days": 30}, context)
    assert found.headline.startswith("Dead stock, Market Street: 1 product not sold in the last 90 days")
    assert "Left out, because sales are known for fewer than 90 days: Harbor Point 40 days." in found.caveats
    assert {one for figure in found.figures for one in figure.stores} == {"S01"}
    assert both.headline.startswith("Dead stock, all 2 stores: 1 product (2 cases, counting each store) not sold")
