"""Days of cover of single products: those that sell, from either end, and within bounds."""

from __future__ import annotations

from decimal import Decimal

from tests.tools.stock import stock_world as planted
from tests.tools.stock.told import table
from tools.context import ToolContext
from tools.registry import run_tool
from tools.stock.cover import LEAST_UNITS

WINDOW = planted.DAYS[-28:]


def by_hand() -> dict[str, Decimal]:
    """Days of cover of each product in stock that sells enough, over all stores."""
    pieces: dict[str, int] = {}
    units: dict[str, int] = {}
    for (store, product), areas in planted.LEVELS.items():
        if product in {"J", "K"}:  # weighed, and without tracked stock
            continue
        pieces[product] = pieces.get(product, 0) + max(sum(areas.values()), 0)
        units[product] = units.get(product, 0) + sum(planted.sold(store, product, day) for day in WINDOW)
    return {
        planted.PRODUCTS[product][0]: (Decimal(held) * 28 / units[product]).quantize(Decimal("0.1"))
        for product, held in pieces.items()
        if held > 0 and units[product] >= LEAST_UNITS and product != "E"  # the kettle is new
    }


def test_products_stand_by_their_days_from_the_end_that_is_asked_for(world: ToolContext) -> None:
    expected = by_hand()
    assert len(expected) > 2
    for order in ("bottom", "top"):
        result = run_tool("stock_cover", {"by": "product", "order": order}, world)
        rows = [(row["Product"], Decimal(row["Days of cover"])) for row in table(result) if row["Product"] in expected]
        assert rows == sorted(expected.items(), key=lambda one: one[1], reverse=order == "top")
    first = table(run_tool("stock_cover", {"by": "product", "order": "top", "limit": 1}, world))
    assert len(first) == 1


def test_bounds_are_counted_over_all_products_and_not_over_those_listed(world: ToolContext) -> None:
    expected = by_hand()
    middle = sorted(expected.values())[len(expected) // 2]
    result = run_tool("stock_cover", {"by": "product", "over": str(middle - 1), "limit": 1, "order": "top"}, world)
    within = sum(days > middle - 1 for days in expected.values())
    assert f"{within:,} of {len(expected):,} products: cover more than" in result.text
    none = run_tool("stock_cover", {"by": "product", "over": "9000"}, world)
    assert none.table is None
    assert "within these bounds" in none.text


def test_a_department_limits_the_products(world: ToolContext) -> None:
    result = run_tool("stock_cover", {"by": "product", "department": "Dairy"}, world)
    assert {row["Product"] for row in table(result)} <= {"Butter, 8 oz"}
