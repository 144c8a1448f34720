"""“Do I need more people on Saturday?”: what the data say of busy times and hours worked, and what they do not.

How many people a shift needs is nowhere in the data. The days and hours that are busy are, and so are the hours worked
on them; they are put side by side, and the decision stays with the manager. Asked before the refusals about people.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from agent.conversation.planner.outcome import CONDITIONS, SUMMARY, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused.refusals import STAFF
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.surroundings import Surroundings

PEAKS = "peak_times"
USUAL = "last 4 weeks"
_PEOPLE = (
    "(?:people|persons?|staff|hands|bodies|cashiers?|associates?|employees?|team members?|checkers?|baggers?|helpers?"
    "|clerks?|workers?|stockers?"
    "|coverage|help|crew)"
)
_KIND = r"(?!(?:did|do|does|were|was|came|visited|are)\b)[a-z]+"
_MORE = rf"(?:more|extra|additional|another|an extra|fewer|less|additional) (?:{_KIND} )?{_PEOPLE}"
_WE = r"(?:i|we|they|the stores?|this store|[a-z]+ [a-z]+)"
_NEED = re.compile(
    rf"\b(?:do|does|will|would|should|shall|must) {_WE} (?:really )?(?:need|want|have|get|call in|bring in|add"
    rf"|put(?: on)?|schedule|roster|plan)(?: for| in| on)?(?: any)? {_MORE}\b|\b(?:when|which days?|what days?"
    rf"|what time|which hours?|on what days?) (?:do|does|should|would|can|could|must) {_WE} (?:need|want|have|put|add"
    rf"|schedule|get|use|call in|bring in|roster|send|cut|let)(?: (?:on|in|the|home|most))* (?:{_MORE}"
    rf"|(?:the )?most {_PEOPLE}|(?:an? )?(?:extra |another )?{_PEOPLE}|hours)\b|\bhow many (?:more )?(?:{_KIND} )?"
    rf"{_PEOPLE} (?:do|does|will|would|should) {_WE} (?:need|have|put|schedule|want|plan)\b|\bhow many (?:more )?"
    rf"(?:{_KIND} )?{_PEOPLE} (?:should|must|need to|have to|ought to) (?:be|work)\b"
    rf"|^\W*{_PEOPLE} (?:needed|required)\b|\bhow much (?:labou?r|staff(?:ing)?"
    rf"|help) (?:do|does|will|would|should) {_WE} (?:need|have|want|plan)\b|\bhow (?:should|do|would) {_WE} (?:staff"
    r"|schedule|roster|plan (?:the )?(?:staff|shifts?))\b|\b(?:am i|are we|is (?:the store|[a-z]+ [a-z]+)|were we"
    rf"|was i) (?:over|under|short)[- ]?staffed\b|\b(?:will|do|did|have) (?:i|we) (?:have|be|got) enough {_PEOPLE}\b"
    r"|^\W*(?:is|are|will|was|were) (?:the |our |my |there )?(?:staffing|coverage|rota|schedule"
    rf"|{_PEOPLE})(?: levels?)?"
    r"(?: be)?(?: \w+){0,5}? (?:enough|sufficient|adequate|ok|okay|right)(?: \w+){0,3}\W*$"
    rf"|^\W*(?:is|are|will) there (?:be )?enough {_PEOPLE}\b|\bwhere (?:can|could|should) (?:i|we) (?:cut|save|trim"
    r"|reduce|add) (?:\w+ )?(?:labou?r|hours|staff\w*|shifts?)\b|\bstaffing (?:advice|recommendations?|suggestions?"
    r"|needs?|for (?:the |this )?\w+(?: \w+)?)\W*$"
)
_ON_DUTY = re.compile(
    r"\bwho (?:was|were) (?:on (?:the )?(?:shift|duty|floor|register|clock|till)|clocked in|in)\b(?=\W*$| (?:on|at"
    r"|last|yesterday|this|during)\b)|\bwho worked\b(?! (?:the )?(?:most|least|longest|fewest))"
    rf"|\bhow many {_PEOPLE} (?:was|were|worked|had|did)(?: \w+){{0,2}}? ?(?:on (?:the )?(?:shift|duty|floor|register"
    r"|clock|till)|working|in|work|worked|clocked in|on)\b(?=\W*$| (?:on|at|in|last|yesterday|this|during)\b)"
    rf"|\bhow many {_PEOPLE} (?:did we have|were there|worked)(?: on)?\b"
)
_RANKED = re.compile(
    rf"\bwho works?(?:ed)? (?:the )?(?:most|least|longest|hardest)\W*$|\b(?:who|which {_PEOPLE}) (?:worked|has|had|got"
    r"|did|clocked|put in) (?:the )?(?:most|fewest|least|longest|too many) (?:\w+ )?(?:hours|shifts|overtime|days)\b"
    r"|\b(?:hours|shifts|overtime) (?:worked )?(?:by|per|of each|for each) (?:employee|person|associate|cashier"
    r"|staff member|team member)\b"
)
_WEEKDAY = re.compile(
    r"\b(?:on |this |next |every |for |the )*(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)days?|week ?ends?"
    r"|weekdays?)\b"
)
_SPECIAL = re.compile(
    r"\b(?:thanksgiving|black friday|christmas|xmas|new year\w*|easter|super ?bowl|labou?r day|holidays?)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_PEOPLE}|staffing|coverage|rota|levels?|sufficient|adequate|right|big|large|strong|tomorrow|need|want"
    "|most|more|extra|additional|another|fewer|less|enough|on|in|schedule|roster|put|add|call|bring|cut|save|trim"
    "|reduce|labou?r|hours|shifts?|staff(?:ed|ing)?|over|under|short|overstaffed|understaffed|short-staffed|advice"
    "|recommendations?|suggestions?|needs?|when|which|what|days?|time|really|plan|who|was|were|worked|working|work"
    "|shift|duty|floor|register|clock|till|clocked|had|did|send|home|let|have|mornings?|afternoons?|evenings?"
    r"|nights?|lunch(?:es|time)?|dinner(?:time)?|breakfast|rush|opening|closing|needed|required|must|ought|there"
    r"|scheduled|person)\b"
)
_EMPLOYED = re.compile(
    r"^\W*(?:what(?:'s| is) )?(?:our |the |my )?(?:total |current )?head ?count\W*$|\bhow many (?:employees|associates"
    "|team members|staff(?: members)?|workers|people) (?:do (?:we|i)|does [a-z ]+?) (?:have|employ)(?: in total"
    r"| altogether| on (?:the )?(?:staff|payroll|team)| working (?:here|for (?:us|me)))?(?: (?:at|in) [a-z ]+)?\W*$"
    r"|\bhow many (?:people|employees) work (?:here|for (?:us|me)|at [a-z ]+)\W*$|\bwho(?:'s| is| are) (?:the |our "
    r"|my )?(?:store |district |shift |assistant |general |floor )*(?:managers?|supervisors?|team leads?|staff)\b"
    r"|\b(?:list|show(?: me)?|name) (?:all )?(?:of )?(?:the |our |my )?(?:employees|staff|team members|associates"
    r"|cashiers)\W*$|(?:\b(?:which|what|any) |^\W*)(?:stores?|shops?|locations?) (?:(?:currently )?(?:has|have|with"
    r"|that has|that"
    r" have) (?:currently )?(?:no|any|zero)|without(?: any)?) (?:staff(?: members)?|employees|associates)\W*$"
)
EMPLOYED = (
    "I keep no list of the people who work in the stores and do not say who they are. Hours worked and what they cost "
    "are known: “labour hours by store last week”, “labour cost last month”."
)
NOT_HEADS = (
    "Staff hours of an hour are the people on duty in it, on average; how many different people that were I do not "
    "count."
)
ADVICE = (
    "How many people a shift needs I cannot say: no rule for that is in the data. Above is when it is busy and how "
    "much was worked on each weekday; a day with high sales per labour hour has few hands for its trade, one with low "
    "sales per labour hour has many."
)
OF_NO_PART = "Hours worked are those of a whole store, not of one department."
SPECIAL = "{day} is not an ordinary day; last year's same day, where it is in the data, is the better guide."
NAMES = (
    "I name no single people; how many were there is in the answer above, and who rang up a void or a refund is in "
    "“show me every void last week”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about how many people are needed or were there; None for every other."""
    whole = Reading.of(text).text
    if _RANKED.search(whole):
        return Plan(text=STAFF)
    if _EMPLOYED.search(whole):
        return Plan(text=EMPLOYED)
    if _ON_DUTY.search(whole):
        return _on_duty(text, around)
    return _needed(text, around) if _NEED.search(whole) else None


def _needed(text: str, around: Surroundings) -> Plan | None:
    reading = Reading.of(text)
    special = reading.take(_SPECIAL)
    weekday = reading.take(_WEEKDAY)
    day = weekday["day"].replace(" ", "") if weekday else _tomorrow(reading, around)
    spans = [one.phrase for one in take_periods(reading)]
    past = next((one for one in spans if one.startswith(("last", "past", "this month", "this week"))), None)
    part = take_departments(reading, around)
    stores = _stores(reading, around)
    if stores is None:
        return None
    shared = {"stores": stores or None, "period": past or USUAL}
    peaks = calls_for(PEAKS, {**shared, "weekday": day}, [])
    worked = calls_for(
        SUMMARY, {**shared, "metrics": ["transactions", "labour_hours", "sales_per_labour_hour"], "by": "weekday"}, []
    )
    remark = f"{ADVICE} {SPECIAL.format(day=special[0].strip().capitalize())}" if special else ADVICE
    remark = f"{OF_NO_PART} {remark}" if part else remark
    return Plan((*peaks.calls, *worked.calls), remark)


def _tomorrow(reading: Reading, around: Surroundings) -> str | None:
    """The weekday that “tomorrow” is, where it is said."""
    if not re.search(r"\btomorrow\b", reading.text):
        return None
    try:
        return (date.fromisoformat(around.today) + timedelta(days=1)).strftime("%A").lower()
    except ValueError:
        return None


def _on_duty(text: str, around: Surroundings) -> Plan | None:
    reading = Reading.of(text)
    spans = [one.phrase for one in take_periods(reading)]
    stores = _stores(reading, around)
    if stores is None or len(spans) > 1:
        return None
    found = calls_for(CONDITIONS, {"stores": stores or None, "period": spans[0] if spans else None}, [])
    return Plan(found.calls, NAMES if re.search(r"\bwho\b", reading.source.lower()) else NOT_HEADS)


def _stores(reading: Reading, around: Surroundings) -> str | None:
    """The stores said, "" for none; None where words remain that nobody here understands."""
    stores = take_stores(reading, around)
    while reading.take(_WORDS):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    if left is not None and (left.unknown or left.goods):
        return None
    return stores or (left.store if left else None) or ""
