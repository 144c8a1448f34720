"""Busy times: means per day, the peak of a day against opening, and today before anything is known of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.documents_world import at, catalogue, documents_world, figures, rows
from tests.support.mirror_rows import line, sale
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

Run = Callable[..., ToolResult]


def test_hours_are_means_over_the_days_that_had_sales(run: Run) -> None:
    result = run("peak_times")
    assert figures(result, "transactions_per_day", "weekday") == {"Monday": 3, "Tuesday": 0, "Friday": 1, "Saturday": 1}
    all_days = {row[0]: row[-1] for row in rows(result)}
    assert all_days == {"10:00": "0", "14:00": "1", "15:00": "0.2"}  # over four days with sales
    assert "the peak of the week is Monday 14:00 with 2 transactions" in result.headline
    assert "There are fewer than 3 such days of Monday, Tuesday, Friday and Saturday." in result.caveats


def test_a_day_is_held_against_its_opening(run: Run) -> None:
    result = run("peak_times", period="2 March", measure="visitors")
    assert "15:00 with 20 visitors, 2.5 times as busy as opening at 14:00 with 8 visitors" in result.headline
    assert [row[0] for row in rows(result)] == ["14:00", "15:00"]
    money = run("peak_times", period="2 March", measure="net_sales")
    assert "14:00 with $17.00" in money.headline


def test_only_one_weekday_can_be_asked_for(run: Run) -> None:
    assert figures(run("peak_times", weekday="Saturdays"), "transactions_per_day", "weekday") == {"Saturday": 1}
    weekend = figures(run("peak_times", weekday="weekends"), "transactions_per_day", "weekday")
    assert weekend == {"Saturday": Decimal(1)}
    with pytest.raises(NoDataError, match="no such weekday"):
        run("peak_times", weekday="Sunday")
    with pytest.raises(BadArgumentError, match="no day of the week"):
        run("peak_times", weekday="Blursday")


def test_a_today_without_sales_is_answered_by_the_same_weekday(run: Run) -> None:
    result = run("peak_times", period="today")
    assert result.text.startswith("Nothing is known of today yet, so this is Tuesdays over the last 4 weeks.")
    assert {figure.group.get("weekday") for figure in result.figures} <= {"Tuesday"}


def test_visitors_that_nobody_counts_are_not_nought(run: Run) -> None:
    with pytest.raises(NoDataError, match="No visitors are counted"):
        run("peak_times", stores="Harbor Point", measure="visitors")


def test_sales_while_no_store_is_open_are_said(tmp_path: Path) -> None:
    at_hours = (14, 15, 16, 17, 18, 19, 15, 16, 21, 22)  # both shops are open on Mondays from 14:00 to 20:00
    sold = [sale(f"N{number}", at(2, hour, 10), total_minor=500) for number, hour in enumerate(at_hours)]
    lines = [line(f"N{number}", 1, 500) for number in range(len(at_hours))]
    for name, some, said in (("late", 10, "20.0 % of transactions are outside"), ("in time", 8, "")):
        (tmp_path / name).mkdir()
        with documents_world(tmp_path / name, [*catalogue(), *sold[:some], *lines[:some]]) as context:
            result = run_tool("peak_times", {"period": "2 March 2026"}, context)
        told = [one for one in result.caveats if "opening hours" in one]
        assert len(told) == bool(said)
        assert all(one.startswith(said) and "(at 21:00 and 22:00)" in one for one in told)


def test_the_slowest_day_is_told_where_the_slowest_times_are_asked_for(tmp_path: Path) -> None:
    sold = [sale(f"M{hour}", at(2, hour, 10), total_minor=500) for hour in range(14, 20)]
    sold += [sale(f"F{hour}", at(6, hour, 10), total_minor=500) for hour in (15, 16)]
    lines = [line(one.values["sale_id"], 1, 500) for one in sold]
    with documents_world(tmp_path, [*catalogue(), *sold, *lines]) as context:
        told = run_tool("peak_times", {"period": "2 to 6 March 2026", "quietest": True}, context).text
    assert told.startswith("Quietest hour while open")
    assert told.index("Quietest day: Friday with 2 transactions.") < told.index("busiest day Monday")
