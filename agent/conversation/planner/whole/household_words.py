"""The words of questions about single households: figures, “per household”, “per week”, means and bounds."""

from __future__ import annotations

import re

from agent.conversation.planner.plain_questions.plain_words import ATTRIBUTES, GROUPS

WHO = r"(?:households?|customers?|shoppers?|famil(?:y|ies)|buyers?|members?|people|homes)"
_ONE = r"(?:household|customer|shopper|family|buyer|member|person)"
_TRIP = r"(?:(?:shopping |store )?trips?|(?:store )?visits?|transactions?|baskets?|orders?|receipts?|purchases)"
_GOODS = r"(?:products?|items?|skus?|upcs?|goods|articles?)"
_PIECES = r"(?:items?|units?|products?|pieces)"
_TAKEN = r"(?: (?:that )?(?:(?:are|were|is|was) )?(?:bought|purchased|sold|redeemed|used|received|given|made|taken))?"
_COUNT = r"(?:(?:total |average |mean |median )?(?:number|count|quantity|amount|total) of |how many )"
_EACH = r"(?:per|for each|by each|of each|for every|in (?:a|each|every)|each|every|an?)"
_SOME = r"(?:unique|distinct|different)"
FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for name, words in (
        (
            "products",
            (
                rf"{_COUNT}?{_SOME} (?:number of )?{_GOODS}{_TAKEN}"
                rf"|(?<=median )number of products{_TAKEN}|(?:widest |largest |greatest |more "
                rf"|wider )?(?:product "
                rf"|item )?(?:variety|diversity|assortment)(?: of (?:{_GOODS}|purchases))?{_TAKEN}|basket variety"
                rf"|(?:product range|range of (?:{_GOODS}|purchases)){_TAKEN}"
            ),
        ),
        ("categories", rf"{_COUNT}?{_SOME} (?:product )?categories{_TAKEN}"),
        ("departments", rf"{_COUNT}?{_SOME} departments{_TAKEN}"),
        ("stores", rf"number of (?:{_SOME} )?stores(?: (?:visited|shopped(?: at| in)?|used))?"),
        (
            "weeks",
            (
                rf"(?:in )?(?:how many|number of) (?:{_SOME} )?weeks"
                r"(?: (?:shopped|visited|with an? (?:purchase|trip|visit)))?"
            ),
        ),
        (
            "coupons",
            (
                rf"{_COUNT}?(?:coupons|coupon redemptions?|redemptions){_TAKEN}|(?:redeem(?:s|ed)?|use(?:s"
                rf"|d)?) (?:more |the "
                r"most |fewer )?coupons|coupon (?:use|usage)"
            ),
        ),
        (
            "basket_size",
            (
                r"(?:(?:larger|bigger|large|big|higher|smaller|small|average|mean) )?basket sizes?|(?:larger"
                r"|bigger|smaller|large"
                r"|big) (?:baskets|orders"
                r"|trips)"
            ),
        ),
        (
            "basket_units",
            (
                rf"{_COUNT}?{_PIECES}{_TAKEN} {_EACH} {_TRIP}|basket sizes? in (?:items|units|pieces)|basket units"
                rf"|{_COUNT}?{_PIECES} in (?:the |a "
                r"|each )?basket"
            ),
        ),
        (
            "basket_value",
            (
                rf"(?:higher |larger )?(?:basket|transaction|order|ticket|trip) (?:values?|amounts?"
                rf"|spend(?:ing)?|totals?)"
                rf"|(?:spend(?:ing|s)?|spent|sales(?: value)?|amount spent) {_EACH} {_TRIP}|(?:average |mean )(?:basket"
                rf"|transaction"
                r"|order|ticket)(?! (?:size|count))"
            ),
        ),
        (
            "unit_price",
            rf"(?:(?:unit|item|selling) )?prices?(?: (?:they )?(?:paid|pay))?(?: {_EACH} {_PIECES})?(?: (?:paid|pay))?",
        ),
        (
            "discount",
            (
                r"(?:(?:total|retail|loyalty|price) )*(?:discounts?|savings)(?: (?:amounts?|dollars|received"
                r"|given|savings))?"
                r"(?: (?:received|given|taken|used))?|(?:amount |money )?saved?(?=(?: more| less| most"
                r"| the most)?\b)|saves|"
                r"saving"
            ),
        ),
        (
            "visits",
            (
                rf"{_COUNT}(?:unique |distinct )?{_TRIP}{_TAKEN}|(?:shopping |visit |trip "
                rf"|purchase )?frequency(?: of (?:visits"
                r"|trips|purchases))?|(?:shopping |store )?trips|(?:store )?visits|transactions|how often"
                r"|(?:visit|shop|come)"
                r"s? (?:in )?(?:more (?:often|frequently)|most often|frequently|often)|orders|times"
            ),
        ),
        (
            "units",
            (
                rf"{_COUNT}{_PIECES}{_TAKEN}|(?:items|units|pieces|products){_TAKEN}|(?:quantity|quantities"
                rf"|volumes?)(?: of "
                rf"(?:items|products|goods))?{_TAKEN}"
            ),
        ),
        (
            "spend",
            (
                r"(?:(?:total|overall|net|dollar|higher|sales|amount|money) )*(?:spend(?:ing|s)?|spent"
                r"|expenditures?|sales(?: (?:value|amount|dollars|volume))?|revenues?|amount (?=each|per|a "
                r"|the|house|they))"
                r"(?: amounts?)?|dollars spent|sales value|(?:total|overall|dollar) (?:values?|amounts?)"
            ),
        ),
    )
)
"""A figure of a household by its name in ``household_figures``; the longer phrases come first."""
EACH = re.compile(
    rf"\b(?:(?:per|for|by|of|does|do|did|in|from) )?(?:the )?(?:each|every|an?|average|typical|median|individual|per)"
    rf" (?:average |typical |median |individual |known |single )*{_ONE}\b|\bby {_ONE}\b(?! (?:size|comp|type"
    rf"|age|inc))|\bper[- ]{_ONE}\b|\b{_ONE}[- ]level\b"
    rf"|\b{_ONE}(?='?s? (?:spend|sales|purchas|expend|visit|trip|basket))"
)
"""Words for the single household that a figure is of."""
ALL = re.compile(
    r"\b(?:(?:do|did|of|by|for|across|among|between|from|the|all|our|how) )*(?:households|customers|shoppers|families"
    r"|buyers|people)\b"
)
"""Households in the plural, of which a mean or median is asked for, or what all of them do together."""
COUNTED = re.compile(
    rf"\b(?:(?:how many|what (?:share|percent(?:age)?|proportion|fraction)|(?:the )?(?:number|share|percent(?:age)?"
    rf"|proportion|count) of|which|what|identify|find|list|count|show(?: me)?)(?: of)? (?:(?:of )?(?:the |our "
    rf"|all |known "
    rf"|unique |those |these )*){WHO}|how many are there|(?:how many|number) of (?:them|these|those))\b"
)
"""Households that are counted by what each of them did."""
DESCRIBED = re.compile(
    r"(?:\bhow many of (?:these|those|them|the)(?: households| customers| shoppers| families)? )?(?:\b(?:do"
    r"|did|have|has"
    r"|are|is|and|for|that|which|with|whom|we|know|known|recorded|available|have got|there|their"
    r"|any) )*\b(?:demographics?"
    r"(?: (?:data|information|details|attributes|profile|known|recorded|available))*)(?: (?:on|for|about|of|with|known"
    r"|recorded|available|is|are|we have|do we have)\b)*(?: (?:them|these|those|of them))?"
)
SPANS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        name,
        re.compile(
            rf"\b(?:(?:per|each|every|an?|in an?|in each|in every|for each|for every|in one|within an?)[- ]{name}"
            rf"|on an? {adverb} basis|{adverb})\b"
        ),
    )
    for name, adverb in (("day", "daily"), ("week", "weekly"), ("month", "monthly"))
)
RARE_TELLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b"))
    for name, words in (
        ("deviation", r"standard deviations?|std\.? ?dev\w*|variance|variability|spread"),
        ("quartiles", r"quartiles?|percentiles?|box ?plots?|interquartile range|iqr|five[- ]number summary"),
        ("distribution", r"distributions?|distributed|histograms?"),
    )
)
TELLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b"))
    for name, words in (
        ("median", r"medians?"),
        ("mean", r"averages?|avg|means?|on average|typical(?:ly)?"),
    )
)
"""What is told of the figures of households, the rarer words first."""
NUMBER = r"(?P<{0}>[$€£]? ?\d[\d,]*(?:\.\d+)?(?: ?k\b)?)(?: dollars| bucks)?"
_FIRST, _SECOND = NUMBER.format("n"), NUMBER.format("m")
BOUNDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w$])(?:{words})(?![\w%])(?! ?(?:%|percent|per cent))"))
    for name, words in (
        ("between", rf"(?:between|from) {_FIRST} (?:and|to|-) {_SECOND}"),
        (
            "at_least",
            (
                rf"(?:at least|no less than|no fewer than|a minimum of) {_FIRST}|{_SECOND} ?(?:\+|(?:or"
                rf"|and) (?:more|over"
                r"|above|higher|greater))"
            ),
        ),
        ("at_most", rf"(?:at most|no more than|up to|a maximum of) {_FIRST}|{_SECOND} (?:or|and) (?:less|fewer|under)"),
        ("over", rf"(?:over|above|more than|greater than|higher than|exceed(?:s|ed|ing)?|in excess of) {_FIRST}"),
        ("under", rf"(?:under|below|less than|fewer than|lower than) {_FIRST}"),
    )
)
OF_A_FIGURE = re.compile(
    rf"\W*(?:(?:total|different|unique|distinct|in|of|on|worth|or more|dollars|shopping|store|net|overall|times) )*"
    rf"(?:{_GOODS}|{_TRIP}|units?|pieces|categories|departments|coupons?|times|sales|spend\w*|spent|revenue|purchases"
    r"|discounts?|savings)\b"
)
"""What stands behind a number that is a bound of a figure, and not of the size or age of a household."""
SPENDS = re.compile(
    r"\b(?:spend(?:s|ing)?|spent|sales|revenue|saved|savings|expenditures?|purchases)(?: (?:is|are|was|were"
    r"|that|of|a|an|the"
    r"|total|in|amounts?|exceeds?|value|by|which|to|worth|us))* *$"
)
"""What stands before such a number."""
RELATED = re.compile(
    r"\b(?:(?:relationship|correlation|association|link|connection)s? between|correlat\w+(?: (?:with|to|between))?"
    r"|related to|relates? to|relate to|relationship with|lead(?:s|ing)? to|result(?:s)? in|translates? (?:in)?to"
    r"|go(?:es)? (?:hand in hand|together)(?: with)?|depends? on|driv(?:e|es|en)(?: by)?|affects?|influences?|impacts?"
    r"|associated with|predicts?|mean (?:a )?(?:higher|larger|more)|as|scatter ?plots? of)\b"
)
OFTEN = re.compile(r"\b(?:who|that) (?:shop|visit|come|buy|purchase)s? (?:in )?(?:more |most )?(?:often|frequently)\b")
MORE = re.compile(r"\b(?:more|less|fewer|higher|lower)\b")
_PLAIN = (
    r"\b(?:{0}|(?:(?:compare|how|do|does|did|by|per|across|among|between|for|of|with|each|every|in|on|is|are"
    r"|whether|which"
    r"|what)(?: (?:the|different|various|each|all|our))* )?(?:{0}))(?: (?:groups?|levels?|segments?|segment"
    r"|bands?))?(?![\w-])"
)
_MORE_NAMES = {
    "household_size": r"|(?:households|families|homes) of (?:different|various) sizes|different(?:ly)?[- ]sized "
    r"(?:households|families)",
}
PER_TRIP = re.compile(rf"\b{_EACH} {_TRIP}\b")
OF_A_TRIP = {"units": "basket_units", "spend": "basket_value"}
"""Figures that are those of a visit where “per visit” stands apart from them."""
SHOPS = re.compile(
    r"\b(?:(?:shopping|buying|purchasing|purchase|consumer) (?:behaviou?rs?|habits?|patterns?)|behaviou?rs?"
    r"|behave|shop)\b"
)
"""What kinds of households do, where no figure is named: how often they come and what they spend."""
PEOPLE_GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(_PLAIN.format(words + _MORE_NAMES.get(name, "")))) for name, words in GROUPS if name in ATTRIBUTES
)
"""Kinds of households that a figure is told by, however they are brought in."""
FILLER = re.compile(
    r"(?<![\w-])(?:evidence|that|those|these|them|they|their|it|with|without|purchases?|purchased|buys?|bought|shops?"
    r"|shopped|made|make|done|doing|get|gets|got|receive[sd]?|redeem(?:s|ed)?|use[sd]?|different|various|general|level"
    r"|first|then|also|know|together|individual|single|known|how|us|here|store|stores|amounts?|values?"
    r"|figures?|data|panel"
    r"|dataset|households?|customers?|shoppers?|families|people|segments?|widest|wider|wide|larger|larger|bigger|higher"
    r"|lower|summari[sz]e|whether|investigate|test|using|create|draw|report|describe|estimate|so|through|via|from|there"
    r"|within|our|usually|generally|respectively|overall|in total|altogether|when|who|have|has|had|been|being|be|not|no"
    r"|distinct|unique|typically|tend|members?|statistics?|stats|vary|tend|buying|shopping|range|ranges|group"
    r"|groups|its|whose|exceeds?|both|what's|having)(?![\w-])"
)
"""Words that say nothing of their own in such a question."""
OTHER = re.compile(
    r"\b(?:campaigns?|mailers?|why|predict|forecast|cluster\w*|segmentation|rfm|churn\w*|at risk|cohorts?"
    r"|retention|return"
    r"|returned|refund\w*|new customers|lifetime|clv|ltv|top \d+ ?(?:%|percent)"
    r"|(?<!number of )(?<!different )(?<!distinct )"
    r"stores? (?:visited|per)|days (?:between|since)"
    r"|recency|over time|trend\w*|grow\w*|grew|stock|margin\w*|profit\w*|employees?|staff|weather"
    r"|holidays?|feedback"
    r"|complain\w*|both|before|after|again|stopped|last visit|next|yesterday's|redemption rates?|names?)\b"
)
