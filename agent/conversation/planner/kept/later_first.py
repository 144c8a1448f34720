"""What changed between two spans is the later against the earlier, whichever of them is said first.

“Between last week and this week” and “from September to October” name two ends of one movement. A comparison the other
way round would tell a fall as a rise. Two spans held against each other otherwise (“October against November”) stand as
they were said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from agent.conversation.planner.outcome import COMPARE, Plan
from agent.conversation.planner.topics.why import EXPLAIN
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import PeriodError
from tools.analysis.periods import resolve_period

_JOINED = r"\b(?:between|from) (?:the )?{one} (?:and|to|into) (?:the )?{other}(?!\w)"
_ONE_SPAN = re.compile(r"(?:between|from) (?P<one>.+?) (?:and|to|into) (?P<other>.+)")
_LONG = re.compile(
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber|q[1-4]|(?:last|this) \w+"
    r"|week of .+"
)
_MOVED = re.compile(
    r"\b(?:compar\w+|differ\w*|chang\w+|mov\w+|gap|shift\w*|grow\w*|grew|growth|fell|fall\w*|rose|ris\w+|dropp?\w*"
    r"|declin\w+|increas\w+|decreas\w+|improv\w+|swing)\b"
)
_FAR = date(2100, 1, 1)


def with_the_later_first(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan with each comparison of the two ends of a movement as the later against the earlier."""
    said = " ".join(question.lower().split())
    calls = tuple((name, _turned(name, args, said, around)) for name, args in decided.calls)
    return decided if calls == decided.calls else replace(decided, calls=calls)


def _turned(name: str, args: Mapping[str, Any], said: str, around: Surroundings) -> Mapping[str, Any]:
    one, other = args.get("period"), args.get("compare_to")
    if not isinstance(one, str):
        return args
    if other is None and name in (COMPARE, EXPLAIN) and _MOVED.search(said) and (both := _ONE_SPAN.fullmatch(one)):
        first, second = both["one"], both["other"]
        if not (_LONG.fullmatch(first) and _LONG.fullmatch(second)):
            return args
        later, earlier = (second, first) if _in_order(first, second, around) else (first, second)
        return {**args, "period": later, "compare_to": earlier}
    if not isinstance(other, str) or not _in_order(one, other, around):
        return args
    ends = re.escape(one), re.escape(other)
    joined = any(re.search(_JOINED.format(one=a, other=b), said) for a, b in (ends, ends[::-1]))
    return {**args, "period": other, "compare_to": one} if joined else args


def _in_order(one: str, other: str, around: Surroundings) -> bool:
    """Whether both are spans of their own and the first begins before the second."""
    first, second = _begins(one, around), _begins(other, around)
    return first is not None and second is not None and first < second


def _begins(phrase: str, around: Surroundings) -> date | None:
    try:
        today = date.fromisoformat(around.today)
        return resolve_period(phrase, today=today, week_start=0, data_start=date.min, data_end=_FAR).start_on
    except (PeriodError, ValueError, OverflowError):
        return None
