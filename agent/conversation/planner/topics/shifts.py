"""Shifts to be given, swapped or filled: “assign Ada to Monday 9am”, “who can cover tonight?”, “any open shifts?”.

One shift for one person, with its times, is a proposal (see ``actions``). This is about the rest: what an order still
lacks, what is done in the scheduling of the point of sale and not here, and questions that a schedule alone cannot
answer, beside what it can say.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.topics import actions
from agent.conversation.planner.topics.team import CLOCK, SCHEDULE, when_said
from agent.conversation.surroundings import Surroundings

_DAYS = (
    "(?:today|tonight|tomorrow|(?:this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:this "
    "|next )?week(?:end)?)"
)
_JOB = (
    "(?:cashiers?|managers?|supervisors?|leads?|key ?holders?|stockers?|baggers?|bakers?|butchers?|closing|opening"
    "|evening|morning|afternoon|night|late|early|day|am|pm)"
)
_PEOPLE = r"(?:people|staff|employees?|associates?|colleagues?|team members?|workers?|cashiers?|managers?)"
_NAME = (
    "(?!(?:the|a|an|that|this|these|those|my|our|some|all|more|it|we|you|i|order|task|price"
    r"|stock)\b)(?P<who>[a-z][a-z'-]+(?: (?!(?:to|on|for|in|into|at|a|an|the)\b)[a-z][a-z'-]+)?)"
)
_GIVE = r"(?:put|assign|schedule|roster|add|book|slot)"
_STATION = (
    r"(?:shifts?|registers?|tills?|checkout|sales floor|floor|inventory|stock ?room|receiving|security|cash(?:ier)?)"
)
_BEGIN = r"^\W*(?:please |can you |could you |would you |i (?:want|need) (?:you )?to |let'?s )*"
_ASSIGN = re.compile(
    rf"{_BEGIN}{_GIVE} {_NAME} (?:to|on|for|in|into|down for)\b(?=.*(?:\bshifts?\b|\b{_DAYS}\b|\b\d{{1,2}} ?(?:am"
    r"|pm)\b))"
)
_AT_STORES = re.compile(rf"{_BEGIN}{_GIVE} {_NAME} (?:to|on|for|in|into|at|down for)\b(?=.*\b{_DAYS}\b)")
_AT_ONCE = re.compile(r"\b(?:both|two|2|all|several) (?:of )?(?:my |our |the )?(?:stores|shops|locations|branches)\b")
_TIMELESS = re.compile(
    r"\b(?:mornings?|afternoons?|evenings?|nights?|(?:(?:closing|opening|early|late|morning|afternoon|evening|night) "
    r"shifts?)|closings?|openings?|close|open)\b"
)
_SEVERAL_DAYS = frozenset({"week", "this week", "next week", "weekend", "this weekend", "next weekend"})
_GOODS = re.compile(
    r"\b(?:sale|display|promo\w*|mark ?downs?|discount\w*|specials?|offers?|orders?|end ?caps?|shelf|shelves)\b"
)
_ASSIGN_WHOM = re.compile(
    rf"{_BEGIN}(?:assign|schedule|roster) (?:them|him|her|it|this|that|these|those|someone|somebody)?(?: to (?:it|that"
    r"|this|them))?\W*$"
    rf"|{_BEGIN}(?:create|make|put in|add|book|plan|schedule|need) (?:me )?(?:an?|another|one|some) "
    rf"(?:(?:new|extra|additional"
    rf"|draft) )?(?:{_JOB} )?shifts?\b(?! for (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|this"
    r"|next|the |an? |one|\d)[a-z])"
)
_SWAP = re.compile(
    r"\b(?:swap|swapped|switch|trade|exchange)\b.*\b(?:shifts?|schedules?|with [a-z]+)\b|\bshift (?:swaps?|trades?"
    rf"|changes?)\b|{_BEGIN}(?:move|cancel|remove|drop|delete|change|take|unassign) (?:.+ )?(?:off "
    r"|from )?(?:[a-z]+'s |the |my |that )*(?:\w+ )?shifts?\b|\bgive away (?:my|a) shift\b"
)
_BUILD = re.compile(
    rf"{_BEGIN}(?:create|make|build|generate|write|plan|draft|auto-?fill|fill|optimi[sz]e|assign|publish|distribute"
    "|send out|post|duplicate|copy|repeat|roll over|reuse)(?: me)?(?: an?| the| all| our| next week's| "
    "this week's| last week's| my| open| best| optimal| draft"
    rf"| every)*(?: {_JOB}| staff| work| employee| team| labou?r| shift| week| weekly)* (?:schedules?|rota|roster"
    rf"|shifts)\b(?!.*\bfor [a-z]+ (?:on |from )?{_DAYS} .*\d)"
)
_AVAILABLE = re.compile(
    rf"\b(?:who|which {_PEOPLE}|anyone|anybody|someone|somebody)(?: else)?(?: is| are|'s)?(?: still)? (?:available"
    rf"|free|qualified|trained|able)\b|\b(?:who|which {_PEOPLE})(?: else)? (?:can|could|might|would) (?:work|cover"
    r"|come in|take|fill|step in|stand in|replace|swap|help out|pick up)\b|\b(?:is|are) [a-z]+ (?:available"
    rf"|free)\b(?= (?:on|to work|for|this|today|tomorrow|tonight|{_DAYS})| ?\W*$)|\b(?:can|could|will"
    rf"|would) [a-z]+ (?:work|cover|do"
    rf"|take|pick up|come in)\b(?=.*\b{_DAYS}\b)|\b(?:availability|available hours) (?:of|for) (?:the |our |my )?[a-z]+"
    r"|\bwhy (?:can'?t|can ?not|isn'?t|couldn'?t) [a-z]+ (?:work(?:ing)?|be scheduled|scheduled|available)\b"
    rf"|\b{_PEOPLE} availability\b|\bcan {_PEOPLE} (?:from|of) (?:other|another|different|nearby) (?:stores?"
    r"|locations?) (?:work|help|cover)|\bcalled? (?:in|out)? ?(?:sick|out)\b.*\bwho (?:can|could)\b|\b(?:find"
    r"|get)(?: me)? (?:coverage|cover|someone to cover|a replacement)\b"
)
_OPEN = re.compile(
    rf"\b(?:open|un-?assigned|un-?filled|uncovered|empty|vacant|unstaffed|unclaimed|available|(?:under|thinly|poorly"
    rf"|badly)[- ]?(?:covered|staffed)|short(?:[- ]staffed)?) (?:{_JOB} )?shifts?\b"
    r"|\bshifts? (?:that )?(?:are|is|still|not|remain\w*|without|need\w*|left)(?: (?:still|not|yet|needs?|to be"
    "|being))* (?:(?:under|poorly|thinly|badly)[- ]?(?:covered|staffed)|short(?:[- ](?:staffed|handed))?|open"
    "|un-?assigned|un-?filled|filled|covered|uncovered|empty|assigned|staffed|filling|covering"
    "|anyone"
    rf"|someone|somebody|anybody|{_PEOPLE})\b"
    rf"|\bhow many (?:{_JOB} )?shifts? (?:are|is|do we have|have we)\b(?=.*\b(?:open|filled|covered|assigned|left)\b)"
    r"|\b(?:shift|staff|team|labou?r|schedule) (?:coverage|cover)\b|\bcoverage (?:for|on|of|during)(?: all| every"
    rf"| each| the| my| our| this| next)* (?:{_JOB} )?(?:shifts?|{_DAYS})\b|^\W*coverage (?:gaps?|breakdown"
    r"|problems?)\b|\b(?:coverage|staffing|schedule) gaps?\b|\b(?:do|are|is|have) (?:we|i|the stores?|all|every"
    r"|there)\b.*\b(?:shifts?|days?|week) covered\b|\b(?:what|how)(?:'s| is) (?:the |our |my )?(?:shift )?coverage\b"
)
_MORE_HOURS = re.compile(
    rf"\b(?:who|which {_PEOPLE}) (?:needs?|wants?|could use|is short (?:of|on)|are short (?:of|on)|has too few"
    rf"|should get) (?:more )?hours\b|\b(?:who|which {_PEOPLE})(?: is| are|'s|s)? (?:under|over|below|above"
    rf"|short of) (?:their "
    r"|the )?(?:(?:contract\w*|target|weekly|max\w*|min\w*|agreed|planned|allotted|guaranteed|normal|usual"
    r"|full[- ]time) )*"
    rf"hours\b|\b(?:who|which {_PEOPLE}) (?:has|have|did|does|do)(?: not|n't)? (?:got |get |getting )?(?:enough"
    rf"|too few) hours\b"
)
_START = re.compile(r"\b(?:from |at )?(?P<start>\d{1,2}(?::\d{2})? ?[ap]m|\d{1,2}:\d{2})(?!\w)")
LACKS = "I can propose a shift for {who}{known}; I still need {missing}. Say it whole: {example}. Nothing was filed."
ONE_STORE = (
    "A shift is one person's, at one store, from when to when; for two stores say two orders, one after the other: "
    "“put {who} {on} from 9am to 5pm at {store}”. Nothing was filed."
)
WHOM = (
    "Who should get which shift? Say the person, the day and from when to when: “put Ellis on Saturday from 9 to 5 at "
    "Harbor Point”. Nothing was filed."
)
SWAPS = (
    "I do not swap, move or cancel shifts that are scheduled: that is done in the scheduling of the point of sale. I "
    "can propose to add one, “put Ellis on Saturday from 9 to 5 at Harbor Point”, and show who is scheduled, “show "
    "the schedule for Saturday”. Nothing was changed."
)
WHOLE = (
    "I do not plan or fill whole schedules. I can propose single shifts, “put Ellis on Saturday from 9 to 5 at Harbor "
    "Point”, publish a drafted one, and say when hands are needed: “what are my busiest hours and how should I staff "
    "them?”. Nothing was filed."
)
AVAILABLE = (
    "When people can work (their availability, days off and what they are trained for) is not in the data, so I "
    "cannot say who could take a shift. Who is scheduled is all that I know of it."
)
OPEN = (
    "Shifts that nobody has yet are named below, where the point of sale keeps them; how many people a day needs is "
    "not in the data, so whether all is covered I cannot say."
)
HOURS = "How many hours people want or are contracted for is not in the data; these are the hours worked, by person."


def read(text: str, around: Surroundings) -> Plan | None:
    """The plan for shifts that are no plain order or list; None for every other question."""
    whole = Reading.of(text).text
    if _ASSIGN_WHOM.search(whole):
        return Plan(text=WHOM)
    if _SWAP.search(whole):
        return Plan(text=SWAPS)
    if (order := _ASSIGN.search(whole)) and not _GOODS.search(whole) and actions.read(text, around) is None:
        return _assigned(text, order, whole, around)
    if _BUILD.search(whole):
        return Plan(text=WHOLE)
    if _MORE_HOURS.search(whole):
        return _scheduled(text, around, HOURS, tool=CLOCK)
    if _AVAILABLE.search(whole):
        return _scheduled(text, around, AVAILABLE)
    return _scheduled(text, around, OPEN) if _OPEN.search(whole) else None


def _scheduled(text: str, around: Surroundings, remark: str, tool: str = SCHEDULE) -> Plan:
    """Who is scheduled then and there (or has worked), with what that does not say."""
    reading = Reading.of(text)
    said = when_said(text)
    if tool == CLOCK:
        order = "most" if re.search(r"\b(?:over|above)\b", text.lower()) else "fewest"
        said = {"show": "worked", "period": said.get("period", "last week"), "order": order}
    store = take_stores(reading, around)
    return Plan(calls_for(tool, {**said, "stores": store}, []).calls, opening=remark)


def at_two_stores(text: str, around: Surroundings) -> Plan | None:
    """The sentence for an order of one person's shift at several stores; None for every other message."""
    reading = Reading.of(text)
    whole = reading.text
    order = _AT_STORES.search(whole)
    if order is None or _GOODS.search(whole) or (who := _person(text, order, whole)) is None:
        return None
    stores = take_stores(reading, around) or ""
    first, *more = stores.split(" and ")
    if not more and not _AT_ONCE.search(whole):
        return None
    store = first if more else around.stores[0].name if around.stores else "the first store"
    day = re.search(rf"\b{_DAYS}\b", whole)
    return Plan(text=ONE_STORE.format(who=who, on=_on(day[0] if day else None), store=store))


def _person(text: str, order: re.Match[str], whole: str) -> str | None:
    """Whom an order is for; None for something that is not about a person's work."""
    source = f" {tidy(text).rstrip(' ?.!')} "
    who = source[order.start("who") : order.end("who")] if len(source) == len(whole) else order["who"]
    if not (who[:1].isupper() or re.search(rf"\b{_STATION}\b", whole[order.end("who") :])):
        return None
    return who.title()


def _on(day: str | None) -> str:
    """The day of an example; a weekday where none is said, or several are."""
    said = day if day and day not in _SEVERAL_DAYS else "Saturday"
    return f"on {said.capitalize()}" if said.endswith("day") and said != "today" else said


def _assigned(text: str, order: re.Match[str], whole: str, around: Surroundings) -> Plan | None:
    """What an order for a shift still lacks; None for something that is not about a person's work."""
    if (who := _person(text, order, whole)) is None:
        return None
    day, start, part = re.search(rf"\b{_DAYS}\b", whole), _START.search(whole), _TIMELESS.search(whole)
    store = take_stores(Reading.of(text), around)
    one_day = day is not None and day[0] not in _SEVERAL_DAYS
    when = "until when" if start else f"from when to when (“{part[0]}” says no hours)" if part else "from when to when"
    missing = [*([] if one_day else ["the day"]), when]
    on = _on(day[0] if day else None)
    begun = start["start"] if start else "9am"
    place = f" at {store}" if store else ""
    known = (f" {on}" if one_day else f" {day[0]}" if day else "") + (f" from {begun}" if start else "") + place
    example = f"“put {who} {on} from {begun} to 5pm{place}”"
    return Plan(text=LACKS.format(who=who, known=known, missing=" and ".join(missing), example=example))
