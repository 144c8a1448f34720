"""“Which promotions start next week”, “upcoming offers”, “what campaigns are planned”: by the day they start or end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

STARTING = "offers_starting"
_OFFER = r"(?:promos?|promotions?|offers?|deals?|specials|sales events?)"
_CAMPAIGN = r"(?:(?:marketing |mailing |direct[- ]mail )?campaigns?)"
_EITHER = rf"(?:{_OFFER}|{_CAMPAIGN})"
_TO_COME = r"(?:upcoming|coming|future|planned|scheduled|forthcoming)"
_BEGIN = (
    r"(?:starts?|starting|started|begins?|beginning|began|kicks? off|kicking off|kicked off|launch(?:es|ing|ed)?"
    r"|go(?:es)? live|going live|went live|coming(?: up| soon)?|come up|comes up|planned|scheduled|lined up|to come)"
)
_FINISH = r"(?:ends?|ending|ended|expires?|expiring|expired|finish(?:es|ing|ed)?|runs? out|running out|stops?|stopping)"
_SOON = (
    r"\b(?:(?:the )?(?:rest of )?(?:next|coming|following|this) (?:week(?:end)?|month|quarter)|tomorrow|(?:the |this "
    r"|on the )?weekend|(?:(?:in|within|over|during) )?(?:the )?(?:next|coming) (?:\d{1,2}|two|three|four|six|ten"
    r"|fourteen|thirty) (?:days|weeks|months)|(?:on )?(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_START_CLAIM = re.compile(
    rf"\b{_TO_COME} {_EITHER}\b|\b{_EITHER}\b(?: \w+){{0,4}}? {_BEGIN}\b|\bnext (?:\d{{1,2}} )?{_EITHER}\b"
    rf"|\b(?:any|which|what|show|list)(?: \w+){{0,2}} {_BEGIN} {_EITHER}\b|\bupcoming sales\b"
)
_END_CLAIM = re.compile(rf"\b{_EITHER}\b(?: \w+){{0,3}}? {_FINISH}\b|\b(?:expiring|ending) {_EITHER}\b")
_OVER = r"(?:past|previous|earlier|former|prior|old|historic(?:al)?|bygone)"
_PAST_CLAIM = re.compile(
    rf"\b{_OVER} {_EITHER}\b|\b{_EITHER} history\b|\bhistory of (?:the |our )?{_EITHER}\b"
    rf"|\b{_EITHER}\b.{{0,30}}\b(?:run|ran|had|did|were there|have been|done|held)\b.{{0,30}}\b(?:before|so far"
    r"|in the past|already|previously|earlier)\b"
)
_PAST_WORDS = re.compile(
    rf"\b(?:{_OVER}|history|before|so far|in the past|already|previously|run|ran|had|held|been|done)\b(?! \d)"
)
_A_YEAR = "the last 365 days"
_OTHER = re.compile(
    r"\b(?:create|add|make|set up|plan an?|schedule an?|start an?|launch an?|run an?|end the|stop the|cancel|extend"
    r"|please|doing|work(?:ed|ing)?|happen\w*|did the|lift|uplift|effect\w*|perform\w*"
    r"|sales (?!events?)(?:of|from|before|after)|revenue|margin|roi|redempt\w*"
    r"|redeem\w*|coupons?|households?|customers?|why|should|could|forecast\w*|predict\w*|expect\w*|budget|staff\w*|stock|order\w*"
    r"|inventory|cover|after|before|since|best|worst|compare\w*|versus|vs|waiting|approv\w*|propos\w*|longest|shortest"
    r"|how long|currently|right now|now|on going|running|active|task)\b"
)
_TIME = re.compile(_SOON)
_LEAD = re.compile(r"^(?:in|within|over|during|on) (?:the )?")
_PROMOTIONS = re.compile(r"\b(?:promos?|promotions?)\b")
"""“Offers” and “deals” may be campaigns, too."""
_NEXT_ONE = re.compile(rf"\b(?:the |our )?next (?P<n>\d{{1,2}} )?(?={_EITHER}\b)")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_EITHER}|{_TO_COME}|{_BEGIN}|{_FINISH}|upcoming|sales|which|what|when|are|is|was|were|do|does|did"
    r"|will|we|i|have|has|had|got|there|any|the|our|all|list|show|me|give|next|in|for|to|up|soon|be|and|or|of|how many"
    r"|number|kick|go|goes|live|on|calendar|events?|new|that|it|already|planned|at)(?![\w-])|'s\b"
)


_ONLY_TIME = re.compile(rf"\W*(?:and |or |what about |how about |for |in )*(?P<when>{_SOON})(?:'s)?\W*")
_ABOUT_DAYS = frozenset({STARTING, "promotions_running"})


def coming_again(text: str, previous: Sequence[Call]) -> Plan | None:
    """“And next month?” after promotions of other days: the same of those; None for every other question."""
    last = previous[-1] if previous else None
    found = _ONLY_TIME.fullmatch(" ".join(Reading.of(text).text.split()))
    if last is None or last.failed or last.name not in _ABOUT_DAYS or found is None:
        return None
    args = {key: value for key, value in last.args.items() if key != "limit" or last.name != STARTING}
    return Plan(((last.name, {**args, "period": _LEAD.sub("", found["when"])}),))


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for promotions and campaigns by when they start or end; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    if _PAST_CLAIM.search(whole):
        return _past(reading, around)
    starts = _START_CLAIM.search(whole)
    ends = None if starts else _END_CLAIM.search(whole)
    if not (starts or ends) or _OTHER.search(whole):
        return None
    time = reading.take(_TIME)
    if by := split_left(Reading(reading.text)):
        return not_understood(f"by {by}")
    one = reading.take(_NEXT_ONE)
    limit = (int(one["n"]) if one["n"] else 1) if one else take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if ends and time is None and slots.period is None:
        return None  # “when does the promotion end” is about the one that runs
    if slots.unknown or (time and slots.period):
        return not_understood(slots.unknown or slots.period or "")
    offers, campaigns = _PROMOTIONS.search(whole), re.search(rf"\b{_CAMPAIGN}\b", whole)
    return calls_for(STARTING, {
        "period": _LEAD.sub("", " ".join(time[0].split())) if time else slots.period,
        "kind": "promotions" if offers and not campaigns else "campaigns" if campaigns and not offers else None,
        "edge": "end" if ends else None, "department": slots.department or slots.product, "stores": slots.stores,
        "limit": limit or slots.limit,
    }, [])  # fmt: skip


def _past(reading: Reading, around: Surroundings) -> Plan | None:
    """Promotions that are over, the last to end first: of the days said, or of the last year."""
    whole = reading.text
    while reading.take(_PAST_WORDS):
        pass
    if _OTHER.search(reading.text) or split_left(Reading(reading.text)):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return None
    campaigns = re.search(rf"\b{_CAMPAIGN}\b", whole) is not None and not _PROMOTIONS.search(whole)
    return calls_for(STARTING, {
        "period": slots.period or _A_YEAR, "kind": "campaigns" if campaigns else "promotions", "edge": "end",
        "order": "latest", "department": slots.department or slots.product, "stores": slots.stores,
        "limit": slots.limit,
    }, [])  # fmt: skip
