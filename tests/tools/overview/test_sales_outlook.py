"""The outlook on days to come, against means of days counted by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock, World
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

LAST = date(2026, 11, 22)


def outlook(world: World, **arguments: Any) -> ToolResult:
    return run_tool("sales_outlook", arguments, world.context(Role.OWNER))


def values(result: ToolResult) -> dict[str, Decimal]:
    return {
        one.group.get("bound") or one.group.get("part") or one.metric: Decimal(one.value or 0) for one in result.figures
    }


def mean_of(world: World, weekday: int, weeks: int = 8) -> Decimal:
    last = LAST - timedelta((LAST.weekday() - weekday) % 7)
    days = [last - timedelta(7 * number) for number in range(weeks)]
    return Decimal(sum(line.net for day in days for line in world.select(day, day))).scaleb(-2) / weeks


def test_next_week_is_the_mean_of_its_weekdays(world: World) -> None:
    found = outlook(world, period="next week")
    want = sum((mean_of(world, weekday) for weekday in range(7)), Decimal(0))
    assert abs(values(found)["net_sales_outlook"] - want) <= Decimal("0.01")
    assert "not a forecast by a model" in found.caveats[0]


def test_the_busiest_and_the_quietest_day_to_come_are_named(world: World) -> None:
    found = outlook(world, period="next week")
    weekly = {weekday: mean_of(world, weekday) for weekday in range(7)}
    said = re.search(r"Highest: (\w{3}) .* with \$([\d,.]+); lowest: (\w{3}) .* with \$([\d,.]+)\.", found.text)
    assert said is not None
    names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    for name, money, pick in ((said[1], said[2], max), (said[3], said[4], min)):
        weekday = pick(weekly, key=lambda one: weekly[one])
        assert name == names[weekday]
        assert abs(Decimal(money.replace(",", "")) - weekly[weekday]) <= Decimal("0.01")


def test_it_is_held_against_the_same_weekdays_before(world: World) -> None:
    found = outlook(world, period="next month")  # 1–31 December: the same weekdays end on 19 November
    before = Decimal(sum(line.net for line in world.select(date(2026, 10, 20), date(2026, 11, 19)))).scaleb(-2)
    assert values(found)["before"] == before
    more = (values(found)["net_sales_outlook"] - before) * 100 / before
    told = re.search(
        r"That is ([\d.]+) % (more|less) than on the same weekdays before, 20 Oct – 19 Nov 2026", found.text
    )
    assert told is not None
    assert abs(Decimal(told[1]) - abs(more)) <= Decimal("0.06")
    assert (told[2] == "more") is (more >= 0)


def test_a_month_may_be_named_with_its_year(world: World) -> None:
    assert values(outlook(world, period="December 2026")) == values(outlook(world, period="December"))
    with pytest.raises(BadArgumentError, match="at most 92 days ahead"):
        outlook(world, period="February 2028")


def test_a_month_under_way_holds_what_is_sold_already(world: World) -> None:
    found = outlook(world, period="the rest of this month")
    sold = Decimal(sum(line.net for line in world.select(date(2026, 11, 1), LAST))).scaleb(-2)
    shown = values(found)
    assert shown["net_sales"] == sold
    assert abs(shown["net_sales_outlook"] - sold - shown["to come"]) <= Decimal("0.01")
    assert "Thanksgiving (26 Nov)" in found.caveats[1]


@pytest.mark.parametrize("by", ["store", "department"])
def test_the_parts_of_a_split_add_up_to_the_whole(world: World, by: str) -> None:
    found = outlook(world, period="the rest of this month", by=by)
    parts = {one.group[by]: Decimal(one.value or 0) for one in found.figures if by in one.group}
    whole = next(Decimal(one.value or 0) for one in found.figures if one.metric == "net_sales_outlook")
    assert len(parts) > 1
    assert abs(sum(parts.values()) - whole) <= Decimal("0.01") * len(parts)
    assert found.table is not None
    assert len(found.table.rows) == len(parts)


def test_a_department_is_not_split_by_department(world: World) -> None:
    with pytest.raises(BadArgumentError, match="leave it out"):
        outlook(world, department="Dairy", by="department")


def test_days_that_are_over_or_no_days_are_refused(world: World) -> None:
    for phrase in ("yesterday", "next 300 days", "whenever"):
        with pytest.raises(BadArgumentError):
            outlook(world, period=phrase)


def test_nobody_has_an_outlook_on_stores_of_others(world: World) -> None:
    with pytest.raises(NotAllowedError):
        run_tool("sales_outlook", {"stores": "S01"}, world.context(Role.STORE_MANAGER, "S02"))


@pytest.fixture
def opened_lately(tmp_path: Path) -> Iterator[ToolContext]:
    """Market Street sells for $10 a day from April on, Harbor Point for $30 a day from 5 October on."""
    until = datetime(2026, 11, 22, 17, tzinfo=UTC)
    rows = [
        store(),
        store("S02", name="Harbor Point"),
        *(Row("product", {"product_id": name, "name": f"Tea {name}"}) for name in ("V1", "V2")),
        *(Row("variant", {"variant_id": name, "product_id": name, "sku": name}) for name in ("V1", "V2")),
    ]
    for store_id, first, amount in (("S01", date(2026, 4, 6), 1000), ("S02", date(2026, 10, 5), 3000)):
        for back in range((until.date() - first).days + 1):
            name, at = f"{store_id}-{back}", until - timedelta(days=back)
            rows += [sale(name, at, store_id=store_id), line(name, gross_minor=amount)]
            if store_id == "S01" and back < 42:
                rows.append(line(name, 2, gross_minor=0, variant_id="V2", quantity=2))
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", until)])).result()
        scope = Scope("U_OWNER", Role.OWNER, ("S01", "S02"))
        yield ToolContext(scope, mirror.reader, FixedClock(until + timedelta(days=1)))


@pytest.mark.parametrize("by", [None, "store"])
def test_the_weeks_before_a_store_opened_are_no_weeks_without_sales(opened_lately: ToolContext, by: str | None) -> None:
    found = run_tool("sales_outlook", {"period": "next week", "by": by}, opened_lately)
    shown = values(found)
    assert shown["net_sales_outlook"] == 280 or by
    assert (shown["low"], shown["high"], shown["mean_error"]) == (280, 280, 0)
    if by:
        parts = {one.group["store"]: one.value for one in found.figures if "store" in one.group}
        assert parts == {"S01": "70.00", "S02": "210.00"}
        alone = run_tool("sales_outlook", {"period": "next week", "stores": "Harbor Point"}, opened_lately)
        assert alone.figures[0].value == "210.00"


@pytest.mark.parametrize("by", [None, "store"])
def test_goods_that_are_new_go_by_the_days_since_their_first_sale(opened_lately: ToolContext, by: str | None) -> None:
    asked = {"period": "next week", "metric": "units", "product": "Tea V2", "by": by}
    found = run_tool("sales_outlook", asked, opened_lately)
    assert found.figures[0].value == "14"
    assert "Tea V2 was first sold on Mon 12 Oct 2026; only the days since count." in found.caveats
    if by:
        assert [one.value for one in found.figures if one.group.get("store") == "S01"] == ["14"]
    early = replace(opened_lately, clock=FixedClock(datetime(2026, 10, 26, 15, tzinfo=UTC)))
    with pytest.raises(NoDataError, match="at least 4 weeks of sales; the data covers 12–25 Oct 2026"):
        run_tool("sales_outlook", asked, early)


def test_a_store_too_new_for_a_mean_is_named_as_left_out(opened_lately: ToolContext) -> None:
    early = replace(opened_lately, clock=FixedClock(datetime(2026, 10, 20, 15, tzinfo=UTC)))
    found = run_tool("sales_outlook", {"period": "next week"}, early)
    assert any("without Harbor Point, whose sales begin on Mon 5 Oct 2026" in caveat for caveat in found.caveats)


def test_the_accuracy_is_of_stores_that_traded_throughout(opened_lately: ToolContext) -> None:
    found = run_tool("outlook_accuracy", {"period": "last 4 weeks"}, opened_lately)
    assert {one.value for one in found.figures if one.metric in ("outlook_error", "outlook_bias")} <= {"0.0"}
    assert "off by 0.0 %" in found.text
    assert any(caveat.startswith("Left out: Harbor Point, which begins on Mon 5 Oct 2026") for caveat in found.caveats)


def test_the_accuracy_of_goods_that_are_new_is_of_the_weeks_since(opened_lately: ToolContext) -> None:
    asked = {"period": "last 2 weeks", "by": "product", "metric": "units", "stores": "Market Street"}
    found = run_tool("outlook_accuracy", asked, opened_lately)
    assert found.table is not None
    names = [column.name for column in found.table.columns]
    shown = {str(row[0]): row[names.index("Bias")] for row in found.table.rows}
    assert shown == {"Tea V1": "0.0", "Tea V2": "0.0"}
    longer = run_tool("outlook_accuracy", {**asked, "period": "last 4 weeks"}, opened_lately)
    assert "1 group without sales in some of these weeks, or too new for them, left out." in longer.caveats
