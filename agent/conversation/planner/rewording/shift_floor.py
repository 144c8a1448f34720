"""How a shift is run: who is on and in which role, what came in, what is to be fetched from the back, what comes first.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_BACK = r"(?:the )?(?:back ?room|stock ?room|store ?room|back)"
_OUT = r"(?:(?:the )?(?:shelf|shelves|sales floor|shop floor|floor))"
_MOVED = (
    r"(?:moved?|brought|bring|taken|carried|fetched|pulled|transferred|restocked|replenished|filled up|refilled|filled)"
)
SHIFT_FLOOR: tuple[tuple[str, str], ...] = (
    # --- who is on
    (r"\b(?P<plan>scheduled|rostered) to (?:work|be (?:in|on|here|working)|come in)\b", r"\g<plan>"),
    (
        (
            r"(?P<who>\b(?:who|(?:how many|which) (?:people|staff|employees?|associates?|colleagues?|team members?"
            r"|workers?))\b"
            r"[^?]*?\b(?:working|on shift|on duty|scheduled|clocked in|on the floor"
            r"|rostered)\b[^?]*?),? (?:and )?(?:in |with |doing "
            r"|by )?(?:which|what)?(?: their)? ?(?:roles?|jobs?|positions?)(?: are they in)?(?=\W*$)"
        ),
        r"\g<who>",
    ),
    (
        r"\bwho(?:'s| is| was)(?: still)? missing (?P<when>today|tonight|right now|now|this morning|this shift)\b",
        r"who missed their shift \g<when>",
    ),
    (
        (
            r"\b(?:is|are|was|were) (?:there )?(?:anyone|anybody|someone|somebody) scheduled (?:without having"
            r"|who (?:has|have|had) not|who did not|but not) (?:clocked|clock)(?: in)?\b"
        ),
        "who missed their shift",
    ),
    (
        (
            r"^\W*which (?:of (?:our|my|the) )?stores? (?:opens?|closes?) (?:the )?"
            r"(?:first|last|earliest|latest)(?=\W*$"
            r"| on\b)"
        ),
        "opening hours of all stores",
    ),
    # --- what was changed in stock
    (r"\b(?:which|what) (?:items?|products?|goods|skus?) (?:were|was|have been|got) adjusted\b", "stock adjustments"),
    (
        (
            r"\bhow many (?:items?|products?|units|pieces) (?:were|was|have been|got) transferred (?:to|into|from"
            r"|out of) (?=[A-Z]|(?:store|the)\b)"
        ),
        "stock transfers at ",
    ),
    # --- what came in
    (
        r"\bhow (?:many units|much stock|much) (?:have|has|were|was) (?:been )?(?:received|delivered|taken in)\b",
        "what did we receive",
    ),
    # --- what is to be fetched
    (
        (
            rf"\b(?:need(?:s)?|have|has|ought|are|is|should"
            rf"|must)(?: to)?(?: be)? {_MOVED} (?:out )?(?:up )?from {_BACK}"
            rf"(?: (?:to|onto|into) {_OUT})?"
        ),
        "are in the back room but not on the shelf",
    ),
    (
        rf"\b(?:can|could|should) (?:we|i) {_MOVED} (?:to {_OUT} )?from {_BACK}(?: (?:to|onto) {_OUT})?",
        "are in the back room but not on the shelf",
    ),
    # --- what is missing out front
    (
        (
            rf"\b(?P<which>(?:which|what) (?:products?|items?|goods|skus?)) (?:are|is|were) (?:missing|gone"
            rf"|absent) (?:from|on|off)"
            rf" {_OUT}(?:,? according to (?:the )?(?:last |latest )?(?:scans?|audits?|counts?))?"
        ),
        "shelf gaps",
    ),
    (
        (
            r"\bwhat (?:percent(?:age)?|share|part|proportion) of (?:the |our |all )*(?:planograms?(?: positions?)?"
            r"|shelf positions?"
            r"|positions on the planogram|shelves)(?: (?:is|are))? (?:compliant|correct|right|as planned|in (?:their"
            r"|the right) place)\b"
        ),
        "planogram compliance",
    ),
    (
        (
            r"\bwhere (?P<is>is|are|can i find|do we keep) (?P<what>[^?]{2,40}?) (?:in|inside|around) (?:the|this"
            r"|our) (?:store|shop|building)\b"
        ),
        r"where \g<is> \g<what>",
    ),
    (r"\bwhere in (?:the|this|our) (?:store|shop) (?P<is>is|are|can i find|do we keep) ", r"where \g<is> "),
    # --- a store or business in passing
    (
        r"^\W*what(?:'s| is) (?:the story|up|the deal|going on|happening) (?:with|at) (?=[A-Z]|store)",
        "how are we doing at ",
    ),
    (
        (
            r"^\W*(?:is|are) (?:business|things|sales|trade) (?:picking up|looking up|taking off|getting better"
            r"|improving)\b"
        ),
        "are sales growing",
    ),
    (
        (
            r"^\W*(?:show(?: me)?|see|view|list|check|display|pull up) (?:the |my |our |all )*(?:inventory"
            r"|stock)(?: levels?)?(?=\W*$| (?:at|in)\b)"
        ),
        "stock levels",
    ),
    (
        (
            r"^\W*what (?:are|do|did) (?:the |our |my )?(?:customers|guests|people|shoppers) (?:prais\w+|like|love"
            r"|enjoy(?:ing)?|happy (?:about"
            r"|with)|liking|compliment\w*)(?: (?:most|us for|about us))?(?=\W*$| (?:last|this|in)\b)"
        ),
        "what are guests telling us",
    ),
    # --- what comes first
    (
        (
            r"^\W*(?:what are |which are |give me |list |tell me )?(?:the |my |our )?(?:top |first |most (?:important"
            r"|urgent) )*(?:\d |two "
            r"|three |four |five |ten )?(?:most (?:important|urgent) )?(?:things?|jobs?|actions?"
            r"|items?) (?:that )?(?:i|we) (?:should"
            r"|must|need to|have to|ought to) (?:do|deal with|tackle|take care of|look at"
            r"|focus on)(?: first)?(?: (?:before|at|by|until)"
            r" (?:opening|closing|we open|the store opens))?(?= (?:today|this morning|now|right now)|\W*$)"
        ),
        "top priorities for today",
    ),
    (
        r"\b(?P<what>needs my attention) (?:before|at|by|until) (?:opening|closing|we open|the store opens)\b",
        r"\g<what>",
    ),
    # --- what is on
    (
        (
            r"\b(?P<which>which|what) (?P<what>promotions?|promos?|offers|deals) (?:run|runs|are on|are live"
            r"|are in force|go on)"
            r"(?= (?:today|now|right now|at the moment|this week)\b)"
        ),
        r"\g<which> \g<what> are running",
    ),
    (
        r"\b(?:supplier|vendor) orders (?P<are>are|were) (?P<how>overdue|late|open|pending)\b",
        r"purchase orders \g<are> \g<how>",
    ),
    # --- prices that change
    (
        (
            r"\b(?P<what>price (?:changes|increases|cuts|updates)|new prices) (?:that )?(?:will "
            r"|are to )?(?:take effect"
            r"|takes effect|taking effect"
            r"|go live|going live|are effective|effective|kick in|start|apply|become effective|come into effect)\b"
        ),
        "price changes",
    ),
    # --- done and still to do
    (
        (
            r"^\W*how many (?P<kind>\w+ )?tasks (?:were|are|have been|got) (?:completed|done|finished"
            r"|closed)(?P<when> [\w ]{0,20}?)?,? (?:versus"
            r"|vs\.?|and(?: how many)?(?: are)?|against|compared (?:to"
            r"|with))(?: how many)?(?: are)? (?:still )?(?:open|outstanding|pending|to do"
            r"|remain(?:ing)?|left)(?=\W*$)"
        ),
        r"how many \g<kind>tasks were completed\g<when>? how many \g<kind>tasks are open",
    ),
)
