"""What tools for store teams keep and nothing here does: findings, pictures, tickets, holds, counts, absences."""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?|cit(?:y|ies)|regions?|districts?)"
_COUNT = r"(?:(?:inventory|stock|cycle|physical)[- ]?(?:counts?|takes?)|stock-?takes?)"
OPERATIONS: tuple[tuple[str, str, str], ...] = (
    # --- checks of the store
    (
        (
            r"\bcorrective actions?\b|\baction plans?\b|\bcapas?\b|\b(?:audit|inspection|repeat|open|critical|visit"
            r"|safety|walk(?:through)?) findings?\b|\bfinding rates?\b|\b(?:store|site|district) (?:visit|walk|audit"
            r"|inspection) (?:notes?|scores?|reports?|results?)\b|\bmystery shop\w*\b|\b(?:compliance|audit|inspection"
            r"|execution) (?:scores?|rates?|status(?:es)?|levels?|chang\w+|fall\w*|fell|drop\w*|improv\w*|trends?)\b"
            r"|\bwhy did compliance\b|\b(?:operational|recurring|repeat(?:ed)?|critical|open) (?:issues?|problems?)\b"
            r"(?!.*\b(?:focus|prioriti[sz]e|tackle)\b)"
            r"(?=.*\b(?:recur\w*|frequent\w*|often|most|resolv\w*|sla|clos(?:ed|ing)|escalat\w*|locations?|stores?)\b)"
        ),
        r"\bplanogram\b",
        (
            "Audits, store visits, findings and corrective actions are not in the data I am given. What I can check "
            "is the planogram (“planogram check”), the registers (“exception report”), opening times (“did all stores "
            "open on time?”) and the stores' tasks (“overdue tasks”)."
        ),
    ),
    (
        (
            r"\b(?:images?|photos?|photographs?|(?<!full )(?<!whole )(?<!big )(?<!bigger )(?<!overall )(?<!complete "
            r")(?<!clear )pictures?|before[ /-]+(?:and[ -]+)?after|evidence|camera|video"
            r"|live (?=feeds?|images?|photos?|footage|streams?|views?|video)) ?(?:feeds?|evidence|images?|photos?"
            r"|footage"
            r"|streams?|views?)?\b(?=.*\b(?:shel(?:f|ves)|audits?"
            r"|display|store|compliance|corrective|planogram|end ?cap|aisle)s?\b)|\bcamera (?:feeds?|views?|footage)\b"
            r"|\b(?:shelf|shelves|display|audit) (?:images?|photos?|pictures?)\b"
        ),
        r"\b(?:evidence (?:that|of|to|for|suggest\w*|show\w*)|is there (?:any )?evidence|film|print\w*|products?)\b",
        (
            "I see no pictures and no cameras. What was scanned on the shelf, where scans come in, is in “planogram "
            "check” and “shelf gaps”."
        ),
    ),
    (
        (
            r"\b(?:managers?|supervisors?|dms?|area leads?|inspectors?)\b.*\bvisit(?:s|ed|ing)?\b|\bvisit(?:s"
            r"|ed)?\b.*\bmanagers?\b|\bstores? (?:(?:have|has|had|were|was|not|never|that|i|we) ?)*(?:been )?visited\b"
            r"|\b(?:managers?|staff|team|store) meetings?\b|\bmeeting (?:notes?|minutes)\b|\b(?:structural|building"
            r"|maintenance) (?:occurrences?|issues?|defects?|damages?)\b|\b(?:most|many|fewest|number of) reports\b"
        ),
        r"\b(?:customers?|shoppers?|guests?|households?|should|members?)\b",
        (
            "Visits, meetings and reports of managers, and the state of a building, are not in the data I am given. "
            "Which store to look at first is in “which stores need attention?”, what its team has to do in “open "
            "store tasks”."
        ),
    ),
    (
        (
            r"\baisle (?:\d{1,3}|[a-z]\d?|one|two|three|four|five|six|seven|eight|nine|ten)\b(?=.*\b(?:sales"
            r"|perform\w*|under-?perform\w*|sell\w*|sold|revenue|margin|doing)\b)|\b(?:sales|margin|revenue"
            r"|performance) (?:of|in|for|by) (?:the )?aisles?\b"
            r"|\b(?:by|per|(?:in|on|for) (?:each|every)) (?:aisle|shelf|fixture|bay|rack|gondola)\b"
            r"|\b(?:which|what) (?:aisles?|shel(?:f|ves)|fixtures?|bays?|racks?|gondolas?)\b(?=.*\b(?:most"
            r"|least|best|worst|fewest|highest|lowest|biggest|largest|fullest|emptiest|busiest|better)\b)"
        ),
        r"\b(?:task|create|add|clean\w*|restock\w*|display|mailer|lift|promot\w+)\b",
        (
            "Sales are not kept by aisle, shelf or fixture, nor are products counted by them. Both can be had by "
            "department or category (“sales by category last week”), space by category, brand or product (“facings by "
            "brand”), and where one product should stand: “where is oat milk”."
        ),
    ),
    (
        (
            r"\bsla\b|\bresponse times?\b|\b(?:slow|fast|quick)(?:est)? (?:\w+ )?(?:responders?|to respond)\b"
            r"|\b(?:late|on[- ]time) deliver(?:y|ies) (?:rates?|percent\w*)\b|\bdelivery (?:fees?|rates?|times?"
            r"|performance)\b|\bkitchens?\b|\bdistribution cent(?:er|re)s?\b|\b(?:network|warehouse) throughput\b"
            r"|\bhow many trucks\b|\bfleet\b|\bcustomer (?:questions|inquiries|enquiries|calls|chats)\b"
        ),
        (
            r"\b(?:feedback|reviews?|complain\w*|create|task|suppliers?|vendors?|kitchen (?:ware|towels?|gadgets?"
            r"|items?|products?|department|category))\b"
        ),
        (
            "Deliveries to customers, kitchens, warehouses, trucks and how fast somebody answers are not in the data "
            "I am given. What is on its way to the stores is in “open purchase orders”, how busy they are in “busiest "
            "hours last week”."
        ),
    ),
    (
        r"\bwho owes (?:me|us)\b|\b(?:customer|store) (?:credit )?(?:debts?|tabs?|receivables)\b",
        "",
        (
            "What customers owe is not in the data I am given: a sale counts when it is paid. “Payment mix last "
            "month” shows how sales were paid."
        ),
    ),
    # --- help desk
    (
        (
            r"\b(?:support|help ?desk|service|it|maintenance|facilit(?:y|ies)|repair) (?:tickets?|requests?|cases?"
            r"|work orders?|incidents?)\b|\b(?:current|recurring|submitted|logged) tickets\b|\bwork orders?\b"
            r"|\bissue clusters?\b|\b(?:raise|log|submit|create|open|file) (?:me )?an? (?:[\w-]+ ){0,2}(?:ticket"
            r"|incident|case)\b"
        ),
        r"\b(?:ticket size|average ticket|sales|transactions?|upsell)\b",
        (
            "Tickets of a help desk or of maintenance are not in the data I am given, and I file none. I can put a "
            "task on a store's list, which waits for approval: “create a task to look at register 2 at Harbor Point "
            "by tomorrow”, and show those that are open: “open store tasks”."
        ),
    ),
    (
        (
            r"^\W*(?:please |can you |could you )*(?:fix|solve|resolve|repair|troubleshoot|sort out|deal with"
            r"|take care of) (?:the |this |that |our |my |a )?(?:\w+ )?(?:problem|issue|error|bug|display|printer"
            r"|scanner|terminal|register|freezer|cooler|till|screen|leak|lights?|heating|a/?c)\b"
            r"|\b(?:printer|scanner|terminal|card reader|reader|register|till|pos|screen|tablet|scale|freezer|cooler"
            r"|wi-?fi|internet|network|self[- ]checkouts?) (?:\w+ )?(?:is(?:n't| not)|won't|will not|doesn't|does not"
            r"|can't|cannot|stopped|keeps|is (?:down|dead|broken|frozen|offline|jammed|stuck)|went down|broke|froze)\b"
            r"(?! (?:many|much|any|often|sell\w*|sold))"
            r"|^\W*why (?:is|are|does|do|can)(?:n't| not)? (?:an? |the |this |that |my |our |some )?(?:items?|products?"
            r"|skus?|buttons?|discounts?|prices?|barcodes?)(?: not|n't)? (?:show\w*(?: up)?|appear\w*|display\w*"
            r"|scan\w*|ring\w* up|print\w*|sync\w*|work\w*)\b(?! (?:on|in) (?:the |my |our )?(?:reports?|planograms?))"
        ),
        r"\b(?:task|cash differences?)\b",
        (
            "I repair nothing and have no hand on devices. I can put it on a store's list, which waits for approval: "
            "“create a task to repair the display in aisle two at Harbor Point by tomorrow”. Nothing was changed."
        ),
    ),
    (
        (
            r"^\W*(?:please |can you |could you )*(?:put (?:a |an )?hold on|hold|reserve|set aside|put aside"
            r"|lay away) (?:a|an|one|the|two|three|some|\d+|this|that)\b.*"
        ),
        r"\b(?:meeting|task|sale|promotion|price|order)\b",
        (
            "I cannot hold goods for a customer: that is done at the point of sale. Whether there is stock is in "
            "“stock of lawn mowers at Harbor Point”; a task can be filed: “create a task to set one aside at Harbor "
            "Point”. Nothing was changed."
        ),
    ),
    # --- rules of the house
    (
        (
            r"\b(?:holds?(?! (?:up|out|steady|enough|about|around|for \d|\d))|hold (?:duration|time|period|polic\w+)"
            r"|lay-?aways?|reservations?"
            r"|put (?:it )?on hold)\b(?=.*\b(?:rules?|polic\w+|duration|how long|standard|extension|extend\w*"
            r"|days?)\b)|\b(?:standard|extension|company|escalation) (?:\w+ ){0,2}(?:polic\w+|protocols?|sops?)\b"
        ),
        r"\b(?:ignore|price|discount rate|stock|inventory)\b",
        "I know no policies, rules or procedures of the house; I answer from the figures of the point of sale.",
    ),
    # --- counts and arrivals
    (
        (
            rf"\bnext (?:[\w']+ ){{0,2}}{_COUNT}\b|\b(?:upcoming|scheduled|planned|future) {_COUNT}\b"
            rf"|\b(?:{_COUNT}|(?<!head )counts) (?:(?:are|is|be|been) )?(?:scheduled|planned|due|coming up)\b"
        ),
        r"\b(?:tasks?|remind|done)\b",
        (
            "When stock is to be counted next is not in the data I am given. Counts that were done are, where they "
            "are recorded (“inventory counts done”); a count can be filed as a task: “create a task to count dairy”."
        ),
    ),
    (
        r"\betas?\b(?=.*\b(?:customers?|guests?|shoppers?|quote|promise|pick-?ups?)\b)",
        r"\b(?:suppliers?|vendors?|purchase)\b",
        (
            "Orders of customers are known once they are rung up, so I can give no time at which one will be ready. "
            "What suppliers are to bring, and when, is in “what is on order”."
        ),
    ),
    (
        (
            rf"\b(?:inventory|stock|count) variances?\b|\b{_STORES} (?:have|has|had|with) (?:the )?(?:highest|lowest"
            r"|most|biggest|worst) (?:inventory|stock) variance\b|\bbook (?:vs\.?|versus|against|to) (?:physical"
            r"|actual|counted)\b"
        ),
        r"\b(?:phantom|ghost)\b",
        (
            "What was counted against what the books said is not kept as such. Where counts and adjustments are "
            "recorded their sum is in “shrink and waste by store last month”; what the books may have wrong is in "
            "“phantom stock”."
        ),
    ),
    # --- who was away
    (
        (
            r"\babsen(?:ce|ces|teeism|t)\b|\bsick(?:ness)? (?:rates?|trends?|days|leave)\b"
            r"|\bcall[- ]?outs?\b(?! (?:the|any)\b)|\battendance (?:trends?|rates?|issues?|problems?|risks?|patterns?"
            r"|record|score|this|last|of the|by)\b|\b(?:my|staff|team|employee) attendance\b"
        ),
        r"\b(?:records?|notes?|files?|'s|exceptions?|outliers?|anomal\w+)\b",
        (
            "Absences are not in the data I am given. Who was to work and did not clock in can be asked where shifts "
            "are recorded, “who was late yesterday?”, and hours in all: “labour hours by day last week”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
