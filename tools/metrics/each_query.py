"""SQL over single baskets, lines, products, days or stores: a figure of each, and how it lies among them.

The figures of single units stay inside: what comes out are counts, sums and quartiles of them, and the two at the ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.bounds import Bounds
from tools.context import Scope
from tools.metrics.breakdown_plan import Plan
from tools.metrics.breakdown_query import kept_lines, keys_of_lines
from tools.metrics.counted import LINE_MEASURES
from tools.metrics.dimensions import DIMENSIONS, Level
from tools.metrics.windows import Statement, Window, bind, checked_scope

_SOLD = "COUNT(DISTINCT CASE WHEN l.kind <> 'return' THEN l.sale_id END)"
_SHELF = "LEFT JOIN shelf h ON h.product_id = v.product_id"
_GOOD = "LEFT JOIN product good ON good.product_id = v.product_id"
_ITEM = "LEFT JOIN item i ON i.variant_id = x.variant_id"
_DIFFERENT = "COUNT(DISTINCT l.thing)"
_FIGURES: Mapping[str, tuple[str, str, str]] = {
    "net_sales": ("SUM(l.net_minor)", "", ""),
    "units": ("SUM(l.units)", "", ""),
    "lines": ("SUM(l.sold_lines)", "", ""),
    "discounts": ("SUM(l.discount_minor)", "", ""),
    "transactions": (_SOLD, "", ""),
    "customers": ("COUNT(DISTINCT l.customer_key)", "", ""),
    "products": (_DIFFERENT, "COALESCE(i.item_id, x.variant_id)", _ITEM),
    "categories": (_DIFFERENT, "h.category", _SHELF),
    "departments": (_DIFFERENT, "h.department", _SHELF),
    "brands": (_DIFFERENT, "good.brand", _GOOD),
    "stores": (_DIFFERENT, "d.store_id", ""),
}
"""A unit's figure as SQL over its lines ``l``; of what is counted as different, its key and its join."""
ADDITIVE = frozenset({"net_sales", "units", "lines", "discounts"})
"""Figures that add up over units."""
_DOCUMENTS = {"basket": "d.sale_id", "line": "d.sale_id || '#' || CAST(x.line_no AS VARCHAR)"}
OF_GOODS = frozenset({Level.ITEM, Level.LINE})
_SOME_PIECE = "COUNT(*) > SUM(l.unpieced_lines)"


@dataclass(frozen=True, slots=True)
class OfEach:
    """What is asked: a figure, each of what it is, which lines count and by what they are told apart, and bounds.

    ``plan.by`` are the groups; ``bounds`` are of a unit's figure, money in minor units.
    """

    figure: str
    each: str
    plan: Plan
    bounds: Bounds


def of_pieces_alone(figure: str, each: str) -> bool:
    """Whether only goods sold by the piece have the figure: a line or a product of fuel has no units, rather than 0."""
    return figure == "units" and (each == "line" or (each in DIMENSIONS and DIMENSIONS[each].level in OF_GOODS))


def build_each(windows: Sequence[Window], scope: Scope, asked: OfEach) -> Statement:
    """One row per group ``k0, k1``: how many units, and how the figure lies among them.

    ``number, total, lowest, low, middle, high, most, highest, deviation`` (the quartiles, what 95 in 100 do not exceed
    and the standard deviation), ``within, within_total`` (of units within the bounds), ``lowest_of, highest_of`` (their
    keys), and ``people``, how many known customers are behind it. Amounts are minor units.

    Args:
        windows: stores and days.
        scope: who asks.
        asked: a figure of what.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    names = [f"k{number}" for number in range(len(asked.plan.by))]
    keys = "".join(f"{name}, " for name in names)
    grouped = f"\nGROUP BY {', '.join(names)}" if names else ""
    same = " AND ".join(f"p.{name} IS NOT DISTINCT FROM e.{name}" for name in names) or "TRUE"
    sql = f"""WITH counted AS (
{_lines(windows, params, asked, names)}
),
seen AS (
{_seen(asked, names)}
),
people AS (
SELECT {keys}COUNT(DISTINCT customer_key) AS people FROM counted{grouped}
),
lying AS (
SELECT {keys}COUNT(*) AS number, SUM(value) AS total, MIN(value) AS lowest,
  PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY value) AS low,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value) AS middle,
  PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY value) AS high,
  PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY value) AS most, MAX(value) AS highest,
  STDDEV_SAMP(CAST(value AS DOUBLE)) AS deviation,
  ARG_MIN(unit, value) AS lowest_of, ARG_MAX(unit, value) AS highest_of,
  SUM(CASE WHEN {_within(asked, params)} THEN 1 ELSE 0 END) AS within,
  SUM(CASE WHEN {_within(asked, params)} THEN value ELSE 0 END) AS within_total
FROM seen{grouped}
)
SELECT e.*, p.people
FROM lying e
JOIN people p ON {same}"""
    return Statement(sql, params)


def build_bins(windows: Sequence[Window], scope: Scope, asked: OfEach, width: Decimal) -> Statement:
    """``bin, number``: how many units have a figure from ``bin`` widths up to and without the next one.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    place = f"FLOOR(CAST(value AS DOUBLE) / {bind(params, 'width', [float(width)])})"
    sql = f"""WITH counted AS (
{_lines(windows, params, asked, [])}
),
seen AS (
{_seen(asked, [])}
)
SELECT CAST({place} AS INTEGER) AS bin, COUNT(*) AS number
FROM seen
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def build_all_baskets(windows: Sequence[Window], scope: Scope, plan: Plan) -> Statement:
    """One row per group ``k0, k1`` with ``number``, the baskets of it, whatever goods they hold.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    names = [f"k{number}" for number in range(len(plan.by))]
    keys = [f"{sql} AS {name}" for sql, name in zip(keys_of_lines(plan, windows), names, strict=True)]
    lines = kept_lines(plan, windows, params, [*keys, "d.sale_id"], [], ["d.kind <> 'return'"])
    grouped = f"\nGROUP BY {', '.join(f'l.{name}' for name in names)}" if names else ""
    first = "".join(f"l.{name}, " for name in names)
    return Statement(f"SELECT {first}COUNT(DISTINCT l.sale_id) AS number\nFROM (\n{lines}\n) l{grouped}", params)


def without_goods(plan: Plan) -> Plan | None:
    """The plan of all baskets whatever they hold; None where no condition is of goods, or the groups are."""
    if any(one.level in OF_GOODS for one in plan.by) or not any(one.dimension.level in OF_GOODS for one in plan.where):
        return None
    return Plan(plan.by, tuple(one for one in plan.where if one.dimension.level not in OF_GOODS), plan.week_start)


def _lines(windows: Sequence[Window], params: dict[str, Any], asked: OfEach, names: Sequence[str]) -> str:
    sql, thing, join = _FIGURES[asked.figure]
    unit = DIMENSIONS.get(asked.each)
    plan = Plan((*asked.plan.by, unit), asked.plan.where, asked.plan.week_start) if unit else asked.plan
    keys = keys_of_lines(plan, windows)
    selected = [f"{key} AS {name}" for key, name in zip(keys, names, strict=False)]
    selected += [f"{keys[-1] if unit else _DOCUMENTS[asked.each]} AS unit", "d.sale_id", "d.kind", "d.customer_key"]
    conditions = []
    if thing:
        selected.append(f"{thing} AS thing")
        conditions = ["d.kind <> 'return'", "NOT COALESCE(x.is_return, FALSE)"]
    elif asked.each == "line":
        conditions = ["d.kind <> 'return'", "NOT COALESCE(x.is_return, FALSE)"]
    needed = f"{sql} {_SOME_PIECE}" if of_pieces_alone(asked.figure, asked.each) else sql
    selected += [f"{LINE_MEASURES[name]} AS {name}" for name in LINE_MEASURES if f"l.{name})" in needed]
    return kept_lines(plan, windows, params, selected, [join] if join else [], conditions)


def _seen(asked: OfEach, names: Sequence[str]) -> str:
    """``k0, k1, unit, value`` of each unit in which something was sold."""
    keys = "".join(f"l.{name}, " for name in names)
    pieces = f" AND {_SOME_PIECE}" if of_pieces_alone(asked.figure, asked.each) else ""
    return (
        f"SELECT {keys}l.unit, {_FIGURES[asked.figure][0]} AS value\nFROM counted l\nGROUP BY {keys}l.unit\n"
        f"HAVING {_SOLD} > 0{pieces}"
    )


def _within(asked: OfEach, params: dict[str, Any]) -> str:
    bounds = asked.bounds
    pairs = ((">", bounds.over), (">=", bounds.least), ("<", bounds.under), ("<=", bounds.most))
    made = [f"value {sign} {bind(params, 'bound', [limit])}" for sign, limit in pairs if limit is not None]
    return " AND ".join(made) or "TRUE"
