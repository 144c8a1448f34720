"""Which metrics go with which split, and how groups of a split are ordered and named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from tools.analysis.calendar import WEEKDAYS
from tools.calendars import WEEK_START
from tools.clocked import ON_DUTY
from tools.errors import BadArgumentError
from tools.frame import Frame
from tools.metrics import METRICS, metrics_named
from tools.metrics.dimensions import UNKNOWN
from tools.metrics.evaluate import Group, fold, total
from tools.metrics.model import Metric
from tools.stores import StoreSet
from tools.wording import listed

CHART_POINTS = 20
"""A chart with more points is a table."""

MetricName = Annotated[str, Field(max_length=60)]

_USUAL = ("net_sales", "transactions", "average_transaction_value", "units_per_transaction", "gross_margin_pct")
_USUAL_BY = {
    "hour": ("net_sales", "transactions", "average_transaction_value"),
    "department": ("net_sales", "units", "gross_margin", "gross_margin_pct"),
    "category": ("net_sales", "units", "gross_margin", "gross_margin_pct"),
}
SQL_SPLIT = {
    "week": "day", "month": "day", "weekday": "day", "weekend": "day", "district": "store", "region": "store",
}  # fmt: skip
"""What the SQL groups by for a split that is folded from days, or from stores."""
OF_DAYS = frozenset({"weekday", "weekend"})
"""Splits whose groups have different numbers of days, so that the mean of a day is told."""


def chosen_metrics(names: Sequence[str] | None, by: str | None, *, in_part: bool = False) -> list[Metric]:
    """The metrics asked for, or the usual ones of the split; ``in_part`` when only a part of the range is meant.

    Raises:
        BadArgumentError: a name is unknown, cannot be split that way, or is not known for a part of the range.
    """
    if in_part and by == "hour":
        raise BadArgumentError(
            "Hours are only known for whole stores, not for a product, department or category. Ask for it by day, or"
            " for the hours of the whole store."
        )
    named = metrics_named([name for name in names or () if name.strip()])
    usual = _USUAL_BY["department"] if in_part else _USUAL_BY.get(by or "", _USUAL)
    metrics = list(dict.fromkeys(named)) or [METRICS[name] for name in usual]
    whole_only = [metric for metric in metrics if in_part and not metric.by_product]
    if whole_only:
        possible = listed([metric.name for metric in METRICS.values() if metric.by_product], "or", most=20)
        verb = "is" if len(whole_only) == 1 else "are"
        raise BadArgumentError(
            f"{listed([metric.label for metric in whole_only])} {verb} only known for whole stores, not for a product,"
            f" department or category. For those there is {possible}."
        )
    refused = [metric for metric in metrics if not _fits(metric, by)]
    if refused:
        possible = listed([metric.name for metric in METRICS.values() if _fits(metric, by)], "or", most=20)
        verb = "is" if len(refused) == 1 else "are"
        raise BadArgumentError(
            f"{listed([metric.label for metric in refused])} {verb} not to be had by {by}. By {by} there is {possible}."
            + (f" {ON_DUTY}" if by == "hour" and any("staff" in metric.sources for metric in refused) else "")
        )
    return metrics


def _fits(metric: Metric, by: str | None) -> bool:
    if by == "hour":
        return metric.by_hour
    return metric.by_product if by in ("department", "category") else True


def folded(groups: Sequence[Group], by: str | None, stores: StoreSet) -> list[Group]:
    """Groups of the SQL as the split asks for them: days by the calendar, stores by where they are."""
    if by not in SQL_SPLIT:
        return list(groups)
    if SQL_SPLIT[by] == "day":
        return fold(groups, by, WEEK_START)
    keyed: dict[str, list[Group]] = {}
    for group in groups:
        place = getattr(stores.by_id[group.key], by)
        keyed.setdefault(place or UNKNOWN, []).append(group)
    return [total(members, key) for key, members in sorted(keyed.items())]


def ordered(groups: Sequence[Group], by: str, first: Metric, stores: StoreSet) -> list[Group]:
    """Departments and categories by the first metric, largest first; hours as the day goes; the rest by its key."""
    if by in ("department", "category"):
        return sorted(groups, key=lambda group: (-(group.value(first, 0) or 0), group.key))
    if by == "hour":
        return sorted(groups, key=lambda group: stores.hour_place(int(group.key)))
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
    if by == "month":
        return key[:7]
    if by == "week":
        day = date.fromisoformat(key)
        return f"week of {day.day} {day:%b}"
    return key


def currency_of(asked: Frame, by: str | None, key: str) -> str:
    """The currency of a group: of its store where the split is by store."""
    if by == "store":
        return asked.stores.by_id[key].currency
    return asked.currency
