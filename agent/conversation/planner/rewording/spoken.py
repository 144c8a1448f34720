"""How people speak of figures: “brought in the most money”, “what time do we get the most customers”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_MONEY = r"(?:money|dollars|income)"
_EARNED = r"(?:brought|brings?|made|makes?|earned|earns?|took|takes?|pulled|generated?|generates)"
_PEOPLE = r"(?:customers?|people|shoppers|guests|visitors|traffic|foot traffic|footfall|visits)"
_GET = r"(?:get|gets|have|has|see|sees|serve|serves|draw|draws)"
_HELD = r"(?:compared (?:to|with)|versus|vs\.?|against|than)"
_COUNTED = r"\bhow many (?:\w+ )?(?:customers|shoppers|households|members)\b.*"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_STORES = r"(?:district|region|area|territory|patch)"
_WE = rf"(?:do|does|did) (?:we|i|the store|my store|our stores?) {_GET}"
_HOUR = rf"\b(?:what|which) (?:time|hours?)(?: of (?:the )?day)? {_WE}"
_WEEKDAY = rf"\b(?:what|which) days?(?: of the week)? {_WE}"
_WENT = r"(?:what happened|what went on|how did it go|how did things go|how was it|how were things)"
_ADS = r"(?: promotions?| ads?)?(?: doing| performing| selling)?"
_OR = r"(?:vs\.?|versus|compared (?:to|with)|against|or)"
_NAME = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
_STORE = r"(?:stores?|shops?|locations?)"
_SWING = r"(?:biggest|largest|steepest|sharpest|worst) "
_FELL = r"(?:drop|decline|fall|decrease|dip|loss)"
_ROSE = r"(?:increase|rise|gain|jump|growth|improvement)"
_SHARE = r"(?:what|which) (?:percentage|percent|share|portion|proportion|%)"
_GOODS = r"(?:items|units|products|goods|pieces)"
_SOLD = r"(?:were |was |are |is |got )?(?:sold |bought )?(?:on|under|with|at|during) (?:an? |any )?"
_PROMOTED = r"(?:promotions?|promos?|offers?|special offers?|deals?)"
_TO_COME = (
    r"^\W*(?:so |and )?will (?:sales )?(?P<day>tomorrow|(?:next|this) (?:week|month|weekend|\w+day)|\w+day)"
    r"(?: sales)? be(?: any| much| a lot| a bit)?"
)
_THAN = r"(?:than|on|from) (?:last|this|the previous|yesterday)(?: (?:week|month|weekend|\w+day))?(?: sales)?\W*$"
SPOKEN_ROWS: tuple[tuple[str, str], ...] = (
    # --- the highest of the year, what was promoted, who came in
    (
        r"\bpeak (?P<figure>revenue|sales|profit|margin) (?P<span>day|week|month|quarter)\b",
        r"best \g<span> by \g<figure>",
    ),
    (
        rf"\b{_SHARE} of (?:the |our |all )?{_GOODS}(?: sold)? {_SOLD}{_PROMOTED}\b",
        "what share of units was on promotion",
    ),
    (
        rf"\bhow many {_PEOPLE} (?:enter(?:ed)?|walk(?:ed)? into|c[ao]me into) (?=(?:my|our|the|this|each|every)\b)",
        "how many visitors came into ",
    ),
    # --- goods that are slow; a figure of which it is said that it moved
    (rf"\bslow (?P<what>products?|{_GOODS}|skus?|lines)\b", r"slow selling \g<what>"),
    (
        rf"\b(?P<what>{_GOODS}|skus|lines) (?P<are>are|have been|were) (?:too |very |so )?slow\b",
        r"\g<what> \g<are> slow-moving",
    ),
    (
        r"^\W*what(?:'s| is| was) (?P<how>down(?=\W*$| (?:this|last|yesterday|today)\b)|up(?= (?:this|last)\b))",
        r"which departments are \g<how>",
    ),
    (
        (
            r"^\W*(?:so |and |hey |but )*(?:(?:our|my|the) )?(?P<what>(?:net )?(?:sales|revenue|takings|profits?"
            r"|margins?|(?:foot ?)?traffic|footfall|visitors|transactions?|conversion|units)) (?P<are>is|are|was|were)"
            r"(?: (?:way|really|still|a bit|a lot|slightly|so|again))* (?P<how>down|up|lower|higher|falling|dropping"
            r"|rising|growing)(?P<rest>(?: (?:this|last|today|yesterday|at|in|on|for|by)"
            rf" (?:(?!\b{_OR}\b|\d)[^?,])+)?)\W*$"
        ),
        r"why \g<are> \g<what> \g<how>\g<rest>",
    ),
    (
        (
            r"\b(?P<how>forecast\w*|predict\w*|projected|expected|estimated) (?:customer|shopper|consumer|household) "
            r"spend(?:ing)?\b"
        ),
        "forecast sales",
    ),
    # --- days to come against such days that are over: an outlook says so
    (rf"{_TO_COME} (?:bus(?:y|ier)|quiet(?:er)?|slower) {_THAN}", r"forecast transactions \g<day>"),
    (rf"{_TO_COME} (?:better|worse|higher|lower|stronger|weaker|up|down) {_THAN}", r"forecast sales \g<day>"),
    # --- stores held against one another; whether all of them moved one way
    (
        (
            rf"^\W*(?:how (?:are|do|did|have) )?(?:the |our |my |all )*{_STORE}(?: (?:doing|do|did|compare"
            r"|perform(?:ing)?|stack(?:ing)? up|rank))* (?:vs\.?|versus|against|to|with|compared (?:to|with))"
            r" (?:each other|one another) (?:on|in|for) (?P<what>[a-z %]{3,30}?)(?P<when>(?: (?:this|last) \w+)?)\W*$"
        ),
        r"\g<what> by store\g<when>",
    ),
    (
        (
            rf"^\W*did (?:all|every|each)(?: one)?(?: of)?(?: (?:the|our|my))* (?P<what>{_STORE}|departments?"
            r"|categor(?:y|ies)) (?:grow|rise|improve|increase|go up|gain)\b"
        ),
        r"which \g<what> grew",
    ),
    # --- what went on, without a figure
    (
        (
            rf"^\W*(?:so |and |ok |hey )*(?:what(?: all)? (?:happened|went on|has happened|has been going on)|(?:did"
            rf" |has )?anything (?:big |interesting |unusual )?happen(?:ed)?) (?:at|in|across|with)"
            rf" (?:(?:my|our|the|all) )+{_STORE}(?: (?:lately|recently))?\W*$"
        ),
        "give me a business summary",
    ),
    (
        (
            r"^\W*(?:so |and |ok |hey )*(?:what(?: all)? (?:happened|went on)|(?:did )?anything (?:big |interesting )?"
            rf"happen(?:ed)?) (?:at|in|across|with) (?:(?:my|our|the|all) )+{_STORE} (?:over |during )?(?P<when>"
            r"(?:yesterday|today|(?:the |last )?weekend|(?:last|this) (?:week|month|quarter|year|night|\w+day)|in \w+))"
            r"\W*$"
        ),
        r"what happened \g<when>",
    ),
    # --- goods without a name
    (
        r"\b(?P<how>(?:slow|fast|quick|dead|slowest|fastest|best|worst)(?:[- ](?:moving|selling))?) stuff\b",
        r"\g<how> products",
    ),
    (r"\b(?:over|across|throughout|through|during) the (?:past |last |whole |full )?year\b(?! to\b)", "last 12 months"),
    (r"\b(?:are there |were there |is there |see )?any (?:exceptions|anomalies|red flags)\b", "exception report"),
    (
        (
            r"^\W*(?:the |our |all )?promotions? (?:(?:that|which) are )?(?:running|on|live|active)(?: right)?(?: now"
            r"| today)?(?=\W*$)"
        ),
        "what promotions are running now",
    ),
    (
        (
            r"^\W*(?:and |so |hey |hi |morning |ok )*how(?:'s| is| was| has)? (?:the|our) (?P<unit>week|month"
            r"|quarter|year)"
            r"(?: been)?(?: (?:going|looking|shaping up|shaping|doing|coming along|tracking))?(?: so far)?(?=\W*$)"
        ),
        r"sales this \g<unit>",
    ),
    (r"\bwhat(?:'s|s| is) (?:moving|selling) (?:the )?(?:slow(?:est)?|least)\b", "what sells slowest"),
    (r"^\W*(?:and |so )*(?:what|how) about the (?P<unit>week|month|quarter|year)(?=\W*$)", r"what about this \g<unit>"),
    (
        r"\bhow busy (?:will|is) (?P<day>[\w ]{3,24}?) (?:be|going to be|gonna be|look(?:ing)?)\b",
        r"forecast transactions \g<day>",
    ),
    (
        (
            r"\bhow busy (?:(?:will|are|is|'ll) )*(?:we|it|the stores?)(?: (?:be|going to be|gonna be|get|looking))+"
            r"(?: on| for)? (?=tomorrow|next|this|the|\w+day)"
        ),
        "forecast transactions ",
    ),
    (
        (
            r"\bhow many (?:customers|people|shoppers|visitors|guests|transactions|baskets) (?:will|are going to"
            "|can we expect to|should (?:we|i) expect)(?: (?:come|visit|be|have|see|get|there be|we (?:have|get|see"
            r"|serve)))*(?: in| on| for)? (?=tomorrow|next|this|the|on|\w+day)"
        ),
        "forecast transactions ",
    ),
    # --- what to open with
    (
        (
            r"\b(?:what|anything) (?:should|do|must) (?:i|we) (?:need to )?know (?:before (?:we |i )?open(?:ing)?"
            r"|today|this morning|for today)\b"
        ),
        "what needs my attention",
    ),
    (
        r"\b(?:give|show|get|make|send)(?: me| us)? (?:a |the )?(?:table|list|chart|graph) (?:of|with|showing) ",
        "show me ",
    ),
    (r"\bwhat did i ask (?:you )?(?:to do|for|to change)\b", "my proposals"),
    # --- splits and swings
    (r"\bby the (?P<unit>hour|day|week|month)\b", r"by \g<unit>"),
    (
        (
            rf"\b(?:which|what)(?: of (?:my|our|the))? {_STORE} (?:had|has|have|saw|took"
            rf"|shows?) the {_SWING}{_FELL} in (?:net )?(?:sales|revenue)\b"
        ),
        "which stores fell the most",
    ),
    (
        (
            rf"\b(?:which|what)(?: of (?:my|our|the))? {_STORE} (?:had|has|have|saw|took"
            rf"|shows?) the {_SWING}{_ROSE} in (?:net )?(?:sales|revenue)\b"
        ),
        "which stores grew the most",
    ),
    (
        r"\bspends? (?:the )?most (?:per|each|every|a|on each) (?:visit|trip|basket|transaction|shop)\b",
        "has the highest average transaction value",
    ),
    (r"\baverage age of (?:our |my |the )?(?:customers|shoppers|households|members)\b", "customers by age"),
    # --- what earned most
    (rf"\b{_EARNED}(?: us| me)?(?: in)? the (?P<end>most|least) {_MONEY}\b", r"had the \g<end> sales"),
    (rf"\b(?P<end>biggest|largest|best|smallest|worst) {_MONEY}[- ]?makers?\b", r"\g<end> sellers by sales"),
    # --- customers of two spans, where the second is only “the week before”
    (rf"(?P<a>{_COUNTED}\blast week,? {_HELD}) the (?:week|one) before\b(?! last)", r"\g<a> the week before last"),
    (rf"(?P<a>{_COUNTED}\blast month,? {_HELD}) the (?:month|one) before\b(?! last)", r"\g<a> the month before last"),
    (rf"(?P<a>{_COUNTED}\byesterday,? {_HELD}) the day before\b(?! yesterday)", r"\g<a> the day before yesterday"),
    # --- when it is full
    (rf"{_HOUR} the most {_PEOPLE}\b", "what is the busiest hour"),
    (rf"{_HOUR} the (?:fewest|least) {_PEOPLE}\b", "what is the quietest hour"),
    (rf"{_WEEKDAY} the most {_PEOPLE}\b", "what is the busiest day of the week"),
    (rf"{_WEEKDAY} the (?:fewest|least) {_PEOPLE}\b", "what is the quietest day of the week"),
    (
        rf"\b(?:were|was|are|is) (?:we|it|they|the store) busier (?:on )?(?P<a>{_DAY}) or (?:on )?(?P<b>{_DAY})\b",
        r"transactions on \g<a> vs \g<b>",
    ),
    # --- price and demand
    (
        (
            r"\b(?:the )?(?:correlation|relation(?:ship)?|link|connection) between (?:the )?prices? and (?:the )?"
            r"(?:units?|quantit(?:y|ies)|sales|volumes?|demand)(?: (?:sold|bought))? (?:for|of|in) "
        ),
        "price elasticity of ",
    ),
    (
        (
            r"\bhow price[- ]sensitive (?:are|is) (?:(?:our |my |the )?(?:customers|shoppers|people|demand"
            "|sales) (?:for|of|in|about|on) )?"
        ),
        "price elasticity of ",
    ),
    (r"\bprice[- ]sensitivity (?:of|for|in) ", "price elasticity of "),
    # --- my stores
    (rf"^\W*(?:so )?{_WENT} (?:in|across|with) (?:my|our|the) {_STORES}\b", "how did my stores do"),
    (rf"^\W*how (?:is|are|was|were|did) (?:my|our) {_STORES} (?:doing|do|looking)\b", "how did my stores do"),
    # --- new customers
    (
        r"\btop(?: \d+| three| five)? stores (?:by|for|in) (?:the )?(?:number of )?new customers\b",
        "new customers by store",
    ),
    (
        r"\b(?:which|what) stores? (?:got|had|won|gained|attracted|brought in) the most new customers\b",
        "new customers by store",
    ),
    # --- display and mailer
    (
        rf"\b(?:promotions? )?(?:on )?displays?{_ADS} {_OR} (?:the )?(?:mailers?|flyers?)(?: promotions?| ads?)?\b",
        "promotion lift by display and mailer",
    ),
    (
        rf"\b(?:mailers?|flyers?){_ADS} {_OR} (?:the )?displays?(?: promotions?| ads?)?\b",
        "promotion lift by display and mailer",
    ),
    # --- shifts
    (
        rf"\b(?:put|add|place|get) (?P<who>{_NAME}) (?:on|onto|to|in) (?:the )?(?:schedule|rota|roster)(?: for| on)?\b",
        r"schedule \g<who>",
    ),
)
