"""Questions about the spread of baskets: the median one, single items, and how many hold certain goods."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, not_understood
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.wording.words import take_split
from agent.conversation.surroundings import Surroundings

STATISTICS = "basket_statistics"
_BASKET = r"(?:baskets?|transactions?|orders?|tickets?|receipts?|sales?|carts?|purchases?|checkouts?)"
_HOLD = r"(?:contain(?:s|ed|ing)?|include[sd]?|including|have|has|had|with|held|hold(?:s|ing)?|feature[sd]?)"
_SPREAD = re.compile(
    r"\b(?:median|typical|quartiles?|percentiles?|distribution|standard deviations?|std\.? ?dev\w*|variance"
    rf"|variability|spread)(?: of| in)?(?: \w+){{0,2}} {_BASKET}(?: (?:value|size|amount)s?)?\b"
    rf"|\b{_BASKET} (?:values? |sizes? |amounts? )?(?:distribution|standard deviation|variance|statistics|stats|spread"
    r"|quartiles?|percentiles?|histogram|sizes)\b|\bsingle[- ]items?\b|\bone[- ]item\b|\b(?:large|big"
    r"|small) (?:baskets|orders|transactions)\b|\b(?:average|avg|mean|median|typical)(?: number of"
    rf"| count of)? (?:items|units|products|pieces|things) (?:per|in (?:a|an|each|every|the)(?: average)?) {_BASKET}\b"
)
_CONTAINS = re.compile(
    rf"\b(?:how many|number of|count of)(?: of)?(?: the| our| all)* {_BASKET} (?:that |which |did "
    rf"|do )?(?:\w+ )?{_HOLD}\b|\b(?:what|which)(?: is the| was the|'s the)? (?:share|percent(?:age)?|proportion"
    rf"|fraction|%|part)(?: of)?(?: all| the| our)* {_BASKET} (?:that |which )?{_HOLD}\b|\b(?:share|percent(?:age)?"
    rf"|proportion|fraction|%) of(?: all| the| our)* {_BASKET} (?:that |which )?{_HOLD}\b|\battach(?:ment)? rates?\b"
)
_TOGETHER = re.compile(
    r"\b(?:together|campaigns?|coupons?|mailers?|both|also (?:buy|bought)|combinations?|pairs?|cross[- ]sell\w*"
    r"|affinit\w+|alongside|goes? with|discounts?|promotions?|returns?|refunds?|employees?|customers? (?:who|that))\b"
)
_WORDS = re.compile(
    rf"\b(?:{_BASKET}|{_HOLD}|standard deviations?|std\.? ?dev\w*|variance|variability|median|typical|quartiles?"
    "|percentiles?|distribution|spread|statistics|stats|sizes?|values?|amounts?|single[- ]items?|one[- ]item|large"
    "|big|small|average|avg|mean|number|count|items|units|products|pieces|things|percent(?:age)?|share|proportion"
    r"|fraction|part|%|attach(?:ment)?|rates?|histogram|that|which|did|at least one|least|any|all)(?!\w)"
)
_PEOPLE = re.compile(
    r"\bhow many (?:customers|people|shoppers|households) (?:bought|purchased|buy|got)\b(?! (?:again|more|twice|once"
    "|something))"
)
_PER_BASKET = "That counts transactions, not people: one who came twice is in it twice."
_MORE_THAN = re.compile(
    r"\b(?:with |of |having )?(?:(?P<over>more than|over|above)|(?P<least>at least)) (?P<items>\d{1,3}) (?:items"
    r"|products|units|pieces|things)\b|\b(?P<or_more>\d{1,3}) (?:\+|or more) (?:items|products|units|pieces|things)\b"
)
_SUBJECT = Subject(
    STATISTICS,
    _WORDS,
    frozenset({"store", "day", "weekday", "hour"}),
    frozenset({"product", "department"}),
)


_BY_PEOPLE = re.compile(
    r"\b(?:by|per|for each|across) (?:household size|family size|income|age|marital|kids|number of (?:kids|children)"
    "|home ?owner)"
)


_MEAN_PIECES = re.compile(
    r"\b(?:average|avg|mean)(?: number of| count of)? (?:items|units|products|pieces|things) (?:per|in (?:a|an|each"
    rf"|every|the)(?: average)?) {_BASKET}\b"
)
_OR_WITHOUT = re.compile(
    rf"(?<= ){_BASKET}(?: (?:value|size|amount)s?)? {_HOLD} (?P<goods>(?!and\b|or\b)[a-z][\w &'-]*?),? (?:vs\.?|versus"
    rf"|and|or|against|compared? (?:to|with)|than) (?:those |the ones |{_BASKET} )?without(?: it| them| any"
    r"| (?P=goods))?(?= )"
)
"""“Average basket with milk vs without”: the baskets that hold the goods are told beside the others."""
_COURSE = frozenset({"week", "month", "department", "category"})
_PERCENTILE = re.compile(r"\b(?P<n>\d{1,2})(?:st|nd|rd|th) percentiles?\b")
_KNOWN_PERCENTILE = re.compile(r"25|50|75|90")


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about the spread of baskets or what they hold; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _BY_PEOPLE.search(whole):
        return None
    if (asked := reading.take(_PERCENTILE)) is not None and not _KNOWN_PERCENTILE.fullmatch(asked["n"]):
        return not_understood(f"{asked[0].strip()} (I know the 25th, 50th, 75th and 90th)")
    if _MEAN_PIECES.search(whole) and take_split(Reading(reading.text)) in _COURSE:
        return None  # the mean by month or department is a plain figure of the summary
    if (held := reading.find(_OR_WITHOUT)) is not None:
        reading.blank(held.end("goods"), held.end())
    people = reading.take(_PEOPLE) is not None
    large = _large(reading) if not people else None
    contains = people or held is not None or (large is None and _CONTAINS.search(whole) is not None)
    if not (contains or _SPREAD.search(whole) or asked or (large and _CONTAINS.search(whole))) or _TOGETHER.search(
        whole
    ):
        return None
    found = plan_for(replace(_SUBJECT, args={"large": large}), reading, around)
    if contains and found and found.calls and not all({"product", "department"} & set(args) for _, args in found.calls):
        return None  # "how many orders had we yesterday" holds no goods: it is a plain count
    return Plan(found.calls, _PER_BASKET) if people and found and found.calls else found


def _large(reading: Reading) -> int | None:
    """From how many items on a basket is meant, taken out."""
    found = reading.take(_MORE_THAN)
    if found is None:
        return None
    return int(found["items"]) + bool(found["over"]) if found["items"] else int(found["or_more"])
