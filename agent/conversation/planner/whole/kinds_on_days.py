"""“Which age groups are underrepresented on weekends”: shares of kinds of households, on some days and on all.

Where the days are named, their shares stand beside those of all days; “weak days” are first found by weekday.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import SUMMARY, Plan
from agent.conversation.planner.plain_questions.plain_words import FRAME
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_recurring_days
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.whole.household_words import PEOPLE_GROUPS, WHO
from agent.conversation.surroundings import Surroundings

TOOL = "sales_breakdown"
_SHARE = re.compile(r"\b(?:under|over)[- ]?represent(?:ed|ation)\b")
_SOME_DAYS = re.compile(
    r"\b(?:on |during )?(?:our |the )?(?:weak|slow|quiet|low|bad|soft|poor|busy|strong|good|peak)(?:er"
    r"|est)?(?:[- ]sales)?"
    r" (?:sales )?(?:days?|week ?days?)(?: of the week)?\b"
)
_WORDS = re.compile(
    rf"{FRAME.pattern}|(?<![\w-])(?:{WHO}|segments?|kinds?|types?|groups?|visits?|trips?|transactions?"
    rf"|shoppers|our|days"
    r"|or|either|shop|shopping)(?![\w-])|[()]"
)
BESIDE = (
    "The share of each kind in the transactions of those days, and in those of all days: where the first is"
    " the smaller, "
    "it is underrepresented."
)
BY_WEEKDAY = (
    "Which days are weak is in the first answer; the second has the transactions of each kind by weekday, of which the "
    "share on a weak day can be held against that on the others."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for shares of kinds of households on some days; None for every other question."""
    reading = Reading.of(text)
    if reading.take(_SHARE) is None or names_the_future(reading.text):
        return None
    found = [name for name, pattern in PEOPLE_GROUPS if reading.take(pattern)]
    some, days = reading.take(_SOME_DAYS), take_recurring_days(reading)
    if len(found) != 1 or (some is None) == (days is None):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.limit:
        return None
    shared = {"metrics": ["transactions"], "period": "all time", **slots.args("period", "stores")}
    kind = {"by": found[0], "share": True, **shared}
    if days is not None:
        there = {**kind, "where": [{"dimension": "weekday", "values": [days]}]}
        return Plan(((TOOL, there), (TOOL, kind)), opening=BESIDE)
    first = {**shared, "by": "weekday", "metrics": ["net_sales", "transactions"]}
    return Plan(((SUMMARY, first), (TOOL, {**shared, "by": f"weekday, {found[0]}"})), opening=BY_WEEKDAY)
