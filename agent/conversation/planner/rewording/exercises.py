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
            r"\b(?:what|which)(?: is| are|'s| was| were)? (?:the )?(?:single )?(?:best[- ]selling"
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
    (
        (
            r"\b(?:(?:what|which) (?:are|is|were|was) )?(?:the |our )?most[- ](?:purchased|bought) "
            r"(?P<what>products?|items?"
            rf"|brands?|departments?) (?:by|among|for|of|with) (?=(?:the |our )?{_PEOPLE})"
        ),
        r"top \g<what> by units among ",
    ),
    (
        (
            r"\b(?:(?:what|which) (?:are|is|were|was) )?(?:the |our )?most[- ](?:purchased|bought) "
            r"(?P<what>products?|items?"
            r"|brands?|categor(?:y|ies)|departments?)\b"
        ),
        r"top \g<what> by units",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>(?:product )?categor(?:y|ies)|departments?|brands?|products?|items?) "
            r"(?:do |does )?(?:show up"
            r"|shows up|appears?|turns? up|are|is|occurs?|feature) in (?:the )?most (?:baskets|transactions"
            r"|orders|trips|carts)\b"
        ),
        r"top \g<what> by how often bought",
    ),
    # --- ages in brackets, young shoppers of an age
    (
        (
            r"(?:\byoung(?:er)? |\bolder )?\b(?P<who>shoppers|customers|people|households|adults) \((?:ages? |aged "
            r")?(?P<a>\d\d) ?(?:-|to)"
            r" ?(?P<b>\d\d)\)"
        ),
        r"\g<who> aged \g<a>-\g<b>",
    ),
    # --- stores of one household
    (
        (
            r"\b(?:how many|average number of|number of) (?:different |distinct )?stores (?:do|does|did|per|has"
            r"|have)(?: the| an?| each"
            r"| every)?(?: average| typical)? (?:household|customer|shopper|member)s?(?: (?:shop|shopped|visit"
            r"|visited|use|go|went))*"
            r"(?: (?:at|in|to))?(?: on average)?"
        ),
        "how many customers shop at several stores",
    ),
    # --- means of a count
    (
        (
            r"\bhow many (?P<what>products|items|skus|brands|categories) (?:does|do) (?:each|every|an?|the "
            r"average) (?P<by>manufacturer"
            r"|brand|maker|department|category) (?:make|have|offer|sell|carry)(?: on average)\b"
        ),
        r"how many \g<what> does each \g<by> have",
    ),
    (
        (
            r"\baverage number of (?P<what>products|items|skus|brands) (?:per|by|for each|in each|of each|made "
            r"by each) (?P<by>manufacturer"
            r"|brand|maker|department|category)\b"
        ),
        r"how many \g<what> does each \g<by> have",
    ),
    # --- own label and other brands
    (
        (
            r"\bratio of (?:national(?: brands?)?|name brands?|private[- ]label|store[- ]brands?"
            r"|own[- ]label)(?: sales)? (?:to|and|vs\.?"
            r"|versus|over) (?:national(?: brands?)?|name brands?|private[- ]label|store[- ]brands?"
            r"|own[- ]label)(?: (?:sales|products"
            r"|brands))?"
        ),
        "private label share",
    ),
    (
        (
            r"^\W*(?:is|are|did|has) (?:our )?(?:private[- ]label|store[- ]brands?|own[- ](?:label|brand)s?) "
            r"(?:growing|grow|grew|grown"
            r"|selling|doing|performing) (?:faster|slower|better|worse|more|less)(?: than (?:national |name "
            r"|the other |other )?brands?(?: are)?)?"
        ),
        "private label and national brand sales growth",
    ),
    # --- what growth ranks
    (
        (
            r"\b(?P<top>top|biggest) (?P<n>\d{1,2} )?(?:fastest[- ])?(?:growing|growth) (?P<what>departments"
            r"|categories|brands"
            r"|manufacturers|stores)\b"
        ),
        r"top \g<n>\g<what> by sales growth",
    ),
    (
        (
            r"\b(?:top|bottom|worst) (?P<n>\d{1,2} )?(?:fastest[- ])?(?:declining|shrinking|falling) "
            r"(?P<what>departments|categories"
            r"|brands|manufacturers|stores)\b"
        ),
        r"bottom \g<n>\g<what> by sales growth",
    ),
    (
        (
            r"\b(?P<who>which|what) (?P<what>categor(?:y|ies)|departments?|stores?) (?:lost) (?:the )?(?:most )?"
            r"(?P<f>(?:gross )?(?:margin|profit)(?: dollars)?|sales|revenue|units|volume) (?=(?:this|last|in"
            r"|since|against|vs|versus|compared"
            r"|over|during)\b|\W*$)"
        ),
        r"\g<who> \g<what> \g<f> fell the most ",
    ),
    (
        (
            r"\b(?P<who>which|what) (?P<what>categor(?:y|ies)|departments?|stores?) (?:gained) (?:the )?(?:most )?"
            r"(?P<f>(?:gross )?(?:margin|profit)(?: dollars)?|sales|revenue|units|volume) (?=(?:this|last|in"
            r"|since|against|vs|versus|compared"
            r"|over|during)\b|\W*$)"
        ),
        r"\g<who> \g<what> \g<f> grew the most ",
    ),
    (
        (
            r"\b(?P<n>(?:what |which )?(?:share|percent(?:age)?|proportion|%) of (?:our |the |all "
            r")*(?:products?|skus?|items?)) (?:that )?"
            r"(?:had|have|with|having) (?:no|zero|0) sales\b"
        ),
        r"\g<n> never sold",
    ),
    # --- discounts
    (
        r"\bhow deep (?:are|is|were|was) (?:the |our )?(?:average )?discounts?(?: on average)?\b(?! should)",
        "what is the discount rate",
    ),
    (r"\bdiscount rate on average\b", "discount rate"),
    # --- nothing bought
    (
        (
            r"\bhow many (?P<who>households|customers|shoppers) (?:bought|purchased|ordered) (?:nothing|no(?:t "
            r"a)? thing)"
            r" (?:in|over|during|for) (?:the )?(?:last|past) month\b"
        ),
        r"how many \g<who> have not bought in the last 30 days",
    ),
    (
        (
            r"\bhow many (?P<who>households|customers|shoppers) (?:bought|purchased|ordered) (?:nothing)"
            r" (?:in|over|during|for) (?:the )?(?:last|past) (?P<n>\d{1,3}) (?P<u>days|weeks|months)\b"
        ),
        r"how many \g<who> have not bought in the last \g<n> \g<u>",
    ),
    (
        (
            r"\bwhat did (?:people|customers|shoppers|households|everyone) (?:buy|purchase) (?:the )?most(?: "
            r"of)?\b(?! (?:often|with|at))"
        ),
        "top products by units",
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
