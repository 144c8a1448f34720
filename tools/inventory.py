"""Everything about stock; each subject has a module of its own, gathered here for the catalogue."""

from __future__ import annotations

from tools.stock_classes import abc_xyz
from tools.stock_cover import stock_cover, stockout_risk
from tools.stock_dead import dead_stock
from tools.stock_levels import stock_levels
from tools.stock_lost import lost_sales
from tools.stock_movers import fast_movers
from tools.stock_orders import on_order
from tools.stock_out import out_of_stock
from tools.stock_overstock import overstock
from tools.stock_phantom import phantom_stock
from tools.stock_reorder import reorder_suggestions
from tools.stock_shrink import shrink_and_waste
from tools.stock_slow import slow_stock
from tools.stock_transfers import transfer_candidates
from tools.stock_turn import stock_productivity

__all__ = [
    "abc_xyz",
    "dead_stock",
    "fast_movers",
    "lost_sales",
    "on_order",
    "out_of_stock",
    "overstock",
    "phantom_stock",
    "reorder_suggestions",
    "shrink_and_waste",
    "slow_stock",
    "stock_cover",
    "stock_levels",
    "stock_productivity",
    "stockout_risk",
    "transfer_candidates",
]
