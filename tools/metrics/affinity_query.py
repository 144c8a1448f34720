"""SQL that counts what lies in one basket: pairs of goods, and what goes with one thing.

A basket is a document that counts (not voided, no test, no return) with its lines that are neither gift cards nor
taken back; a thing that was scanned twice is in it once. Goods too rare to make a pair are left out before pairs are
counted: the rollup says how many documents a product was in, and a pair cannot be in more than its rarer half. A pair
that fewer than five people bought is left out too, as it would be their habit; an unknown customer is one of his own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from tools.analysis.few import FEWEST
from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition

Level = Literal["product", "category", "department"]

SIZES = 7
"""Baskets are told apart by their number of lines: 1, 2 to 3, 4 to 7 ... 64 and more."""

_COUNTS = "NOT COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE) AND COALESCE(x.kind, 'sale') <> 'return'"
_IN_BASKET = "NOT COALESCE(x.is_return, FALSE) AND NOT COALESCE(x.is_gift_card, FALSE)"
_DEPARTMENT, _CATEGORY = "COALESCE(h.department, 'Unknown')", "COALESCE(h.category, 'Unknown')"
_ITEM = {
    "department": _DEPARTMENT,
    "category": f"CONCAT({_DEPARTMENT}, CHR(31), {_CATEGORY})",
}
_STEPS = tuple(range(SIZES))
_SIZE = " ".join(f"WHEN COUNT(*) < {2 ** (step + 1)} THEN {step}" for step in _STEPS[:-1])
_BY_SIZE = ", ".join(f"SUM(CASE WHEN z.size = {step} THEN 1 ELSE 0 END) AS n{step}" for step in _STEPS)
_NO_SIZES = ", ".join("NULL" for _ in _STEPS)
_FACTOR = 1_048_576
"""A pair of codes is packed into one number: one key is counted several times faster than two."""

_COUNTS_OF_ONE = f"""SELECT 'total' AS kind, t.place, NULL AS code, NULL AS other, NULL AS name, t.n,
  {", ".join(f"t.n{step}" for step in _STEPS)} FROM total t
UNION ALL SELECT 'common', '', NULL, NULL, NULL, COUNT(*), {_NO_SIZES} FROM coded
UNION ALL SELECT 'thing', t.place, t.code, NULL, c.name, t.n, {", ".join(f"t.n{step}" for step in _STEPS)}
FROM thing t JOIN coded c ON c.code = t.code"""


def build_pairs(
    level: Level, windows: Sequence[Window], scope: Scope, *, least: int, by_item: bool = False, by_store: bool = False
) -> Statement:
    """Every pair of things that at least ``least`` baskets of five people hold both of (over all stores).

    Rows of several kinds, with the columns ``kind, place, code, other, name, n, n0`` to ``n6`` (baskets by size):

    * ``total``: all baskets of a place (a store with ``by_store``, else empty);
    * ``thing``: the baskets with one thing; ``name`` is a variant id, a department, or department and category joined
      by the unit separator;
    * ``pair``: the baskets with both ``code`` and ``other``, without sizes;
    * ``common``: one row, how many things were common enough to be paired.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    params: dict[str, Any] = {"least": least}
    counted, pairs = _by_store() if by_store else _over_all()
    # At least five bits mean at least five people; only the pairs with fewer have their people counted one by one.
    people = f"""doubtful AS (
SELECT f.code, f.other FROM frequent f WHERE BIT_COUNT(f.marks) < {FEWEST}
), people AS (
SELECT f.code, f.other, a.person
FROM doubtful f JOIN bought a ON a.code = f.code JOIN bought b ON b.basket = a.basket AND b.code = f.other
GROUP BY f.code, f.other, a.person
), told AS (
SELECT f.code, f.other FROM frequent f WHERE BIT_COUNT(f.marks) >= {FEWEST}
UNION ALL SELECT p.code, p.other FROM people p GROUP BY p.code, p.other HAVING COUNT(*) >= {FEWEST}
)"""
    bought = _bought(level, windows, scope, params, by_item=by_item, by_store=by_store)
    sql = f"""WITH {bought},
{counted},
{people}
{_COUNTS_OF_ONE}
UNION ALL SELECT 'pair', {pairs} JOIN told t ON t.code = c.code AND t.other = c.other"""
    return Statement(sql, params)


_TOGETHER = "FROM bought a JOIN bought b ON b.basket = a.basket AND b.code > a.code"


def _over_all() -> tuple[str, str]:
    """The expressions that count pairs over all stores, ``counted`` and ``frequent``, and the rows of pairs."""
    key = f"CAST(a.code AS BIGINT) * {_FACTOR} + b.code"
    expressions = f"""packed AS (
SELECT {key} AS codes, COUNT(*) AS n, BIT_OR(a.mark) AS marks
{_TOGETHER}
GROUP BY {key} HAVING COUNT(*) >= $least
), counted AS MATERIALIZED (
SELECT p.codes // {_FACTOR} AS code, p.codes % {_FACTOR} AS other, p.n, p.marks FROM packed p
), frequent AS (
SELECT c.code, c.other, c.marks FROM counted c
)"""
    return expressions, f"'', c.code, c.other, NULL, c.n, {_NO_SIZES} FROM counted c"


def _by_store() -> tuple[str, str]:
    """The same by store."""
    expressions = f"""counted AS MATERIALIZED (
SELECT a.place, a.code, b.code AS other, COUNT(*) AS n, BIT_OR(a.mark) AS marks
{_TOGETHER}
GROUP BY a.place, a.code, b.code
), frequent AS MATERIALIZED (
SELECT c.code, c.other, BIT_OR(c.marks) AS marks FROM counted c GROUP BY c.code, c.other HAVING SUM(c.n) >= $least
)"""
    return expressions, f"c.place, c.code, c.other, NULL, c.n, {_NO_SIZES} FROM counted c"


def build_partners(
    anchor: Filter,
    level: Level,
    windows: Sequence[Window],
    scope: Scope,
    *,
    least: int,
    by_item: bool = False,
    by_store: bool = False,
) -> Statement:
    """What lies beside ``anchor``: each thing of ``level`` that at least ``least`` baskets hold at all.

    Fewer than five people beside the anchor are none.

    Rows as those of ``build_pairs``, and ``anchor``: the baskets with the anchor, which has the code 0 in the pairs.
    What belongs to the anchor is no partner of it.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    params: dict[str, Any] = {"least": least}
    bought = _bought(level, windows, scope, params, anchor=anchor, by_item=by_item, by_store=by_store)
    sql = f"""WITH {bought}, beside AS MATERIALIZED (
SELECT b.place, b.code, b.person FROM bought b JOIN anchored a ON a.basket = b.basket
), enough_people AS (
SELECT b.code FROM beside b GROUP BY b.code HAVING COUNT(DISTINCT b.person) >= {FEWEST}
)
{_COUNTS_OF_ONE}
UNION ALL SELECT 'anchor', z.place, 0, NULL, NULL, COUNT(*), {_BY_SIZE}
FROM anchored a JOIN sized z ON z.basket = a.basket GROUP BY z.place
UNION ALL SELECT 'pair', b.place, 0, b.code, NULL, COUNT(*), {_NO_SIZES}
FROM beside b JOIN enough_people e ON e.code = b.code
GROUP BY b.place, b.code"""
    # “beside” is made once: joined twice over, the engine (DuckDB 1.5.6) stood still on many goods and could not be
    # interrupted.
    return Statement(sql, params)


def _bought(
    level: Level,
    windows: Sequence[Window],
    scope: Scope,
    params: dict[str, Any],
    *,
    anchor: Filter | None = None,
    by_item: bool,
    by_store: bool,
) -> str:
    """The common table expressions: ``bought``, and ``thing`` and ``total`` (counts by place and size).

    ``bought`` has ``basket, code, place, size, person`` and ``mark``, one bit of 62 for each person. Baskets and goods
    are numbered first, so that what is counted are numbers.
    """
    # Every basket with goods has a size, so “LEFT” changes no row: it keeps the engine (DuckDB 1.5.6) from an order of
    # these joins in which, for single goods of the whole chain by store, it stood still and could not be interrupted.
    checked_scope(windows, scope)

    def where() -> str:
        return f"({window_condition(windows, params, hourly=False)})"

    joins = "LEFT JOIN variant v ON v.variant_id = s.variant_id\nLEFT JOIN shelf h ON h.product_id = v.product_id"
    item, name = _ITEM.get(level, "s.variant_id"), "item"
    if level == "product":
        name = "MIN(variant_id)"
        if by_item:
            joins += "\nLEFT JOIN item i ON i.variant_id = s.variant_id"
            item = "COALESCE(i.item_id, s.variant_id)"
    marked = _marked(anchor, params) if anchor else "0"
    apart = " AND MAX(marked) = 0" if anchor else ""
    place = "d.store_id" if by_store else "''"
    anchored = (
        ", anchored AS MATERIALIZED (\nSELECT basket FROM line WHERE marked = 1 GROUP BY basket\n)" if anchor else ""
    )
    return f"""sold AS (
SELECT x.variant_id, SUM(x.transactions) AS documents FROM store_sku_day x
WHERE x.variant_id IS NOT NULL AND {where()} GROUP BY x.variant_id
), named AS (
SELECT s.variant_id, s.documents, {item} AS item, {marked} AS marked
FROM sold s
{joins}
), coded AS (
SELECT item, {name} AS name, CAST(ROW_NUMBER() OVER (ORDER BY item) AS INTEGER) AS code
FROM named GROUP BY item HAVING SUM(documents) >= $least{apart}
), good AS (
SELECT n.variant_id, c.code, n.marked FROM named n LEFT JOIN coded c ON c.item = n.item
WHERE c.code IS NOT NULL OR n.marked = 1
), document AS MATERIALIZED (
SELECT x.sale_id, x.store_id, x.customer_key, CAST(ROW_NUMBER() OVER () AS INTEGER) AS basket
FROM sale x WHERE {_COUNTS} AND {where()}
), line AS MATERIALIZED (
SELECT d.basket, g.code, COALESCE(g.marked, 0) AS marked
FROM sale_line x JOIN document d ON d.sale_id = x.sale_id LEFT JOIN good g ON g.variant_id = x.variant_id
WHERE {_IN_BASKET} AND {where()}
), filled AS (
SELECT basket, CASE {_SIZE} ELSE {SIZES - 1} END AS size FROM line GROUP BY basket
), sized AS MATERIALIZED (
SELECT d.basket, {place} AS place, f.size,
  CASE WHEN d.customer_key IS NULL THEN d.basket ELSE MIN(d.basket) OVER (PARTITION BY d.customer_key) END AS person
FROM filled f JOIN document d ON d.basket = f.basket
), total AS MATERIALIZED (
SELECT z.place, COUNT(*) AS n, {_BY_SIZE} FROM sized z GROUP BY z.place
), every AS MATERIALIZED (
SELECT basket, code FROM line WHERE code IS NOT NULL GROUP BY basket, code
), enough AS (
SELECT code FROM every GROUP BY code HAVING COUNT(*) >= $least
), bought AS MATERIALIZED (
SELECT e.basket, e.code, z.place, z.size, z.person, CAST(1 AS BIGINT) << CAST(z.person % 62 AS INTEGER) AS mark
FROM every e JOIN enough n ON n.code = e.code
LEFT JOIN sized z ON z.basket = e.basket
), thing AS MATERIALIZED (
SELECT z.place, z.code, COUNT(*) AS n, {_BY_SIZE} FROM bought z GROUP BY z.place, z.code
){anchored}"""


def _marked(anchor: Filter, params: dict[str, Any]) -> str:
    conditions = [
        f"{column} IN ({bind(params, prefix, names)})"
        for column, prefix, names in (
            (_DEPARTMENT, "anchordept", anchor.departments),
            (_CATEGORY, "anchorcat", anchor.categories),
            ("s.variant_id", "anchorvar", anchor.variants),
        )
        if names
    ]
    return f"CASE WHEN {' AND '.join(conditions)} THEN 1 ELSE 0 END"
