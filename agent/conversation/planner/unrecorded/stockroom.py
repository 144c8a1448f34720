"""What is asked of stockrooms, displays, suppliers and tasks and kept nowhere: each with the nearest that is."""

from __future__ import annotations

_LEAD = r"^\W*(?:please |pls |can (?:you|we) |could you |i (?:want|need) (?:you )?to |let's |go ahead and )*"
_DISPLAY = (
    r"(?:displays?|end ?-?caps?|(?:promo(?:tional)? )?signs?|signage|pos material|bunting|shippers?|planogram resets?)"
)
STOCKROOM: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\b{_DISPLAY}\b[^?]{{0,40}}\b(?:set ?up|put up|taken down|built|in place|executed|installed"
            rf"|erected|on time"
            rf"|ready|hung|went up|gone up)\b|\b(?:set ?up|put up|taken? down|buil[dt]|installed|hung"
            rf"|executed)\b[^?]{{0,24}}"
            rf"\b{_DISPLAY}\b"
        ),
        (
            rf"{_LEAD}(?:create|assign|add|file|remind|set up|put up|build|take down|hang)\b|\b(?:tasks?|sales|lift"
            rf"|sell|sold)\b"
        ),
        (
            "Whether a display or a sign was set up, and when, is not recorded. Which products are planned for one is "
            "in “what is on display this week”; the work on it is in “open display tasks”, and what was scanned on the "
            "shelf in “planogram check”."
        ),
    ),
    (
        (
            rf"{_LEAD}(?:raise|increase|put up|lower|reduce|cut|drop|change|set|reset|make|mark (?:up|down)|hike"
            rf"|slash) "
            r"(?:(?:all|every one|each and every one) (?:of )?(?:our |the |my )?|(?:our |the )?whole store'?s? |every )"
            r"(?:shelf |retail |selling )?prices?\b(?! (?:of|for|in|on)\b)"
            rf"|{_LEAD}(?:raise|increase|lower|reduce|cut|drop|change|hike|slash) (?:our |the |my )?prices\b[^?]*"
            r"\b(?:across the board|storewide|store-wide|chainwide|on everything|of everything|everywhere at once)\b"
        ),
        r"\b(?:what|how|which|if|would|should)\b",
        (
            "I do not change all prices at once. I can propose the price of one product, “raise oat milk by five per "
            "cent”, or of a list of products named one by one; each is decided on its card."
        ),
    ),
    (
        (
            r"\b(?:set up|create|make|start|place|cancel|stop|pause)\b[^?]{0,24}\b(?:standing|recurring|automatic"
            r"|repeat) orders?\b|\bauto-?(?:replenish\w*|order\w*|re-?order\w*)\b"
        ),
        r"\btasks?\b",
        (
            "No standing or automatic orders are kept here. I can propose one at a time, “order 12 oat milk from "
            "Harvest Foods”, and tell what is due: “what should I reorder?”."
        ),
    ),
    (
        (
            rf"{_LEAD}(?:cancel|withdraw|recall|amend|change|push back|postpone|delay|bring forward|expedite"
            rf"|rush|speed up"
            r"|chase(?: up)?|send back|return|refuse|reject)\b[^?]{0,24}\b(?:open (?:purchase )?orders?"
            r"|supplier orders?|deliver(?:y|ies)|shipments?|orders? (?:with|from|at|to) \w+)\b"
        ),
        r"\b(?:proposals?|refund|customer)\b",
        (
            "I do not cancel, change or chase an order that was placed with a supplier: that is done with the "
            "supplier. "
            "What is still open, and what is late, is in “open purchase orders” and “overdue deliveries”. Nothing was "
            "changed."
        ),
    ),
    (
        (
            r"\b(?:left ?-?overs?|left over|unsold)\b[^?]{0,40}\b(?:at (?:closing|close|the end of (?:the )?day)"
            r"|end of (?:the )?day"
            r"|overnight|after closing)\b|\bleft ?-?overs?\b|\bhow much [a-z ]{3,24} (?:was|is|were|do we have)"
            r" left (?:over|at "
            r"(?:closing|the end of the day))"
        ),
        r"\bstock\b",
        (
            "What was left over at the end of a day is not recorded. The stock of now is, “stock of bread”, and "
            "what was "
            "thrown away where waste is kept: “waste by product last week”."
        ),
    ),
    (
        (
            r"\b(?:store|shop|branch) (?:formats?|clusters?|types?|grades?|tiers?|sizes? class\w*)\b"
            r"|\bformats? of (?:our |the |my )?(?:stores?|shops?|branches)\b"
        ),
        r"\bsquare\b",
        (
            "Formats, types or clusters of stores are not in the data I am given; stores and districts are: “inventory "
            "value by store”, “sales by district last month”."
        ),
    ),
    (
        (
            r"\b(?:which|what|whose) (?:store |shop |branch |floor |stockroom )?(?:managers?"
            r"|supervisors?)\b[^?]{0,50}\b(?:stock\w*"
            r"|inventory|shrink\w*|waste|orders?|range|back ?rooms?|shel(?:f|ves))\b|\b(?:stock\w*|inventory"
            r"|shrink\w*|waste)\b"
            r"[^?]{0,30}\b(?:by|per|for each) (?:store |shop )?managers?\b"
        ),
        "",
        (
            "I do not rate people by the figures of their store, and who runs which is not in them. Stores can be held "
            "against each other: “shrink by store last month”, “out-of-stock rate by store”, “weeks of cover by store”."
        ),
    ),
    (
        (
            r"\b(?:space|room|capacity)\b[^?]{0,30}\b(?:back ?room|stock ?room|store ?room|warehouse|cooler"
            r"|freezer)s?\b"
            r"|\b(?:back ?room|stock ?room|store ?room|warehouse|cooler|freezer)s? (?:capacity|space"
            r"|utili[sz]ation)\b|\bhow full (?:is"
            r"|are) (?:the |our )?(?:back ?room|stock ?room|store ?room|warehouse|cooler|freezer)s?\b"
        ),
        r"\btasks?\b",
        (
            "The room there is in the stockroom is not in the data I am given. What lies in it is: “inventory value by "
            "department”, “overstock”; and space on the shelf: “space to sales by category”."
        ),
    ),
    (
        (
            r"\bhow many (?:pallets?|cases|crates?|boxes|cartons?|totes?|trolleys|cages|trucks?"
            r"|lorries)\b[^?]{0,40}\b(?:came"
            r"|come|coming|arriv\w+|received?|delivered|unloaded|got|get)\b"
        ),
        "",
        (
            "Pallets, cases and trucks are not counted in the data I am given; pieces are: “how many units were "
            "received "
            "yesterday?”, “open purchase orders”."
        ),
    ),
    (
        (
            r"\b(?:targets?|goals?|budgets?|plan)\b[^?]{0,24}\b(?:for|of|on) (?:our |the |my )?(?:stock[-"
            r" ]?turns?|turnover of stock"
            r"|shrink\w*|waste|wastage|availability|in[- ]?stock|out[- ]of[- ]stocks?|fill rates?|service"
            r" levels?|lead times?|inventory"
            r"|stock|retention|churn|ratings?|feedback|tasks?|planogram\w*)\b|\b(?:stock[- ]?turns?|shrink\w*"
            r"|waste|wastage|availability"
            r"|fill[- ]rates?|inventory|stock|retention|rating|planogram|lead[- ]times?) (?:targets?|goals?|budgets?)\b"
        ),
        r"\b(?:sales|days?|weeks?|open to buy|task to)\b",
        (
            "Targets are kept of what stores are to sell, none of stock, waste, service or ratings. The figures "
            "themselves I can give: “shrink rate by store last month”, “stock turn by department”, “in-stock rate by "
            "store”; against targets: “target progress by store this month”."
        ),
    ),
    (
        (
            r"\b(?:how (?:good|accurate|right|useful|close)|accuracy|quality|track record|hit"
            r" rate)\b[^?]{0,30}\b(?:re-?order"
            r"|order|replenishment|mark ?down|transfer)\w*[- ](?:suggestions?|proposals?|recommendations?|lists?"
            r"|advice)\b"
            r"|\b(?:re-?order|order|mark ?down|transfer) (?:suggestions?|recommendations?) (?:accuracy|quality"
            r"|right|any good)\b"
        ),
        "",
        (
            "What was suggested to be ordered is worked out when it is asked and not kept, so it cannot be held "
            "against "
            "what came. How far forecasts of sales were off is in “forecast accuracy last month”; what was out "
            "in spite "
            "of it in “stockout history last month”."
        ),
    ),
    (
        (
            r"\bhow (?:long|quickly|fast|soon)\b[^?]{0,30}\b(?:tasks?|jobs?|chores)\b[^?]{0,30}\b(?:complet\w+"
            r"|done|finish\w*|take|close\w*"
            r"|resolv\w+)\b|\b(?:average |mean )?(?:task )?(?:completion|resolution) times?\b(?! of (?:orders|deliver))"
        ),
        r"\b(?:deliver\w*|supplier|order)\b",
        (
            "How long tasks take is not worked out. Which are open, overdue or done can be had: “overdue tasks”, "
            "“tasks "
            "done this week”, “open tasks by type”."
        ),
    ),
    (
        (
            r"^\W*(?:did|has|have) (?:any(?:one|body)|some(?:one|body)|they|the (?:team|staff|night crew)|we"
            r"|you)(?: already| yet)? "
            r"(?:re-?stock(?:ed)?|refill(?:ed)?|clean(?:ed)?|fac(?:e|ed)|count(?:ed)?|check(?:ed)?|fix(?:ed)?"
            r"|rotat(?:e|ed)|fill(?:ed)?"
            r"|tid(?:y|ied)|mop(?:ped)?|swe(?:ep|pt)|unload(?:ed)?|put (?:out|away))\b(?! (?:on|the (?:target|number)))"
        ),
        r"\b(?:tasks?|sell|sold|target|oat milk|stock count|counts? (?:done|yet)|coupons?|opening|cash|drawer)\b",
        (
            "Whether somebody did it is known here only where it is a task: “tasks done today”, “open restock "
            "tasks”. I "
            "can file one: “create a task to restock aisle 3”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
