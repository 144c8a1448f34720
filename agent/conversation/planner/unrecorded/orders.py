"""Orders that nothing here carries out, said one by one: approvals, reorder points, hours of a price, messages."""

from __future__ import annotations

from agent.conversation.planner.topics.incomplete_words import LATER, NO_OFFER, NOTHING, TASK_EDIT

_PLEASE = (
    r"^\W*(?:please |pls |can you |could you |would you |go ahead and |now |just |ok |i (?:want|need) (?:you )?to )*"
)
_PEOPLE = (
    "(?:staff|employees?|team members?|seniors?|students?|members?|loyalty (?:members?|customers?)|veterans?"
    "|teachers?|regulars|nurses|pensioners|vips?|first responders)"
)
ORDERS: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\b(?:declined|failed|rejected)(?: or \w+)? (?:card |debit |credit )?(?:cards?|payments?"
            r"|tenders?|transactions?)\b"
            r"|\b(?:cards?|payments?|tenders?(?: types?)?) (?:that |which )?(?:(?:were|was|are|is|got|get|have been) )*"
            r"(?:declined|failed|failing|rejected)\b"
        ),
        r"\b(?:trend\w*|most|proposals?|tasks?|approv\w*)\b",
        (
            "Payments that were declined or failed are not in the data I am given: only those that went through are. "
            "“Payment mix last week” has how customers paid, “show me every void last week” the sales undone."
        ),
    ),
    (
        (
            r"\b(?:products?|items?|listings?|skus?) (?:that )?(?:are |is |still )*(?:in draft|drafts?"
            r"|unpublished|archived)\b"
            r"|\b(?:draft|archived|unpublished) (?:products?|items?|listings?|skus?)\b"
        ),
        "",
        (
            "Drafts and archived listings of a web shop are not in the data I am given: I see the products that are "
            "active. “How many products do we carry” counts them, “which products have never sold” has those that "
            "nobody bought."
        ),
    ),
    # --- approvals and rules
    (
        (
            rf"{_PLEASE}approve (?:all|everything|every\b|whatever|anything|the lot|them all)|{_PLEASE}(?:turn|switch"
            rf"|shut) off (?:the |all )?(?:approvals?|limits|checks|rules|permissions?)\b|{_PLEASE}(?:skip|disable"
            r"|remove|bypass|stop asking for|do without) (?:the |all )?(?:approvals?|approval steps?|limits)\b"
            r"|\bwithout (?:any )?(?:approvals?|asking anyone|anyone knowing)\b"
        ),
        r"\b(?:which|how many|show|list)\b",
        (
            "I keep to my rules, whoever asks: I see what the asker may see, and every change waits for a person with "
            "the right to approve it. Nothing was changed. What waits is in “what is waiting for approval?”."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:clear|empty|reset|wipe|erase|delete|purge|edit|change|clean(?: up)?) (?:the |our |my "
            r"|all )*(?:audit|decision|activity|event|change) ?(?:logs?|trails?|records?|histor(?:y|ies))\b"
        ),
        "",
        "The record of decisions is only ever added to: nobody can clear or change it here. Nothing was changed.",
    ),
    # --- reorder points
    (
        (
            rf"{_PLEASE}(?:set|change|update|raise|lower|adjust|increase|decrease|edit|put|make) (?:the |our "
            "|a )?(?:re-?order|min(?:imum)?|max(?:imum)?|par|safety|low[- ]?stock|alert)[- ]?(?:stock"
            r"|order)? ?(?:points?|levels?|thresholds?|alerts?|quantit(?:y|ies)|stock|amounts?)?\b(?=.*\b(?:to|for|of"
            r"|on|by|at)\b)"
        ),
        r"\b(?:price|promotion|discount|campaign)s?\b",
        (
            "Reorder points and minimum stocks are not mine to set: what is due is worked out from sales, lead time "
            "and days between orders. Nothing was filed. “What should I reorder?” shows it, “order 12 oat milk for "
            "Harbor Point” drafts an order."
        ),
    ),
    # --- prices by the hour, discounts for people
    (
        (
            rf"{_PLEASE}(?:mark|discount|reduce|cut|lower|drop|raise|put|take|price|sell|run|give|make)\b.*\b(?:after"
            "|from|at|before|until"
            r"|till|between) (?:\d{1,2}(?::\d\d)? ?(?:am|pm|o'?clock)|noon|closing|midnight)\b"
        ),
        r"\b(?:tasks?|shifts?|schedule|remind|check|count|clean|report|sales|orders?|transactions|trash|bins?)\b",
        f"{LATER} Hours of a day cannot be set. {NOTHING}",
    ),
    (
        (
            rf"{_PLEASE}(?:give|offer|set up|create|add|make|run|start)(?: all| every| the| our| my"
            rf"| an?)* {_PEOPLE} (?:an? )?\d{{1,2}} ?(?:%|percent|per cent|dollars? off)|{_PLEASE}(?:give|offer|set up"
            rf"|create|add|make|run|start) (?:an? )?(?:\d{{1,2}} ?(?:%|percent|per cent) )?(?:{_PEOPLE}) discounts?\b"
            rf"|{_PLEASE}.*\b\d{{1,2}} ?(?:%|percent|per cent)(?: discount| off)? (?:for|to) (?:all |every |the "
            rf"|our )*{_PEOPLE}\b"
        ),
        r"\b(?:how much|what|which|did|effect)\b",
        f"{NO_OFFER.format(what='discounts for groups of people or for a weekday that comes again')} {NOTHING}",
    ),
    # --- people at the tills, and tasks
    (
        (
            rf"{_PLEASE}(?:lock|block|suspend|kick|shut|log|throw) [a-z]+ (?:out of|from|off) (?:the |our )?(?:tills?"
            rf"|registers?|pos|system|app|computer|store|schedule)\b|{_PLEASE}(?:give|grant|take"
            r"|revoke) [a-z]+ (?:access|a login|admin\w*|manager rights|the keys?)\b"
        ),
        "",
        (
            "Who may use the till or see what is kept in the point of sale and by the owner; I change nobody's "
            "access. Nothing was changed."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:add|take|give|remove|put|cut|extend|change|shorten|lengthen|move|cancel"
            r"|swap)\b.*\b(?:minutes|hours?|mins)?\b.*\b(?:my|his|her|their|the|[a-z]+'s) (?:lunch )?(?:breaks?"
            r"|time ?cards?|time ?sheets?|clock[- ]?(?:in|out)s?)\b"
        ),
        "",
        (
            "Breaks and time cards are kept in the point of sale; I only read the hours that were worked. Nothing was "
            "changed."
        ),
    ),
    (
        (
            rf"{_PLEASE}(?:split|distribute|balance|share out|spread|divide|rotate|hand out|allocate) (?:the |all "
            r"|our |my |today's |open |these )*(?:tasks?|work(?:load)?|jobs|to-?dos?)\b"
        ),
        "",
        f"{TASK_EDIT} {NOTHING}",
    ),
    # --- writing to people outside
    (
        (
            rf"{_PLEASE}(?:e-?mail|call|phone|ring|text|message|contact|write to|write|notify|tell|chase"
            "|remind) (?:the |our |my |a )?(?:suppliers?|vendors?|drivers?|wholesalers?|distributors?|landlord|bank"
            r"|accountant|bookkeeper|support|help ?desk|electrician|plumber|police|press)\b"
        ),
        r"\btask\b",
        (
            "I write to nobody outside: that is for you. Nothing was sent. What is open with suppliers is in “open "
            "purchase orders”; I can file a task for somebody: “create a task to call the supplier about the late "
            "delivery at Harbor Point”."
        ),
    ),
    (
        rf"{_PLEASE}(?:move|transfer|send|ship) .+ to (?:wherever|where|whichever|any store|whoever)\b.*",
        "",
        (
            "Which store should have it is in “what should we transfer between stores?”; then name one: “move 10 oat "
            "milk"
            f" from Market Street to Harbor Point”. {NOTHING}"
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
