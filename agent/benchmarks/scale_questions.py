"""The questions of the ``scale`` benchmark: which tool answers each, and what somebody would write by hand instead.

Hand-written SQL speaks to the same mirror. ``$store`` is the store that is asked about; for the whole chain there is
no condition on stores, since whoever writes it knows that all are meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from agent.benchmarks.ground import TODAY

_YESTERDAY = f"DATE '{TODAY - timedelta(days=1)}'"
_WEEK_BEFORE = f"DATE '{TODAY - timedelta(days=8)}'"
_LAST_WEEK = f"BETWEEN DATE '{TODAY - timedelta(days=7)}' AND {_YESTERDAY}"
_FOUR_WEEKS = f"BETWEEN DATE '{TODAY - timedelta(days=28)}' AND {_YESTERDAY}"
_OCTOBER = "BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"
_SEPTEMBER = "BETWEEN DATE '2026-09-01' AND DATE '2026-09-30'"
_HERE = "store_id = $store AND "


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        name: how the report calls it.
        tool: who answers.
        arguments: what the tool is given.
        metric: the figure of the answer that the hand-written statement gives too.
        hand: that statement, or nothing; its last column is the figure, in minor units where ``minor``.
        adds_up: whether its rows add up to the figure; otherwise the first row is it.
        minor: whether it is in minor units.
        single: whether single lines, documents, payments or stock levels have to be read, which no rollup can spare.
    """

    name: str
    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    metric: str = ""
    hand: str = ""
    adds_up: bool = False
    minor: bool = True
    single: bool = False

    def hand_for(self, *, one_store: bool) -> str:
        """The hand-written statement for one store or for all of them."""
        return self.hand.replace("@", _HERE if one_store else "")


def _sum(table: str, days: str, column: str = "net_minor") -> str:
    return f"SELECT CAST(SUM({column}) AS DECIMAL(18,2)) FROM {table} WHERE @business_on {days}"


def _split(key: str, table: str, days: str) -> str:
    return (
        f"SELECT {key}, SUM(transactions), CAST(SUM(net_minor) AS DECIMAL(18,2)) FROM {table}"
        f" WHERE @business_on {days} GROUP BY 1 ORDER BY 1"
    )


def _by_shelf(column: str, days: str) -> str:
    return (
        f"SELECT {column}, CAST(SUM(q.net) AS DECIMAL(18,2)) FROM (SELECT variant_id, SUM(net_minor) AS net"
        f" FROM store_sku_day WHERE @business_on {days} GROUP BY 1) q JOIN variant v USING (variant_id)"
        " JOIN product p USING (product_id) GROUP BY 1 ORDER BY 2 DESC"
    )


def _top(days: str, value: str = "SUM(net_minor)") -> str:
    return (
        f"SELECT variant_id, SUM(units), CAST({value} AS DECIMAL(18,2)) AS value FROM store_sku_day"
        f" WHERE @business_on {days} GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 10"
    )


_COUNTED = f"(SELECT sale_id, kind FROM sale WHERE @business_on {_FOUR_WEEKS} AND NOT voided)"
_TENDERS = f"""SELECT t.kind, CAST(SUM(t.amount_minor) AS DECIMAL(18,2))
FROM (SELECT * FROM tender WHERE @business_on {_FOUR_WEEKS}) t JOIN {_COUNTED} s USING (sale_id)
GROUP BY 1 ORDER BY 1"""
_DISCOUNTS = f"""SELECT g.name, COUNT(*), CAST(SUM(g.amount_minor) AS DECIMAL(18,2))
FROM (SELECT * FROM sale_discount WHERE @business_on {_FOUR_WEEKS}) g JOIN {_COUNTED} s USING (sale_id)
WHERE s.kind <> 'return' GROUP BY 1 ORDER BY 3 DESC"""
_BASKETS = f"""SELECT quantile_cont(net, 0.25), quantile_cont(net, 0.75), COUNT(*) FROM (
  SELECT sale_id, SUM(l.net_minor) AS net FROM sale_line l JOIN (
    SELECT sale_id FROM sale WHERE @business_on {_FOUR_WEEKS} AND NOT voided AND kind <> 'return') s USING (sale_id)
  WHERE @business_on {_FOUR_WEEKS} GROUP BY 1)"""
_DEMAND = f"""(SELECT store_id, variant_id, SUM(units) AS units, SUM(net_minor) AS net FROM store_sku_day
  WHERE @business_on {_FOUR_WEEKS} GROUP BY 1, 2)"""
_COVER = f"""SELECT SUM(units), SUM(CASE WHEN quantity > 0 THEN quantity ELSE 0 END)
FROM inventory_level x JOIN variant v USING (variant_id) LEFT JOIN {_DEMAND} d USING (store_id, variant_id)
WHERE @v.unit_of_measure = 'each'"""
_OUT = f"""SELECT x.variant_id, d.net, COUNT(*) OVER ()
FROM inventory_level x LEFT JOIN {_DEMAND} d USING (store_id, variant_id)
WHERE @quantity <= 0 ORDER BY d.net DESC NULLS LAST LIMIT 10"""
_VALUE = """SELECT CAST(SUM(x.quantity * coalesce(o.amount, c.amount)) AS DECIMAL(18,2)) FROM inventory_level x
LEFT JOIN (SELECT store_id, variant_id, arg_max(unit_cost, valid_from_at) AS amount FROM cost
  WHERE @store_id IS NOT NULL GROUP BY 1, 2) o USING (store_id, variant_id)
LEFT JOIN (SELECT variant_id, arg_max(unit_cost, valid_from_at) AS amount FROM cost
  WHERE store_id IS NULL GROUP BY 1) c USING (variant_id)
WHERE @x.quantity > 0"""
_FIND = f"""SELECT v.variant_id, p.name, COUNT(*) OVER (), CAST(d.net AS DECIMAL(18,2))
FROM variant v JOIN product p USING (product_id) LEFT JOIN (
  SELECT variant_id, SUM(net_minor) AS net FROM store_sku_day WHERE @business_on {_FOUR_WEEKS} GROUP BY 1) d
  USING (variant_id)
WHERE p.name ILIKE '%oat%' AND p.name ILIKE '%milk%' ORDER BY d.net DESC NULLS LAST LIMIT 10"""
_TWO_DAYS = f"""SELECT SUM(net_minor) FILTER (WHERE business_on = {_WEEK_BEFORE}),
  CAST(SUM(net_minor) FILTER (WHERE business_on = {_YESTERDAY}) AS DECIMAL(18,2))
FROM store_day WHERE @business_on IN ({_YESTERDAY}, {_WEEK_BEFORE})"""
_TWO_MONTHS = f"""SELECT SUM(net_minor) FILTER (WHERE business_on {_SEPTEMBER}),
  CAST(SUM(net_minor) FILTER (WHERE business_on {_OCTOBER}) AS DECIMAL(18,2))
FROM store_day WHERE @business_on BETWEEN DATE '2026-09-01' AND DATE '2026-10-31'"""

_BOTH = (
    Question("sales yesterday", "sales_summary", {}, "net_sales", _sum("store_day", f"= {_YESTERDAY}")),
    Question("sales last month", "sales_summary", {"period": "last month"}, "net_sales", _sum("store_day", _OCTOBER)),
    Question(
        "sales last month by day",
        "sales_summary",
        {"period": "last month", "by": "day"},
        "net_sales",
        _split("business_on", "store_day", _OCTOBER),
        adds_up=True,
    ),
    Question(
        "sales last week by department",
        "sales_summary",
        {"period": "last week", "by": "department"},
        "net_sales",
        _by_shelf("p.department", _LAST_WEEK),
        adds_up=True,
    ),
    Question(
        "sales by hour, four weeks",
        "sales_summary",
        {"period": "last 4 weeks", "by": "hour"},
        "net_sales",
        _split("hour_of_day", "store_hour", _FOUR_WEEKS),
        adds_up=True,
    ),
    Question(
        "sales by weekday, four weeks",
        "sales_summary",
        {"period": "last 4 weeks", "by": "weekday"},
        "net_sales",
        _split("isodow(business_on)", "store_day", _FOUR_WEEKS),
        adds_up=True,
    ),
    Question(
        "sales by weekday, two years",
        "sales_summary",
        {"period": "last 24 months", "by": "weekday"},
        hand=_split("isodow(business_on)", "store_day", "BETWEEN DATE '2024-11-01' AND DATE '2026-10-31'"),
    ),
    Question(
        "margin last month",
        "sales_summary",
        {"period": "last month", "metrics": ["gross_margin"]},
        "gross_margin",
        _sum("store_day", _OCTOBER, "known_cost_net_minor - cogs_minor"),
    ),
    Question(
        "yesterday against last week",
        "compare_periods",
        {},
        "net_sales",
        _TWO_DAYS,
    ),
    Question(
        "last month against the one before",
        "compare_periods",
        {"period": "last month"},
        "net_sales",
        _TWO_MONTHS,
    ),
    Question("best products last week", "top_products", {}, "net_sales", _top(_LAST_WEEK)),
    Question(
        "best products by margin last month",
        "top_products",
        {"period": "last month", "metric": "gross_margin"},
        "gross_margin",
        _top(_OCTOBER, "SUM(CASE WHEN lines > unknown_cost_lines THEN known_cost_net_minor - cogs_minor END)"),
    ),
    Question(
        "sales by brand",
        "sales_breakdown",
        {"by": ["brand"]},
        "net_sales",
        _by_shelf("p.brand", _FOUR_WEEKS),
        adds_up=True,
    ),
    Question(
        "peak times",
        "peak_times",
        {},
        hand=_split("hour_of_day, isodow(business_on)", "store_hour", _FOUR_WEEKS).replace(
            "GROUP BY 1", "GROUP BY 1, 2"
        ),
    ),
    Question("taxes last month", "taxes_and_tips", {}, "sales_tax", _sum("store_day", _OCTOBER, "tax_minor")),
    Question("how tenders split", "tender_mix", {}, "payments", _TENDERS, adds_up=True),
    Question("discounts used", "discounts_used", {}, "discounts", _DISCOUNTS, adds_up=True),
    Question("basket statistics", "basket_statistics", {}, "transactions", _BASKETS, minor=False),
    Question(
        "stock on hand and its value", "stock_levels", {}, "stock_value_at_cost", _VALUE, minor=False, single=True
    ),
    Question("days of cover", "stock_cover", {}, "stock_on_hand", _COVER, minor=False, single=True),
    Question(
        "what is out of stock", "out_of_stock", {}, "products_out_of_stock_store_pairs", _OUT, minor=False, single=True
    ),
    Question("fast movers", "fast_movers", {}, "units", _top(_FOUR_WEEKS, "SUM(units)"), minor=False),
    Question("find “oat milk”", "find_products", {"text": "oat milk"}, "net_sales", _FIND),
    Question("what runs out soon", "stockout_risk", single=True),
    Question("dead stock", "dead_stock", single=True),
    Question("overstock", "overstock", single=True),
    Question("product profitability", "product_profitability"),
    Question("private label share", "private_label_share"),
    Question("price bands", "price_bands", single=True),
    Question("refunds and voids", "refunds_and_voids", single=True),
    Question("new and returning customers", "new_and_returning"),
    Question("exceptions", "exception_report", single=True),
    Question("target so far", "target_progress"),
    Question("overview of seven days", "business_overview"),
    Question("why yesterday", "explain_change"),
)

ONE_STORE: tuple[Question, ...] = (
    *_BOTH,
    Question("one product last month", "sales_summary", {"product": "V29", "period": "last month"}),
    Question("should this be ordered", "reorder_suggestions", {"product": "V29"}),
    Question("best customers", "top_customers"),
    Question("customer segments", "customer_segments"),
    Question("bought together", "bought_together", single=True),
)
"""What a store's manager asks."""

CHAIN: tuple[Question, ...] = (
    *_BOTH,
    Question(
        "sales by store yesterday",
        "sales_summary",
        {"by": "store"},
        "net_sales",
        _split("store_id", "store_day", f"= {_YESTERDAY}"),
        adds_up=True,
    ),
    Question("ranking of stores", "store_ranking"),
    Question("stores that fell behind", "underperforming_stores"),
)
"""What an owner asks about all stores together."""
