"""Managers' checklists put into the plainer words: who declined, what is worth its space, depth, savings, hours."""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?)"
_FALLING = r"(?:declining|falling|dropping|decreasing|shrinking|lower|weakening|negative)"
_RISING = r"(?:growing|rising|increasing|improving|higher|positive)"
_FIGURE = (
    "(?:sales|revenue|traffic|foot ?traffic|visitors|transactions|conversion|margins?|gross margin|units|profits?"
    "|basket (?:size|value)s?|average (?:basket|ticket|transaction)(?: value)?)"
)
CHECKLIST_ROWS: tuple[tuple[str, str], ...] = (
    # --- which stores went down or up
    (
        (
            rf"\b(?:which|what) {_STORES} (?:have|has|had|show(?:s|ed)?|saw|see|are seeing"
            rf"|with) {_FALLING} (?P<f>{_FIGURE})(?: growth| trends?)?\b(?! (?:but|and|yet|while|despite)\b)"
        ),
        r"which store \g<f> fell the most",
    ),
    (
        (
            rf"\b{_STORES} (?:where|with|that have|having) {_FALLING} (?P<f>{_FIGURE})\b(?! (?:but|and|yet|while"
            r"|despite)\b)"
        ),
        r"which store \g<f> fell the most",
    ),
    (
        (
            rf"\b{_STORES} where (?P<f>{_FIGURE}) (?:is|are|has|have|was|were)? ?(?:falling|fell|fallen|declin\w+"
            r"|dropp\w+|down)\b"
        ),
        r"which store \g<f> fell the most",
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:have|has|had|show(?:s|ed)?|saw|see|are seeing"
            rf"|with) {_RISING} (?P<f>{_FIGURE})(?: growth| trends?)?\b(?! (?:but|and|yet|while|despite)\b)"
        ),
        r"which store \g<f> grew the most",
    ),
    (
        rf"\b(?P<which>(?:which|what) {_STORES}) (?:is|are|was|were) (?:the |our )?most profitable\b",
        r"\g<which> had the highest gross margin dollars",
    ),
    (
        rf"\b(?P<which>(?:which|what) {_STORES}) (?:is|are|was|were) (?:the |our )?least profitable\b",
        r"\g<which> had the lowest gross margin dollars",
    ),
    (
        (
            rf"\b(?P<s>{_STORES} (?:need|needs|require|requires) (?:my |our |the most |most )?attention) (?:today|now"
            r"|right now)\b"
        ),
        r"\g<s>",
    ),
    # --- goods
    (
        (
            r"\b(?:which|what) (?P<w>products?|items?|skus?) (?:have|has|did|do) (?:not|n't) (?:grown?|increased?"
            r"|improved?) (?:since|on|against|over|versus|vs\.?|compared (?:to|with)) last (?P<u>week|month|quarter)\b"
        ),
        r"which \g<w> declined this \g<u> compared to last \g<u>",
    ),
    (
        (
            r"\b(?:which|what)(?: \d+)? (?P<w>products?|items?|skus?) (?:has|have|had) (?:the )?highest (?:unit "
            r"|shelf |selling |retail |average )*prices?\b"
        ),
        r"most expensive \g<w>",
    ),
    (
        (
            r"\b(?:which|what)(?: \d+)? (?P<w>products?|items?|skus?) (?:has|have|had) (?:the )?lowest (?:unit |shelf "
            r"|selling |retail |average )*prices?\b"
        ),
        r"cheapest \g<w>",
    ),
    (r"\bwhat(?:'s| is| are) (?:our |the )?market baskets? (?:for|of|with) ", "what is bought together with "),
    (
        r"\b(?:show(?: me)? |do )?(?:a )?market basket(?: analysis)? (?:for|of|on) (?=\w)",
        "what is bought together with ",
    ),
    (
        (
            r"\b(?P<who>manufacturers|brands|makers) (?:supply|supplying|serve|serving|sell in|are in)(?: (?:us"
            r"|to))? (?P<t>the |our )?(?=\w)"
        ),
        r"\g<who> in \g<t>",
    ),
    # --- savings and coupons
    (
        (
            r"\bhow much (?:money )?(?:was saved|were saved|did (?:our |the )?(?:customers|shoppers|households"
            "|members) save|have (?:our |the )?(?:customers|shoppers|households|members) saved) (?:through|with|by"
            "|from|thanks to|via|on) (?P<what>(?:loyalty |card |member |retail |store )?(?:discounts?|prices?"
            r"|savings?))\b"
        ),
        r"how much did we give in discounts",
    ),
    # --- depth, space, baseline
    (
        (
            r"\b(?:which|what) (?:discount )?(?:depth|rate|discount level|level of discount|discount"
            "|percent(?:age)? off) (?:works|performs|is|sells|pays(?: off)?) (?:the )?(?:best|most effective|optimal"
            r"|ideal)(?: (?P<for>for|in|on|with))?\b"
        ),
        r"optimal discount depth \g<for>",
    ),
    (
        (
            r"\bhow many facings (?:should|does|do|must|would) (?:the |our |we (?:give"
            r"|have for) )?(?P<what>.{2,40}?) (?:have|need|get|deserve)\b"
        ),
        r"space to sales in \g<what>",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<w>products?|items?|skus?|categor(?:y|ies)|departments?) (?:deserves?|needs?"
            "|should (?:get|have)|merits?|warrants?|earns?|justif(?:y|ies)) (?:more|extra|additional) (?:shelf "
            r"|floor |planogram )?(?:space|facings?)\b"
        ),
        r"space to sales",
    ),
    (
        (
            r"\bbase ?line (?:sales )?(?:vs\.?|versus|and|against|compared (?:to|with)) (?:incremental"
            r"|promoted)(?: sales)? (?:for|of|from|in) (?P<rest>.{0,30}?)(?P<p>promotions?|promos?)\b"
        ),
        r"lift of \g<rest>\g<p>",
    ),
    # --- how to show it, work done
    (r"\bwhat did we sell (?:at|in) (?:each|every|all) (?:store|shop|location)s?\b", "sales by store"),
    (r"\bmark ?down rate\b", "discount rate"),
    (
        (
            r"^\W*(?:what (?:is|would be|will be) the )?(?:effect|impact) of (?:an? )?\d{1,2} ?(?:%|percent|per cent)"
            r" (?:price (?:cut|drop|reduction|increase|rise|hike)|discount) (?:on|in|for|of) (?:the )?(?:sales of )?"
        ),
        "price elasticity of ",
    ),
    (r",? side[- ]by[- ]side\b", ""),
    (r"\bhow many hours (?:were|was|did (?:we|staff|people|employees|the team)) work(?:ed)?\b", "labour hours"),
    (
        (
            r"\b(?:distribution|spread|breakdown) of (?P<f>transactions|sales|visits|orders) by (?=hour|day|weekday"
            "|month|store|department)"
        ),
        r"\g<f> by ",
    ),
    (
        (
            r"\bhow many (?P<f>transactions|trips|visits|orders|purchases) (?:did|does|do) (?:each|every|an average"
            r"|the average|a typical) (?P<who>household|customer|shopper) (?:make|have)(?: on average)?\b"
        ),
        r"average number of visits per \g<who>",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
