"""A figure that is named and told by no call of the plan: “GMROI by category and shelf position”.

``concepts/kept`` looks after figures beside sums of the sales. Here it is any tool: a word for a figure counts as lost
where no call has it among its arguments, none of the tools tells it, and the plan is the same without the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from agent.conversation.planner.concepts.asked import Asked, call
from agent.conversation.planner.concepts.bag import MOVES
from agent.conversation.planner.concepts.held import held
from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, PLAIN, RANKS, Said, words_of
from agent.conversation.planner.concepts.read import by_concepts
from agent.conversation.planner.lost.told import tells_of_itself
from agent.conversation.planner.outcome import Plan, together
from agent.conversation.planner.parts.pieces import pieces
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS

_OF_SALES = re.compile(
    r"\b(?:as|in) (?:an? )?(?:%|percent|percentage|share|proportion|fraction) of (?:our |the )?(?:net |gross |total )*"
    r"(?:sales|revenue|takings|turnover)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"_rate|_pct|per_|ratio")
_SUMS = re.compile(r"'(?:discounts|returns|labour_cost|gross_margin|cost_of_goods|tender_fees)'")
NOT_TOLD = "“{said}” is not told here: ask for it by itself."
_SOLD_BY = frozenset({"store", "department", "category"})
_IN_PASSING = frozenset({
    "net_sales", "gross_sales", "transactions", "spend", "units", "price", "cost", "overview", "priorities", "reorder",
    "best_sellers", "demographics", "peak", "exceptions", "target", "worth_it", "open_tasks", "tender_mix", "forecast",
    "range", "shelf_gaps", "rating", "visits_each", "purchase_value", "events", "schedule", "price_changes",
})  # fmt: skip
"""Figures whose words are said beside others and mean none: “sold”, “what it costs”, “demand”, “how busy”."""
_ANY_SUM = frozenset({"most money", "how many customers"})
"""Words for a figure that are said of others as well."""
_STOCK = frozenset({
    "dead_stock", "slow_stock", "reorder_list", "reorder_suggestions", "fast_movers", "out_of_stock", "stock_levels",
    "stock_cover", "overstock", "phantom_stock", "stockout_risk", "transfer_candidates", "markdown_candidates",
    "stock_changes", "shelf_gaps", "on_order", "products_matching", "stock_productivity", "lost_sales",
    "stockout_history", "shelf_prices", "abc_xyz", "business_overview", "range_difference", "catalogue_gaps",
    "product_location", "planogram_check", "shrink_and_waste", "first_and_last_sale", "optimal_discount",
})  # fmt: skip
_TELLS: Mapping[str, frozenset[str]] = {
    "redemptions": frozenset({
        "household_figures", "gift_cards", "campaign_facts", "coupons_by_group", "discounts_used", "coupon_sales",
        "redeemers_compared", "coupon_redemption", "redemptions_over_time", "coupon_use_by_household",
        "household_correlation",
    }),
    "redemption_rate": frozenset({"campaign_facts", "redeemers_compared"}),
    "customers": frozenset({"coupon_redemption", "campaign_facts", "household_profile", "household_figures"}),
    "transfers": _STOCK,
    "slow_stock": _STOCK,
    "dead_stock": _STOCK | {"refunds_and_voids"},
    "overstock": _STOCK,
    "stock_value": _STOCK,
    "out_of_stock": _STOCK,
    "at_risk": _STOCK,
    "stock_cover": _STOCK,
    "lost_sales": frozenset({"explain_change", "stockout_history"}),
    "no_sale_list": frozenset({"exception_report"}),
    "average_transaction_value": frozenset({
        "baskets_apart", "basket_statistics", "customer_segments", "tender_mix", "customer_visits",
        "redeemers_compared", "household_figures", "top_customers", "identified_sales",
    }),
    "returning_rate": frozenset({"customer_cohorts", "repeat_purchases"}),
    "new_customers": frozenset({"customer_cohorts"}),
    "retention": frozenset({"repeat_purchases", "customer_cohorts", "customers_kept"}),
    "bought_together": frozenset({"both_in_basket", "cross_sell"}),
    "gross_margin": frozenset({"stock_levels", "promotion_lift", "products_matching"}),
    "gross_margin_pct": frozenset({
        "private_label_share", "optimal_discount", "products_matching", "promotion_lift", "product_profitability",
    }),
    "discounts": frozenset({"household_figures", "baskets_apart", "discounts_used", "optimal_discount"}),
    "average_selling_price": frozenset({"private_label_share", "price_bands", "shelf_prices"}),
    "visitors": frozenset({"explain_change", "peak_times", "store_conditions"}),
    "penetration": frozenset({"private_label_share", "find_transaction"}),
    "lead_time": frozenset({"supplier_list", "purchase_orders"}),
    "lift": frozenset({"campaign_effect", "lift_change"}),
    "engagement": frozenset({"campaign_effect", "campaign_facts", "redeemers_compared", "customer_trends"}),
}  # fmt: skip
"""Tools that tell a figure beside the one that ``held.toml`` names for it."""


def with_figures(question: str, decided: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan:
    """The plan that tells every figure that is named, or with the words for one that it does not tell.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        around: the stores and departments there are.
        read: plans a question by itself.
    """
    if decided.opening:
        return decided
    if _OF_SALES.search(question) and _SUMS.search(told := str(decided.calls)) and not _RATE.search(told):
        meant = by_concepts(question, around)
        if meant is not None and _RATE.search(str(meant.calls)):
            return meant
    asked = Asked.of(question, around)
    said = words_of(asked.rest if asked is not None else question)
    if any(one.named(FIGURES) == "best_sellers" for one in said) and (both := _best_of(decided)) is not None:
        return both
    lost = [one for one in said if _is_lost(one, decided) and _changes_nothing(one.words, question, decided, read)]
    if not lost:
        return decided
    meant = by_concepts(question, around)
    if meant is not None and meant.calls and not meant.text and not any(_is_lost(one, meant) for one in said):
        return meant
    return replace(decided, opening=together(*(NOT_TOLD.format(said=one.words) for one in lost)))


def _best_of(decided: Plan) -> Plan | None:
    """The best sellers of a group before its stock: “our best selling category and how much of it is on hand”."""
    name, args = decided.calls[0]
    if len(decided.calls) != 1 or name not in ("stock_levels", "stock_cover") or args.get("by") not in _SOLD_BY:
        return None
    kept = {key: args[key] for key in ("stores", "department") if key in args}
    best = call("sales_breakdown", {"by": args["by"], "metrics": ["net_sales"], **kept})
    return None if best is None else replace(decided, calls=(*best.calls, *decided.calls))


def _is_lost(one: Said, decided: Plan) -> bool:
    figure = one.named(FIGURES)
    if (
        figure is None
        or one.words in _ANY_SUM
        or figure in MOVES | _IN_PASSING
        or any(one.named(kind) for kind in (GROUPS, RANKS, PLAIN))
    ):
        return False
    usual = " ".join(tells_of_itself(name, args) for name, args in decided.calls)
    told = f"{decided.calls} {usual} {decided.text}".lower()
    if figure in told or one.words in told or (figure in METRICS and figure.split("_")[0] in told):
        return False
    tools = {name for name, _ in decided.calls}
    own = held()[figure].tool if figure in held() else ""
    return own not in tools and not tools & _TELLS.get(figure, frozenset())


def _changes_nothing(words: str, question: str, decided: Plan, read: Callable[[str], Plan]) -> bool:
    """Whether the plan is the same without these words, or without the part of the question that they stand in.

    A word that the reader took has done its work.
    """
    said = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    without = [said.sub(" ", question, count=1)]
    parts = pieces(question)
    if len(parts) > 1:
        without += [question.replace(part, " ") for part in parts[1:] if said.search(part)]
    return any(
        rest != question and read(" ".join(rest.split()).strip(" ,?") + "?").calls == decided.calls for rest in without
    )
