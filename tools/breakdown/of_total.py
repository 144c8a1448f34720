"""Which part of a whole the conditions of a breakdown make up: “what share of sales is from households with kids”.

The whole is what ``department`` and ``product`` leave; conditions on people are also held against the sales whose
customers are known in that respect, since of many nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tools.amounts import percent_said, percent_text
from tools.breakdown.rows import Breakdown
from tools.breakdown.where import Only, resolve_where
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.metrics.breakdown_plan import Condition, Plan
from tools.metrics.cells import Cell, added, fetch_cells
from tools.metrics.dimensions import UNKNOWN
from tools.metrics.windows import Statement, Window
from tools.result import Figure
from tools.wording import spoken


class Parts(Protocol):
    """What is read of the arguments of a breakdown."""

    @property
    def by(self) -> list[str]:
        """Dimensions to split by."""

    @property
    def where(self) -> list[Only]:
        """The conditions whose part is asked for."""

    @property
    def department(self) -> str | None:
        """The whole, where it is a department."""

    @property
    def product(self) -> str | None:
        """The whole, where it is goods."""


@dataclass(frozen=True, slots=True)
class OfTotal:
    """Sentences, figures and what was run for them."""

    said: tuple[str, ...]
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    share: str

    def led_by(self, headline: str) -> str:
        """The headline of the figure with the share that was asked for."""
        return f"{headline.removesuffix('.')}, {self.share}."


def part_of_total(arguments: Parts, made: Breakdown, windows: Sequence[Window], context: ToolContext) -> OfTotal:
    """The share of the whole.

    Raises:
        BadArgumentError: there is no condition, or a split, or the figure is no sum.
    """
    metric, asked = made.metrics[0], made.asked
    if arguments.by or not arguments.where or made.mixed:
        raise BadArgumentError(
            "of_total: give conditions in “where” and no “by”; the answer is their part of the whole."
        )
    if not metric.is_sum:
        raise BadArgumentError(f"of_total: {metric.label} is a rate, of which there is no part.")
    named = (("department", arguments.department), ("product", arguments.product))
    base = [Only(dimension=name, values=[value]) for name, value in named if value]
    where = resolve_where(base, asked.stores, windows, context)
    cells, statements = fetch_cells(
        context.mirror, [metric], Plan((), where.conditions, made.plan.week_start), windows, context.scope
    )
    own, whole = made.whole.value(metric, asked.exponent), added(cells).value(metric, asked.exponent)
    label = f"{metric.label.lower()}{where.label}"
    share = f"{percent_said(own, whole)} of {spoken(metric, whole, asked.currency)} {label} in all"
    said = []
    figures = [_figure(made, percent_text(own, whole), where.group)]
    people = [one for one in made.plan.where if one.dimension.personal and not one.exclude]
    if people:
        known, more = _known(made, where.conditions, people, windows, context)
        total = known.value(metric, asked.exponent)
        names = " and ".join(dict.fromkeys(one.dimension.label.lower() for one in people))
        said.append(
            f"The {names} is known for {percent_said(total, whole)} of them; of these it is {percent_said(own, total)}."
        )
        figures.append(_figure(made, percent_text(own, total), {**where.group, "known": names}))
        statements += more
    return OfTotal(tuple(said), tuple(figures), tuple(statements), share)


def _known(
    made: Breakdown, base: Sequence[Condition], people: Sequence[Condition], windows: Sequence[Window],
    context: ToolContext,
) -> tuple[Cell, list[Statement]]:  # fmt: skip
    """The sales whose customers are known in the respects asked about."""
    known = [Condition(one.dimension, (UNKNOWN,), exclude=True) for one in people]
    plan = Plan((), (*base, *known), made.plan.week_start)
    cells, statements = fetch_cells(context.mirror, [made.metrics[0]], plan, windows, context.scope)
    return added(cells), statements


def _figure(made: Breakdown, value: str | None, group: dict[str, str]) -> Figure:
    asked = made.asked
    held = {**made.where.group, **{f"of_{name}": words for name, words in group.items()}}
    name = f"share_of_{made.metrics[0].name}"
    return Figure(name, value, "%", asked.stores.ids, asked.start_on, asked.end_on, held)
