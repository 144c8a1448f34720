"""Questions about what promotions did: whether they worked, by how much, by display or mailer, and at whose expense."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit
from agent.conversation.surroundings import Surroundings

TOOL = "promotion_lift"
_PROMO = (
    "(?:promo(?:tion)?s?|promotional|promoted|promoting|special offers?|specials?|weekly (?:ads?|deals?|offers?)"
    "|end ?-?caps?)"
)
_SUPPORT = r"(?:displays?|mailers?|flyers?|circulars?|ads?|advertis\w+|features?)"
_SUBJECT = re.compile(
    rf"\b{_PROMO}\b|\bads? (?:on|for)\b|\b(?:display|mailer)s?\b|\bcannibali[sz]\w*\b|\bpull(?:ed)?[- ]forward\b"
    r"|\buplift\b"
)
_JUDGED = re.compile(
    r"\b(?:lift(?:ed|s)?|uplift|work(?:s|ed|ing)?|effects?|effective\w*|impact\w*|perform\w*|results?|roi|returns?"
    r"|sell|sold|sales|incremental\w*|pay(?:s|ing)? off|paid off|worth|success\w*|help\w*|best|worst|compar\w+|versus"
    r"|vs\.?|against|margins?|profit\w*|cannibali[sz]\w*|halo|pull(?:ed)?[- ]forward|dip|drive|drove|driv\w+|boost\w*"
    r"|evaluat\w*|analy[sz]\w*|measur\w*|effectiveness|difference|gain\w*|increas\w*|better|stop|repeat|continue|keep"
    "|do(?:ing)?|did|how|review|los(?:e|es|t|ing) (?:us )?(?:money|margin)|(?:made|make|making) (?:us )?money"
    r"|money)\b"
)
_NOT_OURS = re.compile(
    r"\beach other\b|\bwhy\b|\b(?:employees?|cashiers?|associates?|create|launch|plan|schedul\w*|set up|start|design"
    r"|suggest\w*|recommend\w*|should (?:we|i) (?!stop|end|drop|repeat|continue|keep|run again|cut))\b|\bcoupons?\b"
    r"|\bredee?m\w*|\bhouseholds?\b|\bhow many promotions\b|\boptimal\b|\bpromo codes?\b|\bdisplay(?:ed)? (?:the|me|as"
    r"|it|a|an|all|my|our|sales|net)\b|^\W*display\b(?! (?:and|or|versus|vs|against|compared|promo))"
    r"|\b(?:aov|atv|abv|average (?:order|transaction|basket|ticket|sale)(?: (?:value|size|amount))?"
    r"|basket (?:size|value)s?)\b"
)
_NO_DISPLAY = re.compile(
    r"\b(?:on )?(?P<what>displays?|mailers?|features?|ads?) (?:vs\.?|versus|and|or|against|compared (?:to"
    "|with)) (?:items |products |those )?(?:no|non|without|not (?:on|in))(?:[- ](?:a )?(?:displays?|mailers?"
    r"|features?|ads?))?\b"
)
_BOTH = re.compile(
    r"\bdisplays?(?: promo\w*)? (?:(?:and|or|to|versus|vs\.?|against|compared (?:to|with)|than) )+(?:the )?(?:mailers?"
    r"|flyers?|circulars?|ads?)\b|\b(?:mailers?|flyers?|circulars?|ads?) (?:(?:and|or|versus|vs\.?|against"
    r"|compared (?:to|with)|than) )+(?:the )?displays?\b"
)
_EACH = r"(?:by|per|for each|each|which|across)"
_BY = (
    (re.compile(rf"\b{_EACH} (?:the |our )?(?:departments?|depts?)\b"), "department"),
    (re.compile(rf"\b{_EACH} (?:the |our |product )?categor(?:y|ies)\b"), "category"),
    (re.compile(rf"\b{_EACH} (?:the |our )?(?:stores?|shops?|locations?)\b"), "store"),
    (re.compile(rf"\b{_EACH} (?:type of )?displays?(?: types?| locations?)?\b"), "display"),
    (re.compile(rf"\b{_EACH} (?:type of )?mailers?(?: types?| positions?)?\b"), "mailer"),
    (
        re.compile(
            rf"\b(?:{_EACH}|what|best|worst|(?:top|bottom|best|worst|the)? ?\d{{1,2}}) (?:of (?:our|the) )?"
            r"(?P<of>(?:[\w&'-]+ ){0,2}?)promo(?:tion)?s?\b"
        ),
        "promotion",
    ),
)
_NAMED = re.compile(rf"\b{_PROMO} (?:number |no\.? ?|#|id )?(?P<name>[a-z]{{0,3}}\d{{1,6}})\b")
_QUOTED = re.compile(
    rf"\b{_PROMO} (?:called |named )?\"(?P<name>[^\"]{{1,100}})\"|\"(?P<before>[^\"]{{1,100}})\" {_PROMO}\b"
)
_COUNTED = re.compile(
    r"\bhow many (?:products?|items?|skus?|things|goods) (?:were|are|was|is|did we have|do we have)\b"
)
NOT_COUNTED = (
    "I do not count products on display or in the mailer by themselves. I can tell what they sold and how much that "
    "was above what was expected: ask “promotion lift by display last week”."
)
_PART_OF_SALES = re.compile(
    r"(?:\b(?:what |which |the )?(?:share|percent(?:age)?|proportion|fraction|part)|%|\bhow much) (?:of )?(?:our |the "
    r"|all |total |net )*(?:sales|revenue|units)(?: \w+){0,3} (?:on|in|from|under|by) (?:an? |the "
    r"|our )?(?:promo(?:tion)?s?|offers?|specials?|deals?|promoted (?:products?|items?|goods))\b|\bpromoted (?:and"
    r"|vs\.?|versus|or|against) (?:non-?|un-?|not )promoted(?: \w+)?\b|\bpromoted (?:products?|items?|goods"
    r"|sales) (?:and|vs\.?|versus|or|against) (?:non-?|un-?|not )?(?:promoted|regular|others?)(?: products?| items?"
    r"| goods| ones)?\b"
)
OFFERS = "This says what was sold of goods on offer, not what the offers brought: for that ask for the promotion lift."
_CLAIMED = re.compile(
    rf"\b(?:{_PROMO}|{_SUPPORT}|lift(?:ed|s)?|uplift|works?|worked|working|effects?|effective\w*|impact\w*|perform\w*"
    r"|results?|roi|return on|returns?|incremental\w*|pay(?:s|ing)? off|paid off|worth(?: it)?|success\w*|help\w*"
    r"|compar\w+|versus|vs\.?|against|margins?|profit\w*|effect|cannibali[sz]\w*|halo|pull(?:ed)?[- ]forward|dip"
    r"|drive|drove|driv\w+|boost\w*|evaluat\w*|analy[sz]\w*|measur\w*|difference|gain\w*|increas\w*|better|review"
    r"|units?|discounts?|our|ran|run|running|of the|sales|neighbou?rs?|afterwards?|erosion|erod\w*|stop|end|drop"
    r"|repeat|continue|keep|should|eat\w*|into|also|other|baskets?|goods|investment|counterfactual|than|los[et]"
    "|losing|money|gained|net|being|lead(?:s|ing)?|led|having|feature[ds]?|location|placements?|positions?|bring"
    r"|brought|demand|volumes?|spend(?:ing)?|budgets?|harm|hurt|more|item|items|products?)\b"
)


_ONE_SUPPORT = re.compile(r"\b(?:displays?|mailers?|flyers?|circulars?|ads?|advertis\w+|end ?-?caps?)\b")
ALL_SUPPORTS = (
    "This is of everything that was on promotion, by display, mailer or both: I tell these apart by themselves "
    "(“promotion lift by display and mailer”), not within a department, category or store."
)
_TAKEN_FROM_THE_REST = re.compile(r"\bcannibali[sz]\w*\b")
NOT_TAKEN_BY_EACH = (
    "What a single promotion, or a kind of them, took from other goods is not told apart: this is of all of them, by "
    "category."
)
_MONEY = re.compile(
    r"\b(?:los(?:e|es|t|ing)|made|make|making|earn\w*)\b.*\b(?:money|margin|profit)|\b(?:un)?profitable\b|\bpa(?:id"
    r"|ys?|ying) off\b|\b(?:gross )?(?:margin|profit)s?\b"
)
"""Which parts of a split lost or made money is asked."""
_RETURN = re.compile(r"\broi\b|\breturn on\b")
_OF_WHICH_GOODS = re.compile(r"\b(?:which|what|top|best|worst) (?:\w+ )?(?:products?|items?|skus?)\b(?! (?:in|of) )")
NOT_BY_PRODUCT = (
    "I do not rank single products by their lift (“{said}”): few of them sold often enough without the offer to tell. "
    "I can give the lift of one product, or by category, department, promotion or store."
)


_BETWEEN_PRODUCTS = re.compile(
    r"\bcannibali[sz]\w*\b.*\b(?:each other|one another|pairs?|between (?:products|brands|items))\b|\b(?:pairs?"
    r"|which (?:products|brands|items))\b.*\bcannibali[sz]\w*\b(?!.*\bpromo)|\bsubstitut(?:e|es|ion"
    r"|ability)\b(?: (?:for|between|of|products?|goods|pairs?))?"
)
NOT_BETWEEN = (
    "Which products take sales from one another at their regular prices I cannot tell: that they are seldom in one "
    "basket or move in opposite ways does not show it. I can say whether a promotion took from its neighbours (“did "
    "the promotions on soft drinks cannibalise others”) and which goods go together (“what is bought together with "
    "soft drinks”)."
)


_TAKES_FROM = re.compile(
    r"\bcannibali[sz]\w*\b|\b(?:steal(?:s|ing)?|tak(?:e|es|ing)|poach(?:es|ing)?) (?:sales|customers|business"
    r"|trade) (?:from|off)\b"
)
_PLACES = re.compile(r"\b(?:stores?(?! brand)|shops?|locations?|branch(?:es)?)\b")
_ONE_FROM_ANOTHER = re.compile(
    r"\b(?:is|are|does|do|did|was|were|has|have)\b.+\b(?:cannibali[sz]\w*|steal(?:s|ing)? sales from|tak(?:e|es"
    r"|ing) sales"
    r" (?:from|off)) (?!us\b|we\b)\w"
)
NOT_BETWEEN_STORES = (
    "Whether one store takes sales from another cannot be told from their figures alone: that one grew while "
    "the other "
    "fell does not show it. I can put the stores beside one another over time (“sales by store and week”) and say how "
    "many customers shop in both (“how many customers shop at more than one store”)."
)


def _from_another(text: str, whole: str, around: Surroundings) -> Plan | None:
    """What is said of products, or of stores, that are thought to take sales from one another."""
    if _BETWEEN_PRODUCTS.search(whole):
        return Plan(text=NOT_BETWEEN)
    if not _TAKES_FROM.search(whole) or re.search(_PROMO, whole):
        return None
    if take_stores(Reading.of(text), around) or _PLACES.search(whole):
        return Plan(text=NOT_BETWEEN_STORES)
    return Plan(text=NOT_BETWEEN) if _ONE_FROM_ANOTHER.search(whole) else None


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about the effect of promotions; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if (from_another := _from_another(text, whole, around)) is not None:
        return from_another
    if names_the_future(whole) or _NOT_OURS.search(whole):
        return None
    if not _SUBJECT.search(whole) or not _JUDGED.search(whole):
        return None
    if _COUNTED.search(whole):
        return Plan(text=NOT_COUNTED)
    if (share := _on_promotion(reading, around)) is not None:
        return share
    if (goods := _OF_WHICH_GOODS.search(whole)) is not None:
        return Plan(text=NOT_BY_PRODUCT.format(said=goods[0].strip()))
    limit, lowest = take_limit(Reading(reading.text, reading.source)), asks_for_the_bottom(reading)
    by = _split(reading) or _support(whole)
    remark = ""
    if _TAKEN_FROM_THE_REST.search(whole) and by in ("support", "display", "mailer", "promotion"):
        by, remark = "category", NOT_TAKEN_BY_EACH
    if by not in (None, "support", "display", "mailer", "promotion") and _ONE_SUPPORT.search(whole):
        remark = ALL_SUPPORTS
    money = by is not None and _MONEY.search(whole) is not None
    ranked = "roi" if _RETURN.search(whole) else "margin" if money else None
    args: dict[str, Any] = {"promotion": _promotion(reading), "by": by, "rank_by": ranked}
    if by and limit:
        args |= {"limit": limit, "order": "bottom" if lowest else None}
    slots = take_slots(reading, around, _CLAIMED)
    left = slots.unknown or split_left(reading)
    if left:
        return not_understood(left)
    return calls_for(TOOL, {**args, **slots.args("period", "stores", "product", "department")}, [], remark)


def _on_promotion(reading: Reading, around: Surroundings) -> Plan | None:
    """Which part of sales was of promoted goods: a breakdown by promotion, which says nothing of their effect."""
    if not _PART_OF_SALES.search(reading.text):
        return None
    reading.take(_PART_OF_SALES)
    slots = take_slots(reading, around, _CLAIMED)
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    args = {"by": "promotion", "share": True, **slots.args("period", "stores", "product", "department")}
    return calls_for("sales_breakdown", args, [], OFFERS)


_WHICH_PLACE = re.compile(
    r"\b(?:which|what|best|worst|top|compare|rank)(?: \w+){0,2} (?:end ?-?caps?|display (?:places?|locations?|spots?"
    r"|positions?|types?)|displays)\b(?!.*\bmailers?\b)"
)
"""Which of the places for a display does best, and not whether displays do."""
_END_CAPS = re.compile(r"\bend ?-?caps?\b")
"""One of those places."""


def _support(whole: str) -> str | None:
    """Whether the question is about mailers or displays in particular, which are then told apart."""
    if re.search(r"\b(?:promo(?:tion)?s?|specials?|offers?)\b", whole):
        return None
    mailers = re.search(r"\b(?:mailers?|flyers?|circulars?|ads?|advertis\w+)\b", whole) is not None
    if _WHICH_PLACE.search(whole) or (_END_CAPS.search(whole) and not mailers):
        return "display"
    displays = re.search(r"\bdisplays?\b|\bend ?-?caps?\b", whole) is not None
    return "support" if mailers or displays else None


def _promotion(reading: Reading) -> str | None:
    """The name of one promotion; a quoted name is one only beside the word."""
    for pattern in (_QUOTED, _NAMED):
        match = reading.find(pattern)
        if match is None:
            continue
        group = "name" if match["name"] else "before"
        said = reading.said(match.start(group), match.end(group))
        reading.blank(match.start(), match.end())
        return said
    return None


def _split(reading: Reading) -> str | None:
    if reading.take(_NO_DISPLAY):
        return "support"
    if reading.take(_BOTH):
        return "support"
    for pattern, name in _BY:
        if (found := reading.find(pattern)) is not None:
            start, end = found.span("of") if "of" in pattern.groupindex else (found.end(), found.end())
            reading.blank(found.start(), start)  # “which dairy promotions”: of what they are is read by itself
            reading.blank(end, found.end())
            return name
    return None
