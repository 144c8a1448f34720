"""How managers of several stores ask put into plainer words: what shrink cost, the rest of the chain, whom to visit.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?)"
_THE_OTHERS = (
    r"(?:(?:the |all |my |our |its |any )*(?:rest of (?:the |our |my )?(?:chain|stores|district|company|fleet|region)"
    rf"|(?:other|peer|similar|neighbou?ring|sister|comparable) {_STORES}|others|peers?(?! group)|everyone else|rest"
    rf"|(?:(?:chain|company|store|district|regional?|fleet|network|group)(?:'s)? )?(?:average|mean)(?: {_STORES})?"
    r"|chain|district|company|region)(?: (?:in|of|across|within) (?:my|our|the|this|their) (?:region|district|area"
    r"|chain|company|group|network))?)"
)
"""Whatever one store is held against: the others, their average, its peers."""
_NO_FIGURE = (
    r"(?!(?:the |our |my |these |this |that )*(?:net |gross |average |total )*(?:sales|revenue|profits?|margins?"
    r"|traffic|conversion|baskets?|transactions?|labou?r|units?|prices?|customers?|figures?|numbers?|discounts?"
    r"|tickets?|orders?|departments?|categor\w+|products?|items?)\b)"
)
"""What is said to compare is a store or the team, not a figure, which is held against a time."""
_NO_AVERAGE = (
    r"(?!(?:the |our |my |its )*(?:\w+[- ])?(?:wide )?(?:average|avg|mean)\b(?! (?:store|shop|branch|location)))"
)
"""An average has a tool of its own; the rest is a place among the others."""
_WORK = r"(?:cycle counts?|inventory counts?|stock counts?|counts?)"

DISTRICT_ROWS: tuple[tuple[str, str], ...] = (
    # --- losses
    (
        (
            r"\bhow much (?:money )?(?:did|do|have|are) (?:we|i) (?:lose|lost|losing) (?:to|on|through|from"
            r"|with) (?P<what>shrink(?:age)?|waste|spoilage)\b"
        ),
        r"\g<what>",
    ),
    # --- one store beside the others
    (
        (
            rf"\bhow (?:does|do|did|is|are|am|has|have) (?!(?:its|their) ){_NO_FIGURE}"
            rf"(?:(?!\baverage\b)[\w' ]){{1,40}}? (?:compar(?:e"
            rf"|es|ed|ing)"
            rf"|stack(?:s|ing)? up"
            r"|far(?:e|es|ed|ing)|do|doing|rank(?:s|ing)?|perform(?:s|ing)?|measur(?:e|es|ing) up) (?:to|with|against"
            rf"|versus|vs\.?|relative to|beside|next to|among|amongst) {_NO_AVERAGE}{_THE_OTHERS}(?=\W*$| (?:last"
            r"|this|on|in|for|by)\b)"
        ),
        r"rank the stores",
    ),
    (
        (
            rf"\b(?:am|are|is|was|were) (?:i|we|my store|this store|our store) (?:above or below|better or worse than"
            rf"|ahead of or behind|above|below|ahead of|behind|better than|worse than) {_THE_OTHERS} (?:in|on|for|by) "
            r"(?P<what>[\w ]{3,30})"
        ),
        r"rank the stores by \g<what>",
    ),
    (
        (
            r"\bhow (?:does|do|did) (?:my|our|the) (?P<f>(?:(?!store|shop|branch|location)[\w%-]+ ){1,5}?)(?:compare"
            r"|stack up"
            rf"|measure up) (?:to|with|against|across) (?:the |my |our |all )*(?:other )?{_STORES}(?=\W*$| (?:last|this"
            rf"|in|on)\b)"
        ),
        r"\g<f>by store",
    ),
    # --- the stores one is in charge of, and what an order lacks
    (
        (
            r"^\W*(?:i (?:manage|run|look after|have|oversee)|we (?:manage|run|have)) (?:stores? )?"
            rf"(?P<which>[\w ,&']{{3,60}}?)\W+"
            rf"(?:which|what)(?: (?:one|ones|of them|{_STORES}))?"
            r" (?:should|do|must) (?:i|we)(?: need to)?"
            r"(?: (?:focus on|prioriti[sz]e|visit|look at|help|worry about))(?: first| most| now)?(?=\W*$)"
        ),
        r"which stores are underperforming at \g<which>",
    ),
    (
        (
            rf"\b(?P<what>which|what) (?P<who>{_STORES}) (?:sell|sells|sold|have|has) (?:the )?(?:fewer|fewest|least)"
            r" (?:add[- ]?ons|extras|items|units|products|goods) (?:per|in an?|in each|for each) (?:order|transaction"
            r"|basket|ticket|sale)\b"
        ),
        r"\g<what> \g<who> have the lowest units per transaction",
    ),
    # --- the day as a whole, when it is over
    (
        (
            r"\b(?:(?:the|our|my|an?) )?(?P<day>today|yesterday|tonight)?(?:'s)? ?(?:eod"
            r"|end[- ]of[- ]day)(?: (?:report|summary"
            r"|recap|numbers|figures|wrap[- ]?up))?(?=\W*$| please\b)"
        ),
        r"\g<day> daily summary",
    ),
    # --- where a figure moved most
    (
        (
            r"^\W*where (?:did|has|have|is|are) (?:our |my |the )?(?P<what>conversion(?: rate)?|net sales|sales"
            r"|revenue|margin|traffic"
            r"|footfall|visitors|transactions|basket size|units) (?P<how>fall(?:en|ing)?|drop(?:ped|ping)?"
            r"|declin(?:e|ed|ing)|r(?:ise|isen"
            r"|ising)|gr(?:ow|own|owing)|improv(?:e|ed|ing)) (?:the )?most"
        ),
        r"compare \g<what> by store",
    ),
    # --- what is left of a product
    (
        r"\b(?:do|have) (?:we|you) (?:have |got )?(?:any|some) (?P<what>[\w &'#-]{3,40}?) left(?=\W*$)",
        r"how much \g<what> is in stock",
    ),
    # --- who came in
    (
        (
            r"\bhow many (?:customers|people|shoppers|guests) (?:have |had )?(?:visited|entered|walked into"
            r"|stopped (?:by|in)"
            r"|been (?:to|in)|came (?:in)?to) (?P<where>(?:my|our|the|this|each|all|every) (?:\w+ )?stores?|us)\b"
        ),
        r"how many visitors at \g<where>",
    ),
    # --- work left undone
    (
        (
            rf"\b(?:which|what) {_STORES} (?:have|has|did)(?:n't| not|nt) (?:yet )?(?:completed?|finish(?:ed)?|done"
            rf"|do)(?: yet)? (?:their|its|the|all|all their) {_WORK}\b"
        ),
        "which count tasks are open",
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:have|has|did)(?:n't| not|nt) (?:yet )?(?:completed?|finish(?:ed)?|done"
            r"|do)(?: yet)? (?:their|its|the|all|all their) (?P<what>(?:\w+ )?tasks?|to-?dos?)\b"
        ),
        r"which \g<what> are open",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""

FIRST_ROWS: tuple[tuple[str, str], ...] = (
    (
        (
            r"\b(?:what(?:'s|s| is| was)?) the (?:one|main|biggest|single|only|number one) (?:thing|factor|reason"
            r"|problem) (?:that(?:'s| is) )?(?=(?:dragging|pulling|bringing|driving|hurting|pushing|holding)\b)"
        ),
        "what's ",
    ),
    # --- whom to look after
    (
        (
            rf"\b(?:which|what) {_STORES} should (?:i|we) (?:visit|go to|look at|check(?: on)?|call|see|focus on"
            "|worry about)(?: (?:first|next|most))?(?: (?:this week|today|tomorrow|now|on my next (?:trip|visit)))?"
        ),
        "which stores need attention last week",
    ),
)
"""Read before the trade's own words, which would keep a “this week” that is about the visit and not the figures."""
