"""What stands out at the registers: rates and outliers by store, register and employee, never a verdict on anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from pydantic import Field

from tools.analysis.business_day import day_begins, day_ends
from tools.analysis.calendar import Period
from tools.by_clock import changed
from tools.colleagues import NAMES_WITHHELD, may_name, require_names
from tools.columns import Columns, read_columns
from tools.context import Role, ToolContext
from tools.each_currency import each_currency
from tools.errors import NOT_RECORDED, NOT_YET, BadArgumentError, NoDataError, NotAllowedError
from tools.exceptions.cash import CashFinding, Drawers, find_cash, read_closings
from tools.exceptions.days import HISTORY_WEEKS, StoreDays, find_days
from tools.exceptions.payments import Paid, agreement
from tools.exceptions.rates import LEVELS, MEASURES, Finding, Rows, find
from tools.exceptions.report import Report
from tools.exceptions.shown import shown
from tools.exceptions.words import NO_EVENTS
from tools.frame import Frame, coverage, frame, one_currency, require_sales
from tools.metrics.exceptions_query import (
    build_days,
    build_documents,
    build_drawers,
    build_events,
    build_names,
    build_recorded,
)
from tools.metrics.query import Statement
from tools.metrics.reconciled_query import build_reconciled
from tools.recorded import EVER
from tools.registry import Arguments, tool
from tools.result import ToolResult

MOST_STORES = 200
"""More stores than this are held against each other as stores only."""
_FEWEST_STORES = 3
_NOTHING = Columns(0, {}, {})
_EVENT_MEASURES = frozenset({"voids", "no_sales", "price_overrides", "paid_outs", "cash"})

MeasureName = Literal["discounts", "refunds", "voids", "no_sales", "price_overrides", "paid_outs", "cash", "opening"]


class ExceptionReportArguments(Arguments):
    """Arguments of ``exception_report``."""

    period: str = Field(
        default="last 4 weeks", max_length=120, description="When, in the asker's own words: “last week”, “October”."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “the north district”."
    )
    measure: MeasureName | None = Field(
        default=None,
        description="Only this: discounts given by hand, refunds, voids, no-sales, price overrides, paid-outs, cash"
        " differences of drawers, or opening and closing on time. Leave out for all of them.",
    )
    by: Literal["store", "register", "employee"] | None = Field(
        default=None, description="Only at this level. Leave out for stores, and employees where they are known."
    )


@tool()
@each_currency
def exception_report(arguments: ExceptionReportArguments, context: ToolContext) -> ToolResult:
    """What stands out at the registers of a store, a district or the chain, fairly measured.

    Use it for “which employees give unusual discounts”, “any suspicious refunds”, “exception report for the north
    district”, “cash drawer differences last week”, “no-sale opens”, “did all stores open on time”. Each unit is held
    against what all others did in the same hours of the day; size and chance are allowed for, and so is how many were
    looked at. It says what stands out, with value, expected value and number; it never says why, and never accuses.
    For the single voids or refunds themselves use the tool that lists documents.
    """
    try:
        report = build_report(arguments, context)
    except NoDataError as error:
        if error.reason == NOT_YET and (arguments.by or arguments.measure in _EVENT_MEASURES):
            _refuse_if_never(arguments, context)
        raise
    return shown(report)


def _refuse_if_never(arguments: ExceptionReportArguments, context: ToolContext) -> None:
    """Say what was never recorded, as another day would show no more of it.

    Raises:
        NoDataError: as said.
    """
    ever = build_report(arguments.model_copy(update={"period": EVER}), context)
    if not ever.levels:
        raise NoDataError(" ".join(ever.notes), NOT_RECORDED)
    if agreement(ever.asked, ever.paid):
        return
    if not ever.events_recorded and not any(ever.rows.has(one) for one in ever.measures):
        raise NoDataError(NO_EVENTS, NOT_RECORDED)


def build_report(arguments: ExceptionReportArguments, context: ToolContext) -> Report:
    """Read and judge everything the arguments ask for.

    Raises:
        NotAllowedError: the person is staff, or asks by employee without answering for a store.
        BadArgumentError: too many stores for the level, or stores of several currencies.
        NoDataError: there are no sales in the period.
    """
    if context.scope.role is Role.STAFF:
        raise NotAllowedError(
            "The exception report is for those who answer for a store: managers, analysts and owners."
        )
    if arguments.by == "employee":
        require_names(context.scope)
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, "")
    if arguments.by in ("register", "employee") and len(asked.stores.stores) > MOST_STORES:
        raise BadArgumentError(f"That is more than {MOST_STORES} stores. Ask by {arguments.by} for one district.")
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    reading = _Reading(asked, arguments, [covered])
    rows = reading.rows()
    levels, notes = _levels(asked, arguments, rows)
    measures = [one for one in MEASURES if arguments.measure in (None, one.name)]
    findings = find(rows, measures, levels) if rows.statements else []
    cash, drawers = reading.cash(levels)
    paid = reading.paid() if arguments.measure == "cash" else []
    opening = reading.opening() if arguments.measure in (None, "opening") else []
    recorded = reading.recorded() if arguments.measure is None or arguments.measure in _EVENT_MEASURES else True
    return Report(
        asked=asked,
        measure=arguments.measure,
        levels=levels,
        rows=rows,
        measures=tuple(measures),
        findings=tuple(findings),
        cash=tuple(cash),
        drawers=drawers,
        opening=tuple(opening),
        names=reading.names(findings, cash),
        events_recorded=recorded,
        days=days,
        notes=tuple(notes),
        statements=tuple(reading.statements),
        paid=tuple(paid),
    )


def _levels(asked: Frame, arguments: ExceptionReportArguments, rows: Rows) -> tuple[tuple[str, ...], list[str]]:
    """At which levels to look, and what must be said about those that were left out."""
    stores = len(asked.stores.stores)
    known = [level for level in LEVELS if not rows.statements or rows.knows(level)]
    notes = []
    if "employee" not in known:
        notes.append(
            "Sales here do not say who rang them up, so nothing can be told by employee; the point of sale tells it"
            " where staff sign in at the register."
        )
    elif not may_name(asked.context.scope):
        known.remove("employee")
        notes.append(NAMES_WITHHELD)
    if arguments.by:
        if arguments.by == "register" and "register" not in known:
            notes.append("Sales here do not name their register, so nothing can be told by register.")
        return tuple(level for level in known if level == arguments.by), notes
    chosen = ["store"] if stores >= _FEWEST_STORES else []
    if stores <= MOST_STORES:
        chosen += [level for level in ("employee", "register") if level in known][:1]
    return tuple(chosen) or ("store",), notes


@dataclass(slots=True)
class _Reading:
    """Runs the statements and remembers them."""

    asked: Frame
    arguments: ExceptionReportArguments
    statements: list[Statement]

    def _run(self, statement: Statement) -> list[dict[str, object]]:
        self.statements.append(statement)
        return self.asked.context.mirror.query(statement.sql, statement.params).dicts()

    def _columns(self, statement: Statement) -> Columns:
        self.statements.append(statement)
        return read_columns(self.asked.context.mirror, statement)

    def rows(self) -> Rows:
        if self.arguments.measure in ("cash", "opening"):
            return Rows(_NOTHING, _NOTHING, ())
        windows, scope = self.asked.windows(), self.asked.context.scope
        by, stores = self.arguments.by, len(self.asked.stores.stores)
        detailed = by in ("register", "employee") or (by is None and stores <= MOST_STORES)
        documents = build_documents(windows, scope, detailed=detailed)
        events = build_events(windows, scope, detailed=detailed)
        return Rows(self._columns(documents), self._columns(events), (documents, events))

    def cash(self, levels: Sequence[str]) -> tuple[list[CashFinding], Drawers]:
        """Units with closed drawers in the period, and all drawers that were closed in it."""
        if self.arguments.measure not in (None, "cash"):
            return [], Drawers()
        statement = build_drawers(self.asked.windows(_with_history(self.asked)), self.asked.context.scope)
        mine = read_closings(self._columns(statement), self.asked.stores.stores).within(self.asked.periods)
        wanted = tuple(level for level in levels if level != "store" or self.arguments.by == "store")
        if not self.arguments.by:
            wanted = ("register", *(level for level in wanted if level != "register"))
        return find_cash(mine, wanted), mine.drawers()

    def paid(self) -> list[Paid]:
        """How payments agree with the totals of receipts, by store."""
        statement = build_reconciled(self.asked.windows(), self.asked.context.scope)
        self.statements.append(statement)
        rows = self.asked.context.mirror.query(statement.sql, statement.params).rows
        return [Paid(str(store_id), *map(int, numbers)) for store_id, *numbers in rows]

    def opening(self) -> list[StoreDays]:
        """Opening and closing as far as anything is known: what is not read yet is no silence and no early closing.

        Only of stores whose opening hours are known; others have nothing to be held against.
        """
        asked = self.asked
        held = {store.store_id for store in asked.stores.stores if store.open_hours}
        windows = [
            replace(window, store_ids=mine)
            for window in asked.windows(_with_history(asked))
            if (mine := tuple(store for store in window.store_ids if store in held))
        ]
        if not windows:
            return []
        known = asked.now if asked.as_of is None else min(asked.now, asked.as_of)
        rows = self._run(build_days(windows, asked.context.scope))
        periods, over = {}, {}
        for store in asked.stores.stores:
            period = asked.periods[store.store_id]
            end = min(period.end_on, store.today(known))
            periods[store.store_id] = (period.start_on, end)
            if known < day_ends(end, *store.clock):
                over[store.store_id] = int((known - day_begins(end, store.timezone)).total_seconds() // 60)
        return find_days(rows, asked.stores.stores, periods, over)

    def recorded(self) -> bool:
        """Whether any register event was ever recorded for these stores."""
        return bool(self._run(build_recorded(self.asked.stores.ids, self.asked.context.scope)))

    def names(self, findings: Sequence[Finding], cash: Sequence[CashFinding]) -> dict[str, str]:
        units = [*(one.unit for one in findings), *(one.unit for one in cash)]
        idents = sorted({unit.ident for unit in units if unit.level == "employee"})
        if not idents:
            return {}
        statement = build_names(idents, self.asked.stores.ids, self.asked.context.scope)
        return {str(row["employee_id"]): str(row["name"]) for row in self._run(statement) if row["name"]}


def _with_history(asked: Frame) -> dict[str, Period]:
    """The period and the weeks before it, which show what is usual."""
    return changed(
        asked.periods, lambda period: replace(period, start_on=period.start_on - timedelta(weeks=HISTORY_WEEKS))
    )
