"""Breakdowns of a chain made by hand: every figure here was added up with a pencil."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tools.breakdown.sales_breakdown import SalesBreakdownArguments, sales_breakdown
from tools.breakdown.where import Where
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError, ToolError
from tools.result import ToolResult

SPRING = "2 March 2026 to 4 March 2026"
TRENDS = "12 January 2026 to 18 January 2026"


def run(context: ToolContext, **arguments: Any) -> ToolResult:
    return sales_breakdown(SalesBreakdownArguments.model_validate({"period": SPRING, **arguments}), context)


def by_group(result: ToolResult, metric: str) -> dict[str, str | None]:
    """Values of a metric by the words of its group; the whole under the empty word."""
    return {
        " / ".join(value for key, value in figure.group.items() if key not in ("only", "without")): figure.value
        for figure in result.figures
        if figure.metric == metric
    }


def test_what_a_limit_lets_through_is_added_up(context: ToolContext) -> None:
    """“Combined sales of the top two brands”: 20.00 and 19.00 of 69.00; what has no brand comes last."""
    assert "The 2 highest together: $39.00 (56.5 % of the total)." in run(context, by=["brand"], top=2).text
    assert "together" not in run(context, by=["brand"]).text


def test_a_document_counts_once_in_each_brand_it_contains_and_once_in_the_whole(context: ToolContext) -> None:
    found = run(context, by=["brand"], metrics=["net_sales", "transactions", "units", "gross_margin"])
    assert by_group(found, "net_sales") == {"": "69.00", "No brand": "30.00", "Fizz": "20.00", "Oatside": "19.00"}
    assert by_group(found, "transactions") == {"": "5", "No brand": "1", "Fizz": "2", "Oatside": "3"}
    assert by_group(found, "units")["No brand"] is None
    assert by_group(found, "units")["Oatside"] == "4"
    assert by_group(found, "gross_margin")["Oatside"] == "7.00"
    assert any("the groups do not add up to the total" in caveat for caveat in found.caveats)


def test_the_average_selling_price_leaves_out_what_is_not_sold_by_the_piece(context: ToolContext) -> None:
    found = run(context, by="department", metrics=["average price"])
    assert by_group(found, "average_selling_price") == {"": "4.88", "Grocery": "4.88", "Fuel": None}


@pytest.mark.parametrize(
    ("by", "net", "transactions"),
    [
        ("channel", {"store": "34.00", "online": "35.00"}, {"store": "4", "online": "1"}),
        ("register", {"R1": "24.00", "R2": "35.00", "R9": "10.00"}, {"R1": "2", "R2": "1", "R9": "2"}),
        ("hour", {"10": "29.00", "12": "-5.00", "15": "35.00", "11": "10.00"}, {"10": "2", "12": "1", "15": "1"}),
        ("district", {"North": "59.00", "South": "10.00"}, {"North": "3", "South": "2"}),
        ("private_label", {"Private label": "19.00", "National brand": "20.00", "Not known": "30.00"}, {}),
        ("weekday", {"Monday": "49.00", "Tuesday": "10.00", "Wednesday": "10.00"}, {"Wednesday": "2"}),
        ("month", {"2026-03": "69.00"}, {"2026-03": "5"}),
        ("quarter", {"2026-Q1": "69.00"}, {}),
        ("period", {"2026-P02": "69.00"}, {}),
        ("region", {"North": "59.00", "South": "10.00"}, {}),
        ("promotion", {"Spring deals / SPRING": "5.00", "No promotion / No promotion": "64.00"}, {}),
    ],
)
def test_every_way_of_splitting_gives_the_same_whole(
    context: ToolContext, by: str, net: dict[str, str], transactions: dict[str, str]
) -> None:
    found = run(context, by=by, metrics=["net_sales", "transactions"])
    assert by_group(found, "net_sales") == {"": "69.00", **net}
    counted = by_group(found, "transactions")
    assert {key: counted[key] for key in transactions} == transactions
    assert counted[""] == "5"


def test_payments_are_without_change_failures_and_voids_and_less_refunds(context: ToolContext) -> None:
    found = run(context, by="tender", metrics=["payments", "paid_transactions", "tender_fees", "tender_fee_pct"])
    assert by_group(found, "payments") == {"": "94.00", "cash": "46.00", "card": "38.00", "wallet": "10.00"}
    assert by_group(found, "paid_transactions") == {"": "5", "cash": "3", "card": "2", "wallet": "1"}
    assert by_group(found, "tender_fees") == {"": "0.30", "cash": None, "card": None, "wallet": "0.30"}
    assert by_group(found, "tender_fee_pct")["wallet"] == "3.0"
    asked_for_sales = run(context, by="tender", metrics=["net_sales"])
    assert by_group(asked_for_sales, "payments")["card"] == "38.00"
    assert any("amounts paid" in caveat for caveat in asked_for_sales.caveats)


def test_rates_by_value_and_by_count(context: ToolContext) -> None:
    metrics = [
        "void_rate",
        "void_rate_count",
        "refund_rate",
        "refund_rate_count",
        "discount_rate",
        "discounted_lines_pct",
    ]
    found = run(context, by="store", metrics=metrics)
    whole = {metric: by_group(found, metric)[""] for metric in metrics}
    assert whole == {
        "void_rate": "8.6",
        "void_rate_count": "16.7",
        "refund_rate": "6.8",
        "refund_rate_count": "20.0",
        "discount_rate": "1.3",
        "discounted_lines_pct": "14.3",
    }
    assert by_group(found, "void_rate_count") == {"": "16.7", "S01": "25.0", "S02": "0.0"}


def test_what_is_left_out_is_really_left_out(context: ToolContext) -> None:
    without = {"values": ["fuel"], "exclude": True}
    found = run(context, where=[without], metrics=["net_sales", "transactions"])
    assert by_group(found, "net_sales") == {"": "39.00"}
    assert by_group(found, "transactions") == {"": "4"}
    assert found.figures[0].group == {"without": "Fuel"}
    assert "without Fuel" in found.headline
    split = run(context, by="department", where=[without], metrics=["net_sales"])
    assert by_group(split, "net_sales") == {"": "39.00", "Grocery": "39.00"}


@pytest.mark.parametrize(
    ("where", "net"),
    [
        ({"values": ["private label"]}, "19.00"),
        ({"values": ["Fizz"]}, "20.00"),
        ({"values": ["oatside"], "dimension": "manufacturer", "exclude": True}, "50.00"),
        ({"values": ["cash"], "dimension": "tender"}, "29.00"),
        ({"values": ["cash"], "dimension": "tender", "exclude": True}, "40.00"),
        ({"values": ["online"], "dimension": "channel"}, "35.00"),
        ({"values": ["Harbor Point"], "dimension": "store", "exclude": True}, "59.00"),
        ({"values": ["Monday", "Tuesday"]}, "59.00"),
        ({"values": ["10-12"], "dimension": "hour"}, "39.00"),
        ({"values": ["3pm"], "dimension": "hour"}, "35.00"),
        ({"values": ["Ada"], "dimension": "employee"}, "24.00"),
        ({"values": ["cola"], "dimension": "product"}, "20.00"),
        ({"values": ["rainy"], "dimension": "weather"}, "49.00"),
        ({"values": ["Spring deals"], "dimension": "promotion"}, "5.00"),
        ({"values": ["South"], "dimension": "district"}, "10.00"),
    ],
)
def test_conditions_pick_out_what_they_say(context: ToolContext, where: dict[str, Any], net: str) -> None:
    assert by_group(run(context, where=[where], metrics=["net_sales"]), "net_sales") == {"": net}


def test_two_dimensions_rank_the_first_and_split_it_by_the_second(context: ToolContext) -> None:
    found = run(context, by="brand, department", top=1, metrics=["net_sales"])
    assert by_group(found, "net_sales") == {"": "69.00", "Fizz / Grocery": "20.00"}
    assert found.table is not None
    assert list(found.table.rows) == [(1, "Fizz", "Grocery", "20.00", "29.0")]


def test_rain_at_night_does_not_make_a_rainy_day(context: ToolContext) -> None:
    found = run(context, by="weather", stores="Market Street", metrics=["net_sales"])
    assert by_group(found, "net_sales") == {"": "59.00", "rain": "49.00", "dry": "10.00"}
    assert by_group(found, "net_sales_per_store_day") == {"rain": "49.00", "dry": "10.00"}


def test_shares_within_each_group_of_the_first_dimension(context: ToolContext) -> None:
    asked = {"by": "district, department", "share": True, "metrics": ["net_sales"]}
    nets = by_group(run(context, **asked), "net_sales")
    within = by_group(run(context, **asked, within=True, each=5), "share_of_net_sales_within_district")
    for district, whole in (("North", Decimal(59)), ("South", Decimal(10))):
        mine = {group: value for group, value in nets.items() if group.startswith(district)}
        assert sum(Decimal(value or 0) for value in mine.values()) == whole
        for group, value in mine.items():
            assert within[group] == str((Decimal(value or 0) * 100 / whole).quantize(Decimal("0.1")))
    told = run(context, **asked, within=True, each=5)
    assert told.table is not None
    assert "Share of district" in [column.name for column in told.table.columns]
    assert "(100.0 %)" in told.text


@pytest.mark.parametrize("order", ["top", "bottom"])
@pytest.mark.parametrize("inner", ["hour", "weekday", "day"])
def test_one_of_each_is_the_best_in_time_as_well_and_not_the_first(
    context: ToolContext, inner: str, order: str
) -> None:
    every = by_group(run(context, by=f"district, {inner}", metrics=["net_sales"]), "net_sales")
    one = by_group(run(context, by=f"district, {inner}", metrics=["net_sales"], each=1, order=order), "net_sales")
    choose = max if order == "top" else min
    for district in ("North", "South"):
        mine = {group: Decimal(value or 0) for group, value in every.items() if group.startswith(district)}
        told = {group: Decimal(value or 0) for group, value in one.items() if group.startswith(district)}
        assert list(told.values()) == [choose(mine.values())]


def test_shares_and_running_totals(context: ToolContext) -> None:
    shared = run(context, by="department", share=True, metrics=["net_sales"])
    assert by_group(shared, "share_of_net_sales") == {"Grocery": "56.5", "Fuel": "43.5"}
    added = run(context, by="day", running=True, metrics=["net_sales"])
    assert list(by_group(added, "running_net_sales").values()) == ["49.00", "59.00", "69.00"]


@pytest.mark.parametrize("by", [["day", "store"], ["store", "day"]])
def test_a_running_total_by_two_runs_along_time_within_each_of_the_other(context: ToolContext, by: list[str]) -> None:
    added = run(context, by=by, running=True, metrics=["net_sales"])
    assert added.table is not None
    names = [one.name for one in added.table.columns]
    place, day, plain, so_far = (names.index(one) for one in ("Store", "Day", "Net sales", "Net sales, running"))
    sums: dict[str, Decimal] = {}
    for row in added.table.rows:
        sums[str(row[place])] = sums.get(str(row[place]), Decimal(0)) + Decimal(str(row[plain]))
        assert Decimal(str(row[so_far])) == sums[str(row[place])]
    assert len({row[day] for row in added.table.rows}) == 3


@pytest.mark.parametrize("arguments", [{"by": "store"}, {"by": "day", "top": 2}, {"by": ["day", "month"]}])
def test_a_running_total_along_no_time_is_refused_and_not_left_out(
    context: ToolContext, arguments: dict[str, Any]
) -> None:
    with pytest.raises(BadArgumentError, match="runs along time"):
        run(context, running=True, **arguments)


def test_like_for_like_growth_is_that_of_stores_that_traded_through_both_periods(context: ToolContext) -> None:
    asked = {"by": "store", "like_for_like": True, "period": "2 March 2026", "compare_to": "23 February 2026"}
    found = run(context, **asked, metrics=["net_sales"])
    assert by_group(found, "net_sales") == {"": "49.00", "S01": "49.00"}
    assert "Harbor Point had not traded from the beginning of the earlier period" in found.caveats[0]
    assert "all together up $35.00 (250.0 %), from $14.00 to $49.00" in found.headline


def test_nobody_is_told_from_a_group_of_fewer_than_five(context: ToolContext) -> None:
    found = run(context, by="age_band", period="23 February 2026", metrics=["net_sales"])
    shown = by_group(found, "net_sales")
    assert shown == {"": "14.00", "25-34": "6.00", "Other groups": "7.00", "Not known": "1.00"}
    assert any("fewer than 5 customers" in caveat for caveat in found.caveats)
    with pytest.raises(NoDataError, match="fewer than 5"):
        run(context, period="23 February 2026", where=[{"dimension": "age_band", "values": ["65+"]}])


def test_products_that_changed_beyond_chance(context: ToolContext) -> None:
    asked = {"by": "product", "period": TRENDS, "compare_to": "the week before", "rank_by": "change", "top": 5}
    rising = run(context, **asked, metrics=["net_sales"])
    assert by_group(rising, "net_sales") == {"": "53.00", "P4 / V4 / Rising": "30.00"}
    assert "Rising rose most, up $25.00 (500.0 %), from $5.00 to $30.00" in rising.headline
    assert rising.caveats[0].startswith("Groups that sold fewer than 10 pieces")
    falling = run(context, **asked, metrics=["units"], order="bottom")
    assert by_group(falling, "units")["P5 / V5 / Falling"] == "5"
    assert "Falling fell most, down 25 (83.3 %), from 30 to 5" in falling.headline  # down says which way
    compared = next(figure.compared_to for figure in falling.figures if figure.group)
    assert compared is not None
    assert (compared.value, compared.change, compared.change_pct) == ("30", "-25", "-83.3")


def test_growth_without_another_period_is_against_the_usual_one(context: ToolContext) -> None:
    asked = {"by": "product", "period": TRENDS, "rank_by": "change", "top": 5, "metrics": ["net_sales"]}
    usual = run(context, **asked)
    assert usual.headline == run(context, **asked, compare_to="the period before").headline
    assert "Rising rose most, up $25.00" in usual.headline


def test_where_all_rose_none_is_said_to_fall(context: ToolContext) -> None:
    asked = {"by": "store", "like_for_like": True, "period": "2 March 2026", "compare_to": "23 February 2026"}
    found = run(context, **asked, metrics=["net_sales"], rank_by="change", order="bottom")
    assert "rose least, up $35.00" in found.headline
    back = {**asked, "period": "23 February 2026", "compare_to": "2 March 2026"}
    found = run(context, **back, metrics=["net_sales"], rank_by="change")
    assert "fell least, down $35.00" in found.headline


def test_a_group_of_one_side_only_counts_as_nothing_on_the_other(context: ToolContext) -> None:
    asked = {"by": "department", "period": SPRING, "compare_to": "23 February 2026", "metrics": ["net_sales"]}
    found = run(context, **asked, rank_by="change")
    fuel = next(figure for figure in found.figures if figure.group.get("department") == "Fuel")
    assert fuel.compared_to is not None
    assert (fuel.value, fuel.compared_to.value, fuel.compared_to.change_pct) == ("30.00", "0.00", None)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"by": "moon"}, BadArgumentError, "Nothing can be split by “moon”"),
        ({"by": "brand", "metrics": ["visitors"]}, BadArgumentError, "counted at the door"),
        ({"by": "tender", "metrics": ["average_transaction_value"]}, BadArgumentError, "cannot be had by tender"),
        ({"by": "brand", "metrics": ["void_rate"]}, BadArgumentError, "belongs to whole sales"),
        ({"where": [{"values": ["unobtainium"]}]}, BadArgumentError, "no department, category, brand or product"),
        ({"where": [{"values": ["week 3"], "dimension": "week"}]}, BadArgumentError, "with the period"),
        ({"where": [{"values": ["R"], "dimension": "register"}]}, ClarifyError, "R1"),
        ({"by": "store", "stores": "Nowhere"}, BadArgumentError, "not among them"),
        ({"by": "brand", "period": "next week"}, NoDataError, "future"),
        ({"by": "age_band"}, NoDataError, "No age band is recorded"),
        ({"by": "store", "like_for_like": True, "compare_to": "the week before"}, NoDataError, "like-for-like"),
    ],
)
def test_what_cannot_be_answered_is_said(
    context: ToolContext, arguments: dict[str, Any], error: type[ToolError], words: str
) -> None:
    with pytest.raises(error, match=words):
        run(context, **arguments)


@pytest.mark.parametrize("wrong", [{}, {"running": True}, {"metrics": ["visitors"]}, {"department": "Toys"}])
def test_that_nothing_sold_at_all_is_said_before_anything_else(context: ToolContext, wrong: dict[str, Any]) -> None:
    with pytest.raises(NoDataError, match="There are no sales for"):
        run(context, by=["brand"], period="26 February 2026", **wrong)


def test_colleagues_are_only_shown_to_those_who_manage_them(context: ToolContext) -> None:
    found = by_group(run(context, by="employee", stores="S01"), "net_sales")
    assert found == {"": "59.00", "Ben Birch / E2": "35.00", "Ada Alder / E1": "24.00"}
    for role in (Role.STAFF, Role.ANALYST):
        with pytest.raises(NotAllowedError):
            run(replace(context, scope=Scope("U", role, ("S01",))), by="employee")


def test_no_store_outside_the_scope_is_in_any_figure(context: ToolContext) -> None:
    own = replace(context, scope=Scope("U", Role.STORE_MANAGER, ("S02",)))
    for by in ("brand", "register", "tender", "channel", "promotion", "weather"):
        try:
            found = run(own, by=by)
        except NoDataError:
            continue
        assert found.figures[0].value in ("10.00", "35.00"), by
        assert {store for figure in found.figures for store in figure.stores} == {"S02"}
    with pytest.raises(NotAllowedError):
        run(own, by="brand", stores="Market Street")
    with pytest.raises(NotAllowedError):
        run(own, by="brand", where=[{"dimension": "store", "values": ["Market Street"]}])


def test_names_too_long_to_read_on_are_counted() -> None:
    names = tuple(f"Gasoline, regular unleaded (fuel), store brand #{number}" for number in range(5))
    assert Where(only=names).label == f" (only {names[0]} and 4 more)"
    assert (
        Where(only=("Monday", "Tuesday"), without=names[:1]).label == f" (only Monday and Tuesday, without {names[0]})"
    )


def test_a_figure_per_transaction_split_by_goods_says_that_it_is_of_those_goods_alone(context: ToolContext) -> None:
    found = run(context, by="brand", metrics=["average_transaction_value"])
    assert by_group(found, "average_transaction_value")["Fizz"] == "10.00"  # 20.00 in two transactions
    assert found.headline.startswith("Spend on these goods per transaction with them by brand")
    assert found.table is not None
    assert [column.name for column in found.table.columns][-1] == "Spend on these goods per transaction with them"
    assert any("and not the whole basket" in caveat for caveat in found.caveats)
    offered = run(
        context, where=[{"dimension": "promotion", "values": ["on promotion"]}], metrics=["average_transaction_value"]
    )
    assert offered.headline.startswith("Spend on these goods per transaction with them (only goods on promotion)")
    picked = run(context, department="Grocery", metrics=["units per transaction"])
    assert picked.headline.startswith("Units of these goods per transaction with them")


@pytest.mark.parametrize(
    "of", [{"by": "store"}, {"where": [{"dimension": "department", "values": ["Fuel"], "exclude": True}]}]
)
def test_whole_baskets_keep_their_name(context: ToolContext, of: dict[str, Any]) -> None:
    found = run(context, metrics=["average_transaction_value"], **of)
    assert found.headline.startswith("Average transaction value")
    assert not any("whole basket" in caveat for caveat in found.caveats)
