"""How the pages of a till's reports are asked for: “margins on my top sellers”, “value at cost and retail”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_BEST = r"(?:top|best|most|highest|fastest)[- ]?(?:selling|sold|seller|sellers)?"
_ITEMS = r"(?:items?|products?|sellers?|skus?|articles?|goods)"
_MARGIN = r"(?:gross |profit |net )*(?:margins?|profitability)(?: %| percent(?:age)?s?)?"
_SPAN = r"(?P<span>(?: (?:yesterday|today|this|last|in|for|over|during|since|at|from|across)\b[^?.!;]*)?)"
REPORT_ROWS: tuple[tuple[str, str], ...] = (
    # --- the best sellers, and a figure of each beside it
    (
        (
            rf"^\W*(?:what(?:'s| is| are| was| were)|show(?: me)?|give me|list) (?:the |my |our )?{_MARGIN}"
            rf" (?:on|of|for|from) (?:the |my |our )?{_BEST} (?P<n>(?:\d+ )?){_ITEMS}{_SPAN}\W*$"
        ),
        r"top \g<n>items by net sales\g<span>, and what's the gross margin % of each?",
    ),
    (
        (
            rf"\b(?P<best>top|best)(?P<n>(?: \d+)?)(?:[- ]selling)? (?P<what>{_ITEMS}|{_ITEMS} by (?:net"
            rf" )?sales){_SPAN},?"
            rf" (?:and|with|plus|including) (?:their|its|the) {_MARGIN}\W*$"
        ),
        r"top\g<n> items by net sales\g<span>, and what's the gross margin % of each?",
    ),
    (
        (
            rf"^\W*(?:what(?:'s| is| are| was| were)? |show(?: me)? )?(?:the |my |our )?(?P<best>top"
            rf"|best)(?P<n>(?: \d+)?)"
            rf"(?:[- ]selling)? (?P<what>{_ITEMS}){_SPAN}? with stock on hand\W*$"
        ),
        r"top\g<n> fastest selling products\g<span> with stock",
    ),
    # --- what stock is worth, at both prices
    (
        (
            r"\b(?:inventory|stock) (?:value|worth)(?: (?:both|at|by|in|of|terms))* (?:cost|retail)(?: prices?)?"
            r" (?:and|vs\.?|versus|or|as well as) (?:at )?(?:cost|retail)(?: prices?| value)?\b"
        ),
        "inventory value",
    ),
    # --- out of stock although it sells
    (
        (
            r"\b(?:what|which (?:items|products)) (?:sold|sells?|sell|has sold|have sold) (?:well|best|the most|a lot)"
            r"(?: (?:last|this) (?:week|month)| lately| recently)? (?:but|and|yet) (?:is|are) (?:now |currently "
            r"|already )?"
            r"(?:out of stock|sold out|out)\b(?: now)?"
        ),
        "best sellers out of stock",
    ),
    # --- how many different ones
    (r"\bwhich brand type\b,?(?: national or private| private or national)?,?", "private label or national brand,"),
    (
        (
            r"^\W*which,? (?:brand type )?(?:national|private)(?: label| brands?)?,? or (?:national|private)(?:"
            r" label| brands?)?"
            r",? (?:generates?|has|have|makes?|brings?(?: in)?|sells?|drives?) (?:the )?(?:more|most|higher)"
            r"(?: (?:net )?(?:sales|revenue))?"
        ),
        "private label vs national brands sales",
    ),
    (
        (
            r"\bprivate label or national brand, (?:generates?|has|have|makes?|brings?(?: in)?|sells?|drives?)"
            r" (?:the )?"
            r"(?:more|most|higher)(?: (?:net )?(?:sales|revenue))?"
        ),
        "private label vs national brands sales",
    ),
    # --- a few that make most of it
    (
        (
            rf"\b(?P<who>(?:which|what) {_ITEMS}) (?:contributes?|accounts? for|generates?|deliver|drive|are behind"
            r"|are responsible for|bring(?: in)?) (?P<share>\d+ ?(?:%|percent)) of (?:the |our |my |all )?"
            r"(?P<what>revenue|sales|turnover)\b"
        ),
        r"\g<who> make up \g<share> of \g<what>",
    ),
    # --- what is bought in
    (
        (
            r"\b(?:which|what) (?P<who>suppliers?|vendors?) (?:do|did|have) (?:i|we) (?:buy|bought|order|ordered"
            r"|purchased?)"
            r" (?:the )?most from\b"
        ),
        r"which \g<who> do I spend the most with",
    ),
    # --- when a price moved last
    (
        (
            r"\b(?:when (?:did|was)|since when has) (?:the )?(?:shelf |selling )?price(?: (?:of|for|on)"
            r" (?P<what>[^?]+?))?"
            r" (?:last )?(?:change|changed|move|moved)(?: (?:the )?last(?: time)?)?\b"
        ),
        r"show price changes of \g<what> in the last 6 months",
    ),
    (
        (r"\bwhen did (?P<what>its price|it|the price) (?:last )?change(?: (?:the )?last(?: time)?)?\W*$"),
        "show its price changes in the last 6 months",
    ),
    # --- households that come back
    (
        (
            r"^\W*(?:which|who are (?:the|our|my)|what are (?:the|our|my)) (?:households|customers|shoppers|members)"
            r"(?: (?:are|who are) (?:the|our|my))? (?:most loyal|biggest fans)\b"
        ),
        "who are my most loyal customers",
    ),
    # --- plans
    (r"\b(?P<a>today's|this week's|this month's|the|our|my|monthly|weekly|daily) sales plan\b", r"\g<a> target"),
    (
        (
            r"\b(?:ahead of|behind|above|below|on|against|vs\.?|versus|over|under|to|hitting|meeting|making)"
            r" (?:the |our )?"
            r"(?:sales )?plan\b(?! (?:a|the|to|for)\b)"
        ),
        r"against target",
    ),
    (
        r"(?P<a>\btargets?\b[^?]*?),? and how far (?:off |along |away |from it )?are we(?: from it)?(?=\W*$)",
        r"\g<a> progress",
    ),
    # --- what is odd
    (
        (
            r"^\W*(?:is |was |are |were )?(?:there )?any(?:thing|body)? ?(?:unusual|odd|strange|weird|off|out of place)"
            r"(?: (?:going on|happening|there))?(?: (?:in|with|about|at))? (?P<when>yesterday|last week|last month"
            r"|this week|this month)(?:'s)?(?: (?:sales|figures|numbers))?\W*$"
        ),
        r"why did sales change \g<when>",
    ),
    (
        (
            r"^\W*(?:(?:is |was |are |were )?(?:there )?any(?:thing|body)? ?(?:unusual|odd|strange|weird|off|out"
            r" of place)"
            r"|what (?:stands|stood|sticks|stuck) out)(?: (?:going on|happening|there))?(?: (?:today|right now|now"
            r"|this morning))?\W*$"
        ),
        "anything out of the ordinary",
    ),
    (
        (
            r"^\W*what (?:stands|stood|sticks|stuck) out (?:in |about )?(?P<when>yesterday|last week|last month"
            r"|this week"
            r"|this month)(?:'s)?(?: (?:sales|figures|numbers))?\W*$"
        ),
        r"why did sales change \g<when>",
    ),
    # --- how a figure comes about
    (
        (
            r"^\W*(?:can|could|would|will) you (?:please )?(?:explain|tell me|say|describe|show me) (?:to me )?how"
            r" (?P<what>[^?]+) (?P<be>is|are) (?P<done>calculated|worked out|computed|defined|measured)\W*$"
        ),
        r"how \g<be> \g<what> \g<done>?",
    ),
    (
        (
            r"^\W*(?:please )?explain (?:to me )?how (?P<what>[^?]+) (?P<be>is|are)"
            r" (?P<done>calculated|worked out|computed|defined|measured)\W*$"
        ),
        r"how \g<be> \g<what> \g<done>?",
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
