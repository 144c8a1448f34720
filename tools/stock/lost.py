"""What absence costs: sales lost while nothing was on the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.analysis.demand import Demand, LostSales, demand, discoveries, lost_units, run_probability
from tools.context import ToolContext
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.definitions import METRICS
from tools.metrics.movement_query import LEAST_EXPECTED, build_empty_days, build_gaps, build_log, longer
from tools.metrics.query import Window
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    amount,
    names_of,
    product_group,
    rounded,
    simulated,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, listed, money, span


class LostSalesArguments(Arguments):
    """Arguments of ``lost_sales``."""

    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(
        default=None, max_length=200, description="Only this product, in the asker's own words."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=10, ge=1, le=50, description="How many rows, most money first.")


@dataclass(frozen=True, slots=True)
class _Absence:
    """One product out of one store for some days. Money is minor units, exact."""

    store_id: str
    variant_id: str
    first_on: date
    last_on: date
    days: int
    demand: Demand
    net_per_unit: Decimal
    recorded: bool

    @property
    def units(self) -> Decimal:
        """Units lost, by the mean of the other days."""
        return self.demand.mean * self.days

    @property
    def minor(self) -> Decimal:
        """Net sales lost in minor units."""
        return self.units * self.net_per_unit


@tool()
def lost_sales(arguments: LostSalesArguments, context: ToolContext) -> ToolResult:
    """Estimated sales lost to stock-outs in a period: units, money and an interval, and where they were lost.

    Use it for “how much did stock-outs cost us last month?”, “lost sales at Harbor Point”, “which stock-outs hurt
    most?”. Where the log of stock changes reaches back it takes the whole days on which the level was zero. Elsewhere
    it takes runs of days without a sale that the product's usual demand makes improbable; those are suspected, not
    recorded.
    """
    asked = frame(arguments.period, arguments.stores, context).without_today()
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    base = [longer(window) for window in windows]
    log = build_log(base, context.scope)
    kinds: dict[str, set[str]] = {}
    for row in context.mirror.query(log.sql, log.params).dicts():
        kinds.setdefault(row["store_id"], set()).add(row["kind"])
    only = part.only if part else None
    statements = [covered, log]
    absences: list[_Absence] = []
    known = _stores_of(windows, kinds)
    if known:
        until = max(store.today(asked.now) for store in asked.stores.stores)
        statement = build_empty_days(
            [_of(window, known) for window in base if set(window.store_ids) & known],
            context.scope,
            asked.now,
            until=until,
            logged=sorted(store for store in known if "sale" not in kinds[store]),
            only=only,
        )
        statements.append(statement)
        absences += _recorded(context.mirror.query(statement.sql, statement.params).dicts(), asked)
    unknown = set(asked.stores.ids) - known
    if unknown:
        statement = build_gaps(
            base, context.scope, asked.now, store_ids=sorted(unknown), least=LEAST_EXPECTED, trailing=False, only=only
        )
        statements.append(statement)
        absences += _suspected(context.mirror.query(statement.sql, statement.params).dicts(), asked)
    absences.sort(key=lambda one: (-one.minor, one.store_id, one.variant_id))
    shown = absences[: arguments.limit]
    names = names_of([{"variant_id": one.variant_id} for one in shown], context)
    lost = lost_units([(one.demand, one.days) for one in absences])
    subject = f" of {part.label}" if part else ""
    headline = _headline(asked, absences, lost, subject)
    frame_of = stock_frame(arguments.stores, context, needs_levels=False)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, shown, names)]),
        figures=tuple(_figures(asked, absences, lost, shown, names)),
        table=_table(asked, shown, names) if shown else None,
        caveats=(
            *_method(asked, known, unknown),
            *caveats(asked, [METRICS["net_sales"]], days),
            *(simulated(asked, ("inventory",)) if known else []),
        ),
        follow_ups=(
            f"Which products are out of stock{asked.same_part_and_stores}?",
            f"Which products will stock out soon{asked.same_part_and_stores}?",
        ),
        provenance=_dated(
            stock_provenance(frame_of, ("lost_sales", "lost_units"), statements, ("sales", "inventory")), asked
        ),
    )


def _of(window: Window, stores: set[str]) -> Window:
    return Window(tuple(one for one in window.store_ids if one in stores), window.start_on, window.end_on)


def _stores_of(windows: Sequence[Window], kinds: Mapping[str, set[str]]) -> set[str]:
    """Stores whose log of stock changes tells what came in: without that no level can be walked back."""
    return {store for window in windows for store in window.store_ids if "receive" in kinds.get(store, set())}


def _recorded(rows: Sequence[Mapping[str, Any]], asked: Frame) -> list[_Absence]:
    """Empty days within the period, gathered by product and store."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        period = asked.periods[row["store_id"]]
        if period.start_on <= row["business_on"] <= period.end_on:
            found.setdefault((row["store_id"], row["variant_id"]), []).append(row)
    made = []
    for (store, variant), days in found.items():
        one = days[0]
        with_stock = int(one["trading_days"]) - int(one["empty_days"])
        pace = demand(Decimal(one["units"]), one["squares"], with_stock)
        per_unit = Decimal(one["net_minor"]) / Decimal(one["units"])
        made.append(
            _Absence(store, variant, days[0]["business_on"], days[-1]["business_on"], len(days), pace, per_unit, True)
        )
    return made


def _suspected(rows: Sequence[Mapping[str, Any]], asked: Frame) -> list[_Absence]:
    """Runs without a sale that stand against chance, cut to the period."""
    chances = [run_probability(int(row["trading_days"]), int(row["sold_days"]), int(row["run"])) for row in rows]
    standing = discoveries(chances, int(rows[0]["tested"]) if rows else 0, 0.01)
    made = []
    for row, stands in zip(rows, standing, strict=True):
        period = asked.periods[row["store_id"]]
        first = max(row["after_on"] + timedelta(days=1), period.start_on)
        last = min(row["before_on"] - timedelta(days=1), period.end_on)
        if not stands or last < first:
            continue
        days = min(int(row["run"]), (last - first).days + 1)
        per_unit = Decimal(row["net_minor"]) / Decimal(row["units"])
        made.append(_Absence(row["store_id"], row["variant_id"], first, last, days, _pace(row), per_unit, False))
    return made


def _pace(row: Mapping[str, Any]) -> Demand:
    return demand(Decimal(row["units"]), row["squares"], int(row["trading_days"]) - int(row["run"]))


def _headline(asked: Frame, absences: Sequence[_Absence], lost: LostSales, subject: str) -> str:
    if not absences:
        return f"No stock-out that cost sales{subject} is found {asked.when}, {asked.stores.label}."
    minor = sum((one.minor for one in absences), Decimal(0))
    worth = money(minor.scaleb(-asked.exponent), asked.currency)
    cases = counted(len(absences), "case") + (" (product and store)" if len(asked.stores.stores) > 1 else "")
    return (
        f"Estimate: stock-outs{subject} {asked.when} cost about {worth} of net sales, {asked.stores.label}:"
        f" {rounded(lost.units, 0)} units (95 % interval {rounded(lost.low, 0)} to {rounded(lost.high, 0)}), {cases}."
    )


def _sentences(asked: Frame, shown: Sequence[_Absence], names: Mapping[str, Product]) -> list[str]:
    if not shown:
        return []
    first = []
    for one in shown[:3]:
        where = f" at {asked.stores.name(one.store_id)}" if len(asked.stores.stores) > 1 else ""
        worth = money(one.minor.scaleb(-asked.exponent), asked.currency)
        first.append(f"{_name(names, one.variant_id)}{where}, {counted(one.days, 'day')}, {worth}")
    return [f"Most: {'; '.join(first)}."]


def _name(names: Mapping[str, Product], variant_id: str) -> str:
    return names[variant_id].name if variant_id in names else variant_id


def _figures(
    asked: Frame,
    absences: Sequence[_Absence],
    lost: LostSales,
    shown: Sequence[_Absence],
    names: Mapping[str, Product],
) -> list[Figure]:
    minor = sum((one.minor for one in absences), Decimal(0))

    def figure(metric: str, value: str | None, unit: str, stores: Sequence[str] = (), **group: str) -> Figure:
        return Figure(metric, value, unit, tuple(stores) or asked.stores.ids, asked.start_on, asked.end_on, group)

    figures = [
        figure("lost_sales", amount(minor.scaleb(-asked.exponent), asked.currency), asked.currency),
        figure("lost_units", rounded(lost.units), "units"),
        figure("lost_units_low", rounded(lost.low), "units"),
        figure("lost_units_high", rounded(lost.high), "units"),
        figure("stock_out_days", str(sum(one.days for one in absences)), "days"),
    ]
    for one in shown:
        known = names.get(one.variant_id)
        group = {**(product_group(known) if known else {"variant_id": one.variant_id}), "store": one.store_id}
        figures.append(
            figure(
                "lost_sales",
                amount(one.minor.scaleb(-asked.exponent), asked.currency),
                asked.currency,
                (one.store_id,),
                **group,
            )
        )
    return figures


def _table(asked: Frame, shown: Sequence[_Absence], names: Mapping[str, Product]) -> Table:
    titles = ("Product", "Store", "Out", "Days", "Units a day otherwise", "Lost units", "Lost net sales", "Known from")
    units = ("text", "text", "text", "days", "units", "units", asked.currency, "text")
    body = [
        (
            _name(names, one.variant_id),
            asked.stores.name(one.store_id),
            span(one.first_on, one.last_on),
            one.days,
            rounded(one.demand.mean, 2),
            rounded(one.units),
            amount(one.minor.scaleb(-asked.exponent), asked.currency),
            "stock log" if one.recorded else "no sales, improbable",
        )
        for one in shown
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _method(asked: Frame, known: set[str], unknown: set[str]) -> list[str]:
    said = [
        "An estimate: the mean of the product's other days, times the whole days it was out; no substitution counted."
    ]
    if known and unknown:
        said.append(f"Stock changes are recorded for {listed([asked.stores.name(one) for one in sorted(known)])} only.")
    if unknown:
        said.append(
            "Without a log of stock changes, only runs of days without a sale that chance hardly explains are taken"
            " (1 % false discoveries); they are suspected, not recorded, and a product taken off sale looks the same."
        )
    return said


def _dated(made: Provenance, asked: Frame) -> Provenance:
    return replace(made, start_on=asked.start_on, end_on=asked.end_on, as_of=asked.as_of)
