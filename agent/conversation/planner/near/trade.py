"""What is asked of campaigns, prices, brands and baskets in the words of the trade; rows as in ``near``."""

from __future__ import annotations

from agent.conversation.planner.rewording.reports import BEST_OF, MADE_EACH

_FIGURE = r"(?:(?:net |gross |total |daily |weekly )*(?:sales|revenue|turnover|spend(?:ing)?|visits|units|figures))"
_HELD_AGAINST = r"(?:vs\.?|versus|against|and|than|over|compared (?:to|with)|relative to|next to)"
_BEFORE = (
    r"(?:the )?(?:same (?:time|period|length|span|weeks|days)|time|period|weeks?|days|month)? ?"
    r"(?:right |just |directly )?(?:before(?:hand)?|prior|earlier)(?: (?:it|that|the campaign|then))?"
)
_OFFERS = r"(?:promotions?|promos?|offers?|deals?)"
_EATING = (
    r"(?:eat(?:s|ing)?|hurt(?:s|ing)?|kill(?:s|ing)?|erod(?:es?|ing)|squeez(?:es?|ing)|cut(?:s|ting)?"
    r"|destroy(?:s|ing)?|reduc(?:es?|ing)|drag(?:s|ging)?(?: down)?)"
)
_SPAN_SAID = (
    r"\b(?:last|this|past|since|yesterday|today|[wmqy]td|q[1-4]|week|month|quarter|year|january|february|march|april"
    r"|may|june|july|august|september|october|november|december)\b"
)
_PART = r"(?:an? )?(?:costs?|prices?|pricing|sales|revenue|volume|mix|expenses?)(?: (?:problem|issue|thing))?"
_WHY_ORDER = (
    r"\bwhy (?:is|are|was|were) (?:the |my |our |this |these )?(?:(?:suggested|recommended|proposed) "
    r"(?:(?:re-?)?orders?|quantit(?:y|ies)) (?:of|for) (?P<goods>[a-z][a-z' -]{2,30}?)|(?:suggested |recommended "
    r")?(?P<what>(?!(?:\w+ )*(?:average|customers?|online|web|phone|pick-?up|delivery|open|new|last|latest|next|first"
    r"|total|purchase|number|our|my|special|returned|of)\b)[a-z][a-z' -]{2,30}?) (?:re-?)?orders?(?: (?:quantit(?:y"
    r"|ies)|suggestions?))?)"
)
_TICKETS = "(?:transactions?|orders?|sales?|baskets?|receipts?|tickets?|checks?)"
_AT_A_LOSS = (
    "(?:(?:lost|lose|losing) (?:us )?money|(?:made|make|making) (?:us )?(?:a )?loss|(?:ran )?(?:at|for) a loss|(?:sold "
    "|priced )?below cost|(?:a )?negative (?:gross )?(?:margins?|profits?)|unprofitable)"
)
TRADE_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"{_WHY_ORDER} (?:so |this |that |too )?(?:high|big|large|low|small|much|many)\b|\bwhy (?:are|am|is|do"
            rf"|did) "
            r"(?:we|i|the system|it|you) (?:(?:re-?)?order(?:ing|ed)?|suggest(?:ing|ed)?|recommend(?:ing|ed)?) (?:so "
            r"(?:much|many|few|little)|\d+(?: \w+ of)?) (?P<some>[a-z][a-z' -]{2,30}?)(?=\W*$| (?:this|last|at|for) )"
        ),
        r"should I reorder \g<what>\g<goods>\g<some>",
        (
            "Why something was ordered is not recorded: this is how an order of it is reckoned now, from stock, the "
            "rate of the last weeks and the lead time."
        ),
    ),
    (
        (
            rf"^\W*(?:(?:(?:which|what|any|list|show(?: me)?|find|how many|did any|do any|were there|are there)(?: "
            rf"any)?(?: of)?(?: the| our| my| all)*) {_TICKETS}(?: (?:that|where|which|we|did|were|was|are|is|have|had"
            rf"|has|with|got|sold))* {_AT_A_LOSS}|(?:did|do|have|are) (?:we|i) (?:ever )?(?:lose|lost|losing) (?:any "
            rf")?money on(?: (?:any|an?|some|single|of|our|the))* {_TICKETS})"
            r"(?P<when>(?: (?:last|this|in|at|on|yesterday|today|over|since)\b[^?]*)?)\W*$"
        ),
        r"which products sold at a loss\g<when>",
        ("What single tickets earned is not told: these are the products that sold for less than they cost."),
    ),
    *(
        (
            (
                rf"^\W*(?:(?:what|which)(?: (?:are|were))? )?{BEST_OF} {number}categories\b(?P<mid>[^?,]*?)(?:,|\?)? "
                rf"and (?:which|what) (?:sub-?)?categories {MADE_EACH}\W*$"
            ),
            rf"top {many} categories and their top products\g<mid>",
            "Below the categories I know products alone: these are the best of each.",
        )
        for number, many in ((r"(?P<n>\d{1,2}) ", r"\g<n>"), ("", "3"))
    ),
    *(
        (
            (
                rf"{span}(?:^[^?]*?\bgross (?:vs\.?|versus|and|to|-) net\b[^?]*? ?(?:[-–—:;,]|\?) ?)?\b(?:how much )?"
                r"(?:are|is|do|does) (?:(?:our|my|the|these|all) )*discount(?:s|ing)? (?:(?:really|actually) )?"
                rf"{_EATING} (?:(?:into|up|at|away|in|on|our|the|my|gross) )*"
                r"(?:margins?|profits?|profitability|bottom line)\b"
            ),
            f"gross sales, discounts, net sales, gross margin and gross margin %{usual}",
            "What margin would be without the discounts is not known: this is what was given off, and what was left.",
        )
        for span, usual in ((rf"(?!.*{_SPAN_SAID})", " last 4 weeks"), ("", ""))
    ),
    (
        (
            r"^\W*(?:is|was) (?:it|this|that|(?:the|our|my) (?:gross )?(?:margin|profit)(?: (?:drop|decline|fall|dip"
            rf"|change|problem|issue))?) (?:more (?:of )?)?{_PART} or {_PART}(?=\W*$| (?:last|this|in|at|for)\b)"
        ),
        "why did gross margin change",
        "Of costs only those of the goods are known: this is what moved gross margin.",
    ),
    (
        (
            r"^\W*(?:(?:what|which)(?: (?:is|are|was|were))? |show(?: me)? )?(?:(?:our|the|my) )?"
            r"(?:best|worst|strongest|weakest)(?:[- ]performing)? (?:promotion(?:al)?|promo|offer) "
            r"days?(?=\W*$| (?:last|this|in|at|for)\b)"
        ),
        "promotion lift by promotion",
        "The lift is not told day by day: these are the promotions with their days.",
    ),
    (
        (
            rf"^[^?]*\b(?:(?:duration|length) of (?:an? |the |our )?{_OFFERS}|{_OFFERS} (?:durations?|lengths?)\b)"
            rf"[^?]*?(?=\W*$)|^[^?]*\b(?:long|short)(?:er|est)?(?:[- ](?:running|lived))? {_OFFERS}[^?]*?"
            r" (?:work|sell|sold|better|more|best|pay|perform|lift|effective|worth)[^?]*?(?=\W*$)"
        ),
        "promotion lift by promotion",
        "What the length of an offer does is not worked out: this is what each brought, with its days.",
    ),
    (
        (
            r"\b(?:fuel|gas(?:oline)?)(?: sales)?(?: in)? (?:gallons?|gals?|volumes?|lit(?:re|er)s?)(?: sold"
            r"| pumped)?\b"
            r"|^\W*how (?:many|much) (?:gallons?|gals?|lit(?:re|er)s?) (?:of )?(?:fuel|gas(?:oline)?)(?: (?:did|have"
            r"|do) we"
            r" (?:sell|sold|pump\w*|move\w*))?\b|\b(?:gallons?|gals?|lit(?:re|er)s?) of (?:fuel"
            r"|gas(?:oline)?)(?: sold)?\b"
        ),
        "Fuel sales",
        "Gallons are not in the data I am given: fuel is known by the money it took, which this is.",
    ),
    (
        (
            rf"^\W*(?:(?:how (?:did|were|was)|what (?:were|was|did)|show(?: me)?|compare|give me) )?(?:the |our |my "
            rf")*"
            rf"(?:(?:{_FIGURE}|we sell) (?:do |doing |go |change |move )?(?:during|in|while|throughout|for|over) )?"
            r"(?:the )?campaign (?P<n>\d{1,3})(?: (?:ran|was (?:on|running)|do|did|perform))?,? "
            rf"{_HELD_AGAINST} {_BEFORE}(?=\W*$)|^\W*(?:the |our )?{_FIGURE} (?:during|throughout|while) "
            r"campaign (?P<m>\d{1,3})(?: (?:ran|was (?:on|running)))?(?=\W*$)"
        ),
        r"effect of campaign \g<n>\g<m>",
        (
            "No sale is booked to a campaign: this is what its recipients bought a week, before it and while it ran, "
            "beside households sent nothing."
        ),
    ),
    (
        (
            r"^\W*(?:(?:does|do|did|can|will|which|what|how|is|are)\b[^?]*?)?\b(?:first[- ](?:basket|purchase|order"
            r"|trip"
            r"|visit|product|item|categor(?:y|ies))s?\b[^?]*\b(?:predict|leads?|result|drive|bring|determine|affect"
            r"|influence|correlat\w+|mean|produce|come back|return)\b[^?]*|(?:who|that) (?:start|began|begin|started)"
            r"(?: out)? with\b[^?]*\b(?:come back|return|stay|repeat)\b[^?]*)\??"
        ),
        "repeat purchase rate by category",
        (
            "What a first basket held is not held against later visits. This is how many buyers of each category "
            "bought it again; whether customers came back at all is in “customer cohorts”."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:household |customer |shopper )(?:segments?|groups?|types?|kinds?|demographics?)"
            r" (?:are |is )?(?:most |more |best )?(?:respon[ds]\w*|sensitive|receptive|react\w*)(?: the)?(?: \w+ly)?"
            r"(?: most| best| strongest| more)?(?: \w+ly)? (?:to|on) (?:our |the )?(?:promo(?:tion)?s?|offers?|deals?"
            r"|discounts?|promotional activity)(?=\W*$)"
        ),
        (
            "share of sales on promotion by income? share of sales on promotion by age? share of sales on promotion "
            "by household size"
        ),
        ("Lift is not worked out by household: this is how much of what each kind of household buys was on promotion."),
    ),
    (
        (
            r"^\W*(?:(?:who|which|what|show|list|find)(?: me)?(?: are| is)? )?(?:our |the |my )*(?:high[- ]value "
            r"|best |top "
            r"|loyal |most )*(?:promo(?:tion)?|deal|discount|offer|price|coupon)[- ](?:sensitive|driven|seeking|prone"
            r"|responsive) (?:shoppers?|customers?|households?|members?|buyers?)(?=\W*$)|^\W*(?:(?:who|which|what"
            r"|show|list|find) )?(?:are |is |me |our |the )*(?:customers?|shoppers?|households?|members?)? ?(?:who "
            r"|that )?(?:only |mostly |mainly |always |primarily )(?:buys?|shops?|purchases?) (?:on (?:promotion"
            r"|promo|offer|deal|sale)s?|when (?:it is |things are )?on (?:promotion|promo|offer|sale)|promoted "
            r"(?:goods|products|items))(?=\W*$)"
        ),
        "who are my best customers? share of sales on promotion by income",
        (
            "Single customers are not scored for how much promotions move them: these are the best customers, and how"
            " much of what each income group buys was on promotion."
        ),
    ),
    (
        (
            r"^\W*who (?:was|were|is|has been) (?:working|on (?:duty|shift|the floor)|clocked in|scheduled|in)(?: on"
            r"| for"
            r"| during)? (?:our |the |my )?(?P<day>(?:biggest|best|busiest|worst|slowest|highest|lowest|top|record"
            r"|peak)"
            r"(?:[- ]\w+)? days?)(?P<when>[^?]*)|^\W*who worked (?:on |during )?(?:our |the |my "
            r")?(?P<day2>(?:biggest|best"
            r"|busiest|worst|slowest|highest|lowest|top|record|peak)(?:[- ]\w+)? days?)(?P<when2>[^?]*)"
        ),
        r"which was the \g<day>\g<day2>\g<when>\g<when2>",
        ("This is the day. Who was on duty takes its date: ask next “who worked on …” with it."),
    ),
    (
        (
            r"^\W*(?:forecast|predict|project|give me a forecast (?:of|for))(?: the| our)? (?:demand|sales|units"
            r"|unit sales)"
            r" (?:for|of) (?:our |the |my )*(?:top|best|number one|#1)[- ]?(?:selling )?(?P<kind>(?!skus?\b"
            r"|products?\b|items?\b|sellers?\b)[a-z]+ )?(?:skus?|products?|items?"
            r"|sellers?)\b[^?]*"
        ),
        r"top \g<kind>products by units",
        (
            "An outlook is of one product by its name: ask “forecast units of … for the next month” with one of the "
            "best sellers."
        ),
    ),
    (
        (
            r"^\W*(?:which|what|where)\b[^?]*\b(?:private|own|store)[- ](?:labels?|brands?)\b[^?]*\b(?:margins?"
            r"|profit\w*)"
            r"(?: \w+)? (?:premium|advantage|gap|difference|uplift|lead)s?\b[^?]*"
        ),
        "margin of private label vs national brands by category",
        (
            "Products are not paired with their equivalents of a national brand: this is the margin of both in each "
            "category."
        ),
    ),
    (
        (
            r"\b(?:viral|trendy|hyped|hyped[- ]up|buzzy|buzzworthy|(?:tiktok|social(?: media)?)[- ](?:famous|viral)) "
            r"(?P<g>items|products|skus|goods|lines|things)\b"
        ),
        r"\g<g>",
        "What is talked of online is not in the data I am given: this is of all {g}.",
    ),
    (
        (
            r"^\W*(?:do|does|did|are|is|were) (?:our |the |my |these |this )*(?:sales |monthly |store "
            r")*(?P<what>targets?"
            r"|goals?|budgets?|quotas?) (?:make (?:any )?sense|realistic|sensible|reasonable|too (?:high|low|easy|hard"
            r"|ambitious)|achievable|attainable|fair)\b"
        ),
        "are we on target",
        "Whether a target is sensible is for you to judge: this is how far it is met.",
    ),
    (
        (
            r"^\W*(?:which|what|how many|list|show(?: me)?) (?:of (?:our|the) )?(?:prices?(?: of products)?"
            r"|products'? prices?)"
            r" (?:(?:have|has|did|were|are)(?:n't| not| never)|remain(?:ed)?|stay(?:ed)?|(?:are|were) still) (?:been "
            r"|the "
            r")?(?:chang\w+|same|unchanged|moved|touched|updated)(?: (?:in|for|over|within) (?:a|the last|the past|one"
            r"|over a|more than a) year)?"
        ),
        "which prices changed this year",
        "Prices that stayed as they were are not listed. Those that changed are; all others did not.",
    ),
    (
        (
            r"^\W*(?:which|what) (?:household |customer |shopper |our )*(?:demographics?(?: groups?| segments?)?"
            r"|demographic "
            r"(?:groups?|segments?)|kinds? of (?:households?|families|customers?)|types? of (?:households?|families"
            r"|customers?)) (?P<do>(?:spends?|buys?|bought|spent) (?:the )?most)(?: on (?:their |our "
            r")?groceries)?(?P<what>[^?]*)"
        ),
        (r"which income group \g<do>\g<what>? which age group \g<do>\g<what>? which household size \g<do>\g<what>"),
        "Told by what is known of households, income, age and size; groceries without a department are all goods.",
    ),
    (
        (
            r"^\W*(?:(?:show|give|tell)(?: me| us)? |how many )?(?:the |our |all )*(?:number of |count of "
            r")?(?:stock[- ]?outs?"
            r"|out[- ]of[- ]stocks?(?: items| products)?|oos)(?: (?:did we have|were there|happened|occurred))? "
            r"(?:by|per"
            r"|each|every|for each) (?P<span>week|month)(?=\W*$)"
        ),
        r"how many stock-outs last \g<span>? how many stock-outs the \g<span> before last",
        "Stock-outs are not told {span} by {span}: these are the last two. Ask for others by their dates.",
    ),
)
"""Of campaigns, prices, brands and baskets."""
