"""Questions for the stores, days, weeks, hours, departments or categories that came to more or less than an amount."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover, take_marked
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS
from tools.metrics.model import UnitKind

COUNT = "count_over_amount"
_NOUNS = (
    ("store", r"(?:stores?|shops?|locations?|branch(?:es)?)"),
    ("weekday", r"(?:week ?days?|days? of the week)"),
    ("day", r"days?"),
    ("week", r"weeks?"),
    ("month", r"months?"),
    ("hour", r"hours?"),
    ("department", r"(?:departments?|depts?)"),
    ("category", r"categor(?:y|ies)"),
    ("product", r"(?:products?|items?|skus?|articles?)"),
)
_NUMBER = r"[$€£]? ?\d[\d,]*(?:\.\d+)?(?: ?k\b)?(?: ?%| percent\b| per cent\b)?"
_PERCENT = re.compile(r"\d[\d,.]* ?(?:%|percent\b|per cent\b)")
_ASKS = (
    "(?:which|what|how many|number of|count(?: of)?|list(?: of)?|show(?: me)?|give me|find|any|did any|are there any"
    "|do any|does any)"
)
_CLAIMS = tuple(
    (
        each,
        re.compile(
            rf"\b{_ASKS} (?:of )?(?:the |our |my |all )*(?P<noun>{noun})\b(?! of)|^\W*(?P<bare>{noun}) (?=(?:with|that"
            r"|which|having|where|over|under|above|below)\b)"
        ),
    )
    for each, noun in _NOUNS
)
_BETWEEN = re.compile(rf"\bbetween (?P<least>{_NUMBER}) (?:and|to|-) (?P<most>{_NUMBER})")
_BOUNDS = (
    ("at_least", re.compile(rf"\b(?:at least|no less than|a minimum of|reach(?:ed|es)?|hit|min\.?) (?P<n>{_NUMBER})"
                            rf"|(?P<m>{_NUMBER}) ?(?:\+|(?:or|and) (?:more|over|above|higher)\b)")),
    ("at_most", re.compile(rf"\b(?:at most|no more than|up to|a maximum of) (?P<n>{_NUMBER})"
                           rf"|(?P<m>{_NUMBER}) (?:or|and) (?:less|fewer|under|below|lower)\b")),
    ("over", re.compile(rf"\b(?:over|above|more than|greater than|higher than|bigger than|exceed(?:s|ed|ing)?|beat"
                        rf"|beats|topp?(?:ed|s)|top(?= [$€£]| \d{3})"
                        rf"|surpass(?:ed|es)?|north of) (?P<n>{_NUMBER})")),
    ("under", re.compile(rf"\b(?:under|below|less than|fewer than|lower than|smaller than|short of) (?P<n>{_NUMBER})")),
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:why|stock\w*|inventory|on hand|left|cover|customers?|shoppers?|households?|employees?|cashiers?|tasks?"
    r"|discount(?:ed)? (?:by|at)|re-?order\w*|basket with|transactions? (?:over|under|above|below|of (?:more|over))"
    r"|no transactions?|not (?:sold|sell)\w*|prices?|priced|cost(?:s|ing)?|each|apiece|forecast\w*|targets?|promo\w*"
    r"|coupons?|refund of|than (?:usual|last|the)|visit\w*|growth|grew|grown|fell|dropped|rose|up by|down by"
    r"|increase[ds]?|decrease[ds]?|unsold|expir\w+)\b|\d (?:different |distinct )?(?:products?|skus?|brands?"
    r"|categor\w+|departments?|stores?|shops?|days?|weeks?|hours?|people|items?(?!.*\bsold\b))\b(?! (?:sales|in))"
    r"|\d (?:units |pieces )?(?:a|per|each|every) (?:day|week|month|hour|store)\b|\b(?:in|at|by) (?:more than|over"
    r"|at least|less than|fewer than) (?:\d+|two|three) (?:of our )?(?:stores?|shops?)|^\W*(?:products?|items?"
    "|skus?) (?:over|under|above|below)"
)
_SPAN = re.compile(r"\b(?:last|past|previous) \d{1,3} (?:days?|weeks?|months?)\b")
"""A period by its length, which is no count of days."""
_SOLD = re.compile(
    r"\b(?:sold|sell\w*|sales|revenue|units|made|make|generat\w+|brought|bring\w*|took|take\w*|earn\w*|margin|profit)\b"
)
_WORDS = re.compile(
    r"\b(?:had|have|has|did|do|does|with|made|make|took|take|that|where|were|was|who|which|in|of|on|for|came|come|to"
    r"|than|sold|sell|generat\w+|brought|bring|record\w*|log\w*|saw|see|got|get|reached|we|our|each|total|totals?"
    "|sales|revenue|dollars|bucks|worth|value|percent|per cent|any|there|are|is|all|below|above|over|under|products?"
    r"|items?|skus?|articles?)(?!\w)|%"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question of this kind; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    claim = next(((name, found) for name, pattern in _CLAIMS if (found := pattern.search(whole))), None)
    if claim is None or _OTHER.search(_SPAN.sub(" ", whole)) or names_the_future(whole):
        return None
    if claim[0] == "product" and not _SOLD.search(whole):
        return None  # “products under $5” are meant by their price
    args = take_bounds(reading)
    if not args:
        return None
    each, found = claim
    reading.blank(*found.span("noun" if found["noun"] else "bare"))
    metrics = list(take_metrics(reading))
    if "units" in metrics and len(metrics) > 1:
        metrics.remove("units")
    if len(metrics) > 1:
        return not_understood(metrics[1].replace("_", " "))
    metric = _metric(metrics[0] if metrics else None, each, whole)
    if (share := _PERCENT.search(whole)) and METRICS[metric].unit_kind is not UnitKind.PERCENT:
        return not_understood(share[0].strip())  # 1 % of sales is no dollar
    marked = take_marked(reading)
    spans = [one.phrase for one in take_periods(reading)]
    stores = take_stores(reading, around)
    departments = take_departments(reading, around) if marked is None else []
    while reading.take(_WORDS):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    goods = marked or (left.goods if left else None)
    if (left and left.unknown) or len(departments) > 1 or len(spans) > 1 or (goods and departments):
        return not_understood((left.unknown if left else "") or " and ".join([*departments, *spans]))
    part = {"department": departments[0]} if departments else goods.args() if goods else {}
    shared = {"each": each, "metric": metric, **args, **part, "stores": stores or (left.store if left else None)}
    return calls_for(COUNT, shared, [{"period": span} for span in spans])


def _metric(named: str | None, each: str, whole: str) -> str:
    """The figure that is held against the amount: a rate where the amount is in per cent, pieces where goods are."""
    if each == "product" and named is None and "$" not in whole and not re.search(r"\b(?:sales|revenue)\b", whole):
        return "units"
    if _PERCENT.search(whole):
        rates = {"gross_margin": "gross_margin_pct", "returns": "refund_rate", "discounts": "discount_rate"}
        return rates.get(named or "", named or "net_sales")
    return named or "net_sales"


def take_bounds(reading: Reading) -> dict[str, str]:
    """The amounts, taken out."""
    args: dict[str, str] = {}
    if between := reading.take(_BETWEEN):
        args = {"at_least": _plain(between["least"]), "at_most": _plain(between["most"])}
    for name, pattern in _BOUNDS:
        if bound := reading.take(pattern):
            args[name] = _plain(next(value for value in bound.groupdict().values() if value))
    return args


def _plain(said: str) -> str:
    return re.sub(r"[$€£,%\s]|percent|per cent", "", said)
