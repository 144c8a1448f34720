"""``tool``: one tool, against one hand-written statement over the same mirror."""

from __future__ import annotations

from collections.abc import Callable

from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report, against
from agent.clock import FixedClock

_HAND = (
    "SELECT CAST(SUM(net_minor) AS DECIMAL(18,2)) FROM store_day "
    "WHERE store_id = 'S01' AND business_on = DATE '2026-11-22'"
)


def run(ground: Ground) -> Report:
    """Milliseconds of both and their ratio."""
    reader = ground.application.mirror.reader
    return against(one_tool(ground), lambda: reader.query(_HAND), "one hand-written statement")


def one_tool(ground: Ground) -> Callable[[], object]:
    """A call of ``sales_summary`` for yesterday."""
    from tools.context import ToolContext
    from tools.registry import run_tool

    application = ground.application
    scope = application.directory.scope_for("U_MANAGER_S01")
    context = ToolContext(scope=scope, mirror=application.mirror.reader, clock=FixedClock(NOW))
    return lambda: run_tool("sales_summary", {"period": "yesterday"}, context)
