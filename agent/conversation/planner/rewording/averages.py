"""Average sales are those of a day, of a weekday or of a store, as the words beside them say; an average sale is one.

One letter tells them apart: “average sale” is the value of a transaction, and its reader took “average sales” for it.
"""

from __future__ import annotations

_MEAN = r"(?<![\w-])(?:average|avg|mean|typical) (?:net |total |store )?(?:sales|revenues?|takings|turnover)"
_WEEKDAY = r"(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?"
_COUNTED = r"(?P<what>visitors|foot ?traffic|footfall|labou?r hours|hours (?:worked|clocked))"
_NOT_OF_A_DAY = (
    r"(?! (?:values?|amounts?|prices?|volumes?|tax|tickets?|size|growth|units|dollars?|margin|rank\w*|pct|percent\w*|%"
    r"|and|or|per|a|an|each|every|of (?:a|an|each|every)|for (?:a|an|each|every)"
    r"|(?:in|by) (?:a |an |the |each )?(?:days?|dates?|transactions?|baskets?|orders?|tickets?|customers?|visits?"
    r"|households?|shoppers?|members?|employees?|cashiers?|sellers?|age|income|segments?))\b)"
)
AVERAGE_ROWS: tuple[tuple[str, str], ...] = (
    (
        rf"{_MEAN} (?:on|for|of|across) (?:all |the |every |each |an? )?(?:average |typical )?{_WEEKDAY}\b",
        r"average \g<day>day sales",
    ),
    (
        (
            rf"{_MEAN} (?:per|of (?:a|an|each|every|the)|for (?:a|an|each|every)|across (?:all )?(?:the |our )?) ?"
            r"(?:stores?|shops?|branch(?:es)?|locations?)\b"
            r"|\b(?:sales|revenues?) of (?:the|an|our) average (?:store|shop)\b"
            r"|\b(?:sales|revenues?) per (?:store|shop) on average\b"
        ),
        "sales by store vs company average",
    ),
    (
        rf"{_MEAN} (?:on|for|of|at) (?:the |an? )?(?:average )?(?:weekends?|weekdays)\b",
        "sales on weekends vs weekdays",
    ),
    (rf"{_MEAN} (?:by|per|in (?:an|each|every)) hours?(?: of (?:the )?day)?\b", "peak times by net sales"),
    (
        (
            r"(?<![\w-])(?:average|avg|mean|typical) (?:number of |quantity of )?(?:units|pieces)(?: sold)?"
            r" (?:per|a|each|every) day\b"
        ),
        "average daily units",
    ),
    (
        (
            rf"(?<![\w-])(?:average|avg|mean|typical) (?:daily )?{_COUNTED} (?:on|for|of)"
            rf" (?:all |the |every |each |an? )?{_WEEKDAY}\b"
        ),
        r"\g<what> by weekday",
    ),
    (rf"{_MEAN} by (?:day|date)\b", "sales by day"),
    (rf"{_MEAN}(?!\w){_NOT_OF_A_DAY}", "average daily sales"),
)
