"""What is known of the days to come around the stores: public holidays, local events and the weather as forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.analysis.holiday_phrases import holidays_between
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.ahead_query import build_events_ahead, build_weather_ahead
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores
from tools.team.days import Days, days_of
from tools.wording import counted, listed, span

_HOLIDAY = "holiday"
AMERICAN = "USD"
"""Stores that trade in it keep the shopping days that are known here, such as Black Friday."""
_NAMED = 6
_WET_MM = 1


class DaysAheadArguments(Arguments):
    """Arguments of ``days_ahead``."""

    period: str = Field(
        default="the next 7 days",
        max_length=120,
        description="Which days to come, in the asker's own words: “tomorrow”, “this weekend”, “next week”.",
    )
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")


@tool()
def days_ahead(arguments: DaysAheadArguments, context: ToolContext) -> ToolResult:
    """What is coming around the stores: public holidays, local events, and the weather as forecast, day by day.

    Use it for “any events near us this week?”, “which holidays are coming up?”, “what's the weather forecast for the
    weekend?”, “what should I know about next week?”. It does not say what that will do to sales: days to come in sales
    are ``sales_outlook``, the days that are over ``store_conditions``.
    """
    stores = resolve_stores(arguments.stores, context)
    now = context.clock.now()
    days = days_of(arguments.period, stores, now, None, ahead=True)
    statements = [
        build_events_ahead(stores.ids, context.scope, days.start_on, days.end_on),
        build_weather_ahead(stores.ids, context.scope, days.start_on, days.end_on, now),
    ]
    events, weather = (context.mirror.query(one.sql, one.params).dicts() for one in statements)
    place = stores.by_id
    events = [row for row in events if days.has(place[row["store_id"]], row["from_on"], row["to_on"])]
    weather = [row for row in weather if days.has(place[row["store_id"]], row["day_on"], row["day_on"])]
    trading = holidays_between(days.start_on, days.end_on) if AMERICAN in stores.currencies else []
    snapshot = context.mirror.snapshot()
    if not events and not weather and not trading and not {"weather", "events", "holidays"} & set(snapshot.sources):
        raise NoDataError(
            f"Nothing is known around {stores.label} {days.when}: no events, holidays or weather are connected. They"
            " come with the settings of a store's place, or from files of events and weather."
        )
    headline = _headline(stores, days, events, weather, trading)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(stores, events, trading)]),
        figures=tuple(_figures(stores, days, events, weather)),
        table=_table(stores, days, events, weather, trading),
        caveats=(*days.differ(stores), *_unknown(weather, events), *_simulated(snapshot.sources)),
        follow_ups=("Forecast next week's sales", "Who is scheduled tomorrow?"),
        provenance=Provenance(
            metrics=("local_events", "weather_forecast"),
            sql=tuple(one.sql for one in statements),
            params=tuple(one.params for one in statements),
            stores=stores.ids,
            start_on=days.start_on,
            end_on=days.end_on,
            snapshot=snapshot.version,
            as_of=now,
        ),
    )


def _headline(
    stores: StoreSet,
    days: Days,
    events: Sequence[Mapping[str, Any]],
    weather: Sequence[Mapping[str, Any]],
    trading: Sequence[tuple[date, str]],
) -> str:
    holidays = {(row["name"], row["from_on"]) for row in events if row["category"] == _HOLIDAY}
    others = {(row["name"], row["from_on"]) for row in events if row["category"] != _HOLIDAY}
    said = []
    if holidays:
        said.append(counted(len(holidays), "public holiday"))
    if others:
        said.append(counted(len(others), "local event"))
    if trading and not holidays:
        said.append(listed([f"{name} ({day:%a} {day.day} {day:%b})" for day, name in trading]))
    if not events:
        said.append("no local event is recorded" if trading else "no public holiday or local event is recorded")
    if weather:
        said.append(_weather_said(weather))
    return f"{days.when[0].upper()}{days.when[1:]}, {stores.label}: {'; '.join(said)}."


def _weather_said(weather: Sequence[Mapping[str, Any]]) -> str:
    known = [row for row in weather if row["coldest"] is not None]
    wet = {row["day_on"] for row in weather if (row["rain"] or 0) >= _WET_MM}
    parts = []
    if known:
        parts.append(f"{min(row['coldest'] for row in known):.0f} to {max(row['warmest'] for row in known):.0f} °C")
    total = len({row["day_on"] for row in weather})
    parts.append(f"rain on {len(wet)} of {counted(total, 'day')}" if wet else "no rain forecast")
    return ", ".join(parts)


def _sentences(stores: StoreSet, events: Sequence[Mapping[str, Any]], trading: Sequence[tuple[date, str]]) -> list[str]:
    said = []
    for holiday in (True, False):
        rows = [row for row in events if (row["category"] == _HOLIDAY) is holiday]
        named: dict[tuple[str, date, date], list[str]] = {}
        for row in rows:
            named.setdefault((row["name"], row["from_on"], row["to_on"]), []).append(stores.name(row["store_id"]))
        shown = []
        for (name, first, last), places in list(named.items())[:_NAMED]:
            near = "" if len(places) == len(stores.ids) else f", near {listed(places, most=3)}"
            shown.append(f"{name} ({span(first, last)}{near})")
        if shown:
            more = len(named) - len(shown)
            tail = f" and {more} more" if more > 0 else ""
            said.append(f"{'Public holidays' if holiday else 'Local events'}: {'; '.join(shown)}{tail}.")
    if trading:
        shown = [f"{name} ({span(day, day)})" for day, name in trading[:_NAMED]]
        said.append(f"Days that shops trade by: {'; '.join(shown)}.")
    return said


def _figures(
    stores: StoreSet, days: Days, events: Sequence[Mapping[str, Any]], weather: Sequence[Mapping[str, Any]]
) -> list[Figure]:
    count = len({(row["name"], row["from_on"]) for row in events})
    found = [Figure("local_events", str(count), "count", stores.ids, days.start_on, days.end_on)]
    for row in weather:
        group = {"day": row["day_on"].isoformat(), "store": row["store_id"]}
        for metric, column, unit in (
            ("temperature_low", "coldest", "°C"),
            ("temperature_high", "warmest", "°C"),
            ("precipitation", "rain", "mm"),
        ):
            if row[column] is not None:
                value = f"{Decimal(str(row[column])):.1f}"
                found.append(Figure(metric, value, unit, (row["store_id"],), row["day_on"], row["day_on"], group))
    return found


def _table(
    stores: StoreSet,
    days: Days,
    events: Sequence[Mapping[str, Any]],
    weather: Sequence[Mapping[str, Any]],
    trading: Sequence[tuple[date, str]],
) -> Table | None:
    """One row for each event and each day of weather, in the order of the days."""
    rows: list[tuple[date, str, str, str]] = []
    for row in events:
        kind = "public holiday" if row["category"] == _HOLIDAY else str(row["category"] or "event")
        crowd = f", {row['expected_attendance']:,} expected" if row["expected_attendance"] else ""
        away = f", {row['distance_m']:,} m away" if row["distance_m"] else ""
        first = max(row["from_on"], days.of(stores.by_id[row["store_id"]])[0])
        rows.append((first, stores.name(row["store_id"]), kind, f"{row['name']}{crowd}{away}"))
    rows += [(day, "all", "trading day", name) for day, name in trading]
    for row in weather:
        parts = []
        if row["coldest"] is not None:
            parts.append(f"{row['coldest']:.0f} to {row['warmest']:.0f} °C")
        if row["rain"] is not None:
            parts.append(f"{row['rain']:.1f} mm of rain" if row["rain"] > 0 else "dry")
        rows.append((row["day_on"], stores.name(row["store_id"]), "weather", ", ".join(parts)))
    if not rows:
        return None
    columns = tuple(TableColumn(name, "text") for name in ("Day", "Store", "Kind", "What"))
    return Table(columns, [(f"{day:%a} {day.day} {day:%b}", *rest) for day, *rest in sorted(rows)])


def _unknown(weather: Sequence[Mapping[str, Any]], events: Sequence[Mapping[str, Any]]) -> list[str]:
    said = [] if weather else ["No forecast of the weather is known for these days."]
    return said if events else [*said, "Events are those that were loaded or connected; there may be others."]


def _simulated(sources: Mapping[str, Any]) -> list[str]:
    state = sources.get("weather")
    return ["The weather is simulated."] if state is not None and state.simulated else []
