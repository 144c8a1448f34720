"""“Should I raise the price of X from $4 to $5?”: how units went with the price, and no change is filed.

Who asks whether to change a price has not decided on it. The change is read as one that is ordered would be, and told
in per cent; what it costs in the shop is for the person to judge.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, without
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.prices import PriceRequest, read_price_change
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

ELASTICITY, DEPTHS = "price_elasticity", "optimal_discount"
_MOST = 50
_GOOD = r"(?:worth(?:while)?|wise|smart|sensible|good|right|okay|ok|safe|risky|better|best|time|a (?:good|bad) idea)"
_ASKED = re.compile(
    rf"^\W*(?:(?:so|ok|okay|and|but|hey|then|also),? )*(?:(?:do you think|would you say)(?: that)? )?(?:(?:should"
    rf"|shall) (?:i|we)(?: (?:maybe|just|really|now|perhaps))?|(?:i|we) should|(?:is|would|will) it (?:be )?"
    rf"{_GOOD}(?: it)?(?: for (?:me|us))?(?: to| if (?:i|we)|(?= \w+ing\b))|does it make sense to|(?:can|could) (?:i"
    rf"|we)(?: afford to"
    r"| safely)?(?= (?:raise|increase|put up|lower|reduce|cut|drop|hike) (?:the |our |my )?prices?\b)) ",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"^\W*(?:(?:i|we) should)\b", re.IGNORECASE)
_AMOUNT = r"(?:[$€£] ?\d+(?:[.,]\d{1,2})?|\d+[.,]\d{2}|\d+ (?:dollars|bucks|euros))"
_FROM = re.compile(rf" from (?:about |around )?(?P<was>{_AMOUNT})(?= to\b)", re.IGNORECASE)
_OF_MONEY = re.compile(
    rf"\bpric(?:e|es|ing)\b|{_AMOUNT}|%|\bper ?cent\b|\bmark(?:ing|ed)? ?(?:down|up)\b|\bdiscount", re.IGNORECASE
)
"""“Should I increase my order to 20” is about no price. Bare numbers from and to may be hours."""
_DOING = re.compile(r"^(?P<verb>rais|increas|reduc|lower|cutt|dropp|hik|mark|discount|put)ing\b", re.IGNORECASE)
_VERBS = {"rais": "raise", "increas": "increase", "reduc": "reduce", "cutt": "cut", "dropp": "drop", "hik": "hike"}
_OF_ALL = re.compile(
    r"(?P<verb>raise|increase|put up|hike|bump|lower|reduce|cut|drop|decrease)(?: up)? (?:all |all of |our |my |the "
    r"|some |any )*prices?(?: on (?:everything|all (?:products|items|goods)))?(?: (?:across the board|overall|generally"
    r"|now|everywhere))?"
)
_MINE = re.compile(r"^(?:my|our|the) ", re.IGNORECASE)
YOURS = (
    "Whether to change it is yours to decide, and nothing is filed: this is how units went with the price in the past."
)
_IN_PERCENT = "Say by how many per cent (“by five per cent”) and I reckon that through; an amount I do not."
_TOO_FAR = f"A change of more than {_MOST} % I do not reckon with."
_N = r"\d{1,2} ?(?:%|percent|per cent|pct)?(?: (?:off|discounts?))?"
_TWO = re.compile(
    rf"\b(?:between )?(?:an? )?(?P<a>{_N}) (?:or|vs\.?|versus|and|against|compared (?:to|with)) (?:an? )?(?P<b>"
    r"\d{1,2} ?(?:%|percent|per cent|pct))(?: (?:off|discounts?))?(?: depths?)?",
)
_OF_DEPTHS = re.compile(r"\b(?:depths?|discount\w*|off|mark(?:ed|ing)? ?down)\b")
_CLAIMED = re.compile(
    r"(?<![\w-])(?:should|shall|would|what|which|how|does|do|is|are|we|i|it|to|the|our|my|in|for|of|on|by|at|with|if"
    r"|be|happens?|better|best|more|most|profitable|worth|margins?|profits?|impacts?|effects?|difference|differ|compare"
    r"|between|discount(?:s|ed|ing)?|mark(?:ed|ing)? ?downs?|down|run|take|offer|give|put|depths?|off|sale"
    r"|promo(?:tion)?s?|price|prices|make|makes|leaves?|a|an|and|works?|win|wins|show|me|us)(?![\w-])"
)
_BEST_SELLING = re.compile(r"(?<![\w-])(?:top|best)[- ]sell(?:ing|ers?)(?![\w-])")
_IN_BANDS = "Past discounts are told in bands of depth: what lies at the edge of two belongs to the deeper one."


def read(text: str, around: Surroundings) -> Plan | None:
    """How units went with the price, or which depth left most margin; None for every other question."""
    if (two := _of_two_depths(text, around)) is not None:
        return two
    change = _change_asked_about(text)
    if change is None:
        return None
    said, was = change
    if (every := _OF_ALL.fullmatch(Reading.of(said).rest())) is not None:
        up = every["verb"] in ("raise", "increase", "put up", "hike", "bump")
        return Plan(((ELASTICITY, {"by": "product", "order": "least" if up else "most"}),), opening=YOURS)
    request = None if re.search(r" from \d", said) else read_price_change(said, around)
    if request is None or request.problem or request.pointer or request.left:
        return None
    return told(request, request.args["product"], was, around)


def asks_whether(text: str) -> bool:
    """Whether a change of price is asked about and not ordered."""
    return _change_asked_about(text) is not None


def told(request: PriceRequest, product: str, was: str | None, around: Surroundings) -> Plan:
    """How units of a product went with its price, for the change that is asked about."""
    name = _MINE.sub("", product)
    args: dict[str, Any] = {"department" if name.lower() in map(str.lower, around.departments) else "product": name}
    if "store" in request.args:
        args["stores"] = request.args["store"]
    change = _percent(request, was)
    if change is not None and 0 < abs(change) <= _MOST:
        args["price_change_pct"] = change
        return Plan(((ELASTICITY, args),), opening=YOURS)
    return Plan(((ELASTICITY, args),), opening=f"{YOURS} {_IN_PERCENT if change is None else _TOO_FAR}")


def _percent(request: PriceRequest, was: str | None) -> float | None:
    if "percent" in request.args:
        return float(request.args["percent"])
    before = float(re.sub(r"[^\d.]", "", was.replace(",", "."))) if was else 0
    return round((float(request.args["price"]) / before - 1) * 100, 1) if before else None


def _change_asked_about(text: str) -> tuple[str, str | None] | None:
    """The change as one would order it, without the price before it, and that price; None where none is asked about."""
    lead = _ASKED.match(text)
    if lead is None or not _OF_MONEY.search(text) or (_DECIDED.match(text) and "?" not in text):
        return None
    rest = _DOING.sub(lambda found: _VERBS.get(found["verb"].lower(), found["verb"]), text[lead.end() :].strip())
    found = _FROM.search(rest)
    return (rest[: found.start()] + rest[found.end() :], found["was"]) if found else (rest, None)


def _of_two_depths(text: str, around: Surroundings) -> Plan | None:
    """“20 % or 30 % off yogurt”: what discounts of each depth left."""
    reading = Reading.of(text)
    if not _OF_DEPTHS.search(reading.text) or reading.take(_TWO) is None:
        return None
    best = reading.take(_BEST_SELLING)
    slots = take_slots(reading, around, _CLAIMED)
    if slots.unknown or not (slots.product or slots.department):
        return None
    aside = f"\n{without(best[0])}" if best else ""
    return Plan(((DEPTHS, slots.args("period", "stores", "product", "department")),), opening=f"{_IN_BANDS}{aside}")
