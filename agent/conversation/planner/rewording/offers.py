"""What offers did, room on the shelf, days to come and districts: asked for in the words of whoever plans them.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_ITEMS = r"(?:items?|products?|sellers?|skus?|articles?|goods)"
OFFER_ROWS: tuple[tuple[str, str], ...] = (
    # --- what an offer did
    (
        (
            r"\b(?P<is>is|was|are|were) (?:the |our |this |that )?(?:discount|sale|deal|offer|special|price cut)s?"
            r" (?:on|for) (?P<what>(?!(?:this|last|next|the|our) |yesterday|today)[^?]+?) (?:worth (?:it|doing"
            r"|the money)|paying off|working|(?:a )?success(?:ful)?|any good)(?=\W|$)"
        ),
        r"\g<is> the promotion of \g<what> worth it",
    ),
    (
        (
            r"\bpromoted (?P<what>products|items|skus|goods) (?:that )?(?:did not|didn't) (?:sell|do|perform|move)"
            r" (?:any )?(?:more|better|well)\b"
        ),
        r"\g<what> on promotion didn't sell better",
    ),
    (
        (
            r"^\W*what (?:would|will|might) happen (?:to (?:sales|margin|profit) )?if (?:we|i) (?:stop(?:ped)?|ended"
            r"|cut|cancel\w*|dropped) (?:promoting|the promotions? (?:on|for|of)|discounting|promotions? (?:on|for"
            r"|of)) (?P<what>[^?]+?)\W*$"
        ),
        r"did the promotions on \g<what> pay off",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>products|items|skus|categories) should (?:be|go) on (?:promotion|offer|sale"
            r"|special|deal)\b"
        ),
        r"which \g<what> should we promote",
    ),
    (r"\bend the (?:current|running|active|present|existing) promotions? (?=on\b)", "end the promotion "),
    (
        (
            r"^\W*what(?:'s| is| has been|'s been) (?:driving|causing|behind) (?:the |our )?margin (?:erosion|squeeze"
            r"|compression|pressure|shrinkage|deterioration)\b"
        ),
        "why did margin fall",
    ),
    (
        r"\bmargin (?:decline|drop|fall|squeeze|deterioration) by (?:product|item|sku)\b",
        "products with falling margin",
    ),
    (
        (
            r"^\W*(?:give me |show me |show |make |create )?(?:a "
            "|the )?(?:product )?(?:performance )?score ?card (?:for|of) (?:the )?(?P<what>[^?]+?)(?P<span> (?:last"
            r"|this|in|yesterday)[^?]*)?\W*$"
        ),
        r"net sales, units and gross margin % by product in \g<what>\g<span>, top 10",
    ),
    # --- shelves
    (
        r"\b(?:which|what) shelf positions? (?:perform|sell|do|work)s? (?:the )?(?:best|worst|most|least|well|badly)\b",
        "space to sales",
    ),
    (
        (
            r"^\W*what (?:percent(?:age)?|share|proportion|%) of (?:the |our |my )?(?:facings|shelves|shelf space"
            r"|slots) (?:is|are) empty\b"
        ),
        "which shelves have empty facings",
    ),
    (
        (
            r"^\W*is the back ?(?:room|stock) holding (?:anything|something|goods|items|products"
            "|stock) (?:that )?(?:the|our) (?:sales )?(?:floor|shelves|shelf) (?:needs?|is missing|lacks"
            r"|are missing)\b"
        ),
        "what is in the back room but not on the shelf",
    ),
    # --- days to come
    (
        (
            r"\bforecast (?:for|of) (?P<when>tomorrow|today|next week|this weekend|next month)(?:'s)? (?:traffic"
            r"|footfall|visitors|transactions)\b"
        ),
        r"forecast transactions for \g<when>",
    ),
    # --- a district's week
    (
        (
            r"^\W*(?:summari[sz]e|recap|sum up|give me (?:a |the )?(?:summary|recap) of"
            r"|how was) (?:the )?(?P<where>[A-Za-z ]+?)(?:'s|') (?P<span>week|month)\W*$"
        ),
        r"how did \g<where> do last \g<span>",
    ),
    # --- more room on the shelf
    (
        (
            rf"\b(?P<who>(?:which|what) {_ITEMS}) (?:would |could |might |should )?(?:benefit from|deserves?|use|have"
            r"|get|need) (?:some )?(?:more|fewer|extra|additional|less) (?:facings?|shelf space|space|room)\b"
        ),
        r"\g<who> need more facings",
    ),
    # --- discounts beyond what is usual
    (
        (
            r"^\W*(?:is|are|was|were) (?:any|some)(?: of our| of my)? (?P<what>stores?|locations?|cashiers?"
            "|employees?) (?:out of|not in|violating|breaking|in breach of|over) (?:compliance with )?(?:the "
            r"|our )?discount (?:policy|policies|rules|limits?)\b"
        ),
        r"discount outliers by \g<what>",
    ),
    # --- orders in other words
    (
        (
            r"^\W*(?P<do>(?:please )?(?:create|add|make|start|run|set up|launch|put on)) (?:an? "
            r"|the )?(?:new )?(?:promotion|promo|offer|discount|sale) of (?P<n>\d+ ?(?:%|percent)) (?:off )?(?:on|for"
            r"|to) (?=\w)"
        ),
        r"\g<do> a promotion of \g<n> off ",
    ),
    (
        (
            r"^\W*(?:please )?(?:restock|replenish|refill|fill up) (?P<what>(?:aisle|bay|shelf|shelves|row|section"
            r"|freezer|cooler) [\w ]+?)(?P<place> (?:at|in) [A-Z][\w ]+?)?\W*$"
        ),
        r"create a restocking task for \g<what>\g<place>",
    ),
    # --- the most profitable of a kind, in money
    (
        (
            r"\b(?:which|what) (?P<what>categories|departments|brands)(?: are| is)?(?: the)? (?P<how>most"
            r"|least) profitable\b"
        ),
        r"which \g<what> have the \g<how> gross margin dollars",
    ),
    # --- stock
    (
        (
            r"\b(?:what(?:'s| is) )?(?:the )?(?:total )?(?:value|worth|cost) of (?:the |our "
            r"|my )?(?:slow[- ]?(?:movers?|moving (?:stock|items|products|inventory)|stock))\b"
        ),
        "slow movers with stock",
    ),
    (
        (
            r"^\W*how much (?:would|will|does) it cost to (?:restock|reorder|replenish|order) (?:everything"
            "|all(?: items| products)?|what(?:ever)?)(?: (?:that is |that's |which is )?(?:below|under|low|needed"
            r"|due)[^?]*)?\W*$"
        ),
        "what should I reorder",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>stores?|departments?|categories) (?:loses?|lost|is losing"
            r"|are losing) (?:the )?most (?:to|in|from|through) (?:shrink(?:age)?|waste)\b"
        ),
        r"shrink by \g<what>",
    ),
    (r"^\W*(?:which|what) unassigned tasks\b", "unassigned tasks"),
    (r"\bplanogram gaps\b", "planogram check"),
    # --- against another month
    (
        (
            r"\b(?P<a>(?:which|what) (?:departments|categories|stores|brands)) (?:are|is|were) (?:above|below|over"
            r"|under|ahead of|behind) (?=(?:last|the previous|the last) (?:week|month|quarter|year)\b)"
        ),
        r"\g<a> are up on ",
    ),
    (
        r"\b(?:roi|return) (?:of|on) (?:the |our )?displays?(?: program(?:me)?s?| activity)?\b",
        "promotion lift by display",
    ),
    (
        (
            r"\b(?:what|which) (?:depth of discount|discount depth|discount) (?:works|performs|is|pays off) (?:best"
            "|the best|most) (?:for|on) (?P<what>[^?]+)"
        ),
        r"optimal discount for \g<what>",
    ),
    (
        r"^\W*(?:give me |show me |show )?(?:a |the |my |our )?districts? (?:summary|overview|recap|report)\W*$",
        "how are the districts doing",
    ),
    (
        (
            r"\b(?:is|are|do we have|will there be) (?:there )?enough (?:staff|people|cashiers|associates) (?:at"
            r"|around|for|over|during) (?:noon|lunch(?: ?time)?|midday|the (?:lunch )?rush|peak(?: hours)?)\b"
        ),
        "is there enough staff",
    ),
    (
        (
            r"\b(?P<a>most (?:frequently |often |commonly )?(?:purchased|bought)) (?P<what>categor(?:y|ies)"
            r"|departments?) on (?=(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b)"
        ),
        r"units by \g<what> on ",
    ),
    # --- what a cut of the price would do
    (
        (
            r"^\W*what (?:would|will|could|might|does) (?:an? )?(?P<n>\d{1,2}) ?(?:%|percent) (?:discount|price cut|cut"
            r"|reduction|mark ?down|off) (?:on|of|for|in) (?P<what>[\w &'-]{2,40}?)"
            r" (?:do|bring|cost us|mean|give us|change)(?: for us)?(?=\W*$| (?:at|in) )"
        ),
        r"what happens if we cut \g<what> prices by \g<n>%",
    ),
)
