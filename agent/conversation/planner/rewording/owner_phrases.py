"""Phrases of owners and analysts who speak to a report: whether there is a way to see it, what something costs them.

They belong to the idioms (``idioms``) and are put into plain words with them, before anything is read.
"""

from __future__ import annotations

_SEE = "(?:get|see|view|pull(?: up)?|find(?: out)?|know|check|look at|have|show(?: me)?|tell(?: me)?|understand)"
_A_WAY = (
    "(?:(?:is|are) there |do (?:we|you|i) have |what(?:'s| is) )?(?:an?|any|some|the) (?:easy |easiest |quick "
    "|quickest "
    "|simple |simplest |good |better |best |other )?way (?:for (?:me|us) to |(?:that )?(?:i|we) (?:can |could )"
    "|to |of )"
)
_GROUP = "(?:stores?|shops?|locations?|departments?|categor(?:y|ies)|brands?|districts?|regions?)"
_MANY = "(?:stores|shops|locations|departments|categories|brands|districts|regions)"
_SELL = (
    "(?:(?:high(?:est)?|top|best|biggest|large(?:st)?|big)[- ](?:sales|selling|sellers?|revenue|volume|grossing"
    "|turnover)"
    "|busiest|biggest|largest)"
)
_EARN = (
    "(?:the |our )?(?:(?:most |more |highly )profitable|(?:high(?:est)?|best|top|good|strong(?:est)?)[- ](?:gross )?"
    "(?:profit|margin|earning)s?)"
)
_SELL_AND_EARN = (
    rf"(?:are|do|is|does) (?:the |our |all )*{_SELL}(?: (?P<g>{_MANY}))?(?: also| always| usually| necessarily)*"
    rf"(?: have| make| bring| our| the)*(?: also)? {_EARN}(?: (?:ones|{_MANY}))?"
)
_NO_TIME = r"(?![^?]*\b(?:last|this|yesterday|today|past|since|in|for|week|month|quarter|year|[wmqy]td|all time)\b)"
_MOVE = (
    "(?:drop|fall|decline|decrease|loss|dip|slump|rise|jump|increase|gain|growth|change|swing)s?"
    "|(?:dropped|fell|declined|rose|grew|gained|changed)"
)
_BACK = "(?:returns|refunds|returned (?:goods|items|products))(?: (?:and|or) (?:returns|refunds))?"
_PART = "(?:what |which )?(?:percent(?:age)?|share|%|proportion|part)"
_SALES = r"(?:(?:our|the|my|all|gross|net|total) )*(?:revenue|sales|money|business)"
_LOST = (
    "(?:(?:is|are|was|were|do we|did we|do i) )?(?:los[te]|losing|given back|giving back|give back)(?: due)?"
    " (?:to|through"
    f"|because of|on|from) (?:our |customer )?{_BACK}"
)
_COSTLY = "(?:returns|refunds|discounts|voids|mark ?downs|shrink(?:age)?|waste|spoilage)"

OWNER_IDIOMS: tuple[tuple[str, str], ...] = (
    # --- whether it can be seen at all
    (
        f"{_A_WAY}(?:{_SEE}|getting|seeing|viewing|checking|knowing|finding out)(?= )",
        "show",
    ),
    (f"{_A_WAY}(?P<do>compare|rank|list|break down|split|track|summari[sz]e)(?= )", r"\g<do>"),
    ("(?:detailed|full|complete)-(?=(?:sales|margin|stock|returns?|labou?r)\\b)", ""),
    ("(?:staffing|payroll|man)[ -]hours", "labour hours"),
    # --- what returns and the like cost
    (
        (
            "(?:what (?:is|are|was|were) )?(?:the |our )?(?:total )?(?:financial|dollar|monetary|money|cost"
            f") (?:impact|effect|cost)s? of (?:our |the |all )*(?P<what>{_COSTLY})"
        ),
        r"\g<what>",
    ),
    (
        (
            "(?:the |our )?(?:financial|dollar|monetary|money|cost) (?:impact|effect|cost)s? of (?:our |the |all )*"
            "(?:stock-?outs?|out[- ]of[- ]stocks?|being out of stock|empty shelves)"
        ),
        "lost sales from stockouts",
    ),
    (
        (
            "(?:what|how much) (?:do|did|are|were) (?:our |the |all )*(?P<what>returns|refunds) (?:cost(?:ing)?"
            "|set(?:ting)?"
            " (?:us|me) back)(?: (?:us|me))?"
        ),
        r"\g<what>",
    ),
    (rf"{_PART} of {_SALES} {_LOST}", "what percentage of sales is refunded"),
    (rf"(?:how much (?:of )?)?{_SALES} {_LOST}", "how much was refunded"),
    (rf"(?P<lead>how much |what ){_LOST}", r"\g<lead>was refunded"),
    # --- goods that came back, by channel
    (
        (
            "(?:are |is )?(?:the |our )?(?:returns?|refunds?)(?: (?:patterns?|rates?|behaviou?rs?))?"
            " (?:is |are )?"
            "(?:(?:different|higher|lower|worse|better) )?(?:between |from |for )?(?:(?:in[- ]store|store)(?: purchases"
            r"| sales| orders)? (?:and|vs\.?|versus|or|than) (?:for )?online|online (?:and|vs\.?|versus|or|than)"
            "(?: in| for)? (?:in[- ]store|store))(?: purchases| sales| orders)?"
        ),
        "refund rate by channel",
    ),
    # --- stores that trade on both sides
    (
        (
            "(?:(?:which|what|our|the|show(?: me)?) )*(?:(?:best|worst|top|bottom)(?: (?:and|or|&) (?:best|worst"
            "|top|bottom))? )?"
            "(?:comping (?:stores|shops)|(?:stores|shops) (?:(?:that |which )?(?:are|is) )?comping"
            " (?:positive(?:ly)?|negative(?:ly)?|up|down|best|worst|above|below))"
        ),
        "comp sales by store",
    ),
    (r"(?:what(?:'s| is| are) )(?:our|the|my) (?:aggregate |overall |total )?comps?(?! (?:sales|store))", "comp sales"),
    ("how are (?:we|the stores|stores|our stores) comping", "comp sales"),
    (
        (
            "(?:[\\w ,.]{3,60}(?:[—–:-]|,) ?)?(?:which|what) (?:component|factor|lever|part|driver)s? (?:is|are)"
            " (?:driving"
            "|behind) (?:our |the )?(?P<of>comps?|sales|revenue)(?: performance| growth| change| sales)?(?:,[^?]*)?"
        ),
        "why did sales change",
    ),
    # --- whether those who sell most also earn most
    (rf"{_SELL_AND_EARN}{_NO_TIME}", r"net sales, gross margin and gross margin % by \g<g> last 4 weeks"),
    (_SELL_AND_EARN, r"net sales, gross margin and gross margin % by \g<g>"),
    # --- how a change from one step to the next is said
    (
        (
            rf"(?P<who>(?:(?:which|what) {_GROUP}\b[^?.;]*?\b(?:{_MOVE})|(?:biggest|largest|steepest|sharpest)"
            rf" (?:{_MOVE}))\b[^?.;]*?) between (?P<step>week|month|quarter)s"
        ),
        r"\g<who> last \g<step> vs the \g<step> before",
    ),
    # --- shares beside a ranking
    (
        (
            r"(?:,? and| with)(?: also)?(?: (?:show|give|tell|list|say))?(?: me)? (?:what|which|the|their|its|each)"
            r" (?:percent(?:age)?|share|%|proportion) of (?:the )?(?:total|overall|company|chain|all)(?:"
            r" (?:sales|revenue"
            rf"|units|margin|profit|transactions|demand))?(?: (?:that )?(?:each|every)(?: {_GROUP}| one)?)?"
            rf" (?:represents?"
            "|makes? up|accounts? for|contributes?|brings?(?: in)?|is|are)"
        ),
        " with share of total",
    ),
    (
        "(?P<are>are|is) carrying (?:the |our |this |us\\b)?(?:branch|store|shop|business|company|chain)?",
        "contribute most to sales",
    ),
    # --- goods bought together, by twos
    (
        "(?P<ask>which|what) two (?P<of>products|items|goods|things|skus)(?=[^?]*\\b(?:together|pair(?:ed|s)?)\\b)",
        r"\g<ask> \g<of>",
    ),
    ("(?P<how>(?:sold|bought|purchased) together) (?:the )?most(?! often| frequently)", r"\g<how> most often"),
    # --- a margin that is asked how it went: as a share and in money
    (
        (
            r"(?P<how>how (?:has|have|had|did|is|are|does|do)) (?P<whose>(?:our |the |my )?)(?:profit )?margins?"
            r" (?P<went>(?:been )?(?:chang|evolv|develop|trend|mov)\w*)(?= over time\b)"
        ),
        r"\g<how> \g<whose>gross margin % and gross margin \g<went>",
    ),
    # --- all there is
    (
        (
            "grand total(?: of)?(?: the| our| all)* (?P<of>(?:net |gross )?(?:sales|revenue|turnover|units"
            "|transactions|profit"
            "|margin))(?: generated| made| taken| earned)?"
        ),
        r"total \g<of> in the data",
    ),
)
