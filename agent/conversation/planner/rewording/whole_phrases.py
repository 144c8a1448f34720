"""Whole phrases put into the plain question that they are: figures, prices, goods and people said in other words.

They belong to the idioms (``idioms``) and are put into plain words with them, before anything is read.
"""

from __future__ import annotations

_GOODS = "(?:stuff|things|goods|items|lines|products|merchandise)"
_GROUP = "(?:stores?|shops?|branch(?:es)?|departments?|categor(?:y|ies)|products?|items?)"
_PEOPLE = "(?:customers|households|shoppers|members|buyers|families|people|couples|adults|parents)"
_AGAINST = r"(?:vs\.?|versus|and|compared (?:to|with)|against)"
_SHOP = "(?:store|shop|location)"
_THING = (
    r"(?!(?:we|they|it|i|our|your|this|that|stock|inventory|spent|sold|left|made|taken|lost|spend|sales|people|staff"
    r"|customers|employees|tasks|labou?r)\b)[a-z][a-z &'-]{2,30}?"
)
_FIGURE = (
    r"(?:(?:net|gross) )?(?:sales|revenue|turnover|conversion(?: rate)?|traffic|footfall|visitors|units"
    r"|transactions|margin|profit|average (?:order|transaction|basket|ticket)(?: (?:value|size))?|basket size"
    r"|order value|aov"
    r"|atv|upt|units per transaction)"
)
_WHETHER = rf"(?:is|are) (?:the |our |my )?(?P<what>{_FIGURE}(?:(?: and|,) (?:our |the )?{_FIGURE})*)"
_GETTING = r"(?:getting|going|trending|moving|heading|becoming)"
_NO_SPAN = r"(?=\W*$| (?:at|in) (?!(?:the )?(?:last|past|this)\b))"
_BY_ORDER = (
    r"by (?:the |their |average |mean |typical )*(?:(?:order|basket|ticket|transaction|receipt|cart|trip)s?"
    r" (?:value|size|amount|total)s?|(?:spend|sales|revenue|amount) (?:per|a|an|each) (?:order|visit|trip|transaction"
    r"|basket|receipt))(?=\W*$| (?:at|in|last|this|over|of)\b)"
)
_WENT = "(?:drop|fall|decline|decrease|dip|rise|increase|growth|jump|change)"
_OFFERS = r"(?:promotions?|promos?|offers?|deals?)"
_BUYERS = "(?:customers?|shoppers?|people|households?|members?|buyers?)"
_GROUPS = "(?:products?|items?|skus?|categor(?:y|ies)|departments?|brands?|stores?|shops?)"
_EATING = (
    r"(?:eat(?:s|ing)?|hurt(?:s|ing)?|kill(?:s|ing)?|erod(?:es?|ing)|squeez(?:es?|ing)|cut(?:s|ting)?|cost(?:s|ing)?"
    r"|destroy(?:s|ing)?|los(?:es?|ing)|giv(?:es?|ing) away|burn(?:s|ing)?)"
)
_PROFIT = r"(?:(?:gross|net) )?(?:margins?|profits?|profitability|bottom line|money)"
_WHO_MISSED = r"(?:which|what|who|any)(?: (?:of (?:our|the|my) )?(?:stores?|shops?|locations?))? (?:have |has )?missed"
_AIM = "(?:targets?|goals?|budgets?|plans?|quotas?|because|due|from|to)"
WHOLE_PHRASES: tuple[tuple[str, str], ...] = (
    # --- what each promotion sold, and not what it brought above the expected
    *(
        (
            (
                rf"(?:which|what) {_OFFERS} (?:drove|drives?|had|has|have|made|makes?|got|did) (?:us )?(?:the )?"
                rf"(?P<end>most|highest|biggest|largest|best|lowest|least|fewest|smallest) (?:net |total )?{figure}"
                r"(?: sold)?(?! (?:up)?lift| growth| increase| gain| per|[’'])"
            ),
            rf"which promotion brought in the \g<end> {plain}",
        )
        for figure, plain in (("(?:sales|revenue)", "revenue"), ("units", "units"))
    ),
    (rf"(?P<end>best|top|worst) {_OFFERS} by sales", r"\g<end> promotions by revenue"),
    (
        (
            rf"(?P<ask>(?:{_OFFERS}|coupons?)\b[^?]*?),? or"
            rf" (?:(?:are|is|do|does|just|only|simply|merely|the|our|they|discounts?|we) )*(?:{_EATING}"
            rf" (?:(?:into|up|at|away|us|our|the|my) )*{_PROFIT}|discount(?:ing)? (?:it|them|sales|revenue))"
        ),
        r"\g<ask>",
    ),
    (
        (
            r"(?:what(?:'s| is| was) )?(?:the )?difference between (?:promot(?:ed|ional|ion) (?:sales )?and (?:the )?"
            r"base(?:line)?|base(?:line)? (?:sales )?and (?:the )?promot(?:ed|ional|ion))(?: sales)?"
        ),
        "promotion lift",
    ),
    (
        (
            rf"how often (?:do|does|did) (?:(?:our|the|my) )?{_BUYERS} (?:use|get|take|receive|buy (?:on|with|at))"
            r" (?:(?:an?|any|our|the) )?discounts?"
        ),
        "share of baskets with a discount",
    ),
    (rf"do (?:{_BUYERS} )?(?:with|using|on) coupons (?P<more>(?:spend|buy|pay) more)", r"do coupon users \g<more>"),
    (
        rf"(?P<of>{_OFFERS}) with (?:the )?(?P<end>worst|best|highest|lowest) (?P<what>(?:up)?lift)",
        r"\g<end> \g<of> by \g<what>",
    ),
    (
        (
            r"(?:the )?(?:impact|effects?) of (?:our |the )?discount(?:s|ing)? on (?:our |the )?(?:sales|revenue)"
            r"(?: performance)?|discount (?:impact|effects?) on (?:sales|revenue)(?: performance)?"
        ),
        "how do discounts affect sales",
    ),
    (
        (
            r"are (?:we|they|our stores) (?:over-?discounting|discounting too (?:much|often|heavily))"
            r"(?=\W*$| (?:at|last|this|yesterday|today)\b)"
        ),
        "are we giving too many discounts",
    ),
    # --- how often each comes, what each pays, which days are strong
    (
        (
            r"(?:average )?(?:order|purchase|visit|shopping) frequency (?:per|of|by|for) "
            rf"(?:(?:a|each|our|the) )?{_BUYERS}"
        ),
        "average orders per customer",
    ),
    (r"average (?:invoice|bill|receipt|voucher) (?:value|amount|size)", "average transaction value"),
    (r"(?:our |the )?(?:weekday|day[- ]of[- ](?:the[- ])?week) patterns?(?= *[?.!]*$)", "sales by weekday"),
    (r"(?:getting|becoming|growing) weaker|weakening", "declining"),
    (r"trends? analysis", "trend"),
    # --- more than the others is the most
    (
        (
            rf"(?P<which>which|what) (?P<group>{_GROUPS}) (?:gives?|gave|earns?|earned|yields?|yielded|makes?|made)"
            r" (?:(?:us|me|the) )*(?:more|most|higher|highest) (?P<what>profit|margin|money)"
        ),
        r"\g<which> \g<group> makes the most \g<what>",
    ),
    # --- what is missed is a target
    (
        (
            rf"{_WHO_MISSED} (?:on )?"
            rf"(?:(?:their|the|its) )?(?P<what>margins?|profits?|units)(?! {_AIM})"
        ),
        r"which stores missed their \g<what> target",
    ),
    (
        (rf"{_WHO_MISSED} (?:their|its) (?:sales|revenue|numbers?)(?! {_AIM})"),
        "which stores missed their sales target",
    ),
    (r"(?P<by>by|per|each|every|across) store (?P<of>regions?|districts?)", r"\g<by> \g<of>"),
    (r"(?:in|over|during|within|for) the (?:last|past) year(?! of)", "over the last 12 months"),
    # --- what people buy at once, and what a margin is called
    (
        (
            r"how many (?:items|products|things|units|pieces|goods) (?:do|does|did)(?: (?:an?|the|our|my|most|average"
            r"|typical|normal))* (?:people|customers?|shoppers?|guests?|buyers?)(?: (?:usually|normally|typically"
            r"|generally))? (?:buy|order|purchase|pick up|get)"
            r"(?: (?:at a time|in one go|at once|per (?:visit|trip|order|basket)"
            r"|(?:each|every) (?:time|visit|trip)))?(?: on average)?"
            r"(?=\W*$| at (?!different|various|wh|each|a )| (?:in|last|this|yesterday|today)\b)"
        ),
        "units per transaction",
    ),
    (r"(?P<what>return|refund|promotion|discount|margin|product|store)(?P<s>s?) economics", r"\g<what>\g<s>"),
    (r"unit economics", "margin per unit"),
    (
        (
            r"(?:(?:am i|are we) (?:(?:ordering|buying|stocking|carrying|purchasing) (?:too (?:much|many|little"
            r"|few)|enough)"
            r"|over-?ordering|over-?buying|under-?ordering)|(?:do|did) (?:i|we) (?:order|buy|stock|carry|purchase)"
            r" (?:too (?:much|many|little|few)|enough))(?: of)?(?: the| our| my)?"
            rf" (?P<what>(?:this|that)(?: (?:item|product|sku|one|article|brand|stuff|line))?|it|{_THING}"
            rf"|\"[^\"]+\")(?=\W*$| (?:at|in) )"
        ),
        r"days of cover for \g<what>",
    ),
    # --- how things are
    (
        (
            rf"(?P<who>{_GROUP}|brands?|manufacturers?) loses?"
            r"(?= (?:the )?most(?: money| sales)?(?:\W*$| (?:at|in|last|this)\b))"
        ),
        r"\g<who> are losing",
    ),
    (r"how're", "how are"),
    (
        (
            r"(?:what(?:'?s| is| are)?|(?:is |are |does |do )?anything|something)(?: that)?(?: is| are| does)?"
            r" (?:looking|looks?|seem(?:s|ing)?|feel(?:s|ing)?)(?: to be)? (?:off|odd|wrong|strange|weird"
            r"|unusual|funny)"
            r"(?: to you)?(?: (?:right )?now)?(?=\W*$)"
            r"|(?:what(?:'?s| is)|(?:is there )?anything) (?:off|odd|wrong|strange|weird|unusual|abnormal|anomalous"
            r"|out of the"
            r" ordinary) (?:about|with|in) (?:the |our |my )?(?:business|numbers|figures|shop"
            r"|trade)(?: (?:right )?now)?(?=\W*$)"
        ),
        "anything unusual",
    ),
    (
        (
            rf"(?:which|what) (?P<who>{_GROUP}|outlets?|locations?) (?:are|is|were) (?:under-?performing"
            r"|lagging(?: behind)?|falling behind|weak|weakest|worst)(?: (?:based|depending))?"
            rf" (?:on|by|in terms of|for|in) (?:total |overall )?(?P<one>{_FIGURE})"
            rf",? (?:or|and|and/or) (?:total |overall )?(?P<other>{_FIGURE})(?=\W*$)"
        ),
        r"\g<one> and \g<other> by \g<who>, lowest first, last 4 weeks",
    ),
    (
        (
            rf"(?:which|what) (?P<who>{_GROUP}|outlets?|locations?) (?:are|is|were) (?:under-?performing"
            r"|lagging(?: behind)?|falling behind|weak|weakest|worst)(?: (?:based|depending))?"
            rf" (?:on|by|in terms of|for|in) (?:total |overall )?(?P<one>{_FIGURE})"
            rf",? (?:or|and|and/or) (?:total |overall )?(?P<other>{_FIGURE})"
        ),
        r"\g<one> and \g<other> by \g<who>, lowest first",
    ),
    (
        (
            r"how (?:are|were) (?:the |our |my |all )*(?:other )?(?:stores|shops|branches|locations|outlets"
            r"|sites)(?: all)?"
            r" (?:doing|performing|going|getting on|trending|coming along)(?=\W*$| (?:today|yesterday|this|last"
            r"|so far)\b)"
        ),
        "net sales growth by store",
    ),
    (
        (
            rf"{_WHETHER} (?:{_GETTING} )?(?:better or worse|worse or better|improving or \w+"
            r"|(?:rising|growing|increasing|climbing) or (?:falling|shrinking|declining|dropping|decreasing|worsening))"
            rf"{_NO_SPAN}"
        ),
        r"change in \g<what> last 4 weeks",
    ),
    (rf"{_WHETHER} {_GETTING} (?:up or down|down or up|higher or lower){_NO_SPAN}", r"\g<what> over time"),
    (
        rf"(?:top|best|biggest|highest) (?P<n>\d+) {_PEOPLE} {_BY_ORDER}",
        r"top \g<n> customers with the highest average order value",
    ),
    (rf"(?:top|best|biggest|highest) {_PEOPLE} {_BY_ORDER}", "customers with the highest average order value"),
    (
        (
            r"(?P<who>customer (?:groups?|segments?|cohorts?)) (?:(?:that|which|are|were|have|has|is) )*"
            r"(?:under-?perform(?:ed|ing)|disappoint(?:ed|ing)|lagged|lagging|weakened)"
        ),
        r"\g<who> fell off",
    ),
    ("(?:retailer'?s? )?weekly (?P<mail>mailers?|flyers?|circulars?|leaflets?)", r"\g<mail>"),
    # --- what is said of figures in other words
    (
        rf"(?P<who>{_GROUP}) by (?P<what>sales|revenue) (?:and|with) (?:sales )?growth",
        r"\g<what> growth by \g<who>",
    ),
    (
        (
            rf"which {_SHOP}s? (?:has|have) too much (?P<what>[a-z][a-z -]{{2,24}}?),? and which (?:ones? )?"
            r"(?:(?:has|have) )?(?:too little|not enough)(?: of it)?"
        ),
        r"transfer suggestions for \g<what>",
    ),
    (r"(?:deepest|steepest) (?:price )?discounts?", "highest discount rate"),
    (
        (
            rf"coupon discounts? {_AGAINST} loyalty discounts?"
            rf"|loyalty discounts? {_AGAINST} coupon discounts?"
        ),
        "discounts by kind",
    ),
    (
        (
            r"(?P<f>sales|revenue|units|margin) (?:of|from|for) promoted"
            rf" {_AGAINST}"
            rf" (?:non[- ]?promoted|unpromoted|not promoted|regular)(?: {_GOODS})?"
        ),
        r"share of \g<f> on promotion",
    ),
    (
        rf"run(?:s|ning)? out(?: of (?:stock|{_GOODS}))? (?:the )?most(?! often)",
        "have the most out of stocks",
    ),
    (
        (
            rf"(?P<who>{_GROUP}) with negative (?P<how>comps?|comp(?:arable)? sales|same[- ]store sales"
            r"|like[- ]for[- ]like(?: sales| growth)?)"
        ),
        r"\g<how> by \g<who>",
    ),
    (
        r"(?:which|what) (?:kpis?|metrics|figures|numbers) (?:are|look|is) (?:off|bad|in the red|red|down|behind)",
        "what needs attention",
    ),
    # --- what something costs, and how much there is of it, store by store
    (
        (
            rf"(?:how much (?:is|are|does|do)|what(?:'s| is) the price of|what (?:does|do)) (?P<what>{_THING})"
            rf"(?: costs?| going for| priced at| sell for)? (?:at|in) (?:each|every) (?P<where>{_SHOP})"
        ),
        r"price of \g<what> by \g<where>",
    ),
    (
        (
            rf"how (?:much|many) (?P<what>{_THING}) (?:is|are)(?: there)?(?: left| on hand| in stock)? (?:at|in)"
            rf" (?:each|every) (?P<where>{_SHOP})"
        ),
        r"stock of \g<what> by \g<where>",
    ),
    # --- sales of a kind, and whose they are
    (
        (
            r"(?P<ask>how many|number of|list|show(?: me)?|any|were there) (?:\$0(?:\.00)?|zero[- ]dollar) "
            r"(?:sales|transactions|receipts|orders)"
        ),
        r"\g<ask> transactions under $0.01",
    ),
    (
        (
            r"(?:share|percent(?:age)?|proportion|part|%) of (?:our |the |all )?(?:net )?(?:sales|revenue)(?:"
            r" (?:comes?|came"
            r"|is|was|does come))? (?:from|by|of|with) (?:repeat|returning|existing|regular) (?:customers|shoppers"
            r"|buyers)"
        ),
        "share of returning customers",
    ),
    (rf"(?<!\w)young(?:er)? (?P<who>{_PEOPLE})(?! aged| ?\()", r"\g<who> aged 19-34"),
    (r"what(?:'s| is| are) (?:a |an |the )?champions?(?: customers?)?(?=\W*$)", "customer segments"),
    # --- why and what if
    (
        (
            rf"how much of (?:the |our |this )?(?P<what>sales |revenue |traffic |margin )?"
            rf"(?P<how>{_WENT})"
            r"(?: in (?P<in>sales|revenue|traffic|margin))? (?:is|was|came|comes) (?:due to|because of|caused by"
            r"|down to|from)"
            r" [a-z ,]+?(?=\W*$)"
        ),
        r"explain the \g<what>\g<in> \g<how>",
    ),
    (
        (
            r"how much (?:does|do|will|would) (?:demand|sales|volume|units) (?:drop|fall|change|decrease|decline|react"
            r"|go down) (?:when|if) (?:i|we) (?:raise|increase|change|put up|lower|cut) (?:the |our )?prices?(?=\W*$)"
        ),
        "price elasticity by category",
    ),
    (
        r"how much (?:are|do|did|have) (?:our |the )?discounts? (?:been )?cost(?:ing)?(?: us)?",
        "how much in discounts did we give",
    ),
    # --- goods
    (
        (
            r"do (?:certain|some|any) (?:products|items|goods) tend to be (?:purchased|bought|sold) (?:together|with"
            r" other"
            r" (?:products|items|goods|ones))(?: on a regular basis| regularly| often)?"
        ),
        "which products are bought together",
    ),
    (
        (
            r"(?:days? of (?:supply|cover|stock|inventory)|weeks? of (?:supply|cover|stock)) (?:for|of|on) (?:the "
            r"|our )?top"
            r" (?P<many>\d{1,2}|five|ten|twenty) (?P<what>(?:best )?sellers|selling (?:products|items)|products|items)"
        ),
        r"stock of the top \g<many> sellers",
    ),
    (r"what (?:did|have) we (?:run|ran) out of(?= (?:yesterday|last|on|this|today|in|over|during))", "what sold out"),
    (r"active (?P<what>deliver(?:y|ies)|shipments?|purchase orders?|transfers?)", r"\g<what>"),
    ("which platforms?(?= (?:had|has|have|sold|sells|made|brought|is|are))", "which channel"),
    # --- where people wait it is busy
    (
        (
            r"(?:when|what time|at what time) (?:are|is|do|does) (?:the |our |my )?(?:queues?|lines?"
            r"|waits?|waiting times?)"
            r" (?:the )?(?:worst|longest|get (?:long|bad)|highest)"
        ),
        "what are the busiest hours",
    ),
    # --- what is sent
    (r"schedule (?:this|that|the|a) (?P<what>report|summary|briefing|dashboard|email)", r"email me this \g<what>"),
)
