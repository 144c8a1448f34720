"""Figures of single households: planted weeks, and nothing told of fewer than five."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError, ToolError
from tools.registry import run_tool
from tools.result import ToolResult

FIRST = date(2026, 11, 1)  # a Sunday: the first whole week begins on the day after
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TOOL, TOGETHER = "household_figures", "household_correlation"
WEEKS = 3
SMALL, LARGE, UNKNOWN, RARE = 8, 6, 5, 2


def households() -> Iterator[tuple[str, str | None, int, list[int]]]:
    """Key, size, cents a week and the weeks in which each came: the larger ones spend more, some miss a week."""
    for n in range(SMALL):
        yield f"small{n}", "1", 1000 + 100 * n, [0, 1, 2] if n else [0]
    for n in range(LARGE):
        yield f"large{n}", "4", 5000 + 100 * n, [0, 1, 2]
    for n in range(UNKNOWN):
        yield f"unknown{n}", None, 400, [1]
    for n in range(RARE):
        yield f"rare{n}", "3", 90000, [2]


def rows() -> Iterator[Row]:
    yield store("S01", name="Market Street")
    for name, department in (("soup", "Grocery"), ("fish", "Seafood")):
        yield Row("product", {"product_id": name, "name": name.title(), "department": department})
        yield Row("variant", {"variant_id": name, "product_id": name, "name": name.title()})
    number = 0
    for key, size, cents, weeks in households():
        yield Row("customer", {"customer_key": key, "household_size": size})
        days = [FIRST + timedelta(days=1 + 7 * week) for week in weeks]
        # One of the small ones also came on the Sunday before the first whole week.
        for day in [FIRST, *days] if key == "small1" else days:
            number += 1
            at = datetime.combine(day, time(15), tzinfo=UTC)
            yield sale(f"D{number}", at, customer_key=key)
            yield line(f"D{number}", 1, cents, variant_id="soup", quantity=2)
            if key.startswith("large"):
                yield line(f"D{number}", 2, 100, variant_id="fish", quantity=1)
    yield sale("ANON", NOW - timedelta(days=2))
    yield line("ANON", gross_minor=999999, variant_id="soup")
    yield sale("LAST", NOW - timedelta(days=1))  # so that the third week is over
    yield line("LAST", gross_minor=1, variant_id="soup")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    mirror = open_mirror(tmp_path_factory.mktemp("households") / "mirror.duckdb")
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows()), sources=[SourceUpdate("sales", "test", NOW)])).result()
    yield ToolContext(Scope("U", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW))
    mirror.close()


def values(found: ToolResult) -> dict[tuple[str, str], str | None]:
    return {(one.metric, one.group.get("household_size", "")): one.value for one in found.figures}


def test_a_week_counts_where_the_household_bought_and_only_if_it_is_whole(asked: ToolContext) -> None:
    found = run_tool(TOOL, {"span": "week", "by": "household_size", "tell": "median"}, asked)
    told = values(found)
    # Small: 10.00 once, and 11.00 to 17.00 three times each.
    assert told["median_spend_per_household_week", "1"] == "14.00"
    assert told["mean_spend_per_household_week", "1"] == f"{(10 + 3 * sum(range(11, 18))) / 22:.2f}"
    assert told["median_spend_per_household_week", "4"] == "53.50"
    assert found.headline.startswith("Median spend per household and week in which it bought by household size")
    assert "highest 4 with $53.50" in found.headline
    assert "Only whole weeks count." in found.caveats
    assert found.table is not None
    assert [tuple(row[:3]) for row in found.table.rows if row[0] == "4"] == [("4", 6, 18)]
    assert found.table.rows[0][-1] == "321.00"  # all six of a week together


def test_the_mean_over_all_weeks_counts_those_without_a_purchase(asked: ToolContext) -> None:
    found = run_tool(TOOL, {"span": "week", "where": [{"dimension": "household_size", "values": ["1"]}]}, asked)
    mean = (10 + 3 * sum(range(11, 18))) / (3 * SMALL)
    assert f"Over all 3 weeks, also those in which a household bought nothing, the mean is ${mean:.2f} a week." in (
        found.text
    )


def test_groups_of_few_are_told_neither_by_themselves_nor_by_the_rest(asked: ToolContext) -> None:
    found = run_tool(TOOL, {"by": "household_size"}, asked)
    shown = {row[0] for row in found.table.rows} if found.table else set()
    assert "3" not in shown
    assert len(shown) == 2  # and so the next smallest is left out beside the two
    assert any("2 groups left out" in one for one in found.caveats)
    assert "$900.00" not in str(found)


def test_households_within_bounds_and_how_many_of_them_are_described(asked: ToolContext) -> None:
    everybody = SMALL + LARGE + UNKNOWN + RARE
    found = run_tool(TOOL, {"at_least": "150"}, asked)
    assert found.headline.startswith(f"8 ({800 / everybody:.1f} %) of {everybody} known households spent at least $150")
    assert "Demographic data is recorded of 8 of them (100.0 %)." in found.text
    low = run_tool(TOOL, {"under": "20"}, asked)
    # The five unknown ones and the small one of one week.
    assert low.headline.startswith("6 (")
    assert "Demographic data is recorded of too few or too many to be told of them" in low.text
    assert run_tool(TOOL, {"over": "900"}, asked).headline.startswith("0 (0.0 %)")
    few = run_tool(TOOL, {"at_least": "800"}, asked)
    assert few.headline.startswith("Fewer than 5 of")
    assert few.table is not None
    assert few.table.rows[0][2:] == (None, None)


def test_bounds_of_a_week_are_of_the_mean_of_all_weeks(asked: ToolContext) -> None:
    found = run_tool(TOOL, {"figure": "units", "span": "week", "at_least": "2"}, asked)
    # Who came every week took two pieces and more in each; who came once took fewer on average.
    assert found.headline.startswith(f"{SMALL - 1 + LARGE} (")
    assert "bought at least 2 pieces a week on average" in found.headline


def test_different_products_and_a_part_of_the_goods(asked: ToolContext) -> None:
    found = values(run_tool(TOOL, {"figure": "products", "by": "household_size"}, asked))
    assert found["mean_products_per_household", "4"] == "2.00"
    fish = run_tool(TOOL, {"figure": "spend", "department": "Seafood"}, asked)
    assert "$3.00 on average" in fish.headline
    assert f"of {LARGE} known households" in fish.headline


def test_what_cannot_be_told_is_refused(asked: ToolContext) -> None:
    with pytest.raises(NoDataError, match="Fewer than 5"):
        run_tool(TOOL, {"where": [{"dimension": "household_size", "values": ["3"]}]}, asked)
    with pytest.raises(NoDataError, match="not recorded"):
        run_tool(TOOL, {"by": "income_band"}, asked)
    with pytest.raises(NoDataError, match="redeemed a coupon"):
        run_tool(TOOL, {"figure": "coupons"}, asked)
    with pytest.raises(BadArgumentError, match="no number"):
        run_tool(TOOL, {"over": "much"}, asked)


def test_two_figures_that_rise_together(asked: ToolContext) -> None:
    found = run_tool(TOGETHER, {"figure": "spend", "against": "units"}, asked)
    assert "go together" in found.headline
    assert found.table is not None
    assert [row[1] for row in found.table.rows] == [6, 5, 5, 5]
    with pytest.raises(BadArgumentError, match="another figure"):
        run_tool(TOGETHER, {"figure": "spend", "against": "spend"}, asked)
    with pytest.raises(BadArgumentError, match="Of single baskets"):
        run_tool(TOGETHER, {"figure": "spend", "against": "visits", "each": "basket"}, asked)


def test_of_baskets_those_without_a_card_count_too(asked: ToolContext) -> None:
    found = run_tool(TOGETHER, {"figure": "spend", "against": "units", "each": "basket"}, asked)
    baskets = sum(len(weeks) for _, _, _, weeks in households()) + 3  # the Sunday and the two without a card
    assert f"of {baskets} baskets" in found.headline


def test_a_store_manager_sees_no_more_than_the_store(asked: ToolContext) -> None:
    other = ToolContext(Scope("U", Role.STORE_MANAGER, ("S02",)), asked.mirror, FixedClock(NOW))
    with pytest.raises(ToolError):
        run_tool(TOOL, {"stores": "S01"}, other)
