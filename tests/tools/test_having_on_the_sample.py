"""Groups of which bounds hold, against pandas over the source's own files."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import asked_sample, shown
from tests.support.panel import within
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_days_of_a_store_that_hold_to_two_bounds(context: ToolContext) -> None:
    lines = within("2026-10-01", "2026-10-31")
    days = (
        lines[lines.store == "S01"]
        .groupby(lines.day.dt.date)
        .agg(cents=("cents", "sum"), baskets=("basket_id", "nunique"))
    )
    wanted = days[(days.cents > 350_000) & (days.baskets < 150)]
    having = [{"metric": "net_sales", "over": "3500"}, {"metric": "transactions", "under": "150"}]
    found = run_tool("sales_breakdown", {"by": "day", "period": "october", "stores": "S01", "having": having}, context)
    assert 0 < len(wanted) < len(days)
    assert set(shown(found, "net_sales", "day")) - {""} == {day.isoformat() for day in wanted.index}
    assert f"{len(wanted)} of {len(days)}." in found.text


def test_departments_under_an_amount_are_ranked_among_themselves(context: ToolContext) -> None:
    lines = within("2026-10-01", "2026-10-31")
    sums = lines.groupby("department").cents.sum()
    wanted = sums[(sums > 100_000) & (sums < 500_000)]
    having = [{"metric": "net_sales", "over": "1000", "under": "5,000"}]
    found = run_tool("sales_breakdown", {"by": "department", "period": "october", "having": having}, context)
    assert found.table is not None
    assert [row[2] for row in found.table.rows] == [
        f"{cents / 100:.2f}" for cents in wanted.sort_values(ascending=False)
    ]


def test_nothing_that_holds_is_said_with_how_many_there_are(context: ToolContext) -> None:
    having = [{"metric": "net_sales", "over": "1000000"}]
    found = run_tool("sales_breakdown", {"by": "store", "period": "october", "having": having}, context)
    assert "no group qualifies" in found.headline
    assert "0 of 5." in found.text


def test_where_nothing_rose_it_is_said(context: ToolContext) -> None:
    asked = {
        "by": "store", "metrics": ["net_sales"], "period": "2026-10-08", "compare_to": "2026-10-04",
        "rank_by": "change", "top": 5,
    }  # fmt: skip
    found = run_tool("sales_breakdown", asked, context)
    assert ": none rose, against" in found.headline, found.headline
    rose = run_tool("sales_breakdown", {**asked, "order": "bottom"}, context)
    assert " fell most" in rose.headline


@pytest.mark.parametrize(
    "more",
    [{}, {"by": "day", "running": True}],
    ids=["no groups", "running"],
)
def test_bounds_need_groups_and_stand_alone(more: dict[str, object], context: ToolContext) -> None:
    having = [{"metric": "net_sales", "over": "1000"}]
    with pytest.raises(BadArgumentError, match="Conditions on figures"):
        run_tool("sales_breakdown", {"period": "october", "having": having, **more}, context)


def test_a_condition_without_a_bound_is_refused(context: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="at_least"):
        run_tool("sales_breakdown", {"by": "store", "having": [{"metric": "net_sales"}]}, context)


def test_a_floor_holds_of_the_present_period_where_groups_are_ranked_by_growth(context: ToolContext) -> None:
    asked = {"by": "category", "period": "october", "compare_to": "september", "metrics": ["net_sales"]}
    every = run_tool("sales_breakdown", {**asked, "top": 100}, context)
    floored = {**asked, "rank_by": "change_pct", "top": 5, "having": [{"metric": "net_sales", "at_least": "2000"}]}
    found = run_tool("sales_breakdown", floored, context)
    grown = {}
    for one in every.figures:
        if one.group and one.compared_to and Decimal(one.value or 0) >= 2000 and Decimal(one.compared_to.value):
            before = Decimal(one.compared_to.value)
            grown[one.group["category"]] = (Decimal(one.value or 0) - before) / before
    told = [one.group["category"] for one in found.figures if one.group]
    assert told == sorted(grown, key=lambda name: -grown[name])[:5]
    assert "Only groups with net sales at least $2,000.00 are told" in found.text
    assert "that rose in all)" in found.text
