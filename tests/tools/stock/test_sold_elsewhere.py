"""What lies unsold at one store but sells at another, told from what sells nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors.records import Row
from tests.tools.stock import stock_world as planted
from tests.tools.stock.told import figure, table
from tools.context import ToolContext
from tools.registry import run_tool


def idle() -> Iterator[Row]:
    """Coffee, which Market Street sells daily, lies unsold at Maple Avenue."""
    yield Row("inventory_level", {"variant_id": "G", "store_id": "S03", "quantity": 6, "as_of_at": planted.STALE})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with planted.stock_world(tmp_path_factory.mktemp("idle"), planted.rows(), planted.orders(), idle()) as mirror:
        yield planted.context_of(mirror)


def test_what_sold_nowhere_is_told_from_what_sold_at_another_store(world: ToolContext) -> None:
    result = run_tool("dead_stock", {"days": 60}, world)
    assert {row["Product"]: row["Sold at another store"] for row in table(result)} == {
        "Blue mug": "no", "Candle": "no", "Coffee beans": "yes",
    }  # fmt: skip
    assert "2 of the 3 products sold at no store then, 1 at another one." in result.headline
    assert figure(result, "dead_stock_products", sold="nowhere") == "2"
    assert figure(result, "dead_stock_products", sold="elsewhere") == "1"


def test_either_can_be_asked_for_alone(world: ToolContext) -> None:
    nowhere = run_tool("dead_stock", {"days": 60, "sold": "nowhere"}, world)
    assert {row["Product"] for row in table(nowhere)} == {"Blue mug", "Candle"}
    assert figure(nowhere, "dead_stock_products") == "2"
    elsewhere = run_tool("dead_stock", {"days": 60, "sold": "elsewhere", "by": "department"}, world)
    assert [(row["Department"], row["Products"]) for row in table(elsewhere)] == [("Grocery", 1)]
    none = run_tool("dead_stock", {"days": 60, "sold": "elsewhere", "stores": "Market Street"}, world)
    assert none.headline == "None of the dead stock, Market Street, sold at another store in those days."


def test_a_store_asked_about_alone_is_held_beside_the_others(world: ToolContext) -> None:
    result = run_tool("dead_stock", {"days": 60, "stores": "Maple Avenue"}, world)
    assert result.headline.endswith("It sold at another store then.")
    alone = replace(world, scope=replace(world.scope, store_ids=("S03",)))
    assert "another store" not in run_tool("dead_stock", {"days": 60}, alone).text
