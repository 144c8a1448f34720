"""Questions about what may come, and how what people say goes on, that a neighbour answers; rows as in ``near``."""

from __future__ import annotations

_FORECAST = r"(?:revenue |sales |their |our |the |daily |weekly |monthly )*(?:forecasts?|outlooks?|projections?)"
_EVENT = (
    r"(?:(?:an?|the|any|this|that|our|upcoming|local|regional|street|city|town|county|sports?|music|public|food|big"
    r"|next) )*"
    r"(?:events?|festivals?|fairs?|concerts?|parades?|marathons?|game days?|carnivals?)"
)
_RAISE = (
    r"(?:increase|raise|boost|lift|drive|affect|impact|hurt|change|push(?: up)?|bring|help|influence|move|hit|dent"
    r"|lower"
    r"|reduce)s?"
)
_SAID = (
    r"(?:(?:customer|guest|shopper|our|the) )*"
    r"(?:feedback|reviews?|ratings?|complaints?|satisfaction|sentiment|star ratings?)"
)
_GOES = (
    r"(?:getting|got|gotten|become|becoming|trend\w*|over time|improv\w+|better or worse|worsen\w*|deteriorat\w+"
    r"|rising|falling"
    r"|increas\w+|decreas\w+|declin\w+|growing|grown|going (?:up|down)|gone (?:up|down)|went (?:up|down)|more or fewer"
    r"|up or down)"
)
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week ?end|holiday|flash|seasonal|summer|winter|spring|autumn|quick)"
)
_SUGGEST = (
    r"^\W*(?:please |can you |could you )*(?:suggest|recommend|propose|come up with|think of|give me(?: an idea for)?"
    rf"|any ideas? for|i need|we need) (?:an? |the |some |new |good |our |next )+(?:{_DAY} )?"
    r"(?:promotions?|promos?|special offers?|offers?|deals?)"
)
_FOR = (
    "On which day a promotion works best is not known. What it could be for is what there is too much of or what sells"
    " too slowly; “promotion lift last month” says what earlier ones brought."
)
AHEAD_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"^\W*(?:which|what|are (?:any|some) of (?:our|the)|any) (?:of our |of the )?(?:stores?|shops?|branches"
            rf"|locations?)"
            rf"(?: (?:are|is|were|was|that are|fell|came in|running|run|performing|selling|have|has|did|do|will|not"
            rf"|going to))* (?:below|behind|under"
            rf"|short of|above"
            rf"|ahead of|over|beat(?:ing|s|en)?|miss(?:ed|ing|es)?|exceed(?:ed|ing|s)?|hit(?:ting)?|reach(?:ed|ing)?"
            rf"|met|against|off) {_FORECAST}"
        ),
        "outlook accuracy by store",
        (
            "No forecast is kept that stores could be ahead of or behind; this is how far each came in from the "
            "outlook by the"
            " mean of its weekdays, in weeks that are over."
        ),
    ),
    (
        (
            rf"^\W*(?:is|are|will|would|could|can|does|do|might) (?P<event>{_EVENT})(?: (?:on|at|in|this|next|near"
            rf"|around) [\w ]{{3,24}}?)?(?: (?:likely|going|expected"
            rf"|bound))?(?: to)? "
            rf"{_RAISE} (?:our |the |up |customer |store )*(?:demand|sales|traffic|footfall|visits?|business|trade"
            rf"|revenue)\b"
        ),
        "any local events coming",
        (
            "What an event adds to demand I do not work out: these are the days ahead that are known. How sales ran "
            "on a day that"
            " is over can be asked for that day."
        ),
    ),
    (rf"{_SUGGEST}(?: (?:for|on) (?:the |this |next )?week ?end)(?=\W*$)", "what should we promote this weekend", _FOR),
    (
        rf"{_SUGGEST}(?: (?:for|on) (?:the |this |next )?(?:{_DAY}|week|month))?(?=\W*$)",
        "which products should we promote",
        _FOR,
    ),
    (
        (
            rf"^(?!.*\b(?:sales|products?|which|by product)\b)[^?]*?\b{_SAID}\b[^?]{{0,40}}?\b{_GOES}\b[^?]*?"
            rf"(?=\W*$| (?:at|in|for) [A-Z])|^\W*(?:the )?trend (?:in|of) {_SAID}|^\W*{_SAID} (?:by|per) (?:day|week"
            rf"|month)\b"
        ),
        "feedback last month",
        "How feedback develops over time I do not work out: this is one span, and each other can be asked for itself.",
    ),
)
