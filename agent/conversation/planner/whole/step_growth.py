"""“For each month: sales, and the growth from the previous month”: a course whose steps are held against each other.

“The previous month” is the one before each month and no period of its own, which other readers would take it for.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics, with_plain_sales
from agent.conversation.surroundings import Surroundings

MOVES, BREAKDOWN = "sales_moves", "sales_breakdown"
_SPAN = r"(?:day|week|month|quarter)"
_EACH = re.compile(
    rf"\b(?:(?:for|of|in|by|per|with)? ?(?:each|every|all|by|per) (?P<a>{_SPAN})s?|(?P<b>dai|week|month|quarter)ly)\b"
)
_GREW = (
    r"(?:growth|chang\w+|differences?|increases?|decreases?|grew|grow|moved?)(?: rates?| percentages?| %)?"
    r"(?: (?:in|of) (?:sales|revenue|percent(?:age)?|%|units))?"
)
_OVER = r"(?:from|over|vs\.?|versus|on|against|to|since|relative to|compared? (?:to|with|against))"
_BEFORE = re.compile(
    rf"\b(?:the |its |their |our )?(?:%|percent(?:age)?|relative)? ?{_GREW} +{_OVER} (?:the |its )?"
    rf"(?:(?:previous|prior|preceding|last) (?P<a>{_SPAN}|one|period)|(?P<b>{_SPAN}|one) (?:before|prior))\b"
)
_GROUPS = (
    ("store", r"stores?|shops?|locations?|branch(?:es)?"),
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("brand", r"brands?"),
    ("product", r"products?|items?|skus?"),
)
_LED = r"(?:and )?(?:for |by |per |of |in )?(?:each |every |all |by |per )?(?:the |our )?"
_GROUP = tuple((name, re.compile(rf"(?<![\w-]){_LED}(?:{noun})(?![\w-])")) for name, noun in _GROUPS)
_OTHER = re.compile(
    r"\b(?:why|customers?|households?|coupons?|campaigns?|promo\w*|stock|inventory|forecast\w*|share|last year|year"
    r" (?:ago|before)|same (?:day|week|month))\b"
)
_WORDS = re.compile(
    r"\b(?:for|each|every|and|compute|calculate|show|me|give|list|find|determine|the|our|total|totals?|overall|with|of"
    r"|in|by|per|plus|also|as well as|product|monthly|weekly|daily|quarterly|rates?|how|did|do|does|what|is|are|was"
    r"|were|sales|number)(?!\w)"
)
_STEPS = {"da": "day", "we": "week", "mo": "month", "qu": "quarter"}
_ENOUGH = {"day": "last 4 weeks", "week": "last 12 weeks", "month": "all time", "quarter": "all time"}
NOT_OF_EACH = (
    "The growth of each {step} on the one before is worked out for one {group} or for all together, not for every "
    "{group} at once: here is the course of each; for one ask “{often} sales of …"
    " with the growth from the previous {step}”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The course with its growth step by step; None for every other question, or where a word is not known."""
    reading = Reading.of(text)
    whole = reading.text
    if _OTHER.search(whole) or names_the_future(whole):
        return None
    each, before = reading.take(_EACH), reading.take(_BEFORE)
    if before is None or each is None:
        return None
    step = _STEPS[(each["a"] or each["b"])[:2]]
    against = before["a"] or before["b"]
    if against not in (step, "one", "period"):
        return None
    metrics = with_plain_sales(list(take_metrics(reading)), whole) or ["net_sales"]
    by = [name for name, pattern in _GROUP if reading.take(pattern) is not None]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit or len(by) > 1:
        return None
    shared: dict[str, Any] = {
        "period": slots.period or _ENOUGH[step],
        **slots.args("stores", "product", "department"),
    }
    if not by:
        return calls_for(MOVES, {"step": step, **shared}, [{"metric": name} for name in metrics[:2]])
    split = {"by": f"{by[0]}, {step}", "metrics": metrics}
    return calls_for(
        BREAKDOWN,
        {**split, **shared},
        [],
        NOT_OF_EACH.format(step=step, group=by[0], often="daily" if step == "day" else f"{step}ly"),
    )
