"""What the stores took: one period, any metrics, whole or split. The commonest question, so it must be short."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import ToolResult


GroupBy = Literal["store", "day", "week", "month", "weekday", "hour", "department", "category"]


class SalesSummaryArguments(Arguments):
    """Arguments of ``sales_summary``."""

    period: str = Field(
        default="yesterday",
        max_length=120,
        description="When, in the asker's own words: “yesterday”, “last week”, “MTD”, “week 32”, “3-9 May”.",
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: a name, “north stores”, “all stores”. Leave out if not said.",
    )
    metrics: list[str] | None = Field(
        default=None,
        max_length=12,
        description="Metric names, if the asker wants particular ones: net_sales, transactions, gross_margin_pct ...",
    )
    by: GroupBy | None = Field(default=None, description="Split the answer by this.")


@tool()
def sales_summary(arguments: SalesSummaryArguments, context: ToolContext) -> ToolResult:
    """Net sales, transactions, average transaction value, margin and other metrics of one period.

    Use it for “how did we do”, “sales yesterday”, “margin by department last week”, “busiest hours”. Pass the period
    and the stores in the asker's own words; they are resolved to dates and stores in each store's own time zone.
    Metrics: gross_sales, discounts, returns, net_sales, transactions, average_transaction_value, units,
    units_per_transaction, gross_margin, gross_margin_pct, visitors, conversion, labour_hours,
    sales_per_labour_hour, labour_cost_pct, discount_rate, refund_rate.
    """
    raise NoDataError("No data yet.")
