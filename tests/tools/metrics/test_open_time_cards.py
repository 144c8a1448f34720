"""Hours that are not known yet or have no wage: such days have no rate against their sales."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from connectors.mirror import labour
from tests.support.tools_world import World, build_world
from tools.registry import run_tool
from tools.result import ToolResult

START, END = date(2026, 11, 16), date(2026, 11, 22)
OPEN, UNPAID = date(2026, 11, 20), date(2026, 11, 18)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A week of one card of 7.5 hours a store and day; S01 has a second one that is open, S02 one without a wage."""
    made = build_world(tmp_path_factory.mktemp("cards"))
    insert = (
        "INSERT INTO timecard (timecard_id, employee_id, store_id, clock_in_at, clock_out_at, break_minutes,"
        " wage_minor) VALUES (?, ?, ?, ?, ?, 0, ?)"
    )
    made.connection.execute(insert, ["open", "E9", "S01", datetime(2026, 11, 20, 14, tzinfo=UTC), None, 1600])
    ends = datetime(2026, 11, 18, 18, tzinfo=UTC)
    made.connection.execute(insert, ["free", "E9", "S02", datetime(2026, 11, 18, 14, tzinfo=UTC), ends, None])
    made.connection.execute("DELETE FROM timecard WHERE store_id = 'S05'")
    labour.make_again(made.connection)
    yield made
    made.connection.close()


def ask(cards: World, **arguments: Any) -> ToolResult:
    return run_tool("sales_summary", {"period": "last week", **arguments}, cards.context())


def value(result: ToolResult, metric: str) -> str | None:
    return next(one.value for one in result.figures if one.metric == metric and not one.group)


def net(cards: World, store: str, *without: date) -> Decimal:
    lines = cards.select(START, END, store)
    return Decimal(sum(line.net for line in lines if line.business_on not in without)) / 100


def test_sales_of_a_day_with_an_open_card_are_not_divided_by_the_hours_of_the_others(cards: World) -> None:
    result = ask(cards, stores="Market Street", metrics=["sales_per_labour_hour", "labour_hours"])
    assert value(result, "sales_per_labour_hour") == str((net(cards, "S01", OPEN) / 45).quantize(Decimal("0.01")))
    assert value(result, "labour_hours") == "52.5"
    said = (
        "Time cards are still open (Market Street 1 day) and count for nothing; sales per labour hour leaves these days"
    )
    assert any(one.startswith(said) for one in result.caveats)


def test_wages_that_are_not_recorded_are_no_small_share_of_sales(cards: World) -> None:
    result = ask(cards, stores="Harbor Point", metrics=["labour_cost_pct", "labour_cost"])
    wages = Decimal(6 * 16) * Decimal("7.5")
    share = wages * 100 / net(cards, "S02", UNPAID)
    assert value(result, "labour_cost_pct") == str(share.quantize(Decimal("0.1")))
    assert value(result, "labour_cost") == "840.00"
    said = "No wage is recorded for 4.0 hours clocked, so these cost nothing here; days with such hours are left out."
    assert said in result.caveats


def test_a_day_of_closed_cards_stays_as_it_is(cards: World) -> None:
    result = ask(cards, stores="Maple Avenue", metrics=["sales_per_labour_hour", "labour_cost_pct"])
    assert value(result, "sales_per_labour_hour") == str(
        (net(cards, "S03") / Decimal("52.5")).quantize(Decimal("0.01"))
    )
    assert not any("Time cards are still open" in one or "No wage" in one for one in result.caveats)


def test_stores_without_time_cards_are_named(cards: World) -> None:
    result = ask(cards, metrics=["sales_per_labour_hour"], by="store")
    said = "No time cards are recorded at Station Road; hours, wages and rates of them are without."
    assert said in result.caveats
    nets = sum(net(cards, store, *without) for store, *without in (("S01", OPEN), ("S02",), ("S03",), ("S04",)))
    hours = Decimal("7.5") * 27 + 4
    assert value(result, "sales_per_labour_hour") == str((nets / hours).quantize(Decimal("0.01")))


def test_what_is_done_in_an_hour_of_work_leaves_days_with_an_open_card_out(cards: World) -> None:
    lines = [line for line in cards.select(START, END, "S01") if line.business_on != OPEN]
    done = {
        "transactions": Decimal(len({line.sale_id for line in lines if line.kind == "sale"})),
        "units": sum((line.quantity for line in lines if line.each), Decimal(0)),
        "visitors": Decimal(sum(5 + hour % 3 for hour in range(8, 21)) * len({line.business_on for line in lines})),
    }
    result = ask(cards, stores="Market Street", metrics=[f"{name}_per_labour_hour" for name in done])
    for name, number in done.items():
        assert value(result, f"{name}_per_labour_hour") == str((number / 45).quantize(Decimal("0.01"))), name
