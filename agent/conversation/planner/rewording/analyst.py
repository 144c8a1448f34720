"""Analysts' ways of asking put into the plainer ones: how to show it, what is left unsaid, trade words for splits."""

from __future__ import annotations

_CHART = (
    "(?:charts?|graphs?|plots?|visuals?|visuali[sz]ations?|diagrams?|heat ?maps?|histograms?|tables?|spreadsheets?"
    "|csv(?: file)?|excel(?: file| sheet)?|xlsx)"
)
_KIND = r"(?:(?:bar|line|pie|column|area|simple|quick|nice|pretty) )?"
_SEASONS = {
    "spring": "1 march to 31 may", "summer": "1 june to 31 august", "autumn": "1 september to 30 november",
    "fall": "1 september to 30 november",
}  # fmt: skip
ANALYST_ROWS: tuple[tuple[str, str], ...] = (
    # --- how to show it
    (
        (
            r"^\W*(?:please |can you |could you )*(?:show|give|make|draw|create|build|get|send|produce|prepare"
            rf"|generate)?(?: me| us)? ?(?:an? |the )?{_KIND}{_CHART} (?:of|for|showing|with|that shows|on) "
        ),
        "show me ",
    ),
    (
        (
            r"^\W*(?:please |can you |could you )*(?:plot|graph|chart|visuali[sz]e|draw|diagram) (?:me |us )?(?:the "
            r"|our |my )?(?=\w)"
        ),
        "show me ",
    ),
    (
        (
            r"\W*(?:,? (?:and )?(?:show|give|export|put|download|save|send|deliver)(?: it| that| this| them)?)? (?:as"
            rf"|in|into|to) (?:an? )?{_KIND}{_CHART}(?: please| format)?\W*$"
        ),
        "",
    ),
    (r"\W*,? (?:and )?(?:plot|graph|chart|visuali[sz]e) (?:it|that|them|this)\W*$", ""),
    # --- whether a change is more than chance: what explains one holds it against the usual noise
    (
        (
            r"^\W*(?:is|was|are|were) (?:the|this|that|our) (?P<how>drop|fall|decline|decrease|dip|rise|increase|growth"
            r"|jump|change) (?P<what>(?:in|of) (?:.+? )?(?:sales|revenue|traffic|visitors|transactions|orders|margins?"
            r"|conversion|basket (?:size|value)|units|aov|atv)(?: .+?)??) (?:statistically |really |actually )?"
            r"(?:significant|meaningful|real"
            r"|(?:just |only )?(?:noise|chance|random)|due to chance)"
            r"(?:,? or (?:is it |was it )?(?:just |only )?(?:noise|chance|random|not|normal))?\W*$"
        ),
        r"explain the \g<how> \g<what>",
    ),
    # --- labels
    (r"\bprivate brands?\b", "private label"),
    (r"\bgeneric(?:s| brands?)?(?= (?:vs|versus|and|share|sales|products))", "private label"),
    (
        (
            r"\bnational(?: brands?)? (?P<v>vs\.?|versus|and|or|against|compared (?:to|with)) (?:private labels?"
            r"|(?:own|store) brands?)\b"
        ),
        r"private label \g<v> national brands",
    ),
    # --- fairness, norms
    (
        (
            r"\b(?P<head>(?:which|what) (?:store|shop|location)s?|(?:rank|compare) (?:the |our |all )*(?:stores|shops"
            r"|locations)|(?:best|worst) stores?)\b(?P<mid>.{0,40}?)\b(?:once (?:you|we|i) |when (?:you|we|i) "
            "|if (?:you|we|i) |after )?(?:adjust(?:ed|ing)?|correct(?:ed|ing)?|account(?:ed|ing)?|allow(?:ed|ing)?"
            "|normali[sz](?:ed|ing)?|control(?:led|ling)?) (?:for|by) (?:store |floor |their |its )*(?:size|area"
            r"|space|square (?:feet|footage|met(?:re|er)s))\b"
        ),
        r"sales per square foot by store",
    ),
    (
        (
            r"\b(?:relative|compared|in proportion) to (?:its|their|store|floor) (?:own )?(?:size|area|space)\b"
            r"|\bfor (?:its|their) size\b"
        ),
        "by sales per square foot",
    ),
    (
        (
            r"\b(?P<lead>vs\.?|versus|against|to|with|than) (?:an? |the |our )?(?:average|typical|normal|usual|regular"
            r"|ordinary) (?:week|day|month)\b(?= *$| (?:at|in|for)\b)"
        ),
        r"\g<lead> usual",
    ),
    # --- everyday words of the sample
    (
        (
            r"\bhow (?:big|large|valuable) (?:are|is) (?:the |our )?(?:average )?(?:baskets?|transactions?"
            r"|orders?) (?:that |which )?(?:contain|include|hold|have|with)(?:s|ing)?\b"
        ),
        "how many baskets contain",
    ),
    (
        (
            r"\b(?P<h>labou?r day|memorial day|halloween|thanksgiving|black friday|christmas(?: eve| day)?|easter"
            "|mother'?s day|father'?s day|(?:4th|fourth) of july|independence day|valentine'?s day|columbus day"
            r"|veterans day|new year'?s (?:day|eve)|juneteenth)(?P<m>[\w ]{0,20}?) on \w+day vs the four-week norm\b"
        ),
        r"\g<h>\g<m> vs the four-week norm",
    ),
    (
        (
            r"\b(?:average |mean )?(?:number of )?(?:visits|trips) (?:per|a|each) (?P<u>month|week)(?: per (?:customer"
            "|household|shopper))? (?P<rest>(?:by|for|per) (?:age|income|household|family|kids|marital"
            r"|home)[\w ]{0,16}?)(?= *[?.]*$)"
        ),
        r"how often do customers visit \g<rest> last \g<u>",
    ),
    (
        (
            r"^\W*(?:was|were|is|are) (?P<what>(?!this\b|that\b|it\b|these\b|those\b)[\w' ]{8,60}?) (?:normal|usual"
            r"|typical|unusual|out of the ordinary|abnormal)\W*$"
        ),
        r"\g<what> compared to usual",
    ),
    (
        (
            r"\b(?P<lead>vs\.?|versus|against|to|with|than) (?:an? |the |our )?(?:average|typical|normal|usual|regular"
            r"|ordinary) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?= *[?.]*$| (?:at|in|for)\b)"
        ),
        r"\g<lead> usual",
    ),
    (
        (
            r"^\W*what (?:does|do|is|are) (?:the |our )?(?P<m>[\w% ]{3,30}?) (?:include|consist of|made up of|contain"
            r"|cover)\W*$"
        ),
        r"how is \g<m> defined",
    ),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|fraction|%) of (?:our |the |all )*(?:customers"
            "|households|shoppers) (?:that |who )?(?:account for|make up|make|bring in|bring|generate|drive) (?:half"
            r"|most|(?P<n>\d{1,2}) ?(?:%|percent)) of (?:our |the |all )*(?:sales|revenue)"
        ),
        r"how concentrated are sales on customers making 0\g<n>%",
    ),
    (
        (
            r"\bhow long do (?:our |the )?(?:customers|households|shoppers) (?:stay|remain|keep)(?: loyal| with us"
            "| customers| coming)*"
        ),
        "customer retention",
    ),
    (
        (
            r"\bhow (?:price[- ])?sensitive (?:are|is) (?:our |the )?(?:shoppers?|customers?|people|buyers?"
            r"|households?) to (?:the )?pric(?:es?|ing)(?: changes?| increases?| cuts?)? (?:in|of|for|on)\b"
        ),
        "price elasticity of",
    ),
    (
        r"\bclusters? of (?P<who>customers|households|shoppers) by (?:behaviou?r|spend(?:ing)?|visits)\b",
        r"clusters of \g<who>",
    ),
    (
        (
            r"\bhow much (?:gross )?(?:margin|profit|money) (?:do|did|are|were) (?:we|i) (?:lose|lost|losing|give up"
            r"|giving up) (?:to|on|in|through|with) discounts\b"
        ),
        "discounts and discount rate",
    ),
    (
        r"\blost (?:the )?most (?P<w>sales|revenue|money|dollars)(?P<r>(?: \w+){0,3}?)(?: in dollars)?(?= *[?.]*$)",
        r"\g<w> fell the most\g<r>",
    ),
    (r"\bmore profitable than\b", "margin vs"),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|%) of (?:our |the |all )*(?P<w>transactions"
            r"|baskets|orders) (?P<b>under|over|above|below|less than|more than) (?=[$€£]? ?\d)"
        ),
        r"how many \g<w> \g<b> ",
    ),
    (
        (
            r"\b(?:which|what) campaigns (?:are|were) (?:currently )?(?:running|active|live|on)(?: (?:right )?now"
            "| today| currently| at the moment)?(?= *[?.]*$)"
        ),
        "how many campaigns were running yesterday",
    ),
    (r"\bhow much (?:did|do|does) (?P<what>coupons|discounts) cost us\b", r"how much did we give in \g<what>"),
    (
        r"\bshare of (?:the )?baskets? (?:that is|which is|that are|going to|made up (?:of|by))\b",
        "share of sales that is",
    ),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|%) of (?:our |the |all |total )*(?:sales|revenue"
            "|items|products|lines) (?:came|come|comes|were|was|are|is)? ?(?:sold )?(?:with|at"
            r"|on) (?:an? )?(?:discount|markdown|reduced price)s?\b"
        ),
        "share of lines sold with a discount and discount rate",
    ),
    (
        (
            r"\b(?:on )?(?P<a>display|mailer)s? (?:vs\.?|versus) (?:no|non"
            r"|without)[- ](?:a )?(?P=a)s?(?: sales)?(?P<l> lift)?\b"
        ),
        r"promotion lift by display and mailer",
    ),
    (
        r"\bhalo(?: effects?)? (?:of|from) (?:promoting|promotions? (?:on|of|for))\b",
        ("promotion lift and halo of promotions on"),
    ),
    (
        (
            r"\b(?P<who>(?:what|which) (?:age|income|household size|family size)(?: (?:group|band|bracket"
            r"|level)s?)?) (?:is|are) (?:the )?most (?:loyal|frequent|regular)\b"
        ),
        r"how often do customers visit by \g<who>",
    ),
    (r"\bby (?:what|which) (?P<a>age|income|household size|family size)\b", r"by \g<a>"),
    (
        (
            r"\b(?P<cal>4-5-4|454|retail|fiscal|nrf) (?:months? of |period of )?(?P<a>january|february|march|april|may"
            r"|june|july|august|september|october|november|december) (?P<v>vs\.?|versus|against|compared (?:to|with)"
            r"|and) (?P<b>january|february|march|april|may|june|july|august|september|october|november|december)\b"
        ),
        r"sales in \g<cal> \g<a> \g<v> \g<cal> \g<b>",
    ),
    (
        (
            r"\b(?P<cal>retail|fiscal|nrf|4-5-4) (?P<u>week|period|month) (?P<a>\d{1,2}) (?P<v>vs\.?|versus|against"
            r"|compared (?:to|with)|and) (?P=u) (?P<b>\d{1,2})\b"
        ),
        r"sales \g<cal> \g<u> \g<a> \g<v> \g<cal> \g<u> \g<b>",
    ),
    (r"\bsame[- ]week comparison(?: of)?:? ", "compare "),
    (
        (
            r"^\W*(?:is there (?:any )?room to|can (?:we|i)|could (?:we|i)|should (?:we|i)) (?:raise|increase|put up"
            r"|afford to raise) (?:the )?prices? (?:of|on|for)\b"
        ),
        "price elasticity of",
    ),
    (r"\bprices? paid\b", "price"),
    (
        r"\b(?:planogram |shelf |floor )?space (?:vs\.?|versus|against|compared (?:to|with)|relative to) sales\b",
        "space to sales",
    ),
    (
        r"\bfair (?:comparison|ranking) of (?:the |our |all )*stores\b(?= *[?.]*$| (?:last|this|in|for)\b)",
        "rank stores",
    ),
    (
        (
            r"\bhow (?:reliable|good|accurate|complete|trustworthy) (?:is|are) (?:the |our |your )?(?:cost|stock"
            r"|inventory|weather|traffic|visitor|staff|price|supplier|tender|payment)s? (?:data|figures|numbers)\b"
        ),
        "what data is simulated",
    ),
    (
        (
            r"\b(?P<n>how many (?:households|customers|people)) (?:did|does) (?:it|they|each one|that one"
            r"|that campaign|each) (?P<v>reach|target)\b"
        ),
        r"\g<n> did each campaign \g<v>",
    ),
    (r"\bmargin dollars\b", "gross margin"),
    (
        (
            r"\b(?:number of )?(?:different|distinct|unique|separate) (?:products|items|skus|things) (?:per|in (?:a|an"
            "|each|every)|in an average) (?:average |typical )?(?:transaction|basket|ticket|sale|order|cart|trip"
            r"|shop)\b"
        ),
        "lines per transaction",
    ),
    (r"\btrip frequency\b", "visit frequency"),
    (
        r"\b(?:purchase|shopping) (?:intervals?|gaps?)\b|\binter-?purchase (?:times?|intervals?)\b",
        "average days between visits",
    ),
    (r"\btime between (?:visits|trips|purchases)\b", "days between visits"),
    (r"\bbasket sizes? (?:by|per) (?P<g>age|income|household|kids|marital)", r"average basket value by \g<g>"),
    (r"\b(?P<lead>since|after) (?:the )?(?:end of )?(?:the )?spring\b", r"\g<lead> june"),
    (r"\b(?P<lead>since|after) (?:the )?(?:end of )?(?:the )?summer\b", r"\g<lead> september"),
    *tuple(
        (
            (
                rf"\b(?P<lead>in |during |over |last |this |for )(?:the )?{name}\b(?= *[?.!,]*$| (?:at|in|by|but|and"
                r"|did|on|for|sales|compared|vs|versus)\b)"
            ),
            rf"from {days}",
        )
        for name, days in _SEASONS.items()
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
