"""What must be said of returns where none was ever recorded: a 0 of them is then no figure of the shop."""

from __future__ import annotations

from collections.abc import Sequence

from tools.context import ToolContext
from tools.errors import NOT_RECORDED, NoDataError
from tools.metrics.model import Metric
from tools.metrics.refunds_query import build_ever_returned
from tools.stores import StoreSet

_OF_RETURNS = frozenset({"returns", "refund_rate", "refund_rate_count"})
NONE_RETURNED = (
    "No returned sale is in the data of these stores at all, so a 0 may mean that none were recorded rather than that "
    "nothing came back."
)


def none_returned(store_ids: Sequence[str], metrics: Sequence[Metric], context: ToolContext) -> list[str]:
    """The sentence where returns are among what is asked and these stores never had one; else nothing."""
    if not any(metric.name in _OF_RETURNS for metric in metrics):
        return []
    return [] if _ever(store_ids, context) else [NONE_RETURNED]


def require_returned(stores: StoreSet, metrics: Sequence[Metric], context: ToolContext) -> None:
    """Refuse figures that are of returns alone where these stores never had one: a 0 would be read as the figure.

    Raises:
        NoDataError: as said.
    """
    if all(metric.name in _OF_RETURNS for metric in metrics) and not _ever(stores.ids, context):
        raise NoDataError(
            f"No returned sale was ever recorded for {stores.label}, so {metrics[0].label.lower()} cannot be told. That"
            " need not mean that nothing came back.",
            NOT_RECORDED,
        )


def _ever(store_ids: Sequence[str], context: ToolContext) -> bool:
    statement = build_ever_returned(store_ids, context.scope)
    return bool(context.mirror.query(statement.sql, statement.params).dicts()[0]["returned"])
