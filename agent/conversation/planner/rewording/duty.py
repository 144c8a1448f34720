"""How whoever is on duty types between two customers: “did any till come up short”, “and who gave the most”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_TILLS = r"(?:registers?|tills?|drawers?|cash drawers?|cashiers?)"
_CASHIERS = r"(?:cashiers?|employees?|associates?|clerks?)"
_CAME = r"(?: (?:was|were|is|are|came|come|comes|ran|run|been|has been|have been|ended|ends|end|came up|ended up))+"
_GAVE = r"(?:gave|gives|did|does|made|had|has|rang|processed|issued|entered|took|used|opened)"
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|last month"
    "|the month before)"
)
_SPAN = r"(?:yesterday|today|(?:last|this|the) \w+|in \w+|on \w+day|for \w+ \w+)"
_EDGE = r"(?:before|until|till|after|from)"
DUTY_ROWS: tuple[tuple[str, str], ...] = (
    (
        (
            r"\b(?P<who>which|what) (?:one )?of (?:my|our|the|these) (?P<what>employees?|cashiers?|associates?"
            r"|staff members?|colleagues|team members?)\b"
        ),
        r"\g<who> \g<what>",
    ),
    # --- and who did most of it
    (
        (
            r"(?P<a>\b(?P<what>discounts?|voids?|refunds?|no[- ]sales?|price overrides?)\b[^?]*?),? (?:and"
            rf"|,) who {_GAVE}(?: (?:out|away|up|through|off|in))? (?:the )?most(?: (?:of them|often))?(?=\W*$)"
        ),
        r"\g<a> and show \g<what> by employee",
    ),
    # --- short and over
    (
        (
            r"^\W*(?:did|has|have|was|were|is|are) (?:any|a|one|some)(?: of (?:the|our"
            rf"|my))? (?P<what>{_TILLS})(?: been| come| came| run| be| end| ended)*(?: up| out)? (?:short|over|off|out"
            r"|wrong)(?: or (?:over|short))?\b"
        ),
        "cash differences by register",
    ),
    (
        (
            rf"(?:\b(?:which|what) {_CASHIERS}{_CAME}(?: up| out)? (?:short|over|off)(?: or (?:over|short))?"
            rf"|^\W*(?:who|(?:(?:did|has|was|is) )?(?:any|some)(?:one|body)){_CAME}(?: up| out)? short(?: or over)?)"
            r"(?= (?:on cash|yesterday|today|tonight|last|this|at)\b|\W*$)(?: on cash)?"
        ),
        "cash differences by employee",
    ),
    (
        (rf"\b(?:which|what) (?P<what>{_TILLS}){_CAME}(?: up| out)? (?:short|over|off)(?: or (?:over|short))?\b"),
        "cash differences by register",
    ),
    (
        (
            r"^\W*(?:are|is|were|was) (?:everything|all|all the|the|our|all our)(?: (?:ok|okay|fine|alright|good"
            rf"|in order|right|well))? ?(?:with|at|on)? ?(?:the |our |my )?{_TILLS}(?: (?:ok|okay|fine|alright"
            r"|balanced|in order|right|balancing|correct))?(?= (?:today|yesterday|this|last)\b|\W*$)"
        ),
        "exception report",
    ),
    # --- known and new faces
    (r"\b(?:regular|established) (?P<who>customers|shoppers|guests|buyers)\b", r"returning \g<who>"),
    (r"\b(?P<a>(?:returning|repeat) \w+ (?:vs\.?|versus|and|or|against)) new ones\b", r"\g<a> new customers"),
    (
        (r"\b(?P<a>new \w+ (?:vs\.?|versus|and|or|against)) (?:returning|repeat|old|regular) ones\b"),
        r"\g<a> returning customers",
    ),
    # --- after discounts and refunds is net, before them gross
    (
        (
            r"(?<!before or )(?<!before and )\b(?:after|net of|less|minus) (?:all )?(?:the |our )?(?:discounts?"
            r"|refunds?|returns?)(?:,? (?:and"
            rf"|&) (?:the )?(?:discounts?|refunds?|returns?))?(?: (?:were|are) taken (?:off|out))?(?=\W*$| {_SPAN})"
        ),
        "net sales",
    ),
    (
        (
            r"\bbefore (?:any |all )?(?:the |our )?(?:discounts?|refunds?|returns?)(?:,? (?:and|or|&) (?:any "
            rf"|the )?(?:discounts?|refunds?|returns?))?(?=\W*$| {_SPAN})"
        ),
        "gross sales",
    ),
    (
        r"(?P<a>\bgross(?: sales)?\b[^?]*?(?:, and|,| and) )net(?! (?:sales|margin|profit|revenue|income)\b)\b",
        r"\g<a>net sales",
    ),
    # --- hours to cut: how many is a number that nothing here works out, and whom it hurts no word for goods
    (
        (
            r"\bwhere (?P<who>(?:can|could|should|might|would) (?:i|we)) (?:cut|save|trim|shave|drop|take"
            r"|reduce)(?: off"
            r"| out)? (?:(?:some|a few|about|another|like|up to|\d{1,3}) )*(?P<l>labou?r |staff )?(?:hrs?"
            r"|hours?)\b(?: there| here)?"
            r"(?: (?:a|per|each) (?:day|week|month))?(?:,? (?:without|w/o|and not) (?:it |really |too much )*(?:hurt"
            r"|los"
            r"|kill|affect|impact|harm|damag|hitt|feel|notic)\w*(?: (?:us|it|sales|service|anything|too much|customers"
            r"|the|store|business|business much|much|anyone|anybody))*)?"
        ),
        r"where \g<who> cut \g<l>hours",
    ),
    # --- an hour of which the part of the day is said
    *(
        (pattern, rf"\g<e> \g<h>{half}")
        for part, half in (("mornings?", "am"), ("(?:afternoon|evening)s?", "pm"))
        for pattern in (
            rf"\bin the {part} (?P<e>{_EDGE}) (?P<h>1?\d)(?! ?(?:am|pm|[:.]\d|\d|%))\b",
            rf"\b(?P<e>{_EDGE}) (?P<h>1?\d)(?: o'?clock)? in the {part}\b",
        )
    ),
    # --- taken back
    (
        (
            r"^\W*did (?:any(?:thing|one|body|\s?items?)|some(?:thing|one|body)) (?:get |got |have )?(?:a "
            r"|anything )?(?P<how>refund|return|void)(?:ed|s)?\b"
        ),
        r"list every \g<how>",
    ),
    (
        (
            r"\b(?P<how>voided|comped|taken|removed) (?:off|from) (?:the )?(?:bills?|checks?|tickets?|orders?"
            r"|receipts?)\b"
        ),
        r"\g<how>",
    ),
    (
        (
            r"\b(?:the |our )?(?:biggest|largest|deepest|highest) discounts?(?: (?:given|applied|we gave"
            r"|made))?(?P<when>[^?,]*?),? (?:and )?(?:on|for|off) (?:what|which (?:items?|products?|goods))\b"
        ),
        r"top 5 products by discounts\g<when>",
    ),
    (
        (
            r"(?P<a>\b(?:refund|void|discount|return|no[- ]sale|override|dead stock|overstock"
            "|stock-?out)[^?]*?),? and (?:what|how much)(?: money)? (?:was|were|are|is|did|do|does) (?:they|it|those"
            "|that|these|all that)(?: all)? (?:worth|come to|add up to|amount to|total|in total|altogether"
            r"|cost)(?: in total)?(?=\W*$)"
        ),
        r"\g<a>",
    ),
    # --- paid how
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|%|part) of (?:our |the |all )?(?:transactions"
            "|sales|orders|payments|customers|tickets|receipts)(?: (?:that|which))?(?: (?:was|were|are|is|got"
            r"|get))? (?:paid|settled|made|done|taken)(?: for)? (?:by|with|in|using|on|via) (?:a )?gift cards?\b"
        ),
        "payment mix",
    ),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|%|part) of (?:our |the |all )?(?:sales"
            "|payments|customers)(?: (?:that|which))?(?: (?:was|were|are|is|got"
            "|get))? (?:paid|settled|made|done|taken)(?: for)? (?:by|with|in|using|on|via) (?P<how>(?:gift |credit "
            r"|debit )?cards?|cash|wallets?|mobile|store credit)\b"
        ),
        r"\g<how> share of payments",
    ),
    # --- from whom to order, how long they take
    (
        (
            r"\b(?:which|what) (?:vendors?|suppliers?|wholesalers?) (?:should|do|must|can|shall) (?:i|we)(?: need to"
            r"| have to)? (?:re-?order|order|buy|restock)(?: \w+)? from\b"
        ),
        "reorder list",
    ),
    (
        (
            r"\bhow (?:long|many days) (?:does it|do they|do|does)(?: usually| normally"
            "| typically)?(?: take)? ?(?:for )?(?:our |my |the )?(?:suppliers?|vendors?|wholesalers?|deliver(?:y|ies)"
            "|orders?)(?: usually| normally| typically)?(?: to| take to)? (?:deliver|arrive|come|ship|get here|take"
            r"|supply us)(?: \w+)?(?=\W*$)"
        ),
        "lead times",
    ),
    # --- nobody bought it
    (
        (
            r"\b(?P<lead>that |which )?(?:nobody|no one|no-one|no customer)(?: has| had|'s)?(?: ever)? (?:bought|buys"
            r"|purchased|wanted|touched|taken|took)\b"
        ),
        r"\g<lead>have not sold",
    ),
    (
        (
            r"^\W*(?:have we got|do we have|have we|is there|are there|got) (?:any|some)(?:thing|\s?(?:stock|products"
            "|items))(?: still)? (?:sitting|lying|left|standing|gathering dust)? ?(?:on (?:the|our) (?:shelf|shelves)"
            r"|in (?:the )?(?:store|shop|stock|back(?:room)?)|around)?(?= (?:that |which )?have not sold\b)"
        ),
        "which products in stock",
    ),
    (r"\bsince (?:the (?:end of (?:the )?)?|last )summer\b", "since 1 september"),
    (r"\bsince (?:the (?:end of (?:the )?)?|last )spring\b", "since 1 june"),
    # --- anything to know
    (
        (
            r"^\W*(?:is there |are there |do we have |have we got )?(?:any|some)(?:thing|one thing)(?: (?:unusual"
            "|important|urgent|special|wrong|new|else|strange|odd|big))*(?: (?:that )?(?:i|we) (?:should|need to"
            "|ought to|must|have to) (?:know|watch|look at|worry|deal with|be aware of|keep an eye on)|(?: to"
            "| worth) (?:know(?:ing)?|watch(?:ing)?(?: out for)?|look(?:ing)? out for|flag|worry about|report"
            "|look at))(?: about| of| out for)?(?: (?:before|when|as) (?:we open|opening(?: up)?|(?:the|my"
            "|our) (?:shift|day|store) (?:starts|opens)|i (?:start|open|go in))| (?:for )?(?:today|this morning"
            r"|right now|now))?\W*$"
        ),
        "what needs my attention today",
    ),
    # --- so many days against as many
    (
        (
            rf"^\W*(?P<a>compare (?:this (?:month|{_MONTH})|the month|{_MONTH})(?: so far)?),? (?:to|with|vs\.?|versus"
            rf"|against) (?P<b>{_MONTH}),?(?: (?:for|over|at|on|with))?(?: the)?(?: same"
            r"| equal) (?:number of )?days\W*$"
        ),
        r"\g<a> with the same days of \g<b>",
    ),
    # --- who sells most
    (
        r"\bwho (?:are|is|were) (?:(?:my|our|the) )*(?:top|best|star|leading) (?:performers?|sellers)\b(?! by)",
        "top employees by net sales",
    ),
)
