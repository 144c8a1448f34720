"""Everything about stock; each subject has a module of its own, gathered here for the catalogue."""

from __future__ import annotations

from tools.stock.changes import stock_changes
from tools.stock.classes import abc_xyz
from tools.stock.cover import stock_cover
from tools.stock.dead import dead_stock
from tools.stock.levels import stock_levels
from tools.stock.lost import lost_sales
from tools.stock.movers import fast_movers
from tools.stock.orders import on_order
from tools.stock.out import out_of_stock
from tools.stock.overstock import overstock
from tools.stock.phantom import phantom_stock
from tools.stock.purchases import purchase_orders
from tools.stock.reorder import reorder_suggestions
from tools.stock.reorder_list import reorder_list
from tools.stock.risk import stockout_risk
from tools.stock.shrink import shrink_and_waste
from tools.stock.slow import slow_stock
from tools.stock.stockout_history import stockout_history
from tools.stock.suppliers import supplier_list
from tools.stock.transfers import transfer_candidates
from tools.stock.turn import stock_productivity

__all__ = [
    "abc_xyz",
    "dead_stock",
    "fast_movers",
    "lost_sales",
    "on_order",
    "out_of_stock",
    "overstock",
    "phantom_stock",
    "purchase_orders",
    "reorder_list",
    "reorder_suggestions",
    "shrink_and_waste",
    "slow_stock",
    "stock_changes",
    "stock_cover",
    "stock_levels",
    "stock_productivity",
    "stockout_history",
    "stockout_risk",
    "supplier_list",
    "transfer_candidates",
]
