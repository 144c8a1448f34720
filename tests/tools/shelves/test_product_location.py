"""Where a product is: its place, its last scan, its stock on the shelf and in the back."""

from __future__ import annotations

import pytest

from tests.tools.shelves.shelf_world import table, value
from tools.context import ToolContext
from tools.errors import NoDataError
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


def test_a_category_stands_at_the_fixtures_of_its_products(world: ToolContext) -> None:
    result = run_tool("product_location", {"product": "plant drinks", "stores": "Market Street"}, world)
    assert result.headline == "Plant drinks (Grocery) should stand at F1 (2 products)."
    assert value(result, "planned_products", fixture="F1") == "2"


def test_of_a_category_without_a_planogram_it_is_said_that_none_places_it(bare: ToolContext) -> None:
    with pytest.raises(
        NoDataError, match=r"Where Plant drinks \(Grocery\) stands in .* is not recorded: no planogram places it"
    ):
        run_tool("product_location", {"product": "plant drinks"}, bare)
