"""Products: ranked by a metric, and found by whatever words a person has for them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import ToolResult


class TopProductsArguments(Arguments):
    """Arguments of ``top_products``."""

    period: str = Field(default="last week", max_length=120, description="When, in the asker's own words.")
    metric: str = Field(
        default="net_sales",
        max_length=60,
        description="Rank by: net_sales, gross_sales, units, gross_margin, gross_margin_pct, discounts, returns ...",
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")
    order: Literal["top", "bottom"] = Field(default="top", description="The best or the worst.")
    department: str | None = Field(
        default=None, max_length=120, description="Only this department or category, in the asker's own words."
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: a name, “north stores”, “all stores”. Leave out if not said.",
    )


class FindProductsArguments(Arguments):
    """Arguments of ``find_products``."""

    text: str = Field(
        min_length=1, max_length=200, description="A name, part of a name, brand, department, SKU, barcode or id."
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Stores whose prices and sales to show, in the asker's own words. Leave out if not said.",
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")


@tool()
def top_products(arguments: TopProductsArguments, context: ToolContext) -> ToolResult:
    """The best or worst selling products of a period, ranked by one metric.

    Use it for “top 10 products last week by margin”, “what sells worst in bakery”. A product whose cost is unknown
    is never ranked by margin; the answer counts how many were left out.
    """
    raise NoDataError("No data yet.")


@tool()
def find_products(arguments: FindProductsArguments, context: ToolContext) -> ToolResult:
    """Find products by name, brand, department, SKU, barcode or id, misspelt or not, with price and recent sales.

    Use it for “do we sell oat milk”, “what does X cost”, and to settle which product is meant.
    """
    raise NoDataError("No data yet.")
