"""Counts, means and sentences that round, mix or leave out, against pandas over the source's own files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.support.asked_sample import asked_sample, shown, truth
from tests.support.panel import panel, within
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_the_mean_change_is_of_the_changes_and_not_of_what_is_shown_of_them(context: ToolContext) -> None:
    months = within("2026-02-01", "2026-10-31")
    sales = months.groupby(months.day.dt.month).cents.sum()
    mean = float((sales.pct_change() * 100).mean())
    found = run_tool("sales_moves", {"step": "month", "period": "last 12 months"}, context)
    assert f"Mean change: {mean:+.1f} % a month." in found.text
    rounded = float((sales.pct_change() * 100).round(1).mean())
    assert f"{mean:+.1f}" != f"{rounded:+.1f}", "this year tells the two apart"


def test_a_group_that_lost_less_than_is_shown_of_a_share_lost_share_all_the_same(context: ToolContext) -> None:
    shares = []
    for lines in (within("2026-10-01", "2026-10-31"), within("2026-09-01", "2026-09-30")):
        brand = lines.manufacturer_id.where(lines.brand != "Private", -1).fillna(0)
        shares.append(lines.groupby(brand).cents.sum() / lines.cents.sum())
    moved = shares[0].sub(shares[1], fill_value=0)
    lost = int((moved[moved.index != 0] < 0).sum())
    found = run_tool("share_change", {"by": "brand", "period": "October 2026", "order": "lost"}, context)
    assert f"{lost:,} groups lost share" in found.text
    assert lost > 1_000
    assert "+0.00" not in found.text
    assert "-0.00" not in found.text


def test_sentences_about_all_customers_say_so_beside_a_number_of_some(context: ToolContext) -> None:
    spent = within("2026-10-01", "2026-10-31").groupby("household_id").cents.sum()
    middle, mean = (Decimal(str(cents)) / 100 for cents in (spent.median(), spent.mean()))
    once = run_tool("customers_by_visits", {"period": "October 2026", "at_least": 1, "at_most": 1}, context)
    assert f"Half of all {len(spent):,} spent ${middle:,.2f} or less" in once.text
    much = run_tool("customers_by_spend", {"period": "October 2026", "over": "200"}, context)
    assert f"On average each of the {len(spent):,} spent ${mean:,.2f}." in much.text


def test_the_repeat_rate_is_of_all_customers_and_there_for_each_month(context: ToolContext) -> None:
    lines = within("2026-05-01", "2026-10-31")
    visits = lines.groupby("household_id").basket_id.nunique()
    found = run_tool("new_and_returning", {"period": "from 1 May 2026 to 31 October 2026", "by": "month"}, context)
    rate = f"{(visits > 1).mean() * 100:.1f} % of all {len(visits):,} bought more than once in the period"
    assert rate in found.text
    monthly = lines.groupby([lines.day.dt.strftime("%Y-%m"), "household_id"]).basket_id.nunique()
    rates = (monthly > 1).groupby(level=0).mean() * 100
    told = {month: value for month, value in shown(found, "repeat_rate", "month").items() if month}
    assert told == {month: f"{value:.1f}" for month, value in rates.items()}
    assert "Bought more than once within the month: 2026-05 85.0 %" in found.text


def _pieces() -> Any:
    """Pieces of October by product, of goods sold by the piece."""
    lines = within("2026-10-01", "2026-10-31")
    fuel = lines.product_type.fillna("").str.startswith("GASOLINE") | (lines.quantity >= 1000)
    return lines[~lines.product_id.isin(lines[fuel].product_id)].groupby("product_id").quantity.sum()


def test_a_last_place_that_thousands_share_is_said_to_be_shared(context: ToolContext) -> None:
    units = _pieces()
    bottom = {"metric": "units", "order": "bottom", "limit": 5, "period": "October 2026"}
    found = run_tool("top_products", bottom, context)
    said = next(one for one in found.caveats if "goes by their number" in one)
    assert said.startswith(f"{int((units == 1).sum()):,} products have 1;")
    best = run_tool("top_products", {"metric": "net_sales", "period": "October 2026"}, context)
    assert not [one for one in best.caveats if "goes by their number" in one]


def test_what_is_not_sold_by_the_piece_is_not_below_a_number_of_pieces(context: ToolContext) -> None:
    units = _pieces()
    asked = {"each": "product", "metric": "units", "under": "5", "period": "October 2026"}
    found = run_tool("count_over_amount", asked, context)
    few, sold = int(((units > 0) & (units < 5)).sum()), int((units > 0).sum())
    assert found.headline.startswith(f"{few:,} of {sold:,} products sold have less than 5 in units")
    assert "Gasoline" not in found.text


def test_an_hour_of_several_days_is_said_to_be_that_of_all_of_them(context: ToolContext) -> None:
    asked = {"each": "hour", "metric": "transactions", "over": "60"}
    week = within("2026-11-16", "2026-11-22")
    hours = int((week.groupby("hour").basket_id.nunique() > 60).sum())
    found = run_tool("count_over_amount", {**asked, "period": "last week"}, context)
    assert found.headline.startswith(f"{hours} of 24 hours")
    assert "Each hour of the day is that of all days together, not of a single day." in found.caveats
    day = run_tool("count_over_amount", {**asked, "over": "5", "period": "yesterday"}, context)
    assert not [one for one in day.caveats if "all days together" in one]


def test_a_rate_moves_by_points_in_tables_too(context: ToolContext) -> None:
    known = truth(
        context,
        "SELECT DATE_TRUNC('month', business_on)::DATE, SUM(known_cost_net_minor - cogs_minor) * 100"
        " / SUM(known_cost_net_minor) FROM store_sku_day WHERE business_on BETWEEN DATE '2026-09-01' AND DATE"
        " '2026-10-31' GROUP BY 1 ORDER BY 1",
    )
    points = f"{float(known[1][1]) - float(known[0][1]):.1f}"
    asked = {"metrics": ["gross_margin_pct"], "period": "October 2026", "compare_to": "September 2026"}
    plain = run_tool("compare_periods", asked, context)
    assert plain.table is not None
    assert plain.table.rows[0][3:] == (f"{points} points", None)
    for tool, more in (("compare_periods", {"by": "department"}), ("sales_breakdown", {"by": "department"})):
        split = run_tool(tool, {**asked, **more}, context)
        assert split.table is not None
        moved = next(column for column in split.table.columns if column.name == "Gross margin %, change")
        assert moved.unit == "points"
        assert not [column for column in split.table.columns if re.search("change %$", column.name)]
    moves = run_tool("sales_moves", {"step": "month", "metric": "gross_margin_pct"}, context)
    assert moves.table is not None
    assert [(column.name, column.unit) for column in moves.table.columns][2:] == [("Before", "%"), ("Change", "points")]


def test_the_panel_is_the_one_that_was_loaded(context: ToolContext) -> None:
    rows = truth(context, "SELECT store_id, SUM(net_minor)::BIGINT FROM sale GROUP BY 1")
    assert panel().groupby("store").cents.sum().to_dict() == dict(rows)


def test_a_basket_that_holds_nothing_is_no_basket_of_a_single_item(context: ToolContext) -> None:
    lines = within("2026-10-01", "2026-10-31")
    fuel = lines.product_type.fillna("").str.startswith("GASOLINE") | (lines.quantity >= 1000)
    by_piece = ~lines.product_id.isin(lines[fuel].product_id)
    items = lines.quantity.where(by_piece, 1).groupby(lines.basket_id).sum()
    found = run_tool("basket_statistics", {"period": "October 2026"}, context)
    assert f"{(items == 1).mean() * 100:.1f} % hold a single item" in found.text
    assert found.table is not None
    assert found.table.rows[0][:2] == ("none", int((items <= 0).sum()))
    assert found.table.rows[1][:2] == ("1", int(((items > 0) & (items <= 1)).sum()))


def test_a_list_that_fuel_leads_offers_itself_without_fuel(context: ToolContext) -> None:
    led = run_tool("top_products", {"period": "October 2026"}, context)
    assert "Gasoline" in led.headline
    assert led.follow_ups[0] == "Top 10 products October 2026 by net sales without fuel"
    produce = run_tool("top_products", {"period": "October 2026", "department": "Produce"}, context)
    assert not any("fuel" in one for one in produce.follow_ups)
