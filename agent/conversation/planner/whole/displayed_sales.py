"""Sales by the display or the place in the mailer that goods had: “which display location sells the most units?”.

What was sold of goods on display, in all, as a share or by groups; what displays added to it is the promotion lift,
and how often goods stood there is counted by ``promotion_placements``. A strict reader: a word not known ends it.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.whole.each_words import LABEL, SHARE, take_groups
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit, take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN, EACH = "sales_breakdown", "part_of_each"
_D = r"(?:(?:promotional |in-?store )?displays?|end ?-?caps?)"
_M = r"(?:(?:weekly |store )?(?:mailers?|flyers?|circulars?|ads?))"
_OF = r"(?:locations?|types?|placements?|positions?|places?|areas?|kinds?|spots?|pages?)"
_PLACES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:in-?store )?(?:{noun} {_OF}|{_OF} (?:of|on|in)(?: an?| the)? {noun})(?![\w-])"))
    for name, noun in (("display", _D), ("mailer", _M))
)
"""The places that figures are told by."""
_GOODS = r"(?:goods|items|products)"
_BEFORE = (
    rf"(?:(?:that|which|while|when|if|are|were|is|was|it|they|{_GOODS}|sold|placed|put|featured|advertised|listed"
    r"|promoted) )*"
)
_ON: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "display",
        re.compile(
            rf"(?<![\w-]){_BEFORE}on (?:an? |the |some )?{_D}(?![\w-])|(?<![\w-])displayed(?: {_GOODS})?(?![\w-])"
        ),
    ),
    ("mailer", re.compile(rf"(?<![\w-]){_BEFORE}in (?:an? |the |our ){_M}(?![\w-])")),
)
"""Goods that were on some display, or anywhere in the mailer."""
_VALUES = {"display": "on display", "mailer": "in the mailer"}
_AGAINST = re.compile(
    r"(?<![\w-])(?:versus|vs\.?|and|or|against|compared (?:to|with)|than)"
    rf"(?: (?:when|those|{_GOODS}|that|are|were|is|it))* (?:not|no|without|off)(?: (?:on|in))?(?: (?:an?|the|any))?"
    r"(?: (?:display(?:ed)?|mailer|displays|featured))?(?![\w-])"
)
"""Held against the goods that were not."""
_EACH = re.compile(r"(?<![\w-])(?:versus|vs\.?|against|compared (?:to|with)|or)(?![\w-])")
"""Between a display and the mailer: each is meant, and not what was in both at once."""
_IN_BOTH = "Goods that were on display and in the mailer at once are in both figures."
_FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for name, words in (
        ("units", r"(?:(?:number|quantity|count) of )?(?:units|items sold|pieces|quantity)(?: sold)?"),
        (
            "discount_rate",
            r"(?:average |mean )?discount (?:rate|percentage|percent|depth)|(?:average|mean) discounts?",
        ),
        (
            "net_sales",
            r"(?:(?:total|net|overall) )*(?:sales(?: (?:values?|amounts?|dollars))?|revenues?|spend(?:ing)?)",
        ),
    )
)
_OTHER = re.compile(
    r"\b(?:lift\w*|uplift|incremental\w*|effect\w*|work\w*|roi|return|cannibali\w+|halo|expected|coupons?|campaigns?"
    r"|baseline|impact\w*|help\w*|boost\w*|increas\w*|more than|extra|should|best|worst|success\w*|perform\w*|often"
    r"|times|frequent\w*|why|(?:how many|number of|count of) (?:products|items)(?! sold)|products? (?:are|were) on"
    r"|per (?:week|day|store)|average (?:daily )?sales|correlat\w+|affect\w*|well|front|rear|these|put|move)\b"
)
_WORDS = re.compile(
    r"(?<![\w-])(?:which|what|is|are|was|were|do|does|did|the|an?|of|for|in|on|at|to|by|per|from|with|and|all|our|my|we"
    rf"|show|give|me|list|compare|plot|how|much|many|total|overall|across|each|every|most|highest|largest|come|comes"
    rf"|came|made|make|makes|goes|go|has|have|had|sold|sells?|sales|generate[sd]?|bring|brings|place|{_GOODS}"
    r"|percentage)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for sales by display or mailer; None where a word is not known, or what they added is asked."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole) or not re.search(rf"{_D}|{_M}|displayed", whole):
        return None
    against = reading.take(_AGAINST) is not None
    places = [name for name, pattern in _PLACES if reading.take(pattern) is not None]
    where: list[dict[str, Any]] = [
        {"dimension": name, "values": [_VALUES[name]]} for name, pattern in _ON if reading.take(pattern) is not None
    ]
    if not places and not where:
        return None
    sides = [[one] for one in where] if len(where) == 2 and reading.take(_EACH) is not None else [where]
    said = _IN_BOTH if len(sides) == 2 else ""
    bottom, limit = asks_for_the_bottom(reading), take_limit(reading)
    by = [*dict.fromkeys([*places, *take_groups(reading)])]
    people = [one.condition() for one in take_people(reading)]
    metrics = [name for name, pattern in _FIGURES if reading.find(pattern)][:1] or [*take_metrics(reading)]
    for _, pattern in _FIGURES:
        while reading.take(pattern) is not None:
            pass
    share = reading.take(SHARE) is not None
    if (label := reading.take(LABEL)) is not None:
        own = "private label" if label["own"] else "national brand"
        people.append({"dimension": "private_label", "values": [own]})
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or len(by) > 2 or len(metrics) > 1 or (not metrics and not share and not by):
        return None
    metrics = metrics or ["net_sales"]
    shared = {"order": "bottom" if bottom else None, **slots.args("period", "stores", "product", "department")}
    if people and any(one["dimension"] != "private_label" for one in people):
        shared = {"period": "all time", **shared}
    if against and len(where) == 1 and not share:  # both sides stand beside each other
        sides = [where, [{**where[0], "exclude": True}]]
    if share and where and not places:
        if by:
            if len(by) > 1 or metrics[0] not in ("net_sales", "units"):
                return None
            args = {"by": by[0], "metric": metrics[0], "limit": limit, **shared}
            return Plan(tuple((EACH, _given({**args, "where": [*side, *people]})) for side in sides), said)
        args = {"metrics": metrics, "of_total": True, **shared, "order": None}
        return Plan(tuple((BREAKDOWN, _given({**args, "where": [*side, *people]})) for side in sides), said)
    args = {"by": ", ".join(by) or None, "metrics": metrics, "top": limit, "share": share or None, **shared}
    calls = ({**args, "where": [*side, *people] or None} for side in sides)
    return Plan(tuple((BREAKDOWN, _given(one)) for one in calls), said)


def _given(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value is not None}
