"""A rate of returns where none was ever recorded says so; where some were, it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tools_world import World, build_world
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.returned import NONE_RETURNED


@pytest.fixture
def own_world(tmp_path: Path) -> Iterator[World]:
    made = build_world(tmp_path)
    yield made
    made.connection.close()


def _caveats(world: World, *metrics: str) -> tuple[str, ...]:
    arguments = {"period": "last month", "metrics": list(metrics)}
    return tuple(run_tool("sales_summary", arguments, world.context()).caveats)


def test_only_a_store_that_never_took_anything_back_is_told_so(own_world: World) -> None:
    assert NONE_RETURNED not in _caveats(own_world, "refund_rate")
    own_world.connection.execute("DELETE FROM sale WHERE kind <> 'sale'")
    assert NONE_RETURNED in _caveats(own_world, "returns", "net_sales")
    assert NONE_RETURNED in _caveats(own_world, "net_sales", "returns")
    assert NONE_RETURNED not in _caveats(own_world, "net_sales")


def test_a_figure_of_returns_alone_is_not_told_where_none_was_ever_recorded(own_world: World) -> None:
    tools = {
        "sales_summary": {}, "sales_breakdown": {"by": "store"}, "compare_periods": {"compare_to": "the month before"},
    }  # fmt: skip
    for name, more in tools.items():
        run_tool(name, {"period": "last month", "metrics": ["returns"], **more}, own_world.context())
    own_world.connection.execute("DELETE FROM sale WHERE kind <> 'sale'")
    for name, more in tools.items():
        for metric in ("returns", "refund_rate"):
            with pytest.raises(NoDataError, match="No returned sale was ever recorded"):
                run_tool(name, {"period": "last month", "metrics": [metric], **more}, own_world.context())
