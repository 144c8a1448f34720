"""How people speak of splits, shares, exclusions and trends; longer phrases stand before shorter ones."""

from __future__ import annotations

import re

from agent.conversation.planner.reading import Reading

_LEAD = (
    "(?:by|per|for each|for every|in each|of each|each|every|across(?: the| all)?|between|among|which|what|top|best"
    "|worst|bottom|biggest|highest|lowest)(?: +(?:the|our|my|selling|single|best|top|worst|highest|lowest))*"
)
_WHOSE = r"(?:household |customer |shopper )?"
_KINDS_OF = r"groups?|bands?|brackets?|ranges?|categor(?:y|ies)"
_NOUNS: tuple[tuple[str, str], ...] = (
    (
        "private_label",
        (
            r"(?:private[- ]labels?|own[- ](?:brands?|labels?)|store[- ]brands?)(?: (?:and|or|vs\.?"
            r"|versus) \w+[- ]brands?)?"
        ),
    ),
    ("brand", r"(?:brands?|manufacturers?|makers?)"),
    ("supplier", r"(?:suppliers?|vendors?|wholesalers?|distributors?)"),
    ("employee", r"(?:employees?|cashiers?|associates?|sales ?(?:people|persons?)|staff members?|colleagues?|clerks?)"),
    ("channel", r"(?:sales )?channels?"),
    ("region", r"(?:regions?|states?|provinces?)"),
    ("country", r"(?:country|countries)"),
    ("district", r"districts?"),
    ("department", r"divisions?"),
    ("register", r"(?:registers?|tills?|terminals?|lanes?|checkouts?|pos devices?)"),
    ("tender", r"(?:tenders?(?: types?)?|payment (?:methods?|types?)|methods? of payment|ways? of paying)"),
    ("quarter", r"quarters?"),
    ("period", r"(?:4-5-4|454|retail|fiscal|nrf) (?:periods?|months?)"),
    ("age_band", rf"(?:{_WHOSE}ages?(?:[- ](?:{_KINDS_OF}))?|(?:customer )?demographics?)"),
    ("income_band", rf"{_WHOSE}incomes?(?:[- ](?:{_KINDS_OF}|levels?|class(?:es)?))?"),
    ("household_comp", (r"(?:(?:household|family) (?:compositions?|types?|structures?|make-?ups?)"
                       r"|compositions? of (?:the )?households?)")),
    ("household_size", r"(?:household|family) sizes?|sizes? of (?:the )?households?"),
    ("discount_depth", (r"(?:discount depths?|depths? of (?:the )?discounts?|discount (?:bands?|tiers?|brackets?)"
                        r"|(?:discount sizes?|sizes? of (?:the )?discounts?))")),
    ("pack_size", r"(?:pack(?:age|aging)?[- ]?sizes?|bottle sizes?|can sizes?|unit sizes?|container sizes?)"),
    ("kids", r"(?:(?:number|presence) of )?(?:kids|children)"),
    ("marital_status", r"(?:marital|marriage) status(?:es)?"),
    ("home_ownership", r"home ?owner(?:ship)?(?: status)?|housing status"),
    ("promotion", r"promotions?|promos?"),
    ("temperature", r"temperatures?(?: bands?)?"),
    ("weather", r"weather(?: bands?)?"),
    ("weekday", r"(?:days? of (?:the )?week|week ?days?)"),
    ("hour", r"(?:hours?(?: of (?:the )?day)?|times? of (?:the )?day)"),
    ("department", r"(?:departments?|depts?)"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("store", r"(?:stores?|shops?|locations?|branch(?:es)?)"),
    ("month", r"months?"),
    ("week", r"weeks?"),
    ("day", r"days?"),
    ("product", r"(?:products?|items?|skus?|articles?)"),
)  # fmt: skip
_TIME = {"quarter", "month", "week", "day", "hour", "weekday", "period"}
_BEFORE = r"(?: (?:split|mix|breakdown|ranking|shares?))"
_DIMENSIONS = tuple(
    (
        name,
        re.compile(
            # A number taken out between the words leaves a gap.
            rf"(?<![\w-])(?:{_LEAD} +(?:{noun})|(?:{noun}){_BEFORE})(?![\w-])"
            if name not in _TIME
            else rf"(?<![\w-])(?:(?:by|per|for each|each|every|of each|in each) (?:{noun}))(?![\w-])"
        ),
    )
    for name, noun in _NOUNS
)
_BARE = tuple(
    (name, re.compile(rf"(?<=\band )(?:{noun})(?= (?:in|for|last|this|at|during|over|yesterday|today|and)\b|\s*$)"))
    for name, noun in _NOUNS
)
_ADVERBS = (("quarter", re.compile(r"\bquarterly\b")), ("month", re.compile(r"\bmonthly\b")),
            ("week", re.compile(r"\bweekly\b")), ("day", re.compile(r"\bdaily\b")))  # fmt: skip
_TWO_WAY = re.compile(
    r"(?<![\w-])(?<!store )(?<!own )(?<!national )(?<!house )(?<!name )(?P<first>departments?|categor(?:y|ies)|brands?"
    "|stores?|channels?|manufacturers?) by (?=(?:days?|weeks?|months?|quarters?|weekdays?|hours?|stores?|departments?"
    r"|brands?|categor(?:y|ies)|districts?|regions?)\b)"
)
_BRAND_OF = re.compile(
    r"(?<=\s)(?<!store )(?<!own )(?<!national )(?<!house )(?<!name )(?:brands?|manufacturers?)\b(?=\s*$| (?:in|for"
    r"|last|this|at|during|over|by|yesterday|today|sells?|sold|has|had|makes?|is|was)\b)"
)
"""“Top yogurt brand”: what is ranked stands after the goods."""
_VARIETY = re.compile(
    r"\bhow many (?:(?:different |distinct |unique |active |separate )+(?:products|skus|items|articles)|products|skus"
    "|articles)(?= (?:do we (?:sell|carry|have|stock)|did we sell|(?:are|were|have been|got) (?:sold|selling)|sold"
    r"|sell)\b)|\b(?:number|count) of (?:different |distinct |unique |active )*(?:products|skus)\b(?= (?:sold|we sold"
    r"|selling)|\s*$)"
)
_RANGE = re.compile(
    r"\b(?:how many|number of|list(?: of)?(?: all)?(?: (?:the|our|my))?|what|which|show(?: me)?(?: all)?(?: (?:the|our"
    r"|my))?) (?:departments?|categories)\b(?= (?:do (?:we|you) have|are there|have we|exist)\b|\s*$)"
)
_WHO = re.compile(r"\bwho (?:sold|sells|rang up|made|took)\b")
_RAINY = re.compile(
    r"\b(?:on |in )?(?:rainy|wet|dry|sunny) days?(?: (?:versus|vs\.?|and|or|than|against|compared (?:to"
    "|with)) (?:on )?(?:rainy|wet|dry|sunny)(?: (?:days?|ones))?)?"
)

DIVISION = re.compile(r"\bdivisions?\b")
AVERAGE_PRICE = re.compile(
    r"\b(?:average|avg\.?|mean) (?:unit |selling |sales? |retail |item |product )*prices?\b|\basp\b"
    r"|\bprice per (?:unit|piece)\b"
)
_VOID = r"\bvoid(?:ed)?(?: sales?| transactions?)? (?:rate|%|percent(?:age)?|share)"
VOIDS = re.compile(rf"{_VOID}\b")
_METRICS: tuple[tuple[re.Pattern[str], str], ...] = (
    (AVERAGE_PRICE, "average_selling_price"),
    (re.compile(rf"{_VOID} by (?:count|number)\b"), "void_rate_count"),
    (VOIDS, "void_rate"),
    (re.compile(r"\b(?:refund|return) rate by (?:count|number)\b"), "refund_rate_count"),
    (
        re.compile(r"\b(?:share|percent(?:age)?|%) of (?:lines|items) (?:sold )?(?:with a discount|discounted)\b"),
        "discounted_lines_pct",
    ),
    (re.compile(r"\b(?:tender|card|payment|processing) fees?\b"), "tender_fees"),
)  # fmt: skip
EXCLUDED = re.compile(
    r"\b(?:exclud(?:e|es|ing)|except(?: for)?|without|leaving out|leave out|not counting|not including|apart from"
    r"|other than|minus|ex|but not)\s+(?!(?:any |a |the )?sales?\b)(?:the |any |all "
    r"|our )?(?P<what>\w[\w'&/ -]*?(?:,? (?:and|or|&) (?!by\b"
    r"|per\b)\w[\w'&/ -]*?)*?)(?=\s+(?:by|per|last|this|yesterday|today|in|at|for|during|over|from|since|between|on"
    r"|compared|vs|versus|against|departments?|sales|week|month|year|mtd|ytd|q[1-4])\b|\s*[,;?.]|\s*$)"
)
PAID_WITH = re.compile(
    r"\b(?:paid|settled) (?:for )?(?:by|with|in|using) (?:a )?(?P<how>cash|(?:gift |credit |debit )?cards?|wallets?"
    r"|store credit|coupons?|apple pay|google pay)\b"
)
SHARE = re.compile(
    r"\b(?:(?:what |which |the )?(?:shares?|percent(?:age)?|proportion|%) of (?:our |the |all "
    "|total )*(?=(?:[a-z&]+ ){1,3}?(?:sales|revenue|units) (?:is|are|was|were|comes?|came|goes"
    r"|went)(?: \w+)? ?(?:from|to|by|in|on|with)\b)|how much of (?:our |the |my |all |total )*(?=sales|revenue"
    "|turnover|takings|business)|(?:the |what |our )?(?:shares?|percent(?:age)?|proportion|portion|contribution|%"
    "|per cent) (?:of|to|in) (?:the |our |my |all |total |net |overall )*(?=sales|revenue|turnover|units|gross|margin"
    r"|profit|takings|transactions|business)|contribut\w+(?: of| to| the most to)?|(?:sales|revenue|department"
    "|category) (?:mix|shares?)|as (?:a |an )?(?:share|percent(?:age)?|%) of (?:the )?(?:total|whole)|shares?(?= by"
    r"| per)|market share)\b"
)
PART_OF = re.compile(
    r"\b(?:shares?|percent(?:age)?|proportion|portion|part|fraction|how much|%) of (?:\w+ ){0,4}?(?:sales|revenue"
    r"|units|transactions|business)(?: (?:in|for|last|this|at|during)(?: \w+){1,3}?)? (?:(?:is|are|was|were|that is"
    r"|that was|that are|comes?|came|goes|went)(?: \w+)? (?:from|by|in|on|with|to|made)\b|from\b|(?:is|was|are|were"
    "|that is) (?=private|own|store|national))"
)
"""The part that something makes of each group's sales, as opposed to each group's share of all."""
RUNNING = re.compile(r"\b(?:running (?:totals?|sums?)|(?:running )?(?:cumulat|accumulat)\w+)(?: of)?\b")
LIKE_FOR_LIKE = re.compile(
    r"\b(?:like[- ](?:for|4)[- ]likes?|lfl|l4l|same[- ]stores?|comp(?:arable)?[- ]stores?|comp sales|comparable sales"
    r"|(?:on a )?comparable (?:store )?basis)\b"
)
TREND = re.compile(
    r"\b(?:products?|items?|skus?|articles?|brands?|manufacturers?)\b[\w ]*\b(?:trend\w*|growing|grew|declin\w+|fell"
    r"|falling|dropp\w+|rising|rose|improv\w+|chang\w+|increas\w+|decreas\w+|losing|gaining|going (?:up|down))\b"
    r"|\b(?:products?|items?|skus?|brands?)\b[\w ]*\b(?:lost|gained|dropped off|took off)\b|\b(?:biggest|largest|top"
    r"|best|worst) (?:\d+ )?(?:gainers?|losers?|risers?|fallers?|climbers?|decliners?)\b|\b(?:trending|declining"
    r"|falling|rising|growing|shrinking) (?:products?|items?|skus?|brands?)\b|\bwhat(?:'s| is) trending\b"
)
FALLING = re.compile(
    r"\b(?:declin\w+|fell|fall\w*|dropp\w+|decreas\w+|los(?:t|ing|ers?)|down|shrink\w*|shrank|worse\w*|least"
    r"|slow\w*)\b"
)
GROWTH = re.compile(
    r"\bhow much (?:did|has|have|do) .{3,60}\b(?:increase|drop|rise|fall|change|decrease|grow)\b|\b(?:grew|grow(?:n|th"
    r"|ing)?|fell|fallen|declin\w+|dropped|improved|gained|lost|rose)\b"
)
RANK = re.compile(r"\b(?:highest|most|best|top|bottom|lowest|least|biggest|largest|worst|leading)\b")
ALL_TIME = re.compile(r"\b(?:total|overall|ever|all time|to date|in the data|altogether)\b")
VARIED = re.compile(f"{_VARIETY.pattern}|{_RANGE.pattern}")
"""How many different goods or departments there are: the groups of a breakdown are counted."""
PRIVATE_LABEL = re.compile(
    r"\b(?:private[- ]labels?|own[- ](?:brands?|labels?)|store[- ]brands?|house[- ]brands?)\b(?: (?:products?|items?"
    r"|goods))?(?: (?:and|or|vs\.?|versus|against|compared (?:to|with)) (?:the )?(?:national|name"
    r"|manufacturer)(?:[- ]?brands?)?(?: (?:products?|items?))?)?|\bnational brands? (?:and|or|vs\.?|versus|against"
    "|compared (?:to|with)) (?:private labels?|(?:own|store) brands?)"
)
NOT_OURS = re.compile(
    r"\b(?:why|how come|forecast\w*|predict\w*|project\w*|should|recommend\w*|suggest\w*|optimal|stock\w*|inventory"
    r"|re-?order\w*|customers? (?:who|that|are|names?)|(?:by|per|each|top|best|which|our"
    r"|my) (?:\d+ )?customers?(?! (?:age|income|demographic))|households? (?:that|who)|shelf|shelves|planograms?"
    r"|facings?|shrink(?:age)?|targets?|budgets?|elasticit\w+|baskets? analysis|bought together|campaigns?|redeem\w*"
    r"|redemption|lift|uplift|cannibal\w+|halo|mark ?downs? (?:plan|candidates?)|segments?|churn|loyal\w*|no[- ]sales?"
    r"|overrides?|schedul\w+|tasks?|transfer\w*|suppliers?|vendors?|wholesalers?|distributors?|weather (?:like|was|is"
    r"|tomorrow)|hurt|affect\w*|impact\w*|because|strateg\w+|explain|attention|priorit\w+|employee (?:records?|files?"
    r"|names?)|coaching|salary|salaries|wages?)\b"
)
CLAIMED = re.compile(
    r"\b(?:trend(?:ing|s)?|declin\w+|falling|rising|growth|growing|grew|improv\w+|chang\w+|increas\w+|decreas\w+"
    r"|dropp\w+|losing|gaining|lost|gained|gainers?|losers?|risers?|fallers?|climbers?|biggest|largest|going (?:up"
    r"|down)|shrinking|products?|items?|skus?|articles?|brands?|manufacturers?|margins?|contribut\w+|compar\w+|prices?"
    "|rates?|average|avg|mean|unit|selling|basis|primarily|mainly|mostly|they|them|(?:does|do|did) (?:they|it)"
    "|percent(?:age)?|share|per cent|total|cumulative|proportion|sales? mix|mix|count|by (?:value|count|number|total"
    "|sales|revenue|units|volume|margin)|list|rank(?:ed|ing)?|figures?|performance|buy|buys|buying|bought|spend(?:s"
    "|ing)?|spent|among|amongst|shops?|brings?|tend to|usually|mostly|favou?rite|popular|customers?|shoppers?"
    r"|households?|excluding|people|year|national|versus|vs|against|split|break ?down|analysis|report|over time)\b|%"
)


def take_dimensions(reading: Reading) -> list[str]:
    """What the question is split by, in its own order, taken out; at most two count."""
    found: list[tuple[int, str]] = []
    if match := reading.find(_TWO_WAY):
        first = next(name for name, noun in _NOUNS if re.fullmatch(noun, match["first"]))
        found.append((match.start(), first))
        reading.blank(match.start("first"), match.end("first"))
    for pattern, name in (
        (_WHO, "employee"),
        (_RAINY, "weather"),
        (_BRAND_OF, "brand"),
        (_VARIETY, "product"),
        (_RANGE, "department"),
    ):
        if match := reading.take(pattern):
            found.append((match.start(), name))
    for table in (_DIMENSIONS, _ADVERBS):
        for name, pattern in table:
            while match := reading.take(pattern):
                found.append((match.start(), name))
    if found:
        for name, pattern in _BARE:
            if match := reading.take(pattern):
                found.append((match.start(), name))
    return list(dict.fromkeys(name for _, name in sorted(found)))


def take_own_metrics(reading: Reading) -> list[str]:
    """The metrics that only a breakdown knows, taken out."""
    found = []
    for pattern, name in _METRICS:
        while match := reading.take(pattern):
            found.append((match.start(), name))
    return list(dict.fromkeys(name for _, name in sorted(found)))
