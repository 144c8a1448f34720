"""How the pages of a till's reports are asked for: “margins on my top sellers”, “value at cost and retail”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_BEST = r"(?:top|best|most|highest|fastest)[- ]?(?:selling|sold|seller|sellers)?"
_ITEMS = r"(?:items?|products?|sellers?|skus?|articles?|goods)"
_MARGIN = r"(?:gross |profit |net )*(?:margins?|profitability)(?: %| percent(?:age)?s?)?"
_SPAN = r"(?P<span>(?: (?:yesterday|today|this|last|in|for|over|during|since|at|from|across)\b[^?.!;]*)?)"
BEST_OF = r"(?:(?:my|our|the) )*(?:top|best|biggest|highest)(?: selling)?"
LEVEL = r"(?:stores|shops|departments|(?:sub-?)?categories|products|items|brands)"
MADE_EACH = (
    r"(?:drove|drive|are driving|were driving|were behind|are behind|led|contributed (?:the )?most(?: to)?|made(?: up)?"
    r"|sold (?:best|most) in|were (?:best|biggest|strongest) in) (?:each(?: (?:one|of (?:them|these|those)))?|them"
    r"|these|those|it)"
)
REPORT_ROWS: tuple[tuple[str, str], ...] = (
    # --- the best of one level, and what made each of them
    *(
        (
            (
                rf"^\W*(?:(?:what|which)(?: (?:are|were))? )?{BEST_OF} {number}(?P<a>{LEVEL})\b(?P<mid>[^?,]*?)(?:,"
                rf"|\?)? and (?:which|what) (?!(?P=a))(?P<b>{LEVEL}) {MADE_EACH}\W*$"
            ),
            rf"top {many} \g<a> and their top \g<b>\g<mid>",
        )
        for number, many in ((r"(?P<n>\d{1,2}) ", r"\g<n>"), ("", "3"))
    ),
    # --- the best sellers, and a figure of each beside it
    (
        (
            rf"^\W*(?:what(?:'s| is| are| was| were)|show(?: me)?|give me|list) (?:the |my |our )?{_MARGIN} (?:on|of"
            rf"|for|from) (?:the |my |our )?{_BEST} (?P<n>(?:\d+ )?){_ITEMS}{_SPAN}\W*$"
        ),
        r"top \g<n>items by net sales\g<span>, and what's the gross margin % of each?",
    ),
    (
        (
            rf"\b(?P<best>top|best)(?P<n>(?: \d+)?)(?:[- ]selling)? (?P<what>{_ITEMS}"
            rf"|{_ITEMS} by (?:net )?sales){_SPAN},? (?:and|with|plus|including) (?:their|its|the) {_MARGIN}\W*$"
        ),
        r"top\g<n> items by net sales\g<span>, and what's the gross margin % of each?",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| are| was| were)? |show(?: me)? )?(?:the |my |our )?(?P<best>top"
            rf"|best)(?P<n>(?: \d+)?)(?:[- ]selling)? (?P<what>{_ITEMS}){_SPAN}? with stock on hand\W*$"
        ),
        r"top\g<n> fastest selling products\g<span> with stock",
    ),
    (
        (
            r"^\W*(?:which|what) (?:products|items|goods) sell (?:the )?(?:best|most|fastest),? and how (?:much"
            r"|many)(?: stock)? (?:do they have|is left|are left|do we have(?: left)?)(?: of (?:them|each))?\W*$"
        ),
        "top fastest selling products with stock",
    ),
    # --- what stock is worth, at both prices
    (
        (
            r"\b(?:inventory|stock) (?:value|worth)(?: (?:both|at|by|in|of|terms))* (?:cost"
            r"|retail)(?: prices?)? (?:and|vs\.?|versus|or|as well as) (?:at )?(?:cost|retail)(?: prices?| value)?\b"
        ),
        "inventory value",
    ),
    # --- how many different ones
    (r"\bwhich brand type\b,?(?: national or private| private or national)?,?", "private label or national brand,"),
    (
        (
            r"^\W*which,? (?:brand type )?(?:national|private)(?: label| brands?)?,? or (?:national|private)(?: label"
            "| brands?)?,? (?:generates?|has|have|makes?|brings?(?: in)?|sells?|drives?) (?:the )?(?:more|most"
            "|higher)(?: (?:net )?(?:sales|revenue))?"
        ),
        "private label vs national brands sales",
    ),
    (
        (
            r"\bprivate label or national brand, (?:generates?|has|have|makes?|brings?(?: in)?|sells?"
            "|drives?) (?:the )?(?:more|most|higher)(?: (?:net )?(?:sales|revenue))?"
        ),
        "private label vs national brands sales",
    ),
    # --- a few that make most of it
    (
        (
            rf"\b(?P<who>(?:which|what) {_ITEMS}) (?:contributes?|accounts? for|generates?|deliver|drive|are behind"
            r"|are responsible for|bring(?: in)?) (?P<share>\d+ ?(?:%|percent)) of (?:the |our |my "
            r"|all )?(?P<what>revenue|sales|turnover)\b"
        ),
        r"\g<who> make up \g<share> of \g<what>",
    ),
    (
        rf"\b(?P<what>{_ITEMS})(?P<span>[^?]*?) by (?:the )?(?:number|count) of (?:baskets|orders|receipts|tickets)\b",
        r"\g<what>\g<span> by transactions",
    ),
    (r"\bmost (?:frequently|often|commonly) (?:bought|purchased) (?=by \w)", "most popular "),
    # --- risers and fallers
    (
        (
            r"^\W*(?:(?:show|give|list)(?: me)? )?(?:the |our |my )?(?:top (?P<n>\d+) )?(?:(?:gaining and losing"
            rf"|rising and falling|growing and declining|up and down) {_ITEMS}|(?:{_ITEMS} )?(?:winners and losers"
            r"|gainers and losers|risers and fallers))(?P<span>(?: (?:this|last|in|over)[^?]*)?)\W*$"
        ),
        r"which products improved or declined vs the previous period\g<span>",
    ),
    # --- what is bought in
    (
        (
            r"\b(?:which|what) (?P<who>suppliers?|vendors?) (?:do|did|have) (?:i|we) (?:buy|bought|order|ordered"
            r"|purchased?) (?:the )?most from\b"
        ),
        r"which \g<who> do I spend the most with",
    ),
    # --- when a price moved last
    (
        (
            r"\b(?:when (?:did|was)|since when has) (?:the )?(?:shelf |selling )?price(?: (?:of|for"
            r"|on) (?P<what>[^?]+?))? (?:last )?(?:change|changed|move|moved)(?: (?:the )?last(?: time)?)?\b"
        ),
        r"show price changes of \g<what> in the last 6 months",
    ),
    (
        (r"\bwhen did (?P<what>its price|it|the price) (?:last )?change(?: (?:the )?last(?: time)?)?\W*$"),
        "show its price changes in the last 6 months",
    ),
    # --- households that come back
    (
        (
            r"^\W*(?:which|who are (?:the|our|my)|what are (?:the|our|my)) (?:households|customers|shoppers"
            r"|members)(?: (?:are|who are) (?:the|our|my))? (?:most loyal|biggest fans)\b"
        ),
        "who are my most loyal customers",
    ),
    # --- plans
    (r"\b(?P<a>today's|this week's|this month's|the|our|my|monthly|weekly|daily) sales plan\b", r"\g<a> target"),
    (
        (
            r"\b(?:ahead of|behind|above|below|on|against|vs\.?|versus|over|under|to|hitting|meeting|making) (?:the "
            r"|our )?(?:sales )?plan\b(?! (?:a|the|to|for)\b)"
        ),
        r"against target",
    ),
    (
        r"(?P<a>\btargets?\b[^?]*?),? and how far (?:off |along |away |from it )?are we(?: from it)?(?=\W*$)",
        r"\g<a> progress",
    ),
    (
        (
            r"^\W*what (?:should|shall|must|can) (?:i|we) (?:focus on|prioriti[sz]e|look at|tackle"
            r"|work on)(?: first)?(?: (?:this week|today|this morning|now|right now|next))?\W*$"
        ),
        "what needs my attention",
    ),
    # --- what is odd
    (
        (
            r"^\W*(?:is |was |are |were )?(?:there )?any(?:thing|body)? ?(?:unusual|odd|strange|weird|off"
            "|out of place)(?: (?:going on|happening|there))?(?: (?:in|with|about|at))? (?P<when>yesterday|last week"
            r"|last month|this week|this month)(?:'s)?(?: (?:sales|figures|numbers))?\W*$"
        ),
        r"why did sales change \g<when>",
    ),
    (
        (
            r"^\W*(?:(?:is |was |are |were )?(?:there )?any(?:thing|body)? ?(?:unusual|odd|strange|weird|off"
            "|out of place)|what (?:stands|stood|sticks|stuck) out)(?: (?:going on|happening|there))?(?: (?:today"
            r"|right now|now|this morning))?\W*$"
        ),
        "anything out of the ordinary",
    ),
    (
        (
            r"^\W*what (?:stands|stood|sticks|stuck) out (?:in |about )?(?P<when>yesterday|last week|last month"
            r"|this week|this month)(?:'s)?(?: (?:sales|figures|numbers))?\W*$"
        ),
        r"why did sales change \g<when>",
    ),
    # --- how a figure comes about
    (
        (
            r"^\W*(?:can|could|would|will) you (?:please )?(?:explain|tell me|say|describe|show me) (?:to me )?how"
            r" (?P<what>[^?]+) (?P<be>is|are) (?P<done>calculated|worked out|computed|defined|measured)\W*$"
        ),
        r"how \g<be> \g<what> \g<done>?",
    ),
    (
        (
            r"^\W*(?:please )?explain (?:to me )?how (?P<what>[^?]+) (?P<be>is|are) (?P<done>calculated|worked out"
            r"|computed|defined|measured)\W*$"
        ),
        r"how \g<be> \g<what> \g<done>?",
    ),
    # --- households, coupons and campaigns
    (
        (
            r"\bparticipat(?:ed|es|e|ing) in (?=(?:at least|any|more than|no|\d+|one|two|three|a|the"
            r"|all)\b[^?]*\bcampaigns?\b)"
        ),
        "were sent ",
    ),
    (
        (
            r"^\W*are (?P<who>(?:customers|households|shoppers) who (?:redeem|use)d? coupons?|coupon (?:redeemers"
            r"|users)) (?:more valuable|better customers|worth more|bigger spenders)\W*$"
        ),
        "do coupon redeemers spend more",
    ),
    (
        (
            r"^\W*who are (?:my|our|the) (?:vip|best|top|most valuable|most loyal) (?P<who>customers|shoppers"
            r"|households),? and what do they (?:buy|purchase)(?: most)?\W*$"
        ),
        r"what do my top \g<who> buy",
    ),
    (
        (
            r"^\W*how (?:has|have|did|does) (?:the )?(?:number|count) of (?:active |known |identified "
            r"|our )*(?P<who>households|customers|shoppers)(?: been)? (?:chang\w+|develop\w*|evolv\w*|grow\w*|grown"
            r"|grew|trend\w*)(?: over (?:time|the (?:months|year)))?\W*$"
        ),
        r"number of \g<who> by month",
    ),
    (
        (
            r"\b(?:which|what) store (?:has|had|sees?|saw|gets?|got|attracts?) the (?:highest number of"
            r"|most) (?:unique |different |distinct |individual )*(?:customers|shoppers|households)\b"
        ),
        "number of customers by store",
    ),
    # --- what did not sell
    (
        (
            r"\b(?P<what>(?:which|what) (?:categories|departments|brands|products|items)) (?:had|have|made|show"
            r"|recorded) (?:no|zero) sales\b"
        ),
        r"\g<what> did not sell",
    ),
    (
        (
            r"^\W*what (?:percent(?:age)?|share|proportion|%) of (?:the |our |my |total |all )*(?:sales"
            "|revenue) (?:came|comes|is|was) (?:from|on|of) (?:discounted|reduced|marked[- ]down) (?:items|products"
            r"|goods|lines|articles)\b"
        ),
        "share of lines sold with a discount and discount rate",
    ),
    # --- documents that came back
    (
        (
            r"\bhow many (?:transactions|orders|sales|receipts|tickets) (?:were|was|have been|got) (?P<what>refunded"
            r"|returned)\b"
        ),
        "how many refunds",
    ),
    (
        r"\bhow many (?:transactions|orders|sales|receipts|tickets) (?:were|was|have been|got) voided\b",
        "how many voids",
    ),
    # --- across all stores is the whole of them
    (
        r"\b(?P<what>trends?(?: of sales| in sales)?|course) across (?:all|the|our|my) (?:of (?:the|our|my) )?stores\b",
        r"\g<what>",
    ),
    # --- what to mark down, at which price
    (
        (
            r"^\W*(?:suggest|recommend|name|propose|pick|give me|show me|find)(?: me| us)?(?: some| a few"
            "| any)? (?:products|items|skus|goods) (?:to|for me to|that we (?:should|could)|we (?:should"
            r"|could)) (?:discount|mark down|reduce|clear)\b"
        ),
        "what should we mark down",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| are| would be| should be) (?:the |our )?(?:ideal|optimal|best|right|perfect)"
            r"|(?:ideal|optimal)) price"
            r"(?: points?)?s? (?:for|of|on) (?P<what>(?!(?:our |my |the )?(?:top|best|all|every|each|product|item"
            r"|sku|good)s?\b)[^?]+?)"
            r"(?: (?:products|items|goods))?(?:,? (?:to|that) (?:maximi[sz]es?|optimi[sz]es?|makes?|increases?"
            r"|gets?) [^?]*)?\W*$"
        ),
        r"price elasticity of \g<what>",
    ),
    (r"\b(?P<a>highest|lowest|best|worst|biggest|smallest|top|most) mark-?ups?\b(?! tool)", r"\g<a> gross margin %"),
    # --- growth taken apart
    (
        (
            r"^\W*how much of (?:our|the|my) (?P<what>growth|decline|change|increase|decrease"
            "|drop)(?: in sales)? (?:is|was|came|comes) (?:due to |from |because of )?(?:price|pricing)s?(?: changes"
            r"| increases)? (?:vs\.?|versus|and|or|against) (?:volume|units|quantity|traffic|mix)\b"
        ),
        "why did sales change",
    ),
    (r"\b(?:average|mean) (?:inventory|stock) age\b", "average age of my inventory"),
    # --- complaints
    (
        (
            r"^\W*did (?:any |our |the )*(?:customers?|guests?|shoppers?|people) complain (?:about"
            r"|of) (?P<what>[^?]+?)(?P<span> (?:yesterday|today|last|this|in)\b[^?]*)?\W*$"
        ),
        r"complaints about \g<what>\g<span>",
    ),
    # --- labour
    (
        (
            r"^\W*where (?:is|are|was|were) (?:the |our |my )?(?:labou?r|staff|staffing|payroll) costs? (?:is "
            r"|are )?(?:too |so )?(?:high|heavy|highest)\b"
        ),
        "which store has the highest labor cost percentage",
    ),
    # --- how good the outlook is
    (
        (
            r"^\W*how (?:confident|sure|certain|accurate|reliable|good) (?:are you|is|are)(?: in| of| about)? (?:the "
            r"|your |this |that |our )?(?:sales )?(?:forecasts?|outlooks?|predictions?)\b"
        ),
        "how accurate was our forecast",
    ),
    # --- for the weekend
    (
        (
            r"^\W*(?:what(?:'s| is| are) )?(?:the |our |my )*(?:biggest |top |main )?(?:out[- ]of[- ]stock"
            r"|stock-?outs?|oos) risks?(?: (?:for|over|during) (?:the |this )?(?:weekend|week))?\W*$"
        ),
        "which products will run out soon",
    ),
    # --- who showed a card against the others
    (
        (
            r"\bcompare (?:the |our |my |all )*(?P<a>(?:loyalty |rewards? )?(?:members|card ?holders))"
            r" (?:with|to|and|against|vs\.?|versus) (?:the |our |my |all )*(?P<b>non[- ]?members|others"
            r"|(?:all )?other customers|everyone else|the rest|guests)\b"
        ),
        r"\g<a> versus \g<b>",
    ),
    # --- the course of each group
    *(
        (
            rf"\b{step} (?P<what>categor(?:y|ies)|departments?|brands?|stores?) (?:sales )?(?:trends?|course)\b",
            rf"net sales by \g<what> and {unit}",
        )
        for step, unit in (("daily", "day"), ("weekly", "week"), ("monthly", "month"))
    ),
)
