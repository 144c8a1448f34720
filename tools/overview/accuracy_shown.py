"""The words, figures and table of how far off an outlook would have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.amounts import figure, number_text
from tools.frame import Frame
from tools.metrics.model import Metric, UnitKind
from tools.result import Figure, Table, TableColumn
from tools.wording import counted, span, spoken

SHOWN = 5
_FIRST = {
    "error": "least accurate", "accurate": "most accurate", "over": "most over-forecast", "under": "most under-forecast"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the arguments decides how it is shown."""

    by: Literal["store", "department", "category", "product"] | None
    order: Literal["error", "accurate", "over", "under"]
    limit: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A week that is over by its Monday: what was expected and what came; minor units for money."""

    monday: date
    expected: Decimal
    actual: Decimal


@dataclass(frozen=True, slots=True)
class Off:
    """A group and its weeks; it sold in each of them."""

    key: str
    name: str
    weeks: tuple[Trial, ...]

    @property
    def expected(self) -> Decimal:
        """The sum of what was expected."""
        return sum((one.expected for one in self.weeks), Decimal(0))

    @property
    def actual(self) -> Decimal:
        """The sum of what came."""
        return sum((one.actual for one in self.weeks), Decimal(0))

    @property
    def error(self) -> Decimal:
        """The differences of the weeks without their signs, in per cent of what came."""
        return 100 * sum((abs(one.expected - one.actual) for one in self.weeks), Decimal(0)) / self.actual

    @property
    def bias(self) -> Decimal:
        """The differences with their signs, in per cent of what came; above nought too much was expected."""
        return 100 * (self.expected - self.actual) / self.actual

    @property
    def over(self) -> int:
        """In how many weeks too much was expected."""
        return sum(one.expected > one.actual for one in self.weeks)

    @property
    def under(self) -> int:
        """In how many too little."""
        return sum(one.expected < one.actual for one in self.weeks)


def _said(asked: Frame, metric: Metric, value: Decimal) -> str:
    shown = value.scaleb(-asked.exponent) if metric.unit_kind is UnitKind.MONEY else value
    return spoken(metric, metric.rounded(shown, asked.exponent), asked.currency)


def _text(asked: Frame, metric: Metric, value: Decimal) -> str | None:
    return metric.text(value.scaleb(-asked.exponent) if metric.unit_kind is UnitKind.MONEY else value, asked.exponent)


def _way(one: Off) -> str:
    """``3.1 % too high``, ``2.0 % too low``."""
    size = number_text(abs(one.bias), 1)
    return f"{size} % too high" if one.bias > 0 else f"{size} % too low" if one.bias < 0 else "neither too high nor low"


def headline(asked: Frame, metric: Metric, total: Off, groups: Sequence[Off], arguments: Shown) -> str:
    """The first sentence: of the groups where they are asked for, else of all together."""
    what = (
        f"Outlook on {metric.label.lower()}{asked.subject} held against what came, {asked.when}, {asked.stores.label}"
    )
    if groups:
        first = groups[0]
        return (
            f"{what}: by {arguments.by}, {first.name} is {_FIRST[arguments.order]} with an error of"
            f" {number_text(first.error, 1)} % a week and a bias of {_way(first)}."
        )
    return (
        f"{what}: off by {number_text(total.error, 1)} % a week on average (error), and {_way(total)} in all (bias):"
        f" {_said(asked, metric, total.expected)} expected, {_said(asked, metric, total.actual)} came."
    )


def sentences(asked: Frame, metric: Metric, total: Off, groups: Sequence[Off], arguments: Shown) -> list[str]:
    """What follows."""
    if not groups:
        worst = max(total.weeks, key=lambda one: abs(one.expected - one.actual) / one.actual)
        return [
            f"Too much was expected in {counted(total.over, 'week')}, too little in {total.under}.",
            (
                f"Furthest off was the week of {span(worst.monday, worst.monday)}:"
                f" {_said(asked, metric, worst.expected)} expected, {_said(asked, metric, worst.actual)} came."
            ),
        ]
    rest = groups[1 : min(SHOWN, arguments.limit)]
    told = [f"{one.name} {number_text(one.error, 1)} %, {_way(one)}" for one in rest]
    over = sum(one.bias > 0 for one in groups)
    return [
        *([f"Then {'; '.join(told)}."] if told else []),
        (
            f"Of {counted(len(groups), 'group')}, too much was expected of {over} and too little of"
            f" {sum(one.bias < 0 for one in groups)}."
        ),
        f"All together: error {number_text(total.error, 1)} %, {_way(total)}.",
    ]


def figures(asked: Frame, metric: Metric, total: Off, groups: Sequence[Off], arguments: Shown) -> list[Figure]:
    """Error and bias of everything and of the groups shown."""
    found = _of(asked, metric, total, {}, ())
    for one in groups[: arguments.limit]:
        by = str(arguments.by)
        found += _of(asked, metric, one, {by: one.key}, (one.key,) if by == "store" else ())
    return found


def _of(asked: Frame, metric: Metric, one: Off, group: dict[str, str], stores: tuple[str, ...]) -> list[Figure]:
    unit = metric.unit(asked.currency)
    values = (
        ("outlook_error", number_text(one.error, 1), "%"),
        ("outlook_bias", number_text(one.bias, 1), "%"),
        (f"{metric.name}_outlook", _text(asked, metric, one.expected), unit),
        (metric.name, _text(asked, metric, one.actual), unit),
    )
    return [figure(asked, name, value, kind, group, stores=stores) for name, value, kind in values]


def table(asked: Frame, metric: Metric, total: Off, groups: Sequence[Off], arguments: Shown) -> Table:
    """A row for each group, or for each week."""
    unit = metric.unit(asked.currency)
    sums = (TableColumn("Expected", unit), TableColumn("Came", unit))
    if not groups:
        weeks = [
            (
                one.monday.isoformat(), _text(asked, metric, one.expected), _text(asked, metric, one.actual),
                number_text(100 * (one.expected - one.actual) / one.actual, 1),
            )
            for one in total.weeks
        ]  # fmt: skip
        return Table((TableColumn("Week from", "date"), *sums, TableColumn("Off by", "%")), weeks)
    columns = (
        TableColumn(str(arguments.by).capitalize(), "text"), *sums, TableColumn("Bias", "%"), TableColumn("Error", "%"),
        TableColumn("Weeks too high", "count"), TableColumn("Weeks too low", "count"),
    )  # fmt: skip
    rows = [
        (
            one.name, _text(asked, metric, one.expected), _text(asked, metric, one.actual), number_text(one.bias, 1),
            number_text(one.error, 1), one.over, one.under,
        )
        for one in groups[: arguments.limit]
    ]  # fmt: skip
    return Table(columns, rows)
