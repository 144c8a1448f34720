"""Stores against the average of all of them, on the sample and by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import asked_sample, shown, truth
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError
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


def test_each_store_is_held_against_its_own_district(context: ToolContext) -> None:
    rows = truth(
        context,
        "SELECT s.store_id, any_value(t.district), SUM(s.net_minor) FROM sale s JOIN store t USING (store_id)"
        " WHERE s.business_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31' GROUP BY 1",
    )
    means = {}
    for name in {row[1] for row in rows}:
        of_it = [Decimal(row[2]) for row in rows if row[1] == name]
        assert len(of_it) > 1, name
        means[name] = sum(of_it) / len(of_it)
    asked = run_tool("against_average", {"period": "October 2026", "average_of": "district"}, context)
    assert shown(asked, "average_net_sales", "district") == {
        name: f"{value / 100:.2f}" for name, value in means.items()
    }
    assert shown(asked, "against_average", "store") == {
        store: f"{(Decimal(value) / means[name] - 1) * 100:.1f}" for store, name, value in rows
    }
    assert "each store against its district" in asked.headline
    one = run_tool("against_average", {"period": "October 2026", "average_of": "district", "stores": "S02"}, context)
    mine = next(row[1] for row in rows if row[0] == "S02")
    assert set(shown(one, "average_net_sales", "district")) == {mine}


def test_a_store_alone_in_what_one_sees_of_its_district_is_held_against_none(context: ToolContext) -> None:
    rows = truth(context, "SELECT store_id, district, name FROM store")
    first = rows[0]
    other = next(row for row in rows if row[1] != first[1])
    second = next(row for row in rows if row[1] == first[1] and row != first)
    asked = {"period": "October 2026", "average_of": "district"}
    sees = Scope("U", Role.DISTRICT_MANAGER, (first[0], second[0], other[0]))
    told = run_tool("against_average", asked, ToolContext(sees, context.mirror, context.clock))
    assert set(shown(told, "against_average", "store")) == {first[0], second[0]}
    assert f"Alone in its district, so held against none: {other[2]}." in told.caveats
    apart = ToolContext(Scope("U", Role.DISTRICT_MANAGER, (first[0], other[0])), context.mirror, context.clock)
    with pytest.raises(NoDataError, match="No district of two stores"):
        run_tool("against_average", asked, apart)
