"""SQL that holds two sides against each other product by product, for the tool that explains a change.

A product of one store is one row with both sides before anything is added up, so that like products are compared with
like. Sums carry ``1`` for the period asked about and ``0`` for what it is held against.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.windows import days_of_products

SCALE = 100
"""Sums come as whole numbers of this part of a minor unit or a piece: whole numbers add up exactly and fast."""
_FINE = 10**6
REPRICED_SCALE = SCALE * _FINE
"""Repriced values come in this part of a minor unit, cut off there."""
_LEAST_WIDE = 9 * 10**6
"""A value below it, times ``_FINE`` twice, is a whole number of 64 bits."""

_BULK = "(SELECT u.variant_id FROM variant u WHERE COALESCE(u.unit_of_measure, 'each') <> 'each')"
"""Goods that are not sold by the piece."""
_SUMS = {
    "n": "net_minor",
    "d": "discount_minor",
    "k": "cogs_minor",
    "m": "known_cost_net_minor",
    "q": "units",
    "u": "unknown_cost_lines",
}


def either(now: Sequence[Window], before: Sequence[Window], params: dict[str, Any]) -> tuple[str, str, str]:
    """Conditions on ``x``: in either of two sets of windows, in the first, in the second.

    The two last may lean on the first. Where every window is of the same stores these are looked at once only, which
    matters over many rows.
    """
    stores = {window.store_ids for window in (*now, *before)}
    if len(stores) > 1:
        mine, other = (window_condition(windows, params, hourly=False) for windows in (now, before))
        return f"(({mine}) OR ({other}))", mine, other
    sides = []
    for windows in (now, before):
        spans = []
        for window in windows:
            start, end = bind(params, "start", [window.start_on]), bind(params, "end", [window.end_on])
            spans.append(f"x.business_on BETWEEN CAST({start} AS DATE) AND CAST({end} AS DATE)")
        sides.append(" OR ".join(spans))
    whole = Window(
        next(iter(stores)),
        min(window.start_on for window in (*now, *before)),
        max(window.end_on for window in (*now, *before)),
        everyone=min(window.everyone for window in (*now, *before)),
    )
    band = window_condition([whole], params, hourly=False)
    return f"{band} AND ({sides[0]} OR {sides[1]})", sides[0], sides[1]


def both_sides(
    now: Sequence[Window],
    before: Sequence[Window],
    only: Filter | None,
    params: dict[str, Any],
    letters: str,
    *,
    shelved: bool = False,
    by_store: bool = True,
    among: str = "",
) -> str:
    """A relation of one row per store and product sold on either side, as the body of a subquery.

    Columns: ``store_id, variant_id, pieced`` (1 for goods sold by the piece), the sums named by ``letters`` (keys of
    ``_SUMS``) for both sides in parts of ``SCALE``, such as ``n1`` and ``n0``, and with ``shelved`` also
    ``department, category``. Without ``by_store`` a row is a product over all stores. ``among`` is a further condition
    on the rows ``x`` of a day.
    """
    where, mine, other = either(now, before, params)
    table = "store_sku_day" if by_store else days_of_products([*now, *before])
    keys = "x.store_id, x.variant_id" if by_store else "x.variant_id"
    columns = ", ".join(f"CAST(x.{_SUMS[letter]} * {SCALE} AS BIGINT) AS {letter}" for letter in letters)
    summed = ", ".join(
        f"CAST(SUM(CASE WHEN x.side{side} = 1 THEN x.{letter} ELSE 0 END) AS BIGINT) AS {letter}{side}"
        for side in "10"
        for letter in letters
    )
    chosen = only or Filter()
    shelf = shelved or bool(chosen.departments or chosen.categories)
    names = (
        ", COALESCE(h.department, 'Unknown') AS department, COALESCE(h.category, 'Unknown') AS category"
        if shelf
        else ""
    )
    joined = "\nLEFT JOIN shelf h ON h.product_id = v.product_id" if shelf else ""
    # Without shelves a product is looked for among the few that are not sold by the piece.
    pieced, looked_up = "v.variant_id IS NULL", _BULK
    if shelf:
        pieced, looked_up = "COALESCE(v.unit_of_measure, 'each') = 'each'", "variant"
    variants = f" AND x.variant_id IN ({bind(params, 'vf', chosen.variants)})" if chosen.variants else ""
    return f"""SELECT b.*{names},
  CASE WHEN b.variant_id IS NOT NULL AND {pieced} THEN 1 ELSE 0 END AS pieced
FROM (
SELECT {keys}, {summed}
FROM (
SELECT {keys}, {columns},
  CASE WHEN {mine} THEN 1 ELSE 0 END AS side1, CASE WHEN {other} THEN 1 ELSE 0 END AS side0
FROM {table} x
WHERE {where}{variants}{f" AND {among}" if among else ""}
) x
GROUP BY {keys}
) b
LEFT JOIN {looked_up} v ON v.variant_id = b.variant_id{joined}{_only(chosen, params)}"""


def _only(only: Filter, params: dict[str, Any]) -> str:
    conditions = [
        f"{column} IN ({bind(params, prefix, names)})"
        for column, prefix, names in (
            ("COALESCE(h.department, 'Unknown')", "df", only.departments),
            ("COALESCE(h.category, 'Unknown')", "cf", only.categories),
        )
        if names
    ]
    return "\nWHERE " + " AND ".join(conditions) if conditions else ""


def build_goods(
    now: Sequence[Window], before: Sequence[Window], scope: Scope, *, only: Filter | None = None, margin: bool = False
) -> Statement:
    """Per store the sums that ``tools.analysis.decomposition`` splits.

    Columns: ``store_id``, then for both sides (suffix 1 and 0) in parts of ``SCALE`` ``net``, ``pieces`` and, for every
    measure (``sold`` net sales; with ``margin`` instead ``listed``, ``discount`` and ``cost``), ``_value``, ``_common``
    and ``_repriced`` (in parts of ``REPRICED_SCALE``); with ``margin`` also ``unpieced_net``, ``unpieced_cost``,
    ``unsure_net`` and ``unsure_cost``.

    With ``margin`` only products whose cost is known throughout count as sold by the piece.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope([*now, *before], scope)
    params: dict[str, Any] = {}
    sure = " AND u1 = 0 AND u0 = 0" if margin else ""
    flags = ", ".join(f"CASE WHEN pieced = 1 AND q{side} <> 0{sure} THEN 1 ELSE 0 END AS p{side}" for side in "10")
    measures = {"sold": "n"} if not margin else {"listed": "l", "discount": "d", "cost": "k"}
    selected = []
    for side, other in (("1", "0"), ("0", "1")):
        selected += [f"SUM(n{side}) AS net{side}", f"SUM(p{side} * q{side}) AS pieces{side}"]
        for name, letter in measures.items():
            column = f"(n{side} + d{side})" if letter == "l" else f"{letter}{side}"
            repriced = _repriced(column, f"q{other}", f"q{side}")
            selected += [
                f"SUM(p{side} * {column}) AS {name}_value{side}",
                f"SUM(p1 * p0 * {column}) AS {name}_common{side}",
                f"SUM(CASE WHEN p1 * p0 = 1 THEN {repriced} ELSE 0 END) AS {name}_repriced{side}",
            ]
        if margin:
            unsure = "u1 + u0 > 0"
            selected += [
                f"SUM(CASE WHEN {unsure} THEN m{side} ELSE 0 END) AS unsure_net{side}",
                f"SUM(CASE WHEN {unsure} THEN k{side} ELSE 0 END) AS unsure_cost{side}",
                f"SUM(CASE WHEN {unsure} OR p{side} = 1 THEN 0 ELSE m{side} END) AS unpieced_net{side}",
                f"SUM(CASE WHEN {unsure} OR p{side} = 1 THEN 0 ELSE k{side} END) AS unpieced_cost{side}",
            ]
    columns = ",\n  ".join(selected)
    sql = f"""SELECT store_id,
  {columns}
FROM (
SELECT g.*, {flags}
FROM (
{both_sides(now, before, only, params, "ndkmqu" if margin else "nq")}
) g
) g
GROUP BY store_id
ORDER BY store_id"""
    return Statement(sql, params)


def _repriced(value: str, other: str, mine: str) -> str:
    """A value at other pieces, in parts of ``REPRICED_SCALE``: of amounts as they mostly are without wide numbers."""
    wide = f"(CAST({value} AS HUGEINT) * {other} * {_FINE}) // {mine}"
    narrow = f"ABS({value}) < {_LEAST_WIDE} AND ABS({other}) < {_FINE}"
    return f"CASE WHEN {narrow} THEN ({value} * {other} * {_FINE}) // {mine} ELSE {wide} END"


CONTRIBUTIONS = {
    "net_sales": ("n{side}", None),
    "units": ("q{side}", None),
    "gross_margin": ("m{side} - k{side}", None),
    "gross_margin_pct": ("m{side} - k{side}", "m{side}"),
}
"""Metric to what is summed per product, and for a ratio what it is divided by."""


def build_contributions(
    metric: str,
    by: str,
    now: Sequence[Window],
    before: Sequence[Window],
    scope: Scope,
    *,
    only: Filter | None = None,
    norm: int = 1,
    most: int = 1000,
) -> Statement:
    """Per group of the range (``by`` is "department", "category" or "product") both sides of a metric's sums.

    Columns: ``key, name, n1, d1, n0, d0`` in parts of ``SCALE``, then the same four over all groups. A plain sum has 0
    as ``d``. Rows
    come by what they add to the change of the metric, largest first, at most ``most`` of them; ``norm`` is how many
    periods the other side is the mean of.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope([*now, *before], scope)
    params: dict[str, Any] = {"most": most}
    numerator, denominator = CONTRIBUTIONS[metric]
    key = "variant_id" if by == "product" else by
    letters = [f"{letter}{side}" for side in "10" for letter in "nd"]
    sums = ", ".join(
        f"{f'SUM({sql.format(side=side)})' if sql else 'CAST(0 AS BIGINT)'} AS {letter}{side}"
        for side in "10"
        for letter, sql in (("n", numerator), ("d", denominator))
    )
    totals = ", ".join(f"SUM({column}) OVER () AS t_{column}" for column in letters)
    # Only the order is taken from this; what a group adds is worked out exactly from the sums.
    double = {column: f"CAST(t.{column} AS DOUBLE)" for column in (*letters, *(f"t_{column}" for column in letters))}
    if denominator:
        middle = "({t_n1} / NULLIF({t_d1}, 0) + {t_n0} / NULLIF({t_d0}, 0)) / 2".format(**double)
        size = (
            f"({double['n1']} - {middle} * {double['d1']}) / NULLIF({double['t_d1']}, 0)"
            f" - ({double['n0']} - {middle} * {double['d0']}) / NULLIF({double['t_d0']}, 0)"
        )
    else:
        params["norm"] = norm
        size = f"{double['n1']} - {double['n0']} / $norm"
    read = "".join(letter for letter in "nkmq" if f"{letter}{{" in f"{numerator}{denominator}")
    rows = both_sides(now, before, only, params, read, shelved=by != "product", by_store=False)
    name, named = "t.group_key", ""
    if by == "product":
        name = "p.name"
        named = (
            "\nLEFT JOIN variant v ON v.variant_id = t.group_key\nLEFT JOIN product p ON p.product_id = v.product_id"
        )
    every = ", ".join(f"t.{column}" for column in (*letters, *(f"t_{column}" for column in letters)))
    sql = f"""SELECT t.group_key, {name} AS group_name, {every}
FROM (
SELECT t.*, {size} AS size
FROM (
SELECT s.*, {totals}
FROM (
SELECT {key} AS group_key, {sums}
FROM (
{rows}
) g
GROUP BY {key}
) s
) t
ORDER BY ABS({size}) DESC, t.group_key
LIMIT $most
) t{named}
ORDER BY ABS(t.size) DESC, t.group_key"""
    return Statement(sql, params)


def build_people(
    now: Sequence[Window], before: Sequence[Window], scope: Scope, *, norm: int = 1, most: int = 1000
) -> Statement:
    """Net sales in minor units per person who rang them up, in the columns of ``build_contributions`` but not in parts.

    Who adds most to the change comes first, at most ``most`` people; ``norm`` is how many periods the other side is the
    mean of.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope([*now, *before], scope)
    params: dict[str, Any] = {"norm": norm, "most": most}
    where, mine, other = either(now, before, params)
    order = "ABS(CAST({0}.n1 AS DOUBLE) - CAST({0}.n0 AS DOUBLE) / $norm) DESC, {0}.employee_id"
    sql = f"""SELECT t.employee_id, (SELECT MIN(e.name) FROM employee e WHERE e.employee_id = t.employee_id) AS name,
  t.n1, 0 AS d1, t.n0, 0 AS d0, t.t_n1, 0 AS t_d1, t.t_n0, 0 AS t_d0
FROM (
SELECT w.*, SUM(w.n1) OVER () AS t_n1, SUM(w.n0) OVER () AS t_n0
FROM (
SELECT x.employee_id, SUM(CASE WHEN {mine} THEN x.net_minor ELSE 0 END) AS n1,
  SUM(CASE WHEN {other} THEN x.net_minor ELSE 0 END) AS n0
FROM employee_day x
WHERE {where}
GROUP BY x.employee_id
) w
ORDER BY {order.format("w")}
LIMIT $most
) t
ORDER BY {order.format("t")}"""
    return Statement(sql, params)


def build_people_known(windows: Sequence[Window], scope: Scope) -> Statement:
    """One row if any sale of the windows says who rang it up, else none.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = (
        f"SELECT 1 AS found\nFROM sale x\nWHERE ({window_condition(windows, params, hourly=False)})\n"
        "  AND x.employee_id IS NOT NULL\nLIMIT 1"
    )
    return Statement(sql, params)
