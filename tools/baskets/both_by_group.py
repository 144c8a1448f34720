"""How often two kinds of goods lie in one basket on each weekday, in each month, store or kind of household."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.amounts import percent_said, percent_text
from tools.analysis.few import tellable
from tools.analysis.group_keys import key_title
from tools.frame import Frame
from tools.result import Table, TableColumn

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PEOPLE = frozenset({"kids", "age_band", "income_band", "household_size"})
_TITLES = {
    "weekday": "weekday", "month": "month", "store": "store", "kids": "number of children", "age_band": "age",
    "income_band": "income", "household_size": "size of household",
}  # fmt: skip
NOT_KNOWN = "Not known"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Transactions of one weekday, month, store or kind of household, and those of them with the goods."""

    name: str
    baskets: int
    first: int
    second: int
    both: int


def by_group(asked: Frame, rows: Sequence[Mapping[str, Any]], by: str) -> list[Group]:
    """The groups in the order of the calendar, or of their names; those of fewer than five people are left out."""
    may = tellable([int(row["customers"] or 0) for row in rows]) if by in _PEOPLE else [True] * len(rows)
    return [
        Group(
            _name(asked, by, str(row["key"])),
            *(int(row[column] or 0) for column in ("baskets", "with_first", "with_second", "with_both")),
        )
        for row, shown in zip(rows, may, strict=True)
        if shown
    ]


def _name(asked: Frame, by: str, key: str) -> str:
    if by == "weekday":
        return _DAYS[int(key) - 1]
    if by == "month":
        return key_title("month", key)
    return asked.stores.name(key) if by == "store" else key or NOT_KNOWN


def told(groups: Sequence[Group], by: str) -> str:
    """The groups in the order of how often their baskets hold both, as one sentence."""
    known = [one for one in groups if one.name != NOT_KNOWN and one.baskets]
    ranked = sorted(known, key=lambda one: (-one.both / one.baskets, one.name))
    if not ranked:
        return f"By {_TITLES[by]} too few people bought both to be told."
    named = "; ".join(f"{one.name} {percent_said(one.both, one.baskets, 2)} ({one.both:,})" for one in ranked[:_SHOWN])
    return f"Of all transactions of each {_TITLES[by]}, most often together first: {named}."


def group_table(groups: Sequence[Group], by: str) -> Table:
    """A row a group: transactions, with the first, the second and both, and the share with both in per cent."""
    columns = (
        (_TITLES[by].capitalize(), "text"), ("Transactions", "count"), ("With the first", "count"),
        ("With the second", "count"), ("With both", "count"), ("Share with both", "%"),
    )  # fmt: skip
    return Table(
        tuple(TableColumn(*column) for column in columns),
        [
            (one.name, one.baskets, one.first, one.second, one.both, percent_text(one.both, one.baskets, 2))
            for one in groups
        ],
    )
