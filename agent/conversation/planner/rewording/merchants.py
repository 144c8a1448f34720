"""Merchants' and marketers' words put into plainer ones: seasons, what shrinks, facings, a campaign's results.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_SEASONS = {
    "spring": "1 march to 31 may",
    "summer": "1 june to 31 august",
    "autumn": "1 september to 30 november",
    "fall": "1 september to 30 november",
}
_AROUND = {
    "halloween": "1 october to 14 november",
    "thanksgiving": "1 november to 30 november",
    "christmas": "1 december to 31 december",
    "valentine'?s(?: day)?": "1 february to 28 february",
    "(?:the )?(?:4th|fourth) of july": "15 june to 15 july",
    "labou?r day": "15 august to 15 september",
    "memorial day": "10 may to 10 june",
}
_GROUP = r"(?:categor(?:y|ies)|departments?|brands?|manufacturers?|stores?|products?)"
_DIFFERENCE = r"(?:difference|change|growth|movement)(?: (?P<of>in [\w% ]{3,30}?))?"
_NAMED_SPAN = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|week"
    r" \d{1,2})"
)
_ONE_GROUP = r"(?:category|department|brand)"
_PEOPLE = r"(?:families|households?|customers?|shoppers|seniors?|couples?|singles?|people|homeowners|renters)"
_NEXT = {"2": "3", "two": "3", "3": "4", "three": "4", "4": "5", "four": "5", "5": "6", "five": "6"}

MERCHANT_ROWS: tuple[tuple[str, str], ...] = (
    # --- seasons and days around a holiday
    *(
        (
            (
                rf"\bcompare (?P<lead>[\w ]{{0,20}}?)\b{one} (?:and|with|to|vs\.?|versus"
                rf"|against) {other} (?P<what>sales|revenue|units)\b"
            ),
            rf"compare \g<lead>\g<what> from {days} with from {others}",
        )
        for one, days in _SEASONS.items()
        for other, others in _SEASONS.items()
        if days != others
    ),
    *(
        (
            rf"\b(?P<a>by (?:week|day)\b.*?) (?:around|leading up to|before and after|near) {name}\b",
            rf"\g<a> from {days}",
        )
        for name, days in _AROUND.items()
    ),
    (
        r"\b(?:around|leading up to) (?P<day>halloween|thanksgiving|christmas|easter|labou?r day|memorial day)(?=\W*$)",
        r"in the week of \g<day>",
    ),
    # --- one span against another: the later one first, however they stand
    (
        (
            rf"\b{_DIFFERENCE} between (?P<a>(?:this|last) (?:week|month|quarter|year)|yesterday) and"
            r" (?P<b>(?:last|the (?:previous|prior)) (?:week|month|quarter|year)"
            r"|the (?:day|week|month|quarter) before(?: last)?)(?!\w)"
        ),
        r"\g<a> \g<of> vs \g<b>",
    ),
    (
        rf"\b{_DIFFERENCE} between (?P<a>{_NAMED_SPAN}) and (?P<b>{_NAMED_SPAN})(?!\w)",
        r"\g<b> \g<of> vs \g<a>",
    ),
    (
        (
            r"\b(?P<a>(?:last|past|trailing|previous) (?P<n>\d{1,3}|two|three|four|six|eight|twelve) (?P<u>days|weeks"
            r"|months)) (?P<vs>vs\.?|versus|against|compared (?:to|with)|over|and) (?:the )?(?:(?P=n) (?P=u)"
            r" (?:before|prior|earlier)(?: that)?|(?:previous|prior|preceding) (?P=n)(?: (?P=u))?)(?![\w-])"
        ),
        r"\g<a> \g<vs> the period before",
    ),
    # --- what is left out
    (
        (
            r"(?<!sell at )(?<!sells at )(?<!sold at )(?<!carried at )"
            rf"\b(?:all|every(?:thing| {_ONE_GROUP})|anything|all (?:of )?(?:the |our )?{_GROUP})(?: else)?"
            r" (?:but|except|bar|save|besides|other than|apart from)(?: for)?"
            r" (?=[a-z])(?!not\b|last\b|one\b|two\b|a\b|the (?:last|top|first)\b)"
        ),
        "excluding ",
    ),
    (
        (
            r"\b(?P<a>sales|revenue|turnover|takings) less (?=[a-z])"
            r"(?!(?:than|or|the cost|tax|vat|costs?|cogs|discounts?|returns?|refunds?|coupons?)\b)"
        ),
        r"\g<a> excluding ",
    ),
    (
        r"\bnon[- ](?P<what>fuel|gas|grocery|produce|deli|meat) (?P<a>sales|revenue|turnover|takings|units|margin)\b",
        r"\g<a> excluding \g<what>",
    ),
    # --- the days since one day against as many before it
    (
        (
            r"\bbefore (?:and|or|vs\.?|versus|against|compared (?:to|with)) after"
            r" (?P<day>(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9}\b|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?\b"
            rf"|{'|'.join(_AROUND)})"
        ),
        r"after \g<day> vs the period before",
    ),
    # --- each week or month
    (
        (
            rf"\bhow much (?:do|does) (?P<who>{_PEOPLE}(?: with(?:out)? kids)?) spend on (?P<what>[\w &'-]{{2,30}}?) "
            rf"(?:a|per|each|every) (?P<u>week|month)\b"
        ),
        r"how much do \g<who> spend on \g<what> last \g<u>",
    ),
    (
        (
            r"^(?P<a>.*\bby (?:month|week|day|quarter)\b[^,?]*?)[, -]+(?:and )?(?:is|are|was) (?:it|they|that|this"
            "|there)(?: still| now)? (?:trending |going |moving |getting |an? )*(?:up|down|better|worse|higher|lower"
            r"|upward|downward|trend\w*)(?: or (?:down|up))?\W*$"
        ),
        r"\g<a>",
    ),
    (r"\bmargin rates\b", "margin %"),
    # --- what there is
    (
        (
            r"^\W*(?:please )?(?:list|show(?: me)?|name|give me|what are) (?:all )?(?:of )?(?:the "
            "|our )?(?:product )?categories (?:in|of|within|under) (?:the "
            r"|our )?(?P<what>[\w &'-]{2,30}?)(?: department)?(?=\W*$)"
        ),
        r"how many products does each category have in \g<what>",
    ),
    (
        (
            r"^\W*(?:are we|is our (?:range|assortment)) (?:over|under)[- ]?assorted (?:in|on"
            r"|for) (?P<what>[\w &'-]{2,30}?)(?=\W*$)"
        ),
        r"what share of sales do the top 20% of products make in \g<what>",
    ),
    # --- what shrinks or grows fastest
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GROUP}) (?:is|are|was|were) (?:shrinking|declining|falling|dropping"
            r"|losing sales) (?:the )?(?:fastest|most)\b"
        ),
        r"\g<who> \g<what> fell the most",
    ),
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GROUP}) (?:is|are|was|were) (?:growing|rising"
            r"|gaining) (?:the )?(?:fastest|most)\b"
        ),
        r"\g<who> \g<what> grew the most",
    ),
    # --- prices
    (
        (r"^\W*where (?:should|could|can) (?:we|i) (?:raise|increase|put up) (?:the |our )?prices?(?=\W*$)"),
        "which products could bear a higher price",
    ),
    (
        r"^\W*where (?:should|could|can) (?:we|i) (?:cut|lower|reduce) (?:the |our )?prices?(?=\W*$)",
        "most price sensitive products",
    ),
    # --- promotions
    (r"\b(?:average|mean|avg) (?P<w>(?:promo(?:tion)?(?:al)? )?lift)\b", r"\g<w>"),
    (r"\b(?P<l>lift|uplift) by (?:promotion|promo|offer|support) types?\b", r"promotion \g<l> by display and mailer"),
    (
        (
            r"^\W*(?:show(?: me)? |what (?:are|were) )?(?:the )?(?:results?|performance|outcome|effect) (?:of|for"
            r"|from) campaign (?P<n>\d{1,4})(?=\W*$)"
        ),
        r"did campaign \g<n> work",
    ),
    (
        r"^\W*(?:show(?: me)? )?campaign (?P<n>\d{1,4}) (?:results?|performance|summary|outcome|recap)(?=\W*$)",
        r"did campaign \g<n> work",
    ),
    (
        r"\b(?:average|mean) number of coupons (?:per|in each|in a|offered per|by) campaign\b",
        "how many coupons does each campaign offer",
    ),
    (
        (
            r"\b(?:which|what) (?:promotions?|promos?|offers?) (?:sold|had|made|brought in"
            r"|brought) (?:the )?(?P<way>most|fewest|least|highest|lowest) (?P<f>units|sales|revenue)\b"
        ),
        r"\g<f> by promotion",
    ),
    (
        (
            r"\bhow much (?:money )?(?:did|do|have) (?:the |our )?(?:households|customers|shoppers) (?:save"
            r"|saved) (?:with|through|by|from|on|using) coupons\b(?: in total| overall)?"
        ),
        "how much did we give in coupons",
    ),
    (r"\bmost profitable per (?P<u>unit|item|piece)\b", r"highest profit per \g<u>"),
    (
        (
            r"\b(?:is there |are there )?(?:an? |any )?differences? in (?:average )?spend(?:ing)? (?:between|of"
            r"|among) (?P<who>[\w ,'-]{5,60}?) (?P<n>households|customers|shoppers|families)(?=\W*$)"
        ),
        r"spend per household of \g<who> \g<n>",
    ),
    (
        (
            r"\b(?:on )?(?:days with (?P<w>rain) (?:vs\.?|versus|and|or|compared (?:to"
            "|with)) (?:days )?(?:without(?: (?:it|rain))?|no rain))"
        ),
        "on rainy days vs dry days",
    ),
    (
        (
            r"\baverage number of (?:different )?stores (?:visited|shopped|used)(?: at)? by (?:each |the average "
            r"|an average )?(?:households?|customers?|shoppers?)\b"
        ),
        "how many customers shop at several stores",
    ),
    (
        r"\b(?:which|what) (?P<who>promotions?|promos?|offers?) ran (?=(?:in|on|at|last|this|during|yesterday)\b)",
        r"what was on promotion ",
    ),
    (
        (
            r"\b(?P<s>which stores?) (?:executes?|executed|runs?) (?:the )?(?:promotions|promos) (?:the )?(?:best|well"
            r"|most effectively)\b"
        ),
        "promotion lift by store",
    ),
    # --- baskets, courses, ranks
    (r"\bcommodit(?P<y>y|ies)\b(?! prices?)", r"categor\g<y>"),
    (
        (
            r"\baverage (?:sales|revenue|dollar) (?:value|amount) (?:per|of an?|of each|for each) (?P<b>basket"
            r"|transaction|order|trip)\b"
        ),
        r"average \g<b> value",
    ),
    (
        (
            r"\bhow (?:has|have|did) (?:the |our )?(?P<f>(?:average )?(?:basket (?:size|value)|transaction value)"
            "|margin(?: %| rate)?|conversion|traffic|sales|transactions|discount rate) (?:changed?|developed?"
            r"|evolved?|moved|trended|gone) (?:over|through|during|across) (?:the|this) year\b"
        ),
        r"\g<f> by month this year",
    ),
    (
        (
            r"\b(?:which|what) (?P<who>age|income|household size|family size)(?: (?:band|group|range|level)s?)? (?:has"
            "|have|had) (?:the )?(?:highest|largest|biggest|lowest|smallest) (?:share|proportion"
            r"|percent(?:age)?) of private[- ]label(?: (?:sales|spend\w*|products))?"
        ),
        r"private label vs national brands by \g<who>",
    ),
    # --- shelves
    (r"\bplanogram compliance (?:score|level|index|percentage|%)", "planogram compliance"),
    (
        (
            r"\bwhat(?:'s| is| are)?(?: (?:items?|products?|skus?))? (?:is |are )?missing (?:from|on|off) (?:the "
            r"|our )?shel(?:f|ves)\b"
        ),
        "shelf gaps",
    ),
    (
        (
            r"\bout of (?:their|its|the) (?:planogram|pog|assigned|proper|right) (?:spots?|places?|positions?"
            r"|locations?|slots?)\b"
        ),
        "in the wrong place",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""

SHOP_ROWS: tuple[tuple[str, str], ...] = (
    *(
        (
            (
                r"\b(?:which|what) (?:stores?|shops?|locations?) (?:are|is|have been|were) (?:trending|going"
                rf"|moving) (?:down|up) (?:for )?{said} weeks (?:in a row|running|straight|in succession)"
            ),
            f"sales by store by week over the last {number} weeks",
        )
        for said, number in _NEXT.items()
    ),
    (
        (
            r"^\W*(?:are )?(?:any|which|what) (?:of (?:my|our|the) )?(?:stores?|shops?|locations?) (?:are |is "
            r"|running )*(?:over|high|heavy|overspending) (?:on|in) labou?r(?: costs?)?(?=\W*$| (?:last|this)\b)"
        ),
        "labour cost percentage by store",
    ),
    (
        r"\bwhere did (?:we|i) miss (?:the |our )?(?:forecast|outlook) (?:the )?(?:most|worst)\b",
        "forecast accuracy by store",
    ),
    (r"\bvariance (?:to|vs\.?|versus|against|from) (?P<t>targets?|budget|plan)\b", r"against \g<t>"),
    (
        (
            r"\b(?P<f>traffic|sales|transactions?|conversion|margin %|units) trends? by store (?:over |for |in "
            r"|during )?(?:the )?(?:last|past) (?P<n>\d{1,2}) weeks"
        ),
        r"\g<f> by store by week over the last \g<n> weeks",
    ),
    (
        (
            r"^\W*(?:which is (?:the |our )?|what is (?:the |our )?|who is (?:the |our )?)?(?:the |our )?(?:top"
            r"|best)[- ]performing (?P<d>district|region)s?(?=\W*$| (?:last|this)\b)"
        ),
        r"which \g<d> has the highest sales",
    ),
    (
        (
            r"^\W*(?:which is (?:the |our )?)?(?:the |our )?(?:worst|weakest|lowest)[- ]performing (?P<d>district"
            r"|region)s?(?=\W*$| (?:last|this)\b)"
        ),
        r"which \g<d> has the lowest sales",
    ),
    (r"^\W*(?:please )?escalate (?=(?:the |a |an |our )?\w)", "report "),
    (
        (
            r"^\W*(?:please )?follow up with (?:the )?(?P<s>[\w' ]{3,30}?)(?: (?:team|store|manager))? (?:about|on"
            r"|regarding|over) (?P<w>.+?)\W*$"
        ),
        r"create a task to follow up on \g<w> at \g<s>",
    ),
    (r"\bas an? (?:district|region|chain|company|group)(?=\W*$)", "for all stores"),
    (r"\b(?P<s>shrink(?:age)?) (?:problems?|issues?)\b", r"\g<s>"),
    (r"\bprice audit tasks?\b", "price check tasks"),
    (r"\b(?P<do>remind|ask|tell) (?:them|him|her) to (?=\w)", "create a task to "),
    (r"\bcash over ?/ ?shorts?\b", "cash overs and shorts"),
    (
        (
            r"\bwho (?:has not|hasn't|have not|haven't|hasnt|havent) (?:yet )?(?:finished|completed|done"
            r"|closed) (?:their|his|her|its|the)(?: \w+)? tasks?(?: yet)?\b"
        ),
        "which tasks are open",
    ),
    (
        (
            r"^\W*(?:please |can you |could you )*(?:log|add|write|put|leave|record|make) (?:an? )?note (?:for|at|in"
            r"|about) (?P<place>[\w' ]{3,30}?)(?: that|:|,| saying) (?P<text>.+)$"
        ),
        r"add a note to \g<place> that \g<text>",
    ),
)
"""The same for managers of stores."""
