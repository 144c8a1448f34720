"""What an overview stands on: the answers of the other tools, and what none of them could look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from tools.analysis.calendar import day_text
from tools.analysis.comparison_periods import resolve_comparison
from tools.compare import ComparePeriodsArguments, compared
from tools.context import Role, ToolContext
from tools.errors import NoDataError, ToolError
from tools.exceptions.exception_report import ExceptionReportArguments, build_report
from tools.exceptions.report import Report
from tools.frame import Frame
from tools.metrics.attention_query import SELLING_DAYS, build_out_of_stock, build_overdue_orders, build_recorded
from tools.metrics.query import Statement, Window
from tools.overview.norms import StoreNorm, norms_of
from tools.overview.target_progress import TargetProgressArguments, measure
from tools.overview.targets_shown import Progress
from tools.result import Figure, Provenance, ToolResult
from tools.sides import Sides
from tools.together import together
from tools.wording import span

METRICS = (
    "net_sales", "transactions", "average_transaction_value", "gross_margin_pct", "labour_cost_pct", "conversion",
    "visitors",
)  # fmt: skip
_TODAY_METRICS = ("net_sales", "transactions", "average_transaction_value")
EXCEPTION_WEEKS = "last 4 weeks"


@dataclass(frozen=True, slots=True)
class OutOfStock:
    """What sells and of which nothing is left: how many products by store, and which of them sold for most.

    ``net`` is what all of them sold for in the last four weeks, in minor units.
    """

    found: int
    net: Decimal
    store_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """An order that should have come; ``outstanding`` in major units, None when a cost is unknown."""

    order_id: str
    store_id: str
    outstanding: Decimal | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything an overview knows, before it is put into words.

    ``not_looked_at`` says what is missing. ``whole`` is None where there is nothing to compare with, and ``stores`` and
    ``departments`` are then empty, as they are for a single one.
    """

    asked: Frame
    whole: ToolResult
    stores: Sequence[Figure]
    departments: Sequence[Figure]
    norms: Sequence[StoreNorm]
    targets: Sequence[Progress]
    report: Report | None
    out_of_stock: OutOfStock | None
    overdue: Sequence[Overdue]
    not_looked_at: Sequence[str]
    provenance: Provenance
    comparison: str
    exact: Mapping[str, tuple[Decimal, Decimal]]
    """Metrics of the period and of the one before in their units, unrounded; those known on both sides."""

    def total(self, metric: str) -> Figure | None:
        """A metric of everything."""
        return next((one for one in self.whole.figures if one.metric == metric and not one.group), None)

    def value(self, metric: str) -> Decimal | None:
        """Its value."""
        found = self.total(metric)
        return None if found is None or found.value is None else Decimal(found.value)


def gather(asked: Frame) -> Facts:
    """Ask the other tools about the period of a question and the like period before it.

    Raises:
        NoDataError: there are no sales in the period.
    """
    asked, dated = _on_dates_of_all(asked)
    present = bool(asked.unfinished()) and asked.period.days == 1
    if asked.unfinished() and not present:
        asked = asked.without_today()
    (
        (whole, by_store, by_department, against, exact),
        (norms, read_norms),
        (targets, read_targets),
        report,
        (stock, orders, missing, read),
    ) = together(
        partial(_compared, asked, present=present),
        lambda: ([], []) if present else norms_of(asked),  # the present day has no norm
        partial(_targets, asked),
        partial(_report, asked),
        partial(_attention, asked),
    )
    statements = [*read_norms, *read_targets, *read]
    if report is None:
        missing.append("exceptions at the registers, which are for those who answer for a store")
    elif not report.events_recorded:
        missing.append("voids, no-sales and drawers (no register events were ever recorded)")
    for metric, words in (
        ("labour_cost_pct", "labour (no time cards)"),
        ("conversion", "conversion (visitors not counted, or too little)"),
    ):
        if not present and not any(one.metric == metric and one.value is not None for one in whole.figures):
            missing.append(words)
    if not targets:
        missing.append("targets (none are recorded)")
    missing.append("customer feedback, competitors and anything outside the stores' own data")
    whole = replace(whole, caveats=(*dated, *whole.caveats))
    return Facts(
        asked, whole, by_store, by_department, norms, targets, report, stock, orders, tuple(missing),
        _provenance(whole, statements, report), against, exact,
    )  # fmt: skip


def _on_dates_of_all(asked: Frame) -> tuple[Frame, list[str]]:
    """The question over one span of dates, that of the store whose date is behind, where the stores mean several."""
    if len({(period.start_on, period.end_on) for period in asked.periods.values()}) == 1:
        return asked, []
    store = min(asked.stores.stores, key=lambda one: (asked.periods[one.store_id].end_on, one.store_id))
    period = asked.periods[store.store_id]
    shared = replace(asked, period=period, periods=dict.fromkeys(asked.periods, period))
    days = span(period.start_on, period.end_on)
    return shared, [f"The stores are in different time zones; all are told over the dates of {store.name}, {days}."]


def _of_these_stores(asked: Frame) -> ToolContext:
    """A context in which a question that names no stores means those of this one; a phrase of them all is too long."""
    scope = asked.context.scope
    return replace(asked.context, scope=replace(scope, default_store_ids=asked.stores.ids))


def _phrase(start: date, end: date) -> str:
    return day_text(start) if start == end else f"from {day_text(start)} to {day_text(end)}"


_Compared = tuple[ToolResult, Sequence[Figure], Sequence[Figure], str, Mapping[str, tuple[Decimal, Decimal]]]


def _compared(asked: Frame, *, present: bool) -> _Compared:
    """Everything, stores and departments against the like period, in the calendar's words, and unrounded."""
    first = asked.stores.stores[0]
    versus = resolve_comparison(None, asked.period, today=first.today(asked.now))
    before = versus.periods[0]
    shared = {
        "period": _phrase(asked.period.start_on, asked.period.end_on),
        "compare_to": _phrase(before.start_on, before.end_on),
    }
    context = _of_these_stores(asked)

    def compare(by: str | None, metrics: Sequence[str]) -> tuple[ToolResult, Sides]:
        return compared(ComparePeriodsArguments.model_validate({**shared, "by": by, "metrics": list(metrics)}), context)

    splits = [*(["store"] if len(asked.stores.stores) > 1 else []), *([] if present else ["department"])]
    (whole, sides), *parts = together(
        partial(compare, None, _TODAY_METRICS if present else METRICS),
        *(partial(compare, by, ("net_sales",)) for by in splits),
    )
    found = {by: part.figures for by, (part, _) in zip(splits, parts, strict=True)}
    stores, departments = ([one for one in found.get(by, ()) if by in one.group] for by in ("store", "department"))
    values = {metric.name: [side.value(metric, asked.exponent) for side in sides.whole] for metric in sides.metrics}
    exact = {name: (now, then) for name, (now, then) in values.items() if now is not None and then is not None}
    return whole, stores, departments, versus.calendar, exact


def _targets(asked: Frame) -> tuple[list[Progress], list[Statement]]:
    arguments = TargetProgressArguments(period="this month", metric="net_sales")
    try:
        found, statements, _ = measure(arguments, _of_these_stores(asked))
    except NoDataError:
        return [], []
    return list(found.progress), statements


def _report(asked: Frame) -> Report | None:
    """The exception report of the last four weeks; None for those who may not read one."""
    if asked.context.scope.role is Role.STAFF:
        return None
    arguments = ExceptionReportArguments(period=EXCEPTION_WEEKS)
    try:
        return build_report(arguments, _of_these_stores(asked))
    except ToolError:
        return None


def _attention(asked: Frame) -> tuple[OutOfStock | None, list[Overdue], list[str], list[Statement]]:
    """What is out of stock although it sells, what is overdue, and which of the two is not recorded."""
    scope, ids, mirror = asked.context.scope, asked.stores.ids, asked.context.mirror
    today = asked.stores.stores[0].today(asked.now)
    recorded = build_recorded(ids, scope)
    levels, orders, _ = mirror.query(recorded.sql, recorded.params).rows[0]
    statements, missing = [recorded], []
    stock = None
    overdue: list[Overdue] = []
    if levels:
        first, last = today - timedelta(days=SELLING_DAYS), today - timedelta(days=1)
        windows = [Window(one.store_ids, first, last, everyone=one.everyone) for one in asked.windows()]
        statements.append(build_out_of_stock(windows, scope))
        for store, name, found, net in mirror.query(statements[-1].sql, statements[-1].params).rows:
            stock = OutOfStock(found, Decimal(net), store, name)
    else:
        missing.append("stock (no stock levels are recorded)")
    if orders:
        statements.append(build_overdue_orders(ids, asked.now, scope))
        rows = mirror.query(statements[-1].sql, statements[-1].params).rows
        overdue = [Overdue(order, store, outstanding) for order, store, _, outstanding in rows]
    else:
        missing.append("orders on their way (no purchase orders are recorded)")
    return stock, overdue, missing, statements


def _provenance(whole: ToolResult, statements: Sequence[Statement], report: Report | None) -> Provenance:
    more = [*statements, *(report.statements if report else ())]
    base = whole.provenance
    return replace(
        base,
        sql=(*base.sql, *(one.sql for one in more)),
        params=(*base.params, *(one.params for one in more)),
    )
