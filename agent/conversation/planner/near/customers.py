"""What is asked of customers and offers and is known only of others, or together: rows as in ``near``."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|people|households?|buyers?|members?|guests?|clients?)"
_GOODS = r"(?:products?|items?|skus?|goods|categor(?:y|ies)|departments?|brands?)"
_BEST = r"(?:premium|vip|best|top|biggest|loyal|high[- ]?(?:value|end|spending)|most valuable|regular)"
_WHEN = r"(?=\W*$| (?:at|in|last|this|over|during|for)\b)"
_SAID = r"(?:reviews?|sentiments?|feedback|ratings?|complaints?|comments?|(?:customer )?satisfaction)"
_DEPTHS = (
    "Markdowns are not kept apart from other discounts: this is what discounts of each depth did to margin and units, "
    "category by category. Whether offers sold more: “promotion lift last month”."
)
_SPENDS = r"(?:spend|buy|purchase|pay)(?: (?:any|a lot|much|significantly))?(?: more| less)(?: money)?"
_OVERALL = (
    r"(?: (?:overall|on average|in general|per (?:visit|trip|transaction|basket|purchase|shop)|each time|with us))*"
)
_THAN = (
    r"(?: (?:than|compared (?:to|with)|vs\.?) (?:the )?(?:new|others?|first[- ]time|one[- ]time|rest|other)"
    rf"(?: {_WHO}| ones)?)?"
)
_SEGMENT = r"(?:(?:customer|shopper|loyalty|rfm|household) )?segments?"
_KIND_OF_GOODS = r"(?P<what>(?:product |item )?(?:categor(?:y|ies)|departments?|brands?|products?|items?|skus?))"
_WITH = r"(?:,| and| &| x|,? by)(?: by)?"
CUSTOMER_NEAR: tuple[tuple[str, str, str], ...] = (
    # --- segments told by a second group
    *(
        (
            said,
            plain,
            (
                "Segments are not told by {what}: this is each with all its sales, and the departments that stand out "
                "in each in the table. Kinds of households can be: “sales by age band and category last month”."
            ),
        )
        for said, plain in (
            (
                (rf"\b(?:by|per|for each|across) {_SEGMENT}{_WITH} {_KIND_OF_GOODS}\b(?! (?:margins?|mix)\b)"),
                "by customer segment",
            ),
            (rf"\b(?:by|per|for each|across) {_KIND_OF_GOODS}{_WITH} {_SEGMENT}\b", "by customer segment"),
            (
                (
                    rf"^\W*(?:which|what) {_KIND_OF_GOODS} (?:do|does) (?:each|every|the|our|my|different)(?: (?:of the"
                    rf"|of our))? {_SEGMENT} (?:buy|shop|spend)(?: (?:from|in|most|more|on))*"
                ),
                "customer segments",
            ),
        )
    ),
    (
        rf"\b(?:by|per|for each|across) {_SEGMENT}{_WITH} (?:stores?|shops?|locations?)\b",
        "by customer segment",
        "This is of the stores together; one store's can be had: “customer segments at” and its name.",
    ),
    # --- kinds of customers held against each other
    (
        (
            rf"^\W*(?:do|does) (?:our |my |the )?(?:repeat|returning|existing|regular)(?: {_WHO})? (?:{_SPENDS}"
            rf"|(?:have|make)"
            rf" (?:bigger|larger|higher) (?:baskets?|purchases|orders?))(?: per "
            rf"visit)?{_OVERALL}{_THAN}{_OVERALL}{_WHEN}"
        ),
        "new and returning customers",
        "",
    ),
    (
        (
            rf"^\W*(?:do|does) (?:our |my |the )?(?:loyal|vip|best)(?: {_WHO})? "
            rf"{_SPENDS}{_OVERALL}{_THAN}{_OVERALL}{_WHEN}"
        ),
        "customer segments",
        "“Loyal” is by how recently, how often and for how much somebody bought: this is what each segment spends.",
    ),
    (
        (
            rf"^\W*(?:are|is) (?:our |my |the |these )*{_BEST} {_WHO} (?:really |actually |truly |even )*worth"
            r" (?:it|(?:all )?(?:the |our |that )?(?:extra |additional )?(?:efforts?|costs?|money|trouble|time|work"
            r"|expense"
            r"|investment|attention|discounts?))(?:[.,?! ]*(?:show|give) (?:me|us) (?:the |some )?(?:numbers|figures"
            r"|data))?"
        ),
        "profit by customer group",
        (
            "Nobody is marked as such a customer, and what effort they take is not recorded: this is the margin by "
            "how much "
            "customers spend, from the top tenth down."
        ),
    ),
    (
        (
            rf"^\W*(?:who|which {_WHO}|what {_WHO}|{_WHO})(?: (?:has|have|with|could|can|might|would|are|is|we|i))* "
            rf"(?:the "
            r"|most |more |greatest |highest |biggest )*(?:potential|convert\w*|become|turn(?:ed)?|grow|be grown"
            r"|develop\w*)"
            r"(?: (?:to|be|become|of|into|in|converted|turned|being|more|a|an|our|most|to grow|to spend|spending|better"
            rf"|profitable|valuable|loyal|frequent|regular|best|top|{_WHO}|growth|potential|for))*(?=\W*$)"
        ),
        "customer segments",
        (
            "Who could bring more is not forecast. Nearest: “Potential loyalists” came lately and are middling in "
            "visits and "
            "spend; “Needing attention” are as good and came less lately."
        ),
    ),
    (
        (
            rf"^\W*(?:(?:what(?:'s| is| are)|show(?: me)?|give me) )?(?:the |our )?(?:returns?|refunds?)(?: "
            rf"(?:rates?|ratio"
            rf"|percentage))? (?:by|for each|per|for every|of each|across)(?: (?:our |the )?(?:{_WHO}|rfm|loyalty))? "
            rf"segments?"
        ),
        "refund rate by age group",
        "Refunds are not told by segment; by age, income and size of household they are: this is by age.",
    ),
    (
        rf"^\W*(?:which|what) (?:{_WHO} )?segments? (?:returns?|refunds?) (?:the )?most",
        "refund rate by age group",
        "Refunds are not told by segment; by age, income and size of household they are: this is by age.",
    ),
    (
        (
            rf"^\W*(?:(?:show(?: me)?|give me|what are|analy[sz]e|describe) )?(?:the |our |my )*{_WHO}?'?s? "
            rf"?(?:purchas(?:e|ing)"
            rf"|buying|shopping) (?:patterns?|behaviou?rs?|habits?) (?:by|across|per|in|over)(?: (?:the|our|all|each"
            r"|different|various|product))* (?P<by>categor(?:y|ies)|departments?|brands?)"
        ),
        r"which \g<by> do most customers buy",
        (
            "Told by how many customers buy each. What goes together: “which categories are bought together”; when "
            "they "
            "come: “busiest hours”."
        ),
    ),
    (
        (
            rf"^\W*(?:are|have|did|do) we (?:los(?:e|ing|t)|lost) (?:the |any |our |many |more )*{_WHO} (?:in|of|for"
            rf"|on) (?:the "
            rf"|our )?(?P<g>(?!(?:any|which|what|each|every|general|total|the|stores?|competit|risk|last|this)\b)"
            r"[a-z][a-z &'-]{2,30}?)(?: (?:department|category|products?))?(?=\W*$)"
        ),
        r"how many of last month's \g<g> buyers came back this month",
        "Told by who came back for it: of those who bought it last month, how many bought it again this month so far.",
    ),
    (
        (
            rf"^\W*(?:who|(?:which|what) (?:of our |kinds? of )?(?:{_WHO}|segments?|{_WHO} segments?)|whom)(?: "
            rf"(?:should|could|shall|to"
            r"|can|do|we|i|be|get|gets|receive|send|sent|give|given|target|targeted|offer|offered|with|invite))+ "
            r"(?:(?:a|an|the|our"
            r"|personali[sz]ed|targeted|special|more|marketing|any|some) )*(?:offers?|coupons?|discounts?"
            r"|promotions?|deals?"
            r"|campaigns?|mailers?|vouchers?)(?: to)?(?=\W*$)"
        ),
        "customer segments",
        (
            "Whom to send an offer is yours to decide: these are the segments, who comes and who is slipping away. "
            "Who redeems "
            "coupons: “coupon use by age”, “coupon use by income”."
        ),
    ),
    (
        (
            rf"^\W*how many (?:high[- ]value|high[- ]spending|valuable|premium)(?: {_WHO})(?: (?:do we have|have we "
            rf"got|are there))*"
            r"(?=\W*$)"
        ),
        "customer segments",
        (
            "“High-value” has no fixed line here: “Champions” come lately, often and spend most. How many spent "
            "more than an amount that you name can be asked too."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what)(?: (?:of our|our|the))* (?:{_WHO} )?(?P<by>age|income|household size)s?(?: "
            rf"(?:groups?|bands?))?"
            r"(?: (?:is|are|react|reacts|respond|responds))* (?:the )?(?:most |more |least |strongest )?(?:price[- "
            r"]sensitive"
            r"|(?:sensitive )?to (?:our |the )?pric(?:es?|ing))(?: changes?)?(?=\W*$)"
        ),
        r"coupon use by \g<by>",
        (
            "How strongly people answer to a price is told of goods only (“most price sensitive categories”). "
            "Nearest of people: "
            "who uses coupons, by {by}."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what)(?: (?:of our|our|the))* (?:{_WHO} )?(?:segments?|{_WHO}|age groups?|income groups?"
            rf"|ages?|incomes?"
            r"|household sizes?)(?: (?:is|are|react|reacts|respond|responds))* (?:the )?(?:most |more |least "
            r"|strongest )?"
            r"(?:price[- ]sensitive|sensitive to (?:our |the )?pric(?:es?|ing)|to (?:our |the )?pric(?:es?|ing))(?: "
            r"changes?)?(?=\W*$)"
            rf"|^\W*how (?:price[- ]sensitive|sensitive to (?:our )?prices?) are (?:our |the )?{_WHO}(?=\W*$)"
            rf"|^\W*how sensitive are (?:our |the )?{_WHO} to (?:our |the )?pric(?:es?|ing)(?: changes?)?(?=\W*$)"
            rf"|^\W*price[- ]sensitivity of (?:our |the )?{_WHO}(?=\W*$)"
        ),
        "coupon use by income",
        (
            "How strongly people answer to a price is told of goods only (“most price sensitive categories”). "
            "Nearest of people: "
            "who uses coupons, by income; “by age”, “by household size” too."
        ),
    ),
    (
        (
            r"^\W*(?:do|does|did|are|can|have) (?:our |the )*(?:discounts?|offers?|promotions?|promos?|coupons?"
            r"|deals?|markdowns?)"
            r" (?:really |actually |help |helping |to )*(?:increase|improve|drive|boost|build|create|bring|get|make"
            r"|raise|lift"
            r"|improving|driving|bringing)(?: (?:in|our|the|more))* (?:repeat (?:purchases?|business|visits|buying"
            r"|rates?)"
            rf"|(?:customer )?(?:loyalty|retention)|{_WHO} (?:to )?(?:come |buy )?(?:back|again|return|loyal))(?=\W*$)"
        ),
        "do coupon redeemers come more often than others",
        (
            "Whether an offer brings people back is known of coupons only, and as what goes together: households "
            "that redeemed "
            "against the others. “Did campaign 8 bring people in” holds each against itself."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:city|cities|regions?|areas?|towns?|states?|zip codes?) (?:uses?|redeems?|has"
            r"|have) (?:the )?"
            r"most coupons?(?: use| usage| redemptions?)?(?=\W*$)"
        ),
        "sales with coupons by store",
        "Where customers live is not recorded: this is by the store where coupons were used.",
    ),
    (
        (
            rf"^\W*(?:who|which {_WHO}|how many {_WHO}|{_WHO} who|{_WHO} that)(?: (?:have|has|had))? (?:stopped"
            rf"|quit) (?:buying"
            r"|purchasing) (?:the |our |any )?(?P<g>(?!(?:from|at|in|here|with|things|anything)\b)[a-z][a-z "
            r"&'-]{2,30}?)(?=\W*$)"
        ),
        r"how many of last month's \g<g> buyers came back this month",
        "Told as a number: of those who bought it last month, how many bought it again this month so far.",
    ),
    (
        rf"^\W*(?:which|what) (?P<g>brand|product|categor(?:y|ie)|department)s? ha(?:s|ve) (?:the )?most loyal {_WHO}",
        r"repeat purchase rate by \g<g>",
        "Loyal to goods is who buys them again: the share of their known buyers who bought at least twice.",
    ),
    # --- what is said of goods
    (
        (
            rf"^\W*(?:how (?:do|does|did) )?(?:the |our |my )*(?:{_WHO} )?{_SAID}(?: (?:scores?|sentiment|themes"
            rf"|differ|vary"
            rf"|compare|look|changes?))* (?:by|per|for each|between|across|of|for) (?:the |our |each |different |all "
            rf")*(?P<what>"
            r"(?:private[- ]label|store[- ]brand|own[- ]brand|national[- ]brand)\w*(?: (?:vs\.?|versus|and|or"
            r"|against) (?:the "
            rf")?(?:private[- ]labels?|store[- ]brands?|national[- ]brands?))?|{_GOODS}|segments?|age(?: groups?)?"
            rf"|income)(?=\W*$"
            r"| (?:last|this|at)\b)"
        ),
        "feedback themes",
        (
            "What customers say is not recorded by {what}: these are the themes of all of it. “Feedback about "
            "yogurt” looks "
            "for what was said of one thing, “feedback by store” tells stores apart."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) (?P<what>{_GOODS}) (?:get|gets|got|have|has|had|receive[sd]?|attract)s? (?:the "
            rf")?(?:most |worst "
            rf"|best |bad |good |negative |positive |poor |highest |lowest )*{_SAID}"
        ),
        "feedback themes",
        (
            "What customers say is not recorded by {what}: these are the themes of all of it. “Feedback about "
            "yogurt” looks "
            "for what was said of one thing."
        ),
    ),
    # --- days when wages come
    (
        (
            rf"^\W*(?:(?:do|does|did|are|is|how (?:do|does|much|did)) )?(?:our |the )?(?:{_WHO} |sales |we "
            rf")?(?:(?:spend|sell|buy"
            r"|sales|higher|busier|better|more|do|are|is|up|less|revenue|traffic) )*(?:on|around|after|at|by|near) "
            r"(?:a |the "
            r")?pay ?-?days?(?: (?:vs\.?|versus|than|compared (?:to|with)) (?:on )?(?:other|normal|regular|non[- "
            r"]?pay ?-?days?)"
            r"(?: days)?)?(?=\W*$)"
        ),
        "net sales by day, last 5 weeks",
        (
            "When people are paid is not in the data: these are the sales day by day, to hold against the paydays "
            "that you "
            "know."
        ),
    ),
    (
        (
            rf"^\W*(?:do|does|did|are|is) (?:our |the )?(?:{_WHO} |sales |we |stores? )?(?:(?:spend|sell|buy|come in"
            rf"|sales|higher"
            r"|lower|busier|better|more|less|up|down|revenue|traffic) )+(?:at|on|in|towards?|near) (?:the )?(?:(?:start"
            r"|beginning|end|middle|first (?:few )?(?:days?|week)|last (?:few )?(?:days?|week)) of (?:the|each|every"
            r"|a) month"
            r"|1st and (?:the )?15th|month'?s?[- ]end)(?=\W*$)"
        ),
        "net sales by day, last 5 weeks",
        "Sales are not summed by day of the month: these are the days of the last five weeks, one by one.",
    ),
    (
        (
            rf"^\W*(?:do|does|did) (?:our |the |most )?{_WHO} (?:spend|buy)(?: (?:any|a lot|much))? (?:more|less) "
            rf"(?:on|at|during)"
            rf" (?:the )?week ?-?ends?(?: (?:than|or|vs\.?) (?:on |during )?(?:the )?week ?-?days?)?{_WHEN}"
        ),
        "average basket value weekends vs weekdays",
        "Told by what one transaction came to; “sales by weekday” tells the days as a whole.",
    ),
    # --- offers
    (
        (
            r"^\W*(?:do|does|did|are|have|can) (?:our |the |these )*(?:markdowns?|price cuts|clearances?|reductions)"
            r"(?: (?:appear|seem|tend|help|to|really|actually|even|improve|increase|raise|boost|lift|drive|work|pay"
            r"|off|worth"
            r"|it|profitable|effective|helping|working|paying|our|the|sales|profits?|profitability|margins?|revenue"
            r"|volume"
            rf"|units|or|and|in|terms|of|more))+{_WHEN}"
        ),
        "do our discounts pay",
        _DEPTHS,
    ),
    (
        (
            r"^\W*(?:do|does|did) (?:our |the )*discounts? (?:really |actually |help |to )*(?:improve|increase|raise"
            r"|boost"
            r"|lift|drive|help) (?:our |the )*(?:sales|profits?|profitability|margins?|revenue|volume|units)"
            rf"(?: (?:or|and) (?:sales|profits?|profitability|margins?|revenue))?{_WHEN}"
        ),
        "do our discounts pay",
        "This is what discounts of each depth did to margin and units, category by category.",
    ),
    (
        (
            rf"^\W*(?:which |what )?{_GOODS} (?:(?:are|is|get|gets|were|was|that|which|most|the|being|lose|loses"
            rf"|los(?:e|ing)"
            r"|hurt|sales) )*(?:most )?(?:cannibali[sz]ed|lose|hurt|lost) (?:most |sales |by |during |when |if |with "
            r"|from |is "
            r"|are |the |our )*(?P<g>(?!promo|offer|discount)[a-z][a-z &'-]{1,30}?) (?:is |are |goes |go "
            r")?(?:promos?|promotions?"
            r"|offers?|deals?|on (?:promo|promotion|offer|sale|deal)|promoted)(?=\W*$| (?:last|this|in|at)\b)"
        ),
        r"lift of \g<g> promotions",
        (
            "Which single products lost is not told: goods of the same categories that were on no offer are held "
            "together, "
            "see “cannibalisation”."
        ),
    ),
    (
        (
            rf"^\W*(?:are|do|is) (?:our |the |more |any )*{_WHO} (?:(?:switch|mov|chang|trad|go)(?:ing|e|es)?)(?: "
            rf"(?:down|over"
            r"|away))? (?:from (?:the )?national[- ]brands? )?(?:to|towards?|into) (?:our |the )?(?P<l>private[- "
            r"]labels?"
            r"|store[- ]brands?|own[- ](?:brands?|labels?))(?: (?:products?|brands?))?"
        ),
        "private label share by month",
        "Who switches is not followed person by person: this is how the share of private label went.",
    ),
)
