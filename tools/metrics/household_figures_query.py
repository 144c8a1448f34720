"""SQL over known households one by one: what each spent, took or saved in a period or in each week of it.

The figures of single households stay inside: what comes out are counts, sums and quartiles of groups of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.bounds import Bounds
from tools.context import Scope
from tools.metrics.breakdown_plan import Plan
from tools.metrics.breakdown_query import kept_lines
from tools.metrics.counted import LINE_MEASURES
from tools.metrics.visits_query import ATTRIBUTES, EXTRA_ATTRIBUTES
from tools.metrics.windows import Statement, Window, bind, checked_scope

_TRIPS = "COUNT(DISTINCT CASE WHEN l.kind <> 'return' THEN l.sale_id END)"
_SHELF = "LEFT JOIN shelf h ON h.product_id = v.product_id"
_ITEM = "LEFT JOIN item i ON i.variant_id = x.variant_id"
_OWN: Mapping[str, tuple[str, str, str]] = {
    "spend": ("SUM(l.net_minor)", "", ""),
    "units": ("SUM(l.units)", "", ""),
    "discount": ("SUM(l.discount_minor)", "", ""),
    "visits": (_TRIPS, "", ""),
    "products": ("COUNT(DISTINCT l.thing)", "COALESCE(i.item_id, x.variant_id)", _ITEM),
    "categories": ("COUNT(DISTINCT l.thing)", "h.category", _SHELF),
    "departments": ("COUNT(DISTINCT l.thing)", "h.department", _SHELF),
    "stores": ("COUNT(DISTINCT l.thing)", "d.store_id", ""),
    "weeks": ("COUNT(DISTINCT l.thing)", "DATE_TRUNC('week', d.business_on)", ""),
    "basket_value": (f"SUM(l.net_minor) / NULLIF(CAST({_TRIPS} AS DOUBLE), 0)", "", ""),
    "basket_units": (f"SUM(l.units) / NULLIF(CAST({_TRIPS} AS DOUBLE), 0)", "", ""),
    "unit_price": ("SUM(l.piece_net_minor) / NULLIF(CAST(SUM(l.units) AS DOUBLE), 0)", "", ""),
}
"""A household's figure as SQL over its lines ``l``; of what are counted as different, their key and its join."""
COUPONS = "coupons"
NAMES = (*_OWN, COUPONS)
ADDITIVE = frozenset({"spend", "units", "discount", "visits", COUPONS})
"""Figures of which those of several weeks or households add up."""
_SPANS = {
    "": "''",
    "day": "CAST(d.business_on AS VARCHAR)",
    "week": "CAST(CAST(DATE_TRUNC('week', d.business_on) AS DATE) AS VARCHAR)",
    "month": "CAST(CAST(DATE_TRUNC('month', d.business_on) AS DATE) AS VARCHAR)",
}
_KNOWN = " OR ".join(f"c.{name} IS NOT NULL" for name in ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class OfHouseholds:
    """What is asked of households: the figure, over which spans ("" for the whole period), and which lines count.

    ``spans`` is how many there are in the period; ``bounds`` are of a household's figure, a mean of the spans.
    """

    figure: str
    span: str
    spans: int
    plan: Plan
    bounds: Bounds
    baskets: bool = False
    """Of each basket instead of each household, known or not; not for coupons."""


def build_household_figures(
    windows: Sequence[Window], scope: Scope, asked: OfHouseholds, by: str | None = None
) -> Statement:
    """A row for each ``key`` of households: how many, and how the figure lies among them and their spans.

    ``households, known`` (with a recorded attribute), ``observations`` (household and span with a purchase), ``total,
    low, middle, high, deviation`` (their sum, quartiles and standard deviation), ``within, within_known, within_total``
    (of households whose own figure is within the bounds). Amounts are minor units.

    Args:
        windows: stores and days.
        scope: who asks.
        asked: what of households.
        by: one of ``ATTRIBUTES`` and ``EXTRA_ATTRIBUTES``; None for all together.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""WITH seen AS (
{_seen(windows, params, asked)}
),
each AS (
SELECT s.customer_key, COUNT(*) AS observations, SUM(s.value) AS total
FROM seen s
GROUP BY s.customer_key
),
placed AS (
SELECT {_key(by)} AS key, CASE WHEN {_KNOWN} THEN 1 ELSE 0 END AS known, e.customer_key, e.total,
  CASE WHEN {_within(asked, params)} THEN 1 ELSE 0 END AS within
FROM each e
LEFT JOIN customer c ON c.customer_key = e.customer_key
),
counted AS (
SELECT p.key, COUNT(*) AS households, SUM(p.known) AS known, SUM(p.within) AS within,
  SUM(p.within * p.known) AS within_known, SUM(p.within * p.total) AS within_total
FROM placed p
GROUP BY p.key
),
lying AS (
SELECT p.key, COUNT(*) AS observations, SUM(s.value) AS total,
  PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY s.value) AS low,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY s.value) AS middle,
  PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY s.value) AS high, STDDEV_SAMP(CAST(s.value AS DOUBLE)) AS deviation
FROM seen s
JOIN placed p ON p.customer_key = s.customer_key
GROUP BY p.key
)
SELECT n.key, n.households, n.known, o.observations, o.total, o.low, o.middle, o.high, o.deviation, n.within,
  n.within_known, n.within_total
FROM counted n
JOIN lying o ON o.key = n.key
ORDER BY n.key"""
    return Statement(sql, params)


def build_spans_together(windows: Sequence[Window], scope: Scope, asked: OfHouseholds, by: str) -> Statement:
    """``key, spans, mean, middle``: what the households of a group come to together in a span, mean and median.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""WITH seen AS (
{_seen(windows, params, asked)}
)
SELECT t.key, COUNT(*) AS spans, AVG(t.value) AS mean, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY t.value) AS middle
FROM (
SELECT {_key(by)} AS key, s.span, SUM(s.value) AS value
FROM seen s
LEFT JOIN customer c ON c.customer_key = s.customer_key
GROUP BY 1, 2
) t
GROUP BY t.key
ORDER BY t.key"""
    return Statement(sql, params)


def build_two_figures(
    windows: Sequence[Window], scope: Scope, asked: OfHouseholds, other: OfHouseholds, groups: int
) -> Statement:
    """Two figures of the same households (or baskets): Pearson's and Spearman's correlation, and rows by the other.

    A row is one of so many ``groups`` by where they stand in ``other``, the lowest first: ``place, households,
    other_mean, mean, middle``, and the same ``r, ranked`` in each.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""WITH one AS (
{_seen(windows, params, asked)}
),
two AS (
{_seen(windows, params, other)}
),
paired AS (
SELECT one.customer_key, CAST(one.value AS DOUBLE) AS y, CAST(two.value AS DOUBLE) AS x,
  RANK() OVER (ORDER BY one.value) + (COUNT(*) OVER (PARTITION BY one.value) - 1) / 2.0 AS ry,
  RANK() OVER (ORDER BY two.value) + (COUNT(*) OVER (PARTITION BY two.value) - 1) / 2.0 AS rx
FROM one
JOIN two ON two.customer_key = one.customer_key
WHERE one.value IS NOT NULL AND two.value IS NOT NULL
),
placed AS (
SELECT b.*, NTILE({bind(params, "groups", [groups])}) OVER (ORDER BY b.x, b.customer_key) AS place
FROM paired b
)
SELECT p.place, COUNT(*) AS households, AVG(p.x) AS other_mean, AVG(p.y) AS mean,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY p.y) AS middle,
  (SELECT CORR(b.y, b.x) FROM paired b) AS r, (SELECT CORR(b.ry, b.rx) FROM paired b) AS ranked
FROM placed p
GROUP BY p.place
ORDER BY p.place"""
    return Statement(sql, params)


def _seen(windows: Sequence[Window], params: dict[str, Any], asked: OfHouseholds) -> str:
    """``customer_key, span, value`` for each household and each span in which it bought."""
    if asked.figure == COUPONS:
        return _coupons(windows, params, asked)
    sql, thing, join = _OWN[asked.figure]
    who = "d.sale_id AS customer_key" if asked.baskets else "d.customer_key"
    selected = [who, "d.sale_id", "d.kind", f"{_SPANS[asked.span]} AS span"]
    conditions = [] if asked.baskets else ["d.customer_key IS NOT NULL"]
    if thing:
        selected.append(f"{thing} AS thing")
        conditions += ["d.kind <> 'return'", "NOT COALESCE(x.is_return, FALSE)"]
    else:
        needed = dict.fromkeys(name for name in LINE_MEASURES if f"l.{name})" in sql)
        selected += [f"{LINE_MEASURES[name]} AS {name}" for name in needed]
    lines = kept_lines(asked.plan, windows, params, selected, [join] if join else [], conditions)
    return (
        f"SELECT l.customer_key, l.span, {sql} AS value\nFROM (\n{lines}\n) l\nGROUP BY l.customer_key, l.span\n"
        f"HAVING {_TRIPS} > 0{' AND SUM(l.units) > 0' if asked.figure == 'unit_price' else ''}"
    )


def _coupons(windows: Sequence[Window], params: dict[str, Any], asked: OfHouseholds) -> str:
    """Coupons redeemed by the households that bought in the windows, by the day of redemption."""
    first, last = min(window.start_on for window in windows), max(window.end_on for window in windows)
    start, end = bind(params, "start", [first]), bind(params, "end", [last])
    span = _SPANS[asked.span].replace("d.business_on", "d.redeemed_on")
    lines = kept_lines(asked.plan, windows, params, ["d.customer_key"], [], ["d.customer_key IS NOT NULL"])
    redeemed = (
        f"SELECT d.customer_key, {span} AS span, COUNT(*) AS value\nFROM coupon_redemption d\n"
        f"WHERE d.redeemed_on BETWEEN CAST({start} AS DATE) AND CAST({end} AS DATE)\n"
        f"  AND d.customer_key IN (SELECT b.customer_key FROM (\n{lines}\n) b)\nGROUP BY d.customer_key, 2"
    )
    if not asked.bounds.given:
        return redeemed
    # Of bounds those are meant too who redeemed none.
    return f"{redeemed}\nUNION ALL\nSELECT b.customer_key, '', 0\nFROM (\n{lines}\n) b\nGROUP BY b.customer_key"


def _key(by: str | None) -> str:
    if by is None:
        return "''"
    if by not in (*ATTRIBUTES, *EXTRA_ATTRIBUTES):
        raise ValueError(by)
    column = f"c.{by}" if by in ATTRIBUTES else f"c.attributes ->> '{by}'"
    return f"COALESCE(CAST({column} AS VARCHAR), '')"


def _within(asked: OfHouseholds, params: dict[str, Any]) -> str:
    """Whether a household ``e`` is within the bounds: its figure of the period, or its mean of all the spans."""
    bounds = asked.bounds
    if not bounds.given:
        return "TRUE"
    value = "e.total"
    if asked.span:
        over = f"{asked.spans}" if asked.figure in ADDITIVE else "e.observations"
        value = f"e.total / CAST({over} AS DOUBLE)"
    pairs = ((">", bounds.over), (">=", bounds.least), ("<", bounds.under), ("<=", bounds.most))
    made = [f"{value} {sign} {bind(params, 'bound', [limit])}" for sign, limit in pairs if limit is not None]
    return " AND ".join(made)
