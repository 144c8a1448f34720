"""Which part of each group's figure some conditions make: the share on promotion by department, by store, by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tools.amounts import percent_said, percent_text
from tools.breakdown.ask import refuse_unsuited
from tools.breakdown.key_names import named_keys
from tools.breakdown.promoted_since import promotions_known
from tools.breakdown.rows import Row
from tools.breakdown.where import Only, resolve_where
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.metrics import metric_named
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import FEWEST_PEOPLE, Cell, added, anonymous, fetch_cells
from tools.metrics.dimensions import Dimension, dimension_named
from tools.metrics.model import Metric
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import MetricName
from tools.wording import counted, spoken

TOLD, CHART_POINTS = 5, 30
PUT_TOGETHER = "Too small are {groups}, put together so that nothing is said of fewer than {few} customers."
_SUMS = ("net_sales", "gross_sales", "units", "transactions")


def _one(given: object) -> object:
    return given[0] if isinstance(given, list) and len(given) == 1 else given


class PartOfEachArguments(Arguments):
    """Arguments of ``part_of_each``."""

    by: Annotated[str, BeforeValidator(_one), Field(max_length=40)] = Field(
        description="The groups: store, department, category, brand, product, week, month, weekday ..."
    )
    where: list[Only] = Field(min_length=1, max_length=4, description="What the part is: all conditions hold.")
    whole: list[Only] = Field(
        default=[], max_length=4, description="What both the part and the whole are limited to: without fuel."
    )
    metric: MetricName = Field(default="net_sales", description="net_sales, gross_sales, units or transactions.")
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    order: Literal["top", "bottom"] = Field(default="top", description="Largest share first, or smallest.")
    limit: int = Field(default=20, ge=1, le=100, description="So many groups.")


@dataclass(frozen=True, slots=True)
class _Share:
    """A group: its part and its whole, in the metric's own units."""

    keys: tuple[str, ...]
    part: Decimal
    whole: Decimal


@dataclass(frozen=True, slots=True)
class _Made:
    asked: Frame
    metric: Metric
    dimension: Dimension
    label: str
    base: str
    shares: tuple[_Share, ...]
    part: Decimal
    whole: Decimal
    groups: int
    names: dict[str, str]


@tool()
def part_of_each(arguments: PartOfEachArguments, context: ToolContext) -> ToolResult:
    """Which share of each group's sales, units or transactions some conditions make up.

    Use it for “share of sales on promotion by department” (where promotion “any promotion”), “which store has the
    highest share of transactions with private label”, “share of sales on weekends by category”, “national brand share
    by week”, “what percent of each income group's spend is on private label”. One share of everything is
    ``sales_breakdown`` with of_total; the shares that groups have of the whole are ``sales_breakdown`` with share;
    private label alone is ``private_label_share``. Conditions are not of attributes of people.
    """
    dimension, metric = dimension_named(arguments.by), _metric(arguments.metric)
    conditions = (*arguments.where, *arguments.whole)
    if any(one.dimension and dimension_named(one.dimension).personal for one in conditions):
        raise BadArgumentError(
            "Shares of what only some people bought are not told group by group: use sales_breakdown by two dimensions."
        )
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, "store" if dimension.name == "store" else None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    named = (("department", arguments.department), ("product", arguments.product))
    base = resolve_where(
        [*(Only(dimension=name, values=[value]) for name, value in named if value), *arguments.whole],
        asked.stores,
        windows,
        context,
    )
    part = resolve_where(arguments.where, asked.stores, windows, context)
    plans = [
        Plan((dimension,), (*base.conditions, *more), WEEK_START) for more in ((), part.conditions)
    ]  # fmt: skip
    notes = promotions_known(plans[1].dimensions, asked)
    for plan in plans:
        refuse_unsuited([metric], plan)
    (wholes, first), (parts, second) = (
        fetch_cells(context.mirror, [metric], plan, windows, context.scope) for plan in plans
    )
    if dimension.personal:
        (wholes, parts), small = anonymous([wholes, parts], 0)
        notes += [PUT_TOGETHER.format(groups=counted(small, "group"), few=FEWEST_PEOPLE)] if small else []
    shares = _shares(wholes, parts, metric, asked.exponent)
    if not shares:
        raise NoDataError(f"Nothing was sold {asked.when} at {asked.stores.label} that a share could be of.")
    # Who belongs to several groups, such as a transaction with goods of two departments, counts once in all.
    over_all = [Plan((), plan.where, WEEK_START) for plan in plans]
    (whole, third), (own, fourth) = (
        fetch_cells(context.mirror, [metric], plan, windows, context.scope) for plan in over_all
    )
    if not dimension.is_time:
        sign = -1 if arguments.order == "top" else 1
        shares.sort(key=lambda one: (sign * one.part / one.whole, one.keys))
    shown = tuple(shares if dimension.is_time else shares[: arguments.limit])
    titles = named_keys([Row(one.keys, Cell(one.keys, {}), None) for one in shown], (dimension,), asked)
    made = _Made(
        asked, metric, dimension, part.label, base.label, shown, _value(own, metric, asked.exponent),
        _value(whole, metric, asked.exponent), len(shares),
        {one.keys[0]: titles.get((dimension.name, one.keys[0]), one.keys[0]) for one in shown},
    )  # fmt: skip
    headline = _headline(made, arguments.order)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(made)]),
        figures=tuple(_figures(made, {**base.group, **part.group})),
        table=_table(made),
        chart=_chart(made),
        caveats=(
            *notes,
            *(["Transactions are those that contain what is counted."] if metric.name == "transactions" else []),
            *([] if dimension.is_time else ["A share is a rate: groups that sold little can lead it."]),
            *caveats(asked, [metric], days),
        ),
        follow_ups=(f"Net sales {asked.when_again} by {dimension.label.lower()}{asked.same_part_and_stores}",),
        provenance=provenance(asked, [metric], [*first, *second, *third, *fourth, covered]),
    )


def _metric(name: str) -> Metric:

    metric = metric_named(name)
    if metric.name not in _SUMS:
        raise BadArgumentError(f"metric: a part can be told of {', '.join(_SUMS)}; {metric.label} is not added up.")
    return metric


def _value(cells: Sequence[Cell], metric: Metric, exponent: int) -> Decimal:
    return added(cells).value(metric, exponent) or Decimal(0)


def _shares(wholes: Sequence[Cell], parts: Sequence[Cell], metric: Metric, exponent: int) -> list[_Share]:
    own = {cell.keys: cell.value(metric, exponent) or Decimal(0) for cell in parts}
    found = [
        _Share(cell.keys, own.get(cell.keys, Decimal(0)), value)
        for cell in wholes
        if (value := cell.value(metric, exponent) or Decimal(0)) > 0
    ]
    return sorted(found, key=lambda one: one.keys)


def _headline(made: _Made, order: str) -> str:
    asked = made.asked
    about = f"{made.metric.label}{made.label}{made.base}"
    best = max(made.shares, key=lambda one: one.part / one.whole)
    first = made.shares[0] if not made.dimension.is_time else best
    end = "lowest" if order == "bottom" and not made.dimension.is_time else "highest"
    return (
        f"{about} {asked.when}, {asked.stores.label}: {percent_said(made.part, made.whole)} of all"
        f" ({spoken(made.metric, made.part, asked.currency)} of {spoken(made.metric, made.whole, asked.currency)}); by"
        f" {made.dimension.label.lower()} the share is {end} in {made.names[first.keys[0]]} with"
        f" {percent_said(first.part, first.whole)}."
    )


def _sentences(made: _Made) -> list[str]:
    rest = made.shares if made.dimension.is_time else made.shares[1:]
    told = "; ".join(f"{made.names[one.keys[0]]} {percent_said(one.part, one.whole)}" for one in rest[: TOLD + 1])
    more = f" ({made.groups:,} groups in all)" if made.groups > len(made.shares) else ""
    return [f"{'Each' if made.dimension.is_time else 'Then'}: {told}{more}."] if told else []


def _figures(made: _Made, group: dict[str, str]) -> list[Figure]:
    asked, name = made.asked, f"share_of_{made.metric.name}"
    whole = Figure(
        name, percent_text(made.part, made.whole), "%", asked.stores.ids, asked.start_on, asked.end_on, dict(group)
    )
    return [
        whole,
        *(
            Figure(
                name, percent_text(one.part, one.whole), "%", asked.stores.ids, asked.start_on, asked.end_on,
                {**group, made.dimension.name: made.names[one.keys[0]]},
            )
            for one in made.shares
        ),
    ]  # fmt: skip


def _table(made: _Made) -> Table:
    asked, metric = made.asked, made.metric
    unit = asked.currency if metric.name.endswith("sales") else "count"
    columns = (
        TableColumn(made.dimension.label, "text"), TableColumn("Share", "%"),
        TableColumn(f"{metric.label}{made.label}", unit), TableColumn(f"{metric.label}, all", unit),
    )  # fmt: skip
    return Table(
        columns,
        [
            (
                made.names[one.keys[0]], percent_text(one.part, one.whole), metric.text(one.part, asked.exponent),
                metric.text(one.whole, asked.exponent),
            )
            for one in made.shares
        ],
    )  # fmt: skip


def _chart(made: _Made) -> Chart | None:
    if not 2 <= len(made.shares) <= CHART_POINTS:
        return None
    values = tuple(round(float(one.part / one.whole) * 100, 1) for one in made.shares)
    return Chart(
        "line" if made.dimension.is_time else "bar",
        f"{made.metric.label}{made.label}, share by {made.dimension.label.lower()}, {made.asked.stores.label}",
        tuple(made.names[one.keys[0]] for one in made.shares), {"Share": values}, "%",
    )  # fmt: skip
