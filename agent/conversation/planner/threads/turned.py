"""Follow-ups of a schedule and of two stores' ranges: “and tomorrow?”, “the other way round”.

Days to come are refused elsewhere, as sales are not known of them; a schedule is.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.range_apart import DIFFERENCE
from agent.conversation.planner.topics.team import SCHEDULE, day_said

_LEAD = re.compile(r"^\W*(?:and|so|ok|okay|what about|how about|then|now|what of|same for|or)*\W*")
_ROUND = re.compile(
    r"\W*(?:and |what about |now |then )*(?:the )?(?:(?:other|opposite|reverse) (?:way|direction)(?: a?round)?"
    r"|vice versa|reverse|opposite|in reverse)\W*(?:please)?\W*"
)


def read(text: str, previous: tuple[Call, ...]) -> Plan | None:
    """The call before with another day, or its two sides changed about; None for every other question."""
    if not previous:
        return None
    last, whole = previous[-1], Reading.of(text).text
    if last.name == DIFFERENCE and _ROUND.fullmatch(whole):
        sides = {"stores": last.args.get("not_at"), "not_at": last.args.get("stores")}
        kept = {name: value for name, value in last.args.items() if name not in (*sides, "each")}
        return Plan(((DIFFERENCE, {**{name: value for name, value in sides.items() if value}, **kept}),))
    if last.name == SCHEDULE:
        said = day_said(_LEAD.sub(" ", whole, count=1))
        if said:
            kept = {name: value for name, value in last.args.items() if name not in ("period", "time_of_day")}
            return Plan(((SCHEDULE, {**kept, **said}),))
    return None
