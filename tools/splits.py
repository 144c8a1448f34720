"""Which metrics go with which split, and how groups of a split are ordered and named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tools.analysis.calendar import WEEKDAYS
from tools.errors import BadArgumentError
from tools.metrics import METRICS, metric_named
from tools.metrics.evaluate import Group
from tools.metrics.model import Metric
from tools.stores import StoreSet
from tools.wording import listed

_USUAL = ("net_sales", "transactions", "average_transaction_value", "units_per_transaction", "gross_margin_pct")
_USUAL_BY = {
    "hour": ("net_sales", "transactions", "average_transaction_value"),
    "department": ("net_sales", "units", "gross_margin", "gross_margin_pct"),
    "category": ("net_sales", "units", "gross_margin", "gross_margin_pct"),
}
SQL_SPLIT = {"week": "day", "month": "day", "weekday": "day"}
"""What the SQL groups by for a split that is folded from days."""


def chosen_metrics(names: Sequence[str] | None, by: str | None) -> list[Metric]:
    """The metrics asked for, or the usual ones of the split.

    Raises:
        BadArgumentError: a name is unknown or cannot be split that way.
    """
    named = [metric_named(name) for name in names or () if name.strip()]
    metrics = list(dict.fromkeys(named)) or [METRICS[name] for name in _USUAL_BY.get(by or "", _USUAL)]
    refused = [metric for metric in metrics if not _fits(metric, by)]
    if refused:
        possible = listed([metric.name for metric in METRICS.values() if _fits(metric, by)], "or", most=20)
        verb = "is" if len(refused) == 1 else "are"
        raise BadArgumentError(
            f"{listed([metric.label for metric in refused])} {verb} not to be had by {by}. By {by} there is {possible}."
        )
    return metrics


def _fits(metric: Metric, by: str | None) -> bool:
    if by == "hour":
        return metric.by_hour
    return metric.by_product if by in ("department", "category") else True


def ordered(groups: Sequence[Group], by: str, first: Metric) -> list[Group]:
    """Departments and categories by the first metric, largest first; everything else by its key."""
    if by in ("department", "category"):
        return sorted(groups, key=lambda group: (-(group.value(first, 0) or 0), group.key))
    if by == "hour":
        return sorted(groups, key=lambda group: int(group.key))
    if by == "weekday":
        order = [name.title() for name in WEEKDAYS]
        return sorted(groups, key=lambda group: order.index(group.key))
    return list(groups)


def title(by: str, key: str, stores: StoreSet) -> str:
    """A group's name in a table or a sentence."""
    if by == "store":
        return stores.name(key)
    if by == "day":
        day = date.fromisoformat(key)
        return f"{day:%a} {day.day} {day:%b}"
    if by == "hour":
        return f"{int(key):02d}:00"
    if by == "week":
        day = date.fromisoformat(key)
        return f"week of {day.day} {day:%b}"
    return key
