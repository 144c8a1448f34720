"""Further things that cannot be told or done: advertising, price changes as a whole, ways around, details of people."""

from __future__ import annotations

from agent.conversation.planner.topics.incomplete_words import END, NOTHING

_PLEASE = r"^\W*(?:please |pls |can you |could you |would you |now |just |ok )*"
_STAFF = r"(?:managers?|owner|boss|staff|employees?|colleagues?|associates?|supervisors?|cashiers?|team members?)"
_MEDIA = (
    "(?:facebook|instagram|tiktok|google|pinterest|youtube|snapchat|twitter|social media|the internet|an? ads?|ads"
    "|adverts?|flyers?|the website|our website|e-?mail)"
)
_NO_PEOPLE = (
    "I do not give out records about individual people: pay, reviews, notes and the like are for the manager and the "
    "HR department. I can total labour hours and labour cost by store and period."
)
_RULES = (
    "I keep to my rules, whoever asks: I see what the asker may see, and every change waits for a person with the "
    "right to approve it. Nothing was changed."
)
WHO_SET_TARGETS = (
    "Who set the targets, when and by what reckoning is not in the data I am given; the targets are: “are we "
    "on target this month?”, “which stores are behind target?”."
)
FURTHER: tuple[tuple[str, str, str], ...] = (
    # --- who is in charge, and what may be done
    (
        (
            r"\bwho (?:manages|runs|heads(?: up)?|is (?:in charge of|responsible for|the (?:store |shop |district "
            r"|area )?manager (?:of|at|for))|looks after|supervises)\b|\b(?:names?|list|phone numbers?|e-?mails?) of "
            r"(?:the |our |my |all )*(?:store |shop |district |area )?managers\b|\bwhich (?:store |district |area "
            r")?manager (?:runs|manages|is)\b"
        ),
        r"\b(?:sales|margin|stock|target|shifts?|working|duty)\b",
        (
            "Who manages a store or district is not in the data I am given. Which stores there are, in which district "
            "and when they open can be asked: “list our stores”; who works when in “schedule for tomorrow”."
        ),
    ),
    (
        (
            r"\bwho (?:set|sets|decided|decides|made|makes|agreed|fixed) (?:on )?(?:the |our |my |these |those )*"
            r"(?:\w+ )?(?:targets?|budgets?|goals?|quotas?|plan)\b|\b(?:how|when|on what basis) (?:were|was|are|is"
            r"|do (?:we|they)) (?:the |our |my |these )*(?:\w+ )?(?:targets?|budgets?|goals?|quotas?) (?:set|decided"
            r"|made|agreed|calculated|worked out)\b"
        ),
        "",
        WHO_SET_TARGETS,
    ),
    (
        (
            r"\b(?:can|may|is) (?:a |an |the |my |our )?(?:cashiers?|associates?|employees?|staff|supervisors?"
            r"|clerks?|team)\b[^?]{0,20}\b(?:give|gives?|apply|grant|allowed|authori[sz]ed?|override|approve)\b"
            r"|\bhow much (?:discount )?(?:can|may) (?:a |an |the |my )?(?:cashiers?|associates?|employees?"
            r"|staff|supervisors?) (?:give|knock off|take off|discount)\b"
        ),
        "",
        (
            "Who may give which discount, refund or override is not in the data I am given: those are the rules of the "
            "house and the settings of the till. What was given is: “discounts by employee last week”, “price "
            "overrides by employee last week”."
        ),
    ),
    (
        (
            r"\bhow many (?:checkouts?|tills?|registers?|lanes?|cash desks?) (?:should|do (?:we|i) need|must|ought"
            r"|(?:to|can we) (?:open|have|man|staff))\b"
        ),
        "",
        (
            "How many tills should be open I cannot say: queues and serving times are not in the data I am given. When "
            "it is busy can be asked: “transactions by hour on Fridays”, “busiest hours this week”."
        ),
    ),
    (
        (
            r"^\W*(?:did|has|have|is|was|will) (?!anyone|anybody|any\b|we\b|they\b|it\b|the\b|all\b"
            r"|every)[a-z]+ (?:already |still )?(?:clock(?:ed)? (?:in|out)|show(?:n|ed)? up|come in|came in|late\b"
            r"|at work|working (?:today|tonight|now)|in today|on shift|on time\W*$)"
        ),
        r"\b(?:store|street|avenue|road|point|delivery|order|sales|traffic)\b",
        (
            "Whether one person has come I do not tell by itself. Ask for the store, where time cards are recorded: "
            "“who is clocked in now?”, “who was late today?”, “show the schedule for today”."
        ),
    ),
    (
        (
            r"\b(?:laziest|rudest|dumbest|stupidest|nicest|ugliest|most (?:useless|annoying|unreliable|difficult|rude"
            rf"|lazy)|lazy|useless) {_STAFF}\b"
        ),
        "",
        (
            "I do not judge people. Sales by employee can be had where the till says who rang them up: “sales by "
            "employee last month”; how the stores do is in “best performing stores last month”."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:give|grant|allow|let) .+ (?:access to|see|permission (?:to|for)|rights (?:to|for)) (?:my"
            r"|our|the|all|this|these)\b.*"
        ),
        r"\b(?:customers?|discount|coupon)\b",
        (
            "Who may see and approve what is kept by the owner and is nothing that I can change: ask the owner. "
            "Nothing was changed."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:book|schedule|set up|arrange|plan|organi[sz]e) (?:me |us )?(?:an? |the )?(?:meeting|call"
            r"|appointment|interview|lunch|video call)\b"
        ),
        "",
        (
            "I keep no calendar and book no meetings. I can file a task: “create a task to call the district manager "
            "at"
            f" Harbor Point”. {NOTHING}"
        ),
    ),
    (
        (
            r"\b(?:orders?|sales|customers?|visitors|traffic|revenue|people) (?:that )?(?:did |do |have )?(?:came"
            rf"|come|comes|coming|we got|are|were)? ?(?:in )?(?:from|through|via|because of) {_MEDIA}\b|\b(?:which"
            r"|what) (?:ads?|adverts?|flyers?|posts?|newsletters?|influencers?)\b"
        ),
        r"\bmailers?\b",
        (
            "Websites, carts, advertising and mailing lists are not in the data I am given. I know what was sold, in "
            "stores and by channel where the point of sale tells channels apart: “sales by channel last month”, “did "
            "our campaigns bring customers back?”."
        ),
    ),
    (
        (
            r"\b(?:loyalty|rewards?|membership|newsletter|club|card) (?:sign[- ]?ups?|registrations?|enrol\w+|joiners"
            r"|applications)\b"
        ),
        "",
        (
            "Points, rewards and enrolments of a loyalty scheme are not in the data I am given. Customers known by a "
            "card can be counted: “how many customers bought last month”, “new and returning customers”."
        ),
    ),
    (
        (
            r"\b(?:sales|units|demand|customers|margin|traffic) .{0,30}\b(?:after|since|when|because) (?:we"
            r"|i) (?:changed|raised|increased|cut|lowered|reduced|put up|dropped) (?:the |our |all |my )*prices\b"
        ),
        "",
        (
            "I hold no change of prices as a whole against sales. Of goods it can be asked: “price elasticity in "
            "Dairy”, “which prices changed last month”."
        ),
    ),
    (
        (
            r"\b(?:oldest|older|aged|ageing|aging) (?:stock|inventory|goods|products?|items?)\b|\bhow long (?:has"
            r"|have) .{2,40} been (?:in stock|on the shel(?:f|ves)|here)\b"
        ),
        r"\bcustomers?\b",
        (
            "When the goods on hand arrived is not recorded, so their age cannot be told. How long they last, and "
            "what lies unsold, can be: “days of cover by department”, “dead stock”."
        ),
    ),
    (
        (
            rf"\b(?:personal|private|contact|home) (?:details?|info\w*|data) (?:of|about|for|on|from)\b.*\b{_STAFF}\b"
            rf"|\bwhat (?:did|does|has) (?:the |my |our )?(?:other|new|last|best|worst|night|day) {_STAFF} (?:sell"
            r"|sold|make|made|ring|do|take)\b"
        ),
        "",
        _NO_PEOPLE,
    ),
    (
        (
            r"\b(?:get|work|go|getting|working) (?:around|past) (?:the |an? |your |my |our )?(?:\w+ )?(?:approvals?"
            r"|limits?|rules?|permissions?|checks?|restrictions?)\b|\bhow (?:can|do|could) (?:i|we) (?:avoid|skip"
            r"|bypass|trick|fool|hack)\b"
        ),
        r"\b(?:stock|waste|shrink|queues?|overtime|costs?)\b",
        _RULES,
    ),
    (
        (
            rf"{_PLEASE}(?:erase|delete|remove|forget|anonymi[sz]e|purge) (?:the |all (?:of the )?|our )?(?:data (?:of"
            r"|about|on) )?(?:customers?|members?|shoppers?|households?)\b"
        ),
        r"\b(?:list|segment)\b",
        (
            "I erase nobody's data: that is done in the point of sale and by whoever runs this installation. Nothing "
            "was changed. I know customers by a pseudonym only."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:pause|suspend|hold|put on hold|halt) (?:the |our |my |that |this )?.*\b(?:promotions?"
            r"|promos?|sales?|offers?|deals?|discounts?)\b"
        ),
        "",
        f"A promotion cannot be paused, only ended. {END} {NOTHING}",
    ),
    (
        (
            r"^\W*(?:are you|you) (?:really |quite |absolutely )?(?:sure|certain|positive|kidding)(?: (?:about"
            r"|of) (?:that|this|it|those))?(?: numbers?| figures?)?\W*$|^\W*(?:really|is that (?:true|right|correct"
            r"|so)|can that be right|that (?:can't|cannot) be right)\W*$"
        ),
        "",
        (
            "I name no figure that the data did not give: each answer stands on a receipt, with the days, stores and "
            "definitions it was made of, and can be worked out again. What a figure means is in “how is net sales "
            "defined”, how fresh it is in “how fresh is the data”."
        ),
    ),
    (
        (
            r"^\W*(?:and )?(?:what|which) (?:period|dates?|days?|time ?frame|stores?|time) (?:is|was|are|were|does"
            r"|did) (?:that|this|it|these|those)(?: number| figure)?(?: (?:for|from|of|cover|about))?\W*$"
        ),
        "",
        (
            "Each answer names its days and its stores at the beginning. Ask for others by name: “the same for last "
            "month”, “and at Harbor Point”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
