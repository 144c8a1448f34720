"""What customers buy, asked of single ones or of all kinds: told by one kind of household; rows as in ``near``."""

from __future__ import annotations

_WHO = r"(?:households?|customers?|shoppers?|famil(?:y|ies)|people)"
_GOODS = r"(?:products?|items?|goods|categor(?:y|ies)|things)"
_KIND = r"(?:kinds?|types?|groups?|segments?|profiles?|sorts?)"
_SAME_WAY = (
    "Income, size of household or children can be asked in the same way: “top 3 categories for each income group”."
)
_AWAY = (
    "(?:lapsed|lost|inactive|dormant|stayed away|stopped (?:buying|coming|shopping|visiting)|not (?:bought|been"
    "|shopped)|gone quiet|churned)"
)
_BACK = (
    f"(?:(?:bring|brought|win|won|get|got|lure|lured|draw|drew|entice|enticed) (?:\\w+ ){{0,3}}?(?:{_WHO} )?back"
    f"|(?:came|come|coming|return|returned) back|reactivat\\w+|re-?engag\\w+|win-?backs?|returned)"
)
_NOT_WON_BACK = (
    "Whether customers who had stayed away came back is not worked out apart: only households that bought before a"
    " campaign are held against others, and this is how their visits and spend changed."
)
_SPOKEN_OF = (
    r"(?P<of>(?:product )?categor(?:y|ies)|departments?|products?|items?|skus?|brands?|employees?|staff(?: members?)?"
    r"|team members?|associates?|cashiers?|colleagues?|workers?)"
)
_WORDS_OF_CUSTOMERS = (
    r"(?:reviews?|complaints?|praise|compliments?|complain(?:ed|ing|s)? about|feedback|kudos|negative comments?)"
)
_SPAN = r"(?P<when>(?: (?:this|last|today|yesterday|in|at|over|since|during)\b[^?,]*)?)(?:\?| *$)"
_NOT_SAID_OF = "Which {of} customers speak of is not recorded: this is what they say, told in all or by store."
PEOPLE_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"^\W*(?:which|what)(?: of)?(?: my| our| the)* {_SPOKEN_OF} (?:(?!last\b|this\b)[^?,])*?"
            rf"\b{_WORDS_OF_CUSTOMERS}(?: from (?:our |the )?customers)?{_SPAN}"
        ),
        r"customer feedback\g<when>",
        _NOT_SAID_OF,
    ),
    (
        (
            rf"^\W*(?:(?:who|what)(?:'s| is| are) )?(?:the |our |my )*(?:best|worst|most|highest|lowest|top)[- ]"
            rf"(?:reviewed|rated|praised|complimented|complained[- ]about) {_SPOKEN_OF}{_SPAN}"
        ),
        r"customer feedback\g<when>",
        _NOT_SAID_OF,
    ),
    (
        (
            r"^\W*who (?P<of>gets?|got|has|received?|receives)(?: the)?(?: most| fewest| more)? (?:customer |guest )?"
            rf"{_WORDS_OF_CUSTOMERS}(?: from (?:our |the )?customers)?{_SPAN}"
        ),
        r"customer feedback\g<when>",
        "Whom customers speak of is not recorded: this is what they say, told in all or by store.",
    ),
    (
        (
            rf"^\W*(?:which|what) {_WHO} (?:is|are|was|were|has been|have been)? ?(?:buying|buys?|bought|purchas\w+) "
            rf"(?:what|which)"
            rf"(?: {_KIND} of)? {_GOODS}(?:[^?]*\bdemographics?\b[^?]*)?(?=\W*$)"
        ),
        "top 3 categories by sales for each age group last 12 weeks",
        f"What single customers buy I do not tell; this is what each age group spends most on. {_SAME_WAY}",
    ),
    (
        (
            rf"^\W*what (?:{_GOODS} )?(?:do|does|are|did) (?:the )?(?:different|various|each|all|our|other) "
            rf"(?:{_KIND}(?: of)?"
            rf" (?:the |our )?)?(?:{_WHO}(?: {_KIND})?) (?:buy|buying|bought|purchase|prefer|like)(?: (?:the "
            rf")?most)?(?=\W*$)"
        ),
        "top 3 categories by sales for each age group last 12 weeks",
        f"Kinds of households are told by their age here. {_SAME_WAY}",
    ),
    (
        (
            rf"^\W*how (?:do|did) (?:the |our )?{_WHO} (?:choose to |decide to )?(?:organi[sz]e|allocate|distribute"
            rf"|divide|split|budget"
            r"|spend|use) (?:\w+ ){0,3}incomes?\b[^?]*"
        ),
        "top 3 categories by sales for each income group last 12 weeks",
        (
            "What a household earns is known as a band only, and what it spends elsewhere not at all: this is what each"
            " income group spends most on here."
        ),
    ),
    (
        (
            r"^\W*(?=[^?]*\b(?:campaigns?(?: (?P<n>\d{1,4}|type [a-z]))?|coupons?|mailings?|direct mail|marketing)\b)"
            rf"(?=[^?]*\b(?:{_BACK}|{_AWAY} (?:\w+ ){{0,2}}{_WHO}|{_WHO} (?:who|that|which) (?:had |have )?{_AWAY})\b)"
            r"(?:did|do|does|has|have|is|are|were|was|how (?:many|much|well))\b[^?]*"
        ),
        r"did campaign \g<n> bring people in",
        _NOT_WON_BACK,
    ),
)
