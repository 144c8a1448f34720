"""One period held against another, and always said which calendar does the holding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Literal

from pydantic import Field

from tools.against import against_each, frame_to_compare, periods_of, span_of
from tools.analysis.comparison_periods import Against
from tools.analysis.comparisons import LikeForLike, like_for_like
from tools.context import ToolContext
from tools.currencies import BY_STORE, split_of
from tools.door import not_counted_before, require_counted
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, not_open_yet, one_currency, provenance
from tools.margin.unknown_cost import unknown_cost
from tools.metrics.evaluate import Group, fetch, mean, total
from tools.metrics.model import Metric
from tools.metrics.query import Statement, Window, build
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, WHOLE_STORES_ONLY, countable, nothing_sold, part_of, zero
from tools.per_day import Days, trading_days
from tools.registry import Arguments, tool
from tools.result import Figure, ToolResult
from tools.returned import require_returned
from tools.sides import Sides, chart, figures, headline, said_of_whole, sentences, table
from tools.splits import OF_DAYS, SQL_SPLIT, MetricName, chosen_metrics, folded
from tools.stores import StoreSet
from tools.together import together
from tools.with_sales import with_sales
from tools.wording import counted, listed, span
from tools.year_before import NothingBeforeError, or_the_period_before

NORM_DAYS = 7


class ComparePeriodsArguments(Arguments):
    """Arguments of ``compare_periods``."""

    period: str = Field(
        default="yesterday", max_length=120, description="The period in question, in the asker's own words."
    )
    compare_to: str | None = Field(
        default=None,
        max_length=120,
        description=(
            "What to hold it against: “same day last week”, “the week before”, “same day last month”, “last year”, "
            "“same weekday last year”, “four-week norm”, or another period. Leave out for the usual one."
        ),
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: “Harbor Point”, “north stores”, “all stores”.",
    )
    metrics: list[MetricName] | None = Field(
        default=None, max_length=12, description="Metric names, if the asker wants particular ones."
    )
    by: Literal["store", "district", "region", "weekday", "weekend", "hour", "department", "category"] | None = Field(
        default=None, description="Split the comparison by this."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)


@tool()
def compare_periods(arguments: ComparePeriodsArguments, context: ToolContext) -> ToolResult:
    """Hold one period against another: value, change and change in per cent for each metric.

    Use it for “compare that with the same day last week”, “are we up on last month”, “which departments fell”. Left
    alone, a day is held against the same weekday a week before, a week against the week before, a month against the
    month before, anything to date against the same days of the period before. Today so far is held against the same
    hours of the other day. The answer says which calendar it used.
    """
    return or_the_period_before(arguments, context, lambda asked, within: compared(asked, within)[0])


def compared(arguments: ComparePeriodsArguments, context: ToolContext) -> tuple[ToolResult, Sides]:
    """The answer and the sides it stands on, whose values are not rounded.

    Raises:
        NothingBeforeError: there are no sales in the period to compare with.
        tools.errors.ToolError: as ``compare_periods``.
    """
    asked = frame_to_compare(arguments.period, arguments.stores, context, arguments.compare_to)
    by = split_of(asked.stores, arguments.by)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    metrics = chosen_metrics(arguments.metrics, by, in_part=part is not None)
    asked = _whole_days(replace(asked, part=part), metrics, by)
    one_currency(asked, by)
    against = against_each(asked, arguments.compare_to)
    versus = against[asked.stores.stores[0].store_id]
    cut = _cut_hours(asked, versus)
    (days, now, (statement, covered)), other = together(
        partial(_now, asked, metrics, by, cut=cut), partial(_before, asked, against, metrics, by, cut=cut)
    )
    if cut:
        other = replace(other, stores=other.stores - not_open_yet(asked, days, other.stores, other.windows))
    notes: list[str] = []
    if part:
        metrics, notes = countable(part, metrics, total([*now, *other.groups]))
        notes += [] if arguments.metrics else [WHOLE_STORES_ONLY]
        if nothing_sold(now) and nothing_sold(other.groups):
            notes.insert(0, f"No sale of {part.label} is recorded in either period.")
    sides = Sides(
        asked, metrics, by, versus, now, other.groups, span_of(against), _lengths(asked, by, days, now, other)
    )
    other_days = f"on {span(*sides.before_days)}"
    require_counted(asked, metrics, total(other.groups).value(metrics[0], asked.exponent), other.windows, other_days)
    first = headline(sides, cut=cut)
    stores = like_for_like(days, other.stores)
    unlike = _unlike(sides, stores, other)
    lengths = sorted((asked.period.days, versus.periods[0].days))
    uneven = lengths[1] > lengths[0] * _UNEVEN and ", per day " not in first
    misleading = [one for one in unlike if one.startswith((_BEGINS, _WEEKDAYS)) or (uneven and one.startswith(_LENGTH))]
    alike, read = _on_both(sides, against, stores, cut=cut)
    answer = ToolResult(
        headline=first,
        text=" ".join([first, *_said_of(alike), *misleading, *sentences(sides)]),
        figures=(*figures(sides), *_figures_of(alike)),
        table=table(sides),
        chart=chart(sides),
        caveats=(
            *([BY_STORE] if by != arguments.by else []),
            *notes,
            *caveats(asked, metrics, days, since=sides.before_days[0]),
            *unlike,
            *not_counted_before(asked, metrics, other.windows, sides.before_days),
            *unknown_cost(metrics, total(now)),
        ),
        follow_ups=_follow_ups(sides, arguments.compare_to),
        provenance=provenance(asked, metrics, [statement, *other.statements, *read, covered], sides.before_days[0]),
    )
    return answer, sides


_LENGTH, _BEGINS, _WEEKDAYS = "The periods differ in length", "The data begins on", "The weekdays differ:"
MISLEADING = (_LENGTH, _BEGINS, _WEEKDAYS)
"""What must stand beside a change in per cent and not below it; months and quarters of a day more or less need not."""

_UNEVEN = 1.1
_FAR = timedelta(days=28)
"""Two days this far apart are meant to be alike; a Sunday and the Saturday before it are held together on purpose."""


def _whole_days(asked: Frame, metrics: Sequence[Metric], by: str | None) -> Frame:
    """The question without the present day, where nothing is known of it or not by these metrics or this split.

    Raises:
        BadArgumentError: the present day is all there is.
    """
    whole = [metric.label for metric in metrics if not metric.by_hour]
    by_hours = not whole and by not in ("department", "category") and asked.part is None
    if not asked.unfinished() or (by_hours and (asked.hours_over() > 0 or asked.period.days == 1)):
        return asked
    if asked.period.days == 1:
        part = f"A comparison of {asked.part.label}" if asked.part else f"A comparison by {by}"
        what = listed(whole) if whole else part
        raise BadArgumentError(f"{what} can only be had for whole days; ask about a period that ended yesterday.")
    return asked.without_today()


def _cut_hours(asked: Frame, versus: Against) -> bool:
    """Whether both sides are cut to the hours of today that are over.

    Raises:
        NoDataError: no hour of today is over.
    """
    if not asked.unfinished() or not versus.aligned or asked.part is not None:
        return False
    if asked.hours_over() == 0 and asked.period.days == 1:
        raise NoDataError("No whole hour of today is known yet; ask about yesterday.")
    return True


def _groups(
    asked: Frame, metrics: Sequence[Metric], windows: Sequence[Window], by: str | None
) -> tuple[list[Group], Statement]:
    statement = build(
        metrics, windows, SQL_SPLIT.get(by or "", by), asked.context.scope, asked.part.only if asked.part else None
    )
    groups = fetch(asked.context.mirror, statement)
    if asked.part and not by and nothing_sold(groups):
        groups = [zero(metrics)]
    return folded(groups, by, asked.stores), statement


def _now(
    asked: Frame, metrics: Sequence[Metric], by: str | None, *, cut: bool
) -> tuple[Mapping[str, int], list[Group], tuple[Statement, Statement]]:
    """The side asked about: days with sales per store, its groups, and the statements of groups and of days.

    Raises:
        NoDataError: it has no sales, or visitors were not counted.
    """
    windows = asked.windows(whole_hours=cut)
    days, covered, (groups, statement) = with_sales(asked, windows, partial(_groups, asked, metrics, windows, by))
    require_counted(asked, metrics, total(groups).value(metrics[0], asked.exponent), windows)
    require_returned(asked.stores, metrics, asked.context)
    return days, groups, (statement, covered)


@dataclass(frozen=True, slots=True)
class _Before:
    """The other side: its groups, the stores with sales in it, what was run, the windows read, and of how many periods.

    ``thin`` are the stores with sales in fewer of them than others, with how many: their mean is of those.
    """

    groups: list[Group]
    stores: set[str]
    statements: list[Statement]
    windows: list[Window]
    found: int
    thin: Mapping[str, int]
    days: Mapping[str, int] = field(default_factory=dict)
    """Days with sales per store, where the other side is one period."""


def _before(
    asked: Frame, against: Mapping[str, Against], metrics: Sequence[Metric], by: str | None, *, cut: bool
) -> _Before:
    """The other side: one period, or the mean of those of a norm that have sales, each store's over its own."""
    found: list[list[Group]] = []
    many = len(next(iter(against.values())).periods)
    covered: Mapping[str, int] = {}
    stores: set[str] = set()
    statements: list[Statement] = []
    read: list[list[Window]] = []
    sold: list[set[str]] = []
    for number in range(many):
        periods = periods_of(against, number)
        windows = asked.windows(periods, whole_hours=cut)
        (days, _), (groups, statement) = together(
            partial(coverage, asked, windows), partial(_groups, asked, metrics, windows, by)
        )
        if not days:
            continue
        covered = days
        found.append(groups)
        statements.append(statement)
        read.append(windows)
        stores |= set(days)
        if many == 1:
            break
        begun = {
            store.store_id: store.first_on is not None and store.first_on <= periods[store.store_id].start_on
            for store in asked.stores.stores
        }
        sold.append({store for store in days if begun[store]} or set(days))
    if not found:
        first = min(store.first_on for store in asked.stores.stores if store.first_on)
        start, end = span_of(against)
        raise NothingBeforeError(
            f"There is nothing to compare with: no sales for {asked.stores.label} on {span(start, end)}; "
            f"the data begins on {span(first, first)}."
        )
    every = [window for windows in read for window in windows]
    if many == 1:
        return _Before(_means(found, metrics), stores, statements, every, 1, {}, covered)
    within: dict[tuple[int, ...], list[str]] = {}
    for store_id in sorted(set().union(*sold)):
        within.setdefault(tuple(n for n, ids in enumerate(sold) if store_id in ids), []).append(store_id)
    if len(found) == 1 or (set(within) == {tuple(range(len(found)))} and stores == set().union(*sold)):
        return _Before(_means(found, metrics), stores, statements, every, len(found), {}, covered)
    means: list[Group] = []
    for numbers, ids in within.items():
        parts: list[list[Group]] = []
        for number in numbers:
            theirs = [replace(one, store_ids=kept) for one in read[number]
                      if (kept := tuple(store for store in one.store_ids if store in ids))]  # fmt: skip
            groups, statement = _groups(asked, metrics, theirs, by)
            parts.append(groups)
            statements.append(statement)
        means += _means(parts, metrics)
    keyed: dict[str, list[Group]] = {}
    for group in means:
        keyed.setdefault(group.key, []).append(group)
    thin = {store: len(numbers) for numbers, ids in within.items() for store in ids if len(numbers) < len(found)}
    merged = [total(members, key) for key, members in keyed.items()]
    return _Before(merged, set().union(*sold), statements, every, len(found), thin)


def _lengths(
    asked: Frame, by: str | None, days: Mapping[str, int], now: Sequence[Group], other: _Before
) -> dict[str, Days]:
    """The days of trade of the whole and of each store or weekday; none of a mean and of a day that is not over."""
    if not other.days or other.found > 1 or asked.unfinished():
        return {}
    found = {"": trading_days(days, other.days)}
    if by == "store":
        found |= {store: Days(days.get(store, 0), other.days.get(store, 0)) for store in asked.stores.ids}
    elif by in OF_DAYS:
        before = {group.key: group.rows for group in other.groups}
        found |= {group.key: Days(group.rows, before.get(group.key, 0)) for group in now}
    return found


def _means(found: Sequence[Sequence[Group]], metrics: Sequence[Metric]) -> list[Group]:
    """The mean of each group over so many like periods."""
    keyed: dict[str, list[Group]] = {}
    for group in (group for groups in found for group in groups):
        keyed.setdefault(group.key, []).append(group)
    means = []
    for key, members in keyed.items():
        spread = mean(members, metrics, len(found))
        means.append(Group(key, spread.sums, spread.rows))
    return means


def _on_both(
    sides: Sides, against: Mapping[str, Against], stores: LikeForLike, *, cut: bool
) -> tuple[Sides | None, list[Statement]]:
    """The first metric of the stores that have sales on both sides, where others have not; and the statements run.

    Growth that is that of a new store must not stand alone.
    """
    asked = sides.asked
    if not stores.differs or not stores.both or len(asked.stores.currencies) > 1:
        return None, []
    kept = tuple(store for store in asked.stores.stores if store.store_id in stores.both)
    label = kept[0].name if len(kept) == 1 else f"the {len(kept)} stores on both sides"
    narrowed = replace(
        asked, stores=StoreSet(kept, label), period=asked.periods[kept[0].store_id],
        periods={store.store_id: asked.periods[store.store_id] for store in kept},
    )  # fmt: skip
    metrics, theirs = sides.metrics[:1], {store.store_id: against[store.store_id] for store in kept}
    days, now, (statement, _) = _now(narrowed, metrics, None, cut=cut)
    before = _before(narrowed, theirs, metrics, None, cut=cut)
    lengths = _lengths(narrowed, None, days, now, before)
    whole = Sides(narrowed, metrics, None, sides.versus, now, before.groups, span_of(theirs), lengths)
    return whole, [statement, *before.statements]


def _said_of(alike: Sides | None) -> list[str]:
    return [f"Like for like, {alike.asked.stores.label}: {said_of_whole(alike)}."] if alike else []


def _figures_of(alike: Sides | None) -> list[Figure]:
    return [replace(one, group={**one.group, "stores": "on both sides"}) for one in figures(alike)] if alike else []


def _unlike(sides: Sides, stores: LikeForLike, other: _Before) -> list[str]:
    """What makes the two sides unlike: stores that only one has, or a different number of days."""
    said = []
    if stores.differs and stores.both:
        only = [*stores.only_now, *stores.only_before]
        said.append(
            f"Not like for like: {listed([sides.asked.stores.name(store) for store in only])} "
            f"{'has' if len(only) == 1 else 'have'} sales on one side only; "
            f"{counted(len(stores.both), 'store')} on both."
        )
    with_data = [store.first_on for store in sides.asked.stores.stores if store.first_on]
    if with_data and min(with_data) > sides.before_days[0]:
        said.append(f"The data begins on {span(min(with_data), min(with_data))}, inside the period compared with.")
    periods = len(sides.versus.periods)
    if sides.versus.is_norm and other.found < periods:
        said.append(f"Only {other.found} of the {periods} weeks before have sales; the mean is of those.")
    if sides.versus.is_norm and other.thin:
        each = [f"{sides.asked.stores.name(store)} in {number}" for store, number in other.thin.items()]
        said.append(
            f"Not every store has sales in all of the {periods} weeks before ({listed(each)}); the mean of each is of"
            " its own."
        )
    length = sides.versus.periods[0].days
    if length != sides.asked.period.days:
        said.append(
            f"The periods differ in length: {counted(sides.asked.period.days, 'day')} against {counted(length, 'day')}."
        )
    day, then = sides.asked.start_on, sides.before_days[0]
    far = sides.asked.period.days == length == 1 and not sides.versus.is_norm and day - then >= _FAR
    if far and day.weekday() != then.weekday():
        said.append(f"{_WEEKDAYS} {day:%A} against {then:%A}.")
    if sides.asked.unfinished() and not sides.versus.aligned:
        said.append("The present day is not over, and the other side is made of whole days.")
    return said


def _follow_ups(sides: Sides, compare_to: str | None) -> tuple[str, ...]:
    when, same, part = sides.asked.when_again, sides.asked.same_part_and_stores, sides.asked.part
    against = f" with {compare_to}" if compare_to else ""
    asks = []
    if sides.by != "department" and not sides.asked.unfinished() and part is None:
        asks.append(f"Compare {when}{against} by department{same}")
    if sides.by != "store" and len(sides.asked.stores.stores) > 1:
        asks.append(f"Compare {when}{against} by store{same}")
    if not sides.versus.is_norm and sides.asked.period.days <= NORM_DAYS:
        asks.append(f"Compare {when} with the four-week norm{same}")
    if part is None or not part.only.variants:
        asks.append(f"Top 10 products {when} by margin{same}")
    return tuple(asks[:3]) or (f"Net sales {when}{same}",)
