"""“Which stores have low traffic but high conversion?”: two figures of the same groups, side by side.

No tool picks what is low in one and high in the other, or what “is declining despite stable footfall”; both figures are
shown of every group, of the time asked for or against the time before, and the reply says so.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_HIGH = r"(?:high|strong|good|above[- ]average|big|lots of|heavy|great)(?:er|est)?"
_LOW = r"(?:low|weak|poor|bad|thin|below[- ]average|little|small)(?:er|est)?"
_BY = (("store", r"(?:stores?|shops?|locations?|branch(?:es)?)"), ("department", r"(?:departments?|depts?)"))
_MOVES = (
    r"(?:growing|grew|rising|rose|increas(?:ing|ed)|improv(?:ing|ed)|up|higher|declin(?:ing|ed)|fall(?:ing|en)|fell"
    r"|shrinking|dropp(?:ing|ed)|decreas(?:ing|ed)|losing|down|lower|fewer|less|more|better|worse|slipping|stable|steady|flat|unchanged|constant)"
)
_BUT = (
    r",? (?:but|and|yet|with|despite|in spite of|while|whereas|although|though|even though|even as|when|at)"
    r"(?: having| have| has| an?| the| their| its)*"
)
_PERIOD = "last 4 weeks"
_THAN = re.compile(
    r"\b(?:than|compared (?:to|with)|vs\.?|versus|against) (?:in )?(?:the )?(?:last|previous) (?P<unit>week|month"
    r"|year)\b"
)
SIDE_BY_SIDE = (
    "Both figures of every {by} stand side by side; which are “{first}” and “{second}” at once is yours to judge: I "
    "know no line between high and low."
)
MOVED = (
    "Both figures of every {by} are held against the time before; which are “{first}” and “{second}” at once is yours "
    "to judge from the table: I pick none."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for stores or departments that are high in one figure and low in another; None for every other."""
    whole = Reading.of(text).text
    if (moved := _moved(whole, around)) is not None:
        return moved
    for by, nouns in _BY:
        found = re.search(
            rf"\b(?:which|what|any|list|show(?: me)?|find)(?: of)?(?: our| the| my)* {nouns} (?:that |which "
            rf"|who )?(?:have|has|had|with|show|are|get|got)(?: both)? (?P<a>(?:{_HIGH}"
            rf"|{_LOW}) [\w %]{{3,30}}?),? (?:but|and|yet|with|despite|while) (?:have |has |an? )?(?P<b>(?:{_HIGH}"
            rf"|{_LOW}) [\w %]{{3,30}}?)(?= (?:last|this|yesterday|in|at|for|during)\b|\W*$)",
            whole,
        )
        if found is None or names_the_future(whole):
            continue
        metrics = [name for side in ("a", "b") for name in take_metrics(Reading(f" {_plain(found[side])} "))[:1]]
        rest = Reading(f"{whole[: found.start()]} {whole[found.end() :]}")
        slots = take_slots(rest, around, re.compile(r"(?!)"))
        if len(set(metrics)) != 2 or slots.unknown or slots.product or slots.department:
            return None
        remark = SIDE_BY_SIDE.format(by=by, first=found["a"].strip(), second=found["b"].strip())
        shared = {"metrics": metrics, "by": by, "period": slots.period or _PERIOD, "stores": slots.stores}
        return calls_for(SUMMARY, shared, [], remark)
    return None


def _moved(whole: str, around: Surroundings) -> Plan | None:
    """The comparison for groups whose two figures are to move in different ways; None for every other question."""
    side = rf"(?:{_MOVES}(?: [\w %]{{3,30}}?)?|[\w %]{{3,30}}? (?:is |are |has been |have been )?{_MOVES})"
    for by, nouns in _BY:
        found = re.search(
            rf"\b(?:which|what|any|list|show(?: me)?|find)(?: of)?(?: our| the| my)* {nouns} (?:that |which |who )?"
            rf"(?:have |has |had |with |show |are |is |were )?(?:been )?(?P<a>{side}){_BUT} (?P<b>{side})"
            r"(?= (?:last|this|yesterday|in|for|during|over|than|compared|vs|versus|against)\b|\W*$)",
            whole,
        )
        if found is None or names_the_future(whole):
            continue
        metrics = [name for one in ("a", "b") for name in _moving(found[one])]
        rest = Reading(f"{whole[: found.start()]} {whole[found.end() :]}")
        before = rest.take(_THAN)
        slots = take_slots(rest, around, re.compile(r"(?!)"))
        if len(set(metrics)) != 2 or slots.unknown or slots.product or slots.department:
            return None
        remark = MOVED.format(by=by, first=found["a"].strip(), second=found["b"].strip())
        period = slots.period or (f"this {before['unit']}" if before else _PERIOD)
        shared = {"metrics": metrics, "by": by, "period": period, "stores": slots.stores}
        shared["compare_to"] = f"last {before['unit']}" if before and not slots.period else None
        return calls_for(COMPARE, shared, [], remark)
    return None


def _moving(side: str) -> tuple[str, ...]:
    """The figure that moves; a move alone (“are declining”) is one of net sales."""
    if re.fullmatch(_MOVES, side.strip()):
        return ("net_sales",)
    return take_metrics(Reading(f" {_plain(side)} "))[:1]


def _plain(side: str) -> str:
    """A figure of the pair by the name that the tables know: sales are net sales, a margin is a rate."""
    said = re.sub(r"\b(?:gross )?margins?\b(?! ?%| rate| dollars)", "margin %", side)
    return re.sub(r"(?<!net )(?<!gross )\bsales\b(?! per)", "net sales", said)
