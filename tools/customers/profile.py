"""Who the known customers are: how many households of which age, income, size, children, home and marriage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from tools.amounts import figure, percent_said, percent_text
from tools.analysis.few import FEWEST, tellable
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.errors import NoDataError
from tools.metrics.household_profile_query import build_profile
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed

Attribute = Literal[
    "age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership", "household_comp"
]  # fmt: skip
_LABELS = {
    "age_band": "age band", "income_band": "income band", "household_size": "household size",
    "kids": "number of children", "marital_status": "marital status", "home_ownership": "home ownership",
    "household_comp": "household composition",
}  # fmt: skip
SHOWN = 5
_ORDERED = frozenset({"age_band", "income_band", "household_size", "kids"})
"""Attributes whose groups follow one another, so that one of them holds the household in the middle."""


class HouseholdProfileArguments(Arguments):
    """Arguments of ``household_profile``."""

    by: list[Attribute] = Field(
        default=["age_band"], min_length=1, max_length=2, description="What to count households by; one or two."
    )
    values: list[str] = Field(
        default=[], max_length=12, description="Groups of the first of these asked for: “1”, “2”, “3+” children."
    )
    order: Literal["top", "bottom"] = Field(default="top", description="Largest or smallest group first.")
    period: str = Field(default="all time", max_length=120, description="Households that bought then.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@dataclass(frozen=True, slots=True)
class _Profile:
    """The groups that may be shown, and how many customers are in all, known by all attributes, and hidden."""

    by: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], int], ...]
    everyone: int
    described: int
    hidden: int
    middle: str | None


@tool()
def household_profile(arguments: HouseholdProfileArguments, context: ToolContext) -> ToolResult:
    """How many known customers are of which age, income, household size, children, home or marriage; by one or two.

    Use it for “what share of households have kids”, “most common income band”, “median household income”,
    “households by age and income”, “how many households have demographics”. Shares are of the households whose
    attributes are known. What they spend is customer_visits or sales_breakdown. Groups of fewer than five are not
    shown.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    by = tuple(dict.fromkeys(arguments.by))
    statement = build_profile(known.asked.windows(), by, context.scope)
    found = [
        (tuple(str(cell) for cell in row[:-1]), int(row[-1]))
        for row in context.mirror.query(statement.sql, statement.params).rows
    ]
    described = [(keys, number) for keys, number in found if all(keys)]
    total = sum(number for _, number in described)
    if total < FEWEST:
        raise NoDataError(
            f"Of the known customers of {known.asked.stores.label} the {_listed(by)} is not recorded (column"
            f" {by[0]} of the table customer), so they cannot be counted by it."
        )
    sign = 1 if arguments.order == "bottom" else -1
    told = tellable([number for _, number in described])
    shown = sorted(
        (one for one, may in zip(described, told, strict=True) if may), key=lambda one: (sign * one[1], one[0])
    )
    hidden = total - sum(number for _, number in shown)
    middle = _middle(described) if len(by) == 1 and by[0] in _ORDERED else None
    made = _Profile(by, tuple(shown), sum(number for _, number in found), total, hidden, middle)
    first = _headline(known, made, arguments)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(made, arguments)]),
        figures=tuple(_figures(known, made)),
        table=_table(made),
        chart=_chart(made),
        caveats=(
            *known.caveats(),
            f"Counted by what is recorded of a household; of {made.everyone - made.described:,} it is not.",
            *_left_out(told.count(False), hidden),
        ),
        follow_ups=(
            f"Spend per customer by {_LABELS[by[0]]}{known.asked.same_part_and_stores}",
            f"Net sales by {_LABELS[by[0]]}{known.asked.same_part_and_stores}",
        ),
        provenance=known.provenance(statement),
    )


def _left_out(groups: int, households: int) -> list[str]:
    if not groups:
        return []
    return [
        f"Left out, so that nothing is said of fewer than {FEWEST}: {counted(groups, 'group')} of {households:,}"
        " households together."
        if households >= FEWEST
        else f"{counted(groups, 'group')} left out, so that nothing is said of fewer than {FEWEST}."
    ]


def _middle(described: Sequence[tuple[tuple[str, ...], int]]) -> str | None:
    """The group of the household in the middle, by the first number of its name; None where one has none."""
    placed = []
    for keys, number in described:
        found = re.search(r"\d+", keys[0])
        if found is None:
            return None
        low = -1 if keys[0].lower().startswith(("under", "less")) else int(found[0])
        placed.append((low, keys[0], number))
    total, passed = sum(number for _, _, number in placed), 0
    for _, name, number in sorted(placed):
        passed += number
        if 2 * passed >= total:
            return name
    return None


def _listed(by: Sequence[str]) -> str:
    return " and ".join(_LABELS[name] for name in by)


def _name(keys: Sequence[str], by: Sequence[str]) -> str:
    said = [f"{key} children" if name == "kids" else f"{key} people" if name == "household_size" else key
            for key, name in zip(keys, by, strict=True)]  # fmt: skip
    return ", ".join(said)


def _chosen(made: _Profile, values: Sequence[str]) -> int:
    wanted = {value.strip().lower() for value in values}
    return sum(number for keys, number in made.rows if keys[0].lower() in wanted)


def _headline(known: Known, made: _Profile, arguments: HouseholdProfileArguments) -> str:
    base = (
        f"{made.described:,} of {made.everyone:,} known customers ({percent_said(made.described, made.everyone)}) who"
        f" bought {known.asked.when}, {known.asked.stores.label}, have their {_listed(made.by)} recorded"
    )
    if arguments.values and len(made.by) == 1:
        part = _chosen(made, arguments.values)
        group = listed(arguments.values, "or")
        return f"{base}; {part:,} of them ({percent_said(part, made.described)}) have {_LABELS[made.by[0]]} {group}."
    if not made.rows:
        return f"{base}; the groups are too small to be told."
    keys, number = made.rows[0]
    place = "smallest" if arguments.order == "bottom" else "largest"
    return (
        f"{base}; the {place} group is {_name(keys, made.by)} with {counted(number, 'household')}"
        f" ({percent_said(number, made.described)})."
    )


def _sentences(made: _Profile, arguments: HouseholdProfileArguments) -> list[str]:
    rows = made.rows if arguments.values else made.rows[1:]
    shown = [f"{_name(keys, made.by)} {n:,} ({percent_said(n, made.described)})" for keys, n in rows[: SHOWN + 3]]
    if not shown:
        return []
    more = len(rows) - len(shown)
    lead = "By group: " if arguments.values else "Then "
    median = [f"The median (the household in the middle): {_name([made.middle], made.by)}."] if made.middle else []
    return [*median, f"{lead}{'; '.join(shown)}{f'; {more} more in the table' if more > 0 else ''}."]


def _figures(known: Known, made: _Profile) -> list[Figure]:
    asked = known.asked
    found = [
        figure(asked, "customers", made.everyone, "count"),
        figure(asked, "customers_described", made.described, "count"),
    ]
    for keys, number in made.rows:
        group = dict(zip(made.by, keys, strict=True))
        found += [
            figure(asked, "customers", number, "count", group),
            figure(asked, "customer_share", percent_text(number, made.described), "%", group),
        ]
    return found


def _table(made: _Profile) -> Table:
    columns = [TableColumn(_LABELS[name].capitalize(), "text") for name in made.by]
    columns += [TableColumn("Households", "count"), TableColumn("Share of those known", "%")]
    return Table(tuple(columns), [(*keys, n, percent_text(n, made.described)) for keys, n in made.rows])


def _chart(made: _Profile) -> Chart | None:
    if len(made.by) > 1 or not 2 <= len(made.rows) <= 20:
        return None
    names = tuple(_name(keys, made.by) for keys, _ in made.rows)
    return Chart(
        "bar",
        f"Households by {_listed(made.by)}",
        names,
        {"Households": tuple(float(n) for _, n in made.rows)},
        "count",
    )
