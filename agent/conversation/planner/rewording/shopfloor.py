"""How managers on the floor type: a greeting first, “not a single one”, “anything weird?”, “had the best Sunday”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week ?end)"
_HI = r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|(?:morning|yo)(?=(?: \w+)?[,!.]))"
_WHOM = r"(?: (?:there|bot|floorwalker|all|team|everyone|guys|again))*"
_ODD = r"(?:weird|fishy|strange|odd|unusual|suspicious|abnormal|off|out of the ordinary|out of line)"
_ANYWHERE = r"(?: (?:in|at|with) (?:my|our|the|any of my) (?:stores?|shops?|numbers|figures|sales|data))?"
SHOPFLOOR_ROWS: tuple[tuple[str, str], ...] = (
    (rf"^\W*{_HI}{_WHOM}[ ,!.:-]+(?=[\w']+ \w)", ""),
    (
        (r"^\W*(?:yo|oi|so|ok so|well|um+|uh|erm?|listen|pls|please)[ ,]+(?=(?:what|which|how|who|when|where)(?:'s"
        r"|s)? )"),
        "",
    ),
    ((r"^\W*(?:thanks|thank you|thx|ty|cheers|great|perfect|ok thanks)[!,. ]+(?:and |now |but |also )*"
     r"(?=(?:what|which|how|show|who|when|where|is|are|do|did|can|list|give|top|sales)\b \w)"), ""),
    (r"^\W*(?:quick (?:one|question)|question|one more(?: thing| question)?)[ ,:-]+(?=\w+ \w)", ""),
    # --- what did not sell
    ((r"\bdid(?:n'?t| not) (?:sell|move|shift) (?:even )?(?:a single|one single|one|any)(?: (?:one|units?|pieces?"
     r"|items?))?"
     r"(?: of)?\b"), "did not sell"),
    (r"\b(?:(?:had|has|have|with|but|and)(?: had)? )?(?:zero|0|not a single|not one|nil) (?:sales?|units? sold|sold)\b",
     "not sold"),
    (r"\bwe (?:have|had|got) (?:it |them )?(?:in stock|on hand)\b", "in stock"),
    # --- the best Sunday
    ((rf"\b(?P<who>which|what) (?P<what>stores?|shops?|locations?|departments?|depts?|categor(?:y|ies))"
     rf" (?:had|has|have|did|got|saw) (?:the |our |its |their )?"
     rf"(?P<rank>best|worst|strongest|weakest|slowest|biggest|highest|lowest) (?P<when>(?:last )?{_DAYS})\b"),
     r"\g<who> \g<what> had the \g<rank> sales \g<when>"),
    # --- what is out of line
    ((rf"^\W*(?:(?:is|are|was|were) there |do you see |did you (?:notice|see) |have you (?:noticed|seen) |see )?"
     rf"(?:anything|something) {_ODD}(?: (?:going on|happening|stuff|there|here))?{_ANYWHERE}(?=\W*$)"),
     "what needs my attention"),
    (rf"^\W*what(?:'s| is| was) {_ODD}(?: here)?{_ANYWHERE}(?=\W*$)", "what needs my attention"),
    (
        r"^\W*what(?:'s| is) (?:up|new|happening|going on)(?: today| now| here)?(?=\W*$)",
        "what needs my attention today",
    ),
    (
        r"^\W*(?:(?:did we have|were there|are there|was there|have we had) )?any (?P<what>refunds|returns)(?! rate)\b",
        r"show me every \g<what>",
    ),
    (
        (
            r"\bwhere(?:'s| is| are) (?:my|our|the) (?!.*\bcoming from\b)(?=(?:foot ?traffic|traffic|sales|margins?"
            r"|conversion|labou?r|transactions)\b)"
        ),
        "what is our ",
    ),
    (r"\bhow many hours did (?:we|they|the stores?) (?:staff|schedule|use|work)\b", "labour hours"),
    (
        (r"\b(?:what(?:'s| is| does| will)|how(?:'s| is| does| will)) (?P<when>tomorrow|next week|next month|the "
        r"(?:coming |next )?weekend"
        r"|this weekend|the rest of the (?:week|month)) (?:going to |gonna )?look(?:ing)?(?: like)?\b"),
        r"forecast sales for \g<when>",
    ),
    (
        (r"^\W*(?:give me|tell me|list|name|what are) (?:the )?(?:top |first )?(?:\d|two|three|four|five) "
        r"(?:things|problems|issues)"
        r" (?:that )?(?:i|we) (?:should|need to|must|have to|can) (?:fix|do|look at|work on|improve|tackle)(?: "
        r"first)?"),
        "what needs my attention",
    ),
    (
        (r"^\W*(?:the |our )?(?P<what>(?!sales|traffic|margins?|we\b|it\b|numbers|customers|transactions"
        r"|conversion|revenue|why|what"
        r"|which|who|how)[a-z][\w ]{2,30}?) (?:is|are) (?P<how>broken|leaking|not working|out of order|blocked)"
        r"(?:,? (?:and |please |pls )*(?:tell|call|inform|let) (?:the )?(?:maintenance|somebody|someone|team)(?: "
        r"know)?)?(?=\W*$)"),
        r"report the \g<what> \g<how>",
    ),
    # --- money in the till
    ((r"\bhow much (?P<how>cash|card|credit card|gift card|wallet) (?:money )?(?:did|do|does|have|has) "
     r"(?!(?:each|every|the stores|all|(?:i|we) have)\b)(?P<who>.+?) (?:take|taken|collect|ring up|bring in"
     r"|brought in|make|get"
     r"|have)(?: in)?"
     r"(?=\W*$| (?:on|in|at|last|this|yesterday|today|over|during|between|from|since)\b)"),
     r"\g<how> payments at \g<who>"),
    (r"\bhow many (?P<what>refunds|returns)\b(?! (?:rate|%))", r"show me every \g<what>"),
    ((r"(?P<what>\b(?:refunds|returns|voids)\b[^?]*?),? (?:and )?how (?:many|much)(?: (?:and|&) how (?:much|many))?"
     r"(?: (?:money|in total|was (?:it|that)|is (?:it|that)))?(?=\W*$)"), r"show me every \g<what>"),
    # --- a share of each one's own
    ((r"\b(?P<share>percent(?:age)?|share|proportion) of (?:each|every) (?P<group>store|shop|branch|location)['’]s "
      r"(?P<what>transactions|baskets|orders|receipts|trips) (?P<how>[^?]+?)(?=\W*$)"),
     r"\g<share> of \g<what> \g<how> by \g<group>"),
    # --- both ends of a list in one breath
    ((r"\bwhat(?:'s| is| are)? (?:selling|sells|sold|moving|moves)(?: (?:well|best|fast))?,? (?:and|but) what"
      r"(?:(?:'s| is| are| does| do| did)(?: not|n't)|n't)(?: (?:selling|sell|sold|moving|move))?(?: (?:well|at all))?"
      r"(?=\W*$| (?:in|at|last|this|yesterday|on)\b)"), "best and worst sellers"),
    # --- over and done
    ((r"\b(?P<what>what|which) (?:promos?|promotions?|offers?|deals|specials) (?:are|is|do we have) (?:on|running|live"
     r"|active|going(?: on)?)(?: right now| now| at the moment| currently)?(?=\W*$| (?:in|at|for|on)\b)"),
     r"\g<what> products are on promotion today"),
)  # fmt: skip
