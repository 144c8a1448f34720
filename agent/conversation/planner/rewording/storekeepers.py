"""How owners of a shop ask their till: what drives sales, what was given off, who stays away, which orders there were.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_PLEASE = r"^\W*(?:please |can you |could you |would you |so |and |ok |hey )*"
_SHOW = r"(?:show|give|tell|list|find|get|send|pull up|display)(?: me| us)?"
_OUR = r"(?:(?:my|our|the|all|of) )*"
_GOODS = r"(?:products?|items?|skus?|goods|things)"
_PARTS = (
    "(?:categor(?:y|ies)|departments?|brands?|suppliers?|vendors?|stores?|shops?|locations?|branch(?:es)?|regions?"
    "|districts?|channels?|employees?|staff members?|team members?|cashiers?|hours?|days?|weekdays?|weeks?|months?)"
)
_FIGURE = (
    "(?:(?:net |gross |total )?(?:sales|revenue|turnover|takings|income|money)|(?:gross )?(?:profits?|margins?)|units"
    "|volume|transactions|orders|average (?:transaction|basket|order|ticket)(?: value| size)?|discounts|refunds"
    "|returns)"
)
_BRINGS = (
    "(?:(?:is|are|was|were|has been|have been) )?(?:driving|drives?|drove|driven|generat(?:es?|ed|ing)|produc(?:es?|ed"
    "|ing)|bring(?:s|ing)? in|brought in|pull(?:s|ed|ing)? in|contribut(?:es?|ed|ing)(?: to)?|account(?:s|ed|ing)? for"
    "|deliver(?:s|ed|ing)?)"
)
_MOST = (
    r"(?:most|highest|greatest|biggest|largest|strongest|bulk of|lion's share of|majority of)(?: (?:share|part) of)?"
)
_LEAST = r"(?:least|lowest|smallest|fewest|weakest)"
_NO_CHANGE = r"(?! (?:growth|changes?|declines?|drops?|increases?|decreases?|falls?|rises?|losses|gains?|up|down)\b)"
_BUY = r"(?:spen[dt]s?|spending|bought|buys?|purchased?|purchases?|ordered|orders?)"
_PEOPLE = r"(?:customers?|shoppers?|buyers?|clients?|households?|guests?)"
_ORDERS = r"(?:orders?|sales|transactions?|receipts?|tickets?|purchases?|baskets?|bills?)"
_NUMBER = r"(?:\d{1,3}|two|three|four|five|six|seven|ten)"

STOREKEEPER_ROWS: tuple[tuple[str, str], ...] = (
    # --- what brings in the most of a figure
    (
        (
            rf"\b(?:which|what) (?P<what>{_GOODS}|categories|departments|brands) {_BRINGS} (?:(?:the )?{_MOST}"
            f" )?{_OUR}"
            rf"(?P<f>{_FIGURE})\b{_NO_CHANGE}"
        ),
        r"top \g<what> by \g<f>",
    ),
    (
        (
            r"\b(?P<who>which"
            rf"|what) (?P<what>{_PARTS}) {_BRINGS} (?:(?:the )?{_MOST} )?{_OUR}(?P<f>{_FIGURE})\b{_NO_CHANGE}"
        ),
        r"\g<who> \g<what> has the most \g<f>",
    ),
    (
        rf"\b(?:which|what) (?P<what>{_GOODS}) {_BRINGS} (?:the )?{_LEAST} {_OUR}(?P<f>{_FIGURE})\b",
        r"bottom \g<what> by \g<f>",
    ),
    (
        rf"\b(?P<who>which|what) (?P<what>{_PARTS}) {_BRINGS} (?:the )?{_LEAST} {_OUR}(?P<f>{_FIGURE})\b",
        r"\g<who> \g<what> has the lowest \g<f>",
    ),
    (
        (
            f"{_PLEASE}what (?:has |have )?(?:made|makes?|earn(?:s|ed)?|brought in|brings in|generate[sd]?)(?:"
            r" us| me)? (?:the )?most (?P<f>profit|margin|money|revenue|sales)\b"
        ),
        r"top products by \g<f>",
    ),
    (r"\btop products by money\b", "top products by gross profit"),
    (
        (
            r"\b(?:what|which|how much)?(?: is| are)? ?(?:the )?(?P<w>percent(?:age)?|share|proportion|portion"
            "|%) of (?:(?:my|our|the|total|all) )*(?P<f>sales|revenue|turnover|units|profits?|margin) (?:do|does"
            r"|did) (?:(?:my|our|the) )?(?P<x>[a-z][\w &'-]{1,40}?) (?:account for|make up|represent|contribute"
            r"|bring in|generate|stand for|come to)\b"
        ),
        r"what share of \g<f> is \g<x>",
    ),
    (
        (
            f"{_PLEASE}who (?:generated|made|brought in|produced|rang up|took) (?:the )?(?P<most>most|least"
            rf"|highest|lowest) (?P<f>{_FIGURE})\b"
        ),
        r"which employee has the \g<most> \g<f>",
    ),
    (
        (
            f"{_PLEASE}(?:{_SHOW} |what are |which are )?{_OUR}(?P<h>high|highest|best|low|lowest|worst)[-"
            r" ]margin (?P<g>products?|items?|skus?)(?=\W*$| (?:in|at|last|this)\b)"
        ),
        r"products with the \g<h> margin %",
    ),
    (r"\b(?P<a>products with the (?:high|low))(?= margin %)", r"\g<a>est"),
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GOODS}|{_PARTS}) (?:had|has|have|shows?|showed|saw|with|is seeing"
            "|are seeing) (?:the )?(?:highest|strongest|best|fastest|most|biggest|largest) (?:sales "
            r"|revenue )?growth(?: rate)?\b"
        ),
        r"\g<who> \g<what> grew the most",
    ),
    (
        (
            rf"\b(?P<who>which|what) (?P<what>{_GOODS}|{_PARTS}) (?:had|has|have|shows?|showed|saw|with|is seeing"
            r"|are seeing) (?:the )?(?:lowest|weakest|worst|slowest|poorest) (?:sales |revenue )?growth(?: rate)?\b"
        ),
        r"\g<who> \g<what> fell the most",
    ),
    # --- goods by their margin
    (
        (
            r"(?:^\W*|\b(?:show(?: me)?|list|what(?:'s| is| are)) (?:the |our |my )?)(?P<end>highest|best|top|lowest"
            r"|worst|low|high)[- ]margin (?!products?\b|items?\b|skus?\b|goods\b|categor|departments?\b|brands?\b"
            r"|stores?\b|by\b|for\b|in\b|last\b|this\b|sellers?\b)(?P<in>[a-z][a-z &'-]{2,30}?)(?=\W*$)"
        ),
        r"\g<end> margin products in \g<in>",
    ),
    # --- payments, discounts, refunds
    (
        (
            r"\b(?:which|what) (?P<w>payment methods?|payment types?|tenders?|ways? (?:of paying|to pay))(?: do"
            f" {_OUR}{_PEOPLE})? (?:is|are|was|were|gets?|do people)?"
            " ?(?:the )?(?:most|more)?[- ]?(?:often |commonly |frequently |widely )?(?:used|popular|common|preferred"
            r"|use|using|favou?red?)(?: (?:the )?most(?: often)?)?\b"
        ),
        "payment mix",
    ),
    (
        (
            rf"\b(?:what (?:is|are|were) (?:the )?|{_SHOW} (?:the )?)?(?:most |more )?(?:common|frequent|main"
            "|usual|typical|(?:biggest|top)(?= (?:reasons?|causes?)| (?:returns?|refunds?) reasons?))(?:est)? "
            r"(?:reasons? for (?:a )?|causes? of )?(?:returns?"
            r"|refunds?)(?: reasons?)?\b(?! (?:products?|items?|rate))"
        ),
        "refunds by reason",
    ),
    (
        (
            r"\bwhy (?:do|did|are|were) (?:people|customers|shoppers|they) (?:return(?:ing)?|bring(?:ing)? back"
            r"|send(?:ing)? back) (?:things|items|products|goods|stuff)\b"
        ),
        "refunds by reason",
    ),
    (
        (
            rf"\b(?P<w>which|what) (?P<g>{_GOODS}) (?:is|are|was|were|got|get|gets"
            "|have been) (?:the )?(?:being )?(?:returned|refunded|sent back|brought back) (?:the )?(?:most"
            r"|more)(?: often| frequently| commonly)?\b"
        ),
        r"top \g<g> by returns",
    ),
    (
        (
            rf"\b(?:which|what) (?:of {_OUR})?(?P<g>{_GOODS}) (?:is|are) (?:currently |now |being |already "
            "|at present )*(?:discounted|on discount|reduced|on special)(?: (?:now|right now|today|currently"
            r"|at the moment))?\b"
        ),
        r"which \g<g> are on promotion",
    ),
    (
        (
            r"\bhow much discounting (?:have|did|do|has|are|were) (?:we|i|the stores?) (?:been )?(?:done|do|doing|give"
            r"|given|have)\b"
        ),
        "how much did we give in discounts",
    ),
    (
        (
            r"\bhow (?:are|is|do|does|did|have|has) (?:the |our |my |all )*(?:discounts?|discounting"
            "|markdowns) (?:been )?(?:affect(?:ing|ed|s)?|impact(?:ing|ed|s)?|hurt(?:ing|s)?|help(?:ing|ed|s)?"
            "|influenc(?:ing|ed|e|es))(?: on)? (?:the |our |my )?(?:business|sales|revenue|profits?|margins?"
            r"|bottom line|performance|store)\b"
        ),
        "do our discounts pay",
    ),
    (
        (
            r"\b(?:what(?:'s| is| was) the )?(?:effect|impact|influence) of (?:the |our |my |all )*(?:discounts?"
            r"|discounting)(?: on (?:the |our |my )?(?:business|sales|revenue|profits?|margins?))?(?=\W*$)"
        ),
        "do our discounts pay",
    ),
    (
        (
            r"\bhow much (?:margin|profit) (?:did|do|have|has) (?:the |our |my )*(?:discounts?|discounting) (?:cost"
            r"|cut|eat|take)(?: (?:me|us|into|away))?\b"
        ),
        "do our discounts pay",
    ),
    (
        (
            r"\bdid (?:the |our |my )*(?:offers?|promos?|promotions?|deals|campaign offers) (?:improve|increase|lift"
            r"|boost|raise|help|drive) (?:the |our |my )?(?:sales|revenue|business|units)\b"
        ),
        "did the promotions work",
    ),
    # --- customers
    (
        (
            rf"\b(?:which|what) {_PEOPLE} (?:have |has |do |did )?{_BUY} (?:the )?(?:most|more|highest)(?: money"
            r"| often)?(?: (?:in total|overall|altogether|in all|of all))?(?=\W*$)"
        ),
        "top customers",
    ),
    (
        (
            rf"\b(?:which|what) (?:of {_OUR})?{_PEOPLE} (?:have |has |had )?(?:gone|been|went|fallen) (?:quiet|silent"
            r"|missing|away|cold|inactive|dormant)\b"
        ),
        "which customers have stopped buying",
    ),
    (
        (
            f"{_PLEASE}(?:who|which {_PEOPLE}) (?:should|could|can|do|must) (?:i|we) (?:try to |need to |want to"
            " )?(?:win back|re-?engage|re-?activate|reach out to|follow up(?: with)?|contact again"
            r"|bring back)(?: (?:with|first|today|now|next))?(?=\W*$)"
        ),
        "which customers have stopped buying",
    ),
    (
        (
            f"{_PLEASE}(?:who|which {_PEOPLE}|what {_PEOPLE}) (?:has not|hasn't|have not|haven't|did not|didn't)"
            " (?:been back|come back|come in|purchased|bought(?: anything)?|ordered|visited|returned|shopped"
            r"|been in)(?: (?:recently|lately|in a while|for a while|again))(?=\W*$)"
        ),
        "which customers have stopped buying",
    ),
    (
        (
            rf"\bhow many {_PEOPLE} (?:have |had )?(?:placed|made|had|with|did|completed) (?P<m>more than|at least"
            rf"|over|fewer than|less than|exactly|only)? ?(?P<n>{_NUMBER}) (?:or (?P<o>more|fewer) )?{_ORDERS}\b"
        ),
        r"how many customers came \g<m> \g<n> times \g<o>",
    ),
    (r"\bhow many customers came (?:only |exactly )?(?:1|one) times\b", "how many customers came only once"),
    (r"\brepeat[- ](?:purchas\w+|buy\w*|order\w*|customer) rates?\b", "repeat rate"),
    (
        (
            r"\bhow (?:strong|good|big|high) (?:is|are) (?:my |our |the )?repeat (?:sales|business|purchases|orders"
            r"|custom)\b"
        ),
        "how many repeat customers do we have",
    ),
    # --- orders
    (
        (
            rf"\b(?P<o>{_ORDERS}) (?:with|whose|having|that have|where the) (?:an? |the )?(?:grand |order |basket "
            "|total |bill )*(?:total|amount|value|sum|price)s? (?:is |are |of )?(?:more|greater|higher|larger|above"
            r"|over|exceeding|bigger)(?: than)? \$?(?P<n>\d[\d,.]*)\b"
        ),
        r"\g<o> over $\g<n>",
    ),
    (
        (
            r"\b(?P<f>revenue|sales|takings|turnover) (?:from|of|across|for|over) all (?:(?:my|our|the) )?(?:orders"
            r"|transactions|sales|receipts)\b"
        ),
        r"\g<f> of all time",
    ),
    # --- figures that go somewhere
    (
        (
            rf"\b(?P<v>is|are) (?P<f>{_OUR}(?:{_FIGURE}|conversion(?: rate)?|traffic|footfall)) (?:improving"
            "|increasing|rising|climbing|going up|trending up(?:wards?)?|getting (?:better|bigger|higher"
            r"|larger))\b(?! or\b)"
        ),
        r"\g<v> \g<f> growing",
    ),
    (
        (
            rf"\b(?P<v>is|are) (?P<f>{_OUR}(?:{_FIGURE}|conversion(?: rate)?|traffic|footfall)) (?:worsening"
            "|decreasing|shrinking|slipping|sliding|going down|trending down(?:wards?)?|getting (?:worse|smaller"
            r"|lower))\b(?! or\b)"
        ),
        r"\g<v> \g<f> declining",
    ),
    (
        (
            f"{_PLEASE}how (?:are|is|were|was) {_OUR}online (?:sales|orders|revenue)(?: (?:going|doing|looking"
            r"|performing))?\b"
        ),
        "sales by channel",
    ),
    (r"\bbundle opportunit\w+(?: (?:exist|are there|do (?:i|we) have|can you see))?\b", "bundle ideas"),
    (
        (
            f"{_PLEASE}(?:what|which {_GOODS}) (?:should|could|can) (?:i|we) (?:bundle|put (?:in|into) a bundle"
            r"|sell as a bundle|combine|package)(?: together)?\b"
        ),
        "bundle ideas",
    ),
    (
        (
            r"\bhow (?:big|large|high) is (?:the |our |my )?average (?:customer |shopper )?(?:purchase|sale|bill|check"
            r"|spend)\b"
        ),
        "average transaction value",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
