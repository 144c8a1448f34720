"""What is sold to those who come in: rates of the hours that were counted at the door."""

from __future__ import annotations

from tools.metrics.model import Fact, Metric, UnitKind

SALES_PER_VISITOR = Metric(
    "sales_per_visitor",
    "Net sales per visitor",
    "Net sales divided by visitors, both of the hours in which visitors were counted.",
    "Hours in which the counter gave nothing, with their sales; days without sales.",
    UnitKind.MONEY,
    "SUM(t.seen_net_minor)",
    "SUM(t.seen_visitors)",
    facts=(Fact.TRAFFIC,),
    sources=("sales", "traffic"),
    by_product=False,
    aliases=("spv", "revenue_per_visitor", "net_sales_per_visitor", "sales_per_visit", "spend_per_visitor"),
)
PER_VISITOR = (
    Metric(
        "conversion",
        "Conversion",
        "Transactions as a share of visitors, both of the hours in which visitors were counted.",
        "Hours in which the counter gave nothing, with their transactions; days without sales.",
        UnitKind.PERCENT,
        "SUM(t.seen_transactions)",
        "SUM(t.seen_visitors)",
        facts=(Fact.TRAFFIC,),
        sources=("sales", "traffic"),
        by_product=False,
        aliases=("conversion_rate", "conversion_pct", "cvr", "conversion_%"),
    ),
    SALES_PER_VISITOR,
)
