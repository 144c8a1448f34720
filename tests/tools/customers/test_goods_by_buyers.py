"""Goods by how many known customers bought them: planted buyers, and nothing told of fewer than five."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

TOOL = "goods_by_buyers"
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
EVERYONE = 20
BUYERS = {"salt": 20, "milk": 18, "bread": 15, "jam": 8, "figs": 5, "truffle": 4, "caviar": 1}
"""How many of the twenty buy it: the first so many of them."""
SHELF = {"salt": ("Grocery", "Spices", True), "milk": ("Dairy", "Milk", False), "bread": ("Bakery", "Bread", True),
         "jam": ("Grocery", "Spreads", None), "figs": ("Produce", "Fruit", False),
         "truffle": ("Produce", "Mushrooms", False),
         "caviar": ("Seafood", "Roe", False)}  # fmt: skip


def rows() -> Iterator[Row]:
    yield store("S01", name="Market Street")
    yield store("S02", name="Harbor Point")
    for name, (department, category, own) in SHELF.items():
        yield Row("category", {"category_id": name, "name": category})
        yield Row("product", {"product_id": name, "name": name.title(), "department": department,
                              "category_id": name,
                              "private_label": own,
                              "brand": {True: "Ours", False: "Theirs", None: None}[own]})  # fmt: skip
        yield Row("variant", {"variant_id": name, "product_id": name, "name": name.title()})
    number = 0
    for name, buyers in BUYERS.items():
        for person in range(buyers):
            for again in range(3 if name == "jam" else 1):  # who comes three times is one buyer
                number += 1
                at = NOW - timedelta(days=2 + again)
                where = "S02" if name == "figs" else "S01"
                yield sale(f"D{number}", at, customer_key=f"c{person:02d}", store_id=where)
                yield line(f"D{number}", variant_id=name, gross_minor=200)
    yield sale("ANON", NOW - timedelta(days=2))
    yield line("ANON", variant_id="figs")
    yield sale("BACK", NOW - timedelta(days=2), customer_key="c19", kind="return")
    yield line("BACK", variant_id="bread", gross_minor=-200, quantity=-1, is_return=True)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    mirror = open_mirror(tmp_path_factory.mktemp("buyers") / "mirror.duckdb")
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows()), sources=[SourceUpdate("sales", "test", NOW)])).result()
    yield ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW))
    mirror.close()


def told(result: ToolResult) -> list[tuple[Any, ...]]:
    return [tuple(row[:2]) for row in result.table.rows] if result.table else []


def test_goods_are_ranked_by_different_buyers_and_few_are_never_told(asked: ToolContext) -> None:
    found = run_tool(TOOL, {}, asked)
    # Milk was bought by all but two: told, it would tell of the two.
    assert told(found) == [("Salt", 20), ("Bread", 15), ("Jam", 8), ("Figs", 5)]
    assert found.headline.endswith("among products: Salt, 20 of 20 (100.0 %).")
    assert any(one.startswith("3 of 7 products left out") for one in found.caveats)
    shown = str(found)
    assert not any(name in shown for name in ("Truffle", "Caviar", "Milk"))
    jam = [one for one in found.figures if one.group.get("product") == "Jam"]
    assert [(one.metric, one.value) for one in jam] == [
        ("customers", "8"), ("customer_share", "40.0"), ("spend_per_customer", "6.00"),
    ]  # fmt: skip


def test_the_fewest_are_those_that_may_be_told(asked: ToolContext) -> None:
    found = run_tool(TOOL, {"order": "bottom", "limit": 2}, asked)
    assert told(found) == [("Figs", 5), ("Jam", 8)]
    assert "fewest known customers that may be told" in found.headline


def test_other_groups_and_a_part_of_the_range(asked: ToolContext) -> None:
    assert told(run_tool(TOOL, {"by": "department"}, asked)) == [("Grocery", 20), ("Bakery", 15), ("Produce", 5)]
    # Five bought figs and four of them truffles: Produce is told whole, its products only where five did.
    assert told(run_tool(TOOL, {"department": "Produce"}, asked)) == [("Figs", 5)]
    assert ("Spreads (Grocery)", 8) in told(run_tool(TOOL, {"by": "category"}, asked))
    assert told(run_tool(TOOL, {"by": "private_label"}, asked)) == [("Private label", 20)]
    assert told(run_tool(TOOL, {"by": "brand"}, asked)) == [("Ours", 20)]


@pytest.mark.parametrize(
    ("bound", "names"),
    [({"at_least_percent": "75"}, ["Salt", "Bread"]), ({"over_percent": "75"}, ["Salt"]),
     ({"at_most_percent": "40"}, ["Jam", "Figs"]), ({"under_percent": "40"}, ["Figs"])],
)  # fmt: skip
def test_a_share_of_the_customers_bounds_what_is_listed(
    asked: ToolContext, bound: dict[str, Any], names: list[str]
) -> None:
    assert [row[0] for row in told(run_tool(TOOL, bound, asked))] == names


def test_what_cannot_be_told_is_said_plainly(asked: ToolContext) -> None:
    with pytest.raises(NoDataError, match="fewer than 5"):
        run_tool(TOOL, {"department": "Seafood"}, asked)
    with pytest.raises(NoDataError):  # five customers of the other store are too few to speak of any of them
        run_tool(TOOL, {"stores": "Harbor Point", "period": "1 January 2026"}, asked)
    with pytest.raises(BadArgumentError, match="per cent"):
        run_tool(TOOL, {"at_least_percent": "60", "at_most_percent": "20"}, asked)
    none = run_tool(TOOL, {"over_percent": "40", "under_percent": "60"}, asked)
    assert none.headline.startswith("No product was bought by more than 40 % and less than 60 % of them")
