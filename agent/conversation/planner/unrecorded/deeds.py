"""What is asked to be done and is done elsewhere, in the point of sale or the bank; and rules that stand."""

from __future__ import annotations

_PLEASE = r"^\W*(?:please |pls |can you |could you |would you |go ahead and |now |just |i (?:want|need) (?:you )?to )*"
DEEDS: tuple[tuple[str, str, str], ...] = (
    # --- what is told to people
    (
        (
            rf"{_PLEASE}(?:send|write|draft|compose|post|drop|text|message|e-?mail|tell|inform|notify|let)(?: out)? "
            rf"(?:(?:the |my "
            rf"|our |all )*(?:teams?"
            r"|staff|crew|employees?|associates?|colleagues?|managers?|everyone|everybody|group|channel)\b(?: know)?"
            r"|an? (?:message|e-?mail|note|announcement|reminder|text) to (?:the |my |our |all )*(?:teams?|staff|crew"
            r"|employees?"
            r"|associates?|colleagues?|managers?|everyone|everybody|group|channel))(?! to (?:count|check|clean|restock"
            r"|move|do|put|fill))"
        ),
        r"\btasks?\b|\breport\b",
        (
            "I cannot send messages on your behalf. A task reaches those who are to do it: “create a task to check "
            "the freezers at "
            "Harbor Point by 5 pm”. Nothing was sent."
        ),
    ),
    (
        rf"{_PLEASE}round (?:up |down |off )?(?:all |the |our |my |every )*(?:[a-z]+ )?prices?\b",
        r"\bfigures?\b",
        (
            "I do not round whole price lists. I can propose the price of one product, “set oat milk to "
            "4”, or a change in "
            "per cent for a department, for somebody to approve. Nothing was filed."
        ),
    ),
    # --- what has no state that could be changed
    (
        (
            rf"{_PLEASE}(?:close|resolve|dismiss|acknowledge|ack|clear|ignore|snooze|re-?open|assign|escalate|mark"
            rf"|sign off"
            r"|archive|delete|remove|flag)(?: (?!tasks?\b|prices?\b)[\w#-]+){0,4}? (?:exceptions?|alerts?|anomal(?:y"
            r"|ies)"
            r"|incidents?|warnings?|notifications?|red flags?|cases?|tickets?)\b(?!.*\btasks?\b)"
        ),
        r"\bcases? of\b|\bproposals?\b",
        (
            "I keep no list of exceptions or alerts that could be closed: each is worked out anew from the data,"
            " “exception"
            " report last week”. Who looks at one can be filed: “create a task to check the voids at Harbor Point”."
            " Nothing was changed."
        ),
    ),
    # --- what is done at the till or in its settings
    (
        (
            rf"{_PLEASE}(?:refund|void|charge|charge back|comp|re-?fund|reverse)(?= )(?! (?:rates?|ratios?|polic\w+"
            r"|reasons?|reports?|amounts?|totals?|transactions? by|by|per|%|percent\w*|last|this|yesterday|in|for"
            r"|during|summary|list|count|trends?|value|vs|versus|logs?|over|at|and)\b)(?! (?:sales?|transactions?"
            rf"|items?|lines?) (?:last|this|yesterday|by|per|in|at|over|today)\b).+|{_PLEASE}(?:give|issue|process|do"
            rf"|make)(?: \w+){{0,3}} (?:a |the )?(?:full |partial )?refunds?\b"
            rf"|{_PLEASE}send (?:an? |the |their )?(?:full |partial )?refunds? to\b"
            rf"|{_PLEASE}send (?:the|this|that|a) (?:customer|shopper|guest) (?:a|the|their) (?:\w+ )?refund\b"
            rf"|{_PLEASE}(?:take|process|accept|run"
            rf"|collect) (?:a |the |this )?(?:card |cash )?payments?\b|{_PLEASE}(?:ring up|check out) "
            rf"|{_PLEASE}(?:create|make|add|record|enter|log) (?:a |an |the )?(?:new )?sale (?:of|for) \d+"
            r"(?![\d.,]* ?(?:%|percent|per ?cent|off|days?|weeks?)) [a-z]"
        ),
        "",
        "I cannot refund, void, charge or ring up a sale: that is done at the register. Nothing was changed.",
    ),
    (
        (
            rf"{_PLEASE}(?:change|set|update|edit|adjust|extend|shorten|correct) (?:the |our |my |this "
            "|store )*(?:(?:opening|closing|store|business|trading|holiday|sunday|saturday|weekend) )*(?:hours"
            "|closing time|opening time|tax rates?|sales tax|receipts?|logo|address|phone(?: number)?|time ?zone"
            r"|currency|printers?|settings|payment methods?|return polic\w+|refund polic\w+|floor plan"
            rf"|bank account)\b|{_PLEASE}(?:add|create|invite|remove|register|onboard|deactivate) (?:an? |the |this "
            "|our )?(?:new )?(?:employees?|users?|staff members?|team members?|cashiers?|customers?|registers?"
            r"|devices?|locations?|stores?|suppliers?|vendors?|payment methods?|tax(?:es)?)\b(?! (?:list|segment"
            rf"|report))|{_PLEASE}(?:log|sign) (?:me )?(?:in|out)\b|{_PLEASE}(?:open|close|count) (?:the |my "
            rf"|a )?(?:cash )?(?:drawer|register|till|shift|day|batch)\W*$|{_PLEASE}(?:print|reprint) (?:the |a "
            rf"|my )?(?:last )?(?:receipts?|labels?|barcodes?|tags?)\b|{_PLEASE}(?:connect|disconnect|install"
            "|uninstall|integrate|enable|disable|activate|set up|configure) (?:the |our |my |an? "
            r"|new )*(?:\w+ )?(?:app|apps|integration|loyalty program\w*|online store|website|shipping|delivery"
            r"|printers?|terminals?|card readers?|gift cards?|taxes)\b"
        ),
        "",
        (
            "Settings, opening hours, people, customers and devices are kept in the point of sale, and I cannot "
            "change them. Nothing was changed. I can propose prices, promotions, stock, transfers, orders, shifts and "
            "tasks."
        ),
    ),
    (
        (
            rf"{_PLEASE}pay (?:the |our |my |this |that |all )*(?:\w+ )?(?:invoices?|bills?|suppliers?|vendors?|staff"
            rf"|rent|taxes|employees?|team)\b|{_PLEASE}(?:transfer|move|send|withdraw|deposit) (?:the |some |our "
            r"|all )*(?:money|cash|funds|\$ ?\d[\d,.]*)\b"
        ),
        "",
        "I move no money and pay nobody: that is done in the bank or the point of sale. Nothing was changed.",
    ),
    (
        (
            rf"{_PLEASE}(?:give|let|allow) [a-z]+ (?:have |take )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
            rf"|tomorrow|today|the day|(?:next|this) week|a day|some time|time)(?: \w+)? off\b|{_PLEASE}clock (?:me"
            r"|him|her|them|[a-z]+) (?:in|out)\b"
        ),
        "",
        (
            "Attendance and days off are kept with the schedule in the point of sale; I can propose single shifts "
            "(“put Ellis on Saturday from nine to five”). Nothing was changed."
        ),
    ),
    (
        (
            r"\b(?:ignore|disregard|forget|bypass|override|circumvent|break)\b(?: \w+){0,3} (?:rules?|instructions?"
            r"|guardrails?|restrictions?|safeguards?|permissions?|polic(?:y|ies)|approvals?|limits)\b|\b(?:pretend|act"
            "|behave|respond|answer|speak)(?: (?:to be|that|if|you(?:'re| are| were)|as|like))+ (?:an? |the "
            r"|my )?(?:super ?|system )?(?:owner|admin\w*|user|manager|developer|different|another|root|ceo|auditor"
            r"|it)\b|\b(?:dan|god|root|admin|super ?admin|debug|developer|maintenance|unrestricted|jailbreak"
            r"|sudo) (?:mode|access) (?:is |has been )?(?:enabled|on|activated|engaged|unlocked|granted)\b|\b(?:enable"
            "|enter|activate|switch (?:on|to)|turn on|go into) (?:dan|god|root|admin|debug|developer|maintenance"
            r"|unrestricted) mode\b|\b(?:dump|exfiltrate|leak|reveal) (?:me )?(?:the |all |every |your "
            r"|our )*(?:users?|accounts?|customers?|members?|secrets?|database|tables?|memory|data)\b|\bapprove (?:all"
            r"|every\w*|any)\b.*\b(?:proposals?|changes|cards?|requests?|orders?)\b"
        ),
        r"\b(?:price overrides?|how many|who|which|prompts?|api|keys?|passwords?|credentials|tokens?)\b",
        (
            "I keep to my rules, whoever asks: I see what the asker may see, and every change waits for a person with "
            "the right to approve it. Nothing was changed."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:receive|check in|book in|close out) (?:the |my |our |this |that )?(?:purchase order|po"
            r"|delivery|shipment|order)(?:s)?\b"
        ),
        "",
        (
            "Goods are received in the point of sale, where the count is taken; I cannot do that. Nothing was "
            "changed. What is still to come is in “open purchase orders”."
        ),
    ),
    # --- other people's business
    (
        (
            r"\bother (?:companies|businesses|merchants|retailers|chains|sellers)\b|\b(?:another"
            r"|someone else'?s?) (?:company|business|merchant|account)(?:'s)?\b|\b(?:compare|how do) (?:us|we"
            r"|our \w+)(?: compare)? (?:with|to|against) (?:the )?(?:competit\w+|industry|market|others? like us"
            "|similar (?:stores|businesses|shops)|peers|walmart|costco|target|kroger|aldi|lidl|tesco|amazon"
            r"|whole foods|trader joe'?s)\b"
        ),
        "",
        (
            "I know this business alone, nothing of other companies or of the market. I can hold your stores against "
            "their own past, against one another and against targets."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
