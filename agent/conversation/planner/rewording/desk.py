"""Questions from behind a desk: “stock-to-sales ratio”, “penetration of private label”, “gross against net”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_GROUP = r"(?:departments?|categor(?:y|ies)|stores?|brands?)"
DESK_ROWS: tuple[tuple[str, str], ...] = (
    # --- days and times that come again: “on Saturday mornings”
    (
        (
            r"\b(?<!last )(?<!this )(?:on |at |during )?(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?"
            r" (?P<part>morning|afternoon|evening)s\b"
        ),
        r"on \g<day>days in the \g<part>",
    ),
    (
        r"\b(?<!last )(?<!this )(?:on |at |during )?(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days? nights\b",
        r"on \g<day>days at night",
    ),
    (
        (
            rf"\b(?P<a>sells?|sold|selling) (?P<how>best|worst|most|well) (?:on|in) (?P<day>{_DAY}) (?P<part>night"
            r"|evening|morning|afternoon)s\b"
        ),
        r"\g<a> \g<how> on \g<day>s at \g<part>",
    ),
    (
        (
            r"\b(?:what(?:'s| is) )?(?:the |our )?average (?:number of )?(?P<what>customers|visitors|people"
            r"|transactions|orders) (?:per|an?|each|every) hour\b"
        ),
        r"\g<what> per hour",
    ),
    (
        (
            r"\bhow much (?:stock|inventory) (?:do we hold|do we have|is there|have we) (?:per|by"
            rf"|in each) (?P<by>{_GROUP}),? in (?P<unit>days|weeks)\b"
        ),
        r"\g<unit> of cover by \g<by>",
    ),
    (
        r"^\W*(?:what(?:'s| is) )?(?:the |our )?(?:stock|inventory)[- ]to[- ]sales ratio\b",
        "how many days of cover do we have",
    ),
    (
        (
            r"^\W*(?:please )?export (?:my |our |the )?(?P<segment>at[- ]risk|slipping away|lost"
            r"|loyal) customers(?: list)?(?P<place> (?:at|of) (?!.*\bto\b)\w[\w ]*)?\W*$"
        ),
        r"export the \g<segment> segment\g<place> to marketing",
    ),
    (
        (
            rf"\b(?:which|what) (?P<what>{_GROUP}) (?:drag|pull|bring|weigh) (?:down )?(?:the "
            r"|our )?(?:gross )?margin(?: down)?\b"
        ),
        r"\g<what> with the lowest margin",
    ),
    (
        (
            r"\b(?:the )?(?:penetration|share) of (?:private[- ]label|store[- ]brand|own[- ](?:label|brand))s? (?:by"
            rf"|per|in each) (?P<by>{_GROUP})\b"
        ),
        r"private label share by \g<by>",
    ),
    (
        r"^\W*(?:give me |show me |show |list )?(?:the )?(?P<when>yesterday|last week|this week|today)'s exceptions\b",
        r"exception report \g<when>",
    ),
    (
        (
            r"^\W*(?:please )?(?:explain|show(?: me)?|what(?:'s| is| was)) the (?:difference"
            r"|gap) between (?:our )?gross and net (?:sales|revenue)\b"
        ),
        "gross vs net sales",
    ),
    (
        (
            r"^\W*what (?:would|do|can|could) you (?:recommend|suggest|advise|propose)(?: (?:that )?(?:i|we) do"
            "| doing)? to (?P<what>reduce|cut|lower|increase|improve|raise) "
        ),
        r"how can we \g<what> ",
    ),
    (
        (
            r"\bshow(?: me)? (?:the )?stock (?:levels?|on hand) (?:for|of) (?:my|our|the) top (?P<n>\d+) (?:products"
            r"|items|sellers)\b"
        ),
        r"top \g<n> fastest selling products with stock",
    ),
    (
        (
            r"\bhow many (?:new )?(?:products|items|skus) (?:did we add|were added|have we added|did we introduce"
            r"|were introduced)\b"
        ),
        "new products",
    ),
    (
        (
            r"^\W*how do (?:our |the )?(?P<a>loyal|best|regular|vip|top) customers (?:differ|compare|vary)(?: from"
            r"| with| to)? (?:the |our )?(?:occasional|other|new|casual|infrequent)(?: ones| customers)?\b"
        ),
        "customer segments",
    ),
    (
        (
            r"\b(?:which|what) stores? (?:is|are) (?:the )?most (?:dependent|reliant) on (?:promotions?|offers"
            r"|discounts)\b"
        ),
        "share of sales on promotion by store",
    ),
    (
        (
            r"^\W*(?:did|has) anything (?:go|gone|went) wrong(?: (?:this|last|over the|at the|on the) (?:weekend"
            r"|week))?\W*$"
        ),
        "what needs my attention",
    ),
    (
        (
            r"^\W*(?P<a>is|are) (?:my |our |the )?(?P<what>average (?:order value|basket|ticket|transaction value)"
            r"|sales|margins?|traffic|conversion|units) (?:going|trending|heading) up or down\W*$"
        ),
        r"\g<what> by week",
    ),
    (
        r"\b(?:sell|sold|do we sell) (?:the )?most to (?P<who>retirees|pensioners|seniors)\b",
        r"are most popular among \g<who>",
    ),
    # --- the same in other words
    (
        (
            r"^\W*(?:please )?make (?:the )?(?P<what>[a-z][\w' ]*?) (?P<n>\d+ ?(?:%|percent)) (?P<how>cheaper|dearer"
            r"|more expensive)(?P<rest> [^?]*)?\W*$"
        ),
        r"make the price of \g<what> \g<n> \g<how>\g<rest>",
    ),
    (
        r"\bmake the price of (?P<what>[^?]+?) (?P<n>\d+ ?(?:%|percent)) cheaper\b",
        r"lower the price of \g<what> by \g<n>",
    ),
    (
        r"\bmake the price of (?P<what>[^?]+?) (?P<n>\d+ ?(?:%|percent)) (?:dearer|more expensive)\b",
        r"raise the price of \g<what> by \g<n>",
    ),
    (r"\b(?:total )?discount (?:values?|amounts?) by types?(?: of discounts?)?\b", "discounts by type"),
    (
        r"\b(?:sales|revenue) distribution by (?P<by>hour|day|weekday|month|week)(?: of (?:the )?(?:day|week))?\b",
        r"sales by \g<by>",
    ),
    (
        r"\bwhat(?:'s| is| was) (?:our|my|the) (?P<how>most|least) profitable hour(?: of the day)?\b",
        "gross margin by hour",
    ),
    (
        (
            r"\b(?:which|what) (?:items|products|goods) (?:do|did) (?:customers|people|shoppers) (?:return"
            r"|bring back) (?:the )?most\b"
        ),
        "which products are returned the most",
    ),
    (
        (
            r"^\W*what should (?:i|we) (?:buy|order|purchase)(?: in)? for (?:the )?(?:next week|this week|the weekend"
            r"|tomorrow)\W*$"
        ),
        "what should I reorder",
    ),
)
