"""Why a figure changed: the change split exactly into its parts, where it happened, and what else went on.

The parts are arithmetic and therefore facts. What went on beside them is a coincidence, and is called one: nothing
here says that the one made the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from pydantic import Field

from tools.against import frame_to_compare
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.frame import caveats, one_currency, provenance
from tools.metrics.definitions import metric_named
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.usual_period import WEEKS
from tools.why.claimed import Way, corrected
from tools.why.finding import Finding
from tools.why.findings import MOST_STORES, findings_of
from tools.why.history import History, history_of, in_short, what_is_usual
from tools.why.parts import Change, change_of
from tools.why.shown import chart, compared, figures, headline, table, the_sum, where_it_was
from tools.why.sides import Sides, two_sides
from tools.why.splits import Groups, Split, can_split, groups_of, no_people, splits_of
from tools.why.target import Target, gap_figures, gap_sentences, narrowed, target_caveats, targets_of
from tools.wording import counted, listed

MOST_FINDINGS = 5
MetricName = Literal[
    "net_sales",
    "gross_margin",
    "gross_margin_pct",
    "transactions",
    "average_transaction_value",
    "units",
    "conversion",
    "visitors",
]
IN_PART = ("net_sales", "units", "gross_margin", "gross_margin_pct")


class ExplainChangeArguments(Arguments):
    """Arguments of ``explain_change``."""

    period: str | None = Field(
        default=None,
        max_length=120,
        description="The period in question, in the asker's own words; “last week” if a why has no time. Left out:"
        " yesterday; of a department or product the last 4 weeks.",
    )
    compare_to: str | None = Field(
        default=None,
        max_length=120,
        description=(
            "What it changed against: “the week before”, “same day last month”, “last year”, “usual” for the mean of "
            "four weeks, or another period. Leave out for the usual one: the same weekday last week for a day, the "
            "period before for anything longer."
        ),
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: “Harbor Point”, “north stores”, “all stores”.",
    )
    metric: MetricName = Field(default="net_sales", description="The figure whose change is to be explained.")
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    by: Literal["department", "category", "hour", "store", "employee", "product"] | None = Field(
        default=None, description="Show the change by this only, in up to ten rows; leave out for the usual splits."
    )
    target: bool = Field(
        default=False, description="True when the question is why a target was missed or beaten; says by how much."
    )
    claim: Way | None = Field(
        default=None, description="What the question takes for granted, so that the answer says where it was not so."
    )
    claim_percent: float | None = Field(
        default=None, ge=0, le=100_000, description="By how many per cent, as the question claims: “down 12 %” is 12."
    )


@tool()
def explain_change(arguments: ExplainChangeArguments, context: ToolContext) -> ToolResult:
    """Why a figure changed: the change split exactly into parts, where it happened, and what else went on.

    Use it for “why were sales down yesterday”, “what drove the change last week in Harbor Point”, “why did our margins
    change”, “what happened on Saturday”, “explain the drop in Produce”, “is that normal?”, “why did we miss target last
    week”. Net sales is split into visitors, conversion, units per transaction, prices of like products, mix and goods
    without units; margin into volume, price, discount depth, cost, mix and unknown cost. The parts add up to the
    change. Promotions, stock, staffing, weather, events, hours and gaps in the data are listed beside it as facts or
    coincidences; none of them is said to have caused it. It also says whether the change is within normal noise.
    """
    of_goods = arguments.department or arguments.product
    usual = WEEKS if of_goods else "yesterday"
    period = usual if arguments.period is None else arguments.period
    asked = frame_to_compare(period, arguments.stores, context, arguments.compare_to)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    metric = metric_named(arguments.metric)
    if part and metric.name not in IN_PART:
        raise BadArgumentError(
            f"{metric.label} is only known for whole stores, not for a product, department or category. For those "
            f"there is {listed(list(IN_PART), 'or')}."
        )
    asked = replace(asked, part=part)
    one_currency(asked, None)
    sides = two_sides(asked, metric, arguments.compare_to)
    target = None
    if arguments.target:
        target, read = targets_of(sides.asked, metric.name)
        if target and target.missing:
            sides = two_sides(narrowed(asked, target.stores), metric, arguments.compare_to)
        sides.statements += read
    if arguments.by and not can_split(sides, arguments.by):
        raise BadArgumentError(f"The change of {metric.label.lower()} is not to be had by {arguments.by} here.")
    change, groups, beside = _looked_into(sides, arguments.by)
    if change is None or beside is None:
        return _nothing(sides)
    return _answer(sides, change, splits_of(sides, change, groups, arguments.by), beside, arguments, target)


_Beside = tuple[History | None, list[Finding]]


def _looked_into(sides: Sides, by: str | None) -> tuple[Change | None, dict[str, Groups], _Beside | None]:
    """The change, both sides by what it is split by, and what else went on; nothing beside where there is no change.

    Of many stores all of it is read side by side. Few have reads in common, which are not made twice, and visitors are
    split by the hours that the change itself is told by.
    """
    if len(sides.asked.stores.stores) <= MOST_STORES or "traffic" in sides.metric.sources:
        change = change_of(sides)
        return (change, *sides.apart(partial(groups_of, by=by), _beside)) if change else (None, {}, None)
    had = len(sides.statements)
    (change, read), groups, beside = sides.apart(_counted, partial(groups_of, by=by), _beside)
    if change is None:
        del sides.statements[had + read :]
    return change, groups, beside


def _counted(sides: Sides) -> tuple[Change | None, int]:
    """The change, and how many statements it stands on."""
    return change_of(sides), len(sides.statements)


def _answer(
    sides: Sides, change: Change, splits: Sequence[Split], beside: _Beside, arguments: ExplainChangeArguments,
    target: Target | None,
) -> ToolResult:  # fmt: skip
    history, found = beside
    first = corrected(change, arguments.claim, arguments.claim_percent) + headline(sides, change, in_short(history))
    gap = gap_sentences(sides, change, target) if arguments.target else []
    where = where_it_was(sides, change, splits, only=arguments.by is not None, claim=arguments.claim)
    said = [*gap, first, the_sum(sides, change), where]
    lines = [" ".join(one for one in said if one), what_is_usual(history), *(finding.line for finding in found)]
    return ToolResult(
        headline=gap[0] if gap else first,
        text="\n".join(line for line in lines if line),
        figures=(*figures(sides, change, splits), *(gap_figures(sides, change, target) if target else ())),
        table=table(sides, change, splits),
        chart=chart(sides, change),
        caveats=(
            *_not_split(sides, arguments.by, splits),
            *_what_is_missing(sides, change),
            *(target_caveats(target) if target else ()),
            *_simulated(sides),
        ),
        follow_ups=_follow_ups(sides, arguments),
        provenance=provenance(sides.asked, [sides.metric], sides.statements, sides.before_days[0]),
    )


def _beside(sides: Sides) -> _Beside:
    """How such changes usually are, and what else went on."""
    history = history_of(sides)
    return history, findings_of(sides, history)[:MOST_FINDINGS]


def _not_split(sides: Sides, by: str | None, splits: Sequence[Split]) -> list[str]:
    """That the split asked for is not there, and why."""
    if not by or splits:
        return []
    reason = no_people(sides) if by == "employee" else ""
    return [f"The change is not split by {by}: {reason or f'there is only one {by} in it'}."]


def _nothing(sides: Sides) -> ToolResult:
    """The answer when one side has no value of the metric."""
    label = sides.metric.label
    missing = {
        "visitors": "Visitors were not counted in enough of the same hours of both periods,",
        "conversion": "Visitors were not counted in enough of the same hours of both periods,",
    }.get(sides.metric.name, f"{label} is not known, as no cost of what was sold is recorded,")
    first = (
        f"The change of {label.lower()} cannot be explained: {missing[:1].lower()}{missing[1:]} for "
        f"{sides.asked.stores.label} {sides.asked.when} or in the period compared with ({compared(sides)})."
    )
    return ToolResult(
        headline=first,
        text=first,
        caveats=tuple(_simulated(sides)),
        follow_ups=(f"Why did sales change {sides.asked.when_again}{sides.asked.same_part_and_stores}?",),
        provenance=provenance(sides.asked, [sides.metric], sides.statements, sides.before_days[0]),
    )


def _what_is_missing(sides: Sides, change: Change) -> list[str]:
    """What the split had to do without."""
    said = []
    uses_visitors = sides.metric.name in ("net_sales", "transactions", "units")
    if uses_visitors and not change.visitors_known:
        said.append(
            "Visitors are not known for the same hours of both periods, so transactions are not split into traffic "
            "and conversion."
        )
    if sides.cut:
        said.append("Today so far is split by the hour only; units, prices and mix need whole days.")
    length = sides.versus.periods[0].days
    if length != sides.asked.period.days:
        said.append(
            f"The periods differ in length: {counted(sides.asked.period.days, 'day')} against {counted(length, 'day')}."
        )
    if sides.versus.is_norm and sides.parts_of_norm < len(sides.versus.periods):
        said.append(f"Only {sides.parts_of_norm} of the {len(sides.versus.periods)} weeks before have sales.")
    if sides.thin:
        each = [f"{sides.asked.stores.name(store)} in {number}" for store, number in sides.thin.items()]
        said.append(
            f"Not every store has sales in all of the {sides.parts_of_norm} weeks before ({listed(each)}); weeks"
            " without count as nothing in the mean, so a part of the change is that a store was not open. A"
            " comparison by store holds each against its own weeks."
        )
    return said


def _simulated(sides: Sides) -> list[str]:
    """The caveats of every source that the answer draws on."""
    names = [sides.metric.name]
    if sides.metric.name in ("net_sales", "transactions", "units") and not sides.asked.part:
        names.append("visitors")
    # Days without sales are among the facts, unless there are too many stores to look at each.
    days = sides.days if len(sides.asked.stores.stores) > MOST_STORES else None
    return caveats(sides.asked, [metric_named(name) for name in names], days, since=sides.before_days[0])


def _follow_ups(sides: Sides, arguments: ExplainChangeArguments) -> tuple[str, ...]:
    when, same = sides.asked.when_again, sides.asked.same_part_and_stores
    metric = sides.metric
    asks = []
    if metric.name == "net_sales" and not sides.cut:
        asks.append(f"Why did our margin change {when}{same}?")
    if metric.name != "net_sales":
        asks.append(f"Why did sales change {when}{same}?")
    against = f" with {arguments.compare_to}" if arguments.compare_to else ""
    if not sides.cut and sides.asked.part is None:
        asks.append(f"Compare {when}{against} by department{same}")
    asks.append(f"Net sales {when}{same}")
    return tuple(asks[:3])
