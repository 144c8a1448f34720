"""Things that are not recorded here, though a shop has them: each with the nearest that is."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|households?|members?|guests?)"
TILL_SPEED = (
    "How long a customer waits or is served at a till is not recorded. How many each till or cashier rang up is: "
    "“transactions by register last week”, “who rang up the most sales”."
)
NOT_KEPT: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\b(?:categories|category|brands?|products?|items?|skus?|suppliers?|vendors?)\b[^?]{0,30}\b(?:miss\w*"
            r"|hit\w*|beat\w*"
            r"|behind|below|above|under|over|ahead of|reach\w*|meet\w*|against|vs\.?|versus|off) (?:the |their |its "
            r"|our )?"
            r"(?:plan|budget|target|quota)s?\b"
        ),
        r"\b(?:stock|margin targets?|price|par)\b",
        (
            "Targets and budgets are kept for stores, not for parts of the range: “target progress by store this "
            "month”. How "
            "categories and products move is in “which categories are declining”."
        ),
    ),
    (
        (
            r"\b(?:has|have|is|are) (?:our |the )?pric(?:es|ing)\b[^?]{0,40}\b(?:out of line|in line|drifted"
            r"|competitive"
            r"|too high|too low)\b"
        ),
        r"\b(?:margin|cost)s?\b",
        (
            "Prices of other retailers are not in the data I am given, so I cannot hold ours against them. Our own "
            "are: "
            "“price changes last month”, “average selling price by category”, “price elasticity of yogurt”."
        ),
    ),
    (
        (
            r"\b(?:by|per|of each|for each|across) (?:store|branch|shop|location) (?:types?|formats?|clusters?|tiers?"
            r"|grades?|models?)\b"
        ),
        "",
        (
            "Types, formats or clusters of stores are not in the data I am given; stores and districts are: "
            "“conversion by "
            "store last month”, “sales by district”."
        ),
    ),
    (
        (
            r"\b(?:self[- ]?(?:service|checkouts?|scan)|checkouts?|check-out|queues?|lines?"
            r"|cashiers?)\b[^?]{0,40}\b(?:quick(?:er|est"
            r"|ly)?|fast(?:er|est)?|speed|slow(?:er|est)?|wait(?:ing|s)?|how long)\b|\b(?:speed|time) (?:of"
            r"|at) (?:the )?checkouts?\b"
            r"|\bcheckout (?:speed|times?|waits?)\b|\b(?:quick(?:er|est|ly)?|fast(?:er|est)?|slow(?:er|est)?)"
            r" (?:at|on|in|through) (?:the |our )?(?:tills?|registers?|checkouts?|lanes?|lines?|self[- ]checkouts?)\b"
        ),
        r"\b(?:sell\w*|product|stock)\b",
        TILL_SPEED,
    ),
    (
        (
            r"\b(?:jobs?|repairs?|work ?orders?|tickets?)\b[^?]{0,24}\b(?:wait\w*|held up|on hold"
            r"|need\w*)\b[^?]{0,16}\bparts?\b"
        ),
        "",
        (
            "Repairs and the parts for them are not in the data I am given. What is on its way from suppliers is: "
            "“open "
            "purchase orders”."
        ),
    ),
    (
        (
            r"\b(?:returns?|refunds?)\b[^?]{0,20}\b(?:expected|pending|outstanding|to come|still open|announced"
            r"|in transit)\b"
            r"|\b(?:expected|pending|outstanding|open|announced) (?:returns?|refunds?)\b"
        ),
        r"\bpurchase\b",
        (
            "Returns are known once they have been taken back, not when they are announced: “refunds last week”, "
            "“which "
            "items were returned most”."
        ),
    ),
    (
        (
            r"\bwhat (?:actions?|steps|measures|initiatives|changes)\b[^?]{0,24}\b(?:were|was|have been|did (?:we"
            r"|they)) (?:taken?|made|tried|done)\b"
        ),
        r"\b(?:price|stock|inventory|cost) changes\b",
        (
            "What was done and why is not written down here, apart from prices, promotions and proposals: “price "
            "changes last "
            "month”, “which promotions ran in October”, “which proposals were carried out”."
        ),
    ),
    (
        (
            r"\b(?:list|show(?: me)?|who are|give me|which)(?: all| the| our| of)* (?:administrators?|admins?|users?"
            r"|roles"
            r"|permissions|access rights|approvers)\b(?! (?:sell|sold|buy|bought))"
        ),
        r"\bmost\b",
        (
            "Who may see and approve what is set up by whoever runs this bot and is not told in Slack; what waits for "
            "a "
            "decision is: “what is waiting for approval?”."
        ),
    ),
    (
        (
            r"\b(?:compare[ds]?|priced|prices?|pricing)\b[^?]{0,40}\b(?:market rates?|market prices?|the market"
            r"|market average|competition|elsewhere|other (?:shops|retailers|chains))\b"
        ),
        r"\bmarket (?:basket|street)\b",
        (
            "Prices of other retailers are not in the data I am given. Our own are: “price changes last month”, "
            "“average selling price by category”, “price elasticity of yogurt”."
        ),
    ),
    (
        r"\b(?:supplier|vendor|manufacturer|trade)[- ](?:fund(?:ing|ed|s)|allowances?|rebates?|support|money)\b",
        "",
        (
            "Who pays for a promotion is not recorded, so funding by suppliers is in no figure. What promotions "
            "brought against their discounts is: “promotion lift by promotion”."
        ),
    ),
    (
        r"\bpre-?buys?\b",
        "",
        (
            "What is to be bought for campaigns and offers beforehand is not recorded. Which are to come is told, as "
            "far as they are entered: “upcoming promotions and campaigns”; what is due to be ordered: “reorder list”."
        ),
    ),
    (
        r"\bcomps?\b(?= (?:did|have|were|do)\b| (?:given|last|this|yesterday))|\bcomped\b",
        r"\bsales\b",
        (
            "Things given away are not marked as such in the data I am given; discounts by name are: “discounts used "
            "last week”."
        ),
    ),
    (
        (
            r"\bbrands? (?:under|out)perform\w* (?:their|its|the) (?:categor\w+|department)\b|\bstores? (?:are "
            r"|is )?(?:most |more )?similar to\b"
        ),
        "",
        (
            "Goods or stores are not matched to what is most like them here. Each can be held against the others: "
            "“sales by brand in dairy against the month before”, “rank stores by conversion”, “what does Market "
            "Street sell that Station Road does not”."
        ),
    ),
    (
        r"\bplanogram (?:deadlines?|due dates?)\b|\b(?:missed|late (?:on|with)) (?:their |the )?planograms?\b",
        "",
        (
            "Deadlines of planograms are not in the data I am given. Tasks have a day: “overdue tasks”; what stands "
            "where is in “planogram check”."
        ),
    ),
    (
        (
            r"\b(?:break|meal|lunch) (?:rules?|laws?|policy|policies|compliance|violations?)\b|\b(?:an?|her|his|their"
            r"|my|your|the|meal|lunch|rest|coffee|tea|smoke|long|short|(?:un)?paid|late|for|take|takes|took|taking|had"
            r"|many|[a-z]+'s) breaks?(?= (?:right|now|yet|so far|today|yesterday|tomorrow|last|this|at|in|on|due|coming"
            r"|times?|schedules?)\b|\W*$)"
        ),
        (
            r"\b(?:tax|price|spring|summer|winter|fall|school|holiday|christmas) breaks?\b|^\W*(?:give|take|need)\b"
            r"|\b(?:legal|laws?|allowed)\b"
        ),
        (
            "Breaks of single people are not told here. Hours clocked, breaks taken off, can be had: “who worked "
            "yesterday”, “labour hours by day last week”."
        ),
    ),
    (
        (
            r"\b(?:how long|time) (?:do|does|did|it takes?|is it taking)?\b[^?]{0,30}\b(?:to )?pick\b(?! up)"
            r"|\bpick(?:ing)? (?:times?|rates?|speed)\b"
        ),
        "",
        (
            "Picking of orders is not in the data I am given, so its times are not known. Sales by channel I can "
            "give, where the point of sale tells channels apart."
        ),
    ),
    (
        rf"\b{_WHO} (?:who |that )?(?:signed up|enrolled|registered|joined)\b",
        r"\bcampaigns?\b",
        (
            "When somebody joined a loyalty programme is not in the data I am given. Who bought for the first time "
            "is: “new and returning customers this month”."
        ),
    ),
    (
        (
            r"\bstores? (?:had|have|with|without) (?:no|zero|any) sales on (?:any|a|some) day\b|\bdays? (?:without"
            r"|with no) (?:any |a )?sales?\b"
        ),
        "",
        (
            "Days without any sale are not listed by store. An answer names the days on which a store has no data; "
            "“sales by day last month at Harbor Point” shows each."
        ),
    ),
    (
        r"\bnew planogram (?:reset|rollout|set)\b|\b(?:status|progress) of the (?:\w+ )?(?:planogram )?resets?\b",
        "",
        (
            "Resets of planograms are not tracked as such. Tasks for them are: “open display tasks”; what stands "
            "where against the planogram is in “planogram check”."
        ),
    ),
    (
        r"\b(?:what(?:'s| is)|how big is|show(?: me)?) (?:our |my |the )?market share\b",
        r"\b(?:categor\w+|departments?|brands?|products?|by)\b",
        (
            "What other businesses sell is not in the data, so there is no market share. Shares within your own sales "
            "can be had: “share of sales by department”, “which categories are losing share”."
        ),
    ),
    (
        r"\bprice ind(?:ex|ices)\b|\bprice (?:image|gap) (?:to|against|versus|with)\b",
        "",
        (
            "Prices of other businesses are not in the data, so there is no price index. Your own prices can be had: "
            "“price changes last month”, “average selling price by department by month”."
        ),
    ),
    (
        (r"\b(?:stock|inventory|count) accuracy\b"),
        "",
        (
            "How far counts are off and when each piece came in are not recorded. Nearest to it: “dead stock” (days "
            "without a sale), “phantom stock” (on hand but not selling as expected), “shrink last month” where counts "
            "are kept."
        ),
    ),
    (
        (
            r"\b(?:fixed|operating|overhead|running) (?:costs?|expenses?)\b|\boverheads?\b|\b(?:rent|utilities"
            r"|electricity) (?:costs?|bills?)\b"
        ),
        "",
        (
            "Rent, energy and other running costs are not in the data. Cost of goods, gross margin and labour cost "
            "are: “gross profit last month”, “labour cost percentage by store”."
        ),
    ),
    (
        (
            r"\btemperatures? (?:of|in) (?:the |our |my )?(?:\w+ )?(?:freezers?|fridges?|coolers?|refrigerators?"
            r"|cold ?rooms?|cases?)\b"
            r"|\b(?:freezers?|fridges?|coolers?) temperatures?\b|\btemperatures?\b[^?]*\brefrigerat\w+\b"
            r"|\bhow (?:warm|cold) (?:is|are) (?:the |our |my )*(?:\w+ )?(?:freezers?|fridges?|coolers?|refrigerators?"
            r"|chillers?|walk-?ins?)\b"
        ),
        r"\b(?:tasks?|create|add|remind|check|assign|have|ask)\b",
        (
            "Equipment and its temperatures are not in the data I am given. A task to check them can be filed: "
            "“create a task to check the freezers at Harbor Point”."
        ),
    ),
    (
        (
            r"\b(?:full |complete |whole |entire )?list of (?:all )?(?:the |our |my )?(?:customers|shoppers|households"
            r"|members)\b(?! (?:segments?|groups?))"
        ),
        "",
        (
            "Single customers are not listed, and what one bought is not told. Groups can be had: “customer "
            "segments”, “top customers”, “customers at risk”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
