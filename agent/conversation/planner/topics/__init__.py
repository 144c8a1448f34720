"""Subjects with a tool of their own, one module each: how people ask about it, and the calls that answer.

A topic is a function ``read(text, around)`` that gives the plan for a question about its subject and None for every
other. Topics are asked in the order below and the first that answers wins, so each one must claim only what it can
answer whole.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache

from agent.conversation.planner.outcome import Plan
from agent.conversation.surroundings import Surroundings

Topic = Callable[[str, Surroundings], Plan | None]

_TOPICS: tuple[str, ...] = (
    # one name a line
    "unknown_regions",
    "baskets_apart",
    "meanings",
    "out_by",
    "about",
    "proposed",
    "origin",
    "query",
    "opening",
    "customers_apart",
    "range_apart",
    "repeat_purchases",
    "penetration",
    "catalogue",
    "new_products",
    "last_sold",
    "shelf_and_back",
    "budget_orders",
    "ordering",
    "away",
    "best_buyers",
    "hours_compared",
    "more_customers",
    "unit_costs",
    "shelf_price_lists",
    "price_power",
    "label_order",
    "price_moves",
    "in_how_many_stores",
    "placements",
    "offers_coming",
    "promoted_now",
    "when_to_promote",
    "purchases",
    "stock_log",
    "supplier_stock",
    "supplier_sales",
    "supplied_by",
    "group_sizes",
    "promoted_share",
    "held_kinds",
    "unsold_share",
    "hours_ahead",
    "days_ahead",
    "outlook_accuracy",
    "outlook",
    "stores_apart",
    "weather_effect",
    "seasonal",
    "trend_goods",
    "shares",
    "drivers",
    "moves",
    "kept",
    "preferences",
    "every_span",
    "by_spend",
    "by_visits",
    "price_course",
    "each_product",
    "often_bought",
    "best_of_each",
    "coupon_goods",
    "redeemers",
    "redemptions",
    "rolling",
    "spread",
    "against_average",
    "judged",
    "store_gap",
    "versus",
    "advice",
    "stock_check",
    "feedback",
    "words",
    "both",
    "baskets",
    "across_stores",
    "assortment",
    "profile",
    "campaigns",
    "largest_given",
    "known_sales",
    "customers",
    "visits",
    "exceptions",
    "targets",
    "overview",
    "districts",
    "ranking",
    "planogram",
    "stockouts",
    "stock",
    "amount_bounds",
    "rates",
    "gross_and_net",
    "peak_times",
    "shoppers",
    "price_bands",
    "largest",
    "documents",
    "discounts",
    "basket_statistics",
    "tenders",
    "why",
    "markdowns",
    "coupons",
    "promotions",
    "elasticity",
    "margin",
    "breakdown",
)
"""The modules of this package, the more particular subject before the more general."""


@cache
def topics() -> tuple[Topic, ...]:
    """The ``read`` of every topic, in order."""
    return tuple(importlib.import_module(f"{__name__}.{name}").read for name in _TOPICS)
