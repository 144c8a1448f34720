"""What sells out faster than it used to: the last seven days against the days before, chance left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tests.tools.stock.told import figure, table
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError
from tools.registry import run_tool

LAST = datetime(2026, 11, 22, 17, tzinfo=UTC)
PACES = {"SURGE": (1, 4), "MILD": (2, 3), "STEADY": (2, 2), "SLOWER": (6, 2), "BIG": (1, 3)}
"""Pieces a day in the three weeks before the last seven days, and in these."""
ON_HAND = {"SURGE": 12, "MILD": 6, "STEADY": 6, "SLOWER": 6, "BIG": 200}


def rows(*, ordered: bool) -> list[Row]:
    made = [store()]
    for name, on_hand in ON_HAND.items():
        made += [
            Row("product", {"product_id": name, "name": f"{name.capitalize()} tea"}),
            Row("variant", {"variant_id": name, "product_id": name, "sku": name}),
            Row("inventory_level", {"variant_id": name, "store_id": "S01", "quantity": on_hand, "as_of_at": LAST}),
        ]
    for back in range(60):
        at = LAST - timedelta(days=back)
        made.append(sale(f"A{back}", at))
        for number, (name, (before, lately)) in enumerate(PACES.items(), 1):
            made.append(line(f"A{back}", number, variant_id=name, quantity=lately if back < 7 else before))
    if ordered:
        made += [
            Row("supplier", {"supplier_id": "SUP", "name": "Leaf & Co"}),
            Row("purchase_order", {"po_id": "P1", "supplier_id": "SUP", "store_id": "S01", "status": "sent"}),
            Row("purchase_order_line", {"po_id": "P1", "line_no": 1, "variant_id": "SURGE", "ordered": 24}),
        ]
    return made


@pytest.fixture(params=[False, True], ids=["no orders", "ordered"])
def context(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ToolContext]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        sources = [SourceUpdate(topic, "test", LAST) for topic in ("sales", "inventory")]
        mirror.writer.submit(Batch(rows=rows(ordered=request.param), sources=sources)).result()
        scope = Scope("U_OWNER", Role.OWNER, ("S01",))
        extras = {"ordered": request.param}
        yield ToolContext(scope, mirror.reader, FixedClock(LAST + timedelta(days=1)), extras=extras)


def test_the_pace_of_the_last_days_stands_beside_that_before(context: ToolContext) -> None:
    """At the mean of 28 days surge tea (1.75 a day) lasts 6.9 days, mild tea (2.25) 2.7, steady tea three."""
    found = run_tool("stockout_risk", {}, context)
    shown = {row["Product"]: (row["Last 7 days, a day"], row["Before, a day"], row["Faster"]) for row in table(found)}
    assert shown == {
        "Surge tea": ("4.00", "1.00", "300"),
        "Mild tea": ("3.00", "2.00", "50"),
        "Steady tea": ("2.00", "2.00", "0"),
        "Slower tea": ("2.00", "6.00", "-67"),
    }


def test_faster_leaves_out_what_is_steady_or_chance_and_lasts_at_the_new_pace(context: ToolContext) -> None:
    """Mild tea sold 21 where 15.75 of its 63 were due: 1.5 standard deviations, which chance does."""
    found = run_tool("stockout_risk", {"faster": True}, context)
    assert [(row["Product"], row["Days of cover"], row["Runs out"]) for row in table(found)] == [
        ("Surge tea", "3.0", "2026-11-25")
    ]
    assert "4.00 units a day after 1.00, 12 left" in found.headline
    assert figure(found, "products_running_out") == "1"
    assert figure(run_tool("stockout_risk", {"faster": True, "within": 90}, context), "products_running_out") == "2"
    none = run_tool("stockout_risk", {"faster": True, "within": 2}, context)
    assert none.headline.startswith(
        "Nothing in stock at Market Street runs out within 2 days at the pace of the last 7"
    )


def test_none_on_order_is_told_from_no_orders_recorded(context: ToolContext) -> None:
    found = run_tool("stockout_risk", {}, context)
    on_order = {row["Product"]: row["On order"] for row in table(found)}
    if context.extras["ordered"]:
        assert (on_order["Surge tea"], on_order["Steady tea"]) == ("24", "0")
    else:
        assert set(on_order.values()) == {None}
    said = any("no purchase orders are recorded" in one for one in found.caveats)
    assert said is not context.extras["ordered"]


def test_pieces_left_have_no_pace(context: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="goes by days"):
        run_tool("stockout_risk", {"faster": True, "fewer_than": 5}, context)
