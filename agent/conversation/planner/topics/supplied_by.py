"""“Who supplies our produce”, “which suppliers do we have”, “lead time of Northway Meats”."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

SUPPLIERS = "supplier_list"
_WHO = r"(?:suppliers?|vendors?|wholesalers?|distributors?)"
_CLAIM = re.compile(
    rf"\b(?:which|what|who are|list|show(?: me)?|how many|our|name|all)(?: \w+){{0,2}} {_WHO}\b(?! (?:is|are) (?:late"
    rf"|slow|best|worst))|^\W*{_WHO}(?: list)?\W*$|^\W*{_WHO} (?:for|of) |\bwho (?:supplies|delivers|provides|brings"
    rf"|do (?:we|i) (?:buy|get|order) .{{2,40}} from|(?:is|are) (?:the|our) {_WHO})\b|\bwhere (?:do|does) (?:we"
    rf"|our) (?:get|buy|order|source) .{{2,40}} from\b|\bwhere (?:does|do) (?:our |the )?.{{2,30}} come from\b"
    r"|\b(?:supplier |vendor |delivery )?lead times?\b|\b(?:order|ordering|delivery) days\b|\bminimum orders?\b"
    r"|\bwhen (?:can|do) (?:we|i) order from\b"
)
_OTHER = re.compile(
    r"\b(?:sales|sell\w*|margin\w*|profit\w*|perform\w*|reliab\w*|late|overdue|spen[dt]\w*|paid|pay|cost\w*|cheap\w*"
    r"|price\w*|best|worst|top|most|e-?mail|phone|contacts?|address\w*|call|invoice\w*|re-?order (?!days)\w+"
    r"|run(?:ning)? out|stock(?! from)\w*|transit|open orders?|purchase orders?|change|switch|add|delete|negotiat\w*"
    r"|customers? come|traffic|sales come|visitors|than|shorter|longer|arriv\w*|outstanding|quality|compare"
    r"|fill rate)\b"
)
_NAMED = re.compile(
    r"\b(?:of|for|from|does|do) (?P<name>[a-z][\w&' ]+?)(?: (?:supply|deliver|provide|bring)\w*)?(?: us)?(?=\W*$)"
)
_LONGEST = re.compile(r"\b(?:longest|long|slowest|highest|biggest|ranked by|rank(?:ed)?)\b|\bby (?=lead times?)")
_SHORTEST = re.compile(r"\b(?:shortest|short|fastest|quickest|lowest)\b")
_RELIABLE = re.compile(
    r"\b(?:fastest|slowest|quickest) (?:suppliers?|vendors?)\b|\b(?:which|what) (?:suppliers?|vendors?) (?:is|are"
    r"|delivers?) (?:the )?(?:fastest|slowest|quickest)\b"
)
_TIMES = re.compile(r"\blead times?\b|\bdays\b|\bminimum\b|\border from\b")
_PRICES = r"(?:(?:purchase|cost|unit|buying|wholesale) )?(?:prices?|costs?|quotes?)"
_SEVERAL = r"(?:multiple|several|two|different|more than one|many|various|at least two|2)"
_SIDE_BY_SIDE = re.compile(
    rf"\b{_SEVERAL} {_WHO}\b(?!.*\b(?:sales|sold|lead|late|orders?)\b)"
    rf"|\b(?:which|what) {_WHO} (?:is|are|sells?|charges?)(?: us| the)* (?:cheap\w*|least|less)\b(?! (?:rel\w+|on))"
    rf"|\b(?:which|what) {_WHO} (?:has|have|offers?|gives?)(?: us| the)* (?:cheap\w*|lowest|best|least"
    rf"|average )+ ?{_PRICES}\b"
    rf"|\bwho (?:sells?|supplies|delivers|charges)(?: us)?(?: .{{2,30}}?)? (?:the )?(?:cheap\w*|least|lowest)\b"
    rf"|\b(?:compare|comparison of|differ\w* (?:in|of)) .*\b{_PRICES}\b.*\b(?:by|per|across|between|among|from"
    rf"|of) .*{_WHO}"
    rf"|\b(?:compare|comparison of) (?:our |the |my )*(?:supplier|vendor)(?:s|'s|s')? {_PRICES}\b"
    rf"|\b(?:unit|purchase|cost|buying) (?:prices?|costs?)\b.*\b(?:by|per|across|between|for each|from each) {_WHO}"
    rf"|\bwhat (?:does|do) (?:each|every|all|our)(?: of our)? {_WHO} (?:charge|ask)\b"
    rf"|\b(?:which|what) {_WHO} (?:should|can) (?:i|we) (?:buy|order|get) .* from (?:for )?(?:the )?cheap\w*"
)
"""Asked for the purchase prices of suppliers beside each other."""
_OF_PRICES = re.compile(
    rf"\b(?:compar\w*|comparison|average|{_PRICES}|{_SEVERAL}|{_WHO}|cheap\w*|lowest|best|least|less|is|are|has|have"
    rf"|offers?"
    rf"|sells?"
    r"|charges?|gives?|us|who|which|what|available|same|different\w*|between|across|among|by|per|from|of|for|does|do"
    r"|each"
    r"|every|more|than|one|with|their|its|purchase|buying|buy|order|get|should|can|available|products?|items?|goods"
    r"|delivers?|suppl(?:y|ies|ied)|ask|side by side)(?!\w)"
)
_LEAD_TIMES = re.compile(r"\b(?:average |mean |typical |supplier |vendor |delivery |our )*lead[- ]times?\b")
_COURSE = re.compile(
    r"\b(?:trends?|trending|over time|history|development|month (?:over|by|on) month|(?:by|per|each"
    r"|every) (?P<step>week|month)"
    r"|monthly|weekly|(?:getting|become|becoming|gotten|got) (?:longer|shorter|worse|better)|chang(?:e|ed|ing)"
    r"|(?:in|de)creas(?:e|ed|ing)|improv(?:e|ed|ing)|worsen(?:ed|ing)?|creeping up)\b"
)
_SOLD = re.compile(r"\b(?:sales|sold|margin|price|prices|cost|costs|why)\b")
_OF_LEAD_TIMES = re.compile(
    rf"\b(?:{_WHO}|regions?|districts?|stores?|what|which|how|is|are|has|have|the|our|of|by|per|each|in|for|or|and"
    rf"|do|does|did"
    r"|show|me|average|been|across|all|with|from|at)(?!\w)"
)
_ALL_TOGETHER = (
    "The course of lead times is told for all orders together, by when they were placed; by supplier or store as"
    " they are:"
    " “lead time by supplier”."
)
_WORDS = re.compile(
    rf"\b(?:{_WHO}|who|which|what|list|show|how many|our|name|names|all|suppl(?:y|ies)|delivers?|delivery|provides?"
    "|brings?|buy|get|order|ordering|from|lead times?|days|minimum|orders?|where|does|do|come|source|is|are|of|for"
    r"|we|i|us|the|have|got|each|every|when|can|there|with|their|and|any|different"
    r"|replenishment|restock\w*|ordering|supplier|vendor|average|mean|typical)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about who supplies what; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _SIDE_BY_SIDE.search(whole):
        slots = take_slots(reading, around, _OF_PRICES)
        if slots.unknown or slots.period or slots.stores:
            return not_understood(slots.unknown or slots.period or slots.stores or "")
        return calls_for(SUPPLIERS, {"prices": True, **slots.args("product", "department")}, [])
    if (course := _lead_times_over_time(whole)) is not None:
        return _course_of_lead_times(reading, course["step"] or "month", around)
    if not (_CLAIM.search(whole) or _RELIABLE.search(whole)) or _OTHER.search(whole):
        return None
    if _RELIABLE.search(whole):
        return calls_for(SUPPLIERS, {"order": "longest" if "slowest" in whole else "shortest"}, [])
    named = _NAMED.search(whole) if _TIMES.search(whole) else None
    if named and not _is_a_part(named["name"], around):
        return calls_for(SUPPLIERS, {"supplier": reading.said(*named.span("name"))}, [])
    order = "longest" if reading.take(_LONGEST) else "shortest" if reading.take(_SHORTEST) else None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.period or slots.stores:
        return not_understood(slots.unknown or slots.period or slots.stores or "")
    return calls_for(SUPPLIERS, {"order": order, **slots.args("product", "department")}, [])


def is_claimed(whole: str) -> bool:
    """Whether a question is for purchase prices side by side or the course of lead times, whatever else it says."""
    return _SIDE_BY_SIDE.search(whole) is not None or _lead_times_over_time(whole) is not None


def _lead_times_over_time(whole: str) -> re.Match[str] | None:
    return _COURSE.search(whole) if _LEAD_TIMES.search(whole) and not _SOLD.search(whole) else None


def _course_of_lead_times(reading: Reading, step: str, around: Surroundings) -> Plan:
    """How long orders took to come, month by month; of each supplier it is told as it is."""
    apart = re.search(rf"\b(?:{_WHO}|regions?|districts?|stores?)\b", reading.text)
    for pattern in (_COURSE, _LEAD_TIMES):
        while reading.take(pattern):
            pass
    slots = take_slots(reading, around, _OF_LEAD_TIMES)
    if slots.unknown:
        return not_understood(slots.unknown)
    args = {"by": step, "rank_by": "lead_days", **slots.args("period", "stores", "product", "department")}
    told = calls_for("purchase_orders", args, [])
    return replace(told, opening=_ALL_TOGETHER) if apart else told


def _is_a_part(name: str, around: Surroundings) -> bool:
    """Whether a name after “of” is a department, or a word for all suppliers, rather than one of them."""
    plain = name.strip().lower()
    known = {one.lower() for one in around.departments}
    every = re.fullmatch(rf"(?:(?:our|the|each|all|every) )*{_WHO}", plain)
    return plain in known or plain.rstrip("s") in known or every is not None
