"""How owners of a shop speak of their stock: what runs out, what lies, where the money is, and the whole of it.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_PLEASE = r"^\W*(?:please |can you |could you |would you |so |and |ok |hey )*"
_SHOW = r"(?:show|give|tell|list|find|get|send|pull up|display)(?: me| us)?"
_OUR = r"(?:(?:my|our|the|all|of) )*"
_GOODS = r"(?:products?|items?|skus?|goods|things)"
_RESTOCK = r"(?:re-?order(?:ing|ed)?|re-?stock(?:ing|ed)?|replenish(?:ing|ed|ment)?|order(?:ing|ed)|refill(?:ing|ed)?)"
_SOON = r"(?:run(?:ning)? (?:out|low)|sell(?:ing)? out|stock(?:ing)? out|be out of stock|go(?:ing)? out of stock)"
_HELD = r"(?:locked(?: up)?|tied up|tied|stuck|trapped|sitting|frozen|sunk|parked)"

STOCKROOM_ROWS: tuple[tuple[str, str], ...] = (
    # --- from one store to another
    (
        r"\b(?:which|what) (?:stores?|shops?|locations?) needs? (?:an? |any )?(?:stock )?transfers?\b",
        "transfer candidates",
    ),
    (
        (
            r"^\W*(?:is there |do we have |what(?: is there)? (?:that )?|anything |something |(?:can|could|should) "
            r"|which (?:items|products|goods) )+(?P<a>(?!(?:you|we|i|they|it)\b)[a-z][\w ]*?) "
            r"(?:(?:can|could|should|might) )?(?:send|give|spare|lend|ship|move|transfer)"
            r"(?: (?:anything|something|some stock|stock))?(?: over)? to (?P<b>[a-z][\w ]*?)\W*$"
        ),
        r"what can we move from \g<a> to \g<b>",
    ),
    # --- what it cost to be out
    (
        (
            r"\b(?:loses?|lost|(?:is|are|was|were) losing) (?:the )?most(?: (?:sales|money|revenue))? (?:to|from"
            r"|through|because of|due to) (?:the |our |being )*(?:out[- ]of[- ]stocks?|stock[- ]?outs?|oos)\b"
        ),
        "had the highest lost sales",
    ),
    # --- stock told in days
    (
        (
            r"\b(?:stock|inventory)(?: levels?| on hand)? (?P<what>(?:of|for|by|at|in) [^?]*?) "
            r"(?:in|as|expressed in) (?:terms of )?(?P<d>days|weeks)(?: of (?:supply|cover|stock|sales))?(?=\W*$)"
        ),
        r"\g<d> of cover \g<what>",
    ),
    (
        (
            r"\b(?P<who>(?:which|what) (?:stores?|departments?|categories|products?|brands?)) (?:are|is|were|was)"
            r" (?:low|light|short) on (?P<what>sales|revenue|transactions|visitors|traffic)\b"
        ),
        r"\g<who> had the lowest \g<what>",
    ),
    # --- what runs out
    (
        (
            rf"\b(?:which|what) {_GOODS} (?:are|is)(?: (?:getting|very|too))* low(?=\W*$| (?:today|now|right now)\b"
            r"| (?:at|in) [a-z])"
        ),
        "which products are running low",
    ),
    (
        (
            r"\bwhat(?: all)? (?P<be>am i|are we|is (?:the store|[a-z]+ [a-z]+)) (?:getting |running |a bit )?"
            r"(?:low|short|light) on(?=\W*$| (?:right now|now|at the moment|today|this morning)\b| (?:at|in) [a-z])"
        ),
        r"what \g<be> running low on",
    ),
    (
        (
            rf"{_PLEASE}{_OUR}(?:stock|inventory) is (?:getting |running |a bit |very |too )*low(?P<at> (?:at|in)"
            r" [a-z]+(?: [a-z]+)?)?,? (?:(?:so|and|please|can you|could you) )*(?:help (?:me|us) (?:to )?|(?:i|we) need"
            r" to |what (?:should|do) (?:i|we) (?:need to )?)"
            rf"{_RESTOCK}(?P<it> (?:it|stock|inventory))?(?=\W*$)"
        ),
        r"what should we reorder\g<at>",
    ),
    (
        (
            f"{_PLEASE}(?:(?:is|are) (?:there )?|do (?:we|i) have )?(?:anything|something"
            f"|any(?: of)? {_OUR}(?:{_GOODS}|stock|inventory)) (?:else )?"
            "(?:that is |that's |that are )?(?=(?:about to|going to|likely to|close to|at risk of|nearly|almost"
            r"|running|out of stock|low|sold out|over-?stocked|not selling)\b)"
        ),
        "which products are ",
    ),
    (
        (
            f"{_PLEASE}(?P<w>will|could|might|may) (?:anything|something"
            f"|any(?: of)? {_OUR}{_GOODS}) (?:else )?(?={_SOON})"
        ),
        r"which products \g<w> ",
    ),
    (r"\b(?:almost|nearly|close to being|close to|about to be) (?:sold out|out of stock|gone)\b", "about to run out"),
    (
        (
            r"\b(?P<a>low (?:on|in) stock|running low|out of stock),? (?:and|that|which) (?:need|should be|must be"
            rf"|needs|require)s? (?:to be )?{_RESTOCK}\b"
        ),
        r"\g<a>",
    ),
    (
        (
            r"\b(?:running |getting )?low(?: on stock| in stock)?,? ?(?:\(|- ?)?(?:with |at )?(?:under|below|less than"
            r"|fewer than) (?P<n>\d{1,4})(?: (?:units|pieces|left|on hand|in stock|remaining))*\b(?! (?:days?|weeks?"
            r"|months?))\)?"
        ),
        r"with fewer than \g<n> in stock",
    ),
    (
        (
            r"\bstock[- ]?out risks? (?:for|in|over|within|during) (?:the )?(?:next "
            r"|coming )?(?P<n>\d{1,3}) (?P<u>days?|weeks?)\b"
        ),
        r"stockout risk within \g<n> \g<u>",
    ),
    (
        r"\b(?:likely|possible|potential|upcoming|imminent|expected|predicted|projected) stock[- ]?outs?\b",
        "stockout risk",
    ),
    (
        (
            rf"\b(?:which|what) (?:{_GOODS}|stock|inventory) (?:is|are|may be|might be) (?:most |more )?at (?:high "
            r"|higher )?risk(?: of (?:stocking|running|selling) out| of (?:a )?stock[- ]?outs?)?(?=\W*$| (?:at|in"
            r"|this|next|of)\b)"
        ),
        "which products will run out soon",
    ),
    (
        (
            f"{_PLEASE}(?:what|which {_GOODS}) (?:do|should|must|shall) (?:i|we) (?:need to |have to )?(?:stock"
            r" up on|top up|buy in|get more of)\b"
        ),
        "what should we reorder",
    ),
    (
        (
            f"{_PLEASE}(?:suggest|prepare|draft|propose|recommend|plan|what should be)(?: me| us)? (?:my|our|the"
            r"|a) next (?:purchase |supplier )?orders?(?=\W*$)"
        ),
        "what should we reorder",
    ),
    # --- what lies
    (
        (
            r"\b(?P<a>dead stock|dead inventory|slow[- ]moving (?:stock|inventory|items|products)"
            "|over-?stock(?:ed (?:items|products))?)(?: items| products)?,? (?:with|and|that has|that have|holding"
            "|having) (?:the |their |its"
            f" )?(?:{_HELD} (?:capital|cash|money|value)|(?:capital|cash|money)(?: (?:is|that is"
            f"|that's))? {_HELD}(?: in (?:it|them))?|value {_HELD}(?:"
            r" up)?)\b"
        ),
        r"\g<a>",
    ),
    (
        (
            f"{_PLEASE}(?:where|in what|in which (?:products|items)) (?:is|are|do i have|do we have) {_OUR}(?:cash"
            f"|money|working capital|capital) (?:(?:being )?{_HELD})(?: (?:right now|now|today|currently"
            "|at the moment))?(?: in (?:stock"
            r"|inventory|the (?:store|warehouse)))?(?=\W*$)"
        ),
        "which stock is overstocked? dead stock",
    ),
    (
        (
            rf"\b(?:what|which) (?:stock|inventory|{_GOODS}) (?:is|are|has been|have been) (?:just )?(?:sitting|lying"
            "|stuck|gathering dust|collecting dust)(?: around| there| on the shel(?:f|ves)| in (?:stock|the store"
            r"|store))?(?: (?:for )?(?:too long|the longest|a long time|long|forever|ages))?(?=\W*$)"
        ),
        "dead stock? slow-moving stock",
    ),
    (
        (
            rf"\b(?P<w>which|what) (?P<g>{_GOODS}) (?:have not|haven't|has not|hasn't|did not|didn't|do not|don't"
            r"|are not|aren't) (?:moved|moving|move)(?: at all)?(?=\W*$| (?:in|for|since|over)\b)"
        ),
        r"\g<g> in stock that have not sold",
    ),
    (
        (
            rf"\b(?:are there |do we have |show me |list |which |what |any )*(?P<g>{_GOODS}) (?:that )?(?:nobody"
            r"|no one|noone|no customer)(?: has| have)? (?:ever )?(?:bought|buys?|purchased|wants?|ordered)(?=\W*$)"
        ),
        r"which \g<g> have never sold",
    ),
    (
        (
            rf"\b(?:which|what) (?P<g>{_GOODS}) (?:is|are) (?:the )?(?:slow[- ](?:moving|selling|movers?|sellers?)"
            r"|moving (?:too )?slow(?:ly)?|slowest[- ]moving)(?=\W*$| (?:at|in)\b)"
        ),
        "slow movers with stock",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} )?(?:which |what )?(?:{_GOODS} )?(?:are |is )?{_OUR}(?P<a>fast|slow)[-"
            rf" ](?:moving|movers?|sellers?|selling) (?:{_GOODS} )?(?:vs\.?|versus|and|or|against) (?:the )?(?:fast"
            rf"|slow)[- ](?:moving|movers?|sellers?|selling)(?: {_GOODS})?(?=\W*$)"
        ),
        "fastest sellers? slow movers with stock",
    ),
    (
        (
            r"\b(?:which|what) (?:dishes|menu items|plates|meals|drinks on the menu)(?= (?:are|is|aren't|isn't|sell"
            r"|sells|sold|do|don't|did|didn't|should|have|has|haven't|make|made)\b)"
        ),
        "which products",
    ),
    (
        rf"\b(?:which|what) {_GOODS} (?:are|is|were|have been|got) oversold\b|\boversold {_GOODS}\b",
        "negative stock",
    ),
    (
        (
            f"{_PLEASE}what (?:should|can|could|do|would) (?:i|we|you) (?:do|suggest|recommend) (?:about|with"
            f"|for) {_OUR}(?P<a>slow|over|excess|surplus|un)[- ]?"
            r"(?:moving|selling|stock\w*|sold)?(?: (?:stock|inventory|items|products|movers))?(?=\W*$)"
        ),
        "slow-moving stock? what should we mark down",
    ),
    # --- which goods and parts of the range hold the most
    (
        (
            rf"{_PLEASE}(?:{_SHOW} )?(?:which|what|the)?(?: are)? ?{_OUR}(?P<top>top )?(?P<n>\d{{1,3}} )?(?:which"
            f" |what )?{_GOODS} (?:(?:that )?(?:have|has|hold|holds|tie up|ties up|with)|by) (?:the )?"
            "(?:most |highest |largest |biggest )?(?:money (?:tied up )?in )?(?:stock"
            r"|inventory)(?: on hand)?(?P<w> value| worth| cost)\b"
        ),
        r"\g<top>\g<n>stock levels by product",
    ),
    (
        (
            rf"{_PLEASE}(?:{_SHOW} )?(?:which|what"
            rf"|the)?(?: are)? ?{_OUR}(?P<top>top )?(?P<n>\d{{1,3}} )?{_GOODS} (?:(?:that )?(?:have|has|hold|holds"
            "|tie up|ties up|with)) (?:the )?(?:most|highest|largest|biggest) (?:(?:money|cash|capital"
            "|value) (?:tied up |locked )?in (?:stock|inventory))"
        ),
        r"\g<top>\g<n>stock levels by product",
    ),
    (
        (
            rf"{_PLEASE}(?:{_SHOW} )?(?:which|what|the)?(?: are)? ?{_OUR}(?P<top>top )?(?P<n>\d{{1,3}}"
            f" )?{_GOODS}(?P<in> (?:in|from) [a-z][a-z &'-]{{2,30}}?)? (?:(?:that )?(?:(?:do )?(?:we|i)"
            " )?(?:have|has|hold|holds|with|got)|by) (?:the )?(?:most |highest |largest |biggest )(?:stock|inventory"
            "|units in stock|pieces in stock|quantity in stock|quantity on hand|on hand|stock levels?"
            r"|inventory levels?)(?: on hand| of)?(?=\W*$| (?:at|in)\b)"
        ),
        r"\g<top>\g<n>stock levels by product in pieces\g<in>",
    ),
    (
        (
            rf"{_PLEASE}(?:{_SHOW} |what(?:'s| is| are) |which (?:is|are) )?{_OUR}(?P<top>top )?(?P<n>\d{{1,3}}"
            " )?(?:most valuable|highest[- ]value|most expensive|biggest|largest) "
            f"(?:stock|inventory|{_GOODS} (?:in|by) (?:stock|inventory)|stock items?|inventory items?|stock"
            r" holdings?)(?: on hand| items?| value| positions?)?(?=\W*$| (?:at|in)\b)"
        ),
        r"\g<top>\g<n>stock levels by product",
    ),
    (
        (
            r"\b(?:which|what) (?P<w>categor(?:y|ies)|departments?|stores?|locations?) (?:has|have|holds?|carr(?:y"
            "|ies)|with) (?:the )?(?:most|highest|largest|biggest) (?:stock|inventory)(?P<v>(?: on hand)? value"
            r"| worth)?(?: on hand)?(?=\W*$)"
        ),
        r"stock levels\g<v> by \g<w>",
    ),
    (
        (
            rf"\b(?:which|what) {_GOODS} (?:has|have|with|are at) (?:the )?(?:lowest|least|smallest) (?:stock"
            r"|inventory)(?: levels?| on hand)?(?=\W*$| (?:at|in)\b)"
        ),
        "which products are running low",
    ),
    # --- the whole stock, the whole shop
    (
        (
            f"{_PLEASE}(?:{_SHOW} |generate |create |run |make |prepare )?(?:an? |the |my |our )?(?:full"
            "|complete|whole|comprehensive|detailed|overall) (?:stock|inventory)(?: (?:summary|status|health|overview"
            r"|situation))?(?: (?:report|analysis|summary|overview|review|audit|picture))?(?=\W*$)"
        ),
        "inventory health check",
    ),
    (
        (
            f"{_PLEASE}(?:what(?:'s| is)|how(?:'s| is)|{_SHOW}) {_OUR}(?:current )?(?:stock|inventory)"
            r" (?:situation|picture|looking|doing)(?: like)?(?=\W*$)"
        ),
        "inventory health check",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} )?(?:an? |the )?(?:full|complete|whole|comprehensive|detailed|general)"
            r" (?:store|shop|business) (?:overview|summary|report|review|status|picture)(?=\W*$| (?:for|of|this"
            r"|last)\b)"
        ),
        "business overview",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} |what are |are there |do (?:i|we) have |any )*{_OUR}(?:any |all )*(?:(?:active"
            "|open|critical|urgent|current|new|important|live|recent) ?(?:and |, )?)*(?:alerts|warnings"
            "|notifications)(?: (?:i|we) should (?:know|see|worry)(?: about)?| today| right now| now| for (?:me"
            r"|today))?(?=\W*$)"
        ),
        "what needs my attention",
    ),
    # --- corrections of stock
    (
        (
            f"{_PLEASE}(?:adjust|update|correct|change) (?:the |our |my )?(?:stock|inventory)(?: levels?|"
            rf" counts?)? (?:for|of|on) (?P<p>[^,]{{2,60}}?)(?:,|:| and|\s-) ?(?:please )?(?P<s>add|plus|increase by"
            rf"|remove|subtract|minus|take off|decrease by) (?P<n>\d{{1,5}})(?: units?| pieces)?\b"
        ),
        r"\g<s> \g<n> units to the stock of \g<p>",
    ),
    (
        (
            rf"{_PLEASE}(?:add|plus|increase by) (?P<n>\d{{1,5}})(?: units?| pieces)? (?:to|of) (?:the )?(?:stock"
            rf"|inventory)(?: levels?| count)? (?:of|for) (?P<p>[\w#' -]{{2,60}}?)(?=\W*$| (?:at|in) )"
        ),
        r"adjust the stock of \g<p> by +\g<n>",
    ),
    (
        (
            rf"{_PLEASE}(?:remove|subtract|minus|take off|decrease by) (?P<n>\d{{1,5}})(?: units?| pieces)? (?:to|of"
            rf"|from) (?:the )?(?:stock|inventory)(?: levels?| count)? (?:of|for) (?P<p>[\w#' -]{{2,60}}?)(?=\W*$"
            "| (?:at|in) )"
        ),
        r"adjust the stock of \g<p> by -\g<n>",
    ),
    # --- what changed, what came in, what was ordered and whether it is there
    (
        (
            r"\b(?:what|anything) (?:has |have |was |were )?(?:changed?|adjusted|corrected) in (?:the |our |my )?"
            r"(?:stock|inventory)\b"
        ),
        "what stock changes were there",
    ),
    (
        (
            r"\b(?:what|which (?:goods|products?|items?)) (?:came|come|arrived|was) (?:in )?(?:on|with|off) (?:the )?"
            r"(?P<when>today|yesterday|this morning)(?:'s)? (?:truck|delivery|lorry|van|shipment)\b"
        ),
        r"what did we receive \g<when>",
    ),
    (
        (
            r"\b(?:deliveries|goods|shipments|stock) received (?=today|yesterday|this (?:morning|week)"
            r"|last (?:week|month))"
        ),
        "what did we receive ",
    ),
    (
        (
            r"\b(?:what|which (?:items?|products?|goods)) (?:did|have) (?:we|i) (?:re-?order(?:ed)?|order(?:ed)?)"
            r" (?P<when>yesterday|last (?:week|month)|this (?:week|month))(?:,? (?:and )?(?:have|has|did|is|are)"
            r" (?:they|it|those|any of (?:it|them))(?: all)? (?:arrived?|come(?: in)?|here(?: yet)?|in(?: yet)?"
            r"|been received)(?: yet)?)?"
        ),
        r"purchase orders \g<when>",
    ),
    (
        (
            r"^\W*(?:did|have) (?:all )?(?:the |our )?(?P<when>yesterday|last (?:week|month)|this (?:week|month))'s"
            r" (?:purchase )?orders (?:all )?(?:arrived?|come in|been received|get here)(?: yet)?"
        ),
        r"purchase orders \g<when>",
    ),
    (
        (
            r"\bwhere (?:should|can|could|do) (?:i|we) (?:move|send|ship|transfer|shift)"
            r" (?:(?:my|our|the|this|that|all) )*(?:extra|excess|surplus|spare|overstocked"
            r"|too much) (?P<goods>[\w &'-]{2,40}?)(?=\W*$| (?:at|in|from) )"
        ),
        r"transfer candidates for \g<goods>",
    ),
    (
        (
            r"\bwhich shelves (?:(?:may|might|could|will|would|probably|likely|currently) )*(?:require"
            r"|call for|need) (?:to be )?(?:replenish\w*|restock\w*|re-?fill\w*|topping up)\b"
        ),
        "which shelves need restocking",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
