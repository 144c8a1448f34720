"""Figures of single households of the loaded sample, against plain SQL over the base tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.asked_sample import NET, asked_sample, shown, truth
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

LINES = (
    "FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id WHERE NOT COALESCE(s.voided, FALSE)"
    " AND s.customer_key IS NOT NULL AND s.business_on BETWEEN DATE '2026-01-26' AND DATE '2026-11-22'"
)
"""All lines of the whole weeks up to the sample's own day."""
WEEK = "DATE_TRUNC('week', s.business_on)"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_median_spend_of_a_week_by_household_size(context: ToolContext) -> None:
    sql = (
        f"SELECT c.household_size, MEDIAN(w.net) FROM (SELECT s.customer_key, {WEEK}, SUM({NET}) AS net {LINES}"
        " GROUP BY 1, 2) w JOIN customer c ON c.customer_key = w.customer_key WHERE c.household_size IS NOT NULL"
        " GROUP BY 1"
    )
    expected = {size: f"{float(net) / 100:.2f}" for size, net in truth(context, sql)}
    found = run_tool("household_figures", {"span": "week", "by": "household_size", "tell": "median"}, context)
    told = shown(found, "median_spend_per_household_week", "household_size")
    assert {size: told[size] for size in expected} == expected


def test_different_products_a_household_buys_in_a_week(context: ToolContext) -> None:
    sql = f"SELECT s.customer_key, {WEEK}, COUNT(DISTINCT l.variant_id) AS n {LINES} GROUP BY 1, 2"
    mean, middle = truth(context, f"SELECT AVG(n), MEDIAN(n) FROM ({sql})")[0]
    found = run_tool("household_figures", {"figure": "products", "span": "week"}, context)
    assert shown(found, "mean_products_per_household_week", "")[""] == f"{mean:.2f}"
    assert shown(found, "median_products_per_household_week", "")[""] == f"{middle:.2f}"


def test_households_of_a_thousand_dollars_and_how_many_are_described(context: ToolContext) -> None:
    spent = f"SELECT s.customer_key, SUM({NET}) AS net {LINES} GROUP BY 1 HAVING SUM({NET}) >= 100000"
    described = "COUNT(*) FILTER (c.age_band IS NOT NULL)"
    number, known = truth(
        context,
        f"SELECT COUNT(*), {described} FROM ({spent}) h LEFT JOIN customer c ON c.customer_key = h.customer_key",
    )[0]
    asked = {"at_least": "1000", "period": "from 26 January 2026 to 22 November 2026"}
    found = run_tool("household_figures", asked, context)
    assert found.headline.startswith(f"{number:,} (")
    assert f"Demographic data is recorded of {known:,} of them" in found.text


def test_visits_and_spend_rise_together(context: ToolContext) -> None:
    sql = f"SELECT CORR(net, visits) FROM (SELECT SUM({NET}) AS net, COUNT(DISTINCT s.sale_id) AS visits {LINES}"
    r = truth(context, f"{sql} GROUP BY s.customer_key)")[0][0]
    found = run_tool("household_correlation", {"period": "from 26 January 2026 to 22 November 2026"}, context)
    assert shown(found, "pearson_correlation", "against")["visits"] == f"{r:.2f}"


def test_stores_and_weeks_of_a_household(context: ToolContext) -> None:
    different = f"COUNT(DISTINCT s.store_id) AS stores, COUNT(DISTINCT {WEEK}) AS weeks"
    each = f"SELECT s.customer_key, {different} {LINES} GROUP BY 1"
    stores, weeks, often = truth(
        context, f"SELECT AVG(stores), MEDIAN(weeks), COUNT(*) FILTER (weeks >= 20) FROM ({each})"
    )[0]
    period = "from 26 January 2026 to 22 November 2026"
    found = run_tool("household_figures", {"figure": "stores", "period": period}, context)
    assert shown(found, "mean_stores_per_household", "")[""] == f"{stores:.2f}"
    found = run_tool("household_figures", {"figure": "weeks", "period": period}, context)
    assert shown(found, "median_weeks_per_household", "")[""] == f"{weeks:.2f}"
    found = run_tool("household_figures", {"figure": "weeks", "at_least": "20", "period": period}, context)
    assert found.headline.startswith(f"{often:,} (")
