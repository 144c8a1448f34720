"""SQL over what units really sold for: net sales by band of unit net price, and own label against national brands.

A line's unit net price is its net sales over its pieces. Goods not sold by the piece have no price per piece and are
kept apart; so are lines that came back and lines of nothing (a price of nought or less is no price).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.documents_query import IS_BACK, NET, line_rows
from tools.metrics.query import Filter
from tools.metrics.windows import Statement, Window, bind, checked_scope, product_days, window_condition

QUANTILES = 5
"""Bands of equal units where none are given."""

_PRICED = "COALESCE(v.unit_of_measure, 'each') = 'each' AND x.quantity > 0"


def build_prices(windows: Sequence[Window], scope: Scope, only: Filter | None) -> Statement:
    """Lines sold by the piece, by unit net price in hundredths of a minor unit: ``price, net, units, lines``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT l.price, CAST(SUM(l.net) AS DECIMAL(18,0)) AS net, CAST(SUM(l.quantity) AS DECIMAL(18,2)) AS units,
  COUNT(*) AS lines
FROM (
SELECT m.net, m.quantity, CAST(CAST(m.net AS DECIMAL(18,5)) * 100 / m.quantity AS DECIMAL(18,0)) AS price
FROM (
{_lines(windows, params, only)}
) m
) l
WHERE l.net > 0
GROUP BY l.price
ORDER BY l.price"""
    return Statement(sql, params)


def build_banded(windows: Sequence[Window], scope: Scope, only: Filter | None, edges: Sequence[int]) -> Statement:
    """Lines sold by the piece by band: ``band, net, units, products, documents``; band -1 is what went for nothing.

    ``edges`` are rising unit net prices in hundredths of a minor unit; band 0 lies below the first, band i from the
    i-th up to, but without, the next.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    lines = _lines(windows, params, only)
    whens = "\n    ".join(
        f"WHEN l.net * 100 < {bind(params, 'edge', [edge])} * l.quantity THEN {number}"
        for number, edge in enumerate(edges)
    )
    sql = f"""SELECT CASE WHEN l.net <= 0 THEN -1 {whens} ELSE {len(edges)} END AS band,
  CAST(SUM(l.net) AS DECIMAL(18,0)) AS net,
  CAST(SUM(l.quantity) AS DECIMAL(18,2)) AS units, COUNT(DISTINCT l.variant_id) AS products,
  COUNT(DISTINCT l.sale_id) AS documents
FROM (
{lines}
) l
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def build_labels(windows: Sequence[Window], by: str | None, scope: Scope, only: Filter | None) -> Statement:
    """Own label and other brands, from the rollups.

    Columns: ``key, own`` (null: not said)``, net, piece_net`` (of goods sold by the piece)``, units, cogs, known_net,
    products``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    shelves = {
        "department": "COALESCE(h.department, 'Unknown')", "category": "COALESCE(h.category, 'Unknown')",
    }  # fmt: skip
    days = {
        "store": "x.store_id",
        "week": "CAST(CAST(DATE_TRUNC('week', x.business_on) AS DATE) AS VARCHAR)",
        "month": "CAST(CAST(DATE_TRUNC('month', x.business_on) AS DATE) AS VARCHAR)",
    }
    if by in days:
        table, condition = "store_sku_day", window_condition(windows, params, hourly=False)
    else:
        table, condition = product_days(windows, params)
    kept = days.get(by or "")
    key, group = (f"{kept} AS key, ", f"{kept}, ") if kept else ("", "")
    conditions = _only(only, params)
    of_shelf = by in shelves or any(condition.startswith("COALESCE(h.") for condition in conditions)
    shelf = "\nLEFT JOIN shelf h ON h.product_id = v.product_id" if of_shelf else ""
    # Days are added up by variant before anything is looked up of it, so that each row of a key is another product.
    sql = f"""SELECT {shelves.get(by or "", "x.key" if kept else "''")} AS key, p.private_label AS own,
  SUM(x.net_minor) AS net,
  SUM(CASE WHEN COALESCE(v.unit_of_measure, 'each') = 'each' THEN x.net_minor ELSE 0 END) AS piece_net,
  SUM(x.units) AS units, SUM(x.cogs_minor) AS cogs, SUM(x.known_cost_net_minor) AS known_net,
  COUNT(x.variant_id) AS products
FROM (
SELECT {key}x.variant_id, SUM(x.net_minor) AS net_minor, SUM(x.units) AS units,
  SUM(x.cogs_minor) AS cogs_minor, SUM(x.known_cost_net_minor) AS known_cost_net_minor
FROM {table} x WHERE {condition} GROUP BY {group}x.variant_id
) x
LEFT JOIN variant v ON v.variant_id = x.variant_id
LEFT JOIN product p ON p.product_id = v.product_id{shelf}
WHERE {" AND ".join(conditions) or "TRUE"}
GROUP BY 1, 2
ORDER BY 1, 2"""
    return Statement(sql, params)


def _lines(windows: Sequence[Window], params: dict[str, Any], only: Filter | None) -> str:
    conditions = [_PRICED, f"NOT {IS_BACK}"]
    if only and (only.departments or only.categories):
        shelf = " AND ".join(_only(only, params))
        conditions.append(f"v.product_id IN (SELECT h.product_id FROM shelf h WHERE {shelf})")
    elif only:
        conditions += _only(only, params)
    columns = f"x.sale_id, x.variant_id, x.quantity, {NET} AS net"
    return line_rows(windows, params, columns, condition=" AND ".join(conditions))


def _only(only: Filter | None, params: dict[str, Any]) -> list[str]:
    named = (
        ("COALESCE(h.department, 'Unknown')", only.departments if only else ()),
        ("COALESCE(h.category, 'Unknown')", only.categories if only else ()),
        ("x.variant_id", only.variants if only else ()),
    )
    return [f"{column} IN ({bind(params, 'only', names)})" for column, names in named if names]
