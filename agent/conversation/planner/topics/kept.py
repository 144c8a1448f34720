"""Questions about customers of one period and a later one: who came again, who did not, how many stopped since then."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

KEPT = "customers_kept"
_WHO = r"(?:customers?|shoppers?|households?|members?|buyers?|people|famil(?:y|ies)|who)"
_DID = r"(?:bought|shopped|came|purchased|visited|spent|were active|active|buy|shop|come|visit)"
_NOT = r"(?:not|n't|never|no longer|without|nothing)"
_BUT_NOT = re.compile(
    rf"\b{_WHO}\b.*\b{_DID}\b.*\b(?:but|and|yet) (?:did |have |has |were )?{_NOT}\b|\b{_WHO}\b.*\b{_DID}\b.*\b(?:but"
    rf"|and|yet) (?:did|have|has|were|was|are)(?:n't| not)\b|\b(?:of|from) .*\b{_WHO}\b.*\b(?:did|have|has)(?:n't"
    r"| not) (?:come|shop|buy|return|visit|been|bought)\w*"
)
_AGAIN = re.compile(
    rf"\b(?:how many|what share|what percent\w*|which|share|percent\w*|%|number)\b.*\b{_WHO}\b.*\b(?:came back"
    "|come back|came again|returned|bought again|shopped again|also (?:bought|shopped|came|visited)|(?:were "
    rf"|are )?(?:kept|retained)|stayed|shopped|bought|came)\b|\b{_WHO}\b.*\b{_DID}\b.*\bin both\b"
    r"|\bretention (?:rate )?(?:from|between)\b"
)
_STOPPED = re.compile(
    rf"\b{_WHO}\b.*\b(?:stopped|quit|ceased)(?: (?:coming|buying|shopping|visiting))?\b.*\b(?:since|after|in)\b"
    rf"|\b{_WHO}\b.*\b(?:lost|left|los(?:e|ing))\b.*\b(?:since|between|from)\b|\b(?:lost"
    rf"|losing) (?:\w+ )?{_WHO}\b.*\b(?:since|between)\b|\b{_WHO}\b.*\b(?:have|has|did)(?:n't| not) (?:come|shopped"
    r"|bought|been|visited|come back|returned|shop|buy)\b.*\bsince\b"
)
_SINCE = re.compile(r"\bsince (?:the )?(?P<month>january|february|march|april|may|june|july|august|september|october"
                    r"|november"
                    r"|december)\b")  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:new|first[- ]time|coupons?|campaigns?|redeem\w*|segments?|cohorts?|at risk|per (?:customer|household)"
    r"|average|avg|spend (?:more|less)|both stores|within \d+|names?|e-?mails?|top \d+|acquired|joined|first bought"
    r"|first purchase)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_WHO}|{_DID}|{_NOT}|but|and|yet|did|didn't|have|haven't|has|hasn't|were|weren't|was|are|come|came|back"
    r"|again|return\w*|also|kept|retain\w*|retention|rate|stayed|lost|losing|left|stopped|quit|ceased|coming|buying"
    r"|shopping|visiting|churn|attrition|lapse|lose|got|customer|loss|losses|been|both|how|many|much|share|percent\w*"
    "|number|count|of|from|in|since|then|anything|our|the|that|those|which|what|spend|spending|only|them|any|with us"
    r"|there|between|to|known|active|list|show|me|is|do|us)(?!\w)|%|'s\b"
)
_CHURN = re.compile(
    r"\b(?:churn rate|attrition rate|rate of churn|(?:did|have) we (?:lose|lost) (?:any |many |more "
    r"|some )?(?:customers|households|shoppers))\b|\b(?:how many|what (?:share|percent\w*) of(?: our)?"
    rf"|which) (?:{_WHO}) (?:did|have|do) we (?:lose|lost)\b|\b(?:how many|what (?:share"
    rf"|percent\w*) of(?: our)?) {_WHO} (?:were|was|got) lost\b|\b{_WHO} lost (?:in|during|last|this)\b|\blapse rate\b"
)
_RETENTION = re.compile(r"\b(?:retention rate|rate of retention)\b(?! (?:by|per|from|between|for each|of each))")
RETENTION = "Retention is taken as: bought in the {unit} before, and in this one again."
_AT_RISK = re.compile(r"\b(?:risk|predict\w*|likely|about to|who (?:is|are)|list|score|model)\b")
CHURN = (
    "Lost is taken as: bought in the {unit} before and not in this one. Over so short a time many have only not come "
    "yet; who is away longer than usual is in “customers at risk”."
)
_LOYAL = re.compile(rf"\b(?P<kind>loyal|regular|good|best|vip|core) (?={_WHO})")
ALL_KINDS = " I left out “{kind}”: these are all known customers, however much or often they bought."
SINCE = "“Since {month}” is taken as: came in the three months before {month}, and not from then on."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about customers of two periods; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole) or take_people(Reading(whole)):
        return None
    spans = list(dict.fromkeys(one.phrase for one in periods(reading)))
    stopped, remark = _STOPPED.search(whole) is not None, ""
    if stopped and len(spans) == 1 and (since := _SINCE.search(whole)) is not None:
        month = _MONTHS.index(since["month"])
        first = _MONTHS[month - 3] if month >= 3 else _MONTHS[0]
        if month == 0:
            return None
        before = _MONTHS[month - 1]
        spans = [f"{first} to {before}" if first != before else before, f"since {since['month']}"]
        remark = SINCE.format(month=since["month"].title())
    elif (churn := _CHURN.search(whole) or _RETENTION.search(whole)) and not _AT_RISK.search(whole) and len(spans) <= 1:
        later = spans[0] if spans else "last month"
        earlier = _before(later)
        if earlier is None:
            return None
        said = RETENTION if "retention" in churn[0] else CHURN
        spans, remark = [earlier[0], later], said.format(unit=earlier[1])
    elif len(spans) != 2 or not (_BUT_NOT.search(whole) or _AGAIN.search(whole) or stopped):
        return None
    if not remark and _recent(spans[0]) < _recent(spans[1]):
        spans.reverse()
    if remark and (kind := reading.take(_LOYAL)) is not None:
        remark += ALL_KINDS.format(kind=kind["kind"])
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit or split_left(reading):
        return not_understood(slots.unknown or split_left(reading) or "that number")
    shared = {"period": spans[0], "later": spans[1], **slots.args("stores", "product", "department")}
    return calls_for(KEPT, shared, [], remark)


def _before(phrase: str) -> tuple[str, str] | None:
    """The period before another, and what kind of period it is; None where that is not plain."""
    plain = re.sub(r"^(?:the |in )", "", phrase).removesuffix(" so far")
    if (found := re.fullmatch(r"(?:last|previous|past) (week|month|quarter)", plain)) is not None:
        return f"the {found[1]} before last", found[1]
    if (found := re.fullmatch(r"(?:this|current) (week|month|quarter)", plain)) is not None:
        return f"last {found[1]}", found[1]
    if (found := re.fullmatch(r"q([2-4])", plain)) is not None:
        return f"q{int(found[1]) - 1}", "quarter"
    if plain in _MONTHS[1:]:
        return _MONTHS[_MONTHS.index(plain) - 1], "month"
    return None


def _recent(phrase: str) -> int:
    """How far back a phrase lies beside another of its kind: this before last before the one before."""
    if re.search(r"\bbefore last\b|\bbefore\b", phrase):
        return 3
    if re.search(r"\b(?:last|previous|prior|past)\b|\byesterday\b", phrase):
        return 2
    if re.search(r"\b(?:this|current|today|since|so far)\b", phrase):
        return 1
    month = next((number for number, name in enumerate(_MONTHS) if name[:3] in phrase), None)
    return 0 if month is None else 100 - month
