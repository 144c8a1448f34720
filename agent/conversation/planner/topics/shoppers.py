"""Questions about new and returning customers, as groups and never by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, together, without
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.came_first import take_first_bought
from agent.conversation.surroundings import Surroundings

SHOPPERS = "new_and_returning"
_PEOPLE = r"(?:customers?|shoppers?|buyers?|households?|members?|guests?|clients?|people|purchasers?)"
_OLD = r"(?:returning|repeat|existing|recurring|loyal|old)"
_CLAIM = re.compile(
    rf"\b(?:new|first[- ]time)(?: {_PEOPLE})? (?:vs\.?|versus|and|or|against|compared (?:to|with)) {_OLD}\b"
    rf"|\b{_OLD}(?: {_PEOPLE})? (?:vs\.?|versus|and|or|against|compared (?:to|with)) (?:new|first[- ]time)\b|\b(?:new"
    rf"|first[- ]time|returning|repeat|recurring) {_PEOPLE}\b|\brepeat (?:purchase |customer |buyer "
    rf"|purchasing )*rate\b|\b{_PEOPLE} (?:return|retention) rate\b|\bretention rate\b"
    rf"|\b{_PEOPLE}(?: \w+){{0,2}} (?:came|come|coming) back\b|\b{_PEOPLE} (?:who |that )?(?:returned|bought again"
    r"|shopped again)\b|\b(?:percent(?:age)?|share|proportion|fraction|%|how many)(?: of)?(?: our| the"
    rf"| all)* {_PEOPLE} (?:are|were|is|was) (?:new|{_OLD})\b"
)
_OTHER = re.compile(
    r"\b(?:who (?:are|is|were)|names?|list|e-?mails?|phone|segments?|cohorts?|churn\w*|at risk|lifetime|why|describe"
    r"|predict\w*|spend(?:ing)? (?:more|less)|spent (?:more|less)|top \d+|best|favou?rite|mailers?|coupons?|campaigns?"
    r"|refunds?)\b"
)
_WITHIN = re.compile(r"\b(?:with)?in(?:side)? (?P<days>\d{1,3}) (?P<unit>days?|weeks?|months?)\b(?! ago)")
_DAYS = {"day": 1, "week": 7, "month": 30}
_WORDS = re.compile(
    rf"\b(?:{_PEOPLE}|new|first[- ]time|{_OLD}|vs\.?|versus|against|compared|rates?|retention|came|come|coming|back"
    r"|returned|bought|shopped|again|purchas\w+|percent(?:age)?|share|proportion|fraction|%|split|ratio|mix|breakdown"
    "|number|count|are|were|was|first|repeated?|joined|started|who|that|in|of|acquire[d]?|gain(?:ed)?|revenue|sales"
    r"|from|got|get|win|won|visit(?:ed)?|once|more than once|twice)(?!\w)"
)
_FIRST = rf"(?:(?:brand[- ])?new|newly acquired|first[- ]time) {_PEOPLE}|first[- ]timers?|newcomers?"
_ONCE_MORE = (
    r"(?:comes?|came|coming) (?:back|again)|return(?:ed|s|ing)?(?! (?:rate )?(?:of )?(?:goods|items|customers))"
    r"|(?:bought|buy|buys|shop(?:s|ped)?|order(?:s|ed)?|purchased?|visit(?:s|ed)?) (?:from us )?again"
    r"|(?:second|another|repeat) (?:purchases?|visits?|orders?|trips?|time)"
    r"|re-?purchas\w+|retained|retention|stick(?:ing)? around|stuck around"
    r"|becom(?:e|es|ing) (?:regulars?|repeat|loyal|returning)|became (?:regulars?|repeat|loyal|returning)"
)
_OF_FIRST_TIMERS = re.compile(rf"\b(?:{_FIRST})\b.*\b(?:{_ONCE_MORE})\b|\b(?:{_ONCE_MORE})\b.*\b(?:{_FIRST})\b")
_BOTH_KINDS = re.compile(
    rf"\b(?:vs\.?|versus|against|compared)\b|\b(?:{_FIRST}) (?:and|or) (?:the )?{_OLD}\b|\b{_OLD}(?: {_PEOPLE})? (?:and"
    rf"|or) (?:the )?(?:new|first[- ]time)\b|\b{_PEOPLE} (?:are|were) (?:new|returning)\b"
)
_AGAIN_WORDS = re.compile(
    rf"{_WORDS.pattern}|\b(?:{_ONCE_MORE}|{_FIRST}|second|another|makes?|making|made|place[ds]?|within|after|their"
    r"|first|visits?|orders?|purchases?|percent|customers?|actually|ever|go on to|do|did|does|have|has|what|how|many"
    r"|much|us|to|we|our|a|an|the|us)(?!\w)"
)
_HOW_OFTEN = re.compile(
    r"\b(?:(?:at least |more than )(?:once|twice|two|three|four|five|\d+)(?: times| visits)?"
    r"|(?:two|three|four|five|\d+) times|twice)\b"
)
_LATELY = "last 6 months"
"""Who first came later has hardly had the time to come again."""
_SUBJECT = Subject(SHOPPERS, _WORDS, frozenset({"store", "day", "week", "month"}))


_USUAL = {"week": "last 12 weeks", "month": "last 6 months"}
_ACQUIRED = re.compile(
    rf"\b{_PEOPLE} (?:who (?:were |we )?|that (?:were |we )?|we )?(?:acquired|won|gained|joined|first (?:bought|came"
    r"|shopped|seen|visited|purchased)|who started)\b|\bacquired in\b"
)
_AGAIN = r"\b(?:still|came back|come back|coming back|again|return\w*|retain\w*|retention|stay\w*|kept|keep)\b"
_CAME_AGAIN = re.compile(rf"(?:{_ACQUIRED.pattern}).*{_AGAIN}|{_AGAIN}.*(?:{_ACQUIRED.pattern})")
_KEPT = re.compile(
    r"\b(?:still|retention|retained?|stay(?:ed|ing)?|active|keep|kept|cohorts?|return(?:ed)?|come|came|coming|back"
    r"|shop|shopping|shopped|buy|buying|bought|again|how well|did|do|we|the|customers|share|what|today|now|seen"
    r"|first|how many|of)\b"
)
COHORTS = "customer_cohorts"
_RETENTION = re.compile(r"\bretention\b")
RETURNING = (
    "That is how many of these customers had bought before, not how many of those before came again: for that name two "
    "periods, “how many of September's customers came back in October”, or ask for “customer retention by cohort”."
)
OF_A_MONTH = (
    "Each row is the customers who first bought in that month, each column how many of them bought again in a later "
    "one."
)


def _cohorts(reading: Reading, around: Surroundings) -> Plan | None:
    """Whether the new customers of a month came again: the cohort of that month, month by month."""
    first = take_first_bought(reading)
    slots = take_slots(reading, around, re.compile(f"{_WORDS.pattern}|{_KEPT.pattern}"))
    if slots.unknown or slots.product or slots.department:
        return None
    if first is None and slots.period:
        return None  # when they bought again, and not when they came first
    args = {"first_bought": first, **slots.args("period", "stores")}
    return calls_for(COHORTS, args, [], "" if first else OF_A_MONTH)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about new and returning customers; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _OTHER.search(whole):
        return None
    if _OF_FIRST_TIMERS.search(whole) and not _BOTH_KINDS.search(whole):
        return _first_timers(reading, around)
    if not (_CLAIM.search(whole) or _CAME_AGAIN.search(whole)):
        return None
    if _ACQUIRED.search(whole):
        return _cohorts(reading, around)
    args = _within(reading)
    decided = plan_for(replace(_SUBJECT, args=args), reading, around)
    remark = RETURNING if _RETENTION.search(whole) and decided and decided.calls else ""
    return decided and Plan(
        tuple((name, _with_a_span(said)) for name, said in decided.calls), together(decided.text, remark)
    )


def _within(reading: Reading) -> dict[str, Any]:
    """In how many days somebody has to come again."""
    within = reading.take(_WITHIN)
    return {"within_days": int(within["days"]) * _DAYS[within["unit"].rstrip("s")]} if within else {}


def _first_timers(reading: Reading, around: Surroundings) -> Plan | None:
    """Whether those who first bought in a period came again."""
    often = reading.take(_HOW_OFTEN)
    asked = Subject(SHOPPERS, _AGAIN_WORDS, _SUBJECT.splits, args={"first_time": True, **_within(reading)})
    decided = plan_for(asked, reading, around)
    if decided is None:
        return None
    opening = together(without(often[0]), decided.opening) if often else decided.opening
    calls = tuple((name, {"period": _LATELY, **said}) for name, said in decided.calls)
    return replace(decided, calls=calls, opening=opening)


def _with_a_span(args: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments with a period of several weeks or months where the split is by them and none was named."""
    usual = _USUAL.get(str(args.get("by")))
    return {"period": usual, **args} if usual else args
