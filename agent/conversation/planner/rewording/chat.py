"""Short commands to a shop's assistant, and how its owner asks for totals, lists and checks in passing.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_PLEASE = r"^\W*(?:please |can you |could you |would you |so |and |ok |hey )*"
_SHOW = r"(?:show|give|tell|list|find|get|send|pull up|display)(?: me| us)?"
_OUR = r"(?:(?:my|our|the|all|of) )*"
_GOODS = r"(?:products?|items?|skus?|goods)"
_WHO = r"(?:customers?|shoppers?|buyers?|clients?|households?)"
_FIGURE = (
    "(?:(?:net |gross )?(?:sales|revenue|turnover|takings)|(?:gross )?(?:profits?|margins?)|units|transactions|orders"
    "|discounts|returns|refunds)"
)
_GROUPS = r"(?:categor(?:y|ies)|departments?|brands?|suppliers?|vendors?|stores?)"
_KNOWN = (
    "(?:products?|items?|skus?|goods|categor|departments?|brands?|stores?|shops?|locations?|customers?|shoppers?"
    "|households?|clients?|buyers?|suppliers?|vendors?|employees?|staff|cashiers?|team|sellers?|sell|performers?"
    "|priorit|days?|weeks?|months?|hours?|times?|sales|transactions|orders|receipts|baskets?|pairs?|combinations?"
    "|reasons?|issues?|problems?|risks?|opportunit|segments?|complaints?|themes?|campaigns?|coupons?|promotions?"
    r"|offers?|\d|of|in|by|at|for|movers?|gainers?|losers?|things|sources?|channels?|regions?|districts?|stockout"
    "|tasks?|insights?|trends?|metrics?|kpis?|figures?|numbers?|discounts?|payment|tender|manufacturers?|spenders?"
    "|performing|selling|three|five|ten|twenty|few|earners?|most|and|pages?|markets?|cohorts?|reviews?|feedback)"
)

CHAT_ROWS: tuple[tuple[str, str], ...] = (
    # --- totals without a period are of all there is
    (
        (
            f"{_PLEASE}(?:what(?:'s| is| are| was)|how much(?: is| was)?|how many|{_SHOW}|calculate) {_OUR}(?:total"
            f"|overall) (?P<f>{_FIGURE})(?: (?:do|did|have|has) (?:we|i)(?: (?:have|made?|had|got"
            r"|do|done))?| so far| to date| altogether| in all)?(?=\W*$)"
        ),
        r"\g<f> of all time",
    ),
    (
        (
            rf"\bhow much (?P<f>{_FIGURE}) (?:has|have|did|does|do) (?P<x>(?!we\b|i\b|the stores?\b|our stores?\b"
            rf"|each\b|every\b|they\b|it\b)[\w#\"][\w #\"'&-]{{1,60}}?) (?:generated?|brought in|bring in|produced?"
            r"|made|make|earned|earn)\b(?=\W*$)"
        ),
        r"\g<f> of \g<x> of all time",
    ),
    (rf"{_PLEASE}compare (?:the |our |my )?(?P<s>daily|weekly|monthly) (?P<f>{_FIGURE})(?=\W*$)", r"\g<s> \g<f>"),
    (
        rf"{_PLEASE}(?:{_SHOW} )?(?:a |the |my |our )?(?:this )?week(?:'s)? (?:report|summary|recap|overview)(?=\W*$)",
        "summarize the business this week",
    ),
    (
        rf"{_PLEASE}(?:{_SHOW} )?(?:a |the |my |our )?(?:this )?month(?:'s)? (?:report|summary|recap|overview)(?=\W*$)",
        "summarize the business this month",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} |analy[sz]e |review |assess |summari[sz]e |what are )?{_OUR}(?:complete "
            "|overall |whole |entire |total |general |current )*business (?:stats|statistics|performance|kpis|metrics"
            r"|numbers|figures|data)(?P<w>(?: (?:this|last) (?:week|month|quarter|year))?)(?=\W*$)"
        ),
        r"business overview\g<w>",
    ),
    (
        (
            f"{_PLEASE}(?:what(?:'s| is)|tell me what(?:'s| is)|how(?:'s| is)) (?:happening|going on|new|up) (?:in|at"
            f"|with) {_OUR}(?:shop|store|business|stores)(?P<w>(?: (?:today|this week|right now"
            r"|now))?)(?=\W*$)"
        ),
        "business overview",
    ),
    (
        (
            f"{_PLEASE}(?:what|which|any) (?:strateg(?:y|ies)|actions?|steps?|tactics|measures) (?:would |could |can "
            f"|will |might |to |that )*(?P<v>increase|improve|grow|boost|raise) {_OUR}(?P<f>[a-z"
            rf" ]{{4,30}}?)(?=\W*$)"
        ),
        r"how can I \g<v> \g<f>",
    ),
    (
        (
            f"{_PLEASE}how (?:can|could|do|should) (?:i|we) (?:grow|increase|boost|get more|improve|drive)"
            r" (?:more )?repeat (?:purchases|sales|business|orders|visits|buyers|customers)\b"
        ),
        "how can I improve the repeat rate",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} )?(?:an? |the )?(?:sales|business|revenue) (?:and|&) (?:stock|inventory)"
            r" (?:overview|summary|report)(?=\W*$)"
        ),
        "business overview? inventory overview",
    ),
    # --- goods
    (
        (
            rf"{_PLEASE}(?:what|which|{_SHOW})(?: are| were| is)? ?(?:my |our |the )?(?:top"
            rf"|best) (?P<n>\d{{1,3}} )?(?!{_KNOWN})(?P<x>[a-z][a-z '&-]{{2,40}}?)(?=\W*$| (?:last|this|yesterday"
            r"|today|in|at|all time)\b)"
        ),
        r"best selling \g<n>\g<x>",
    ),
    (
        (
            rf"\b(?P<w>which|what) (?P<g>{_GOODS}) (?:is |are |was |were |got |get |gets )?(?:bought|purchased"
            r"|ordered) (?:the )?(?P<e>least|most)\b"
        ),
        r"\g<w> \g<g> sold the \g<e>",
    ),
    (rf"\b(?P<e>least|most) (?:ordered|purchased|bought) (?P<g>{_GOODS})\b(?! by\b)", r"\g<e> sold \g<g>"),
    (
        (
            rf"\b(?P<a>which|what|{_SHOW})(?P<b> {_GOODS})? (?:with|have|has|having|show|shows"
            r"|at) (?:an? )?(?:negative|minus) (?:gross )?(?:profits?|margins?)\b"
        ),
        "which products lose money",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} )?{_OUR}(?P<g>products|items|skus) with (?:an? )?(?:gross |profit )?margins?"
            " (?:%|percent )?(?P<b>below|under|less than|lower than|over|above|more than"
            rf"|higher than) (?P<n>\d{{1,2}}) ?(?:%|percent)?"
        ),
        r"how many \g<g> have a margin \g<b> \g<n>%",
    ),
    (
        (
            r"\b(?:calculate |what(?:'s| is| was) )?(?:the |our |my )?(?:average|mean) (?:gross "
            r"|profit )?margins?(?: (?:%|percent(?:age)?))? (?=(?:for|of|in|on|by)\b)"
        ),
        "margin % ",
    ),
    (
        (
            r"\b(?P<f>refund|return|discount) rates? (?:by|per|for each|of each) (?:single )?(?:products?|items?"
            r"|skus?)(?: sku)?\b"
        ),
        r"top products by \g<f> rate",
    ),
    (
        (
            rf"\b(?P<w>which|what) (?P<g>{_GOODS}) should (?:potentially |perhaps |maybe |probably )?(?:receive|get"
            r"|have|be given) (?:more |extra |a )?(?:promotion|promoting|marketing|exposure|push|advertising)\b"
        ),
        "which products should we promote",
    ),
    (
        (
            rf"\b(?P<w>which|what) (?P<g>{_GROUPS}) (?:are|is|were|have been) (?:slowing(?: down)?|losing steam"
            r"|weakening|cooling(?: off| down)?|slipping|sliding|sagging)\b"
        ),
        r"\g<w> \g<g> fell the most",
    ),
    (
        (
            rf"\b(?P<w>which|what) (?P<g>{_GROUPS}) (?:are|is|were) (?P<d>down|up) (?:vs\.?|versus|against"
            "|compared (?:to|with)|on|from|relative to) (?P<p>last|the) "
        ),
        r"\g<w> \g<g> \g<d> against \g<p> ",
    ),
    (
        r"\b(?P<g>(?:which|what) (?:categor(?:y|ies)|departments?|brands?|suppliers?|vendors?|stores?)) down against ",
        r"\g<g> fell the most against ",
    ),
    (
        r"\b(?P<g>(?:which|what) (?:categor(?:y|ies)|departments?|brands?|suppliers?|vendors?|stores?)) up against ",
        r"\g<g> grew the most against ",
    ),
    # --- stock
    (rf"{_PLEASE}(?:check|look at|review|see|open) {_OUR}(?:stock|inventory)(?=\W*$)", "inventory health check"),
    (
        r"\b(?:critically|dangerously|extremely|very|seriously|really|too) low (?P<a>on|in) (?P<b>stock|inventory)\b",
        r"low \g<a> \g<b>",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} |which |what )?(?:are )?{_OUR}(?P<g>{_GOODS}) (?:that are |are |is |with |have"
            " |having )?(?:in stock (?:but|and) )?(?:below|under|beneath) (?:the |their |its |a )?(?:configured |set "
            r"|minimum |low[- ]stock |alert |stock )*(?:thresholds?|safety stock|alert levels?|limits?)\b"
        ),
        r"which \g<g> are running low",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} |which |what )?(?:are )?{_OUR}(?P<g>{_GOODS}) (?:that are |are |with |have "
            rf"|having )?(?:below|under|less than|fewer than) (?P<n>\d{{1,4}})(?: (?:in|of))? (?:stock|inventory"
            r"|on hand)\b"
        ),
        r"\g<g> with fewer than \g<n> in stock",
    ),
    (
        (
            rf"\b(?P<w>which|what) (?:of {_OUR})?(?:high|top|best|biggest)[- ](?:revenue|value|earning|grossing"
            f"|profit|margin|demand|volume) (?P<g>{_GOODS}) (?:are |is |have |has |with |run |running )*(?:low"
            r"|little|short)(?: (?:on|in|of))? ?(?:stock|inventory)?(?=\W*$)"
        ),
        r"\g<w> \g<g> are low on stock",
    ),
    (
        r"\b(?:available|remaining|left|current) (?:quantity|quantities|pieces|amount|units) of (?P<x>(?=[a-z#\d]))",
        "stock of ",
    ),
    (
        (
            f"{_PLEASE}(?:what(?:'s| is)|{_SHOW}|calculate|suggest) (?:the |an? )?(?:optimal|best|right|ideal"
            "|recommended|suggested|economic) (?:re-?order|order|replenishment) (?:quantity|amount|size|qty)(?: (?:of"
            "|for)) "
        ),
        "should I reorder ",
    ),
    (
        (
            f"{_PLEASE}(?:draft|create|make|prepare|generate|suggest|build) (?:me )?(?:an? |the"
            " )?(?:re-?stock(?:ing)?|re-?order|replenishment|refill) (?:order|list|plan|proposal) (?:for|of) "
        ),
        "reorder list for ",
    ),
    (
        (
            rf"\b(?P<w>which|what)(?: are the)? (?P<g>{_GOODS}) (?:that )?(?:are |is )?(?:going|running"
            "|selling) out(?: of stock)? (?:faster|sooner|quicker|earlier) than (?:expected|usual|planned|forecast"
            r"|normal)\b"
        ),
        r"\g<w> \g<g> will run out soon",
    ),
    (
        (
            "(?<=[?.!]) *(?:please )?(?:predict|estimate|base (?:it|this)|calculate)(?: (?:it|this"
            "|that))?(?: based)? (?:on|from|by) (?:the )?(?:recent |past |current )?(?:usage|sales|demand|velocity"
            r"|history|consumption)\W*$"
        ),
        "",
    ),
    (
        (
            r"\b(?P<a>(?:find |show |list )?(?:all )?(?:the |our |my )?dead (?:stock|inventory)),? (?:and"
            "|then) (?:tell|suggest|advise|show|recommend)(?: me| us)? what (?:to|i should|we should|should i"
            r"|should we|can i|can we) do(?: (?:about|with) (?:it|them))?\b"
        ),
        "dead stock? what should we mark down",
    ),
    (
        (
            r"\b(?P<a>anomal\w+|irregularit\w+|discrepanc\w+|inconsistenc\w+|oddities) in (?:my |our |the )?(?:stock"
            r"|inventory)(?: (?:movements?|levels?|records?|data|counts?|figures))\b"
        ),
        "inventory discrepancies",
    ),
    (
        (
            r"\b(?:top|best|most common|strongest|most frequent) (?:basket|product|item) (?:pairs|pairings"
            r"|combinations|combos)\b"
        ),
        "what is bought together",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} |which |what |are there |any )*(?:dispatched |pending |open |outstanding "
            "|unreceived |store )*transfers (?:are |that are |still )*(?:in transit|not (?:yet )?received|under way"
            r"|on (?:the|their) way|awaited|pending|open|outstanding)(?=\W*$| (?:at|to|from)\b)"
        ),
        "what is in transit",
    ),
    # --- customers
    (
        (
            rf"\b(?P<w>which|what) {_WHO} (?:are|is|have been) (?:becoming|getting|turning|going) (?:inactive|dormant"
            r"|quiet|cold)\b"
        ),
        "which customers have stopped buying",
    ),
    (
        (
            r"\b(?:which|what|who) (?:are|were|is) (?:the |our "
            rf"|my )?(?:{_WHO} )?(?:that are )?new (?:{_WHO} )?(?=(?:this|last|in)\b)"
        ),
        "how many new customers ",
    ),
    (rf"\b(?:which|what) {_WHO} (?:are|were|is) new (?=(?:this|last|in)\b)", "how many new customers "),
    (
        (
            f"{_PLEASE}(?:which|what|who) (?:{_WHO} )?(?:are|is) {_OUR}(?:strongest|best|top|most loyal)"
            rf" (?:recurring|repeat|returning|regular|loyal) {_WHO}\b"
        ),
        "top customers",
    ),
    (
        (
            r"\b(?:average (?:order|basket|transaction)(?: (?:value|size))?|aov|spend(?:ing)?|basket size) (?:by|per"
            r"|of each|for each|in each) (?:customer )?segments?\b"
        ),
        "customer segments",
    ),
    # --- an owner's short questions
    (
        (
            r"\b(?:selling|sell|sold) (?:anything|something|any (?:products?|items?|goods)) (?:at a loss|below cost"
            r"|under cost|for less than (?:it|they) costs?)\b"
        ),
        "which products are sold below cost",
    ),
    (
        (
            r"\bhow much (?:did|do|have) (?:the |our |my )?(?:customers|people|shoppers) (?:returns?|bring back"
            r"|returned|brought back)\b"
        ),
        "returns",
    ),
    (
        (
            r"^\W*(?:which|what) (?:products|items|skus|goods) (?:haven't|have not|hasn't|didn't|did not|don't"
            r"|do not) (?:sold|sell|been sold)(?: at all)?(?=\W*$)"
        ),
        "which products have never sold",
    ),
    (r"^\W*what(?:'s| is| are) not (?:selling|sold|moving)(?=\W*$)", "dead stock"),
    (
        (
            r"\bhow (?:fast|quickly|often) (?:is|does|do) (?:my |our |the )?(?:stock|inventory) (?:turn(?:ing)?"
            r"|rotat(?:e|ing)|moving)(?: over)?\b"
        ),
        "stock turn",
    ),
    (
        (
            r"\b(?:am i|are we|is there anything (?:i'm|we're|i am|we are)) (?:overstocked on|holding too much of"
            r"|sitting on too much of)(?: anything)?\b"
        ),
        "overstock",
    ),
    (r"^\W*(?:stock|inventory) check\b[^?]*$", "inventory health check"),
    (
        r"\bwhat sales (?:should|can|do) (?:i|we) expect (?:over|in|for|during) (?=(?:the )?next\b)",
        "sales forecast for ",
    ),
    (
        (
            r"\b(?:what(?:'s| is) )?(?:the |our |my )?(?P<n>\d+)[- ](?P<u>day|week|month) (?:outlook|forecast"
            r"|projection) (?:for|of|on) (?:sales|revenue)\b"
        ),
        r"sales forecast for the next \g<n> \g<u>s",
    ),
    (
        (
            r"^\W*what should (?:i|we) (?:be (?:worried|concerned) about|worry about|fix first|tackle first"
            r"|sort out first|keep an eye on)(?=\W*$)"
        ),
        "what needs my attention",
    ),
    (r"^\W*where (?:am i|are we) losing (?:money)(?=\W*$)", "which products lose money"),
    (r"^\W*what(?:'s| is) (?:stock|inventory) cover(?=\W*$)", "what does days of cover mean"),
    (
        r"^\W*(?:explain|tell me|describe) what (?P<t>[a-z][a-z -]{2,30}?) (?:is|are|means?)(?=\W*$)",
        r"what does \g<t> mean",
    ),
    (r"\bproduct variants\b(?= by\b|\W*$| in\b| last\b| this\b)", "products"),
    (
        r"\b(?:low (?:in|on) stock|running low|low) (?:or|and) (?:out of stock|sold out)\b",
        "out of stock, and which products are low on stock",
    ),
    (
        (
            r"\b(?:which|what) discount codes (?:have been|are being|are|were|were being"
            r"|get) used (?:the )?most\b(?: often| frequently)?"
        ),
        "discounts by code",
    ),
    (
        (
            r"^\W*what should (?:i|we) (?:repeat|keep|buy again) and (?:what should (?:i|we) )?(?:mark down|clear"
            r"|drop)(?=\W*$)"
        ),
        "what should we reorder and what should we mark down",
    ),
    (
        (
            r"^\W*what (?:do|are) (?:i|we) (?:selling|sell|charge|charging) (?:for )?(?P<x>(?!most|best|well|more|less"
            r"|the most)[a-z][a-z &-]{2,30}?) (?:for|at)(?=\W*$)"
        ),
        r"price of \g<x>",
    ),
    (r"^\W*what (?:do|are) (?:i|we) (?:charge|charging) for (?P<x>[a-z][a-z &-]{2,30}?)(?=\W*$)", r"price of \g<x>"),
    # --- orders
    (
        r"\bhow many orders (?:are|were|got|have been|did (?:we|people|customers)) (?:cancell?ed|cancel|voided)\b",
        "cancelled orders",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
