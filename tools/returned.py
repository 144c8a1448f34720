"""What must be said of returns where none was ever recorded: a 0 of them is then no figure of the shop."""

from __future__ import annotations

from collections.abc import Sequence

from tools.context import ToolContext
from tools.metrics.model import Metric
from tools.metrics.refunds_query import build_ever_returned

_OF_RETURNS = frozenset({"returns", "refund_rate", "refund_rate_count"})
NONE_RETURNED = (
    "No returned sale is in the data of these stores at all, so a 0 may mean that none were recorded rather than that "
    "nothing came back."
)


def none_returned(store_ids: Sequence[str], metrics: Sequence[Metric], context: ToolContext) -> list[str]:
    """The sentence where returns are among what is asked and these stores never had one; else nothing."""
    if not any(metric.name in _OF_RETURNS for metric in metrics):
        return []
    statement = build_ever_returned(store_ids, context.scope)
    ever = context.mirror.query(statement.sql, statement.params).dicts()[0]["returned"]
    return [] if ever else [NONE_RETURNED]
