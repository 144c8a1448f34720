"""What a figure means, as the definitions say it."""

from __future__ import annotations

import pytest

from tests.support.tools_world import World
from tools.errors import BadArgumentError
from tools.metrics.definitions import METRICS
from tools.registry import run_tool


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_says_what_it_is_and_leaves_out(world: World, metric: str) -> None:
    found = run_tool("about_figures", {"metric": metric}, world.context())
    assert METRICS[metric].definition in found.text
    assert found.table is not None
    assert METRICS[metric].excludes in {row[1] for row in found.table.rows}
    assert found.provenance.metrics == (metric,)


def test_without_a_metric_it_is_net_sales_and_an_unknown_one_is_named(world: World) -> None:
    assert run_tool("about_figures", {}, world.context()).headline.startswith("Net sales:")
    with pytest.raises(BadArgumentError, match="moonshine"):
        run_tool("about_figures", {"metric": "moonshine"}, world.context())
