"""Any other figure: one SELECT over documented views, run away from the mirror over the rows the asker may see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from connectors.mirror.rows import Snapshot
from tools.context import ToolContext
from tools.metrics.query import Statement
from tools.query_gate.catalogue import VIEWS, compact
from tools.query_gate.check import MAX_CHARACTERS, Checked, checked
from tools.query_gate.copying import FIRST_DAY, LAST_DAY, Wanted, build_copy, pick
from tools.query_gate.runner import Limits, Ran, run
from tools.query_gate.views import View, columns_for, views_for
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores
from tools.wording import counted, listed, moment

LIMITS = Limits()
_FIGURE_CELLS = 60
_CHART_POINTS = 20
_ROWS_SAID, _CELLS_SAID = 3, 4
_INTEGERS = re.compile(r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?")
_DECIMALS = re.compile(r"DECIMAL\(\d+,\d+\)|DOUBLE|FLOAT")
_FLOAT_DIGITS = 4


class QuerySalesDataArguments(Arguments):
    """Arguments of ``query_sales_data``."""

    sql: str = Field(
        min_length=1,
        max_length=MAX_CHARACTERS,
        description=f"One SELECT in DuckDB's dialect over these views:\n{compact()}",
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Only these stores, in the asker's own words; leave out for every store the asker may see.",
    )


@tool()
def query_sales_data(arguments: QuerySalesDataArguments, context: ToolContext) -> ToolResult:
    """Answer what no other tool can with one SELECT over documented views; at most 200 rows come back.

    Use it last: every other tool knows the house's definitions, and this one only adds up what the query says. The
    views hold only stores the asker may see; `business_on` is the store's own date and `current_date` the asker's
    today, so limit the days with it. Amounts are in major units. Only plain SELECTs: joins, subqueries, WITH, UNION,
    aggregates, windows, CASE and date functions work; lists, structures, recursion, functions that make rows, and
    anything that changes or reads something else do not.
    """
    stores = resolve_stores(arguments.stores or "all", context)
    allowed = views_for(VIEWS, context.scope.role)
    now = context.clock.now()
    first = stores.stores[0]
    query = checked(
        arguments.sql,
        allowed,
        today=first.today(now),
        now=now.astimezone(ZoneInfo(first.timezone)),
        most=LIMITS.rows,
    )
    wanted = [_wanted(allowed[name], query, context) for name in query.views]
    copies = {each.view.name: build_copy(each, stores, context.scope) for each in wanted}
    ran = run(query.sql, copies, context.mirror, LIMITS)
    return _result(query, wanted, list(copies.values()), ran, stores, context)


def _wanted(view: View, query: Checked, context: ToolContext) -> Wanted:
    columns = pick(columns_for(view, context.scope.role), query.names, everything=query.everything)
    days = query.views[view.name]
    return Wanted(view, columns, days.start_on, days.end_on)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The result as a table shows it."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def _result(
    query: Checked,
    wanted: Sequence[Wanted],
    statements: Sequence[Statement],
    ran: Ran,
    stores: StoreSet,
    context: ToolContext,
) -> ToolResult:
    cells = _cells(ran)
    snapshot = context.mirror.snapshot()
    start_on, end_on = _days(query, stores, context)
    headline = _headline(ran, cells, stores)
    return ToolResult(
        headline=headline,
        text=headline,
        figures=_figures(cells, stores, start_on, end_on),
        table=Table(cells.columns, cells.rows),
        chart=_chart(cells),
        caveats=_caveats(wanted, ran, stores, snapshot),
        provenance=Provenance(
            sql=(query.sql, *(statement.sql for statement in statements)),
            params=({}, *(statement.params for statement in statements)),
            stores=stores.ids,
            start_on=start_on,
            end_on=end_on,
            snapshot=snapshot.version,
            as_of=snapshot.sources["sales"].as_of_at if "sales" in snapshot.sources else None,
            sources={
                topic: snapshot.sources[topic].as_of_at
                for topic in dict.fromkeys(topic for each in wanted for topic in each.view.sources)
                if topic in snapshot.sources
            },
        ),
    )


def _cells(ran: Ran) -> _Cells:
    kinds = [_kind(each) for each in ran.types]
    columns = tuple(TableColumn(name[:60], kind) for name, kind in zip(ran.columns, kinds, strict=True))
    return _Cells(
        columns, tuple(tuple(_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in ran.rows)
    )


def _kind(type_name: str) -> str:
    if _INTEGERS.fullmatch(type_name):
        return "count"
    if _DECIMALS.fullmatch(type_name):
        return "number"
    return "date" if type_name == "DATE" else "text"


def _cell(cell: Any, kind: str) -> str | int | None:
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return cell
    return _number(str(cell)) if kind == "number" else str(cell)


def _number(written: str) -> str:
    """A decimal as it is; what the engine divided, to four digits, since more would only look exact."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return written
    if not value.is_finite():
        return "no number"
    exponent = value.as_tuple().exponent
    if "e" in written.lower() or (isinstance(exponent, int) and -exponent > _FLOAT_DIGITS):
        value = value.quantize(Decimal(1).scaleb(-_FLOAT_DIGITS)) if abs(value) < Decimal(10) ** 20 else value
        written = f"{value:f}"
        return written.rstrip("0").rstrip(".") if "." in written else written
    return written


def _headline(ran: Ran, cells: _Cells, stores: StoreSet) -> str:
    if not cells.rows:
        return f"The query finds nothing for {stores.label}."
    if len(cells.rows) == 1 and len(cells.columns) <= 4:
        said = [f"{column.name} {_spoken(cell)}" for column, cell in zip(cells.columns, cells.rows[0], strict=True)]
        return f"The query over {stores.label} gives {listed(said)}."
    if ran.more:
        return f"The query over {stores.label} has more than {len(cells.rows)} rows{_came_back(cells)}."
    number = counted(len(cells.rows), "row")
    return f"The query over {stores.label} gives {number}{_came_back(cells)}."


def _came_back(cells: _Cells) -> str:
    """The first rows in words, so that a headline that stands alone says something: those that fit, each cut short."""
    shown = cells.rows[:_ROWS_SAID]
    said = "; ".join(
        ", ".join(
            f"{column.name} {_spoken(cell)}"
            for column, cell in list(zip(cells.columns, row, strict=True))[:_CELLS_SAID]
        )
        for row in shown
    )
    return f": {said}" if len(shown) == len(cells.rows) else f", the first: {said}"


def _spoken(cell: str | int | None) -> str:
    if cell is None:
        return "nothing"
    try:
        value = Decimal(str(cell))
    except InvalidOperation:
        return f"“{cell}”"
    return f"{value:,f}" if value.is_finite() else str(cell)


def _figures(cells: _Cells, stores: StoreSet, start_on: date, end_on: date) -> tuple[Figure, ...]:
    """Every number of a small result, told apart by the texts and dates of its row."""
    numbers = [index for index, column in enumerate(cells.columns) if column.unit in ("count", "number")]
    if not numbers or len(cells.rows) * len(numbers) > _FIGURE_CELLS:
        return ()
    figures = []
    for row in cells.rows:
        group = {
            column.name: "" if cell is None else str(cell)
            for column, cell in zip(cells.columns, row, strict=True)
            if column.unit not in ("count", "number")
        }
        figures += [
            Figure(
                cells.columns[index].name,
                None if row[index] is None else str(row[index]),
                cells.columns[index].unit,
                stores.ids,
                start_on,
                end_on,
                group,
            )
            for index in numbers
        ]
    return tuple(figures)


def _chart(cells: _Cells) -> Chart | None:
    """Bars where one text or date stands before one to three columns of numbers."""
    numbers = [column for column in cells.columns[1:] if column.unit in ("count", "number")]
    first = cells.columns[0].unit if cells.columns else ""
    if first not in ("text", "date") or not 1 <= len(numbers) <= 3 or len(numbers) != len(cells.columns) - 1:
        return None
    labels = [str(row[0]) for row in cells.rows if row[0] is not None]
    complete = all(cell is not None for row in cells.rows for cell in row)
    if not complete or not 2 <= len(cells.rows) <= _CHART_POINTS or len(set(labels)) != len(cells.rows):
        return None
    series = {
        column.name: tuple(float(str(row[index])) for row in cells.rows)
        for index, column in enumerate(cells.columns)
        if index
    }
    if len(series) != len(numbers):
        return None
    return Chart("line" if first == "date" else "bar", "Result of the query", tuple(labels), series)


def _caveats(wanted: Sequence[Wanted], ran: Ran, stores: StoreSet, snapshot: Snapshot) -> tuple[str, ...]:
    said = ["These are the numbers of the query as it was written, not of a defined metric."]
    if ran.more:
        said.append(f"Only the first {len(ran.rows)} rows are kept.")
    if any(each in ("DOUBLE", "FLOAT") for each in ran.types):
        said.append("Quotients and means are rounded to four digits after the point.")
    if len(stores.currencies) > 1:
        said.append(f"Amounts are in {listed(stores.currencies)}, each in its store's own; nothing is converted.")
    topics: Mapping[str, None] = dict.fromkeys(topic for each in wanted for topic in each.view.sources)
    simulated = [topic for topic in topics if topic in snapshot.sources and snapshot.sources[topic].simulated]
    if simulated:
        said.append(f"Simulated data is in it: {listed(simulated)}.")
    state = snapshot.sources.get("sales")
    if "sales" in topics and state:
        said.append(f"Sales are known up to {moment(state.as_of_at, stores.stores[0].timezone)}.")
    return tuple(said)


def _days(query: Checked, stores: StoreSet, context: ToolContext) -> tuple[date, date]:
    """The days the query could touch, within what there is."""
    dated = [days for name, days in query.views.items() if VIEWS[name].dated]
    start = min((days.start_on for days in dated), default=FIRST_DAY)
    end = max((days.end_on for days in dated), default=LAST_DAY)
    today = stores.stores[0].today(context.clock.now())
    begun = [store.first_on for store in stores.stores if store.first_on]
    start = max(start, min(begun, default=today)) if start == FIRST_DAY else start
    return min(start, today), max(min(end, today), min(start, today))
