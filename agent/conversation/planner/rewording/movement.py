"""Movements told as a thing and not as a deed, and other nouns for what is known under a verb or a plainer name."""

from __future__ import annotations

_GOODS = r"(?:products?|items?|skus?|brands?|manufacturers?|categor(?:y|ies)|departments?|depts?)"
_PLACES = r"(?:stores?|shops?|locations?|branch(?:es)?|districts?)"
_FIGURE = (
    "(?:sales|revenue|units|margins?|gross margin|profits?|transactions|traffic|visitors|conversion|basket (?:size"
    "|value)s?|average (?:basket|ticket|transaction)(?: value)?)"
)
_MOST = r"(?:big(?:gest)?|larg(?:est|e)|steepest|sharpest|great(?:est)?|worst|most)"
_NOT_OF_ANOTHER = (
    r"(?! (?:in|of) (?:the |its |their )?(?:selling )?(?:prices?|costs?|stock|inventory|labou?r|shrink\w*|waste"
    "|ratings?))"
)
_HAD = r"(?:had|has|have|saw|see|shows?|showed|took|made|experienced|suffered|recorded)"
_WHEN = r"(?: for)?(?P<when>(?: (?:by|until|before|on|tomorrow|today|tonight|next)\b.*)?)$"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_ON = r"(?:on|in|during|over|for)"
_A_TIME = r"(?:yesterday|last|this|the|our|black friday|labor day|memorial day|thanksgiving|easter|\d|{month})"
_DID_BETTER = (
    (r"(?:more|better)", "biggest risers"),
    (r"(?:less|worse|fewer)", "biggest fallers"),
)

_SINCE = r"(?P<when>(?:since|over|for|during|in|from) (?!(?:the )?(?:wrong|right)\b)[^?]+?)\W*$"
_TRENDING = (
    r"^(?P<lead>\W*(?:and |so |ok )*)how(?:'s|s| is| has| have| are| were| was)? (?:the |our )?"
    r"(?!(?:it|that|this|they|those|things|we) )"
)

MOVEMENT_ROWS: tuple[tuple[str, str], ...] = (
    # --- a course over days that are named: “how's floral been trending since summer”
    (rf"{_TRENDING}(?P<f>(?:[a-z ]{{3,25}} )?{_FIGURE}) (?:been )?trending {_SINCE}", r"\g<lead>\g<f> trend \g<when>"),
    (rf"{_TRENDING}(?P<what>[^?]{{3,30}}?) (?:been )?trending {_SINCE}", r"\g<lead>\g<what> sales trend \g<when>"),
    # --- goods that sold more or less than before
    *(
        (
            (
                rf"^\W*(?:which |what )(?:{_GOODS} )?(?:sold|did) {how} than (?:usual|normal) (?P<when>(?:{_ON} )?"
                rf"{_A_TIME.format(month=_MONTH)}\b[^?]*?)\W*$"
            ),
            rf"{ends} \g<when> against usual",
        )
        for how, ends in _DID_BETTER
    ),
    *(
        (
            (
                rf"^\W*(?:which |what )(?:{_GOODS} )?(?:sold|did) {how}(?: than before)? (?P<when>(?:{_ON} )?"
                rf"{_A_TIME.format(month=_MONTH)}\b[^?]*?)(?: than (?P<other>[^?]+?))?\W*$"
            ),
            rf"{ends} \g<when> against \g<other>",
        )
        for how, ends in _DID_BETTER
    ),
    (r"^(?P<said>biggest (?:risers|fallers) .+) against $", r"\g<said>"),
    # --- what fell or grew most, where the movement is a noun
    (
        (
            rf"\b(?P<who>(?:which|what) (?:{_GOODS}|{_PLACES})) {_HAD} the {_MOST} (?:drop|decline|fall|decrease|dip"
            rf"|loss|slump)(?: (?:in|of) (?P<f>{_FIGURE}))?\b{_NOT_OF_ANOTHER}"
        ),
        r"\g<who> \g<f> fell the most",
    ),
    (
        (
            rf"\b(?P<who>(?:which|what) (?:{_GOODS}|{_PLACES})) {_HAD} the {_MOST} (?:rise|increase|jump|gain|growth"
            rf"|uplift|surge)(?: (?:in|of) (?P<f>{_FIGURE}))?\b{_NOT_OF_ANOTHER}"
        ),
        r"\g<who> \g<f> grew the most",
    ),
    (
        (
            rf"\b(?:which|what) (?P<who>{_GOODS}) (?:dominates?(?! (?:the |our )?shel)|(?:is|are) dominant"
            r"|(?:is|are) (?:the )?leaders?) (?:in )?"
        ),
        r"top \g<who> in ",
    ),
    (
        (
            rf"\b(?P<how>how much (?:did|have|has) (?:our |my |the )*{_FIGURE}) (?:fall|fallen|drop|dropped|decline"
            r"|declined|decrease|decreased|shrink|rise|risen|increase|increased|climb|go(?:ne)? (?:up|down))\b"
        ),
        r"\g<how> change",
    ),
    (
        (
            rf"\b(?P<how>how much (?:did|have|has) (?:our |my |the )*{_FIGURE} change) on (?=(?:last |this )?(?:mon"
            r"|tues?|wednes|thurs?|fri|satur|sun)day\b)"
        ),
        r"\g<how> ",
    ),
    # --- shares and rates
    (
        (
            r"\bwhat (?:share|percent(?:age)?|proportion|portion|fraction|part) of (?:the |our |my "
            "|total )*sales (?:is|are|comes? from|goes to) (?:the |our )?(?:private[- ]labels?|own[- ](?:labels?"
            "|brands?)|store[- ]brands?) (?=by |in each |per )"
        ),
        "private label share ",
    ),
    (
        (
            r"\bretention(?: rate)?(?: of (?:the |our |my )?(?:customers|shoppers|households))? (?:from"
            rf"|between) (?P<a>{_MONTH}) (?:to|and|into) (?P<b>{_MONTH})\b"
        ),
        r"how many customers from \g<a> came back in \g<b>",
    ),
    (
        (
            r"\b(?:rank|order|sort) (?:the |our |my |all )*(?P<who>categories"
            r"|departments) by (?P<f>(?:net )?sales per (?:square f(?:oo|ee)t|sq\.? ?ft|square met(?:er|re)))\b"
        ),
        r"\g<f> by \g<who>",
    ),
    # --- nouns of the trade
    (r"\bwhere (?:do|might|could|may) (?:i|we) have (?:any )?phantom (?:inventory|stock)\b", "phantom stock"),
    (r"\bphantom inventory\b", "phantom stock"),
    (
        (
            r"\bdo(?:es)? (?:displaying|putting|placing|showing|featuring) (?:a |an |the |our )?(?:products?|items?"
            "|goods|something) (?:on display|(?:in|at|by|near|on) (?:the |a |an )?(?:front|entrance|end ?-?caps?"
            "|aisle ends?|window)(?: of (?:the |a |an )?(?:store|shop|aisle))?)"
        ),
        "do displays",
    ),
    # --- who is to do it, told last
    (
        (
            r"\bassign (?:an? |the )?(?:new )?(?:cycle |stock |inventory )?count(?:ing)?(?: task)? (?:of|for|in"
            rf"|at) (?P<what>.+?) to (?P<who>(?!the\b|our\b)[a-z]+){_WHEN}"
        ),
        r"have \g<who> count \g<what>\g<when>",
    ),
    (
        (
            r"\bassign (?:an? |the )?(?:new )?(?:restock(?:ing)?|replenish(?:ing|ment))(?: task)? (?:of|for|in"
            rf"|at) (?P<what>.+?) to (?P<who>(?!the\b|our\b)[a-z]+){_WHEN}"
        ),
        r"have \g<who> restock \g<what>\g<when>",
    ),
    # --- the till's word against ours
    (
        (
            r"\b(?P<d>differ(?:s|ent)?) (?:from|than|to) (?:what )?(?:the |my |our )?(?:cash )?(?:registers?|tills?"
            r"|z[- ]?(?:tape|reports?))\b(?: (?:shows?|says?|has|gives?))?"
        ),
        r"\g<d> from the report",
    ),
)
