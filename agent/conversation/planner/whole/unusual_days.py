"""Days out of the ordinary: “were there unusual spikes in sales?”, “do certain categories peak on holidays?”.

What is unusual is said by the range of the same weekday. A strict reader: a word that is not known ends it. What is
odd at the tills (refunds of one cashier, voids, drawers) is another question, and so is what changed from week to week.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS

TOOL = "unusual_days"
_ODD = (
    r"(?:(?:very |really |totally )?(?:unusual|abnormal|odd|strange|unexpected|exceptional|atypical|anomalous|irregular"
    r"|extraordinary|weird|uncommon|surprising)(?:ly)?(?: (?:high|low|strong|weak|good|bad|busy|slow))?"
    r"|out of the ordinary|outside (?:the|its|their) (?:usual|normal) range|out of (?:line|range))"
)
_HIGH = r"(?:spik(?:es?|ed|ing)|peak(?:s|ed)?|surg(?:es?|ed)|jump(?:s|ed)?|highs|rush(?:es)?)"
_LOW = r"(?:dip(?:s|ped)?|drops?|slumps?|crash(?:es|ed)?|lows|troughs?|falls?)"
_ANY = r"(?:outliers?|anomal(?:y|ies)|deviations from (?:the )?normal|swings)"
_SPIKE = rf"(?:{_HIGH}|{_LOW}|{_ANY})"
_SPAN = r"(?:days?|dates?)"
_HOLIDAY = re.compile(
    r"\b(?:(?:on|around|during|over|at|for|near|before)(?: the| all| our)* )?(?:(?:public|bank|major|national|federal"
    r"|big|main|us) )*holidays?\b|\b(?:on|around) (?:special|festive) (?:days|occasions|dates)\b"
)
_FESTIVAL = r"(?:festivals?|festive|festivities)"
_ITS_SALES = r"(?: (?:days?|dates?|periods?|times?|sales|revenue|turnover|trading|business))*"
_ORDINARY = rf"(?:normal|regular|ordinary|usual|typical|average|other|non-?(?:holidays?|{_FESTIVAL}))"
_HELD = re.compile(
    rf"\b(?:compare )?(?:the |our )?(?:sales |revenue )?(?:on |during )?(?:(?:public|bank|national)"
    rf" )?(?:holidays?|{_FESTIVAL}){_ITS_SALES}"
    r"(?: (?:do|did|was|were|are|sell|sold|bring|brought|perform(?:ed)?|different|differ))*"
    r"(?: (?:more|less|better|worse|higher|lower|stronger|weaker))? (?:vs\.?|versus|against|compared? (?:to"
    r"|with)|than|from"
    rf"|and|or|to|with)(?: (?:the|our|on|a|their|its|during)\b)* {_ORDINARY}{_ITS_SALES}(?: comparison)?(?![\w-])"
)
"""Holidays held against the other days: that is what each is held against anyway."""
_SOME_DAYS = re.compile(rf"\b(?:on|around) (?:any |some )?(?:particular|certain|specific|single|special) {_SPAN}\b")
_CLAIM = re.compile(
    rf"\b{_ODD} (?:{_SPIKE}|(?:sales |revenue |trading )?{_SPAN}|sales|revenue|turnover|takings|traffic|footfall)\b"
    rf"|\b(?:do|does|did|any|there|find|show|detect|spot|identify|which|what|were|was|have|had|has|see"
    rf"|saw)\b.{{0,40}}\b"
    rf"(?:spikes?|dips?|surges|peaks|outliers?|anomal(?:y|ies)|slumps?)\b|^\W*(?:outliers?|anomalies|spikes|dips)\b"
    rf"|\b{_SPAN}\b.{{0,40}}\b{_ODD}"
    rf"|\banything {_ODD} (?:in|with) (?:(?:our|the|my|daily|net) )*(?:sales|revenue|turnover|takings)\b"
)
_FIGURE = re.compile(
    r"\b(?:(?:net |gross |daily |total )*(?:sales|revenues?|turnover|takings|business|trade)|units|volume)\b"
    r"(?: (?:figures|numbers|volumes?|activity|activities))?"
)
_OTHER = re.compile(
    r"\b(?:why|because|caus\w+|cashiers?|employees?|staff|registers?|tills?|drawers?|voids?|overrides?|no[- ]sales?"
    r"|theft|fraud|stock\w*|inventory|prices?|shrink\w*|waste|hours?|hourly|times? of (?:the )?day|weeks?|weekly"
    r"|monthly|months|customers?|households?|after|promotions?|promos?|campaigns?|coupons?|forecast\w*|weather"
    r"|compare\w*|vs|versus|against|than|over the (?:months|weeks)|patterns?|reviews?|ratings?|complaints?"
    r"|complaining|feedback|comments?|compliments?|praise)\b"
)
_THAT_IS = re.compile(r"\b(?:i\.e\.?|e\.g\.?)(?=\W|$)", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|this|past|previous|next) (?:\d+ )?(?:weeks?|months?|days?)\b")
_BY: tuple[tuple[str, str], ...] = (
    ("category", r"categor(?:y|ies)"),
    ("category", r"(?:products?|items?|goods|skus?)"),
    ("department", r"departments?"),
    ("store", r"(?:stores?|shops?|branch(?:es)?|locations?)"),
)
_GROUP = re.compile(
    r"\b(?:do|does|did|which|what|by|per|for|in|of|any|each|at)(?: (?:any|some|certain|particular|specific|the|our"
    rf"|my|each|of|product))* (?P<group>{'|'.join(words for _, words in _BY)})\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_ODD}|{_SPIKE}|{_SPAN}|anything|with|were|was|is|are|there|any|some|did|do|does|we|i|you|see|saw|have|had"
    rf"|has|find"
    r"|show|me|detect|spot|identify|list|flag|which|what|in|on|of|for|our|my|the|an?|and|or|it|that|who|sales|revenue"
    r"|turnover|takings|daily|trading|particular|certain|specific|single|special|such as|like|more"
    r"|happen(?:ed)?|out|recent(?:ly)?|lately|at all|by|per|each|get|sell|sold|selling|than usual|from"
    r"|compare|comparison|how"
    r"|normal)(?![\w-])"
)
FESTIVALS = "Of festivals only public holidays and shopping days are known; these are held against their usual."
PRODUCTS_AS_CATEGORIES = "Single products sell too little on a day to call one unusual: these are categories."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for days out of their range; None where a word is not known or something else is asked."""
    reading = Reading.of(_THAT_IS.sub(" ", text))
    whole = reading.text
    held = reading.take(_HELD)
    claimed = held or _CLAIM.search(whole) or (_HOLIDAY.search(whole) and re.search(rf"\b{_HIGH}\b", whole))
    if not claimed or _OTHER.search(_LAST.sub(" ", reading.text if held else whole)) or names_the_future(whole):
        return None
    high, low = (re.search(rf"\b{one}\b", whole) is not None for one in (_HIGH, _LOW))
    high = high or _sized(whole, "high|strong|good|busy")
    low = low or _sized(whole, "low|weak|bad|slow")
    holidays = reading.take(_HOLIDAY) is not None or held is not None
    reading.take(_SOME_DAYS)
    group = reading.take(_GROUP)
    by = next((name for name, words in _BY if group and re.fullmatch(words, group["group"])), None)
    if by and not holidays and not re.search(rf"\b(?:{_SPIKE}|{_SPAN})\b", whole):
        return None  # “which stores have unusual sales” is asked of the whole of the days
    metrics = take_metrics(reading)
    while reading.take(_FIGURE):
        pass
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit or len(metrics) > 1 or any(name not in METRICS for name in metrics):
        return None
    if not (metrics or _FIGURE.search(whole) or holidays or by or re.search(rf"\b{_SPAN}\b", whole)):
        return None
    args = {
        "metric": metrics[0] if metrics and metrics[0] != "net_sales" else None,
        "by": by,
        "direction": ("high" if high and not low else "low" if low and not high else None),
        "holidays": holidays or None,
        **({"period": "all time"} if holidays else {}),
        **slots.args("period", "stores", "product", "department"),
    }
    products = group is not None and re.fullmatch(_BY[1][1], group["group"]) is not None
    festive = held is not None and re.search(rf"\b{_FESTIVAL}\b", held[0]) is not None
    opening = PRODUCTS_AS_CATEGORIES if products else FESTIVALS if festive else ""
    return Plan(calls_for(TOOL, args, []).calls, opening=opening)


def _sized(whole: str, words: str) -> bool:
    """Whether what is unusual is said to be high, or low."""
    return re.search(rf"(?:ly|usual|normal) (?:{words})\b", whole) is not None
