"""How managers of an area put it: “losing sales”, “beat last week”, “a one-paragraph recap”, “growth drivers”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|sites?)"
_GOODS = r"(?:categor(?:y|ies)|departments?|brands?|products?|items?|skus?)"
_REPORT = r"(?:recap|summary|overview|update|report|rundown|wrap[- ]?up|read-?out|briefing|brief|digest|scorecard)"
_FIGURE = r"(?:net sales|sales|units|volume|revenue|turnover|transactions|traffic|visitors|customers|profit|margin)"
_SOLD_MORE = r"(?:beat|outsold|topped|surpassed|exceeded|bettered|improved on|did better than|came in (?:above|over))"

AREA_ROWS: tuple[tuple[str, str], ...] = (
    # --- the length and the shape of a report say nothing of what is in it
    (
        (
            r"\b(?:(?:one|two|three|single|half|short|a|\d)[- ](?:paragraph|sentence|line|page|minute|slide)"
            rf"|bite[- ]sized|executive|exec|high[- ]level|top[- ]line|plain[- ]english) (?={_REPORT}\b)"
        ),
        "",
    ),
    (
        (
            r",? in (?:just |about |no more than |at most |under )?(?:a|an|one|two|three|four|five|\d) (?:short "
            r"|quick |brief )?(?:paragraphs?|sentences?|lines?|bullets?(?: points?)?|words|minutes)(?=\W*$)"
        ),
        "",
    ),
    (
        (
            rf"\b(?P<what>scorecard|score card|report card|league table) (?:of|for|across) (?:all |my |our "
            rf"|the )*{_STORES}\b"
        ),
        "net sales, transactions, gross margin and gross margin % by store",
    ),
    # --- traffic of goods is the transactions they are in
    (
        (
            rf"\bwhich (?P<what>{_GOODS}) (?:has|have|get|gets|see|sees) (?:the )?(?:most"
            rf"|highest) (?:foot ?)?(?:traffic|footfall)"
        ),
        r"transactions by \g<what>",
    ),
    # --- sales that fall
    (
        (
            r"^\W*why (?:is|are|was|were) (?P<where>(?!(?:we|i)\b)[\w' -]{2,30}?) (?:losing|bleeding) (?:so much "
            rf"|so many )?(?P<what>{_FIGURE})\b"
        ),
        r"why is \g<what> down at \g<where>",
    ),
    (
        (
            r"^\W*why (?:are|am|were|was) (?:we|i) (?:losing|bleeding) (?:so much |so many "
            rf")?(?P<what>{_FIGURE})\b"
        ),
        r"why is \g<what> down",
    ),
    (
        r"\bwhere (?:am i|was i|did i) (?P<how>losing|lose) (?:the most |most )?(?P<what>margin|profit)s?\b",
        r"where are we losing \g<what>",
    ),
    (
        (
            rf"\b(?P<who>{_STORES}|{_GOODS}) (?:that |which |who )?(?:grew|gained|increased|raised"
            rf"|added) (?:in |its |their "
            rf")*(?P<up>{_FIGURE}),? (?:but|and|yet|while)(?: still)? (?:lost|gave up|dropped|declined in"
            rf"|fell in|slipped"
            rf" in|shed|losing)(?: its| their| in| on)* (?P<down>{_FIGURE})\b"
        ),
        r"\g<who> had rising \g<up> and falling \g<down>",
    ),
    # --- stores against their own week before
    (
        (
            rf"\b(?:which|what)(?: of)?(?: my| our| the)? {_STORES} {_SOLD_MORE} (?:their |its )?(?:own )?"
            rf"(?:{_FIGURE} )?(?:of |from |in )?(?:the |their |its )?(?:prior|previous|preceding) (?P<span>week|month)"
            r"(?:'s)?(?: (?:sales|figures?|numbers?))?(?: (?:last|this) (?:week|month))?(?=\W*$)"
        ),
        r"compare sales by store last \g<span> with the \g<span> before",
    ),
    # --- what grew most
    (
        (
            r"\b(?:what (?:are|were|is) |who are |show(?: me)? |list |name )?(?:the |our |my )*(?:(?:top|biggest|main"
            r"|key|largest|leading) )?(?P<n>\d{1,2} )?(?:growth (?:drivers?|engines?|leaders?)|drivers? of growth)\b"
            r"(?=\W*$| (?:in|at|of|for|last|this|over|across|by)\b)(?! by\b)"
        ),
        r"which \g<n>products grew the most",
    ),
    (
        (
            r"\bwhich (?P<what>(?:new|newly listed|recently listed|newly launched) (?:items?|products?|skus?|lines"
            r"|launches|listings))(?: (?:that )?(?:we )?(?:launched|introduced|listed|added"
            r"|started))? (?P<when>(?:in|over"
            r"|during|within) (?:the )?(?:past|last) \d+ (?:days|weeks|months)|this (?:month|quarter|year)"
            r"|last (?:month"
            r"|quarter)) (?:are|is|have been|were) (?:working|paying off|taking off|catching on|doing well|selling)"
        ),
        r"how are \g<what> performing \g<when>",
    ),
    # --- how much of sales a few products make
    (
        (
            r"\bhow (?:concentrated|dependent|reliant) (?:are|is|were) (?:the |our |my )?(?:net )?(?:sales|revenue"
            r"|business|we) (?:in|on|among|across) (?:the |our |my )*(?:top|best|biggest) (?P<n>\d{1,3}) (?P<what>items"
            r"|products|skus|lines)"
        ),
        r"share of sales of the top \g<n> \g<what>",
    ),
    (
        (
            r"\b(?:how loyal (?:are|is) (?:the |our |my )?(?:buyers|customers|shoppers|people who buy|households) (?:of"
            r"|to|buying|for) (?:the |our |my )?(?P<a>store brands?|private[- ]labels?|own[- ](?:brands?"
            r"|labels?))|(?:do|does)"
            r" (?:the |our |my )?(?P<b>store[- ]brand|private[- ]label|own[- ](?:brand|label)) (?:buyers"
            r"|customers|shoppers)"
            r" (?:come back|buy (?:it )?again|return|repeat|repurchase)(?: for more)?)"
        ),
        "repeat purchase rate of private label",
    ),
    # --- forecasts
    (
        (
            rf"\bwhich (?P<what>{_GOODS}|{_STORES}) (?:do|did|are|were) (?:we |i )?(?:forecast(?:ed|ing)?"
            rf"|predict(?:ed|ing)?)"
            r"(?: the)? (?:worst|most poorly|least accurately|most badly|badly|poorly)"
        ),
        r"which \g<what> have the worst forecast accuracy",
    ),
    (
        (
            rf"\bwhich (?P<what>{_GOODS}|{_STORES}) (?:do|did|are|were) (?:we |i )?(?:forecast(?:ed|ing)?"
            rf"|predict(?:ed|ing)?)"
            r"(?: the)? (?:best|most accurately)"
        ),
        r"which \g<what> have the best forecast accuracy",
    ),
    # --- space
    (
        (
            r"^\W*(?:where|which (?P<what>categories|departments)) (?:should|could|can|do) (?:i|we"
            r"|get)? ?(?:add|give|put"
            r"|deserve|need|get|widen|expand|extend)(?: more| extra| additional| the)*(?: shelf)? (?:facings?"
            r"|space|footage"
            r"|shelf space|metres|meters|feet)(?: to| in| for)?"
        ),
        "space to sales under-spaced categories",
    ),
    (
        (
            r"^\W*how (?:much|many) (?:linear |shelf )*(?:footage|feet|metres|meters|space|facings) (?:does|do"
            r"|did|has|have)"
            r" (?P<what>[\w &'-]{2,30}?) (?:get|have|take(?: up)?|occupy|hold|use|got) (?:in comparison (?:to"
            r"|with)|compared"
            r" (?:to|with)|relative to|against|versus|vs\.?|for) (?:its|their|the) (?:sales(?: share)?|share of sales)"
        ),
        r"space to sales of \g<what>",
    ),
    # --- stores, not the whole
    (
        (
            rf"^\W*(?:are|is|have|has) any (?:one )?(?:of )?(?:my|our|the) {_STORES} (?:off|below|under|above"
            rf"|ahead of|behind) "
            r"(?:the )?(?:trend|pace|track) (?:versus|vs\.?|against|compared (?:to|with)|on) (?P<than>[\w ]{4,30})"
        ),
        r"compare sales by store with \g<than>",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
