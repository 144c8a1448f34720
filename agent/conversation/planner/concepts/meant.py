"""What words stand for that mean one figure beside one thing and another beside another."""

from __future__ import annotations

from dataclasses import replace

from agent.conversation.planner.concepts.bag import Bag, Group
from tools.metrics import METRICS

_PAYS = {"promotion": "lift", "coupon": "coupon_sales", "campaign": "campaign_effect"}
"""What says whether an offer is worth it, or which one is best."""
_PARTS = {
    frozenset({"discounts", "net_sales"}): "discount_rate",
    frozenset({"discounts", "gross_sales"}): "discount_rate",
    frozenset({"returns", "net_sales"}): "refund_rate",
    frozenset({"returns", "gross_sales"}): "refund_rate",
    frozenset({"labour_cost", "net_sales"}): "labour_cost_pct",
    frozenset({"gross_margin", "net_sales"}): "gross_margin_pct",
}
"""Figures that are one figure as a share of another: “what slice of revenue goes on wages”."""
_RATES = frozenset(
    {"redemption_rate", "returning_rate", "private_label_share", "conversion", "stock_out_rate", "retention",
     "gross_margin_pct", "labour_cost_pct", "discount_rate", "refund_rate", "on_time", "late_share",
     "fill_rate_supplier"}
)  # fmt: skip
"""Figures that are shares themselves: “what fraction of coupons handed out came back”."""


def as_meant(bag: Bag) -> Bag:
    """The bag with the figures that its words mean together."""
    bag = _own_label(_reasons(_spent(_tied_up(_steady(_summary_of(_of_customers(bag)))))))
    return _kept_by_coupons(_offers(_price_or_volume(_parts(bag))))


def _of_customers(bag: Bag) -> Bag:
    """Customers who need attention are those who stay away."""
    named = [group.name for group in bag.groups] == ["customer"] and not bag.ranks - {"top", "many"}
    if not named or bag.figures != ("priorities",) or bag.moves:
        return bag
    return replace(bag, figures=("churn",), ranks=bag.ranks - {"top"})


def _summary_of(bag: Bag) -> Bag:
    """A summary of one figure is that figure: “labour report”, “overview of shrink”."""
    others = tuple(one for one in bag.figures if one != "overview")
    return replace(bag, figures=others, apart=False) if len(others) == 1 and others != bag.figures else bag


def _steady(bag: Bag) -> Bag:
    """Whether a figure that is no sum of the sales is steady is seen from its course: “are redemptions stable”."""
    others = tuple(one for one in bag.figures if one != "volatility")
    if others == bag.figures or not others or set(others) <= METRICS.keys():
        return bag
    return replace(bag, figures=others, moves=bag.moves | {"trend"}, apart=False)


_OF_PRICE = frozenset({"price", "average_selling_price", "price_changes", "discounts"})
_OF_VOLUME = frozenset({"units", "transactions", "visitors", "customers"})


def _price_or_volume(bag: Bag) -> Bag:
    """Whether sales grew by price or by volume is told by what made them change."""
    figures = set(bag.figures)
    if not (figures & _OF_PRICE and figures & _OF_VOLUME and figures <= _OF_PRICE | _OF_VOLUME | {"net_sales"}):
        return bag
    if not bag.moves & {"growth", "decline", "change", "why"} or bag.groups or bag.ranks:
        return bag
    return replace(bag, figures=("net_sales",), moves=frozenset({"why"}), beside=frozenset(), apart=False)


def _kept_by_coupons(bag: Bag) -> Bag:
    """Whether who redeems coupons comes again is told beside those who do not."""
    kept = {"retention", "returning_rate", "visits_each", "repeat_buys"}
    if not (kept & set(bag.figures) and any(group.name == "coupon" for group in bag.groups)) or bag.ranks:
        return bag
    if set(bag.figures) - kept - {"redemptions", "transactions"} or bag.moves - {"growth", "compare"}:
        return bag
    return Bag(figures=("redeemers",))


def _tied_up(bag: Bag) -> Bag:
    """Money that is tied up lies in stock."""
    lies = not bag.figures and not bag.moves and bag.beside >= {"money", "tied"}
    return replace(bag, figures=("stock_value",)) if lies else bag


def _reasons(bag: Bag) -> Bag:
    """Why goods came back is told by the reasons given at the till."""
    asked = "why" in bag.moves or any(group.name == "reason" for group in bag.groups)
    if bag.figures not in (("returns",), ("refund_rate",)) or not asked or ("top" in bag.ranks and "why" in bag.moves):
        return bag
    others = tuple(group for group in bag.groups if group.name != "reason")
    return replace(bag, figures=("refund_list",), moves=frozenset(), groups=(*others, Group("reason")))


def _spent(bag: Bag) -> Bag:
    """What is spent with suppliers was ordered from them; what customers spend is what is sold."""
    if "spend" not in bag.figures:
        return bag
    meant = "purchase_value" if any(group.name == "supplier" for group in bag.groups) else "net_sales"
    return replace(bag, figures=tuple(dict.fromkeys(meant if one == "spend" else one for one in bag.figures)))


def _own_label(bag: Bag) -> Bag:
    """The share of own label is a figure of its own: “the expenditure share of private label by month”."""
    named = any(group.name == "private_label" and not group.outer for group in bag.groups)
    if not named or "share" not in bag.ranks or set(bag.figures) - {"net_sales"}:
        return bag
    others = tuple(group for group in bag.groups if group.name not in ("private_label", "product", "brand"))
    return replace(bag, figures=("private_label_share",), groups=others, ranks=bag.ranks - {"share"})


def _parts(bag: Bag) -> Bag:
    """A share of sales that is a figure of its own."""
    if len(bag.figures) == 1 and bag.figures[0] in _RATES:
        return replace(bag, ranks=bag.ranks - {"share"})
    rate = _PARTS.get(frozenset(bag.figures)) if "share" in bag.ranks else None
    return bag if rate is None else replace(bag, figures=(rate,), ranks=bag.ranks - {"share"}, apart=False)


def _offers(bag: Bag) -> Bag:
    """Whether offers are worth it, and which are best, is told by what they brought."""
    kinds = {group.name for group in bag.groups} & _PAYS.keys()
    figures = set(bag.figures)
    sought = bag.figures == ("worth_it",) or (not bag.figures and bag.ranks & {"top", "bottom"} and not bag.moves)
    drove = figures <= {"worth_it", "net_sales", "units"} and ("worth_it" in figures or bag.moves == {"growth"})
    if len(kinds) != 1 or not (sought or (drove and figures and not bag.ranks)):
        return bag
    return replace(bag, figures=(_PAYS[kinds.pop()],), moves=bag.moves - {"growth", "why"}, apart=False)
