"""What one store sells and another does not: planted sales, stock on hand, and goods that two tills number apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tests.tools.stock import stock_world as planted
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

TOOL = "range_difference"
MARKET = {"stores": "Market Street", "not_at": "Harbor Point"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("apart")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)


def names(result: ToolResult) -> list[str]:
    return [str(row[0]) for row in result.table.rows] if result.table else []


def test_what_one_store_sells_and_the_other_does_not_best_sellers_first(world: ToolContext) -> None:
    found = run_tool(TOOL, MARKET, world)
    assert names(found) == ["Coffee beans", "Green tea", "Bananas", "Tomato soup"]
    assert found.headline == (
        "4 products were sold at Market Street and not at Harbor Point the last 4 weeks (26 Oct – 22 Nov 2026): $839.20"
        " of net sales, 53.0 % of what Market Street sold."
    )
    assert "4 not on hand never sold there" in found.text
    coffee = next(one for one in found.figures if one.group.get("product") == "Coffee beans" and one.metric == "units")
    assert (coffee.value, coffee.stores) == ("84", ("S01",))


def test_only_at_means_at_none_of_the_others_and_elsewhere_at_any(world: ToolContext) -> None:
    assert names(run_tool(TOOL, {"stores": "Market Street"}, world)) == names(run_tool(TOOL, MARKET, world))
    assert run_tool(TOOL, {"not_at": "Market Street"}, world).headline.startswith("No product was sold at the other 2")
    every = run_tool(TOOL, {"not_at": "Maple Avenue", "each": True}, world)
    assert names(every) == ["Butter, 8 oz"]
    assert {"Coffee beans", "Butter, 8 oz"} <= set(names(run_tool(TOOL, {"not_at": "Maple Avenue"}, world)))


def test_out_of_stock_there_is_not_the_same_as_not_carried(world: ToolContext) -> None:
    day = run_tool(TOOL, {"stores": "S02", "not_at": "S01", "period": "11 November 2026"}, world)
    assert names(day) == ["Butter, 8 oz"]
    assert "20 on hand there, last sold there 22 November 2026" in day.text
    assert "Market Street has 1 on hand; 0 not on hand sold there at other times; 0 not on" in day.text
    other = run_tool(
        TOOL, {"stores": "S01", "not_at": "S02", "period": "3 November 2026", "department": "Dairy"}, world
    )
    assert "none on hand there, last sold there 22 November 2026" in other.text
    assert "has 0 on hand; 1 not on hand sold there at other times" in other.text
    assert any("Stock as of 23 Nov 2026" in one for one in other.caveats)


def test_categories_and_departments_are_held_against_each_other_too(world: ToolContext) -> None:
    found = run_tool(TOOL, {**MARKET, "by": "department"}, world)
    assert names(found) == ["Produce"]
    shelves = run_tool(TOOL, {**MARKET, "by": "category", "period": "all time"}, world)
    assert {"Coffee (Grocery)", "Mugs (Home)"} <= set(names(shelves))
    with pytest.raises(NoDataError, match="There is no data"):
        run_tool(TOOL, {**MARKET, "period": "1 August 2026"}, world)


def test_both_sides_stay_within_what_the_asker_may_see(world: ToolContext) -> None:
    own = ToolContext(Scope("U", Role.STORE_MANAGER, ("S01",)), world.mirror, world.clock)
    with pytest.raises(NotAllowedError):
        run_tool(TOOL, MARKET, own)
    with pytest.raises(NotAllowedError, match="Market Street only"):
        run_tool(TOOL, {"not_at": "ours"}, own)
    here = ToolContext(Scope("U", Role.OWNER, ("S01", "S02", "S03"), ("S03",)), world.mirror, world.clock)
    assert "Butter, 8 oz" in names(run_tool(TOOL, {"not_at": "ours"}, here))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [({}, "in “stores” where it sells"), ({"stores": "S01", "not_at": "S01"}, "cannot be where it sells"),
     ({"not_at": "all stores"}, "Which store do you mean"),
     ({"stores": "S02", "not_at": "ours"}, "name the one you mean")],
)  # fmt: skip
def test_questions_without_two_sides_are_refused(world: ToolContext, arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(BadArgumentError, match=says):
        run_tool(TOOL, arguments, world)


def two_tills() -> Iterator[Row]:
    """One pen with one barcode under two numbers, and a cup without any, sold in both stores; a hat in one."""
    yield store("S01", name="Left", connection="square")
    yield store("S02", name="Right", connection="shopify")
    for ident, barcode, place in (
        ("pen-l", "4006381333931", "S01"), ("pen-r", "4006381333931", "S02"), ("cup-l", None, "S01"),
        ("cup-r", None, "S02"), ("hat-l", "5000112637922", "S01"),
    ):  # fmt: skip
        yield Row("product", {"product_id": ident, "name": ident, "department": "Things"})
        yield Row("variant", {"variant_id": ident, "product_id": ident, "name": ident, "barcode": barcode})
        yield sale(ident, datetime(2026, 11, 20, 17, tzinfo=UTC), store_id=place)
        yield line(ident, variant_id=ident)


def test_a_product_is_one_across_tills_by_its_barcode(tmp_path: Path) -> None:
    mirror = open_mirror(tmp_path / "mirror.duckdb")
    assert mirror.writer is not None
    now = datetime(2026, 11, 23, 15, tzinfo=UTC)
    mirror.writer.submit(Batch(rows=list(two_tills()), sources=[SourceUpdate("sales", "test", now)])).result()
    context = ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(now))
    found = run_tool(TOOL, {"stores": "Left", "not_at": "Right"}, context)
    assert names(found) == ["cup-l", "hat-l"]
    assert any("where its barcode is" in one for one in found.caveats)
    assert any("No stock levels are recorded for Right" in one for one in found.caveats)
    mirror.close()


def test_a_level_below_nought_takes_nothing_from_what_another_store_there_has(tmp_path: Path) -> None:
    """The hat sells on the left; of the two others one has three and one is five short: three are on hand there."""
    now = datetime(2026, 11, 23, 15, tzinfo=UTC)
    sold = datetime(2026, 11, 20, 17, tzinfo=UTC)
    levels = {"S02": 3, "S03": -5}
    made = [store(ident, name=name) for ident, name in (("S01", "Left"), ("S02", "Right"), ("S03", "Middle"))]
    made += [Row("product", {"product_id": one, "name": one, "department": "Things"}) for one in ("hat", "cup")]
    made += [Row("variant", {"variant_id": one, "product_id": one, "name": one}) for one in ("hat", "cup")]
    for ident, product in (("S01", "hat"), ("S02", "cup"), ("S03", "cup")):
        made += [sale(ident, sold, store_id=ident), line(ident, variant_id=product)]
    for ident, pieces in levels.items():
        level = {"variant_id": "hat", "store_id": ident, "quantity": pieces, "as_of_at": now}
        made.append(Row("inventory_level", level))
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=made, sources=[SourceUpdate("sales", "test", now)])).result()
        context = ToolContext(Scope("U", Role.OWNER, ("S01", "S02", "S03")), mirror.reader, FixedClock(now))
        found = run_tool(TOOL, {"stores": "Left"}, context)
    assert names(found) == ["hat"]
    assert f"{sum(max(pieces, 0) for pieces in levels.values())} on hand there" in found.text
