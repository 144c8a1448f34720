"""What is out of the ordinary, healthy or an alert, where nobody drew a line; rows as in ``near``."""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?|sites?)"
_RANGE = r"(?:departments?|categor(?:y|ies)|divisions?|brands?)"
_GOODS = rf"(?:{_RANGE}|products?|items?|skus?)"
_WHICH = r"\b(?:which|what|(?:are there |do |are )?any)(?: of)?(?: my| our| the)*"
_ODD = (
    "(?:abnormal(?:ly)?|unusual(?:ly)?|anomalous|strange(?:ly)?|unexpected(?:ly)?|irregular(?:ly)?|odd(?:ly)?|out of "
    "line)"
)
_SPIKING = (
    "(?:spik(?:ing|ed)|surg(?:ing|ed)|soar(?:ing|ed)|jump(?:ing|ed)|plung(?:ing|ed)|plummet(?:ing|ed)|tank(?:ing|ed)"
    "|dropping|falling sharply|rising sharply)"
)
_SPIKE = rf"(?:{_ODD} )?{_SPIKING}(?:,? (?:or|and) {_SPIKING})?(?: {_ODD})?"
_FIGURE = (
    r"(?P<what>(?:foot ?)?traffic|footfall|visitors?|sales|transactions?|conversion|baskets?(?: sizes?)?|margins?)"
    r"(?: (?:patterns?|levels?|figures|activity|movements?|numbers?|behaviou?rs?|trends?|results?|performance))?"
)
_HIGH_LOW = r"(?:high|low|strong|weak|good|bad|slow|busy)"
_ODD_WEEKS = (
    rf"(?:{_WHICH}|\b(?:were|are|is) there (?:any|some)|^\W*(?:(?:show|list|find|flag)(?: me)? )?(?:the |any |all )*)"
    rf" ?(?:{_ODD}(?: {_HIGH_LOW})? (?:sales )?weeks?|(?:outlier|freak) weeks?|weeks? (?:(?:that|which|have|has|had"
    rf"|with|were|was|are|is|been|sales) )*(?:{_ODD}(?: {_HIGH_LOW})?(?:,? (?:or|and) (?:{_ODD} )?{_HIGH_LOW})?"
    r"|outliers?|st[ao]nd out|stood out|spikes?|dips?))"
    r"(?: (?:sales|revenue|trade|takings|business|figures))*"
    r"(?: (?:compared|relative) (?:to|with) (?:the|its|their|our|that|each) ?(?:store's|stores'|store|chain)?"
    r" ?(?:own )?(?:average|norm|mean|usual))?"
)
_SHOWS = (
    rf"{_WHICH} (?P<who>{_STORES}|districts?|departments?|categor(?:y|ies)) (?:that |which )?(?:show|shows|showing|have"
    rf"|has|had|see|are seeing|with)(?: (?:an?|any))* {_ODD} {_FIGURE}"
)
_MOVES = (
    rf"{_WHICH} (?P<what>{_GOODS}|stores?)(?:,? (?:or|and) {_GOODS})? (?:(?:that|which|are|is|were|have|has|been) )*"
    f"{_SPIKE}"
)
_NOW = r"(?: recently| lately| right now| now)?(?=\W*$)"
_LEVEL = r"(?:healthy|good|enough|sufficient|low|tight|excess|high|balanced)"
_HELD = r"(?:stock-?out|out-of-stock|over-?stock|stock|inventory)"
_TOP = r"(?:the |our |my )*(?:top|best|strong\w*|high\w*|leading)(?:[- ]performing)?"
_LOW = r"(?:the |our |my )*(?:bottom|worst|weak\w*|low\w*|poor\w*)(?:[- ]performing)?"
_BEST_GOODS = (
    r"\b(?:what (?:sells|sold|is selling) best|(?:the |our )*(?:best|top)[- ]?sellers|(?:the |our )*(?:top|best)"
    r"(?:[- ]selling)?{n} (?:products?|items?|skus?|sellers)) (?:in|within|inside|at|of|from|for) (?:the|our|my)"
    r" (?P<how>top|best|strongest|biggest|largest|busiest|leading|number one|worst|weakest|smallest|slowest)"
    r"(?:[- ](?:selling|performing))? (?P<what>department|category|store|shop|location)\b"
)
_OF_EACH = "These are the best of each {what}, the largest {what} first; the {how} one is among them."
_NORM = (
    "No line is drawn where a rise or fall becomes unusual: these are the largest of last week against the norm of the "
    "four weeks before."
)
_WEEK = (
    "No line is drawn where a rise or fall becomes unusual: these are the largest of last week against the week before."
)
_BEFORE = "No line is drawn where a rise or fall becomes unusual: these are the largest against the time before."
_TO_COME = r"\b(?:next|tomorrow|upcoming|coming|week ahead)\b"
_WE_ARE = r"\W*(?:are|were|am|is) (?:we|i|they|my store|the stores?)"
_LABOUR = r"(?:(?:labou?r|staff|man) ?)?(?:hours|labou?r|payroll|staff|wages)"
_FOR_SALES = (
    r"(?: for (?:what (?:we|i) (?:sell|do|take|make)|(?:the |our |my )?(?:revenue|sales|business|trade"
    r"|takings)(?: (?:i|we)"
    r"(?:'m|'re| am| are)? (?:generat\w+|mak\w+|do(?:ing)?|tak\w+|bring\w*)(?: in)?)?))?"
)
UNUSUAL_NEAR: tuple[tuple[str, str, str], ...] = (
    # --- out of the ordinary
    (
        rf"{_SHOWS}{_NOW}",
        r"compare \g<what> by \g<who> last week with the four-week norm",
        f"{_NORM} What is out of line at the registers is in “exception report”.",
    ),
    (
        rf"{_SHOWS}(?= (?:last|this|over|in|since)\b)",
        r"compare \g<what> by \g<who>",
        f"{_BEFORE} What is out of line at the registers is in “exception report”.",
    ),
    (rf"{_MOVES}{_NOW}", r"which \g<what> changed most in net sales last week", _WEEK),
    (rf"{_MOVES}(?= (?:last|this|over|in|since)\b)", r"which \g<what> changed most in net sales", _BEFORE),
    (
        (
            rf"{_WHICH} (?P<what>products?|items?|skus?) (?:generate|have|get|see|cause|show|produce"
            rf"|with)s? (?:{_ODD}|suspicious|too"
            r" many|a lot of) (?P<of>refunds?|returns?)(?=\W*$| (?:last|this|over|in|since|yesterday)\b)"
        ),
        r"which \g<what> have the most returns",
        "No line is drawn where {of} become suspicious: these are the products that were returned most.",
    ),
    (
        rf"{_ODD_WEEKS}(?= (?:by|in|at|for|of|this|last|since|over|during)\b|\W*$)",
        "standard deviation of weekly sales",
        (
            "No range is worked out for weeks: these are the lowest and the highest, and how far they lie from their "
            "mean. Single days outside their range are in “unusual days last month”."
        ),
    ),
    # --- stock that is well or not
    (
        (
            rf"\b(?:which|what|show(?: me)?(?: which)?) {_STORES} (?:have|has|had|with"
            rf"|are) {_LEVEL} {_HELD}(?: levels?)?"
            rf"(?:[ ,]+(?:(?:and|or|vs\.?|versus|which|have|are) )*(?:{_LEVEL} )?{_HELD}(?: levels?| risks?)?)*(?=\W*$)"
        ),
        "days of cover by store",
        (
            "What is healthy is not set anywhere: this is how long the stock of each store lasts at the rate it sells. "
            "“Stockout risk by store” and “overstock by store” have the two ends."
        ),
    ),
    (
        (
            r"\b(?:what|which|any|show(?: me)?|list)(?: (?:are|is|the|my|our|all|current))* (?:inventory|stock"
            r"|low[- ]stock"
            r"|replenishment) (?:alerts?|warnings?|notifications?)(?: (?:do|should|must|need|have|i|we|to|address|fix"
            r"|look|at|handle|deal|with|act|on|solve|attend|see|there|today|now|first|right|this|week))*(?=\W*$)"
        ),
        "which products will stock out soon",
        (
            "No alerts are kept as such: these are the products that will run out within a week. “What is out of "
            "stock”, “overstock” and “phantom stock” have the others."
        ),
    ),
    # --- the mix of the best against that of the worst
    (
        (
            r"\b(?:product|category|department|sales|merchandise|menu|item) mix(?: (?:differences?|comparison|compared?"
            rf"|gaps?))?(?: (?:between|across|of|for|in|at|by))+ {_TOP}(?: {_STORES})? (?:and|vs\.?|versus|to|with"
            rf"|from) "
            rf"{_LOW} {_STORES}"
        ),
        "net sales share by department and store last 4 weeks",
        "This is the mix of every store, side by side; which are the best and the worst is in “rank the stores”.",
    ),
    # --- several figures at once, or apart from the best
    (
        (
            rf"{_WHICH} {_STORES} (?:(?:are|is|were) (?:under|out|over)-?perform\w*|(?:do|are doing|perform"
            rf"|performed) (?:badly|poorly"
            rf"|best|worst|well)) (?:across|on|in|over) (?:multiple|several|many|all|more than one|various"
            rf"|different) (?:kpis?"
            r"|metrics?|figures|measures|dimensions)[^?]*"
        ),
        "rank the stores",
        "Stores are ranked here by the mean of their places in several figures, each against the store's own norm.",
    ),
    (
        (
            rf"{_WHICH} {_STORES} need(?:s)? (?:urgent |immediate )?(?:intervention|help|support"
            rf"|action)(?:,? (?:vs\.?|versus|or|and)"
            r" (?:strategic |more |less )?(?:support|recognition|praise|help|intervention))+"
        ),
        "rank the stores",
        "What a store needs is not mine to say: this is their order over several figures, each against its own norm.",
    ),
    (
        (
            r"\bwhat does (?:an? |the )?(?:benchmark|ideal|model|best|top)[- ]?(?:tier "
            rf"|performing )?{_STORES} look like(?:,? and)?"
            rf"(?: how far (?:is|are) (?:each|every|the|other)(?: other)? {_STORES} from it)?"
        ),
        "rank the stores",
        "No model store is set: this is the order of the stores over several figures, the best of them first.",
    ),
    # --- a least stock that nobody set
    (
        (
            rf"{_WHICH} (?P<what>products?|items?|skus?) (?:(?:that|which|are|is|fall|falls|fell|drop|go|sit"
            rf"|frequently|often"
            r"|regularly|currently) )*(?:below|under|beneath) (?:the |their |its |our )?(?:safety stock"
            r"|minimum stock|min stock|par)"
            r"(?: levels?| thresholds?| points?)*(?=\W*$| (?:at|in)\b)"
        ),
        r"which \g<what> are below the reorder point",
        (
            "No least stock is set by hand: these are the products that do not last until the next delivery, now; how "
            "often that was so is not counted."
        ),
    ),
    # --- how many went one way; hours against a budget nobody set
    (
        (
            r"\bhow many (?:of (?:our|my|the) )?(?P<what>stores|shops|locations|departments|categories) (?:are|were"
            r"|is) (?P<how>up|down"
            r"|growing|declining|ahead|behind)\b(?! (?:of )?(?:the |their |its |on )*(?:target|budget|plan|schedule))"
        ),
        r"which \g<what> are \g<how>",
        "They are not counted: each is in the table, with the largest rise and the largest fall named.",
    ),
    (
        (
            r"\b(?:are|were|am|is) (?:we|i|they|my store|the stores?) (?:over|under|above|below|ahead of"
            r"|behind) (?:on |in |our |the |my )*"
            r"(?:labou?r |staff )?(?:hours|labou?r|payroll)(?: (?:budget|target|plan|allowance))?\b"
            rf"|^(?!.*{_TO_COME}){_WE_ARE} (?:over|under)-?scheduled{_FOR_SALES}"
            rf"|^(?!.*{_TO_COME}){_WE_ARE} (?:scheduling|using|rostering|running|spending|paying) too (?:many|few"
            rf"|much|little)"
            rf" (?:(?:on|for|in) )?{_LABOUR}{_FOR_SALES}"
            rf"|^(?!.*{_TO_COME})\W*(?:do|did) (?:we|i) have too (?:many|few) (?:{_LABOUR}|staff|people"
            rf"|employees)(?: on)?"
            rf"(?: (?:the )?(?:clock|floor|shift|payroll))?{_FOR_SALES}(?=\W*$| (?:last|this|yesterday|today|at)\b)"
            rf"|^\W*(?:is|are|was|were) (?:my|our|the) (?:labou?r|staffing)(?: (?:costs?|hours))? too (?:high|low|much)"
            r" (?:for|compared (?:to|with)|against) (?:the |our |my )?(?:sales|revenue)"
        ),
        "labour hours, labour cost % and sales per labour hour",
        "No budget of hours is in the data, so nothing can be called over or under it: this is what was used.",
    ),
    # --- what followed a promotion
    (
        (
            r"\bdid (?:the |our )?(?P<when>january|february|march|april|may|june|july|august|september|october"
            r"|november|december"
            r"|last (?:week|month)(?:'s)?)(?: \d{4})? promo(?:tion)?s? (?:affect|impact|hurt|help|influence"
            r"|pull (?:forward|from))\b[^?]*"
        ),
        r"promotion lift in \g<when>",
        "What was sold afterwards against what was to be expected is in the answer, as “Afterwards”.",
    ),
    # --- what to look into after a change
    (
        (
            r"^\W*(?:our|my|the) (?P<what>conversion(?: rate)?|sales|revenue|traffic|footfall|visitors|transactions?"
            r"|basket(?: size)?"
            r"|average (?:basket|ticket|transaction)(?: value)?|margin|units) (?:has |have |is |are )?(?:dropp?ed"
            r"|fell|fallen|declined"
            r"|decreased|went down|gone down|is down|down)(?: (?:by )?\d[\d.]* ?(?:%|percent"
            r"|points?))? (?P<when>yesterday|(?:this|last)"
            r" (?:week|month|quarter)|today),? (?:and )?(?:what|where|how)(?: \w+){0,3} (?:i|we) (?:investigate"
            r"|look(?: at| into)?|check"
            r"|do|start|focus on)\b[^?]*"
        ),
        r"why did \g<what> drop \g<when>",
        "The parts of the change come first; the largest is where to look.",
    ),
    # --- the best goods of the best group, which is found first
    (_BEST_GOODS.replace("{n}", r" (?P<n>\d{1,2})"), r"top \g<n> products in each \g<what>", _OF_EACH),
    (_BEST_GOODS.replace("{n}", ""), r"top 3 products in each \g<what>", _OF_EACH),
    # --- a measure of stores that nobody set
    (
        (
            rf"(?:{_WHICH}|^\W*(?:(?:show|list|find|identify|give)(?: me)? )?(?:the |our |my |all )*)"
            rf" ?{_STORES}(?: (?:that|which|are|is|were|was|fall|fell|falling|run|running|perform|performing|performed"
            r"|came|come|coming|in|sit|sitting|do|doing))* (?:below|under|above|over|behind|ahead of|beat(?:ing|s)?"
            r"|short of|miss(?:ing|ed)?|lag(?:ging)?|trail(?:ing)?|worse than|better than|out-?perform(?:ing)?"
            r"|under-?perform(?:ing)?) (?:(?:the|our|their|its|an?|overall|internal|store|group|chain|company|network"
            r"|network's|performance) )*(?P<of>benchmark|cluster|peer group|peer|tier)s?(?:'s|')?"
            rf"(?: (?:average|mean|median|benchmark|norm|level|{_STORES}))?(?= |\W*$)"
        ),
        "which stores are below the average of all stores",
        "No {of} is set for stores in the data I am given: each is held against the average of all.",
    ),
    # --- what a till calls by another name
    (
        r"\b(?:voids? (?:and|or|&) comps?|comps? (?:and|or|&) voids?)\b",
        "voids",
        "Goods given free of charge are recorded as discounts, so comps are in “discounts used yesterday”.",
    ),
)
