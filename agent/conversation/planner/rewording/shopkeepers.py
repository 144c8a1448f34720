"""Owners' words for customers, brands and prices put into the plainer ones: who leaves, who leads, what is cheap."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|people|households?|buyers?|members?|guests?|clients?)"
_LEAVE = r"(?:leav(?:e|es|ing)|left|churn(?:s|ed|ing)?|quit|stop(?:s|ped)? (?:coming|shopping|buying|visiting))(?: us)?"
_GONE = (
    rf"(?:{_WHO} (?:who|that) (?:are |have |had )?{_LEAVE}|(?:churned|churning|lost|lapsed|departed|leaving|inactive"
    rf"|at[- ]risk) {_WHO}|{_WHO} (?:who are |that are )?at risk)"
)
SHOPKEEPER_ROWS: tuple[tuple[str, str], ...] = (
    (
        (
            r"\b(?P<g>category|department|product|brand|sku|item|store)[- ]level (?P<f>(?:(?:promo(?:tion)?(?:al)?"
            r"|offer"
            r"|campaign) )?(?:roi|lift|return on discounts?)|(?:price )?elasticit(?:y|ies))\b"
        ),
        r"\g<f> by \g<g>",
    ),
    (
        (
            r"\b(?P<lost>lost money|underperformed|were unprofitable),? \(?(?:with )?(?:an? )?roi (?:<|below|under"
            r"|less than)"
            r" ?1(?:\.0+)?\b\)?"
        ),
        r"\g<lost>",
    ),
    (r"\b(?:had|have|has|with) (?:an? )?roi (?:<|below|under|of less than) ?1(?:\.0+)?\b", "lost money"),
    (
        (
            r"^\W*(?:which|what) (?P<g>brand|manufacturer|product|item)s? (?:leads?|owns?|dominates?|rules?) (?:in "
            r")?(?:the |our )*"
            r"(?P<x>(?!the\b|shel)[a-z][a-z &'-]{1,30}?)(?: category| department| market| segment)?(?=\W*$| (?:at|last"
            r"|this)\b)"
        ),
        r"best selling \g<g>s of \g<x>",
    ),
    (
        (
            r"^\W*who (?:leads|owns|dominates|rules) (?:in )?(?:the |our )*(?P<x>(?!the\b)[a-z][a-z &'-]{1,30}?)"
            r" (?:category|department|market|segment)(?=\W*$| (?:at|last|this)\b)"
        ),
        r"best selling brands of \g<x>",
    ),
    (
        (
            r"^\W*(?:(?:price elasticity(?: trends)?:? )?where (?:are|do) we (?:leave|leaving) money on the table"
            r"(?: (?:on|with|in) (?:our )?prices?)?|(?:which|what) (?:of (?:our|the) )?(?:products?|items?|goods"
            r"|skus?) (?:are|is)"
            r" (?:too cheap|under ?priced|priced too low)|(?:which|what) (?:of our )?prices are too low)(?=\W*$)"
        ),
        "which products could bear a higher price",
    ),
    (
        (
            r"^\W*how (?:has|have|did|does|do) (?:our |the |my )*(?:customers' )?repeat(?: (?:purchas(?:e|es|ing)"
            r"|buying|customer))?"
            r" (?:behaviou?rs?|patterns?|rates?) (?:been )?(?:chang|develop|evolv|trend|mov|go|gone)\w*(?: (?:over "
            r"time|by month))?"
            r"(?=\W*$| (?:at|in)\b)"
        ),
        "repeat rate by month",
    ),
    # --- who leaves: those overdue are told with how their households differ
    (
        (
            r"\b(?:the )?(?:(?:common|shared|typical|main|key|general) )*(?:features|traits|characteristics|attributes"
            rf"|similarities|commonalities|demographics) (?:of|among|between|in|for|shared by) (?:the |our |my "
            rf")*{_GONE}"
        ),
        "customers at risk",
    ),
    (
        rf"\b(?:what|which \w+) (?:do|does|did) (?:the |our |my )*{_GONE} (?:have|share|got) in common\b",
        "customers at risk",
    ),
    (
        (
            rf"^\W*(?:what|which) (?:kinds?|types?|sorts?) of {_WHO} (?:(?:do|are|did|is) (?:we|i) (?:los(?:e|ing))"
            rf"|(?:are |is |do |have )?{_LEAVE})(?=\W*$| (?:at|in|most|last|this)\b)"
        ),
        "customers at risk",
    ),
    (r"^\W*who(?:'s| is| are)? (?:leaving|churning|(?:we|i) losing)(?: us)?(?=\W*$)", "customers at risk"),
    (
        (
            r"^\W*(?:which|what) (?P<by>age|income|household size)(?: (?:groups?|bands?|brackets?|ranges?))? "
            r"(?:(?:do|are"
            rf"|did|is) (?:we|i) (?:los(?:e|ing))|(?:is |are )?{_LEAVE})(?: (?:the )?most)?(?=\W*$| (?:at|in)\b)"
        ),
        r"churn by \g<by>",
    ),
    (
        (
            rf"(?<!top )(?<!best )\b(?P<who>{_WHO}) (?:with|who have|by|have) (?:the )?(?:most|highest|greatest|best)"
            r" (?:purchas(?:e|ing)|buying|shopping|order(?:ing)?|visit|trip) frequency"
        ),
        r"top \g<who> by number of visits",
    ),
    (
        (
            rf"\b(?P<who>{_WHO})(?:,? (?:based on|by|ranked by|sorted by|with|according to|in terms of))+ (?:the "
            rf"|their |its "
            r"|highest |most |greatest )*(?:purchas(?:e|ing)|buying|shopping|order(?:ing)?|visit|trip) frequency"
        ),
        r"\g<who> by number of visits",
    ),
    (
        rf"^\W*how much (?:is|are) (?:a |an |each |every |one |the |our |average )*{_WHO} worth(?: to us)?(?=\W*$)",
        "customer lifetime value",
    ),
    (
        r"^\W*(?:should|shall) (?:i|we) (?:discount|mark ?down|reduce) (?:the |our |my )*(?:slow movers|dead stock)\b",
        "what should we mark down",
    ),
    (r"\brepeat (?:purchas(?:e|es|ing)|buying) (?:behaviou?rs?|patterns?|habits?)\b", "repeat rate"),
    (r"\brepeat (?:purchas(?:e|es|ing) |customer )?rates? trend(?= by (?:week|month)\b)", "repeat rate"),
)
"""``(pattern, words)``: each holds whatever else is asked."""
