"""The explanation on the loaded sample against pandas over the original files, in floating point and another way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from tests.support.sample_mirror import SampleWorld, loaded_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

pytestmark = [pytest.mark.slow, pytest.mark.soak]

STORES = ("S01", "S02", "S03", "S04", "S05")
NOW, BEFORE = (date(2026, 11, 16), date(2026, 11, 22)), (date(2026, 11, 9), date(2026, 11, 15))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWorld]:
    with loaded_sample(tmp_path_factory.mktemp("sample")) as world:
        yield world


@pytest.fixture(scope="module")
def context(sample: SampleWorld) -> ToolContext:
    clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    return ToolContext(Scope("U_OWNER", Role.OWNER, STORES), sample.mirror.reader, clock)


@pytest.fixture(scope="module")
def result(context: ToolContext) -> ToolResult:
    return run_tool("explain_change", {"period": "last week"}, context)


def _lines(sample: SampleWorld, days: tuple[date, date]) -> pd.DataFrame:
    """Store, basket, product, pieces and cents of the original rows; goods that are no pieces have none."""
    rows = sample.original.execute(
        "SELECT m.demo, t.basket_id, t.product_id, t.quantity, CAST(round(t.sales_value * 100) AS BIGINT) "
        "FROM t JOIN map m ON m.store_id = t.store_id WHERE t.day BETWEEN ? AND ?",
        list(days),
    ).fetchall()
    frame = pd.DataFrame(rows, columns=["store", "basket", "product", "pieces", "cents"])
    odd = {
        str(row[0]).removeprefix("V")
        for row in sample.mirror.reader.query(
            "SELECT variant_id FROM variant WHERE coalesce(unit_of_measure, 'each') <> 'each'"
        ).rows
    }
    frame["pieces"] = frame["pieces"].where(~frame["product"].astype(str).isin(odd), 0)
    return frame


def _visitors(sample: SampleWorld, days: tuple[date, date]) -> dict[str, int]:
    rows = sample.mirror.reader.query(
        "SELECT store_id, sum(visitors) FROM foot_traffic WHERE "
        "CAST(hour_at AT TIME ZONE 'America/New_York' AS DATE) BETWEEN ? AND ? GROUP BY 1",
        list(days),
    ).rows
    return {str(store): int(count) for store, count in rows}


def _expected(sample: SampleWorld) -> dict[str, float]:
    """The textbook formulas, store by store, in floats."""
    total = dict.fromkeys(("traffic", "conversion", "units_per_transaction", "price", "mix", "unpieced"), 0.0)
    sides = [_lines(sample, days) for days in (BEFORE, NOW)]
    seen = [_visitors(sample, days) for days in (BEFORE, NOW)]
    for store in STORES:
        frames = [side[side["store"] == store] for side in sides]
        t0, t1 = (frame["basket"].nunique() for frame in frames)
        v0, v1 = (counts[store] for counts in seen)
        grouped = [frame.groupby("product")[["pieces", "cents"]].sum().query("pieces != 0") for frame in frames]
        q0, q1 = (float(group["pieces"].sum()) for group in grouped)
        n0, n1 = (float(group["cents"].sum()) for group in grouped)
        c0, c1 = (float(frame["cents"].sum()) - net for frame, net in zip(frames, (n0, n1), strict=True))
        basket = ((n0 + c0) / t0 + (n1 + c1) / t1) / 2
        total["traffic"] += (v1 - v0) * (t0 / v0 + t1 / v1) / 2 * basket
        total["conversion"] += (t1 / v1 - t0 / v0) * (v0 + v1) / 2 * basket
        trips = (t0 + t1) / 2
        total["units_per_transaction"] += (q1 / t1 - q0 / t0) * (n0 / q0 + n1 / q1) / 2 * trips
        total["unpieced"] += (c1 / t1 - c0 / t0) * trips
        both = grouped[0].merge(grouped[1], left_index=True, right_index=True, suffixes=("0", "1"))
        share = (both["pieces0"] / q0 + both["pieces1"] / q1) / 2
        like = float((share * (both["cents1"] / both["pieces1"] - both["cents0"] / both["pieces0"])).sum())
        carried = (q0 / t0 + q1 / t1) / 2 * trips
        total["price"] += carried * like
        total["mix"] += carried * (n1 / q1 - n0 / q0 - like)
    return {name: cents / 100 for name, cents in total.items()}


def test_every_part_is_that_of_pandas_to_the_cent(sample: SampleWorld, result: ToolResult) -> None:
    shown = {
        one.group["part"]: Decimal(one.value or 0)
        for one in result.figures
        if one.metric.startswith("net_sales.effect_of_")
    }
    expected = _expected(sample)
    assert set(shown) == set(expected)
    for name, value in expected.items():
        assert abs(float(shown[name]) - value) < 0.0101, name
    first = result.figures[0]
    assert first.compared_to is not None
    assert sum(shown.values()) == Decimal(first.value or 0) - Decimal(first.compared_to.value)


def test_departments_and_stores_are_those_of_the_original(sample: SampleWorld, context: ToolContext) -> None:
    cents = [_lines(sample, days).groupby("store")["cents"].sum() for days in (BEFORE, NOW)]
    found = run_tool("explain_change", {"period": "last week", "by": "store"}, context)
    shown = {one.group["store"]: one.value for one in found.figures if "store" in one.group}
    assert shown == {store: f"{(cents[1][store] - cents[0][store]) / 100:.2f}" for store in STORES}


def test_the_usual_range_is_the_median_and_spread_of_earlier_weeks(sample: SampleWorld, result: ToolResult) -> None:
    rows = sample.original.execute(
        "SELECT t.day, sum(CAST(round(t.sales_value * 100) AS BIGINT)) FROM t JOIN map m ON m.store_id = t.store_id "
        "GROUP BY 1"
    ).fetchall()
    net = pd.Series({pd.Timestamp(day): float(cents) for day, cents in rows}).sort_index()
    weeks = pd.Series(
        [
            net[pd.Timestamp(NOW[0] - timedelta(weeks=n)) : pd.Timestamp(NOW[1] - timedelta(weeks=n))].sum()
            for n in range(28)
        ]
    )
    changes = (weeks / weeks.shift(-1) - 1)[1:27] * 100
    middle = changes.median()
    spread = 2 * 1.4826 * (changes - middle).abs().median()
    assert f"{middle - spread:+.1f} and {middle + spread:+.1f} %" in result.text
    assert "n = 26" in result.text


def test_a_gross_margin_change_is_whole_and_its_costs_did_not_move(context: ToolContext) -> None:
    found = run_tool("explain_change", {"period": "last week", "metric": "gross_margin"}, context)
    parts = {one.group["part"]: Decimal(one.value or 0) for one in found.figures if "effect_of" in one.metric}
    first = found.figures[0]
    assert first.compared_to is not None
    assert sum(parts.values()) == Decimal(first.compared_to.change)
    # The sample has one cost a product for the whole year.
    assert parts["cost"] == 0
    assert any(caveat.startswith("Costs are simulated") for caveat in found.caveats)
