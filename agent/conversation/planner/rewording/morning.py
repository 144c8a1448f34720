"""What is typed before the doors open: what is nearly gone, what to do first, who should do what.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_PEOPLE = r"(?:shoppers|customers|people|guests|households|families)"
_SLOW = r"(?:slow(?:[- ]moving)?|dead|excess|old|surplus|extra) (?:stock|inventory|movers|goods|products|items)"
MORNING_ROWS: tuple[tuple[str, str], ...] = (
    # --- money
    (
        (
            rf"\b(?:what|how much)(?: money)? (?:did|do|have) (?:our |the |my )?{_PEOPLE} (?:spend"
            r"|spent)(?: money)? (?:on|in) (?!average\b|total\b|each\b|my\b|our\b|the\b)"
        ),
        "sales of ",
    ),
    (
        (
            r"\b(?:the |our )?(?:average|mean) (?:sales?|spend(?:ing)?|purchases?|amount spent) (?:per|by|of a"
            r"|for each|of each) (?:customer|shopper|household|member)\b"
        ),
        "spend per customer",
    ),
    # --- stock
    (
        (
            r"\b(?:almost|nearly|close to|about|practically) (?:be |being )?(?:sold out|out of stock|gone|all gone"
            r"|out)\b"
        ),
        "running low",
    ),
    (
        (
            r"\b(?:items?|products?|goods|skus?|stock)(?: that)? (?:have |has )?(?:been )?(?:sitting|lying|standing"
            r"|gathering dust)(?: (?:here|around|on the shel(?:f|ves)|in stock))?(?: the)? longest\b"
        ),
        "dead stock",
    ),
    (
        (
            r"\b(?:priced|selling|being sold|going) (?:below|under|at less than|for less than) (?:their |its "
            r"|our )?cost\b"
        ),
        "sold below cost",
    ),
    (
        (
            r"\bhow (?:many days|long) (?:will|would|does|do) (?:my |our |the )?(?P<what>(?!it\b|they\b|that\b|those\b"
            r"|we\b|i\b|an?\b)[a-z][\w &'-]{1,30}?) (?:last|keep us going)(?: us)?(?=\W*$| at )"
        ),
        r"how many days of stock do we have for \g<what>",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is) the best way|how (?:can|do|should|could) (?:i|we)|help me"
            "|i want) ?(?:to )?(?:best )?(?:clear|shift|get rid of|move|sell off|sell through|reduce"
            rf"|sell) (?:out )?(?:my |our |the |all )*(?P<what>{_SLOW})(?=\W*$| at | in )"
        ),
        r"markdown plan for \g<what>",
    ),
    (r"\bshelf checks?\b", "planogram check"),
    # --- first things
    (
        (
            r"^\W*(?:give|tell|show|name)(?: me| us)? (?:the )?(?:top )?(?:\d|one|two|three|four|five|some|a few"
            "|most important)? ?(?:most important |urgent )?things (?:to|i (?:should|need to|must)|we (?:should"
            "|need to|must)) (?:fix|do|check|handle|look at|focus on|tackle|sort out"
            r"|take care of)(?: first)?(?: (?:today|this morning|now|right now|this week))?\W*$"
        ),
        "what are my priorities today",
    ),
    (
        (
            r"^\W*what(?:'s| is) (?:the |our |my |on the )?(?:plan|agenda|game ?plan|programme)(?: (?:for )?(?:today"
            r"|the day|this morning|my shift|the shift))?\W*$"
        ),
        "what are my priorities today",
    ),
    (
        (
            r"\bhow much (?:does|would|will) it cost(?: me| us)? to (?:restock|re-?order|replenish|order"
            "|buy)(?: everything| all(?: of it)?| the lot)?(?: that(?:'s| is| are))?(?: low| due| needed| running low"
            r"| missing| below (?:its|the|their) re-?order point)?(?=\W*$| at )"
        ),
        "reorder list",
    ),
    (
        (
            r"\b(?P<what>products?|items?|goods) (?:tie|ties|tying|lock|locks|locking) up (?:the )?most (?:cash|money"
            r"|capital)\b"
        ),
        "overstock",
    ),
    (r"\bmost discounted (?P<what>products?|items?|goods|skus?)\b", r"top \g<what> by discounts"),
    (
        (
            r"^\W*(?:please )?(?:recommend|suggest|propose|show|give)(?: me| us)? (?:some |any "
            r"|the )?transfers? (?:between|among|across) (?:the |our |my |all )*(?:stores|shops|locations)\W*$"
        ),
        "transfer candidates between stores",
    ),
    (
        (
            r"^(?P<a>\W*(?:please )?(?:write off|throw away|bin|toss|scrap|dispose of) \d+) (?P<why>broken|damaged"
            r"|smashed|spoiled|spoilt|rotten|expired|stolen) (?P<what>[a-z][\w ]*?)(?P<at> at [\w ]+)?\W*$"
        ),
        r"\g<a> \g<what>\g<at>, they are \g<why>",
    ),
    (
        (
            r"\bhow many (?:people|customers|visitors|shoppers|guests) (?:walked|came|come) in,? (?:versus|vs\.?"
            "|against|compared (?:to|with)|and) (?:how many )?(?:actually )?(?:bought|purchased|paid)(?: something"
            r"| anything)?\b"
        ),
        "visitors, transactions and conversion",
    ),
    (
        (
            r"^\W*(?:was|is) (?P<day>yesterday|today|last \w+day|(?:mon|tues|wednes|thurs|fri|satur"
            r"|sun)day) an? (?:normal|typical|usual|average|ordinary|regular)(?: \w+day| day| one)?(?=\W*$)"
        ),
        r"compare \g<day> with the four-week norm",
    ),
    (
        (
            r"\bwhat (?:happened to|did it do to) (?:our |the )?(?:sales|units|demand|volume)(?: of [\w ]+)? (?:after"
            "|when|since) (?:we|i) (?:raised|increased|put up|cut|lowered|reduced|changed"
            r"|dropped) the price of (?P<what>[\w ]+?)(?=\W*$)"
        ),
        r"price elasticity in \g<what>",
    ),
    (r"^\W*(?:and |what about )?(?:the |what was the )?average value\W*$", "and average transaction value"),
    # --- tasks
    (
        (
            r"^\W*(?:please )?(?:remind|tell|ask|get|have) (?:the |our |my )?(?P<who>(?:night|morning|evening|closing"
            "|opening|weekend|day|late|early|afternoon|stock|produce|deli|bakery|front end) (?:crew|team|shift|staff"
            r"|people|lead)) to (?P<do>.+?)\W*$"
        ),
        r"create a task to \g<do> for the \g<who>",
    ),
)
