"""Short questions about the goods of the answer before: how long they last, what they cost, why they are listed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.next_message.pointed import ROW, THING, goods_meant, kept
from agent.conversation.planner.threads.refilled import USUAL_PERIODS
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

COVER, LEVELS, DUE, COSTS, PROFIT, LOST = (
    "stock_cover",
    "stock_levels",
    "reorder_suggestions",
    "shelf_prices",
    "product_profitability",
    "lost_sales",
)
_SPAN = (
    r"(?: (?P<span>(?:(?:until|till|'til|through|thru|for|over|past|before|by|on|to) )?(?:the |this |next |all )*"
    r"[a-z][a-z ']{2,24}|(?:for |over |the |next )*(?:\d{1,2}|two|three|four) (?:more )?(?:days?|weeks?)))?"
)
_OF = rf"(?: of (?:{THING}))?"
_ENDURE = r"(?:last|hold(?: out)?|suffice|be enough|cover|make it|get|see|do)(?: us| me)?"
_LASTS = tuple(
    re.compile(f"{LEAD}{form}\\W*$")
    for form in (
        rf"(?:will|would|does|do|can|is|are) (?P<thing>{THING})(?: stock)?(?: going to| gonna)? {_ENDURE}{_SPAN}",
        rf"(?:is|are|was|were) (?P<thing>{THING}) (?:going to be |gonna be )?(?:enough|plenty){_SPAN}",
        rf"(?:is |will |do we have |have we got )?(?:that be |it be )?(?:enough|plenty){_OF}{_SPAN}",
        (
            rf"how (?:long|many (?:days|weeks))(?: of (?:stock|cover|supply))? (?:will|would|does|do|can|is|are) "
            rf"(?P<thing>{THING})(?: stock)?(?: going to)?"
            r"(?: (?:last|hold|cover|good for|left|worth)(?: us| me| for)?)?"
        ),
        (
            rf"how many (?:days|weeks) (?:of (?:stock|cover|supply) )?(?:is (?P<thing>{THING})|do we have(?: left)?"
            r"|have we got|are left|is left|left)"
        ),
        rf"(?:do|will|have) we (?:still )?(?:have |got )?enough{_OF}{_SPAN}",
        rf"(?:when )?(?:will|do|would) we (?:run|sell|be) out{_OF}{_SPAN}",
        rf"(?:when )?are we (?:going to|gonna) (?:run|sell|be) out{_OF}{_SPAN}",
        rf"when (?:will|does|do|would|is|are) (?P<thing>{THING})(?: going to)? (?:run|sell|be) out",
        rf"(?:will|is|are|does|do) (?P<thing>{THING}) (?:going to |gonna )?(?:run|sell) out{_SPAN}",
    )
)
PACE = (
    "How long it lasts is told at the pace of the last four weeks; that more may be sold in the days you name is not "
    "in it."
)
_COST = re.compile(
    rf"{LEAD}(?:(?:what|how much)(?: do| does| did|'s|s| is) (?P<thing>{THING}) cost(?:ing)? (?:us|me)|(?:what(?:'s|s"
    rf"| is| are) )?(?:our"
    rf"|the|its|their) (?:unit )?cost(?: price)?(?: (?:of|on|for) (?P<of>{THING}))?"
    rf"|(?:what|how much) (?:do|are) we pay(?:ing)?(?: (?:a piece|each))?(?: for (?P<pay>{THING}))?)(?: each| a"
    rf" piece)?\W*$"
)
_KIND_COSTS = "Of each of them, what a piece costs us beside its price."
_LOST = re.compile(
    rf"{LEAD}(?:what|how much) (?:(?:did|does|do|has|have) (?:it|that|this|they|those|these) cost(?:ed)?(?: us| me)?"
    r"(?: in (?:lost )?sales| so far)?|(?:sales |money )?(?:did|do|have|are) we (?:lose|lost|losing)"
    r"(?: (?:from|on|to|by) (?:it|that|this|them|those))?)\W*$"
)
_OUTAGES = frozenset({"stockout_history", "out_of_stock", "stockout_risk", "phantom_stock"})
_WHY = re.compile(
    rf"{LEAD}why(?: (?:(?:did|does|is|was) (?:it|that|this)(?: happen(?:ing)?| so)?|are we out(?: of (?:it|them"
    rf"|those))?"
    r"|so many|that many|are there so many|did (?:we|they) run out))?\W*$"
)
NOT_WHY = (
    "Why goods ran out is not recorded. What can be told of it: “what will run out soon”, “what should I reorder”,"
    " “what "
    "is on order”, “is anything late from a supplier”."
)
_EVERYWHERE = re.compile(
    rf"{LEAD}(?:(?:is|are) (?P<thing>{THING}) (?:still )?(?:in stock|available|stocked|out of stock)(?P<each>"
    rf" everywhere"
    r"| in (?:all|every|each)(?: of)?(?: our| the)? stores?| at (?:all|every|each)(?: of)?(?: our| the)? stores?)?"
    r"(?: now| right now| today)?"
    rf"|(?:which|what) stores (?:have|carry|stock|are out of|still have|got) (?P<carried>{THING}))\W*$"
)
_LAIN = re.compile(
    rf"{LEAD}(?:how long (?:has|have) (?P<thing>{THING}) been (?:sitting|lying|there|here|in stock|on the shelf"
    rf"|unsold|dead)(?: there| here"
    r"| around)?)\W*$"
)
_OUT_SINCE = re.compile(
    rf"{LEAD}(?:(?:since )?when did (?:we|it|they|that|those) run out(?: of (?:it|them|those))?|since when(?: are we"
    rf" out)?"
    r"|(?:for )?how long(?: (?:have we|has it|have they|have those|are they|is it)(?: been)?(?: out)?(?: of stock"
    r"| of it)?)?)"
    r"\W*$"
)
_OTHERS_HAVE = re.compile(
    rf"{LEAD}(?:(?:do|does|have|has) (?:the |any |our )?other (?:stores?|shops?|ones?) (?:have|got|carry|stock)"
    rf" (?:it|them|any|some|those|that)"
    r"|who else has (?:it|them|any|some)|(?:can we )?(?:get|take|borrow) (?:some|any|it|them) from (?:them|(?:the "
    r"|an)other stores?))"
    r"\W*$"
)
_SELLING = re.compile(
    rf"{LEAD}(?:what(?:'s|s| is)? (?:selling|sells|sold|doing)(?: the)? (?P<end>best|most|worst|least|well|badly)"
    r"|(?:top|best|worst) (?:sellers?|products?|items?))(?: (?:there|in there|in it|of it|in that))\W*$"
)
HISTORY = "stockout_history"
_ON_HAND = re.compile(
    rf"{LEAD}how (?:much|many)(?: of)? (?P<thing>{ROW}) (?:do we (?:still )?have|have we(?: got)?|(?:is|are)"
    rf" (?:there|left|in stock))"
    r"(?: left| in stock| on hand)?\W*$"
)
_RID = re.compile(
    rf"{LEAD}(?:(?:can|should|could|how (?:do|can|should)) (?:we|i) (?:get rid of|clear(?: out)?|shift|sell off"
    rf"|dump) (?P<thing>{THING}))\W*$"
)
_MOVED = re.compile(
    rf"{LEAD}(?:(?:can|could|should) (?:we|i) (?:move|send|transfer|ship) (?P<thing>{THING}) (?:to (?:another|a"
    rf" different|the other) store"
    rf"|elsewhere|somewhere else)|(?:can|could|would|does|will) (?:another|the other|any other|a different)"
    rf" stores? (?:sell|take|use|need|want) "
    rf"(?P<sold>{THING}))\W*$"
)
UNSOLD, CLEAR, SPARE = "first_and_last_sale", "markdown_candidates", "transfer_candidates"
_TOO_MUCH = frozenset({"overstock", "dead_stock", "slow_stock", "markdown_candidates"})
OF_ALL_GOODS = "These are transfers of all goods, not only of those in the list above."
_FIGURE = re.compile(
    rf"{LEAD}(?:what(?:'s|s| is| was)|how (?:is|was|high is|much is)) (?:the|our|its|their) "
    rf"(?P<figure>(?:gross |net )?(?:margin|sales|profit|revenue)(?: %| percent(?:age)?)?)"
    rf"(?: (?:on|of|for) (?P<thing>{THING}))?\W*$"
)
_WHY_LISTED = re.compile(
    rf"{LEAD}why(?: (?:is|are|should we|do we|mark down|order|that is))? (?P<thing>{THING})(?: (?:first|on (?:the"
    r"|this|that) list|there|on (?:here|it)|so (?:low|high|much)|a problem))?\W*$"
)
_REASONS: Mapping[str, str] = {
    "markdown_candidates": "markdown_candidates",
    "overstock": COVER,
    "slow_stock": COVER,
    "dead_stock": "first_and_last_sale",
    "reorder_list": DUE,
    "stockout_risk": DUE,
    "out_of_stock": DUE,
}
"""Lists of goods, and the tool that says of one product what put it there."""
_HOW_MUCH = re.compile(
    rf"{LEAD}how (?:much|many)(?: of)? (?P<thing>{THING})(?: (?:should|do|must) (?:we|i) (?:need to )?(?:order|get"
    rf"|buy))?\W*$"
)
_WHY_SO_MUCH = re.compile(
    rf"{LEAD}(?:why(?: so (?:much|many|few|little)| that (?:much|many))?|how come|how did you get that|how (?:many"
    rf"|much)(?: (?:should|do) (?:i|we)(?: need to)?(?: order| get| need)?)?)\W*$"
)
_TO_ORDER = frozenset({"reorder_list", DUE})


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call such words mean; None for every other."""
    last = previous[-1]
    if last.name in _OUTAGES and _LOST.match(plain):
        return Plan(((LOST, kept(last, "period", "stores", "product", "department")),))
    if last.name in _OUTAGES | {LOST} and _WHY.match(plain):
        return Plan(text=NOT_WHY)
    return (
        _lasting(plain, previous, around)
        or _cost(plain, previous)
        or _of_one(plain, previous)
        or _done_about_it(plain, previous)
        or _listed(plain, previous)
    )


def _lasting(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    found = next((one for form in _LASTS if (one := form.match(plain)) is not None), None)
    if found is None:
        return None
    named = found.groupdict()
    span = str(named.get("span") or "")
    goods = goods_meant(named.get("thing"), previous)
    if not goods or take_stores(Reading.of(f"at {span}"), around):
        return None
    return Plan(((COVER, {**goods, **kept(previous[-1], "stores")}),), PACE if span else "")


def _cost(plain: str, previous: Sequence[Call]) -> Plan | None:
    found = _COST.match(plain)
    goods = goods_meant(found["thing"] or found["of"] or found["pay"], previous) if found else {}
    if not goods:
        return None
    stores = kept(previous[-1], "stores")
    if "product" in goods and re.search(r"\d", goods["product"]):
        return Plan(((PROFIT, {**goods, **stores}),))
    return Plan(((COSTS, {"costs": True, "department": next(iter(goods.values())), **stores}),), _KIND_COSTS)


def _of_one(plain: str, previous: Sequence[Call]) -> Plan | None:
    """Its stock by store; a figure of it where the answer before was of another kind."""
    last = previous[-1]
    if (found := _EVERYWHERE.match(plain)) is not None:
        goods = goods_meant(found["thing"] or found["carried"], previous)
        by = {"by": "store"} if found["each"] or found["carried"] else kept(last, "stores")
        return Plan(((LEVELS, {**goods, **by}),)) if goods else None
    found = _FIGURE.match(plain)
    whole = found is not None and not found["thing"] and " our " in f" {plain} "  # a question of the whole business
    if found is None or whole or (last.name in (SUMMARY, COMPARE, BREAKDOWN, TOP) and not found["thing"]):
        return None
    goods, metrics = goods_meant(found["thing"], previous), list(take_metrics(Reading.of(found["figure"])))
    if not goods:
        return None
    if metrics == ["gross_margin"]:
        metrics = ["gross_margin", "gross_margin_pct"]
    usual = {"period": USUAL_PERIODS[TOP]} if last.name == TOP else {}
    args: dict[str, Any] = {**usual, **kept(last, "period", "stores"), **goods}
    return Plan(((SUMMARY, {**args, "metrics": metrics or ["net_sales"]}),))


def _done_about_it(plain: str, previous: Sequence[Call]) -> Plan | None:
    """How long goods have lain, and who else could have them or at what price they would go."""
    last, stores = previous[-1], kept(previous[-1], "stores")
    if (lain := _LAIN.match(plain)) is not None:
        goods = goods_meant(lain["thing"], previous)
        return Plan(((UNSOLD, {**goods, **stores}),)) if goods else None
    if (on_hand := _ON_HAND.match(plain)) is not None:
        goods = goods_meant(on_hand["thing"], previous)
        return Plan(((LEVELS, {**goods, **stores}),)) if goods else None
    if (sold := _SELLING.match(plain)) is not None:
        goods = goods_meant(None, previous)
        low = {"order": "bottom"} if re.search(r"worst|least|badly", plain) else {}
        kind = {"department": next(iter(goods.values()), None), **kept(last, "period", "stores"), **low}
        return Plan(((TOP, kind),)) if sold and goods and not re.search(r"\d", str(kind["department"])) else None
    if last.name in _OUTAGES and (_OUT_SINCE.match(plain) or _OTHERS_HAVE.match(plain)):
        name = HISTORY if _OUT_SINCE.match(plain) else SPARE
        return Plan(((name, kept(last, "stores", "department", "product")),), "" if name == HISTORY else OF_ALL_GOODS)
    if _OTHERS_HAVE.match(plain):
        goods = goods_meant("it", previous)
        return Plan(((LEVELS, {**goods, "by": "store"}),)) if goods else None
    if (rid := _RID.match(plain)) is not None:
        goods = goods_meant(rid["thing"], previous)
        return Plan(((CLEAR, {**goods, **stores}),)) if goods else None
    moved = _MOVED.match(plain)
    if moved is None:
        return None
    goods = goods_meant(moved["thing"] or moved["sold"], previous)
    giver = {"giver": str(stores["stores"])} if last.name in _TOO_MUCH and stores else {}
    if not goods and not giver:
        return None
    return Plan(((SPARE, {**goods, **(giver or stores)}),), "" if goods else OF_ALL_GOODS)


def _listed(plain: str, previous: Sequence[Call]) -> Plan | None:
    """Why a product stands on a list, and how much of it to order."""
    last = previous[-1]
    if last.name == DUE and _WHY_SO_MUCH.match(plain):
        return Plan(((DUE, dict(last.args)),))
    asked = _HOW_MUCH.match(plain) if last.name in _TO_ORDER else None
    why = _WHY_LISTED.match(plain) if last.name in _REASONS else None
    found = asked or why
    goods = goods_meant(found["thing"], previous) if found else {}
    if not goods or "product" not in goods:
        return None
    name = DUE if asked else _REASONS[last.name]
    return Plan(((name, {**goods, **kept(last, "stores")}),))
