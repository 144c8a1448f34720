"""“Generate a reorder list”, “what should I order from Northway Meats?”: all that is due, or what a supplier brings."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.stock_words import LIST, REORDER
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family

_LISTS = (
    "(?:re-?order|ordering|replenishment|restock(?:ing)?|buying|purchasing) (?:lists?|reports?|suggestions?"
    "|recommendations?|proposals?|plans?|needs)|(?:suggested|recommended) (?:re-?orders?|orders?|purchase orders?"
    "|order quantit(?:y|ies)|purchases)|(?:purchase )?order (?:suggestions?|recommendations?)"
)
_CLAIM = re.compile(
    rf"\b(?:{_LISTS})\b|\b(?:below|under|at|hit|reached|past) (?:the |their |its )?re-?order (?:points?|levels?)\b"
    r"|\b(?:what|which \w+)(?: \w+)? (?:should|do|must|shall|can) (?:i|we) (?:need to |have to )?(?:re-?order|order"
    r"|buy|purchase|restock|replenish)\b|\b(?:what|which \w+) (?:needs?|have|has|must|should|shall) (?:to )?"
    r"(?:(?:be|get) )?(?:re-?order(?:ed"
    r"|ing)|order(?:ed|ing)|restock(?:ed|ing)|replenish(?:ed|ing))\b|\b(?:draft|create|make|generate|prepare|build"
    r"|suggest|propose) (?:me )?(?:an? |the |some )?(?:purchase )?orders?\b.*\b(?:low|below|running|needed"
    r"|re-?order point|due)\b"
)
_LIST = re.compile(rf"\b(?:{_LISTS})\b")
_HOW_MUCH = re.compile(
    r"^\W*how (?:much|many)(?: (?:units|pieces|cases|packs) of)? (?P<what>[\w &'%-]{2,40}?) (?:should|do|must"
    "|shall) (?:i|we) (?:need to |have to )?(?:re-?order|order|buy|restock)(?P<span> (?:for|until|through"
    r"|to cover) (?:the |this |next |coming )*(?:week|weekend|month|fortnight|\w+day|two weeks|holidays?"
    r"|\w+))?(?=\W*$| (?:at|in) )",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:before|by|until|till|ahead of|in time for) (?:the |this |next |coming )*(?:weekend|tomorrow|holidays?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|thanksgiving|christmas)\b"
)
DUE_NOW = "The list has what is due now, with the lead time of each supplier; it is not cut to “{span}”."
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "twenty": 20}
_BEST = re.compile(
    r"\b(?:the |our |my |each of (?:the |our |my )?)?(?:(?:top|best|number one|no\.? ?1|biggest|hottest|fastest)[- ]"
    rf"(?:(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)}) )?(?:selling |sold |moving )?(?:products?|items?|skus?|sellers?|lines?"
    r"|goods)|(?P<m>\d{1,2}) best[- ]?sellers|best[- ]?sellers?)\b"
)
_TO_ORDER = re.compile(
    r"\b(?:how (?:many|much)|what quantity|order quantit\w+|quantit\w+|units? of|(?:should|do|must|shall) (?:i|we)"
    r"|need(?:s|ed)? to)\b.*\b(?:re-?order|order|buy|restock|replenish)\b|\bre-?order (?:quantit\w+|amounts?"
    r"|suggestions?|advice) (?:for|of)\b|\b(?:re-?order|order) how many\b"
)
_BELOW = re.compile(
    r"^\W*(?:which|what|how many|are|is|do|does|any|list|show)\b[^?]*\b(?:below|under|at|hit|reached|past) (?:the "
    r"|their |its )?re-?order (?:points?|levels?)\b"
)
"""“Which of my top 20 products are below their reorder point”: of those, and not of all."""
_PIECES = re.compile(r"\b(?:units|pieces|cases|packs)(?: of)?\b")
_OTHER = re.compile(
    r"\b(?:customers?|sold|sales|last (?:week|month)|yesterday|shoppers?|late|overdue|on order|in transit|why"
    r"|transfer\w*|forecast\w*)\b"
)
_FROM = re.compile(
    r"\b(?:from|for|with) (?:the |our |my )?(?:supplier |vendor )?(?P<name>[A-Z][\w&']*(?: (?:and |& "
    r"|of )?[A-Z][\w&']*)*)(?= (?:this|today|next|now)\b|\W*$)"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_LISTS}|(?:below|under|at|hit|reached|past) (?:the |their |its )?re-?order (?:points?|levels?)"
    "|draft|create|make|generate|prepare|build|suggest|propose|give|show|list|me|us|an?|the|some|any|what|which"
    "|should|do|must|shall|can|i|we|need|needs|to|have|has|be|re-?order(?:ed|ing)?|order(?:ed|ing)?|orders?|buy"
    r"|purchase|restock(?:ed|ing)?|replenish\w*|products?|items?|skus?|stock|inventory|goods|low|running|on|of|for"
    "|from|in|at|that|are|is|today|now|right now|this week|next week|this morning|tomorrow|our|my|all|everything"
    "|needed|due|more|first|urgently|soon|out|below|par|and|quantit(?:y|ies)|how much|how many|with|please|new|week"
    r"|weekly|daily|by)(?![\w-])|'s\b"
)
SPAN = (
    "The suggestion covers the lead time and the days until the next order, at the rate of the last weeks; it is not "
    "cut to “{span}”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a list of what is due to be ordered; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    if (one := _HOW_MUCH.search(text)) and one["span"]:
        what = one["what"].strip()
        if what not in ("it", "them", "that", "those", "more"):
            return _for_a_span(what, one["span"].strip(), text[one.end() :], around)
    best = reading.find(_BEST) if _TO_ORDER.search(whole) or _BELOW.search(whole) else None
    if best is not None and not _OTHER.search(whole.replace(best[0], " ")):
        return _of_best_sellers(best, reading, around)
    if not _CLAIM.search(whole) or _OTHER.search(whole):
        return None
    supplier = _supplier(text, reading, around)
    before = reading.take(_BEFORE)
    slots = take_slots(reading, around, _WORDS)
    if slots.product and not (_LIST.search(whole) and names_a_family(slots.product)):
        return None
    # What is due is due now, whatever span the orders are meant for.
    late = slots.period if slots.period not in ("today", "this week", "right now", "this morning") else ""
    if slots.unknown or late:
        return not_understood(slots.unknown or late or "")
    part = {"department": slots.product} if slots.product else {}
    remark = DUE_NOW.format(span=before[0].strip()) if before else ""
    return calls_for(LIST, {"supplier": supplier, **slots.args("stores", "department", "limit"), **part}, [], remark)


def _of_best_sellers(best: re.Match[str], reading: Reading, around: Surroundings) -> Plan:
    """“How many of the top product should I order”: what is due of the best seller, or of so many of them."""
    said = best["n"] or best["m"]
    several = re.search(r"s\b$", best[0].strip()) is not None
    count = _NUMBERS.get(said) or int(said) if said else 10 if several else 1
    reading.blank(best.start(), best.end())
    reading.take(_PIECES)
    slots = take_slots(reading, around, _WORDS)
    late = slots.period if slots.period not in (None, "today", "this week", "next week", "right now") else ""
    if slots.unknown or slots.product or late:
        return not_understood(slots.unknown or slots.product or late or "")
    return calls_for(LIST, {"best_sellers": count, **slots.args("stores", "department")}, [])


def _supplier(text: str, reading: Reading, around: Surroundings) -> str | None:
    """A name after “from” that is no store and no department, taken out."""
    found = _FROM.search(text)
    if found is None:
        return None
    name = found["name"]
    known = {store.name.lower() for store in around.stores} | {one.lower() for one in around.departments}
    if name.lower() in known or name.lower() in {"s" + str(number) for number in range(100)}:
        return None
    start = reading.text.find(name.lower())
    if start < 0 or not re.search(r"\bfrom\b", text[: found.start("name")]):
        return None
    reading.blank(start, start + len(name))
    return name


def _for_a_span(what: str, span: str, rest: str, around: Surroundings) -> Plan | None:
    """“How much cheese should I order for next week”: the advice is for the lead time and review, not cut to it."""
    reading = Reading.of(rest)
    store = take_stores(reading, around)
    if reading.rest():
        return not_understood(reading.rest())
    return Plan(((REORDER, {"product": what, **({"stores": store} if store else {})}),), SPAN.format(span=span))
