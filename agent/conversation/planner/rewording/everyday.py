"""Everyday ways of asking about sales, stores and rates, put into the plainer ones."""

from __future__ import annotations

_SALES = r"(?:net |total |gross )?(?:sales|revenue|turnover|takings)"
_PERCENT = r"(?:percent(?:age)?|per cent|%|share|proportion|fraction)"
_OF_SALES = rf"(?: costs?)? as (?:an? )?{_PERCENT} of (?:our |my |the )?{_SALES}"
_ARE = r"(?:were|was|are|is|get|got|have been|come|came|end(?:ed)? up)"
_GOODS = r"(?:products?|items?|skus?|articles?|things)"
EVERYDAY_ROWS: tuple[tuple[str, str], ...] = (
    # --- “send me” is “show me”, unless it is to be sent by another way or another time
    (
        (
            r"^\W*(?:please |pls |can you |could you )*send (?:me|us)(?: over)? (?!(?:this|that|it|them)\b"
            r"|an? (?:e-?mail"
            r"|text|message|note|digest)\b|(?:an? |the )?(?:reports?|tables?|lists?)\W*$|[^?]*\b(?:every|each (?:day"
            r"|morning|week|month|\w+day)|daily|nightly|mornings"
            r"|e-?mails?|via|alerts?|reminders?|notifications?|when(?:ever)?|if|later|tomorrow|tonight|csv|excel|pdf"
            r"|files?"
            r"|spreadsheets?|at \d)\b)"
        ),
        "show me ",
    ),
    (
        (
            r"^\W*(?:please )?(?:create|generate|build|make|prepare|pull(?: up)?|produce|compile|run) (?:me "
            "|us )?(?:an? |the )?(?:quick |full )?(?:reports?|summary|overview|breakdown|table|dashboard) (?:of|for"
            "|on|about|showing|with) "
        ),
        "show me ",
    ),
    (
        (
            r"^\W*(?:please )?(?:create|generate|build|prepare|pull(?: up)?|produce|compile) (?:me |us )?(?:an? "
            r"|the )?(?=(?!.*\b(?:tasks?|orders?|pos?|promotions?|segments?|schedules?)\b)[\w' ]{0,30}\b(?:reports?"
            r"|summary|overview|breakdown|analysis|comparison)\b)"
        ),
        "show me ",
    ),
    (
        (
            r"\bhow (?:do|does|did|are) (?:my |our |the )?(?P<one>week ?ends?|week ?days?)(?: sales)? (?:compare"
            r"|stack up|do) (?:to|with|against) (?:my |our |the )?(?P<other>week ?ends?|week ?days?)\b"
        ),
        r"\g<one> vs \g<other> sales",
    ),
    (rf"\b(?:labou?r|staff(?:ing)?|payroll|wages?){_OF_SALES}", "labor cost percentage"),
    (rf"\b(?:refunds?|returns?){_OF_SALES}", "refund rate"),
    (rf"\bdiscounts?{_OF_SALES}", "discount rate"),
    (rf"\b(?:gross )?(?:profits?|margins?){_OF_SALES}", "margin percentage"),
    (
        (
            rf"\b(?:what )?{_PERCENT} of (?:our |my |the |all )*{_SALES} {_ARE} (?:refunded|returned|refunds"
            r"|returns)\b"
        ),
        "refund rate",
    ),
    (rf"\b(?:what )?{_PERCENT} of (?:our |my |the |all )*{_SALES} {_ARE} (?:discounted|discounts)\b", "discount rate"),
    (
        (
            rf"\b(?:what )?{_PERCENT} of (?:our |my |the |all )*(?:orders|transactions|sales) {_ARE} (?:made |placed "
            r"|done )?(?:online|in[- ]store|in person)\b"
        ),
        "transactions by channel",
    ),
    (
        (
            r"\b(?:online|web|e-?commerce) (?:vs\.?|versus|and|or|against|compared to) (?:in[- ]store|store|retail"
            r"|pos)(?: sales)?\b"
        ),
        "sales by channel",
    ),
    (
        (r"\b(?:best|top)[- ]selling (?=(?:categor|departments?\b|brands?\b|stores?\b|shops?\b|days?\b|hours?\b))"),
        "best ",
    ),
    (r"\bworst[- ]selling (?=(?:categor|departments?\b|brands?\b|stores?\b|shops?\b|days?\b|hours?\b))", "worst "),
    (
        (
            r"^\W*(?:so |and |ok |hey )?what(?:'s|s| is| are we) (?:been )?selling(?: right now| now| well)?(?=\W*$"
            r"| (?:today|this|in|at|last)\b)"
        ),
        "what is selling best",
    ),
    (
        (
            rf"\bhow many (?:different |distinct |active )*{_GOODS} (?:do we|do i|do you|are there|are"
            "|have we(?: got)?) (?:carry|have|stock|stocked|hold|keep|in (?:the|our|my) (?:catalog(?:ue)?|range"
            "|inventory|assortment))(?! (?:less|more|fewer|under|over|below|that|which|with|no|not|out|ordered"
            r"|sold)\b)"
        ),
        "how many pieces are in stock",
    ),
    (
        (
            r"\b(?:size of (?:the|our|my) (?:catalog(?:ue)?|range|assortment)|how (?:big|large) is (?:the|our"
            r"|my) (?:catalog(?:ue)?|range|assortment))\b"
        ),
        "how many pieces are in stock",
    ),
    (
        (
            r"^\W*(?:show|list|display|get|give|see|browse|view)(?: me| us)? (?:all|every"
            rf"|everything)(?: (?:of )?(?:the|our|my))?(?: {_GOODS}| inventory| stock)?(?: (?:that is |that are "
            r"|we have )?in (?:stock|inventory|the (?:store|warehouse)))?(?=\W*$| (?:at|in) )"
        ),
        "stock levels",
    ),
    (r"\bwhat(?:'s|s| is) in (?:our|my|the) (?:warehouse|inventory|stock ?room)\b", "stock levels"),
    (rf"\b(?:which|what) {_GOODS} do (?:we|i) (?:have|carry|stock|sell)(?=\W*$)", "stock levels"),
    (
        (
            r"\b(?:which|what) stores? (?:need|needs|require|deserve|should get)(?: a| my| some| more"
            r"| the most)* (?:visits?|help|support|coaching|attention)\b(?! and)"
        ),
        "which stores are underperforming",
    ),
    (
        (
            r"\bwhat(?:'s|s| is) the (?:sku|barcode|upc|ean|plu|item (?:number|code)|product (?:number|code|id)) (?:of"
            "|for) "
        ),
        "find ",
    ),
    (r"^\W*(?:the )?(?:sku|barcode|upc|plu) (?:of|for) ", "find "),
    (
        (
            r"\b(?:generate|give me|show me|get|make|any|suggest|create) (?:the |some |your |me )*(?:purchas\w+"
            r"|order(?:ing)?|buying|auto[- ]?re-?order|replenish\w+) (?:suggestions?|recommendations?|ideas?|alerts?"
            r"|list|advice)\b"
        ),
        "what should we reorder",
    ),
    (
        (r"\b(?:purchas\w+|buying|auto[- ]?re-?order|replenishment) (?:suggestions?|recommendations?|alerts?)\b"),
        "what should we reorder",
    ),
    (
        (
            r"\b(?:below|under|at|beneath|past) (?:the |their |its )?(?:minimum|min|par)(?: (?:point|level|stock"
            r"|threshold)s?)?(?=\W*$| (?:at|in|for) )"
        ),
        "running low",
    ),
    (
        (
            r"\b(?P<end>top|best|worst|bottom)(?: (?:and|vs|&) (?:top|best|worst|bottom))? (?P<n>\d+ )?(?:performing "
            r"|selling )?(?:staff(?: members?)?|servers?|team members?|salespeople|sales ?reps?|baristas?)\b"
        ),
        r"\g<end> employees",
    ),
    (
        (
            r"^\W*(?:show(?: me)? |get |give me )?(?:the )?(?:product |item )?(?:details?|info(?:rmation)?|specs?"
            "|specifications?) (?:for|of|on|about) (?!order|receipt|transaction)"
        ),
        "find ",
    ),
    (r"^\W*tell me about (?:product|item|sku) ", "find "),
    (
        (
            r"^\W*(?:total|number of|count of|how many)? ?(?:products?|skus?|items?)(?: count| total)?(?: in (?:the "
            r"|our |my )?(?:catalog(?:ue)?|range|inventory|store))\W*$|^\W*total (?:number of )?(?:products?|skus?"
            r"|items?)\W*$|^\W*(?:product|sku|item) count\W*$|^\W*how many (?:products?|skus?|items?)\W*$"
        ),
        "how many pieces are in stock",
    ),
    (
        (
            r"^\W*(?:list|show(?: me)?|what) (?:all )?(?:the |our |my )?(?:product )?brands?(?: do (?:we|you"
            r"|i) (?:carry|have|sell|stock))?\W*$"
        ),
        "sales by brand",
    ),
    (
        (
            r"^\W*(?:list|show(?: me)?|what) (?:all )?(?:the |our |my )?(?:product )?categories(?: do (?:we|you"
            r"|i) (?:carry|have|sell|stock))?\W*$"
        ),
        "sales by category",
    ),
    (r"^\W*(?:product|item)s? (?:performance|metrics|stats|analytics|report)\b", "top products"),
    (
        r"^\W*customers? (?:metrics|stats|statistics|analytics|kpis|overview|numbers|report)\b",
        "how many customers do we have",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<g>stores?|departments?) (?:has|have|is|are)(?: forecast(?:ed)?| expected"
            r"| projected)? (?:to have )?"
            r"(?:the )?(?:highest|biggest|largest|best|lowest|smallest|worst) (?:sales |revenue )?(?:forecasts?|outlook"
            r"|(?:forecast(?:ed)?|projected|expected|predicted) (?:sales|revenue|amount))\b(?! (?:accuracy|errors?|bias"
            r"|miss))"
        ),
        r"forecast by \g<g>",
    ),
    (r"^\W*when do (?:we|i) (?:sell|take|trade) (?:the )?most(?=\W*$| (?:at|in) [a-z])", "when do sales peak"),
    (r"^\W*(?:the |our |my |total )*discount (?:amounts?|totals?|dollars)\b(?! of \d)", "discounts"),
    (r"\b(?:most|more) (?:loyal|valuable|valued|frequent) customers\b", "top customers"),
    (
        (
            r"\b(?:how (?:does|did|do)|does|did|what (?:is|was) the (?:effect|impact"
            "|influence) of) (?:the )?(?:weather|rain|snow|heat|cold)(?: days?)? ?(?:impact|affect|influence|change"
            "|have on|on) ?(?:on )?(?:my |our |the )?(?=sales|revenue|transactions|orders)(?P<what>sales|revenue"
            "|transactions|orders)"
        ),
        r"\g<what> by weather",
    ),
    (
        (
            r"\b(?:which|what) (?:store|shop|location) should (?:i|we) (?:visit|look at|focus on|go to|check)(?: first"
            r"| next)?\b"
        ),
        "which stores are underperforming",
    ),
)
