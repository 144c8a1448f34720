"""What the answers of a tool are told by without being asked to, and the usual values of its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tools.registry import catalogue

_GOODS = frozenset({
    "out_of_stock", "stockout_risk", "dead_stock", "slow_stock", "reorder_list", "fast_movers", "catalogue_gaps",
    "overstock", "store_spread", "space_to_sales", "bought_together", "promotions_running", "shelf_gaps",
    "transfer_candidates", "abc_xyz", "planogram_check", "markdown_candidates", "stock_changes", "shelf_prices",
    "phantom_stock", "cross_sell", "price_changes", "promotion_lift", "lost_sales", "new_products", "on_order",
    "first_and_last_sale", "offers_starting", "search_products_by_meaning", "stockout_history", "business_overview",
})  # fmt: skip
"""Tools that list products, whatever else they are told by."""
_STORES = frozenset({
    "against_average", "target_progress", "exception_report", "transfer_candidates", "shared_customers",
    "customers_across_stores", "business_overview", "store_spread", "range_difference", "shelf_gaps",
    "product_location", "store_tasks", "out_of_stock", "stockout_risk", "reorder_list", "on_order", "team_schedule",
})  # fmt: skip
"""Tools that say of each row at which store."""
_OTHERS: Mapping[str, str] = {
    "peak_times": "hour weekday day customer",
    "peak_hours_by_store": "hour customer",
    "spread_over_time": "day week month",
    "attendance": "employee hour",
    "team_schedule": "employee hour day",
    "refunds_and_voids": "employee reason register store day",
    "exception_report": "employee register",
    "stock_changes": "employee reason",
    "on_order": "supplier",
    "reorder_list": "supplier",
    "supplier_list": "supplier",
    "business_overview": "day week",
    "customer_cohorts": "month",
    "sales_outlook": "day weekday",
    "rates_by_group": "day week",
    "sales_rates": "day week",
    "store_conditions": "day weather",
    "days_ahead": "day weather",
    "campaign_effect": "campaign customer week",
    "coupon_sales": "coupon campaign",
    "campaign_facts": "campaign coupon customer",
    "coupon_redemption": "campaign coupon customer",
    "redemptions_over_time": "coupon",
    "coupon_use_by_household": "coupon customer segment",
    "coupons_by_group": "coupon customer segment",
    "promotion_lift": "promotion",
    "promotions_running": "promotion",
    "offers_starting": "promotion campaign",
    "lift_change": "promotion",
    "promotion_placements": "promotion",
    "trend_goods": "customer",
    "largest_transactions": "receipt product",
    "discounts_used": "promotion coupon",
}
"""What else answers are told by, or count, tool by tool."""
_ONE_SPLIT = frozenset({"sales_outlook"})
"""Tools that tell that only where they are told by nothing else."""


def tells_of_itself(tool: str, args: Mapping[str, Any]) -> str:
    """What an answer is told by of itself, and by the usual values of what is not asked for."""
    usual = " ".join(f"{key}={value}" for key, value in _usual(tool).items() if key not in args)
    goods, stores = "product" if tool in _GOODS else "", "store" if tool in _STORES else ""
    others = "" if tool in _ONE_SPLIT and args.get("by") else _OTHERS.get(tool, "")
    return f"{usual} {goods} {stores} {others}"


@lru_cache(maxsize=256)
def _usual(tool: str) -> Mapping[str, str]:
    spec = catalogue().get(tool)
    fields = spec.arguments.model_fields if spec is not None else {}
    return {name: str(one.default) for name, one in fields.items() if name != "period" and one.default}
