"""Questions for the best of each group: “best product of each department”, “each store's top 3 categories”."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit, take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_BEST = (
    r"(?:best|top|worst|bottom|biggest|largest|leading|main|strongest|weakest|number one|no\.? ?1|#1|most popular"
    "|most sold|most profitable|highest|lowest|favou?rite|least popular|popular)(?:[- ](?:selling|performing|seller"
    "|sold|grossing))?"
)
_INNER: tuple[tuple[str, str], ...] = (
    ("product", r"(?:products?|items?|skus?|articles?|sellers?|goods)"),
    ("brand", r"(?:brands?|manufacturers?|makers?)"),
    ("category", r"(?:(?:product )?categor(?:y|ies))"),
    ("department", r"(?:departments?|depts?|divisions?)"),
    ("store", r"(?:stores?|shops?|locations?|branch(?:es)?)"),
    ("weekday", r"(?:weekdays?|days? of (?:the )?week)"),
    ("hour", r"(?:hours?)"),
)
_OUTER: tuple[tuple[str, str], ...] = (
    ("department", r"(?:departments?|depts?|divisions?)"),
    ("category", r"(?:(?:product )?categor(?:y|ies))"),
    ("store", r"(?:stores?|shops?|locations?|branch(?:es)?)"),
    ("district", r"districts?"),
    ("brand", r"(?:brands?|manufacturers?|makers?)"),
    ("supplier", r"(?:suppliers?|vendors?)"),
    ("age_band", r"(?:age (?:groups?|bands?|brackets?)|ages?)"),
    ("income_band", r"(?:income (?:groups?|bands?|brackets?|levels?)|incomes?)"),
    ("household_size", r"(?:(?:household|family) sizes?)"),
    ("household_comp", r"(?:(?:household|family) (?:compositions?|types?))"),
    ("month", r"months?"),
    ("week", r"weeks?"),
    ("weekday", r"(?:weekdays?|days? of (?:the )?week)"),
    ("hour", r"hours?"),
)
_EACH = r"(?:each|every|all(?: of)?(?: the| our)?)"
_TOP_SELLER = r"(?:best|top|worst|number one)[- ]?sellers?"


def _either(table: tuple[tuple[str, str], ...], prefix: str) -> str:
    return "|".join(rf"(?P<{prefix}_{name}>{noun})" for name, noun in table)


_FORMS = (
    re.compile(
        rf"\b(?:{_BEST}(?: (?:\d{{1,2}}|three|five|ten|two))?(?: (?:selling|performing|sold"
        rf"|grossing))?(?: (?:{_either(_INNER, 'i')}))(?: by [a-z %]{{3,20}}?)?|(?P<seller>{_TOP_SELLER})) (?:(?:in"
        rf"|for|of|at|by|within|from|on|during|among) {_EACH}|per|by|within|in) (?:the "
        rf"|our )?(?:{_either(_OUTER, 'o')})\b"
    ),
    re.compile(
        rf"\b(?:for|in|at|within) {_EACH} (?:{_either(_OUTER, 'o')}),? (?:what|which|give|show|list|name)?(?:'s| is"
        rf"| are| was| were| me)? ?(?:the |their |its )?(?:{_BEST}(?: (?:\d{{1,2}}|three|five|ten|two))?(?: (?:selling"
        rf"|performing|sold))? (?:{_either(_INNER, 'i')})|(?P<seller>{_TOP_SELLER}))\b"
    ),
    re.compile(
        rf"\b{_EACH} (?:{_either(_OUTER, 'o')})(?:'s|s')? (?:own )?(?:{_BEST}(?: (?:\d{{1,2}}|three|five|ten"
        rf"|two))?(?: (?:selling|performing|sold))? (?:{_either(_INNER, 'i')})|(?P<seller>{_TOP_SELLER}))\b"
    ),
    re.compile(
        rf"\b(?:which|what) (?:{_either(_INNER, 'i')}) (?:(?:sells?|sold|is|was|were|are|performed|performs|had"
        "|has) (?:the )?(?:best|most|worst|least|top|number one)|dominates?|leads?|wins?|tops?|rules?)(?: selling"
        rf"| popular| sales)?(?: (?:in|for|at|within|on|during|of))? {_EACH} (?:{_either(_OUTER, 'o')})\b"
    ),
)
_OTHER = re.compile(
    r"\b(?:why|grew|growth|growing|chang\w*|lift|promo\w*|coupons?|campaigns?|stock|reorder|shelf|customers? (?:who"
    r"|names?)|forecast|employee|cashier|average day|busiest|peak|compared|versus|vs)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_BEST}|{_TOP_SELLER}|selling|performing|sellers?|sold|sells?|most|least|each|every|all|of|in|for|at|per"
    "|by|within|on|from|during|what|which|the|our|their|its|own|give|show|list|name|me|is|are|was|were|had|has|sales"
    r"|revenue|net|number|one|among|performs?|performed|popular|dominates?|leads?|wins?|tops?|rules?)(?!\w)"
)
_MOST = 20


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question for the best of each group; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    found = next((match for form in _FORMS if (match := form.search(whole))), None)
    if found is None:
        return None
    named = {key: value for key, value in found.groupdict().items() if value}
    outer = next((key[2:] for key in named if key.startswith("o_")), "")
    inner = next((key[2:] for key in named if key.startswith("i_")), "product")
    if inner == outer or not outer or (inner in ("department", "category", "store") and not _tells_each(whole)):
        return None
    bottom = asks_for_the_bottom(reading)
    limit = take_limit(reading)
    metrics = list(take_metrics(reading))
    if re.search(r"\bprofitable\b", whole):
        metrics = ["gross_margin"]
    elif not metrics and inner in ("product", "brand") and re.search(r"\bmost (?:sold|popular)\b", whole):
        metrics = ["units"]
    if len(metrics) > 1:
        return None
    reading.blank(found.start(), found.end())
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    each = limit or slots.limit or 1
    if each > _MOST:
        return None
    args: dict[str, Any] = {
        "by": f"{outer}, {inner}",
        "metrics": metrics or None,
        "each": each,
        "period": slots.period or ("all time" if outer == "month" else None),
        "order": "bottom" if bottom else None,
        **slots.args("stores", "product", "department"),
    }
    return calls_for(BREAKDOWN, args, [])


def _tells_each(whole: str) -> bool:
    """Whether each group is plainly meant; “best store by department” may be one split or the other."""
    return re.search(rf"\b(?:{_EACH}|per)\b", whole) is not None
