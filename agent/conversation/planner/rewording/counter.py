"""How people at the counter speak of what the readers know under other names: “checks”, “wages”, “tags”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_N = r"(?P<n>\d{1,2}|two|three|four|five|six|ten)"
_GOODS = r"(?P<what>products?|items?|skus?)"
_EACH = r"(?P<each>registers?|tills?|employees?|cashiers?|stores?|departments?)"
_TOPIC = r"(?P<what>(?!the\b|our\b|each\b|store\b|every\b|last\b|this\b)[a-z][a-z -]{3,25}?)"
_DIGITS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10", "twenty": "20"}
COUNTER_ROWS: tuple[tuple[str, str], ...] = (
    # --- documents and figures
    (r"\b(?P<a>number of|how many|count of|total) (?:guest )?checks\b(?! (?:in|out)\b)", r"\g<a> transactions"),
    (
        (
            r"\bhow much (?:did|do|have) (?:we|i) (?:spent|spend|pay|paid|lay out)(?: out)? (?:on|in|for) (?:staff "
            r"|employee )?(?:wages|salaries|payroll|staff|labou?r|pay)\b"
        ),
        "labour cost",
    ),
    (
        (
            r"\b(?P<a>(?:net |gross )?(?:sales|revenue|takings|turnover)) (?:excluding|excl\.?|without|before|ex"
            r"|net of|not including|not counting) (?:the |any |all )?(?:sales )?(?:tax(?:es)?|vat|gst)\b(?! and)"
        ),
        r"\g<a>",
    ),
    (
        (
            r"\b(?P<what>refund|return|discount)s?(?: value| amount| total)? as an? (?:%|percent(?:age)?|share"
            r"|proportion) of (?:our |the )?(?:net |gross |total )?sales\b"
        ),
        r"\g<what> rate",
    ),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|%) of (?:our |the |all )?(?:orders|transactions"
            r"|receipts) (?:was|were|are|is|got|get)(?: later)? (?:returned|refunded|sent back|brought back)\b"
        ),
        "refund rate by count",
    ),
    (
        (
            r"\b(?P<a>orders|sales|transactions|receipts|tickets|baskets|checks) (?:of )?(?:above|more than"
            r"|bigger than|larger than|greater than|exceeding|worth more than|worth over) (?=[$€£] ?\d)"
        ),
        r"\g<a> over ",
    ),
    (
        (
            r"\bhow many (?:orders|sales|transactions|receipts|tickets|baskets) over (?P<n>[$€£] ?\d[\d,.]*) (?:did|do"
            r"|have) (?:we|i) (?:get|got|have|had|take|taken|make|made|ring up|see|seen)\b"
        ),
        r"how many transactions were over \g<n>",
    ),
    (
        (
            rf"\b(?:did|does|do|has|have) each {_EACH} (?:do|did|make|made|have|had|process(?:ed)?|give|gave|ring up"
            r"|rung up)\b"
        ),
        r"by \g<each>",
    ),
    (r"\bcash (?:over ?/ ?short|short ?/ ?over|over(?:s)? and shorts?|over or short)s?\b", "cash differences"),
    (
        (
            r"\b(?P<a>cash differences|voids|refunds|discounts|overrides|no-sales) (?:for|at|in) each (?P<b>store"
            r"|register|till|day)\b"
        ),
        r"\g<a> by \g<b>",
    ),
    (
        (
            r"\bhow (?:many times|often) (?:was|were|is|are|did|has|have) (?:the |a |any "
            r"|our )?prices? (?:been )?(?:overridden|overrode|overwritten)\b"
        ),
        "how many price overrides",
    ),
    # --- goods
    (
        (
            rf"\b(?:which|what) {_N} {_GOODS} (?:were|are|got|get|have been) (?P<how>returned"
            r"|refunded)(?: the)? most(?: often| frequently)?\b"
        ),
        r"top \g<n> \g<what> by returns",
    ),
    (r"\bmost expensive (?:thing|item|product|article)s? (?:that )?(?:we|i) (?:sold|sell)\b", "most expensive items"),
    (r"\bcheapest (?:thing|item|product|article)s? (?:that )?(?:we|i) (?:sold|sell)\b", "cheapest items"),
    (
        (
            r"\b(?:sit|sits|sitting|are|is|have|has|with)(?: at| got| only| left at)? (?:below|under|fewer than"
            r"|less than) (?P<n>\d{1,3}|two|three|four|five|six|ten|twenty) (?:units|pieces|on hand|in stock"
            "|left)(?: left| in stock| on hand)?(?: (?:across|at|in|over) all (?:of )?(?:the |our )?stores)?"
        ),
        r"with fewer than \g<n> in stock",
    ),
    *(
        (rf"\bwith fewer than {word} in stock\b", f"with fewer than {digit} in stock")
        for word, digit in _DIGITS.items()
    ),
    (r"\b(?:weeks?|wks?) cover\b", "weeks of cover"),
    (r"\bdays cover\b", "days of cover"),
    (
        (
            r"\b(?:which|what) (?:shelf )?(?:labels?|tags?|tickets?) (?:have |has )?(?:changed|change)(?: (?:the "
            r"|their |its )?prices?)?\b"
        ),
        "which prices changed",
    ),
    # --- on its way
    (
        (
            r"^\W*(?:how many |which |what |any |are there (?:any )?|show(?: me)? |list )*(?:are )?(?:the |our |any "
            "|open )*(?:stock )?transfers(?: (?:are |is )?(?:on (?:their|its|the) way|coming(?: in)?|under ?way|open"
            "|in progress|pending|inbound|incoming))?(?: (?:to|for) (?:us|me|here|our store))?(?: between (?:the "
            r"|our )?stores)?(?=\W*$)"
        ),
        "what is in transit",
    ),
    (
        (
            r"^\W*(?:any|are there any|do we have any|how many|is there an?y?) (?:deliver(?:y|ies)|shipments?|trucks?"
            "|pallets?|cases|boxes) (?:are |is )?(?:expected|due|coming(?: in)?|arriving"
            "|scheduled)(?: in)?(?: (?:today|tomorrow|this week|next week|tonight|this (?:morning|afternoon)"
            r"|on \w+day))?(?:[,?] ?(?:and )?how (?:many|much)(?: \w+)?)?(?=\W*$)"
        ),
        "open purchase orders",
    ),
    (r"\b(?:past|beyond|after) (?:their|its|the) (?:due (?:date|day)s?|deadlines?)\b", "overdue"),
    (
        r"\b(?P<a>(?:tasks?|to-?dos?)\b[^?]*?)\bpast[- ]due\b|\bpast[- ]due (?=(?:\w+ )?(?:tasks?|to-?dos?)\b)",
        r"\g<a>overdue ",
    ),
    (
        (
            r"(?P<a>\b(?:on promotion|on promo|on offer|on special|on sale|promoted)\b[^?]*?),? and (?:is|are) (?:it"
            r"|they|that|those) (?:working|paying off|selling|any good|worth it|doing well|helping)(?=\W*$)"
        ),
        r"\g<a> and what is the promotion lift",
    ),
    (
        (
            r"\b(?P<who>which|what) (?P<what>stores|shops|locations) are (?:in|part of) (?:the )?'?(?P<name>north"
            r"|south|east|west|central)'?(?=\W*$)"
        ),
        r"\g<who> \g<what> are in the \g<name> district",
    ),
    # --- guests
    (
        (
            r"\b(?:what(?:'s| is) )?(?:our |the )?(?:average )?(?:rating|score)s? (?:for|on|about"
            rf"|of) {_TOPIC}(?= (?:this|last|in)\b|\W*$)"
        ),
        r"what are guests saying about \g<what>",
    ),
    (
        (
            r"\b(?:which|what|any|how many) (?P<what>(?!customer\b|guest\b|new\b|of\b|many\b|more\b"
            r"|other\b)[a-z]+) complaints (?:did we (?:get|have|receive)|have we (?:had|got)|were there|are there"
            r"|came in)(?P<when>[^?,]*?)(?:,? (?:and )?how many)?(?=\W*$)"
        ),
        r"complaints about \g<what>\g<when>",
    ),
    (
        (r"\bhow many (?:customers|people|shoppers) (?:were|was) in (?:the |our |my )?(?:store|shop|building)s?\b"),
        "how many visitors",
    ),
    (r"\bbetween (?:noon|12|midday) and (?P<n>[1-6])(?! ?(?:am|pm|:|\d))\b", r"between 12pm and \g<n>pm"),
    # --- shelves
    (
        (
            r"\b(?:which|what) (?:fixtures?|shelves|bays|gondolas)(?: \w+)? (?:the )?(?:most )?(?:empty|open"
            r"|missing) (?:facings|spots|slots|places)\b"
        ),
        "shelf gaps",
    ),
    (
        (
            r"\b(?:which|what) (?:fixtures?|shelves|bays|sections?) (?:don't|do not|doesn't|does not|didn't) (?:match"
            r"|follow|agree with|fit) (?:the |our )?planograms?\b"
        ),
        "planogram check",
    ),
    (rf"\b(?:the )?{_N} oldest\b", r"oldest \g<n>"),
    # --- two in a row
    (
        (
            r"^\W*(?:how (?:did|do)|compare) (?:the |our )?(?:last|past) (?:two|2) (?P<unit>weekend|week|month"
            r"|quarter)s(?: (?:compare|do|go|look)(?: (?:with|to) each other)?)?(?=\W*$)"
        ),
        r"compare last \g<unit> with the \g<unit> before last",
    ),
    (r"\bahead of or behind\b", "up or down on"),
    # --- better than then
    (
        (
            r"^\W*(?:are|is|were) (?:we|i|sales|business|things)(?: doing| going)? (?:better|worse|up|down|ahead"
            "|behind|higher|lower)(?: off)? (?:than|on|from|of|to)(?: at)? this time last (?P<unit>week|month|quarter"
            r"|year)(?=\W*$)"
        ),
        r"compare this \g<unit> with last \g<unit>",
    ),
    (
        r"^\W*(?:sorry,? |no,? |actually,? )*i meant?,? (?P<a>[^,]+), not [^,]+$",
        r"what about \g<a>",
    ),
    (
        (
            r"\bhow many (?:customers|people|shoppers|guests) (?:did|have|do) (?:we|i) (?:serve[d]?|help(?:ed)?"
            r"|ring up|rung up|check(?:ed)? out|look after|looked after)\b"
        ),
        "how many transactions",
    ),
    (r"\b(?:average |mean )?days of (?:inventory|stock on hand)\b(?! (?:left|at|for))", "days of cover"),
    (
        (
            r"\bhow much (?:did|does|do|has|have|is|was) (?:the |our )?(?P<what>shrink(?:age)?|waste|spoilage"
            r"|theft) cost(?:ing)?(?: us)?\b"
        ),
        r"\g<what> at cost",
    ),
    (
        (
            r"\b(?:is|are) there (?:an?y? |any |an? )?(?:gaps?|holes?) (?:on|in) (?:any|the|our|which"
            r"|any of the) (?:shelf|shelves)\b"
        ),
        "shelf gaps",
    ),
    (
        (
            r"\bhow much labou?r (?:did|do|have) (?:we|i) (?:use|used|have|spend|spent)(?P<when>[^?]*?) (?:versus"
            r"|vs\.?|against|compared to|for the) sales\b"
        ),
        r"labour hours, labour cost percentage and sales per labour hour\g<when>",
    ),
    (
        (
            r"^\W*what (?:did|have) (?:we|the team|i) (?:finish(?:ed)?|complete[d]?|get done"
            r"|got done)(?P<when> (?:today|this \w+|yesterday))?(?=\W*$)"
        ),
        r"which tasks are done\g<when>",
    ),
    (
        (r"^\W*what(?:'s| is| are) due(?: (?P<when>today|this (?:morning|afternoon|evening)|tonight|now))?(?=\W*$)"),
        "which tasks are due today",
    ),
    (
        (
            r"^\W*(?:do|does|did|are|is) (?:my|our|the|these) (?:discounts|promotions|promos|deals|markdowns|offers"
            "|sales prices) (?:actually |really )?(?:pay(?:ing)? off|pay for themselves|work(?:ing)?|worth it"
            r"|make (?:us )?money|profitable|help(?:ing)?)(?=\W*$)"
        ),
        "promotion lift",
    ),
    # --- for the team
    (
        (
            r"\bwhat (?:should|can|do|could) (?:i|we) (?:tell|say to|share with|cover with|brief) (?:the |my "
            "|our )?(?:team|staff|crew|people)(?: (?:about )?(?:in|at|for|during))?(?: (?:the|our|today's"
            r"|this))?(?: morning| daily)?(?: (?:huddle|meeting|briefing|stand-?up|today|this morning))?(?=\W*$)"
        ),
        "business overview",
    ),
    # --- put on a count that is wrong
    (
        (
            r"^\W*(?:the )?(?:count|stock|on[- ]hand|inventory|quantity) (?:of|for"
            r"|on) (?P<what>[\w %&'-]{2,40}?)(?P<at> (?:at|in) (?-i:[A-Z])[\w ]+?)? (?:is|should be|is really"
            r"|is actually|are|was) (?P<n>\d{1,5})[,;.]? (?:please |so |and )*(?:fix|correct|update|change|adjust"
            r"|set)(?: (?:it|that|this))?(?: please)?\W*$"
        ),
        r"set the stock of \g<what> to \g<n>\g<at>",
    ),
    # --- new against known
    (
        (
            r"\b(?P<a>average (?:basket|ticket|order value|spend|transaction(?: value)?)) (?:for|of|by"
            r"|from) (?:an? )?new (?:customers?|shoppers?) (?P<how>versus|vs\.?|and|against|compared (?:to|with)"
            r"|or) (?:an? |the )?(?:regular|returning|repeat|existing|loyal)s?(?: (?:customers?|ones?|shoppers?))?\b"
        ),
        r"new versus returning customers \g<a>",
    ),
    (
        (
            r"\bthis (?P<unit>week|month|quarter|year|weekend)'s (?P<what>(?:top|best|worst|slowest"
            r"|fastest)[- ]?(?:\d+ )?(?:sellers|selling \w+|items|products))(?P<rest> [^?]*?)?(?=\W*$)"
        ),
        r"\g<what>\g<rest> this \g<unit>",
    ),
    (
        (
            r"\blast (?P<unit>week|month|quarter|year|weekend)'s (?P<what>(?:top|best|worst|slowest"
            r"|fastest)[- ]?(?:\d+ )?(?:sellers|selling \w+|items|products))(?P<rest> [^?]*?)?(?=\W*$)"
        ),
        r"\g<what>\g<rest> last \g<unit>",
    ),
)
