"""When goods were out of stock: from the log of stock changes walked back, else suspected from days without a sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tools.analysis.calendar import day_text
from tools.analysis.demand import Demand, demand, discoveries, run_probability
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame
from tools.metrics.movement_query import (
    LEAST_EXPECTED,
    build_empty_days,
    build_gaps,
    build_log,
    build_open_days,
    longer,
)
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.stock_query import NO_SUPPLIER
from tools.metrics.supply_query import build_sources
from tools.search import Product
from tools.wording import listed

SUPPLIED = "A product counts for the supplier who delivers it now; who was to deliver it then is not recorded."


@dataclass(frozen=True, slots=True)
class Absence:
    """One product out of one store for some days, in one go or in ``times``. Money is minor units, exact."""

    store_id: str
    variant_id: str
    first_on: date
    last_on: date
    days: int
    demand: Demand
    net_per_unit: Decimal
    recorded: bool
    times: int = 1

    @property
    def units(self) -> Decimal:
        """Units lost, by the mean of the other days."""
        return self.demand.mean * self.days

    @property
    def minor(self) -> Decimal:
        """Net sales lost in minor units."""
        return self.units * self.net_per_unit


@dataclass(frozen=True, slots=True)
class Absences:
    """All that were found: stores whose log tells (``known``) and those without one (``unknown``)."""

    found: list[Absence]
    known: set[str]
    unknown: set[str]
    statements: list[Statement]
    begun: Mapping[str, datetime]
    """When the log of each store with one begins, as far as it was read."""

    def method(self, asked: Frame) -> list[str]:
        """How they were found, where that is not a log at every store."""
        said = []
        if self.known and self.unknown:
            names = listed([asked.stores.name(one) for one in sorted(self.known)])
            said.append(f"Stock changes are recorded for {names} only.")
        for store in asked.stores.stores:
            began = self.begun.get(store.store_id)
            if store.store_id in self.known and began and store.today(began) > asked.periods[store.store_id].start_on:
                said.append(f"The log at {store.name} begins on {day_text(store.today(began))} only.")
        if self.unknown:
            said.append(
                "Without a log of stock changes, only runs of days without a sale that chance hardly explains are taken"
                " (1 % false discoveries); they are suspected, not recorded, and a product taken off sale looks the"
                " same."
            )
        return said


def find_absences(asked: Frame, only: Filter | None) -> Absences:
    """The absences within the period, which ends before today."""
    windows, context = asked.windows(), asked.context
    base = [longer(window) for window in windows]
    log = build_log(base, context.scope)
    kinds: dict[str, set[str]] = {}
    begun: dict[str, datetime] = {}
    for row in context.mirror.query(log.sql, log.params).dicts():
        kinds.setdefault(row["store_id"], set()).add(row["kind"])
        begun[row["store_id"]] = min(row["first_at"], begun.get(row["store_id"], row["first_at"]))
    statements = [log]
    absences: list[Absence] = []
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
        opened = build_open_days(
            [_of(window, known) for window in windows if set(window.store_ids) & known], context.scope
        )
        days: dict[str, list[date]] = {}
        for store, day in context.mirror.query(opened.sql, opened.params).rows:
            days.setdefault(store, []).append(day)
        statements += [statement, opened]
        absences += _recorded(context.mirror.query(statement.sql, statement.params).dicts(), asked, days)
    unknown = set(asked.stores.ids) - known
    if unknown:
        statement = build_gaps(
            base, context.scope, asked.now, store_ids=sorted(unknown), least=LEAST_EXPECTED, trailing=False, only=only
        )
        statements.append(statement)
        absences += _suspected(context.mirror.query(statement.sql, statement.params).dicts(), asked)
    absences.sort(key=lambda one: (-one.minor, one.store_id, one.variant_id))
    return Absences(absences, known, unknown, statements, begun)


def gathered(
    found: Sequence[Absence], by: str, names: Mapping[str, Product], context: ToolContext
) -> dict[str, list[Absence]]:
    """The absences of each product, department, category, store or supplier.

    Args:
        found: all of them.
        by: which of these.
        names: the products by variant.
        context: where the suppliers are read.

    Raises:
        NoDataError: by supplier, where products ran out and no supplier of any is recorded.
    """
    source = _suppliers(found, context) if by == "supplier" else {}
    members: dict[str, list[Absence]] = {}
    for one in found:
        known = names.get(one.variant_id)
        key = {
            "product": one.variant_id,
            "department": known.department if known else "Unknown",
            "category": known.category if known else "Unknown",
            "store": one.store_id,
            "supplier": source.get(one.variant_id, NO_SUPPLIER),
        }[by]
        members.setdefault(key or "Unknown", []).append(one)
    return members


def _suppliers(found: Sequence[Absence], context: ToolContext) -> dict[str, str]:
    """The supplier of each product that ran out, by variant."""
    variants = sorted({one.variant_id for one in found})
    if not variants:
        return {}
    statement = build_sources(variants)
    source = {str(row["variant_id"]): str(row["supplier"]) for row in
              context.mirror.query(statement.sql, statement.params).dicts()}  # fmt: skip
    if not source:
        raise NoDataError(
            "No supplier is recorded for the products that ran out. Which supplier delivers a product comes from the"
            " point of sale, or from a file of suppliers."
        )
    return source


def _of(window: Window, stores: set[str]) -> Window:
    return Window(tuple(one for one in window.store_ids if one in stores), window.start_on, window.end_on)


def _stores_of(windows: Sequence[Window], kinds: Mapping[str, set[str]]) -> set[str]:
    """Stores whose log of stock changes tells what came in: without that no level can be walked back."""
    return {store for window in windows for store in window.store_ids if "receive" in kinds.get(store, set())}


def _recorded(
    rows: Sequence[Mapping[str, Any]], asked: Frame, open_days: Mapping[str, Sequence[date]]
) -> list[Absence]:
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
            Absence(
                store,
                variant,
                days[0]["business_on"],
                days[-1]["business_on"],
                len(days),
                pace,
                per_unit,
                True,
                _times([day["business_on"] for day in days], open_days.get(store, ())),
            )
        )
    return made


def _suspected(rows: Sequence[Mapping[str, Any]], asked: Frame) -> list[Absence]:
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
        made.append(Absence(row["store_id"], row["variant_id"], first, last, days, _pace(row), per_unit, False))
    return made


def _pace(row: Mapping[str, Any]) -> Demand:
    return demand(Decimal(row["units"]), row["squares"], int(row["trading_days"]) - int(row["run"]))


def _times(empty: Sequence[date], open_days: Sequence[date]) -> int:
    """In how many runs of trading days without one in between the empty days lie."""
    place = {day: number for number, day in enumerate(open_days)}
    return sum(1 for number, day in enumerate(empty) if not number or place[day] - place[empty[number - 1]] > 1)
