"""The building and what happens in it: incidents, temperatures, recalls, upkeep and its cost, missing slips."""

from __future__ import annotations

_UPKEEP = (
    "(?:maintenance|facilit(?:y|ies)|repairs?|utilit(?:y|ies)|electricity|energy|power|water|gas|heating|cleaning|rent"
    "|lease)"
)
_SAID_OR_FILED = (
    r"\b(?:feedback|complain\w*|reviews?|guests?|customers? (?:say|said|are saying)|mention\w*|tasks?|to-?do|notes?"
    r"|tickets?|records?|remind\w*"
    r"|create|department|categor\w+|products?|items?|sell|sold"
    r"|sales of|stock of|fuel)\b"
)
PREMISES: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\b(?:refunds?|returns?|exchanges?)\b.*\b(?:without|no|missing) (?:an? |the |original )*receipts?\b"
            r"|\b(?:no|non)[- ]?"
            r"receipt(?:ed)? (?:refunds?|returns?)\b"
        ),
        r"\b(?:polic(?:y|ies)|rules?|allowed|can)\b",
        (
            "Whether a receipt was shown with a return is not recorded. Refunds themselves, with reason and cashier "
            "where "
            "the till tells them, are in “show me every refund last week”, by store in “refund rate by store”."
        ),
    ),
    (
        (
            r"\b(?:aisles?|zones?|sections?|areas?|fixtures?|displays?|shel(?:f|ves)|entrances?|doors?)\b(?: \w+){0,4} "
            r"(?:foot ?traffic|footfall|traffic|visitors?|visits?|dwell\w*|heat ?maps?)\b|\b(?:foot ?traffic|footfall"
            r"|traffic|visitors?|dwell\w*|heat ?maps?)(?: \w+)? (?:by|per|of|in|for|through|across) (?:each |the "
            r"|every )?"
            r"(?:aisles?|zones?|sections?|fixtures?|entrances?|doors?)\b|\b(?:heat ?maps?|dwell) (?:of|in|for|by) "
        ),
        r"\b(?:sales|area manager|hours?|weekday)\b",
        (
            "Visitors are counted at the door, not where they walk in the store, so nothing can be told of aisles and "
            "zones. “Visitors by hour yesterday” has when they came, “sales by category” what they bought."
        ),
    ),
    (
        (
            r"\b(?:safety|injury|workplace|security|theft|shoplifting|customer|associate"
            r"|slip(?: and fall)?) (?:and [a-z]+"
            r" )?(?:safety )?(?:incidents?|accidents?|hazards?)\b|\b(?:incidents?|accidents?|injur(?:y|ies)|hazards?"
            r"|near"
            r" misses|slips?,? trips?|osha|workers'? comp\w*|liability claims?|lost[- ]?(?:work)?[- ]?(?:time|days?)"
            r"(?: injur\w+)?|trir|evacuations?|fire drills?)\b"
        ),
        rf"{_SAID_OR_FILED}|\b(?:out[- ]of[- ]stocks?|stock[- ]?outs?|oos)\b",
        (
            "Incidents, accidents, hazards and claims are not in the data I am given. What a store has to do about one "
            "can be a task: “create a task to dry the floor at Harbor Point”; the list is “open store tasks”."
        ),
    ),
    (
        (
            r"\b(?:refrigerat\w+|coolers?|freezers?|fridges?|chillers?|cold chain|equipment|hvac"
            r"|sensors?)\b.*\b(?:temp\w*"
            r"|alarms?|excursions?|sensors?|fail\w*|fault\w*|broken|down|maintenance|repair\w*|logs?|readings?|issues?"
            r"|working|offline|out of range|too (?:warm|cold))\b|\btemperature (?:excursions?|alarms?|logs?|checks?"
            r"|readings?|sensors?)\b|\bsensor (?:nodes?|alarms?|readings?)\b"
        ),
        _SAID_OR_FILED,
        (
            "Temperatures, alarms and the state of equipment are not in the data I am given. A check or a repair can "
            "be "
            "a task: “create a task to check the freezer temperature”."
        ),
    ),
    (
        (
            r"\brecall(?:s|ed)?\b(?=.*\b(?:products?|items?|stores?|execution|quarantin\w*|notice|notif\w*|status"
            r"|active"
            r"|open|pull(?:ed)?|units?|response|time|hours?|complet\w*)\b)|\b(?:product|food|active|open|safety)"
            r" recalls?\b|\bquarantin\w*\b"
        ),
        r"\b(?:feedback|guests?|do you recall|i recall|task|create|remind\w*)\b",
        (
            "Recalls and goods set apart for one are not in the data I am given. What a store still has is in “stock "
            "levels”, by product and store; pulling goods can be a task, “create a task to pull the product from the "
            "shelf”."
        ),
    ),
    (
        (
            rf"\b{_UPKEEP}(?: (?:and|&|or) {_UPKEEP})?(?: [a-z]+)? (?:costs?|expenses?|spend(?:ing)?|budgets?|bills?"
            rf"|op-?ex"
            rf"|variance|work ?orders?|tickets?|requests?|consumption|usage)\b|\b(?:how much|what) (?:\w+ )?(?:do"
            rf"|did|does) (?:we|i|the stores?) (?:pay|spend) (?:for|on) (?:the |our )?{_UPKEEP}\b"
            rf"|\bhow much {_UPKEEP} (?:do|did|does) (?:we|i|the stores?) (?:pay|spend|use)\b|\bop-?ex\b|\bcap-?ex\b"
            rf"|\boperating (?:costs?"
            r"|expenses?)\b|\bwork ?orders?\b|\bkwh\b|\bmean time to repair\b"
        ),
        r"\b(?:feedback|guests?|tasks?|open an?|create|file|raise|log|add|remind\w*|sales of|department|products?)\b",
        (
            "Rent, energy, upkeep and other running costs are not in the data I am given, nor are budgets for them. "
            "Of costs I know those of the goods and of labour: “gross margin by store”, “labour cost by store last "
            "month”."
        ),
    ),
    (
        (
            r"\b(?:missing|lost|gaps? in(?: the)?|skipped|unaccounted) (?:receipts?|invoices?|receipt numbers?"
            r"|transaction"
            r" numbers?|sequence numbers?|documents?|tickets?)\b|\b(?:receipts?|receipt numbers?|invoices?"
            r"|transactions?)"
            r" (?:are |is |that are )?(?:missing|lost|skipped|unaccounted)\b"
        ),
        "",
        (
            "Whether a number of the till is missing in a row is not checked: I read the sales that the point of sale "
            "gives. What is out of line at the registers is in “exception report last week”, a drawer that does not "
            "add up in “cash differences last week”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
