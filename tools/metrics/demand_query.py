"""The demand that stock is held against: units of some days over the trading days that they were sold on.

Trading days are those of the store (days with any sale), so days closed do not thin it; of goods taken into the
catalogue within the days, those since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Window, window_condition
from tools.metrics.stock_query import stock_ctes


def demand_ctes(
    windows: Sequence[Window],
    scope: Scope,
    params: dict[str, Any],
    now: datetime,
    *,
    only: Filter | None,
    valued: bool = True,
    shelved: bool = False,
    kept: str = "",
) -> str:
    """``stock_ctes`` and ``paced``: the stock rows with ``trading_days`` and ``cover`` (days, float).

    The days are those of the store, of goods that are new those since they were taken in, which is ``new_since`` (else
    null). Goods that sold earlier than the day before they were taken in are not new: their date is that of a catalogue
    that was filled later. ``kept`` is a condition on the rows ``t`` of ``placed`` that alone are looked at.
    """
    stores = sorted({store for window in windows for store in window.store_ids})
    params["fresh_from"] = min(window.start_on for window in windows)
    ctes = stock_ctes(stores, scope, params, now, only=only, windows=windows, valued=valued, shelved=shelved, kept=kept)
    return f"""{ctes},
trading AS (
SELECT x.store_id, COUNT(*) AS trading_days FROM store_day x
WHERE ({window_condition(windows, params, hourly=False)}) GROUP BY x.store_id
),
fresh AS (
SELECT l.store_id, l.variant_id, MIN(CAST(l.created_at AS DATE)) AS new_since, COUNT(*) AS trading_days
FROM {"kept" if kept else "placed"} l LEFT JOIN sold s ON s.store_id = l.store_id AND s.variant_id = l.variant_id
JOIN store_day x ON x.store_id = l.store_id
  AND x.business_on >= LEAST(CAST(l.created_at AS DATE), COALESCE(s.first_sold_on, CAST(l.created_at AS DATE)))
WHERE l.created_at > CAST($fresh_from AS DATE) + INTERVAL 1 DAY
  AND (s.first_sold_on IS NULL OR s.first_sold_on >= CAST(l.created_at AS DATE) - INTERVAL 1 DAY)
  AND ({window_condition(windows, params, hourly=False)})
GROUP BY l.store_id, l.variant_id
),
paced AS (
SELECT r.*, CASE WHEN r.units > 0
    THEN CAST(r.on_hand AS DOUBLE) * r.trading_days / CAST(r.units AS DOUBLE) END AS cover
FROM (
  SELECT t.*, f.new_since, COALESCE(f.trading_days, d.trading_days) AS trading_days
  FROM stock t LEFT JOIN trading d ON d.store_id = t.store_id
  LEFT JOIN fresh f ON f.store_id = t.store_id AND f.variant_id = t.variant_id) r
)"""
