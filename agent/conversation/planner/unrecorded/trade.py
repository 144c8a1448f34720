"""Audits of price tags, offers of other suppliers, packs and promotions that overlap: what each is told by instead."""

from __future__ import annotations

_PACKS = r"(?:packs?|cases?|cartons?|boxes|case packs?|pack sizes?|order (?:packs?|multiples?))"
TRADE: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\b(?:price|tag|label|scan(?:ning|ner)?)\b[^?]*\b(?:audits?|accuracy|compliance checks?)\b|\b(?:over"
            r"|under)[- ]?charges?(?:/(?:over|under)[- ]?charges?)? (?:error )?(?:rates?|errors?|percent\w*"
            r"|audits?)\b|\b(?:tags?|labels?) (?:that )?(?:do not|don't|did not|didn't) match\b"
        ),
        r"\b(?:forecasts?|planograms?|inventory|stock|counts?|create|task|record)\b",
        (
            "Audits that hold price tags against the till are not in the data I am given, so neither is how many tags"
            " were wrong. What the till charged other than the set price is in “price overrides last month”, what "
            "changed in “price changes last week”."
        ),
    ),
    (
        (
            r"\b(?:pay(?:ing)?|paid|buy(?:ing)?|bought) (?:\w+ ){0,2}?(?:more|over|above|too much)\b[^?]*\b(?:best"
            r"|lowest"
            r"|cheapest|market|available|other suppliers?'?s?|another supplier'?s?|competing|contract(?:ed)?"
            r"|agreed)\b|\b(?:"
            r"best|lowest|cheapest) (?:available |possible )?(?:supplier|vendor|cost|buying|purchase) (?:price|cost"
            r"|quote"
            r"|offer)s?\b|\b(?:cheaper|cheapest) (?:supplier|vendor|source)s?\b|\b(?:supplier|vendor) (?:quotes?|price"
            r" comparisons?|cost comparisons?)\b"
        ),
        r"\b(?:customers?|shoppers?|households?|discount)\b",
        (
            "Offers of other suppliers are not in the data I am given, so what we pay is held against no best price. "
            "What a product costs us is in “unit cost of bananas”, what became dearer in “which costs went up last "
            "quarter”."
        ),
    ),
    (
        (
            rf"\bround(?:ing|ed|s)?(?: up| down)? (?:up )?(?:to|into|by) (?:the )?(?:whole|full|complete|next"
            rf"|nearest|entire)"
            rf" (?:\w+ )?{_PACKS}\b|\b{_PACKS} rounding\b|\brounding (?:up )?(?:of|to) (?:orders?|{_PACKS})\b"
        ),
        "",
        (
            "What rounding orders up to whole packs adds is not worked out. Stock beyond what sells is in "
            "“overstock”, what is due in “what should I reorder?”."
        ),
    ),
    (
        (
            r"\b(?:promos?|promotions?|offers?|deals|discounts)\b[^?]*\b(?:collid\w+|clash\w*|overlap\w*|conflict\w*"
            r"|stack"
            r"(?:ed|ing|s)?)\b|\b(?:overlapping|colliding|clashing|conflicting|stacked|double|duplicate) (?:promos?"
            r"|promotions?|offers?|deals)\b|\b(?:more than one|two|several|multiple) (?:promos?|promotions?|offers?"
            r"|deals) "
            r"(?:at once|at the same time|at a time|together)\b"
        ),
        r"\b(?:create|end|stop|customers?|households?|coupons?)\b",
        (
            "Which promotions overlap on one product is not listed; in sales by promotion such a product counts once."
            " What runs, and until when, is in “which promotions are running”, what comes in “promotions starting "
            "next week”."
        ),
    ),
    # --- tills, lines, gallons: what is counted another way
    (
        (
            r"\bself[- ]?(?:check[- ]?outs?|scan(?:ning|ners?)?|service (?:tills?|registers?|checkouts?|lanes?))\b"
            r"(?=[^?]*\b(?:share|percent\w*|%|use\w*|using|split|mix|vs\.?|versus|how (?:many|much)|sales"
            r"|transactions)|\W*$|%)"
        ),
        r"\b(?:down|broken|working|flour|raising|feedback|complain\w*)\b",
        (
            "Which tills are self-checkouts is not in the data I am given: tills are known by their number, “sales by "
            "register last month”, “transactions by register and hour”."
        ),
    ),
    (
        (
            r"\bhow (?:long|bad|busy) (?:are|is|were|was|do|did) (?:the |our )?(?:check-?out |register |till |front )?"
            r"(?:lines?|queues?)\b|\b(?:lines?|queues?) (?:at|in) (?:the |our )?(?:check-?outs?|registers?|tills?"
            r"|front)\b"
        ),
        r"\b(?:feedback|complain\w*|say|said|saying|reviews?|comments?|product lines?)\b",
        (
            "How long the lines are and how long people wait is not recorded. How busy it is can be had: “busiest hours"
            " on Saturdays”, “transactions by hour and register last week”."
        ),
    ),
    (
        (
            r"\b(?:fuel|gas(?:oline)?|diesel|petrol)\b[^?]{0,24}\b(?:gallons?|gals?|lit(?:re|er)s?)\b"
            r"|\b(?:gallons?|gals?|lit(?:re|er)s?) (?:of )?(?:fuel|gas(?:oline)?|diesel|petrol|sold|pumped)\b"
            r"|\b(?:margins?|profit|cents?|price|cost|sales|make|making) (?:per|a|on a|by the) (?:gallon|gal|lit(?:re"
            r"|er))\b"
        ),
        r"\b(?:milk|water|cream|juice|tea|paint|cans?|stock|order|jugs?)\b",
        (
            "Gallons are not in the data I am given: fuel is known by the money it took. Ask “Fuel sales last week "
            "against the week before”, or “margin in Fuel last week”."
        ),
    ),
)
"""Pattern, what must not stand beside it, and the sentence."""
