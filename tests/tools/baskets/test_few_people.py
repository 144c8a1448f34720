"""A pair that only a few people buy is their habit: it is never told, however many baskets hold it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tests.tools.baskets.conftest import FIRST, NOW, PERIOD, timedelta
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

STORES = ("S01", "S02")
GOODS = {"gin": "Spirits", "tonic": "Mixers", "feta": "Cheese", "olives": "Jars", "tea": "Drinks", "soap": "Household"}


@pytest.fixture(scope="module")
def regulars(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """Gin with tonic in 60 baskets of four people; feta with olives in 60 of five; each alone in few."""
    folder: Path = tmp_path_factory.mktemp("regulars")
    rows: list[Row] = [store(name, name=f"{name} Street") for name in STORES]
    for name, department in GOODS.items():
        values = {"product_id": name, "name": f"{name.title()} plain", "department": department}
        rows += [Row("category", {"category_id": department, "name": department})]
        rows += [Row("product", {**values, "category_id": department})]
        rows += [Row("variant", {"variant_id": f"V-{name}", "product_id": name, "sku": f"SKU-{name}"})]
    number = 0

    def basket(goods: tuple[str, ...], customer: str | None, place: str) -> None:
        nonlocal number
        number += 1
        at = FIRST + timedelta(days=number % 28, minutes=number % 300)
        rows.append(sale(f"T-{number}", at, store_id=place, customer_key=customer))
        rows.extend(line(f"T-{number}", n, variant_id=f"V-{name}") for n, name in enumerate(goods, 1))

    for turn in range(60):
        basket(("gin", "tonic"), f"G{turn % 4}", STORES[turn % 2])
        basket(("feta", "olives"), f"F{turn % 5}", STORES[turn % 2])
    for turn in range(200):
        basket(("tea",), None, STORES[turn % 2])
        basket(("soap",), None, STORES[turn % 2])
    with open_mirror(folder / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U", Role.OWNER, STORES), mirror.reader, FixedClock(NOW))


def _pairs(context: ToolContext, level: str, **arguments: str) -> set[frozenset[str]]:
    result = run_tool("bought_together", {"period": PERIOD, "level": level, **arguments}, context)
    rows = result.table.rows if result.table else ()
    return {frozenset((str(row[0]), str(row[1]))) for row in rows}


@pytest.mark.parametrize(
    ("level", "told"), [("product", {"Feta plain", "Olives plain"}), ("department", {"Cheese", "Jars"})]
)
def test_a_pair_of_four_people_is_not_told_and_one_of_five_is(
    regulars: ToolContext, level: str, told: set[str]
) -> None:
    assert _pairs(regulars, level) == {frozenset(told)}


def test_nor_is_it_told_to_who_asks_for_one_of_the_two(regulars: ToolContext) -> None:
    assert _pairs(regulars, "product", product="Gin plain") == set()
    assert _pairs(regulars, "product", product="Feta plain") == {frozenset({"Feta plain", "Olives plain"})}


def test_a_cross_sell_idea_does_not_stand_on_it(regulars: ToolContext) -> None:
    result = run_tool("cross_sell", {"period": PERIOD, "level": "product"}, regulars)
    assert "Feta plain" in result.text
    assert "Gin" not in result.text
    beside = run_tool("cross_sell", {"period": PERIOD, "level": "product", "product": "Gin plain"}, regulars)
    assert "Tonic" not in beside.text
    assert beside.table is None


def test_the_answer_says_how_many_people_it_takes(regulars: ToolContext) -> None:
    result = run_tool("bought_together", {"period": PERIOD}, regulars)
    assert any("five people" in caveat for caveat in result.caveats)
