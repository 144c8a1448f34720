"""Behind what a promotion or a change in the store lifted: since when it was, and which brand or store got it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

LIFT = "promotion_lift"
_BEGAN = (
    r"(?:start(?:ed|s)?|beg[au]n|launched|changed|(?:went|was put|put) (?:up|live|in|on|out)|(?:was"
    r"|got) (?:changed|moved"
    r"|set up|switched|put (?:up|in|out))|kicked off|switched|moved)"
)
_IT_WAS = re.compile(
    rf"{LEAD}(?:it|that|this|(?P<what>the (?:change|switch|display|endcap|promo(?:tion)?|reset|offer))|we|they) "
    rf"(?:(?P<began>(?:was |did |all )?(?:only |just )?{_BEGAN})(?: (?:it|that|them))?|(?P<was>was|happened|is from))"
    r" (?:only |just )?(?:on |in |from |around |about )?(?:the )?(?P<when>[a-z0-9].{2,30}?)\W*$"
)
_WHO_GOT_IT = re.compile(
    rf"{LEAD}(?:which|what) (?P<by>brand|store|department|category)(?:s|ies)? (?:got|gained|won|benefit(?:ed|s)"
    rf"|took|drove"
    r"|had|has|picked up|did)(?: (?:it|that|from it|the (?:lift|most|bump|gain|increase|extra|uplift)|most|best|of it"
    r"|the best|all|there))*\W*$"
)
_DAY = re.compile(r"\d")


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call such words mean; None for every other message and answer."""
    last = previous[-1]
    if len(previous) > 1 or last.name not in (LIFT, SUMMARY, COMPARE, BREAKDOWN):
        return None
    if last.name == LIFT and (who := _WHO_GOT_IT.match(plain)) is not None:
        return Plan(((LIFT, {**last.args, "by": who["by"]}),))
    found = _IT_WAS.match(plain)
    if found is None or (found["was"] and not found["what"] and last.name != LIFT):
        return None
    said = periods(Reading.of(found["when"]))
    if len(said) != 1 or not _DAY.search(said[0].phrase) or said[0].phrase.startswith(("since", "last", "past")):
        return None
    if re.search(r"[a-z0-9]", found["when"].replace(said[0].phrase, "")):
        return None
    kept = {key: value for key, value in last.args.items() if key != "compare_to"}
    return Plan(((last.name if last.name != COMPARE else SUMMARY, {**kept, "period": f"since {said[0].phrase}"}),))
