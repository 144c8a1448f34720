"""What else went on in the two periods, each statement marked as a fact or a coincidence.

A fact is something the records say (a day without sales, a promotion that ended). A coincidence is something that was
there at the same time; where there is enough history it says how often the two went together before. Neither is ever
said to be the cause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from tools.analysis.business_day import business_date
from tools.analysis.coincidences import FEWEST_CASES, ends_early, missing_hours, starts_late, went_together, whole_days
from tools.analysis.usual_changes import Days
from tools.directory import Store
from tools.metrics.definitions import METRICS
from tools.metrics.door_rows import build_uncounted
from tools.metrics.query import Window
from tools.metrics.why_findings_query import build_events, build_trading_hours, build_weather
from tools.why.finding import Finding
from tools.why.history import History, Measure, by_day, summed
from tools.why.shelf import promotion_findings, silence_findings
from tools.why.sides import Sides
from tools.wording import counted, listed, moment, span

MOST_STORES = 60
"""Hours, days and products that fell silent are looked at store by store for so many stores; beyond that only the
whole is spoken of."""
USUAL_WEEKS = 8
LEAST_OF_DAYS = 0.05
"""Odd opening hours on fewer of the days of all stores asked about are no reason worth reading."""
STAFF_CHANGE = 0.10
RAIN_MM = 2.0
TEMPERATURE_C = 5.0


def findings_of(sides: Sides, history: History | None) -> list[Finding]:
    """Everything worth saying, the most telling first: gaps, hours, stock, promotions, staff, events, weather."""
    looked_at: list[Callable[[Sides], list[Finding]]] = []
    few = len(sides.asked.stores.stores) <= MOST_STORES
    if few:
        looked_at += [_gaps, _hours]
    if not sides.cut:
        # A product of one store among so many is no reason why all of them changed.
        looked_at += [silence_findings] if few else []
        looked_at.append(promotion_findings)
    if history is not None:
        looked_at.append(partial(_staff, history=history))
    looked_at.append(_events)
    if history is not None:
        looked_at.append(partial(_weather, history=history))
    return [finding for findings in sides.apart(*looked_at) for finding in findings]


def _gaps(sides: Sides) -> list[Finding]:
    """Days without a sale on either side, stores that are not on both, sales or visitors that are not known yet."""
    asked = sides.asked
    found = []
    for side, windows, days in (
        ("", sides.now, sides.days),
        ("the period compared with", sides.before, sides.days_before),
    ):
        names = []
        for store in asked.stores.stores:
            mine = [window for window in windows if store.store_id in window.store_ids]
            every = [day for window in mine for day in whole_days(window.start_on, window.end_on)]
            expected = [
                day for day in every if not store.closed_on(day) and (not store.first_on or day >= store.first_on)
            ]
            missing = len(expected) - days.get(store.store_id, 0)
            if missing > 0 and store.store_id in days:
                names.append(f"{store.name} {counted(missing, 'day')} of {len(expected)}")
        if names:
            found.append(
                Finding("fact", "data_gap", f"No sales are recorded on {listed(names)}{f' of {side}' if side else ''}.")
            )
    for store in sides.one_side:
        side = "now" if store.store_id in sides.days else "before"
        found.append(Finding("fact", "data_gap", f"{store.name} has sales only {side}; it is a part of its own."))
    return [*found, *_late(sides), *_uncounted(sides)]


def _late(sides: Sides) -> list[Finding]:
    asked = sides.asked
    if sides.cut or asked.as_of is None:
        return []
    zone = asked.stores.stores[0].timezone
    last = business_date(asked.as_of, zone, asked.stores.stores[0].day_starts_at)
    if last > asked.end_on:
        return []
    return [
        Finding("fact", "data_gap", f"Sales are known up to {moment(asked.as_of, zone)} only, before the period ends.")
    ]


def _uncounted(sides: Sides) -> list[Finding]:
    """Days on which a store sold in hours that nobody counted, where other hours were counted."""
    if sides.metric.name not in ("net_sales", "transactions", "units", "conversion", "visitors"):
        return []
    days, parts = [], []
    for store, day, sold, counted_hours in sides.rows(
        build_uncounted([*sides.now, *sides.before], sides.asked.context.scope)
    ):
        if not isinstance(day, date):
            continue
        named = f"{sides.asked.stores.name(str(store))} {day:%a} {day.day} {day:%b}"
        hours = int(str(counted_hours))
        days += [] if hours else [named]
        parts += [f"{named} {hours} of {sold} hours with sales"] if hours else []
    left = "are left out on both sides"
    if sides.metric.name in ("net_sales", "transactions", "units"):
        left = "stand under transactions on both sides"
    said = []
    if days:
        said.append(f"Visitors were not counted on {listed(days, most=4)}; the same hours {left}.")
    if parts:
        said.append(f"Visitors were counted in part: {listed(parts, most=4)}; the other hours {left}.")
    return [Finding("fact", "data_gap", one) for one in said]


def _hours(sides: Sides) -> list[Finding]:
    """Days on which a store began late, ended early, or was silent for an hour that always sells.

    They are told of all goods only, and where they are so many of the days asked about that they may matter.
    """
    asked = sides.asked
    if sides.cut or asked.part is not None:
        return []
    back = [
        Window(window.store_ids, window.start_on - timedelta(days=7 * USUAL_WEEKS), window.end_on)
        for window in sides.now
    ]
    traded: dict[str, dict[date, list[int]]] = {}
    for row in sides.rows(build_trading_hours(back, asked.context.scope)):
        store_id, day, hours = str(row[0]), row[1], str(row[2])
        if isinstance(day, date):
            traded.setdefault(store_id, {})[day] = [int(hour) for hour in hours.split(",")]
    seen: dict[tuple[str, str, str], list[date]] = {}
    for store in asked.stores.stores:
        period = asked.periods[store.store_id]
        mine = {day: _ordered(store, hours) for day, hours in traded.get(store.store_id, {}).items()}
        for day in whole_days(period.start_on, period.end_on):
            usual = [
                mine[then] for week in range(1, USUAL_WEEKS + 1) if (then := day - timedelta(days=7 * week)) in mine
            ]
            if day in mine and (odd := _odd_hours(store, mine[day], usual)):
                seen.setdefault((store.store_id, *odd), []).append(day)
    found = []
    least = LEAST_OF_DAYS * sum(sides.days.values())
    for (store_id, what, instead), days in sorted(seen.items(), key=lambda item: -len(item[1])):
        if len(days) < least:
            continue
        store = next(one for one in asked.stores.stores if one.store_id == store_id)
        text = f"{what.format(where=f'{store.name} on {_named(days)}')}; {instead}{_recorded(store, days)}."
        found.append(Finding("fact", "opening_hours", text))
    return found[:2]


def _named(days: Sequence[date]) -> str:
    """Single days by name, a run of them by its ends."""
    if len(days) > 1 and (days[-1] - days[0]).days + 1 == len(days):
        return f"{counted(len(days), 'day')} ({span(days[0], days[-1])})"
    return listed([f"{day:%a} {day.day} {day:%b}" for day in days], most=4)


def _ordered(store: Store, hours: Sequence[int]) -> list[int]:
    """Hours counted from the start of the store's business day, sorted."""
    return sorted((hour - store.day_starts_at.hour) % 24 for hour in hours)


def _odd_hours(store: Store, hours: Sequence[int], usual: Sequence[Sequence[int]]) -> tuple[str, str] | None:
    """What is odd about a day's hours and what is usual, as two half sentences; None when nothing is."""

    def clock(hour: float) -> str:
        return f"{(int(hour) + store.day_starts_at.hour) % 24:02d}:00"

    weeks = f"on {counted(len(usual), 'same weekday')} before it was usually from"
    if ends_early(hours[-1], last := [one[-1] for one in usual]):
        return f"The last sale of {{where}} was in the hour from {clock(hours[-1])}", f"{weeks} {clock(median(last))}"
    if starts_late(hours[0], first := [one[0] for one in usual]):
        return f"The first sale of {{where}} was in the hour from {clock(hours[0])}", f"{weeks} {clock(median(first))}"
    silent = missing_hours(hours, usual)
    if any(later == hour + 1 for hour, later in pairwise(silent)):
        hours_from = listed([clock(hour) for hour in silent])
        return (
            f"No sale is recorded for {{where}} in the hours from {hours_from}",
            f"on all of {counted(len(usual), 'same weekday')} before these hours sold",
        )
    return None


def _recorded(store: Store, days: Sequence[date]) -> str:
    hours = dict.fromkeys(store.open_hours.get(day.weekday(), "") for day in days)
    return f" (recorded opening hours: {listed(list(hours))})" if all(hours) else ""


def _staff(sides: Sides, history: History) -> list[Finding]:
    """Labour hours that moved by a tenth or more, with how often the figure then moved the same way."""
    metric = METRICS["labour_hours"]
    ids = tuple(store.store_id for store in sides.both)

    def clocked(spans: Sequence[Days]) -> Measure:
        groups = by_day(sides, metric, _windows(ids, spans))
        return lambda days: summed(groups, metric, days)

    measure = clocked([history.present[0], *history.present[1]])
    now, change = measure(history.present[0]), history.moved(history.present, measure)
    if now is None or not change or now == change:
        return []
    before = now - change
    if abs(change) < STAFF_CHANGE * before:
        return []
    way = "fewer" if change < 0 else "more"
    said = f"Labour hours were {now / 3600:,.1f} against {before / 3600:,.1f}, {abs(change) * 100 / before:.1f} % {way}"
    often = _how_often(history, change, clocked(history.every), f"{way} hours") if history.pairs else ""
    return [Finding("coincidence", "staffing", f"{said}{often}.")]


def _windows(ids: tuple[str, ...], spans: Sequence[Days]) -> list[Window]:
    return [Window(ids, min(start for start, _ in spans), max(end for _, end in spans))]


def _weather(sides: Sides, history: History) -> list[Finding]:
    """Rain and temperature that differed enough to be worth naming."""
    if not history.present[1] or "weather" not in sides.asked.snapshot.sources:
        return []
    present = _weather_days(sides, [history.present[0], *history.present[1]])
    every: dict[date, tuple[float, float]] = {}
    found = []
    for index, least, name, unit, words in (
        (1, RAIN_MM, "rain", "mm a day", ("more rain", "less rain")),
        (0, TEMPERATURE_C, "temperature", "°C", ("warmer", "colder")),
    ):
        measure = _mean_of(present, index)
        now, change = measure(history.present[0]), history.moved(history.present, measure)
        if now is None or change is None or abs(change) < least:
            continue
        every = every or (_weather_days(sides, history.every) if history.pairs else {})
        said = f"{words[change < 0].capitalize()}: {now:.1f} {unit} against {now - change:.1f}"
        often = _how_often(history, change, _mean_of(every, index), words[change < 0])
        found.append(Finding("coincidence", "weather", f"{said}{often}.", name))
    return found


def _weather_days(sides: Sides, spans: Sequence[Days]) -> dict[date, tuple[float, float]]:
    """Mean temperature and rain by business day, the mean of the stores."""
    ids = tuple(store.store_id for store in sides.both)
    sums: dict[date, list[float]] = {}
    stores = 1
    for row in sides.rows(build_weather(_windows(ids, spans), sides.asked.context.scope)):
        zone, starts, at, count, temperature, rain = row
        if not isinstance(at, datetime) or temperature is None:
            continue
        day = business_date(at, str(zone), starts if isinstance(starts, time) else time())
        one = sums.setdefault(day, [0.0, 0.0, 0.0])
        for index, value in enumerate((count, temperature, rain or 0)):
            one[index] += float(str(value))
        stores = max(stores, int(str(count)))
    return {day: (heat / count, rain / stores) for day, (count, heat, rain) in sums.items()}


def _mean_of(days: Mapping[date, tuple[float, float]], index: int) -> Measure:
    def measure(wanted: Days) -> float | None:
        known = [days[day][index] for day in whole_days(*wanted) if day in days]
        return sum(known) / len(known) if known else None

    return measure


def _how_often(history: History, change: float, measure: Measure, what: str) -> str:
    """How often the figure moved this way in earlier changes of the condition, or that there are too few to say."""
    moved = history.relative(history.present)
    if not moved:
        return ""
    earlier = [
        (other, figure)
        for pair in history.pairs
        if (other := history.moved(pair, measure)) is not None and (figure := history.relative(pair)) is not None
    ]
    seen = went_together(change, moved, earlier)
    if seen.cases < FEWEST_CASES:
        return f"; too few earlier cases ({seen.cases}) to say whether the two go together"
    way = "rose" if moved > 0 else "fell"
    label = history.metric.label.lower()
    return f"; {label} {way} in {seen.same} of {seen.cases} earlier comparisons with as clearly {what}"


def _events(sides: Sides) -> list[Finding]:
    """Holidays and local events on one side or both."""
    asked = sides.asked
    stores = {store.store_id: store for store in asked.stores.stores}
    sums: dict[tuple[str, str], set[str]] = {}
    for row in sides.rows(build_events([*sides.now, *sides.before], asked.context.scope)):
        store = stores.get(str(row[0]))
        if store is None or not isinstance(row[3], datetime) or not isinstance(row[4], datetime):
            continue
        zone = ZoneInfo(store.timezone)
        first, last = (at.astimezone(zone).date() for at in (row[3], row[4] - timedelta(seconds=1)))
        kind = "Holiday" if row[2] == "holiday" else "Local event"
        for side, windows in (("now", sides.now), ("before", sides.before)):
            if any(
                store.store_id in window.store_ids and first <= window.end_on and last >= window.start_on
                for window in windows
            ):
                sums.setdefault((kind, str(row[1])), set()).add(side)
    found = []
    for (kind, name), seen in sums.items():
        where = (
            "in both periods"
            if len(seen) == 2
            else "in this period only"
            if "now" in seen
            else "in the period compared with only"
        )
        found.append(Finding("coincidence", "event", f"{kind} “{name}” {where}.", "" if len(seen) == 1 else "both"))
    return sorted(found, key=lambda one: one.detail == "both")[:2]
