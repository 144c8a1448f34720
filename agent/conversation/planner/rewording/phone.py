"""How people type on a phone between two deliveries: half sentences, “the one before”, “whats selling with”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HELD = r"(?:compared (?:to|with)|versus|vs\.?|against|than|to|with|or|and)"
_ANYWHERE = r"(?:anywhere|in any (?:of (?:the|our|my) )?stores?|at any (?:store|location)s?|in (?:some|which) stores?)"
_GOODS = r"(?P<what>(?!it\b|them\b|that\b|those\b|stock\b|anything\b|something\b|any\b)[a-z][\w &'-]{1,40}?)"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_PER_CENT = r"(?:%|percent|per cent|pct)"
PHONE_ROWS: tuple[tuple[str, str], ...] = (
    # --- the two sides of a comparison
    (
        (
            r"(?P<a>\b(?:last|past|this|previous) (?P<unit>week|weekend|month|quarter)\b.*?"
            rf"\b{_HELD} )the (?:one (?:before|prior)(?: (?:it|that))?(?! last)|(?:previous|prior) one)\b"
        ),
        r"\g<a>the \g<unit> before",
    ),
    (rf"\b(?:(?:this|on) )?(?P<day>{_DAY}) (?P<held>{_HELD}) last (?P=day)\b", r"\g<day> \g<held> the \g<day> before"),
    # --- goods that there are, or not
    (
        rf"\b(?:are|r|have) we (?:out of|sold out of|run out of) {_GOODS} {_ANYWHERE}(?=\W*$)",
        r"how much \g<what> do we have in stock by store",
    ),
    (
        (
            rf"^\W*(?:is|are) there (?:any |some |more )*{_GOODS} (?:left )?(?:in"
            r"|out) (?:the )?back(?: ?room)?(?=\W*$)|^\W*(?:do we have|have we got|any|got any) (?:any |some "
            rf"|more )*(?P<held>[a-z][\w &'-]{{1,40}}?) (?:left )?(?:in|out) (?:the )?back(?: ?room)?(?=\W*$)"
        ),
        r"how many \g<what>\g<held> do we have in stock",
    ),
    (r"\bwhat(?:'s|s| is| are)? (?:selling|sold|bought|going|people buying) (?:together )?with (?=\w)",
     "what is bought with "),
    # --- orders in passing
    (
        (
            r"^\W*(?:we|i) (?:need|want|could use) (?:someone|somebody|anyone|anybody) to (?=(?:re-?count|count|check"
            r"|clean|restock|refill|mop|face|rotate|tidy)\b)"
        ),
        "ask someone to ",
    ),
    (
        (
            r"^\W*(?:please |can you |could you |pls )*(?:put|do|make"
            r"|set) (?P<what>(?:all (?:of )?(?:the )?)?(?!(?:an?|up|in)\b|\d)(?:(?!on |at |up |sale\b|offer\b"
            rf"|promo)[\w&'-]+ )+)(?:at |on )?(?P<pct>\d{{1,2}}(?:\.\d)?) ?{_PER_CENT} off\b"
        ),
        r"mark down \g<what>by \g<pct>%",
    ),
    (
        (
            r"\b(?:mark(?:ing)? down|discount|cut|reduce) (?:the |our )?(?P<what>[a-z][\w &'-]{1,50}?) by "
            rf"(?P<pct>\d{{1,2}}) ?{_PER_CENT} (?:this|over (?:this|the)|on the|during the) weekend\b"
        ),
        r"put \g<pct>% off \g<what> this weekend",
    ),
    (
        (
            r"^\W*(?:so )?how (?P<many>many|much) (?P<what>(?!of\b)[a-z][\w &'-]{1,40}?)"
            r"(?<! do)(?<! did)(?<! should)(?<! can)(?<! must)(?<! could)(?<! will)(?<! would) (?:we|i) (?:still )?"
            r"(?:got|have)(?: left| in stock)?(?=\W*$)"
        ),
        r"how \g<many> \g<what> do we have",
    ),
    (
        (
            r"^\W*(?:and )?is (?:there )?(?:any )?more (?:of (?:it|them) )?(?:coming|on (?:its|the) way"
            r"|on order)(?: in)?(?=\W*$)"
        ),
        "what is on order of it",
    ),
    (r"\bwhat (?:did|do|have) we (?:throw|thrown|threw|chuck|bin)(?:ed)? (?:out|away)?", "how much was thrown away"),
    (r"^\W*(?:and |what about |how about )?labou?r(?: costs?)?(?=\W*$)", "and labour cost"),
    (r"(?P<n>\d) ?(?:cs|case|cse)(?: of)? (?=[a-z])", r"\g<n> cases of "),
    # --- spans
    *(
        (
            rf"\b(?:the )?first (?:{number}) weeks (?:of|in) (?P<month>{_MONTH})\b",
            rf"\g<month> 1 to {days}",
        )
        for number, days in ((r"2|two", 14), (r"3|three", 21), (r"4|four", 28))
    ),
    # --- two questions in one breath
    (
        (
            r"\b(?P<what>(?:best|top)(?: \d+)? ?-?(?:sell(?:ers?|ing)(?: products| items)?|products|items"
            r"|movers)\b.{0,50}?),? (?:and|&|\+|with) (?:how (?:much|many)(?: stock)? (?:is|are|do we have|we have"
            "|have we got)(?: still)?(?: there)? (?:left|in stock|on hand)|(?:the |their )?(?:stock|on[- ]hand"
            r"|stock left|days of cover|cover))(?: (?:of|for) (?:each|them|those|these|it|each of them))?(?=\W*$)"
        ),
        r"fast movers \g<what> with stock",
    ),
    # --- when and who
    (
        (
            r"\bwhich (?P<unit>day|hour|weekday|store)(?P<when> (?:last|this|of the) \w+)? (?:had|has|got|gets"
            r"|saw) (?:the )?(?P<end>most|fewest|least) (?:customers|people|shoppers|traffic)\b"
        ),
        r"which \g<unit> had the \g<end> transactions\g<when>",
    ),
    (
        (
            r"^\W*when do (?P<who>(?!.*\b(?:most|loyal|customers|people|shoppers|we|they"
            r"|champions)\b)[a-z][\w -]{2,30}?) (?:usually )?(?:shop|come in|come|buy)(?=\W*$| at | in )"
        ),
        r"transactions of \g<who> by hour",
    ),
    (
        r"^\W*what do (?P<who>[a-z][\w -]{2,30}?) buy (?P<way>more|less) of(?=\W*$)",
        r"what do \g<who> buy \g<way> of than others",
    ),
    (
        r"^\W*(?:are )?(?:there )?any stores? (?:that (?:are|is) )?not (?:selling|carrying|stocking) (?=\w)",
        "which stores do not sell ",
    ),
    (
        (
            r"^\W*(?:are|r) (?:people|customers|we|they|shoppers) (?:buying|selling) (?:less|more"
            r"|fewer) (?P<what>[a-z][\w &'-]{1,30}?)(?: (?:lately|recently|now|these days))?(?=\W*$)"
        ),
        r"\g<what> units last 4 weeks vs the period before",
    ),
    (r"^\W*price check (?P<what>(?!on\b|for\b|tasks?\b)[a-z].+?) (?:in |at )?all stores(?=\W*$)", r"price of \g<what>"),
    (r"^\W*price check (?!on\b|for\b|tasks?\b)(?=[a-z])", "price of "),
    (r"\bhow many hours did (?P<store>s\d\d) (?:use|work|burn|clock)(?: up)?\b", r"labour hours at \g<store>"),
    (r"\bwhen did (?:we|you|they) last change (?:it|its price|the price)(?=\W*$)", "when did its price last change"),
    # --- tasks
    (
        (
            r"^\W*(?:create |add |make )?(?:an? )?count task for (?P<what>.+?),? (?:and )?(?:give|assign|hand) (?:it"
            r"|this) to (?P<who>\w+)(?=\W*$)"
        ),
        r"ask \g<who> to count \g<what>",
    ),
    (
        r"^\W*(?:an? )?(?P<kind>count|restock(?:ing)?|cleaning|price[- ]check) task (?=(?:for|in|at|on) \w)",
        r"create a \g<kind> task ",
    ),
    # --- advice
    (
        (
            r"^\W*(?:should|shall|can|could) (?:i|we) (?:cut|drop|lower|reduce|raise|increase|put up) (?:the "
            r"|our )?prices? (?:of|on|for) (?=\w)"
        ),
        "price elasticity of ",
    ),
    (
        r"\b(?:which|what) store(?:'s|s| is) (?:the|our|my) (?:problem|issue|weak (?:link|spot)|trouble)\b",
        "which stores are underperforming",
    ),
)  # fmt: skip
