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
    (
        (
            r"\b(?:how many|(?:the )?number of) (?P<what>products|items|skus|articles)(?: in the (?:range"
            r"|catalogue))? (?:had"
            r"|have|with|saw|show(?:ed)?|recorded) (?:zero|no|0) (?:sales|units sold|revenue|movement)\b"
        ),
        r"what share of \g<what> did not sell",
    ),
    # --- what holds a store back, and where things belong
    (
        (
            r"^\W*what(?:'s| is| was| has been)? (?:dragging|pulling|bringing|holding|weighing) (?:down "
            r"|back )?(?!margin)"
            r"(?P<where>(?!(?:our|my|the) (?:sales|margin|basket))[\w' ]{3,25}?)(?: down| back)?(?=\W*$"
            r"| (?:this|last)\b)"
        ),
        r"why are sales down at \g<where>",
    ),
    (
        (
            r"^\W*where (?:is|are) (?P<what>[\w &'-]{3,40}?) (?:supposed|meant|expected|intended|due) to (?:be"
            r"|stand|go|sit)"
            r"(?: (?:on|in) the (?:shel(?:f|ves)|planogram|store|shop))?(?=\W*$)"
        ),
        r"where is \g<what>",
    ),
    (
        (
            r"\bwhich (?P<what>categories|departments) (?:get|have|take(?: up)?|hold|occupy|use) (?P<way>more"
            r"|less|too much"
            r"|too little) (?:shelf )?space (?:than|for what|for) (?:they (?:earn|deserve|sell|need|should"
            r"|bring in|make)"
            r"|their (?:sales|share)[\w ]*)"
        ),
        r"space to sales by \g<what>",
    ),
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
    # --- traffic of goods is how many customers buy them
    (
        (
            rf"\bwhich (?P<what>{_GOODS}) (?:has|have|get|gets|see|sees) (?:the )?(?:most"
            rf"|highest) (?:foot ?)?(?:traffic|footfall)"
        ),
        r"which \g<what> have the most customers",
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
    (
        (
            rf"\b(?P<who>{_STORES}|{_GOODS}) (?:that |which )?(?:had|have|has|with|saw|show|got"
            rf"|getting) (?:fewer|less|lower"
            r"|worse|a lower|a smaller|smaller) (?P<a>[a-z][\w ]{2,30}?),? (?:but|and|yet|while"
            r"|with)(?: a)? (?:higher|more"
            r"|larger|bigger|better) (?P<b>[a-z][\w ]{2,30}?)(?=\W*$| (?:last|this|in|over|for|than)\b)"
        ),
        r"\g<who> had falling \g<a> and rising \g<b>",
    ),
    (
        (
            rf"\b(?P<who>{_STORES}|{_GOODS}) (?:that |which )?(?:had|have|has|with|saw|show|got"
            rf"|getting) (?:higher|more|a "
            r"higher|a larger|larger|better) (?P<a>[a-z][\w ]{2,30}?),? (?:but|and|yet|while|with)(?: a)? (?:fewer|less"
            r"|lower|smaller|worse) (?P<b>[a-z][\w ]{2,30}?)(?=\W*$| (?:last|this|in|over|for|than)\b)"
        ),
        r"\g<who> had rising \g<a> and falling \g<b>",
    ),
    (
        r"\b(?P<way>rising|falling) (?:baskets?|tickets?|basket (?:size|value)s?)(?![\w ]*s per)\b",
        r"\g<way> average basket",
    ),
    # --- one store's part of all
    (
        (
            r"^\W*(?:how much|what (?:share|part|percent(?:age)?|proportion)|what %) of (?:the |our |my |all "
            r"|total )*(?:net "
            r")?(?P<what>sales|revenue|profit|margin|transactions) (?:do|does|did|comes?|came|is|are"
            r"|was)(?: \w+)? (?:from "
            rf"|by |at |in )?(?:the |our |my )*(?:biggest|largest|best|top|main|busiest"
            rf"|smallest) (?:selling )?{_STORES}"
        ),
        r"share of \g<what> by store",
    ),
    # --- what one store has and another lacks
    (
        (
            rf"^\W*(?:where|which {_STORES}|what) (?:do|does|did|have|has|is|are)(?: (?:we|i|there"
            rf"|one store))?(?: have| got"
            r"| hold)? (?:spare |surplus |excess |extra |too much )?(?:stock|inventory)(?: that"
            r"| which)? (?:(?:an)?other"
            rf" {_STORES}|others|another|somebody else|someone else) (?:needs?|lacks?|is short of|are short of"
            rf"|runs? out of"
            r"|could use|is out of)"
        ),
        "recommend transfers between stores",
    ),
    (
        (
            rf"\bwhich (?P<what>categor(?:y|ies)|departments?|brands?|products?) (?:is|are|does) (?:each"
            rf"|every) {_STORES} (?:the"
            r" )?(?:best|strongest|good|strong)(?: at| in| for| with)?"
        ),
        r"top \g<what> of each store",
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
    # --- how often something is on offer
    (
        (
            rf"\bhow (?:often|frequently|many (?:times|weeks)) (?:do|did|is|are|was|were|have|has) (?:we "
            rf"|i )?(?:promoted? |put"
            rf" |run |had )?(?:each|every|our|the|all)(?: of (?:our|the))? (?P<what>{_GOODS})(?: (?:been"
            rf" )?(?:promoted|on (?:a "
            r")?(?:promo|promotion|deal|offer|special|sale)|featured))?(?=\W*$| (?:last|this|in|over|during)\b)"
        ),
        r"most often promoted \g<what>",
    ),
    (
        (
            r"^\W*(?:(?:show|tell|give)(?: me)? |what(?:'s| is) )?(?:the |our )*(?:promotional?|promo|offers?"
            r"|deals?) (?:calendar"
            r"|plan|schedule) (?:for|of|in|over) (?P<when>(?:the )?(?:next|coming)\b)"
        ),
        r"promotions coming up in \g<when>",
    ),
    (
        (
            rf"\b(?P<what>{_GOODS}) (?:are|is|do|were|did)(?: we| i)? (?P<way>over|under)-?forecast(?:ed"
            rf"|ing)?(?: the)? (?:most"
            r"(?: often| frequently)?|often|frequently)"
        ),
        r"\g<what> are \g<way>-forecast",
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
