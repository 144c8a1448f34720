"""What offers did, room on the shelf, days to come and districts: asked for in the words of whoever plans them.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_ITEMS = r"(?:items?|products?|sellers?|skus?|articles?|goods)"
OFFER_ROWS: tuple[tuple[str, str], ...] = (
    # --- what an offer did
    (
        (
            r"^\W*what (?:would|will|might) happen (?:to (?:sales|margin|profit) )?if (?:we|i) (?:stop(?:ped)?"
            r"|ended|cut|cancel\w*"
            r"|dropped) (?:promoting|the promotions? (?:on|for|of)|discounting|promotions? (?:on|for|of))"
            r" (?P<what>[^?]+?)\W*$"
        ),
        r"did the promotions on \g<what> pay off",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>products|items|skus|categories) should (?:be|go) on (?:promotion|offer|sale"
            r"|special|deal)\b"
        ),
        r"which \g<what> should we promote",
    ),
    (r"\bend the (?:current|running|active|present|existing) promotions? (?=on\b)", "end the promotion "),
    (
        (
            r"^\W*what(?:'s| is| has been|'s been) (?:driving|causing|behind) (?:the |our )?margin (?:erosion|squeeze"
            r"|compression|pressure|shrinkage|deterioration)\b"
        ),
        "why did margin fall",
    ),
    (
        r"\bmargin (?:decline|drop|fall|squeeze|deterioration) by (?:product|item|sku)\b",
        "products with falling margin",
    ),
    (
        (
            r"^\W*(?:give me |show me |show |make |create )?(?:a |the )?(?:product )?(?:performance )?score"
            r" ?card (?:for|of) (?:the"
            r" )?(?P<what>[^?]+?)(?P<span> (?:last|this|in|yesterday)[^?]*)?\W*$"
        ),
        r"net sales, units and gross margin % by product in \g<what>\g<span>, top 10",
    ),
    # --- shelves
    (
        r"\b(?:which|what) shelf positions? (?:perform|sell|do|work)s? (?:the )?(?:best|worst|most|least|well|badly)\b",
        "space to sales",
    ),
    (
        (
            r"^\W*what (?:percent(?:age)?|share|proportion|%) of (?:the |our |my )?(?:facings|shelves|shelf"
            r" space|slots) (?:is|are)"
            r" empty\b"
        ),
        "which shelves have empty facings",
    ),
    (
        (
            r"^\W*is the back ?(?:room|stock) holding (?:anything|something|goods|items|products|stock) (?:that"
            r" )?(?:the|our) (?:sales"
            r" )?(?:floor|shelves|shelf) (?:needs?|is missing|lacks|are missing)\b"
        ),
        "what is in the back room but not on the shelf",
    ),
    # --- days to come
    (
        (
            r"\bforecast (?:for|of) (?P<when>tomorrow|today|next week|this weekend|next month)(?:'s)? (?:traffic"
            r"|footfall|visitors"
            r"|transactions)\b"
        ),
        r"forecast transactions for \g<when>",
    ),
    # --- a district's week
    (
        (
            r"^\W*(?:summari[sz]e|recap|sum up|give me (?:a |the )?(?:summary|recap) of|how was) (?:the"
            r" )?(?P<where>[A-Za-z ]+?)(?:'s|')"
            r" (?P<span>week|month)\W*$"
        ),
        r"how did \g<where> do last \g<span>",
    ),
    # --- more room on the shelf
    (
        (
            rf"\b(?P<who>(?:which|what) {_ITEMS}) (?:would |could |might |should )?(?:benefit from|deserves?|use"
            rf"|have|get|need)"
            r" (?:some )?(?:more|fewer|extra|additional|less) (?:facings?|shelf space|space|room)\b"
        ),
        r"\g<who> need more facings",
    ),
    # --- discounts beyond what is usual
    (
        (
            r"^\W*(?:is|are|was|were) (?:any|some)(?: of our| of my)? (?P<what>stores?|locations?|cashiers?|employees?)"
            r" (?:out of|not in|violating|breaking|in breach of|over) (?:compliance with )?(?:the |our )?discount"
            r" (?:policy|policies|rules|limits?)\b"
        ),
        r"discount outliers by \g<what>",
    ),
)
