"""Textbook exercises and managers' checklists put into the plainer words: made a purchase, vary by, popular days."""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?)"
_PARTS = (
    r"(?:departments?|categor(?:y|ies)|brands?|regions?|districts?|stores?|products?|items?|skus?|customer segments?)"
)
TEXTBOOK_ROWS: tuple[tuple[str, str], ...] = (
    # --- one question in two sentences
    (r"\?\s+(?:and )?(?:their )?engagement (?=with|in)", " or engagement "),
    (r"\blife-?time (?=(?:net |gross )?(?:sales|revenue|units|takings)\b)", "all time "),
    # --- a rate by month or week is that of a whole one
    (
        (
            r"\b(?:(?P<avg>average|mean|typical) )?(?:number of )?(?:trips|visits|shopping trips|transactions"
            "|purchases) (?:per|by each|for each|of each|made by each|by an average|each) (?:household|customer"
            r"|shopper|member|family) (?:makes? |made )?(?:per|each|every|in a|a) (?:average )?(?P<unit>month|week)\b"
        ),
        r"number of visits per household last \g<unit>",
    ),
    (
        (
            r"\bhow (?:often|many times|many (?:trips|visits)) (?:per|a|each|in a) (?P<unit>month|week) (?P<do>does"
            "|do) (?P<rest>.{3,60}?)(?= *[?.]*$)"
        ),
        r"how often \g<do> \g<rest> last \g<unit>",
    ),
    (
        (
            r"\b(?P<what>(?:average |mean )?(?:spend(?:ing)?|sales|revenue) (?:per|by each|for each|of each"
            r"|each) (?:household|customer|shopper|member|family)) (?:per|each|every|in a|a) (?P<unit>month|week)\b"
        ),
        r"\g<what> last \g<unit>",
    ),
    # --- buying at all
    (
        (
            r"\b(?P<who>(?:households?|customers?|shoppers?|people|members?))(?: who| that)? (?:have |had )?(?:made"
            r"|make) (?:at least )?(?:one|a|any|1) (?:single )?(?:purchase|transaction|order)s?\b"
        ),
        r"\g<who> ever bought",
    ),
    # --- what depends on what
    (
        (
            r"^\W*how (?:does|do|did) (?P<what>.{3,60}?) (?:vary|varies|differ|differs) (?:by|with|across|between"
            "|depending on|according to) (?P<by>(?:the )?(?:household |customer )?(?:incomes?|age|kids|marital|home"
            r"|family size|household size)\b)"
        ),
        r"\g<what> by \g<by>",
    ),
    (r"\bvar(?:y|ies) (?:by|with|across|between)\b", "by"),
    # --- what shoppers do most
    (
        (
            r"\b(?:most|the most) popular (?P<when>days? of the week|weekdays?|days?|hours?|times? of (?:the )?day"
            r"|times?|months?)(?: (?:for|to go|to) shop(?:ping)?)?\b"
        ),
        r"busiest \g<when> by transactions",
    ),
    (
        (
            r"\b(?:which|what) (?P<when>days? of the week|weekdays?|hours?|times? of (?:the )?day) (?:is"
            r"|are) (?:the )?most popular(?: (?:for|to go|to) shop(?:ping)?)?\b"
        ),
        r"busiest \g<when> by transactions",
    ),
    (
        (
            r"\b(?P<n>(?:top |the )?(?:\d{1,2} |two |three |five |ten |twenty )?)most[- ](?:frequently|often|commonly"
            "|regularly)[- ](?:purchased|bought|sold|shopped) (?P<what>products?|items?|skus?|categor(?:y|ies)"
            r"|brands?|departments?)\b"
        ),
        r"top \g<n>\g<what> by how often bought",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>products?|items?|skus?|categor(?:y|ies)|brands?|departments?) (?:is|are|was"
            r"|were) (?:purchased|bought|sold) (?:the )?most (?:frequently|often|commonly)\b"
        ),
        r"top \g<what> by how often bought",
    ),
    (r"\bproduct categor(?P<y>y|ies)\b", r"categor\g<y>"),
    # --- both figures are asked for
    (
        r"\bby (?:sales|revenue) (?:and|&) (?:gross )?(?P<m>margin|profit)(?! (?:%|percent|rate))\b",
        r"by net sales and gross \g<m>",
    ),
    (r"\b(?P<n>\d{1,2} ?%) of (?:category|department) (?=sales|revenue)", r"\g<n> of "),
    # --- growth and decline, as managers speak of it
    (
        (
            rf"\b(?:which|what) (?P<who>{_PARTS}) (?:is|are|was|were) (?:driving|leading|fuell?ing|powering"
            r"|contributing (?:the )?most to) (?:our |the )?(?:sales |revenue |overall |total )*growth\b"
        ),
        r"which \g<who> grew the most",
    ),
    (
        (
            rf"\b(?:which|what) (?P<who>{_PARTS}) (?:drives?|drove|leads?|led|fuell?ed"
            r"|fuels?|contributed? (?:the )?most to) (?:our |the )?(?:sales |revenue |overall |total )*growth\b"
        ),
        r"which \g<who> grew the most",
    ),
    (
        (
            rf"\b(?:which|what) (?P<who>{_PARTS}) (?:is|are|was|were) (?:dragging|holding|pulling|weighing)(?: (?:us"
            r"|sales|the (?:business|numbers|total)))* (?:down|back|on (?:sales|growth|the business))\b"
        ),
        r"which \g<who> fell the most",
    ),
    # --- the whole of what one sees
    (
        (
            r"\b(?P<lead>for|across|in|of|over) (?:the|our) (?:whole |entire )?(?:district|region|area|territory|chain"
            r"|fleet|estate|network)\b(?!'s|s)"
        ),
        r"\g<lead> all stores",
    ),
    (
        (
            rf"^\W*(?:are|is|which|what|do|does)(?: (?:there|any|all|some|of|our|my|the))* {_STORES}(?: (?:are|is"
            "|that are))? (?:off|behind|ahead of|on|under|below|off their|tracking behind) (?:pace|track"
            r"|plan)(?: (?:for|in|this))* (?:the |this )?(?P<span>week|month|quarter)\b"
        ),
        r"compare this \g<span> with last \g<span> by store",
    ),
    # --- displays and mailers
    (
        (
            r"^\W*(?:which|what) (?:types? of |kinds? of )?(?P<s>display|mailer)s?(?: (?:types?|locations?|positions?"
            "|placements?))? (?:generated?|drove|drives?|gave|gives?|brought|brings?|produced?|produces?|had|has|have"
            "|delivered|delivers?|got|gets?|created|saw|show(?:ed|s)?) (?:the )?(?:most|highest|best|biggest|largest"
            r"|greatest|strongest) (?:sales |unit |incremental )*(?:lifts?|uplift|increase|effect|impact)\b"
        ),
        r"promotion lift by \g<s>",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
