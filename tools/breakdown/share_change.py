"""Who gained and who lost share of sales between two periods: departments, brands, stores, products or other groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.against import span_of
from tools.amounts import figure
from tools.breakdown.ask import refuse_people, refuse_unsuited
from tools.breakdown.comparable import against_of, other_windows
from tools.breakdown.key_names import named_keys
from tools.breakdown.reading import Reading
from tools.breakdown.rows import Row
from tools.breakdown.where import Only, resolve_where
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.metrics import metric_named
from tools.metrics.breakdown_plan import Plan, adds_up
from tools.metrics.cells import SMALL_GROUPS, Cell, Keys
from tools.metrics.dimensions import NOT_NAMED, Dimension, dimension_named
from tools.metrics.model import Metric
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Comparison, Figure, Table, TableColumn, ToolResult
from tools.stores import resolve_stores
from tools.wording import counted, span

NAMED = 4
"""How many groups a sentence names."""
_MOST_BARS = 20


class ShareChangeArguments(Arguments):
    """Arguments of ``share_change``."""

    by: str = Field(
        default="department",
        max_length=40,
        description="Whose shares: department, category, brand, product, store, private_label, pack_size, age_band ...",
    )
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    compare_to: str | None = Field(
        default=None, max_length=120, description="Held against, in the asker's own words; else the period before."
    )
    metric: Literal["net_sales", "gross_sales", "units", "gross_margin"] = Field(
        default="net_sales", description="Share of what."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    order: Literal["both", "gained", "lost"] = Field(default="both", description="Which end was asked for.")
    limit: int = Field(default=20, ge=1, le=100, description="So many groups.")
    mention: str | None = Field(default=None, max_length=80, description="A group that the answer must speak of.")


@dataclass(frozen=True, slots=True)
class Share:
    """A group's share of the whole, now and before, in per cent."""

    keys: Keys
    now: Decimal
    before: Decimal

    @property
    def exactly(self) -> Decimal:
        """The change in points, not rounded: what lost a thousandth of a point has lost share, too."""
        return self.now - self.before

    @property
    def moved(self) -> Decimal:
        """In points, to two digits; never a negative nought."""
        return round(self.exactly, 2) + Decimal(0)


Namer = Callable[[Share], str]


@tool()
def share_change(arguments: ShareChangeArguments, context: ToolContext) -> ToolResult:
    """Which groups gained or lost share of sales against another period, in points of per cent.

    Use it for “which departments gained share this month”, “which brands are losing share in cereal”, “how did
    Produce's share of sales change against last month”, “share shift by store”. A share is of the part of the range
    asked about. Growth in money is ``compare_periods`` or ``sales_breakdown``; private label's share over time is
    ``private_label_share``.
    """
    dimension = dimension_named(arguments.by)
    if dimension.is_time:
        raise BadArgumentError("by: a share changes over time; name whose share, such as department, brand or store.")
    refuse_people((dimension,), [], context)
    arguments = _of_all_stores(arguments, dimension, context)
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    against = against_of(asked, arguments.compare_to)
    cut = bool(asked.unfinished()) and next(iter(against.values())).aligned
    windows = asked.windows(whole_hours=cut)
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    named = (("department", arguments.department), ("product", arguments.product))
    where = resolve_where(
        [Only(dimension=name, values=[value]) for name, value in named if value], asked.stores, windows, context
    )
    plan = Plan((dimension,), where.conditions, WEEK_START)
    metric = metric_named(arguments.metric)
    refuse_unsuited([metric], plan)
    if not adds_up(metric, plan):
        raise BadArgumentError(f"by: {metric.label} by {dimension.label.lower()} does not add up, so it has no shares.")
    read = Reading(context, [metric], plan, guard=False)
    before, unlike, _ = other_windows(asked, against, days, plan, cut=cut)
    now_cells, then_cells = read.cells(windows, versus=before), read.cells(before, versus=windows)
    exponent = asked.exponent
    wholes = [read.whole(side, cells) for side, cells in ((windows, now_cells), (before, then_cells))]
    shares = _shares(now_cells, then_cells, wholes, metric, exponent)
    known = [one for one in shares if one.keys[0] not in (*NOT_NAMED, SMALL_GROUPS)]
    if not known:
        raise NoDataError(f"Nothing was sold by {dimension.label.lower()} {asked.when}; there are no shares.")
    ranked = sorted(known, key=lambda one: (-one.exactly, one.keys))
    shown = _ends(ranked, arguments)
    titles = named_keys([Row(one.keys, Cell(one.keys, {}), None) for one in ranked], (dimension,), asked)

    def name(one: Share) -> str:
        return titles.get((dimension.name, one.keys[0]), one.keys[0])

    if len(shares) == 1:
        raise NoDataError(
            f"All of what is asked about is {name(known[0])}, in both periods: by {dimension.label.lower()} there is no"
            " share that could change."
        )
    then = span(*span_of(against))
    of = f" of {where.only[0]}" if where.only else ""
    head = f"Share of {metric.label.lower()}{of} by {dimension.label.lower()} {asked.when}, {asked.stores.label}"
    headline = f"{head}, against {then}: {_lead(ranked, arguments.order, name)}."
    return ToolResult(
        headline=headline,
        text=" ".join(
            [headline, *_mentioned(ranked, arguments.mention, name), *_sentences(ranked, arguments.order, name)]
        ),
        figures=tuple(_figures(asked, shown, metric, dimension.name, name, span_of(against))),
        table=Table(
            tuple(
                TableColumn(title, unit)
                for title, unit in (
                    (dimension.label, "text"), ("Share", "%"), ("Share, before", "%"), ("Change, points", "%"),
                )
            ),
            [(name(one), f"{one.now:.2f}", f"{one.before:.2f}", f"{one.moved:+.2f}") for one in shown],
        ),
        chart=_chart(head, shown, name),
        caveats=(
            *read.notes,
            "A share can grow while sales fall, if the rest falls more.",
            *unlike,
            *([f"The first {len(shown)} of {len(known)} groups are shown."] if len(shown) < len(known) else []),
            *caveats(asked, [metric], days),
        ),
        follow_ups=(f"Net sales by {dimension.label.lower()} {asked.when_again}{asked.same_part_and_stores}",),
        provenance=provenance(asked, [metric], [*read.statements, covered], span_of(against)[0]),
    )  # fmt: skip


def _of_all_stores(arguments: ShareChangeArguments, dimension: Dimension, context: ToolContext) -> ShareChangeArguments:
    """The one store that is named beside a split by store is whose share is asked: alone it has all of the sales."""
    if dimension.name != "store" or not arguments.stores:
        return arguments
    named = resolve_stores(arguments.stores, context)
    if len(named.stores) > 1:
        return arguments
    return arguments.model_copy(update={"stores": "all stores", "mention": named.stores[0].name})


def _shares(
    now: Sequence[Cell], then: Sequence[Cell], wholes: Sequence[Cell], metric: Metric, exponent: int
) -> list[Share]:
    """Every group of either side.

    Raises:
        NoDataError: a side comes to nothing, of which there are no shares.
    """
    totals = [whole.value(metric, exponent) for whole in wholes]
    if any(not total or total < 0 for total in totals):
        raise NoDataError("One of the two periods has no such sales, so there are no shares to compare.")
    sides: list[Mapping[Keys, Cell]] = [{cell.keys: cell for cell in cells} for cells in (now, then)]
    made = []
    for keys in dict.fromkeys((*sides[0], *sides[1])):
        values = [(side[keys].value(metric, exponent) or Decimal(0)) if keys in side else Decimal(0) for side in sides]
        parts = [value * 100 / (total or Decimal(1)) for value, total in zip(values, totals, strict=True)]
        made.append(Share(keys, *parts))
    return made


def _ends(ranked: Sequence[Share], arguments: ShareChangeArguments) -> list[Share]:
    """The groups to show: the end asked for, or both ends where there are too many."""
    if arguments.order == "lost":
        return [one for one in reversed(ranked) if one.moved < 0][: arguments.limit]
    if arguments.order == "gained":
        return [one for one in ranked if one.moved > 0][: arguments.limit]
    if len(ranked) <= arguments.limit:
        return list(ranked)
    half = max(arguments.limit // 2, 1)
    return [*ranked[:half], *ranked[-half:]]


def _said(one: Share, name: str) -> str:
    return f"{name} {one.moved:+.2f} points to {one.now:.2f} %"


def _lead(ranked: Sequence[Share], order: str, name: Namer) -> str:
    first, last = ranked[0], ranked[-1]
    if order == "lost":
        return f"{name(last)} lost most, {_said(last, '').strip()}" if last.moved < 0 else "none lost share"
    gained = f"{name(first)} gained most, {_said(first, '').strip()}" if first.moved > 0 else "none gained share"
    if order == "gained" or last.moved >= 0:
        return gained
    return f"{gained}; {name(last)} lost most, {_said(last, '').strip()}"


def _mentioned(ranked: Sequence[Share], wanted: str | None, name: Namer) -> list[str]:
    """The one group asked about, first."""
    if not wanted:
        return []
    said = wanted.strip().lower()
    one = next((one for one in ranked if name(one).lower() == said), None)
    return [f"{_said(one, name(one))}, from {one.before:.2f} %."] if one else [f"“{wanted.strip()}” is none of them."]


def _sentences(ranked: Sequence[Share], order: str, name: Namer) -> list[str]:
    ups = [one for one in ranked if one.exactly > 0]
    downs = [one for one in reversed(ranked) if one.exactly < 0]
    said = []
    for way, found in (("gained", ups), ("lost", downs)):
        if order in ("both", way) and len(found) > 1:
            rest = "; ".join(_said(one, name(one)) for one in found[1 : NAMED + 1] if one.moved)
            said.append(f"{counted(len(found), 'group')} {way} share{f'; then {rest}' if rest else ''}.")
    return said


def _figures(
    asked: Frame, shown: Sequence[Share], metric: Metric, by: str, name: Namer, days: tuple[date, date]
) -> list[Figure]:
    made = []
    for one in shown:
        plain = figure(asked, f"share_of_{metric.name}", f"{one.now:.2f}", "%", {by: name(one)})
        held = Comparison(f"{one.before:.2f}", *days, f"{one.moved:.2f}", None)
        made.append(
            Figure(plain.metric, plain.value, plain.unit, plain.stores, plain.start_on, plain.end_on, plain.group, held)
        )
    return made


def _chart(title: str, shown: Sequence[Share], name: Namer) -> Chart | None:
    if not 2 <= len(shown) <= _MOST_BARS:
        return None
    points = tuple(float(round(one.moved, 2)) for one in shown)
    return Chart(
        "bar", f"{title}: change in points", tuple(name(one) for one in shown), {"Change, points": points}, "%"
    )
