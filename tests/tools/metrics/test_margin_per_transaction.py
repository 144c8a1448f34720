"""A margin for each transaction takes all transactions, so it is only told where nearly all costs are known."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from connectors.mirror import rollups
from tests.support.tools_world import World, build_world
from tools.registry import run_tool


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The cost of a loaf is known at Market Street and nowhere else."""
    made = build_world(tmp_path_factory.mktemp("costs"))
    made.connection.execute("UPDATE sale_line SET unit_cost = 2 WHERE variant_id = 'V1007' AND store_id = 'S01'")
    rollups.refresh(made.connection)
    yield made
    made.connection.close()


@pytest.mark.parametrize("tool", ["sales_summary", "sales_breakdown"])
def test_it_is_told_where_the_costs_are_known_and_nowhere_else(costs: World, tool: str) -> None:
    by = "store" if tool == "sales_summary" else ["store"]
    arguments = {"period": "last month", "metrics": ["gross_margin_per_transaction"], "by": by}
    result = run_tool(tool, arguments, costs.context())
    found = {one.group.get("store", ""): one.value for one in result.figures if one.metric != "place"}
    made, sold = Decimal(0), set()
    for line in costs.lines:
        if line.store_id == "S01" and line.business_on.month == 10:
            cost = Decimal(2) if line.variant_id == "V1007" else line.cost or Decimal(0)
            way = -1 if line.kind == "return" else 1
            made += Decimal(line.net) / 100 - cost * abs(line.quantity) * way
            sold |= {line.sale_id} if line.kind != "return" else set()
    assert found["S01"] is not None
    assert abs(Decimal(found["S01"]) - made / len(sold)) < Decimal("0.02")
    assert [found[key] for key in ("", "S02", "S05")] == [None, None, None]
    assert any("is not told where that is more than a tenth" in one for one in result.caveats)
