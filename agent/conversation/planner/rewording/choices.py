"""What to keep, give up, put on offer or give room to, and how many of something, put into plainer words."""

from __future__ import annotations

_GOODS = r"(?:products?|items?|skus?|articles?)"
_PLACES = r"(?:stores?|shops?|locations?|branch(?:es)?)"

CHOICE_ROWS: tuple[tuple[str, str], ...] = (
    # --- counts and means
    (
        (
            rf"\bhow many (?P<what>{_GOODS}|units|pieces) (?P<per>(?:per|in (?:a|an|each|every)) (?:basket"
            rf"|transaction|sale|order))"
            r" on average\b"
        ),
        r"how many \g<what> \g<per>",
    ),
    (
        (
            rf"\b(?:which|what) two (?P<what>{_GOODS}) (?=(?:are|is|get|were) (?:most )?(?:often |frequently "
            rf"|commonly )?"
            r"(?:bought|sold|purchased) )"
        ),
        r"which \g<what> ",
    ),
    (
        (
            rf"\b(?P<a>{_GOODS}) (?:that |which )?(?:haven't|have not|hasn't|has not) (?:sold"
            rf"|moved)(?= since\b)"
        ),
        r"\g<a> not sold",
    ),
    (
        (
            rf"\b(?:which |what )?{_GOODS} (?:have|has|with|that have) (?:more than|over|at least"
            rf"|above) (?P<n>\d{{2,3}}) days(?:'| worth)? (?:of )?(?:stock|cover|inventory|supply"
            r"|stock on hand)(?: left| on hand)?\b"
        ),
        r"overstock over \g<n> days",
    ),
    # --- beside others
    (
        (
            r"\b(?:are|do) (?:the )?(?:customers|shoppers|households|people) (?:who|that) (?:redeem|use)(?: the| our"
            "| any)? coupons? (?:more valuable|worth more|better customers|bigger spenders) (?:than"
            r"|to us than) .{3,40}?(?=\W*$)"
        ),
        "do coupon redeemers spend more than others",
    ),
    (
        (
            rf"\b(?:which|what) {_PLACES} (?:is|are) (?:the )?(?:furthest|farthest|most) (?:from|behind|below"
            rf"|short of|off)"
            r" (?:its |their |the |our )?(?:targets?|goals?|plan|budget)\b"
        ),
        "which stores are behind target",
    ),
    (
        (
            r"\bcompare (?P<who>[a-z0-9][\w' ]{2,30}?) (?:to|with|against) (?:the |its )?district(?:'s)? (?:average"
            r"|mean)(?=\W*$| (?:last|this|in|for|yesterday)\b)"
        ),
        r"how does \g<who> compare to the rest of the district",
    ),
    # --- room
    (
        (
            r"\b(?:which|what) shelf (?:positions?|places?|spots?|locations?) (?:is|are) (?:wrong|off|incorrect"
            r"|not right)\b"
        ),
        "which items are in the wrong place",
    ),
    (
        (
            r"^\W*(?:give|allocate|assign|add) (?P<way>more|less) (?:shelf )?space to (?:which|what) (?P<who>categories"
            r"|departments)(?=\W*$)"
        ),
        r"which \g<who> need \g<way> space",
    ),
    (
        (
            r"\b(?:is|are) (?:the |a )?(?:display|end ?cap)s?(?: (?:at|in|by|near) (?:the )?(?:front|entrance"
            "|end))?(?: of (?:the )?(?:store|shop))? (?:better|more effective|stronger) than (?:the |a )?(?:mailers?"
            r"|flyers?|circular)\b"
        ),
        "is display better than mailer",
    ),
    # --- to give up
    (
        (
            rf"\b(?:what|which {_GOODS}) (?:should|could|can|do) (?:we|i) (?:stop (?:ordering|buying|selling"
            rf"|carrying)|delist"
            r"|discontinue|phase out)\b"
        ),
        "which products should we drop from the range",
    ),
    # --- offers and orders
    (
        (
            r"^\W*(?:please )?put (?P<what>.{2,60}?) on (?:sale|offer|special|promotion)(?:,? (?:at|for"
            r"|with))? (?P<n>\d{1,2})"
            r" ?(?:%|percent|per cent) off(?= (?:this |over the |for the |the )weekend\b)"
        ),
        r"run \g<n>% off on \g<what>",
    ),
    (
        (
            r"\brun an? (?P<n>\d{1,2}) ?(?:%|percent|per cent) off (?:promotion|promo|sale|offer|deal"
            r"|special) (?:on|for) "
        ),
        r"run \g<n>% off on ",
    ),
    (
        (
            r"^\W*(?:please )?(?:cancel|stop|take back|remove|reverse|lift) (?:the |that |my )?(?:markdown"
            r"|price cut|reduction"
            r"|price change)(?: (?:on|of|for) .+)?$"
        ),
        "cancel the markdown",
    ),
    (
        (
            r"\b(?:draft|create|make|write|prepare|place) (?:an?|the|my) (?:purchase )?orders? for (?:the |all "
            rf"|all the )?{_GOODS} (?:that are |which are )?(?:about to run out|running (?:out|low)|low(?: on stock)?"
            r"|out of stock)\b"
        ),
        "create a purchase order for everything that is below its reorder point",
    ),
    (
        r"\bwhere does (?:the |your |this )(?P<what>[\w ]{3,30}?) (?:number|figure) come from\b",
        r"how is \g<what> calculated",
    ),
    (r"\bhow many (?:customers|people|shoppers|guests) came in\b", "how many visitors came in"),
    (
        (
            r"^\W*(?:which|what|who are the|find|list) (?:customers|shoppers|households) (?:who |that |with )?(?:(?:buy"
            r"|shop|visit|come|order|purchase)(?: from us| in)? (?:the )?most (?:often|frequently|regularly)\b"
            r"|(?:(?:have|has|had|made|place|placed) )?(?:the )?(?:most|highest number of|greatest number of) (?:orders"
            r"|transactions|purchases|visits|trips|receipts|baskets)\b)"
        ),
        "top customers by number of visits",
    ),
)
