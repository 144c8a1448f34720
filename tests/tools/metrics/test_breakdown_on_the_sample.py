"""Breakdowns of the loaded sample against plain SQL over the original parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from connectors.sandbox.sample.world import source_folder
from tests.support.sample_mirror import SampleWorld, loaded_sample
from tests.support.tools_world import FixedClock
from tools.breakdown.sales_breakdown import SalesBreakdownArguments, sales_breakdown
from tools.context import Role, Scope, ToolContext
from tools.metrics.definitions import METRICS
from tools.metrics.query import build
from tools.metrics.windows import Window
from tools.result import ToolResult

pytestmark = [pytest.mark.slow, pytest.mark.full]

STORES = ("S01", "S02", "S03", "S04", "S05")
OCTOBER = "t.day BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"
BRAND = "CASE WHEN p.brand = 'Private' THEN 'Store brand' ELSE 'National brand, maker ' || p.manufacturer_id END"
CENTS = "CAST(sum(CAST(round(t.sales_value * 100) AS BIGINT)) AS BIGINT)"
JOINED = "t JOIN map ON map.store_id = t.store_id LEFT JOIN p ON p.product_id = t.product_id"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWorld]:
    with loaded_sample(tmp_path_factory.mktemp("sample")) as made:
        made.original.execute(f"CREATE VIEW h AS SELECT * FROM read_parquet('{source_folder()}/demographics.parquet')")
        yield made


@pytest.fixture(scope="module")
def context(world: SampleWorld) -> ToolContext:
    clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    return ToolContext(Scope("U_OWNER", Role.OWNER, STORES), world.mirror.reader, clock)


def run(context: ToolContext, **arguments: Any) -> ToolResult:
    return sales_breakdown(SalesBreakdownArguments.model_validate({"period": "October 2026", **arguments}), context)


def shown(result: ToolResult, metric: str, *names: str) -> dict[tuple[str, ...], str | None]:
    return {
        tuple(figure.group[name] for name in names): figure.value
        for figure in result.figures
        if figure.metric == metric and set(names) <= set(figure.group)
    }


def truth(world: SampleWorld, select: str, where: str = OCTOBER, joined: str = JOINED) -> list[tuple[Any, ...]]:
    return world.original.execute(f"SELECT {select} FROM {joined} WHERE {where} GROUP BY ALL").fetchall()


def dollars(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):.2f}"


def test_brands_are_the_manufacturers_of_the_original(context: ToolContext, world: SampleWorld) -> None:
    found = run(context, by="brand", top=20, metrics=["net_sales", "transactions"])
    rows = {
        brand: (cents, baskets)
        for brand, cents, baskets in truth(world, f"{BRAND}, {CENTS}, count(DISTINCT basket_id)")
    }
    best = sorted(rows, key=lambda brand: -rows[brand][0])[:20]
    assert shown(found, "net_sales", "brand") == {(brand,): dollars(rows[brand][0]) for brand in best}
    assert shown(found, "transactions", "brand") == {(brand,): str(rows[brand][1]) for brand in best}


def test_departments_by_week_equal_the_original(context: ToolContext, world: SampleWorld) -> None:
    found = run(context, by="department, week", where=[{"values": ["fuel"], "exclude": True}], metrics=["net_sales"])
    week = "CAST(date_trunc('week', t.day) AS DATE)"
    rows = truth(
        world,
        f"coalesce(p.department, 'Unknown'), {week}, {CENTS}",
        f"{OCTOBER} AND coalesce(p.department, 'Unknown') <> 'FUEL'",
    )
    values = {(department, day.isoformat()): dollars(cents) for department, day, cents in rows}
    assert found.figures[0].value == dollars(sum(cents for _, _, cents in rows))
    weekly = {(key[0].upper(), key[1]): value for key, value in shown(found, "net_sales", "department", "week").items()}
    for department in ("GROCERY", "MEAT", "DELI", "PRODUCE", "FLORAL"):
        wanted = {key: value for key, value in values.items() if key[0] == department}
        assert wanted
        assert {key: value for key, value in weekly.items() if key[0] == department} == wanted


def test_average_prices_equal_the_original(context: ToolContext, world: SampleWorld) -> None:
    found = shown(
        run(context, by="department", metrics=["average_selling_price"]), "average_selling_price", "department"
    )
    rows = truth(world, f"p.department, {CENTS}, CAST(sum(t.quantity) AS BIGINT)", f"{OCTOBER} AND t.quantity > 0")
    # Where a line has money and no pieces the two ways part, so departments without such lines are held to the cent.
    odd = {row[0] for row in truth(world, "p.department", f"{OCTOBER} AND t.quantity <= 0")} | {"FUEL", "MISCELLANEOUS"}
    checked = 0
    for department, cents, pieces in rows:
        value = next((text for (name,), text in found.items() if name.upper() == department), None)
        if department in odd or value is None:
            continue
        assert value == f"{(Decimal(cents) / pieces / 100).quantize(Decimal('0.01')):.2f}", department
        checked += 1
    assert checked >= 5


def test_hours_of_a_department_equal_the_original(context: ToolContext, world: SampleWorld) -> None:
    found = run(context, by="hour", department="Produce", metrics=["net_sales", "transactions"])
    hour = "extract('hour' FROM (transaction_timestamp AT TIME ZONE 'UTC') AT TIME ZONE 'America/New_York')"
    rows = truth(
        world, f"CAST({hour} AS INTEGER), {CENTS}, count(DISTINCT basket_id)", f"{OCTOBER} AND p.department = 'PRODUCE'"
    )
    assert shown(found, "net_sales", "hour") == {(str(at),): dollars(cents) for at, cents, _ in rows}
    assert shown(found, "transactions", "hour") == {(str(at),): str(baskets) for at, _, baskets in rows}


def test_age_bands_equal_the_original(context: ToolContext, world: SampleWorld) -> None:
    found = run(context, by="age_band", metrics=["net_sales", "transactions"])
    joined = f"{JOINED} LEFT JOIN h ON h.household_id = t.household_id"
    rows = truth(world, f"coalesce(h.age, 'Not known'), {CENTS}, count(DISTINCT basket_id)", joined=joined)
    assert shown(found, "net_sales", "age_band") == {(age,): dollars(cents) for age, cents, _ in rows}
    assert shown(found, "transactions", "age_band") == {(age,): str(baskets) for age, _, baskets in rows}


def test_rising_products_moved_as_in_the_original(context: ToolContext, world: SampleWorld) -> None:
    asked = {"period": "last 4 weeks", "compare_to": "the period before", "rank_by": "change", "top": 10}
    found = run(context, by="product", **asked, metrics=["net_sales"])
    moved = [figure for figure in found.figures if figure.group and figure.metric == "net_sales"]
    assert len(moved) == 10
    for figure in moved:
        product = figure.group["product_id"]
        for value, start, end in (
            (figure.value, "2026-10-26", "2026-11-22"),
            (figure.compared_to.value if figure.compared_to else None, "2026-09-28", "2026-10-25"),
        ):
            span = f"t.day BETWEEN DATE '{start}' AND DATE '{end}' AND t.product_id = {product}"
            rows = truth(world, CENTS, span)
            assert value == dollars(rows[0][0] if rows else 0)
    changes = [Decimal(figure.compared_to.change) for figure in moved if figure.compared_to]
    assert changes == sorted(changes, reverse=True)


@pytest.mark.parametrize("by", ["brand", "channel", "register", "hour", "promotion", "age_band", "weather", "period"])
def test_every_relation_gives_the_whole_of_the_rollup(context: ToolContext, by: str) -> None:
    names = ("net_sales", "transactions", "units", "gross_margin", "average_transaction_value", "discounts")
    metrics = [METRICS[name] for name in names]
    window = Window(STORES, datetime(2026, 10, 1).date(), datetime(2026, 10, 31).date())  # noqa: DTZ001
    statement = build(metrics, [window], None, context.scope)
    result = context.mirror.query(statement.sql, statement.params)
    row = dict(zip(result.columns, result.rows[0], strict=True))
    found = run(context, by=by, top=100, metrics=list(names))
    whole = {figure.metric: figure.value for figure in found.figures if not figure.group}
    for metric in metrics:
        above, below = (
            None if one is None else Decimal(one) for one in (row[f"n_{metric.name}"], row.get(f"d_{metric.name}"))
        )
        value = metric.value(above, below, 2)
        assert whole[metric.name] == metric.text(value), metric.name
