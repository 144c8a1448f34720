"""Returns without a cost, an exchange and a line below nought: shares stay shares, and lines are those of transactions.

Three days of one shop, counted by hand from ``LINES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
WEEK = "2 to 8 March"
SHELF = {"MUG": "Household", "TEA": "Grocery", "CRATE": "Deposit"}


class Sold(NamedTuple):
    """A line: its document, its kind, the product, the net value in minor units and whether a cost is known."""

    document: str
    kind: str
    product: str
    net: int
    known: bool


LINES = (
    Sold("A", "sale", "MUG", 6000, known=True),
    Sold("A", "sale", "TEA", 4000, known=True),
    Sold("B", "return", "MUG", -2000, known=False),
    Sold("B", "return", "TEA", -1000, known=False),
    Sold("C", "exchange", "MUG", -1000, known=False),
    Sold("C", "exchange", "TEA", 3000, known=True),
    Sold("C", "exchange", "MUG", 1000, known=True),
    Sold("D", "sale", "CRATE", -500, known=False),  # a deposit paid back within a sale
    Sold("D", "sale", "TEA", 2500, known=True),
)


def rows() -> list[Row]:
    made = [store(name="Alpha", timezone="UTC")]
    for sku, department in SHELF.items():
        made.append(Row("product", {"product_id": f"P{sku}", "name": sku.title(), "department": department}))
        made.append(Row("variant", {"variant_id": f"V{sku}", "product_id": f"P{sku}", "sku": sku}))
    for day, document in enumerate(dict.fromkeys(one.document for one in LINES), 3):
        mine = [one for one in LINES if one.document == document]
        made.append(sale(document, datetime(2026, 3, day, 14, tzinfo=UTC), kind=mine[0].kind))
        for number, one in enumerate(mine, 1):
            back = one.kind != "sale" and one.net < 0
            made.append(
                line(document, number, one.net, variant_id=f"V{one.product}", quantity=-1 if back else 1,
                     net_minor=one.net, is_return=back, unit_cost="5.00" if one.known else None)
            )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """The owner of the shop."""
    with open_mirror(tmp_path_factory.mktemp("returned") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows(), sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW))


def known(meant: Callable[[Sold], bool]) -> str:
    """The value of the lines of known cost over that of all, each by its size."""
    sizes = [(abs(one.net), one.known) for one in LINES if meant(one)]
    return f"{Decimal(100) * sum(size for size, there in sizes if there) / sum(size for size, _ in sizes):.1f}"


def values(result: ToolResult, metric: str, group: str) -> dict[str, str | None]:
    return {one.group.get(group, ""): one.value for one in result.figures if one.metric == metric}


@pytest.mark.parametrize(("tool", "by"), [("sales_summary", "department"), ("sales_breakdown", ["department"])])
def test_the_share_of_known_cost_is_one_of_values_whatever_came_back(
    tool: str, by: str | list[str], shop: ToolContext
) -> None:
    asked = {"period": WEEK, "metrics": ["known_cost_share"], "by": by}
    found = values(run_tool(tool, asked, shop), "known_cost_share", "department")
    shares = {name: known(lambda one, name=name: SHELF[one.product] == name) for name in SHELF.values()}
    assert found == {"": known(lambda _: True), **shares}
    assert shares == {"Household": "70.0", "Grocery": "90.5", "Deposit": "0.0"}


def test_products_rank_by_the_share_of_known_cost(shop: ToolContext) -> None:
    result = run_tool("top_products", {"period": WEEK, "metric": "known_cost_share"}, shop)
    found = values(result, "known_cost_share", "product")
    assert {name: found[name.title()] for name in SHELF} == {
        name: known(lambda one, name=name: one.product == name) for name in SHELF
    }


def test_unknown_costs_of_what_came_back_are_no_share_of_net_sales(shop: ToolContext) -> None:
    """Net sales are 120.00 and those of unknown cost are -45.00: that is no 37.5 %."""
    for tool, more in (("sales_summary", {"metrics": ["gross_margin"]}), ("product_profitability", {})):
        result = run_tool(tool, {"period": WEEK, **more}, shop)
        assert "The cost of 4 lines is unknown; margin leaves them out." in result.caveats
    sold = run_tool("sales_summary", {"period": "6 March", "metrics": ["gross_margin"], "product": "TEA"}, shop)
    assert not any("is unknown" in said for said in sold.caveats)


@pytest.mark.parametrize(("tool", "by"), [("sales_summary", "day"), ("sales_breakdown", ["day"])])
def test_lines_per_transaction_are_the_lines_of_transactions(tool: str, by: str | list[str], shop: ToolContext) -> None:
    """The refund of two lines is no transaction, and its lines are none of one: 7 lines over 3, and not 9."""
    documents: dict[str, int] = {}
    for one in LINES:
        if one.kind != "return":
            documents[one.document] = documents.get(one.document, 0) + 1
    expected = f"{Decimal(sum(documents.values())) / len(documents):.2f}"
    asked = {"period": WEEK, "metrics": ["lines_per_transaction"], "by": by}
    found = values(run_tool(tool, asked, shop), "lines_per_transaction", "day")
    assert found[""] == expected == "2.33"
    assert found["2026-03-05"] == "3.00"
    assert found.get("2026-03-04") is None


def test_lines_per_transaction_by_product_are_of_the_transactions_with_it(shop: ToolContext) -> None:
    asked = {"period": WEEK, "metrics": ["lines_per_transaction"], "by": ["product"]}
    found = values(run_tool("sales_breakdown", asked, shop), "lines_per_transaction", "product")
    assert {name: found[name] for name in ("Mug", "Tea", "Crate")} == {
        "Mug": "1.50",  # one in A, two in the exchange
        "Tea": "1.00",
        "Crate": "1.00",
    }
