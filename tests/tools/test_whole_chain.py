"""What is added up over all stores beforehand gives the same answers as the stores one by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from tests.support.tools_world import STORES, TODAY, World
from tools.context import Role, Scope
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import Plan
from tools.metrics.breakdown_query import build_breakdown
from tools.metrics.cover_query import build_movers, build_on_hand
from tools.metrics.dimensions import DIMENSIONS
from tools.metrics.margin_query import by_variant
from tools.metrics.peak_query import build_hours
from tools.metrics.price_bands_query import build_labels
from tools.metrics.query import Filter, Statement, Window, build, build_ranking
from tools.metrics.search_query import build_prices, build_search
from tools.metrics.shoppers_query import build_shoppers
from tools.metrics.stock_query import build_freshness
from tools.metrics.why_query import build_goods, build_people
from tools.registry import run_tool
from tools.shelf_price import prices
from tools.stores import StoreSet, resolve_stores

SCOPE = Scope("U", Role.OWNER, tuple(store[0] for store in STORES))
YESTERDAY = TODAY - timedelta(days=1)
Windows = Sequence[Window]


def _variants(windows: Windows) -> Statement:
    params: dict[str, object] = {}
    return Statement(by_variant(windows, params), params)


BUILDERS: dict[str, Callable[[Windows], Statement]] = {
    "by department": lambda windows: build([METRICS["net_sales"], METRICS["units"]], windows, "department", SCOPE),
    "by day in a part": lambda windows: build(
        [METRICS["gross_margin"]], windows, "day", SCOPE, Filter(departments=("Dairy",))
    ),
    "ranking": lambda windows: build_ranking(
        METRICS["gross_margin"], [METRICS["net_sales"]], windows, SCOPE, limit=50, descending=True
    ),
    "by brand and week": lambda windows: build_breakdown(
        [METRICS["net_sales"]], Plan((DIMENSIONS["brand"], DIMENSIONS["week"])), windows, SCOPE
    ),
    "labels": lambda windows: build_labels(windows, "department", SCOPE, None),
    "search": lambda windows: build_search([("milk",)], (), windows, SCOPE, every_word=True, limit=9),
    "margins": _variants,
}


SHORTER: dict[str, Callable[[Windows], Statement]] = {
    "fast movers": lambda windows: build_movers(windows, SCOPE, limit=50),
    "fast movers of a part": lambda windows: build_movers(windows, SCOPE, only=Filter(departments=("Dairy",))),
    "peak hours": lambda windows: build_hours(windows, SCOPE),
    "shoppers": lambda windows: build_shoppers(windows, None, SCOPE),
    "shoppers by store": lambda windows: build_shoppers(windows, "store", SCOPE),
    "goods of both sides": lambda windows: build_goods(windows, [_week_before(one) for one in windows], SCOPE),
    "people of both sides": lambda windows: build_people(windows, [_week_before(one) for one in windows], SCOPE),
}
"""Statements that are shorter where all stores are meant."""


def _week_before(window: Window) -> Window:
    week = timedelta(days=7)
    return dataclasses.replace(window, start_on=window.start_on - week, end_on=window.end_on - week)


@pytest.mark.parametrize("name", SHORTER)
@pytest.mark.parametrize("days", [1, 40])
def test_all_stores_at_once_are_what_the_named_ones_are(world: World, name: str, days: int) -> None:
    single = Window(SCOPE.store_ids, YESTERDAY - timedelta(days=days - 1), YESTERDAY)
    whole = dataclasses.replace(single, everyone=len(SCOPE.store_ids))
    one_by_one, together = (SHORTER[name]([window]) for window in (single, whole))
    assert one_by_one.sql != together.sql
    rows = [world.mirror.query(one.sql, one.params).rows for one in (one_by_one, together)]
    assert rows[0] == rows[1] != []


@pytest.mark.parametrize("name", BUILDERS)
@pytest.mark.parametrize("days", [1, 40])
def test_the_rollup_over_all_stores_gives_what_the_stores_add_up_to(world: World, name: str, days: int) -> None:
    single = Window(SCOPE.store_ids, YESTERDAY - timedelta(days=days - 1), YESTERDAY)
    whole = dataclasses.replace(single, everyone=len(SCOPE.store_ids))
    one_by_one, together = (BUILDERS[name]([window]) for window in (single, whole))
    assert "FROM store_sku_day x" in one_by_one.sql
    assert "FROM sku_day x" in together.sql
    rows = [sorted(map(str, world.mirror.query(one.sql, one.params).rows)) for one in (one_by_one, together)]
    assert rows[0] == rows[1] != []


def test_only_who_sees_every_store_is_answered_from_it(world: World) -> None:
    everyone = run_tool("top_products", {"period": "last week"}, world.context())
    some = run_tool("top_products", {"period": "last week"}, world.context(Role.DISTRICT_MANAGER, "S01", "S02"))
    assert everyone.provenance is not None
    assert some.provenance is not None
    assert "FROM sku_day x" in everyone.provenance.sql[0]
    assert "FROM sku_day x" not in some.provenance.sql[0]
    assert "FROM store_sku_day x" in some.provenance.sql[0]


def test_a_day_that_is_cut_is_not_answered_from_it() -> None:
    cut = Window(SCOPE.store_ids, date(2026, 11, 1), YESTERDAY, hours_on_last=10, everyone=len(SCOPE.store_ids))
    assert "FROM store_sku_day x" in build([METRICS["units"]], [cut], "department", SCOPE).sql


def test_a_window_cut_down_to_some_of_all_stores_is_about_those_alone(world: World) -> None:
    whole = Window(SCOPE.store_ids, YESTERDAY, YESTERDAY, everyone=len(SCOPE.store_ids))
    one = dataclasses.replace(whole, store_ids=("S02",))
    assert (whole.whole_chain, one.whole_chain) == (True, False)
    found = build([METRICS["net_sales"]], [one], "store", SCOPE)
    assert {row[0] for row in world.mirror.query(found.sql, found.params).rows} == {"S02"}


def test_many_stores_are_one_parameter() -> None:
    ids = tuple(f"S{number:04}" for number in range(300))
    statement = build([METRICS["net_sales"]], [Window(ids, YESTERDAY, YESTERDAY)], None, Scope("U", Role.OWNER, ids))
    assert list(ids) in statement.params.values()
    assert len(statement.params) == 3


def test_prices_at_all_stores_are_those_at_each_without_naming_them(world: World) -> None:
    variants, owner = ["V1001", "V1006"], world.context()
    every = resolve_stores(None, owner)
    assert "$store" not in build_prices(variants, None, owner.clock.now()).sql
    each = {store.store_id: prices(variants, StoreSet((store,), store.name), owner) for store in every.stores}
    (currency,) = every.currencies
    spans = {variant: [each[store][variant][currency] for store in every.ids] for variant in variants}
    assert all(low == high for known in spans.values() for low, high in known)
    assert prices(variants, every, owner) == {
        variant: {currency: (min(known)[0], max(known)[1])} for variant, known in spans.items()
    }


@pytest.mark.parametrize("variants", [[], ["V1001", "V1006"]])
def test_stock_at_all_stores_is_that_at_each_without_naming_them(world: World, variants: list[str]) -> None:
    def build(everyone: int) -> Statement:
        ids = SCOPE.store_ids
        if variants:
            return build_on_hand(ids, SCOPE, variants, everyone=everyone)
        return build_freshness(ids, SCOPE, everyone=everyone)

    named, every, of_more = build(0), build(len(SCOPE.store_ids)), build(len(SCOPE.store_ids) + 1)
    assert list(SCOPE.store_ids) == [store for key, store in sorted(named.params.items()) if key.startswith("store")]
    assert not any(key.startswith("store") for key in every.params)
    assert of_more == named
    rows = [world.mirror.query(one.sql, one.params).rows for one in (named, every)]
    assert rows[0] == rows[1]
