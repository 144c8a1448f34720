"""Ranking and overview of the loaded sample against plain SQL over the original parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from connectors.mirror.open import open_mirror
from tests.support.sample_truth import Truth
from tests.support.shared_sample import copy_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

TODAY = date(2026, 11, 23)
FIRST, LAST = date(2026, 10, 26), date(2026, 11, 22)
STORES = ("S01", "S02", "S03", "S04", "S05")


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody who sees all of it, and the figures of the source."""

    context: ToolContext
    truth: Truth


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    folder = tmp_path_factory.mktemp("sample")
    copy_sample(folder)
    with open_mirror(folder / "mirror.duckdb") as mirror:
        truth = Truth(folder, TODAY)
        clock = FixedClock(datetime(2026, 11, 23, 14, tzinfo=UTC))
        yield Sample(ToolContext(Scope("U_OWNER", Role.OWNER, STORES), mirror.reader, clock), truth)
        truth.close()


def test_the_order_by_net_sales_is_that_of_the_original_rows(sample: Sample) -> None:
    result = run_tool("store_ranking", {"metric": "net sales"}, sample.context)
    shown = [(one.group["store"], one.value) for one in result.figures if one.metric == "net_sales"]
    amounts = {store: sample.truth.net_sales(store, FIRST, LAST) for store in STORES}
    assert shown == [(store, f"{amounts[store]:.2f}") for store in sorted(STORES, key=lambda one: -amounts[one])]


def test_the_own_norm_of_every_store_is_that_of_the_original_days(sample: Sample) -> None:
    result = run_tool("store_ranking", {}, sample.context)
    shown = {one.group["store"]: one.value for one in result.figures if one.metric == "own_norm_index"}
    for store in STORES:
        # Whole weeks on both sides, every one of the days with sales: the norm is half of the eight weeks' sum.
        before = sample.truth.net_sales(store, FIRST - timedelta(weeks=8), FIRST - timedelta(days=1))
        net = sample.truth.net_sales(store, FIRST, LAST)
        assert shown[store] == f"{net * 200 / before:.1f}"


def test_net_sales_per_square_metre_and_open_hour(sample: Sample) -> None:
    result = run_tool("store_ranking", {"stores": "Market Street"}, sample.context)
    shown = {one.metric: one.value for one in result.figures}
    net = sample.truth.net_sales("S01", FIRST, LAST)
    assert shown["sales_per_m2"] == f"{net / 3200:.2f}"
    assert shown["sales_per_open_hour"] == f"{net / (28 * 18):.2f}"


def test_the_month_as_a_whole_is_that_of_the_original_rows(sample: Sample) -> None:
    result = run_tool("business_overview", {"period": "this month"}, sample.context)
    shown = {one.metric: one for one in result.figures if not one.group}
    start = date(2026, 11, 1)
    net = sum((sample.truth.net_sales(store, start, LAST) for store in STORES), Decimal(0))
    assert shown["net_sales"].value == f"{net:.2f}"
    assert shown["transactions"].value == str(sum(sample.truth.transactions(store, start, LAST) for store in STORES))
    assert shown["net_sales"].compared_to is not None
    october = sum((sample.truth.net_sales(one, date(2026, 10, 1), date(2026, 10, 22)) for one in STORES), Decimal(0))
    assert shown["net_sales"].compared_to.value == f"{october:.2f}"


def test_what_the_sample_does_not_record_is_said(sample: Sample) -> None:
    for arguments, words in (
        ({"measure": "discounts", "by": "employee"}, "do not say who rang them up"),
        ({"measure": "no_sales"}, "No register events were ever recorded".lower()),
        ({"measure": "discounts"}, "no discount was given by hand"),
        ({"measure": "opening"}, "sales are recorded before the opening hours"),
    ):
        result = run_tool("exception_report", arguments, sample.context)
        assert words in result.headline.replace("No register", "no register").replace("Sales here", "sales here")
    assert "No targets are recorded" in run_tool("target_progress", {}, sample.context).headline


def test_every_follow_up_of_these_tools_is_understood(sample: Sample) -> None:
    from agent.conversation.planner.plan import plan
    from agent.conversation.surroundings import NamedStore, Surroundings
    from tools.directory import visible_stores

    stores = tuple(NamedStore(one.store_id, one.name, one.district) for one in visible_stores(sample.context))
    around = Surroundings(today=TODAY.isoformat(), stores=stores, departments=("Grocery", "Floral", "Deli", "Meat"))
    for name, arguments in (
        ("store_ranking", {}),
        ("store_ranking", {"metric": "conversion", "stores": "north stores", "period": "this month"}),
        ("exception_report", {"stores": "Harbor Point", "period": "last week"}),
        ("exception_report", {"measure": "cash"}),
        ("target_progress", {}),
        ("business_overview", {"period": "this month"}),
        ("business_overview", {"focus": "priorities", "stores": "Station Road"}),
    ):
        result = run_tool(name, arguments, sample.context)
        assert result.follow_ups
        for ask in result.follow_ups:
            assert plan(ask, (), around).calls, f"{name}: {ask}: {plan(ask, (), around).text}"
