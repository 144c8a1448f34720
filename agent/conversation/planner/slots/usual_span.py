"""What a question means that says no time: all the data where it asks about the data, else the usual days of its tool.

A manager who asks for “sales” means yesterday's, who asks for those of “lately” more than a day. Who asks to find a
total, what share of the transactions are returns, or how many there are in the data asks about all of it. The answer
says its days in any case.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import SHORTHANDS, periods

ALL_OF_IT = "all time"
_OF_A_DAY = frozenset({SUMMARY, "refunds_and_voids"})
"""Tools that mean yesterday, or a few days, where no time is said."""
_OF_THE_DATA = re.compile(
    r"\b(?:in|of|across|over|from|within|using) (?:all |the |our |this |your )*(?:(?:transactions?|sales|pos) )?"
    r"(?:data(?:set|base|frame)?|tables?|records?)\b"
    r"|^\W*(?:please )?(?:find|calculate|compute|determine|identify|count|extract|derive|work out)\b.*"
    r"\b(?:total|overall|number of|average|how many)\b"
    r"|^\W*count (?:the|all|up)\b"
    r"|\bhow many (?:of (?:the|our|all) )?(?:transactions|orders|receipts|baskets|sales) (?:are|include|contain|have)\b"
    r"|\b(?:what|which) (?:share|percent(?:age)?|proportion|fraction) of (?:the |our |all )*(?:transactions|orders"
    r"|receipts|baskets) (?:are|include|contain|have)\b"
)
_OF_THE_BUSINESS = re.compile(
    r"\b(?:today|now|so far|currently|at the moment|yet|usual(?:ly)?|typical(?:ly)?|normal(?:ly)?"
    r"|per (?:day|week|month)|a (?:day|week|month)|daily|weekly|monthly|average day|trend\w*|recent(?:ly)?|latest)\b"
)
_LATELY = re.compile(r"\b(?:lately|recently|of late|these days|(?<!most )recent)\b")
_LATE_DAYS = "last 4 weeks"
_BEFORE = re.compile(r"(?:the )?(?:previous|prior|preceding) (?P<unit>week|month|quarter|year)")


def in_its_unit(decided: Plan) -> Plan:
    """The plan with “the previous quarter” held against this one, and not a day of then against yesterday."""
    calls = []
    for name, args in decided.calls:
        before = _BEFORE.fullmatch(str(args.get("compare_to", "")))
        whole = name == COMPARE and before is not None and args.get("period") == "yesterday"
        calls.append((name, {**args, "period": f"this {before['unit']}"} if whole and before else args))
    return replace(decided, calls=tuple(calls))


def with_the_whole(asked: str, decided: Plan) -> Plan:
    """The plan over all the data, where the question asks about the data and no call says a time."""
    reading = Reading.of(asked)
    if not decided.calls or not _OF_THE_DATA.search(reading.text) or _OF_THE_BUSINESS.search(reading.text):
        return decided
    if periods(reading) or any(pattern.search(reading.text) for pattern, _, _ in SHORTHANDS):
        return decided
    if any(name not in _OF_A_DAY or args.get("compare_to") for name, args in decided.calls):
        return decided
    calls = tuple((name, args if args.get("period") else {**args, "period": ALL_OF_IT}) for name, args in decided.calls)
    return replace(decided, calls=calls)


def with_late_days(asked: str, decided: Plan) -> Plan:
    """The plan over some weeks, where “lately” is said, no time, and a call would tell a day alone."""
    reading = Reading.of(asked)
    if not decided.calls or not _LATELY.search(reading.text) or periods(reading):
        return decided
    calls = []
    for name, args in decided.calls:
        own = str(args.get("period", "today")) == "today" and not args.get("compare_to")
        held = {"compare_to": "period before"} if name == COMPARE else {}
        meant = own and (name in _OF_A_DAY or name == COMPARE)
        calls.append((name, {**args, "period": _LATE_DAYS, **held} if meant else args))
    return replace(decided, calls=tuple(calls))
