"""Goods by what they are for or like: “something for a barbecue”. A name is looked up by another tool."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods, take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

SEARCH = "search_products_by_meaning"
_GOODS = (
    "(?:products?|items?|goods|articles?|things?|stuff|something|anything|options?|gifts?|ideas?|snacks?|food|drinks?"
    "|supplies|essentials|remed(?:y|ies))"
)
_ASK = (
    "(?:please |can you |could you |i(?:'m| am) |we(?:'re| are) |a customer (?:is |wants |needs )?"
    "|customers? )*(?:find|search(?: for)?|show|list|suggest|recommend|give|need|want|looking for|look for|which|what"
    "|do we|do you|have we|is there|are there|got|any|asking for|asks for|wants|needs)"
)
_VERBS = (
    "(?=(?:make|cook|clean|bake|wash|treat|fix|cure|drink|eat|put|give|bring|take|serve|celebrate|decorate|remove"
    r"|relieve|soothe|repair|store|wrap)\b)"
)
_FOR = (
    "(?: (?:is|are|would be|could be))?(?: (?:do )?we (?:have|sell|carry|stock))?(?: that (?:is|are|would be"
    r"|could be))? (?:(?:good |suitable |useful |right |great |meant |intended |made )*for|similar to|like\b"
    rf"|related to|to (?:do|go) with|to {_VERBS}) ?(?:the |a |an )?(?P<what>.+?)$"
)
_DIETS = (
    "(?:vegan|vegetarian|plant[- ]based|(?:gluten|sugar|dairy|lactose|fat|nut|alcohol|caffeine)[- ]free|low[- ](?:fat"
    "|sugar|carb|sodium|calorie)|organic|halal|kosher|healthy)"
)
_HAVE = r"(?:something|anything|what do we (?:have|sell|carry)(?: that(?:'s| is| are))?|(?:which|what) products? are)"
_PATTERNS = (
    re.compile(
        r"^\W*(?:please )?(?:find|search(?: for)?|look for|show(?: me)?) (?:the )?(?:products?|items?"
        r"|goods) by (?:meaning|description|purpose)\s*:? ?(?P<what>.+?)$"
    ),
    re.compile(
        rf"^\W*(?:{_ASK}(?: me| us| a| an| some| any| the| our| all| have| sell| carry| stock| got| do we"
        rf"| we)* )?(?:[\w-]+ )?{_GOODS}{_FOR}"
    ),
    re.compile(
        rf"^\W*(?:{_ASK} )?(?:have )?{_HAVE}(?: [\w-]+)? (?:for|like|similar to) (?:the |a |an )?(?P<what>.+?)$"
    ),
    re.compile(rf"^\W*(?:{_ASK} )?(?:(?:have|me) )?{_HAVE} (?P<what>{_DIETS}(?: (?:[\w-]+ ?){{1,4}})?)$"),
)
_ELSEWHERE = re.compile(
    r"\b(?:sales?|sold|sell(?:ing|ers?)|revenue|margins?|profit\w*|price[sd]?|cost\w*|discount\w*|promot\w+|coupons?"
    r"|campaigns?|stock(?:ed)? (?:levels?|outs?)|out of stock|reorder\w*|order(?:s|ed|ing)?|run(?:ning)? (?:out|low)"
    r"|units?|quantit\w+|transactions?|baskets?|bought|buy(?:ing)? together|pair\w*|cross-?sell\w*|bundle\w*|segments?"
    r"|visits?|compare\w*|forecast\w*|trend\w*|perform\w*|best|worst|top|bottom|most|least|slow|fast|why|how (?:much"
    r"|many)|mark\w* ?down|transfer\w*|dead|waste|shrink|planogram|facings?|shel(?:f|ves)|employees?|staff|shifts?"
    r"|tax\w*|refund\w*|return(?:s|ed)?|complain\w*|feedback|reviews?|clearance|delist\w*|discontinu\w*|action"
    r"|attention|growth|growing|popular|weather|temperature|report|metrics?|kpis?|data|insights?)\b"
)
_POINTLESS = re.compile(r"(?:me|us|them|it|that|this|these|those|you|today|sale|the|each|every|all|stores?|free)")


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what something is for or like, None for any other."""
    line = re.sub(r"\s+", " ", Reading.of(text).text).strip(" ?.!,")
    if _ELSEWHERE.search(line):
        return None
    match = next((found for pattern in _PATTERNS if (found := pattern.match(line))), None)
    if match is None:
        return None
    rest = Reading(f" {match['what']} ")
    if periods(rest) and not re.search(r"christmas|easter|valentine|thanksgiving", match["what"]):
        return None
    kept = match["what"] if periods(rest) else ""
    take_periods(rest)
    stores = take_stores(rest, around)
    what = kept or re.sub(r"\s+", " ", rest.text).strip(" ,.'\"-")
    what = re.sub(r"(?: (?:at|in|from|please|for))+$", "", what)
    if len(what) < 3 or _POINTLESS.fullmatch(what):
        return None
    return calls_for(SEARCH, {"text": what, "stores": stores}, [])
