"""Kinds of goods over the sample: what “dairy”, “milk” and “bananas” mean, against plain SQL over names and shelves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from tests.support.shared_sample import copy_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, ClarifyError
from tools.kinds import family_of, kind_of, names_a_family
from tools.part import part_of
from tools.registry import run_tool
from tools.result import ToolResult
from tools.stores import resolve_stores

pytestmark = pytest.mark.slow

STORES = ("S01", "S02", "S03", "S04", "S05")
OCTOBER = "l.business_on BETWEEN '2026-10-01' AND '2026-10-31'"
LINES = """sale_line l JOIN sale s USING (sale_id) JOIN variant v USING (variant_id)
JOIN product p ON p.product_id = v.product_id JOIN shelf h ON h.product_id = p.product_id"""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder: Path = tmp_path_factory.mktemp("sample")
    copy_sample(folder)
    mirror = open_mirror(folder / "mirror.duckdb", read_only=True)
    clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    yield ToolContext(Scope("U_OWNER", Role.OWNER, STORES), mirror.reader, clock)
    mirror.close()


def truth(context: ToolContext, what: str, where: str) -> str:
    value = context.mirror.query(f"SELECT {what} FROM {LINES} WHERE {OCTOBER} AND {where}").rows[0][0]
    return str(Decimal(value))


def figure(result: ToolResult, metric: str, **group: str) -> str:
    return next(
        one.value or "" for one in result.figures
        if one.metric == metric and all(one.group.get(key) == value for key, value in group.items())
    )  # fmt: skip


def ask(context: ToolContext, tool: str, **arguments: Any) -> ToolResult:
    return run_tool(tool, {"period": "October", **arguments}, context)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("milk", "h.category = 'Fluid milk products'"),
        ("beer", "h.category = 'Beers/ales'"),
        ("soda", "h.category = 'Soft drinks'"),
        ("gas", "h.department = 'Fuel'"),
        ("bakery", "h.department = 'Pastry'"),
        ("cheese", "h.category IN ('Cheese', 'Cheeses')"),
        (
            "frozen",
            "(REGEXP_MATCHES(LOWER(h.category), '\\bfrozen\\b|\\bice cream') OR h.department = 'Frozen Grocery')",
        ),
        ("store brand milk", "h.category = 'Fluid milk products' AND p.private_label"),
        ("private label cheese", "h.category IN ('Cheese', 'Cheeses') AND p.private_label"),
        ("national brand soda", "h.category = 'Soft drinks' AND NOT p.private_label"),
        ("bananas", "REGEXP_MATCHES(LOWER(p.name), '\\bbananas?\\b')"),
    ],
)
def test_sales_of_a_kind_are_those_of_its_shelves_or_names(context: ToolContext, said: str, where: str) -> None:
    cents = truth(context, "SUM(l.net_minor)", where)
    for tool in ("sales_summary", "sales_breakdown"):
        got = figure(ask(context, tool, product=said, metrics=["net_sales"]), "net_sales")
        assert Decimal(got) * 100 == Decimal(cents), tool


def test_the_answer_says_what_a_kind_was_taken_for(context: ToolContext) -> None:
    assert "“milk” (Fluid milk products)" in ask(context, "sales_summary", product="milk").headline
    assert "“bananas” (17 products)" in ask(context, "sales_summary", product="bananas").headline
    assert "categories: " in ask(context, "top_products", department="dairy").headline


def test_a_department_of_that_very_name_goes_before_a_kind(context: ToolContext) -> None:
    assert family_of("Deli", context) is None
    part = part_of("Frozen (Nutrition)", None, resolve_stores("all", context), context)
    assert part is not None
    assert part.label == "Frozen (Nutrition)"


def test_words_inside_other_words_are_no_kind(context: ToolContext) -> None:
    stores = resolve_stores("all", context)
    assert [kind_of(word, stores, context) for word in ("often", "brings", "12345", "")] == [None] * 4
    with pytest.raises((BadArgumentError, ClarifyError)):
        ask(context, "sales_summary", product="brings")


def test_a_family_is_known_by_its_words() -> None:
    assert names_a_family("Dairy products")
    assert names_a_family("wines")
    assert not names_a_family("rotisserie chicken")


def test_both_in_basket_counts_baskets_and_customers_once(context: ToolContext) -> None:
    result = ask(context, "both_in_basket", product="milk", with_product="eggs")
    held = f"""(SELECT l.sale_id FROM {LINES} WHERE {OCTOBER} GROUP BY l.sale_id
HAVING MAX(CASE WHEN h.category = 'Fluid milk products' THEN 1 ELSE 0 END) = 1
AND MAX(CASE WHEN h.category = 'Eggs' THEN 1 ELSE 0 END) = 1)"""
    baskets, people = context.mirror.query(
        f"SELECT COUNT(*), COUNT(DISTINCT s.customer_key) FROM sale s JOIN {held} b USING (sale_id)"
    ).rows[0]
    assert (figure(result, "transactions"), figure(result, "customers")) == (str(baskets), str(people))
    with pytest.raises(BadArgumentError, match="two different"):
        ask(context, "both_in_basket", product="milk", with_product="Milk")


def test_customer_visits_are_those_of_the_documents(context: ToolContext) -> None:
    customers, visits, spend = context.mirror.query(
        "SELECT COUNT(DISTINCT customer_key), ROUND(COUNT(*) * 1.0 / COUNT(DISTINCT customer_key), 2),"
        " ROUND(SUM(net_minor) / 100.0 / COUNT(DISTINCT customer_key), 2) FROM sale"
        " WHERE business_on BETWEEN '2026-10-01' AND '2026-10-31'"
    ).rows[0]
    result = ask(context, "customer_visits")
    got = [figure(result, name) for name in ("customers", "visits_per_customer", "spend_per_customer")]
    assert [Decimal(one) for one in got] == [customers, Decimal(str(visits)), Decimal(str(spend))]


def test_buyers_of_goods_are_a_share_of_all_known_customers(context: ToolContext) -> None:
    result = ask(context, "customer_visits", department="Produce")
    buyers = truth(context, "COUNT(DISTINCT s.customer_key)", "h.department = 'Produce'")
    assert figure(result, "customers") == buyers
    everybody = context.mirror.query(
        "SELECT COUNT(DISTINCT customer_key) FROM sale WHERE business_on BETWEEN '2026-10-01' AND '2026-10-31'"
    ).rows[0][0]
    assert Decimal(figure(result, "customer_share")) == round(Decimal(buyers) * 100 / Decimal(everybody), 1)


@pytest.mark.parametrize(("by", "value"), [("income_band", "50-74K"), ("marital_status", "Married"), ("kids", "2")])
def test_spend_by_kind_of_household(context: ToolContext, by: str, value: str) -> None:
    column = by if by != "marital_status" else "attributes ->> 'marital_status'"
    number, spend = context.mirror.query(
        "SELECT COUNT(DISTINCT s.customer_key), ROUND(SUM(s.net_minor) / 100.0 / COUNT(DISTINCT s.customer_key), 2)"
        f" FROM sale s JOIN customer c USING (customer_key) WHERE (c.{column}) = '{value}'"
        " AND s.business_on BETWEEN '2026-10-01' AND '2026-10-31'"
    ).rows[0]
    result = ask(context, "customer_visits", by=by)
    assert figure(result, "customers", **{by: value}) == str(number)
    assert Decimal(figure(result, "spend_per_customer", **{by: value})) == Decimal(str(spend))


def test_the_best_whole_month_is_no_month_of_a_few_days(context: ToolContext) -> None:
    text = run_tool("sales_summary", {"period": "all time", "by": "month", "metrics": ["transactions"]}, context).text
    assert "of the whole months" in text
    assert not {"2026-01", "2026-11"} & set(text.split())


def test_weekdays_are_held_against_each_other_per_day(context: ToolContext) -> None:
    text = run_tool("sales_summary", {"period": "Q3", "by": "weekday", "metrics": ["net_sales"]}, context).text
    assert "Highest per day: Sunday" in text


def test_the_top_part_of_the_customers_is_the_one_asked_for(context: ToolContext) -> None:
    result = run_tool("top_customers", {"by_share": True, "top_percent": 20}, context)
    assert result.headline.startswith("The top 20 % of customers (490 of 2,452)")


def test_the_group_asked_about_is_said_wherever_it_stands(context: ToolContext) -> None:
    result = ask(context, "sales_breakdown", by="department", share=True, mention="Floral")
    assert "Floral: $" in result.text
    assert ", place " in result.text


def test_hours_are_those_of_the_week_and_not_of_today(context: ToolContext) -> None:
    assert "Open Mon–Sun 06:00–23:59." in run_tool("list_stores", {}, context).text


def test_the_quietest_hour_lies_within_opening_hours(context: ToolContext) -> None:
    assert run_tool("peak_times", {"quietest": True}, context).headline.startswith("Quietest hour while open")


def test_a_type_of_campaign_is_named_in_the_rate(context: ToolContext) -> None:
    said = run_tool("coupon_redemption", {"campaign": "Type A"}, context).headline
    assert "at least one Type A campaign" in said
