"""Days on which more came back than was sold: both mugs of Monday come back, and a tea is sold below its cost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.records import Row
from tests.support.documents_world import at, documents_world, figures
from tests.support.mirror_rows import line, sale
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool


def rows() -> list[Row]:
    """Monday sells two mugs, Tuesday takes both back, Wednesday sells one tea for less than it costs."""
    made = []
    for ident, name in (("V1", "Mug"), ("V2", "Tea")):
        made += [
            Row("product", {"product_id": f"P{ident}", "name": name, "department": "All"}),
            Row("variant", {"variant_id": ident, "product_id": f"P{ident}", "sku": name.upper()}),
        ]
    return [
        *made,
        sale("A", at(2, 14)),
        line("A", 1, 2000, quantity=2, unit_cost="6.00"),
        sale("B", at(3, 14), kind="return", original_sale_id="A"),
        line("B", 1, -2000, quantity=-2, unit_cost="6.00", is_return=True, net_minor=-2000),
        sale("C", at(4, 14)),
        line("C", 1, 300, variant_id="V2", unit_cost="4.00"),
    ]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with documents_world(tmp_path_factory.mktemp("back"), rows()) as context:
        yield context


def test_what_only_came_back_did_not_sell_at_a_loss(shop: ToolContext) -> None:
    result = run_tool("product_profitability", {"period": "3 to 4 March", "show": "losing"}, shop)
    assert figures(result, "gross_margin", "product") == {"Tea": -1, "": -9}  # of everything: -8 of the mugs, -1
    assert "1 product of 2 sold" in result.headline
    assert "1 product of which more came back than was sold cannot be judged." in result.caveats
    assert "Tea sold below cost by $1.00" in result.text
    assert "Mug sold below cost" not in result.text


def test_a_refund_rate_of_nothing_sold_is_said_to_be_none(shop: ToolContext) -> None:
    result = run_tool("refunds_and_voids", {"period": "3 March"}, shop)
    assert "1 refund of $20.00. Refund rate: none, because nothing was sold." in result.text


def test_a_day_without_sales_has_no_busy_hour(shop: ToolContext) -> None:
    with pytest.raises(NoDataError, match="Nothing was sold"):
        run_tool("peak_hours_by_store", {"period": "3 March"}, shop)


def test_groups_that_are_alike_have_no_highest_and_no_lowest(shop: ToolContext) -> None:
    """Each day has one document."""
    documents = {"period": "2 to 4 March", "by": "day", "metrics": ["lines_per_transaction", "transactions"]}
    text = run_tool("sales_summary", documents, shop).text
    assert "All 2 are alike: 1.00." in text
    assert "Highest" not in text
