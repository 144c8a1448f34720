"""SQL for what each part of the range, or each group of customers, leaves over its cost at the time of sale.

Sums are those of the metrics (``n_`` and ``d_`` columns) over the daily rollup, first brought to one row per product,
so that a name with two rows can never count a sale twice. Groups of customers need lines; a line is valued there as the
rollups value it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.definitions import METRICS
from tools.metrics.query import SALES_COLUMNS, Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.windows import product_days

SHOWN = ("net_sales", "gross_margin", "gross_margin_pct", "discounts", "discount_rate", "units")
"""The metrics of a profitability answer; the first column of the SQL sums feeds each."""

KEYS = {"department": "h.department", "category": "h.category", "brand": "p.brand"}
ATTRIBUTES = {
    "age_band": "c.age_band",
    "income_band": "c.income_band",
    "household_size": "c.household_size",
    "kids": "c.kids",
}
TIERS = ("Top 10 % by spend", "Next 20 %", "Next 30 %", "Other 40 %")


def sums_of_metrics() -> str:
    """The sums of every shown metric, and the value and number of lines of unknown cost, over ``s``."""
    named: dict[str, str] = {}
    for name in SHOWN:
        metric = METRICS[name]
        named[f"n_{name}"] = metric.numerator
        if metric.denominator:
            named[f"d_{name}"] = metric.denominator
    named |= {
        "x_net": "SUM(s.net_minor)",
        "x_unknown_net": "SUM(s.net_minor - s.known_cost_net_minor)",
        "x_unknown_lines": "SUM(s.unknown_cost_lines)",
        "x_lines": "SUM(s.lines)",
    }
    return ",\n  ".join(f"{sql} AS {name}" for name, sql in named.items())


def by_variant(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """One row per variant of the windows with the rollup's sums."""
    # A wider decimal than the rollup's own is far slower to add up again.
    sums = ", ".join(
        f"CAST(SUM(x.{column}) AS {'BIGINT' if column.endswith('lines') else 'DECIMAL(18,2)'}) AS {column}"
        for column in SALES_COLUMNS
    )
    table, condition = product_days(windows, params)
    return f"SELECT x.variant_id, {sums}\nFROM {table} x\nWHERE {condition}\nGROUP BY x.variant_id"


def part_condition(only: Filter | None, params: dict[str, Any]) -> str:
    """The part of the range as a condition on ``h`` and ``s``; true for all of it."""
    if only is None:
        return "TRUE"
    named = (
        ("COALESCE(h.department, 'Unknown')", only.departments),
        ("COALESCE(h.category, 'Unknown')", only.categories),
        ("s.variant_id", only.variants),
    )
    return " AND ".join(f"{sql} IN ({bind(params, 'part', values)})" for sql, values in named if values) or "TRUE"


_CATALOGUE = """LEFT JOIN variant v ON v.variant_id = s.variant_id
LEFT JOIN product p ON p.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id"""


def _shelves(only: Filter | None) -> str:
    """The catalogue, where a part of the range must be told by it."""
    return f"\n{_CATALOGUE}" if only and (only.departments or only.categories) else ""


def build_parts(windows: Sequence[Window], by: str, scope: Scope, only: Filter | None = None) -> Statement:
    """One row per department, category or brand: its name, then the sums of ``sums_of_metrics``."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    key = f"COALESCE({KEYS[by]}, 'Unknown')"
    sql = f"""SELECT {key} AS part,
  {sums_of_metrics()}
FROM ({by_variant(windows, params)}) s
{_CATALOGUE}
WHERE {part_condition(only, params)}
GROUP BY {key}
ORDER BY 1"""
    return Statement(sql, params)


_ORDERS = {
    "best": "n_gross_margin DESC",
    "worst": "n_gross_margin ASC",
    "losing": "n_gross_margin ASC",
    "always_losing": "n_gross_margin ASC",
}
ENOUGH_PARTS = 2
"""A product is always losing when it lost in so many weeks or months, and in all that it sold in."""


def build_products(
    windows: Sequence[Window],
    scope: Scope,
    *,
    show: str,
    limit: int,
    only: Filter | None = None,
    by_item: bool = False,
    least_units: int = 0,
    part: str = "week",
) -> Statement:
    """Products by gross margin, with their sums.

    Columns: ``variant_id``, the sums of ``sums_of_metrics``, and over all that qualify ``counted``, ``added``,
    ``unknown_products`` (sold, but of wholly unknown cost and so not ranked), ``sold_products`` and
    ``returned_products`` (more came back than was sold). ``show`` is "best", "worst", or "losing" for those sold below
    their cost in sum, where more was sold than came back, or "always_losing" for those of them that were in each
    ``part`` ("week" or "month" of the calendar) they sold in, two or more. Both have ``sold_parts`` and ``loss_parts``
    of a product, and ``always``, how many of those counted always lost. Only products of ``least_units`` pieces or more
    fit. With ``by_item`` variants of one item, named by the first of their ids, are one product.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    joined, key = "", "s.variant_id"
    if by_item:
        joined, key = "\nLEFT JOIN item i ON i.variant_id = s.variant_id", "COALESCE(i.item_id, s.variant_id)"
    sold = "m.n_gross_margin < 0 AND m.n_net_sales >= 0"
    losing = show in ("losing", "always_losing")
    always = f"q.loss_parts = q.sold_parts AND q.sold_parts >= {ENOUGH_PARTS:d}"
    qualifies = sold if losing else "m.n_gross_margin IS NOT NULL"
    if least_units:
        params["least_units"] = least_units
        qualifies += " AND m.n_units >= $least_units"
    if show == "always_losing":
        qualifies += f" AND {always}"
    steps, beside, of_parts, losers = "", "", "", ""
    if losing:
        losers = "\n  SUM(CASE WHEN t.fits AND t.always_lost THEN 1 ELSE 0 END) OVER () AS always,"
        steps = f"{_losing_parts(windows, params, part, joined, key)}, "
        beside, of_parts = (
            f", q.sold_parts, q.loss_parts, {always} AS always_lost",
            "\nLEFT JOIN parts q ON q.key = m.key",
        )
    sql = f"""WITH {steps}made AS (
SELECT {key} AS key, MIN(s.variant_id) AS variant_id,
  {sums_of_metrics()}
FROM ({by_variant(windows, params)}) s{joined}{_shelves(only)}
WHERE s.variant_id IS NOT NULL AND {part_condition(only, params)}
GROUP BY {key}
HAVING SUM(s.net_minor) <> 0 OR SUM(s.units) <> 0
), told AS (
SELECT m.*{beside}, {qualifies} AS fits, m.n_gross_margin IS NULL AS no_cost FROM made m{of_parts}
)
SELECT t.*, SUM(CASE WHEN t.fits THEN 1 ELSE 0 END) OVER () AS counted,
  SUM(CASE WHEN t.fits THEN t.n_gross_margin END) OVER () AS added,{losers}
  SUM(CASE WHEN t.no_cost THEN 1 ELSE 0 END) OVER () AS unknown_products, COUNT(*) OVER () AS sold_products,
  SUM(CASE WHEN t.n_net_sales < 0 THEN 1 ELSE 0 END) OVER () AS returned_products
FROM told t
ORDER BY CASE WHEN t.fits THEN 0 ELSE 1 END, t.{_ORDERS[show]}, t.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def _losing_parts(windows: Sequence[Window], params: dict[str, Any], part: str, joined: str, key: str) -> str:
    """CTEs up to ``parts``: by ``key`` in how many weeks or months a product sold at a known cost, and at a loss."""
    table, condition = product_days(windows, params)
    margin = METRICS["gross_margin"].numerator
    columns = ", ".join(f"x.{column}" for column in SALES_COLUMNS)
    return f"""parted AS (
SELECT {key} AS key, s.part, {margin} AS margin, SUM(s.net_minor) AS net
FROM (SELECT x.variant_id, DATE_TRUNC('{part}', x.business_on) AS part, {columns}
  FROM {table} x WHERE {condition}) s{joined}
WHERE s.variant_id IS NOT NULL GROUP BY {key}, s.part
), parts AS (
SELECT r.key, COUNT(*) AS sold_parts, SUM(CASE WHEN r.margin < 0 THEN 1 ELSE 0 END) AS loss_parts
FROM parted r WHERE r.margin IS NOT NULL AND r.net >= 0 GROUP BY r.key
)"""


def build_falling(
    now: Sequence[Window],
    before: Sequence[Window],
    scope: Scope,
    *,
    limit: int,
    least_units: int,
    only: Filter | None = None,
) -> Statement:
    """Products whose margin % fell, those first that lose most by it at their present volume.

    Only products sold at least ``least_units`` times in both, whose cost is known on every line of both. Columns:
    ``variant_id``, then net, cost and units of both periods (minor units), ``lost`` (minor units, an estimate),
    ``is_lower`` (exact), ``fell`` (how many fell), ``compared`` (how many could be compared).
    """
    checked_scope([*now, *before], scope)
    params: dict[str, Any] = {"limit": limit, "least_units": least_units}
    sql = f"""WITH pair AS (
SELECT s.variant_id, s.net_minor AS net, s.cogs_minor AS cost, s.units,
  b.net_minor AS net_before, b.cogs_minor AS cost_before, b.units AS units_before
FROM ({by_variant(now, params)}) s
JOIN ({by_variant(before, params)}) b ON b.variant_id = s.variant_id
{_shelves(only)}
WHERE s.units >= $least_units AND b.units >= $least_units AND s.net_minor > 0 AND b.net_minor > 0
  AND s.unknown_cost_lines = 0 AND b.unknown_cost_lines = 0 AND {part_condition(only, params)}
), told AS (
SELECT p.*, CAST(p.net AS DOUBLE) * (1 - CAST(p.cost_before AS DOUBLE) / CAST(p.net_before AS DOUBLE))
  - CAST(p.net - p.cost AS DOUBLE) AS lost, p.cost * p.net_before > p.cost_before * p.net AS is_lower FROM pair p
)
SELECT t.*, SUM(CASE WHEN t.is_lower THEN 1 ELSE 0 END) OVER () AS fell, COUNT(*) OVER () AS compared
FROM told t
ORDER BY t.lost DESC, t.variant_id
LIMIT $limit"""
    return Statement(sql, params)


_IS_BACK = "COALESCE(x.is_return, FALSE) OR d.kind = 'return'"
_NET = "COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0))"


def line_rows(windows: Sequence[Window], params: dict[str, Any], exponent: int) -> str:
    """Lines that count, with their document, valued as the rollups value them.

    Columns: ``sale_id, customer_key, store_id, business_on, variant_id`` and those of the rollup per line.
    """
    params["minor"] = 10**exponent
    quantity = f"CASE WHEN {_IS_BACK} THEN -ABS(x.quantity) ELSE x.quantity END"
    return f"""SELECT d.sale_id, d.customer_key, x.store_id, x.business_on, x.variant_id,
  CASE WHEN {_IS_BACK} THEN 0 ELSE x.gross_minor END AS gross_minor,
  CASE WHEN {_IS_BACK} THEN 0 ELSE COALESCE(x.discount_minor, 0) END AS discount_minor,
  CASE WHEN {_IS_BACK} THEN {_NET} ELSE x.gross_minor - COALESCE(x.discount_minor, 0) END AS net_minor,
  CASE WHEN COALESCE(u.unit_of_measure, 'each') <> 'each' THEN 0
    ELSE CAST({quantity} AS DECIMAL(18,2)) END AS units,
  1 AS lines, CASE WHEN x.unit_cost IS NULL THEN 1 ELSE 0 END AS unknown_cost_lines,
  COALESCE(CAST(x.unit_cost * ({quantity}) * $minor AS DECIMAL(18,2)), 0) AS cogs_minor,
  CASE WHEN x.unit_cost IS NULL THEN 0 WHEN {_IS_BACK} THEN {_NET}
    ELSE x.gross_minor - COALESCE(x.discount_minor, 0) END AS known_cost_net_minor
FROM sale_line x JOIN sale d ON d.sale_id = x.sale_id LEFT JOIN variant u ON u.variant_id = x.variant_id
WHERE NOT COALESCE(x.is_gift_card, FALSE) AND NOT COALESCE(d.voided, FALSE) AND NOT COALESCE(d.is_test, FALSE)
  AND ({window_condition(windows, params, hourly=False)})
  AND ({window_condition(windows, params, hourly=False, alias="d")})"""


def build_customers(
    windows: Sequence[Window], by: str, scope: Scope, *, exponent: int, only: Filter | None = None
) -> Statement:
    """One row per group of customers: its name, the sums of ``sums_of_metrics``, then ``customers`` in it.

    ``by`` is "tier" for spend tiers of the period, or a key of ``ATTRIBUTES``. Sales without a customer are one group
    of the name ``""``; customers whose attribute is not known are ``Unknown``.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    columns = [column for column in SALES_COLUMNS if column != "returns_minor"]
    sums = ", ".join(f"SUM(s.{column}) AS {column}" for column in columns)
    lines = line_rows(windows, params, exponent)
    shelf = ""
    if only is not None:
        shelf = f"\n{_CATALOGUE}\nWHERE {part_condition(only, params)}"
    if by == "tier":
        places = """SELECT t.*, ROW_NUMBER() OVER (ORDER BY t.net_minor DESC, t.customer_key) AS place,
  COUNT(*) OVER () AS people FROM spent t WHERE t.customer_key IS NOT NULL"""
        name = f"""CASE WHEN 10 * (r.place - 1) < r.people THEN '{TIERS[0]}' WHEN 10 * (r.place - 1) < 3 * r.people
    THEN '{TIERS[1]}' WHEN 10 * (r.place - 1) < 6 * r.people THEN '{TIERS[2]}' ELSE '{TIERS[3]}' END"""
        named = f"""SELECT {name} AS part, r.* FROM ranked r
UNION ALL SELECT '' AS part, t.*, 0 AS place, 0 AS people FROM spent t WHERE t.customer_key IS NULL"""
        ranked = f", ranked AS ({places})"
    else:
        named = f"""SELECT t.*,
  CASE WHEN t.customer_key IS NULL THEN '' ELSE COALESCE({ATTRIBUTES[by]}, 'Unknown') END AS part
FROM spent t LEFT JOIN customer c ON c.customer_key = t.customer_key"""
        ranked = ""
    sql = f"""WITH spent AS (
SELECT s.customer_key, {sums}
FROM ({lines}) s{shelf}
GROUP BY s.customer_key
){ranked}, named AS ({named})
SELECT s.part,
  {sums_of_metrics()},
  COUNT(s.customer_key) AS customers
FROM named s
GROUP BY s.part
ORDER BY 1"""
    return Statement(sql, params)
