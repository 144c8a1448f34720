"""Stores against the average of all of them, on the sample and by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import asked_sample, shown, truth
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_a_sum_is_held_against_the_mean_of_the_stores_and_a_rate_against_all_together(context: ToolContext) -> None:
    rows = truth(
        context,
        "SELECT s.store_id, SUM(s.net_minor), COUNT(*) FROM sale s"
        " WHERE s.business_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31' GROUP BY 1",
    )
    net, baskets = sum(Decimal(row[1]) for row in rows), sum(int(row[2]) for row in rows)
    sales = run_tool("against_average", {"period": "October 2026"}, context)
    mean = net / len(rows)
    assert shown(sales, "average_net_sales", "store") == {"": f"{mean / 100:.2f}"}
    assert shown(sales, "against_average", "store") == {
        store: f"{(Decimal(value) / mean - 1) * 100:.1f}" for store, value, _ in rows
    }
    one = run_tool(
        "against_average",
        {"metric": "average_transaction_value", "period": "October 2026", "stores": "Harbor Point"},
        context,
    )
    assert shown(one, "average_average_transaction_value", "store") == {"": f"{net / baskets / 100:.2f}"}
    value, count = next((Decimal(row[1]), row[2]) for row in rows if row[0] == "S02")
    off = (value / count) / (net / baskets) * 100 - 100
    assert shown(one, "against_average", "store") == {"S02": f"{off:.1f}"}


def test_rates_in_per_cent_lie_points_apart_and_one_store_has_no_average(context: ToolContext) -> None:
    margin = run_tool("against_average", {"metric": "gross_margin_pct", "period": "October 2026"}, context)
    assert {one.unit for one in margin.figures if one.metric == "against_average"} == {"points"}
    alone = ToolContext(Scope("U", Role.STORE_MANAGER, ("S02",)), context.mirror, context.clock)
    with pytest.raises(BadArgumentError, match="no average of several stores"):
        run_tool("against_average", {"period": "October 2026"}, alone)
