"""SQL for products that meet several conditions at once: sales, margin, growth, discounts, returns, stock, promotion.

Every figure is that of the tool for it: sums of the metrics over the daily rollup, levels and cost value of
``stock_query``, cover by the units a day of each store's trading days. Conditions and order use floats; what is shown
comes out as exact sums. “High” and “low” are quarters of the products that sold, by linear interpolation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from tools.context import Scope
from tools.metrics.definitions import METRICS
from tools.metrics.demand_query import demand_ctes
from tools.metrics.margin_query import by_variant, part_condition
from tools.metrics.model import UnitKind
from tools.metrics.promotion_days import runs_between
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope
from tools.metrics.stock_query import HELD

SOLD = (
    "net_sales", "units", "gross_margin", "gross_margin_pct", "discounts", "discount_rate", "returns", "refund_rate",
    "average_selling_price",
)  # fmt: skip
"""The figures of sales, which are metrics of the house."""
GROWTH = "growth"
STOCK = ("on_hand", "days_of_stock", "stock_value", "stores_out")
RATES = frozenset({"gross_margin_pct", "discount_rate", "refund_rate", "average_selling_price", GROWTH})
"""Figures that a single sale can throw anywhere."""
Holds = Literal["high", "low", "top", "bottom", "above", "at_least", "below", "at_most"]
_SIGNS = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}
PLACED = ("high", "low", "top", "bottom")
"""Conditions that hold a product against the others."""
_ENDLESS = "1e9"
"""Days of cover of what is there and does not sell."""
SELDOM = frozenset({"discounts", "discount_rate", "returns", "refund_rate"})
"""Figures that most products have none of: what is high or low is told among those that have some."""
LEAST_SALES = 5
"""So many lines sold in the period, where a rate is held against that of others."""


@dataclass(frozen=True, slots=True)
class Test:
    """One condition; ``number`` is in the unit people say it in: money in major units, shares in per cent."""

    figure: str
    holds: Holds
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What is sought: the conditions, whether a promotion must run or not, the order, and how many.

    ``least_sales`` is the fewest lines sold for a product to be judged; 0 where no rate is held against others.
    ``beside`` are figures that are only told.
    """

    tests: Sequence[Test]
    promoted: bool | None
    rank_by: str
    descending: bool
    limit: int
    least_sales: int
    beside: Sequence[str] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure that must be worked out, each once."""
        return tuple(dict.fromkeys([*(test.figure for test in self.tests), self.rank_by, *self.beside]))

    @property
    def of_stock(self) -> bool:
        """Whether the stock must be looked at."""
        return any(name in STOCK for name in self.figures)


@dataclass(frozen=True, slots=True)
class Spans:
    """The days: of the sales, of the sales before (for growth), and those that cover is measured over."""

    now: Sequence[Window]
    before: Sequence[Window]
    pace: Sequence[Window]


def build_matching(
    spans: Spans,
    sought: Sought,
    scope: Scope,
    *,
    at: datetime,
    today: date,
    exponent: int,
    only: Filter | None = None,
    by_item: bool = False,
) -> Statement:
    """The products that meet every condition, in order, with their sums.

    Columns: ``variant_id``, ``n_`` and ``d_`` sums of ``SOLD``, ``lines``, with growth ``net_before``, with stock
    ``on_hand, days_of_stock`` (float), ``stock_value, stores_out, stores_held``; and over all rows ``found`` (how many
    fit), ``judged`` (how many could), ``alone_<n>`` (how many meet condition n by itself) and ``edge_<n>`` (float, what
    is high or low). There is one row with a null ``variant_id`` where none fits.

    Args:
        spans: stores and days.
        sought: the conditions.
        scope: who asks.
        at: now, for costs in force.
        today: the day on which a promotion must run.
        exponent: digits after the point of the currency.
        only: a part of the range.
        by_item: variants of one item are one product, named by the first of their ids.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope([*spans.now, *spans.before], scope)
    params: dict[str, Any] = {"limit": sought.limit, "least": sought.least_sales}
    item = "\nLEFT JOIN item i ON i.variant_id = {0}.variant_id" if by_item else ""
    key = "COALESCE(i.item_id, {0}.variant_id)" if by_item else "{0}.variant_id"
    ctes = [f"selling AS (\n{_sold(spans.now, params, only, key.format('s'), item.format('s'))}\n)"]
    columns = ["s.lines, s.unknown_lines", *_metric_columns()]
    joins = ""
    if GROWTH in sought.figures:
        ctes.append(
            f"earlier AS (\nSELECT {key.format('s')} AS key, SUM(s.net_minor) AS net_before, SUM(s.lines) AS"
            f" lines_before\nFROM ({by_variant(spans.before, params)}) s{item.format('s')}\nGROUP BY 1\n)"
        )
        joins += "\nLEFT JOIN earlier b ON b.key = s.key"
        columns.append("b.net_before, b.lines_before")
    variant, named = "s.variant_id", "s.key"
    if sought.of_stock:
        demand = demand_ctes(spans.pace, scope, params, at, only=only, valued="stock_value" in sought.figures)
        ctes.append(f"{demand},\nheld AS (\n{_held(key.format('t'), item.format('t'))}\n)")
        joins += "\nFULL JOIN held h ON h.key = s.key"
        columns.append("h.on_hand, h.days_of_stock, h.stock_value, h.stores_out, h.stores_held, h.pieces")
        variant, named = "COALESCE(s.variant_id, h.variant_id)", "COALESCE(s.key, h.key)"
    if sought.promoted is not None:
        params["today"] = today
        stores = sorted({store for window in spans.now for store in window.store_ids})
        ctes.append(
            f"running AS (\nSELECT DISTINCT {key.format('p')} AS key FROM promotion_item p{item.format('p')}\n"
            f"WHERE (p.store_id IS NULL OR p.store_id IN ({bind(params, 'store', stores)}))"
            f" AND {runs_between('$today', '$today')}\n)"
        )
    ctes.append(
        f"every AS (\nSELECT {variant} AS variant_id, {named} AS key, {', '.join(columns)}\nFROM selling s{joins}\n)"
    )
    ctes += _judged(sought, params, exponent)
    tables = ",\n".join(ctes)
    return Statement(f"WITH {tables}\n{_chosen(sought)}", params)


def _sold(windows: Sequence[Window], params: dict[str, Any], only: Filter | None, key: str, item: str) -> str:
    """One row per product sold, with the sums of every metric of ``SOLD``."""
    sums = ",\n  ".join(f"{sql} AS {name}" for name, sql in _sums().items())
    shelf = "\nLEFT JOIN shelf h ON h.product_id = v.product_id" if only and not only.variants else ""
    rows = by_variant(windows, params)
    pieces = "CASE WHEN COALESCE(v.unit_of_measure, 'each') = 'each' THEN r.net_minor ELSE 0 END"
    return f"""SELECT MIN(s.variant_id) AS variant_id, {key} AS key, SUM(s.lines) AS lines,
  SUM(s.unknown_cost_lines) AS unknown_lines,
  {sums}
FROM (SELECT r.*, v.product_id, {pieces} AS piece_net_minor FROM ({rows}) r
  LEFT JOIN variant v ON v.variant_id = r.variant_id) s{item}{shelf.replace("v.product_id", "s.product_id")}
WHERE s.variant_id IS NOT NULL AND {part_condition(only, params)}
GROUP BY 2
HAVING SUM(s.net_minor) <> 0 OR SUM(s.units) <> 0"""


def _sums() -> Mapping[str, str]:
    found = {}
    for name in SOLD:
        metric = METRICS[name]
        found[f"n_{name}"] = metric.numerator
        if metric.denominator:
            found[f"d_{name}"] = metric.denominator
    return found


def _metric_columns() -> list[str]:
    return [f"s.{name}" for name in _sums()]


def _held(key: str, item: str) -> str:
    """One row per product with a level: pieces, cover at each store's own rate, value at cost, stores without any."""
    return f"""SELECT MIN(t.variant_id) AS variant_id, {key} AS key, SUM({HELD}) AS on_hand,
  SUM(t.cost_value) AS stock_value, COUNT(*) AS stores_held,
  SUM(CASE WHEN t.active AND t.on_hand <= 0 THEN 1 ELSE 0 END) AS stores_out,
  SUM(CASE WHEN t.each THEN {HELD} END) AS pieces,
  CAST(SUM(CASE WHEN t.each THEN {HELD} END) AS DOUBLE)
    / NULLIF(SUM(CASE WHEN t.each AND t.units > 0 AND t.trading_days > 0
      THEN CAST(t.units AS DOUBLE) / t.trading_days ELSE 0 END), 0) AS days_of_stock
FROM paced t{item}
GROUP BY 2"""


def _value(name: str, exponent: int) -> str:
    """A figure of the row ``e`` as a float in the unit people say it in; null where it is not known."""
    if name == GROWTH:
        return (
            "CASE WHEN e.lines_before >= $least AND e.net_before > 0"
            " THEN 100 * (CAST(e.n_net_sales AS DOUBLE) / CAST(e.net_before AS DOUBLE) - 1) END"
        )
    if name == "days_of_stock":
        return f"CASE WHEN e.days_of_stock IS NULL AND e.pieces > 0 THEN {_ENDLESS} ELSE e.days_of_stock END"
    if name in STOCK:
        return f"CAST(e.{name} AS DOUBLE)"
    metric = METRICS[name]
    value = f"CAST(e.n_{name} AS DOUBLE)"
    if metric.denominator:
        value += f" / NULLIF(CAST(e.d_{name} AS DOUBLE), 0)"
    elif metric.unit_kind is UnitKind.UNITS:
        value = f"NULLIF({value}, 0)"  # goods not sold by the piece have no units
    if metric.unit_kind is UnitKind.MONEY:
        value = f"{value} / {10**exponent}"
    return f"100 * {value}" if metric.unit_kind is UnitKind.PERCENT else value


def _among(name: str) -> str:
    """The figure of the products among which it is high or low; null for the others."""
    if name == "days_of_stock":
        return "v.days_of_stock"
    if name in STOCK:
        return f"CASE WHEN v.on_hand > 0 THEN v.f_{name} END"
    return f"CASE WHEN v.lines > 0{f' AND v.f_{name} > 0' if name in SELDOM else ''} THEN v.f_{name} END"


def _judged(sought: Sought, params: dict[str, Any], exponent: int) -> list[str]:
    """CTEs ``valued`` (each figure as ``f_<name>``), ``edges`` and ``tried`` (each condition as ``fits_<n>``)."""
    unsold = {"net_sales": "0", "units": "0", "discounts": "0", "returns": "0"}
    figures = ",\n  ".join(
        f"CASE WHEN e.lines IS NULL THEN {unsold[name]} ELSE ROUND({_value(name, exponent)}, 9) END AS f_{name}"
        if name in unsold
        else f"ROUND({_value(name, exponent)}, 9) AS f_{name}"
        for name in sought.figures
    )
    valued = f"""valued AS (
SELECT e.*,
  {figures}
FROM every e
WHERE COALESCE(e.lines, 0) >= $least
)"""
    edges, fits = [], []
    for number, test in enumerate(sought.tests):
        value = f"v.f_{test.figure}"
        among = _among(test.figure)
        edge, fit = "MAX(CAST(NULL AS DOUBLE))", ""
        if test.holds in ("high", "low"):
            share = "0.75" if test.holds == "high" else "0.25"
            edge = f"PERCENTILE_CONT({share}) WITHIN GROUP (ORDER BY {among})"
            fit = f"{value} {'>=' if test.holds == 'high' else '<='} g.edge_{number}"
        elif test.holds in ("top", "bottom"):
            params[f"place{number}"] = int(test.number or 10)
            direction = "DESC" if test.holds == "top" else "ASC"
            fit = f"{among} IS NOT NULL AND RANK() OVER (ORDER BY {among} {direction} NULLS LAST) <= $place{number}"
        else:
            params[f"number{number}"] = test.number
            fit = f"{value} {_SIGNS[test.holds]} CAST($number{number} AS DOUBLE)"
        edges.append(f"{edge} AS edge_{number}")
        fits.append(f"COALESCE({fit}, FALSE) AS fits_{number}")
    if sought.promoted is not None:
        edges.append(f"MAX(CAST(NULL AS DOUBLE)) AS edge_{len(sought.tests)}")
        runs = "v.key IN (SELECT r.key FROM running r)"
        fits.append(f"{'' if sought.promoted else 'NOT '}{runs} AS fits_{len(sought.tests)}")
    edged = f"edges AS (\nSELECT {', '.join(edges)}\nFROM valued v\n)"
    return [valued, edged, f"tried AS (\nSELECT v.*, g.*, {', '.join(fits)}\nFROM valued v CROSS JOIN edges g\n)"]


def _chosen(sought: Sought) -> str:
    numbers = range(len(sought.tests) + (sought.promoted is not None))
    alone = ", ".join(f"SUM(CASE WHEN t.fits_{n} THEN 1 ELSE 0 END) OVER () AS alone_{n}" for n in numbers)
    together = " AND ".join(f"t.fits_{n}" for n in numbers)
    order = "DESC" if sought.descending else "ASC"
    return f"""SELECT t.*, {together} AS fits, {alone}, COUNT(*) OVER () AS judged,
  SUM(CASE WHEN {together} THEN 1 ELSE 0 END) OVER () AS found
FROM tried t
ORDER BY CASE WHEN {together} THEN 0 ELSE 1 END, t.f_{sought.rank_by} {order} NULLS LAST,
  t.n_net_sales DESC NULLS LAST, t.variant_id
LIMIT $limit"""
