"""How well stock works: sell-through, GMROI, stock turn and weeks of cover, each with its window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from connectors.currency import minor_exponent
from tools.bounded_groups import BoundedArguments, within, within_said
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.definitions import METRICS
from tools.metrics.movement_query import build_log, longer
from tools.metrics.turn_query import build_turn
from tools.ordering import ORDER_HELP, Order, ends_in_order, rank
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stock.frame import (
    STORES_HELP,
    amount,
    quantity,
    rounded,
    spoken_quantity,
    stock_caveats,
    stock_frame,
    stock_provenance,
)
from tools.store_history import days_known
from tools.wording import listed, money

_CHART_POINTS = 20
_LABELS = {
    "sell_through": "Sell-through",
    "gmroi": "GMROI",
    "stock_turn": "Stock turn",
    "weeks_of_cover": "Weeks of cover",
}
_UNITS = {"sell_through": "%", "gmroi": "ratio", "stock_turn": "ratio", "weeks_of_cover": "weeks"}
_DIGITS = {"sell_through": 1, "gmroi": 2, "stock_turn": 2, "weeks_of_cover": 1}


class StockProductivityArguments(BoundedArguments):
    """Arguments of ``stock_productivity``; its bounds are of ``metric``."""

    metric: Literal["sell_through", "gmroi", "stock_turn", "weeks_of_cover"] = Field(
        default="gmroi", description="Which one the answer leads with; the others are given beside it."
    )
    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(
        default=None, max_length=200, description="Only this product, in the asker's own words."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department", "category"] | None = Field(default=None, description="Split the answer by this.")
    order: Order | None = Field(default=None, description=ORDER_HELP)
    limit: int | None = Field(default=None, ge=1, le=100, description="With by: only so many are listed.")


@dataclass(frozen=True, slots=True)
class _Turn:
    """Sums of some positions. Money is major units, exact; ``mixed`` says that it is of several currencies."""

    units: Decimal
    margin: Decimal
    closing: Decimal
    opening: Decimal
    closing_cost: Decimal
    opening_cost: Decimal
    days: int
    mixed: bool = False

    @property
    def average_cost(self) -> Decimal:
        """Average stock at cost: the mean of opening and closing."""
        return (self.opening_cost + self.closing_cost) / 2

    def value(self, metric: str) -> Decimal | None:
        """A metric, unrounded; None where there is nothing to divide by."""
        if metric == "sell_through":
            there = self.units + self.closing
            return self.units * 100 / there if there > 0 else None
        if metric == "weeks_of_cover":
            return self.closing * self.days / self.units / 7 if self.units > 0 else None
        year = Decimal(365) / self.days
        if metric == "stock_turn":
            average = (self.opening + self.closing) / 2
            return self.units * year / average if average > 0 else None
        if self.mixed:
            return None
        return self.margin * year / self.average_cost if self.average_cost > 0 else None


@tool()
def stock_productivity(arguments: StockProductivityArguments, context: ToolContext) -> ToolResult:
    """Sell-through, GMROI, stock turn and weeks of cover of a period, whole or by store, department or category.

    Use it for “sell-through last month”, “GMROI by department”, “which departments have the worst stock turn?”, “weeks
    of cover by store”. Sell-through is units sold over units sold plus units left; GMROI is gross margin a year over
    average stock at cost; stock turn is units a year over average stock. Opening and closing stock are known only where
    stock changes are recorded; else the present stock stands for both, and the answer says so.
    """
    asked = frame(arguments.period, arguments.stores, context).without_today()
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    held = stock_frame(arguments.stores, context)
    by = arguments.by
    bounds = arguments.bounds(by)
    one_currency(asked, by or "")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    log = build_log([longer(window) for window in windows], context.scope)
    kinds: dict[str, set[str]] = {}
    for row in context.mirror.query(log.sql, log.params).dicts():
        kinds.setdefault(row["store_id"], set()).add(row["kind"])
    logged = sorted(store for store, found in kinds.items() if {"sale", "receive"} <= found)
    until = max(store.today(asked.now) for store in asked.stores.stores)
    statement = build_turn(
        windows, context.scope, asked.now, until=until, logged=logged, by=by, only=part.only if part else None
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        raise NoDataError(f"No stock level in pieces is recorded{f' of {part.label}' if part else ''} there.")
    whole = _turn(rows, _length(asked), asked)
    groups = [
        (
            key,
            _turn(
                [row for row in rows if row["key"] == key],
                _length(asked, key if by == "store" else None),
                asked,
            ),
        )
        for key in dict.fromkeys(row["key"] for row in rows)
    ]
    first = arguments.metric
    order = arguments.order or "top"
    split = sorted(groups, key=lambda pair: (*rank(pair[1].value(first), order), pair[0])) if by else []
    every = len(split)
    split = within(split, lambda pair: pair[1].value(first), bounds)
    limited = within_said(len(split), every, by or "", _LABELS[first].lower(), _UNITS[first], bounds)
    listed_groups = split[: arguments.limit]
    subject = f" of {part.label}" if part else ""
    headline = f"{_LABELS[first]}{subject} {asked.when}, {asked.stores.label}: {_said(first, whole)}."
    return ToolResult(
        headline=headline,
        text=" ".join(filter(None, [headline, limited, *_sentences(asked, first, whole, split, by, arguments.order)])),
        figures=(
            *_figures(asked, whole, {}),
            *(one for key, turn in listed_groups for one in _figures(asked, turn, {by or "": key})),
        ),
        table=_table(asked, listed_groups or [(asked.stores.label, whole)], by)
        if listed_groups or not bounds.given
        else None,
        chart=_chart(asked, first, listed_groups, by),
        caveats=(
            *_windows_said(asked, logged, rows),
            *caveats(asked, [METRICS["net_sales"]], days),
            *stock_caveats(held, ("inventory", "cost")),
        ),
        follow_ups=_follow_ups(asked, first, by),
        provenance=stock_provenance(
            held,
            ("sell_through", "gmroi", "weeks_of_cover", "gross_margin", "units"),
            [statement, log, covered],
            ("inventory", "sales", "cost"),
        ),
    )


def _length(asked: Frame, store_id: str | None = None) -> int:
    """Days of the period that there is data of, at all stores or one: what lies before sold nothing that is known."""
    stores = [store for store in asked.stores.stores if store_id is None or store.store_id == store_id]
    return max(days_known(stores, asked.spans), 1)


def _turn(rows: Sequence[Mapping[str, Any]], days: int, asked: Frame) -> _Turn:
    currencies = {asked.stores.currency(row["store_id"]) for row in rows}
    exponent = minor_exponent(next(iter(currencies)))

    def total(column: str) -> Decimal:
        return sum((Decimal(row[column]) for row in rows if row[column] is not None), Decimal(0))

    return _Turn(
        total("units"),
        total("stock_margin").scaleb(-exponent),
        total("closing"),
        total("opening"),
        total("closing_cost"),
        total("opening_cost"),
        days,
        len(currencies) > 1,
    )


def _said(metric: str, turn: _Turn) -> str:
    value = turn.value(metric)
    if value is None and metric == "gmroi" and turn.mixed:
        return "not added up over several currencies"
    if value is None:
        return "not to be had, because there is nothing to divide by"
    unit = {"sell_through": " %", "gmroi": "", "stock_turn": " times a year", "weeks_of_cover": " weeks"}[metric]
    return f"{rounded(value, _DIGITS[metric])}{unit}"


def _sentences(
    asked: Frame, first: str, whole: _Turn, split: Sequence[tuple[str, _Turn]], by: str | None, order: str | None
) -> list[str]:
    said = [_how(asked, first, whole)] if first != "gmroi" or not whole.mixed else []
    rest = [
        f"{_LABELS[name].lower() if name != 'gmroi' else 'GMROI'} {_said(name, whole)}"
        for name in _LABELS
        if name != first
    ]
    said.append(f"Beside it: {listed(rest)}.")
    known = [(key, turn) for key, turn in split if turn.value(first) is not None]
    if by and order:
        said.append(ends_in_order([(_title(asked, by, key), _said(first, turn)) for key, turn in known], order))
    elif by and len(known) > 1:
        (best, high), (worst, low) = known[0], known[-1]
        said.append(
            f"Highest: {_title(asked, by, best)} {_said(first, high)}; lowest: {_title(asked, by, worst)}"
            f" {_said(first, low)}."
        )
    return said


def _how(asked: Frame, metric: str, whole: _Turn) -> str:
    """The arithmetic of the value that the answer leads with."""
    units, left = spoken_quantity(whole.units), spoken_quantity(whole.closing)
    if metric == "sell_through":
        return f"{units} units sold, {left} left."
    if metric == "weeks_of_cover":
        return f"{left} units on hand at {rounded(whole.units * 7 / whole.days, 1)} a week."
    if metric == "stock_turn":
        average = ((whole.opening + whole.closing) / 2).quantize(Decimal(1))
        return f"{units} units in {whole.days} days, against {spoken_quantity(average)} in stock."
    return (
        f"Gross margin {money(Decimal(amount(whole.margin, asked.currency) or 0), asked.currency)} in {whole.days}"
        f" days,"
        f" times 365/{whole.days}, over"
        f" {money(Decimal(amount(whole.average_cost, asked.currency) or 0), asked.currency)} of"
        " stock at cost."
    )


def _title(asked: Frame, by: str | None, key: str) -> str:
    return asked.stores.name(key) if by == "store" else key


def _figures(asked: Frame, turn: _Turn, group: Mapping[str, str]) -> list[Figure]:
    stores = (group["store"],) if "store" in group else asked.stores.ids
    return [
        Figure(
            name,
            rounded(turn.value(name), _DIGITS[name]),
            _UNITS[name],
            stores,
            asked.start_on,
            asked.end_on,
            dict(group),
        )
        for name in _LABELS
    ]


def _table(asked: Frame, groups: Sequence[tuple[str, _Turn]], by: str | None) -> Table:
    titles: tuple[str, ...] = (
        (by or "stores").capitalize(),
        "Sell-through",
        "GMROI",
        "Turns a year",
        "Weeks of cover",
        "Units sold",
        "On hand",
        "Gross margin",
        "Stock at cost",
    )
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    units: tuple[str, ...] = ("text", "%", "ratio", "ratio", "weeks", "units", "units", unit, unit)
    body: list[tuple[str | int | None, ...]] = []
    for key, turn in groups:
        currency = asked.stores.currency(key)
        cells = (
            _title(asked, by, key),
            *(rounded(turn.value(name), _DIGITS[name]) for name in _LABELS),
            quantity(turn.units),
            quantity(turn.closing),
            amount(turn.margin, currency),
            amount(turn.average_cost, currency),
        )
        body.append((*cells, currency) if mixed else cells)
    if mixed:
        titles, units = (*titles, "Currency"), (*units, "text")
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _chart(asked: Frame, metric: str, split: Sequence[tuple[str, _Turn]], by: str | None) -> Chart | None:
    known = [(key, value) for key, turn in split if (value := turn.value(metric)) is not None][:_CHART_POINTS]
    if not by or len(known) < 2:
        return None
    return Chart(
        "bar",
        f"{_LABELS[metric]} by {by}, {asked.stores.label}, {asked.when}",
        tuple(_title(asked, by, key) for key, _ in known),
        {_LABELS[metric]: tuple(float(rounded(value, _DIGITS[metric]) or 0) for _, value in known)},
        _UNITS[metric],
    )


def _windows_said(asked: Frame, logged: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    said = []
    without = [store.name for store in asked.stores.stores if store.store_id not in logged]
    if without:
        said.append(
            f"Past stock levels are not recorded for {listed(without)}: the present stock stands for opening and"
            f" closing"
            " stock."
        )
    unknown = sum(int(row["unknown_cost"]) for row in rows)
    if unknown:
        said.append(f"{unknown:,} positions without a known cost are left out of GMROI, margin and stock alike.")
    said.append("Goods sold by the piece that have a stock level; GMROI and stock turn are scaled to a year.")
    return said


def _follow_ups(asked: Frame, metric: str, by: str | None) -> tuple[str, ...]:
    same, when = asked.same_part_and_stores, asked.when_again
    label = "GMROI" if metric == "gmroi" else _LABELS[metric]
    splits = ("department", "store") if len(asked.stores.stores) > 1 else ("department",)
    asks = [f"{label} {when} by {split}{same}" for split in splits if split != by]
    return (*asks, f"Slow movers with stock{same}")
