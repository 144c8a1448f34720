"""Exercises on loyalty data and analysts' shorthand put into plainer words: lowest first, decliners, as income grows.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_GROUP = r"(?:departments?|categor(?:y|ies)|brands?|manufacturers?|stores?|products?|skus?|items?|months?|weeks?)"
_KIND = r"(?:income|age|household size|family size|number of (?:kids|children)|kids)"
_MOVES = (
    r"(?:goes up|rises?|increases?|grows?|gets? (?:higher|larger|bigger|older)|changes?|goes down|falls?|decreases?)"
)
_FIGURE = (
    r"(?:(?:gross )?(?:margin|profit)(?: dollars?| \$| %)?|(?:net )?sales(?: dollars?)?|revenue|units?|volume"
    r"|discounts?|price)"
)
_PEOPLE = (
    r"(?:seniors?|families|households?|couples?|singles?|people|customers?|shoppers|homeowners|renters|young"
    r"|parents|high"
    r"|low|large|small|older|younger)\b"
)
_SOLD = r"(?:sell|sold|make|made|bring in|earn)"

EXERCISE_ROWS: tuple[tuple[str, str], ...] = (
    # --- who is described
    (
        (
            r"\bhow many (?:of (?:them|those|these) )?(?:do we|we) (?:know|have)(?: the| any)? demographics?"
            r"(?: (?:data|information|info))?(?: (?:for|of|on|about))?\b"
        ),
        "how many households have demographics",
    ),
    (
        (
            r"\b(?:what|which)(?: is| are|'s| was| were)? (?:the )?(?:single )?(?:most popular|best[- ]selling"
            r"|favou?rite|top)"
            r" (?P<what>products?|items?|brands?|departments?) (?=(?:among|amongst|with|for|of|by) )(?!by )"
        ),
        r"top \g<what> ",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>products?|items?|brands?|categor(?:y|ies)|departments?) (?:sells?|sold"
            r"|does|do|is|are)"
            rf" (?:the )?best (?:with|among|to) (?=(?:the |our )?{_PEOPLE})"
        ),
        r"top \g<what> among ",
    ),
    (
        (
            r"\b(?:average |mean |avg )(?:number|count) of (?P<what>items|units|products|pieces) (?P<in>per|in "
            r"an?|in each)"
            r" (?P<b>basket|transaction|order|trip)(?= (?:by|per|for each|each|every) (?:month|week|department"
            r"|category)\b)"
        ),
        r"\g<what> per \g<b>",
    ),
    # --- as income goes up
    (
        (
            rf"\bhow (?:does|do|did) (?P<what>.{{3,50}}?) (?:change|vary|differ|move|develop) (?:as|when|with)"
            rf" (?:the )?(?:household )?(?P<by>{_KIND})(?: {_MOVES})?(?=\W*$)"
        ),
        r"\g<what> by \g<by>",
    ),
    # --- which end is shown first
    (
        (
            r"^\W*(?:the )?(?:average |avg\.? )?(?P<what>(?:gross )?margin(?: ?%| rate| percent(?:age)?)?)"
            rf" (?P<by>(?:by|per|for each) {_GROUP})(?P<rest>[^,?]*)[, ]+(?:sorted |ranked |ordered )?(?:from )?"
            r"(?:the )?(?:lowest|smallest|worst|low)(?: (?:to (?:the )?high(?:est)?|first))\b"
        ),
        r"bottom 10 \g<by> by margin %\g<rest>",
    ),
    (
        (
            r"^\W*(?:the )?(?:average |avg\.? )?(?P<what>(?:gross )?margin(?: ?%| rate| percent(?:age)?)?)"
            rf" (?P<by>(?:by|per|for each) {_GROUP})(?P<rest>[^,?]*)[, ]+(?:sorted |ranked |ordered )?(?:from )?"
            r"(?:the )?(?:highest|largest|best|high)(?: (?:to (?:the )?low(?:est)?|first))\b"
        ),
        r"top 10 \g<by> by margin %\g<rest>",
    ),
    (
        (
            r"[, ]+(?:sorted |ranked |ordered )?(?:from )?(?:the )?(?P<end>lowest|highest|smallest|largest|worst|best)"
            r" first(?=\W*$)"
        ),
        "",
    ),
    (r"\b(?P<end>top|bottom) 10 (?:by|per|for each) (?P<what>categor)y\b", r"\g<end> 10 \g<what>ies"),
    (
        (
            r"\b(?P<end>top|bottom) 10 (?:by|per|for each) (?P<what>department|brand|manufacturer|store|product|sku"
            r"|item)\b"
        ),
        r"\g<end> 10 \g<what>s",
    ),
    (r"\baverage (?P<what>(?:gross )?margins?) (?=by|per|for each)", r"\g<what> % "),
    # --- gainers and decliners of a figure
    (
        (
            rf"\b(?P<end>biggest|largest|top|worst)(?P<n> \d{{1,2}})? (?P<what>{_FIGURE}) (?P<who>decliners"
            rf"|losers|fallers"
            r"|gainers|risers|climbers)\b"
        ),
        r"\g<end>\g<n> \g<who> in \g<what>",
    ),
    # --- both ends of a ranking
    (
        (
            r"\b(?:the )?(?P<a>top|best) (?P<n>\d{1,2}|three|five|ten) and (?:the )?(?P<b>bottom|worst) "
            r"(?P<m>\d{1,2}|three"
            rf"|five|ten) (?P<what>{_GROUP})(?P<rest>[^?]*)"
        ),
        r"\g<a> \g<n> \g<what>\g<rest>? \g<b> \g<m> \g<what>\g<rest>",
    ),
    # --- how many of each and what each sells
    (
        (
            rf"(?P<a>\b(?:how many|number of) (?:products|skus|items|brands)\b[^?]*?\b(?:by|per|in each|each) "
            rf"(?P<by>department"
            rf"|category|brand|store)\b[^?]*?),? and (?:how much|what) (?:does|do|did) (?:each|they|it)(?: one| "
            rf"of them)?"
            rf" {_SOLD}\b"
        ),
        r"\g<a>? sales by \g<by>",
    ),
    (
        (
            r"\bhow many (?P<what>products|skus|items|brands) (?:do|does) (?:we|the stores?) (?:carry|have|stock"
            r"|sell|offer)"
            r" (?:per|by|in each|in every) (?P<by>department|category|brand)\b"
        ),
        r"how many \g<what> does each \g<by> have",
    ),
    # --- eighty-twenty
    (
        (
            r"\b(?:which|what|do) (?:the )?(?:top )?(?P<n>\d{1,2}) ?(?:%|percent|per cent) of (?:our |the "
            r")?(?P<what>products"
            r"|skus|items|brands|categories) (?:make(?: up)?|bring(?: in)?|generate|drive|account for) (?P<m>\d{1,2})"
            r" ?(?:%|percent|per cent) of (?:our |the )?(?P<rest>sales|revenue|units|margin)"
        ),
        r"what share of \g<rest> do the top \g<n>% of \g<what> make",
    ),
    # --- right prices
    (
        r"^\W*(?:are we|is our|are our) (?:priced|pricing) (?:right|correctly|well|too (?:high|low)) (?:on|for|in) ",
        "price elasticity of ",
    ),
    (
        (
            r"^\W*(?:is|are) (?:the |our )?(?P<what>[\w &'-]{2,40}?) priced (?:right|correctly|well|too (?:high"
            r"|low))(?=\W*$)"
        ),
        r"price elasticity of \g<what>",
    ),
    (
        (
            r"\bwhat happens to (?:the )?(?:sales|demand|units|volume) (?:of|for) (?P<what>[\w &'-]{2,40}?) (?:when|if)"
            r" (?:it's|its|it is|they are|they're|we (?:take|put|mark|sell) (?:it|them)(?: on sale)?(?: at)?)"
            r" (?P<n>\d{1,2}) ?(?:%|percent|per cent) (?:off|cheaper|lower)"
        ),
        r"what happens if we cut \g<what> prices by \g<n> percent",
    ),
    # --- who redeemed most
    (
        (
            r"\b(?:which|what) (?P<what>manufacturers?|brands?|makers?) (?:sell|are|is|sells) (?:in|across) (?:the "
            r")?(?:most|largest"
            r" number of) (?P<of>departments|categories)\b"
        ),
        r"which \g<what> has the most \g<of>",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
