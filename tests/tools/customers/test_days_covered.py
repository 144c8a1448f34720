"""Where the data begins within the period, what is said names the days it covers, and nobody is called new in it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.tools.customers.conftest import FIRST, LAST, People
from tools.registry import run_tool
from tools.wording import span

COVERED = span(FIRST, LAST)


@pytest.mark.parametrize("tool", ["customers_at_risk", "top_customers", "customer_segments", "customer_visits"])
def test_the_headline_names_the_days_covered(people: People, tool: str) -> None:
    result = run_tool(tool, {"period": "the last 52 weeks"}, people.asker())
    assert f"{COVERED} (all that is known of the last 52 weeks)" in result.headline
    assert "2025" not in result.headline
    assert {(one.start_on, one.end_on) for one in result.figures} == {(FIRST, LAST)}
    whole = run_tool(tool, {"period": "the last 8 weeks"}, people.asker())
    assert "all that is known" not in whole.headline


def test_rows_of_customers_at_risk_add_up_to_the_headline(people: People) -> None:
    result = run_tool("customers_at_risk", {}, people.asker())
    assert result.table is not None
    found = {one.metric: one.value for one in result.figures}
    rows = [[Decimal(str(cell)) for cell in (row[1], row[2], row[5])] for row in result.table.rows]
    assert sum(row[0] for row in rows) == int(found["customers_with_habit"] or 0)
    assert sum(row[1] for row in rows) == int(found["customers_overdue"] or 0) == 14
    assert abs(sum(row[2] for row in rows) - Decimal(found["net_sales_at_risk_per_28_days"] or 0)) < 1
    assert all(row[1] == 0 or row[1] >= 5 for row in rows)


def test_who_is_new_is_not_told_where_the_period_begins_with_the_data(people: People) -> None:
    result = run_tool("new_and_returning", {"period": "this year"}, people.asker())
    visits: dict[str, int] = {}
    for one in people.known():
        visits[one.key or ""] = visits.get(one.key or "", 0) + (one.kind == "sale")
    again = sum(count > 1 for count in visits.values())
    share = f"{Decimal(again * 100) / len(visits):.1f}"
    assert f"{share} % of {len(visits)} identified customers bought more than once" in result.headline
    assert "Who is new cannot be told" in result.headline
    assert "were new" not in result.text
    assert "0 days of history" not in " ".join(result.caveats)
    later = run_tool("new_and_returning", {"period": f"from {LAST - timedelta(days=27)} to {LAST}"}, people.asker())
    assert "were new" in later.headline
