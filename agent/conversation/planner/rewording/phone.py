"""How people type on a phone between two deliveries: half sentences, “the one before”, “whats selling with”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HELD = r"(?:compared (?:to|with)|versus|vs\.?|against|than|to|with|or|and)"
_ANYWHERE = r"(?:anywhere|in any (?:of (?:the|our|my) )?stores?|at any (?:store|location)s?|in (?:some|which) stores?)"
_GOODS = r"(?P<what>(?!it\b|them\b|that\b|those\b|stock\b|anything\b|something\b|any\b)[a-z][\w &'-]{1,40}?)"
_PER_CENT = r"(?:%|percent|per cent|pct)"
PHONE_ROWS: tuple[tuple[str, str], ...] = (
    # --- the two sides of a comparison
    (
        (
            r"(?P<a>\b(?:last|past|this|previous) (?P<unit>week|weekend|month|quarter)\b.*?"
            rf"\b{_HELD} )the (?:one (?:before|prior)(?: (?:it|that))?(?! last)|(?:previous|prior) one)\b"
        ),
        r"\g<a>the \g<unit> before",
    ),
    (rf"\b(?:(?:this|on) )?(?P<day>{_DAY}) (?P<held>{_HELD}) last (?P=day)\b", r"\g<day> \g<held> the \g<day> before"),
    # --- goods that there are, or not
    (
        rf"\b(?:are|r|have) we (?:out of|sold out of|run out of) {_GOODS} {_ANYWHERE}(?=\W*$)",
        r"how much \g<what> do we have in stock by store",
    ),
    (
        (
            rf"^\W*(?:is|are) there (?:any |some |more )*{_GOODS} (?:left )?(?:in|out) (?:the )?back(?: ?room)?(?=\W*$)"
            rf"|^\W*(?:do we have|have we got|any|got any) (?:any |some |more )*(?P<held>[a-z][\w &'-]{{1,40}}?)"
            r" (?:left )?(?:in|out) (?:the )?back(?: ?room)?(?=\W*$)"
        ),
        r"how many \g<what>\g<held> do we have in stock",
    ),
    (r"\bwhat(?:'s|s| is| are)? (?:selling|sold|bought|going|people buying) (?:together )?with (?=\w)",
     "what is bought with "),
    # --- orders in passing
    (
        (
            r"^\W*(?:we|i) (?:need|want|could use) (?:someone|somebody|anyone|anybody) to "
            r"(?=(?:re-?count|count|check|clean|restock|refill|mop|face|rotate|tidy)\b)"
        ),
        "ask someone to ",
    ),
    (
        (
            r"^\W*(?:please |can you |could you |pls )*(?:put|do|make|set) (?P<what>(?:all (?:of )?(?:the )?)?"
            r"(?!(?:an?|up|in)\b|\d)(?:(?!on |at |up |sale\b|offer\b|promo)[\w&'-]+ )+)(?:at |on )?"
            rf"(?P<pct>\d{{1,2}}(?:\.\d)?) ?{_PER_CENT} off\b"
        ),
        r"mark down \g<what>by \g<pct>%",
    ),
    (
        (
            r"\b(?:mark(?:ing)? down|discount|cut|reduce) (?:the |our )?(?P<what>[a-z][\w &'-]{1,50}?) by "
            rf"(?P<pct>\d{{1,2}}) ?{_PER_CENT} (?:this|over (?:this|the)|on the|during the) weekend\b"
        ),
        r"put \g<pct>% off \g<what> this weekend",
    ),
    # --- two questions in one breath
    (
        (
            r"\b(?P<what>(?:best|top)(?: \d+)? ?-?(?:sell(?:ers?|ing)(?: products| items)?|products|items|movers)\b"
            r".{0,50}?),? (?:and|&|\+|with) (?:how (?:much|many)(?: stock)? (?:is|are|do we have|we have|have we got)"
            r"(?: still)?(?: there)? (?:left|in stock|on hand)"
            r"|(?:the |their )?(?:stock|on[- ]hand|stock left|days of cover|cover))"
            r"(?: (?:of|for) (?:each|them|those|these|it|each of them))?(?=\W*$)"
        ),
        r"fast movers \g<what> with stock",
    ),
    # --- advice
    (
        (
            r"^\W*(?:should|shall|can|could) (?:i|we) (?:cut|drop|lower|reduce|raise|increase|put up) (?:the |our )?"
            r"prices? (?:of|on|for) (?=\w)"
        ),
        "price elasticity of ",
    ),
    (
        r"\b(?:which|what) store(?:'s|s| is) (?:the|our|my) (?:problem|issue|weak (?:link|spot)|trouble)\b",
        "which stores are underperforming",
    ),
)  # fmt: skip
