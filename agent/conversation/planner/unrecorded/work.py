"""People at work, parcels and pickups, scans and policies: what no source brings here, or is told of nobody."""

from __future__ import annotations

_STAFF = (
    "(?:employees?|associates?|cashiers?|staff(?: members?)?|colleagues?|team members?|workers?|servers?|baristas?"
    "|everyone|everybody|anyone|anybody|people)"
)
_EMPLOYED = r"(?:employees?|associates?|cashiers?|staff(?: members?)?|colleagues?|team members?|workers?|users?)"
WORK: tuple[tuple[str, str, str], ...] = (
    # --- what other hours would do
    (
        (
            r"\bif (?:i|we) (?:cut|add(?:ed)?|drop(?:ped)?|remove[ds]?|reduced?|trim(?:med)?|t(?:ake|ook)(?: out"
            r"| off)?|g[ai]ve|saved?|lose|lost) (?:back )?\d+ (?:more |fewer |extra )?(?:labou?r |staff |man "
            r"|working )?h(?:ou)?rs?\b"
        ),
        "",
        (
            "What other hours would do to sales or to the share of labour is not worked out: what was sold because of "
            "them is not known. What is: “labour cost % by week”, “labour hours by day last week”, “sales per labour "
            "hour by store last week”."
        ),
    ),
    # --- what hours to come will cost
    (
        (
            r"\b(?:labou?r|staff(?:ing)?|payroll|wage) (?:costs?|spend|budget|bill)s?\b[^?]{0,24}\b(?:scheduled"
            r"|rostered|planned|upcoming"
            r"|next week|tomorrow|to come)\b|\b(?:scheduled|rostered|planned|upcoming) (?:labou?r|staff(?:ing)?"
            r"|payroll|wage) (?:costs?"
            r"|spend|bill)\b"
        ),
        r"\b(?:last|yesterday|was|were|actual)\b",
        (
            "What hours to come will cost is not worked out: rates of pay are known of hours worked alone. The hours "
            "are: “hours "
            "scheduled by person this week”; and what was worked: “labour cost last week by store”."
        ),
    ),
    # --- who comes and goes
    (
        (
            r"\b(?:staff|employee|team|associate|personnel|labou?r|people) (?:turnover|attrition|churn|retention"
            rf"|tenure)\b|\bturnover of (?:{_STAFF}|the team)\b|\bhow many (?:new )?{_STAFF} (?:quit|left|resigned"
            r"|were (?:hired|fired|let go)|have (?:quit|left|joined)|joined)\b"
        ),
        "",
        (
            "When people joined or left is not in the data I am given, so staff turnover cannot be worked out. Labour "
            "hours, labour cost and sales per labour hour can: “sales per labour hour by store last week”."
        ),
    ),
    (
        (
            rf"\b(?:inactive|former|terminated|deactivated|dismissed) {_EMPLOYED}\b|\b{_EMPLOYED} (?:(?:who|that) )?"
            r"(?:are|is|were|have been|got) (?:(?:set|marked|now) )?(?:inactive|deactivated|terminated|fired|no longer"
            rf" (?:employed|active|working|with us))\b|\b(?:how many|which) {_EMPLOYED} (?:have |has )?(?:left|quit)\b"
        ),
        r"\bcustomers?\b",
        (
            "Who has left, or is set inactive in the point of sale, I do not list. Who worked is known where time "
            "cards are recorded: “who worked last 4 weeks”."
        ),
    ),
    # --- attendance
    (
        (
            rf"\b(?:who|which {_STAFF}|how many {_STAFF}|any(?:one|body)|is [a-z]+|are any {_STAFF})(?: is| are"
            "|'s)?(?: still| currently)? (?:clocked[- ]in|on the clock|clocked on|on (?:a )?break|on shift now"
            r"|here (?:right )?now)\b|\bclocked in (?:right now|now|today|currently|at the moment|this (?:morning"
            r"|afternoon|evening))\b|\b(?:off|out|home) sick|call(?:ed|ing)?[- ](?:in sick|out sick|outs?(?! (?:the "
            r"|any )?(?:exceptions?|outliers?|anomal))|in (?:today|yesterday))\b|\bno[- ]show(?:s|ed)?\b"
            r"|\bon (?:(?:annual|sick|maternity|paternity|parental|paid|unpaid) )?leave\b|\b(?:over-?time)\b(?! "
            r"sales)|\b(?:time|days?)[- ]off\b|\b(?:pto|vacations?|annual leave"
            "|holiday requests?|leave requests?|shift swaps?|availability of (?:staff|employees|the team)"
            r"|meal breaks?|break (?:compliance|violations?|times?))\b|\bwho(?:'s| is| are|'ll| will)?(?: be)? (?:off"
            r"|scheduled|working|rostered|on the schedule|on shift|opening|closing|covering)\b|\bwho (?:opens|closes"
            r"|works|covers)\b|\bwho(?:'s| is) in (?:on )?(?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri"
            rf"|satur|sun)day)\b|\b(?:which|what) {_STAFF} (?:is|are|was|were|came|clocked in|arrived"
            r"|started) (?:\w+ )?late\b|\bwho (?:was|were|came|clocked in|arrived|started|is) late\b|\btardiness\b"
            r"|\blate arrivals?\b|\b(?:hours|shifts?) (?:did|does|has|have|do) (?:each|every|all|any"
            rf"|the)? ?{_STAFF}(?: of the team)? (?:work\w*|clock\w*|put in|log\w*)\b|\bhours (?:worked )?(?:by|per"
            rf"|for|of|for each|of each) (?:each |every )?(?:individual )?{_STAFF}(?! (?:hour|sales))\b|\b(?:show|list"
            "|what(?:'s| is)|give)(?: me| us)? (?:the |our |my |next |this |today's "
            r"|tomorrow's )*(?:week'?s? )?(?:staff |work |employee |team |shift )?(?:schedules?|rota|roster)\b"
        ),
        r"\b(?:sales per|labou?r cost|open(?:ed)? on time|void\w*|refund\w*)\b",
        (
            "Leave, sickness, breaks, swaps, and the cost and rules of overtime are not in the data I am given. "
            "Who is "
            "to work and who has clocked in can be asked, where shifts and time cards are recorded: “show the "
            "schedule "
            "for tomorrow”, “who is clocked in now?”; and hours: “labour hours by day last week”, “overtime "
            "last week”."
        ),
    ),
    (
        (
            r"\b(?:walk(?:ed|ing)?|pass(?:ed|ing)?|went|go(?:es|ing)?) (?:past|by)\b|\bpassers?[- ]?by\b"
            r"|\bcapture rate\b|\bturn[- ]in rate\b|\bdwell times?\b|\bhow long (?:do|did) (?:customers|shoppers"
            r"|people|visitors|they) stay\b"
        ),
        r"\b(?:weeks?|months?|days?|time) (?:that |lie |do )?(?:went|gone|go|goes|pass|passes|passed) by\b",
        (
            "Who walks past, and how long people stay, I cannot tell. Visitors who came in and how many of them "
            "bought are known: “visitors yesterday”, “conversion by store last week”."
        ),
    ),
    (
        (
            r"\b(?:average|mean) age of (?:the |our |my )?(?:inventory|stock)\b|\b(?:inventory|stock) ag(?:e|eing"
            r"|ing) (?:report|analysis|in days)\b|\bhow old is (?:the |our |my )?(?:inventory|stock)\b"
        ),
        "",
        (
            "When the goods on hand arrived is not recorded, so their age cannot be told. How long they last, and "
            "what lies unsold, can be: “days of cover by department”, “dead stock”."
        ),
    ),
    (
        (
            r"\b(?:last|latest|most recent|previous) (?:\d{1,3}|few|two|three|five|ten|twenty) (?:transactions"
            r"|sales(?= (?:i|we)\b|\W*$)|receipts|orders|tickets|checkouts)\b"
        ),
        r"\b(?:purchase|suppliers?|average|total|days|weeks|months)\b",
        (
            "I list no receipts in a row. One can be looked up by its number, time or amount , and the largest can be "
            "had: “largest transactions yesterday”."
        ),
    ),
    (
        (
            r"\b(?:which|what|list|show(?: me)?|how many) (?:\w+ ){0,2}(?:products?|items?|skus?) (?:are|were"
            r"|have been|is|got) (?:discontinued|inactive|archived|deactivated|delisted)\b|^\W*(?:(?:show|list"
            "|give)(?: me)? )?(?:the |our |my |all )*(?:discontinued|inactive|archived|deactivated"
            r"|delisted) (?:products?|items?|skus?)\W*$"
        ),
        "",
        (
            "I list no products that were taken out of sale: answers are of active ones. What does not sell any more "
            "is in “dead stock” and “which items have never sold?”."
        ),
    ),
    (
        (
            r"\b(?:what|which questions?)(?: \w+){0,3} (?:another|other|someone else|somebody else|anyone else"
            r"|the other|my) (?:managers?|users?|persons?|people|colleagues?|boss)?(?: \w+){0,2} (?:ask\w*|said"
            r"|talk\w*|look\w* at)\b|\b(?:other|another) (?:managers?|users?|persons?|people)'?s? (?:chats?|questions?"
            r"|conversations?|messages|history)\b"
        ),
        r"\b(?:customers?|guests?|feedback|reviews?)\b",
        "What others ask me stays with them. I can answer your own questions for the stores that you may see.",
    ),
    (
        (
            r"^\W*(?:please |can you |could you )*(?:summari[sz]e|recap|sum up|repeat|retell|show(?: me)?) (?:our|this"
            r"|the|my)(?: whole| last| previous| first)? (?:conversation|chat|thread|questions?)\W*$"
            r"|\bwhat (?:was|were|did|have|is)\b[^?]{0,30}\b(?:i|we) (?:just |already )?(?:asked?|said|been asking)"
            r"(?: you)?(?: (?:about|before|first|last|earlier|just now|so far|today|yesterday))*\W*$"
        ),
        "",
        (
            "What was asked and answered stands above in this thread; I do not retell it. Go on about the last answer "
            "(“and last week?”, “only Harbor Point”), or ask “how are things?” for the whole picture."
        ),
    ),
    # --- things nobody connected
    (
        (
            r"\b(?:cctv|security cameras?|camera footage|surveillance|footage|serial numbers?|imei|lot numbers?"
            "|batch numbers?|parking|energy (?:use|consumption|costs?)|electricity|carbon footprint"
            r"|training (?:records|modules)|insurance)\b"
        ),
        r"\b(?:feedback|complain\w*|reviews?|guests?|customers? sa\w+|say|said|mention\w*)\b",
        (
            "That is not in the data I am given: I know sales, payments, stock, customers as pseudonyms, labour "
            "hours, visitors, promotions and feedback, as far as they are connected."
        ),
    ),
    (
        (
            r"\b(?:return|refund|exchange|privacy|price[- ]match\w*|coupon|discount|returns|delivery|shipping|warranty"
            "|dress|pet|attendance|cash[- ]handling|company|store|hr|leave|check(?: cashing)?) (?:polic(?:y|ies)"
            r"|procedures?|rules|guidelines?)\b|\b(?:polic(?:y|ies)|procedures?|handbook|standard operating"
            r"|sops?) (?:for|on|about|regarding|when|if|to)\b|\bhow (?:long|many days) (?:do|does|have) (?:customers?"
            r"|people|shoppers|they|i) (?:have )?to (?:return|exchange|bring back)\b|\b(?:do|can) (?:we|you|customers"
            r"|i) (?:price[- ]match|accept returns?|take back)\b|\bcan (?:i|you|we|they|people|someone"
            r"|somebody) (?:return|bring"
            r" back|exchange) (?:an?|the|this|these|those|any|sale|discounted|clearance|marked)\b|\bcan (?:a "
            r"|the )?(?:customer|shopper"
            r"|guest)s? return\b|\bwarrant(?:y|ies)\b"
        ),
        r"\bignore\b|, and (?:which|what|how)\b",
        (
            "I know no policies or procedures; I answer from the figures of the point of sale. What was returned can "
            "be had: “refund rate last month”, “show me every refund last week with the reason”."
        ),
    ),
    # --- orders for pickup and dispatch
    (
        (
            r"\b(?:un-?fulfilled|unshipped|un-?picked|undelivered)\b|\b(?:orders?|baskets?|parcels?"
            "|packages?) (?:that )?(?:have|has|had|are|were|is|was|not|still|yet|to be|be|been|getting|got|need"
            "|needs)(?:n't| not)?(?: to be| been| yet| still| being)* (?:shipped|fulfilled|delivered|picked(?: up)?"
            r"|packed|dispatched|collected|late)\b|\bpicks? (?:are |is )?(?:waiting|open|pending|outstanding|left|late"
            r"|overdue|due|in progress|to do|unassigned|assigned|complet\w+)\b|\b(?:open|pending|waiting|outstanding"
            r"|overdue|unassigned|active|late|remaining|next) picks?\b|\bpick(?:ing)? (?:lists?|queue|tasks?|rates?"
            r"|accuracy|times?)\b|\b(?:fulfil\w+|ship(?:ping|ment) (?:times?|costs?|speed)|delivery (?:times?|zones?"
            r"|drivers?|windows?)|tracking numbers?|door ?dash|uber ?eats|grub ?hub|instacart|ship-?from-?store)\b"
            r"|\b(?:for|awaiting|ready for|waiting for) (?:customer )?(?:pick-?up|collection)\b"
            r"|\bpick-?ups?\b(?! (?:trucks?|in (?:sales|traffic)))"
        ),
        (
            r"\b(?:purchase orders?|suppliers?|transfers?|in transit|create|add|assign|task (?:to|for)|remind|sales"
            r"|feedback|complain\w*)\b"
        ),
        (
            "Pickup orders and deliveries to customers, picking and shipping are not in the data I am given, so I "
            "cannot count them. Sales by channel I can give, where the point of sale tells channels apart; what "
            "suppliers owe us is in “open purchase orders”, what the stores have to do in “open store tasks”."
        ),
    ),
    (
        (
            r"\bscans?\b.*\b(?:failed|fail|errors?|unread\w*|rejected|bad|missed)\b|\b(?:failed|bad|rejected"
            r"|unreadable) scans?\b|\bscan (?:errors?|failures?|rates?)\b"
        ),
        "",
        (
            "Failed scans are not recorded: a scan that I am given names a barcode, a fixture and a position. What "
            "stands in the wrong place, or was not seen, is in “planogram check” and “shelf gaps”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
