"""Everyday ways of asking about goods, stock and people, put into the plainer ones."""

from __future__ import annotations

_ONE = r"(?!(?:the |our |my |all )*(?:prices?|pricing|costs?|everything)\b)[a-z][\w' -]{1,40}?"
_AT_ALL = (
    r"(?:everywhere|(?:at|in|across|for|between|among) (?:(?:all|every|each|both|the|our|my|of|different) )*(?:stores?"
    r"|shops?|locations?|branch(?:es)?))"
)
GOODS_ROWS: tuple[tuple[str, str], ...] = (
    (
        (
            r"\b(?P<what>units|sales|revenue|takings|margin|profit|discounts?) (?:of|for|from|by) (?:each|every) "
            r"(?P<g>(?!department|category|brand|single|store|own|new|private|of|one|best|top)"
            r"[a-z][a-z&'-]+) (?:products?|items?|skus?)\b"
        ),
        r"\g<what> by product in \g<g>",
    ),
    (
        (
            r"\bhow far (?:are we|am i|off are we|behind are we)? ?(?:away )?(?:from|off|behind"
            "|ahead of) last (?P<unit>week|month|quarter|year)(?:'s)?(?: (?:total|sales|number|figure|revenue))?"
        ),
        r"sales this \g<unit> compared to last \g<unit>",
    ),
    (r"\b(?:what|which) (?:needs|need) (?:to be )?order(?:ing|ed)\b", "what should we reorder"),
    (
        r"\bshould (?:i|we) (?:run|do|have|start|offer) (?:an? )?(?:promotion|promo|sale|discount|deal) (?:on|for) ",
        "optimal discount for ",
    ),
    (
        (
            r"\bwhat (?:would|will|might|could) happen (?:to (?:sales|demand) )?(?:if|when) (?:i|we) (?:raised?"
            "|increased?|lower(?:ed)?|cut|reduced?|dropped?|changed?)(?: the)?(?: prices?)?(?: of| on"
            r"| for)? (?P<goods>[a-z][a-z &'-]+?)(?: prices?)?(?: by)?(?: \d+(?:\.\d+)? ?(?:%|percent|cents"
            r"|dollars)?)?\W*$"
        ),
        r"price elasticity of \g<goods>",
    ),
    (
        r"^\W*(?:what(?:'s|s| is) |any(?:thing)? |show(?: me)? )overdue(?=\W*$| (?:at|in|for|today))",
        "which tasks are overdue",
    ),
    (
        (
            r"^\W*(?P<a>order|receipt|transaction) (?:details?|info|status|breakdown) (?:for|of) #?(?=\d)"
            r"|^\W*(?:status|details?) of (?P<b>order|receipt|transaction) #?(?=\d)"
        ),
        "look up receipt ",
    ),
    (
        (
            r"^\W*(?:show|list|view|see|what|which)?(?: me| us)? ?(?:are |the |my |our |all |pending "
            "|current )*(?:purchase orders?|pos)(?: list| status| summary| stats| metrics| details| do we have"
            r"| are (?:there|pending))?\W*$|^\W*how many (?:pending |open |outstanding )?(?:purchase orders?"
            r"|pos)(?: (?:are|do we have).*)?\W*$"
        ),
        "open purchase orders",
    ),
    (
        (
            r"\bhow many customers (?:bought|came|visited|shopped|purchased|returned)(?: in)? (?:more than once|again"
            r"|twice|multiple times|repeatedly)\b"
        ),
        "repeat customer rate",
    ),
    (
        (
            r"\b(?:average|avg) (?:baskets?|orders?|tickets?|transactions?|spend)(?: (?:size|value))? (?:for|of|by"
            r"|between) (?:the )?new (?:vs\.?|versus|and|or) (?:returning|repeat|existing)(?: customers?)?"
        ),
        "new vs returning customers",
    ),
    (
        (
            r"\bwhen (?:do|did) (?:most |the most |our |my )*(?:customers|people|shoppers|guests) (?:shop|come(?: in)?"
            r"|visit|buy)(?: the)?(?: most)?\b"
        ),
        "busiest hours",
    ),
    (
        (
            r"\bhow much (?:did|do|does) (?P<goods>(?!coupons?\b|discounts?\b|promo\w*\b"
            r"|campaigns?\b)[a-z][a-z &'-]+?) cost us\b"
        ),
        r"cost of goods of \g<goods>",
    ),
    (
        (
            r"\b(?:what(?:'s|s| is| was)?) (?:dragging|pulling|bringing|driving|hurting|pushing|holding)(?: (?:down|up"
            "|back))? (?:our |my |the )?(?P<what>margins?|sales|revenue|profits?|transactions|aov"
            r"|average ticket)(?: (?:down|up|back))?\b"
        ),
        r"why did \g<what> change",
    ),
    (
        (
            r"\b(?:which|what) stores? (?:has|have|holds?|got) (?:the most|most|any|some|extra) (?!sales|revenue"
            "|transactions|customers|orders|visitors|discounts?|returns?|refunds?|rate|tasks|dead|traffic|staff"
            r"|stock\b|inventory|overdue|open|margin|profit|units|labou?r|voids|accurate|reliable|loyal|efficient"
            r"|productive|complian\w+|complaints|exceptions|growth|promo\w*|coupons?|displays?|volatile|erratic"
            "|(?:in)?consistent|(?:un)?stable|(?:un)?steady|variable)(?P<goods>[a-z][a-z &'-]+?)(?: (?:left"
            r"|in stock))?(?=\W*$)"
        ),
        r"stock of \g<goods> by store",
    ),
    (
        (
            r"\bwhere (?:can|could|do) (?:i|we) (?:get|find|source|borrow) (?:more |some "
            r"|extra )?(?P<goods>[a-z][a-z &'-]+?) from\b"
        ),
        r"which store can spare \g<goods>",
    ),
    (r"\bsuggest (?:some |any |a few )?(?:stock |store )?transfers?\b", "transfer suggestions"),
    (
        (
            r"\b(?:show(?: me)?|make|draw|plot|create|give me|build) (?:an? |the )?(?:bar |line |pie "
            "|column )?(?:chart|graph|plot) (?:of|for|with|showing) "
        ),
        "show me ",
    ),
    (r"\b(?:chart|graph|plot) (?:of )?(?=sales|revenue|transactions|margin|net)", ""),
    (r" (?:as|in) (?:an? )?(?:bar |line |pie |column )?(?:chart|graph|plot)\b", ""),
    (
        (
            r"\b(?:did|have|do|are) (?:we|i|they) (?:beat|beaten|beating|top|topped|exceed|exceeded|outperform(?:ed)?"
            "|do(?:ing)? better than) (?=last|yesterday|the (?:same|week|month|day|year)|this)"
        ),
        "compare sales to ",
    ),
    (r"\bwho (?:bought|spent|spends|buys|purchased) (?:the )?most\b", "top customers"),
    (
        (
            r"\bhow often (?:do|did) (?:our |my |the )?customers (?:come back|come|visit|shop|buy|return)(?: in"
            r"| with us)?\b"
        ),
        "visits per customer",
    ),
    (r"\bname[- ]brands?\b", "national brands"),
    (
        r"\b(?:get|gets|got|are|were|is|was|been) discounted (?:the )?(?P<end>most|least)\b",
        r"have the \g<end> discounts",
    ),
    (
        r"^\W*(?:is|are) (?P<goods>(?!we\b|it\b|they\b|this\b|i\b)[a-z][a-z &'-]+?) profitable\W*$",
        r"gross margin and margin % of \g<goods> last 4 weeks",
    ),
    (r"\b(?:items?|products?|stock|things|what) (?:do )?(?:we|i) have too (?:much|many) of\b", "overstock"),
    (
        (
            r"\bhow (?:accurate|reliable|correct) (?:is|are) (?:our |my |the )?(?:inventory|stock)(?: counts?| levels?"
            r"| records?)?\b"
        ),
        "inventory discrepancies",
    ),
    (
        r"^\W*where(?:'s|s| is| are| can i find) (?P<goods>.+?) in (?:the|our|my) (?:store|shop)\W*$",
        r"where is \g<goods>",
    ),
    (
        (
            r"^\W*(?:the |our |what(?:'s|s| is) (?:the |our )?)?(?P<end>cheapest|most expensive|dearest"
            r"|priciest) (?P<goods>(?!products?\b|items?\b|thing)[a-z][a-z '-]+?)(?: we (?:have|sell|carry))?\W*$"
        ),
        r"\g<end> \g<goods> products",
    ),
    (r"\b(?:top|biggest|best) gaining (?=products?|items?|brands?|skus?)", "growing "),
    (r"\b(?:top|biggest|worst) losing (?=products?|items?|brands?|skus?)", "declining "),
    (
        (
            r"\b(?:how many|what (?:percent(?:age)?|%|share) of) (?:transactions|baskets|orders|sales"
            "|customers) (?:had|have|contain(?:ed)?|were|are|with|bought) (?:only |just )?(?:one|1|a single) (?:item"
            r"|product|thing)\b"
        ),
        "share of single-item baskets",
    ),
    (
        (
            r"^\W*(?:does|do) (?P<store>(?!we\b|i\b|you\b|they\b|our\b|the\b|customers|people)[a-z][a-z ]+?) (?:have"
            r"|carry|stock|still have) (?:any |some )?(?P<goods>[a-z][a-z '-]+?)(?: left| in stock)?\W*$"
        ),
        r"how much \g<goods> is in stock at \g<store>",
    ),
    (
        (
            r"\bcompare (?:the )?prices? of (?P<goods>[a-z][a-z '-]+?) (?:across|between|by|at|in) (?:all )?(?:the "
            r"|our |my )?stores\b"
        ),
        r"average price of \g<goods> by store",
    ),
    (r"\bwhere (?:are|do|did) (?:we|i) (?:losing|lose|lost) money\b", "what is selling at a loss"),
    (
        r"\bwhat(?:'s|s| is) (?:wrong|the problem) (?:at|with|in) (?=[a-z])",
        "what needs attention at ",
    ),
    (
        (
            r"\blast (?P<day>(?:mon|tues|wednes|thurs|fri|satur"
            r"|sun)day)\b(?P<mid>.*?)\b(?:the )?(?P=day) before(?: (?:that|last))?"
        ),
        r"last \g<day>\g<mid>same day last week",
    ),
    (
        (
            r"\b(?:which|what) (?:stores?|shops?|locations?) (?:beat|topped|outperformed|did better than) (?=last"
            "|yesterday|the (?:week|month|day|year) before)"
        ),
        "compare sales by store to ",
    ),
    (
        (
            r"\b(?:are|do|did) (?:we|i) (?:making|make|earning|earn) (?:any )?(?:money|profit) (?:on|from"
            r"|with) (?P<goods>[a-z][a-z &'-]+?)\W*$"
        ),
        r"gross margin and margin % of \g<goods> last 4 weeks",
    ),
    (r"\b(?:operat|runn?|trad|work)(?:e|es|ing|ed|s)? at a loss\b", "sell at a loss"),
    (
        r"\bhow (?P<much>many|much) (?P<goods>[\w' -]{2,40}?) remains?(?: in (?:the )?(?:stock|store|inventory))?\b",
        r"how \g<much> \g<goods> are in stock",
    ),
    # --- the price of one thing at each store
    *(
        (said, r"average selling price of \g<what> by store")
        for said in (
            (
                rf"\b(?:is|are|was) (?:the )?(?P<what>{_ONE})(?:'s? price)? (?:priced )?(?:at )?the same(?: price| "
                rf"cost)? {_AT_ALL}"
            ),
            (
                r"(?:^\W*|\b(?:is it|is there|do we (?:have|charge)|are we charging|we charge) )(?:the |a )?same"
                rf"(?: price)? for (?P<what>{_ONE}) {_AT_ALL}"
            ),
            rf"\bdo(?:es)? (?P<what>{_ONE}) (?:cost|sell for) (?:the )?(?:same|different(?:ly)?) {_AT_ALL}",
        )
    ),
    (
        (
            rf"\bhow much (?:is|are|do|does) (?P<what>{_ONE})(?: cost)? (?:at|in) (?P<a>[^?]{{3,30}}?) (?:vs\.?|versus"
            r"|compared (?:to|with)|against) (?:at |in )?(?P<b>[^?]{3,30}?)\W*$"
        ),
        r"average selling price of \g<what> by store at \g<a> and \g<b>",
    ),
    (
        (
            rf"\b(?:is|are|was|were) (?P<what>{_ONE}) (?:more expensive|cheaper|dearer|priced (?:higher|lower)|pricier)"
            r" (?:at|in) (?P<a>[^?]{3,30}?) than (?:at |in )?(?P<b>[^?]{3,30}?)\W*$"
        ),
        r"average selling price of \g<what> by store at \g<a> and \g<b>",
    ),
    (r"\bweather (?:conditions?|patterns?)\b", "weather"),
    (r"\bshopping (?P<what>baskets?|carts?|trips?)\b", r"\g<what>"),
    (r"\b(?P<which>baskets?|transactions?|orders?) (?:that )?contained (?=both\b)", r"\g<which> contain "),
)
