"""Questions about shares: who gained and lost share, the course of private label's share, how concentrated sales are.

What part of sales some customers, days or payments make up is a breakdown (``of_total``); here are the shares that have
tools of their own.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_taken import compared
from agent.conversation.planner.topics.breakdown_words import PRIVATE_LABEL, take_dimensions
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit, take_metrics
from agent.conversation.surroundings import Surroundings

CHANGE, LABEL, CONCENTRATION = "share_change", "private_label_share", "sales_concentration"
_UP = (
    r"(?:gain(?:s|ed|ing)?|win(?:s|ning)?|won|grow(?:s|ing)?|grew|increas\w+|pick(?:s|ed|ing)? up|tak(?:e|es|ing)|took)"
)
_DOWN = r"(?:los(?:e|es|ing|t)|gave up|giving up|ced(?:e|ed|ing)|declin\w+|decreas\w+|shrink\w*|shrank)"
_SHARE = r"(?:(?:market|sales|revenue|volume|unit|category|department|basket|wallet) )?shares?"
_MOVED = re.compile(
    rf"\b(?P<way>{_UP}|{_DOWN})(?: or (?:{_UP}|{_DOWN}))? (?:the )?(?:most |least |any |some |more |its |their "
    rf"|our )*{_SHARE}\b|\b{_SHARE} (?:gains?|loss(?:es)?|shifts?|changes?|movements?|gainers?|losers?|growth"
    rf"|points)\b|\b{_SHARE} (?:of (?:sales|revenue|units) )?(?:by|per|of each) \w+\b.*\b(?:vs\.?|versus|against"
    rf"|compared (?:to|with))\b|\b(?:gainers?|losers?) (?:in|of|by) {_SHARE}\b|\b(?:shift|change)s? (?:in"
    rf"|of) (?:\w+ )?{_SHARE}\b|\b(?:how|which|what|did|has|whose)\b.*\b{_SHARE}(?: of (?:sales|revenue|total"
    "|units))? (?:has |have |did )?(?P<way2>changed?|grew|grow|rose|rise|fell|fall|dropped?|went up|went down"
    "|go(?:ing|ne)? up|go(?:ing|ne)? down|increased?|decreased?|improved?|shrank|shrink|moved?|shift(?:ed)?|up"
    r"|down)\b"
)
_FALLING = re.compile(rf"\b(?:{_DOWN}|losers?|loss(?:es)?|fell|fall|dropp?(?:ed)?|down)\b")
_RISING = re.compile(rf"\b(?:{_UP}|gainers?|gains?|rose|rise|up)\b")
_OTHER = re.compile(
    r"\b(?:why|how come|explain|customers? (?:lost|who)|households?|coupons?|campaigns?|redeem\w*|stock|shelf|space"
    r"|staff|labou?r|target|wallet share|share of wallet)\b"
)
_LEAD = re.compile(r"\b(?P<lead>from|between) (?:the )?$")
_LINKED = {"from": re.compile(r"\s*(?:to|into) (?:the )?"), "between": re.compile(r"\s*and (?:the )?")}
_SPLIT_WORDS = re.compile(
    rf"\b(?:{_UP}|{_DOWN}|{_SHARE}|shift(?:s|ed)?|chang(?:e|es|ed)|movements?|gainers?|losers?|gains?|loss(?:es)?"
    "|growth|points?|rose|rise|fell|fall|drop(?:ped)?|went|going|gone|up|down|improved?|moved?|most|least|any|more"
    "|its|their|our|has|have|did|of|total|or|and|compared|versus|vs|against|percentage|percent|market|sales|revenue"
    r"|units|volume|biggest|largest|the|who|which|what|whose|how|net|in terms of)(?!\w)|%"
)
_COURSE = re.compile(
    r"\bby (?:month|week)\b|\b(?:per|each|every) (?:month|week)\b|\b(?:monthly|weekly)\b|\btrend\w*\b|\bover time\b"
    r"|\b(?:going|gone|went|is it) (?:up|down)\b|\b(?:grow\w*|grew|ris\w+|rose|fall\w*|fell|increas\w+|decreas\w+"
    r"|declin\w+|shrink\w*|develop\w*|evol\w+|chang\w+)\b|\b(?:month|week) by (?:month|week)\b|\bup or down\b"
)
_WEEKS = re.compile(r"\b(?:by|per|each|every) week\b|\bweekly\b|\bweek by week\b")
_LABEL_SHARE = re.compile(r"\b(?:shares?|penetration|proportion|percent(?:age)?|mix|split)\b|%")
_LABEL_WORDS = re.compile(
    rf"{PRIVATE_LABEL.pattern}|\b(?:shares?|penetration|proportion|percent(?:age)?|mix|split|trend\w*|over time|month"
    r"|months|week|weeks|monthly|weekly|by|per|each|every|going|gone|went|up|down|or|grow\w*|grew|ris\w+|rose|fall\w*"
    r"|fell|increas\w+|decreas\w+|declin\w+|shrink\w*|develop\w*|evol\w+|chang\w+|is|it|are|has|have|been|how|of"
    r"|sales|revenue|total|net|our|the|did|does|what|in|and|brands?|products?|units)(?!\w)|%"
)
_PARETO = re.compile(
    r"\bpareto\b|\b80[/-]20\b|\bcumulative (?:sales |revenue |net sales )?shares?\b|\bconcentrat\w+\b"
    r"|\btop \d{1,2} ?(?:%|percent|per cent) of (?:our |the |all |my )*(?P<of>products?|skus?|items?|brands?"
    r"|manufacturers?|categor(?:y|ies)|departments?)\b|\bhow many (?:of (?:our|the) )?(?P<many>brands?|manufacturers?"
    "|categor(?:y|ies)|departments?) (?:make|makes|made|bring|account|generate|drive|cover)(?: up| in"
    r"| for)? \d{1,2} ?(?:%|percent|per cent)(?!\w)|\bhow many (?:of (?:our|the) )?(?:products?|skus?|items?) (?:make"
    r"|makes|made|bring|account|generate|drive|cover)(?: up| in| for)? (?!80)\d{1,2} ?(?:%|percent|per cent)(?!\w)"
)
_PEOPLE = re.compile(r"\b(?:customers?|households?|shoppers?|members?|buyers?)\b")
_PIECES = re.compile(r"\b(?:units?|pieces|volume|quantit(?:y|ies))\b")
_TOP_PERCENT = re.compile(r"\btop (?P<n>\d{1,2}) ?(?:%|percent|per cent)")
_MAKE_PERCENT = re.compile(
    r"\b(?:make|makes|made|bring|account|generate|drive|cover)(?: up| in| for)? (?P<n>\d{1,2}) ?(?:%|percent|per cent)"
)
_RANKED = {
    "brand": "brand",
    "manufacturer": "brand",
    "maker": "brand",
    "categor": "category",
    "department": "department",
}
_PARETO_WORDS = re.compile(
    r"\b(?:pareto|80[/-]20|cumulative|shares?|concentrat\w+|top|of|our|the|all|my|products?|skus?|items?|brands?"
    "|manufacturers?|makers?|categor(?:y|ies)|departments?|make|makes|made|bring|account|generate|drive|cover|up|in"
    "|for|how|many|much|sales|revenue|net|units|margin|gross|profits?|percent|per cent|curve|chart|analysis|rule|by"
    r"|are|is|do|does|a|few|on|come|comes|from|what|which|that|total|across|portfolio|catalogue"
    r"|catalog|assortment|range)(?!\w)|\d{1,2} ?%|\b\d{1,2} (?=percent"
    r"|per cent)|%|\W\(|\)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about shares with a tool of their own; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    if _PARETO.search(whole) and not _PEOPLE.search(whole):
        return _concentration(reading, around)
    if PRIVATE_LABEL.search(whole) and _LABEL_SHARE.search(whole) and _COURSE.search(whole):
        return _course_of_label(reading, around)
    if _MOVED.search(whole):
        return _moved(reading, around)
    return None


def _moved(reading: Reading, around: Surroundings) -> Plan | None:
    whole = reading.text
    falling, rising = _FALLING.search(whole) is not None, _RISING.search(whole) is not None
    compare_to, period = _two_ends(reading) or compared(reading)
    label = PRIVATE_LABEL.search(whole) is not None
    while label and reading.take(PRIVATE_LABEL):
        pass
    dimensions = ["private_label"] if label else take_dimensions(reading)
    limit = take_limit(reading)
    metrics = [name for name in take_metrics(reading) if name in ("units", "gross_margin", "gross_sales")]
    slots = take_slots(reading, around, _SPLIT_WORDS)
    if slots.unknown or len(dimensions) > 1:
        return not_understood(slots.unknown or f"by {' and '.join(dimensions)}")
    by = dimensions[0] if dimensions else "department"
    part = slots.args("product", "department")
    mention = None
    if not dimensions or by == "department":
        mention, part = slots.department, {} if slots.department else part
    if not dimensions and slots.product:
        return None  # the share of one product: of what is not said
    return calls_for(
        CHANGE,
        {
            "by": by,
            "period": period or slots.period or "last 4 weeks",
            "compare_to": compare_to,
            "metric": metrics[0] if metrics else None,
            "order": None if falling == rising else "lost" if falling else "gained",
            "limit": limit,
            "mention": mention,
            **part,
            **slots.args("stores"),
        },
        [],
    )


def _two_ends(reading: Reading) -> tuple[str, str] | None:
    """The first and the later end of “from Q2 to Q3”, taken out; None where two spans are not joined so."""
    found = take_periods(Reading(reading.text, reading.source))
    if len(found) != 2:  # “from September to October” is one span, which ``later_first`` takes apart
        return None
    first, second = found
    lead, link = _LEAD.search(reading.text[: first.start]), reading.text[first.end : second.start]
    if lead is None or not _LINKED[lead["lead"]].fullmatch(link):
        return None
    reading.blank(lead.start(), second.end)
    return first.phrase, second.phrase


def _course_of_label(reading: Reading, around: Surroundings) -> Plan | None:
    whole = reading.text
    by = "week" if _WEEKS.search(whole) else "month"
    slots = take_slots(reading, around, _LABEL_WORDS)
    if slots.unknown or slots.limit or split_left(reading):
        return None
    usual = "last 12 weeks" if by == "week" else "all time"
    period = slots.period or usual
    if re.fullmatch(r"(?:this|last) (?:week|month)|yesterday|today", period):
        return None  # a course within one step is none; the comparison has it
    return calls_for(LABEL, {"by": by, "period": period, **slots.args("stores", "product", "department")}, [])


def _concentration(reading: Reading, around: Surroundings) -> Plan | None:
    whole = reading.text
    found = _PARETO.search(whole)
    said = (found["of"] or found["many"] or "") if found else ""
    noun = next(
        (name for word, name in _RANKED.items() if word in said or (not said and f"{word}" in whole)), "product"
    )
    top, share = _TOP_PERCENT.search(whole), _MAKE_PERCENT.search(whole)
    for pattern in (_TOP_PERCENT, _MAKE_PERCENT):
        reading.take(pattern)
    metrics = [name for name in take_metrics(reading) if name in ("units", "gross_margin", "gross_sales")]
    if not _PIECES.search(whole):
        metrics = [name for name in metrics if name != "units"]  # “how many products” counts them, not their pieces
    slots = take_slots(reading, around, _PARETO_WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    return calls_for(
        CONCENTRATION,
        {
            "of": None if noun == "product" else noun,
            "metric": metrics[0] if metrics else None,
            "top_percent": int(top["n"]) if top else None,
            "share": int(share["n"]) if share and not top else None,
            **slots.args("period", "stores", "product", "department"),
        },
        [],
    )
