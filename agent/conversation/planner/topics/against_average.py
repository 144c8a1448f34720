"""“Sales by store vs company average”, “stores below the chain average”: stores against the average of all."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.plain_questions.subject import ONE_BY_ONE
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_metrics, take_split
from agent.conversation.surroundings import Surroundings

AVERAGE = "against_average"
_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?)"
_ALL = (
    rf"(?:chain|company|network|fleet|group|estate|banner|business|overall|total|national|all[- ]{_STORES}|{_STORES}"
    r"|district|region(?:al)?)(?:[- ]wide)?"
)
_OWN = r"(?:its|their|each|every|(?:my|the|our|his|her)(?: own)?)"
_DISTRICT = r"(?:own )?(?:district|region)(?:'s)?"
_MEAN = r"(?:average|avg\.?|mean)"
_AVERAGE = (
    rf"(?:(?:the |our |my |its |their |own )*{_ALL}(?:'s)? {_MEAN}|(?:the )?{_MEAN} (?:of|for|in) "
    rf"{_OWN} {_DISTRICT}|(?:the |our |an? )*{_MEAN} (?:{_STORES}|of (?:all|our|the) (?:other )?"
    rf"{_STORES}|across (?:all )?{_STORES})|(?:the )?{_MEAN} of the (?:chain|company|network))"
)
_AGAINST = (
    r"(?:vs\.?|versus|v\.|against|compared? (?:to|with|against)|relative to|than|(?:compares?|stacks? up) (?:to|with"
    r"|against)|benchmark(?:ed)? (?:to|against)|index(?:ed)? to|from|above|below|over|under|beat(?:s|ing)?|exceed(?:s"
    r"|ing)?|trail(?:s|ing)?|miss(?:es|ing)?|ahead of|behind|better than|worse than|higher than|lower than|and|to)"
)
_CLAIM = re.compile(
    rf"\b(?:{_AGAINST}|with) {_AVERAGE}(?!\w)"
    rf"|\b(?:above|below)[- ]{_MEAN}(?!\w)"
    r"|\b(?:vs\.?|versus|v\.|against|compared? (?:to|with|against)|relative to) (?:the |our )?(?:whole |entire )?"
    r"(?:chain|company)(?:[- ]wide)?(?=\W|$)(?!-)"
    rf"|\b(?:vs\.?|versus|v\.|against|compared? (?:to|with|against)|relative to|with) (?:its|their) {_DISTRICT}(?=\W|$)"
)
_MARGIN = re.compile(r"\bmargins?\b(?! (?:dollars?|amounts?|in (?:dollars?|money|cash)|\$))")
_BY_DISTRICT = re.compile(r"\b(?:district|region(?:al)?)\b")
_BARE = re.compile(rf"(?:above|below)[- ]{_MEAN}")
_BASKET = re.compile(r"\b(?:baskets?|tickets?|receipts?)\b")
_OTHER = re.compile(
    r"\b(?:why|underperform\w*|lag(?:s|ging)?|targets?|budgets?|plan|forecast\w*|customers?|households?|shoppers?|products?|items?|skus?|stock|inventory"
    r"|employees?|cashiers?|industry|market|own (?:average|norm)|4[- ]week|four[- ]week|weekly average|daily average"
    r"|growth|grew|trend\w*)\b"
)
_WORDS = re.compile(
    rf"{_CLAIM.pattern}|(?<![\w-])(?:{_STORES}|{_AGAINST}|sales|revenue"
    r"|by|per|for each|each|which|what(?:'s)?|how|individual|best|worst|beat"
    r"|do|does|did|is|are|was|were|has|have|had|the|our|my|all|show|me|give|list|report|in|of|for|on|with|that|performance|performing|perform|s"
    r"|baskets?|tickets?|receipts?|sizes?|values?"
    r"|compare|doing|far|much|well|a|an|rate|average|total)(?![\w-])|'s\b|%"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for such a question, one for each figure; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not (found := reading.take(_CLAIM)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    if _BARE.fullmatch(found[0]) and not re.search(rf"\b{_STORES}\b", whole):
        return None  # of whatever it is, it is not told that stores are meant
    district = _BY_DISTRICT.search(found[0]) is not None
    spans = list(dict.fromkeys(one.phrase for one in periods(reading)))
    if len(spans) > 1:
        return Plan(text=ONE_BY_ONE)
    basket = ["average_transaction_value"] if _BASKET.search(whole) else []
    metrics = list(take_metrics(reading)) or basket or ["net_sales"]
    if _MARGIN.search(whole):  # in money the larger store would always be ahead
        metrics = ["gross_margin_pct" if one == "gross_margin" else one for one in metrics]
    by = take_split(reading)
    if by not in (None, "store"):
        return not_understood(found[0].strip())
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    shared = slots.args("period", "stores", "product", "department")
    shared |= {"average_of": "district"} if district else {}
    return calls_for(AVERAGE, shared, [{"metric": name} for name in metrics])
