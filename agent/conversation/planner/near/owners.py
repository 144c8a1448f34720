"""What owners and managers of shops ask that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_GOODS = r"(?:products?|items?|skus?|goods|categor(?:y|ies)|departments?)"
_RESPOND = (
    "(?:(?:is|are) (?:the )?(?:most|best|more) (?:responsive|sensitive) to|responds? (?:the )?(?:best|most) to"
    "|reacts? (?:the )?(?:best|most|strongest|more strongly) to)"
)


_LOSSES = r"(?:the |a |our |us |big(?:gest)? |most |more |highest |largest |many )*loss(?:es)?"
_ASKING = r"^\W*(?:(?:show|tell|give)(?: me| us)? |what(?:'s| is| was) |how (?:big|large) (?:is|was) |please )*"
_OFF = r"(?:discount(?:s|ing)?|markdowns?|price cuts|money off)"
_LEFT = r"(?:profitability|profits?|margins?|earnings|bottom line)\b"
_COSTS = (
    r"(?:(?:suppliers?|vendors?)(?:'s?|s')? (?:prices?|costs?|increase\w*|raise\w*|price (?:increases?|rises?|hikes?))"
    r"|(?:suppliers|vendors) (?:raised|put up|increased|hiked)|(?:purchase|buying|wholesale|input|product"
    r"|unit) (?:prices?"
    r"|costs?)|costs? (?:increases?|rises?|went up|rose|of goods)|costs)"
)
OWNER_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"^\W*(?:have|has|did|do|are|is|how (?:much )?(?:have|has|did|do|are)) (?:my |our "
            r"|the )*(?:gross )?(?:margins?"
            r"|profits?|profitability)\b[^?]*\b(?:since|after|because of|due to|from|by|with|as) (?:the |our |my "
            r"|rising "
            rf"|higher )*{_COSTS}\b[^?]*"
            rf"|^\W*(?:are|is|have|has|did|do|how (?:have|has|did|do|are)) (?:the |our |my |rising |higher )*{_COSTS}"
            r"\b[^?]*\b(?:margins?|profits?|profitability)\b[^?]*"
        ),
        "why did gross margin % change last 4 weeks? which product costs went up",
        (
            "What single cost increases did to the margin is not taken apart: this is what its change is made of,"
            " and the"
            " goods whose cost went up."
        ),
    ),
    (
        (
            r"^\W*(?:why (?:is|are|was|were|did|do|does|has|have)"
            r"|what(?:'s| is| was) (?:driving|pushing|causing|making))(?: (?:my|our|the|all))* (?:food costs?|cogs"
            r"|costs? of (?:goods|sales)(?: sold)?|(?:product|unit|ingredient|wholesale|item) costs?|costs)"
            r"(?: (?:been|being|so|too|getting|to|go|gone|going))* (?:up|high(?:er)?|increas\w+|ris\w+|rose|climb\w*"
            r"|spik\w*|jump\w*|grow\w*|grew)\b(?: (?:so much|a lot|again))?"
        ),
        "which product costs went up",
        (
            "Why goods cost more is not recorded: these are those whose cost a piece went up. What the cost of goods "
            "leaves of sales is in “why did gross margin % change last month”."
        ),
    ),
    (
        (
            r"\b(?P<which>which|what)(?: of (?:my|our|the))? (?:products?|items?|skus?|goods) (?:(?:is|are) )?"
            rf"(?:caus(?:e|es|ing)|bring(?:s|ing)?|generat(?:e|es|ing)|have|has|with|lead(?:s|ing)? to) {_LOSSES}"
            r"(?! (?:of|in|to|from|through|due)\b)"
        ),
        r"\g<which> products are losing money",
        "Taken as sold below cost; stock that is lost is in “shrink by product”.",
    ),
    (
        (
            r"\b(?:which|what|any)(?: of (?:my|our|the))? (?:stores?|shops?|locations?|branch(?:es)?) (?:(?:is|are) )?"
            r"(?:mak(?:e|es|ing)|running at|operating at|at|losing) (?:a |any )?(?:loss(?:es)?|money)"
            r"(?! (?:of|in|to|from|through|due)\b)"
        ),
        "gross margin and labour cost last month by store",
        "Rent and other costs are in no data here, so losses of a store are not known: this is margin beside labour.",
    ),
    (
        rf"^\W*(?:which|what) {_GOODS} {_RESPOND} (?P<support>displays?|mailers?)\b",
        "promotion lift by category",
        (
            "You asked what responds most to {support}: lift is not split by goods and support at once, so this is "
            "the lift of promotions of any kind by category. Ask “did displays or mailers work better?” for the two "
            "compared."
        ),
    ),
    (
        rf"^\W*(?:which|what) (?:products?|items?|skus?) {_RESPOND} (?:promotions?|offers|deals)\b",
        "promotion lift by category",
        (
            "You asked for single products: most sell too little for a lift of their own, so this is the lift by "
            "category. Name one product and I work out its lift."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) {_GOODS} should (?:get|have|go on|be on|go in|be in) (?:an? "
            r"|the )?(?P<place>end ?caps?)(?: placement| displays?)?\b"
        ),
        "which displays worked best",
        (
            "You asked what should go on an {place}: no forecast of a placement is made here, so this is how each "
            "kind of display did so far. Ask “promotion lift by category” for the goods that gained most from "
            "promotions."
        ),
    ),
    (
        r"\bhow many (?P<place>end ?caps?|displays?) (?:do we have |are |have we )?(?:on|in|for) promo(?:tion)?s?\b",
        "what promotions are running",
        (
            "You asked for {place}: fixtures are not counted in the data, so these are the products on promotion, "
            "with how many of them are on display."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?P<part>categor(?:y|ies)|departments?) (?:needs?|needing|should be|requires?|must be"
            r"|to) (?:be )?(?:re-?stock(?:ing|ed)?|re-?order(?:ing|ed)?|replenish(?:ing|ed|ment)?)\b"
        ),
        r"out of stock by \g<part>",
        (
            "You asked for {part}: what is due to be ordered is worked out product by product, so this is how much is "
            "out of stock in each. Ask “what should I reorder?” for the list itself."
        ),
    ),
    (
        (
            r"^\W*why (?:is|are|has|have|did|does) (?:my |our |the )?(?:customer )?(?:retention|repeat)(?: rate"
            "| purchases?)? (?:been )?(?:drop|fall|declin|go|fell|gone|get|wors|low|decreas|slip|chang"
            r"|so )\w*(?: (?:down|worse|low))?\b"
        ),
        "customer retention by cohort",
        (
            "You asked why: reasons are worked out for sales and their parts, not for retention, so this is how many "
            "of each month's first buyers came back. Ask “customers at risk” for who stays away now."
        ),
    ),
    (
        (
            r"^\W*(?:please )?(?:summari[sz]e|show(?: me)?|list|give me|display|get)(?: all)? (?:my |our "
            r"|the )?(?:most )?(?:recent|latest|last) (?P<docs>orders|transactions|sales|receipts|purchases)(?=\W*$)"
        ),
        "transactions and net sales and average transaction value of the last 7 days",
        (
            "You asked for single {docs}: receipts are not listed one after the other here, so this is what the last "
            "days came to. One is looked up by its number, and “largest transactions yesterday” has the largest."
        ),
    ),
    (
        (
            r"^\W*(?:please )?(?:which|what|list|show(?: me)?|give me)(?: all| are| the| our| my)* (?:active |current "
            "|running |live |valid |open )+(?P<what>discount codes?|discounts?|promo(?:tion)? codes?|coupon codes?"
            r"|coupons?|vouchers?)\b|^\W*(?:which|what) (?P<named>discount codes?|promo(?:tion)? codes?|coupon codes?"
            "|coupons?|vouchers?|discounts?) (?:are|is) (?:currently |now |still )?(?:active|running|live|valid"
            r"|open)\b"
        ),
        "discounts used by name last 4 weeks",
        (
            "You asked for {what}{named} that are set up: what is set up at the till is not in the data, so these are "
            "the discounts that were used lately. “What promotions are running” has the offers of today."
        ),
    ),
    (
        (
            r"^\W*(?:please )?(?:suggest|recommend|plan|create|design|give me|what)(?: me)?(?: an?| some"
            "| is a good)? (?:promo(?:tion)?s?|offers?|deals?|happy hour) (?:for|in|during|to fill|at) (?:my |our "
            r"|the )?(?:quiet(?:est)?|slow(?:est)?|off[- ]peak|dead) (?:hours?|times?|periods?|days?)\b"
        ),
        "quietest times? what should we mark down",
        (
            "An offer cannot be bound to hours of the day here and is not invented: these are the quietest times, and "
            "the goods of which there is too much, which could be offered then."
        ),
    ),
    (
        (
            r"^\W*(?:(?:at )?(?:what|which) (?:time|hours?|times)(?: of (?:the )?day)? (?:should|could|do|can) (?:i"
            "|we) (?:run|launch|make|do|start|offer)|(?:when|(?:at )?(?:what|which) (?:time|hours?"
            "|times)(?: of (?:the )?day)?) (?:should|could|do|can) (?:i|we) (?:push|send(?: out)?|post|announce"
            r"|advertise)) (?:my |our |the |an? )?(?:offers?|promotions?|promos?|deals?|campaigns?|discounts?)\b"
        ),
        "busiest hours",
        (
            "At what time an offer works best is not in the data: promotions run for whole days. These are the hours "
            "in which most people buy."
        ),
    ),
    (
        (
            r"^\W*(?:which|what|who are)(?: of)? (?:my |our |the )?(?:loyal|regular|repeat) (?:customers?"
            r"|shoppers?) (?:are |is )?(?:slipping|drifting|fading|leaving|cooling)(?: away| off)?\b"
        ),
        "customers at risk",
        "These are the customers with a habit of coming who stay away longer than usual for them.",
    ),
    (
        (
            r"^\W*(?:who|(?:which|what) (?:customers|shoppers|households)|(?:list"
            "|show(?: me)?) (?:the )?customers (?:who|that)) (?:has |have )?(?:bought|purchased|ordered|buys?"
            r"|purchases?|orders?) (?:from (?=(?:the )?[\w&' -]{3,30} (?:category|department|section|aisle)\b))?"
            "(?P<both>both )?(?!(?:the )?(?:most|more|least|less|often|again|nothing|anything"
            "|something|only|twice|once|online|mostly|from|at|in|on|items?|products?|goods|things|many|few|it|them"
            r"|and|for|when|before|after|during|recently|together)\b)(?=[\w#\"])"
        ),
        r"how many customers bought \g<both>",
        "You asked who: single customers are not listed, so this is how many there were.",
    ),
    (
        (
            r"^\W*(?:who are |what are |which are |show(?: me)? |list )?(?:the |our |my )?(?:top|best|biggest"
            "|main) (?:customers|buyers|shoppers) (?:for|of) (?=(?:sku|product|item) )"
        ),
        "how many customers bought ",
        (
            "You asked for the top customers of a product: customers are ranked by all they spend (“top customers”), "
            "so this is how many bought it."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:customers|shoppers|households) (?:have |has )?(?:placed |made |bought |came |come "
            r"|shopped |ordered )+(?:only |just )(?:one (?:order|purchase|time|visit)|once|a single (?:order|time))\b"
        ),
        "how many customers came only once",
        "You asked which: single customers are not listed, so this is how many there are.",
    ),
    (
        (
            r"^\W*(?:do|will) (?:we|i) have enough (?:stock|inventory) (?:for|to (?:hit|reach|meet|make)) (?:the |our "
            r"|my )?(?:this |next )?(?:month|week|quarter)?(?:'s)? ?(?:sales |revenue )?targets?\b"
        ),
        "days of cover by department",
        "Stock is not held against a sales target: this is how many days the stock lasts at the present rate of sale.",
    ),
    (
        r"^\W*how many (?:users|accounts|registered users) (?:do (?:we|i) have|are there|have (?:we|i))\b",
        "how many customers do we have",
        "You asked for users: accounts are not in the data, so these are the customers who are known by a card.",
    ),
    (
        (
            r"^\W*(?:how many|which|what) (?:products|items|skus) (?:have|has|with|are at|are in) (?:an? )?(?:healthy"
            r"|good|sufficient|adequate|optimal|normal|right) (?:stock|inventory)(?: levels?)?\b"
        ),
        "inventory health check",
        "“Healthy” has no fixed line here: this is the stock, and what of it runs out, does not sell or is too much.",
    ),
    (
        (
            r"\b(?:what(?:'s| is) the )?(?:relationship|link|connection) between (?:the )?discount(?:s|ing| rates?"
            r"| depth| percentages?)? and (?:the )?(?:total )?(?:profits?|sales|revenue|margins?|units|volume)\b"
            r"|\bhow (?:does|do|did) (?:the )?discount (?:percentages?|rates?|depth|levels?|size) (?:affect|impact"
            r"|influence|change|drive) (?:the |our |my |total )*(?:profits?|sales|revenue|margins?|units|volume)\b"
            rf"|(?:{_ASKING}(?:what(?:'s| is| was| were| did| do| does)? )?)(?:the |our |my )*(?:impact|effect"
            rf"|influence|cost) of "
            rf"(?:the |our |my |all )*{_OFF}(?: (?:on|to|in|have on|had on) (?:the |our |my |total |gross )*{_LEFT})?"
            rf"|{_ASKING}(?:the |our |my )*{_OFF} (?:impact|effects?|influence)(?: on (?:the |our |my "
            rf"|gross )*{_LEFT})?"
            rf"|^\W*what (?:do|did|does) (?:the |our )?{_OFF} cost (?:us )?in {_LEFT}"
        ),
        "do our discounts pay",
        (
            "This is what discounts of each depth did to the gross margin, category by category; a discount's effect "
            "on sales is in “price elasticity of” a product or category."
        ),
    ),
    (
        (
            r"^\W*how (?:is|are|was|were) (?:my |our |the )?(?P<x>(?!stock\b"
            r"|inventory\b)[a-z][a-z &-]{2,30}?) (?:inventory|stock) (?:performing|doing|moving|turning)\b"
        ),
        r"inventory turnover of \g<x>",
        "This is how often the stock of {x} turns over; ask “stock levels of {x}” for what there is.",
    ),
    (
        (
            r"^\W*what (?:should|do|must) (?:i|we) (?:re-?stock|re-?order|order) (?:for|over"
            r"|to cover) (?:the )?(?:next|coming) (?:few|one|two|three|four|five|six|\d+)? ?(?:days?|weeks?"
            r"|months?)(?=\W*$)|^\W*(?:give me|show me|make|write|get)? ?(?:my |our |the |an? )?(?:order|re-?order"
            r"|buying) list for (?:next|this|the coming|the next) (?:\d+ |few |two |three )?(?:days|weeks?"
            r"|months?)(?=\W*$)|^\W*how (?:much|many) of each (?:product|item|sku) (?:do|should|will) (?:i|we) (?:need"
            r"|order|buy)[^?]*?(?:next|coming) (?:few |one |two |three |four |\d+ )?(?:days?|weeks?|months?)(?=\W*$)"
        ),
        "what should we reorder",
        (
            "You named a span to order for: the list reckons each product up to its supplier's lead time and next "
            "order, not to a date."
        ),
    ),
    (
        (
            r"^\W*(?:will|do|could|might|am|are) (?:i|we) (?:going to )?run out of (?:anything"
            r"|something)\b[^?]*?before (?:the |my |our )?(?:next )?(?:delivery|deliveries|order|truck|shipment).*$"
            r"|^\W*(?:which|what) (?:pos?|purchase orders?|deliveries|orders) (?:will )?(?:lands?|arrives?|comes?"
            r"|come in) (?:after|too late)\b.*$"
        ),
        "what will run out",
        (
            "Stock is not held against the dates of single deliveries: this is what runs out at the present rate of "
            "sale; “open purchase orders” has what is on its way."
        ),
    ),
    (
        (
            r"^\W*(?:is (?:there )?(?:anything|something) wrong|are there (?:any )?(?:errors|problems|gaps|issues)"
            r"|what(?:'s| is) wrong) (?:with|in) (?:my |our |the )?data(?=\W*$)"
        ),
        "how fresh is the data",
        (
            "I cannot say that all is right with the data: this is where they come from and how far they go. Stock "
            "that cannot be right is in “negative stock” and “phantom stock”."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:products|skus|items|goods) (?:are losing|lose|make a loss|lost) (?:us "
            "|me )?(?:money )?(?:after|net of|including) (?:all )?(?:fees|commissions?|shipping|ads?|advertising"
            r"|overheads?)(?=\W*$)"
        ),
        "which products lose money",
        "Fees and other costs are not known by product: this is what sells below the cost of the goods.",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is) |how (?:much|big|large) is )?(?:my |our |the )?(?:outstanding |unredeemed |total "
            r"|open )*gift ?cards? (?:liability|balances?)(?: outstanding)?(?=\W*$)"
        ),
        "gift cards sold and redeemed",
        "What is still to be redeemed is known to the point of sale only: this is what was sold and redeemed.",
    ),
    (
        (
            r"\b(?:did (?:i|we) (?:make|sell|earn|take) more(?: money)? in|was it better in"
            r"|which was better,?) the first (?:half )?or (?:the )?second half of (?=(?:last|this) month\b)"
        ),
        "sales by week ",
        "Halves of a month are not put beside each other by themselves: these are its weeks.",
    ),
    (
        (
            r"\b(?:how much )?(?:revenue|sales|money) (?:came |comes |was made |is |was )?from discounted (?:orders"
            r"|sales|transactions|tickets|baskets)\b"
        ),
        "sales with a discount",
        "Tickets with a discount are not totalled by themselves: these are all sales and the discounts given in them.",
    ),
    (
        (
            r"\b(?:(?:the |an? )?(?:full|whole|complete|big|overall) picture|(?:an? |the )?(?:full |complete |quick "
            r")?(?:overview|rundown|run-?through)|everything(?: about| on)?|all(?: about)?) (?:of |for |on |about "
            r")?(?:my |our |the )(?P<end>best|worst|top|weakest|strongest|lowest|highest)(?P<how>[- ](?:performing"
            r"|selling|ranked))? (?P<store>store|shop|location|branch)\b"
        ),
        r"\g<end>\g<how> \g<store>",
        (
            "Which store that is comes first: here it is, with the figures it is judged by. The rest is in “overview "
            "of” that store, by its name."
        ),
    ),
    (
        (
            r"^\W*should (?:i|we) (?:be )?(?:chang(?:e|ing)|adjust(?:ing)?|review(?:ing)?) (?:any |some |our |my "
            r"|the )*prices?(?=\W*$)"
        ),
        "what should we mark down",
        (
            "Of changes of price I can propose cuts for goods that lie too long; how buyers took earlier changes is "
            "in “price elasticity of” a product or category."
        ),
    ),
)
