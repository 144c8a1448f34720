"""What analysts and owners ask of their figures that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_SEASON = (
    "A year before holds the same weeks against each other, so most of the season is out of that change; nothing is "
    "adjusted beyond it."
)
_DEMAND = "Demand as such is not recorded, only what was sold: these are net sales."
_MANY = r"(?P<of>sub-?categor(?:y|ies)|categor(?:y|ies)|departments?|brands?)"
ANALYST_NEAR: tuple[tuple[str, str, str], ...] = (
    # --- stores that trade on both sides, years, seasons
    (
        (
            r"\b(?:what (?:%|percent(?:age)?|share|proportion) of|how many(?: of)?) (?:the |our |my )*(?:stores|shops)"
            r" (?:are |is |have |has |had )?(?:posting |showing |seeing |with )?(?:a )?(?P<way>positive"
            r"|negative) comps?"
            r"(?: sales| growth)?"
        ),
        "comp sales by store",
        "How many stores comp {way} is not counted by itself: this is the change of each and of all together.",
    ),
    (
        (
            r"(?P<of>\b(?:net sales|sales|revenue|turnover|transactions|orders?(?: counts?)?|margins?|profits?"
            r"|units)\b[^?.;]*?)"
            r" (?:by|per|for each|for every|each|every) years?\b"
        ),
        r"\g<of> by quarter, all time",
        "Years are no step that figures are told by here: these are the quarters of all the data.",
    ),
    (
        (
            r"(?:,? (?:vs\.?|versus|against|compared (?:to|with)|relative to|than)|(?: up or down| above or"
            r" below| higher or lower)+"
            r"(?: vs\.?| versus| against| than)?) (?:the |our |its |their )?seasonal (?:norms?|averages?"
            r"|patterns?|trends?|levels?)"
        ),
        " last week compared with the four-week norm",
        (
            "A season shows only where it has come round more than once; the norm here is the mean of the four"
            " weeks before."
        ),
    ),
    (
        (
            r"^(?=[^?]*\byear\b)\W*(?:if (?:i|we|you) )?(?:strip(?:ping)?|tak(?:e|ing)|leav(?:e|ing)"
            r"|adjust(?:ing)?) (?:out |away"
            r" |for )?(?:the "
            r"|any )*season(?:s|al|ality)?(?: (?:piece|part|effects?|component|swings?|factors?))?(?: out|"
            r" away)?,? (?:what(?:'s| is|"
            r" was) )?(?:the |our )?(?:real |true |actual |underlying )?"
        ),
        "",
        _SEASON,
    ),
    (
        (
            r"\b(?:season(?:al(?:ly|ity)?)?[- ]adjusted|de-?season(?:al)?i[sz]ed) (?P<of>(?:net )?sales|revenue"
            r"|margin|transactions"
            r"|growth|year[- ]over[- ]year change|change)"
        ),
        r"\g<of> year over year",
        _SEASON,
    ),
    # --- costs that are not said
    (
        (
            r"^\W*why (?:is|are|was|were|has|have|did) (?:our |the |my )*(?P<what>food|goods|product"
            r"|merchandise) costs?"
            r"[^?]*?(?P<when>(?: (?:this|last|yesterday|on)(?: (?:week|month|quarter|year|weekend|\w+day))?)?)\W*$"
        ),
        r"why did gross margin % change\g<when>",
        (
            "What goods cost is told as the other side of the margin: its change has a part for cost, beside"
            " price, discount "
            "and mix."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?P<of>store|shop|location|branch|department)(?:'s|s'|s)? costs (?:are|is|have"
            r" been|keep) "
            r"(?:the )?(?:rising|growing|going up|increasing|climbing|highest|up)(?: (?:the )?(?:fastest|most))?"
        ),
        r"cost of goods by \g<of> last 4 weeks vs the 4 weeks before",
        (
            "Of costs only goods and labour are known: this is what the goods cost; “labour cost by store last"
            " week” has the "
            "other. Rent and the rest are not in the data."
        ),
    ),
    (
        (
            r"^\W*(?:is|are|whether) (?:our |the |my )*margin (?:pressure|erosion|decline|squeeze|drop|fall"
            r"|loss)s? (?:is |are )?"
            r"(?:coming from|due to|driven by|caused by|from|because of)[^?]*"
        ),
        "why did gross margin % change",
        (
            "The margin is told by price, discount, cost and mix; what shrink took is apart from it: “shrink by "
            "department”."
        ),
    ),
    (
        (
            r"^\W*(?:is|are) (?:the |our )?labou?r (?:costs? )?(?:jump|rise|increase|growth|spend(?:ing)?"
            r"|hours)? ?(?:tracking|keeping"
            r" (?:up|pace)|in line|moving|growing|rising) with (?:the |our )?(?:sales|revenue)[^?]*"
        ),
        "compare net sales, labour cost and labour cost % last week with the week before",
        "Both stand side by side, labour as a share of sales beside them; no line is drawn where it runs ahead.",
    ),
    # --- what is not told apart
    (
        (
            r"\b(?:average |avg\.? |mean )?(?:customer |product )?(?:review|rating|satisfaction|feedback)s?"
            r"(?: (?:scores?|ratings?|stars?|average))? (?:for|by|per|of|across)(?: each| every| all| the|"
            r" our)*(?: product)?"
            r" (?P<of>categor(?:y|ies)|departments?|brands?|products?|items?)\b"
        ),
        "average customer rating",
        "Feedback names a store and no {of}, so this is all of it; it can be told by store.",
    ),
    (
        (
            rf"\b(?:which|what) {_MANY} (?:perform|performs|sell|sells|do|does|are|is)(?: (?:strong(?:ly)?|well"
            rf"|best|great))?"
            r" (?:only|just) (?:in|at) (?:specific|certain|some|one|particular|a few|single)"
            r" (?P<place>regions?|districts?|stores?|shops?|locations?)"
        ),
        r"net sales by \g<of> by \g<place>",
        (
            "What is strong in one place only is not picked out: this is what each sells in each of them, to be"
            " held side "
            "by side."
        ),
    ),
    (
        (
            r"\brank (?:the |our |my |all )*(?P<of>stores|shops|departments|categories|districts|regions|brands)"
            r" by (?:their "
            r"|its )?(?:total |overall )?demand values?\b(?: with share of total)?"
        ),
        r"share of sales by \g<of>",
        _DEMAND,
    ),
    (
        r"\b(?:total |overall )?demand values?\b",
        "net sales",
        _DEMAND,
    ),
)
