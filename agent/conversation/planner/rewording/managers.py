"""What a manager asks in passing: “is Saturday our best day”, “what's going well”, “which discounts cost us the most”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_OWN = r"(?:private[- ]labels?|store[- ]brands?|own[- ](?:labels?|brands?))"
_GOODS = r"(?:products?|items?|skus?|goods)"
_SPAN = r"(?P<span>(?: (?:yesterday|this|last|in|for|over|during|since|at)\b[^?.!;]*)?)"
_OUR = r"(?:our|the|my|your)"
MANAGER_ROWS: tuple[tuple[str, str], ...] = (
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
            rf"^\W*(?:what|which) (?:national )?brands (?:lost|are losing|have lost|lose) (?:share|sales) to {_OUR}? ?"
            rf"{_OWN}\b"
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
            rf"^\W*(?:what|which) {_GOODS} are (?:stuck|sitting|slow|dead|not selling) (?:at|in) one store"
            rf" (?:but|and|while)"
            r" (?:selling|moving|sell|needed|short) (?:well )?(?:at|in) (?:another|others|other stores)\b"
        ),
        "transfer candidates",
    ),
    (
        r"^\W*(?:what|which) (?:items|products|goods|stock) should (?:we )?move to (?:another|other) stores?\W*$",
        "transfer candidates",
    ),
    (
        (
            r"^\W*(?:are|were) we (?:losing|missing(?: out on)?) (?:any )?sales (?:because of|due to|over|from)"
            r" (?:the |our )?"
            r"(?:stock|inventory|stock-?outs?|out[- ]of[- ]stocks?|availability|empty shelves)\b"
        ),
        "how much did we lose to stock-outs",
    ),
    (
        (
            r"^\W*what (?:happened|became|came) (?:with|to|of) (?:the |our )?(?!my\b"
            r"|proposals?\b)[^?]*\b(?:markdown|price change"
            r"|promotion|order"
            r"|transfer|proposal)s?\W*$"
        ),
        "show all proposals",
    ),
    (
        (
            r"^\W*how many hours (?:did|do|have) we (?:schedule[d]?|plan(?:ned)?|roster(?:ed)?) (?:vs\.?|versus"
            r"|against|and"
            rf"|compared (?:to|with)) (?:actually )?work(?:ed)?{_SPAN}\W*$"
        ),
        r"show the schedule\g<span> and labour hours\g<span>",
    ),
    (
        r"^\W*how many (?:end ?caps?|displays?) (?:do we have |are |have we )?(?:on|in|for) (?:promotion|promo)\w*\b",
        "what promotions are running",
    ),
    (
        r"^\W*(?:what|which) (?:customer )?segments? (?:spends?|buys?|is worth|brings? in) (?:the )?most\b",
        "customer segments",
    ),
    (
        (
            r"^\W*(?:who|which (?:households|customers)|how many (?:households|customers)) (?:received|got|were"
            r" sent) (?:the )?"
            r"(?P<which>campaign \w+) (?:but|and) (?:didn'?t|did not|never|have not|haven'?t) redeem\w*\b[^?]*\W*$"
        ),
        r"redemption rate of \g<which>",
    ),
    (
        r"^\W*(?:what|which) coupons? (?:were|was|have been|has been|are) never (?:used|redeemed)\W*$",
        "how many coupons were never redeemed",
    ),
    (
        (
            r"\b(?:which|what) stores? (?:is|are) (?:above|below) (?:the )?(?:chain |company |our )?average"
            r" (?:on|in|for) "
            r"(?:gross |profit )?margins?\b"
        ),
        "gross margin % by store",
    ),
    (
        (
            r"^\W*(?:what|which things?) (?:explains?|causes?|is behind|drives?|makes) the (?:difference|gap)"
            r" (?:in sales )?between"
            r" (?P<a>[A-Z][\w' ]+?) and (?P<b>[A-Z][\w' ]+?)\W*$"
        ),
        r"compare sales, transactions, average basket, margin and conversion of \g<a> and \g<b>",
    ),
    # --- advice
    (
        (
            r"^\W*(?:give|tell|name)(?: me| us)? (?:\w+ )?(?:things?|ways?|ideas?|tips?|steps?|actions?) (?:to"
            r"|that (?:would|could)|for)"
            r" (?:improve|increase|raise|boost|grow|improving|increasing) (?:our |my |the )?(?P<what>profits?"
            r"|margins?|sales)\W*$"
        ),
        r"how can we improve \g<what>",
    ),
    (
        (
            r"^\W*what(?:'s| is| are we) (?:going|doing|working) (?:well|right|great)(?: (?:right )?now| today| this"
            r" week)?\W*$"
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
            r"^\W*(?:what|which) (?:period|days|dates?) (?:does|do|is|are) [\"“']?(?:last|this) week[\"”']?"
            r" (?:mean|cover|include|stand"
            r" for|meant)\W*$"
        ),
        "when does a week begin",
    ),
)
