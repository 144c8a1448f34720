"""Ways of asking that shop software suggests itself: “best-selling employee”, “growing and which are shrinking”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_STAFF = (
    r"(?:employees?|cashiers?|associates?|sales ?(?:people|persons?|reps?)|staff members?|team members?"
    r"|servers?|clerks?)"
)
_GOODS = r"(?:products?|items?|skus?|lines|articles?)"
_GROUPS = r"(?:products?|items?|skus?|categor(?:y|ies)|departments?|brands?|stores?|locations?)"
_UP = r"(?:growing|rising|up|increasing|gaining|improving|going up|trending up)"
_DOWN = r"(?:shrinking|falling|down|decreasing|losing|declining|going down|trending down|dropping)"
REGISTER_ROWS: tuple[tuple[str, str], ...] = (
    # --- of my products
    (rf"\b(?P<who>which|what) of (?:my|our|the|these) (?P<what>{_GROUPS})\b", r"\g<who> \g<what>"),
    # --- people at the till
    (
        (
            r"\bwho(?:'s| is| was| are| were)? (?:my|our|the) (?P<rank>best|top|worst|highest|lowest)(?:[- ](?:selling"
            rf"|performing|sales))? {_STAFF}\b"
        ),
        r"\g<rank> employees by net sales",
    ),
    (
        rf"\b(?P<rank>best|top|worst)[- ](?:selling|performing) {_STAFF}\b",
        r"\g<rank> employees by net sales",
    ),
    # --- up and down
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GROUPS}) are {_UP}(?:,? and|,)? (?:which|what)(?: ones)?(?: are)?"
            rf" {_DOWN}\b(?: (?:compared (?:to|with)|versus|vs\.?|against) (?P<when>last (?:week|month|quarter"
            r"|year)))?"
        ),
        r"which \g<what> grew and fell most against \g<when>",
    ),
    # --- returned often
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GOODS}) (?:are|get|is|gets|were|got|have been) (?:most often|most"
            r" frequently|often|frequently|commonly|usually|the most) (?P<how>returned|refunded)(?: (?:most|the"
            r" most))?\b"
        ),
        r"which \g<what> are most \g<how>",
    ),
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GOODS}) (?:are|get|is|gets|were|got) (?P<how>returned|refunded) (?:the"
            r" )?(?:most(?: often| frequently)?|often|frequently)\b"
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
        (
            r"\g<what> in stock not"
            r" sold"
        ),
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
            r"\b(?:when|what time|what day)(?:'s| is| does| will| are| do)? (?:is |be )?(?:the |our |my )?next"
            r" (?P<what>deliver(?:y|ies)|shipments?|truck|order)(?: (?:arriv\w*|com\w*(?: in)?|due|get here"
            r"|expected|scheduled|be here))?"
            r"(?:,? and (?:what(?:'s| is)|how (?:much|many units) (?:is|are))(?: coming)? (?:on|in) it)?(?=\W*$)"
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
            r"\b(?:at |during |over |for |in the )?(?P<a>breakfast|lunch|dinner)(?:[- ]?time)?,? (?P<how>versus"
            r"|vs\.?|and|or|compared (?:to|with)|against|than) (?:at |during |over |for )?"
            r"(?P<b>breakfast|lunch|dinner)(?:[- ]?time)?\b"
        ),
        r"at \g<a>time \g<how> at \g<b>time",
    ),
    (r"\b(?:at|during|over) (?P<a>breakfast|dinner)(?![- ]?time)\b", r"at \g<a>time"),
    (r"\blast night\b", "yesterday evening"),
    # --- who gave them
    (
        (
            r"(?P<a>\bdiscounts?\b[^?]*?),? (?:and|with|including) who (?:gave|approved|entered|applied|issued) (?:them"
            r"|it|each)\b"
        ),
        r"\g<a> and show discounts by employee",
    ),
    # --- fees
    (
        (
            r"\bhow much (?:did|do|have) (?:we|i) (?:pay|paid|spend|spent)(?: in| on| for)? (?P<what>(?:card |credit"
            r" card |payment |processing |transaction )*fees)\b"
        ),
        r"\g<what>",
    ),
    (r"\bprocessing fees\b", "payment fees"),
)
