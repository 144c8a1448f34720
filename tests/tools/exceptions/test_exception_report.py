"""The exception report on five stores in which the truth is planted, counted again from what was written."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.tools.exceptions.conftest import (
    ABUSER,
    LATE,
    SHORT_DRAWER,
    SHORTAGES,
    SMALL_STORE,
    Registers,
)
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult


def report(registers: Registers, role: Role = Role.OWNER, *stores: str, **arguments: Any) -> ToolResult:
    return run_tool("exception_report", arguments, registers.context(role, *stores))


def out(result: ToolResult) -> set[tuple[str, ...]]:
    """Who stands out, and in what, by the figures."""
    return {
        (one.group["store"], one.group.get("employee") or one.group.get("register") or "", one.metric)
        for one in result.figures
        if one.group.get("stands_out") == "yes"
        and not one.metric.startswith(("expected_", "hand_", "void_", "refund_"))
    }


def test_the_one_who_abuses_discounts_is_the_only_one_found(registers: Registers) -> None:
    result = report(registers, measure="discounts", by="employee")
    assert {who[:2] for who in out(result)} == {ABUSER}
    assert "Ada Alder (E23, Harbor Point) in discounts given by hand" in result.headline


def test_count_rate_and_money_of_a_cashier_are_those_of_the_documents(registers: Registers) -> None:
    result = report(registers, measure="discounts", by="employee")
    mine = {one.metric: one.value for one in result.figures if one.group.get("employee") == ABUSER[1]}
    sales = [row[0] for row in registers.sales if row[5] == ABUSER[1] and row[6] == "sale"]
    loyalty = {row[0]: row[3] for row in registers.discounts}
    given = [row[5] - loyalty.get(row[0], 0) for row in registers.lines if row[0] in set(sales)]
    count = sum(one > 0 for one in given)
    assert mine["discounts"] == str(count)
    assert mine["discounts_value"] == f"{Decimal(sum(given)).scaleb(-2):.2f}"
    assert mine["hand_discount_rate"] == f"{Decimal(count * 100) / len(sales):.1f}"
    assert Decimal(mine["expected_discounts"] or 0) < count / 2


def test_nothing_else_in_the_whole_report_stands_out(registers: Registers) -> None:
    result = report(registers)
    assert {(*who[:2], who[2].split("_")[0]) for who in out(result)} == {
        (*ABUSER, "discounts"),
        (*SHORT_DRAWER, "cash"),
        (*SHORT_DRAWER, "unusual"),
    }
    late = [one for one in result.figures if one.metric == "opened_late_minutes"]
    assert [(one.stores[0], one.start_on, one.value) for one in late] == [(*LATE, "40")]
    assert next(one.value for one in result.figures if one.metric == "exceptions") == "3"


def test_nights_have_more_voids_and_no_night_register_is_named(registers: Registers) -> None:
    result = report(registers, measure="voids", by="register")
    assert not out(result)
    assert result.table is not None
    rates = {row[0]: Decimal(str(row[4])) for row in result.table.rows}
    night = [rate for who, rate in rates.items() if "R9" in str(who)]
    day = [rate for who, rate in rates.items() if "R9" not in str(who)]
    assert min(night) > 3 * max(day)


def test_a_small_store_with_a_high_rate_by_chance_is_not_named(registers: Registers) -> None:
    result = report(registers, measure="refunds", by="employee")
    assert not out(result)
    small = [one for one in result.figures if one.stores == (SMALL_STORE,) and one.metric == "refund_rate_by_count"]
    others = [one for one in result.figures if one.stores != (SMALL_STORE,) and one.metric == "refund_rate_by_count"]
    assert max(Decimal(one.value or 0) for one in small) > max(Decimal(one.value or 0) for one in others)


def test_a_drawer_that_is_short_three_times_is_named_with_the_sum(registers: Registers) -> None:
    result = report(registers, measure="cash", by="register")
    assert "register R2 (Harbor Point) in cash differences" in result.headline
    mine = [event for event in registers.events if event[1:3] == SHORT_DRAWER and event[4] == "close_drawer"]
    net = Decimal(sum(event[7] - event[6] for event in mine)).scaleb(-2)
    figures = {one.metric: one.value for one in result.figures if one.group.get("register") == SHORT_DRAWER[1]
               and one.stores == SHORT_DRAWER[:1]}  # fmt: skip
    assert figures == {"cash_over_short": f"{net:.2f}", "unusual_cash_differences": str(len(SHORTAGES))}
    assert f"${-net:.2f} short in all, the largest -$55.00" in result.text


@pytest.mark.parametrize("measure", ["cash", None])
def test_each_unusual_drawer_is_named_with_its_day_and_difference(registers: Registers, measure: str | None) -> None:
    result = report(registers, **({"measure": measure} if measure else {}))
    assert (
        "3 with an unusual difference" if measure else "3 closed drawers of 280 with an unusual difference"
    ) in result.text
    assert "Harbor Point R2 on Wed 11 Nov $55.00 short; Harbor Point R2 on Tue 3 Nov $40.00 short" in result.text
    shown = {one.start_on: one.value for one in result.figures if one.metric == "cash_difference"}
    assert shown == {day: f"{Decimal(cents).scaleb(-2):.2f}" for day, cents in SHORTAGES.items()}


def test_what_drawers_differ_by_in_all_is_of_every_closing(registers: Registers) -> None:
    closed = [event for event in registers.events if event[4] == "close_drawer"]
    short = -Decimal(sum(event[7] - event[6] for event in closed)).scaleb(-2)
    assert f"{len(closed)} drawers closed, ${short:.2f} short in all" in report(registers, measure="cash").text


def test_late_opening_is_measured_against_hours_and_habit(registers: Registers) -> None:
    result = report(registers, measure="opening")
    assert result.table is not None
    assert result.table.rows[0] == ("Maple Avenue", "2026-11-10", "opened late", "08:40", "08:00", 40, 0, "drawer")
    assert "139 of 140 store days were on time" in result.text


def test_nobody_is_accused(registers: Registers) -> None:
    result = report(registers)
    said = " ".join([result.text, *result.caveats, *result.follow_ups]).lower()
    assert not any(word in said for word in ("fraud", "steal", "stole", "theft", "abuse", "suspicious", "guilty"))
    assert "stands out" in said
    assert "ask before judging" in said


def test_employees_are_named_to_those_who_answer_for_the_store_only(registers: Registers) -> None:
    own = report(registers, Role.STORE_MANAGER, "S02", measure="discounts", by="employee")
    assert "Ada Alder" in own.headline
    for role in (Role.STAFF, Role.ANALYST):
        with pytest.raises(NotAllowedError):
            report(registers, role, "S02", by="employee")
    with pytest.raises(NotAllowedError):
        report(registers, Role.STAFF, "S02")
    seen = report(registers, Role.ANALYST)
    assert not any("employee" in one.group for one in seen.figures)
    assert "Ada Alder" not in seen.text
    with pytest.raises(NotAllowedError):
        report(registers, Role.STORE_MANAGER, "S01", stores="Harbor Point")


def test_a_store_manager_sees_no_figure_of_another_store(registers: Registers) -> None:
    result = report(registers, Role.STORE_MANAGER, "S02")
    assert {store for one in result.figures for store in one.stores} == {"S02"}
    assert result.provenance.params
    used = {value for params in result.provenance.params for value in params.values() if str(value).startswith("S0")}
    assert used == {"S02"}


def test_what_is_not_recorded_is_said_and_not_zero(registers: Registers) -> None:
    result = report(registers, measure="no_sales")
    assert result.headline.endswith("no no-sale openings of the drawer are recorded.")
    assert [one.value for one in result.figures] == ["0"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"period": "next week"}, NoDataError),
        ({"period": "the year dot"}, BadArgumentError),
        ({"stores": "Atlantis"}, BadArgumentError),
        ({"measure": "mood"}, BadArgumentError),
        ({"by": "customer"}, BadArgumentError),
        ({"period": "2026-01-01"}, NoDataError),
    ],
)
def test_nonsense_gets_a_sentence(registers: Registers, arguments: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        report(registers, **arguments)


def test_this_morning_can_be_asked_about_before_the_day_is_over(registers: Registers) -> None:
    evening = registers.context(now=datetime(2026, 11, 10, 22, tzinfo=UTC))
    result = run_tool("exception_report", {"measure": "opening", "period": "today"}, evening)
    assert "Maple Avenue opened late by 40 min" in result.headline
    assert "closed early" not in result.text


def test_days_that_are_not_read_yet_are_no_silent_days(registers: Registers) -> None:
    later = registers.context(now=datetime(2026, 11, 25, 15, tzinfo=UTC))
    result = run_tool(
        "exception_report", {"measure": "opening", "period": "18 November 2026 to 24 November 2026"}, later
    )
    assert "Nothing at all is recorded" not in result.text, result.text
    assert any("known up to" in caveat for caveat in result.caveats)


def test_the_overview_says_where_something_stands_out_and_names_nobody(registers: Registers) -> None:
    result = run_tool("business_overview", {"period": "last week", "focus": "priorities"}, registers.context())
    assert "stand out at the registers in the last four weeks" in result.text
    assert ": Harbor Point in discounts given by hand, Harbor Point in cash differences and 1 more" in result.text
    assert "Ada Alder" not in result.text
    late = registers.context(Role.OWNER, "S03")
    alone = run_tool("business_overview", {"period": "last week", "focus": "priorities"}, late).text
    assert "1 thing stands out at the registers in the last four weeks: Maple Avenue opened late by 40 min" in alone
