"""A figure of single units in sentences, as a table and a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio
from tools.bounds import Bounds
from tools.breakdown.key_names import Titles
from tools.breakdown.where import Where
from tools.frame import Frame
from tools.metrics.dimensions import DIMENSIONS, Dimension
from tools.metrics.each_query import ADDITIVE, OfEach
from tools.result import Chart, Figure, Table, TableColumn
from tools.wording import counted

FIGURES = {
    "net_sales": "Net sales", "units": "Units", "lines": "Lines", "discounts": "Discounts",
    "transactions": "Transactions", "customers": "Known customers", "products": "Different products",
    "categories": "Different categories", "departments": "Different departments", "brands": "Different brands",
    "stores": "Stores",
}  # fmt: skip
MONEY = frozenset({"net_sales", "discounts"})
_NAMED = frozenset({"product", "category", "department", "brand", "store", "day", "week", "month"})
"""Units that may be named as the highest and the lowest; a basket or a line has no name."""
_TOLD, _CHART_POINTS = 8, 30
_COLUMNS = ("Mean", "Median", "Lower quartile", "Upper quartile", "Standard deviation")


@dataclass(frozen=True, slots=True)
class Row:
    """A group of units: how many, and how the figure lies among them; money in minor units.

    ``baskets`` are all of the group, also those that hold nothing of what is counted; None where that says nothing.
    """

    keys: tuple[str, ...]
    number: int
    total: Decimal
    lowest: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    most: Decimal
    highest: Decimal
    deviation: Decimal | None
    within: int
    within_total: Decimal
    ends: tuple[str, str]
    people: int
    baskets: int | None = None

    @property
    def mean(self) -> Decimal | None:
        """The mean of the units that have the figure."""
        return ratio(self.total, self.number)

    def within_of(self, bounds: Bounds) -> tuple[int, int]:
        """How many units are within the bounds, of how many; one that holds nothing of it has nought."""
        if self.baskets is None:
            return self.within, self.number
        none = self.baskets - self.number if bounds.hold(Decimal(0)) else 0
        return self.within + none, self.baskets


@dataclass(frozen=True, slots=True)
class Made:
    """What was asked, the row of all units, the rows of groups in their order, and what keys are called."""

    asked: Frame
    of: OfEach
    tell: str
    bottom: bool
    where: Where
    whole: Row
    rows: tuple[Row, ...]
    groups: int
    titles: Titles
    personal: bool
    bins: tuple[tuple[str, int], ...] = field(default=())

    @property
    def by(self) -> tuple[Dimension, ...]:
        """The dimensions of the groups."""
        return self.of.plan.by

    @property
    def unit(self) -> str:
        """What the figure is of: a basket, a line, a product, a day and so on."""
        return "transaction" if self.of.each == "basket" else self.of.each

    def value(self, row: Row) -> Decimal | None:
        """What is told first of a row."""
        if self.of.bounds.given:
            within, number = row.within_of(self.of.bounds)
            return ratio(within * 100, number)
        return {
            "mean": row.mean, "median": row.middle, "highest": row.highest, "lowest": row.lowest,
            "total": row.total, "deviation": row.deviation,
        }.get(self.tell, row.middle)  # fmt: skip

    def name(self, row: Row) -> str:
        """What a group is called."""
        return ", ".join(
            self.titles.get((one.name, key), key) for one, key in zip(self.by, row.keys, strict=True)
        )  # fmt: skip

    def say(self, value: Decimal | None) -> str:
        """A value of the figure as a sentence says it."""
        if self.of.figure in MONEY:
            return money_said(value, self.asked.currency)
        return "none" if value is None else f"{Decimal(number_text(value, 2) or 0).normalize():,f}"

    def text(self, value: Decimal | None) -> str | None:
        """A value of the figure as a plain decimal string."""
        return money_text(value, self.asked.exponent) if self.of.figure in MONEY else number_text(value, 2)


def said(made: Made) -> list[str]:
    """The sentences of an answer, the first of them its headline."""
    asked, whole = made.asked, made.whole
    where = f"{made.where.label} {asked.when}, {asked.stores.label}"
    title = f"{FIGURES[made.of.figure]} per {made.unit}"
    if made.of.bounds.given:
        return [_within(made, title, where), *_groups(made)]
    lead = {
        "median": f"half of them {made.say(whole.middle)} or less (the median), {made.say(whole.mean)} on average",
        "highest": f"{made.say(whole.highest)} at most{_of(made, 1)}, {made.say(whole.mean)} on average",
        "lowest": f"{made.say(whole.lowest)} at least{_of(made, 0)}, {made.say(whole.mean)} on average",
        "total": f"{made.say(whole.total)} in all, {made.say(whole.mean)} on average",
        "deviation": f"the standard deviation is {made.say(whole.deviation)}, with {made.say(whole.mean)} on average",
        "quartiles": f"the quartiles are {made.say(whole.low)}, {made.say(whole.middle)} (the median) and"
        f" {made.say(whole.high)}, with {made.say(whole.mean)} on average",
    }.get(made.tell, f"{made.say(whole.mean)} on average, half of them {made.say(whole.middle)} or less (the median)")
    if made.rows:
        first = made.rows[0]
        if any(one.is_time for one in made.by):
            first = (min if made.bottom else max)(made.rows, key=lambda row: made.value(row) or Decimal(0))
        end = "lowest" if made.bottom else "highest"
        by = " and ".join(one.label.lower() for one in made.by)
        lead = f"{end} {made.name(first)} with {made.say(made.value(first))}; all together {lead}"
        headline = f"{_told(made).capitalize()} {title[0].lower()}{title[1:]} by {by}{where}: {lead}."
        return [headline, *_groups(made), *_over_all(made)]
    headline = f"{title}{where}: {lead}, of {counted(whole.number, made.unit)}{_holding(made)}."
    return [headline, *_over_all(made), _spread(made)]


def _told(made: Made) -> str:
    return {"mean": "mean", "total": "total", "deviation": "standard deviation of", "highest": "highest",
            "lowest": "lowest"}.get(made.tell, "median")  # fmt: skip


def _holding(made: Made) -> str:
    return "" if made.whole.baskets is None else " that hold any"


def _of(made: Made, end: int) -> str:
    """Which unit stands at an end, where it has a name."""
    if made.of.each not in _NAMED or made.personal:
        return ""
    key = made.whole.ends[end]
    return f" ({made.titles.get((made.of.each, key), key)})"


def _over_all(made: Made) -> list[str]:
    """The mean over all baskets, also those that hold nothing of it."""
    whole = made.whole
    if whole.baskets is None or made.of.figure == "transactions":
        return []
    mean = made.say(ratio(whole.total, whole.baskets))
    share = percent_said(whole.number, whole.baskets)
    hold = f"{whole.number:,} of {whole.baskets:,} transactions ({share}) hold any"
    return [f"{hold}; over all of them, also those without, it is {mean} on average."]


def _spread(made: Made) -> str:
    whole = made.whole
    ends = (
        "" if made.personal else f" The lowest is {made.say(whole.lowest)}{_of(made, 0)}, the highest"
        f" {made.say(whole.highest)}{_of(made, 1)}."
    )  # fmt: skip
    return (
        f"The middle half lies between {made.say(whole.low)} and {made.say(whole.high)} (the quartiles); the standard"
        f" deviation is {made.say(whole.deviation)}.{ends}"
    )


def _within(made: Made, title: str, where: str) -> str:
    whole, bounds = made.whole, made.of.bounds
    within, number = whole.within_of(bounds)
    pairs = (("more than", bounds.over), ("at least", bounds.least), ("less than", bounds.under),
             ("at most", bounds.most))  # fmt: skip
    limits = " and ".join(f"{word} {made.say(value)}" for word, value in pairs if value is not None)
    together = ""
    if made.of.figure in ADDITIVE:
        share = percent_said(whole.within_total, whole.total)
        together = f" Together they make {made.say(whole.within_total)} of {made.say(whole.total)} ({share})."
    return (
        f"{title} of {limits}{where}: {within:,} of {counted(number, made.unit)}"
        f" ({percent_said(within, number)}).{together}"
    )


def _groups(made: Made) -> list[str]:
    rows = made.rows[:_TOLD]
    if not rows:
        return []
    if made.of.bounds.given:
        parts = []
        for row in rows:
            within, number = row.within_of(made.of.bounds)
            parts.append(f"{made.name(row)} {within:,} of {number:,} ({percent_said(within, number)})")
    else:
        parts = [f"{made.name(row)} {made.say(made.value(row))} ({counted(row.number, made.unit)})" for row in rows]
    timed = any(one.is_time for one in made.by)
    lead = "Each" if timed else "Lowest first" if made.bottom else "Highest first"
    more = f" ({made.groups:,} groups in all)" if made.groups > len(rows) else ""
    return [f"{lead}: {'; '.join(parts)}{more}."]


def figures(made: Made) -> list[Figure]:
    """Units, mean, median, quartiles and ends of all and of each group; within the bounds, where there are any."""
    found: list[Figure] = []
    for row in (made.whole, *made.rows):
        named: dict[str, str] = {
            one.name: made.titles.get((one.name, key), key) for one, key in zip(made.by, row.keys, strict=False)
        }
        found += _of_row(made, row, {**made.where.group, **named})
    return found


def _of_row(made: Made, row: Row, named: dict[str, str]) -> list[Figure]:
    asked, unit = made.asked, _unit(made)
    name = f"{made.of.figure}_per_{made.unit}"
    found = [figure(asked, f"{made.unit}s_counted", row.number, "count", named)]
    if made.of.bounds.given:
        within, number = row.within_of(made.of.bounds)
        found.append(figure(asked, f"{made.unit}s_within", within, "count", named))
        found.append(figure(asked, f"share_of_{made.unit}s", percent_text(within, number), "%", named))
    values: list[tuple[str, Decimal | None]] = [
        ("mean", row.mean), ("median", row.middle), ("lower_quartile", row.low), ("upper_quartile", row.high),
        ("standard_deviation", row.deviation),
    ]  # fmt: skip
    values += [] if made.personal else [("lowest", row.lowest), ("highest", row.highest)]
    values += [("total", row.total)] if made.of.figure in ADDITIVE else []
    values += [("mean_of_all", ratio(row.total, row.baskets))] if row.baskets else []
    return found + [figure(asked, f"{word}_{name}", made.text(value), unit, named) for word, value in values]


def _unit(made: Made) -> str:
    return made.asked.currency if made.of.figure in MONEY else "count"


def table(made: Made) -> Table:
    """A row a group; without groups the bins of the figure, or one row."""
    unit = _unit(made)
    if not made.rows and made.bins:
        columns = (TableColumn(FIGURES[made.of.figure], "text"), TableColumn("Number", "count"),
                   TableColumn("Share", "%"))  # fmt: skip
        every = sum(number for _, number in made.bins)
        return Table(columns, [(label, number, percent_text(number, every)) for label, number in made.bins])
    heads = [TableColumn(one.label, "text") for one in made.by] if made.rows else [TableColumn("Of", "text")]
    heads.append(TableColumn(f"{made.unit.capitalize()}s", "count"))
    if made.of.bounds.given:
        heads += [TableColumn("Within", "count"), TableColumn("Share within", "%")]
    else:
        heads += [TableColumn(name, unit) for name in _COLUMNS]
        heads += [] if made.personal else [TableColumn("Lowest", unit), TableColumn("Highest", unit)]
    return Table(tuple(heads), [_cells(made, row) for row in made.rows or (made.whole,)])


def _cells(made: Made, row: Row) -> tuple[str | int | None, ...]:
    first = [made.titles.get((one.name, key), key) for one, key in zip(made.by, row.keys, strict=False)] or ["All"]
    if made.of.bounds.given:
        within, number = row.within_of(made.of.bounds)
        return (*first, number, within, percent_text(within, number))
    values = [row.mean, row.middle, row.low, row.high, row.deviation]
    values += [] if made.personal else [row.lowest, row.highest]
    return (*first, row.number, *(made.text(value) for value in values))


def chart(made: Made) -> Chart | None:
    """Groups as bars or a line of what is told first; without groups how many units lie in each bin."""
    where = f"{made.asked.stores.label}, {made.asked.when}"
    title = f"{FIGURES[made.of.figure]} per {made.unit}"
    if not made.rows:
        if len(made.bins) < 2:
            return None
        labels, numbers = zip(*made.bins, strict=True)
        return Chart(
            "bar", f"{title}, {where}", labels, {f"{made.unit.capitalize()}s": tuple(map(float, numbers))}, "count"
        )
    if len(made.by) > 1 or not 2 <= len(made.rows) <= _CHART_POINTS:
        return None
    share = made.of.bounds.given
    shown = tuple(
        float((number_text(made.value(row), 1) if share else made.text(made.value(row))) or 0) for row in made.rows
    )
    told = "Share within" if share else _told(made).capitalize()
    kind = "line" if made.by[0].is_time else "bar"
    by = made.by[0].label.lower()
    labels = tuple(made.name(row) for row in made.rows)
    return Chart(kind, f"{told} {title.lower()} by {by}, {where}", labels, {told: shown}, "%" if share else _unit(made))


def names_wanted(made: Made) -> Sequence[Any]:
    """The keys of the units at the ends, for their names."""
    if made.of.each not in _NAMED or made.personal:
        return ()
    return tuple(dict.fromkeys(made.whole.ends))


def unit_dimension(each: str) -> Dimension | None:
    """The dimension that a unit is a group of; None for a basket or a line."""
    return DIMENSIONS.get(each)
