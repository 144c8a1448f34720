"""Customers and baskets over the loaded sample against pandas over the package's own files."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.support.sample_mirror import TODAY, SampleWorld, loaded_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

pytestmark = [pytest.mark.slow, pytest.mark.soak]

STORES = ("S01", "S02", "S03", "S04", "S05")
FIRST, LAST = pd.Timestamp("2026-01-25"), pd.Timestamp("2026-11-22")
FIFTHS = 5


@dataclass(slots=True)
class Sample:
    """The mirror to ask, and the original lines as a frame: store, day, household, basket, product, cents."""

    world: SampleWorld
    lines: pd.DataFrame

    def ask(self, tool: str, **arguments: Any) -> ToolResult:
        clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
        return run_tool(tool, arguments, ToolContext(Scope("U", Role.OWNER, STORES), self.world.mirror.reader, clock))

    def visits(self) -> pd.DataFrame:
        """One row a basket."""
        keys = ["store", "household", "basket", "day"]
        return self.lines.groupby(keys, as_index=False).agg(cents=("cents", "sum"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with loaded_sample(tmp_path_factory.mktemp("sample")) as world:
        assert TODAY.isoformat() == "2026-11-23"
        found = world.original.execute(
            """SELECT map.demo AS store, t.day, t.household_id AS household, t.basket_id AS basket,
              CAST(t.product_id AS VARCHAR) AS product, CAST(round(t.sales_value * 100) AS BIGINT) AS cents
            FROM t JOIN map ON map.store_id = t.store_id"""
        ).fetchnumpy()
        lines = pd.DataFrame(found)
        lines["day"] = pd.to_datetime(lines["day"])
        yield Sample(world, lines[(lines["day"] >= FIRST) & (lines["day"] <= LAST)])


def values(result: ToolResult, metric: str, group: str) -> dict[str, str]:
    return {one.group[group]: one.value or "" for one in result.figures if one.metric == metric and group in one.group}


def money(cents: float) -> str:
    return f"{Decimal(int(cents)).scaleb(-2):.2f}"


def test_pairs_of_products_are_those_of_a_crossed_table(sample: Sample) -> None:
    lines = sample.lines
    lines = lines[(lines["store"] == "S03") & (lines["day"] > LAST - pd.Timedelta(weeks=12))]
    result = sample.ask("bought_together", period="last 12 weeks", stores="S03", limit=50)
    baskets, products = lines["basket"].astype("category"), lines["product"].astype("category")
    matrix = np.zeros((len(baskets.cat.categories), len(products.cat.categories)), dtype=np.float32)
    matrix[baskets.cat.codes, products.cat.codes] = 1
    place = {name: number for number, name in enumerate(products.cat.categories)}
    assert result.figures[0].value == str(len(matrix))
    shown = [
        tuple(one.group[f"{side}_variant_id"].removeprefix("V") for side in ("first", "second"))
        for one in result.figures
        if one.metric == "lift"
    ]
    assert len(shown) == 50
    figures = iter(result.figures[1:])
    for first, second in shown:
        own = {one.metric: one.value for one in (next(figures) for _ in range(7))}
        one, other = matrix[:, place[first]], matrix[:, place[second]]
        n, a, b, both = len(matrix), int(one.sum()), int(other.sum()), int((one * other).sum())
        assert (own["baskets_with_first"], own["baskets_with_second"], own["baskets_together"]) == (
            str(a), str(b), str(both),
        )  # fmt: skip
        assert own["support"] == f"{both / n * 100:.3f}"
        assert own["confidence"] == f"{both / a * 100:.2f}"
        assert own["lift"] == f"{both * n / (a * b):.2f}"
        size = np.minimum(np.log2(lines.groupby("basket").size().reindex(baskets.cat.categories)).astype(int), 6)
        expected = sum(
            one[size == step].sum() * other[size == step].sum() / (size == step).sum()
            for step in range(7)
            if (size == step).any()
        )
        assert own["lift_by_basket_size"] == f"{both / expected:.2f}"


def test_the_largest_customers_and_the_tenths(sample: Sample) -> None:
    spent = sample.visits().groupby("household")["cents"].sum().sort_values(ascending=False)
    result = sample.ask("top_customers", period="all time", limit=50)
    assert sorted(values(result, "net_sales", "customer_key").values(), key=Decimal) == sorted(
        map(money, spent.head(50)), key=Decimal
    )
    count = len(spent)
    cuts = [count * step // 10 for step in range(11)]
    tenths = [money(spent.iloc[start:end].sum()) for start, end in itertools.pairwise(cuts)]
    assert list(values(result, "net_sales", "customer_tier").values()) == tenths


@pytest.mark.parametrize("store", [None, "S05"])
def test_segments_are_those_of_ranks_by_pandas(sample: Sample, store: str | None) -> None:
    visits = sample.visits()
    visits = visits[visits["store"] == store] if store else visits
    people = visits.groupby("household").agg(last=("day", "max"), visits=("basket", "nunique"), cents=("cents", "sum"))
    fifth = {
        name: np.minimum(((rank - 0.5) * FIFTHS / len(people)).astype(int) + 1, FIFTHS)
        for name, rank in (
            ("recency", people["last"].rank()),
            ("frequency", people["visits"].rank()),
            ("monetary", people["cents"].rank()),
        )
    }
    value = np.ceil((fifth["frequency"] + fifth["monetary"]) / 2)
    champions = people[(fifth["recency"] >= 4) & (value >= 4)]
    lost = people[(fifth["recency"] <= 2) & (value == 1)]
    result = sample.ask("customer_segments", period="all time", stores=store)
    customers, sales = values(result, "customers", "segment"), values(result, "net_sales", "segment")
    for name, members in (("Champions", champions), ("Lost", lost)):
        assert customers[name] == str(len(members))
        assert sales[name] == money(members["cents"].sum())
    assert sum(map(int, customers.values())) == len(people)
    assert sum(map(Decimal, sales.values())) == Decimal(int(people["cents"].sum())).scaleb(-2)


def test_the_overdue_are_those_of_gaps_by_pandas(sample: Sample) -> None:
    days = sample.visits().drop_duplicates(["household", "day"]).sort_values(["household", "day"])
    gaps = days.assign(gap=days.groupby("household")["day"].diff().dt.days).dropna()
    habit = gaps.groupby("household")["gap"].agg(["count", "mean", "std", "sum"])
    habit["waiting"] = (LAST - days.groupby("household")["day"].max()).dt.days
    habit = habit[(habit["count"] >= 4) & (habit["sum"] >= 28)]
    overdue = habit[habit["waiting"] > habit["mean"] + 2 * habit["std"].clip(lower=1)]
    result = sample.ask("customers_at_risk", period="all time")
    found = {one.metric: one.value for one in result.figures}
    assert found["customers_with_habit"] == str(len(habit))
    assert found["customers_overdue"] == str(len(overdue))
    spent = sample.visits().groupby("household")["cents"].sum().reindex(overdue.index)
    worth = (spent * 28 / (overdue["sum"] + overdue["mean"])).sum()
    assert float(found["net_sales_at_risk_per_28_days"] or 0) == pytest.approx(worth / 100, abs=0.02)


def test_who_has_not_bought_for_so_many_days_is_counted_by_pandas(sample: Sample) -> None:
    visits = sample.visits()
    last = visits.groupby("household")["day"].max()
    away = last[(LAST - last).dt.days >= 60].index
    spent = int(visits[visits["household"].isin(away)]["cents"].sum())
    result = sample.ask("customers_away", period="all time", days=60)
    found = {one.metric: one.value for one in result.figures}
    assert len(away) > 50
    assert found["customers_away"] == str(len(away))
    assert found["customers"] == str(len(last))
    assert Decimal(found["customers_away_net_sales"] or 0) == Decimal(spent).scaleb(-2)


def test_trends_are_those_of_a_regression_by_scipy(sample: Sample) -> None:
    from scipy.stats import linregress

    weeks = ((LAST - FIRST).days + 1) // 7
    start = LAST - pd.Timedelta(weeks=weeks) + pd.Timedelta(days=1)
    visits = sample.visits()
    began = (visits.groupby("household")["day"].min() - start).dt.days // 7
    visits = visits[visits["day"] >= start].assign(week=(visits["day"] - start).dt.days // 7)
    weekly = visits.pivot_table(index="household", columns="week", values="cents", aggfunc="sum")
    judged = weekly[(began.reindex(weekly.index) * 4 < weeks) & (weekly.notna().sum(axis=1) >= 4)]
    counts = {"more": 0, "less": 0, "steady": 0}
    half = weeks // 2
    for _, row in judged.fillna(0).reindex(columns=range(weeks), fill_value=0).iterrows():
        line = linregress(range(weeks), row.to_numpy())
        first, later = row.iloc[:half].mean(), row.iloc[half:].mean()
        clear = abs(line.slope) >= 2.042 * line.stderr and abs(later - first) >= 0.2 * first
        counts["steady" if not clear else "more" if later > first else "less"] += 1
    result = sample.ask("customer_trends", period="all time")
    assert values(result, "customers", "trend") == {name: str(count) for name, count in counts.items()}
    assert counts["more"] > 50
    assert counts["less"] > 50


def test_retention_is_a_crossed_table_of_months(sample: Sample) -> None:
    visits = sample.visits()
    visits = visits.assign(month=visits["day"].dt.strftime("%Y-%m"))
    visits["cohort"] = visits.groupby("household")["month"].transform("min")
    active = visits.drop_duplicates(["household", "month"]).groupby(["cohort", "month"]).size()
    result = sample.ask("customer_cohorts", period="all time")
    sizes = values(result, "customers", "cohort")
    shown = [one for one in result.figures if one.metric == "active_share"]
    assert len(shown) > 40
    for one in shown:
        size, people = active[one.group["cohort"], one.group["cohort"]], active[one.group["cohort"], one.group["month"]]
        assert sizes[one.group["cohort"]] == str(size)
        assert one.value == f"{Decimal(int(people)) * 100 / Decimal(int(size)):.1f}"


def test_the_visits_by_hour_are_all_visits(sample: Sample) -> None:
    result = sample.ask("customer_segments", period="all time", view="hours")
    shown = sum(int(one.value or 0) for one in result.figures)
    assert 0.97 * len(sample.visits()) < shown <= len(sample.visits())
