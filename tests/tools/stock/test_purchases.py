"""Orders to suppliers: counts, money, lead time, punctuality and fill rate against plain Python over planted orders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tools.stock import purchases_world as bought
from tests.tools.stock import stock_world as planted
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("purchases")
    with planted.stock_world(folder, planted.rows(), bought.rows()) as mirror:
        yield planted.context_of(mirror)


def figure(result: ToolResult, metric: str, **group: str) -> str | None:
    (found,) = [one.value for one in result.figures if one.metric == metric and dict(one.group) == group]
    return found


def table(result: ToolResult) -> list[dict[str, object]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]


def test_orders_units_and_money_of_the_last_90_days(world: ToolContext) -> None:
    result = run_tool("purchase_orders", {}, world)
    assert figure(result, "purchase_orders") == str(len(bought.COUNTED)) == "8"
    assert figure(result, "units_ordered") == str(sum(one.ordered for one in bought.COUNTED))
    assert figure(result, "units_received") == str(sum(bought.came(one) for one in bought.COUNTED))
    assert figure(result, "purchase_value") == f"{bought.value(bought.COUNTED):.2f}"
    assert figure(result, "lead_days") == f"{bought.lead_days(bought.COUNTED):.1f}"
    assert any("1 order line without a cost" in one for one in result.caveats)


def test_the_newest_order_stands_in_words_and_first_in_the_table(world: ToolContext) -> None:
    result = run_tool("purchase_orders", {}, world)
    assert (
        "The newest is N4: Hudson Dairy, 18 Nov 2026, 09:00 for Market Street, 20 units, $42.00, partial."
        in result.text
    )
    assert [row["Order"] for row in table(result)] == ["N4", "N7", "N3", "N6", "N2", "N8", "N5", "N1"]


@pytest.mark.parametrize("supplier", ["SUP1", "SUP2"])
def test_each_supplier_has_its_spend_lead_time_punctuality_and_fill_rate(world: ToolContext, supplier: str) -> None:
    result = run_tool("purchase_orders", {"by": "supplier"}, world)
    name = bought.SUPPLIERS[supplier]
    own = tuple(one for one in bought.COUNTED if one.supplier == supplier)
    closed = [one for one in own if one.closed]
    dated = [one for one in closed if one.due]
    on_time = [one for one in dated if one.due and one.received and one.received <= one.due]
    assert figure(result, "purchase_value", supplier=name) == f"{bought.value(own):.2f}"
    assert figure(result, "lead_days", supplier=name) == f"{bought.lead_days(own):.1f}"
    assert figure(result, "on_time_pct", supplier=name) == f"{Decimal(100) * len(on_time) / len(dated):.1f}"
    filled = Decimal(100) * sum(bought.came(one) for one in closed) / sum(one.ordered for one in closed)
    assert figure(result, "fill_rate_pct", supplier=name) == f"{filled:.1f}"


def test_a_supplier_of_one_order_is_ranked_after_those_of_three(world: ToolContext) -> None:
    slow = run_tool("purchase_orders", {"by": "supplier", "rank_by": "lead_days"}, world)
    assert [row["Supplier"] for row in table(slow)] == ["Northway Goods", "Hudson Dairy", "Rare Imports"]
    quick = run_tool("purchase_orders", {"by": "supplier", "rank_by": "lead_days", "order": "bottom"}, world)
    assert [row["Supplier"] for row in table(quick)] == ["Hudson Dairy", "Northway Goods", "Rare Imports"]
    assert any("fewer than 3 received orders" in one for one in quick.caveats)


def test_what_came_in_goes_by_the_day_of_arrival(world: ToolContext) -> None:
    result = run_tool("purchase_orders", {"dated": "received", "period": "October 2026"}, world)
    assert [row["Order"] for row in table(result)] == ["N8", "N3", "N6", "N2", "N5"]
    assert result.headline.startswith("5 orders to suppliers received October 2026")


def test_what_a_product_cost_last_time(world: ToolContext) -> None:
    result = run_tool("purchase_orders", {"product": "oat milk"}, world)
    assert "$1.55 a piece" in result.text
    assert [(row["Order"], row["Cost a piece"]) for row in table(result)] == [
        ("N7", "1.55"),
        ("N3", "1.50"),
        ("N5", "1.45"),
    ]


def test_drafts_and_cancelled_orders_only_when_asked_for(world: ToolContext) -> None:
    assert figure(run_tool("purchase_orders", {"status": "draft"}, world), "units_ordered") == "999"
    assert figure(run_tool("purchase_orders", {"status": "cancelled"}, world), "units_ordered") == "888"


def test_a_period_without_orders_is_told_from_an_empty_book(world: ToolContext) -> None:
    quiet = run_tool("purchase_orders", {"period": "July 2026"}, world)
    assert quiet.headline.startswith("No orders to suppliers were placed July 2026")
    with pytest.raises(NoDataError, match="No purchase orders are recorded for Maple Avenue"):
        run_tool("purchase_orders", {"stores": "Maple Avenue"}, world)


def test_scope_and_names_are_checked(world: ToolContext) -> None:
    manager = replace(world, scope=replace(world.scope, store_ids=("S01",), role=Role.STORE_MANAGER))
    assert figure(run_tool("purchase_orders", {}, manager), "purchase_orders") == "6"
    with pytest.raises(NotAllowedError):
        run_tool("purchase_orders", {"stores": "Harbor Point"}, manager)
    with pytest.raises(BadArgumentError, match="Acme"):
        run_tool("purchase_orders", {"supplier": "Acme"}, world)


def test_only_suppliers_within_bounds_are_listed(world: ToolContext) -> None:
    """Against the lead times of the split without bounds."""
    every = {str(row["Supplier"]): Decimal(str(row["Lead time"])) for row in table(run_tool(
        "purchase_orders", {"by": "supplier", "rank_by": "lead_days"}, world))}  # fmt: skip
    bound = (min(every.values()) + max(every.values())) / 2
    found = run_tool("purchase_orders", {"by": "supplier", "rank_by": "lead_days", "over": str(bound)}, world)
    assert {str(row["Supplier"]) for row in table(found)} == {name for name, days in every.items() if days > bound}
    assert f"of {len(every)} suppliers: lead time more than {bound.normalize():f} days." in found.text


def test_bounds_without_groups_are_refused(world: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="by: say of what"):
        run_tool("purchase_orders", {"over": "7"}, world)
