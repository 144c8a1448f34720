"""The words of a plain question of figures: a figure, what it is told by, and the words that only hold them together.

“Which age group has the highest number of trips”, “compare units across stores on weekends”, “is there a relationship
between income and spend per household”: however it is turned, such a question says a figure, one or two groups, perhaps
a part of the sales, and nothing else. Here stand the words for each of these; ``plain_figure`` reads them.
"""

from __future__ import annotations

import re

PEOPLE_GROUPS = frozenset({"age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership"})
ATTRIBUTES = PEOPLE_GROUPS | {"household_comp"}
GOODS_GROUPS = frozenset({"department", "category", "brand", "private_label"})
SPANS = frozenset({"day", "week", "month"})

_WHO = r"(?:households?|customers?|shoppers?|famil(?:y|ies)|buyers?)"
_PER = r"(?:per|for each|by each|of each|for every|an?)"
_TRIP = r"(?:shopping trips?|store visits?|visits?|trips?)"
_RECEIPT = r"(?:transactions?|baskets?|orders?|receipts?|shopping trips?|trips?|visits?|purchases|purchase occasions?)"
_MEAN = r"(?:average|avg\.?|mean|typical)"
_SPEND = r"(?:spend(?:ing|s)?|expenditures?|sales(?: value| amount)?|revenue|amount spent|money spent)"
_COUNT = r"(?:(?:total |the )?(?:number|count|total|amount) of )"
_SOLD = r"(?: (?:that (?:are|were) )?(?:sold|purchased|bought))?"
FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for name, words in (
        (
            "spend_each",
            (
                rf"(?:{_MEAN} )?(?:total |annual |yearly )?{_SPEND} {_PER} {_WHO}|{_MEAN} (?:total |annual "
                rf"|yearly )?(?:household|customer|shopper) {_SPEND}"
            ),
        ),
        (
            "visits_each",
            (
                rf"{_MEAN} {_COUNT}(?:store visits|visits|trips|shopping trips)(?! (?:per|for each|of each|by each)\b)"
                rf"|(?:{_MEAN} )?{_COUNT}?{_RECEIPT} {_PER} {_WHO}|(?:shopping|visit|purchase|trip) frequency"
                "|frequency of (?:visits|trips|shopping)"
            ),
        ),
        (
            "units_per_transaction",
            (
                rf"(?:{_MEAN} )?{_COUNT}?(?:items|units|products|pieces|quantity) {_PER} {_RECEIPT}"
                rf"|(?:{_MEAN} )?basket sizes? in (?:items|units|pieces)"
            ),
        ),
        (
            "average_transaction_value",
            (
                rf"{_MEAN} (?:basket|transaction|order|ticket|cart)(?: (?:value|size|amount|spend"
                rf"|total))?(?: in dollars)?|(?:{_MEAN} )?(?:basket|transaction|order|ticket) (?:value"
                rf"|size)(?: in dollars)?|(?:{_MEAN} )?{_SPEND}(?: the (?:most|least))? {_PER} {_RECEIPT}"
            ),
        ),
        (
            "average_selling_price",
            (
                rf"{_MEAN} (?:unit |selling |sales |retail )?prices?(?: (?:paid )?per (?:unit|item|piece))?(?: paid)?"
                r"|prices? per (?:unit|item|piece)|unit prices?|prices?(?= of (?!the )\w)"
            ),
        ),
        (
            "redemptions",
            (
                rf"{_COUNT}?(?:total )?(?:coupon redemptions?|coupons (?:(?:that )?(?:are|were) )?(?:redeemed|used)"
                "|redeemed coupons|redemptions(?: of coupons)?)|coupon redemption counts?|(?:redeem|use)(?:s|d"
                "|ed)? (?:the )?(?:most|fewest|least)(?: number of)? coupons"
            ),
        ),
        (
            "discount_rate",
            (
                "discount (?:rate|percentage|depth)|rel(?:y|ies|ied)(?: the)?(?: most| least)? on discounts"
                "|most (?:heavily )?discounted"
            ),
        ),
        (
            "discounts",
            (
                rf"{_COUNT}?(?:total )?(?:retail |loyalty(?: card)? )?discounts?(?: (?:amount|dollars|value|given"
                "|received|savings))?"
            ),
        ),
        (
            "units",
            (
                r"how many (?:items|units|pieces)(?= (?:do|did|does)\b)|"
                rf"{_COUNT}(?:items|units|pieces){_SOLD}|{_COUNT}products (?:sold|purchased|bought)"
                rf"|(?:total )?(?:quantity|quantities|units)(?: of (?:items|products|goods))?{_SOLD}|(?:sales "
                "|total )?volume(?: sold)?|items (?:sold|purchased)"
            ),
        ),
        (
            "range",
            (
                rf"{_COUNT}(?:(?:unique|distinct|different) (?:products|items|skus)|products(?! (?:sold|bought"
                "|purchased)))|(?:widest|largest|biggest|broadest|greatest) (?:range|variety|assortment"
                "|selection)(?: of (?:products|items|goods))?|most (?:unique |different |distinct )?products"
            ),
        ),
        ("transactions", rf"{_COUNT}?(?:total )?(?:unique |distinct )?(?:{_RECEIPT}|{_TRIP})"),
        (
            "net_sales",
            rf"(?:(?:total|overall|net|dollar) )*(?:{_SPEND}|sales dollars|dollars spent)|{_COUNT}sales",
        ),
        ("buyers", rf"{_COUNT}?(?:total )?(?:unique |distinct |different )?(?:number of )?{_WHO}"),
    )
)
"""The figure's name, or a name of ours where no metric of a breakdown tells it; the longer phrases come first."""
IMPLIED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for name, words in (
        ("transactions", r"most (?:frequently|commonly|often|regularly)[- ](?:bought|purchased)"),
        ("units", r"most (?:bought|purchased|popular)|favou?rite"),
        ("net_sales", r"(?:best|top)[- ]selling"),
    )
)
"""Figures that the word for the best of something stands for, where no other is named."""

_KINDS = r"(?:groups?|bands?|brackets?|ranges?|categor(?:y|ies)|levels?|class(?:es)?|segments?)"
_HOME = r"home[- ]?owner(?:ship)?(?: (?:status(?:es)?|types?|groups?))?|(?:housing|homeowner) status(?:es)?"
GROUPS: tuple[tuple[str, str], ...] = (
    ("private_label", (r"brand types?|types? of brand|national (?:brands? )?(?:vs\.?|versus|and|or|against)"
                      r" private[- ]labels?(?: brands?)?|private[- ]labels? (?:vs\.?|versus|and|or|against) national"
                      r"(?: brands?)?")),
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)|product types?|commodit(?:y|ies)"),
    ("brand", r"manufacturers?"),
    ("pack_size", r"(?:pack(?:age|et)?|packag(?:e|ing)) sizes?"),
    ("store", r"stores?|locations?"),
    ("weekday", r"(?:days? of (?:the )?week|week ?days?)"),
    ("hour", r"(?:hours? of (?:the )?day|times? of (?:the )?day|hours?)"),
    ("month", r"(?:calendar )?months?"),
    ("week", r"weeks?"),
    ("age_band", rf"(?:customer |household |shopper )?ages?(?: {_KINDS})?"),
    ("income_band", rf"(?:customer |household |shopper )?incomes?(?: {_KINDS})?"),
    ("household_size", r"(?:household|family) sizes?|sizes? of (?:the )?households?|number of household members"),
    (
        "kids",
        (
            "(?:kids?|children|child) (?:counts?|groups?)|(?:number|count) of (?:kids|children)|presence of (?:kids"
            "|children)"
        ),
    ),
    ("marital_status", r"(?:marital|marriage) status(?:es)?"),
    ("home_ownership", _HOME),
    ("household_comp", r"(?:household|family) (?:compositions?|types?|structures?)"),
)  # fmt: skip
"""What a figure is told by. A bare “brand” is a maker for some and a kind of label for others: older readers know."""
LEAD = (
    "(?:by|per|for (?:each|every)|for(?= different | various )|in (?:each|every)|of (?:each|every)|each"
    "|every|across|between|among|depend(?:s"
    "|ing)? on)(?: (?:the|all|each|different|various|our))*"
)
ASKED = r"(?:which|what|top|bottom|best|worst)(?: +(?:of|are|is|was|were|the|our|top|bottom|best|worst))*"
RELATED = re.compile(
    r"\b(?:is|are|was) there (?:an? |any )?(?:relationship|correlation|association|link|connection)s? between\b"
    r"|\b(?:relationship|correlation|association) between\b|\b(?:affects?|influences?|impacts?)\b|\b(?:has"
    r"|have) (?:an? |any )?(?:influence|effect|impact) on\b|\b(?:influence|effect|impact) of\b"
)
COURSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hour", re.compile(r"\bat (?:different|various|which|what) times(?: of (?:the )?day)?\b")),
    ("hour", re.compile(r"\b(?:throughout|during|over the course of|across) the day\b")),
    ("month", re.compile(r"\b(?:throughout|over the course of|across) the year\b")),
)
"""How a figure's way through a day or a year is asked for."""
SOUGHT = re.compile(r"^(?:which|what|top|bottom|best|worst)\b")
"""How a group begins that is what is looked for, and not what it is looked for in."""
SHARE_OF = re.compile(r"\b(?:percent(?:age)?|share|proportion|portion|fraction) of (?!(?:each|every)\b)")
_FRAME_WORDS = """
which what what's who how many much when is are was were do does did has have had the a an there any our all overall
show me us list give find calculate compute determine identify plot graph chart bar line visualize visualise display
compare comparing examine explore analyze analyse summarize summarise summary check see please can you using if whether
by per for each every across of on in to from between among and vs versus than group grouped rank ranked order ordered
sort sorted distribution breakdown break down based terms total significantly
relationship correlation association link vary varies varied differ differs differed different difference differences
depending depend depends contribution contributions
highest lowest most least fewest largest smallest greatest biggest best worst top bottom more less fewer
make makes made take takes took come comes came go goes went given occur occurs occurred happen happens happened
generate generates generated bring brings brought account accounts accounted
"""
_THEY_BUY = r"(?:do |did )?(?:people|customers|shoppers|households) (?:buy|bought|purchase[ds]?)"
_ALL_DATA = r"(?:across|in|over|for|using) (?:all |the |our )*data(?:set)?"
_FRAMES = "|".join(_FRAME_WORDS.split())
FRAME = re.compile(rf"(?<![\w-])(?:{_ALL_DATA}|{_THEY_BUY}|{_FRAMES})(?![\w-])|[?.!,:;]")
"""Words that say nothing of their own beside a figure and its groups."""
BOTTOM = re.compile(r"\b(?:lowest|least|fewest|smallest|bottom|worst|weakest)\b")
RANKED = re.compile(
    r"\b(?:(?:top|bottom|best|worst|which|what)(?: are the| were the)? (?:top |bottom |best |worst )?(?P<n>[1-9]\d?)"
    r"|(?P<m>[1-9]\d?) (?:highest|lowest|largest|smallest|best|worst|biggest))\b"
)
WHOLE = re.compile(
    r"\b(?:total|overall|unique|distinct|number of|count of|average|avg|mean|calculate|compute|plot|graph|visuali[sz]e"
    "|relationship|correlation|association|affects?|influences?|impacts?|effect|throughout|course of|var(?:y|ies|ied)"
    r"|differs?|differed|distribution|group(?:ed)? by|data|dataset)\b"
)
"""Who asks so looks at all the data rather than at yesterday."""
LABELS = re.compile(
    r"\b(?P<own>(?:private[- ]labels?|(?:store|own)[- ](?:brands?|labels?)))(?: (?:brands?|products?|items?|goods))?\b"
    r"|\b(?P<national>national[- ]brands?)(?: (?:products?|items?|goods))?\b"
)
PROMOTED = re.compile(
    r"\b(?:for |of |from |on )?(?:the )?(?:products?|items?|goods)? ?(?:that (?:were"
    "|are) )?(?:(?:placed )?on (?P<display>(?:in-store |front-of-store )?displays?)"
    r"|(?P<mailer>(?:featured )?in the (?:weekly )?mailer)|on (?:promotion|promo))\b"
)

EACH_MEASURES = {"spend_each": "spend", "visits_each": "visits"}
"""Figures of each household, and the measure that tells them."""
