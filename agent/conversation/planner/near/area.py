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
_BETTER = (
    r"(?:(?:should|must|could|can|needs? to|has to|have to) (?:be improved|improve|do better|be worked on)"
    r"|needs? (?:the most |most |some )?(?:improvement|improving|work)(?: (?:the )?most)?"
    r"|(?:has|have) room (?:to improve|for improvement)"
    r"|(?:should|must) (?:we|i) (?:improve|work on|focus on|fix)(?: first| most)?(?: to (?:increase|grow|improve|raise"
    r"|boost|lift) (?:our |the )?(?:sales|revenue))?)"
    r"(?! in (?!each|every|all|which))(?= (?:in|at|last|this|over|across)\b|\W*$)"
)
"""Said of what is weak now; “improved in margin” names the figure itself."""
_WEAK = "Taken as what lost most sales, by {what}, the last four weeks against the four before."
_LOST = "declined most in net sales last 4 weeks against the period before"

AISLES: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"^(?!.*\baisle (?:\d|[a-z]\d?\b|one|two|three|four|five|six|seven|eight|nine|ten|ends?\b)|.*\b(?:end|in"
            r"|mid"
            r"|middle|side)[- ]aisles?\b|.*\b(?:where|tasks?|count|restock\w*|replenish\w*|traffic|visit\w*|footfall"
            r"|customers|shoppers|walk\w*|clean\w*|display\w*|mailers?|facings?|planogram|space|create|add|located"
            r"|find)\b)"
            r"(?=.*\b(?:sales|sell\w*|sold|revenue|margins?|profits?|money|perform\w*|best|worst|top|bottom|losing"
            r"|los[et]"
            r"|grow\w*|grew|declin\w*|down|up|drop\w*|slow\w*|weak\w*|strong\w*|doing|shrink|waste|units|volume"
            r"|underperform\w*|profitab\w*|discounts?|returns?|refunds?|compare|rank|outsell\w*|lagging|struggling|most"
            r"|least|highest|lowest)\b)(?P<before>.*?)\baisle(?P<s>s?)\b"
        ),
        r"\g<before>department\g<s>",
        "Nothing is kept by aisle, so this is told by department; “by category” is finer.",
    ),
)
AREA_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\b(?:which|what) (?P<what>departments?|categor(?:y|ies)|divisions?|brands?|products?(?: lines?)?|items?"
            rf"|skus?) {_BETTER}"
        ),
        rf"which \g<what> {_LOST}",
        _WEAK,
    ),
    (
        (
            r"^\W*why (?:is|are|was|were|did|does|has|have)(?: (?:the|our|my))* (?P<what>(?:[\w&']+ ){0,2}"
            r"(?:shrink(?:age)?|waste|spoilage))(?: (?:been|gone|go|going|getting|so|too))* (?:up|down|high(?:er)?"
            r"|low(?:er)?|increas\w+|rising|risen|rise|spik\w+|jump\w*|worse|bad|chang\w+|fall\w*|drop\w*)\b"
        ),
        r"\g<what> by reason",
        "Why it moved is known only as far as a reason was booked; these are the reasons.",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>products?|items?|skus?) (?:have|has|had|with) (?:a )?high (?:unit )?"
            r"(?P<how>shrink(?:age)?|waste)(?: in units)?,? (?:but|and|with|yet) (?:a )?(?:little|low|small|minor)"
            r" (?:cost|value|dollar)(?: (?:impact|effect|loss))?"
        ),
        r"\g<how> by product",
        "Units and value stand side by side; which are high in one and low in the other is read off the table.",
    ),
    (
        (
            r"\b(?:running|cumulative|live) (?:revenue|sales|total(?: of (?:sales|revenue))?) (?:toward|towards|against"
            r"|to|vs\.?|versus) (?P<target>[^?,]*?\b(?:target|goal|budget|plan))(?:,? (?:updated|refreshed)"
            r" (?:(?:per|with each|after (?:each|every)|by) \w+|live|in real time))?"
        ),
        r"progress against \g<target>",
        "It stands as of the last reading of the tills, not of the last transaction.",
    ),
    (
        (
            r"\b(?:which|what|show(?: me)?|list|any)(?: of)?(?: (?:our|my|the))* (?:high[- ]performing|best[- ]?selling"
            r"|top[- ]?(?:selling|performing)|fast[- ]?(?:selling|moving)) (?:products?|items?|skus?)(?: that)?"
            r"(?: are| is)? (?:missing|absent|left (?:out|off)|not)(?: (?:from|in|on|of))?"
            r"(?: (?:my|our|the|any|active|current))* planograms?"
        ),
        "planogram check",
        (
            "Which best sellers have no place in a planogram is not picked out: this is how the shelves fit it. The "
            "best sellers are in “top products last month”."
        ),
    ),
    (
        (
            r"^\W*(?:(?:is|are|was|were|has|show(?: me)?|what(?:'s| is)) )?(?:(?:the|our|my) )?"
            r"promo(?:tion(?:al|s)?)? activity(?: (?:been|is|are|being|trending|going|getting|gone|moving))*"
            r"(?: (?:up or down|up|down|rising|falling"
            r"|increasing|decreasing|growing|higher|lower|trends?))?(?: by month| each month| over time)?(?=\W*$"
            r"| (?:over|in|this|last|at|since|for)\b)"
        ),
        "share of sales on promotion by month",
        "Promo activity is taken as the share of sales made with goods on promotion, month by month.",
    ),
    (rf"\b(?P<which>which|what) (?P<what>{_STORES}) {_BETTER}", r"\g<which> \g<what> are underperforming", ""),
    (
        (
            rf"^\W*(?:which|what|list|show(?: me)?)(?: the| my| our)* {_STORES} (?:with|have|has"
            rf"|having)(?: stock| an?| their)*"
            r" (?:cover|days of cover|days of stock|stock cover)(?: is| are| of)? (?P<bound>(?:below|under"
            r"|less than|over|above"
            r"|more than) \d+ days)"
        ),
        "days of cover by store",
        "All stores are listed; which of them are {bound} is read off the table.",
    ),
    (
        (
            rf"^\W*(?:which|what) (?:two|three|2|3) {_STORES} are (?:the )?(?:closest|nearest)(?: together"
            rf"| to each other)?"
            r"(?: in| by| on) (?P<what>[\w ]{4,30})"
        ),
        r"rank the stores by \g<what>",
        "Which are closest is read off the ranking.",
    ),
    (
        (
            rf"^\W*(?:what|which) (?:percent(?:age)?|share|proportion|%|part) of (?:the |our "
            rf"|my )*{_STORES} (?:grew|were up|are up"
            r"|improved|declined|fell|were down|are down)"
        ),
        "compare sales by store",
        "They are not counted: each is in the table, with its sales.",
    ),
    (
        (
            r"\bwhich (?P<what>brands|manufacturers|suppliers|categories) (?:are |is |do we )?(?:only "
            r"|just )?(?:sold|sell|carried"
            r"|listed|stocked|available)(?: only| just)? (?:in|at) (?:only |just )?(?:one|a single) (?:store|shop"
            r"|location)"
        ),
        "products sold in only one store",
        "That is not told by {what}: these are the single products that one store alone sold.",
    ),
    (
        (
            r"^\W*which (?P<what>categories|departments) (?:are|is|sell|behave)(?: the)?(?: most| more"
            r"| very)? seasonal(?:ly)?"
        ),
        r"net sales by \g<what> and month last 12 months",
        "How seasonal each is I do not measure: this is the course by month.",
    ),
    (
        (
            r"^\W*(?:are|were|do|did) (?:we|i) (?:discount(?:ing)?|mark(?:ing)? down|giv(?:e"
            r"|ing) away)(?: too (?:much|deep(?:ly)?"
            r"|often|heavily)| enough)(?: discounts?)? (?:in|on|for) (?P<goods>[\w &'-]{3,30})(?=\W*$)"
        ),
        r"discount rate in \g<goods>? optimal discount in \g<goods>",
        "What is too much I do not judge: this is the discount given, and the depth that made most margin so far.",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is)|how (?:high|good) is)? ?(?:the |our )*(?:fill rates?|fullness) (?:of"
            r"|on) (?:the |our |my )*shel(?:f|ves)"
        ),
        "on-shelf availability",
        "How full a shelf is, is not recorded: this is how many active products are in stock.",
    ),
    (
        (
            rf"^\W*(?:which|what|list|show(?: me)?|find|any)(?: of)?(?: all| the| my| our)* {_STORES} (?:with|have"
            rf"|has|having|whose"
            r"|where|had|are|run|running)(?: an?| the| their)? (?P<what>(?:labou?r|wage|payroll)(?: costs?)?(?: %"
            r"| percent(?:age)?)?"
            r"|(?:gross )?margins?(?: %| percent(?:age)?| rate)?|conversion(?: rate)?|discount rates?|refund rates?"
            r"|return rates?"
            r"|(?:average )?(?:basket|transaction|ticket)(?: (?:size|value))?|units per transaction"
            r"|sales per labou?r hour)"
            r"(?: is| are| was| were)? (?P<bound>(?:over|above|under|below|more than|less than|higher than"
            r"|lower than|at least|at"
            r" most|exceeding|greater than) \$?\d[\d.,]* ?(?:%|percent|dollars)?)(?: of (?:net )?sales)?"
        ),
        r"\g<what> % by store",
        "All stores are listed; which of them are {bound} is read off the table.",
    ),
    (
        (
            r"^\W*what (?:would|should|could|is|might)(?: be)? (?:an? |the )?(?:fair|good|realistic|sensible"
            r"|reasonable|right"
            r"|achievable)(?: (?:net )?sales| revenue)? (?:target|goal|budget)(?: be)? (?:for|at) (?P<rest>[\w' ]+)"
        ),
        r"forecast sales for \g<rest>",
        "What a target should be is for you to set: this is the outlook, if the days to come are like those just past.",
    ),
    (
        (
            r"^\W*(?:did|has) (?:the |our )?last (?P<span>week|month)'s (?:mailers?"
            r"|flyers?|circulars?"
            r"|promotions?|promos?|displays?|ads?)(?: \w+)? (?:bring|brought|attract|win|get|pull)(?:ed)?(?: us"
            r"| in)* (?:any |many "
            r"|more )?new (?:customers|shoppers|households)(?: in)?"
        ),
        r"new customers last \g<span>",
        "What brought a new customer in is not recorded: this is how many there were.",
    ),
    (
        (
            rf"\bwhich {_KINDS} (?:drives?|brings?(?: in)?|pulls?(?: in)?|generates?|attracts?|draws?) (?:the )?most"
            r" (?:store |foot )?(?:traffic|footfall|visits|visitors|trips)"
        ),
        r"which \g<what> have the most customers",
        "What brought people in is not known: these are the customers who bought something of each.",
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
            r"^(?!.*\bnew\b)\W*(?:(?:can you )?(?:recommend|suggest|propose|find|give me)(?: me)? (?:a|the|an optimal"
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
