"""SQL over what is in stock and soon gone: at the rate of the windows, or at a faster one of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.cover_query import ROW
from tools.metrics.demand_query import demand_ctes
from tools.metrics.query import Filter, Statement, Window, window_condition
from tools.metrics.stock_query import STOCK_GROUPS
from tools.metrics.supply_query import lead_cte, open_orders

ENOUGH_UNITS = 4
"""So many units in the windows make a rate worth acting on."""

RECENT_DAYS = 7
"""The last days, whose pace is held against that of the days of the windows before them."""

_CHANCE = 2.33
"""A pace is faster where the last days have so many standard deviations more: one in a hundred by chance alone."""


def build_running_out(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    within: int,
    fewer_than: int | None = None,
    faster: bool = False,
    only: Filter | None = None,
    limit: int = 10,
    by_units: bool = False,
) -> Statement:
    """What is in stock and at its present rate gone within so many days, the most sales at risk first.

    With ``fewer_than`` it is what has fewer pieces than that instead, however long they last; ``by_units`` puts the
    most pieces at risk first, for stores of several currencies. With ``faster`` it is what is gone within the days at
    the pace of the last seven, where they sold at least ``ENOUGH_UNITS`` and more than chance explains, held against
    the days of the windows before them; what grew most comes first.

    Columns: ``ROW``, ``lead_mean`` (the cheapest supplier's, or null), ``open`` (pieces on order, or null),
    ``recent_units, recent_days`` (trading days) of the last seven days, and over all rows ``found``, ``late`` (lasts
    shorter than the lead time), ``thin`` (left out: too few units for a rate).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit}
    order = "p.growth" if faster else "p.short" if by_units else "p.risk"
    ctes = _near_the_end(windows, scope, now, params, within=within, fewer_than=fewer_than, faster=faster, only=only)
    sql = f"""WITH {ctes}
SELECT {ROW}, p.lead_mean, p.open, p.recent_units, p.recent_days,
  COUNT(*) OVER () AS found, SUM(CASE WHEN p.lasts < p.lead_mean THEN 1 ELSE 0 END) OVER () AS late,
  (SELECT COUNT(*) FROM near n WHERE n.units < $enough) AS thin
FROM near p WHERE p.units >= $enough
ORDER BY {order} DESC, p.store_id, p.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_running_out_by(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    within: int,
    by: str,
    fewer_than: int | None = None,
    faster: bool = False,
    only: Filter | None = None,
) -> Statement:
    """What ``build_running_out`` counts, per group: ``key, found`` (positions), ``products, late``, most first.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    ctes = _near_the_end(
        windows,
        scope,
        now,
        params,
        within=within,
        fewer_than=fewer_than,
        faster=faster,
        only=only,
        shelved=by in ("department", "category"),
    )
    sql = f"""WITH {ctes}
SELECT {STOCK_GROUPS[by]} AS key, COUNT(*) AS found, COUNT(DISTINCT t.variant_id) AS products,
  SUM(CASE WHEN t.lasts < t.lead_mean THEN 1 ELSE 0 END) AS late
FROM near t WHERE t.units >= $enough
GROUP BY {STOCK_GROUPS[by]}
ORDER BY found DESC, key"""
    return Statement(sql, params)


def _near_the_end(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    params: dict[str, Any],
    *,
    within: int,
    fewer_than: int | None,
    faster: bool,
    only: Filter | None,
    shelved: bool = False,
) -> str:
    """The common tables up to ``near``: what is in stock and will soon be gone, with lead time and pieces on order."""
    params |= {"within": within, "enough": ENOUGH_UNITS if fewer_than is None else 0}
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=False, shelved=shelved)
    stores = sorted({store for window in windows for store in window.store_ids})
    near = "p.cover <= $within"
    if fewer_than is not None:
        near = "p.on_hand < $fewer"
        params["fewer"] = fewer_than
    lasts, part = "p.cover", "CAST(z.days AS DOUBLE) / p.trading_days"
    if faster:
        lasts = "CAST(p.on_hand AS DOUBLE) * z.days / CAST(y.units AS DOUBLE)"
        near = f"""z.days < p.trading_days AND y.units >= {ENOUGH_UNITS} AND p.units > y.units
  AND CAST(p.on_hand AS DOUBLE) * z.days <= $within * CAST(y.units AS DOUBLE)
  AND CAST(y.units AS DOUBLE) - CAST(p.units AS DOUBLE) * {part}
    > {_CHANCE} * SQRT(CAST(p.units AS DOUBLE) * {part} * (1 - {part}))"""
    recent = [
        replace(window, start_on=max(window.start_on, window.end_on - timedelta(days=RECENT_DAYS - 1)))
        for window in windows
    ]
    lately = window_condition(recent, params, hourly=False)
    short = "(CAST(p.units AS DOUBLE) * $within / p.trading_days - CAST(p.on_hand AS DOUBLE))"
    risk = f"{short} * CAST(p.net_minor AS DOUBLE) / CAST(p.units AS DOUBLE)"
    return f"""{ctes},
{lead_cte()},
coming AS (
SELECT x.store_id, x.variant_id, SUM(x.open) AS open FROM ({open_orders(stores, scope, params)}) x
GROUP BY x.store_id, x.variant_id
),
lately AS (
SELECT x.store_id, x.variant_id, SUM(x.units) AS units FROM store_sku_day x WHERE ({lately})
GROUP BY x.store_id, x.variant_id
),
lately_open AS (
SELECT x.store_id, COUNT(*) AS days FROM store_day x WHERE ({lately}) GROUP BY x.store_id
),
near AS (
SELECT p.*, l.lead_mean, c.open, {short} AS short, {risk} AS risk, COALESCE(y.units, 0) AS recent_units,
  z.days AS recent_days,
  {lasts} AS lasts,
  CAST(y.units AS DOUBLE) * (p.trading_days - z.days) / (z.days * NULLIF(CAST(p.units - y.units AS DOUBLE), 0))
    AS growth
FROM paced p LEFT JOIN lead l ON l.variant_id = p.variant_id
LEFT JOIN lately y ON y.store_id = p.store_id AND y.variant_id = p.variant_id
LEFT JOIN lately_open z ON z.store_id = p.store_id
LEFT JOIN coming c ON c.store_id = p.store_id AND c.variant_id = p.variant_id
WHERE p.each AND p.active AND p.on_hand > 0 AND p.units > 0 AND {near}
)"""
