"""Short questions about the offers of the answer before: whether they worked, which lost money, until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.incomplete_words import END, NOTHING, OFFER
from agent.conversation.surroundings import Surroundings

RUNNING, LIFT, STARTING = "promotions_running", "promotion_lift", "offers_starting"
_OFFERS = frozenset({RUNNING, LIFT, STARTING})
_IT = r"(?:it|that|this|they|them|those|these|the (?:promo|promotion|offer|deal|sale)s?)"
_TIME = r"(?P<last> (?:the )?(?:last|previous) times?| before)?"
_WORKED = re.compile(
    rf"{LEAD}(?:(?:did|does|do|is|are|has|have) {_IT} (?:work(?:ed|ing)?(?: out)?|help(?:ed|ing)?(?: sales| us)?"
    rf"|pay(?: off| for "
    r"itself)?|do (?:well|anything|any good|ok(?:ay)?)|sell(?: more| better)?|lift(?: sales)?|make (?:us )?(?:any"
    r" )?money)"
    rf"|(?:was|is|were|are) {_IT} (?:worth it|any good|working|a success|successful)"
    rf"|(?:how much|what) (?:did|does|do) {_IT} (?:lift|bring(?: in| us)?|add|sell|do(?: for (?:us|sales))?)(?:"
    rf" sales)?"
    rf"|how (?:did|are|is|was|were) {_IT}(?: doing| do| go| going| perform(?:ing)?))(?: for us)?{_TIME}\W*$"
)
_OF_GOODS = re.compile(
    rf"{LEAD}(?:(?:did|does|is|was|has) (?:the |that |our )?(?P<worked>[a-z][a-z &'-]{{2,30}}?) (?:ones?|promos?"
    rf"|promotions?"
    r"|offers?|deals?) (?:work(?:ed|ing)?(?: out)?|help(?:ed)?|pay off|do well|sell(?: more)?|worth it|any good"
    r"|lift(?: sales)?"
    r"|make (?:us )?money)|how (?:did|is|was|are|were) (?:the |that |our )?(?P<how>[a-z][a-z &'-]{2,30}?) (?:ones?"
    r"|promos?"
    rf"|promotions?|offers?|deals?)(?: do| doing| go| going| perform(?:ing)?)){_TIME}\W*$"
)
_NO_GOODS = re.compile(
    r"(?:first|second|third|fourth|last|latest|other|same|next|previous|best|worst|new|old|current|big|this|that"
    r"|any|each"
    r"|every|our|their|mailer|display)\b"
)
_EARNED = re.compile(
    rf"{LEAD}(?:which|what)(?: (?:ones?|promos?|promotions?|offers?|deals?|of (?:them|those|these)))? (?P<how>"
    rf"(?:has |have )?(?:lost|made|"
    r"lose|make|makes|loses|earned)(?: us)?(?: the)?(?: most)? money|(?:did|worked|performed|sold)(?: the)? "
    r"(?:best|worst)"
    r"|(?:paid|pays) off|(?:didn't|did not|don't) (?:work|pay off)|worked)\W*$"
)
_LOSING = re.compile(
    rf"{LEAD}(?:(?:are|do|did) we (?:losing|lose|lost?) (?:any )?money on (?:any(?: of (?:them|those|these))?|them"
    rf"|it|those|these)"
    r"|(?:do|did|does|are) any(?: of (?:them|those|these))? (?:lose|losing)(?: us)? money)\W*$"
)
_SUPPORT = re.compile(
    rf"{LEAD}(?:(?:only |just |show (?:me )?|(?:which|any)(?: of (?:them|those|these))?(?: are| is)? |what(?:'s|"
    rf" is) )(?:the )?(?:ones? )?)(?P<on>(?:on |in )?"
    r"(?:the |a )?(?:displays?|mailers?|flyers?|ads?))(?: ones?| only)?\W*$"
)
_OF_A_PART = frozenset({
    "sales_summary", "compare_periods", "stock_levels", "stock_cover", "sales_outlook", "customer_visits",
    "price_changes",
    "explain_change", "first_and_last_sale", "shelf_prices", "reorder_suggestions", "bought_together",
})  # fmt: skip
"""Answers of which a kind of goods is the whole subject, and not some products of it."""
_NOW = ("today", "now", "right now", "currently", "at the moment", "this week")
_RANK = {"lift": "lift", "margin": "margin", "profit": "margin", "sales": "net_sales", "net sales": "net_sales",
         "units": "units", "roi": "roi", "return": "roi"}  # fmt: skip
_RANKED = re.compile(
    rf"{LEAD}(?:sort(?:ed)?|rank(?:ed)?|order(?:ed)?) (?:it |them |that |those )?by (?:the )?"
    rf"(?P<by>{'|'.join(_RANK)})\W*$"
    rf"|{LEAD}(?:what|how) about (?:the |its |their )?(?P<about>{'|'.join(_RANK)})\W*$"
)
_PARTS = r"(?:stores?|shops?|departments?|categor(?:y|ies)|brands?)"
_BY = re.compile(
    rf"{LEAD}(?:(?:split |break )?(?:it |them |that )?(?:down )?by (?P<by>{_PARTS})|(?:which|what|(?:at|in) which) "
    rf"(?P<which>{_PARTS})(?: (?:did|was|is|has|had|worked|performed|sold|earned|gained)(?: it)?(?: the)? (?:best"
    rf"|worst|most|highest|lowest))?)\W*$"
)
_OF_ALL = re.compile(rf"{LEAD}(?:what (?:sold|did|performed)|(?:which|what) {_PARTS} (?:sold|earned|gained|had))\b")
"""Whole questions of what sold, where no offers are named."""
_UNTIL = re.compile(
    rf"{LEAD}(?:until when|till when|when (?:does|do|will|is|are) {_IT}(?: it)? (?:end|over|stop|run out|finish"
    rf"|expire)s?"
    rf"|how long (?:does|do|will|is|are) {_IT} (?:run|last|on|go|still)(?: for| on)?|what ends? first|which ends?"
    rf" first"
    r"|when's (?:it|that) over)\W*$"
)
_TOOK = re.compile(
    rf"{LEAD}(?:any |was there (?:any )?|is there (?:any )?)?cannibali[sz]ation(?: (?:on|of|with|from) .{{3,40}}?)?\W*$"
    rf"|{LEAD}(?:did|does|do) {_IT} (?:cannibali[sz]e|hurt|eat into|take (?:sales )?(?:away )?from|steal"
    rf" (?:sales )?from)"
    r" (?:the |our )?(?:other|rest|sales|regular).{0,30}$"
)
_RUN_AGAIN = re.compile(rf"{LEAD}(?:would|should|shall|could) (?:we|i|you) (?:run|repeat) {_IT} (?:back )?again\W*$")
_AGAIN = re.compile(
    rf"{LEAD}(?:(?:would|should|shall|could|can) (?:we|i|you) (?:run|do|repeat|have|bring) {_IT}(?: back)?(?:"
    rf" again)?(?:"
    rf" next (?:week|month|year))?"
    rf"|(?:is|was) {_IT} worth (?:repeating|doing again|running again)|worth (?:repeating|doing again))\W*$"
)
_RUN_IT = re.compile(
    rf"{LEAD}(?:let's |lets |please )*(?P<verb>run|repeat|do|bring|extend|continue|prolong|end|finish) (?:back"
    rf" )?(?:{_IT}|the (?:\w+ )?one)"
    r"(?: back)?(?: again)?(?: (?:next|this|until|for|by|on) .{3,20}| early| now)?\W*$"
)
_WHO = re.compile(
    rf"{LEAD}(?:who (?:bought|buys|got|used|is buying|are buying) {_IT}|(?:were|are) (?:they|those|these) "
    rf"(?:mostly )?(?:new|regular)(?: customers)?)\W*$"
)
_COST = re.compile(rf"{LEAD}(?:what|how much) (?:did|does|do) {_IT} cost(?: us| me)?\W*$")
_ON_OFFER = re.compile(
    r"^\W*(?:and |so |but )?(?:is|are) (?:it|that|this|they|those|these|any of (?:it|them|that)) (?:still "
    r"|currently |now "
    r"|also )*(?:on (?:a )?(?:promo(?:tion)?|offer|special|deal|sale)|promoted)(?: now| right now| today| at the"
    r" moment)?\W*$"
)
ALL_OF_THEM = (
    "This is of all offers of these days: which one is meant I cannot tell. Name its goods, “did the soup promotion "
    "work”."
)
EARLIER = (
    "An earlier run is not told apart: this is of the days above. For others name them, “promotion lift in October”."
)
YOURS = "Whether to run it again is yours to decide; this is what it brought and what it cost."
NOT_MEASURED = "Whether to run it again is yours to decide; what it brought could not be measured."
WHO_BOUGHT = (
    "Who bought on offer is not told by itself. For all who bought: “new and returning customers last week”, or of"
    " goods "
    "“who buys soup”."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call such words mean after an answer about offers, or about goods on one; None for every other message."""
    last = previous[-1]
    if last.name in _OF_A_PART and _ON_OFFER.match(plain) and (part := _part(last)):
        return Plan(((RUNNING, {"department": part, **kept(last, "stores")}),))
    if last.name in _OF_A_PART and (_TOOK.match(plain) or _RUN_AGAIN.match(plain)) and (part := _part(last)):
        of_it = Call(LIFT, {"product": part, **kept(last, "period", "stores")}, last.document, last.question)
        return _elsewhere(plain, of_it) or _worked(plain, of_it, around)
    about_offers = last.name in _OFFERS or _is_of_offers(last)
    if not about_offers:
        return None
    if last.name in (RUNNING, LIFT) and _UNTIL.match(plain):
        of_part = {"department": _part(last)} if _part(last) else {}
        same = dict(last.args) if last.name == RUNNING else {**kept(last, "stores"), **of_part}
        return Plan(((RUNNING, {**same, "order": "soonest"}),))
    if last.name == RUNNING and (support := _SUPPORT.match(plain)) is not None:
        return Plan(((RUNNING, {**last.args, "support": "display" if "display" in support["on"] else "mailer"}),))
    if (order := _RUN_IT.match(plain)) is not None:
        return Plan(text=f"{END if order['verb'] in ('end', 'finish') else OFFER} {NOTHING}")
    if last.name == LIFT and _COST.match(plain):
        return Plan(((LIFT, {**_lift_args(last), "rank_by": "roi"}),))
    if _WHO.match(plain):
        return Plan(text=WHO_BOUGHT)
    return _worked(plain, last, around) or _ranked(plain, last)


def after_none(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """Whether offers worked, behind an answer that knew none of the days asked for: of the days that are over."""
    last = previous[-1]
    if last.name == LIFT:
        return _elsewhere(plain, last) or (Plan(text=NOT_MEASURED) if _AGAIN.match(plain) else None)
    if last.name != RUNNING:
        return None
    return _worked(plain, Call(RUNNING, {key: one for key, one in last.args.items() if key != "period"}), around)


def _elsewhere(plain: str, last: Call) -> Plan | None:
    """Whether an offer took sales from other goods: what its lift says, in its own days."""
    return Plan(((LIFT, _lift_args(last)),)) if _TOOK.match(plain) else None


def _worked(plain: str, last: Call, around: Surroundings) -> Plan | None:
    if (found := _OF_GOODS.match(plain)) is not None:
        return _of_goods(found["worked"] or found["how"], last, around)
    again, worked = _AGAIN.match(plain), _WORKED.match(plain)
    if not again and not worked:
        return None
    args = _lift_args(last)
    said = YOURS if again else EARLIER if worked and worked["last"] else ""
    if not {"product", "department", "promotion"} & set(args):
        said = f"{said} {ALL_OF_THEM}".strip()
    return Plan(((LIFT, {**args, **({"rank_by": "margin"} if again else {})}),), said)


def _of_goods(said: str, last: Call, around: Surroundings) -> Plan | None:
    if _NO_GOODS.match(said):
        return None
    slots = take_slots(Reading.of(said), around, re.compile(r"(?!)"))
    if slots.unknown or slots.stores or slots.period or slots.limit or not (slots.product or slots.department):
        return None
    kept_days = {key: value for key, value in _lift_args(last).items() if key in ("period", "stores")}
    return Plan(((LIFT, {**kept_days, **slots.args("product", "department")}),))


def _ranked(plain: str, last: Call) -> Plan | None:
    args = _lift_args(last)
    if _LOSING.match(plain):
        return Plan(((LIFT, {**args, "by": "promotion", "rank_by": "margin", "order": "bottom"}),))
    if (earned := _EARNED.match(plain)) is not None and not _OF_ALL.match(plain):
        low = re.search(r"lose|lost|worst|n't|not", earned["how"]) is not None
        rank = {"rank_by": "margin"} if re.search(r"money|paid|pay", earned["how"]) else {}
        return Plan(((LIFT, {**args, "by": "promotion", **rank, **({"order": "bottom"} if low else {})}),))
    if last.name != LIFT:
        return None
    if (ranked := _RANKED.match(plain)) is not None:
        return Plan(((LIFT, {**args, "rank_by": _RANK[ranked["by"] or ranked["about"]]}),))
    part = bool(_part(last))
    if (parts := _BY.match(plain)) is not None and (part or not _OF_ALL.match(plain)):
        by = re.sub(r"ies$", "y", parts["by"] or parts["which"]).removesuffix("s").replace("shop", "store")
        order = {"order": "bottom"} if re.search(r"worst|lowest", plain) else {}
        return Plan(((LIFT, {**args, "by": by, **order}),))
    return None


def _lift_args(last: Call) -> dict[str, Any]:
    """What a lift keeps of the answer before: what runs now is measured in the days that are over."""
    names = ("stores", "product", "department", "promotion", "rank_by", "by", "order")
    args = kept(last, *(names if last.name == LIFT else names[:4]), *(("period",) if last.name != RUNNING else ()))
    if last.name == RUNNING and "period" in last.args and last.args["period"] not in _NOW:
        args["period"] = last.args["period"]
    return args


def _is_of_offers(last: Call) -> bool:
    where = last.args.get("where")
    return isinstance(where, list) and any(one.get("dimension") == "promotion" for one in where)


def _part(last: Call) -> str:
    """The part of the range that the answer before is about, where it is a kind of goods and no single product."""
    said = str(last.args.get("department") or last.args.get("product") or "")
    return "" if re.search(r"\d", said) or "where" in last.args else said
