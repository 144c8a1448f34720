"""Ways of asking whether promotions were worth it, and other figures of buyers, put into the words of the readers.

Paying for themselves, responding, incremental: a promotion is measured by the lift over what would have been sold
without it, so all of these are that one figure by promotion, category or store.
"""

from __future__ import annotations

_PROMOTIONS = (
    r"(?:(?:promotional |marketing )?(?:promotions?|promos?)|promotional (?:campaigns?|events?|offers?)|offers|deals)"
)
_MORE = r"(?:incremental|additional|extra)"

PROMOTION_ROWS: tuple[tuple[str, str], ...] = (
    (
        (
            r"^\W*(?:did|does|do|has|have) (?P<what>[^?]*\b(?:mailers?|flyers?|displays?|promo(?:tion)?s?|deals?|ads?"
            r"|campaigns?)(?: (?:last|this|in|on|at) [\w ]*?)?) (?:do|done|bring|brought|achieved?|change[ds]?)(?: us)?"
            r" anything(?: (?:for|to) (?:our |the )?sales)?(?P<rest>(?: (?:last|this|in|on|at) [\w ]*)?)\W*$"
        ),
        r"did \g<what> work\g<rest>",
    ),
    # --- what a place in the mailer or of a display does to sales
    (
        (
            r"\b(?:how )?(?:does|do|did) (?:the |an? )?(?:locations?|positions?|placements?|places?)(?: of (?:the |an? "
            r"|our )?(?:features?|ads?|items?|products?))?(?: (?:in|on|of)) (?:the |a )?(?P<what>mailer|display)s?"
            r" (?:impact|affect|influence|change|matter for)(?: the| our)? sales(?: too| as well)?(?=\W*$)"
        ),
        r"promotion lift by \g<what>",
    ),
    # --- two words with a stroke between them
    (r"\bspend(?:s|ing)? (?:more/less|less/more)(?: money)? over time\b", "spend more over time? less over time"),
    (
        (
            r"^\W*(?:which|what) categories (?:grow|are growing)/(?:shrink|shrinking) with (?:growing/(?:declining"
            "|shrinking)) (?:households|customers)"
        ),
        "which categories grow with customers who spend more",
    ),
    (r"\bdisplay/mailer\b|\bmailer/display\b|\bdisplays?/mailers?\b", "display and mailer"),
    # --- were they worth it
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:are|is|were|was|have|has)?(?: actually| really"
            "| not)?(?: been)? ?(?:paying|paid|pay) (?:for themselves|off|back)"
        ),
        "which promotions made the most margin",
    ),
    (
        (
            r"^\W*(?:how (?:effective|successful|profitable|well)|are|were|is) (?:are |is |were |was |did "
            rf"|do )?(?:our |the |my |these )?{_PROMOTIONS}(?: been| perform(?:ing)?| doing| work(?:ing)?| effective"
            r"| working| worth it| successful| profitable)*(?=\W*$)"
        ),
        "promotion lift by promotion",
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:generate[sd]?|brought(?: in)?|drove|drives?|had|has|delivered|gave"
            rf"|produced|yielded) (?:the )?(?:highest|most|best|biggest|largest|greatest) (?:{_MORE} )(?:revenue|sales"
            "|units|volume|margin)"
        ),
        "promotion lift by promotion",
    ),
    # --- how often a product was promoted
    (
        (
            r"^\W*(?:which|what) (?P<w>products?|items?|skus?|brands?|categories|departments) (?:were|was|have been"
            rf"|has been|are|is|got|appeared?) (?:featured |included |put )?(?:in|on)? ?(?:the )?most (?:{_PROMOTIONS}"
            "|often promoted|promoted|featured)"
        ),
        r"most often promoted \g<w>",
    ),
    (
        (
            rf"^\W*(?:number of|how many) {_PROMOTIONS} (?:per|by|for each|did each|has each) (?P<w>product|item|sku"
            "|brand|category|department)(?: (?:have|had|get|got|been in))?"
        ),
        r"most often promoted \g<w>s",
    ),
    # --- shares, patterns, statistics
    (
        (
            r"^\W*(?:what is |show (?:me )?)?(?:the )?share of each (?P<g>category|department|brand|store) (?:in"
            "|of) (?:the )?(?:total |overall )?(?P<f>sales|revenue|units)"
        ),
        r"share of \g<f> by \g<g>",
    ),
    (
        (r"\b(?:the )?(?P<t>hour|week|month|dai?)ly patterns? (?:of|in|for) (?=sales|revenue|transactions|units)"),
        r"\g<t>ly ",
    ),
    (
        (
            r"\b(?:descriptive|summary) statistics (?:of|for|on) (?:the )?(?:basket|transaction|order)s?(?: (?:size"
            "|value)s?)?"
        ),
        "distribution of basket sizes",
    ),
    (
        r"\baverage basket(?: value| size)? (?:per|of each|by|for each) (?:household|customer|shopper)\b",
        "spend per visit by household",
    ),
    (
        (
            r"\bmonthly (?P<f>revenue|sales|units|margin) (?:with|and) (?:the |its |their )?(?:change"
            "|growth)s?(?: (?:against|on|over|from|to|vs) the (?:month before|previous month|prior month"
            "|last month))?"
        ),
        r"monthly \g<f> change",
    ),
    # --- goods together
    (
        (
            r"\b(?:which|what) (?P<g>category|product|department|item) pairs (?:genuinely |really |actually )?(?:sell"
            "|go|are bought|are sold) together"
        ),
        r"which \g<g> pairs are bought together",
    ),
    (
        (
            r"^\W*(?:are|is) there (?:any )?(?:missed )?cross[- ]?sell(?:ing)? opportunit(?:y|ies)(?: (?:being "
            "|we are |that are )?miss(?:ed|ing))?"
        ),
        "cross sell opportunities",
    ),
    (
        (
            r"\b(?:bundle|bundles?) (?P<o>[^?]*?)(?:for|over|during) (?:the )?(?:holidays?(?: season)?|christmas"
            r"|summer|season)(?=\W*$)"
        ),
        r"bundle \g<o>",
    ),
    # --- campaigns and coupons
    (
        (
            r"^\W*(?:which|what) (?:type|kind)s? of campaigns?(?: ?\([^)]*\))? (?:has|had|have|gets?"
            "|got) (?:the )?(?:highest|best|most|lowest) (?:coupon )?redemptions?(?: rate)?"
        ),
        "coupon redemption by campaign type",
    ),
    (
        (
            r"\b(?:do|did|does) coupon (?:users?|redeemers?|shoppers|customers|households) (?:buy|have|make"
            "|spend) (?:bigger|larger|smaller|more)(?: (?:baskets|orders|per (?:visit|trip|basket)"
            r"|money))?(?: than [^?]*)?(?=\W*$)"
        ),
        "do coupon redeemers spend more",
    ),
    (
        (
            r"^\W*(?:what (?:is|was)|which is) the (?:most common|commonest|typical) (?P<k>household size"
            "|age(?: group)?|income(?: group)?|number of (?:children|kids)) (?:among|of"
            "|for) (?:the )?coupon (?:redeemers|users)"
        ),
        r"coupons redeemed by \g<k>",
    ),
    (
        (
            r"\b(?:does|did|do) (?:coupon )?(?:redemptions? (?:from|of|in) )?campaign (?P<n>\d+) (?:cause|drive|create"
            "|generate|lead to|bring) (?:incremental|extra|additional|more) (?:spend(?:ing)?|sales|revenue)"
        ),
        r"did campaign \g<n> increase sales",
    ),
    (
        (
            r"\bretention (?:rate )?(?:of|for|by) (?:each |every )?(?:enrol?lment|sign[- ]?up|acquisition"
            r"|first[- ]purchase) cohorts?\b"
        ),
        "customer retention by cohort",
    ),
    # --- shelves
    (
        (
            r"\b(?:are|is) (?:the |our |all )?(?:products|items|goods) (?:on|in|at) their (?:planned|right|proper"
            r"|assigned) (?:facings?|places?|positions?|spots?|shelf|shelves|locations?)\b"
        ),
        "planogram compliance",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
