"""Stores of several currencies side by side: nothing is added up, ranked or held to one amount over currencies."""

from __future__ import annotations

from collections.abc import Iterable

from tools.errors import BadArgumentError
from tools.metrics.model import Metric, UnitKind
from tools.stores import StoreSet
from tools.wording import listed

BY_STORE = "These stores trade in several currencies: amounts are told by store, and not added up."
UNRANKED = "Amounts in different currencies are not ranked: the stores stand in the order of their names."


def several(stores: StoreSet, metrics: Iterable[Metric]) -> bool:
    """Whether any of the metrics is an amount and the stores trade in several currencies."""
    return len(stores.currencies) > 1 and any(metric.unit_kind is UnitKind.MONEY for metric in metrics)


def split_of(stores: StoreSet, by: str | None) -> str | None:
    """The split that was asked for, or by store where there is none and several currencies cannot be added up."""
    return "store" if by is None and len(stores.currencies) > 1 else by


def refuse_several(stores: StoreSet, instead: str) -> None:
    """Refuse to rank amounts of different currencies or to hold them to one bound.

    Args:
        stores: the stores of the question.
        instead: what can be asked for, as a sentence.

    Raises:
        BadArgumentError: they trade in several currencies.
    """
    if len(stores.currencies) > 1:
        raise BadArgumentError(
            f"These stores trade in {listed(stores.currencies)}, and amounts in different currencies are neither ranked"
            f" nor held to one amount. {instead}"
        )
