"""How many stores, days, departments, products and the like came to more or less than an amount, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, stands_on
from tools.bounds import Bounds, bounds_of
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics import metric_named
from tools.metrics.evaluate import Group, decimal, fetch, fold
from tools.metrics.model import Metric, UnitKind
from tools.metrics.query import build, build_ranking
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.products import unnamed
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.sales import is_whole
from tools.search import lookup
from tools.splits import SQL_SPLIT, chosen_metrics, title
from tools.wording import listed, spoken

Each = Literal["store", "day", "week", "month", "weekday", "hour", "department", "category", "product"]
_PLURALS = {"category": "categories"}
_TIMES = frozenset({"day", "week", "month", "weekday"})
_NAMED, _LISTED, MOST, _EVERY = 8, 400, 100, 500_000


class CountOverAmountArguments(Arguments):
    """Arguments of ``count_over_amount``."""

    each: Each = Field(description="What is counted: store, day, week, month, weekday, hour, department or category.")
    metric: str = Field(default="net_sales", max_length=60, description="Which figure: net_sales, transactions ...")
    over: str | None = Field(default=None, max_length=20, description="More than this: “100”, “5000”.")
    at_least: str | None = Field(default=None, max_length=20, description="This or more.")
    under: str | None = Field(default=None, max_length=20, description="Less than this.")
    at_most: str | None = Field(default=None, max_length=20, description="This or less.")
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)


@tool()
def count_over_amount(arguments: CountOverAmountArguments, context: ToolContext) -> ToolResult:
    """How many stores, days, weeks, months, hours, departments or products came to more or less than an amount.

    Use it for “which stores had more than 100 transactions yesterday”, “how many days did we take over $15,000 last
    month”, “departments under $500 last week”, “stores with margin below 25 %”. Each group's own figure is held against
    the bounds; a store or a day without a sale counts as nought, a product that did not sell is left out. Single
    sales over an amount are ``largest_transactions``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    asked = asked.in_whole_days() if arguments.each in _TIMES else asked
    asked = replace(asked, part=part_of(arguments.product, arguments.department, asked.stores, context))
    split = SQL_SPLIT.get(arguments.each, arguments.each)
    fits = "category" if arguments.each == "product" else arguments.each
    metric = chosen_metrics([metric_named(arguments.metric).name], fits, in_part=asked.part is not None)[0]
    one_currency(asked, None)
    bounds = bounds_of(arguments)
    if not bounds.given:
        raise BadArgumentError("Say over, at_least, under or at_most: the amount that each is held against.")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    only = asked.part.only if asked.part else None
    if arguments.each == "product":
        statement = build_ranking(metric, [], windows, context.scope, limit=_EVERY, descending=True, only=only)
        rows = context.mirror.query(statement.sql, statement.params).dicts()
        # What is not sold by the piece has no pieces, and is not below some number of them either.
        groups = [_product(row) for row in rows if metric.denominator or row["rank_value"] is not None]
    else:
        statement = build([metric], windows, split, context.scope, only)
        groups = fetch(context.mirror, statement)
    if arguments.each in SQL_SPLIT:
        groups = fold(groups, arguments.each, WEEK_START)
    values = {group.key: value for group in groups if (value := group.value(metric, asked.exponent)) is not None}
    if metric.is_sum:
        values |= {key: Decimal(0) for key in _expected(asked, arguments.each, days) if key not in values}
    values, cut = _whole_ones(asked, arguments.each, values)
    found = sorted(
        ((value, key) for key, value in values.items() if bounds.hold(value)),
        key=lambda pair: (pair[0] if bounds.over is None and bounds.least is None else -pair[0], pair[1]),
    )
    names = _names(asked, arguments.each, [key for _, key in found[:MOST]])
    first = _headline(asked, arguments.each, metric, bounds, found, len(values), names)
    return ToolResult(
        headline=first,
        text=first,
        figures=tuple(_figures(asked, arguments.each, metric, found, len(values))),
        table=_table(asked, arguments.each, metric, found, names),
        caveats=(*_together(asked, arguments.each), *cut, *caveats(asked, [metric], days)),
        follow_ups=(f"{metric.label} {asked.when_again} by {arguments.each}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, (metric.name,), [statement, covered]),
    )


def _together(asked: Frame, each: Each) -> list[str]:
    """That an hour or a weekday stands for all of its kind in the span asked about."""
    if each not in ("hour", "weekday") or asked.start_on == asked.end_on:
        return []
    kind = "hour of the day" if each == "hour" else "weekday"
    return [f"Each {kind} is that of all days together, not of a single day."]


def _whole_ones(asked: Frame, each: Each, values: dict[str, Decimal]) -> tuple[dict[str, Decimal], list[str]]:
    """The groups without weeks and months that are there in part only, unless all are; and which were left out."""
    cut = [key for key in sorted(values) if each in ("week", "month") and not is_whole(asked, each, key)]
    if not cut:
        return values, []
    named = listed([title(each, key, asked.stores) for key in cut])
    if len(cut) == len(values):
        return values, [f"No {each} lies wholly within the days asked about and is over: {named}."]
    part = "a part of it lies" if len(cut) == 1 else "parts of them lie"
    kept = {key: value for key, value in values.items() if key not in cut}
    return kept, [f"Left out, as only {part} within the days asked about that are over: {named}."]


def _product(row: Mapping[str, Any]) -> Group:
    return Group(
        row["variant_id"], {name: decimal(cell) for name, cell in row.items() if name.startswith(("n_", "d_"))}
    )


def _names(asked: Frame, each: Each, keys: Sequence[str]) -> Mapping[str, str]:
    """What people call the groups."""
    if each != "product":
        return {key: title(each, key, asked.stores) for key in keys}
    known = lookup(keys, asked.context)
    return {key: (known.get(key) or unnamed(key)).name for key in keys}


def _expected(asked: Frame, each: Each, days: dict[str, int]) -> Sequence[str]:
    """Groups that count though they sold nothing: stores, and days between the first and last with data."""
    if each == "store":
        return [store.store_id for store in asked.stores.stores]
    if each != "day" or not days:
        return []
    known = [(store.first_on, store.last_on) for store in asked.stores.stores if store.first_on and store.last_on]
    start = max(asked.start_on, min(first for first, _ in known)) if known else asked.start_on
    end = min(asked.end_on, max(last for _, last in known)) if known else asked.end_on
    return [(start + timedelta(number)).isoformat() for number in range(min((end - start).days + 1, _LISTED))]


def _plural(each: Each, count: int) -> str:
    return each if count == 1 else _PLURALS.get(each, f"{each}s")


def _headline(
    asked: Frame,
    each: Each,
    metric: Metric,
    bounds: Bounds,
    found: Sequence[tuple[Decimal, str]],
    everything: int,
    names: Mapping[str, str],
) -> str:
    verb = "has" if len(found) == 1 else "have"
    sold = " sold" if each == "product" else ""
    what = metric.label if metric.unit_kind is UnitKind.PERCENT else metric.label.lower()
    limits = bounds.said(metric, asked.currency)
    first = (
        f"{len(found):,} of {everything:,} {_plural(each, everything)}{sold} {verb} {limits} in"
        f" {what}{asked.subject} {asked.when}, {asked.stores.label}"
    )
    if not found:
        return f"{first}."
    named = [f"{names[key]} {spoken(metric, value, asked.currency)}" for value, key in found[:_NAMED]]
    return f"{first}: {'; '.join(named)}{f'; {len(found) - _NAMED:,} more' if len(found) > _NAMED else ''}."


def _figures(
    asked: Frame, each: Each, metric: Metric, found: Sequence[tuple[Decimal, str]], everything: int
) -> list[Figure]:
    made = [
        figure(asked, f"{_plural(each, 2)}_found", len(found), "count"),
        figure(asked, _plural(each, 2), everything, "count"),
    ]
    for value, key in found[:MOST]:
        stores = (key,) if each == "store" else ()
        text = metric.text(value, asked.exponent)
        made.append(figure(asked, metric.name, text, metric.unit(asked.currency), {each: key}, stores=stores))
    return made


def _table(
    asked: Frame, each: Each, metric: Metric, found: Sequence[tuple[Decimal, str]], names: Mapping[str, str]
) -> Table | None:
    if not found:
        return None
    columns = (TableColumn(each.capitalize(), "text"), TableColumn(metric.label, metric.unit(asked.currency)))
    rows = [(names[key], metric.text(value, asked.exponent)) for value, key in found[:MOST]]
    return Table(columns, rows)
