"""“Which items run out most often?”, “out-of-stock days by department”: how often goods ran out in a period."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit, take_split
from agent.conversation.surroundings import Surroundings

HISTORY = "stockout_history"
_OUTS = r"(?:stock[- ]?outs?|out[- ]of[- ]stocks?|oos|shortages?)"
_RAN = (
    r"(?:r[au]n(?:s|ning)?(?: \w+)? out|(?:go|goes|going|went|gone|been|was|were|is|are) (?:\w+ )?(?:out of stock|oos"
    r"|sold out)|out of stock|sells? out|sold out|stock(?:s|ed|ing)? out)"
)
_OFTEN = (
    r"(?:how (?:often|many times|frequently)|most (?:often|frequently)|repeated(?:ly)?|chronic(?:ally)?|recurring"
    r"|recurrent|frequent(?:ly)?|persistent(?:ly)?|consistent(?:ly)?|constant(?:ly)?|always|keeps?|regularly"
    r"|more than (?:once|twice|one time)|several times|multiple times|(?:at least |more than )?(?:\d{1,2}|two|three"
    r"|four|five) (?:or more )?times|twice|again and again|every week|often|the most)"
)
_CLAIM = re.compile(
    rf"\b{_OFTEN}\b[^?]*\b(?:{_RAN}|{_OUTS})\b|\b(?:{_RAN}|{_OUTS})\b[^?]*\b{_OFTEN}\b"
    rf"|\b(?:how many|number of|count of|total) (?:\w+ )?(?:stock[- ]?outs|out[- ]of[- ]stocks|shortages)\b"
    rf"|\b(?:{_OUTS}|out of stock)[- ](?:days?|events?|occurrences?|incidents?|frequency|counts?|histor(?:y|ies)|log"
    rf"|episodes)\b|\bdays? (?:we (?:were|spent) )?(?:out of stock|oos|without stock)\b"
    rf"|\b(?:frequency|history|number of days) (?:of )?(?:being )?(?:{_OUTS})\b"
    rf"|\b(?:most|highest|longest|fewest) (?:\w+ )?{_OUTS}\b"
)
_PAST = re.compile(
    rf"\b(?:which|what|list|show)\b[^?]*\b(?:ran out|went out of stock|stocked out|were out of stock|was out of stock"
    rf"|sold out|had (?:a |any )?{_OUTS})\b|^\W*(?:did|were|was|have|has|had)\b[^?]*\b(?:run out|out of stock|sell out"
    rf"|sold out|stock out)\b|^\W*(?:the |our |all |show(?: me)? |list )*{_OUTS}\b"
)
_OTHER = re.compile(
    r"\b(?:why|cost(?:ing)?|los[et]|losing|lost|miss(?:ed)?|risk|will|soon|about to|likely|predict\w*|forecast\w*"
    r"|rates?|percent(?:age)?|share|%|customers?|households?|tasks?|re-?order\w*|promot\w*|staff|employees?|registers?"
    r"|suppliers?|vendors?|sales|revenue|time|avoid\w*|prevent\w*|reduc\w*|fix|shelf|shelves|back ?room|cash|changes?"
    r"|still|right now|currently|now|today|before(?! last(?! (?:week|month|quarter|year|\w+day)))|until|by (?:the "
    r")?(?:weekend|tomorrow))\b"
)
_BEST = re.compile(r"\b(?:best|top|fastest|slow|worst)[- ]?(?:sell\w+|mov\w+|performing)\b")
_LEAST = (
    (
        re.compile(
            r"\bmore than (?:once|one time)\b|\b(?:several|multiple) times\b|\btwice(?: or more)?\b|\brepeatedly\b"
        ),
        2,
    ),
    (re.compile(r"\bmore than twice\b"), 3),
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_TIMES = re.compile(
    r"\b(?P<how>at least |more than |over )?(?P<n>\d{1,2}|two|three|four|five) (?P<more>or more )?times(?: or more)?\b"
)
_DAYS = re.compile(r"\b(?:days?|longest)\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_OUTS}|{_RAN}|{_OFTEN}|days?|times?|events?|occurrences?|incidents?|episodes|frequency|counts?"
    r"|histor(?:y|ies)|log|number|total|how|many|much|which|what|products?|items?|skus?|goods|things"
    r"|anything|something|did|do|does|have"
    r"|has|had|we|our|the|were|was|are|is|there|that|of|list|show|me|give|report|any|out|without|stock|go|went|gone"
    r"|been|being|get|gets|got|a|an|it|in|at|most|highest|longest|fewest|usually|tend to|run|runs|ran|running|during"
    r"|spent|on|up|they|popular|(?:up to )?(?:a few |\d |two |three |four |five )?examples?|all|each|it's"
    r"|stores?)(?![\w-])|'s\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for how often goods ran out in a period; None for what is out now, soon, or what it cost."""
    reading = Reading.of(text)
    whole = reading.text
    claimed = _CLAIM.search(whole) is not None
    if not (claimed or _PAST.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    if (best := _BEST.search(whole)) is not None:
        return not_understood(best[0])
    least = _least(reading)
    by_days = _DAYS.search(whole) is not None
    by = take_split(reading)
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if not claimed and slots.period is None:
        return None  # “stock-outs” alone are those of now
    if slots.unknown:
        return not_understood(slots.unknown)
    if by not in (None, "store", "department", "category", "product"):
        return not_understood(f"by {by}")
    args: dict[str, Any] = {
        "by": by if by != "product" else None,
        "rank_by": "days" if by_days else None,
        "at_least": least,
        "limit": limit or slots.limit,
        **slots.args("period", "stores", "product", "department"),
    }
    return calls_for(HISTORY, args, [])


def _least(reading: Reading) -> int | None:
    """From how many times on, taken out."""
    if found := reading.take(_TIMES):
        number = int(found["n"]) if found["n"].isdigit() else _NUMBERS[found["n"]]
        return number + 1 if (found["how"] or "").strip() in ("more than", "over") else number
    for pattern, number in reversed(_LEAST):
        if reading.take(pattern):
            return number
    return None
