"""The words of questions about single baskets, lines, products, days or stores: units, figures, statistics, bounds."""

from __future__ import annotations

import re

from agent.conversation.planner.plain_questions.plain_words import GROUPS
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.whole.household_words import NUMBER

_BASKETS = (
    r"(?:shopping )?(?:baskets?|trips?|carts?)|transactions?|orders?|receipts?|(?:store )?visits?|tickets?|purchases?"
)
_EACH = r"(?:per|(?:for|of|in|by|from|at|on|within|with) (?:an?|each|every|one)|each|every|an?)"
_ALONE = r"(?: (?:single|individual|given|typical|unique|distinct|different|shopping|calendar))*"
_NOUNS: tuple[tuple[str, str], ...] = (
    ("line", r"(?:transaction|order|receipt|basket|line)[- ](?:lines?|items?|rows?)|lines?"),
    ("basket", _BASKETS),
    ("product", r"products?|skus?|items?|articles?"),
    ("category", r"(?:product )?categor(?:y|ies)|commodit(?:y|ies)"),
    ("department", r"departments?"),
    ("brand", r"brands?|manufacturers?"),
    ("store", r"stores?|locations?"),
    ("day", r"days?"),
    ("week", r"weeks?"),
    ("month", r"months?"),
)
UNITS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-]){_EACH}{_ALONE} (?:{noun})(?! (?:lines?|items?|sizes?|of the week))(?![\w-])"))
    for name, noun in _NOUNS
)
"""What a figure is of each of: “per basket”, “in a single order”, “for each day”."""
ADVERBS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for name, words in (("day", r"daily|(?:in )?(?:an? )?day(?='s)"), ("week", "weekly"), ("month", "monthly"))
)
"""The same as a word before the figure: “daily sales”."""
OF_BASKETS = re.compile(rf"(?<![\w-])(?:{_BASKETS}) (?:values?|sizes?|totals?|amounts?)(?![\w-])")
"""“Basket value”: the sales of a basket."""
_COUNT = r"(?:(?:the )?(?:total |average |mean )?(?:number|count|quantity|amount) of |how many )?"
_SOME = r"(?:(?:unique|distinct|different|separate) (?:number of )?)"
_SOLD = r"(?: (?:that (?:are|were) )?(?:sold|bought|purchased|shopped|made|given|visited))?"
FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for name, words in (
        ("products", rf"{_COUNT}(?:{_SOME}(?:products?|items?|skus?)|products|skus){_SOLD}"),
        ("categories", rf"{_COUNT}{_SOME}?(?:product )?(?:categories|commodities){_SOLD}"),
        ("departments", rf"{_COUNT}{_SOME}?departments{_SOLD}"),
        ("brands", rf"{_COUNT}{_SOME}?(?:brands|manufacturers){_SOLD}"),
        ("stores", rf"{_COUNT}{_SOME}?stores{_SOLD}"),
        ("customers", rf"{_COUNT}{_SOME}?(?:households|customers|shoppers|buyers|families){_SOLD}"),
        ("discounts", r"(?:(?:total|retail|loyalty|price) )*(?:discounts?|savings)(?: (?:amounts?|dollars|given))?"),
        ("units", rf"{_COUNT}(?:items|units|pieces|quantit(?:y|ies)){_SOLD}|quantit(?:y|ies)"),
        (
            "net_sales",
            (
                r"(?:(?:total|overall|net|dollar) )*(?:sales(?: (?:values?|amounts?|dollars))?|revenues?|spend(?:ing)?"
                r"|takings|amount spent|money spent|turnover)"
            ),
        ),
        ("transactions", rf"{_COUNT}(?:(?:shopping |store )?(?:trips|visits)|transactions|baskets|orders|receipts)"),
    )
)
"""What is told of each; the longer phrases come first."""
TELLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for name, words in (
        ("deviation", r"standard deviations?|std\.? ?dev\w*|variance|variability"),
        (
            "quartiles",
            (
                r"quartiles?|percentiles?|box ?plots?|interquartile range|iqr|distributions?(?: of)?|distributed"
                r"|histograms?"
            ),
        ),
        ("median", r"medians?"),
        ("mean", r"averages?|avg\.?|means?|on average|typical(?:ly)?"),
    )
)  # fmt: skip
"""What is told of it, the rarer words first."""
HIGHEST = re.compile(r"(?<![\w-])(?:max(?:imum)?|highest|largest|biggest|greatest|most)(?![\w-])")
LOWEST = re.compile(r"(?<![\w-])(?:min(?:imum)?|lowest|smallest|fewest|least)(?![\w-])")
EXTREMES = re.compile(r"(?<![\w-])(?:max(?:imum)?|min(?:imum)?)(?![\w-])")
_N, _M = NUMBER.format("n"), NUMBER.format("m")
BOUNDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w$])(?:{words})(?![\w%])(?! ?(?:%|percent|per cent))"))
    for name, words in (
        ("between", rf"(?:between |from )?{_N} ?(?:and|to|-) ?{_M}"),
        ("at_least", rf"(?:at least|no less than|no fewer than|a minimum of) {_N}|{_M} ?(?:\+|or more)"),
        ("at_most", rf"(?:at most|no more than|up to|a maximum of) {_N}|{_M} or (?:less|fewer)"),
        ("over", rf"(?:over|above|more than|greater than|larger than|bigger than|higher than|exceeding) {_N}"),
        ("under", rf"(?:under|below|less than|fewer than|smaller than|lower than) {_N}"),
        ("exactly", rf"(?:only|exactly|just)(?: a single)? {_N}"),
    )
)
"""Bounds of the figure of a basket."""
SHARE = re.compile(
    r"(?<![\w-])(?:what |the )*(?:share|percent(?:age)?|proportion|fraction|portion|%)(?: of)?(?: the| all| our)*"
    r"(?![\w-])"
)
HOLD = re.compile(
    rf"(?<![\w-])(?:of )?(?:all |our |the )*(?:{_BASKETS})(?: (?:that|which))?"
    r"(?: (?:are|were|come to|came to|contain(?:s|ed|ing)?|hold(?:s|ing)?|held|have|has|had|having|with|include[sd]?"
    r"|including|worth|of|larger|bigger))*(?![\w-])"
)
"""The baskets that are counted: “baskets containing”, “transactions with”, “baskets that are”."""
WHICH = re.compile(r"^ *(?:which|what)(?: are| is)?(?: the)?(?: top| bottom)?(?: [1-9]\d?)? *$")
GROUP_WORDS: tuple[tuple[str, str], ...] = (
    *GROUPS,
    ("district", r"districts?|regions?"),
    ("private_label", r"brands?"),
)
LABEL = re.compile(
    r"(?<![\w-])(?:(?P<own>private[- ]labels?|(?:store|own)[- ](?:brands?|labels?))|national[- ]brands?)(?![\w-])"
)
"""Own label or national brands, without the word for the goods behind it."""
COUNTING = re.compile(r"(?:\b(?:number|count|amount|quantity) of(?: (?:different|distinct|unique))?|how many) *$")
"""What stands before things that are counted, and are no group."""
LEAD = re.compile(
    r"(?:\b(?:by|per|for|in|of|at|within|across|between|among|to)(?: (?:the|all|each|every|different|various|our))*"
    r"|\beach|\bevery|\band|,) *$"
)
"""What stands before a group that a figure is told by."""
SOUGHT = re.compile(
    r"^[ ,]*(?:(?:and )?(?:which|what|show(?: me)?|list|rank|find|compare)"
    r"(?: (?:the|are|is|our|all|top|bottom|[1-9]\d?))*)? *$"
)
"""What stands before a group that is looked for, at the head of a question."""
_NOTHING = re.compile(r"(?!)")


def take_groups(
    reading: Reading, *, behind: re.Pattern[str] = _NOTHING, but: frozenset[str] = frozenset()
) -> list[str]:
    """The groups behind “by” or “each”, or looked for at the head of a question; taken out of the reading.

    ``behind`` are further words before a group, ``but`` are groups that the reader knows otherwise.
    """
    found = []
    for name, words in GROUP_WORDS:
        for match in re.finditer(rf"(?<![\w-])(?:{words})(?:'s?)?(?![\w-])", reading.text) if name not in but else ():
            before = reading.text[: match.start()]
            if LEAD.search(before) or (SOUGHT.fullmatch(before) and before.strip()) or behind.search(before):
                found.append(name)
                reading.blank(match.start(), match.end())
                break
    return found


FILLER = re.compile(
    r"(?<![\w-])(?:which|what|what's|is|are|was|were|do|does|did|has|have|had|the|an?|of|for|in|on|at|to|by|per|from|with"
    r"|and|all|our|my|we|us|me|their|its|it|that|this|there|each|every|show|give|list|find|calculate|compute|determine"
    r"|tell|plot|display|visuali[sz]e|create|draw|as|using|explore|examine|compare|how|much|many|number|count|amount"
    r"|overall|total|across|over|please|can|you|i|see|want|know|when|where|usually|generally|report|chart|graph|bar"
    r"|sold|bought|purchased|made|given|contain|contains|make|makes|comes?|made up|accounts?|consist|single|individual"
    r"|value|values|data|dataset|made|happen|take|place|been|be|within|only|out|through|if|so|rank|ranked|sort|sorted"
    r"|order|ordered|then|different|various|unique|distinct|group|grouped|told|recorded)(?![\w-])|[?.!,:;&]"
)
"""Words that say nothing of their own in such a question."""
OTHER = re.compile(
    r"\b(?:household|customer|shopper|member|card)s? (?:each|on average)|\bper (?:household|customer|shopper|member"
    r"|family|visitor|hour|labou?r|employee|square|sq|linear|facing|foot)|\b(?:why|forecast|predict\w*|grow\w*|grew|trend\w*"
    r"|change[ds]?|increase[ds]?|decrease[ds]?|drop\w*|decline\w*|fell|fall|versus|vs|target|margin|profit\w*|cost\w*"
    r"|stock\w*|inventory|labou?r|employees?|cashiers?|staff|refunds?|returns?|void\w*|conversion|traffic|footfall"
    r"|visitors?|coupons?|campaigns?|mailers?|displays?|lift|rates?|percent off|price[sd]?|weather|holidays?|events?"
    r"|next|tomorrow|will|compared|correlat\w+|related|relationship|new|returning|suppliers?|vendors?|tax|tips?"
    r"|gift|feedback|rolling|moving|running|cumulative|days? between|registers?|tills?|channels?|tenders?|payment"
    r"|same|like[- ]for[- ]like|comp|unusual|outliers?|anomal\w+|deviat\w+ from|names?|schedul\w*|shifts?|hours)\b"
)
"""Words of other subjects, which other readers know."""
