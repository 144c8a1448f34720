"""Days of cover by two splits at once, and that crumbs do not lead a list of the shortest."""

from __future__ import annotations

from decimal import Decimal

from tests.tools.stock import stock_world as planted
from tests.tools.stock.told import figure, table
from tools.context import ToolContext
from tools.registry import run_tool

WINDOW = planted.DAYS[-28:]
UNCOUNTED = {"J", "K"}
"""Weighed, and without tracked stock."""


def by_hand(kind: int) -> dict[tuple[str, str], tuple[int, Decimal]]:
    """Pieces on hand and units a day of a store and a department (1) or category (2), from the planted constants."""
    found: dict[tuple[str, str], tuple[int, Decimal]] = {}
    for (store, product), areas in planted.LEVELS.items():
        if product in UNCOUNTED:
            continue
        key = (planted.STORES[store][0], str(planted.PRODUCTS[product][kind]))
        pieces, rate = found.get(key, (0, Decimal(0)))
        sold = sum(planted.sold(store, product, day) for day in WINDOW)
        found[key] = (pieces + max(sum(areas.values()), 0), rate + Decimal(sold) / 28)
    return found


def test_cover_is_split_by_store_and_department_or_category(world: ToolContext) -> None:
    for by, kind in (("department", 1), ("category", 2)):
        result = run_tool("stock_cover", {"by": f"store, {by}"}, world)
        rows = {(row["Store"], row[by.capitalize()]): row for row in table(result)}
        expected = by_hand(kind)
        assert set(rows) == set(expected)
        for key, (pieces, rate) in expected.items():
            assert Decimal(rows[key]["On hand"]) == pieces
            cover = f"{(pieces / rate).quantize(Decimal('0.1')):f}" if rate else None
            assert rows[key]["Days of cover"] == cover
    assert figure(run_tool("stock_cover", {"by": "store, department"}, world), "days_of_stock", store="S01",
                  department="Dairy") == f"{(20 / (Decimal(125) / 28)).quantize(Decimal('0.1')):f}"  # fmt: skip


def test_what_is_gone_or_hardly_sells_does_not_lead_the_shortest(world: ToolContext) -> None:
    result = run_tool("stock_cover", {"by": "store, category"}, world)
    small = {key for key, (pieces, rate) in by_hand(2).items() if pieces <= 0 or rate < 1}
    order = [(row["Store"], row["Category"]) for row in table(result)]
    assert set(order[-len(small) :]) == small
    large = {key: one for key, one in by_hand(2).items() if key not in small}
    shortest = min(large, key=lambda key: Decimal(large[key][0]) / large[key][1])
    assert order[0] == shortest
    assert f"Shortest: {', '.join(shortest)} " in result.text
    assert f"{len(small)} categories (counting each store) with nothing on hand or under 1 unit a day" in result.text


def test_a_store_with_nothing_on_hand_still_leads_where_stores_are_asked_for(world: ToolContext) -> None:
    result = run_tool("stock_cover", {"by": "store", "product": "plum jam"}, world)
    assert "Shortest: Maple Avenue 0.0 days" in result.text
