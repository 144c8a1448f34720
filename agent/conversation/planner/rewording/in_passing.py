"""What a manager asks in passing: “is Saturday our best day”, “what's going well”, “which discounts cost us the most”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_OWN = r"(?:private[- ]labels?|store[- ]brands?|own[- ](?:labels?|brands?))"
_GOODS = r"(?:products?|items?|skus?|goods)"
_SPAN = r"(?P<span>(?: (?:yesterday|this|last|in|for|over|during|since|at)\b[^?.!;]*)?)"
_OUR = r"(?:our|the|my|your)"
PASSING_ROWS: tuple[tuple[str, str], ...] = (
    # --- the best day of the week
    (
        (
            rf"^\W*(?:is|are|was) (?:mon|tues|wednes|thurs|fri|satur|sun)days? (?:still )?{_OUR} (?P<how>best|busiest"
            r"|strongest|worst|slowest|quietest|weakest) (?:sales )?day(?: of the week)?\W*$"
        ),
        r"which day of the week is \g<how>",
    ),
    # --- own brands, product by product
    (
        (
            rf"^\W*(?:what|which)(?: are| is)?(?: {_OUR})? {_OWN} {_GOODS} (?:are |is )?(?:the |our )?(?:best sellers"
            rf"|top sellers|best[- ]selling(?: ones)?|selling best|sell best|sell the most){_SPAN}\W*$"
        ),
        r"best selling products\g<span>, only private label",
    ),
    (
        rf"\b(?:top|best)(?P<n> \d+)?(?:[- ]selling)? {_OWN} {_GOODS}{_SPAN}\W*$",
        r"top\g<n> best selling products\g<span>, only private label",
    ),
    (
        (
            r"^\W*(?:what|which) (?:national )?brands (?:lost|are losing|have lost|lose) (?:share"
            rf"|sales) to {_OUR}? ?{_OWN}\b"
        ),
        "which brands are losing share",
    ),
    # --- figures in other words
    (r"\b(?:what|which) discounts (?:cost|costs|have cost|are costing) (?:us|me) (?:the )?most\b", "discounts used"),
    (
        (
            r"\b(?:what are )?(?:the )?(?:fastest|slowest|quickest)[- ](?:turning|turnover) (?P<by>categories"
            r"|departments)\b"
        ),
        r"stock turn by \g<by>",
    ),
    (
        (
            rf"^\W*(?:what|which) {_GOODS} are (?:stuck|sitting|slow|dead|not selling) (?:at|in) one store (?:but|and"
            r"|while) (?:selling|moving|sell|needed|short) (?:well )?(?:at|in) (?:another|others|other stores)\b"
        ),
        "transfer candidates",
    ),
    (
        r"^\W*(?:what|which) (?:items|products|goods|stock) should (?:we )?move to (?:another|other) stores?\W*$",
        "transfer candidates",
    ),
    (
        (
            r"^\W*(?:are|were) we (?:losing|missing(?: out on)?) (?:any )?sales (?:because of|due to|over"
            r"|from) (?:the |our )?(?:stock|inventory|stock-?outs?|out[- ]of[- ]stocks?|availability|empty shelves)\b"
        ),
        "how much did we lose to stock-outs",
    ),
    (
        (
            r"^\W*what (?:happened|became|came) (?:with|to|of) (?:the |our )?(?!my\b|proposals?\b)[^?]*\b(?:markdown"
            r"|price change|promotion|order|transfer|proposal)s?\W*$"
        ),
        "show all proposals",
    ),
    (
        (
            r"^\W*how many hours (?:did|do|have) we (?:schedule[d]?|plan(?:ned)?|roster(?:ed)?) (?:vs\.?|versus"
            rf"|against|and|compared (?:to|with)) (?:actually )?work(?:ed)?{_SPAN}\W*$"
        ),
        r"show the schedule\g<span> and labour hours\g<span>",
    ),
    (
        r"^\W*(?:what|which) (?:customer )?segments? (?:spends?|buys?|is worth|brings? in) (?:the )?most\b",
        "customer segments",
    ),
    (
        (
            r"^\W*(?:who|which (?:households|customers)|how many (?:households|customers)) (?:received|got"
            r"|were sent) (?:the )?(?P<which>campaign \w+) (?:but|and) (?:didn'?t|did not|never|have not"
            r"|haven'?t) redeem\w*\b[^?]*\W*$"
        ),
        r"redemption rate of \g<which>",
    ),
    (
        r"^\W*(?:what|which) coupons? (?:were|was|have been|has been|are) never (?:used|redeemed)\W*$",
        "how many coupons were never redeemed",
    ),
    (
        (
            r"\b(?:which|what) stores? (?:is|are) (?:above|below) (?:the )?(?:chain |company |our )?average (?:on|in"
            r"|for) (?:gross |profit )?margins?\b"
        ),
        "gross margin % by store",
    ),
    (
        (
            r"^\W*(?:what|which things?) (?:explains?|causes?|is behind|drives?|makes) the (?:difference"
            r"|gap) (?:in sales )?between (?P<a>[A-Z][\w' ]+?) and (?P<b>[A-Z][\w' ]+?)\W*$"
        ),
        r"compare sales, transactions, average basket, margin and conversion of \g<a> and \g<b>",
    ),
    # --- advice
    (
        (
            r"^\W*(?:give|tell|name)(?: me| us)? (?:\w+ )?(?:things?|ways?|ideas?|tips?|steps?|actions?) (?:to"
            "|that (?:would|could)|for) (?:improve|increase|raise|boost|grow|improving|increasing) (?:our |my "
            r"|the )?(?P<what>profits?|margins?|sales)\W*$"
        ),
        r"how can we improve \g<what>",
    ),
    (
        (
            r"^\W*what(?:'s| is| are we) (?:going|doing|working) (?:well|right|great)(?: (?:right )?now| today"
            r"| this week)?\W*$"
        ),
        "how are we doing",
    ),
    (
        r"(?P<a>\btargets?\b[^?]*?),? and are we (?:on|hitting|meeting|making) (?:it|them|target|track)(?=\W*$)",
        r"\g<a> progress",
    ),
    # --- words
    (
        (
            r"^\W*(?:what|which) (?:period|days|dates?) (?:does|do|is|are) [\"“']?(?:last|this) week[\"”']? (?:mean"
            r"|cover|include|stand for|meant)\W*$"
        ),
        "when does a week begin",
    ),
    # --- how it shall be said
    (
        (
            r"[.?!]\s*(?:please )?(?:keep it (?:short|brief|simple|quick)|be brief|in (?:one|a single|two) sentences?"
            r"|short answer(?: please)?|no details)\W*$"
        ),
        "",
    ),
    # --- a comparison in a second half
    (
        (
            "^(?P<a>[^?]+?),? and how (?:does|did|do) (?:that|it|this|they|those|these) compare (?:to|with"
            r"|against) (?P<b>[^?]+?)\W*$"
        ),
        r"\g<a> compared to \g<b>",
    ),
    (r"\b(?:item|product|merchandise) (?P<c>categor(?:y|ies))\b", r"\g<c>"),
    (
        (
            r"^\W*(?:what|which)(?: was| is)? (?:my |our |the )?best (?:sales )?day(?P<span> (?:in|of|over|this"
            r"|last)[^?,]*),? and (?:what|why) (?:drove|caused|explains?|made) (?:it|that)\W*$"
        ),
        r"which day had the highest sales\g<span>, and why",
    ),
    # --- hours and cash
    (
        (
            r"\b(?:which|what) hours (?:should|could|can) (?:we|i) (?:consider )?(?:clos(?:e|ing)|open(?:ing)? later"
            r"|cut(?:ting)?|shorten(?:ing)?)(?: early| earlier)?\b"
        ),
        "what are my slowest hours",
    ),
    (
        (
            r"\b(?:which|what) (?P<by>categories|departments|stores|brands) (?:tie|ties|are tying"
            r"|lock) up (?:the )?most (?:cash|money|capital)\b"
        ),
        r"inventory value by \g<by>",
    ),
    (
        r"^\W*(?:which|what) (?:suppliers?|vendors?) (?:am i|are we) (?:still )?waiting (?:on|for)\b",
        "open purchase orders",
    ),
    (
        (
            r"^\W*(?:draft|create|make|prepare|write) (?:a |the )?(?:purchase order|po) (?:to cover"
            "|for) (?:the )?(?:next week's |this week's |tomorrow's |expected |forecast )(?P<what>[^?]+?) (?:demand"
            r"|sales|needs?)(?P<place> (?:at|for) [^?]+?)?\W*$"
        ),
        r"what should I reorder of \g<what>\g<place>",
    ),
    (
        (
            r"\b(?P<do>discount|mark down|reduce|clear(?: out)?) (?:the |all |all the )?(?:items|products|goods"
            "|stock) that (?:are|is) (?:about to (?:be|become) |becoming |nearly |almost )?(?P<set>dead stock"
            r"|slow movers|overstocked|overstock)\b"
        ),
        r"\g<do> \g<set>",
    ),
    (r"^\W*(?:which|what) promotions? ends? (?:first|next|soonest)\b", "what promotions are running"),
    (r"\b(?P<a>spends?|spent) (?:the )?most (?:on average )?per (?:basket|transaction)\b", r"\g<a> the most per visit"),
    (
        (
            r"\b(?:average )?discount (?:percentage|percent|%|depth)(?: given)? by (?P<by>department|category|store"
            r"|brand)\b"
        ),
        r"discount rate by \g<by>",
    ),
    (r",? and (?:call|point|flag|pick) out (?:the |any )?(?:exceptions|outliers|anomalies)\b", ""),
    (rf"^\W*(?:which|what) {_GOODS} are (?:over|under)[- ]?(?:faced|spaced)\b", "space to sales"),
    (
        (r"^\W*(?:which|what) categor(?:y|ies) (?:are|is) (?:the )?most responsive to (?:promotions?|offers)\b"),
        "promotion lift by category",
    ),
    (
        (
            r"^\W*(?:flag|show(?: me)?|find|list) (?:the )?stores with (?:high|unusual|excessive"
            r"|too many) (?P<what>void|refund|discount|no[- ]sale)s?(?: rates?)?\b"
        ),
        r"which stores have unusual \g<what> activity",
    ),
    (
        (
            r"\b(?:which|what) (?:discount|promo|coupon) codes? (?:brought|bring|drove|made"
            r"|generated)(?: in)? (?:the )?most (?:sales|revenue)\b"
        ),
        "discounts used by code",
    ),
    (
        (
            r"\btop (?P<n>\d+ )?(?P<what>products|items|skus|categories|brands) by (?P<by>region|district"
            r"|store)\b(?! sales)"
        ),
        r"top \g<n>\g<what> of each \g<by>",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<who>districts|regions|stores) (?:are|were) up and (?:which|what)(?: ones)? (?:are"
            r"|were) down(?P<span>[^?]*)\W*$"
        ),
        r"which \g<who> improved or declined\g<span>",
    ),
    (
        (
            r"^\W*(?:summari[sz]e|show(?: me)?|give me|what(?:'s| is)) (?:the |our )?performance by (?P<by>region"
            r"|district|store)\b"
        ),
        r"sales by \g<by>",
    ),
    # --- weekends as a share
    (
        (
            r"^\W*(?:do|does|did|what (?:share|percent(?:age)?|part|%) of (?:the |our |my )?(?:week'?s? )?sales (?:is"
            "|are|comes?|falls?|happens?)|how much of (?:the |our |my )?(?:week'?s? )?sales (?:is|are|comes?|falls?"
            "|happens?))(?: on| at| from| in)? (?:the |our |my )?weekends?(?:'?s? sales)?(?: (?:make up|account for"
            r"|bring(?: in)?)[^?]*)?\W*$"
        ),
        "what share of sales is on weekends",
    ),
    (
        r"^\W*weekend(?:'s)? share of (?:the |our )?(?:weekly |week's )?sales\W*$",
        "what share of sales is on weekends",
    ),
    (
        (
            r"^\W*what (?:changes?|actions?|steps?|measures?) (?:would|do|could|should) (?:you|we|i) (?:suggest"
            "|recommend|propose|make|take) to (?P<what>increase|raise|improve|grow|boost) "
        ),
        r"how can we \g<what> ",
    ),
)
