"""Words of product pages and checklists for what the readers know by plainer ones.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_ACCOUNT = r"(?:income|age|household size|family size|kids|children|marital status|home ownership)"
_BANDS = r"(?: (?:level|band|group)s?)?"
_TIE = r"(?:relationship|correlation|link|connection|association)"
_BETWEEN = rf"\b(?:is there |was there |what is |what's |show |find )?(?:an? |the )?{_TIE} between (?:household )?"
_MOVES = r"(?:affect|influence|impact|determine|drive)s? (?:how much (?:they|people|households|customers) )?"
_WHO = r"(?:suppliers?|vendors?|wholesalers?|distributors?)"
_OFTEN = r"(?:always|often|usually|regularly|frequently|constantly|consistently|repeatedly|(?:the )?most)"
_DATES = r"(?:the |their |our )?(?:(?:delivery|promised|due|agreed) )?(?:dates?|deadlines?|windows?)"
_LATE = (
    r"(?:deliver(?:s|ing|ed)? late|(?:are|is|being|running) late(?: with (?:deliver(?:y|ies)|orders))?"
    rf"|miss(?:es|ing|ed)? (?:deliveries|{_DATES}))"
)
_REFILL = r"(?:restock\w*|refill\w*|replenish\w*|fill\w*|stock\w*)"
_WANT = r"(?:need|needs|require|requires|should be|must be|want)s?"
_DROP = r"(?:remove|drop|take out|cut|discontinue|stop selling)"
_RANGE = r"(?:catalog(?:ue)?|menu|range|assortment|shelves)"

VENDOR_ROWS: tuple[tuple[str, str], ...] = (
    # --- who is late again and again, and what is late now
    (
        (
            rf"(?:\b(?:which|what) (?:of (?:my|our|the) )?{_WHO}|^\W*{_WHO}|\bwho(?= [^?]*\bdeliver))(?: (?:that|who))?"
            rf"(?: (?:keeps?|kept)(?: on)? {_LATE}| (?:{_OFTEN} )?{_LATE}(?: {_OFTEN}(?: often)?)"
            rf"| {_OFTEN} {_LATE}| (?:are|is) {_OFTEN} late| (?:do|does|did)(?:n't| not) (?:{_OFTEN} )?deliver on time"
            rf"| miss(?:es)? {_DATES})"
            rf"(?=\W*$| (?:last|this|in|since|over|for|at|on)\b)"
        ),
        "which suppliers have the lowest on-time rate",
    ),
    (
        (
            r"\b(?:is |are )?(?:there )?(?:anything|something|what(?:'s| is)|any orders?|any goods|who(?:'s| is)) "
            r"(?:that(?:'s| is) )?(?:(?:running|coming in) )?(?:late|delayed|behind)"
            rf" (?:from|with) (?:any of )?(?:my |our |the |any )?{_WHO}"
        ),
        "which deliveries are overdue",
    ),
    (r"\bteam members?\b", "employees"),
    (r"\b(?:labou?r|staff|employee|workforce) productivity\b", "sales per labor hour"),
    (
        rf"{_BETWEEN}(?P<what>{_ACCOUNT}){_BANDS} and (?:their |the )?(?:total )?(?:spend\w*|sales|purchases)\b",
        r"spending per household by \g<what>",
    ),
    (
        rf"\b(?:does|do|did) (?:household )?(?P<what>{_ACCOUNT}){_BANDS} {_MOVES}(?:spend\w*|sales)\b",
        r"spending per household by \g<what>",
    ),
    (
        rf"\b(?:which|what) shel(?:f|ves) {_WANT}(?: to be)? {_REFILL}\b",
        "which products are off the shelf but in the back room",
    ),
    (
        r"\bin the (?:back ?room|back|stock ?room),? (?:but|and) not on the (?:shelf|shelves|sales floor|floor)\b",
        "off the shelf but in the back room",
    ),
    (
        (
            r"\b(?P<lead>(?:which|what) (?:products?|items?|skus?) (?:should|could|can) (?:i"
            rf"|we)) {_DROP}(?: from (?:my|our|the) {_RANGE})?(?=\W*$)"
        ),
        r"\g<lead> delist",
    ),
    (
        r"\b(?:promotions?|promos?) (?:that |which )?(?:had|with|have|has) (?:a )?negative (?:roi|returns?)\b",
        "promotions that lost money",
    ),
    (
        (
            r"\b(?P<what>sales|revenue|traffic|transactions?|margin)? ?trends? (?:for|of|at|by) (?:each|every|all"
            r"|the) (?:stores?|shops?|locations?)\b(?= (?:over|for|in|during) the (?:last|past) \d+ weeks)"
        ),
        r"\g<what> by store by week",
    ),
    # --- words beside the figure that say nothing of it
    (
        r"\b(?:discounts?|promotions?|coupons?) (?:is|are|was|were) being (?:applied|given|used)\b",
        "discounts did we give",
    ),
    (r"\b(?:highest|largest|biggest) (?P<what>refund|return|void|discount) activity\b", r"most \g<what>s"),
    (r"\bsales transactions\b", "transactions"),
    (r"\b(?:valid|actual) (?=(?:promotions?|coupons?|discounts?)\b)", ""),
    (
        (
            r"\b(?:which|what) (?P<n>\d{1,3}) (?P<who>households|customers|shoppers) (?:have|had) the"
            r" (?:highest|largest|most) (?:total )?spend(?:ing)?\b"
        ),
        r"top \g<n> \g<who> by spend",
    ),
    (r"\bwhat price (?:for|is|of) (?=[a-z])", "what is the price of "),
    # --- whether something worked, said twice
    (
        (
            r",? (?:and|or) would (?:sales|it|they|we) have (?:been|looked|sold|done)(?: (?:the same|as much|as well|so"
            r"|anyway))* (?:without (?:it|them|the promotions?)|anyway)\b"
        ),
        "",
    ),
    # --- what comes back each week, of the last one
    (
        r"\bwhy (?:are|is) weekend (?P<what>sales|revenue|traffic|transactions) (?:down|dropping|falling|declining)\b",
        r"why were \g<what> down last weekend",
    ),
)
