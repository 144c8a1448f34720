"""What is asked of promotions, slow goods and clearing that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_PROMOTIONS = r"(?:promotions?|promos?|offers|deals|discount campaigns|price promotions?|trade promotions?)"
_SKUS = r"(?:products?|items?|skus?|lines|articles)"
CLEARING_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"^\W*(?:are|is|do|does|did|have|has|will|can) (?:the |our |my |all )*{_PROMOTIONS} (?:\w+ |,? ?or |and "
            rf"|even |really )"
            r"{0,3}(?:increas\w+|rais\w+|hurt\w*|help\w*|boost\w*|grow\w*|lift\w*|affect\w*|improv\w+|chang\w+|reduc\w+"
            r"|shrink\w*|driv\w+|lower\w*|lead(?:ing)? to|mak(?:e|ing))(?: (?:a |the |my |our |bigger |larger |higher "
            r"|average ))*"
            r" ?(?:baskets?|orders?|transactions?|tickets?)(?: (?:sizes?|values?|spend))?(?: (?:bigger|larger|fuller"
            r"|smaller))?"
        ),
        "average basket with and without promoted goods",
        (
            "These baskets are held beside each other: that those with promoted goods are larger does not show that "
            "the "
            "promotion made them so. What promotions brought in their goods is in “promotion lift by category”."
        ),
    ),
    (
        (
            r"\b(?:slow[- ]?(?:movers?|sellers?|moving (?:items?|products?|stock))|dead stock)\b (?:that "
            r"|which )?(?:are |is )?(?:still "
            r"|but |yet )*(?:profitable|making (?:money|a profit|margin)|earning)"
            r"(?:,? (?:that |which )?(?:i|we) (?:shouldn't|should not|must not|ought not to) [a-z ]{3,20})?"
        ),
        "slow sellers with high margin",
        "Whether to clear them is yours to decide; these sell little and earn well on what they sell.",
    ),
    (
        (
            rf"^\W*which (?P<what>{_SKUS}|categories|departments|brands) (?:are|is) (?:dragging(?: down)?|hurting"
            rf"|eroding|pulling"
            r" down|depressing|killing) (?:the |our |my )?margins?(?: because of| due to| through| by)? (?:the "
            r"|our )?(?:heavy )?"
            r"(?:mark-?downs?|discount\w*|promo\w*)(?: pressure| depth| activity)?"
        ),
        r"which \g<what> get discounted most",
        (
            "What discounts took from each is held here as their share of sales; the margin that was left is in "
            "“lowest "
            "margin {what}”."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?P<what>products|items|skus|categories|departments|brands) (?:are|were"
            r"|have been) doing (?:really )?well"
        ),
        r"top \g<what>? which \g<what> grew the most",
        "Well is taken in both ways: those that sell most, and those that grew most.",
    ),
    (
        r"\b(?:which|what) (?P<what>categories|departments|brands) need(?:s)? (?:my |our |some |more )?attention\b",
        r"which \g<what> are declining",
        (
            "What needs attention is judged for stores, products and stock; of {what} it is those that fell. Ask "
            "“what needs my "
            "attention?” for the rest."
        ),
    ),
    (
        (
            r"^\W*(?:what|which)(?: stock| inventory| items?| products?| goods)? (?:should|do|must) (?:we"
            r"|i) (?:need to )?clear(?: out)?\b(?! (?:up|with)\b)"
        ),
        "what should we mark down",
        "What to clear is taken as what lies too long or too high.",
    ),
    (
        (
            r"\b(?:what are |show me |list )?(?:the |our )?(?:different )?customer (?:segments?|groups?) (?:based on"
            r"|by|in terms of)"
            r" (?:their )?(?:purchase|visit|shopping|buying|order) (?:frequency|behaviou?r|habits|patterns?)"
        ),
        "customer segments",
        "Segments are made of how lately, how often and for how much people buy, taken together.",
    ),
)
