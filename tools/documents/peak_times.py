"""When the stores are busy: the hours of each weekday, and the peak of one day held against opening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, ratio, simulated, stands_on
from tools.analysis.calendar import WEEKDAYS
from tools.analysis.opening_hours import open_day
from tools.context import ToolContext
from tools.documents.hours_of_week import HoursRead, read_hours
from tools.documents.tender_mix import PERIOD_HELP, STORES_HELP
from tools.documents.while_closed import while_closed
from tools.door import DoorHours, counted_in, not_counted
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency
from tools.metrics.windows import Statement
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stores import StoreSet
from tools.with_sales import with_sales
from tools.wording import listed

Measure = Literal["transactions", "net_sales", "visitors"]
_WORDS = {"transactions": "transactions", "net_sales": "net sales", "visitors": "visitors"}
_WEEKENDS, _WEEKDAYS = (6, 7), (1, 2, 3, 4, 5)
FEW_DAYS = 3
_FILLED = "an hour missing counts like the same hour of the like days on which it was counted"
FEW_HOURS = 4
USUAL = "last 4 weeks"


class PeakTimesArguments(Arguments):
    """Arguments of ``peak_times``."""

    period: str = Field(default=USUAL, max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    measure: Measure | None = Field(
        default=None, description="Busy by this: visitors for “traffic”, net_sales for money; transactions if not said."
    )
    weekday: str | None = Field(
        default=None, max_length=20, description="Only this weekday: “Saturday”, or “weekends”, “weekdays”."
    )
    quietest: bool | None = Field(
        default=None, description="True if the slowest times are asked for rather than the busiest."
    )


@dataclass(frozen=True, slots=True)
class _Hour:
    """One hour of one weekday, summed over all such days of the period."""

    weekday: int
    hour: int
    transactions: Decimal
    net_sales: Decimal
    visitors: Decimal | None

    def of(self, measure: str) -> Decimal:
        return Decimal(getattr(self, measure) or 0)


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """The hours that were asked for, how many days of each weekday there were, and by what busy is measured."""

    hours: Sequence[_Hour]
    days: dict[int, int]
    measure: str
    stores: StoreSet

    def mean(self, hours: Sequence[_Hour], weekdays: Sequence[int] | None = None) -> Decimal:
        """What these hours see on an average day of these weekdays (of all)."""
        days = sum(self.days.get(day, 0) for day in weekdays or self.days)
        return ratio(sum((one.of(self.measure) for one in hours), Decimal(0)), days) or Decimal(0)

    def by_hour(self) -> dict[int, Decimal]:
        """Mean of each hour over the days, as the day goes."""
        hours = sorted({one.hour for one in self.hours}, key=self.stores.hour_place)
        return {hour: self.mean([one for one in self.hours if one.hour == hour]) for hour in hours}

    def by_weekday(self) -> dict[int, Decimal]:
        """Mean day of each weekday."""
        return {day: self.mean([one for one in self.hours if one.weekday == day], [day]) for day in sorted(self.days)}

    def cells(self) -> dict[tuple[int, int], Decimal]:
        """Mean of each hour of each weekday."""
        return {
            (one.weekday, one.hour): self.mean([one], [one.weekday]) for one in self.hours if one.weekday in self.days
        }


@tool()
def peak_times(arguments: PeakTimesArguments, context: ToolContext) -> ToolResult:
    """When the stores are busiest: a table of hours by weekdays, the peak day and hour, and one day against opening.

    Use it for “which days and times show peak performance”, “peak hours on Saturdays”, “when is today's biggest traffic
    hour, and how busy is it compared with opening”, “quietest time of the week”. Numbers are means per day of that
    weekday that had sales, all stores together. If nothing is known of today yet, the same weekday of the last four
    weeks is shown and said.
    """
    asked, note, only = _asked(arguments, context)
    one_currency(asked, None)
    windows = asked.windows(whole_hours=bool(asked.unfinished()))
    door = DoorHours(windows, context)
    days, covered, read = with_sales(asked, windows, partial(read_hours, door))
    rhythm, statements = _rhythm(asked, arguments, only, read)
    single = len(rhythm.days) == 1
    headline = _day_headline(asked, rhythm) if single else _headline(asked, rhythm)
    if arguments.quietest and (quiet := _quietest(asked, rhythm)):
        headline = quiet
    return ToolResult(
        headline=headline,
        text=" ".join([*note, *_told(asked, rhythm, headline, single=single, quiet_first=bool(arguments.quietest))]),
        figures=tuple(_figures(asked, rhythm)),
        table=_day_table(asked, rhythm) if single else _table(asked, rhythm),
        chart=_chart(asked, rhythm),
        caveats=(
            *note,
            *_remarks(asked, rhythm, arguments, door),
            *while_closed(asked.stores, [(one.weekday, one.hour, one.transactions) for one in rhythm.hours]),
            *caveats(asked, (), days),
        ),
        follow_ups=_follow_ups(asked),
        provenance=stands_on(
            asked, (rhythm.measure, "transactions", "net_sales"), [*statements, covered], ("traffic",)
        ),
    )


def _asked(arguments: PeakTimesArguments, context: ToolContext) -> tuple[Frame, list[str], tuple[int, ...]]:
    """The question, what must be said of its period, and the weekdays it is limited to."""
    only = _weekdays(arguments.weekday)
    try:
        asked = frame(arguments.period, arguments.stores, context)
        if asked.period.days > 1 and asked.unfinished():
            asked = asked.without_today()
        if not asked.unfinished() or (asked.hours_over() > 0 and coverage(asked, asked.windows())[0]):
            return asked, [], only
    except NoDataError:
        if arguments.period.strip().lower() not in ("today", "so far today", "today so far"):
            raise
    usual = frame(USUAL, arguments.stores, context)
    today = usual.stores.stores[0].today(context.clock.now())
    day = WEEKDAYS[today.weekday()].title()
    return usual, [f"Nothing is known of today yet, so this is {day}s over the last 4 weeks."], (today.isoweekday(),)


def _weekdays(said: str | None) -> tuple[int, ...]:
    word = (said or "").strip().lower()
    if not word:
        return ()
    if word in ("weekend", "weekends"):
        return _WEEKENDS
    if word in ("weekday", "weekdays", "week days"):
        return _WEEKDAYS
    found = [
        number for number, name in enumerate(WEEKDAYS, 1) if len(word) >= 3 and name.startswith(word.rstrip("s")[:9])
    ]
    if len(found) != 1:
        raise BadArgumentError(f"“weekday” is no day of the week: “{word}”. Give it like “Saturday” or “weekends”.")
    return (found[0],)


def _rhythm(
    asked: Frame, arguments: PeakTimesArguments, only: tuple[int, ...], read: HoursRead
) -> tuple[_Rhythm, list[Statement]]:
    """The hours, by the measure asked for or the one that is known.

    Raises:
        NoDataError: there were no such weekdays, or visitors are asked for and not counted.
    """
    counts = {day: count for day, count in read.days.items() if not only or day in only}
    sold, visitors = read.sold, read.visitors
    found = [
        _Hour(*place, *sold.get(place, (Decimal(0), Decimal(0))), visitors.get(place))
        for place in sorted({*sold, *visitors})
        if place[0] in counts
    ]
    if not counts:
        raise NoDataError(f"There is no such weekday with sales {asked.when}; ask about a longer period.")
    measure = arguments.measure or "transactions"
    if measure == "visitors" and not any(one.visitors for one in found):
        raise NoDataError(
            f"No visitors are counted for {asked.stores.label} {asked.when}; ask for the busiest hours by transactions."
        )
    if measure == "visitors":
        found = [one for one in found if one.visitors is not None]
    return _Rhythm(found, counts, measure, asked.stores), read.statements


def _said(asked: Frame, rhythm: _Rhythm, value: Decimal) -> str:
    if rhythm.measure == "net_sales":
        return money_said(value, asked.currency)
    text = number_text(value, 0 if value == value.to_integral_value() else 1)
    word = _WORDS[rhythm.measure]
    return f"{text} {word.removesuffix('s') if value == 1 else word}"


def _text(asked: Frame, measure: str, value: Decimal) -> str | None:
    if measure == "net_sales":
        return money_text(value, asked.exponent)
    return number_text(value, 0 if value == value.to_integral_value() else 1)


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"


def _day(weekday: int) -> str:
    return WEEKDAYS[weekday - 1].title()


def _headline(asked: Frame, rhythm: _Rhythm) -> str:
    days, hours, cells = rhythm.by_weekday(), rhythm.by_hour(), rhythm.cells()
    day = max(days, key=lambda key: (days[key], -key))
    hour = max(hours, key=lambda key: (hours[key], -key))
    cell = max(cells, key=lambda key: (cells[key], -key[0], -key[1]))
    return (
        f"Peak times {asked.when}, {asked.stores.label}, by {_WORDS[rhythm.measure]}: busiest day {_day(day)} with "
        f"{_said(asked, rhythm, days[day])} a day, busiest hour {_clock(hour)} with "
        f"{_said(asked, rhythm, hours[hour])}; the peak of the week is {_day(cell[0])} {_clock(cell[1])} with "
        f"{_said(asked, rhythm, cells[cell])}."
    )


def _sentences(asked: Frame, rhythm: _Rhythm) -> list[str]:
    cells = sorted(rhythm.cells().items(), key=lambda pair: (-pair[1], pair[0]))
    best = [f"{_day(key[0])} {_clock(key[1])} ({_said(asked, rhythm, value)})" for key, value in cells[1:4]]
    said = [f"Then {listed(best)}."] if best else []
    return [*said, _quietest_day(asked, rhythm)]


def _quietest_day(asked: Frame, rhythm: _Rhythm) -> str:
    days = rhythm.by_weekday()
    quiet = min(days, key=lambda key: (days[key], key))
    return f"Quietest day: {_day(quiet)} with {_said(asked, rhythm, days[quiet])}."


def _told(asked: Frame, rhythm: _Rhythm, headline: str, *, single: bool, quiet_first: bool) -> list[str]:
    """What is said, the quiet times first where they are asked for."""
    if quiet_first:
        rest = [_day_headline(asked, rhythm)] if single else [_quietest_day(asked, rhythm), _headline(asked, rhythm)]
        return [headline, *rest]
    busy = _day_sentences(asked, rhythm) if single else _sentences(asked, rhythm)
    quiet = _quietest(asked, rhythm)
    return [headline, *busy, *([quiet] if quiet else [])]


def _quietest(asked: Frame, rhythm: _Rhythm) -> str:
    """The quietest hours while the stores are open, as opening hours or else the sales say; empty if none."""
    texts = {store.open_hours.get(weekday - 1) for store in asked.stores.stores for weekday in rhythm.days}
    open_hours = {
        hour % 24
        for text in texts
        if (found := open_day(text))
        for hour in range(-(-found.opens // 60), found.closes // 60)
    }
    hours = {
        hour: value for hour, value in rhythm.by_hour().items() if (hour in open_hours if open_hours else value > 0)
    }
    if len(hours) < FEW_HOURS:
        return ""
    first, second = sorted(hours.items(), key=lambda pair: (pair[1], pair[0]))[:2]
    when = "while open" if open_hours else "with sales"
    day = f" on {_day(next(iter(rhythm.days)))}s" if len(rhythm.days) == 1 and asked.start_on < asked.end_on else ""
    return (
        f"Quietest hour {when}{day} {asked.when}, {asked.stores.label}: {_clock(first[0])} with"
        f" {_said(asked, rhythm, first[1])}, then {_clock(second[0])} with {_said(asked, rhythm, second[1])}."
    )


def _opening(asked: Frame, rhythm: _Rhythm) -> tuple[int, bool]:
    """The hour the stores open on the day, and whether opening hours say so; else the first hour that saw anything."""
    weekday = next(iter(rhythm.days))
    opens = {
        found.opens // 60 for store in asked.stores.stores if (found := open_day(store.open_hours.get(weekday - 1)))
    }
    busy = [hour for hour, value in rhythm.by_hour().items() if value > 0]
    if len(opens) == 1 and (hour := opens.pop()) in rhythm.by_hour():
        return hour, True
    return (busy or list(rhythm.by_hour()))[0], False


def _day_headline(asked: Frame, rhythm: _Rhythm) -> str:
    hours = rhythm.by_hour()
    peak = max(hours, key=lambda hour: (hours[hour], -hour))
    opening, known = _opening(asked, rhythm)
    times = ratio(hours[peak], hours[opening])
    against = f", {number_text(times, 1)} times as busy as" if times else ", against"
    first = f"opening at {_clock(opening)}" if known else f"the first busy hour, {_clock(opening)},"
    return (
        f"Busiest hour {_when(asked, rhythm)}, {asked.stores.label}: {_clock(peak)} with "
        f"{_said(asked, rhythm, hours[peak])}{against} {first} with {_said(asked, rhythm, hours[opening])}."
    )


def _when(asked: Frame, rhythm: _Rhythm) -> str:
    if asked.start_on == asked.end_on:
        return asked.when
    return f"on {_day(next(iter(rhythm.days)))}s, {asked.when}"


def _day_sentences(asked: Frame, rhythm: _Rhythm) -> list[str]:
    hours = rhythm.by_hour()
    ranked = sorted(hours.items(), key=lambda pair: (-pair[1], pair[0]))[1:3]
    rest = [f"{_clock(hour)} ({_said(asked, rhythm, value)})" for hour, value in ranked]
    return [f"Then {listed(rest)}."] if rest else []


def _figures(asked: Frame, rhythm: _Rhythm) -> list[Figure]:
    unit = asked.currency if rhythm.measure == "net_sales" else "count"
    text, per_hour = partial(_text, asked, rhythm.measure), f"{rhythm.measure}_per_hour"
    made = []
    for (weekday, hour), value in rhythm.cells().items():
        group = {"weekday": _day(weekday), "hour": str(hour)}
        made.append(figure(asked, per_hour, text(value), unit, group))
    for weekday, value in rhythm.by_weekday().items():
        made.append(figure(asked, f"{rhythm.measure}_per_day", text(value), unit, {"weekday": _day(weekday)}))
    if len(rhythm.days) > 1:
        for hour, value in rhythm.by_hour().items():
            made.append(figure(asked, per_hour, text(value), unit, {"hour": str(hour)}))
    return made


def _table(asked: Frame, rhythm: _Rhythm) -> Table:
    """Hours down, weekdays across, and the mean of all days at the end."""
    unit = asked.currency if rhythm.measure == "net_sales" else "count"
    cells, hours = rhythm.cells(), rhythm.by_hour()
    columns = [TableColumn("Hour", "text"), *(TableColumn(_day(day), unit) for day in sorted(rhythm.days))]
    rows = [
        (
            _clock(hour),
            *(_text(asked, rhythm.measure, cells.get((day, hour), Decimal(0))) for day in sorted(rhythm.days)),
            _text(asked, rhythm.measure, mean),
        )
        for hour, mean in hours.items()
    ]
    return Table((*columns, TableColumn("All days", unit)), rows)


def _day_table(asked: Frame, rhythm: _Rhythm) -> Table:
    columns = (
        TableColumn("Hour", "text"),
        TableColumn("Transactions", "count"),
        TableColumn("Net sales", asked.currency),
        TableColumn("Visitors", "count"),
    )
    others = {name: replace(rhythm, measure=name).by_hour() for name in ("transactions", "net_sales", "visitors")}
    counted = {one.hour for one in rhythm.hours if one.visitors is not None}
    rows = [
        (
            _clock(hour),
            _text(asked, "transactions", others["transactions"][hour]),
            _text(asked, "net_sales", others["net_sales"][hour]),
            _text(asked, "visitors", others["visitors"][hour]) if hour in counted else None,
        )
        for hour in others["transactions"]
    ]
    return Table(columns, rows)


def _chart(asked: Frame, rhythm: _Rhythm) -> Chart | None:
    """The hours of the day in the order of the clock, none left out: a line over a gap would hide them."""
    hours = rhythm.by_hour()
    if len(hours) < 2:
        return None
    money = rhythm.measure == "net_sales"
    values = tuple(float(hours[hour].scaleb(-asked.exponent) if money else hours[hour]) for hour in hours)
    label = _WORDS[rhythm.measure].capitalize()
    heading = f"{label} by hour, {asked.stores.label}, {_when(asked, rhythm) if len(rhythm.days) == 1 else asked.when}"
    return Chart("line", heading, tuple(map(_clock, hours)), {label: values}, asked.currency if money else "count")


def _remarks(asked: Frame, rhythm: _Rhythm, arguments: PeakTimesArguments, door: DoorHours) -> list[str]:
    said = []
    if asked.start_on != asked.end_on:
        said.append("Numbers are means per day of that weekday that had sales, all stores together.")
        few = [_day(day) for day, count in sorted(rhythm.days.items()) if count < FEW_DAYS]
        if few:
            said.append(f"There are fewer than {FEW_DAYS} such days of {listed(few, most=7)}.")
    if rhythm.measure == "visitors" or (arguments.measure is None and any(one.visitors for one in rhythm.hours)):
        found = counted_in(door, asked.stores.stores)
        said += not_counted(found, ()) if asked.start_on == asked.end_on else not_counted(found, (), _FILLED)
    if rhythm.measure == "visitors":
        said += simulated(asked, "traffic", "Visitor counts are")
    elif arguments.measure is None and any(one.visitors for one in rhythm.hours):
        said.append("Busy is measured by transactions; visitors are counted, too.")
    return said


def _follow_ups(asked: Frame) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    return (f"Net sales {when} by hour{same}", f"Net sales {when} by weekday{same}")
