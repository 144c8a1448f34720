"""Questions about the list of tasks: which are open, late or done, whose, how many of each, and what was completed."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

TASKS = "store_tasks"
KINDS = (
    (re.compile(r"re-?stock|replenish|refill|fill up|top up"), "restock"),
    (re.compile(r"price (?:check|tags?|labels?)|check (?:the )?(?:prices|tags|labels)"), "price_check"),
    (re.compile(r"clean|mop|sweep|wipe|tidy"), "cleaning"),
    (re.compile(r"displays?|end ?caps?|planograms?|facing|signage"), "display"),
)
_MENTIONS = re.compile(r"\b(?:tasks?|to-?dos?|to-do list|my list)\b")
_ABOUT = re.compile(
    r"\b(?:open|outstanding|overdue|late|unassigned|assigned|done|finished|completed|completion|closed|by|per|due|my|store|today'?s"
    "|on my list|which|what|list|show|how many|any|restocking|count(?:ing)?|cleaning|by type|urgent|pressing"
    r"|important|top|next|number)\b"
)
_WRITES = re.compile(r"\b(?:mark|close|complete|finish|cancel|delete|reopen)\b(?! of\b)")
_DONE = re.compile(r"\b(?:done|finish(?:ed)?|completed?|closed?)\b")
_CLOSES = re.compile(
    r"^\W*(?:please )?(?:complete|finish|close|mark|cancel|delete|remove|reopen) (?:the |my "
    r"|that )?(?:\w+ ){0,2}(?:task|to-?do)s?\b(?! list)"
)
NO_CLOSING = (
    "I cannot close tasks myself: press “Mark done” on the task’s card, or use `floorwalker tasks done ID`. I can "
    "show the list: “what is on my list today?”"
)


_PEOPLE = (
    r"(?:assignees?|owners?|employees?|associates?|people|persons?|(?:team )?members?|staff(?: members?)?|colleagues?"
    r"|managers?|teams?|roles?)"
)
_BY: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "store",
        re.compile(
            r"\b(?:by|per|for each|each|which|what|at each|in each|across) (?:the |our )?(?:stores?(?! tasks?)|shops?"
            r"|locations?|branch(?:es)?)\b"
        ),
    ),
    ("assignee", re.compile(rf"\b(?:by|per|for each|each|which|what) (?:the |our )?{_PEOPLE}\b|\bwho\b")),
)
_RATE = re.compile(
    r"\b(?:completion|complete|on[- ]time)(?: (?:rates?|percentages?|ratios?|share))\b|\b(?:share|percent(?:age)?"
    r"|proportion|fraction)\b|%|\b(?:done|finished|completed|closed)\b.{0,20}\b(?:on|in) time\b|\b(?:on|in) time\b"
    r".{0,12}\b(?:done|finished|completed|closed)\b|\bcompletion\b|\brates?\b"
)
"""What share was completed, and how many in time, is told of tasks of every state."""
_SPLIT = re.compile(r"\b(?:by|per|each|which|for each) (?:the |our )?(?:district|day|week|month)\b")
_MOST = re.compile(r"\b(?:most|fewest|least|highest|lowest|best|worst)\b")
_NO_SPLIT = "They can be counted by type, by store or by whose they are; I do not add them up by district or day."
_FEWEST = re.compile(r"\b(?:fewest|least|lowest)\b")
_MOST_FIRST = "Whoever has most tasks stands first; the fewest are at the end of the table."
_WHOSE = re.compile(
    r"\b(?:and |with )?who (?!(?:has|owns|holds) (?:the )?(?:most|fewest|least)\b)"
    r"(?:owns?|has|holds?|is (?:on|doing|assigned(?: to)?)|does)(?: them| it| each(?: of them)?"
    r"| those)?\b"
)
_FIRST = re.compile(
    r"\b(?:the )?(?:top |next |first )?(?P<n>\d{1,2}|one|two|three|four|five|six|ten)?(?: of the)? ?(?:most "
    r"|more )?(?:urgent|pressing|important|critical)(?: ones?)?\b|\b(?:the )?(?:top|next|first|oldest) (?P<m>\d{1,2}"
    r"|one|two|three|four|five|six|ten)(?: ones?)?\b|\b(?:by|in order of) (?:priority|urgency|due date)\b"
    r"|\bdue (?:first|next(?! (?:week|month|weekend|quarter|few|\d))|soonest)\b"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_ONLY_BY = (
    "Tasks can be had by store, by type, by whose they are, by state (open, overdue, done) and as “my tasks”, but not "
    "by “{said}”; the list names the place and the person of each."
)
_AGE = re.compile(
    r"\b(?:and )?(?:(?:for )?how long (?:have|has|had|are|were|is)(?: (?:they|it|these|those))?(?: all)?(?: been)?"
    r"(?: (?:open|waiting|there|on the list|outstanding|overdue))?|how (?:old|many days old) (?:are"
    r"|is)(?: they)?|(?:the )?"
    r"(?:age|ageing|aging)(?: of)?|since when(?: are they open)?|(?:the )?(?:oldest|newest|longest open) first"
    r"|by age|days open)\b"
)
NO_AGE = "When a task was put on the list is not told; those due first stand first."
_LIST_WORDS = re.compile(
    r"\b(?:tasks?|to-?dos?|to-do list|list|open|outstanding|overdue|late|unassigned|assigned|done|finished|completed"
    "|closed|cancelled|pending|remaining|incomplete|due|today'?s?|tonight|my|me|store|stores|versus|vs|totals?|count"
    r"|counts|by type|types?|restock\w*|replenish\w*|count(?:ing)?|clean\w*|price[- ]check\w*|displays?|active|current"
    "|currently|still|need|needs|help|have|has|not|yet|finish|get|got|did|status|summary|progress|high|priority"
    r"|urgent|aisle|work|complete|being|to do|percent\w*|how many|left|number|numbers|of|tell|give|owns?|owner"
    r"|owners)\b|%"
)


def listed(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about the list of tasks; None for every other."""
    reading = Reading.of(text)
    if reading.find(_CLOSES):
        return Plan(text=NO_CLOSING)
    if not reading.find(_MENTIONS) or not reading.find(_ABOUT):
        return None
    line = reading.text
    if re.search(r"\b(?:shopping|price|customer|mailing|product) list\b|\bplanogram|\bcheck ?list", line):
        return None
    if _WRITES.search(line) and not re.match(r"\W*(?:what|which|how|show|list)", line):
        return Plan(text=NO_CLOSING)
    args = _wanted(line)
    if (first := reading.take(_FIRST)) is not None:
        # How many of them there are is in the answer; those due first are named.
        number = first["n"] or first["m"]
        args["limit"] = _NUMBERS.get(number) or int(number) if number else 5
    remarks = _take_ways(reading, args)
    store = take_stores(reading, around)
    while any(reading.take(pattern) for pattern in (_RATE, _SPLIT, _MOST, _LIST_WORDS)):
        pass
    spans = [one.phrase for one in take_periods(reading) if not re.fullmatch(r"today|tonight|right now", one.phrase)]
    if spans:
        args["period"] = spans[0]
    left = leftover(reading, around, store_known=store is not None)
    if left and (left.unknown or left.goods):
        said = left.unknown or " ".join((left.goods.args() if left.goods else {}).values())
        return Plan(text=_ONLY_BY.format(said=said))
    if store or (left and left.store):
        args["stores"] = store or (left.store if left else None)
    return Plan(((TASKS, args),), " ".join(remarks))


def _take_ways(reading: Reading, args: dict[str, Any]) -> list[str]:
    """What tasks are counted by, and whether their completion is meant, put into ``args``; remarks on the rest."""
    remarks = []
    reading.take(_WHOSE)  # the list names the person of each
    if reading.take(_AGE) is not None:
        remarks.append(NO_AGE)
    by = next((name for name, pattern in _BY if reading.take(pattern)), None)
    if by:
        args["by"] = by
    if _SPLIT.search(reading.text) or any(pattern.search(reading.text) for _, pattern in _BY):
        remarks.append(_NO_SPLIT)
    if _RATE.search(reading.text):
        args["status"] = "all"
    if by and _FEWEST.search(reading.text):
        remarks.append(_MOST_FIRST)
    return remarks


def _wanted(line: str) -> dict[str, Any]:
    """Whose tasks, of which type and state, and due when."""
    args: dict[str, Any] = {}
    if re.search(
        (r"\bmy (?:open |overdue )?(?:list|tasks?|to-?dos?|to-do list)\b|\bfor me\b|\bassigned to me\b"),
        line,
    ):
        args["who"] = "me"
    elif (
        re.search(r"\bunassigned (?:\w+ ){0,2}tasks?\b|\btasks? (?:are|is|that are) (?:still |yet )?unassigned\b", line)
        and "versus" not in line
    ):
        args["who"] = "unassigned"
    if re.search(r"\b(?:overdue|late)\b", line):
        args["due"] = "overdue"
    elif re.search(r"\btoday\b|\btoday's\b|\btonight\b", line):
        args["due"] = "today"
    if _DONE.search(line):
        args["status"] = "done"
    for pattern, kind in (*KINDS, (re.compile(r"count(?:ing)?"), "count")):
        if re.search(rf"\b(?:{pattern.pattern})\w* tasks?", line):
            args["type"] = kind
    return args
