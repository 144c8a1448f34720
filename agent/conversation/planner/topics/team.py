"""Who is scheduled and who is clocked in: “who is working tonight”, “show the schedule for tomorrow”, “who was late”.

Asked before the refusals about people, so it claims names and times alone: wages, reviews, notes and who worked most
stay with them. Leave, sickness and swaps are recorded nowhere and stay with what is not recorded.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.staffing import EMPLOYED
from agent.conversation.surroundings import Surroundings

SCHEDULE, CLOCK = "team_schedule", "attendance"
OWN = (
    "I do not know which of the team you are at the till. Ask by the name there: “when does Ellis work next week?”, "
    "or for all: “show the schedule for tomorrow”."
)
_STAFF = r"(?:people|persons?|staff|employees?|associates?|colleagues?|team members?|workers?|hands|of us)"
_ROLE = re.compile(
    r"\b(?P<role>cashier|manager|supervisor|lead|key ?holder|barista|server|stocker|bagger|baker|butcher)s?\b(?! of\b)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = re.compile(
    r"\b(?:for |on |during |over |in )?(?:the )?(?P<day>today|tomorrow|yesterday|(?:this |next |coming "
    rf"|last )?{_WEEKDAY}(?!,? (?:\d{{1,2}}\b|{_MONTH} \d))|(?:this|next|coming|last) (?:week|weekend|month)"
    rf"|the weekend|(?:next|last"
    rf"|coming) \d{{1,2}} days|rest of (?:the|this) week|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? 20\d\d)?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?"
    r"|\d{4}-\d{2}-\d{2})(?:'s)?(?!\w)"
)
_PART = re.compile(
    r"\b(?:(?:in|during|for) the |this |at )?(?P<part>morning|afternoon|evening|night"
    r"|tonight)(?:'s)?(?: shifts?)?(?!\w)"
)
_NOW = re.compile(r"\b(?:right now|now|currently|at the moment|at present|just now)\b")
_NOT_HERE = re.compile(
    r"\b(?:wages?|pay|paid|salar\w+|earn\w*|payroll|reviews?|coaching|disciplin\w+|personnel|records?|notes?|files?"
    r"|phones?|e-?mails?|address\w*|birthdays?|performance|sales|sold|sell\w*|voids?|refunds?|rang|discounts?|overtime"
    r"|sick|vacation|leave|time off|day off|days off|pto|swaps?|availab\w*|breaks?|labou?r|most|fewest|least|longest"
    "|busiest|need|needs|enough|should|more|extra|costs?|customers?|shoppers?|visitors?|tasks?|open(?:ed)? on"
    r"|open(?:ed|s|ing)? (?:(?:the|our|my|up|store|shop) )*late|(?:open|un-?filled|uncovered|empty) shifts?|promo\w*"
    r"|price\w*|publish\w*|add|put|create|move|cancel|remove|plan|deliver\w*|orders?|report every|every|conflict\w*"
    r"|clash\w*|overlap\w*)\b"
)
_LATE = re.compile(
    rf"\b(?:who|which {_STAFF}|anyone|anybody|any {_STAFF}|someone|somebody)(?: \w+){{0,3}} (?:late|tardy)\b"
    rf"|\bwho(?:'s| is| was| were| has| came| clocked| arrived| started| punched)(?: \w+){{0,2}} late\b"
    r"|\blate (?:clock-?ins?|arrivals?|starts?|punch(?:es|-?ins?)?)\b|\bno[- ]?shows?\b|\btardiness\b"
    r"|\bwho (?:did not|didn'?t|has not|hasn'?t|have not|haven'?t|never) (?:show(?:ed)?(?: up)?|come in|came in"
    r"|turn(?:ed)? up|clock(?:ed)? in|arrived?)\b|\bwho (?:missed|skipped) (?:their|his|her|a|the) shifts?\b|\b(?:did"
    r"|has|have) (?:everyone|everybody|all (?:the )?\w+|the whole team) (?:show(?:n|ed)? up|come in|turn(?:ed)? up"
    r"|clock(?:ed)? in|arrived?)\b"
)
_ON_NOW = re.compile(
    rf"\b(?:who|which {_STAFF}|how many {_STAFF})(?:'s| is| are| has| have)?(?: actually| already| still| currently)?"
    rf" (?:clocked[- ]?in|on the clock|punched in|clocked on)\b|\b(?:clocked[- ]in|on the clock) {_STAFF}\b"
    rf"|\b(?:who|which {_STAFF}) (?:has(?:n't| not)|have(?:n't| not)|has yet to|is yet to) (?:yet )?clock(?:ed)? out\b"
)
_WORKING = re.compile(
    rf"\b(?:who|which {_STAFF}|how many {_STAFF})(?:'s| is| are|'ll be| will be)?(?: currently| still"
    r"| all)? (?:working|work|on shift|on duty|on the floor|on(?= now|\W*$| right now| today| tonight| tomorrow"
    r"| at\b)|in(?= now| today| tonight| tomorrow| on|\W*$)|here(?= now| today|\W*$))\b"
)
_SCHEDULED = re.compile(
    rf"\b(?:who|which {_STAFF}|how many {_STAFF}|what {_STAFF})(?:'s| is| are|'ll be| will be"
    "| will)?(?: be)? (?:scheduled|rostered|on the (?:schedule|rota|roster)|opening|closing|covering|opens?|closes?"
    r"|works?|coming in|down to work|due in)\b|\bwho(?:'s| is| are| has| have| got| does)(?: on| got"
    r"| doing)? (?:the )?(?:opening|closing|night|morning|evening|late|early|day) shift\b|\bwho (?:do|will) (?:i"
    r"|we) have (?:on|in|working)\b|\b(?:hours|shifts) (?:are )?(?:scheduled|rostered)\b|\b(?:scheduled"
    r"|rostered) (?:hours|shifts|staff|people)\b|\b(?:show|see|what(?:'s| is)|whats|give|list|pull up|display|get"
    "|tell)(?: me| us)?(?: everyone'?s| everybody'?s| the| our| this| that"
    r"| today's)*(?: \w+(?: \w+)?(?:'s)?)? (?:staff |work |team |employee |shift )*(?:schedules?|rota|roster|shifts"
    r"|staffing schedule)\b|^\W*(?:the |our )?(?:\w+'?s? )?(?:staff |work |team |employee |shift )*(?:schedules?|rota"
    r"|roster|shifts) (?:for|of|on|at|today|tomorrow|tonight|this|next)\b|\bwhat (?:does|do|will|is) (?:the |our |my )?"
    rf"(?:[\w']+ ){{0,2}}(?:staff |team )?(?:schedules?|rota|roster) (?:look|be) ?(?:like)?|^\W*(?:today|tomorrow"
    rf"|tonight)'?s (?:staff "
    r"|work |team |shift )*(?:schedules?|rota|roster|shifts)\b"
)
_WORKED = re.compile(
    rf"\b(?:who|which {_STAFF}) (?:worked|was working|were working|was (?:on (?:shift|duty|the (?:floor|till|register"
    r"|clock))|on(?=\W*$| yesterday| then| last| that)|in)|were (?:on (?:shift|duty)|in))\b|\bhours (?:worked"
    r" )?(?:by|per"
    r"|for each|of each"
    r"|for every) (?:each )?(?:person|employee|associate|team member|colleague|staff member|worker)\b"
    rf"|\bhow many hours did (?:each|every|all)(?: of the)? {_STAFF} (?:work|clock|put in)\b|\bhours (?:each"
    rf"|every) {_STAFF} worked\b|\btime ?sheets?\b"
    rf"|\b(?:did|has|have|was|were) (?:anyone|anybody|someone|somebody|any {_STAFF}) (?:work(?:ed|ing)?|clock(?:ed)? in"
    r"|on (?:shift|duty)|in)\b"
)
_PLANNED = re.compile(r"\b(?:scheduled|rostered|planned)\b")
_WORKLOAD = re.compile(
    r"\b(?:workload|(?:scheduled |rostered |planned )?(?:working )?hours|shifts)(?: (?:distribution|balance|split"
    r"|spread"
    r"|allocation)|(?: (?:is|are))? (?:distributed|spread|shared|split))(?: (?:of|among|across|between|over) (?:the "
    r"|my "
    r"|our )?(?:team|staff|people|employees))?\b"
)
"""How the hours of a schedule fall on people."""
_BY_PERSON = re.compile(
    r"\b(?:by|per|for each|of each|for every|each) (?:person|employee|associate|team member|colleague|staff member"
    r"|worker|cashier)\b"
)
_EMPLOYED = re.compile(r"\bwho works?\b")
_MINE = re.compile(
    r"\b(?:when|what (?:days?|hours?|time)) (?:do|am|will) i (?:be )?(?:work\w*|scheduled|on|next work)\b"
    r"|\bam i (?:working|scheduled|on shift|rostered)\b|\bmy (?:next |upcoming |own )*shifts?\b|\bdo i work\b"
)
_NAME = (
    r"(?!(?:the|this|that|it|we|they|you|i|our|my|any\w*|every\w*|some\w*|who|a|an|there|what|which|all|next|me|us|is"
    r"|are|was|were|does|did|show|list|see|give|get)\b)"
)
_PERSON = re.compile(
    r"\b(?:when|what (?:days?|hours?|time|shifts?)) (?:is|does|will"
    rf"|do) {_NAME}(?P<a>[a-z][a-z.'-]+(?: [a-z][a-z'-]+)?) (?:next )?(?:be )?(?:working|work|works|scheduled|on shift"
    rf"|rostered|have)\b|\b(?:is|does|will) {_NAME}(?P<b>[a-z][a-z.'-]+(?: [a-z][a-z'-]+)?) (?:be )?(?:working|work"
    rf"|scheduled|on shift|rostered)\b|\b{_NAME}(?P<c>[a-z][a-z.-]+(?: [a-z][a-z-]+)?)'s? (?:next "
    r"|upcoming )?(?:schedule|shifts?|rota)\b"
)
_NO_NAMES = frozenset(
    {"staff", "store", "team", "week", "month", "today", "tomorrow", "shift", "day", "shop", "employee"}
)
_WORDS = re.compile(
    rf"\b(?:who|which|how many|what|{_STAFF}|is|are|was|were|will|be|has|have|did|do|does|working|works?|worked"
    "|on shift|on duty|on the floor|on the clock|scheduled|rostered|schedules?|rota|roster|shifts?|staffing|staff"
    "|team|clocked|clock|in|out|yet|on|here|opening|closing|opens?|closes?|covering|coming|due|down to work|to work"
    "|punched|hours|hrs|by person|by|per|for each|of each|for every|each|person|employee|associate|team member"
    "|colleague|show|up|me|us|list|give|see|tell|get|display|pull|the|our|a|an|of|for|at|and|late|tardy|came|come"
    "|clock-?ins?"
    "|arrivals?|arrived|started?|starts|no[- ]?shows?|show|shown|showed|everyone'?s?|everybody'?s?|missed|skipped"
    "|their|doing|i|we|do|anyone|anybody|someone|somebody|turn(?:ed)?|not|actually|already|still|never|whole|all"
    r"|there|it|names?|please|with|times?|currently|time ?sheets?|punch\w*|when|next|that|tardiness|whos|whats|put in"
    r"|log\w*|planned|number|looks?|like|day by day|workload|distribut\w+|balance|spread|shared|split|allocation|among"
    r"|across|between|over|working)(?!\w)|'s\b|'ll\b|n't\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about who is, was or will be at work; None for every other."""
    whole = Reading.of(text).text
    if _MINE.search(whole) and not _NOT_HERE.search(whole):
        return Plan(text=OWN)
    if _NOT_HERE.search(whole):
        return None
    if _EMPLOYED.search(whole) and not (_DAY.search(whole) or _PART.search(whole)):
        return Plan(text=EMPLOYED)
    reading = Reading.of(text)
    day, part = reading.take(_DAY), reading.take(_PART)
    person = _person(reading)
    said = day["day"] if day else None
    args = _when(said, part["part"] if part else None)
    role = reading.take(_ROLE)
    if role:
        whole = whole[: role.start()] + "staff" + whole[role.end() :]
    calls = _calls(whole, args, said, person)
    if not calls:
        return None
    while reading.take(_NOW):
        pass
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or slots.product or slots.department
    if left:
        return not_understood(left)
    made: list[tuple[str, dict[str, Any]]] = []
    for tool, own in calls:
        shared = {"stores": slots.stores, "period": own.get("period") or slots.period, "job": role and role["role"]}
        if own.get("show") == "on_now":
            shared["period"] = None
        made += calls_for(tool, {**own, **shared}, []).calls  # type: ignore[arg-type]  # a plan's calls are pairs
    return Plan(tuple(made))


def day_said(text: str) -> dict[str, Any]:
    """The day and the part of it that a text names; nothing where it says more than that."""
    reading = Reading.of(text)
    day, part = reading.take(_DAY), reading.take(_PART)
    return {} if reading.rest() else _when(day["day"] if day else None, part["part"] if part else None)


def when_said(text: str) -> dict[str, Any]:
    """The first day and part of a day that a text names, whatever else it says; nothing where it names none."""
    reading = Reading.of(text)
    day, part = reading.take(_DAY), reading.take(_PART)
    return _when(day["day"] if day else None, part["part"] if part else None)


def _calls(whole: str, args: dict[str, Any], day: str | None, person: str | None) -> list[tuple[str, dict[str, Any]]]:
    """The tools that answer, with what is said of time and people; none for another subject."""
    over = day is not None and (day.startswith("last ") or day == "yesterday")
    if _LATE.search(whole):
        return [(CLOCK, {"show": "late", **args})]
    if person:
        return [] if over else [(SCHEDULE, {**args, "person": person})]
    if _WORKLOAD.search(whole):
        return _worked({**args, "by_person": None}) if over else [(SCHEDULE, {**args, "by_person": True})]
    planned, clocked = _SCHEDULED.search(whole), _ON_NOW.search(whole)
    if clocked and not over and not _part_said(args):
        both = [(SCHEDULE, {"period": "today"})] if _PLANNED.search(whole) else []
        return [*both, (CLOCK, {"show": "on_now"})]
    if planned:
        return [(SCHEDULE, {**_edge(whole, args), "by_person": _by_person(whole)})]
    if _WORKING.search(whole):
        now = (_NOW.search(whole) or not args) and not over
        return [(CLOCK, {"show": "on_now"})] if now else [(SCHEDULE, args)] if not over else _worked(args)
    if _WORKED.search(whole):
        return [(SCHEDULE, {**args, "by_person": True})] if _PLANNED.search(whole) else _worked(args)
    return []


def _part_said(args: dict[str, Any]) -> bool:
    """Whether a part of the day was named."""
    return "time_of_day" in args


def _worked(args: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(CLOCK, {"show": "worked", **args})]


def _edge(whole: str, args: dict[str, Any]) -> dict[str, Any]:
    """Who opens and who closes are the first and the last shifts of the day, whatever part of it is said."""
    if re.search(r"\b(?:opening|opens?)\b", whole):
        edge = "opening"
    elif re.search(r"\b(?:closing|closes?)\b", whole):
        edge = "closing"
    else:
        return args
    return {**{name: value for name, value in args.items() if name != "time_of_day"}, "edge": edge}


def _by_person(whole: str) -> bool | None:
    return True if _BY_PERSON.search(whole) else None


def _when(day: str | None, part: str | None) -> dict[str, Any]:
    args: dict[str, Any] = {}
    if day or part:
        args["period"] = day or "today"
    if part:
        args["time_of_day"] = "evening" if part in ("night", "tonight") else part
    return args


def _person(reading: Reading) -> str | None:
    """A colleague's name, taken out as it was typed."""
    found = reading.find(_PERSON)
    if found is None:
        return None
    group = next(name for name in ("a", "b", "c") if found[name])
    said = reading.said(found.start(group), found.end(group)).removesuffix("'")
    if not said or any(word in _NO_NAMES for word in said.lower().split()):
        return None
    reading.blank(found.start(), found.end())
    return said
