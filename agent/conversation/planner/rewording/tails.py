"""Second halves that ask for what the answer to the first has anyway: “and how many were there”, “just the number”.

They are taken off, so that the first half is read as if it stood alone; a second half that asks for more stays.
"""

from __future__ import annotations

_THEY = r"(?:they|it|those|that|these|them|each|of (?:them|those|these))"
_END = r"(?=\W*$)"
TAIL_ROWS: tuple[tuple[str, str], ...] = (
    # --- who or what stands at the top comes with its amount
    (
        (
            r"(?P<a>\b(?:who|whom|which|what)\b[^?,]*?),? (?:and|,) (?:by |for )?how (?:much|many)"
            rf"(?: (?:is|was|were) {_THEY})?{_END}"
        ),
        r"\g<a>",
    ),
    # --- what would have come without a promotion is what its lift is measured from
    (
        (
            r"(?P<a>\b(?:promo\w*|offers?|campaigns?|discounts?|sales?)\b[^?]*?),? or (?:would|were|was) (?:they|it|we"
            rf"|sales|that|people) (?:have )?(?:\w+ )?anyway{_END}"
        ),
        r"\g<a>",
    ),
    # --- only a number is wanted
    (
        (
            r"[.?!,;:]\s*(?:just|only)(?: give(?: me)?| show(?: me)?| tell(?: me)?)? (?:the "
            r"|a )?(?:total )?(?:numbers?|counts?|totals?|figures?)(?: please)?\W*$"
        ),
        "",
    ),
    # --- an amount has its number of documents beside it, and the other way round
    (
        (
            r"(?P<a>\b(?:how much|what) (?:did|do|have|were|are|was) (?:the |our |all )?(?P<what>refunds|returns"
            r"|voids)\b[^?]*?),? (?:and|,) how many (?:were there|(?:of (?:them|those) )?(?:were|are) (?:there|they)"
            rf"|did we (?:have|do|give)){_END}"
        ),
        r"\g<a>, \g<what> list",
    ),
    (
        (
            r"(?P<a>\b(?:refunds?|voids?|no[- ]sales?|overrides?|discounts?)\b[^?]*?),? (?:and|,) (?:what"
            rf"|why) (?:were|was|are|is) (?:they|it|those|that|these)(?: all)?(?: (?:for|about|given for))?{_END}"
        ),
        r"\g<a> with the reason",
    ),
    # --- who changed the stock stands beside every change
    (
        (
            r"(?P<a>\b(?:stock|inventory)\b[^?]*?\b(?:adjust\w+|corrections?|changes?|counts?|transfers?)\b[^?]*?)"
            rf",? (?:and|with|,) (?:by )?(?:who|whom) (?:(?:made|did|booked|entered) {_THEY}|(?:it|they) (?:was|were)"
            rf" by){_END}"
        ),
        r"\g<a>",
    ),
    # --- how long tasks have waited, which their reader says of them all
    (
        (
            r"(?P<a>\b(?:tasks?|to-?dos?)\b[^?]*?),? (?:and|,) (?:for )?(?:how long (?:have|has|were|are) "
            rf"{_THEY}(?: all)? (?:been )?(?:open|waiting|there|outstanding|overdue|unassigned|on the list)"
            rf"|how old (?:are|is)"
            rf" {_THEY}){_END}"
        ),
        r"\g<a> by age",
    ),
    # --- whose tasks
    (
        (
            r"(?P<a>\btasks?\b[^?]*?),? (?:and|,) how many (?:of (?:them|those) )?(?:have|has|are with|are left with"
            rf"|belong to) (?:nobody|no one|no-one|no owner|nobody)(?: on (?:them|it)| assigned)?{_END}"
        ),
        r"\g<a>, assigned and unassigned",
    ),
    # --- how long stock lasts, how much is left
    (
        (
            r"(?P<a>\b(?:low|stock|run(?:ning)? (?:out|low)|cover|low-stock)\b[^?]*?),? (?:and|with"
            rf"|,) (?:how (?:many days|long|much time) {_THEY}(?:'ll| will| would)? (?:last|have(?: left)?"
            rf"|be enough for)|(?:their |the )?days (?:left|of cover)){_END}"
        ),
        r"\g<a>",
    ),
    (r"\blow-stock\b", "low stock"),
    (
        (
            r"(?P<a>\b(?:top|best|worst|fastest|slowest)[- ]?(?:\d+ )?(?:sell\w*|items|products"
            r"|movers)\b[^?]*?),? (?:and|with|,) how (?:much|many)(?: stock)? (?:of (?:each|them|it|those) )?(?:is"
            rf"|are|we have|do we have|have we got)(?: still)? (?:left|in stock|on hand){_END}"
        ),
        r"\g<a> with stock on hand",
    ),
    # --- when and from whom it comes
    (
        (
            r"(?P<a>\b(?:transfers?|deliver(?:y|ies)|purchase orders?|pos?|shipments?|in transit"
            r"|on order)\b[^?]*?),? (?:and|,) (?:when (?:do|does|will|are|is) (?:they|it|that|those) (?:arrive|due"
            "|come|be here|get here|expected|arriving)(?: here)?|(?:with|from) (?:which|what|whom) ?(?:vendors?"
            rf"|suppliers?)?|how many (?:lines|units|pieces|items)(?: (?:is|are) (?:that|it|they|those))?){_END}"
        ),
        r"\g<a>",
    ),
    # --- what runs has its last day beside it
    (
        (
            r"(?P<a>\b(?:promos?|promotions?|offers?|deals|specials|campaigns)\b[^?]*?),? (?:and|,) (?:when (?:do|does"
            rf"|will|are|is) {_THEY} (?:end|run out|stop|finish|start|begin|over|expire|ending)|(?:until"
            rf"|till) when(?: do"
            rf" {_THEY} run)?){_END}"
        ),
        r"\g<a>",
    ),
    # --- a figure, and how it moved since a time before
    (
        (
            r"^\W*(?:what(?:'s| is| are| was| were)|show(?: me)?|give me) (?P<what>(?:our |the |my )?[^?,]*?),? and how"
            r" (?:has|have|did|does) (?:that|it|they|this|those) (?:move[d]?|change[d]?|develop(?:ed)?|shift(?:ed)?"
            r"|trend(?:ed)?) (?:since|from|on|over|against|versus|vs\.?|compared (?:to|with)) (?P<then>(?:the )?(?:last"
            r"|prior|previous|same)\b[^?]*?)\W*$"
        ),
        r"\g<what> compared with \g<then>",
    ),
    # --- how many of each
    (
        (
            r"(?P<a>\b(?:items?|products?|skus?)\b[^?]*?),? (?:and|with|,) how many (?:units|pieces|times)(?: (?:each"
            rf"|of each|was that|for each|were (?:they|those)))?{_END}"
        ),
        r"\g<a>",
    ),
    # --- by how much
    (
        (
            r"(?P<a>\b(?:behind|ahead of|below|above|over|under|missed|beat|short of)\b[^?]*?),? (?:and"
            rf"|,) by how much(?: (?:money|percent|each))?{_END}"
        ),
        r"\g<a>",
    ),
    (
        (
            r"(?P<a>\bhow many\b[^?]*?\b(?:over-?rid\w+|overrides?)\b[^?]*?),? (?:and"
            rf"|,) by how much(?: on average)?{_END}"
        ),
        r"\g<a>",
    ),
    # --- how many bought
    (
        (
            r"\bhow many (?:customers|people|visitors|shoppers|guests) (?:did we (?:have|get)|were there|were in"
            "|have we had)(?P<when>[^?]*?),? and how many (?:of them )?(?:actually )?(?:bought|purchased"
            rf"|made a purchase|paid)(?: something| anything)?{_END}"
        ),
        r"visitors, transactions and conversion\g<when>",
    ),
    # --- tied up
    (
        (
            r"(?P<a>\b(?:overstock\w*|dead stock|slow[- ]mov\w+|excess stock)\b[^?]*?),? (?:and|,) how much (?:money"
            "|cash|capital|stock)? ?(?:does|do|did|is|are) (?:that|it|they|this|those) ?(?:lock up|tie up|tied up"
            rf"|cost(?: us)?|worth|locked up|come to){_END}"
        ),
        r"\g<a>",
    ),
    # --- a figure, and how it compares
    (
        (
            r"^\W*(?:what|how) (?:are|were|is|was|much (?:are|were)) (?P<what>(?:our |the "
            "|my )?[^?,]*?),? and how (?:do|does|did|is|are) (?:that|it|they|this|those|we) (?:compare(?:d)?|look"
            r"|doing|stack up)(?: (?:to|with|against|versus|vs\.?))? (?P<then>(?:the |at the )?(?:same|last|this"
            r"|yesterday|week|month|year|a year|normal|usual)\b[^?]*?)\W*$"
        ),
        r"compare \g<what> with \g<then>",
    ),
    # --- and why: the reasons that the list gives
    (
        (
            r"(?P<a>\b(?:wast\w+|written off|write-?offs?|thrown (?:away|out)|shrink\w*|spoil\w+)\b[^?]*?),? (?:and"
            rf"|,) (?:explain )?(?:why|what for|for what reason|the reasons?){_END}"
        ),
        r"\g<a> by reason",
    ),
)
