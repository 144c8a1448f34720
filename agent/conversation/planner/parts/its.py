"""A second part that asks for a further figure of what the first finds: “which store is worst, and its traffic?”.

What the first part finds is only known when its figures are; so both figures are asked for in one ranked split, which
says the others of its first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.plain_questions.summary import PATTERN_PERIOD
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.wording.words import (
    asks_for_the_bottom,
    speaks_of_sales,
    take_limit,
    take_metrics,
    take_split,
)
from agent.conversation.surroundings import Surroundings

BREAKDOWN, VISITS = "sales_breakdown", "customer_visits"
_ITS = re.compile(
    r"^\W*(?:and )?(?:(?:what|how)(?:'s| is| are| was| were| much| many| high| low| about)*|show(?: me)?|give(?: me)?"
    "|tell me)(?: is| are| was| were)? (?:its|their|it's|the)(?: total"
    r"| average)? (?P<figure>[a-z %]{4,40}?)[\s?.!,]*$|^\W*(?:and )?how much (?:did|does|do) (?:it|they"
    r"|that one) (?P<sold>sell|make|take|bring in)\W*$"
    r"|^\W*(?:and )?how (?:does|do|did|is|are) (?:its|their|it's|that (?:one|store|branch|shop|department|category)'s)"
    r" (?:total |average )?(?P<compared>[a-z %]{4,40}?) (?:compar(?:e[sd]?|ing)|stack(?:s|ing)? up|stand(?:s|ing)?"
    r"|look(?:s|ing)?|far(?:e[sd]?|ing)|hold(?:s|ing)? up|rank(?:s|ed)?|relate[sd]?)"
    r"(?: (?:up )?(?:to|with|against|next to|beside|relative to|among|versus)"
    r" (?:(?:that|those) of )?(?:(?:the|all|our|every) )*(?:others?|rest|average)(?: of)?(?: (?:the|our|all))?"
    r"(?: (?:stores?|shops?|branch(?:es)?|locations?|departments?|categor(?:y|ies)))?)?[\s?.!,]*$",
    re.IGNORECASE,
)
_RANKED = re.compile(r"\b(?:which|what|top|best|bottom|worst)\b")
_BESIDE = re.compile(
    r"^(?P<head>.*\b(?:stores?|shops|departments?|categor(?:y|ies))\b.*?),? (?:and|with|along with) (?:its"
    r"|their) (?P<figure>[a-z %]{4,40}?)[\s?.!,]*$",
    re.IGNORECASE,
)
_SPLITS = frozenset({"store", "department", "category"})
_NOUNS = {
    "store": r"\b(?:stores|shops|branches|(?:which|what) (?:store|shop|branch|location))\b",
    "department": r"\b(?:departments|(?:which|what) department)\b",
    "category": r"\b(?:categories|(?:which|what) category)\b",
}
_WORDS = re.compile(
    r"\b(?:which|what|has|have|had|is|are|was|were|does|do|did|the|with|highest|lowest|best|worst|most|least|fewest"
    "|biggest|smallest|top|bottom|weakest|strongest|sales?|sell|sells|sold|our|by|of|in|stores?|shops?|branch(?:es)?|locations?|departments?|category|categories|average|value|earn(?:s|ed)?"
    r"|makes?|made|takes?|took)\b"
)


_THEY_SPEND = re.compile(
    r"^\W*(?:and |so |but )?(?:how much|what) (?:do|did) (?:they|those|these|such households|those households)"
    r" (?:each )?spend(?: (?:on average|each|per visit|altogether|then|before|in (?P<month>\w+)))?\W*$"
)
_COUNTED = {"household_profile": "by", "customer_visits": "by"}
_TELLS_SPEND = frozenset({"customers_kept"})
"""Answers that say what those they count spent."""


def they_spend(text: str, previous: Sequence[Call]) -> Plan | None:
    """“And how much do they spend?” after an answer that counted households by what they are."""
    asked = _THEY_SPEND.match(text.lower()) if previous else None
    if asked is None or (asked["month"] and asked["month"] not in str(previous[-1].args.get("period"))):
        return None
    if previous[-1].name in _TELLS_SPEND:
        return Plan(((previous[-1].name, dict(previous[-1].args)),))
    if previous[-1].name not in _COUNTED:
        return None
    before = previous[-1].args
    by = before.get("by")
    by = by[0] if isinstance(by, list) else by
    kept = {name: before[name] for name in ("period", "stores") if name in before}
    return calls_for(VISITS, {"by": by, "period": "all time", **kept}, [])


def its_figures(parts: Sequence[str], around: Surroundings) -> Plan | None:
    """The one call for two such parts; None for every other question."""
    if len(parts) == 1 and (beside := _BESIDE.match(parts[0])) is not None:
        parts = [beside["head"], f"what is its {beside['figure']}"]
    if len(parts) != 2 or (tail := _ITS.match(parts[1])) is None:
        return None
    said = re.sub(r"(?i)(transaction|order) volumes?", r"\1s", tail["figure"] or tail["compared"] or "")
    wanted = ("net_sales",) if tail["sold"] else take_metrics(Reading.of(said))
    wanted = wanted or take_metrics(Reading.of(f"average {said}"))
    plain = not wanted and re.fullmatch(r"(?:net )?sales|revenue", said.strip().lower())
    wanted = ("net_sales",) if plain else wanted
    reading = Reading.of(parts[0])
    if not wanted or not _RANKED.search(reading.text) or names_the_future(reading.text):
        return None
    bottom = asks_for_the_bottom(reading)
    limit = take_limit(reading)
    period = next((one.phrase for one in periods(reading)), PATTERN_PERIOD)
    named = (name for name, noun in _NOUNS.items() if re.search(noun, reading.text))
    by = take_split(reading) or next(named, None)
    if by not in _SPLITS:
        return None
    ranked = take_metrics(reading) or (("net_sales",) if speaks_of_sales(reading) else ())
    slots = take_slots(reading, around, _WORDS)
    if not ranked or slots.unknown or slots.product or slots.limit:
        return None
    metrics = list(dict.fromkeys([*ranked, *wanted]))
    where = [{"dimension": "department", "values": [slots.department]}] if slots.department else None
    return calls_for(BREAKDOWN, {
        "by": by, "metrics": metrics, "period": period, "order": "bottom" if bottom else None, "where": where,
        "top": limit,
        **slots.args("stores"),
    }, [])  # fmt: skip
