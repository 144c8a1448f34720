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
    "|discounts?|price)"
)
_PEOPLE = (
    "(?:seniors?|families|households?|couples?|singles?|people|customers?|shoppers|homeowners|renters|young|parents"
    r"|high|low|large|small|older|younger)\b"
)
_SOLD = r"(?:sell|sold|make|made|bring in|earn)"

EXERCISE_ROWS: tuple[tuple[str, str], ...] = (
    # --- days and hours at once, the commonest of each
    (
        (
            r"^\W*(?:what are|show(?: me)?|how are)? ?(?:the |our )?(?:daily and hourly|hourly and daily"
            r"|day and hour(?:ly)?) "
            r"(?P<w>sales|transaction|shopping|traffic)s?(?: patterns?| trends?)(?=\W*$)"
        ),
        "transactions by weekday and hour",
    ),
    (
        (
            r"^\W*(?:are there |which |what )+(?:specific |certain |particular )?(?:week)?days?(?: ?/ ?|[- ]and[- ]"
            r"| by |[- ])"
            r"(?:hours?|times?) combinations? (?:that |which |are |do |have )*(?:under-?perform\w*|weak\w*|quiet\w*"
            r"|low\w*|worst)"
            r"(?: sales)?"
        ),
        "lowest net sales by weekday and hour",
    ),
    (
        (
            r"\b(?:what|which) (?:are|is|were|was) (?:the )?most (?:common|popular|frequent) (?P<what>products?|items?"
            r"|categories|brands?|departments?) (?:purchased|bought|sold) (?:by|among|in|for|to) (?=each|every)"
        ),
        r"most popular \g<what> for ",
    ),
    # --- who is described
    (
        (
            r"\bhow many (?:of (?:them|those|these) )?(?:do we|we) (?:know|have)(?: the"
            r"| any)? demographics?(?: (?:data|information|info))?(?: (?:for|of|on|about))?\b"
        ),
        "how many households have demographics",
    ),
    (
        (
            r"\b(?:what|which)(?: is| are|'s| was| were)? (?:the )?(?:single )?(?:best[- ]selling|favou?rite"
            "|top) (?P<what>products?|items?|brands?|departments?) (?=(?:among|amongst|with|for|of|by) )(?!by )"
        ),
        r"top \g<what> ",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>products?|items?|brands?|categor(?:y|ies)|departments?) (?:sells?|sold|does"
            rf"|do|is|are) (?:the )?best (?:with|among|to) (?=(?:the |our )?{_PEOPLE})"
        ),
        r"top \g<what> among ",
    ),
    (
        (
            r"\b(?:average |mean |avg )(?:number|count) of (?P<what>items|units|products|pieces) (?P<in>per|in an?"
            "|in each) (?P<b>basket|transaction|order|trip)(?= (?:by|per|for each|each|every) (?:month|week"
            r"|department|category)\b)"
        ),
        r"\g<what> per \g<b>",
    ),
    (
        (
            r"\b(?:(?:what|which) (?:are|is|were|was) )?(?:the |our )?most[- ](?:purchased|bought) (?P<what>products?"
            rf"|items?|brands?|departments?) (?:by|among|for|of|with) (?=(?:the |our )?{_PEOPLE})"
        ),
        r"top \g<what> by units among ",
    ),
    (
        (
            r"\b(?:(?:what|which) (?:are|is|were|was) )?(?:the |our )?most[- ](?:purchased|bought) (?P<what>products?"
            r"|items?|brands?|categor(?:y|ies)|departments?)\b"
        ),
        r"top \g<what> by units",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>(?:product )?categor(?:y|ies)|departments?|brands?|products?|items?) (?:do "
            "|does )?(?:show up|shows up|appears?|turns? up|are|is|occurs?|feature) in (?:the )?most (?:baskets"
            r"|transactions|orders|trips|carts)\b"
        ),
        r"top \g<what> by how often bought",
    ),
    # --- ages in brackets, young shoppers of an age
    (
        (
            r"(?:\byoung(?:er)? |\bolder )?\b(?P<who>shoppers|customers|people|households|adults) \((?:ages? "
            r"|aged )?(?P<a>\d\d) ?(?:-|to) ?(?P<b>\d\d)\)"
        ),
        r"\g<who> aged \g<a>-\g<b>",
    ),
    (
        (
            r"\b(?P<who>shoppers|customers|people|households|members|families|adults)(?: who are)? aged "
            r"(?P<a>\d\d)(?: ?\+| (?:and|or) (?:over|older|above|up))(?![\w-])"
        ),
        r"\g<who> \g<a> and older",
    ),
    # --- stores of one household
    (
        (
            r"\b(?:how many|average number of|number of) (?:different |distinct )?stores (?:do|does|did|per|has"
            "|have)(?: the| an?| each| every)?(?: average| typical)? (?:household|customer|shopper"
            "|member)s?(?: (?:shop|shopped|visit|visited|use|go|went))*(?: (?:at|in|to))?(?: on average)?"
        ),
        "how many customers shop at several stores",
    ),
    # --- what is in a basket beside what it comes to
    (
        (
            r"\b(?:average |mean |avg\.? )?basket sizes?(?= (?:and|&|vs\.?|versus) (?:the )?(?:average |mean |avg\.? )?"
            r"(?:basket (?:values?|spend)|(?:average )?(?:transaction|order|ticket) values?|aov|atv)\b)"
        ),
        "items per basket",
    ),
    (
        (
            r"(?P<value>\b(?:basket (?:values?|spend)|(?:transaction|order|ticket) values?|aov|atv)),? (?P<and>and|&) "
            r"(?:the )?(?:average |mean |avg\.? )?basket sizes?\b"
        ),
        r"\g<value> \g<and> items per basket",
    ),
    # --- means of a count
    (
        (
            r"\bhow many (?P<what>products|items|skus|brands|categories) (?:does|do) (?:each|every|an?"
            "|the average) (?P<by>manufacturer|brand|maker|department|category) (?:make|have|offer|sell"
            r"|carry)(?: on average)\b"
        ),
        r"how many \g<what> does each \g<by> have",
    ),
    (
        (
            r"\baverage number of (?P<what>products|items|skus|brands) (?:per|by|for each|in each|of each"
            r"|made by each) (?P<by>manufacturer|brand|maker|department|category)\b"
        ),
        r"how many \g<what> does each \g<by> have",
    ),
    # --- own label and other brands
    (
        (
            r"\bratio of (?:national(?: brands?)?|name brands?|private[- ]label|store[- ]brands?"
            r"|own[- ]label)(?: sales)? (?:to|and|vs\.?|versus|over) (?:national(?: brands?)?|name brands?"
            "|private[- ]label|store[- ]brands?|own[- ]label)(?: (?:sales|products|brands))?"
        ),
        "private label share",
    ),
    (
        (
            r"^\W*(?:is|are|did|has) (?:our )?(?:private[- ]label|store[- ]brands?|own[- ](?:label"
            "|brand)s?) (?:growing|grow|grew|grown|selling|doing|performing) (?:faster|slower|better|worse|more"
            "|less)(?: than (?:national |name |the other |other )?brands?(?: are)?)?"
        ),
        "private label and national brand sales growth",
    ),
    # --- what growth ranks
    (
        (
            r"\b(?P<top>top|biggest) (?P<n>\d{1,2} )?(?:fastest[- ])?(?:growing|growth) (?P<what>departments"
            r"|categories|brands|manufacturers|stores)\b"
        ),
        r"top \g<n>\g<what> by sales growth",
    ),
    (
        (
            r"\b(?:top|bottom|worst) (?P<n>\d{1,2} )?(?:fastest[- ])?(?:declining|shrinking"
            r"|falling) (?P<what>departments|categories|brands|manufacturers|stores)\b"
        ),
        r"bottom \g<n>\g<what> by sales growth",
    ),
    (
        (
            r"\b(?P<who>which|what) (?P<what>categor(?:y|ies)|departments?"
            "|stores?) (?:lost) (?:the )?(?:most )?(?P<f>(?:gross )?(?:margin|profit)(?: dollars)?|sales|revenue"
            r"|units|volume) (?=(?:this|last|in|since|against|vs|versus|compared|over|during)\b|\W*$)"
        ),
        r"\g<who> \g<what> \g<f> fell the most ",
    ),
    (
        (
            r"\b(?P<who>which|what) (?P<what>categor(?:y|ies)|departments?"
            "|stores?) (?:gained) (?:the )?(?:most )?(?P<f>(?:gross )?(?:margin|profit)(?: dollars)?|sales|revenue"
            r"|units|volume) (?=(?:this|last|in|since|against|vs|versus|compared|over|during)\b|\W*$)"
        ),
        r"\g<who> \g<what> \g<f> grew the most ",
    ),
    (
        (
            r"\b(?P<n>(?:what |which )?(?:share|percent(?:age)?|proportion|%) of (?:our |the |all )*(?:products?|skus?"
            r"|items?)) (?:that )?(?:had|have|with|having) (?:no|zero|0) sales\b"
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
            r"\bhow many (?P<who>households|customers|shoppers) (?:bought|purchased|ordered) (?:nothing"
            r"|no(?:t a)? thing) (?:in|over|during|for) (?:the )?(?:last|past) month\b"
        ),
        r"how many \g<who> have not bought in the last 30 days",
    ),
    (
        (
            r"\bhow many (?P<who>households|customers|shoppers) (?:bought|purchased|ordered) (?:nothing) (?:in|over"
            r"|during|for) (?:the )?(?:last|past) (?P<n>\d{1,3}) (?P<u>days|weeks|months)\b"
        ),
        r"how many \g<who> have not bought in the last \g<n> \g<u>",
    ),
    (
        (
            r"\bwhat did (?:people|customers|shoppers|households|everyone) (?:buy"
            r"|purchase) (?:the )?most(?: of)?\b(?! (?:often|with|at))"
        ),
        "top products by units",
    ),
    # --- as income goes up
    (
        (
            rf"\bhow (?:does|do|did) (?P<what>.{{3,50}}?) (?:change|vary|differ|move|develop) (?:as|when"
            rf"|with) (?:the )?(?:household )?(?P<by>{_KIND})(?: {_MOVES})?(?=\W*$)"
        ),
        r"\g<what> by \g<by>",
    ),
    # --- which end is shown first
    (
        (
            r"^\W*(?:the )?(?:average |avg\.? )?(?P<what>(?:gross )?margin(?: ?%| rate"
            rf"| percent(?:age)?)?) (?P<by>(?:by|per|for each) {_GROUP})(?P<rest>[^,?]*)[, ]+(?:sorted |ranked "
            r"|ordered )?(?:from )?(?:the )?(?:lowest|smallest|worst|low)(?: (?:to (?:the )?high(?:est)?|first))\b"
        ),
        r"bottom 10 \g<by> by margin %\g<rest>",
    ),
    (
        (
            r"^\W*(?:the )?(?:average |avg\.? )?(?P<what>(?:gross )?margin(?: ?%| rate"
            rf"| percent(?:age)?)?) (?P<by>(?:by|per|for each) {_GROUP})(?P<rest>[^,?]*)[, ]+(?:sorted |ranked "
            r"|ordered )?(?:from )?(?:the )?(?:highest|largest|best|high)(?: (?:to (?:the )?low(?:est)?|first))\b"
        ),
        r"top 10 \g<by> by margin %\g<rest>",
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
            rf"\b(?P<end>biggest|largest|top|worst)(?P<n> \d{{1,2}})? (?P<what>{_FIGURE}) (?P<who>decliners|losers"
            r"|fallers|gainers|risers|climbers)\b"
        ),
        r"\g<end>\g<n> \g<who> in \g<what>",
    ),
    # --- both ends of a ranking
    (
        (
            r"\b(?:the )?(?P<a>top|best) (?P<n>\d{1,2}|three|five|ten) and (?:the )?(?P<b>bottom|worst) (?P<m>\d{1,2}"
            "|three"
            rf"|five|ten) (?P<what>{_GROUP})(?P<rest>[^?]*)"
        ),
        r"\g<a> \g<n> \g<what>\g<rest>? \g<b> \g<m> \g<what>\g<rest>",
    ),
    # --- how many of each and what each sells
    (
        (
            r"(?P<a>\b(?:how many|number of) (?:products|skus|items|brands)\b[^?]*?\b(?:by|per|in each"
            r"|each) (?P<by>department|category|brand|store)\b[^?]*?),? and (?:how much|what) (?:does|do|did) (?:each"
            rf"|they|it)(?: one| of them)? {_SOLD}\b"
        ),
        r"\g<a>? sales by \g<by>",
    ),
    (
        (
            r"\bhow many (?P<what>products|skus|items|brands) (?:do|does) (?:we|the stores?) (?:carry|have|stock|sell"
            r"|offer) (?:per|by|in each|in every) (?P<by>department|category|brand)\b"
        ),
        r"how many \g<what> does each \g<by> have",
    ),
    # --- eighty-twenty
    (
        (
            r"\b(?:which|what|do) (?:the )?(?:top )?(?P<n>\d{1,2}) ?(?:%|percent|per cent) of (?:our "
            "|the )?(?P<what>products|skus|items|brands|categories) (?:make(?: up)?|bring(?: in)?|generate|drive"
            r"|account for) (?P<m>\d{1,2}) ?(?:%|percent|per cent) of (?:our |the )?(?P<rest>sales|revenue|units"
            "|margin)"
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
            r"\bwhat happens to (?:the )?(?:sales|demand|units|volume) (?:of|for) (?P<what>[\w &'-]{2,40}?) (?:when"
            "|if) (?:it's|its|it is|they are|they're|we (?:take|put|mark|sell) (?:it"
            r"|them)(?: on sale)?(?: at)?) (?P<n>\d{1,2}) ?(?:%|percent|per cent) (?:off|cheaper|lower)"
        ),
        r"what happens if we cut \g<what> prices by \g<n> percent",
    ),
    # --- who redeemed most
    (
        (
            r"\b(?:which|what) (?P<what>manufacturers?|brands?|makers?) (?:sell|are|is|sells) (?:in"
            r"|across) (?:the )?(?:most|largest number of) (?P<of>departments|categories)\b"
        ),
        r"which \g<what> has the most \g<of>",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
