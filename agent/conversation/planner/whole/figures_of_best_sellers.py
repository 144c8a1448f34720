"""A figure of the best sellers: “profit on our three best sellers” ranks by sales and tells the profit beside them.

“Top products by profit” ranks by it, and is read elsewhere.
"""

from __future__ import annotations

import re

from agent.conversation.planner.concepts.lexicon import FIGURES, words_of
from agent.conversation.planner.outcome import BREAKDOWN, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings

_N = rf"(?:\d{{1,2}}|{'|'.join(WORD_NUMBERS)})"
_GOODS = r"(?:products?|items?|skus?|articles?|lines|goods|things)"
_SALES = r"(?: (?:by|in|on) (?:net )?(?:sales|revenue|turnover|takings))"
_BEST = re.compile(
    rf"\b(?:(?P<n>{_N}) )?(?P<end>best|top|biggest|highest|worst|lowest|poorest)(?: (?P<m>{_N}))?"
    rf"(?:[- ]?(?P<sellers>sellers?)|[- ]selling (?:\w+ )?(?P<goods>{_GOODS})| (?P<plain>{_GOODS}){_SALES})(?![\w-])"
)
_LINK = r"(?:of|on|for|from|with|across|among|by) (?:each of )?(?:our |the |my |these |those )*$"
_VERB = re.compile(
    r"^\W*(?:how (?:much|many|high|profitable|big|large|well)\b.*|what .*)\b(?:do|does|did|is|are|was|were|have|has)"
    r" (?:our |the |my )*$"
)
_RANKED_BY = re.compile(r"^\W*(?:by|in terms of|ranked|sorted|according)\b")
_OTHER = re.compile(
    r"\b(?:why|stock|inventory|on hand|customers?|households?|compare\w*|versus|vs|than|growth|grow\w*|fell|drop\w*"
    r"|change\w*|trend\w*|stores? (?:sell|have)|each (?:store|department|category)|every|share|percent of"
    r"|forecast|should|re-?order|buy)\b"
)
_WORDS = re.compile(
    r"\b(?:what|which|how|much|many|high|big|large|profitable|do|does|did|is|are|was|were|have|has|the|our|my|we|on|of"
    r"|for|from|with|across|among|make|makes|made|earn|earned|bring|brings|brought|in|get|got|give|gave|given|show"
    r"|tell|me|us|each|these|those|them|in total|generate|generated|as|well|to|money|currently|at|average|mean)(?!\w)"
)
_PROFITABLE = re.compile(r"\bprofitable\b|\bmoney\b")
_TELLABLE = frozenset({
    "gross_margin", "gross_margin_pct", "returns", "refund_rate", "discounts", "discount_rate", "units",
    "average_selling_price", "cost_of_goods", "transactions",
})  # fmt: skip
_USUAL = "last week"


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for figures of so many best sellers; None where no other figure is said, or a word is not known."""
    whole = Reading.of(text).text
    best = _BEST.search(whole)
    if best is None or _OTHER.search(whole) or names_the_future(whole) or _RANKED_BY.search(whole[best.end() :]):
        return None
    before = whole[: best.start()]
    if not (re.search(_LINK, before) or _VERB.search(before)):
        return None
    said = [one for one in words_of(before) if one.named(FIGURES) and one.named(FIGURES) != "net_sales"]
    metrics = list(dict.fromkeys(str(one.named(FIGURES)) for one in said))
    if _PROFITABLE.search(before):
        metrics = ["gross_margin", "gross_margin_pct"]
    rest = before
    for one in said:
        rest = rest.replace(one.words, " ")
    reading = Reading.of(f"{rest} {whole[best.end() :]}")
    if not metrics or not set(metrics) <= _TELLABLE:
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or split_left(reading):
        return None
    number = best["n"] or best["m"]
    noun = best["sellers"] or best["goods"] or best["plain"]
    count = (WORD_NUMBERS.get(number) or int(number)) if number else 10 if noun.endswith("s") else 1
    args = {
        "by": "product",
        "metrics": ["net_sales", *metrics],
        "top": count,
        "order": "bottom" if best["end"] in ("worst", "lowest", "poorest") else None,
        "period": slots.period or _USUAL,
        **slots.args("stores", "department"),
    }
    return calls_for(BREAKDOWN, args, [])
