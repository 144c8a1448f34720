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
        rf"\b(?:the |our )?(?:previous|last|past|prior) (?:four|4) {_DAY}s\b",
        "the usual",
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
    # --- the range
    (
        (
            rf"^\W*how many (?P<what>{_GOODS}) (?:are (?:there )?on (?:the |our )menu|do we (?:have|carry"
            rf"|sell|offer))(?:"
            r" (?:right )?now| at the moment| currently)?,? and (?:in )?(?:which|what) (?P<by>categories|departments)"
            r" (?:are|do) they (?:in|belong to|fall (?:in|into|under))"
        ),
        r"how many products do we carry by \g<by>",
    ),
    (r"\bmenu items?\b(?! (?:prices|modifiers?|ingredients?|photos?))", "items"),
    (
        r"\bhow many (?:products|items|skus|dishes) (?:are|do we have) on (?:the |our )menu\b",
        "how many products do we carry",
    ),
    (r"\b(?:product|item) variants?\b|\bvariants (?=(?:are |is )?(?:sell|sold)\w*)", "products"),
    (
        r"\b(?:the )?(?:total )?shipping (?:was |were |we )?charged\b|\b(?:charged?|taken|collected) for shipping\b",
        "shipping charges",
    ),
    # --- customers
    (
        (
            r"\bhow many (?:customers|shoppers|people|members) (?:used|scanned|swiped|showed|presented) "
            r"(?:an? |the|their"
            r"|our)? ?(?:loyalty|club|rewards?|member(?:ship)?|bonus) ?cards?\b"
        ),
        "how many known customers bought",
    ),
)
