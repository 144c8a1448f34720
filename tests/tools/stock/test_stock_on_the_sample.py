"""Stock tools on the loaded sample against pandas over the original files and the mirror's own rows.

Levels, costs and prices are simulated or derived, so there is no other source for them than the rows themselves; sales
come from the original parquet files. None of the tools' SQL takes part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.support.sample_mirror import SampleWorld, loaded_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

pytestmark = [pytest.mark.slow, pytest.mark.full]

STORES = ("S01", "S02", "S03", "S04", "S05")
FIRST_ON, LAST_ON = date(2026, 8, 31), date(2026, 11, 22)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWorld]:
    with loaded_sample(tmp_path_factory.mktemp("sample")) as world:
        yield world


@pytest.fixture(scope="module")
def context(sample: SampleWorld) -> ToolContext:
    clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    return ToolContext(Scope("U_OWNER", Role.OWNER, STORES), sample.mirror.reader, clock)


def frame(rows: Any) -> pd.DataFrame:
    return pd.DataFrame(rows.dicts())


@pytest.fixture(scope="module")
def levels(sample: SampleWorld) -> pd.DataFrame:
    """One row per store and variant: quantity, cost and price in force, department."""
    read = sample.mirror.reader.query
    held = frame(read("SELECT store_id, variant_id, quantity FROM inventory_level"))
    costs = frame(read("SELECT variant_id, valid_from_at, unit_cost FROM cost ORDER BY valid_from_at"))
    cost = costs.drop_duplicates("variant_id", keep="last")[["variant_id", "unit_cost"]]
    prices = frame(read("SELECT store_id, variant_id, price FROM price ORDER BY valid_from_at"))
    own = prices[prices.store_id.notna()].drop_duplicates(["store_id", "variant_id"], keep="last")
    common = prices[prices.store_id.isna()].drop_duplicates("variant_id", keep="last")
    names = frame(
        read("SELECT v.variant_id, v.unit_of_measure, p.department FROM variant v JOIN product p USING (product_id)")
    )
    held = held.merge(names, on="variant_id").merge(
        cost.rename(columns={"unit_cost": "cost"}), on="variant_id", how="left"
    )
    held = held.merge(own.rename(columns={"price": "own"}), on=["store_id", "variant_id"], how="left")
    held = held.merge(common[["variant_id", "price"]].rename(columns={"price": "common"}), on="variant_id", how="left")
    held["price"] = [
        own if own is not None and own == own else common for own, common in zip(held.own, held.common, strict=True)
    ]
    return held


@pytest.fixture(scope="module")
def sales(sample: SampleWorld) -> pd.DataFrame:
    """Pieces and cents per variant and day at Harbor Point in the last twelve weeks, from the original transactions."""
    rows = sample.original.execute(
        """SELECT 'V' || t.product_id AS variant_id, t.day, CAST(sum(t.quantity) AS BIGINT) AS units,
          CAST(sum(CAST(round(t.sales_value * 100) AS BIGINT)) AS BIGINT) AS cents
        FROM t JOIN map m ON m.store_id = t.store_id
        WHERE m.demo = 'S02' AND t.day BETWEEN $first AND $last GROUP BY ALL""",
        {"first": FIRST_ON, "last": LAST_ON},
    ).fetchall()
    return pd.DataFrame(rows, columns=["variant_id", "day", "units", "cents"])


def value(result: ToolResult, metric: str, **group: str) -> Decimal:
    named = [one for one in result.figures if one.metric == metric]
    found = next(one for one in named if all(one.group.get(key) == want for key, want in group.items()))
    return Decimal(found.value or 0)


def worth(rows: pd.DataFrame, column: str) -> Decimal:
    total = Decimal(0)
    for count, each in zip(rows["quantity"], rows[column], strict=True):
        if count > 0 and isinstance(each, Decimal) and each == each:
            total += count * each
    return total.quantize(Decimal("0.01"))


def test_inventory_value_equals_the_rows(context: ToolContext, levels: pd.DataFrame) -> None:
    result = run_tool("stock_levels", {"by": "department"}, context)
    assert value(result, "stock_value_at_cost") == worth(levels, "cost")
    assert value(result, "stock_value_at_retail") == worth(levels, "price")
    for department in ("Grocery", "Deli", "Produce"):
        part = levels[levels.department == department]
        assert value(result, "stock_value_at_cost", department=department) == worth(part, "cost")
        assert value(result, "stock_on_hand", department=department) == part["quantity"].sum()


def test_products_ranked_by_stock_value_equal_the_rows(context: ToolContext, levels: pd.DataFrame) -> None:
    result = run_tool("stock_levels", {"by": "product", "limit": 25, "stores": "Harbor Point"}, context)
    held = levels[(levels.store_id == "S02") & (levels.quantity > 0) & levels.cost.notna()].copy()
    held["worth"] = [count * cost for count, cost in zip(held.quantity, held.cost, strict=True)]
    best = sorted(held.worth, reverse=True)[:25]
    shown = [one.value for one in result.figures if one.metric == "stock_value_at_cost" and one.group]
    assert shown == [str(one.quantize(Decimal("0.01"))) for one in best]
    pieces = run_tool("stock_levels", {"by": "product", "limit": 10, "rank_by": "pieces"}, context)
    each = levels[(levels.quantity > 0) & ~levels.unit_of_measure.isin(["lb", "gal"])]
    most = each.groupby("variant_id").quantity.sum().sort_values(ascending=False)[:10]
    assert [int(one.value or 0) for one in pieces.figures if one.metric == "stock_on_hand" and one.group] == [
        int(one) for one in most
    ]


def test_what_is_simulated_is_called_so(context: ToolContext) -> None:
    for tool in ("stock_levels", "dead_stock", "stock_productivity"):
        caveats = run_tool(tool, {"stores": "Station Road"}, context).caveats
        assert any(one.startswith("Stock levels are simulated") for one in caveats)
        assert any(one.startswith("Costs are simulated") for one in caveats)


def test_out_of_stock_counts_equal_the_rows(context: ToolContext, levels: pd.DataFrame) -> None:
    result = run_tool("out_of_stock", {}, context)
    out = levels[levels.quantity <= 0]
    assert value(result, "products_out_of_stock") == out.variant_id.nunique()
    assert value(result, "products_out_of_stock_store_pairs") == len(out)


def test_dead_stock_equals_the_original_sales(context: ToolContext, levels: pd.DataFrame, sales: pd.DataFrame) -> None:
    result = run_tool("dead_stock", {"days": 60, "stores": "Harbor Point", "limit": 100}, context)
    recent = sales[(sales.day > LAST_ON - timedelta(days=60)) & ((sales.units > 0) | (sales.cents > 0))]
    held = levels[(levels.store_id == "S02") & (levels.quantity > 0)]
    dead = held[~held.variant_id.isin(recent.variant_id)]
    assert value(result, "dead_stock_products") == len(dead)
    assert value(result, "dead_stock_units") == dead["quantity"].sum()
    assert value(result, "dead_stock_value_at_cost") == worth(dead, "cost")
    assert value(result, "dead_stock_value_at_retail") == worth(dead, "price")


def test_days_of_cover_equal_the_original_units(
    context: ToolContext, levels: pd.DataFrame, sales: pd.DataFrame
) -> None:
    result = run_tool("stock_cover", {"department": "Deli", "stores": "Harbor Point"}, context)
    held = levels[(levels.store_id == "S02") & (levels.department == "Deli")]
    recent = sales[(sales.day > date(2026, 10, 25)) & sales.variant_id.isin(held.variant_id)]
    cover = Decimal(held["quantity"].sum()) * 28 / Decimal(int(recent["units"].sum()))
    assert value(result, "days_of_stock") == cover.quantize(Decimal("0.1"))


def test_abc_classes_equal_a_count_over_the_original_sales(
    context: ToolContext, levels: pd.DataFrame, sales: pd.DataFrame, sample: SampleWorld
) -> None:
    result = run_tool("abc_xyz", {"stores": "Harbor Point"}, context)
    weighed = {row[0] for row in sample.mirror.reader.query(
        "SELECT variant_id FROM variant WHERE unit_of_measure <> 'each'").rows}  # fmt: skip
    mine = sales[~sales.variant_id.isin(weighed)]
    cents = mine.groupby("variant_id")["cents"].sum().sort_values(ascending=False)
    before = cents.cumsum() - cents
    is_a = (before < cents[cents > 0].sum() * 0.8) & (cents > 0)
    counted = sum(value(result, "products", **{"class": name}) for name in ("AX", "AY", "AZ"))
    assert counted == int(is_a.sum())
    total = sum(value(result, "net_sales", **{"class": name}) for name in ("AX", "AY", "AZ"))
    assert total == Decimal(int(cents[is_a].sum())).scaleb(-2)


def test_gmroi_equals_margin_over_stock_at_cost(
    context: ToolContext, levels: pd.DataFrame, sales: pd.DataFrame
) -> None:
    result = run_tool("stock_productivity", {"department": "Deli", "stores": "Harbor Point"}, context)
    held = levels[(levels.store_id == "S02") & (levels.department == "Deli")].dropna(subset=["cost"])
    recent = sales[sales.day > date(2026, 10, 25)].merge(held[["variant_id", "cost"]], on="variant_id")
    margin = sum(
        Decimal(int(cents)).scaleb(-2) - int(units) * cost
        for cents, units, cost in zip(recent.cents, recent.units, recent.cost, strict=True)
    )
    gmroi = margin * 365 / 28 / worth(held, "cost")
    assert value(result, "gmroi") == gmroi.quantize(Decimal("0.01"))


def test_the_shelf_tools_refuse_for_want_of_a_planogram(context: ToolContext) -> None:
    for tool in ("planogram_check", "shelf_gaps", "space_to_sales"):
        with pytest.raises(NoDataError, match="No planogram is recorded"):
            run_tool(tool, {}, context)


@pytest.mark.parametrize("by", ["store", "department", "category", "store, department"])
def test_rates_of_what_is_out_are_of_what_each_group_carries(context: ToolContext, by: str) -> None:
    keys = {"store": "l.store_id", "department": "COALESCE(p.department, 'Unknown')",
            "category": "COALESCE(c.name, 'Unknown')"}  # fmt: skip
    wanted = [keys[one] for one in by.split(", ")]
    rows = context.mirror.query(
        f"SELECT {', '.join(wanted)}, COUNT(*), SUM(CASE WHEN l.quantity <= 0 THEN 1 ELSE 0 END)"
        " FROM inventory_level l JOIN variant v USING (variant_id) JOIN product p USING (product_id)"
        " LEFT JOIN category c USING (category_id)"
        " WHERE COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE) AND COALESCE(v.track_stock, TRUE)"
        f" GROUP BY {', '.join(wanted)}",
        {},
    ).rows
    by_hand = {
        tuple(str(one) for one in row[: len(wanted)]): f"{100 - Decimal(int(row[-1])) * 100 / int(row[-2]):.1f}"
        for row in rows
    }
    found = run_tool("out_of_stock", {"by": by, "rate": "in_stock"}, context)
    told = {
        tuple(one.group[name] for name in by.split(", ")): one.value
        for one in found.figures
        if one.metric == "in_stock_rate" and one.group
    }
    assert told == by_hand
    carried, gone = sum(int(row[-2]) for row in rows), sum(int(row[-1]) for row in rows)
    assert f"{100 - Decimal(gone) * 100 / carried:.1f} % ({carried - gone:,} of {carried:,} active" in found.headline


def test_what_to_order_of_the_best_sellers_is_what_the_list_says_of_them(context: ToolContext) -> None:
    best = [
        str(row[0])
        for row in context.mirror.query(
            "SELECT l.variant_id FROM sale_line l JOIN variant v USING (variant_id) JOIN product p USING (product_id)"
            " WHERE l.business_on BETWEEN DATE '2026-10-26' AND DATE '2026-11-22' AND p.department = 'Produce'"
            " AND COALESCE(v.unit_of_measure, 'each') = 'each'"
            " GROUP BY 1 ORDER BY SUM(l.net_minor) DESC, 1 LIMIT 30",
            {},
        ).rows
    ]
    every = run_tool("reorder_list", {"department": "Produce", "limit": 100}, context)
    found = run_tool("reorder_list", {"department": "Produce", "best_sellers": 30, "limit": 100}, context)

    def orders(result: ToolResult) -> dict[tuple[str, str], str | None]:
        return {
            (one.group["variant_id"], one.group["store"]): one.value
            for one in result.figures
            if one.metric == "suggested_order" and "variant_id" in one.group
        }

    assert orders(found)
    assert orders(found) == {key: value for key, value in orders(every).items() if key[0] in best}
    assert found.text.count(";") >= len(best) - 1
