"""Loose questions of people in a hurry: “what should I promote”, “show me underperformers”; rows as in ``near``."""

from __future__ import annotations

_ADVISED = r"(?:should|could|can|would|shall|must|might)(?: (?:i|we|you))?(?: (?:be|best|suggest|recommend))*"
_PLACES = (
    "Where to expand is yours to decide, and places without a store of yours are not in the data: this is how "
    "sales have "
    "grown where you are."
)
_GROW = (
    r"(?:expand(?:ed|ing)?|invest(?:ed)?(?: more)?|grow|scaled?(?: up)?|prioriti[sz]ed?)(?: (?:in|into|first|next))*"
)
_RESPOND = (
    r"(?:respond(?:s|ed|ing)?|react(?:s|ed|ing)?) (?:the )?(?:best|most|better|more|well|strongest|worst|least)? ?to"
    r" (?:which |what |our |the |different |any )*(?:kinds? of |types? of )?(?:offers?|promotions?|promos?|coupons?"
    r"|discounts?|deals?|campaigns?|mailers?)(?: (?:types?|kinds?))?"
)
_RESPONSE = (
    "How groups of households respond is known of coupons, and not by kind of offer: this is how many of those "
    "who were "
    "sent one redeemed. Also “coupon use by income”, “by household size”, “by kids”; all customers: “lift by display”."
)
_SCHEME = (
    r"(?:the |our |my )*(?:customer )?(?:loyalty|rewards?|bonus|club card|membership|members?)"
    r" (?:program(?:me)?|scheme|plan|club|card)s?"
)
_MEMBERS = (
    r"(?:(?:loyalty|rewards?|club)(?: (?:program(?:me)?|card|club|scheme))? (?:members?|customers?|holders?)"
    rf"|(?:customers?|members?|people|shoppers?|households?|users?)(?: (?:that|who))?(?: (?:are|do we have|is|have"
    rf"|belong"
    rf"|currently|now))*(?: (?:in|on|part of|to|inside|within|using|use|hold)) {_SCHEME})"
)
_PERSON = r"(?:customers?|members?|shoppers?|households?|people|clients?|guests?)"
_KEPT_IN = (
    r"(?:on (?:the |our |my )?(?:books?|file|record|records|system|list)"
    r"|in (?:the |our |my )?(?:database|db|system|crm|files?|records?|books))"
)
_MEMBERSHIP = (
    "Who is a member is not recorded: these are the customers known by a card who bought. Who joined and never bought "
    "is not among them."
)
OFFHAND_NEAR: tuple[tuple[str, str, str], ...] = (
    # --- who answers to offers
    (
        (
            r"^\W*(?:(?:determine|identify|find(?: out)?|show(?: me)?|see|tell me|analy[sz]e) )?(?:which|what|how do"
            r"|how does)(?: (?:the|our|different))* (?P<what>income|age|household size)(?: (?:groups?|bands?|brackets?"
            rf"|levels?|segments?))? {_RESPOND}(?=\W*$)"
        ),
        r"coupon use by \g<what>",
        _RESPONSE,
    ),
    (
        (
            r"^\W*(?:(?:determine|identify|find(?: out)?|show(?: me)?|see|tell me|analy[sz]e) )?(?:which|what|how do"
            r"|how does)(?: (?:the|our|different))* (?:(?:demographic|household|consumer) (?:groups?|segments?"
            r"|types?|profiles?)"
            rf"|demographics?|households?) {_RESPOND}(?=\W*$)"
        ),
        "coupon use by age",
        _RESPONSE,
    ),
    # --- who is behind
    (
        (
            r"^\W*(?:(?:show|list|give|find|tell)(?: me)?(?: an? list of)? |who are |what are |which are |any "
            r")?(?:the |our |my |all "
            r")*(?:under-?performers|laggards|poor performers|weak performers)(?=\W*$| (?:at|in|last|this"
            r"|yesterday)\b)"
        ),
        "worst selling products",
        (
            "“Underperformers” may be goods or stores: these are the products that sell least. “Underperforming "
            "stores” "
            "holds each store against its own norm."
        ),
    ),
    # --- growth of places
    (
        rf"^\W*(?:which|what) (?P<what>region|district)s? {_ADVISED} {_GROW}\W*$",
        r"net sales growth by \g<what> last 12 weeks",
        _PLACES,
    ),
    (
        rf"^\W*(?:where|(?:which|what) (?:stores?|shops?|locations?|markets?|areas?|places?)) {_ADVISED} {_GROW}\W*$",
        "net sales growth by store last 12 weeks",
        _PLACES,
    ),
    (
        (
            r"^\W*(?:which|what) (?:stores?|shops?|locations?|markets?|areas?) (?:needs?|deserves?) (?:more |an? )*"
            r"(?:investment|expansion|expanding)s?\W*$"
        ),
        "net sales growth by store last 12 weeks",
        _PLACES,
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| was| are) )?(?:the |our |my )*(?:actual |real |true |net )?(?:gross |profit "
            r")?margins?"
            r"(?: (?:is|are|do we have|look like))* (?:after|net of|less|including) (?:all |the |our "
            r")*(?:returns?|refunds?)"
        ),
        "gross margin, gross margin % and returns",
        "Sales, and with them the margin, are told after returns: what was refunded is taken off already.",
    ),
    # --- staff who were there
    (
        (
            r"(?<!store )(?<!customer )\b(?:staff |team |employee )?attendance (?:by day|daily|trends?"
            r"|patterns?|summary|overview|report|numbers?|figures)"
            r"(?P<when> (?:for |over |of |in )?(?:the )?(?:last|this|past|yesterday)[^?]*?)?(?=\W*$)"
        ),
        r"labour hours by day\g<when>",
        "Absences are not recorded: these are the hours that were clocked, day by day.",
    ),
    # --- who sells what in which time
    (
        (
            r"^\W*who(?:'s| is| are|se)? (?:sell(?:ing|s)?|sold|making|made) (?:how much|what)(?: in sales)? "
            r"(?:in|within"
            r"|per|over) (?:x |n |so many |how many |a given |what |each |every )?(?:number of |amount of )?"
            r"(?:labou?r |working |worked )?hours?(?: worked)?(?=\W*$)"
        ),
        "net sales by employee",
        (
            "Sales per hour worked are not told by person: hours are clocked for the whole store (“sales per "
            "labour hour "
            "by store”). This is what each person sold."
        ),
    ),
    # --- members
    (
        (
            rf"\b(?:how many|(?:the )?(?:total )?(?:number|count) of)(?: (?:the|our|my|active))* {_MEMBERS}"
            r"(?: (?:do we have|have we got|are there|in total|in all|we have|now|currently))*"
            r"(?=\W*$| (?:at|in|by|per|for each)\b)"
        ),
        "how many known customers do we have",
        _MEMBERSHIP,
    ),
    (
        (
            r"^\W*(?:and |so |please )*(?:what(?:'s| is) (?:the |our |my )?)?(?:(?:how (?:many|large is|big is)"
            r"|(?:the |our "
            r"|my )?total(?: number of)?|number of|count(?: of)?|total count of) )?(?:(?:total|known|registered"
            r"|enrolled"
            rf"|signed[- ]up|different|unique|loyalty|all|our|my|the) )*{_PERSON}(?: (?:base|do|does|have|has|are|is"
            rf"|there|we"
            rf"|i|you|in total|altogether|got|registered|enrolled|signed up|known))* {_KEPT_IN}(?=\W*$| (?:at"
            rf"|in) [a-z])"
            rf"|^\W*how many (?:registered|enrolled|signed[- ]up) {_PERSON} (?:do|have) (?:we|i)(?: have| got)?(?=\W*$)"
            r"|^\W*how (?:big|large) is (?:our|my|the) customer base(?=\W*$)"
        ),
        "how many known customers do we have",
        _MEMBERSHIP,
    ),
    (
        rf"^\W*(?:our |the |my )?{_MEMBERS}(?= (?:by|per) \w+\W*$)",
        "how many known customers do we have",
        _MEMBERSHIP,
    ),
    (
        (
            rf"^\W*(?:how (?:is|are|was|well (?:is|does)|does|did)|(?:is|was|does|do|did|are)) {_SCHEME}(?: (?:doing"
            r"|going|performing|perform|working|work|worth (?:it|the (?:cost|money|effort))|pay(?:ing)?(?: off"
            r"| for itself)?"
            r"|effective|helping|help|successful|drive|driving|bring(?:ing)? in|any|more|sales|us|good|well))+(?=\W*$"
            r"| (?:at|in|last|this)\b)"
        ),
        "what share of sales comes from known customers",
        (
            "What a loyalty program brings in is not recorded, nor what its members would have bought without it: "
            "this is what customers known by a card make of sales."
        ),
    ),
    # --- who was aimed at
    (
        (
            r"^\W*(?:do|does|did|is|are|has|have) (?:the |our |my |their )?(?:retailers?'?s?'? )?(?:own )?(?:customer "
            r"|campaign |coupon |marketing |household )?targeting (?:(?:have|has|having|carry|show|any|an?|some|really"
            r"|actually|even|get) )*(?:signal|work(?:s|ing)?|effective|value|pay(?:s|ing)? off|good|results?)\W*$"
        ),
        "do our campaigns work",
        "Who was picked for a campaign and why is not recorded: this is what the households that were sent one bought.",
    ),
    # --- the stock that nobody set
    (
        (
            r"^\W*(?:(?:which|what|show(?: me)?|list|any|find|all) )?(?:the |our |my )*(?P<what>products?|items?|skus?"
            r"|stock|inventory|goods)(?: (?:that|which|are|is|fall\w*|currently|now))* (?:below|under|beneath"
            r"|at or below)"
            r" (?:the |their |its |our )?(?:safety|safe|minimum|min|buffer|par)(?:[- ](?:stock|inventory))?"
            r"(?: (?:levels?|thresholds?|points?))*(?=\W*$| (?:at|in)\b)"
        ),
        "which products are below the reorder point",
        (
            "No safety stock is set by hand: these are the products that do not last until the next delivery, at the "
            "rate they sell."
        ),
    ),
    # --- lists of people
    (
        (
            r"^\W*(?:show|list|give|get|find|which|who)(?: me| us)?(?: (?:are|is|all|the|our|my))*"
            r"(?: (?:customers?|shoppers?|households?|people))?(?: (?:who|that|which|have))* (?:have |has "
            r")?(?:ordered|bought"
            r"|purchased|shopped|visited|came|come)(?: from us| here| in)? (?P<how>more than|at least|over) "
            r"(?P<n>\d+|once|twice|two|three|four|five|ten)(?: times)?(?P<when> [^?]*?)?(?=\W*$)"
        ),
        r"how many customers came \g<how> \g<n> times\g<when>",
        (
            "Customers are counted here and not listed one by one; those who came most often are in “top customers by "
            "visits this month”."
        ),
    ),
    # --- sold while goods were on offer
    (
        (
            r"^\W*(?:which|what) (?:stores?|shops?|locations?|branch(?:es)?)(?: (?:had|have|has|made|did|got"
            r"|saw))* (?:the )?"
            r"(?:highest|most|best|biggest|top|largest) (?:sales|revenue|takings|turnover)(?: (?:during|in|on"
            r"|while|over"
            r"|with|at|under))(?: (?:the|our|a|any))* (?:promotional (?:periods?|days?|weeks?|events?)|promotions?"
            r"|promos?|offers?|promo periods?)(?P<when> (?:last|this) [^?]*?)?(?=\W*$)"
        ),
        r"net sales of products on promotion by store\g<when>",
        (
            "Promotions belong to products and not to days, so this is what each store sold of goods while they "
            "were on "
            "offer. What the offers brought: “promotion lift by store”."
        ),
    ),
)
