"""What figures are called elsewhere, as a vocabulary: one row a name, in the words that the readers know.

A row stands for a name wherever it occurs, whatever is asked of the figure; ways of asking belong in the other tables.
"""

from __future__ import annotations

_WHEN = r"(?=\W*$| (?:today|yesterday|this|last|on|in|by|per|at|over|so far|for|during)\b)"
_LEAD = (
    r"^(?P<lead>\W*(?:(?:please|show|give|tell|list|report|get)(?: me| us)? |what(?:'s| is| are| was| were)"
    r" )?(?:the |our "
    r"|my |total |all )*)"
)
_SPREAD = (
    r"\bdistribution of (?P<what>orders|transactions|sales|visits|customers|visitors|units)(?: (?:placed|made|sold"
    r"|recorded))? (?:on|across|over|by|throughout|among|between) (?:the )?(?:different )?"
)
_WITH = (
    r"^\W*(?:are|is) there (?:any )?(?:specific |particular |certain )*(?P<span>months|days|hours|weeks|weekdays|stores"
    r"|departments|categories) with (?:the |a )?"
)
_THAN = r" (?:than (?:usual|normal|average) )?(?P<what>[a-z][a-z ]{2,30}?)(?=\W*$)"
FIGURE_NAMES: tuple[tuple[str, str], ...] = (
    (
        (
            r"\b(?P<what>discounts?\b[^?,;]{0,40}?) (?:and|with|plus|as well as) (?:their |its |the )?"
            r"(?:share|percent(?:age)?|proportion|%) of (?:gross |our |the )?sales\b"
        ),
        r"\g<what> and discount rate",
    ),
    (
        (
            r"\b(?:total|sum of(?: all)?(?: the)?) prices?\b(?! (?:changes?|ranges?|tags?|lists?|points?|cuts?))"
            r"(?!.*\b(?:stock|inventory|on hand|orders?|purchased?|supplier|basket|receipt|transaction)s?\b)"
            r"(?: (?:of|from|for) (?:(?:the |our |all )*sales)\b)?"
        ),
        "sales",
    ),
    (r"\bin terms of\b", "by"),
    (r"\bacross the board\b", ""),
    (
        (
            r"\bwho (?:opened|opens|popped|keeps opening) (?:the |a |his |her |their )?(?:cash )?(?:drawer|till) "
            r"without (?:making |ringing(?: up)? )?(?:a |any )?(?:sale|selling anything|anything)\b"
        ),
        "no-sale drawer opens by employee",
    ),
    (r"\b(?P<when>next|coming) fortnight\b", r"\g<when> 2 weeks"),
    (
        (
            r"\b(?P<what>baskets|transactions|tickets|receipts|orders|sales|trips) (?:that |which )?(?:topp(?:ed|ing)"
            r"|clear(?:ed|ing)|surpass(?:ed|ing)|exceed(?:ed|ing)?|went over|came to over|north of) (?=[$£€]\d)"
        ),
        r"\g<what> over ",
    ),
    # --- days
    (r"\bfor the (?P<span>week|month|quarter|year)(?=\W*$)", r"this \g<span>"),
    # --- counts
    (r"\b(?P<what>order|transaction|customer|visitor) volumes?\b", r"number of \g<what>s"),
    (r"\b(?:order|transaction|sales?) cancell?ations?\b", "voids"),
    # --- goods of the house
    (
        r"\bPL (?=(?:penetration|shares?|mix|growth|sales|products?|items?|brands?|goods|margins?|pricing)\b)",
        "private label ",
    ),
    (r"\b(?P<own>private[- ]label|own[- ](?:brand|label)|store[- ]brand) penetration\b", r"\g<own> share"),
    # --- goods in a basket
    (
        (
            r"\bhow many (?:unique|distinct|different) (?:products|items|skus|goods) (?:are |is |do people "
            r"|do customers )?(?:usually "
            r"|typically )?(?:included|bought|purchased|contained|found|put|buy)? ?(?:in|per|with) (?:an?|one|each"
            r"|every|the average"
            r"|a single|a typical) (?:orders?|baskets?|transactions?|visits?|trips?|carts?)\b"
        ),
        "how many different products per basket",
    ),
    # --- what a figure is spread over
    (_SPREAD + r"(?:days? of (?:the )?week|week ?days?)\b", r"\g<what> by weekday"),
    (_SPREAD + r"(?P<span>hour|month|week|store|department)s?(?: of the (?:day|year))?\b", r"\g<what> by \g<span>"),
    (_WITH + r"(?:higher|more|highest|most|larger|largest)" + _THAN, r"which \g<span> had the highest \g<what>"),
    (_WITH + r"(?:lower|fewer|less|lowest|fewest|least|smaller)" + _THAN, r"which \g<span> had the lowest \g<what>"),
    # --- goods that are there
    (
        (
            r"\b(?P<which>products?|items?|skus?|goods|lines) (?:that |which )?(?:have|has|with|showing"
            r"|had) (?:the )?(?:lowest|poor"
            r"(?:est)?|low|worst|bad|weak(?:est)?)(?: on[- ]shelf| stock| product)?"
            r" (?:availability|in-?stock(?: rates?| levels?)?|stock(?: levels?)?)\b(?! turn)"
        ),
        r"\g<which> are low on stock or sold out",
    ),
    (
        (
            r"\b(?:on[- ]shelf|stock|product|item) availability(?: rates?)?\b(?=\W*$| (?:by|at|in|of|per)\b)"
            r"|\bosa\b(?: ?%| rates?| percent(?:age)?s?)?(?= |\W*$)"
        ),
        "in-stock rate",
    ),
    (r"\bstock-?outs? risks\b", "stockout risk"),
    # --- what is to be ordered
    (
        (
            r"\b(?:suggest|recommend|propose|list|show(?: me)?|give me|what) (?:the |some |any )?(?:re-?stocks?"
            r"|re-?stocking"
            r"|replenishments?|re-?orders?)(?: (?:for|of) (?:items?|products?|goods|stock|what is|everything|anything)"
            r"(?: (?:that (?:is|are)|which (?:is|are)))? (?:below|under|at|near)(?: the| their| its)? (?:thresholds?"
            r"|minimums?"
            r"|min|re-?order (?:points?|levels?)|par(?: levels?)?))?(?=\W*$| (?:at|in)\b)"
        ),
        "what should we reorder",
    ),
    # --- those who bought
    (
        (
            r"\bwhen (?:are|were) (?:my|our|the) (?:customers|shoppers|clients|people|guests) (?:shopping|buying"
            r"|coming(?: in)?|visiting)\b"
        ),
        "when do customers shop",
    ),
    (
        (
            r"\b(?P<who>customers?|shoppers?|clients?|households?|members|people)(?P<that>(?: who| that)?) (?:have|has"
            r"|had|'ve)"
            r" (?=(?:spent|bought|purchased|visited|ordered|shopped) the (?:most|least)\b)"
        ),
        r"\g<who>\g<that> ",
    ),
    (
        r"\b(?:customer )?(?:visit|shopping|purchase) frequency (?:trending|changing|developing|over time)\b",
        "visits per customer by month",
    ),
    (r"\bsub-?categor(?P<end>y|ies)\b", r"categor\g<end>"),
    # --- a summary
    (r"\b(?:quick |short |brief )?(?:run-?down|recap|round-?up|lowdown) (?=of|for|on)", "summary "),
    # --- hours of work
    (
        (
            r"\bhow many hours (?:did|do|have|has) (?:the |my |our |all )*(?:staff|team|employees?|people|crew|everyone"
            r"|we) (?:work(?:ed)?|put in|clock(?:ed)?)\b"
        ),
        "labour hours",
    ),
    # --- growth
    (
        r"\b(?P<what>sales|revenue|profit|margin|order|transaction|customer)?(?P<gap> ?)growth rates?\b",
        r"\g<what>\g<gap>growth",
    ),
    # --- shares
    (
        (
            r"\b(?P<what>sales|revenue|profit|margin) contributions? (?:of|from|for) (?:each|every|our|all"
            r"|the)(?: of)?(?: the| our)? "
        ),
        r"share of \g<what> by ",
    ),
    # --- spans
    (r"\b(?P<count>\d{1,4})\+ (?P<unit>days?|weeks?|months?|years?)\b", r"\g<count> \g<unit>"),
    (
        (
            r"\b(?:the |an? |our |my )?(?P<count>\d{1,2}|three|six|nine|twelve)[- ](?P<unit>day|week"
            r"|month)s?[- ]trends?"
            r" (?:for|of|in) (?P<what>[a-z][a-z ,%&-]+?)(?=[.?!]|\W*$)"
        ),
        r"trend of \g<what> over the last \g<count> \g<unit>s by \g<unit>",
    ),
    # --- people who buy
    (_LEAD + r"(?:customers|shoppers|clients|people served|customers served)" + _WHEN, r"\g<lead>number of customers"),
    # --- pace
    (
        (
            r"\b(?:the )?(?:sales |selling |sell |product )?(?:velocit(?:y|ies)|rates? of sales?|sell(?:ing)? rates?)"
            r"(?: (?:by|per|of|for|of each|for each) (?:each |every )?(?:products?|items?|skus?))?\b"
        ),
        "fast movers",
    ),
    # --- what is paid with
    (r"\bcash (?:taken|received|collected|in)" + _WHEN, "cash payments"),
    # --- giving money back
    (
        r"\bhow much (?:money )?(?:are|were|have|did) (?:we|i) (?:been )?(?:refund(?:ing|ed)?|giv(?:ing|en) back)\b",
        "refunds",
    ),
    # --- not to buy again
    (
        (
            r"\bshould (?P<who>i|we) (?:stop (?:purchasing|buying|stocking|carrying|re-?ordering|getting)|not (?:buy"
            r"|order|purchase|stock|reorder)(?: again| any ?more)?)\b"
        ),
        r"should \g<who> stop ordering",
    ),
    # --- how much of it
    (
        (
            r"\bhow (?:much|many)(?: (?:inventory|stock|units?|pieces|product|quantity))? should (?P<who>i"
            r"|we) (?P<do>re-?order"
            r"|order|buy|restock|purchase) (?:for|of) (?:the |my |our )?(?P<goods>(?!(?:the |this |next "
            r"|coming )*(?:week|month|weekend"
            r"|holidays?|christmas|thanksgiving|season|day|today|tomorrow|quarter|year|january|february|march|april"
            r"|may|june|july"
            r"|august|september|october|november|december)\b)[a-z][a-z0-9 &'-]+?)(?=\W*$| (?:at|in|for|until|through) )"
        ),
        r"how much \g<goods> should \g<who> \g<do>",
    ),
    # --- turnover
    (r"\b(?:(?:inventory|stock) )?turn ?over ratios?\b|\b(?:inventory|stock) turn ratios?\b", "stock turn"),
    # --- who rang up most
    (
        (
            r"\b(?P<who>(?:which|what) (?:cashiers?|employees?|associates?|staff members?|team members?"
            r"|salesperson|salespeople"
            r"|server|person)|who) (?:handled|processed|served|completed|closed|rang(?: up)?|dealt with|did"
            r"|made|took) (?:the )?"
            r"(?P<end>most|fewest|highest|lowest)(?: number of)? (?P<what>transactions|orders|sales|receipts"
            r"|checkouts|customers)\b"
        ),
        r"which cashier has the \g<end> \g<what>",
    ),
    # --- to have less of
    (
        (
            r"\bshould (?:i|we) (?:reduce|lower|cut(?: back)?|trim|decrease|have less|keep less|hold less"
            r"|carry less|order less"
            r"|buy less)(?: the| our| my)?(?: stock| inventory| orders?| quantit(?:y|ies)| levels?)*(?: of|"
            r" on| for)?(?=\W*$| in )"
        ),
        "are overstocked",
    ),
    # --- slow ones to be pushed
    (
        (
            r"\bslow(?:[- ](?:moving|selling))? (?P<goods>products|items|stock|goods) should (?P<who>i|we)"
            r" (?:promote|push|feature"
            r"|advertise|discount|mark down|put on (?:sale|offer|promotion))\b"
        ),
        r"\g<goods> should \g<who> mark down",
    ),
    # --- given back
    (
        (
            r"\b(?:which|what) (?P<goods>products|items|skus) (?:were|was|got|have been|are) (?:refunded"
            r"|returned|brought back)"
            r"(?: (?:the )?most)?(?=\W*$| (?:today|yesterday|this|last|in|at|on)\b)"
        ),
        r"top \g<goods> by returns",
    ),
    # --- counts that do not fit
    (
        (
            r"\b(?:any |are there any |are there |is there an? )?(?:stock|inventory|count) (?:mis-?match(?:es)?"
            r"|discrepanc(?:y|ies)"
            r"|differences|variances?)(?: (?:for|of|in|with|on) )"
        ),
        "phantom stock in ",
    ),
    # --- cover
    (r"\bdays? of stock(?: left| remaining| on hand)?(?= mean)", "days of cover"),
    # --- to earn more
    (
        (
            r"^\W*how (?:can|could|do|should|might) (?:i|we) (?:make|earn|get|generate) (?:more|higher|a higher"
            r"|better|a better)"
            r" (?:profits?|margins?|money)\b"
        ),
        "break down profitability by product and give recommendations",
    ),
    # --- what was marked down
    (
        (
            r"^\W*(?:(?:show|list|give)(?: me| us)? |what (?:are|were) )?(?:the |all |our |my )*discounted"
            r" (?:items|products|goods)"
            r"(?=\W*$| (?:today|yesterday|this|last|in|at|on)\b)"
        ),
        "top products by discounts",
    ),
    # --- what sells once it is back
    (
        (
            r"^\W*(?:what|which (?:products?|items?)) would (?:i |we )?sell (?:fastest|best|most|the"
            r" most)(?: of)? if (?:i"
            r"|we|it|they) (?:(?:was|were|is|are) )?(?:re-?stocked|had)(?: it| them)?(?: in stock| back)?"
        ),
        "lost sales",
    ),
)
