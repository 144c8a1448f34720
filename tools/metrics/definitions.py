"""The metrics of the house, in the order in which they are shown.

``s`` is sales, ``t`` visitors, ``w`` clocked work, ``y`` payments and ``o`` documents with those voided, each one row
per key of the question. A metric that needs two of them only counts where both are known, so that a missing counter
never looks like a conversion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tools.metrics.model import Fact, Metric, UnitKind
from tools.metrics.named import found_by_word
from tools.metrics.per_labour_hour import PER_LABOUR_HOUR
from tools.metrics.per_transaction import KNOWN_MARGIN, PER_TRANSACTION
from tools.metrics.per_visitor import PER_VISITOR
from tools.metrics.staff_rows import CLOSED, PAID
from tools.metrics.stock_definitions import STOCK_METRICS

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
        "lines_per_transaction",
        "Lines per transaction",
        "Lines of sales and exchanges (different products, as the till lists them) divided by transactions.",
        "Refunds that were documents of their own; the same product on two lines counts twice.",
        UnitKind.RATIO,
        "SUM(s.transaction_lines)",
        "SUM(s.transactions)",
        by_product=False,
        aliases=("products_per_basket", "different_products_per_basket", "lines_per_basket", "basket_variety"),
    ),
    Metric(
        "gross_margin",
        "Gross margin",
        "Net sales minus the cost of goods at the time of sale.",
        "Lines whose cost is unknown; answers say how much of net sales they are.",
        UnitKind.MONEY,
        KNOWN_MARGIN,
        sources=("sales", "cost"),
        aliases=("margin", "profit", "gross_profit", "gm", "margin_value"),
    ),
    Metric(
        "gross_margin_pct",
        "Gross margin %",
        "Gross margin as a share of the net sales whose cost is known.",
        "Lines whose cost is unknown; answers say how much of net sales they are.",
        UnitKind.PERCENT,
        KNOWN_MARGIN,
        "SUM(CASE WHEN s.lines > s.unknown_cost_lines THEN s.known_cost_net_minor END)",
        sources=("sales", "cost"),
        aliases=("margin_pct", "margin_%", "margin_percent", "gm%", "gm_pct", "gross_margin_%", "gross_margin_percent",
                 "margin_rate", "profit_margin"),
    ),
    Metric(
        "cost_of_goods",
        "Cost of goods sold",
        "Cost of the goods sold at the time of sale, less that of goods that came back.",
        "Lines whose cost is unknown; answers say how much of net sales they are.",
        UnitKind.MONEY,
        "SUM(CASE WHEN s.lines > s.unknown_cost_lines THEN s.cogs_minor END)",
        sources=("sales", "cost"),
        higher_is="",
        aliases=("cogs", "cost_of_goods_sold", "cost_of_sales", "goods_cost"),
    ),
    Metric(
        "known_cost_share",
        "Sales with a known cost",
        "Value of the lines whose cost is known as a share of all: lines sold or brought back, each by its size.",
        _NOT_COUNTED,
        UnitKind.PERCENT,
        "SUM(s.known_cost_size_minor)",
        "SUM(s.size_minor)",
        sources=("sales", "cost"),
        higher_is="",
        aliases=("cost_coverage", "known_cost", "share_of_sales_with_known_cost"),
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
    *PER_VISITOR,
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
        "Store-days without time cards, with one that is still open, or without sales.",
        UnitKind.MONEY,
        f"3600 * SUM(CASE WHEN w.seconds IS NOT NULL AND {CLOSED} THEN s.net_minor END)",
        f"SUM(CASE WHEN s.net_minor IS NOT NULL AND {CLOSED} THEN w.seconds END)",
        facts=(Fact.SALES, Fact.STAFF),
        sources=("sales", "staff"),
        by_hour=False,
        by_product=False,
        aliases=("splh", "sales_per_hour", "productivity"),
    ),
    *PER_LABOUR_HOUR,
    Metric(
        "labour_cost_pct",
        "Labour cost %",
        "Wages of the hours clocked as a share of net sales.",
        "Store-days without time cards, with one still open or without a wage, or without sales; salaries.",
        UnitKind.PERCENT,
        f"SUM(CASE WHEN s.net_minor IS NOT NULL AND {PAID} THEN w.wage_seconds END)",
        f"3600 * SUM(CASE WHEN w.wage_seconds IS NOT NULL AND {PAID} THEN s.net_minor END)",
        facts=(Fact.SALES, Fact.STAFF),
        sources=("sales", "staff"),
        by_hour=False,
        by_product=False,
        higher_is="worse",
        aliases=("labour_pct", "labour_%", "wage_share", "staff_cost_pct", "labour_cost_%", "labour"),
    ),
    Metric(
        "labour_cost",
        "Labour cost",
        "Wages of the hours clocked, breaks taken off, on the business day the time card was opened.",
        "Time cards still open or without a wage; salaries, taxes and benefits outside the time cards.",
        UnitKind.MONEY,
        "SUM(w.wage_seconds)",
        facts=(Fact.STAFF,),
        sources=("staff",),
        by_hour=False,
        by_product=False,
        higher_is="worse",
        aliases=("wages", "wage_cost", "staff_cost", "payroll_cost", "labour_spend"),
        divisor=3600,
    ),
    Metric(
        "average_selling_price",
        "Average selling price",
        "Net sales of goods sold by the piece divided by the pieces.",
        "Fuel, weighed and other goods not sold by the piece; tax.",
        UnitKind.MONEY,
        "SUM(s.piece_net_minor)",
        "SUM(s.units)",
        higher_is="",
        aliases=("asp", "average_price", "avg_price", "average_unit_price", "unit_price", "price_per_unit",
                 "average_item_price", "average_retail_price", "mean_price"),
    ),
    Metric(
        "discounted_lines_pct",
        "Discounted lines %",
        "Lines sold with a discount as a share of lines sold.",
        "Returned lines; coupons that a manufacturer pays back.",
        UnitKind.PERCENT,
        "SUM(s.discounted_lines)",
        "SUM(s.sold_lines)",
        by_product=False,
        higher_is="",
        aliases=("discount_rate_count", "discount_count_share", "discounted_share", "share_of_lines_discounted"),
    ),
    Metric(
        "refund_rate_count",
        "Refund rate by count",
        "Documents that are returns for each hundred transactions.",
        "Goods taken back within an exchange.",
        UnitKind.PERCENT,
        "SUM(s.refund_documents)",
        "SUM(s.transactions)",
        by_product=False,
        higher_is="worse",
        aliases=("return_rate_count", "refund_count_rate", "refund_rate_by_count", "return_rate_by_count"),
    ),
    Metric(
        "void_rate",
        "Void rate",
        "Value of voided sales as a share of the value of all sales, voided or not.",
        "Tests, returns, and lines voided before the sale was closed.",
        UnitKind.PERCENT,
        "SUM(o.voided_minor)",
        "SUM(o.value_minor)",
        facts=(Fact.VOIDS,),
        by_product=False,
        higher_is="worse",
        aliases=("void_pct", "void_%", "voids_rate", "void_rate_value", "voids"),
    ),
    Metric(
        "void_rate_count",
        "Void rate by count",
        "Voided sales as a share of all sales, voided or not.",
        "Tests, returns, and lines voided before the sale was closed.",
        UnitKind.PERCENT,
        "SUM(o.voided_documents)",
        "SUM(o.documents)",
        facts=(Fact.VOIDS,),
        by_product=False,
        higher_is="worse",
        aliases=("void_count_rate", "void_rate_by_count"),
    ),
    Metric(
        "payments",
        "Payments",
        "What was paid and kept, with tax and tips: change is not in it, refunds are taken off.",
        "Voided and test documents, payments that failed or were declined.",
        UnitKind.MONEY,
        "SUM(y.amount_minor)",
        facts=(Fact.PAYMENTS,),
        sources=("tender",),
        by_product=False,
        aliases=("payment", "amount_paid", "tendered", "paid"),
    ),
    Metric(
        "paid_transactions",
        "Transactions paid",
        "Sales and exchanges with a payment; one paid in two ways counts under both, and once in a total.",
        "Refunds, payments that failed or were declined.",
        UnitKind.COUNT,
        "SUM(y.paid_documents)",
        facts=(Fact.PAYMENTS,),
        sources=("tender",),
        by_product=False,
        aliases=("payment_count", "number_of_payments"),
    ),
    Metric(
        "tender_fees",
        "Tender fees",
        "Fees that were charged for taking payments.",
        "Fees that the platform does not report.",
        UnitKind.MONEY,
        "SUM(y.fee_minor)",
        facts=(Fact.PAYMENTS,),
        sources=("tender",),
        by_product=False,
        higher_is="worse",
        aliases=("fees", "card_fees", "processing_fees", "payment_fees", "tender_fee"),
    ),
    Metric(
        "tender_fee_pct",
        "Tender fee %",
        "Tender fees as a share of the payments whose fee is known.",
        "Payments without a fee.",
        UnitKind.PERCENT,
        "SUM(y.fee_minor)",
        "SUM(y.fee_base_minor)",
        facts=(Fact.PAYMENTS,),
        sources=("tender",),
        by_product=False,
        higher_is="worse",
        aliases=("fee_rate", "card_fee_rate", "processing_fee_rate", "tender_fee_rate"),
    ),
    *PER_TRANSACTION,
)  # fmt: skip

METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _ALL})
"""Every metric by name."""

_BY_WORD = MappingProxyType({word: metric for metric in reversed(_ALL) for word in (*metric.aliases, metric.name)})


def metric_named(name: str) -> Metric:
    """The metric that a name, a label or another word for it means.

    Raises:
        BadArgumentError: as ``metrics_named``.
    """
    return metrics_named([name])[0]


def metrics_named(names: Sequence[str]) -> list[Metric]:
    """The metrics of all names of a call, each once.

    Raises:
        BadArgumentError: as ``found_by_word``.
    """
    return found_by_word(names, _BY_WORD)


def describe_metrics() -> list[dict[str, Any]]:
    """Every metric as ``floorwalker metrics`` prints it: name, label, definition, unit, exclusions ..."""
    return [metric.describe() for metric in (*_ALL, *STOCK_METRICS)]
