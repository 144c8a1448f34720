"""Behind the sales of some hours: those before or after them, and how much of the day they are.

“And after” means something only beside the hours of the answer above.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.slots.cut import hours_of
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, FIGURES, KEPT, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD

_BESIDE = re.compile(
    rf"{LEAD}(?:what about |how about )?(?:(?P<after>after(?:wards?)?|later(?: on)?|past)|(?P<before>before|earlier))"
    r"(?: (?:that|then|this|it|(?P<hour>\d{1,2}) ?(?:am|pm)?))?(?: in the day)?\W*$"
    rf"|{LEAD}(?:what about |how about )?(?P<rest>the (?:rest|remainder) of the day|(?:all )?(?:the )?other hours"
    rf"|outside (?:of )?"
    r"(?:that|those hours))\W*$"
)
_WHEN = r"(?P<when>(?:before|after|until|by|between|in the|at) [a-z0-9: ]{2,24}?)"
_MOST_OF_IT = re.compile(
    rf"{LEAD}(?:(?:does|do|did|is|was|are|were) )?(?:(?:most|half|the bulk|a lot|all|how much|what (?:share|%"
    rf"|percent\w*|part)"
    rf"|the majority) (?:of (?:it|them|that|those|sales|the sales))?|it mostly|they mostly) ?(?:is |are |was |gets? "
    rf"|does it )?"
    rf"(?:sells?|sold|selling|goes?|gone|bought|happens?|comes?)?(?: in)? ?{_WHEN}\W*$"
)


def read(plain: str, last: Call) -> Plan | None:
    """The calls such a question means; None for every other, and where no hours stand before it."""
    if last.name == BREAKDOWN and (hours := _hours(last)) is not None:
        beside = _BESIDE.match(plain)
        other = _beside(beside, *hours) if beside is not None and last.args.get("by") in (None, []) else None
        if other is not None:
            return Plan(tuple((BREAKDOWN, _within(last, one)) for one in other))
    of_it = _MOST_OF_IT.match(plain)
    part = {"department", "product", "stores"} & set(last.args) or last.args.get("where")
    span = hours_of(re.sub(r"^by ", "before ", of_it["when"])) if of_it is not None and part else None
    if span is None or last.name not in FIGURES or last.args.get("compare_to"):
        return None
    return Plan(((BREAKDOWN, {**_within(last, span), "of_total": True}),))


def _hours(last: Call) -> tuple[int, int] | None:
    for one in last.args.get("where") or ():
        found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", str((one.get("values") or [""])[0]))
        if one.get("dimension") == "hour" and not one.get("exclude") and found is not None:
            return int(found[1]), int(found[2])
    return None


def _beside(said: re.Match[str], first: int, last: int) -> list[str] | None:
    """The hours after or before those, or both; None where the day has none, or another hour is named."""
    if said["hour"] and int(said["hour"]) % 12 not in (first % 12, last % 12):
        return None
    before, after = (f"0-{first}" if first else None), (f"{last}-24" if last < 24 else None)
    found = [after] if said["after"] else [before] if said["before"] else [before, after]
    return [one for one in found if one] or None


def _within(last: Call, hours: str) -> dict[str, Any]:
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args and key != "where"}
    others = [one for one in last.args.get("where") or () if one.get("dimension") != "hour"]
    where = [*others, {"dimension": "hour", "values": [hours]}]
    return {"period": usual_days(last), **kept, "where": where}
