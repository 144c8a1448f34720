"""Where a product is: its place, its last scan, its stock on the shelf and in the back."""

from __future__ import annotations

from tests.tools.shelves.shelf_world import table
from tools.context import ToolContext
from tools.registry import run_tool


def test_a_product_is_where_the_planogram_has_it(world: ToolContext) -> None:
    result = run_tool("product_location", {"product": "coffee", "stores": "Market Street"}, world)
    assert result.headline == "Coffee should stand at F2, 2."
    (row,) = table(result)
    assert (row["Last scanned"], row["On hand"], row["Shelf"], row["Back room"]) == (
        "F2, 2, 12 Nov 2026, 08:00",
        "12",
        "0",
        "12",
    )


def test_what_is_on_hand_is_said_of_the_stores_that_have_it(world: ToolContext) -> None:
    """Coffee: none on the shelf and twelve in the back room of one store, no level at the other."""
    assert "12 on hand in 1 of 2 stores." in run_tool("product_location", {"product": "coffee"}, world).text


def test_an_unplanned_product_has_its_last_scan(world: ToolContext) -> None:
    result = run_tool("product_location", {"product": "Stray candle", "stores": "Market Street"}, world)
    assert result.headline == "Stray candle was last scanned at F2, 5."


def test_without_a_planogram_a_location_is_not_made_up(bare: ToolContext) -> None:
    result = run_tool("product_location", {"product": "coffee"}, bare)
    assert "is not recorded" in result.headline
    assert "a planogram file would tell" in result.text
