"""Products found by the words people have for them: colours, plurals, spellings, word order, part of a brand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.records import Row
from tests.support.documents_world import at, documents_world, rows
from tests.support.mirror_rows import line, sale
from tools.context import ToolContext
from tools.registry import run_tool

PRODUCTS = (
    ("1", "Mug", "Blue", "Potter & Sons", "Stoneware, holds 300 ml", "0012345678905"),
    ("2", "Mug", "Gray", "Potter & Sons", "Stoneware, holds 300 ml", "4006381333931"),
    ("3", "Strawberries, 1 lb", "", "Sunny Fields", "", "111"),
    ("4", "Berry smoothie", "", "Sunny Fields", "", "222"),
    ("5", "Lunch box", "Green", "Trail", "Leak-proof bento for children", "333"),
    ("6", "Cherry tomato, 250 g", "", "Sunny Fields", "", "444"),
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    listed: list[Row] = [sale("A", at(2, 14)), line("A", variant_id="V4")]
    for ident, name, variant, brand, description, barcode in PRODUCTS:
        product = {"product_id": f"P{ident}", "name": name, "brand": brand, "description": description or None}
        listed.append(Row("product", {**product, "department": "All"}))
        one = {"variant_id": f"V{ident}", "product_id": f"P{ident}", "name": variant, "barcode": barcode}
        listed.append(Row("variant", {**one, "sku": f"SKU-{ident}"}))
    with documents_world(tmp_path_factory.mktemp("range"), listed) as context:
        yield context


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("the blue mug", ["P1"]),
        ("mug blue", ["P1"]),
        ("the mug that is blue", ["P1"]),
        ("blue mugs", ["P1"]),
        ("grey mug", ["P2"]),
        ("blu mug", ["P1"]),
        ("potter mugs", ["P1", "P2"]),
        ("lunch boxes", ["P5"]),
        ("bento lunch box green", ["P5"]),
        ("bento for children", ["P5"]),
        ("cherry tomatoes", ["P6"]),
        ("strawberry", ["P3"]),
        ("12345678905", ["P1"]),
        ("0012345678905", ["P1"]),
        ("sku-2", ["P2"]),
        ("sunny tomatos", ["P6"]),
    ],
)
def test_people_find_what_they_mean(shop: ToolContext, said: str, found: list[str]) -> None:
    shown = rows(run_tool("find_products", {"text": said}, shop))
    assert sorted(str(row[-2]) for row in shown) == found


def test_berries_are_every_kind_of_berry(shop: ToolContext) -> None:
    shown = {row[-2] for row in rows(run_tool("find_products", {"text": "berries"}, shop))}
    assert shown == {"P3", "P4"}


def test_words_that_only_ask_are_not_looked_for(shop: ToolContext) -> None:
    one = run_tool("find_products", {"text": "the one in blue please"}, shop)
    assert [row[-2] for row in rows(one)] == ["P1"]
