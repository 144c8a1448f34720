"""The metrics of stock and shelf, in words: they need levels beside sales, so tools of their own compute them.

``describe_metrics`` lists them after those that ``tools.metrics.definitions`` turns into SQL. The formulas with all
their assumptions are in docs/answers/stock.md and docs/answers/planogram.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_LEVELS = ("inventory",)
_WITH_SALES = ("inventory", "sales")


@dataclass(frozen=True, slots=True)
class StockMetric:
    """One metric as people read it."""

    name: str
    label: str
    definition: str
    excludes: str
    unit: str
    tool: str
    sources: tuple[str, ...] = _WITH_SALES
    aliases: tuple[str, ...] = ()

    def describe(self) -> dict[str, Any]:
        """What ``floorwalker metrics`` prints."""
        return {
            "name": self.name,
            "label": self.label,
            "definition": self.definition,
            "unit": self.unit,
            "exclusions": self.excludes,
            "sources": list(self.sources),
            "aliases": list(self.aliases),
            "tool": self.tool,
        }


STOCK_METRICS = (
    StockMetric(
        "stock_on_hand",
        "Stock on hand",
        "Pieces as the source last gave them, shelf and back room together.",
        "Goods whose stock is not tracked or that are not sold by the piece; levels below zero; what sold since.",
        "units",
        "stock_levels",
        _LEVELS,
    ),
    StockMetric(
        "stock_value_at_cost",
        "Stock value at cost",
        "Stock on hand times the cost in force now, a store's own before the common one.",
        "Positions without a known cost; levels below zero.",
        "money",
        "stock_levels",
        ("inventory", "cost"),
    ),
    StockMetric(
        "stock_value_at_retail",
        "Stock value at retail",
        "Stock on hand times the selling price in force now.",
        "Positions without a known price; levels below zero.",
        "money",
        "stock_levels",
        ("inventory", "price"),
    ),
    StockMetric(
        "days_of_stock",
        "Days of stock",
        "Stock on hand divided by mean daily units of the last 28 days with sales.",
        "Goods not sold by the piece; deliveries, promotions and seasons ahead.",
        "days",
        "stock_cover",
        aliases=("days_of_cover", "days_of_supply"),
    ),
    StockMetric(
        "weeks_of_cover",
        "Weeks of cover",
        "Days of stock divided by seven.",
        "As days of stock.",
        "weeks",
        "stock_cover",
    ),
    StockMetric(
        "sell_through",
        "Sell-through",
        "Units sold in the period as a share of units sold plus units left at its end.",
        "Products without a stock level; goods not sold by the piece.",
        "percent",
        "stock_productivity",
    ),
    StockMetric(
        "gmroi",
        "GMROI",
        "Gross margin of the period scaled to a year, divided by average stock at cost.",
        "Positions without a known cost, in margin and stock alike.",
        "ratio",
        "stock_productivity",
        ("inventory", "sales", "cost"),
    ),
    StockMetric(
        "stock_turn",
        "Stock turn",
        "Units sold in the period scaled to a year, divided by average stock in units.",
        "Products without a stock level; goods not sold by the piece.",
        "ratio",
        "stock_productivity",
    ),
    StockMetric(
        "shrink_pct",
        "Shrink %",
        "Adjustments and counted differences, gains taken off, at the present selling price (or cost) over net sales.",
        "Waste, which is given beside it; counts that give what was counted.",
        "percent",
        "shrink_and_waste",
    ),
    StockMetric(
        "waste_pct",
        "Waste %",
        "Goods written off as waste at the present selling price (or cost) over net sales.",
        "Adjustments and counted differences.",
        "percent",
        "shrink_and_waste",
    ),
    StockMetric(
        "lost_sales",
        "Lost sales",
        "Estimated net sales of whole days without stock: mean units of the other days times net sales a unit.",
        "Parts of days; what customers bought instead.",
        "money",
        "lost_sales",
    ),
    StockMetric(
        "space_index",
        "Space index",
        "Share of sales as per cent of the share of facings; 100 is in proportion.",
        "Stores without a planogram; groups without facings.",
        "ratio",
        "space_to_sales",
        ("planogram", "sales"),
    ),
    StockMetric(
        "planogram_compliance",
        "Planogram compliance",
        "Planned places that hold what they should, by the last scans, as a share of the places checked.",
        "Fixtures that nobody audited.",
        "percent",
        "planogram_check",
        ("planogram", "scan"),
    ),
)
"""In the order in which they are shown."""
