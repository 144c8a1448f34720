"""What days to come would bring if they went on as the same weekdays did, with how far off that was in the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.ahead import AMERICAN
from tools.amounts import figure, number_text, stands_on
from tools.analysis.holiday_phrases import holidays_between
from tools.analysis.outlook import (
    FEWEST_TRIALS,
    WEEKS,
    Range,
    Span,
    coming_span,
    expected_together,
    range_of,
    trials,
)
from tools.calendars import WEEK_START, period_for
from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, coverage, frame, one_currency, require_sales
from tools.metrics import metric_named
from tools.metrics.model import Metric
from tools.overview.outlook_by import Part, figures, parts_of, sentence, table
from tools.overview.outlook_series import Days, Reach, days_of, left_out, reach_of, without
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import chosen_metrics
from tools.wording import counted, listed, span, spoken

_SUMS = ("net_sales", "gross_sales", "transactions", "units", "gross_margin")
_CHART_DAYS = 31


class SalesOutlookArguments(Arguments):
    """Arguments of ``sales_outlook``."""

    period: str = Field(
        default="next week",
        max_length=120,
        description="The days to come, in the asker's own words: “tomorrow”, “next week”, “the rest of this month”.",
    )
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    metric: Literal["net_sales", "gross_sales", "transactions", "units", "gross_margin"] = Field(
        default="net_sales", description="Which figure."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department"] | None = Field(default=None, description="Split the outlook by this.")


@dataclass(frozen=True, slots=True)
class _Outlook:
    """All that is shown.

    ``so_far`` is what the days that are over of a week or month under way came to, ``before`` the latest days of the
    same weekdays before the whole span, and what they came to.
    """

    asked: Frame
    metric: Metric
    coming: Span
    value: Decimal
    so_far: Decimal
    reach: Reach
    bounds: Range | None
    by_day: Sequence[tuple[date, Decimal]]
    before: tuple[date, date, Decimal] | None
    by: str | None
    parts: Sequence[Part]

    def said(self, value: Decimal) -> str:
        return spoken(self.metric, self.metric.rounded(value, self.asked.exponent), self.asked.currency)

    @property
    def begun(self) -> bool:
        return self.coming.begun_on <= self.known_to

    @property
    def known_to(self) -> date:
        return self.reach.known_to


@tool()
@each_currency
def sales_outlook(arguments: SalesOutlookArguments, context: ToolContext) -> ToolResult:
    """An outlook on days to come: the mean of the same weekdays of the last eight weeks, with its past error.

    Use it for “forecast next week's sales for milk”, “how much will we sell tomorrow”, “what will revenue be by the end
    of the month”, “sales forecast for December”, “outlook by store” (by). It is arithmetic, not a model: it knows
    weekdays and the present level, and nothing of holidays, promotions, weather or a trend; the range is how it came
    out in like spans that are over. Never call it more than that. Targets are ``target_progress``; what runs out is
    ``stockout_risk``.
    """
    metric = metric_named(arguments.metric)
    known = frame("all time", arguments.stores, context)
    one_currency(known, "")
    known = replace(known, part=part_of(arguments.product, arguments.department, known.stores, context))
    if arguments.by == "department" and known.part:
        raise BadArgumentError("“by” cannot be department where one product or department is asked for; leave it out.")
    metric = chosen_metrics([metric.name], "day", in_part=known.part is not None or arguments.by == "department")[0]
    if metric.name not in _SUMS:
        raise BadArgumentError(f"“metric” must be one of {listed(_SUMS, 'or')}.")
    first_store = known.stores.stores[0]
    coming = period_for(
        first_store, known.now, lambda today: coming_span(arguments.period, today=today, week_start=WEEK_START)
    )
    today = first_store.today(known.now)
    windows = known.windows()
    days, covered = coverage(known, windows)
    require_sales(known, days)
    reach = reach_of(known.stores.stores, today)
    found, statements = days_of(known, metric, windows, known.part.only if known.part else None, reach)
    if known.part and (launched := found.launched(reach.known_to)):
        reach, found = replace(reach, launched=launched), found.since(launched)
    value = expected_together(found.series, reach.known_to, coming.days)
    if value is None:
        raise NoDataError(
            f"An outlook needs at least {WEEKS // 2} weeks of sales; the data covers"
            f" {span(reach.launched or reach.begun[0][0], reach.known_to)}."
        )
    if not found.sold:
        raise NoDataError(f"No sale{known.subject} is recorded for {known.stores.label}, so there is nothing to go by.")
    parts: list[Part] = []
    if arguments.by:
        parts, split = parts_of(known, metric, arguments.by, coming, reach)
        statements += split
    made = _Outlook(
        known,
        metric,
        coming,
        value,
        found.between(coming.begun_on, reach.known_to),
        reach,
        range_of(value, trials(found.series, reach.known_to, coming.days)),
        [(day, expected_together(found.series, reach.known_to, [day]) or Decimal(0)) for day in coming.days],
        _before(known, coming, reach, found),
        arguments.by,
        parts,
    )
    headline = _headline(made)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(made)]),
        figures=tuple(_figures(made)),
        table=_table(made) if made.parts or len(made.by_day) > 1 else None,
        chart=None if made.parts else _chart(made),
        caveats=tuple(_caveats(made)),
        follow_ups=(
            f"{metric.label} last 8 weeks by week{known.same_part_and_stores}",
            f"Which products will run out soon{known.same_part_and_stores}?",
        ),
        provenance=stands_on(known, (metric.name,), [*statements, covered]),
    )


def _before(asked: Frame, coming: Span, reach: Reach, found: Days) -> tuple[date, date, Decimal] | None:
    """The latest days that are over and as many, on the same weekdays; None where not all stores traded on them."""
    start, end = coming.begun_on, coming.end_on
    last = min(reach.known_to, start - timedelta(1))
    back = timedelta(7 * -(-(end - last).days // 7))
    if reach.launched or without(asked, reach) or start - back < max(day for day, _ in reach.begun):
        return None
    value = found.between(start - back, end - back)
    return (start - back, end - back, value) if value > 0 else None


def _headline(made: _Outlook) -> str:
    asked, coming = made.asked, made.coming
    when = f"{coming.label} ({span(coming.begun_on if made.begun else coming.start_on, coming.end_on)})"
    whole = made.said(made.value + made.so_far)
    return (
        f"Outlook on {made.metric.label.lower()}{asked.subject} {when},"
        f" {asked.stores.label}{without(asked, made.reach)}: about {whole}, if the"
        f" days to come are like the same weekdays of the last {WEEKS} weeks."
    )


def _sentences(made: _Outlook) -> list[str]:
    told = []
    if made.begun:
        told.append(
            f"Of that, {made.said(made.so_far)} is sold already (to {span(made.known_to, made.known_to)});"
            f" {counted(len(made.by_day), 'day')} to come add {made.said(made.value)}."
        )
    if made.before:
        start, end, value = made.before
        pct = (made.value + made.so_far - value) * 100 / value
        told.append(
            f"That is {number_text(abs(pct), 1)} % {'more' if pct >= 0 else 'less'} than on the same"
            f" {'weekday' if start == end else 'weekdays'} before, {span(start, end)} ({made.said(value)})."
        )
    if made.bounds:
        low, high = made.bounds.low + made.so_far, made.bounds.high + made.so_far
        those = "what was to come was" if made.begun else "it was"
        told.append(
            f"Worked out the same way for {made.bounds.trials} such spans that are over, {those} off by"
            f" {number_text(made.bounds.error_pct, 1)} % on average; going by them, eight times in ten expect"
            f" {made.said(low)} to {made.said(high)}."
        )
    else:
        told.append(f"Fewer than {FEWEST_TRIALS} such spans are over, so how far off it may be is not known.")
    if len(made.by_day) > 1 and not made.parts:
        best, least = (pick(made.by_day, key=lambda one: one[1]) for pick in (max, min))
        told.insert(0, f"Highest: {_of_day(made, best)}; lowest: {_of_day(made, least)}.")
    if made.by and made.parts:
        told.insert(0, sentence(made.asked, made.metric, made.by, made.parts))
    return told


def _of_day(made: _Outlook, of: tuple[date, Decimal]) -> str:
    """A day to come with its outlook: “Sat 5 Dec with $4,798.46”."""
    day, value = of
    return f"{day:%a} {day.day} {day:%b} with {made.said(value)}"


def _figures(made: _Outlook) -> list[Figure]:
    asked, metric, coming = made.asked, made.metric, made.coming
    unit, name = metric.unit(asked.currency), f"{metric.name}_outlook"
    start = coming.begun_on if made.begun else coming.start_on
    days = (start, coming.end_on)
    whole = metric.text(made.value + made.so_far, asked.exponent)
    found = [figure(asked, name, whole, unit, days=days)]
    if made.begun:
        over = (coming.begun_on, made.known_to)
        found.append(figure(asked, metric.name, metric.text(made.so_far, asked.exponent), unit, days=over))
        ahead = (coming.start_on, coming.end_on)
        found.append(
            figure(asked, name, metric.text(made.value, asked.exponent), unit, {"part": "to come"}, days=ahead)
        )
    if made.before:
        before = metric.text(made.before[2], asked.exponent)
        found.append(figure(asked, metric.name, before, unit, {"part": "before"}, days=made.before[:2]))
    if made.bounds:
        for part, bound in (("low", made.bounds.low), ("high", made.bounds.high)):
            text = metric.text(bound + made.so_far, asked.exponent)
            found.append(figure(asked, name, text, unit, {"bound": part}, days=days))
        error = number_text(made.bounds.error_pct, 1)
        found.append(figure(asked, "mean_error", error, "%", days=days))
    return found + (figures(asked, metric, made.by, made.parts, days) if made.by else [])


def _table(made: _Outlook) -> Table:
    asked, metric = made.asked, made.metric
    if made.by and made.parts:
        return table(asked, metric, made.by, made.parts, begun=made.begun)
    columns = (TableColumn("Day", "text"), TableColumn(f"{metric.label}, outlook", metric.unit(asked.currency)))
    return Table(
        columns, [(f"{day:%a} {day.day} {day:%b}", metric.text(value, asked.exponent)) for day, value in made.by_day]
    )


def _chart(made: _Outlook) -> Chart | None:
    if not 2 <= len(made.by_day) <= _CHART_DAYS:
        return None
    values = tuple(float(made.metric.rounded(value, made.asked.exponent)) for _, value in made.by_day)
    names = tuple(f"{day:%a} {day.day} {day:%b}" for day, _ in made.by_day)
    title = (
        f"Outlook on {made.metric.label.lower()}{made.asked.subject}, {made.asked.stores.label}, {made.coming.label}"
    )
    return Chart("line", title, names, {made.metric.label: values}, made.metric.unit(made.asked.currency))


def _caveats(made: _Outlook) -> list[str]:
    said = [
        (
            "An outlook is arithmetic over the past, not a forecast by a model: it knows nothing of promotions, weather"
            " or a trend."
        )
    ]
    found = holidays_between(made.coming.start_on, made.coming.end_on)
    if found and AMERICAN in made.asked.stores.currencies:
        names = listed([f"{name} ({day.day} {day:%b})" for day, name in found], most=6)
        said.append(f"In these days: {names}. The mean of ordinary weekdays does not allow for that.")
    said += left_out(made.asked, made.reach)
    return said
