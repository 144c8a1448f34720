"""Shrink and waste: what the books lost, as units, money and a share of net sales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from connectors.currency import minor_exponent
from tools.analysis.calendar import Period
from tools.context import ToolContext
from tools.errors import NOT_RECORDED, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.definitions import METRICS
from tools.metrics.evaluate import fetch
from tools.metrics.movement_query import build_log, build_losses
from tools.metrics.query import Statement, Window, build
from tools.part import DEPARTMENT_HELP, part_of
from tools.recorded import recorded_first
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stock.frame import (
    STORES_HELP,
    amount,
    names_of,
    quantity,
    rounded,
    simulated,
    spoken_quantity,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, listed, money

_LOSSES = ("adjust", "count", "waste")
_A_YEAR = 365
_CHART_POINTS = 20
_SPANS = frozenset({"week", "month"})
_RATED = frozenset({"store", "department", "category"}) | _SPANS
"""Splits of which each part has net sales of its own; the others are held against those of the whole."""
_MOST_ROWS = 50
_NAMED = 3


class ShrinkArguments(Arguments):
    """Arguments of ``shrink_and_waste``."""

    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department", "category", "product", "reason", "week", "month"] | None = Field(
        default=None, description="Split the answer by this."
    )
    valued_at: Literal["retail", "cost"] = Field(
        default="retail", description="Value losses at the present selling price (as shrink % usually is) or at cost."
    )


@tool()
@recorded_first
def shrink_and_waste(arguments: ShrinkArguments, context: ToolContext) -> ToolResult:
    """Shrink and waste: stock differences and goods thrown away, in units, money and per cent of net sales.

    Use it for “current shrinkage rate across stores”, “how much did we throw away last week?”, “shrink by department”,
    “waste by reason”, “which products shrink most?”, “is shrink steady from month to month?”. Shrink % is adjustments
    and counted differences, gains taken off, over net sales of the same stores and days; waste is given beside it. Both
    come from the log of stock changes.
    """
    asked = frame(arguments.period, arguments.stores, context)
    part = part_of(None, arguments.department, asked.stores, context)
    by = arguments.by
    one_currency(asked, by or "")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    log = build_log(windows, context.scope)
    logged = context.mirror.query(log.sql, log.params).dicts()
    if not any(row["kind"] in _LOSSES for row in logged):
        what = "No adjustments, counts or waste are" if logged else "No stock changes are"
        raise NoDataError(
            f"{what} recorded for {asked.stores.label}, {asked.when}, so shrink cannot be known; that is not zero"
            f" shrink."
            " They come from the point of sale's inventory log, or from a file of adjustments, counts and waste."
            " What may be gone unseen is guessed of sales by “phantom stock”.",
            NOT_RECORDED,
        )
    only = part.only if part else None
    kept, silent, lately = _that_record(asked, windows)
    windows = kept
    losses = build_losses(windows, context.scope, asked.now, by=by, only=only)
    rows = context.mirror.query(losses.sql, losses.params).dicts()
    net = METRICS["net_sales"]
    split = by if by in _RATED else None
    sold = build([net], windows, "day" if split in _SPANS else split, context.scope, only)
    sales: dict[str, Decimal] = {}
    for group in fetch(context.mirror, sold):
        key = _span_of(group.key, by) if split in _SPANS else str(group.key)
        sales[key] = sales.get(key, Decimal(0)) + (group.sums.get("n_net_sales") or Decimal(0))
    mixed = len(asked.stores.currencies) > 1
    whole = _Loss.of(rows, sum(sales.values(), Decimal(0)).scaleb(-asked.exponent), arguments.valued_at)
    groups: list[tuple[str, _Loss]] = []
    left_out = 0
    if by:
        keys = dict.fromkeys([*(row["key"] for row in rows), *(sales if split else ())])
        for key in keys:
            base = sales.get(key) if split else sum(sales.values(), Decimal(0))
            over = None if base is None else base.scaleb(-minor_exponent(asked.stores.currency(key)))
            groups.append((key, _Loss.of([row for row in rows if row["key"] == key], over, arguments.valued_at)))
        if mixed:  # then they are stores, in the order of what each lost as a share of its sales
            groups.sort(key=lambda pair: (-(pair[1].pct(pair[1].shrink) or 0), pair[0]))
        else:
            groups.sort(key=lambda pair: (0 if by in _SPANS else -(pair[1].shrink + pair[1].waste), pair[0]))
        left_out = max(len(groups) - _MOST_ROWS, 0)
        groups = groups[-_MOST_ROWS:] if by in _SPANS else groups[:_MOST_ROWS]
        groups = _named(groups, by, context)
    headline = _headline(asked, whole, part.label if part else "", arguments.valued_at, groups)
    base_frame = stock_frame(arguments.stores, context, department=arguments.department, needs_levels=False)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, whole, groups, by)]),
        figures=(
            *([] if mixed else _figures(asked, whole, {})),
            *(one for key, loss in groups for one in _figures(asked, loss, {by or "": key})),
        ),
        table=_table(asked, groups or [(asked.stores.label, whole)], by),
        chart=_chart(asked, groups, by),
        caveats=(
            *_notes(rows, arguments.valued_at, asked),
            *([f"{counted(left_out, by or '')} more are not shown."] if left_out else []),
            *silent,
            *caveats(asked, [net], days),
            *simulated(asked, ("inventory", "cost")),
        ),
        follow_ups=_follow_ups(asked, by),
        provenance=stock_provenance(
            base_frame,
            ("shrink_pct", "waste_pct", "net_sales"),
            [log, lately, losses, sold, covered],
            ("sales", "inventory", "cost", "price"),
        ),
    )


def _span_of(day: str, by: str | None) -> str:
    """The first day of the week or month of a day, as the losses of it are keyed."""
    on = date.fromisoformat(day)
    first = on - timedelta(days=on.weekday()) if by == "week" else on.replace(day=1)
    return first.isoformat()


def _named(groups: Sequence[tuple[str, _Loss]], by: str | None, context: ToolContext) -> list[tuple[str, _Loss]]:
    """The groups under the names that people read; stores keep their ids, which figures carry."""
    if by == "product":
        names = names_of([{"variant_id": key} for key, _ in groups], context)
        return [(names[key].name if key in names else key, loss) for key, loss in groups]
    if by in _SPANS:
        days = [(date.fromisoformat(key), loss) for key, loss in groups]
        return [(f"week of {on.day} {on:%b %Y}" if by == "week" else f"{on:%B %Y}", loss) for on, loss in days]
    return list(groups)


def _that_record(asked: Frame, windows: Sequence[Window]) -> tuple[list[Window], list[str], Statement]:
    """The windows without stores that have recorded no loss for a year, and their names: their sales are no base."""
    back = [replace(window, start_on=window.start_on - timedelta(days=_A_YEAR)) for window in windows]
    statement = build_log(back, asked.context.scope)
    rows = asked.context.mirror.query(statement.sql, statement.params).dicts()
    record = {row["store_id"] for row in rows if row["kind"] in _LOSSES}
    kept = [
        replace(window, store_ids=tuple(store for store in window.store_ids if store in record)) for window in windows
    ]
    silent = [store.name for store in asked.stores.stores if store.store_id not in record]
    verb = "has" if len(silent) == 1 else "have"
    said = (
        f"{listed(silent)} {verb} recorded no adjustments, counts or waste for a year, and {verb} no part in the rate."
    )
    return [window for window in kept if window.store_ids], [said] if silent else [], statement


class _Loss:
    """Losses of some rows in major units, lost positive, and the net sales they are held against."""

    def __init__(self, shrink: Decimal, waste: Decimal, units: tuple[Decimal, Decimal], net: Decimal | None) -> None:
        self.shrink = shrink
        self.waste = waste
        self.shrink_units, self.waste_units = units
        self.net = net

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], net: Decimal | None, valued_at: str) -> _Loss:
        """Add up rows of ``build_losses``."""

        def total(column: str) -> Decimal:
            return sum((row[column] for row in rows if row[column] is not None), Decimal(0))

        units = (total("shrink_units"), total("waste_units"))
        return cls(total(f"shrink_{valued_at}"), total(f"waste_{valued_at}"), units, net)

    def pct(self, value: Decimal) -> Decimal | None:
        """A loss as per cent of net sales; None without any."""
        return value * 100 / self.net if self.net and self.net > 0 else None


def _headline(asked: Frame, whole: _Loss, part: str, valued_at: str, groups: Sequence[tuple[str, _Loss]]) -> str:
    of_part = f" of {part}" if part else ""
    if len(asked.stores.currencies) > 1:
        each = [f"{_title(asked, 'store', key)} {_rate(loss)}" for key, loss in groups]
        return f"Shrink{of_part} {asked.when}, at {valued_at} over net sales: {listed(each)}."
    pct = whole.pct(whole.shrink)
    rate = _rate(whole) if pct is None else f"{rounded(pct, 2)} % of net sales"
    gain = " (a gain)" if whole.shrink < 0 else ""
    return (
        f"Shrink{of_part} {asked.when}, {asked.stores.label}: {rate}{gain}, {money(whole.shrink, asked.currency)} at"
        f" {valued_at}."
    )


def _rate(loss: _Loss) -> str:
    pct = loss.pct(loss.shrink)
    return "no rate, because nothing sold" if pct is None else f"{rounded(pct, 2)} %"


def _sentences(asked: Frame, whole: _Loss, groups: Sequence[tuple[str, _Loss]], by: str | None) -> list[str]:
    if len(asked.stores.currencies) > 1:
        missing, waste = spoken_quantity(whole.shrink_units), spoken_quantity(whole.waste_units)
        return [f"{missing} pieces missing on balance; waste on top: {waste} pieces."]
    pct = whole.pct(whole.waste)
    share = "" if pct is None else f", {rounded(pct, 2)} % of net sales"
    said = [
        (
            f"{spoken_quantity(whole.shrink_units)} pieces missing on balance; waste on top:"
            f" {money(whole.waste, asked.currency)}, {spoken_quantity(whole.waste_units)} pieces{share}."
        )
    ]
    rated = [(key, loss, loss.pct(loss.shrink)) for key, loss in groups]
    known = sorted(((pct, key) for key, _, pct in rated if pct is not None), reverse=True)
    if by in ("product", "category") and groups:
        most = [
            f"{key} {money(loss.shrink + loss.waste, asked.currency)}"
            for key, loss in groups[:_NAMED]
            if loss.shrink + loss.waste > 0
        ]
        said.append(f"Most was lost, waste included, in: {listed(most)}." if most else f"No {by} lost anything.")
    elif by in _RATED and len(known) > 1:
        said.append(
            f"Highest: {_title(asked, by, known[0][1])} {rounded(known[0][0], 2)} %; lowest:"
            f" {_title(asked, by, known[-1][1])} {rounded(known[-1][0], 2)} %."
        )
    return said


def _title(asked: Frame, by: str | None, key: str) -> str:
    return asked.stores.name(key) if by == "store" else key


def _figures(asked: Frame, loss: _Loss, group: Mapping[str, str]) -> list[Figure]:
    stores = (group["store"],) if "store" in group else asked.stores.ids
    currency = asked.stores.currency(group.get("store", ""))
    period: Period | None = asked.periods.get(group.get("store", ""))
    start, end = (period.start_on, period.end_on) if period else (asked.start_on, asked.end_on)
    values = (
        ("shrink_pct", rounded(loss.pct(loss.shrink), 2), "%"),
        ("shrink_value", amount(loss.shrink, currency), currency),
        ("shrink_units", quantity(loss.shrink_units), "units"),
        ("waste_pct", rounded(loss.pct(loss.waste), 2), "%"),
        ("waste_value", amount(loss.waste, currency), currency),
        ("waste_units", quantity(loss.waste_units), "units"),
    )
    return [Figure(name, value, unit, stores, start, end, dict(group)) for name, value, unit in values]


def _table(asked: Frame, groups: Sequence[tuple[str, _Loss]], by: str | None) -> Table:
    titles: tuple[str, ...] = (
        (by or "stores").capitalize(),
        "Shrink %",
        "Shrink",
        "Shrink pieces",
        "Waste %",
        "Waste",
        "Waste pieces",
        "Net sales",
    )
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    units: tuple[str, ...] = ("text", "%", unit, "units", "%", unit, "units", unit)
    body: list[tuple[str | int | None, ...]] = []
    for key, loss in groups:
        currency = asked.stores.currency(key)
        cells = (
            _title(asked, by, key),
            rounded(loss.pct(loss.shrink), 2),
            amount(loss.shrink, currency),
            quantity(loss.shrink_units),
            rounded(loss.pct(loss.waste), 2),
            amount(loss.waste, currency),
            quantity(loss.waste_units),
            amount(loss.net, currency),
        )
        body.append((*cells, currency) if mixed else cells)
    if mixed:
        titles, units = (*titles, "Currency"), (*units, "text")
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _chart(asked: Frame, groups: Sequence[tuple[str, _Loss]], by: str | None) -> Chart | None:
    points = [(key, loss.pct(loss.shrink)) for key, loss in groups]
    known = [(key, value) for key, value in points if value is not None][:_CHART_POINTS]
    if by not in _RATED or len(known) < 2:
        return None
    return Chart(
        "line" if by in _SPANS else "bar",
        f"Shrink % by {by}, {asked.stores.label}, {asked.when}",
        tuple(_title(asked, by, key) for key, _ in known),
        {"Shrink %": tuple(float(rounded(value, 2) or 0) for _, value in known)},
        "%",
    )


def _notes(rows: Sequence[Mapping[str, Any]], valued_at: str, asked: Frame) -> list[str]:
    said = [
        f"Losses are valued at the present {'selling price' if valued_at == 'retail' else 'cost'}, not that of the day."
    ]
    column = "unknown_price" if valued_at == "retail" else "unknown_cost"
    unknown = sum(int(row[column]) for row in rows)
    if unknown:
        said.append(
            f"{counted(unknown, 'stock change')} without a known {'price' if valued_at == 'retail' else 'cost'}"
            f" left out of the money."
        )
    counts = sum(int(row["counts"]) for row in rows)
    if counts:
        said.append(
            f"{counted(counts, 'count')} give what was counted and not the difference; only the adjustments they led to"
            " are in this."
        )
    silent = [store.name for store in asked.stores.stores if store.store_id not in {row["store_id"] for row in rows}]
    if silent and rows:
        said.append(f"No losses are recorded for {', '.join(silent[:6])}: unknown, not zero.")
    return said


def _follow_ups(asked: Frame, by: str | None) -> tuple[str, ...]:
    same = asked.same_part_and_stores
    asks = []
    if by != "department":
        asks.append(f"Shrink by department {asked.when_again}{same}")
    if by != "reason":
        asks.append(f"Waste by reason {asked.when_again}{same}")
    if by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"Shrink by store {asked.when_again}{same}")
    return tuple(asks[:3])
