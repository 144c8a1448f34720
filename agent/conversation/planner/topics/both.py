"""Questions about two goods in one basket: “how many people bought chips and soda”, “do they also buy sauce”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

BOTH = "both_in_basket"
_WHO = r"(?:people|customers?|shoppers?|households?|baskets?|transactions?|orders?|receipts?|tickets?|carts?|buyers?)"
_ONE = r"(?:someone|somebody|anyone|anybody|you|a person|a family)"
_HOLD = (
    "(?:bought|buys?|purchased?|get|got|had|has|have|with|held|holds?|contain(?:s|ed|ing)?|include[sd]?|including"
    "|(?:that |which )(?:had|have|contain(?:s|ed)?|included?))"
)
_ASK = (
    "(?:how many|how often do|number of|what (?:share|percent(?:age)?|proportion|%) of|(?:share|percent(?:age)?|%) of)"
)
_AND = r"(?:and|with|together with|along with|plus|&)"
_TOGETHER = r"(?: together| at (?:the same time|once)| in (?:the same|one|a single) \w+)?"
_ADVERB = (
    r"(?:commonly|often|frequently|usually|regularly|typically|generally|ever|mostly|mainly|more|most|likely|common"
    r"|commonest)"
)
_MORE = rf"(?:,? (?:{_ADVERB} )*(?:more |most |less )?(?:{_ADVERB} ?)*)"
_THAN = r"(?: (?:than|rather than|versus|vs\.?|compared (?:to|with)|against)\b[^?]*)?"
_PER = r" (?:by|per|across|in each|for each|in which|at which)"
_BY = (
    (
        "weekday",
        (
            rf"{_MORE} ?(?:(?:on|at|over|before|leading (?:in|up )?to|into|towards|during|in|for) (?:the )?"
            r"(?:weekends?|weekdays?|week)|(?:by|on which|on what|per|each) (?:weekday|days? of the week|day)"
            rf"|(?:earlier|later) in the week|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?){_THAN}"
        ),
    ),
    (
        "kids",
        (
            rf"{_MORE} ?(?:by|in|for|among) (?:households|families|customers|shoppers|people|those) with(?:out)? "
            rf"(?:kids|children){_THAN}|(?: (?:by|per|across) (?:number of )?(?:kids|children))"
        ),
    ),
    ("age_band", rf"{_PER} (?:customer |household )?ages?(?: groups?| bands?)?"),
    ("income_band", rf"{_PER} (?:household )?incomes?(?: groups?| bands?| levels?)?"),
    ("household_size", rf"{_PER} (?:household|family) sizes?"),
    ("month", r" (?:by|per|each|every|in each|in which) months?| over time| through(?:out)? the year"),
    ("store", r" (?:by|per|each|in each|across|at which|in which) stores?"),
)
_SPLITS = tuple((name, re.compile(rf"(?:{words})(?=\W*$)")) for name, words in _BY)
_CO = re.compile(
    r"^\W*(?:is|are|was|were|how (?:often|common) (?:is|are)) (?:the )?(?:co-?purchas(?:e|es|ing)|joint purchases?"
    r"|combination|pairing|pair) of (?P<a>.+?) and (?P<b>.+?)\W*$"
)
_BASKET = (
    r"(?:in|on|during|at) (?:the same|one|a single|that) (?:basket|trip|transaction|order|visit|shop|receipt|cart)"
)
_OTHER_ONE = r"(?:the )?other(?: one)?"
_AFFINITY = re.compile(
    r"\b(?:(?:basket |product |market basket |purchase )?affinity|(?:basket|product|purchase) (?:association|overlap"
    r"|connection|relationship)) (?:between|of|among) (?P<a>.+?) and (?P<b>.+?)"
    rf"(?:[,:;-]? *(?:- )?(?:when|if|how often|of those)\b[^?]*\b(?:{_OTHER_ONE}|both|together)\b[^?]*)?"
    rf"(?: {_BASKET})?\W*$"
)
_WHEN = re.compile(
    rf"\b(?:when|if|once|whenever) (?:a |the |our |an )?(?:{_WHO}|{_ONE}) (?:buys?|bought|gets?|purchases?|picks? up"
    rf"|takes?) "
    rf"(?P<a>[^,?]+?),?"
    rf" (?:how (?:often|frequently|many times|likely) (?:do|does|did|are|is|will|would) (?:they|he|she|it)(?: "
    rf"likely)?(?: to)?"
    r"|do(?:es)? (?:they|he|she|it)|are they likely to) (?:also |then )?(?:buy|get|purchase|pick up|take|add) "
    r"(?P<b>[^,?]+?)"
    rf"(?: too| as well| also)?(?: {_BASKET})?\W*$"
)
_PATTERNS = (
    _CO,
    _AFFINITY,
    _WHEN,
    re.compile(
        rf"\b(?:are|is|do|does|did|were|was) (?P<a>.+?) and (?P<b>.+?)(?: {_ADVERB})* (?:bought|sold|purchased"
        rf"|co-purchased|found|go|sell|appear|get bought)(?: {_ADVERB})* (?:together"
        r"|in the same (?:basket|transaction|order))\W*$"
    ),
    re.compile(
        rf"\b{_ASK} (?:our |the |all )?{_WHO} (?:did "
        rf"|do )?{_HOLD} (?:both )?(?P<a>.+?) {_AND} (?P<b>.+?){_TOGETHER}\W*$"
    ),
    re.compile(
        r"\b(?:do|does|did|how many|how often do|what (?:share|percent(?:age)?|%) of|(?:share|percent(?:age)?"
        rf"|%) of)(?: of)? (?:our |the |all )?(?:{_WHO} (?:who|that) (?:buys?|bought|get|purchased?)|buyers of"
        "|baskets with) (?P<a>.+?) (?:also|too) (?:buys?|bought|get|purchased?|pick(?:ed)? up|had|have|contain(?:ed"
        r"|s)?) (?P<b>.+?)\W*$"
    ),
    re.compile(
        r"\bhow (?:often|many times) (?:are|do|were|is|did) (?P<a>.+?) and (?P<b>.+?) (?:bought|sold|purchased|go|sell"
        r"|get bought) together\W*$"
    ),
    re.compile(
        r"\b(?:what )?(?:share|percent(?:age)?|proportion|%) of (?P<a>[\w ]+?) buyers (?:who "
        r"|that )?(?:also )?(?:buys?|bought) (?P<b>.+?)\W*$"
    ),
)
_AT_ONCE = re.compile(r"\b(?:all )?at (?:the same time|once)(?=\W*$)")
"""In one basket, and no days: “also buy beer at the same time”."""
_TENDS = re.compile(
    r"(?: (?:have|has|had|show) an? (?:\w+ )?(?:tendency|likelihood|propensity|inclination|chance)| tends?| (?:are|is)"
    r" (?:more |also |any more )?(?:likely|inclined|apt|prone)) (?=to (?:also |then )?(?:buy|get|purchase|pick up)\b)"
)
"""How strongly they hang together is what the tool tells, as times of chance."""
_NOT_GOODS = re.compile(
    r"\b(?:coupons?|campaigns?|discounts?|cash|card|spent|spend|more|less|\d+|items?|units?|kids|children|income|age"
    r"|who|what|which|how|when|again|visited|came|stores?|something|anything|returned|refund\w*|loyalty|new|returning"
    r"|one|single|(?:with )?(?:it|them)|last|this|yesterday|today|week|month|mailer|promotions?)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about two named goods in one basket; None for every other."""
    reading = Reading.of(text)
    if names_the_future(reading.text):
        return None
    reading.take(_AT_ONCE)
    by = _take_split(reading)
    spans = [one.phrase for one in take_periods(reading)]
    stores = take_stores(reading, around)
    line = re.sub(r"\b(?:in|on|at|for|during|over|from)\W*$", "", reading.rest()).strip()
    line = re.sub(r" to (?:also |then )?(?=(?:buy|get|purchase|pick up)\b)", " also ", _TENDS.sub(" ", line))
    if by is None:
        by, line = _split(line)
    line = re.sub(rf"(?: (?:is |are )?{_ADVERB})+\W*$", "", line) if by else line
    for pattern in _PATTERNS:
        match = pattern.search(line)
        if match is None:
            continue
        first, second = (_name(match[group]) for group in ("a", "b"))
        if not first or not second or _NOT_GOODS.search(f"{first} | {second}") or len(spans) > 1:
            return None
        shared = {"product": first, "with_product": second, "stores": stores, "by": by}
        return calls_for(BOTH, shared, [{"period": one} for one in spans])
    return None


def _take_split(reading: Reading) -> str | None:
    """What the pair is told by where the question ends with it, taken out: “the weekend” is no period there."""
    for name, pattern in _SPLITS:
        if (match := pattern.search(reading.text)) is not None:
            reading.blank(match.start(), match.end())
            return name
    return None


def _split(line: str) -> tuple[str | None, str]:
    """What the pair is told by (“more on weekends than earlier in the week”), and the line without it."""
    for name, pattern in _SPLITS:
        if (match := pattern.search(line)) is not None:
            return name, line[: match.start()].strip()
    return None, line


def _name(said: str) -> str:
    return re.sub(rf"^(?:both|any|some|a|an|the|our) |,|(?: {_ADVERB})+$", "", said.strip(" ,.'\"")).strip()
