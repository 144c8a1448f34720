"""SQL for what went back and what was cancelled: refunds, voided documents, and what the registers wrote down.

A void may be known twice, as a document that is marked and as an event of the register; the two lists are read apart
here and put together by ``tools.analysis.voids``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.documents_query import IS_BACK, NET, document_rows, line_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

VOIDED = "COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)"
EVENT_KINDS = ("void_sale", "void_line", "no_sale", "price_override")
_STARTS = "COALESCE(st.day_starts_at, TIME '00:00:00')"
_LOCAL = "(r.occurred_at AT TIME ZONE st.timezone)"


def build_refunds(windows: Sequence[Window], scope: Scope, *, names: bool) -> Statement:
    """Documents in which goods or money went back.

    Columns: ``sale_id, store_id, happened_at, register_id, employee, reason, original_sale_id, amount`` (minor units,
    positive). With ``names`` the employee is named, else the column is null. The reason is that of a register event
    about the document.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    columns = (
        "d.sale_id, d.store_id, d.closed_at, d.register_id, COALESCE(d.employee_id, x.employee_id) AS employee_id,\n"
        f"  d.original_sale_id, -({NET}) AS back"
    )
    lines = line_rows(windows, params, columns, condition=IS_BACK)
    sql = f"""SELECT b.sale_id, b.store_id, b.happened_at, b.register_id,
  {_who("b.employee_id", names=names)} AS employee,
  (SELECT MIN(r.reason) FROM register_event r WHERE r.sale_id = b.sale_id) AS reason, b.original_sale_id, b.amount
FROM (
SELECT l.sale_id, MIN(l.store_id) AS store_id, MIN(l.closed_at) AS happened_at, MIN(l.register_id) AS register_id,
  MIN(l.employee_id) AS employee_id, MIN(l.original_sale_id) AS original_sale_id,
  CAST(SUM(l.back) AS DECIMAL(18,0)) AS amount
FROM (
{lines}
) l
GROUP BY l.sale_id
) b
ORDER BY b.happened_at, b.sale_id"""
    return Statement(sql, params)


def build_voided_documents(windows: Sequence[Window], scope: Scope, *, names: bool) -> Statement:
    """Documents marked as voided, with the columns of ``build_refunds``; the amount is what they came to."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    documents = document_rows(windows, params, VOIDED)
    sql = f"""SELECT d.sale_id, d.store_id, d.closed_at AS happened_at, d.register_id,
  {_who("d.employee_id", names=names)} AS employee, CAST(NULL AS VARCHAR) AS reason, d.original_sale_id,
  CAST(ABS(COALESCE(NULLIF(h.total_minor, 0), NULLIF(h.net_minor, 0), l.net, 0)) AS DECIMAL(18,0)) AS amount
FROM (
{documents}
) d
JOIN sale h ON h.sale_id = d.sale_id AND ({window_condition(windows, params, hourly=False, alias="h")})
LEFT JOIN (
SELECT x.sale_id, SUM(COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0))) AS net
FROM sale_line x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY x.sale_id
) l ON l.sale_id = d.sale_id
ORDER BY happened_at, d.sale_id"""
    return Statement(sql, params)


def build_register_events(windows: Sequence[Window], scope: Scope, *, names: bool) -> Statement:
    """Voids, no-sales and price overrides as the registers wrote them down, each on the store's business date.

    Columns: ``kind, sale_id, store_id, happened_at, register_id, employee, reason, amount`` (minor units, positive or
    null).
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)]) for day in (low, high)]
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    sql = f"""SELECT x.kind, x.sale_id, x.store_id, x.happened_at, x.register_id,
  {_who("x.employee_id", names=names)} AS employee, x.reason,
  COALESCE(ABS(x.amount_minor), CASE WHEN x.kind = 'void_sale' THEN ABS(h.total_minor) END) AS amount
FROM (
SELECT r.event_id, r.kind, r.sale_id, r.store_id, r.occurred_at AS happened_at, r.register_id, r.employee_id, r.reason,
  r.amount_minor,
  CASE WHEN CAST({_LOCAL} AS TIME) < {_STARTS} THEN CAST({_LOCAL} AS DATE) - 1 ELSE CAST({_LOCAL} AS DATE) END
    AS business_on
FROM register_event r JOIN store st ON st.store_id = r.store_id
WHERE r.kind IN ({bind(params, "kind", EVENT_KINDS)})
  AND r.occurred_at >= CAST({band[0]} AS TIMESTAMPTZ) AND r.occurred_at < CAST({band[1]} AS TIMESTAMPTZ)
) x
LEFT JOIN sale h ON h.sale_id = x.sale_id AND h.store_id = x.store_id AND h.store_id IN ({stores})
WHERE {window_condition(windows, params, hourly=False)}
ORDER BY x.happened_at, x.event_id"""
    return Statement(sql, params)


def build_known(store_ids: Sequence[str], scope: Scope) -> Statement:
    """One row over all time: ``returns, voided, void_events, no_sales, price_overrides, events`` of these stores."""
    params: dict[str, Any] = {}
    day = datetime(1970, 1, 1, tzinfo=UTC).date()
    checked_scope([Window(tuple(store_ids), day, day)], scope)
    stores = bind(params, "store", store_ids)
    sql = f"""SELECT s.returns, s.voided, e.void_events, e.no_sales, e.price_overrides, e.events
FROM (
SELECT COUNT(CASE WHEN x.kind <> 'sale' AND NOT COALESCE(x.voided, FALSE) THEN 1 END) AS returns,
  COUNT(CASE WHEN {VOIDED} THEN 1 END) AS voided
FROM sale x
WHERE x.store_id IN ({stores})
) s, (
SELECT COUNT(CASE WHEN r.kind IN ('void_sale', 'void_line') THEN 1 END) AS void_events,
  COUNT(CASE WHEN r.kind = 'no_sale' THEN 1 END) AS no_sales,
  COUNT(CASE WHEN r.kind = 'price_override' THEN 1 END) AS price_overrides, COUNT(*) AS events
FROM register_event r
WHERE r.store_id IN ({stores})
) e"""
    return Statement(sql, params)


def build_ever_returned(store_ids: Sequence[str], scope: Scope) -> Statement:
    """One row: ``returned``, whether these stores have ever had a document that takes goods back."""
    params: dict[str, Any] = {}
    day = datetime(1970, 1, 1, tzinfo=UTC).date()
    checked_scope([Window(tuple(store_ids), day, day)], scope)
    sql = f"""SELECT EXISTS (SELECT 1 FROM sale x WHERE x.store_id IN ({bind(params, "store", store_ids)})
  AND x.kind <> 'sale' AND NOT COALESCE(x.voided, FALSE)) AS returned"""
    return Statement(sql, params)


def build_on_duty(store_ids: Sequence[str], start: datetime, end: datetime, scope: Scope) -> Statement:
    """Time cards that touch a span of time: ``store_id, employee, clock_in_at, clock_out_at``."""
    checked_scope([Window(tuple(store_ids), start.date(), end.date())], scope)
    params: dict[str, Any] = {"start": start - timedelta(hours=24), "end": end}
    sql = f"""SELECT t.store_id, COALESCE(e.name, t.employee_id) AS employee, t.clock_in_at, t.clock_out_at
FROM timecard t LEFT JOIN employee e ON e.employee_id = t.employee_id
WHERE t.store_id IN ({bind(params, "store", store_ids)})
  AND t.clock_in_at >= CAST($start AS TIMESTAMPTZ) AND t.clock_in_at <= CAST($end AS TIMESTAMPTZ)
ORDER BY t.clock_in_at, t.timecard_id"""
    return Statement(sql, params)


def _who(employee_id: str, *, names: bool) -> str:
    """The name of an employee, or their id where there is no name; nothing for those who may not know."""
    if not names:
        return "CAST(NULL AS VARCHAR)"
    return f"COALESCE((SELECT MIN(e.name) FROM employee e WHERE e.employee_id = {employee_id}), {employee_id})"
