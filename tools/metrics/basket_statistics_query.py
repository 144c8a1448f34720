"""SQL over baskets: how their values are spread, and how many of them hold certain goods.

A basket is a document of kind sale or exchange that counts. Its items are its pieces, and one for each line of goods
not sold by the piece, so that a pound of bananas is one thing and ten gallons of fuel are not ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from tools.context import Scope
from tools.metrics.documents_query import IS_BACK, NET, document_rows, local_hour
from tools.metrics.query import Filter
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

QUANTILES = {"p25": 5, "p50": 10, "p75": 15, "p90": 18}
"""Name and place in twentieths."""

_FROM = (0, 1, 2, 4, 6, 11, 20)
"""From how many items on a band of baskets is cut; what holds nothing but a gift card is in the first."""


def bands_of(large: int) -> list[tuple[int, int | None]]:
    """Baskets by their number of items, both ends included; the last are those called large."""
    starts = [*(one for one in _FROM if one < large), large]
    return [(low, after - 1) for low, after in pairwise(starts)] + [(large, None)]


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

_ROLLED_KEYS = {
    None: "''",
    "store": "x.store_id",
    "day": "CAST(x.business_on AS VARCHAR)",
    "weekday": "CAST(EXTRACT(ISODOW FROM x.business_on) AS VARCHAR)",
    "hour": "CAST(x.hour_of_day AS VARCHAR)",
}


def build_baskets(
    windows: Sequence[Window], by: str | None, scope: Scope, *, large: int, only: Filter | None = None
) -> Statement:
    """One row per group: how many baskets, what they hold, and the values around each quantile.

    Columns: ``key, baskets, net, units, items, net_squares, items_squares`` (sums of the squares), ``net_most``,
    ``single, large``, for each quantile q ``net_q_low, net_q_high,
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
    baskets = _rolled(windows, by, params) if only is None else _looked_into(windows, by, params, only)
    sql = f"""WITH {baskets}, alike AS (
SELECT b.key, b.net, b.units, b.items, b.hit, CAST(COUNT(*) AS BIGINT) AS baskets,
  CAST(SUM(b.part_net) AS BIGINT) AS part_net, CAST(SUM(b.part_units) AS DECIMAL(18,2)) AS part_units
FROM basket b
GROUP BY b.key, b.net, b.units, b.items, b.hit
), {_counted("net")}, {_counted("items")}, whole AS (
SELECT b.key, {_number()} AS baskets, {_total("b.net")} AS net, {_total("b.units")} AS units,
  {_total("b.items")} AS items, {_squares("net")}, {_squares("items")}, MAX(b.net) AS net_most,
  {_number("b.items > 0 AND b.items <= 1")} AS single,
  {_number("b.items >= $large")} AS large,
  {_joined(_bands(large))},
  CAST(SUM(b.hit * b.baskets) AS BIGINT) AS hits, SUM(CASE WHEN b.hit = 1 THEN b.net * b.baskets END) AS hit_net,
  SUM(CASE WHEN b.hit = 1 THEN {_times("b.items")} END) AS hit_items,
  CAST(SUM(b.part_net) AS DECIMAL(18,0)) AS part_net, CAST(SUM(b.part_units) AS DECIMAL(18,2)) AS part_units
FROM alike b
GROUP BY b.key
)
SELECT w.key, w.baskets, w.net, w.units, w.items, w.net_squares, w.items_squares, w.net_most, w.single, w.large,
  {_joined(_picked("net"))},
  {_joined(_picked("items"))},
  {_joined(f"w.band_{number}, w.band_net_{number}" for number in range(len(bands_of(large))))},
  w.hits, w.hit_net, w.hit_items, w.part_net, w.part_units
FROM whole w
JOIN net_quantile n ON n.key = w.key
JOIN items_quantile i ON i.key = w.key
ORDER BY w.key"""
    return Statement(sql, params)


def _rolled(windows: Sequence[Window], by: str | None, params: dict[str, Any]) -> str:
    """The baskets of the rollup as a common table expression: all that is known without looking at lines."""
    return f"""basket AS (
SELECT {_ROLLED_KEYS[by]} AS key, x.net_minor AS net, x.units, x.items, 0 AS hit, CAST(NULL AS BIGINT) AS part_net,
  CAST(NULL AS DECIMAL(18,2)) AS part_units
FROM basket x
WHERE {window_condition(windows, params, hourly=False)}
)"""


def _looked_into(windows: Sequence[Window], by: str | None, params: dict[str, Any], only: Filter) -> str:
    """Common table expressions that end in ``basket``, with what each holds of the goods."""
    documents = document_rows(windows, params)
    hit = _hit(only, params)
    shelf = ""
    if not only.variants:
        shelf = "LEFT JOIN variant w ON w.variant_id = x.variant_id\nLEFT JOIN shelf h ON h.product_id = w.product_id\n"
    clock = "JOIN store st ON st.store_id = d.store_id\n" if by == "hour" else ""
    return f"""document AS (
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
)"""


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


def _counted(column: str) -> str:
    """Common table expressions that end in the two values around each quantile of a column, by key.

    Places are counted in twentieths from the
    smallest, ``upto`` is how many baskets are no larger, and the last place is one less than all of them.
    """
    picks = []
    for name, place in QUANTILES.items():
        wanted = f"{place} * p.last_place"
        low = f"20 * (p.upto - p.alike) <= {wanted} AND {wanted} < 20 * p.upto"
        high = f"20 * (p.upto - p.alike - 1) < {wanted} AND {wanted} <= 20 * (p.upto - 1)"
        picks.append(f"MAX(CASE WHEN {low} THEN p.value END) AS {name}_low")
        picks.append(f"MAX(CASE WHEN {high} THEN p.value END) AS {name}_high")
    return f"""{column}_alike AS (
SELECT b.key, b.{column} AS value, SUM(b.baskets) AS alike FROM alike b GROUP BY b.key, b.{column}
), {column}_place AS (
SELECT a.key, a.value, a.alike, CAST(SUM(a.alike) OVER (PARTITION BY a.key ORDER BY a.value) AS BIGINT) AS upto,
  CAST(SUM(a.alike) OVER (PARTITION BY a.key) AS BIGINT) - 1 AS last_place
FROM {column}_alike a
), {column}_quantile AS (
SELECT p.key, {", ".join(picks)}
FROM {column}_place p
GROUP BY p.key
)"""


def _picked(column: str) -> list[str]:
    return [f"{column[0]}.{name}_{end} AS {column}_{name}_{end}" for name in QUANTILES for end in ("low", "high")]


def _joined(columns: Iterable[str]) -> str:
    return ",\n  ".join(columns)


def _number(condition: str = "TRUE") -> str:
    """How many baskets of which a condition holds; equal ones stand together, as there are far fewer kinds."""
    return f"CAST(COALESCE(SUM(CASE WHEN {condition} THEN b.baskets END), 0) AS BIGINT)"


def _total(column: str) -> str:
    return f"SUM({_times(column)})"


def _times(column: str) -> str:
    """A value of one basket over all that are equal; exact."""
    return f"CAST({column} * b.baskets AS DECIMAL(18,{0 if column == 'b.net' else 2}))"


def _squares(column: str) -> str:
    exact = f"CAST(b.{column} AS DECIMAL(18,{0 if column == 'net' else 2}))"
    return f"SUM({exact} * {_times(f'b.{column}')}) AS {column}_squares"


def _bands(large: int) -> list[str]:
    made = []
    for number, (low, high) in enumerate(bands_of(large)):
        # Fractions of a piece are possible where a file says so: up to one it is a single item, else up to the next.
        least = {0: "TRUE", 1: "b.items > 0", 2: "b.items > 1"}.get(low, f"b.items >= {low}")
        most = {0: "b.items <= 0", 1: "b.items <= 1", None: "TRUE"}.get(high, f"b.items < {(high or 0) + 1}")
        within = f"{least} AND {most}"
        made += [
            f"{_number(within)} AS band_{number}",
            f"SUM(CASE WHEN {within} THEN b.net * b.baskets ELSE 0 END) AS band_net_{number}",
        ]
    return made
