"""“Stores by revenue growth”, “departments ranked by margin change”: groups in the order of how a figure changed.

A strict reader: a word it does not know ends it.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS

_ROWS = 10
_GROUPS = (
    ("store", r"stores?|shops?|branch(?:es)?|locations?"),
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("brand", r"brands?"),
    ("supplier", r"suppliers?|vendors?"),
    ("product", r"products?|items?|skus?"),
    ("region", r"regions?"),
    ("district", r"districts?"),
)
_UP = r"(?:growth|gains?|increases?|improvements?|rise|changes?|movement)"
_DOWN = r"(?:declines?|drops?|falls?|decreases?|losses|loss)"
_CLAIM = re.compile(
    r"^\W*(?:(?:please |can you )?(?:rank|list|show|give|sort|compare|see)(?: me| us)? )?(?:(?:the|our|all|my) )*"
    rf"(?:(?P<end>top|bottom|best|worst)(?: (?P<n>\d{{1,2}}))? )?(?P<group>{'|'.join(words for _, words in _GROUPS)}) "
    rf"(?:(?:ranked|sorted|ordered) )?(?:by|on) (?:their |the |highest |largest |biggest )*"
    rf"(?P<figure>[a-z% ]{{3,30}}?) "
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?P<rate> (?:rate|%|percent\w*|in (?:%|percent)))?\b"
)
_STEP_ON_STEP = re.compile(
    r"\b(?:day|week|month|quarter|year)[- ](?:over|on|to|by)[- ]|\bfrom \w+(?: \d+)? to\b"
    r"|\b(?:wow|mom|qoq|yoy)\b"
)
"""Of these other readers know more: “quarter over quarter”, “from September to October”."""
_AGAINST = r"(?:vs\.?|versus|against|over|on|compared? (?:to|with)|than|from)"
_WORDS = re.compile(r"(?<![\w-])(?:in|for|at|of|over|the|from|to|vs\.?|versus|against|compared|with|on)(?![\w-])")


def read(text: str, around: Surroundings) -> Plan | None:
    """The breakdown in the order of a change; None where anything else is asked."""
    reading = Reading.of(text)
    found = _CLAIM.match(reading.text)
    if found is None or names_the_future(reading.text) or _STEP_ON_STEP.search(reading.text):
        return None
    said = Reading(f" {found['figure']} ")
    metrics = take_metrics(said) or (("net_sales",) if re.search(r"\b(?:sales|revenue)\b", said.text) else ())
    left = re.sub(r"\b(?:sales|revenue|net|total)\b", " ", said.text).strip()
    if not metrics or metrics[0] not in METRICS or left:
        return None
    reading.blank(found.start(), found.end())
    rest = reading.text
    days = [one.phrase for one in take_periods(reading)]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or len(days) > 2:
        return None
    against = [one for one in days if re.search(rf"\b{_AGAINST} (?:the )?{re.escape(one)}", rest)]
    if len(against) > 1 or (len(days) == 2 and against != days[1:]):
        return None
    span = {"period": next((one for one in days if one not in against), "last 4 weeks")}
    span["compare_to"] = against[0] if against else "the period before"
    down = found["down"] is not None or found["end"] in ("bottom", "worst")
    by = next(name for name, words in _GROUPS if re.fullmatch(words, found["group"]))
    args: dict[str, Any] = {
        "by": by, "metrics": [metrics[0]], **span, "rank_by": "change_pct" if found["rate"] else "change",
        "top": int(found["n"]) if found["n"] else _ROWS, "order": "bottom" if down else "top",
        **slots.args("stores", "department"),
    }  # fmt: skip
    return Plan(((BREAKDOWN, args),))
