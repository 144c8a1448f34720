"""Sums for each transaction: what is given away and what is earned on one sale."""

from __future__ import annotations

from tools.metrics.model import Metric, UnitKind

KNOWN_MARGIN = "SUM(CASE WHEN s.lines > s.unknown_cost_lines THEN s.known_cost_net_minor - s.cogs_minor END)"
"""Gross margin of the lines whose cost is known, as a sum over sales."""

PER_TRANSACTION = (
    Metric(
        "discount_per_transaction",
        "Discount per transaction",
        "Discounts divided by transactions, those without a discount included.",
        "Coupons that a manufacturer pays back.",
        UnitKind.MONEY,
        "SUM(s.discount_minor)",
        "SUM(s.transactions)",
        by_product=False,
        higher_is="",
        aliases=("discounts_per_transaction", "average_discount", "discount_per_basket", "average_discount_per_sale"),
    ),
    Metric(
        "gross_margin_per_transaction",
        "Gross margin per transaction",
        "Gross margin divided by transactions, where the cost of at least nine tenths of net sales is known.",
        "Lines whose cost is unknown; answers say how much of net sales they are.",
        UnitKind.MONEY,
        KNOWN_MARGIN,
        "SUM(s.transactions)",
        sources=("sales", "cost"),
        by_product=False,
        aliases=("margin_per_transaction", "profit_per_transaction", "margin_per_basket", "profit_per_basket"),
    ),
)
