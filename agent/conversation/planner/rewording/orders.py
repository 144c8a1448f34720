"""Orders as they are typed between two customers: “order 20 more bananas”, “strawberries 20% off till Sunday”.

Each row leaves number, product, store and day as they were said; an order that lacks one of them stays without it.
"""

from __future__ import annotations

_OFF = r"(?:mou?ldy|bruised|squashed|gone off|overripe|over-ripe|soft|gone bad|spoilt)"
_ASKS = (
    "(?:what|which|who|how|why|when|where|is|are|was|were|did|do|does|show|list|give|take|put|run|make|start|create"
    "|sales|top|best|worst|mark|reduce|discount|cut|drop|lower|propose|set|everything|all|can|could|should|please"
    "|products?|items?|plan|add|offer|have|and|also|then|if|send|knock|slash|apply|export|push|e-?mail|text|invite"
    "|target|customers)"
)
ORDER_ROWS: tuple[tuple[str, str], ...] = (
    (
        (
            r"^(?P<lead>\W*(?:please |pls |can you |could you )*(?:re-?order|order|buy|get|transfer|move|send"
            r"|ship)(?: me| us)?) (?P<n>\d+) (?:more|extra|additional|another)(?: (?:of )?(?:the |our )?| of )"
        ),
        r"\g<lead> \g<n> ",
    ),
    (
        (
            r"^\W*(?:we |i )?need (?P<n>\d+) (?=(?!more |extra |people|staff|days?|weeks?|months?|hours?|minutes?"
            "|examples?|%|percent|stores?|cashiers?)[a-z])(?P<rest>.+ (?:by|for|on|from) .+)$"
        ),
        r"order \g<n> \g<rest>",
    ),
    (
        rf"^\W*(?P<what>(?!{_ASKS}\b)[a-z][\w ',&-]*?) (?P<pct>\d{{1,2}} ?(?:%|percent|per cent)) off(?P<rest>\b.*)$",
        r"mark down \g<what> by \g<pct>\g<rest>",
    ),
    (rf"(?<=\w)(?P<sep>, (?:they(?:'re| are| were) |it(?:'s| is| was) |all )?){_OFF}\b", r"\g<sep>rotten"),
    (rf"\b(?P<be>are|were|is|was) {_OFF}\b(?=\W*$)", r"\g<be> rotten"),
    (
        r"^\W*(?:new )?(?:task|to-?do|job) (?P<who>for (?:the |our )?[a-z]+(?: [a-z]+)?): ?",
        r"create a task \g<who>: ",
    ),
    (
        (
            r"^\W*(?:please |pls )*(?:leave|write|put|make) (?:a )?note for (?:the )?(?P<who>(?:next|tomorrow's"
            "|tonight's|evening|morning|late|early|night|weekend|closing|opening)(?: (?:shift|team|crew"
            "|people))?)(?: that|:|,) ?"
        ),
        r"new task: note for \g<who>: ",
    ),
    (
        (
            r"^\W*(?:the |my |our |(?:give|show) me (?:the|a|my|our) )?re-?order(?:ing)? list(?: for (?:today|tomorrow"
            r"|this week|the week))?(?=\W*$| (?:at|in) )"
        ),
        "what should we reorder",
    ),
    # --- asked of the stock
    (
        (
            r"\b(?P<who>what(?:'s| is| are)?|which \w+ (?:is|are)|(?:is )?anything|are we|we're|stuff) (?:getting "
            "|a bit |running )?low (?=(?:in|on|at) )"
        ),
        r"\g<who> running low ",
    ),
    (
        (
            r"\bwhat (?:should|could|can) (?P<giver>(?!we\b|i\b|they\b|you\b)[a-z][\w' ]+?) (?:send|ship|give|transfer"
            r"|move) (?:over )?to (?P<taker>[a-z][\w' ]+)$"
        ),
        r"which transfer candidates are there from \g<giver> to \g<taker>",
    ),
    (
        r"\b(?P<what>products?|items?|what|goods) (?:that |which |has |have )*stopped selling\b",
        r"\g<what> in stock not sold",
    ),
    # --- asked of discounts and visitors
    (
        (
            r"\b(?P<who>(?:which|what) (?:store|shop|location|department|category)s?) (?:gives?|gave|hands? out"
            r"|handed out|offers?) (?:away )?(?:the )?(?P<end>most|least|fewest|highest|lowest)\b"
        ),
        r"\g<who> had the \g<end>",
    ),
    (
        (
            r"\b(?:what )?(?:%|percent(?:age)?|per cent|share|proportion|how many) of (?:our |the |all )*(?:visitors"
            "|people (?:who (?:come|came|walk(?:ed)?) in|coming in)|walk-?ins|traffic) (?:bought|buy|buys|purchased?"
            r"|actually bought|actually buy)(?: (?:something|anything))?\b"
        ),
        "conversion",
    ),
    (
        r"\b(?:what|which (?:products?|items?)) (?:did|have) we (?:mark(?:ed)?|reduced?|put) down\b",
        "which prices went down",
    ),
    # --- one day and the one to hold it against
    (
        (
            r"\b(?P<day>yesterday|today)(?:'s)?,? (?:and |vs\.? |versus )?(?:last week same day|same day last week"
            r"|last week's same day)(?:,? (?:and )?(?:the )?(?:%|percent\w*) (?:change|diff\w*|delta))?"
        ),
        r"\g<day> compared to the same day last week",
    ),
    # --- an order for goods, a stock-out's cost; each step's sales hold those of the step before it
    (
        (
            r"\b(?:create|raise|make|draft|open|write|place|send) (?:me |us )?(?:a |an |the )?(?:po|purchase order"
            r"|order) (?:for|of|to buy) (?P<number>\d+)\b"
        ),
        r"order \g<number>",
    ),
    (
        (
            r"\b(?:are|do|have|how (?:much )?(?:are|do|have)) (?:our |the )?(?:stock-?outs?|out[- ]of[- ]stocks?|empty"
            r" shelves) (?:been )?(?:impact|affect|hurt|cost|reduc|dent|eat)(?:ing)?(?: into)? (?:us |our |the"
            r" |my )?(?:revenue|sales|turnover|business|bottom line)\b"
        ),
        "how much are stockouts costing us",
    ),
    (
        (
            r"\b(?:the )?(?:previous|prior|preceding|last) (?P<step>day|week|month|quarter)'s (?:total )?(?:sales"
            r"|revenue|figures?|amounts?|values?)(?=.*\b(?:each|every|per|by) (?P=step)\b)"
        ),
        "sales",
    ),
)
