"""“Stores by revenue growth”, “have any stores seen a drop in traffic”: groups in the order of how a figure changed.

A strict reader: a word it does not know ends it. Whether any of a group fell is told by those that did.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, Plan
from agent.conversation.planner.plain_questions.comparing import base_for
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
_ANY_OF = (
    r"^\W*(?:(?:and|so|ok|okay|but) )*(?:(?:have|has|had|did|do|does|are|is|were|was) )?(?:there (?:been )?)?"
    rf"(?:(?:any|one) of (?:my|our|the|these) |any (?:other )?|(?:which|what) "
    rf")(?P<group>{'|'.join(words for _, words in _GROUPS)}) "
)
_HAVING = (
    r"(?:(?:that|which|who|have|has|had|been|are|is|were|was|with|now|currently|see|sees|saw|seen|seeing|having|show"
    r"|shows|showed|shown|showing|experienc(?:e|ed|ing)|suffer(?:ed|ing)?|record(?:ed|ing)?|report(?:ed|ing)?) )*"
)
_A = r"(?:(?:an?|any|some) )?(?:(?:big|large|sharp|steep|significant|notable|real|recent|clear|steady) )?"
_FIGURE = r"(?P<figure>[a-z% ]{3,30}?)"
_ENDS = (
    r"(?=\W*$| (?:in|for|at|over|this|last|past|yesterday|today|recently|lately|since|compared|vs|versus|than"
    r"|against)\b)"
)
_ANY = tuple(
    re.compile(_ANY_OF + said + _ENDS)
    for said in (
        (
            rf"{_HAVING}{_A}(?:(?P<up>rises?|increases?|jumps?|gains?|growth|surge|uplift)"
            r"|(?P<down>drops?|declines?|falls?|decreases?|slump|reduction|loss))"
            rf" (?:in|of) (?:the |their |its )*{_FIGURE}"
        ),
        (
            rf"{_HAVING}(?:(?P<up>rising|growing|increasing|climbing)|(?P<down>falling|declining|dropping|decreasing"
            rf"|shrinking)) (?:in )?(?:their |its )?{_FIGURE}"
        ),
        rf"{_HAVING}(?:(?P<up>more|higher)|(?P<down>fewer|less|lower)) {_FIGURE}",
        rf"{_HAVING}(?:(?P<up>up)|(?P<down>down)) (?:on|in) {_FIGURE}",
        rf"{_HAVING}(?:(?P<up>gain(?:ed|ing)?)|(?P<down>los(?:e|t|ing))) {_FIGURE}",
        (
            rf"(?:where|whose) (?:the )?{_FIGURE} (?:(?:has|have|had|is|are|was|were|been|gone|went|going) )*"
            r"(?:(?P<up>up|rose|risen|rising|increas(?:ed|ing)|grew|grown|growing)|(?P<down>down|fell|fallen|falling"
            r"|dropp(?:ed|ing)|declin(?:ed|ing)|decreas(?:ed|ing)))"
        ),
    )
)
"""“Have any of my stores seen a drop in transactions”: those that did are asked for, and no total."""
_MORE_THAN, _OF_ANY = _ANY[2], (_ANY[1], *_ANY[3:5])
"""“… fewer transactions than last year”: than another period; “more sales than Maple Avenue” is no change."""
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
    found = next((match for one in (_CLAIM, *_ANY) if (match := one.match(reading.text))), None)
    if found is None or names_the_future(reading.text) or _STEP_ON_STEP.search(reading.text):
        return None
    if found.re in _OF_ANY and re.match(r"\W*(?:which|what)\b", reading.text):
        return None  # “which stores are up in sales” is told with those that are down
    ranked, than = found.re is _CLAIM, found.re is _MORE_THAN
    said = Reading(f" {found['figure']} ")
    metrics = take_metrics(said) or (("net_sales",) if re.search(r"\b(?:sales|revenue)\b", said.text) else ())
    left = re.sub(r"\b(?:sales|revenue|net|total|counts?|numbers?(?: of)?)\b", " ", said.text).strip()
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
    if (than and not against) or (not ranked and len(days) > 1 and not against):
        return None
    usual = base_for(against[0]) if against and not ranked else "last 4 weeks"
    span = {"period": next((one for one in days if one not in against), usual)}
    before = "same day last week" if span["period"] in ("today", "yesterday") else "the period before"
    span["compare_to"] = against[0] if against else before
    by = next(name for name, words in _GROUPS if re.fullmatch(words, found["group"]))
    if not ranked and by == "product" and metrics[0].startswith("gross_margin"):
        return None  # products whose margin falls have a tool of their own
    down = found["down"] is not None or (ranked and found["end"] in ("bottom", "worst"))
    args: dict[str, Any] = {
        "by": by, "metrics": [metrics[0]], **span, "rank_by": "change_pct" if ranked and found["rate"] else "change",
        "top": int(found["n"]) if ranked and found["n"] else _ROWS, "order": "bottom" if down else "top",
        **slots.args("stores", "department"),
    }  # fmt: skip
    return Plan(((BREAKDOWN, args),))
