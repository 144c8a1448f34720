"""From when on promotions are known: what was promoted before stands with the goods that were not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tools.errors import NoDataError
from tools.frame import Frame
from tools.metrics.dimensions import Dimension
from tools.metrics.query import Statement, bind
from tools.wording import span


def build_first_promotion(store_ids: Sequence[str]) -> Statement:
    """The first day for which goods on promotion are recorded at these stores: ``starts_on``, empty where none are."""
    params: dict[str, object] = {}
    stores = bind(params, "store", list(store_ids))
    return Statement(
        "SELECT MIN(i.starts_on) AS starts_on FROM promotion_item i"
        f" WHERE i.store_id IS NULL OR i.store_id IN ({stores})",
        params,
    )


def promotions_known(dimensions: Sequence[Dimension], asked: Frame) -> list[str]:
    """What to say where a question by promotion reaches back before the first one that is recorded.

    Raises:
        NoDataError: all of it lies before.
    """
    if not any(one.name in ("promotion", "display", "mailer") for one in dimensions):
        return []
    statement = build_first_promotion(asked.stores.ids)
    rows = asked.context.mirror.query(statement.sql, statement.params).rows
    first: date | None = rows[0][0] if rows else None
    if first is None or first <= asked.start_on:
        return []
    if first > asked.end_on:
        raise NoDataError(
            f"Promotions are recorded from {span(first, first)} on, so it is not known what was on promotion"
            f" {asked.when}."
        )
    return [
        (
            f"Promotions are recorded from {span(first, first)} on: what was promoted before counts here as not on "
            f"promotion."
        )
    ]
