"""What is done in an hour of work beside sales: tickets, pieces and visitors on days whose time cards are closed."""

from __future__ import annotations

from tools.metrics.model import Fact, Metric, UnitKind
from tools.metrics.staff_rows import CLOSED

_NOT_SALES = "Store-days without time cards, with one that is still open, or without sales."


def _each_hour(column: str) -> tuple[str, str]:
    """The two sums of a column for each hour worked: work is summed in seconds."""
    return (
        f"3600 * SUM(CASE WHEN w.seconds IS NOT NULL AND {CLOSED} THEN {column} END)",
        f"SUM(CASE WHEN {column} IS NOT NULL AND {CLOSED} THEN w.seconds END)",
    )


PER_LABOUR_HOUR = (
    Metric(
        "transactions_per_labour_hour",
        "Transactions per labour hour",
        "Transactions divided by labour hours.",
        _NOT_SALES,
        UnitKind.RATIO,
        *_each_hour("s.transactions"),
        facts=(Fact.SALES, Fact.STAFF),
        sources=("sales", "staff"),
        by_hour=False,
        by_product=False,
        aliases=("tplh", "transactions_per_hour_worked", "tickets_per_labour_hour"),
    ),
    Metric(
        "units_per_labour_hour",
        "Units per labour hour",
        "Units divided by labour hours.",
        _NOT_SALES + " Goods not sold by the piece.",
        UnitKind.RATIO,
        *_each_hour("s.units"),
        facts=(Fact.SALES, Fact.STAFF),
        sources=("sales", "staff"),
        by_hour=False,
        by_product=False,
        aliases=("items_per_labour_hour", "uplh"),
    ),
    Metric(
        "visitors_per_labour_hour",
        "Visitors per labour hour",
        "Visitors divided by labour hours.",
        "Store-days without time cards or with one that is still open; hours in which the counter gave nothing.",
        UnitKind.RATIO,
        *_each_hour("t.visitors"),
        facts=(Fact.TRAFFIC, Fact.STAFF),
        sources=("traffic", "staff"),
        by_hour=False,
        by_product=False,
        higher_is="",
        aliases=("traffic_per_labour_hour", "visitors_per_staff_hour"),
    ),
)
