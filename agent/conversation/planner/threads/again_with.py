"""Two ways of going on that keep all of the question before: its other end, and the same of other goods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import MAX_CALLS, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import Surroundings

_END = re.compile(
    r"^\W*(?:and |so |ok |okay )*(?:which|what|when) (?P<unit>day|week|month|hour|weekday|quarter|store|department"
    "|category|brand) (?:was|is|were|had|has|did|sold) (?:the )?(?:lowest|highest|best|worst|weakest|strongest"
    r"|busiest|slowest|quietest|most|least|smallest|largest|peak)(?: one| of all| sales| of them)?\W*$"
)
_COMPARE = re.compile(
    r"^\W*(?:and |now |ok |okay )*(?:compare|contrast) (?:that|it|this|those|them|these) (?:to|with|against"
    r"|and) (?:the same (?:for|of) )?(?P<goods>[a-z][\w&' -]{2,40}?)\W*$"
)
_SALES = frozenset({"sales_summary", "sales_breakdown", "compare_periods", "sales_moves", "private_label_share"})
_NONE = re.compile(r"(?!)")


def again_with(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls before, once more, where their answers name both ends or only the goods are others; None otherwise."""
    if not previous:
        return None
    last = [call for call in previous if call.name in _SALES]
    plain = text.lower()
    if (end := _END.match(plain)) is not None and last and _splits(last[-1].args, end["unit"]):
        return Plan(((last[-1].name, dict(last[-1].args)),))
    if (other := _COMPARE.match(plain)) is not None and last:
        goods = take_slots(Reading.of(other["goods"]), around, _NONE)
        part = goods.args("product", "department")
        if (
            goods.unknown
            or goods.period
            or goods.stores
            or not part
            or not {"product", "department"} & set(last[-1].args)
        ):
            return None
        kept = {key: value for key, value in last[-1].args.items() if key not in ("product", "department")}
        calls = [*((call.name, dict(call.args)) for call in last[-1:]), (last[-1].name, {**kept, **part})]
        return Plan(tuple(calls[:MAX_CALLS]))
    return None


def _splits(args: Mapping[str, Any], unit: str) -> bool:
    """Whether an answer had a row for each of these."""
    by = args.get("by") or args.get("step") or ""
    named = by if isinstance(by, list) else [part.strip() for part in str(by).split(",")]
    return named == [unit]
