"""What is asked to be done and is done elsewhere, in the point of sale or the bank; and rules that stand."""

from __future__ import annotations

_PLEASE = r"^\W*(?:please |pls |can you |could you |would you |go ahead and |now |just |i (?:want|need) (?:you )?to )*"
DEEDS: tuple[tuple[str, str, str], ...] = (
    # --- what is done at the till or in its settings
    (
        (
            rf"{_PLEASE}(?:refund|void|charge|charge back|comp|re-?fund|reverse)(?= )(?! (?:rates?|polic\w+"
            r"|reasons?|reports?"
            r"|amounts?|totals?|transactions? by|by|per|%|percent\w*|last|this|yesterday|in|for|during|summary|list"
            r"|count|trends?|value|vs|versus|logs?|over|at|and)\b)"
            r"(?! (?:sales?|transactions?|items?|lines?) (?:last|this|yesterday|by|per|in|at|over|today)\b).+"
            rf"|{_PLEASE}(?:give|issue|process|do|make)(?: \w+){{0,3}} (?:a |the )?(?:full |partial )?refunds?\b"
            rf"|{_PLEASE}(?:take|process|accept|run|collect) (?:a |the |this )?(?:card |cash )?payments?\b"
            rf"|{_PLEASE}(?:ring up|check out) "
        ),
        "",
        "I cannot refund, void or charge a sale: that is done at the register. Nothing was changed.",
    ),
    (
        (
            rf"{_PLEASE}(?:change|set|update|edit|adjust|extend|shorten|correct) (?:the |our |my |this |store )*"
            r"(?:(?:opening|closing|store|business|trading|holiday|sunday|saturday|weekend) )*"
            r"(?:hours|closing time|opening time|tax rates?|sales tax|receipts?|logo|address|phone(?: number)?|time"
            r" ?zone"
            r"|currency|printers?|settings|payment methods?|return polic\w+|refund polic\w+|floor plan|bank account)\b"
            rf"|{_PLEASE}(?:add|create|invite|remove|register|onboard|deactivate) (?:an? |the |this |our )?(?:new )?"
            r"(?:employees?|users?|staff members?|team members?|cashiers?|customers?|registers?|devices?|locations?"
            r"|stores?"
            r"|suppliers?|vendors?|payment methods?|tax(?:es)?)\b(?! (?:list|segment|report))"
            rf"|{_PLEASE}(?:log|sign) (?:me )?(?:in|out)\b|{_PLEASE}(?:open|close|count) (?:the |my |a )?(?:cash"
            r" )?(?:drawer"
            r"|register|till|shift|day|batch)\W*$"
            rf"|{_PLEASE}(?:print|reprint) (?:the |a |my )?(?:last )?(?:receipts?|labels?|barcodes?|tags?)\b"
            rf"|{_PLEASE}(?:connect|disconnect|install|uninstall|integrate|enable|disable|activate|set up"
            r"|configure) (?:the "
            r"|our |my |an? |new )*(?:\w+ )?(?:app|apps|integration|loyalty program\w*|online store|website|shipping"
            r"|delivery|printers?|terminals?|card readers?|gift cards?|taxes)\b"
        ),
        "",
        (
            "Settings, opening hours, people, customers and devices are kept in the point of sale, and I cannot change"
            " them."
            " Nothing was changed. I can propose prices, promotions, stock, transfers, orders, shifts and tasks."
        ),
    ),
    (
        (
            rf"{_PLEASE}pay (?:the |our |my |this |that |all )*(?:\w+ )?(?:invoices?|bills?|suppliers?|vendors?"
            r"|staff|rent|taxes"
            r"|employees?|team)\b"
            rf"|{_PLEASE}(?:transfer|move|send|withdraw|deposit) (?:the |some |our |all )*(?:money|cash|funds|\$"
            r" ?\d[\d,.]*)\b"
        ),
        "",
        "I move no money and pay nobody: that is done in the bank or the point of sale. Nothing was changed.",
    ),
    (
        (
            rf"{_PLEASE}(?:give|let|allow) [a-z]+ (?:have |take )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
            r"|tomorrow|today"
            r"|the day|(?:next|this) week|a day|some time|time)(?: \w+)? off\b"
            rf"|{_PLEASE}clock (?:me|him|her|them|[a-z]+) (?:in|out)\b"
        ),
        "",
        (
            "Attendance and days off are kept with the schedule in the point of sale; I can propose single shifts"
            " (“put"
            " Ellis"
            " on Saturday from nine to five”). Nothing was changed."
        ),
    ),
    (
        (
            r"\b(?:ignore|disregard|forget|bypass|override|circumvent|break)\b(?: \w+){0,3} (?:rules?|instructions?"
            r"|guardrails?"
            r"|restrictions?|safeguards?|permissions?|polic(?:y|ies)|approvals?|limits)\b"
            r"|\b(?:pretend|act|behave|respond|answer|speak)(?: (?:to be|that|if|you(?:'re| are| were)|as|like))+"
            r" (?:an? |the |my )?(?:super ?|system )?(?:owner|admin\w*|user|manager|developer|different|another|root"
            r"|ceo|auditor|it)\b"
            r"|\b(?:dan|god|root|admin|super ?admin|debug|developer|maintenance|unrestricted|jailbreak|sudo)"
            r" (?:mode|access) (?:is |has been )?(?:enabled|on|activated|engaged|unlocked|granted)\b"
            r"|\b(?:enable|enter|activate|switch (?:on|to)|turn on|go into) (?:dan|god|root|admin|debug|developer"
            r"|maintenance|unrestricted) mode\b"
            r"|\b(?:dump|exfiltrate|leak|reveal) (?:me )?(?:the |all |every |your |our )*(?:users?|accounts?"
            r"|customers?|members?|secrets?|database|tables?|memory|data)\b"
            r"|\bapprove (?:all|every\w*|any)\b.*\b(?:proposals?|changes|cards?|requests?|orders?)\b"
        ),
        r"\b(?:price overrides?|how many|who|which|prompts?|api|keys?|passwords?|credentials|tokens?)\b",
        (
            "I keep to my rules, whoever asks: I see what the asker may see, and every change waits for a person with"
            " the right"
            " to approve it. Nothing was changed."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:receive|check in|book in|close out) (?:the |my |our |this |that )?(?:purchase order|po"
            r"|delivery|shipment"
            r"|order)(?:s)?\b"
        ),
        "",
        (
            "Goods are received in the point of sale, where the count is taken; I cannot do that. Nothing was changed."
            " What is still"
            " to come is in “open purchase orders”."
        ),
    ),
    # --- other people's business
    (
        (
            r"\bother (?:companies|businesses|merchants|retailers|chains|sellers)\b|\b(?:another|someone else'?s?)"
            r" (?:company"
            r"|business|merchant|account)(?:'s)?\b|\b(?:compare|how do) (?:us|we|our \w+)(?: compare)? (?:with|to"
            r"|against)"
            r" (?:the )?(?:competit\w+|industry|market|others? like us|similar (?:stores|businesses|shops)|peers"
            r"|walmart"
            r"|costco|target|kroger|aldi|lidl|tesco|amazon|whole foods|trader joe'?s)\b"
        ),
        "",
        (
            "I know this business alone, nothing of other companies or of the market. I can hold your stores against"
            " their own"
            " past, against one another and against targets."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
