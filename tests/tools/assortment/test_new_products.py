"""New products of a period: by the date they were taken in, else by their first sale; planted, and on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.records import Row
from tests.support.asked_sample import asked_sample, truth
from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

GOODS = {
    "L": ("Lime soda", datetime(2026, 11, 10, 15, tzinfo=UTC)),
    "M": ("Mint tea", None),
    "N": ("Nut bar", None),
    "O": ("Olives", datetime(2026, 11, 5, 15, tzinfo=UTC)),
    "P": ("Pears, tin", None),
    "Q": ("Quince paste", datetime(2026, 12, 1, 2, tzinfo=UTC)),
}
"""Lime soda and mint tea are new; a nut bar sells only where sales begin in November; olives and pears sold before;
quince paste is taken in on 30 November by the stores' own clock."""


def sales() -> Iterator[tuple[str, str, date, int]]:
    """Store, product, day and pieces."""
    for day in planted.DAYS:
        if day >= date(2026, 11, 12):
            yield "S01", "L", day, 2
        if day in (date(2026, 11, 5), date(2026, 11, 6)):
            yield "S02", "M", day, 1
        if day >= date(2026, 11, 3):
            yield "S04", "N", day, 5
        if day in (date(2026, 9, 10), date(2026, 11, 8)):
            yield "S01", "O", day, 1
        if day in (date(2026, 9, 12), date(2026, 11, 8)):
            yield "S03", "P", day, 1


def extra() -> Iterator[Row]:
    """The goods above, each at $4, and a fourth store."""
    place = {"district": "South", "timezone": "America/New_York", "currency": "USD"}
    yield Row("store", {"store_id": "S04", "name": "Station Road", **place})
    for ident, (name, created) in GOODS.items():
        yield Row("product", {
            "product_id": ident, "name": name, "department": "Grocery", "category_id": "C0", "created_at": created,
        })  # fmt: skip
        yield Row("variant", {"variant_id": ident, "product_id": ident, "name": name, "unit_of_measure": "each"})
    for store, product, day, pieces in sales():
        ident = f"{store}-{product}-{day}"
        yield Row("sale", {"sale_id": ident, "store_id": store, "closed_at": planted.at(day, 13)})
        yield Row("sale_line", {
            "sale_id": ident, "line_no": 1, "variant_id": product, "quantity": pieces, "gross_minor": 400 * pieces,
        })  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("new")
    with planted.stock_world(folder, iter([*planted.rows(), *extra()]), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror, *planted.STORES, "S04")


def table(result: ToolResult) -> list[dict[str, Any]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]


def test_what_was_taken_in_or_first_sold_in_the_period_is_new(world: ToolContext) -> None:
    found = run_tool("new_products", {"period": "November 2026"}, world)
    assert [row["Product"] for row in table(found)] == ["Lime soda", "Mint tea", "New kettle"]
    # 11 days of 2 and 2 days of 1, at $4
    assert "3 products were new" in found.headline
    assert "net sales $96.00 then" in found.headline
    assert "24 units" in found.headline
    soda = table(found)[0]
    assert (soda["New since"], soda["Net sales"], soda["Units"], soda["Stores selling"]) == (
        "2026-11-10", "88.00", "22", 1,
    )  # fmt: skip
    assert soda["Days since first sale"] == 10
    assert "1 of them did not sell then." in found.text


def test_the_answer_says_by_which_rule_and_which_stores_prove_nothing(world: ToolContext) -> None:
    said = " ".join(run_tool("new_products", {"period": "November 2026"}, world).caveats)
    assert "2 were taken into the catalogue then; 1 have no such date and were sold for the first time then" in said
    assert "Station Road: known for less than eight weeks before" in said


def test_the_share_is_of_all_sales_of_the_same_stores(world: ToolContext) -> None:
    found = run_tool("new_products", {"period": "November 2026", "stores": "Market Street"}, world)
    first, last = date(2026, 11, 1), planted.LAST_ON
    everything = planted.net_sales("S01", first, last) + 4 * (2 * 11 + 1)
    share = next(one.value for one in found.figures if one.metric == "sales_share")
    assert share == f"{88 * 100 / everything:.1f}"
    assert [row["Product"] for row in table(found)] == ["Lime soda", "New kettle"]


def test_orders_and_groups(world: ToolContext) -> None:
    latest = run_tool("new_products", {"period": "November 2026", "order": "latest", "limit": 1}, world)
    assert [row["Product"] for row in table(latest)] == ["New kettle"]
    worst = run_tool("new_products", {"period": "November 2026", "order": "bottom", "limit": 1}, world)
    assert [row["Product"] for row in table(worst)] == ["New kettle"]
    by = run_tool("new_products", {"period": "November 2026", "by": "department"}, world)
    assert [(row["Department"], row["New products"], row["Net sales"]) for row in table(by)] == [
        ("Grocery", 2, "96.00"), ("Home", 1, "0.00"),
    ]  # fmt: skip
    none = run_tool("new_products", {"period": "November 2026", "department": "Produce"}, world)
    assert none.headline.startswith("No product of Produce was new")


def test_a_first_sale_proves_nothing_where_sales_have_just_begun(world: ToolContext) -> None:
    found = run_tool("new_products", {"period": "September 2026"}, world)
    assert found.table is None
    assert "sales do not reach back far enough" in " ".join(found.caveats)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


@pytest.mark.slow
def test_first_sales_of_the_sample_are_those_of_its_lines(sample: ToolContext) -> None:
    sql = """WITH f AS (SELECT l.variant_id, MIN(s.business_on) AS first_on FROM sale s JOIN sale_line l
      ON l.sale_id = s.sale_id WHERE NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE) GROUP BY 1)
    SELECT COUNT(DISTINCT f.variant_id), SUM(l.gross_minor - l.discount_minor)
    FROM f JOIN sale_line l ON l.variant_id = f.variant_id JOIN sale s ON s.sale_id = l.sale_id
    WHERE f.first_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'
      AND s.business_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"""
    number, net = truth(sample, sql)[0]
    found = run_tool("new_products", {"period": "October 2026"}, sample)
    assert found.headline.startswith(f"{number:,} products sold for the first time October 2026")
    assert f"net sales ${int(net) / 100:,.2f}" in found.headline
    assert "The source does not say when a product was taken into the range" in found.caveats[0]
    assert truth(sample, "SELECT MIN(business_on) FROM sale")[0][0] + timedelta(days=56) <= date(2026, 10, 1)
    with pytest.raises(NoDataError, match="a first sale proves nothing"):
        run_tool("new_products", {"period": "February 2026"}, sample)
