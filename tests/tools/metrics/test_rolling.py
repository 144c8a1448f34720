"""Moving averages and rolling totals: on planted stores with the same sales every day, on the sample by SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.asked_sample import NET, asked_sample, truth
from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.registry import run_tool
from tools.result import ToolResult


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with planted.stock_world(tmp_path_factory.mktemp("rolling"), planted.rows()) as mirror:
        yield planted.context_of(mirror)


def run(context: ToolContext, **arguments: Any) -> ToolResult:
    return run_tool("sales_breakdown", {"metrics": ["net_sales"], **arguments}, context)


def column(result: ToolResult, name: str) -> list[Any]:
    assert result.table is not None
    place = [one.name for one in result.table.columns].index(name)
    return [row[place] for row in result.table.rows]


BUTTER = {"product": "butter", "stores": "Market Street", "by": "day", "rolling": 3}
"""Five pieces at $3 a day, and none on 10, 11 and 12 November."""


def test_days_before_the_period_are_read_and_days_without_sales_are_nought(world: ToolContext) -> None:
    found = run(world, **BUTTER, period="8 November 2026 to 14 November 2026")
    assert column(found, "Day") == ["Sun 8 Nov", "Mon 9 Nov", "Fri 13 Nov", "Sat 14 Nov"]
    assert column(found, "Net sales, mean of 3 days") == ["15.00", "15.00", "5.00", "10.00"]
    assert "The mean of 3 days: $10.00 up to Sat 14 Nov, $15.00 up to Sun 8 Nov" in found.text
    last = next(one for one in reversed(found.figures) if one.metric == "mean_of_3_days_net_sales")
    assert (last.value, last.start_on, last.end_on) == ("10.00", date(2026, 11, 12), date(2026, 11, 14))


def test_a_rolling_total_is_not_divided(world: ToolContext) -> None:
    found = run(world, **BUTTER, rolling_total=True, period="8 November 2026 to 14 November 2026")
    assert column(found, "Net sales, total of 3 days") == ["45.00", "45.00", "15.00", "30.00"]


def test_spans_for_which_the_data_begins_too_late_are_left_empty_and_named(world: ToolContext) -> None:
    found = run(world, **BUTTER, period="1 September 2026 to 4 September 2026")
    assert column(found, "Net sales, mean of 3 days") == [None, None, "15.00", "15.00"]
    assert any("2 days at the beginning (from Tue 1 Sep) have none" in one for one in found.caveats)


def test_a_day_or_week_that_is_not_over_has_none(world: ToolContext) -> None:
    days = run(world, **BUTTER, period="20 November 2026 to 23 November 2026")
    assert column(days, "Day") == ["Fri 20 Nov", "Sat 21 Nov", "Sun 22 Nov"]
    weeks = run(world, **{**BUTTER, "by": "week", "rolling": 2}, period="2 November 2026 to 19 November 2026")
    assert column(weeks, "Net sales, mean of 2 weeks") == ["105.00", "82.50", None]
    assert "Not told for week of 16 Nov: it is there in part only." in weeks.caveats


def test_a_week_that_the_period_cuts_at_its_beginning_is_taken_whole(world: ToolContext) -> None:
    found = run(world, **{**BUTTER, "by": "week", "rolling": 2}, period="6 November 2026 to 15 November 2026")
    assert column(found, "Net sales") == ["45.00", "60.00"]
    assert column(found, "Net sales, mean of 2 weeks") == ["105.00", "82.50"]


def test_stores_run_apart_and_a_rate_is_that_of_the_span(world: ToolContext) -> None:
    found = run(world, by="store, day", rolling=3, product="butter", period="12 November 2026 to 13 November 2026")
    rows = dict(zip(zip(column(found, "Store"), column(found, "Day"), strict=True),
                    column(found, "Net sales, mean of 3 days"), strict=True))  # fmt: skip
    assert rows == {
        ("Market Street", "Fri 13 Nov"): "5.00", ("Harbor Point", "Thu 12 Nov"): "15.00",
        ("Harbor Point", "Fri 13 Nov"): "15.00",
    }  # fmt: skip
    rate = run(world, by="day", rolling=3, metrics=["gross_margin_pct"], product="butter", stores="Market Street",
               period="13 November 2026")  # fmt: skip
    assert column(rate, "Gross margin %, value of 3 days") == ["33.3"]


@pytest.mark.parametrize(
    "arguments", [{"by": "department"}, {"by": []}, {"by": "day", "top": 3}, {"by": "day", "running": True}]
)
def test_what_has_no_course_is_refused(world: ToolContext, arguments: dict[str, Any]) -> None:
    with pytest.raises(BadArgumentError, match=r"moving average|running total"):
        run(world, rolling=7, period="October 2026", **arguments)


@pytest.mark.slow
def test_seven_days_of_the_sample_by_plain_sql(tmp_path_factory: pytest.TempPathFactory) -> None:
    sql = (
        f"SELECT s.business_on, SUM({NET}) FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id"
        " WHERE NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)"
        " AND s.business_on BETWEEN DATE '2026-10-26' AND DATE '2026-11-22' GROUP BY 1 ORDER BY 1"
    )
    with asked_sample(tmp_path_factory.mktemp("sample")) as context:
        days = [int(net) for _, net in truth(context, sql)]
        found = run(context, by="day", rolling=7, period="1 November 2026 to 22 November 2026")
    expected = [f"{Decimal(sum(days[start : start + 7])) / 700:.2f}" for start in range(len(days) - 6)]
    assert column(found, "Net sales, mean of 7 days") == expected
