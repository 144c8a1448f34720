"""“Which one dropped?” after two periods: what was told of each is held against the other, and not against a third.

Two answers side by side (“sales by store in July and August”) become one comparison, the later against the earlier. A
comparison that has no rows to pick from says again how each of its figures, or each of its stores, moved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.threads.carried import BREAKDOWN
from agent.conversation.planner.threads.once_more.before import FIGURES
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import PeriodError
from tools.analysis.periods import resolve_period

_LESS = (
    r"(?:fell|falling|dropp(?:ed|ing)|declin(?:ed|ing)|shrank|shrunk|decreased|slipped|lost(?: ground| sales)?"
    r"|went down|down|lower|less|smaller|worse|weaker)"
)
_MORE = (
    r"(?:grew|growing|rose|rising|gained|increased|improved|climbed|jumped|went up|up|higher|more|bigger|larger|better"
    r"|stronger)"
)
_ASKS = re.compile(
    r"^\W*(?:and |so |but |ok(?:ay)? |then |now )*(?:which|what)(?: ones?)?(?: of (?:them|those|these|the two|both))?"
    r"(?: (?:has|have|is|are|was|were|did|went))?"
    rf" (?:(?P<down>{_LESS})|(?P<up>{_MORE}))(?: (?:the )?(?:most|hardest|furthest|further|least))?\W*$"
)
_BEFORE = re.compile(r"\b(?:before|prior|preceding|earlier|ago)\b|^(?:the )?previous\b")
_JOINS = re.compile(
    r"\b(?:and|so|but|ok(?:ay)?|now|then|please|compare[ds]?|vs|versus|against|with|to|or|just|show|me|it|that|this"
    r"|them|how about|what about|the same)\b"
)
_LEFT_OVER = re.compile(r"\w")
_KEPT = ("stores", "department", "product", "where")
_FAR = date(2100, 1, 1)


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls for such a question; None for every other, and where one period only was told."""
    if not previous or previous[-1].failed:
        return None
    if (said := _two_said(text, previous[-1], around)) is not None:
        return said
    found = _ASKS.match(text.lower().strip())
    if found is None:
        return None
    down = bool(found["down"])
    if len(previous) == 2 and (two := _of_two(previous[0], previous[1], around)) is not None:
        return _compared(*two, down=down)
    last = previous[-1]
    if last.name != COMPARE or not last.args.get("compare_to") or last.args.get("by"):
        return None
    stores = str(last.args.get("stores") or "")
    split = {"by": "store"} if re.search(r",| and ", stores) else {}
    return Plan(((COMPARE, {**last.args, **split}),))


def _two_said(text: str, last: Call, around: Surroundings) -> Plan | None:
    """“June vs August”: the figures before in these two spans, of the same goods and stores; nothing else is said."""
    reading = Reading.of(text.lower())
    spans = [one.phrase for one in take_periods(reading)]
    if last.name not in FIGURES or len(spans) != 2 or _LEFT_OVER.search(_JOINS.sub("", reading.text)):
        return None
    earlier, later = sorted(spans, key=lambda one: _begins(one, around))
    if _begins(earlier, around) == _begins(later, around):
        return None
    if last.args.get("by") in COMPARE_SPLITS - {"hour", "weekday"}:
        return _compared(last, later, earlier, down=last.args.get("order") == "bottom")
    return _compared(replace(last, args={**last.args, "by": None}), later, earlier, down=False)


def _of_two(first: Call, second: Call, around: Surroundings) -> tuple[Call, str, str] | None:
    """Two answers that differ in their period alone: the answer, the later period and the earlier one."""
    if first.name != second.name or first.name not in (SUMMARY, BREAKDOWN) or first.failed:
        return None
    one, other = (str(call.args.get("period") or "") for call in (first, second))
    if not one or not other or one == other or _without_period(first) != _without_period(second):
        return None
    if _BEFORE.search(other) and not _BEFORE.search(one):
        return second, one, other
    if _begins(one, around) > _begins(other, around):
        return second, one, other
    return second, other, one


def _without_period(call: Call) -> Mapping[str, Any]:
    return {key: value for key, value in call.args.items() if key != "period"}


def _begins(phrase: str, around: Surroundings) -> date:
    """The first day a phrase means; the first of all where it means none by itself, so that the order said stands."""
    try:
        today = date.fromisoformat(around.today)
        return resolve_period(phrase, today=today, week_start=0, data_start=date.min, data_end=_FAR).start_on
    except (PeriodError, ValueError, OverflowError):
        return date.min


def _compared(call: Call, later: str, earlier: str, *, down: bool) -> Plan:
    kept = {key: call.args[key] for key in (*_KEPT, "metrics") if key in call.args}
    by = call.args.get("by")
    if by and by not in COMPARE_SPLITS - {"weekday", "hour"} and call.name == SUMMARY:
        by = None
    sides = {"period": later, "compare_to": earlier}
    if not by and "where" in kept:  # only the breakdown leaves a part of the range out
        return Plan(((BREAKDOWN, {**sides, **kept}),))
    if not by:
        return Plan(((COMPARE, {**sides, **kept}),))
    return Plan(((BREAKDOWN, {"by": by, **sides, **kept, "rank_by": "change", "order": "bottom" if down else "top"}),))
