"""What the stores took: one period, any metrics, whole or split. The commonest question, so it must be short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Literal

from pydantic import Field

from connectors.currency import minor_exponent
from tools.analysis.group_keys import key_days
from tools.context import ToolContext
from tools.currencies import BY_STORE, refuse_several, several, split_of
from tools.door import require_counted
from tools.frame import Frame, caveats, frame, one_currency, provenance
from tools.how_it_went import HowItWent, how_it_went, with_so_far
from tools.margin.unknown_cost import unknown_cost
from tools.metrics.evaluate import Group, fetch, group_days, total
from tools.metrics.model import Metric
from tools.metrics.query import build
from tools.ordering import ORDER_HELP, Order, ends_in_order, rank
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, WHOLE_STORES_ONLY, countable, nothing_sold, part_of, zero
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.returned import require_returned
from tools.sales_gap import NAMED, Ends, gap_figure, gap_said, is_pair
from tools.splits import (
    CHART_POINTS,
    OF_DAYS,
    SQL_SPLIT,
    MetricName,
    chosen_metrics,
    currency_of,
    folded,
    ordered,
    title,
)
from tools.usual_period import usual_period
from tools.with_sales import with_sales
from tools.wording import listed, spoken

GroupBy = Literal["store", "day", "week", "month", "weekday", "weekend", "hour", "department", "category"]


class SalesSummaryArguments(Arguments):
    """Arguments of ``sales_summary``."""

    period: str | None = Field(
        default=None,
        max_length=120,
        description="When, in the asker's own words: “last week”, “MTD”, “3-9 May”. Left out: yesterday; by hour, day,"
        " weekday or week the last 4 weeks, by month the last 12 months.",
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: “Harbor Point”, “north stores”, “all stores”.",
    )
    metrics: list[MetricName] | None = Field(
        default=None,
        max_length=12,
        description="Metric names, if the asker wants particular ones: net_sales, transactions, gross_margin_pct ...",
    )
    by: GroupBy | None = Field(default=None, description="Split the answer by this.")
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    order: Order | None = Field(default=None, description=ORDER_HELP)
    gap: bool = Field(default=False, description="With by: also how far the highest and the lowest group lie apart.")


@tool()
def sales_summary(arguments: SalesSummaryArguments, context: ToolContext) -> ToolResult:
    """Net sales, transactions, average transaction value, margin and other metrics of one period.

    Without metrics, by, product and department they are held against the usual period before it.
    Use it for “how did we do”, “sales yesterday”, “margin by department last week”, “busiest hours”. Pass the period
    and the stores in the asker's own words; they are resolved to dates and stores in each store's own time zone.
    Metrics: gross_sales, discounts, returns, net_sales, transactions, average_transaction_value, units,
    units_per_transaction, gross_margin, gross_margin_pct, visitors, conversion, labour_hours,
    sales_per_labour_hour, labour_cost_pct, discount_rate, refund_rate. “The difference between the best and the worst
    week” is by week with gap. With product or department the figures are of
    that part of the range only, and what is only known for whole stores is not to be had.
    """
    period = usual_period([arguments.by], "yesterday") if arguments.period is None else arguments.period
    asked = frame(period, arguments.stores, context)
    asked = replace(asked, part=part_of(arguments.product, arguments.department, asked.stores, context))
    by = split_of(asked.stores, arguments.by)
    asked = asked.in_whole_days() if by in (*OF_DAYS, "hour") else asked
    metrics = chosen_metrics(arguments.metrics, by, in_part=asked.part is not None)
    one_currency(asked, by)
    held = _held(arguments, period, asked)
    if held and not held.until:
        source = replace(held.answer.provenance, start_on=asked.start_on)
        why = f"Why did sales change {asked.when_again}{asked.same_part_and_stores}?"
        return replace(held.answer, follow_ups=(why, *_follow_ups(asked, by)[1:]), provenance=source)
    windows = asked.windows()
    statement = build(
        metrics, windows, SQL_SPLIT.get(by or "", by), context.scope, asked.part.only if asked.part else None
    )
    days, counted_days, groups = with_sales(asked, windows, partial(fetch, context.mirror, statement))
    groups = folded(groups, by, asked.stores)
    whole = total(groups)
    require_counted(asked, metrics, whole.value(metrics[0], asked.exponent), windows)
    require_returned(asked.stores, metrics, context)
    notes = [BY_STORE] if by != arguments.by else []
    if asked.part:
        if nothing_sold(groups):
            whole, notes = zero(metrics), [*notes, f"No sale of {asked.part.label} is recorded in this period."]
        metrics, uncounted = countable(asked.part, metrics, whole)
        notes += [*uncounted, *([] if arguments.metrics else [WHOLE_STORES_ONLY])]
    split = ordered(groups, by, metrics[0], asked.stores) if by else []
    if arguments.gap or (arguments.order and several(asked.stores, metrics[:1])):
        refuse_several(asked.stores, "Ask for the stores of one currency.")
    if arguments.order:
        split = sorted(split, key=lambda group: rank(_measure(asked, metrics[0], group, by), str(arguments.order)))
    texts = _texts(asked, metrics, by, split)
    ends = _ends_of(asked, metrics[0], split, by)
    figures = (*_totals(asked, metrics, whole), *_figures(asked, metrics, by or "", texts))
    figures += tuple(_daily_figures(asked, metrics[0], split, by))
    apart = ends if arguments.gap or is_pair(ends, by) else None
    figures += gap_figure(asked, metrics[0], apart)
    headline = _headline(asked, metrics, whole, split, by)
    answer = ToolResult(
        headline=headline,
        text=" ".join(
            [
                headline,
                *([gap_said(asked, metrics[0], apart, by)] if apart else ()),
                *_sentences(asked, metrics, whole, split, by, arguments.order, ends),
            ]
        ),
        figures=figures,
        table=_table(asked, metrics, whole, split, texts, by),
        chart=_chart(asked, metrics[0], split, by),
        caveats=(*notes, *caveats(asked, metrics, days), *unknown_cost(metrics, whole)),
        follow_ups=_follow_ups(asked, by),
        provenance=provenance(asked, metrics, [statement, counted_days]),
    )
    return with_so_far(answer, held) if held else answer


def _held(arguments: SalesSummaryArguments, period: str, asked: Frame) -> HowItWent | None:
    """The period against the one before it, if the asker names no figure, split or goods: “how did we do?”."""
    if arguments.metrics or arguments.by or asked.part or len(asked.stores.currencies) > 1:
        return None
    return how_it_went(period, arguments.stores, asked.context, unfinished=bool(asked.unfinished()))


def _totals(asked: Frame, metrics: Sequence[Metric], whole: Group) -> list[Figure]:
    if len(asked.stores.currencies) > 1:
        return []
    return [
        Figure(
            metric.name,
            metric.text(whole.value(metric, asked.exponent), asked.exponent),
            metric.unit(asked.currency),
            asked.stores.ids,
            asked.start_on,
            asked.end_on,
            dict(asked.group),
        )
        for metric in metrics
    ]


def _texts(
    asked: Frame, metrics: Sequence[Metric], by: str | None, split: Sequence[Group]
) -> dict[str, tuple[str | None, ...]]:
    """The values of each group as figures and the table carry them, by its key."""
    alike: dict[int, list[Group]] = {}
    for group in split:
        alike.setdefault(minor_exponent(currency_of(asked, by, group.key)), []).append(group)
    texts: dict[str, tuple[str | None, ...]] = {}
    for exponent, groups in alike.items():
        sums = [group.sums for group in groups]
        rows = zip(*(metric.texts(sums, exponent) for metric in metrics), strict=True)
        texts.update(zip((group.key for group in groups), rows, strict=True))
    return texts if len(alike) < 2 else {group.key: texts[group.key] for group in split}


def _figures(
    asked: Frame, metrics: Sequence[Metric], by: str, texts: Mapping[str, Sequence[str | None]]
) -> list[Figure]:
    figures: list[Figure] = []
    units: dict[str, list[str]] = {}
    for key, values in texts.items():
        if by == "store":
            stores: tuple[str, ...] = (key,)
            start, end = asked.periods[key].start_on, asked.periods[key].end_on
        else:
            stores = asked.stores.ids
            start, end = group_days(by, key, asked.start_on, asked.end_on)
        currency, group = currency_of(asked, by, key), {**asked.group, by: key}
        if currency not in units:
            units[currency] = [metric.unit(currency) for metric in metrics]
        figures += [
            Figure(metric.name, value, unit, stores, start, end, group)
            for metric, value, unit in zip(metrics, values, units[currency], strict=True)
        ]
    return figures


def _daily_figures(asked: Frame, first: Metric, split: Sequence[Group], by: str | None) -> list[Figure]:
    """The mean of a day in each weekday, or at the weekend and on weekdays."""
    if by not in OF_DAYS or not first.is_sum or len(asked.stores.currencies) > 1:
        return []
    return [
        Figure(
            f"{first.name}_per_day", first.text(_measure(asked, first, group, by), asked.exponent),
            first.unit(asked.currency), asked.stores.ids, asked.start_on, asked.end_on, {**asked.group, by: group.key},
        )
        for group in split
    ]  # fmt: skip


def _headline(asked: Frame, metrics: Sequence[Metric], whole: Group, split: Sequence[Group], by: str | None) -> str:
    first = metrics[0]
    if len(asked.stores.currencies) > 1:
        named = []
        for group in split:
            currency = currency_of(asked, by, group.key)
            value = group.value(first, minor_exponent(currency))
            named.append(f"{asked.stores.name(group.key)} {spoken(first, value, currency)}")
        return f"{first.label}{asked.subject} {asked.when}: {listed(named)}."
    said = spoken(first, whole.value(first, asked.exponent), asked.currency)
    return f"{first.label}{asked.subject} {asked.when}, {asked.stores.label}: {said}."


def _sentences(
    asked: Frame,
    metrics: Sequence[Metric],
    whole: Group,
    split: Sequence[Group],
    by: str | None,
    order: str | None,
    ends: Ends | None,
) -> list[str]:
    said = []
    if len(asked.stores.currencies) == 1 and len(metrics) > 1:
        rest = [
            f"{metric.label.removesuffix(' %').lower()} "
            f"{spoken(metric, whole.value(metric, asked.exponent), asked.currency)}"
            for metric in metrics[1:]
        ]
        sentence = "; ".join(rest)
        said.append(f"{sentence[:1].upper()}{sentence[1:]}.")
    if by and order:
        return [*said, _in_order(asked, metrics[0], split, by, order)]
    return said + _ends(asked, metrics[0], ends, by)


def _measure(asked: Frame, first: Metric, group: Group, by: str | None) -> Decimal | None:
    """What a group is put in order by: its value, of a weekday the mean of its days."""
    value = group.value(first, asked.exponent)
    return value / group.rows if value is not None and by in OF_DAYS and first.is_sum and group.rows else value


def _in_order(asked: Frame, first: Metric, split: Sequence[Group], by: str, order: str) -> str:
    """The end asked for, and the other one; days and weeks that are cut short stand among them."""
    known = [(group, value) for group in split if (value := _measure(asked, first, group, by)) is not None]
    daily = " a day" if by in OF_DAYS and first.is_sum else ""
    shown = [
        (title(by, group.key, asked.stores), f"{spoken(first, value, asked.currency)}{daily}") for group, value in known
    ]
    cut = by in ("week", "month") and any(not is_whole(asked, by, group.key) for group, _ in known)
    ends = ends_in_order(shown, order)
    return f"{ends} A {by} that is not whole stands among them." if cut and ends else ends


def _ends_of(asked: Frame, first: Metric, split: Sequence[Group], by: str | None) -> Ends | None:
    """The highest and the lowest group: whole days, weeks and months, weekdays by their mean: others mislead."""
    timely = by in ("day", "week", "month")
    whole = [group for group in split if is_whole(asked, by or "", group.key)] if timely else split
    cut = 2 <= len(whole) < len(split)
    daily = by in OF_DAYS and first.is_sum
    if not by or len(split) < 2 or len(asked.stores.currencies) > 1:
        return None
    known, exponent = [], asked.exponent
    for group in whole if cut else split:
        value = group.value(first, exponent)
        if value is not None:
            known.append((value / group.rows if daily and group.rows else value, group.key))
    if len(known) < 2:
        return None
    known.sort(key=lambda pair: pair[0])
    which = f" of the whole {by}s" if cut else " per day" if daily else ""
    return Ends(which, [(value, title(by, key, asked.stores)) for value, key in known])


def _ends(asked: Frame, first: Metric, ends: Ends | None, by: str | None) -> list[str]:
    """The sentence for the highest and the lowest group, of a few kinds of group for the next two as well."""
    if ends is None:
        return []
    (low, worst), (high, best) = ends.groups[0], ends.groups[-1]
    if low == high:
        each = " per day" if ends.which == " per day" else ""
        return [f"All {len(ends.groups)} are alike: {spoken(first, low, asked.currency)}{each}."]
    after = ""
    if by in NAMED and len(ends.groups) > 3:
        pairs = (f"{name} {spoken(first, value, asked.currency)}" for value, name in ends.groups[-2:-4:-1])
        after = f", then {' and '.join(pairs)}"
    said = (
        f"Highest{ends.which}: {best} with {spoken(first, high, asked.currency)}{after}; "
        f"lowest: {worst} with {spoken(first, low, asked.currency)}."
    )
    return [said]


def is_whole(asked: Frame, by: str, key: str) -> bool:
    """Whether a day, week, month, quarter or 4-5-4 period lies within the question and the data, and is over."""
    first, last = asked.start_on, asked.end_on
    if asked.stores.data is not None:
        first, last = max(first, asked.stores.data[0]), min(last, asked.stores.data[1])
    if asked.unfinished():
        last = min(last, asked.end_on - timedelta(days=1))
    return key_days(by, key, first, last) == key_days(by, key, date.min, date.max)


def _table(
    asked: Frame,
    metrics: Sequence[Metric],
    whole: Group,
    split: Sequence[Group],
    texts: Mapping[str, Sequence[str | None]],
    by: str | None,
) -> Table:
    if not by:
        # One column holds several units here, so its cells are written out for people.
        rows = [
            (metric.label, spoken(metric, whole.value(metric, asked.exponent), asked.currency)) for metric in metrics
        ]
        return Table((TableColumn("Metric", "text"), TableColumn("Value", "text")), rows)
    mixed = len(asked.stores.currencies) > 1
    columns = [TableColumn(by.capitalize(), "text")]
    columns += [TableColumn(metric.label, metric.unit("text" if mixed else asked.currency)) for metric in metrics]
    daily = by in OF_DAYS and metrics[0].is_sum and not mixed
    columns += [TableColumn("Days", "count")] if by in OF_DAYS else []
    columns += [TableColumn(f"{metrics[0].label} per day", metrics[0].unit(asked.currency))] if daily else []
    if mixed:
        columns.append(TableColumn("Currency", "text"))
    body: list[tuple[str | int | None, ...]] = []
    for group in split:
        cells: list[str | int | None] = [title(by, group.key, asked.stores), *texts[group.key]]
        cells += [group.rows] if by in OF_DAYS else []
        cells += [metrics[0].text(_measure(asked, metrics[0], group, by), asked.exponent)] if daily else []
        cells += [currency_of(asked, by, group.key)] if mixed else []
        body.append(tuple(cells))
    return Table(tuple(columns), body)


def _chart(asked: Frame, metric: Metric, split: Sequence[Group], by: str | None) -> Chart | None:
    if not by or len(asked.stores.currencies) > 1:
        return None
    exponent, known = asked.exponent, []
    for group in split:
        if (value := group.value(metric, exponent)) is not None:
            known.append((group.key, value))
        if len(known) > CHART_POINTS:
            return None
    if len(known) < 2:
        return None
    points = [(key, metric.rounded(value, asked.exponent)) for key, value in known]
    return Chart(
        "line" if by in ("day", "hour", "week", "month") else "bar",
        f"{metric.label}{asked.subject} by {by}, {asked.stores.label}, {asked.when}",
        tuple(title(by, key, asked.stores) for key, _ in points),
        {metric.label: tuple(float(value) for _, value in points)},
        metric.unit(asked.currency),
    )


def _follow_ups(asked: Frame, by: str | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = [f"Compare {when} with {'the same day last week' if asked.period.days == 1 else 'the period before'}{same}"]
    if by != "department" and asked.part is None:
        asks.append(f"Net sales {when} by department{same}")
    if by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"Net sales {when} by store{same}")
    if by != "day" and asked.part is not None and asked.period.days > 1:
        asks.append(f"Net sales {when} by day{same}")
    if asked.part is None or not asked.part.only.variants:
        asks.append(f"Top 10 products {when} by margin{same}")
    return tuple(asks[:3])
