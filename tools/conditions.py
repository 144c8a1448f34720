"""What went on around the sales: weather, people at the door, people on duty, holidays and local events."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.door import counted_at, not_counted
from tools.frame import Frame, caveats, frame, one_currency, provenance
from tools.metrics.definitions import metric_named
from tools.metrics.evaluate import decimal
from tools.metrics.query import Statement, checked_scope
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed, money

_FEWEST_HOURS = 2
"""With fewer hours of the day there is no peak to speak of."""
_TIGHT = 3
_TOPICS = {"weather": "The weather is", "traffic": "Visitor counts are", "staff": "Time cards are"}
_KEYS = {"hour": "hour_of_day", "day": "business_on", "store": "store_id"}

_SQL = """
WITH hour AS (
  SELECT c.*, count(c.visitors) OVER (PARTITION BY c.store_id) > 0 AS has_door,
    sum(abs(c.net_minor) + c.transactions) OVER (PARTITION BY c.store_id, c.business_on) > 0 AS sold
  FROM store_hour_context c WHERE {scope}),
part AS (
  SELECT {key} AS key, store_id, business_on, sum(net_minor) AS net, sum(transactions) AS transactions,
    sum(visitors) AS visitors, sum(CASE WHEN sold THEN visitors END) AS seen_visitors,
    sum(CASE WHEN visitors IS NULL THEN 0 ELSE transactions END) AS seen_transactions,
    sum(CASE WHEN has_door THEN transactions ELSE 0 END) AS trade,
    sum(CASE WHEN staff_hours > 0 THEN visitors END) AS met_visitors,
    sum(CASE WHEN visitors IS NOT NULL AND staff_hours > 0 THEN staff_hours END) AS met_hours,
    sum(CASE WHEN staff_hours > 0 THEN transactions END) AS served,
    sum(staff_hours) AS staff_hours, avg(temperature_c) AS temperature, min(temperature_c) AS coldest,
    max(temperature_c) AS warmest
  FROM hour GROUP BY 1, 2, 3),
wet AS (
  SELECT key, avg(rain) AS rain
  FROM (SELECT {key} AS key, store_id, sum(precipitation_mm) AS rain FROM hour GROUP BY 1, 2)
  GROUP BY 1),
happened AS (
  SELECT {key} AS key, string_agg(DISTINCT holidays, '; ' ORDER BY holidays) AS holidays,
    string_agg(DISTINCT events, '; ' ORDER BY events) AS events
  FROM hour GROUP BY 1)
SELECT p.key, CAST(sum(p.net) AS DECIMAL(18,2)), CAST(sum(p.transactions) AS BIGINT),
  CAST(sum(p.visitors) AS BIGINT), CAST(sum(p.seen_transactions) AS BIGINT),
  CAST(sum(p.staff_hours) AS DECIMAL(18,2)), CAST(avg(p.temperature) AS DECIMAL(8,2)),
  CAST(min(p.coldest) AS DECIMAL(8,2)), CAST(max(p.warmest) AS DECIMAL(8,2)), CAST(min(w.rain) AS DECIMAL(8,2)),
  min(h.holidays), min(h.events), CAST(sum(p.seen_visitors) AS BIGINT), CAST(sum(p.trade) AS BIGINT),
  (SELECT string_agg(DISTINCT o.store_id, '; ') FROM hour o WHERE o.temperature_c IS NOT NULL) AS observed,
  (SELECT CAST(avg(r.rain) AS DECIMAL(8,2)) FROM (SELECT store_id, sum(precipitation_mm) AS rain FROM hour
    GROUP BY store_id) r) AS whole_rain,
  CAST(sum(p.met_visitors) AS BIGINT), CAST(sum(p.met_hours) AS DECIMAL(18,2)), CAST(sum(p.served) AS BIGINT)
FROM part p LEFT JOIN happened h ON h.key IS NOT DISTINCT FROM p.key
LEFT JOIN wet w ON w.key IS NOT DISTINCT FROM p.key
GROUP BY p.key ORDER BY p.key
"""


class StoreConditionsArguments(Arguments):
    """Arguments of ``store_conditions``."""

    period: str = Field(
        default="yesterday",
        max_length=120,
        description="When, in the asker's own words: “yesterday”, “last week”, “last Saturday”.",
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “Harbor Point”."
    )
    by: Literal["hour", "day", "store"] | None = Field(
        default=None, description="One row for each of these; by hour for one day, by day for more, unless said."
    )


@tool()
def store_conditions(arguments: StoreConditionsArguments, context: ToolContext) -> ToolResult:
    """Weather, visitors, staff on duty, public holidays and local events around the sales of a period.

    Use it for “was it raining on Saturday?”, “how many people were on duty by hour?”, “hours on duty against
    visitors by hour of the day over the last 4 weeks” (by hour), “was there an event in town last week?”, “how
    did visitors and sales go through the day?”. It shows what was there beside the sales; it does not say that
    one caused the other.
    """
    asked = frame(arguments.period, arguments.stores, context)
    by = arguments.by or ("hour" if asked.start_on == asked.end_on else "day")
    one_currency(asked, by or "")
    statement = _statement(asked, by)
    rows = context.mirror.query(statement.sql, statement.params).rows
    if by == "hour":
        rows = sorted(rows, key=lambda row: asked.stores.hour_place(int(row[0])))
    return ToolResult(
        headline=_headline(asked, rows),
        text=" ".join([_headline(asked, rows), *_sentences(rows), *_at_its_busiest(by, rows)]),
        figures=tuple(_figures(asked, by, rows)),
        table=_table(asked, by, rows),
        caveats=(*caveats(asked, ()), *_not_counted(asked), *_weather_of(asked, rows), *_what_is_known(asked)),
        follow_ups=(
            f"Net sales {asked.when_again} by hour{asked.same_part_and_stores}",
            f"Compare {asked.when_again} with the period before{asked.same_part_and_stores}",
        ),
        provenance=provenance(
            asked, [metric_named(name) for name in ("net_sales", "transactions", "visitors")], [statement]
        ),
    )


def _statement(asked: Frame, by: str) -> Statement:
    """The hours of the asked stores, each over its own dates."""
    params: dict[str, Any] = {}
    parts = []
    windows = asked.windows()
    checked_scope(windows, asked.context.scope)
    for number, window in enumerate(windows):
        params |= {
            f"stores{number}": list(window.store_ids),
            f"from{number}": window.start_on,
            f"to{number}": window.end_on,
        }
        parts.append(
            f"(c.store_id IN (SELECT unnest(CAST($stores{number} AS VARCHAR[]))) "
            f"AND c.business_on BETWEEN $from{number} AND $to{number})"
        )
    return Statement(_SQL.format(key=_KEYS[by], scope=" OR ".join(parts)), params)


def _headline(asked: Frame, rows: Sequence[Sequence[Any]]) -> str:
    said = []
    temperatures = [row[6] for row in rows if row[6] is not None]
    if temperatures:
        coldest = min(row[7] for row in rows if row[7] is not None)
        warmest = max(row[8] for row in rows if row[8] is not None)
        rain = rows[0][15] or Decimal(0)
        wet = f"{rain:.1f} mm of rain{' a store' if len(_observed(rows)) > 1 else ''}" if rain > 0 else "no rain"
        said.append(f"{_degrees(coldest)} to {_degrees(warmest)} °C, {wet}")
    visitors = [row[3] for row in rows if row[3] is not None]
    if visitors:
        said.append(counted(int(sum(visitors)), "visitor"))
    hours = [row[5] for row in rows if row[5] is not None]
    if hours:
        said.append(f"{sum(hours):,.1f} hours on duty")
    label = asked.stores.label
    return f"{label[:1].upper()}{label[1:]}, {asked.when}: {'; '.join(said) or 'nothing is known beside the sales'}."


def _degrees(value: Decimal) -> str:
    """Whole degrees; what rounds to nought has no sign."""
    return str(round(value))


def _observed(rows: Sequence[Sequence[Any]]) -> list[str]:
    """The stores of which any weather is known."""
    return str(rows[0][14]).split("; ") if rows and rows[0][14] else []


def _weather_of(asked: Frame, rows: Sequence[Sequence[Any]]) -> list[str]:
    """Of which hours the weather is, and of which stores none is known."""
    observed = _observed(rows)
    unknown = [store.name for store in asked.stores.stores if store.store_id not in observed]
    if not observed:
        return []
    said = ["Temperature and rain are of the hours with sales, visitors or people on duty."]
    return [*said, *([f"No weather is known for {listed(unknown)}."] if unknown else [])]


def _sentences(rows: Sequence[Sequence[Any]]) -> list[str]:
    said = []
    for index, noun in ((10, "Public holiday"), (11, "Local event")):
        names = dict.fromkeys(name for row in rows if row[index] for name in str(row[index]).split("; "))
        if names:
            said.append(f"{noun}{'s' if len(names) > 1 else ''}: {listed(list(names))}.")
    return said


def _at_its_busiest(by: str, rows: Sequence[Sequence[Any]]) -> list[str]:
    """Of single hours: when most came in, when most were on duty, and where an hour worked met most and fewest."""
    both = [row for row in rows if row[3] is not None and row[5]]
    if by != "hour" or len(both) < _FEWEST_HOURS:
        return []
    came, worked = max(both, key=lambda row: row[3]), max(both, key=lambda row: row[5])
    # Of the stores that count both: the hours of a store without a counter at its door met nobody who was counted.
    each = sorted((row for row in both if row[17]), key=lambda row: Decimal(row[16]) / row[17])

    def beside(row: Sequence[Any]) -> str:
        return f"{int(row[0]):02d}:00 ({counted(int(row[3]), 'visitor')}, {row[5]:,.1f} hours on duty)"

    def met(row: Sequence[Any]) -> str:
        return f"{int(row[0]):02d}:00 ({Decimal(row[16]) / row[17]:.1f})"

    alike = [f"{int(row[0]):02d}:00" for row in both if row[5] == worked[5]]
    most = beside(worked) if len(alike) == 1 else f"{listed(alike)} ({worked[5]:,.1f} hours on duty each)"
    peaks = f"Most visitors at {beside(came)}, most hours on duty at {most}."
    if len(each) < _FEWEST_HOURS:
        return [peaks]
    said = [peaks, f"Visitors for each hour on duty: most at {met(each[-1])}, fewest at {met(each[0])}."]
    mean = Decimal(sum(row[16] for row in each)) / len(each)
    tight = [row for row in reversed(each) if row[16] >= mean][:_TIGHT]
    if len(each) > len(tight) and tight[0] is not each[-1]:  # at the edges of the day few people meet few visitors
        said.append(
            f"Tightest of the hours with as many visitors as the mean hour: {listed([met(row) for row in tight])}."
        )
    return said


def _each_hour(met: Any, hours: Decimal | None) -> str | None:
    """So many for each hour on duty, to 0.1."""
    return f"{Decimal(met) / hours:.1f}" if met is not None and hours else None


def _figures(asked: Frame, by: str, rows: Sequence[Sequence[Any]]) -> list[Figure]:
    figures = []
    for row in rows:
        group = {by: str(row[0])}
        stores = (str(row[0]),) if by == "store" else asked.stores.ids
        start, end = (row[0], row[0]) if by == "day" else (asked.start_on, asked.end_on)
        measures = (
            ("visitors", row[3], "count"),
            ("hours_on_duty", row[5], "hours"),
            ("temperature", row[6], "°C"),
            ("precipitation", row[9], "mm"),
        )
        figures += [
            Figure(name, f"{value:f}" if isinstance(value, Decimal) else str(value), unit, stores, start, end, group)
            for name, value, unit in measures
            if value is not None
        ]
    return figures


def _table(asked: Frame, by: str, rows: Sequence[Sequence[Any]]) -> Table:
    conversion = metric_named("conversion")
    columns = (
        TableColumn({"hour": "Hour", "day": "Day", "store": "Store"}[by], "text"),
        TableColumn("Net sales", "text"),
        TableColumn("Transactions", "count"),
        TableColumn("Visitors", "count"),
        TableColumn(conversion.label, "%"),
        TableColumn("Hours on duty", "hours"),
        TableColumn("Temperature °C", "text"),
        TableColumn("Rain mm", "text"),
        TableColumn("Holidays and events", "text"),
        *(
            [TableColumn(f"{one} per hour on duty", "ratio") for one in ("Visitors", "Transactions")]
            if by == "hour"
            else []
        ),
    )
    body: list[tuple[str | int | None, ...]] = []
    for row in rows:
        store = next((store for store in asked.stores.stores if store.store_id == row[0]), asked.stores.stores[0])
        seen = {"n_conversion": row[4], "d_conversion": row[12], "x_seen_trade": row[4], "x_trade": row[13]}
        value = conversion.of({name: decimal(cell) for name, cell in seen.items()}, store.exponent)
        body.append(
            (
                _title(asked, by, row[0]),
                money(Decimal(row[1]).scaleb(-store.exponent), store.currency),
                int(row[2]),
                None if row[3] is None else int(row[3]),
                conversion.text(value),
                None if row[5] is None else f"{row[5]:.1f}",
                None if row[6] is None else _degrees(row[6]),
                None if row[9] is None else f"{row[9]:.1f}",
                "; ".join(str(name) for name in row[10:12] if name) or None,
                *((_each_hour(row[16], row[17]), _each_hour(row[18], row[5])) if by == "hour" else ()),
            )
        )
    return Table(columns, body)


def _title(asked: Frame, by: str, key: Any) -> str:
    if by == "hour":
        return f"{int(key):02d}:00"
    return asked.stores.name(str(key)) if by == "store" else f"{key:%a %d %b}"


def _not_counted(asked: Frame) -> list[str]:
    """Where and when nobody counted visitors."""
    windows = asked.windows(whole_hours=bool(asked.unfinished()))
    found = counted_at(asked.stores.stores, windows, asked.context)
    return not_counted(found, [metric_named("conversion")])


def _what_is_known(asked: Frame) -> list[str]:
    said = ["Hours on duty run from clocking in to clocking out, breaks and cards still open included."]
    said = said if "staff" in asked.snapshot.sources else []
    for topic, words in _TOPICS.items():
        state = asked.snapshot.sources.get(topic)
        if state is None:
            said.append(f"{words.removesuffix(' is').removesuffix(' are')}: nothing is known.")
        elif state.simulated:
            note = state.note.strip().rstrip(".").removeprefix("simulated: ")
            said.append(f"{words} simulated{f': {note}' if note else ''}.")
    return said
