"""Behind how far off the outlook was: too high or too low, whether always, and of one department alone."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

ACCURACY = "outlook_accuracy"
_WAY = r"(?:(?:too )?(?:high|low|much|little|optimistic|pessimistic)|over|under|above|below|up|down)"
_WHICH_WAY = re.compile(
    rf"{LEAD}(?:(?:is|was|were|are) (?:it|that|you|they|we) )?(?:mostly |usually |mainly )?{_WAY} or {_WAY}"
    rf"(?: (?:then|there|mostly|mainly))*\W*$|{LEAD}(?:(?:in|off) )?(?:which|what) (?:way|direction)(?: (?:is"
    rf"|was) (?:it|that"
    r"))?(?: off)?\W*$"
)
_ALWAYS = re.compile(
    rf"{LEAD}(?:is|was|were|are|does|do|has|have) (?P<of>[a-z][\w&' -]{{1,30}}?) (?:always|usually|often|ever"
    rf"|regularly"
    rf"|consistently|every week)(?: been| run)?(?: (?:too|that|so|this|as))*(?: (?:far off|off|wrong|bad"
    rf"|inaccurate|{_WAY}"
    r"))?(?: (?:there|here|for (?:it|that)))*\W*$"
)
_EVERY_WEEK = re.compile(
    rf"{LEAD}(?:is (?:it|that) |are you )?(?:like (?:that|this) |that (?:far )?off |so (?:far )?off )?"
    r"(?:always|every (?:week|time)|each week|usually)\W*$"
)
_SO_FAR_OFF = re.compile(
    rf"{LEAD}(?P<of>[a-z][\w&' -]{{1,30}}?)(?:'s| is| was| being)? (?:at )?(?:(?:by )?\d{{1,3}} ?(?:%|percent)"
    rf"|that far"
    r"|so far|that much|way|that|a lot) off\b(?: .{0,40})?\W*$"
)
_IT = frozenset({"it", "that", "this", "they", "you", "we", "your forecast", "the forecast"})
_OFTEN = "last 8 weeks"


def read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The call such words mean; None for every other message, and behind every other answer."""
    if last.name != ACCURACY:
        return None
    if _EVERY_WEEK.match(plain):
        return Plan(((ACCURACY, {**last.args, "period": _OFTEN}),))
    if _WHICH_WAY.match(plain):
        return Plan(((ACCURACY, dict(last.args)),))  # it tells the bias beside the error
    always = _ALWAYS.match(plain)
    found = always or _SO_FAR_OFF.match(plain)
    if found is None:
        return None
    days = {"period": _OFTEN} if always else {}
    if found["of"] in _IT:
        return Plan(((ACCURACY, {**last.args, **days}),)) if always else None
    reading = Reading.of(found["of"])
    departments = take_departments(reading, around)
    stores = None if departments else take_stores(Reading.of(f"at {found['of']}"), around)
    if len(departments) + bool(stores) != 1 or (departments and reading.rest()):
        return None
    part = {"department": departments[0]} if departments else {"stores": stores}
    kept = {key: value for key, value in last.args.items() if key not in ("by", "limit", "order", "product")}
    return Plan(((ACCURACY, {**kept, **days, **part}),))
