"""What people who run a till ask that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

HOLIDAY = (
    r"(?:thanksgiving|christmas|easter|halloween|black friday|new year'?s?|memorial day|labou?r day|the holidays?"
    r"|(?:the )?(?:4th|fourth) of july|the (?:holiday|festive|summer|winter) (?:season|period|weekend|rush))"
)
_PROCESSOR = (
    r"(?:stripe|square|paypal|adyen|worldpay|shopify(?: payments)?|clover|toast|sumup|zettle|authorize\.?net|heartland"
    r"|(?:the |our |my )?(?:card |payment |credit card )?processor)"
)
TILL_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"(?:\b(?:every|each|all(?: of)?(?: the)?|the|any|what|which|how much in) )?\bfees? (?:that )?(?:did "
            rf"|does |has |have )?{_PROCESSOR} (?:has |have )?(?:charge[sd]?|took|takes?|taken|deduct(?:ed|s)?|kept"
            rf"|keeps?)"
            rf"(?: from)?(?: (?:me|us))?\b|\b(?:how much|what) (?:did|does|do|has|have) {_PROCESSOR} (?:(?:charged?"
            rf"|deduct"
            rf"(?:ed)?)(?: from)?(?: (?:me|us))?(?: in fees)?|(?:take|taken|keep|kept|cost)(?: (?:me|us))? in fees)"
            rf"(?=\W*$| (?:last|this|in|yesterday|today|at"
            rf"|for|on|since)\b)|\b{_PROCESSOR}(?:'s)? (?:processing |card |payment )?(?:fees?|charges)\b"
        ),
        "card fees",
        "Fees are told by kind of payment, as they came with the payments, not by processor and not one by one.",
    ),
    (
        (
            r"^\W*(?:do|have|will) (?:we|i) (?:have|got|carry|hold) (?:enough|sufficient) (?:stock|inventory|product)"
            rf"(?: on hand)? (?:for|to cover|to get through) (?P<when>{HOLIDAY}(?: (?:weekend|week|day|eve|rush))?)"
        ),
        "which products will run out within 7 days",
        (
            "How much will be wanted for {when} is not forecast by product, so whether the stock is enough "
            "I cannot say: "
            "these run out within 7 days at the rate of the last weeks."
        ),
    ),
    (
        (
            r"\b(?P<first>(?:which|what) (?:day|weekday|hour|store|department|category|month)(?: of the (?:week|day))?"
            r" (?:is|was|are) (?:the |our )?(?:slowest|quietest|busiest|best|worst|weakest|strongest"
            r"|highest|lowest)[^?,]*?)"
            r",? and by how much(?: (?:compared (?:to|with)|against|below|behind|above|versus|than) [^?]*)?"
        ),
        r"\g<first>",
        "By how much: the answer has the highest and the lowest; the difference of the two I do not work out.",
    ),
    (
        (
            r"\b(?:what |which )?(?P<what>products?|items?|skus?)(?: that)?(?: (?:we|were|was|have been|are))*"
            r" discounted (?:by |at )?(?P<bound>(?:more than|over|above|at least) \d{1,2} ?(?:%|percent|per cent))"
        ),
        r"products with the highest discount rate",
        "I cannot keep to those discounted by {bound}: these are the ones with the highest discount rate, in order.",
    ),
    (
        (
            r"^\W*(?:please |can you )?(?:make|create|build|prepare|draft|pull|list|give me|get me|show "
            r"me) (?:me )?(?:an? "
            r"|the )?(?:(?:list|segment|group) of (?:the )?)?(?:customers|shoppers|people) (?:for|to "
            r"target with|to send|to win "
            r"back with) (?:an? |our |the )?(?P<what>win-?back|re-?activation|we miss you|come ?back"
            r"|lapsed)(?: (?:offer"
            r"|campaign|coupon|e-?mail|message|promotion))?"
        ),
        "customers at risk",
        (
            "For a {what} offer these are the customers who used to come and no longer do. To hand them to "
            "your marketing "
            "platform say “send the at-risk customers to marketing”; no list was made."
        ),
    ),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|part|how much|%) of (?:our |the |my "
            r")?(?:inventory|stock)"
            r" (?:is|has gone|counts as) dead(?: stock)?\b"
        ),
        "dead stock",
        "As a share it is not told: hold the value of the dead stock against “inventory value”.",
    ),
    (
        (
            r"^\W*(?:is|are) (?:there )?(?:anything|any (?:items|products|goods)) (?:on order|on (?:its|the"
            r"|their) way|coming in)"
            r" (?:that |which )?(?:we|i) (?:already )?(?:have|got|hold) (?:too much|enough|plenty) of(?: already)?"
        ),
        "what is on order? what is overstocked",
        "What is on order is not held against what is overstocked: these are the two lists side by side.",
    ),
    (
        (
            r"^\W*(?:please )?(?:order|re-?order|buy) (?:an?|one|two|three|another|\d)? ?(?P<span>days?"
            r"|weeks?|months?)(?:'s?|s)?"
            r" (?:supply|worth|stock) of (?P<goods>[a-z][a-z' ]+)"
        ),
        r"should we reorder \g<goods>",
        "I do not order for a length of time: this is what is due. Name how many pieces to have an order drafted.",
    ),
    (
        r"\b(?P<a>which|what|top|best|sales by|revenue by|our) (?P<n>\d{1,2} )?(?:product )?collections?\b(?! of\b)",
        r"\g<a> \g<n>category",
        "Collections of a web shop are not in the data I am given; this is by category.",
    ),
    (
        (
            r"\b(?:what|which|anything|products?|items?|stock)\b[^?]*\bwe (?:paid|pay|bought it for|buy) "
            r"(?:it |them )?(?:for )?"
            r"(?:more|higher)(?: for)? than (?:what )?we (?:sell|can sell|charge)(?: (?:it|them))?(?: for)?"
        ),
        "which products sold below cost last 4 weeks",
        "Stock is not held against its price here; these are the goods that sold below cost in the last 4 weeks.",
    ),
    (
        r"\b(?P<a>(?:net |gross )?(?:sales|revenue|payments)) by (?:credit )?card (?:type|brand|network|scheme)s?\b",
        "payment mix",
        "The brand of a card is not recorded, only that it was one; this is the mix by way of paying.",
    ),
    (
        (
            r"\b(?:what(?:'s| is| was) )?(?:the |our )?(?:single )?(?:largest|biggest|fullest) (?:single )?(?:basket"
            r"|transaction|order|receipt|ticket)s? (?:by|in|with) (?:the )?(?:most |number of |count of |terms of )*"
            r"(?:items?|units?|pieces|lines|products)(?: count)?\b"
            r"|(?:\b(?:which|what) (?:single )?|^\W*(?:the )?)(?:basket|transaction|order|receipt|ticket)"
            r" (?:had|has|held|contained|with) the most (?:items|units|pieces|lines|products)\b"
        ),
        "largest transactions",
        (
            "Single transactions are put in order by what they came to, not by how many items they hold: these are the "
            "dearest, with their lines beside them. How many items baskets hold is in “basket size distribution”."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?:of (?:our|my|the) )?(?:stores|shops|locations|branches) (?:are|lie|is)"
            r" (?:not|outside) (?:in|of|part of)? ?(?:the )?(?P<place>[\w ]{3,30}?) (?P<kind>district|region|area)\b"
        ),
        r"which stores are in the \g<place> \g<kind>",
        "Stores are listed by where they are, not by where they are not: these are those of {place}; no others are.",
    ),
)
