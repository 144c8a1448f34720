"""What the catalogue lacks, and the day on which goods sold last: on the planted chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.tools.stock import stock_world as planted
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool
from tools.result import ToolResult


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("catalogue")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)


def missing(result: ToolResult, what: str) -> str | None:
    return next(one.value for one in result.figures if one.group.get("missing") == what)


def table(result: ToolResult) -> list[dict[str, Any]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]


def test_products_without_a_cost_are_named(world: ToolContext) -> None:
    found = run_tool("catalogue_gaps", {"missing": "cost"}, world)
    assert found.headline == "1 product of 11 has no cost, all 3 stores (9.1 %)."
    assert [row["Product"] for row in table(found)] == ["Candle"]
    assert missing(found, "cost") == "1"


def test_what_no_product_has_is_said_of_the_source(world: ToolContext) -> None:
    found = run_tool("catalogue_gaps", {"missing": "sku"}, world)
    assert "the source does not seem to give it" in found.headline
    assert found.table is None


def test_what_every_product_has_is_said(world: ToolContext) -> None:
    assert run_tool("catalogue_gaps", {"missing": "price"}, world).headline == (
        "Every active product has a price, all 3 stores (11 in all)."
    )


def test_all_gaps_are_counted_side_by_side(world: ToolContext) -> None:
    found = run_tool("catalogue_gaps", {}, world)
    counts = {row["Missing"]: row["Products"] for row in table(found)}
    assert (counts["barcode"], counts["cost"], counts["SKU"]) == (0, 1, 11)
    assert run_tool("catalogue_gaps", {"missing": "cost", "department": "Home"}, world).headline.startswith(
        "1 product of 3 has no cost of Home"
    )


def test_a_store_without_levels_of_a_product_lacks_them(world: ToolContext) -> None:
    found = run_tool("catalogue_gaps", {"missing": "stock_level", "stores": "Maple Avenue"}, world)
    with_one = {product for store, product in planted.LEVELS if store == "S03"}
    tracked = set(planted.PRODUCTS) - {"K"}
    assert missing(found, "stock level") == str(len(tracked - with_one))


def test_the_last_and_the_first_day_of_a_product(world: ToolContext) -> None:
    found = run_tool("first_and_last_sale", {"product": "tomato soup"}, world)
    assert "last sold on 31 October 2026 (23 days ago) at Market Street, 2 units" in found.headline
    assert "first sale in the data on 1 September 2026, the first day of the data" in found.headline
    assert "Never sold at Harbor Point and Maple Avenue." in found.text
    (row,) = table(found)
    assert (row["Last sold"], row["First sold"], row["Days with sales"]) == ("2026-10-31", "2026-09-01", 61)


def test_every_store_has_its_own_last_day(world: ToolContext) -> None:
    found = run_tool("first_and_last_sale", {"product": "blue mug", "stores": "Market Street"}, world)
    assert "last sold on 5 September 2026" in found.headline
    assert "It sold on 1 day." in found.text


def test_what_never_sold_and_what_is_not_named_are_refused(world: ToolContext) -> None:
    with pytest.raises(NoDataError, match="No sale of New kettle is in the data"):
        run_tool("first_and_last_sale", {"product": "new kettle"}, world)
    with pytest.raises(BadArgumentError, match="Say of which product"):
        run_tool("first_and_last_sale", {}, world)


def test_other_stores_are_not_looked_at(world: ToolContext) -> None:
    one = replace(world, scope=replace(world.scope, store_ids=("S03",), role=Role.STORE_MANAGER))
    with pytest.raises(NoDataError):
        run_tool("first_and_last_sale", {"product": "tomato soup"}, one)
