"""What managers of an area and buyers ask that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|sites?)"
_KINDS = r"(?P<what>categories|category|departments?|brands?|products?|items?)"
_WHO = r"(?:customers?|shoppers?|households?|buyers?|people)"
_CALLED = r"(?P<goods>(?!our\b|my\b|the\b|us\b|we\b|most\b|more\b)[\w &'-]{3,30}?)"
_BUY_BY_AGE = r"number of customers of \g<goods> by age band? number of customers of \g<goods> by income band?"
_OF_PEOPLE = (
    "Single customers are not described: these are the households that bought it by age and by income, as far as "
    "that is known of them. By household size, children or home ownership ask the same way."
)

AREA_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\bwhich {_KINDS} (?:drives?|brings?(?: in)?|pulls?(?: in)?|generates?|attracts?|draws?) (?:the )?most"
            r" (?:store |foot )?(?:traffic|footfall|visits|visitors|trips)"
        ),
        r"transactions by \g<what>",
        "What brought people in is not known: these are the transactions that hold something of each.",
    ),
    (
        (
            rf"^\W*(?:who (?:are|is) (?:the |our |my )?(?:main |typical )?{_WHO} (?:of|for|who buy|buying"
            rf"|that buy) (?:our "
            rf"|my |the )?|what (?:kinds?|sorts?|types?) of {_WHO} (?:buy|buys|bought|shop for) (?:our |my |the )?"
            rf"|(?:customer |shopper |demographic )?(?:profile|demographics?|make-?up) of (?:the |our "
            rf"|my )?{_WHO} (?:who buy"
            rf"|that buy|of|buying|for) )(?P<goods>[\w &'-]{{3,30}})(?=\W*$)"
        ),
        _BUY_BY_AGE,
        _OF_PEOPLE,
    ),
    (
        (
            rf"^\W*(?:(?:show|give|tell)(?: me)? |what (?:is|are) )?(?:the |our )*(?:customer |shopper |demographic )?"
            rf"(?:profiles?|demographics?|make-?up) of (?:the |our |my )?{_CALLED} (?:buyers|shoppers|customers"
            rf"|households)"
            r"(?=\W*$)"
        ),
        _BUY_BY_AGE,
        _OF_PEOPLE,
    ),
    (
        (
            r"\b(?:average )?(?:selling )?prices?(?: we| customers)?(?: paid| charged"
            r"| realis?zed)? (?:compare(?:d)? (?:to|with)"
            r"|against|versus|vs\.?|relative to|below) (?:the |our )?(?:regular|list|full|base|shelf|normal) prices?"
        ),
        "average selling price and discount rate",
        "The regular price of each sale is its price before discounts: the discount rate is how far below it was paid.",
    ),
    (
        (
            rf"\bhow many(?: of)?(?: my| our| the)? {_STORES} (?:beat|outsold|topped|surpassed|exceeded|bettered"
            rf"|improved on"
            r"|did better than|came in (?:above|over)) (?:their |its )?(?:own )?(?:(?:net )?sales |revenue "
            r"|numbers? )?(?:of |from "
            r"|in )?(?:the |their |its )?(?:prior|previous|preceding) (?P<span>week|month)(?:'s)?(?: (?:sales|figures?"
            r"|numbers?))?(?: (?:last|this) (?:week|month))?(?=\W*$)"
        ),
        r"compare sales by store last \g<span> with the \g<span> before",
        "They are not counted: each is in the table, with the largest rise and the largest fall named.",
    ),
    (
        (
            r"\b(?:what|which|how many|how much in|list(?: the)?|show(?: me)?(?: the)?)(?: price)? mark ?downs"
            r" (?:(?:did|have) "
            r"(?:we|i|they) (?:take|taken|make|made|do|done|run)|(?:were|was|have been) (?:taken|made|done)|we took)"
            r"(?P<when> [\w ]+?)?,? ?(?:and )?(?:on (?:what|which (?:items|products|goods)))?(?=\W*$)"
        ),
        r"products with the most discounts\g<when>",
        (
            "What was marked down is not kept apart from other discounts: these are all discounts, by how much less"
            " was paid."
        ),
    ),
    (
        (
            rf"^\W*(?:do|does|did) (?:the )?same (?:items?|products?|things|skus|categories) (?:sell|do|perform"
            rf"|move) (?:the )?"
            rf"(?:best|well|most) (?:in|at|across) (?:all|every|each)(?: of)?(?: the| my| our)? {_STORES}"
        ),
        "top 5 products of each store",
        "Whether they are the same is read off the list: these are the five that sell most in each store.",
    ),
    (
        (
            rf"\bwhich (?P<what>departments|categories) (?:are|is|do|perform)(?: \w+)? (?:weak|weaker|poor|poorly"
            rf"|badly|low|bad"
            rf"|behind|worse|strong|stronger|well|better) (?:in|at) (?P<at>[\w' ]{{3,25}}?),? (?:but|and|yet"
            rf"|while) (?:are )?"
            rf"(?:strong|good|fine|well|better|weak|poor|worse|ok|okay)(?: \w+)? (?:everywhere else|elsewhere"
            rf"|in (?:the )?"
            rf"(?:other|all other|rest of the) {_STORES}|at the others|in the others)"
        ),
        r"\g<what> by store in all stores",
        "What is weak in {at} and strong elsewhere I do not pick: the table has each of the {what} store by store.",
    ),
    (
        (
            r"\b(?:sales|margin|revenue|profit)[- /](?:and[- ])?(?:sales|margin|profit|growth) matrix(?: of| by| for)? "
            r"(?:the |our |all )?(?P<what>categories|departments|brands"
            r"|products)(?:[:,;.?] ?which (?:ones? )?(?:are|have)"
            r"(?: the)? high(?: in)? sales(?: and|,| but|/)? ?low(?: in)? margin)?"
        ),
        r"net sales and gross margin % by \g<what>",
        "I draw no matrix and set no bounds of high and low: both figures of each stand beside one another.",
    ),
    (
        (
            r"^\W*(?:(?:can you )?(?:recommend|suggest|propose|find|give me)(?: me)? (?:a|the|an optimal"
            r"|the best|the right"
            r"|the optimal|a good|a new) (?:selling |retail |shelf )?price (?:for|of) (?P<a>[\w &'#-]{3,40}?)"
            r"|(?:at )?what price"
            r" (?:should|must|do) (?:i|we) (?:sell|charge for|ask for|set for"
            r"|price) (?P<b>[\w &'#-]{3,40}?)(?: at)?|what should"
            r" (?:i|we) (?:charge for|price) (?P<c>[\w &'#-]{3,40}?)(?: at)?"
            r"|what should (?P<d>[\w &'#-]{3,40}?) (?:cost|be"
            r" priced at|sell for))(?=\W*$)"
        ),
        r"price elasticity of \g<a>\g<b>\g<c>\g<d>",
        "I recommend no price: this is how sales of it moved with its price so far, which is what a price hangs on.",
    ),
    (
        (
            r"^\W*(?:please )?(?:escalate|chase|forward|send|report|flag) (?:all |the |every |any |our )*(?:overdue"
            r"|late|open"
            r"|unfinished) tasks(?P<where> (?:at|in|of) [\w' ]+?)? (?:to|with) (?:the |my |their |our )*[\w ]+(?=\W*$)"
        ),
        r"overdue tasks\g<where>",
        "I send nothing to anybody and escalate nothing: these are the tasks that are overdue, for you to pass on.",
    ),
)
"""``(asked, answered, said)``."""
