"""SQL over sales against stock: sell-through, GMROI, stock turn, per store and group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tools.context import Scope
from tools.metrics.movement_query import business_day, change_band, counted_differences
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope
from tools.metrics.stock_query import STOCK_GROUPS, stock_ctes


def build_turn(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    until: date,
    logged: Sequence[str],
    by: str | None,
    only: Filter | None = None,
) -> Statement:
    """Sales of the windows beside the stock of the same positions.

    Where a store's log of stock changes is given in ``logged``, stock at the end of its window (``closing``) and before
    its start (``opening``) is the present level less the changes since; elsewhere both are the present level.

    Columns: ``key, store_id, units, margin_minor`` (known cost only), ``closing, opening`` (pieces),
    ``closing_cost, opening_cost`` (major units at present cost; only positions whose cost is known), ``stock_margin``
    (the part of ``margin_minor`` of positions whose stock has a known cost), ``unknown_cost`` (positions in stock).
    Goods sold by the piece only; levels below zero count as none. Stock that did not sell is in it, sales of products
    without a level are not.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    stores = sorted({store for window in windows for store in window.store_ids})
    shelved = by in ("department", "category")
    ctes = stock_ctes(stores, scope, params, now, only=only, windows=windows, shelved=shelved)
    key = STOCK_GROUPS[by] if by else "''"
    changes = (
        "SELECT CAST(NULL AS VARCHAR) AS store_id, CAST(NULL AS VARCHAR) AS variant_id, 0 AS since, 0 AS within"
        " WHERE FALSE"
    )
    if logged:
        known = [
            Window(tuple(store for store in window.store_ids if store in logged), window.start_on, until)
            for window in windows
            if any(store in logged for store in window.store_ids)
        ]
        cases = " ".join(
            f"WHEN x.store_id IN ({bind(params, 'span', window.store_ids)}) THEN"
            f" CAST({bind(params, 'end', [window.end_on])} AS DATE)"
            for window in windows
        )
        begins = " ".join(
            f"WHEN x.store_id IN ({bind(params, 'span', window.store_ids)}) THEN"
            f" CAST({bind(params, 'begin', [window.start_on])} AS DATE)"
            for window in windows
        )
        day = business_day()
        changes = f"""SELECT m.store_id, m.variant_id,
  SUM(CASE WHEN m.business_on > m.end_on THEN m.quantity ELSE 0 END) AS since,
  SUM(CASE WHEN m.business_on >= m.start_on AND m.business_on <= m.end_on THEN m.quantity ELSE 0 END) AS within
FROM (
  SELECT x.store_id, x.variant_id, x.quantity, {day} AS business_on, CASE {cases} END AS end_on,
    CASE {begins} END AS start_on
  FROM inventory_change x JOIN store st ON st.store_id = x.store_id
  JOIN stock t ON t.store_id = x.store_id AND t.variant_id = x.variant_id
  WHERE {change_band(known, params)} AND (t.as_of_at IS NULL OR x.occurred_at <= t.as_of_at)
    AND (x.kind <> 'count' OR x.store_id IN ({counted_differences(known, params)}))) m
GROUP BY m.store_id, m.variant_id"""
    closing = "t.on_hand - COALESCE(c.since, 0)"
    opening = f"{closing} - COALESCE(c.within, 0)"
    pieces = {
        name: f"CASE WHEN {sql} > 0 THEN {sql} ELSE 0 END" for name, sql in (("closing", closing), ("opening", opening))
    }
    sums = ", ".join(
        f"SUM({sql}) AS {name}, SUM(CAST({sql} * t.unit_cost AS DECIMAL(38,9))) AS {name}_cost"
        for name, sql in pieces.items()
    )
    sql = f"""WITH {ctes},
changed AS (
{changes}
)
SELECT {key} AS key, t.store_id, SUM(t.units) AS units, SUM(t.margin_minor) AS margin_minor, {sums},
  SUM(CASE WHEN t.unit_cost IS NOT NULL THEN t.margin_minor END) AS stock_margin,
  SUM(CASE WHEN t.on_hand > 0 AND t.unit_cost IS NULL THEN 1 ELSE 0 END) AS unknown_cost, COUNT(*) AS positions
FROM stock t LEFT JOIN changed c ON c.store_id = t.store_id AND c.variant_id = t.variant_id
WHERE t.each
GROUP BY {f"{key}, " if by else ""}t.store_id
ORDER BY 1, 2"""
    return Statement(sql, params)
