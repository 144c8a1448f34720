"""What is asked and cannot be told: drawers, waiting times, laws, single customers, and figures that no tool ranks."""

from __future__ import annotations

_STAFF = r"(?:managers?|owner|boss|staff|employees?|colleagues?|associates?|supervisors?|team)"
_PERSONAL = r"(?:birthdays?|e-?mails?|phones?(?: numbers?)?|addresses|names|contact \w+|surnames?|photos?)"
_CUSTOMER = r"(?:customers?|shoppers?|guests?|members?|buyers?)"
_AT_THIS_MOMENT = r"(?:currently|right now|just now|at (?:the|this) moment|at present|this (?:minute|instant)|now)"
_IN_THE_STORE = (
    r"\b(?:in|inside|within|at) (?:the |my |our |this |each |every |any )?(?:stores?|shops?|building|premises|here)\b"
)
ASKED: tuple[tuple[str, str, str], ...] = (
    # --- single people
    (
        (
            rf"\b{_CUSTOMER}\b.{{0,30}}\b(?:with|and|plus|including) (?:their |the )?{_PERSONAL}\b|\b(?:export|send"
            "|download|e-?mail|forward|share|give me|dump|copy) (?:me )?(?:all |the |our |every |my )*(?:customer"
            r"|member|shopper|guest|loyalty)s?'? (?:data|lists?|files?|info\w*|records?|details|database|contacts)\b"
        ),
        r"\b(?:segments?|to marketing|groups?)\b",
        (
            "Names, addresses, birthdays, e-mails and phone numbers of customers are not in the data I am given, and "
            "I would not give them out. Customers are known by a pseudonym; I can answer for groups of them, for "
            "example “customer segments”."
        ),
    ),
    (
        (
            r"\b(?:customer|member|shopper|client|guest) [a-z]+ [a-z]+ (?:buy|bought|order|ordered|purchase|purchased"
            r"|spend|spent|get|got)\b|\bwhat (?:did|does|has) (?:mr|mrs|ms|miss|dr)\.? [a-z]+ (?:usually )?(?:buy"
            r"|bought|order|spend)\w*"
        ),
        "",
        (
            "I do not tell what a single customer bought, and customers are known here by a pseudonym only. I can "
            "answer for groups: customers by age or income, segments, new and returning customers."
        ),
    ),
    (
        (
            rf"\bwhat(?: did| does| has|'s)? ?(?:the |our |my |your )?(?:[a-z]+ ){{0,3}}{_STAFF} (?:ask(?:ed|s)?"
            r"|t(?:ell|old)|sa(?:y|id)|typed?|want(?:ed)?|look(?:ed)? at)(?: to)? (?:you|the bot|in here|here)\b"
        ),
        "",
        "What others ask me stays with them. I can answer your own questions for the stores that you may see.",
    ),
    (
        (
            r"\bwho (?:opened|closed|unlocked|locked(?: up)?|set up|counted) (?:the |our |my |up )?(?:store|shop|up"
            r"|till|drawer|safe)?\b|\bwho (?:took|had|missed|skipped)(?: \w+){0,2} (?:breaks?|lunch)\b|\b(?:scheduled"
            r"|planned|rostered) labou?r\b|\b(?:un-?filled|open|uncovered|empty) shifts?\b|\bshifts? (?:are"
            r"|is)(?: still)? (?:un-?filled|open|uncovered|empty)\b"
        ),
        r"\b(?:publish|sales per|late|on time|early)\b|\bwithout (?:a |any )?(?:sale|selling|ringing)\b",
        (
            "Who opened the store, who took a break and which shifts nobody has are not in the data I am given. Who "
            "is to work and who has clocked in can be asked, where shifts and time cards are recorded: “show the "
            "schedule for tomorrow”, “who is clocked in now?”; whether stores opened late is in “did all stores open "
            "on time last week?”."
        ),
    ),
    (
        (
            r"\b(?:tell me|info\w*|know|details|everything|anything) (?:me )?(?:more )?about (?:the |our |my "
            rf"|your )?(?:other |another )?(?:[a-z']+ )?{_STAFF}\b(?! (?:hours|costs?|sales))"
        ),
        r"\b(?:meetings?|void\w*|refund\w*)\b",
        (
            "I do not give out records about individual people: pay, reviews, notes and the like are for the manager "
            "and the HR department. I can total labour hours and labour cost by store and period."
        ),
    ),
    (
        (
            r"\b(?:open|unpaid|unclosed|parked|held|unsettled) (?:tickets?|checks?|tabs?|bills?|sales)\b"
            r"|\btickets? (?:left|still) open\b"
        ),
        r"\b(?:tasks?|purchase)\b",
        (
            "Tickets that are still open or parked at the till are not in the data I am given: a sale counts when it "
            "is closed. “Transactions yesterday” and “voids last week” can be had."
        ),
    ),
    (
        r"\b(?:has|have|were|was|are|is)(?: not|n't) (?:been )?counted\b",
        r"\b(?:visitors?|customers?|transactions?)\b",
        (
            "What was not counted I do not list. Counts that were booked are in “inventory counts last month”, what is "
            "worth counting in “phantom stock”: goods on the books that have not sold for longer than usual."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?:products?|items?|goods|categor(?:y|ies)|departments?) (?:are|do|did|were"
            r"|is) (?:mostly |usually |most )?(?:bought|purchased|chosen|buy|new customers|first[- ]time)\b.*\b(?:new"
            r"|first[- ]time|returning|repeat|regular) (?:customers?|shoppers?|buyers?)\b"
        ),
        "",
        (
            "What new and returning customers buy apart from one another I do not list. How many of each there are "
            "and what they spend is in “new and returning customers last month”; what a kind of household buys more "
            "of can be had: “what do families buy more of?”."
        ),
    ),
    (
        (
            rf"\b{_CUSTOMER} by name\b|\bcard (?:details|data|info\w*)\b|(?<!loyalty )(?<!rewards )\bcard ?holders?\b"
            rf"|\bnames? of (?:the |our |my |these |those |all )*{_CUSTOMER}\b"
        ),
        "",
        (
            "Names, cards and contact data of customers are not in the data I am given, and I would not give them "
            "out. Customers are known by a pseudonym; I can answer for groups of them, for example “customer "
            "segments”."
        ),
    ),
    (
        (
            r"\b(?!today|yesterday|tomorrow|week|month|store|shop|day|team|staff|it|that|what|who|let|here"
            "|there)[a-z]+'s (?:time ?(?:cards?|sheets?)|shifts?|schedules?|rota|breaks?|clock[- ]?(?:ins?|outs?)"
            r"|attendance)\b|\bwhose (?:shift|turn|day off)\b"
        ),
        r"\b(?:avenue|street|road|point|publish|schedule [a-z]+ on|put [a-z]+ on)\b",
        (
            "Time sheets, breaks and days off of single people are not told here. Who is to work and who has clocked "
            "in can be asked, where shifts and time cards are recorded: “show the schedule for tomorrow”, “who is "
            "clocked in now?”."
        ),
    ),
    (
        (
            rf"^(?=.*\b{_AT_THIS_MOMENT}\b)(?=.*\b(?:people|shoppers|customers|visitors|guests)\b)(?=.*{_IN_THE_STORE})"
            rf"|\bhow (?:busy|full|crowded|packed) (?:is|are) (?:it|we|the|my|our)\b.*\b{_AT_THIS_MOMENT}\b"
            r"|\bhow (?:full|crowded|packed) (?:is|are) (?:we|it|the (?:store|shop))\b"
        ),
        r"\b(?:bought|buy|buying|spen[dt]|sales|employees?|staff|working|clocked|stock|loyalty)\b",
        (
            "How many people are inside at a moment is not counted: sensors tell who came in by the hour, where they "
            "are connected. “Visitors by hour yesterday” and “busiest hours last week” can be had."
        ),
    ),
    (
        (
            r"\b(?:when|(?:at )?what time) (?:was|is|did) (?:our|the|we|my|we have our|we make our|we ring "
            r"up our)(?: \w+){0,3} (?:last"
            r"|first|latest) (?:sale|transaction|customer|receipt|order)\b(?! (?:of|[a-z]{2,} ))"
        ),
        r"\b(?:of|for|product|item|in [a-z]+)\b",
        (
            "The minute of the first or last sale of a day is not listed; its hour is: “sales by hour yesterday” "
            "shows from when until when something was sold."
        ),
    ),
    # --- drawers, queues, laws, alarms
    (
        (
            r"\b(?:what(?:'s| is) )?(?:the )?(?:total |current )?(?:cash|money) (?:is )?in (?:the |our |each |my "
            r"|all )*(?:cash )?"
            r"(?:drawers?|tills?|registers?|safe) (?:right now|now|at the moment|at present|currently)\b"
            r"|\bhow much (?:cash|money)(?: should| must| ought to)? (?:be|is|do we have|have we got"
            "|there)?(?: there)?(?: be| is)? ?(?:in|left in) (?:the |our |each |my )?(?:cash )?(?:drawers?|tills?"
            r"|registers?|safe)\b"
        ),
        "",
        (
            "What should lie in a drawer is counted by the till when it closes, and I know no floats. Cash that was "
            "taken is in “cash payments yesterday by register”, what was over or short in “cash differences by "
            "register”."
        ),
    ),
    (
        (
            r"\bhow long (?:are|do|did|were|is|does|have) (?:the |our |my )?(?:customers?|people|guests?|shoppers?"
            r"|lines?|queues?|it)(?: \w+)? (?:wait\w*|queu\w*|stand\w*|in line|take to check ?out)\b|\b(?:waiting"
            r"|wait) (?:at|in) (?:the |our )?(?:till|checkout|register|line|queue)s?\b"
        ),
        r"\b(?:feedback|complain\w*|say|said|saying|reviews?)\b",
        (
            "How long people wait is not recorded. How busy it is can be had: “busiest hours last week”, "
            "“transactions by hour yesterday”, and what guests say of it: “complaints about waiting”."
        ),
    ),
    (
        (
            r"\bis it (?:legal|illegal|allowed by law|against the law|lawful)\b|\b(?:labou?r|employment|tax"
            r"|food) laws?\b|\blegally\b|\bam i (?:legally )?allowed to (?:fire|work|sell)\b"
        ),
        "",
        (
            "Questions of law are not for me: ask the HR department or a lawyer. I answer from the figures of the "
            "point of sale."
        ),
    ),
    (
        (
            r"\b(?:is|are) (?:this|the|that|your) ?(?:bot|chat|app|conversation|thing)?s? (?:recording|listening"
            r"|spying|tracking|saving|storing|logging|monitoring)\b|\b(?:do|does|can|will) (?:you|it|this"
            r"|the bot) (?:record|save|store|remember|keep|log)(?: \w+){0,3} (?:i|me|we|chats?|conversations?"
            r"|questions?|messages?)\b|\bwho can (?:see|read) (?:what i|my (?:questions|chats?|messages))\b"
        ),
        "",
        (
            "A thread is remembered so that I can go on from it, and every answer leaves a receipt of the figures it "
            "stands on. I hear nothing outside what is written to me; decisions on changes go into a record that "
            "cannot be edited."
        ),
    ),
    (
        (
            r"\bwho(?: else)? (?:can|could|may|is able to|is allowed to) (?:see|view|read|access) (?:this|that|it"
            r"|these|my"
            r"|our|the) ?(?:stores?|figures?|numbers?|data|sales|answers?|reports?)?\W*$|\bstores? (?:that )?(?:i"
            r"|we) (?:don't|do not|can't|cannot|am not|'m not|are not|aren't) (?:manage|own"
            r"|run|see|have|responsible|allowed|in charge)\w*|\b(?:someone|somebody) else's stores?\b"
            r"|\bstores? outside (?:my|our) (?:district|area)\b|\bwhy (?:can't|can ?not|can|don't|do"
            r"|am) i (?:not )?(?:see|get|only see|have access|able|allowed)\b|\bwhy (?:do|can) i only see\b|\b(?:can"
            "|could|do|may|are) (?:you|i|we)(?: able to)? (?:see|look at|access|get|view) (?:the |all "
            r"|any )?other stores?'?s?(?: (?:numbers|figures|sales|data))?\W*$"
        ),
        r"\b(?:customers?|cost|margin)\b",
        (
            "What you see follows your role: a store manager sees the own store, a district manager those of the "
            "district, the owner all. The owner keeps who has which. “My stores” lists what you can see."
        ),
    ),
    # --- what is not ranked or told apart
    (
        (
            r"\b(?:items?|products?|goods|skus?) (?:that )?(?:we )?(?:sell|sells|sold|are sold|move) (?:only|just"
            r"|exclusively) (?:at|on|during|in) (?:the )?(?:weekends?|weekdays?|\w+days?|evenings?|mornings?|night)\b"
            r"|\bonly (?:sell|sold|sells) (?:at|on|during) (?:the )?(?:weekends?|weekdays?|\w+days)\b"
        ),
        "",
        (
            "Which goods sell on some days only I cannot pick out. I can rank them by what they sold on those days: "
            "“top products on weekends last month”."
        ),
    ),
    (
        (
            r"\b(?:earn|make|margin|profit)\w*(?: the)?(?: most| least| best| highest| lowest)?(?: money)? (?:per|a"
            r"|for each|on each) (?:unit|piece|item|sku)\b|\bper[- ]unit (?:margin|profit)\b|\bmost per unit\b"
        ),
        r"\b(?:average|price|sold|units per)\b",
        (
            "Goods are ranked by gross margin in money or in per cent of their sales, not by unit: ask “top products "
            "by gross margin last month” or “products with the highest margin %”."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?:tender|payment|way of paying|payment (?:method|type))s? (?:is|are"
            r"|has been) (?:growing|rising|falling|declining|gaining|losing)\b"
        ),
        "",
        (
            "How ways of paying change is not ranked. Ask for the mix of each of two periods: “payment mix last "
            "month”, “payment mix in September”."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?:items?|products?|skus?) (?:did|have|has) (?:we|i|the stores?) (?:stop(?:ped)?"
            r"|discontinued?|delist(?:ed)?|drop(?:ped)?) ?(?:selling|carrying|stocking)?\b"
        ),
        r"\bshould\b",
        (
            "I list no products that were taken out of sale: answers are of active ones. What does not sell any more "
            "is in “dead stock” and “which items have never sold?”."
        ),
    ),
    (
        (
            r"\bhave to (?:throw|bin|toss|dump|waste)\b|\bneed to (?:throw|bin|toss|dump)\b|\b(?:go|going|went"
            r"|gone) (?:off|bad|stale) soon\b|\bspoil(?:ing)? soon\b|\babout to (?:go (?:off|bad|stale)|spoil|turn)\b"
            r"|\b(?:any(?:thing)?|what(?:'s| is)?|which|is|are|something)(?: [a-z]+){0,2} (?:going (?:off|bad|stale)"
            r"|spoiling|rotting)\b|\bpast (?:its|their) (?:best|dates?)\b|\bused? (?:it |them |up )*(?:first|soon)\b"
            r"|\bshould (?:i|we) (?:throw|bin|toss|dump)\b|^\W*any(?:thing)? to (?:throw|bin|toss|dump)\b"
        ),
        (
            r"\b(?:sales|business|revenue|margins?|trade|profits?|things|it|coupons?|last|yesterday|how much"
            r"|most|more|writ(?:e|ing) (?:off|down)|mark|adjust|because|since)\b|\d"
        ),
        (
            "Expiry and best-before dates are not in the data I am given, so I cannot say what goes off. I can show "
            "what sells too slowly for its stock: “slow stock in Dairy”, “overstock”, “what should we mark down?”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
