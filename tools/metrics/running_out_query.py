"""SQL over what is in stock and soon gone: at the rate of the windows, or at a faster one of the last days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class Gone:
    """What counts as soon gone.

    ``within`` so many days at the present rate, before the last of them ends; with ``after``, on one of the days that
    follow those, up to the last of ``within``. ``ages`` are stores whose levels are so many days older than the first
    of the days: theirs last from then. With ``fewer_than`` it is what has fewer pieces than that instead, however long
    they last. With ``faster`` it is what is gone within the days at the pace of the last seven, where they sold at
    least ``ENOUGH_UNITS`` and more than chance explains, held against the days of the windows before them. With
    ``late`` it is only what lasts shorter than the lead time of its cheapest supplier.
    """

    within: int
    after: int | None = None
    fewer_than: int | None = None
    faster: bool = False
    late: bool = False
    ages: Mapping[str, int] = field(default_factory=dict)


def build_running_out(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    gone: Gone,
    *,
    only: Filter | None = None,
    limit: int = 10,
    by_units: bool = False,
) -> Statement:
    """What is in stock and soon gone, the most sales at risk first; what grew most first where it is what is faster.

    ``by_units`` puts the most pieces at risk first, for stores of several currencies.

    Columns: ``ROW``, ``lead_mean`` (the cheapest supplier's, or null), ``open`` (pieces on order, or null),
    ``recent_units, recent_days`` (trading days) of the last seven days, and over all rows ``found``, ``late`` (lasts
    shorter than the lead time), ``risk_minor`` (sales at risk, each row rounded to the minor unit), ``judged`` (what is
    in stock with units enough for a rate), ``sooner`` (gone before the days of ``after``) and ``thin`` (left out: too
    few units for a rate).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit}
    order = "p.growth" if gone.faster else "p.short" if by_units else "p.risk"
    ctes = _near_the_end(windows, scope, now, params, gone, only=only)
    sooner = "0"
    if gone.after:
        sooner = "(SELECT COUNT(*) FROM near n WHERE n.units >= $enough AND n.ends < $after)"
    sql = f"""WITH {ctes}
SELECT {ROW}, p.lead_mean, p.open, p.recent_units, p.recent_days,
  COUNT(*) OVER () AS found, SUM(CASE WHEN p.lasts < p.lead_mean THEN 1 ELSE 0 END) OVER () AS late,
  SUM(p.risk_minor) OVER () AS risk_minor,
  (SELECT COUNT(*) FROM judged j WHERE j.units >= $enough) AS judged,
  {sooner} AS sooner,
  (SELECT COUNT(*) FROM near n WHERE n.units < $enough{_later("n", gone, params)}) AS thin
FROM near p WHERE p.units >= $enough{_later("p", gone, params)}
ORDER BY {order} DESC, p.store_id, p.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_running_out_by(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    gone: Gone,
    *,
    by: str,
    only: Filter | None = None,
) -> Statement:
    """What ``build_running_out`` counts, per group, most first.

    Columns: ``key, found`` (positions), ``products, late, risk_minor``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    ctes = _near_the_end(windows, scope, now, params, gone, only=only, shelved=by in ("department", "category"))
    sql = f"""WITH {ctes}
SELECT {STOCK_GROUPS[by]} AS key, COUNT(*) AS found, COUNT(DISTINCT t.variant_id) AS products,
  SUM(CASE WHEN t.lasts < t.lead_mean THEN 1 ELSE 0 END) AS late,
  SUM(t.risk_minor) AS risk_minor
FROM near t WHERE t.units >= $enough{_later("t", gone, params)}
GROUP BY {STOCK_GROUPS[by]}
ORDER BY found DESC, key"""
    return Statement(sql, params)


def _later(alias: str, gone: Gone, params: dict[str, Any]) -> str:
    """The condition that it is not gone before the days asked about begin."""
    if not gone.after:
        return ""
    params["after"] = gone.after
    return f" AND {alias}.ends >= $after"


def _age(gone: Gone, params: dict[str, Any]) -> str:
    """Days that the levels of a position's store are older than the first of the days."""
    cases = []
    for number, (store, days) in enumerate(sorted(gone.ages.items())):
        params[f"old{number}"] = store
        cases.append(f"WHEN p.store_id = $old{number} THEN {int(days)}")
    return f"(CASE {' '.join(cases)} ELSE 0 END)" if cases else "0"


def _near_the_end(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    params: dict[str, Any],
    gone: Gone,
    *,
    only: Filter | None,
    shelved: bool = False,
) -> str:
    """The common tables up to ``judged``, what is in stock and sells, and ``near``, what of it will soon be gone.

    Sales at risk are at the pace that is asked about: that of the windows, or of the last days.
    """
    params |= {"within": gone.within, "enough": ENOUGH_UNITS if gone.fewer_than is None else 0}
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=False, shelved=shelved)
    stores = sorted({store for window in windows for store in window.store_ids})
    near = "p.ends < $within"
    lasts, pace = "p.cover", "CAST(p.units AS DOUBLE) / p.trading_days"
    if gone.fewer_than is not None:
        near = "p.on_hand < $fewer"
        params["fewer"] = gone.fewer_than
    if gone.faster:
        part = "CAST(p.recent_days AS DOUBLE) / p.trading_days"
        lasts = "CAST(p.on_hand AS DOUBLE) * z.days / CAST(y.units AS DOUBLE)"
        pace = "CAST(y.units AS DOUBLE) / z.days"
        near = f"""p.recent_days < p.trading_days AND p.recent_units >= {ENOUGH_UNITS} AND p.units > p.recent_units
  AND {near}
  AND CAST(p.recent_units AS DOUBLE) - CAST(p.units AS DOUBLE) * {part}
    > {_CHANCE} * SQRT(CAST(p.units AS DOUBLE) * {part} * (1 - {part}))"""
    if gone.late:
        near += " AND p.lasts < p.lead_mean"
    recent = [
        replace(window, start_on=max(window.start_on, window.end_on - timedelta(days=RECENT_DAYS - 1)))
        for window in windows
    ]
    lately = window_condition(recent, params, hourly=False)
    age = _age(gone, params)
    short = f"({pace} * ($within + {age}) - CAST(p.on_hand AS DOUBLE))"
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
judged AS (
SELECT p.*, l.lead_mean, c.open, {short} AS short, {risk} AS risk,
  TRY_CAST(ROUND(GREATEST({risk}, 0)) AS BIGINT) AS risk_minor, COALESCE(y.units, 0) AS recent_units,
  z.days AS recent_days,
  {lasts} AS lasts, {lasts} - {age} AS ends,
  CAST(y.units AS DOUBLE) * (p.trading_days - z.days) / (z.days * NULLIF(CAST(p.units - y.units AS DOUBLE), 0))
    AS growth
FROM paced p LEFT JOIN lead l ON l.variant_id = p.variant_id
LEFT JOIN lately y ON y.store_id = p.store_id AND y.variant_id = p.variant_id
LEFT JOIN lately_open z ON z.store_id = p.store_id
LEFT JOIN coming c ON c.store_id = p.store_id AND c.variant_id = p.variant_id
WHERE p.each AND p.active AND p.on_hand > 0 AND p.units > 0
),
near AS (
SELECT p.* FROM judged p WHERE {near}
)"""
