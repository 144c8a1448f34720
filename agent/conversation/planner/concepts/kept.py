"""The last look at a plan for what the words of its question stand for: no figure that is named may be lost.

A reader may take “the highest sell-through by vendor” for a question of vendors and tell their sales.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.concepts.lexicon import FIGURES, words_of
from agent.conversation.planner.concepts.read import by_concepts
from agent.conversation.planner.outcome import Plan, together
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS

_OF_SALES = frozenset({
    "sales_summary", "sales_breakdown", "top_products", "compare_periods", "sales_rates", "rates_by_group",
    "store_ranking", "sales_moves", "spread_over_time",
})  # fmt: skip
"""Tools that tell any sum of the sales, and net sales where none is said."""
_EXPLAINS = "explain_change"
_EXPLAINED = frozenset({
    "net_sales", "gross_sales", "sales", "transactions", "units", "average_transaction_value", "average_selling_price",
    "gross_margin_pct", "gross_margin", "conversion", "visitors", "sales_per_visitor", "units_per_transaction",
})  # fmt: skip
"""Figures whose change is explained, or by which that of the sales is."""
_CARRIED = {
    "gross_margin_pct": "margin", "gross_margin": "margin", "discount_rate": "discount", "labour_cost_pct": "labour",
    "labour_cost": "labour", "labour_hours": "labour", "sales_per_labour_hour": "labour", "void_rate": "void",
    "conversion": "conversion", "visitors": "visitors", "refund_rate": "refund",
    "units_per_transaction": "per_transaction", "sales_per_visitor": "visitor", "sell_through": "", "gmroi": "",
    "stock_turn": "", "elasticity": "", "stock_out_rate": "", "lift": "", "roi": "", "forecast_error": "", "shrink": "",
    "lead_time": "", "on_time": "", "fill_rate_supplier": "", "redemptions": "", "redemption_rate": "",
    "retention": "", "churn": "", "returning_rate": "", "rating": "", "space": "", "planogram": "", "tips": "",
    "gift_cards": "", "cash_difference": "", "bought_together": "", "transfers": "", "stock_cover": "",
    "overstock": "", "phantom_stock": "", "lost_sales": "", "penetration": "", "price_bands": "",
}  # fmt: skip
"""Figures that are never the sales, and what in the arguments of a call says that it tells them."""
_ANOTHER = "“{said}” is another figure than the ones told here; I could not tell it that way."


def kept(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan, or the one by concepts where it has lost a figure; where there is none, the figure is named."""
    if not decided.calls or any(name not in _OF_SALES for name, _ in decided.calls):
        return _explaining(question, decided, around)
    lost = list(_lost(question, decided, around, _CARRIED.keys()))
    if not lost:
        return decided
    if (meant := by_concepts(question, around)) is not None:
        return meant
    return replace(decided, text=together(decided.text, _ANOTHER.format(said=lost[0])))


def _explaining(question: str, decided: Plan, around: Surroundings) -> Plan:
    """A plan that explains a change of sales, with the figure named that the question has in place of the sales."""
    if [name for name, _ in decided.calls] != [_EXPLAINS] or "metric" in decided.calls[0][1]:
        return decided
    others = (METRICS.keys() | _CARRIED.keys()) - _EXPLAINED
    lost = [said for said, figure in _lost(question, decided, around, others).items() if figure in others]
    return replace(decided, text=together(decided.text, _ANOTHER.format(said=lost[0]))) if lost else decided


def _lost(question: str, decided: Plan, around: Surroundings, figures: Set[str]) -> dict[str, str]:
    """Each of the figures that the question names and the calls do not tell, by its words."""
    asked = Asked.of(question, around)
    told, beside = f"{decided.calls}".lower(), f"{decided.text} {decided.opening}".lower()
    return {
        one.words: str(figure) for one in words_of(asked.rest if asked else question)
        if (figure := one.named(FIGURES)) in figures and one.words not in beside and not _tells(told, str(figure))
    }  # fmt: skip


def _tells(told: str, figure: str) -> bool:
    carried = _CARRIED.get(figure, figure)
    if carried and carried in told:
        return True
    if figure == "units_per_transaction" and "'per': '" in told and "'units'" in told:  # “average units” a day
        return True
    return carried == "margin" and "metrics" not in told and "'metric'" not in told
