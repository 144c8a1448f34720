"""Each store has one planted truth; the explanation must find it, whole, and say what stood beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.tools.why.planted import STORES, Planted
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

METRICS = (
    "net_sales",
    "gross_margin",
    "gross_margin_pct",
    "transactions",
    "average_transaction_value",
    "units",
    "conversion",
)


ANSWERED: dict[tuple[int, str], ToolResult] = {}
"""The world does not change, so a question that several tests ask is answered once."""


def explain(planted: Planted, store: str | None = None, **arguments: Any) -> ToolResult:
    asked = {"period": "last week", **({"stores": STORES[store]} if store else {}), **arguments}
    key = (id(planted), str(sorted(asked.items())))
    if key not in ANSWERED:
        ANSWERED[key] = run_tool("explain_change", asked, planted.context())
    return ANSWERED[key]


def parts(result: ToolResult) -> dict[str, Decimal]:
    return {
        figure.group["part"]: Decimal(figure.value or 0) for figure in result.figures if "effect_of" in figure.metric
    }


def moved(result: ToolResult) -> dict[str, Decimal]:
    return {name: value for name, value in parts(result).items() if value}


def total(result: ToolResult) -> Decimal:
    return next(Decimal(one.value or 0) for one in result.figures if one.metric.endswith(".change") and not one.group)


@pytest.mark.parametrize(
    ("store", "metric", "truth"),
    [
        ("A", "net_sales", {"traffic": "-91.00"}),
        ("A", "transactions", {"traffic": "-14"}),
        ("A", "units", {"traffic": "-42"}),
        ("A", "gross_margin", {"volume": "-25.20", "unpieced": "-4.20"}),
        ("B", "net_sales", {"price": "28.00"}),
        ("B", "gross_margin", {"price": "28.00"}),
        ("B", "average_transaction_value", {"price": "0.40"}),
        ("C", "net_sales", {"mix": "140.00"}),
        ("D", "net_sales", {"units_per_transaction": "-108.00", "mix": "48.00"}),
        ("E", "net_sales", {"conversion": "-32.50"}),
        ("F", "net_sales", {}),
        ("F", "gross_margin", {"cost": "-21.00"}),
        ("F", "gross_margin_pct", {"cost": "-4.62"}),
        ("G", "net_sales", {"price": "-14.00"}),
        ("G", "gross_margin", {"discount": "-14.00"}),
        ("H", "net_sales", {}),
        ("J", "net_sales", {"transactions": "-65.00"}),
        ("J", "gross_margin", {"volume": "-10.00", "unpieced": "-3.00", "unknown_cost": "-56.00"}),
        ("K", "units", {"units_per_transaction": "-14"}),
    ],
)
def test_the_truth_is_the_part(planted: Planted, store: str, metric: str, truth: dict[str, str]) -> None:
    assert moved(explain(planted, store, metric=metric)) == {name: Decimal(value) for name, value in truth.items()}


@pytest.mark.parametrize("metric", METRICS)
def test_parts_and_splits_of_the_whole_chain_add_up_to_the_change(planted: Planted, metric: str) -> None:
    result = explain(planted, metric=metric)
    first = result.figures[0]
    assert first.compared_to is not None
    assert Decimal(first.value or 0) - Decimal(first.compared_to.value) == total(result) != 0
    assert sum(parts(result).values()) == total(result)
    splits: dict[str, Decimal] = {}
    for figure in result.figures:
        if figure.metric.endswith(".change") and figure.group:
            by = figure.group.get("split") or next(key for key in figure.group if key != "name")
            splits[by] = splits.get(by, Decimal(0)) + Decimal(figure.value or 0)
    assert {"hour", "store"} <= set(splits)
    assert set(splits.values()) == {total(result)}


@pytest.mark.parametrize("metric", METRICS)
def test_the_value_is_that_of_the_summary(planted: Planted, metric: str) -> None:
    asked = {"period": "last week", "stores": "Glen Park", "metrics": [metric]}
    summary = run_tool("sales_summary", asked, planted.context()).figures[0]
    shown = Decimal(explain(planted, "G", metric=metric).figures[0].value or 0)
    assert shown.quantize(Decimal(summary.value or 0)) == Decimal(summary.value or 0)


def test_a_store_that_has_just_opened_is_a_part_of_its_own(planted: Planted) -> None:
    result = explain(planted, by="store")
    assert parts(result)["stores_on_one_side"] == Decimal("455.00")
    assert "Fact: Iris Mews has sales only now" in result.text
    by_store = {one.group["store"]: one.value for one in result.figures if "store" in one.group}
    assert by_store["I"] == "455.00"
    assert by_store["A"] == "-91.00"


def test_of_a_drop_that_was_none_the_groups_that_fell_are_named(planted: Planted) -> None:
    result = explain(planted, by="store", claim="down")
    assert result.headline.startswith("Not down but up: ")
    effects = {str(one.group["store"]): Decimal(one.value or 0) for one in result.figures if one.group.get("store")}
    fell = sorted((value, STORES[key]) for key, value in effects.items() if value < 0)[:3]
    told = result.text.partition("Fell most all the same: store ")[2].split("\n")[0]
    assert all(f"{name} -${-value:,.2f}" in told for value, name in fell)
    rose = explain(planted, by="store").text.partition("Biggest moves the same way: store ")[2].split("\n")[0]
    assert "Iris Mews +$455.00" in rose


def test_the_headline_names_the_change_and_its_biggest_part(planted: Planted) -> None:
    result = explain(planted, "A")
    assert result.headline == (
        "Net sales last week (16–22 Nov 2026), Ash Lane: $364.00, down 20.0 % (-$91.00) on $455.00 (9–15 Nov 2026, the "
        "week before), outside normal noise; the biggest part is fewer visitors -$91.00."
    )
    assert result.text.startswith(result.headline)
    assert result.table is not None
    assert result.table.rows[0] == ("Traffic", "280", "224", "-91.00")
    assert result.provenance.sql


def test_what_a_question_takes_for_granted_is_said_where_it_is_not_so(planted: Planted) -> None:
    fell = explain(planted, "A").headline
    assert ", down " in fell
    percent = float(fell.split(", down ")[1].split(" %")[0])
    assert explain(planted, "A", claim="up").headline == f"Not up but down: {fell}"
    assert explain(planted, "A", claim="down").headline == fell
    assert explain(planted, "A", claim="down", claim_percent=percent + 0.4).headline == fell
    assert explain(planted, "A", claim="down", claim_percent=90).headline == f"Down {percent} %, not 90 %: {fell}"
    assert explain(planted, "H", claim="up").headline.startswith("Not up but unchanged: ")
    points = explain(planted, "F", metric="gross_margin_pct", claim="down", claim_percent=90)
    assert points.headline == explain(planted, "F", metric="gross_margin_pct").headline


def test_a_silent_fast_seller_is_named_with_its_days_and_its_stock(planted: Planted) -> None:
    text = explain(planted, "D").text
    assert "Fact: Apples sold nothing at Dale Road on 20–22 Nov 2026 (3 days), after 20.0 a day" in text
    assert "about $60.00 in that time" in text
    assert "The latest recorded stock is 0." in text
    assert "Apples sold nothing" not in explain(planted, "A").text


def test_a_store_that_closed_early_is_named(planted: Planted) -> None:
    text = explain(planted, "E", period="yesterday").text
    said = "Fact: The last sale of Elm Street on Sun 22 Nov was in the hour from 13:00; on 8 same weekdays before"
    assert said in text
    assert "last sale" not in explain(planted, "B").text


def test_a_day_without_sales_is_a_gap_in_the_data_and_no_stock_out(planted: Planted) -> None:
    text = explain(planted, "J").text
    assert "Fact: No sales are recorded on June Way 1 day of 7." in text
    assert "sold nothing" not in text


def test_staff_weather_and_events_are_coincidences(planted: Planted) -> None:
    text = explain(planted, "J", metric="gross_margin").text
    assert "Coincidence: Labour hours were 28.0 against 56.0, 50.0 % fewer" in text
    assert "Coincidence: Local event “Street fair” in this period only." in text
    assert "Coincidence: Holiday “Founders Day” in the period compared with only." in text
    assert "because" not in text.lower()
    day = explain(planted, "J", period="Friday", metric="gross_margin").text
    assert "Coincidence: More rain: 5.0 mm a day against 0.0; too few earlier cases (0)" in day


def test_promotions_that_began_and_ended_are_named_with_what_their_products_did(planted: Planted) -> None:
    text = explain(planted, "C").text
    assert "Fact: Net sales of 1 product promoted only now changed by -$70.00." in text
    assert "promoted only before" not in text


def test_missing_visitors_are_said_and_not_counted_as_conversion(planted: Planted) -> None:
    hill = explain(planted, "H")
    assert "Visitors were not counted on Hill Top Wed 18 Nov" in hill.text
    assert hill.table is not None
    assert ("Traffic", "240", "240", "0.00") in hill.table.rows
    kite = explain(planted, "K")
    assert "traffic" not in parts(kite)
    assert any(caveat.startswith("Visitors are not known for the same hours") for caveat in kite.caveats)
    nothing = explain(planted, "K", metric="conversion")
    assert "Visitors were not counted" in nothing.text.replace("visitors", "Visitors")
    assert nothing.figures == ()


def test_refund_documents_are_not_in_the_average_transaction(planted: Planted) -> None:
    result = explain(planted, "K", metric="average_transaction_value")
    assert total(result) == 0
    assert sum(parts(result).values()) == 0
    assert parts(result)["returned"] > 0


def test_who_rang_it_up_adds_up_and_voids_do_not_count(planted: Planted) -> None:
    result = explain(planted, "J", by="employee")
    people = {one.group["employee_id"]: one.value for one in result.figures if "employee_id" in one.group}
    assert people == {"E1": "-227.50", "E2": "162.50"}


def test_staff_see_no_colleagues(planted: Planted) -> None:
    context = planted.context("J", role=Role.STAFF)
    result = run_tool("explain_change", {"period": "last week"}, context)
    assert not any("employee_id" in one.group for one in result.figures)
    assert "Ann Early" not in str(result.to_json())


def test_a_department_is_explained_by_its_own_units_and_prices(planted: Planted) -> None:
    result = explain(planted, "B", department="Fresh")
    assert moved(result) == {"price": Decimal("28.00")}
    fewer = explain(planted, "A", department="Fresh")
    assert moved(fewer) == {"traffic": Decimal("-28.00")}
    product = explain(planted, "C", product="Apples")
    assert moved(product) == {"units_per_transaction": Decimal("-70.00")}
    with pytest.raises(BadArgumentError, match="only known for whole stores"):
        explain(planted, "B", department="Fresh", metric="transactions")


def test_whether_it_is_normal_is_said_with_its_number_of_cases(planted: Planted) -> None:
    assert "within normal noise" in explain(planted, "F").text
    assert "outside normal noise" in explain(planted, "A").text
    assert "n = 9" in explain(planted, "A").text
    month = explain(planted, "A", period="October").text
    assert "cannot be told: only 0 earlier changes" in month


def test_the_norm_of_four_weeks_is_a_side_of_its_own(planted: Planted) -> None:
    result = explain(planted, "A", compare_to="usual")
    assert moved(result) == {"traffic": Decimal("-91.00")}
    assert "the mean of the same days in the 4 weeks before" in result.headline


def test_a_missed_target_is_split_into_the_change_and_where_the_period_before_stood(planted: Planted) -> None:
    result = explain(planted, "A", target=True)
    assert result.headline.startswith("Ash Lane missed the net sales target of $500.00")
    gap = {one.metric: Decimal(one.value or 0) for one in result.figures if "gap_to_target" in one.metric}
    assert gap["net_sales.gap_to_target"] == Decimal("-136.00")
    assert gap["net_sales.gap_to_target.effect_of_change"] == Decimal("-91.00")
    assert gap["net_sales.gap_to_target.effect_of_period_before"] == Decimal("-45.00")


def test_a_target_of_a_month_counts_by_its_days_and_a_store_without_one_is_left_out(planted: Planted) -> None:
    result = explain(planted, None, stores="Ash Lane and Birch Lane and Dale Road", target=True)
    assert "target of $850.00" in result.headline
    assert any("covers other days" in caveat for caveat in result.caveats)
    assert result.figures[0].stores == ("A", "B")
    # Cedar Lane has a target for three days of the week only, which is none for the week.
    assert explain(planted, "C", target=True).headline.startswith("No net sales target is recorded for Cedar Lane")


def test_the_weakest_stores_are_ranked_by_their_own_change(planted: Planted) -> None:
    result = run_tool("underperforming_stores", {}, planted.context())
    assert result.table is not None
    assert [row[0] for row in result.table.rows][:4] == ["Ash Lane", "June Way", "Dale Road", "Elm Street"]
    # Ten weeks of 455.00 each: its own norm for these weekdays is that, too.
    assert result.table.rows[0] == ("Ash Lane", "364.00", "455.00", "-20.0", "below", "-136.00", "-20.0")
    assert "-20.0 % against its own norm of $455.00 for these weekdays" in result.text
    assert "below what such days usually bring (eight weeks before): Ash Lane" in result.headline
    assert "Ash Lane: fewer visitors -$91.00" in result.text
    assert "Apples sold nothing at Dale Road" in result.text
    assert "Elm Street:" not in result.text
    for store in "ADJ":
        own = [one for one in result.figures if one.stores == (store,)]
        held = own[0].compared_to
        assert held is not None
        effects = [Decimal(one.value or 0) for one in own if "effect_of" in one.metric]
        assert sum(effects) == Decimal(held.change)
    assert any("Iris Mews" in caveat for caveat in result.caveats)


def test_a_store_that_sold_less_a_day_is_weak_though_its_days_are_more(planted: Planted) -> None:
    asked = {"period": "16 to 22 November 2026", "compare_to": "10 to 15 November 2026", "stores": "Ash Lane"}
    result = run_tool("underperforming_stores", asked, planted.context())
    # 364.00 on seven days against 390.00 on six: 52.00 a day after 65.00.
    assert "-6.7 %, -$26.00, per day down 20.0 %: 7 against 6 days" in result.headline
    held = result.figures[0].compared_to
    assert held is not None
    assert held.per_day is not None
    assert held.per_day.change_pct == "-20.0"


@pytest.mark.parametrize(
    "asked", [{}, {"period": "16 to 22 November 2026", "compare_to": "10 to 15 November 2026"}, {"compare_to": "norm"}]
)
def test_of_more_stores_than_are_looked_at_the_weakest_of_all_are_told(
    planted: Planted, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
) -> None:
    every = run_tool("underperforming_stores", asked, planted.context())
    monkeypatch.setattr("tools.why.underperforming_stores.MOST_STORES", 5)
    monkeypatch.setattr("tools.why.underperforming_stores.WEAKEST", 4)
    few = run_tool("underperforming_stores", asked, planted.context())
    assert every.table is not None
    assert few.table is not None
    assert few.table.rows == every.table.rows[:4]
    assert few.text.split("\n")[1:] == every.text.split("\n")[1:]
    fell = sum(Decimal(str(row[3])) < 0 for row in every.table.rows)
    if len(asked) != 2:
        assert f"Of 10 stores last week (16–22 Nov 2026), {fell} sold less than in the period compared" in few.headline
        assert "; of these below what such days usually bring (eight weeks before): Ash Lane" in few.headline
        assert ("; of the 4 weakest Ash Lane" in few.headline) == (not asked)
    assert any("4 weakest of 10 stores" in caveat for caveat in few.caveats)


def test_an_overview_of_the_same_week_names_the_same_norm(planted: Planted) -> None:
    weak = run_tool("underperforming_stores", {"period": "last week"}, planted.context())
    overview = run_tool("business_overview", {"period": "last week"}, planted.context())
    index = {one.stores[0]: Decimal(one.value or 0) for one in overview.figures if one.metric == "own_norm_index"}
    assert weak.table is not None
    against = {str(row[0]): Decimal(str(row[-1])) for row in weak.table.rows}
    assert against
    assert {STORES[key]: value - 100 for key, value in index.items() if STORES[key] in against} == against


def test_no_store_is_called_weak_when_none_fell(planted: Planted) -> None:
    result = run_tool("underperforming_stores", {"stores": "Birch Lane and Cedar Lane"}, planted.context())
    assert result.headline.startswith("No store sold less last week")


@pytest.mark.parametrize("tool", ["explain_change", "underperforming_stores"])
def test_nobody_is_told_about_a_store_outside_the_scope(planted: Planted, tool: str) -> None:
    own = planted.context("B", role=Role.STORE_MANAGER)
    with pytest.raises(NotAllowedError):
        run_tool(tool, {"period": "last week", "stores": "Ash Lane"}, own)
    result = run_tool(tool, {"period": "last week"}, own)
    assert result.provenance.stores == ("B",)
    assert not {store for one in result.figures for store in one.stores} - {"B"}
    bound = [value for params in result.provenance.params for name, value in params.items() if name.startswith("store")]
    assert set(bound) == {"B"}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"stores": "Nowhere Hill"}, BadArgumentError),
        ({"period": "next week"}, NoDataError),
        ({"period": "the blue one"}, BadArgumentError),
        ({"period": "2024"}, NoDataError),
        ({"period": "last week", "compare_to": "last year"}, NoDataError),
        ({"metric": "happiness"}, BadArgumentError),
        ({"metric": "gross_margin", "by": "employee"}, BadArgumentError),
        ({"department": "Garden"}, BadArgumentError),
        ({"department": "Fresh", "product": "Apples"}, BadArgumentError),
        ({"user": "U_OWNER"}, BadArgumentError),
    ],
)
def test_bad_input_gets_a_sentence(planted: Planted, arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        run_tool("explain_change", arguments, planted.context())


def test_today_so_far_is_held_against_the_same_hours(planted: Planted) -> None:
    """Sunday at 14:00: the store that will close early has lost nothing yet but one hour's trade."""
    context = planted.context("E", "A", now=datetime(2026, 11, 22, 20, 0, tzinfo=UTC))
    result = run_tool("explain_change", {"period": "today", "stores": "Elm Street"}, context)
    assert "until 15:00" in result.headline
    assert total(result) == sum(parts(result).values()) == Decimal("-6.50")
    assert any("units, prices and mix need whole days" in caveat for caveat in result.caveats)
    with pytest.raises(BadArgumentError, match="whole days"):
        run_tool("explain_change", {"period": "today", "stores": "Elm Street", "metric": "gross_margin"}, context)


@pytest.mark.parametrize("more", [{"department": "Fresh"}, {"stores": "all stores"}])
def test_hours_of_one_day_are_no_fact_of_goods_nor_of_the_whole_chain(planted: Planted, more: dict[str, str]) -> None:
    assert "The last sale of Elm Street" in explain(planted, "E").text
    result = explain(planted, None if "stores" in more else "E", **more)
    assert "The last sale of Elm Street" not in result.text
