"""SQL over stock against demand: cover, what runs out, what is out, what there is too much of, what sells fastest.

Demand is that of ``demand_query``. Ranking uses floats; every quantity and amount that is shown comes out exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.demand_query import demand_ctes
from tools.metrics.query import Filter, Statement, Window, checked_scope, window_condition
from tools.metrics.stock_query import (
    HELD,
    ON_HAND,
    STOCK_GROUPS,
    in_stores,
    is_out,
    levels,
    part_condition,
    scoped_stores,
)
from tools.metrics.supply_query import lead_cte
from tools.metrics.windows import product_days

ROW = """p.store_id, p.variant_id, p.on_hand, p.floor, p.backroom, p.units, p.squares, p.trading_days, p.net_minor,
  p.sold_on, p.unit_cost, p.unit_price, p.cost_value, p.retail_value, p.new_since"""
"""Columns of one position as the tools read them."""


def build_paced(
    windows: Sequence[Window], scope: Scope, now: datetime, *, only: Filter, valued: bool = True
) -> Statement:
    """Every position of a few products with its demand: ``ROW``, ``each`` and ``active``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=valued)
    return Statement(
        f"WITH {ctes}\nSELECT {ROW}, p.each, p.active FROM paced p ORDER BY p.variant_id, p.store_id", params
    )


def build_cover(
    windows: Sequence[Window], scope: Scope, now: datetime, *, only: Filter | None = None, by: str | None = None,
    within: str | None = None,
) -> Statement:  # fmt: skip
    """On hand and units sold per store and group.

    Columns: ``key, inner, store_id, pieces, units, trading_days, positions, new_goods`` (positions of goods that are
    new); ``inner`` is the key of a second split, ``within``, of each group, null without one. Goods sold by the piece
    only; levels below zero count as none.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    shelved = bool({by, within} & {"department", "category"})
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=False, shelved=shelved)
    key, inner = (STOCK_GROUPS[name] if name else "CAST(NULL AS VARCHAR)" for name in (by, within))
    sql = f"""WITH {ctes}
SELECT {key} AS key, {inner} AS inner, t.store_id, SUM({HELD}) AS pieces,
  SUM(t.units) AS units, MAX(t.trading_days) AS trading_days, COUNT(*) AS positions,
  COUNT(t.new_since) AS new_goods
FROM paced t WHERE t.each
GROUP BY 1, 2, t.store_id
ORDER BY 1, 2, 3"""
    return Statement(sql, params)


def build_longest_cover(
    windows: Sequence[Window], scope: Scope, now: datetime, *, least: int, order: str, limit: int,
    conditions: Sequence[str] = (), only: Filter | None = None,
) -> Statement:  # fmt: skip
    """Products in stock by their days of cover over all stores, which is a float here, for ranking alone.

    Args:
        windows: over which days demand is measured.
        scope: who asks.
        now: for stock.
        least: units that a product has to have sold in the windows.
        order: "top" for the longest first, "bottom" for the shortest.
        limit: how many.
        conditions: on ``l.cover``, such as ``l.cover > 30``; written by code, never by a person.
        only: the part of the range.

    Columns: ``variant_id, found`` (those that hold), ``looked_at`` (all that sell).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"least": least, "limit": limit}
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=False)
    bounds = " AND ".join(conditions) or "TRUE"
    sql = f"""WITH {ctes},
lasting AS (
SELECT t.variant_id, SUM(CAST({HELD} AS DOUBLE)) / SUM(CAST(t.units AS DOUBLE) / t.trading_days) AS cover
FROM paced t WHERE t.each AND t.trading_days > 0
GROUP BY t.variant_id HAVING SUM({HELD}) > 0 AND SUM(t.units) >= $least
)
SELECT l.variant_id, COUNT(*) OVER () AS found, (SELECT COUNT(*) FROM lasting) AS looked_at
FROM lasting l WHERE {bounds}
ORDER BY l.cover {"DESC" if order == "top" else "ASC"}, l.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_out(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    where: str,
    only: Filter | None = None,
    limit: int = 10,
) -> Statement:
    """What is out of stock, the best sellers of the windows first.

    Args:
        windows: days in which a sale makes a product one that is still sold.
        scope: who asks.
        now: for costs and prices.
        where: as for ``is_out``.
        only: the part of the range.
        limit: how many rows.

    Columns: ``ROW``, ``each`` and over all active products ``found`` and ``found_products`` (positions, products),
    ``selling`` and ``selling_products`` (of them those that sold in the windows), ``everywhere`` (products out in every
    store that has a level), ``carried`` (positions of active products in all).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit}
    condition = is_out(where)
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=False, kept=f"t.active AND {condition}")
    sql = f"""WITH {ctes},
everywhere AS (
SELECT t.variant_id FROM placed t WHERE t.active GROUP BY t.variant_id
HAVING SUM(CASE WHEN {condition} THEN 0 ELSE 1 END) = 0
)
SELECT {ROW}, p.each,
  COUNT(*) OVER () AS found, (SELECT COUNT(DISTINCT g.variant_id) FROM paced g) AS found_products,
  SUM(CASE WHEN p.units > 0 OR p.net_minor > 0 THEN 1 ELSE 0 END) OVER () AS selling,
  (SELECT COUNT(DISTINCT g.variant_id) FROM paced g WHERE g.units > 0 OR g.net_minor > 0) AS selling_products,
  (SELECT COUNT(*) FROM everywhere) AS everywhere, (SELECT COUNT(*) FROM placed a WHERE a.active) AS carried
FROM paced p
ORDER BY CASE WHEN p.net_minor IS NULL THEN 1 ELSE 0 END, p.net_minor DESC, p.store_id, p.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_out_by(
    windows: Sequence[Window], scope: Scope, now: datetime, *, where: str, by: str, within: str | None = None,
    only: Filter | None = None,
) -> Statement:  # fmt: skip
    """What ``build_out`` counts, per group: ``key, inner, found`` (positions), ``found_products, carried``, most first.

    ``inner`` is the key of a second split, ``within``, of each group; null without one. ``selling`` are the positions
    found that sold in the windows, ``net_minor`` what they sold for, as in ``attention_query``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    shelved = bool({by, within} & {"department", "category"})
    kept = f"t.active AND {is_out(where)}"
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=False, shelved=shelved, kept=kept)
    key, inner = STOCK_GROUPS[by], STOCK_GROUPS[within] if within else "CAST(NULL AS VARCHAR)"
    sold = "t.units > 0 OR t.net_minor > 0"
    sql = f"""WITH {ctes},
out_now AS (
SELECT {key} AS key, {inner} AS inner, COUNT(*) AS found, COUNT(DISTINCT t.variant_id) AS found_products,
  SUM(CASE WHEN {sold} THEN 1 ELSE 0 END) AS selling, SUM(CASE WHEN {sold} THEN t.net_minor END) AS net_minor
FROM paced t GROUP BY 1, 2
)
SELECT a.key, a.inner, COALESCE(o.found, 0) AS found, COALESCE(o.found_products, 0) AS found_products, a.carried,
  COALESCE(o.selling, 0) AS selling, o.net_minor
FROM (SELECT {key} AS key, {inner} AS inner, COUNT(*) AS carried FROM placed t WHERE t.active GROUP BY 1, 2) a
LEFT JOIN out_now o ON o.key = a.key AND o.inner IS NOT DISTINCT FROM a.inner
ORDER BY 3 DESC, 1, 2"""
    return Statement(sql, params)


def build_overstock(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    cover: int,
    by: str | None,
    only: Filter | None = None,
    limit: int = 10,
) -> Statement:
    """What sells, and is there for more than ``cover`` days, and beside it what that comes to by group and store.

    The positions come with the most money tied up in the excess first; the excess is on hand less ``cover`` days'
    demand, and none where it is less than a piece, or than the pack that the cheapest supplier sells. Columns: ``ROW``
    and ``products`` of a position, ``unknown_cost`` and ``small`` (positions left out for that) over all of them; and
    of a part ``key, part_store_id, part_trading_days, positions, scaled_excess`` and ``scaled_cost``: pieces and major
    units, both times the trading days of the store, so that nothing is divided here. The shorter of the two is filled
    up with nulls, of which alone a row is where nothing is found.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"cover": cover, "limit": limit}
    key = STOCK_GROUPS[by].replace("t.", "p.") if by else "''"
    sql = f"""WITH {_overstocked(windows, scope, now, params, only, shelved=by in ("department", "category"))},
part AS (
SELECT {key} AS key, p.store_id AS part_store_id, p.trading_days AS part_trading_days, COUNT(*) AS positions,
  SUM(p.scaled_excess) AS scaled_excess, SUM(CAST(p.scaled_excess * p.unit_cost AS DECIMAL(38,9))) AS scaled_cost
FROM much p
GROUP BY {f"{key}, " if by else ""}p.store_id, p.trading_days
), shown AS (
SELECT {ROW},
  ROW_NUMBER() OVER (ORDER BY p.scaled_excess * p.unit_cost / p.trading_days DESC NULLS LAST,
    p.scaled_excess / p.trading_days DESC, p.store_id, p.variant_id) AS place
FROM much p
ORDER BY place
LIMIT $limit
)
SELECT f.*, w.products, w.unknown_cost, w.small
FROM (SELECT COUNT(DISTINCT m.variant_id) AS products,
  SUM(CASE WHEN m.unit_cost IS NULL THEN 1 ELSE 0 END) AS unknown_cost,
  (SELECT COUNT(*) FROM beyond b) - COUNT(*) AS small FROM much m) w
LEFT JOIN (
  SELECT s.*, COALESCE(s.place, q.place) AS line, q.key, q.part_store_id, q.part_trading_days, q.positions,
    q.scaled_excess, q.scaled_cost
  FROM shown s
  FULL JOIN (SELECT r.*, ROW_NUMBER() OVER (ORDER BY r.key, r.part_store_id) AS place FROM part r) q
    ON q.place = s.place
) f ON TRUE
ORDER BY f.line"""
    return Statement(sql, params)


def _overstocked(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    params: dict[str, Any],
    only: Filter | None,
    *,
    shelved: bool = False,
) -> str:
    """CTEs that end in ``beyond`` and ``much``: positions beyond the cover, with the excess times the trading days.

    ``much`` has those whose excess is a whole piece or pack, or more; all exact.
    """
    ctes = demand_ctes(windows, scope, params, now, only=only, shelved=shelved)
    return f"""{ctes},
{lead_cte()},
beyond AS (
SELECT p.*, CAST(p.on_hand * p.trading_days - p.units * $cover AS DECIMAL(18,5)) AS scaled_excess
FROM paced p WHERE p.each AND p.on_hand > 0 AND p.units > 0 AND p.cover > $cover
),
much AS (
SELECT p.* FROM beyond p LEFT JOIN lead l ON l.variant_id = p.variant_id
WHERE p.scaled_excess >= p.trading_days * GREATEST(1, COALESCE(l.pack_size, 1))
)"""


def build_movers(windows: Sequence[Window], scope: Scope, *, only: Filter | None = None, limit: int = 10) -> Statement:
    """Products by units a day over all stores of the windows, the fastest first.

    Columns: ``variant_id, units, net_minor, stores, sold_days``; a product's stores are those it sold in.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    table, where = product_days(windows, params)
    part = part_condition(only, params, variant="x", shelf="h")
    shelf = (
        "\nLEFT JOIN variant v ON v.variant_id = x.variant_id\nLEFT JOIN shelf h ON h.product_id = v.product_id"
        if only and (only.departments or only.categories)
        else ""
    )
    # Where and on how many days they sold is counted for the fastest alone: sets of stores are dear. Compared with “=”,
    # the scan would look for the variant of each of its rows among the fastest.
    sql = f"""WITH fastest AS (
SELECT x.variant_id, SUM(x.units) AS units, SUM(x.net_minor) AS net_minor
FROM {table} x{shelf}
WHERE ({where}) AND x.variant_id IS NOT NULL{part}
GROUP BY x.variant_id HAVING SUM(x.units) > 0
ORDER BY units DESC, net_minor DESC, x.variant_id
LIMIT $limit
)
SELECT f.variant_id, f.units, f.net_minor, COUNT(DISTINCT x.store_id) AS stores, COUNT(*) AS sold_days
FROM fastest f
JOIN store_sku_day x ON x.variant_id IS NOT DISTINCT FROM f.variant_id
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY f.variant_id, f.units, f.net_minor
ORDER BY f.units DESC, f.net_minor DESC, f.variant_id"""
    return Statement(sql, params)


def build_on_hand(
    store_ids: Sequence[str], scope: Scope, variant_ids: Sequence[str], *, everyone: int = 0
) -> Statement:
    """On hand of a few variants over the stores: ``variant_id, on_hand``; variants without a level are left out.

    Levels below zero count as none. ``everyone`` is as for ``scoped_stores``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"variants": list(variant_ids)}
    here = in_stores(scoped_stores(store_ids, scope, params, everyone=everyone))
    few = (
        " JOIN (SELECT DISTINCT UNNEST(CAST($variants AS VARCHAR[])) AS variant_id) n"
        " ON n.variant_id IS NOT DISTINCT FROM x.variant_id"
    )
    sql = f"""WITH {levels(here, few)}, stock AS (
SELECT l.variant_id, {ON_HAND} AS on_hand
FROM level l JOIN store st ON st.store_id = l.store_id
LEFT JOIN variant v ON v.variant_id = l.variant_id
WHERE COALESCE(v.track_stock, TRUE)
)
SELECT t.variant_id, SUM({HELD}) AS on_hand FROM stock t GROUP BY t.variant_id ORDER BY 1"""
    return Statement(sql, params)
