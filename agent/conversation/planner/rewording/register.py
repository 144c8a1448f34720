"""Ways of asking that shop software suggests itself: “best-selling employee”, “growing and which are shrinking”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_STAFF = (
    "(?:employees?|cashiers?|associates?|sales ?(?:people|persons?|reps?)|staff members?|team members?|servers?"
    "|clerks?)"
)
_GOODS = r"(?:products?|items?|skus?|lines|articles?)"
_GROUPS = r"(?:products?|items?|skus?|categor(?:y|ies)|departments?|brands?|stores?|locations?)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_STORES = r"(?:stores?|shops?|locations?|branches)"
_UP = r"(?:growing|rising|up|increasing|gaining|improving|going up|trending up)"
_DOWN = r"(?:shrinking|falling|down|decreasing|losing|declining|going down|trending down|dropping)"
REGISTER_ROWS: tuple[tuple[str, str], ...] = (
    # --- of my products
    (
        rf"\b(?P<who>which|what) of (?:my|our|the|these) (?P<what>(?!stores?\b|locations?\b){_GROUPS})\b",
        r"\g<who> \g<what>",
    ),
    # --- people at the till
    (
        (
            r"\bwho(?:'s| is| was| are| were)? (?:my|our|the) (?P<rank>best|top|worst|highest"
            rf"|lowest)(?:[- ](?:selling|performing|sales))? {_STAFF}\b"
        ),
        r"\g<rank> employees by net sales",
    ),
    (
        rf"\b(?P<rank>best|top|worst)[- ](?:selling|performing) {_STAFF}\b",
        r"\g<rank> employees by net sales",
    ),
    # --- words of rank
    (r"\b(?P<rank>worst|least|lowest|poorest|slowest|best|fastest)-(?P<how>selling|sellers?)\b", r"\g<rank> \g<how>"),
    (r"^\W*(?:(?:show|give|list)(?: me| us)? )?(?:the |our |my )?top performers\W*$", "top products"),
    # --- Saturday against Saturday
    (
        (
            rf"^\W*did (?:we|i|they) (?:beat|top|exceed|match) last (?P<day>{_DAY})(?:'s)?(?: sales| numbers"
            r"| revenue)? (?:this|on) (?P=day)\b"
        ),
        r"compare sales last \g<day> with the \g<day> before",
    ),
    # --- the best customers
    (
        (
            r"\b(?:who are )?(?:my|our|the) (?:vip|v\.i\.p\.|most valuable|most loyal|most important) (?:customers?"
            r"|shoppers|guests)\b"
        ),
        "our top customers",
    ),
    (r"\bvips\b", "top customers"),
    (
        (
            r"(?P<a>\b(?:top|best) (?:\d+ )?customers?\b[^?]*?),? (?:and|with) how (?:often|frequently"
            r"|many times) (?:do|did|have) they (?:come in|come|visit|shop|buy|been in|order)\b"
        ),
        r"\g<a>",
    ),
    # --- what there is
    (
        (
            r"\bhow many (?:active |different |distinct )*(?:products?|items?|skus?) (?:do (?:we|i|you) have|are there"
            "|are active|have we got)(?: in (?:the|our|my) catalog(?:ue)?)?,? (?:and|,) (?:in "
            "|across )?how many (?P<what>categories|departments|brands)(?: (?:do we have|are there"
            r"|are they in))?(?=\W*$)"
        ),
        r"number of products and what is the number of \g<what>",
    ),
    (
        r"\bhow many active (?:products?|items?|skus?) (?:do (?:we|i|you) have|are there|have we got)(?=\W*$)",
        "number of products",
    ),
    (
        (
            r"\b(?:what|which) (?:sizes?|flavou?rs?|varieties|kinds|brands|types|colou?rs?|versions) (?:of )?(?:does"
            r"|do|is|are) (?:the |our )?(?P<what>[\w &'-]{2,40}?) (?:come|available|sold|offered"
            r"|carried)(?: in)?(?=\W*$)"
        ),
        r"find \g<what>",
    ),
    (
        (
            r"\b(?:what|which) (?:sizes?|flavou?rs?|varieties|kinds|brands|types|colou?rs?) of"
            r" (?P<what>[\w &'-]{2,40}?) (?:do (?:we|you|i) (?:have|carry|sell|stock|offer)|are there)(?=\W*$)"
        ),
        r"find \g<what>",
    ),
    # --- stock
    (
        (
            rf"^\W*(?:which|what) {_STORES} (?:are|is) (?:\w+ )?out of (?!stock\b|the\b|line\b|place\b"
            rf"|our\b)(?P<what>[\w%&' -]{{2,40}}?)(?: right now| now| today)?(?=\W*$)"
        ),
        r"stock of \g<what> by store",
    ),
    (
        (
            rf"^\W*(?:which|what) {_STORES} (?:have|has|still have|carry|stock) (?P<what>(?!the\b|most\b|no\b|more\b"
            rf"|an?\b|low\b|too\b|dead\b|enough\b|best\b|been\b|had\b|overdue\b|open\b)[\w%&' -]{{2,40}}?) (?:in stock"
            r"|on hand|left)(?=\W*$)"
        ),
        r"stock of \g<what> by store",
    ),
    (
        (
            r"^\W*(?:please )?(?:mark|set|flag) (?P<what>[\w&' -]{2,40}?) (?:as |to )?(?:sold out|out of stock"
            r"|86'?d)(?P<rest> (?:at|in) [\w ]+)?(?=\W*$)"
        ),
        r"set the stock of \g<what> to 0\g<rest>",
    ),
    (
        (
            rf"\b(?:which|what) (?:{_GOODS} )?(?:could|can|should) (?P<a>[A-Z]\w*(?: [A-Z]\w*)*) (?:send|ship|give"
            r"|lend|move|transfer|spare for|spare)(?: over)? (?:to )?(?P<b>[A-Z]\w*(?: [A-Z]\w*)*)"
        ),
        r"what can we transfer from \g<a> to \g<b>",
    ),
    (
        (
            r"^\W*is (?:there )?(?:anything|something|any stock|any delivery|a delivery) (?:due|coming|arriving"
            "|expected|scheduled)(?: in| to arrive)?(?: from (?:our|the|any|a) (?:suppliers?|vendors?))?"
        ),
        "open purchase orders",
    ),
    # --- what it cost
    (
        (
            r"(?P<a>\b(?:throw|threw|thrown|waste[sd]?|spoil\w*|shrink\w*|lose|lost)\b[^?]*?),? and (?:what"
            r"|how much) did (?:it|that|they|those) cost(?: us)?\b"
        ),
        r"\g<a> at cost",
    ),
    (
        (
            r"\bhow many (?:staff|labou?r|employee|working) hours (?:did|do|have) (?:we|i|the stores?) (?:use|used"
            r"|have|spend|work)(?P<when>[^?]*?),? and (?:what|how much) did (?:they|it|that|those) cost(?: us)?\b"
        ),
        r"labour hours and labour cost\g<when>",
    ),
    # --- tenders and channels
    (r"\bstore credit (?:was |were |got )?(?:redeemed|used|spent|taken|accepted)\b", "store credit payments"),
    (r"\bhow much (?=store credit payments)", ""),
    (
        (
            r"\bhow many (?:orders|sales|transactions) (?:were |was |did we |did i |have we |are )?(?:placed|made|get"
            "|got|receive[d]?|taken|take|come in|came in|come) (?:online|on(?:line)? (?:the )?(?:website|store|app)"
            r"|through (?:the )?(?:app|website))\b"
        ),
        "transactions by channel",
    ),
    # --- the third round
    (
        (
            r"^\W*(?:please )?(?:ignore|forget|disregard) (?:my|the|that|your|all) (?:previous|last|earlier"
            r"|other) (?:questions?|messages?|requests?)(?: and|,|;|\.)+ "
        ),
        "",
    ),
    (
        (
            r"\b(?:what (?:were|was|are|is) )?(?:our |my |the )?(?:total )?(?:collections?|amounts? collected"
            "|money (?:taken|collected))(?P<when>[^?]*?),? (?:including|with"
            r"|incl\.?) (?:sales )?tax(?:es)?(?:,? and tips?)?(?=\W*$)"
        ),
        r"payments received\g<when>",
    ),
    (
        (
            r"\b(?:what(?:'s| is| are)|which(?: is| are)?) (?:our |the )?(?:cheapest|lowest[- ]priced) (?:item|product"
            r"|thing)s?(?: (?:in (?:the|my|our) (?:store|shop)|we (?:sell|have|carry|stock)))?(?=\W*$)"
        ),
        "cheapest items in stock",
    ),
    (
        (
            r"\b(?:what(?:'s| is| are)|which(?: is| are)?) (?:our |the )?(?:most expensive|dearest|priciest"
            "|highest[- ]priced) (?:item|product|thing)s?(?: (?:in (?:the|my|our) (?:store|shop)|we (?:sell|have"
            r"|carry|stock)))?(?=\W*$)"
        ),
        "dearest items in stock",
    ),
    (
        (
            r"\b(?:what|how much|which) (?:stock|inventory|goods|product) (?:did|have|do) (?:we|i"
            r"|the stores?) (?:los[et]|gone missing)\b"
        ),
        "shrink and waste",
    ),
    (
        (
            r"\bhow many (?:customers|people|visitors|shoppers|guests) (?:visited|came in(?:to the stores?)?|walked in"
            "|entered|came)(?P<when>[^?]*?),? and how many (?:of them )?(?:actually )?(?:bought|purchased"
            r"|made a purchase|paid)(?: something| anything)?\b"
        ),
        r"visitors, transactions and conversion\g<when>",
    ),
    (
        (
            r"\bhow (?:fresh|current|recent|up[- ]to[- ]date|old) (?:is|are) (?:this|the|our|my|your|these) (?:data"
            r"|numbers|figures|sales)\b"
        ),
        "as of when is this data",
    ),
    (
        (
            r"\b(?P<who>which|what) (?P<what>products?|items?|skus?) (?:are|is) (?:underperforming|performing (?:badly"
            r"|poorly|worst)|doing (?:badly|poorly))\b"
        ),
        r"worst selling \g<what>",
    ),
    (
        (
            r"\b(?:which|what) (?:payment|tender) (?:types?|methods?|options?) (?:do|did|are|is) (?:our |my "
            "|the )?(?:customers?|people|shoppers)? ?(?:use[ds]?|using|prefer|pay with|like)(?: the)? ?(?:most|best"
            r"|often)?(?: often)?\b"
        ),
        "payment mix",
    ),
    (r"\bhow much (?:did|do|have) (?:the |our )?(?P<what>returns|refunds) cost(?: us)?\b", r"\g<what>"),
    (
        (
            r"\b(?:how many|count (?:the|all)|number of) (?:of (?:the|our|all) )?(?:transactions|orders|receipts|sales)"
            r" (?:(?:that )?(?:are|were|have been|got) (?:returns?|refunds?|returned|refunded)"
            r"|(?:did )?we refund(?:ed)?)\b"
        ),
        "how many refunds were there",
    ),
    (
        (
            r"\b(?:stock|inventory|on[- ]hand) (?:of|for) (?P<what>[\w &'%-]{2,40}?) (?:at|in|for) (?:each"
            r"|every) (?:store|shop|location)\b"
        ),
        r"stock of \g<what> by store",
    ),
    (r"\b(?:the )?retail value of (?:my|our|the|all) (?:stock|inventory)\b", "inventory value"),
    (
        r"\b(?:how big is|what(?:'s| is) the size of) (?:the|our) average (?:household|family)\b[^?]*",
        ("customers by household size"),
    ),
    (
        (
            r"\b(?:compared? (?:to|with)|versus|vs\.?|against) (?:a |the |our )?(?:typical|normal|usual"
            r"|average) (?:week|day|month)\b"
        ),
        "compared to the usual",
    ),
    # --- up and down
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GROUPS}) are {_UP}(?:,? and|,)? (?:which"
            rf"|what)(?: ones)?(?: are)? {_DOWN}\b(?: (?:compared (?:to|with)|versus|vs\.?"
            "|against) (?P<when>last (?:week|month|quarter|year)))?"
        ),
        r"which \g<what> grew and fell most against \g<when>",
    ),
    # --- returned often
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GOODS}) (?:are|get|is|gets|were|got|have been) (?:most often"
            "|most frequently|often|frequently|commonly|usually|the most) (?P<how>returned|refunded)(?: (?:most"
            r"|the most))?\b"
        ),
        r"which \g<what> are most \g<how>",
    ),
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GOODS}) (?:are|get|is|gets|were|got) (?P<how>returned"
            r"|refunded) (?:the )?(?:most(?: often| frequently)?|often|frequently)\b"
        ),
        r"which \g<what> are most \g<how>",
    ),
    # --- what to offer
    (
        (
            r"\bwhat (?:(?:products|items) )?(?P<verb>should|could|can) (?P<we>i|we) (?P<do>put on (?:sale|promotion"
            r"|offer|special)|promote|feature|discount|push)\b"
        ),
        r"which products \g<verb> \g<we> \g<do>",
    ),
    # --- no sales
    (
        rf"\b(?P<what>{_GOODS}) (?:with|that had|which had|having|that have|that has) (?:no|zero) sales\b",
        (r"\g<what> in stock not sold"),
    ),
    (rf"\b(?P<what>{_GOODS}) without (?:any )?(?:stock|inventory)\b", r"\g<what> out of stock"),
    # --- shelves
    (
        r"\b(?:which|what) shelves (?:have|show|got) (?:empty|open|missing) (?:facings|spots|places|slots)\b",
        "shelf gaps",
    ),
    (r"\bempty facings\b", "shelf gaps"),
    # --- deliveries from suppliers
    (
        (
            r"\b(?:when|what time|what day)(?:'s| is| does| will| are| do)? (?:is |be )?(?:the |our "
            r"|my )?next (?P<what>deliver(?:y|ies)|shipments?|truck|order)(?: (?:arriv\w*|com\w*(?: in)?|due|get here"
            "|expected|scheduled|be here))?(?:,? and (?:what(?:'s| is)|how (?:much|many units) (?:is"
            r"|are))(?: coming)? (?:on|in) it)?(?=\W*$)"
        ),
        "open purchase orders",
    ),
    (
        r"^\W*(?:the |our )?(?:next|upcoming|expected|scheduled) (?:supplier )?(?:deliver(?:y|ies)|shipments?)\W*$",
        "open purchase orders",
    ),
    (
        (
            r"\b(?:what|which) (?:deliveries|shipments) (?:are|do we) (?:due|expected|expect|coming|scheduled"
            r"|arriving)(?: in)?\b(?! late)"
        ),
        "open purchase orders",
    ),
    # --- meals as times of day
    (
        (
            r"\b(?:at |during |over |for |in the )?(?P<a>breakfast|lunch|dinner)(?:[- ]?time)?,? (?P<how>versus|vs\.?"
            "|and|or|compared (?:to|with)|against|than) (?:at |during |over |for )?(?P<b>breakfast|lunch"
            r"|dinner)(?:[- ]?time)?\b"
        ),
        r"at \g<a>time \g<how> at \g<b>time",
    ),
    (r"\b(?:at|during|over) (?P<a>breakfast|dinner)(?![- ]?time)\b", r"at \g<a>time"),
    (r"\blast night\b", "yesterday evening"),
    # --- who gave them
    (
        (
            r"(?P<a>\bdiscounts?\b[^?]*?),? (?:and|with|including) who (?:gave|approved|entered|applied"
            r"|issued) (?:them|it|each)\b"
        ),
        r"\g<a> and show discounts by employee",
    ),
    # --- fees
    (
        (
            r"\bhow much (?:did|do|have) (?:we|i) (?:pay|paid|spend|spent)(?: in| on| for)? (?P<what>(?:card "
            r"|credit card |payment |processing |transaction )*fees)\b"
        ),
        r"\g<what>",
    ),
    (r"\bprocessing fees\b", "payment fees"),
)
