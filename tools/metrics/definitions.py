"""The metrics of the house, in the order in which they are shown.

``s`` is the sales rollup, ``t`` visitors and ``w`` clocked work, each one row per store and day (or hour). A metric
that needs two of them only counts where both are known, so that a missing counter never looks like a conversion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tools.errors import BadArgumentError
from tools.metrics.model import Fact, Metric, UnitKind

_NOT_COUNTED = "Voided and test documents, gift cards sold, tax, tips, service and shipping."

_ALL = (
    Metric(
        "net_sales",
        "Net sales",
        "Gross sales minus discounts minus returns.",
        _NOT_COUNTED,
        UnitKind.MONEY,
        "SUM(s.net_minor)",
        aliases=("sales", "revenue", "turnover", "takings", "net", "net_revenue", "money"),
    ),
    Metric(
        "gross_sales",
        "Gross sales",
        "Value of the lines sold, before discounts.",
        _NOT_COUNTED + " Returns.",
        UnitKind.MONEY,
        "SUM(s.gross_minor)",
        aliases=("gross", "gross_revenue"),
    ),
    Metric(
        "discounts",
        "Discounts",
        "Every discount given on the lines sold, order discounts by their share.",
        "Coupons that a manufacturer pays back.",
        UnitKind.MONEY,
        "SUM(s.discount_minor)",
        higher_is="",
        aliases=("discount", "markdowns", "discounting"),
    ),
    Metric(
        "returns",
        "Returns",
        "Value refunded, on the day it was refunded; a positive number.",
        "Tax refunded with it.",
        UnitKind.MONEY,
        "SUM(s.returns_minor)",
        higher_is="worse",
        aliases=("refunds", "returned"),
    ),
    Metric(
        "transactions",
        "Transactions",
        "Documents of kind sale or exchange.",
        "Returns, voided and test documents.",
        UnitKind.COUNT,
        "SUM(s.transactions)",
        by_product=False,
        aliases=("orders", "baskets", "tickets", "customers_served", "sales_count", "transaction_count", "receipts"),
    ),
    Metric(
        "average_transaction_value",
        "Average transaction value",
        "Net sales of sales and exchanges divided by transactions.",
        "Refunds that were documents of their own.",
        UnitKind.MONEY,
        "SUM(s.sale_net_minor)",
        "SUM(s.transactions)",
        by_product=False,
        aliases=("atv", "aov", "basket_value", "average_basket", "average_ticket", "average_order_value", "basket",
                 "basket_size", "average_sale"),
    ),
    Metric(
        "units",
        "Units",
        "Pieces sold minus pieces returned.",
        "Fuel, weighed and other goods not sold by the piece.",
        UnitKind.UNITS,
        "SUM(s.units)",
        aliases=("units_sold", "quantity", "volume", "pieces", "items", "items_sold"),
    ),
    Metric(
        "units_per_transaction",
        "Units per transaction",
        "Units divided by transactions.",
        "Fuel, weighed and other goods not sold by the piece.",
        UnitKind.RATIO,
        "SUM(s.units)",
        "SUM(s.transactions)",
        by_product=False,
        aliases=("upt", "items_per_transaction", "items_per_basket", "units_per_basket"),
    ),
    Metric(
        "gross_margin",
        "Gross margin",
        "Net sales minus the cost of goods at the time of sale.",
        "Lines whose cost is unknown; answers say how much of net sales they are.",
        UnitKind.MONEY,
        "SUM(CASE WHEN s.lines > s.unknown_cost_lines THEN s.known_cost_net_minor - s.cogs_minor END)",
        sources=("sales", "cost"),
        aliases=("margin", "profit", "gross_profit", "gm", "margin_value"),
    ),
    Metric(
        "gross_margin_pct",
        "Gross margin %",
        "Gross margin as a share of the net sales whose cost is known.",
        "Lines whose cost is unknown; answers say how much of net sales they are.",
        UnitKind.PERCENT,
        "SUM(CASE WHEN s.lines > s.unknown_cost_lines THEN s.known_cost_net_minor - s.cogs_minor END)",
        "SUM(CASE WHEN s.lines > s.unknown_cost_lines THEN s.known_cost_net_minor END)",
        sources=("sales", "cost"),
        aliases=("margin_pct", "margin_%", "margin_percent", "gm%", "gm_pct", "gross_margin_%", "gross_margin_percent",
                 "margin_rate", "profit_margin"),
    ),
    Metric(
        "discount_rate",
        "Discount rate",
        "Discounts as a share of gross sales, by value.",
        "Coupons that a manufacturer pays back.",
        UnitKind.PERCENT,
        "SUM(s.discount_minor)",
        "SUM(s.gross_minor)",
        higher_is="",
        aliases=("discount_pct", "discount_%", "markdown_rate", "discount_share"),
    ),
    Metric(
        "refund_rate",
        "Refund rate",
        "Returns as a share of gross sales minus discounts, by value.",
        "Tax. Sales returned later than the period count when they are refunded.",
        UnitKind.PERCENT,
        "SUM(s.returns_minor)",
        "SUM(s.gross_minor - s.discount_minor)",
        higher_is="worse",
        aliases=("return_rate", "returns_rate", "refund_pct", "refund_%", "returns_%"),
    ),
    Metric(
        "visitors",
        "Visitors",
        "People counted coming in.",
        "Hours in which the counter gave nothing.",
        UnitKind.COUNT,
        "SUM(t.visitors)",
        facts=(Fact.TRAFFIC,),
        sources=("traffic",),
        by_product=False,
        aliases=("footfall", "traffic", "foot_traffic", "visits"),
    ),
    Metric(
        "conversion",
        "Conversion",
        "Transactions as a share of visitors.",
        "Store-days without a visitor count or without sales.",
        UnitKind.PERCENT,
        "SUM(CASE WHEN t.visitors IS NOT NULL THEN s.transactions END)",
        "SUM(CASE WHEN s.transactions IS NOT NULL THEN t.visitors END)",
        facts=(Fact.SALES, Fact.TRAFFIC),
        sources=("sales", "traffic"),
        by_product=False,
        aliases=("conversion_rate", "conversion_pct", "cvr", "conversion_%"),
    ),
    Metric(
        "labour_hours",
        "Labour hours",
        "Hours clocked, breaks taken off, on the business day the time card was opened.",
        "Time cards still open.",
        UnitKind.HOURS,
        "SUM(w.seconds)",
        facts=(Fact.STAFF,),
        sources=("staff",),
        by_hour=False,
        by_product=False,
        higher_is="",
        aliases=("hours", "hours_worked", "staff_hours"),
    ),
    Metric(
        "sales_per_labour_hour",
        "Sales per labour hour",
        "Net sales divided by labour hours.",
        "Store-days without closed time cards or without sales.",
        UnitKind.MONEY,
        "3600 * SUM(CASE WHEN w.seconds IS NOT NULL THEN s.net_minor END)",
        "SUM(CASE WHEN s.net_minor IS NOT NULL THEN w.seconds END)",
        facts=(Fact.SALES, Fact.STAFF),
        sources=("sales", "staff"),
        by_hour=False,
        by_product=False,
        aliases=("splh", "sales_per_hour", "productivity"),
    ),
    Metric(
        "labour_cost_pct",
        "Labour cost %",
        "Wages of the hours clocked as a share of net sales.",
        "Store-days without closed time cards or without sales; salaries outside the time cards.",
        UnitKind.PERCENT,
        "SUM(CASE WHEN s.net_minor IS NOT NULL THEN w.wage_seconds END)",
        "3600 * SUM(CASE WHEN w.wage_seconds IS NOT NULL THEN s.net_minor END)",
        facts=(Fact.SALES, Fact.STAFF),
        sources=("sales", "staff"),
        by_hour=False,
        by_product=False,
        higher_is="worse",
        aliases=("labour_pct", "labour_%", "labour_cost", "wage_share", "staff_cost_pct", "labour_cost_%", "labour"),
    ),
)  # fmt: skip

METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _ALL})
"""Every metric by name."""

_BY_WORD = MappingProxyType({word: metric for metric in reversed(_ALL) for word in (*metric.aliases, metric.name)})


def metric_named(name: str) -> Metric:
    """The metric that a name, a label or another word for it means.

    Raises:
        BadArgumentError: there is none; the sentence lists them.
    """
    key = re.sub(r"[\s\-]+", "_", name.strip().lower()).replace("labor", "labour").replace("_%", "_pct")
    found = _BY_WORD.get(key) or _BY_WORD.get(key.removesuffix("s"))
    if found is None:
        shown = name.strip()[:40]
        raise BadArgumentError(f"There is no metric “{shown}”. There are: {', '.join(METRICS)}.")
    return found


def describe_metrics() -> list[dict[str, Any]]:
    """Every metric as ``floorwalker metrics`` prints it: name, label, definition, unit, exclusions ..."""
    return [metric.describe() for metric in _ALL]
