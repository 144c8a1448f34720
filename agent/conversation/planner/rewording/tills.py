"""How people at a till with a web shop beside it ask: other words for a figure, a second half that says it again.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_GOODS = r"(?:products?|items?|skus?)"
_COVER = r"(?P<of>cover|stock|supply|inventory)(?: (?:left|remaining|on hand))?\b"
_LESS = r"(?:less than|fewer than|under|below)"
_UNITS = r"(?:units|pieces|bottles|packs|cans)"
_OFFERED = (
    r"^(?P<offer>\W*(?:please |can you |could you |let'?s )*(?:(?:put|run|do|make|create|start|set up"
    r"|launch|give|offer|take"
    r"|schedule|plan|propose|add) )?(?:an? )?\d{1,2} ?(?:%|percent|per cent) (?:off|discount|promotion"
    r"|promo|sale|offer|deal)"
    r" (?!.*\b(?:from|until|till|starting|through|codes?|expir\w+|members?|coupons?)\b)[^?]+?)"
)
TILL_ROWS: tuple[tuple[str, str], ...] = (
    # --- numbers in words, and where they stand
    *(
        (rf"\b{_LESS} {weeks} (?:worth )?of {_COVER}", rf"less than {days} days of \g<of>")
        for weeks, days in (
            ("(?:an?|one|1) weeks?(?:'s?)?", 7),
            ("(?:two|2) weeks?'?", 14),
            ("(?:three|3) weeks?'?", 21),
            ("(?:four|4) weeks?'?", 28),
        )
    ),
    (
        (
            r"\b(?P<end>largest|biggest|smallest|highest|dearest|cheapest|best[- ]selling|worst[- ]selling) (?P<n>two"
            r"|three|four|five|six|seven|eight|nine|ten) (?=(?:receipts|transactions|orders|sales|baskets|tickets"
            r"|products|items|stores|departments|categories|suppliers|customers)\b)"
        ),
        r"\g<n> \g<end> ",
    ),
    (
        (
            rf"^\W*(?:which|what) (?P<n>\d{{1,2}}) (?P<by>{_GOODS}|departments|categories) tie up the most"
            r" (?:cash|money|capital)(?: in (?:the |our )?(?:stock ?room|back ?room|inventory|stock))?"
        ),
        r"the \g<n> \g<by> with the highest inventory value",
    ),
    (
        (
            r"\b(?P<lead>vs\.?|versus|against|to|with|than|on|from) (?:the |our )?(?:previous|last|past|prior)"
            rf" (?:four|4) {_DAY}s\b"
        ),
        r"\g<lead> the usual",
    ),
    # --- a second half that the first answers
    (
        (
            r"\b(?P<a>(?:net (?:vs\.?|versus|and|against|to) gross|gross (?:vs\.?|versus|and|against|to) "
            r"net)\b[^?.]*?),?"
            r" and what (?:explains|makes up|accounts for|is behind|causes|makes) the (?:gap|difference)(?: between"
            r" (?:them|the two))?"
        ),
        r"\g<a>",
    ),
    (
        (
            r"\bhow many discounts (?:did (?:we|i) (?:give(?: out| away)?|grant|apply)|were (?:given|applied"
            r"|used|granted))\b"
        ),
        "which discounts did we give",
    ),
    (
        (
            r"(?<=\bdiscounts did we give)(?P<when>[^?.]*?),? and (?:what|how much) (?:did|do|have) (?:they"
            r"|it|those|that)"
            r" (?:cost|come to|amount to|add up to)(?: us| me)?(?: in (?:all|total))?"
        ),
        r"\g<when>",
    ),
    (
        (
            r"(?P<a>\b(?:re-?order|order|restock) list\b[^?.]*?),? and (?:tell me |show me |say )?(?:what"
            r"|how much) (?:it"
            r"|that|this|they)(?: will|'ll| would)? (?:costs?|come to|comes to)(?: us| me)?(?: in (?:all|total))?"
        ),
        r"\g<a>",
    ),
    (
        (
            r"(?<=\bpurchase orders)(?P<when>[^?.]*?),? and what(?:'s| is) (?:still )?(?:outstanding|open|to come"
            r"|due|missing|pending)"
        ),
        r"\g<when>? What is on order",
    ),
    (
        (
            r"(?P<a>\bdiscounts?\b[^?.]*?),? and (?:tell me |show me |say )?(?:which|what) (?:one|of them"
            r"|name|code) (?:costs?"
            r"|was|is) (?:us )?(?:the )?(?:most|most expensive|biggest)"
        ),
        r"\g<a>",
    ),
    # --- what is sold beside what is held
    (
        (
            rf"^\W*how (?:many|much)(?: {_UNITS})?(?: of)? (?P<what>[a-z][a-z '-]{{2,30}}?) (?:did|have) "
            rf"we (?:sell|sold)"
            r"(?P<when>(?: (?:last|this|yesterday|today|in|over)\b[\w ]*?)?),? (?:versus|vs\.?|against|compared (?:to"
            r"|with)|and) (?:what|how (?:many|much)) (?:do )?we (?:still )?(?:have|hold|got)(?: left| "
            r"still)?(?: on hand"
            r"| in stock| left)?"
        ),
        r"how many units of \g<what> did we sell\g<when>? How much \g<what> do we have in stock",
    ),
    # --- promotions for days to come: from when until when
    *(
        (
            (
                rf"{_OFFERED}(?: for| during| over| all| on)? {said}"
                r"(?P<where> (?:at|in) [a-z][a-z ]+)?\W*$"
            ),
            rf"\g<offer> from {start} until {end}\g<where>",
        )
        for said, start, end in (
            ("next week", "next Monday", "next Sunday"),
            ("next weekend", "next Saturday", "next Sunday"),
            (r"(?P<day>(?:this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow)", r"\g<day>", r"\g<day>"),
        )
    ),
    (
        (
            r"^\W*(?P<verb>(?:please )?(?:start|run|do|make|create|launch|set up|plan|schedule)) a weekend "
            r"(?:sale|promotion|promo|offer"
            r"|deal)(?: of| with)? (?P<n>\d{1,2} ?(?:%|percent|per cent)) off (?:on |of )?(?P<goods>[a-z][a-z' ]+)"
        ),
        r"\g<verb> a promotion of \g<n> off \g<goods> this weekend",
    ),
    # --- the range
    (
        (
            rf"^\W*how many (?P<what>{_GOODS}) (?:are (?:there )?on (?:the |our )menu|do we (?:have|carry"
            rf"|sell|offer))(?:"
            r" (?:right )?now| at the moment| currently)?,? and (?:in )?(?:which|what) (?P<by>categories|departments)"
            r" (?:are|do) they (?:in|belong to|fall (?:in|into|under))"
        ),
        r"how many products are there by \g<by>",
    ),
    (r"\bmenu items?\b(?! (?:prices|modifiers?|ingredients?|photos?))", "items"),
    (
        r"\bhow many (?:products|items|skus|dishes) (?:are|do we have) on (?:the |our )menu\b",
        "how many products are there in the catalogue",
    ),
    (r"\b(?:product|item) variants?\b|\bvariants (?=(?:are |is )?(?:sell|sold)\w*)", "products"),
    (
        r"\b(?:the )?(?:total )?shipping (?:was |were |we )?charged\b|\b(?:charged?|taken|collected) for shipping\b",
        "shipping charges",
    ),
    (
        (
            rf"\b(?:what|which) (?P<by>categories|departments) do we (?:have|carry|sell),? and how many "
            rf"(?:different )?{_GOODS}"
            r" (?:are|do we have|do we carry) (?:there )?(?:in|under) each(?: (?:one|of them|category|department))?"
        ),
        r"how many products are there by \g<by>",
    ),
    (
        (
            r"\b(?P<what>units|sales|revenue|pieces|packs) (?:of|in|for) each (?:pack |package |product "
            r")?size\b(?: did we sell)?"
        ),
        r"\g<what> by pack size",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| are) )?(?:the |our )?(?:average|avg|mean) (?:unit cost|cost (?:price "
            r")?per (?:unit|piece|item)"
            r"|cost price|purchase price)s? (?:of|for) (?:our |the )?(?P<goods>[a-z][a-z' &-]+?)\W*$"
        ),
        r"what does \g<goods> cost us per unit",
    ),
    # --- stock that needs a hand
    (
        (
            r"\b(?:below|under|beneath) (?:their |the |its |our )?(?:minimum|min|par)(?: stock| order| "
            r"inventory)?(?: levels?"
            r"| quantit(?:y|ies))?\b(?! (?:wage|age|price|margin|order))"
        ),
        "below reorder point",
    ),
    (
        (
            r",? and (?:flag|highlight|point out|mark|list|show)(?: me)? (?:anything|everything|any|those"
            r"|all|items|products|goods)"
            r"(?: items| products| goods)?(?: that)?(?: have| has| with| having)* (?:more than|over|above) "
            r"(?P<n>\d{1,3}) days of"
            r" (?:cover|supply|stock)"
        ),
        r"? Which products have more than \g<n> days of cover",
    ),
    (
        (
            r"\b(?:which|what) (?:\d{1,2} )?(?P<by>departments?|stores?|categor(?:y|ies)|products?) (?:has |have |had "
            r")?(?:lost|loses?) (?:the )?"
            r"most (?:money |stock )?(?:to|from|through|because of) (?P<how>shrink(?:age)?|waste|spoilage)\b"
        ),
        r"\g<how> by \g<by>",
    ),
    (
        (
            r"(?P<a>\b(?:need to|should we|should i|have to|must we|must i) (?:re-?order|order"
            r"|restock)\b[^?.]*?),? and (?:roughly |about"
            r" |approximately )?(?:what|how much) (?:will|would) (?:it|that|this|they) (?:all )?(?:cost"
            r"|come to)(?: us| me)?"
        ),
        r"\g<a>",
    ),
    (
        (
            r"^\W*(?:can|could|would) (?P<giver>[a-z][a-z ]+?) (?:lend|spare|give|send) (?:some |any |a "
            r"few |more )?(?P<goods>(?!us\b"
            r"|me\b)[a-z][a-z ]+?) to (?P<taker>[a-z][a-z ]+?)\W*$"
        ),
        r"could we transfer \g<goods> from \g<giver> to \g<taker>",
    ),
    (
        (
            r"^\W*(?:please )?(?:restock|refill|fill up|top up|replenish) (?P<what>the "
            r"[a-z ]{0,30}?(?:coolers?|shel(?:f|ves)|fridges?"
            r"|freezers?|displays?|end ?caps?|bays?|racks?|cabinets?|cases?|stands?))\b"
        ),
        r"create a task to restock \g<what>",
    ),
    # --- single receipts
    (
        (
            r"\b(?P<a>how many|what share of|what percentage of|number of|share of) (?P<what>receipts"
            r"|transactions|orders|baskets"
            r"|tickets|sales) (?:that )?(?:(?:had|have|has|were|was|are|contained?|included?|with|of|for"
            r"|held|hold) )+(?:only |just"
            r" )?(?:one|1|a single) (?:item|product|unit|piece)s?\b"
        ),
        "how many single-item transactions",
    ),
    (
        r"\b(?P<what>sales|revenue) per (?:cashier|staff|employee|man|person|worker)[- ]hours?\b",
        r"\g<what> per labour hour",
    ),
    (
        (
            r"^\W*(?:there(?:'s| is) )?something(?:'s| is| looks| seems| is looking)? (?:a bit |a little "
            r")?(?:off|wrong|odd|strange"
            r"|weird|funny|fishy) (?:with|about|in) "
        ),
        "what changed in ",
    ),
    *(
        (
            rf"\bwhy (?:did|do|are|have) (?:i|we) (?:sell|sold|selling|make|made|making|take|taken) {how}(?: money)?\b",
            f"why were sales {way}",
        )
        for how, way in (("less", "down"), ("more", "up"))
    ),
    # --- customers
    (
        (
            r"\bhow many (?P<what>customers|shoppers|households|people) (?:bought|ordered|came|shopped"
            r"|purchased)(?: from us| here)?"
            r" (?P<when>[^?]*?),? but (?:not|never) (?:once )?before(?: (?:that|then))?"
        ),
        r"how many new customers \g<when>",
    ),
    (
        (
            r"\b(?:how many |how much |what share of |what percentage of )?(?:orders|sales|revenue"
            r"|transactions) (?:(?:came|come|comes"
            r"|were|was|is|are) )?(?:from|by|made by|placed by) (?:repeat|returning|existing) customers\b"
        ),
        "new and returning customers",
    ),
    (
        (
            r"\b(?:what(?:'s| is) )?(?:the |our )?(?:average|avg|mean|usual|typical) (?:number of )?(?:days"
            r"|time|interval|gap)"
            r" between (?:orders|purchases|visits|trips|two visits|two orders)(?: (?:for|of|by) (?:our "
            r"|the |my |a )?customers?)?\b"
        ),
        "days between visits",
    ),
    (
        (
            r"\bhow many (?:customers|shoppers|people|members) (?:used|scanned|swiped|showed|presented) "
            r"(?:an? |the|their"
            r"|our)? ?(?:loyalty|club|rewards?|member(?:ship)?|bonus) ?cards?\b"
        ),
        "how many known customers bought",
    ),
)
