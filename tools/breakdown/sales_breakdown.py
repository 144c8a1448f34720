"""Any metric by any dimension or two, of everything or of a part, ranked, shared out, run up, and against a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tools.against import span_of
from tools.breakdown.ask import chosen, one_or_more, refuse_people, refuse_unsuited
from tools.breakdown.comparable import against_of, like_for_like_stores, other_windows
from tools.breakdown.goods_alone import of_goods_alone
from tools.breakdown.having import Having, Holds, held_on_both, held_said, holding
from tools.breakdown.key_names import named_keys
from tools.breakdown.meaning import meaning
from tools.breakdown.of_total import part_of_total
from tools.breakdown.promoted_since import promotions_known
from tools.breakdown.reading import Reading
from tools.breakdown.recorded import frame_if_recorded, require_known, where_if_recorded
from tools.breakdown.rolling import over_their_spans, rolling_notes, rolling_said, with_rolling
from tools.breakdown.rolling_spans import Rolling, rolling_of
from tools.breakdown.rows import (
    Breakdown,
    Order,
    Other,
    Row,
    arranged,
    by_name,
    guarded,
    with_running,
    with_share,
)
from tools.breakdown.view import MAX_ROWS, beside, chart, figures, headline, mentioned, sentences, table
from tools.breakdown.where import Only, Where, on_weekdays, still_inside
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.currencies import UNRANKED, refuse_several, several
from tools.door import not_counted_before, require_counted
from tools.errors import BadArgumentError
from tools.frame import Frame, caveats, one_currency, provenance
from tools.margin.unknown_cost import unknown_cost
from tools.metrics.breakdown_plan import Plan, adds_up
from tools.metrics.cells import Cell
from tools.metrics.dimensions import MEANS_OF_DAYS, Dimension, DimensionName, dimension_named
from tools.metrics.evaluate import Group
from tools.metrics.model import Metric
from tools.metrics.windows import Window
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.ranked import LEAST_UNITS
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.returned import require_returned
from tools.splits import MetricName
from tools.usual_period import WEEKS, usual_period
from tools.with_sales import unless_unsold
from tools.wording import money
from tools.year_before import or_the_period_before

USUAL_LIMIT = 10
_MANY = frozenset({"brand", "product", "category", "register", "promotion", "employee", "pack_size", "supplier"})
By = Annotated[str, Field(max_length=40)]


class SalesBreakdownArguments(Arguments):
    """Arguments of ``sales_breakdown``."""

    by: Annotated[list[By], BeforeValidator(one_or_more)] = Field(
        default=[],
        max_length=2,
        description=f"No, one or two dimensions: {', '.join(DimensionName.__args__)}.",  # type: ignore[attr-defined]
    )
    metrics: list[MetricName] | None = Field(
        default=None,
        max_length=8,
        description="Metric names; the first ranks. net_sales, units, average_selling_price, gross_margin_pct,"
        " transactions, void_rate, payments ... Leave out for the usual ones.",
    )
    period: str | None = Field(
        default=None,
        max_length=120,
        description="When, in the asker's own words. Left out: the last 4 weeks, by month or quarter last 12 months.",
    )
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    where: list[Only] = Field(
        default=[], max_length=6, description="Only a part of the sales, or all but a part: all conditions hold."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    top: int | None = Field(default=None, ge=1, le=MAX_ROWS, description="Only so many groups of the first dimension.")
    each: int | None = Field(
        default=None, ge=1, le=20, description="With two dimensions: so many of the second in each group of the first."
    )
    of_total: bool = Field(
        default=False,
        description="Without by: which part of the sales (of department or product) the conditions in where make up.",
    )
    order: Literal["top", "bottom"] = Field(default="top", description="Largest or smallest first.")
    rank_by: Literal["value", "change", "change_pct"] = Field(
        default="value", description="Put in order by the first metric, or by how it changed against compare_to."
    )
    share: bool = Field(default=False, description="Add each group's share of the total by the first metric.")
    within: bool = Field(
        default=False, description="With share and two dimensions: the share of each group of the first dimension."
    )
    running: bool = Field(default=False, description="Add the running total over a dimension of time.")
    rolling: int | None = Field(
        default=None,
        ge=2,
        le=90,
        description="Add a moving average over a dimension of time: each with so many in all up to it (7 by day).",
    )
    rolling_total: bool = Field(default=False, description="With rolling: their total instead of their mean.")
    compare_to: str | None = Field(
        default=None,
        max_length=120,
        description="Hold it against another period, in the asker's own words: “last year”, “the month before”.",
    )
    like_for_like: bool = Field(
        default=False,
        description="Only stores that traded through both periods; against last year unless compare_to says other.",
    )
    mention: str | None = Field(
        default=None,
        max_length=200,
        description="Groups that the answer must speak of: “Floral”, “Produce, Meat and Deli”; adds them up, too.",
    )
    having: list[Having] = Field(
        default=[],
        max_length=4,
        description="With by: only groups whose figures hold (in period): margin under 20, sales over 5000.",
    )
    least_units: int | None = Field(
        default=None, ge=0, le=100_000, description="With compare_to by product: pieces a product must have sold."
    )


@tool()
def sales_breakdown(arguments: SalesBreakdownArguments, context: ToolContext) -> ToolResult:
    """Any metric by one or two of 36 dimensions, filtered, ranked, with share, running total or against a period.

    Use it for what the other tools cannot split or leave out: “sales by brand / channel / supplier / employee /
    tender / 4-5-4 period / weather”, “department by week”, “sales excluding fuel”, “running total this month”,
    “7-day moving average” (by day, rolling 7), “which products are trending up” (by product, compare_to, rank_by
    change, top 10), “declining margin” (gross_margin_pct, order bottom, rank_by change), “best product of each
    department” (by department and product, each 1), “each store's category mix” (by store and category, share,
    within), “what share of Produce is from households with kids” (department Produce, where kids, of_total).
    Manufacturer means brand, division department, customer segment age_band. Transactions by a product dimension
    are those that contain it. Payments and fees go by tender; visitors and labour only by store and time.
    """
    if arguments.like_for_like and not arguments.compare_to:  # as comparable sales are meant, unless it is said
        arguments = arguments.model_copy(update={"compare_to": "last year"})
    if arguments.rank_by != "value" and not arguments.compare_to:  # growth is against what is usual for the period
        arguments = arguments.model_copy(update={"compare_to": "auto"})
    return or_the_period_before(arguments, context, _broken_down)


def _broken_down(arguments: SalesBreakdownArguments, context: ToolContext) -> ToolResult:
    dimensions = tuple(dict.fromkeys(dimension_named(name) for name in arguments.by))
    refuse_people(dimensions, arguments.where, context)
    names = [one.name for one in dimensions]
    period = usual_period(names, WEEKS) if arguments.period is None else arguments.period
    asked = frame_if_recorded(
        period, arguments.compare_to, arguments.stores, context, [*dimensions, *_limited(arguments)]
    )
    means = {one.name for one in dimensions} & {*MEANS_OF_DAYS, "hour"} or arguments.rolling
    if (means and not arguments.compare_to) or any(on_weekdays(one) for one in arguments.where):
        asked = asked.in_whole_days()
    against = against_of(asked, arguments.compare_to) if arguments.compare_to else None
    notes: list[str] = []
    if arguments.like_for_like and against is not None:
        asked, against, notes = like_for_like_stores(asked, against)
    one_currency(asked, "store" if dimensions and dimensions[0].name == "store" else None)
    cut = against is not None and bool(asked.unfinished()) and next(iter(against.values())).aligned
    windows = asked.windows(whole_hours=cut)
    with unless_unsold(asked, windows) as sold:
        where = where_if_recorded(_conditions(arguments), asked, windows, arguments.stores)
        notes += _still_inside(where, asked, windows)
        plan = Plan(dimensions, where.conditions, WEEK_START)
        notes += promotions_known(plan.dimensions, asked)
        metrics, said = chosen(arguments.metrics, plan)
        refuse_unsuited(metrics, plan)
        notes += said
        limit = _limit(arguments, dimensions)
        conditions = _having(arguments)
        _refuse_to_rank(arguments, asked, metrics[0], conditions)
        metrics = [*metrics, *dict.fromkeys(one.metric for one in conditions if one.metric not in metrics)]
        refuse_unsuited(metrics, plan)
        metrics, alone = of_goods_alone(metrics, plan)
        notes += alone
        rolling = _rolling(arguments, plan, metrics[0], limit)
        least = LEAST_UNITS if arguments.least_units is None else arguments.least_units
        read = Reading(context, metrics, plan, guard=_guards(arguments, dimensions))
        if against is None and not conditions and not arguments.mention:
            read.only_best(limit, descending=arguments.order == "top")
        elif read.guard and plan.by[0].name == "product" and len(plan.by) == 1:
            read.enough = least
        days, covered = read.ahead(windows, sold) if against is None else sold()
    before, unlike, traded = other_windows(asked, against, days, plan, cut=cut) if against is not None else ([], [], {})
    cells = read.cells(windows, versus=before)
    if cells or not read.notes:  # else there are groups, all of them too small to be told
        require_known(cells, dimensions, asked, arguments.stores)
    other = None
    if against is not None:
        earlier = read.cells(before, versus=windows)
        whole_before = read.whole(before, earlier)
        versus = against[asked.stores.stores[0].store_id]
        other = Other(versus, span_of(against), whole_before, {cell.keys: cell for cell in earlier}, traded)
    whole = read.whole(windows, cells)
    require_counted(asked, metrics, whole.value(metrics[0], asked.exponent), windows)
    require_returned(asked.stores, metrics, context)
    left = 0
    if read.guard and other is not None:
        same_length = other.versus.periods[0].days == asked.period.days
        cells, kept, left = guarded(cells, other.cells, metrics[0], least, equal_length=same_length)
        other = replace(other, cells=kept)
        notes.append(_guard_note(least, same_length=same_length))
    order = Order(arguments.order == "top", arguments.rank_by, limit, arguments.each if len(dimensions) > 1 else None)
    outer = read.heads(windows, cells)
    among = len(cells)
    cells, other = held_on_both(cells, other, conditions, asked.exponent)
    rows, groups = arranged(plan, metrics[0], cells, outer, other, order, asked.exponent)
    if unranked := several(asked.stores, metrics[:1]) and order.by != "change_pct":
        rows = by_name(rows, asked.stores)
    groups = int(cells[0].sums.get("x_groups") or groups) if cells else groups
    share = bool(dimensions) and adds_up(metrics[0], plan) and metrics[0].is_sum and len(asked.stores.currencies) == 1
    share = share and (arguments.share or (other is None and not dimensions[0].is_time))
    within = share and arguments.within and len(dimensions) > 1
    if share:
        rows = with_share(rows, metrics[0], whole, asked.exponent, outer if within else None)
    cumulative = arguments.running and bool(dimensions)
    if cumulative:
        rows = with_running(rows, metrics[0], asked.exponent, _along(dimensions, limit))
    rows = _rolled(rows, cells, read, rolling, asked, windows)
    made = Breakdown(
        asked, plan, where, tuple(metrics), whole, tuple(rows), order, groups, named_keys(rows, dimensions, asked),
        outer, other, share=share, cumulative=cumulative, left_out=left, rolling=rolling,
        within=within, cells=tuple(cells),
    )  # fmt: skip
    part = part_of_total(arguments, made, windows, context) if arguments.of_total else None
    first = headline(made) if part is None else part.led_by(headline(made))
    ran = rolling_said(made.rows, rolling, metrics[0], asked, made.titles)
    further = [
        *held_said(conditions, len(cells), among, asked.currency),
        *mentioned(made, arguments.mention),
        *beside(made, len(arguments.metrics or ())),
    ]
    return ToolResult(
        headline=first,
        text=" ".join([first, *(part.said if part else ()), *ran, *further, *sentences(made), *unlike]),
        figures=(*(part.figures if part else ()), *over_their_spans(figures(made), rolling)),
        table=table(made) if made.rows else None,
        chart=chart(made),
        caveats=(
            *notes,
            *([UNRANKED] if unranked else []),
            *rolling_notes(rolling, metrics[0], asked),
            *read.notes,
            *meaning(made),
            *caveats(asked, metrics, days, since=made.other.days[0] if made.other else None),
            *not_counted_before(asked, metrics, before, made.other.days if made.other else None),
            *_costs(metrics, whole),
        ),
        follow_ups=_follow_ups(made),
        provenance=provenance(
            asked,
            metrics,
            [*read.statements, *(part.statements if part else ()), covered],
            other.days[0] if other else None,
        ),
    )


def _having(arguments: SalesBreakdownArguments) -> tuple[Holds, ...]:
    """The conditions on the figures of each group.

    Raises:
        BadArgumentError: there are no groups, or they run on over time.
    """
    if arguments.having and not arguments.by:
        raise BadArgumentError("Conditions on figures of groups need a split: say by what.")
    if arguments.having and (arguments.running or arguments.rolling):
        raise BadArgumentError("Conditions on figures of groups stand alone: without a running total or average.")
    return holding(arguments.having)


def _refuse_to_rank(
    arguments: SalesBreakdownArguments, asked: Frame, metric: Metric, conditions: Sequence[Holds]
) -> None:
    """Refuse the best of stores by amounts of several currencies, and a bound on such amounts.

    Raises:
        BadArgumentError: as said.
    """
    best = arguments.top is not None and arguments.rank_by != "change_pct"
    if several(asked.stores, [*([metric] if best else []), *(one.metric for one in conditions)]):
        refuse_several(asked.stores, "Ask for the stores of one currency, or rank them by change in per cent.")


def _conditions(arguments: SalesBreakdownArguments) -> list[Only]:
    named = (("department", arguments.department), ("product", arguments.product))
    return [*arguments.where, *(Only(dimension=name, values=[value]) for name, value in named if value)]


def _limited(arguments: SalesBreakdownArguments) -> list[Dimension]:
    return [dimension_named(one.dimension) for one in arguments.where if one.dimension]


def _still_inside(where: Where, asked: Frame, windows: Sequence[Window]) -> list[str]:
    """Fuel that stands in other departments than the one left out, so that nobody takes it for gone."""
    if len(asked.stores.currencies) > 1:
        return []
    return [
        f"{money(Decimal(minor).scaleb(-asked.exponent), asked.currency)} of fuel stands in {department} and is still"
        f" in these figures; leave out {department} too if it should go."
        for department, minor in still_inside(where, windows, asked.context)[:2]
    ]


def _guards(arguments: SalesBreakdownArguments, dimensions: Sequence[Dimension]) -> bool:
    return (
        arguments.rank_by != "value"
        and bool(dimensions)
        and dimensions[0].name in ("product", "brand")
        and arguments.least_units != 0
    )


def _guard_note(least: int, *, same_length: bool) -> str:
    noise = ", and those whose pieces changed no more than chance would make," if same_length else ""
    return f"Groups that sold fewer than {least} pieces (or lines, if not sold by the piece){noise} are left out."


def _rolling(arguments: SalesBreakdownArguments, plan: Plan, metric: Metric, limit: int | None) -> Rolling | None:
    """The moving average or rolling total, if one is asked for.

    Raises:
        BadArgumentError: as ``rolling_of``, or beside a running total or another period.
    """
    if arguments.rolling is None:
        return None
    if arguments.running or arguments.compare_to or arguments.like_for_like:
        raise BadArgumentError("A moving average stands alone: without a running total and without another period.")
    return rolling_of(arguments.rolling, plan, metric, limit, total=arguments.rolling_total)


def _rolled(
    rows: Sequence[Row], cells: Sequence[Cell], read: Reading, rolling: Rolling | None, asked: Frame,
    windows: Sequence[Window],
) -> list[Row]:  # fmt: skip
    """The rows with their rolling value, for which the days before the period are read."""
    if rolling is None:
        return list(rows)
    lead = read.cells(rolling.windows_before(windows))
    store = next((number for number, one in enumerate(read.plan.by) if one.name == "store"), None)
    return with_rolling(rows, cells, lead, rolling, read.metrics[0], asked, store)


def _along(dimensions: Sequence[Dimension], limit: int | None) -> int:
    """Which of the dimensions a running total runs along.

    Raises:
        BadArgumentError: none or both are of time, or only the best of them are asked for.
    """
    times = [number for number, one in enumerate(dimensions) if one.is_time]
    if len(times) != 1 or (times[0] == 0 and limit is not None):
        raise BadArgumentError(
            "A running total runs along time: split by day, week or month, alone or with one other group, and without a"
            " “top”."
        )
    return times[0]


def _limit(arguments: SalesBreakdownArguments, dimensions: Sequence[Dimension]) -> int | None:
    if arguments.top is not None:
        return arguments.top
    return USUAL_LIMIT if dimensions and dimensions[0].name in _MANY else None


def _costs(metrics: Sequence[Metric], whole: Cell) -> list[str]:
    return unknown_cost(metrics, Group("", whole.sums))


def _follow_ups(made: Breakdown) -> tuple[str, ...]:
    when, same = made.asked.when_again, made.asked.same_part_and_stores
    name = made.plan.by[0].name if made.plan.by else ""
    asks = [f"Net sales {when} by {other}{same}" for other in ("brand", "department", "channel") if other != name]
    if name in ("department", "brand") and made.asked.period.days > 7:
        asks.insert(0, f"Net sales {when} by {name} and week{same}")
    return tuple(asks[:3])
