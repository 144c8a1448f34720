"""SQL over single baskets: how their values are spread, and how many of them hold certain goods.

A basket is a document of kind sale or exchange that counts. Its items are its pieces, and one for each line of goods
not sold by the piece, so that a pound of bananas is one thing and ten gallons of fuel are not ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.documents_query import IS_BACK, NET, document_rows, local_hour
from tools.metrics.query import Filter
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

QUANTILES = {"p25": 5, "p50": 10, "p75": 15, "p90": 18}
"""Name and place in twentieths."""

BANDS = ((0, 1), (2, 3), (4, 5), (6, 10), (11, 20), (21, None))
"""Baskets by their number of items, both ends included; what holds nothing but a gift card is in the first."""

# Narrow decimals add up several times faster than what SQL makes of a mixture: lines are cast before they are summed.
_PIECES = f"CASE WHEN u.variant_id IS NOT NULL THEN 0 WHEN {IS_BACK} THEN -ABS(x.quantity) ELSE x.quantity END"
_LINE = f"""x.sale_id, CAST({NET} AS BIGINT) AS net, CAST({_PIECES} AS DECIMAL(18,2)) AS units,
  CASE WHEN u.variant_id IS NOT NULL AND NOT {IS_BACK} THEN 1 ELSE 0 END AS unpieced"""
_KEYS = {
    None: "''",
    "store": "d.store_id",
    "day": "CAST(d.business_on AS VARCHAR)",
    "weekday": "CAST(EXTRACT(ISODOW FROM d.business_on) AS VARCHAR)",
    "hour": f"CAST({local_hour()} AS VARCHAR)",
}


def build_baskets(
    windows: Sequence[Window], by: str | None, scope: Scope, *, large: int, only: Filter | None = None
) -> Statement:
    """One row per group: how many baskets, what they hold, and the values around each quantile.

    Columns: ``key, baskets, net, units, items, single, large``, for each quantile q ``net_q_low, net_q_high,
    items_q_low, items_q_high`` (the two values it lies between), for each band ``band_i, band_net_i``, and of the
    baskets that hold the goods of ``only``: ``hits, hit_net`` (of the whole baskets), ``hit_items, part_net,
    part_units``. Amounts are minor units.

    Args:
        windows: stores and days.
        by: None, "store", "day", "weekday" (1 is Monday) or "hour".
        scope: who asks.
        large: from how many items on a basket is large.
        only: the goods to look for.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"large": large}
    documents = document_rows(windows, params)
    hit = _hit(only, params)
    shelf = ""
    if only and not only.variants:
        shelf = "LEFT JOIN variant w ON w.variant_id = x.variant_id\nLEFT JOIN shelf h ON h.product_id = w.product_id\n"
    clock = "JOIN store st ON st.store_id = d.store_id\n" if by == "hour" else ""
    picks = ",\n  ".join(_picks("net")) + ",\n  " + ",\n  ".join(_picks("items"))
    bands = ",\n  ".join(_bands())
    sql = f"""WITH document AS (
{documents}
), line AS (
SELECT {_LINE}, {hit} AS hit
FROM sale_line x
JOIN document d ON d.sale_id = x.sale_id
LEFT JOIN (SELECT v.variant_id FROM variant v WHERE v.unit_of_measure <> 'each') u ON u.variant_id = x.variant_id
{shelf}WHERE ({window_condition(windows, params, hourly=False)}) AND NOT COALESCE(x.is_gift_card, FALSE)
), held AS (
SELECT l.sale_id, SUM(l.net) AS net, SUM(l.units) AS units, SUM(l.units) + SUM(l.unpieced) AS items, MAX(l.hit) AS hit,
  SUM(CASE WHEN l.hit = 1 THEN l.net END) AS part_net, SUM(CASE WHEN l.hit = 1 THEN l.units END) AS part_units
FROM line l
GROUP BY l.sale_id
), basket AS (
SELECT {_KEYS[by]} AS key, CAST(COALESCE(l.net, 0) AS BIGINT) AS net,
  CAST(COALESCE(l.units, 0) AS DECIMAL(18,2)) AS units, CAST(COALESCE(l.items, 0) AS DECIMAL(18,2)) AS items,
  COALESCE(l.hit, 0) AS hit, l.part_net, l.part_units
FROM document d
{clock}LEFT JOIN held l ON l.sale_id = d.sale_id
WHERE d.kind <> 'return'
), ranked AS (
SELECT b.*, COUNT(*) OVER (PARTITION BY b.key) - 1 AS last_place,
  20 * (ROW_NUMBER() OVER (PARTITION BY b.key ORDER BY b.net) - 1) AS net_place,
  20 * (ROW_NUMBER() OVER (PARTITION BY b.key ORDER BY b.items) - 1) AS items_place
FROM basket b
)
SELECT r.key, COUNT(*) AS baskets, SUM(r.net) AS net, SUM(r.units) AS units, SUM(r.items) AS items,
  COUNT(CASE WHEN r.items <= 1 THEN 1 END) AS single, COUNT(CASE WHEN r.items >= $large THEN 1 END) AS large,
  {picks},
  {bands},
  SUM(r.hit) AS hits, SUM(CASE WHEN r.hit = 1 THEN r.net END) AS hit_net,
  SUM(CASE WHEN r.hit = 1 THEN r.items END) AS hit_items,
  CAST(SUM(r.part_net) AS DECIMAL(18,0)) AS part_net, CAST(SUM(r.part_units) AS DECIMAL(18,2)) AS part_units
FROM ranked r
GROUP BY r.key
ORDER BY r.key"""
    return Statement(sql, params)


def _hit(only: Filter | None, params: dict[str, Any]) -> str:
    """1 for a line of the goods that is no return, as SQL."""
    conditions = [
        f"{column} IN ({bind(params, prefix, names)})"
        for column, prefix, names in (
            ("COALESCE(h.department, 'Unknown')", "dept", only.departments if only else ()),
            ("COALESCE(h.category, 'Unknown')", "cat", only.categories if only else ()),
            ("x.variant_id", "variant", only.variants if only else ()),
        )
        if names
    ]
    if not conditions:
        return "0"
    return f"CASE WHEN {' AND '.join(conditions)} AND NOT {IS_BACK} THEN 1 ELSE 0 END"


def _picks(column: str) -> list[str]:
    """The values below and above the place of each quantile; places are counted in twentieths from the smallest."""
    made = []
    for name, place in QUANTILES.items():
        reached, wanted = f"r.{column}_place", f"{place} * r.last_place"
        below = f"{reached} <= {wanted} AND {reached} > {wanted} - 20"
        above = f"{reached} >= {wanted} AND {reached} < {wanted} + 20"
        made.append(f"MAX(CASE WHEN {below} THEN r.{column} END) AS {column}_{name}_low")
        made.append(f"MAX(CASE WHEN {above} THEN r.{column} END) AS {column}_{name}_high")
    return made


def _bands() -> list[str]:
    made = []
    for number, (low, high) in enumerate(BANDS):
        # Fractions of a piece are possible where a file says so; a band reaches up to the next one.
        within = f"r.items >= {low}" if high is None else f"r.items < {high + 1}"
        within += f" AND r.items >= {low}" if low and high is not None else ""
        made += [
            f"COUNT(CASE WHEN {within} THEN 1 END) AS band_{number}",
            f"SUM(CASE WHEN {within} THEN r.net ELSE 0 END) AS band_net_{number}",
        ]
    return made
