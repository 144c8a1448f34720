"""What would be if something else were done: nothing here plays that through, and the nearest that is known is named.

Prices are the exception: how sales answer to a price is estimated, and such questions are read before.
"""

from __future__ import annotations

_WE = r"(?:we|i|the stores?|you|management|they)"
_DO = (
    r"(?:increas(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|lower(?:ed|s)?|reduc(?:e[sd]?|ing)|cut(?:s|ting)?|drop(?:ped|s)?"
    r"|introduc(?:e[sd]?|ing)|launch(?:ed|es)?|add(?:ed|s)?|doubl(?:e[sd]?|ing)|halv(?:e[sd]?|ing)|improv(?:e[sd]?|ing)"
    r"|chang(?:e[sd]?|ing)|grow|grew|boost(?:ed|s)?|extend(?:ed|s)?|run|ran|offer(?:ed)?|gave|give)"
)
_OFFER = (
    r"(?:discounts?|promotions?|promos?|offers?|deals?|coupons?|bogo|buy[- ](?:one|two|1|2)\b[^?]{0,20}\bfree|bundles?)"
)
_LEVEL = (
    r"(?:average (?:order|basket|transaction) (?:value|size)|aov|atv|baskets?(?: (?:size|value))?"
    r"|conversion(?: rates?)?"
    r"|(?:foot ?)?traffic|visitors|footfall|retention|units per transaction|upt|loyalty)"
)
SUPPOSITIONS: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\bif {_WE} (?:were to |could |would )?{_DO} (?:[\w'’-]+ ){{0,5}}{_OFFER}"
            rf"|\bif (?:the |our |an? )?(?:[\w'’-]+ ){{0,3}}?{_OFFER}[^?]{{0,40}}\b(?:is|are|were|was) {_DO}\b"
            rf"|\bhow (?:will|would|does|might) {_DO} (?:the |our |a )?(?:[\w'’-]+ ){{0,4}}{_OFFER}"
            rf"|\bexpected [\w ]{{0,24}}\bif {_WE} {_DO}\b[^?]*\b{_OFFER}"
        ),
        r"\bprices?\b(?! promotions?)",
        (
            "What an offer would bring that has not run I do not work out. What those that ran did is known: "
            "“promotion "
            "lift by category”, “which depth of discount made the most margin”, “price elasticity of yogurt”."
        ),
    ),
    (
        (
            rf"\bif {_WE} (?:were to |could |would |only |just )*(?:bak|mak|order|buy|bought|prep|cook|produc|stock"
            r"|carr[yi]|display|put out|thaw|slic|cut)\w*\b[^?]{0,30}?(?:\b(?:less|fewer|more)\b|\bhalf\b"
            r"|\bby \d+ ?%|\btwice\b)"
        ),
        r"\bprices?\b",
        (
            "What would be if another amount were made or ordered I do not play through. What is known is what sells "
            "and when, “sales of bread by weekday”, and what ran out, “lost sales in Deli last month”."
        ),
    ),
    (
        (
            rf"\bif {_WE} (?:were to |could |would )?{_DO} (?:the |our |my )?{_LEVEL}|\bif (?:the |our "
            rf"|my )?{_LEVEL} (?:is|were"
            rf"|was|goes|went|rises|rose|grows|grew|improves|improved|increases|increased|{_DO})\b"
        ),
        "",
        (
            "What would be if that figure were another I do not play through. What is known is its course, “average "
            "basket "
            "value by month”, and what it moved, “explain the change in sales last month”."
        ),
    ),
)
