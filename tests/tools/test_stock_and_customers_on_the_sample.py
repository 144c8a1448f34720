"""Stock, baskets, customers, outlooks and priorities against pandas over the source's own files and the plain levels.

Levels are what the mirror was loaded with; sales are the source's lines; no SQL of the tools takes part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.support.asked_sample import asked_sample, shown, truth
from tests.support.panel import panel, within
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

_DISTRICTS = {"S01": "North", "S03": "North", "S05": "North", "S02": "South", "S04": "South"}
_LAST = pd.Timestamp("2026-11-22")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def _pieces(first: str, last: str) -> Any:
    """Pieces by product and store, of goods sold by the piece."""
    everything = panel()
    fuel = everything.product_type.fillna("").str.startswith("GASOLINE") | (everything.quantity >= 1000)
    lines = within(first, last)
    return (
        lines[~lines.product_id.isin(everything[fuel].product_id.unique())]
        .groupby(["product_id", "store"])
        .quantity.sum()
    )


def _levels(context: ToolContext) -> Any:
    """Pieces on hand by product and store, as they were loaded."""
    rows = truth(context, "SELECT variant_id, store_id, quantity::BIGINT FROM inventory_level")
    frame = pd.DataFrame(rows, columns=["variant", "store", "held"])
    return frame.assign(product_id=frame.variant.str[1:].astype(int)).set_index(["product_id", "store"]).held


def test_transfers_come_to_what_whole_pieces_come_to(context: ToolContext) -> None:
    both = pd.DataFrame({"held": _levels(context)}).join(_pieces("2026-10-26", "2026-11-22").rename("sold"))
    both = both.fillna(0).astype(int).reset_index()
    both["spare"] = (both.held + (-both.sold * 28 // 28)).clip(lower=0)
    both["short"] = (-(-both.sold * 14 // 28) - both.held).clip(lower=0).where(both.sold > 0, 0)
    sums = both.assign(district=both.store.map(_DISTRICTS)).groupby(["product_id", "district"])[["spare", "short"]]
    moved = sums.sum().min(axis=1)
    found = run_tool("transfer_candidates", {}, context)
    products = moved[moved > 0].reset_index().product_id.nunique()
    assert f": {int(moved.sum()):,} pieces of {products:,} products." in found.headline


def test_a_year_is_reckoned_from_the_days_that_there_is_data_of(context: ToolContext) -> None:
    levels, sold = _levels(context), _pieces("2026-01-25", "2026-11-22")
    units = sold[sold.index.isin(levels.index)].sum()
    days = panel().day.nunique()
    assert days == 302
    for period in ("last 52 weeks", "this year"):
        found = run_tool("stock_productivity", {"metric": "stock_turn", "period": period}, context)
        assert f": {units * 365 / days / levels.sum():.2f} times a year." in found.headline
        assert f"{units:,} units in {days} days" in found.text


def test_weeks_before_the_data_are_not_weeks_without_a_sale(context: ToolContext) -> None:
    long, known = (run_tool("abc_xyz", {"weeks": weeks}, context) for weeks in (52, 43))
    assert long.table is not None
    assert known.table is not None
    assert long.table.rows == known.table.rows
    assert "You asked for 52 weeks; there is data of 43 whole ones." in long.caveats
    sold = within("2026-01-26", "2026-11-22")
    weekly = sold[sold.product_id == 1029743].groupby((sold.day - pd.Timestamp("2026-01-26")).dt.days // 7).quantity
    spread = weekly.sum().std(ddof=0) / weekly.sum().mean()
    assert spread < 0.5
    assert next(row for row in long.table.rows if row[0] == "AX")[5].endswith("#1029743")  # type: ignore[union-attr]


def test_what_sold_before_is_not_told_where_the_data_does_not_reach(context: ToolContext) -> None:
    found = run_tool("slow_stock", {"days": 200}, context)
    assert any(one.startswith("The data does not reach back as many days again") for one in found.caveats)
    assert found.table is not None
    assert {row[7] for row in found.table.rows} == {None}


def test_days_unsold_are_those_since_the_last_sale(context: ToolContext) -> None:
    found = run_tool("dead_stock", {"period": "last month", "limit": 50}, context)
    assert found.table is not None
    aged = {(row[5], row[6]) for row in found.table.rows}
    assert aged == {(day, (_LAST - pd.Timestamp(str(day))).days) for day, _ in aged}
    assert any(str(day) > "2026-10-31" for day, _ in aged)


def test_what_is_out_of_stock_is_one_number_whoever_counts(context: ToolContext) -> None:
    levels = _levels(context)
    sold = _pieces("2026-10-26", "2026-11-22")
    gone = levels[(levels <= 0) & levels.index.isin(sold[sold > 0].index)]
    out = run_tool("out_of_stock", {}, context)
    assert f"({len(gone):,} cases, counting each store)" in out.headline
    overview = run_tool("business_overview", {}, context)
    assert f"{len(gone):,} products by store that sold in the last four weeks" in overview.text


def test_what_a_margin_lost_is_not_reckoned_from_its_rounded_points(context: ToolContext) -> None:
    sql = (
        "SELECT SUM(known_cost_net_minor), SUM(known_cost_net_minor - cogs_minor), SUM(net_minor) FROM store_sku_day"
        " WHERE business_on BETWEEN DATE '{}' AND DATE '{}'"
    )
    (now,), (then,) = (
        truth(context, sql.format(*days)) for days in (("2026-11-16", "2026-11-22"), ("2026-11-09", "2026-11-15"))
    )
    lost = (Decimal(then[1]) / Decimal(then[0]) - Decimal(now[1]) / Decimal(now[0])) * Decimal(now[2]) / 100
    found = run_tool("business_overview", {"focus": "priorities"}, context)
    assert f"the difference is ${lost:,.2f} of ${Decimal(now[2]) / 100:,.2f}" in found.text
    assert f"{lost:.2f}" != "601.55", "0.7 points, rounded, would be that"


def mean_gap(lines: pd.DataFrame) -> float:
    """The mean of the days from one day with a visit to the next, over all customers."""
    days = lines[["household_id", "day"]].drop_duplicates().sort_values(["household_id", "day"])
    gaps = pd.to_datetime(days.day).groupby(days.household_id).diff().dropna()
    return float(gaps.dt.days.mean())


def test_days_between_visits_of_a_month_are_of_that_month(context: ToolContext) -> None:
    found = run_tool("customer_visits", {"by": "month", "period": "this year"}, context)
    lines = within("2026-10-01", "2026-10-31")
    told = shown(found, "days_between_visits", "month")
    assert told["2026-10-01"] == f"{mean_gap(lines):.1f}"
    assert told["2026-01-01"] == f"{mean_gap(within('2026-01-25', '2026-01-31')):.1f}"
    assert "October 2026 2,034 customers" in found.text
    assert not re.search(r"\d{4}-\d{2}-\d{2}", found.text)


def test_who_bought_more_than_once_is_told_of_stores_with_few_new_customers(context: ToolContext) -> None:
    found = run_tool("new_and_returning", {"by": "store", "period": "October 2026"}, context)
    lines = within("2026-10-01", "2026-10-31")
    visits = lines.groupby(["store", "household_id"]).basket_id.nunique()
    rates = (visits > 1).groupby(level=0).mean() * 100
    told = {store: value for store, value in shown(found, "repeat_rate", "store").items() if store}
    assert told == {store: f"{rate:.1f}" for store, rate in rates.items()}
    before = panel().groupby("household_id").day.min() >= "2026-10-01"
    new = lines[lines.household_id.isin(before[before].index)].groupby("store").household_id.nunique()
    few = {store for store, people in new.items() if people < 5}
    assert few == {"S01", "S02", "S04"}
    assert not few & set(shown(found, "new_customers", "store"))


def test_a_cohort_left_out_is_said_to_be_left_out(context: ToolContext) -> None:
    first = panel().groupby("household_id").day.min()
    known = first[first < "2026-11-01"]
    found = run_tool("customer_cohorts", {}, context)
    said = re.search(
        r"of ([\d,]+) customers known before(, cohorts of which few came or stayed away left out,)?", found.text
    )
    assert said is not None
    assert int(said[1].replace(",", "")) < len(known)
    assert said[2]


@pytest.mark.parametrize(("rank_by", "lead"), [("lift", "Most above chance"), ("baskets", "Most often")])
def test_what_stands_first_is_called_what_it_is_first_in(context: ToolContext, rank_by: str, lead: str) -> None:
    asked = {"product": "milk", "period": "October 2026", "rank_by": rank_by}
    found = run_tool("bought_together", asked, context)
    assert found.headline.startswith(f"{lead} beside")
    assert found.table is not None
    baskets = [int(row[2] or 0) for row in found.table.rows]
    assert (baskets == sorted(baskets, reverse=True)) is (rank_by == "baskets")


def test_the_error_of_an_outlook_is_of_what_came(context: ToolContext) -> None:
    daily = panel().groupby("day").cents.sum()
    off = came = 0.0
    trials = 0
    for weeks in range(1, 60):
        day, known_to = (one - pd.Timedelta(weeks=weeks) for one in (pd.Timestamp("2026-11-24"), _LAST))
        past = [day - pd.Timedelta(weeks=number) for number in range(1, 9)]
        if known_to - pd.Timedelta(weeks=8) < daily.index.min():
            break
        off += abs(daily[past].mean() - daily[day])
        came += daily[day]
        trials += 1
    found = run_tool("sales_outlook", {"period": "tomorrow"}, context)
    assert f"for {trials} such spans that are over, it was off by {off / came * 100:.1f} % on average" in found.text


def test_hours_of_the_day_are_drawn_without_a_gap(context: ToolContext) -> None:
    found = run_tool("peak_times", {}, context)
    assert found.chart is not None
    assert found.table is not None
    assert list(found.chart.categories) == [row[0] for row in found.table.rows]
    assert [f"{value:.1f}" for value in found.chart.series["Transactions"]] == [
        f"{Decimal(str(row[-1])):.1f}" for row in found.table.rows
    ]


def test_a_split_that_cannot_be_had_is_named(context: ToolContext) -> None:
    found = run_tool("explain_change", {"period": "last week", "by": "employee"}, context)
    assert "The change is not split by employee: who rang these sales up is not recorded." in found.caveats
    one = run_tool("explain_change", {"period": "last week", "by": "store", "stores": "Market Street"}, context)
    assert "The change is not split by store: there is only one store in it." in one.caveats


def test_what_came_off_promotion_is_what_afterwards_is_of(context: ToolContext) -> None:
    found = run_tool("promotion_lift", {"period": "last 8 weeks"}, context)
    assert "Afterwards: " in found.text
    assert not [one for one in found.caveats if one.startswith("There are no days after the promotion yet")]
    assert [one for one in found.caveats if one.startswith("Afterwards is of what came off promotion")]


def test_a_return_is_ranked_where_enough_was_sold_for_a_lift(context: ToolContext) -> None:
    found = run_tool("promotion_lift", {"by": "department", "rank_by": "roi"}, context)
    ranked = re.search(r"Return on discounts by department, highest first: (.*?)\. ", found.text)
    assert ranked is not None
    assert found.table is not None
    thin = {str(row[0]) for row in found.table.rows if row[5] == "too little sold"}
    assert thin
    assert not thin & {one.rsplit(" ", 2)[0] for one in ranked[1].split("; ")}
    assert f"{len(thin)} departments sold too little for a return to be told." in found.text
