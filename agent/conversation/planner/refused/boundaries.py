"""What the bot cannot do, said plainly. Each row names a subject, how it is spoken of, and the honest sentence.

Nothing here answers half: a subject that no tool covers is refused with what can be asked instead.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan

WHY_LEFT_OUT = "Why that is so I cannot explain; sales, margin, transactions and their like I can."
CAN_DO = (
    "I can tell you sales, margin, stock, customers, payments and other figures for any period and store, compare and "
    "explain them, find products, and propose changes for somebody to approve."
)
HELP = (
    "I answer from your stores' point-of-sale data.\n• “How did we do yesterday?”, “margin by department last week”, "
    "“transactions by hour on Friday”\n• “Compare that with the same day last week”, “are we up on last month?”\n• "
    "“Best products last week by margin”, “worst sellers in Produce this month”\n• “Why were sales down last week?”, "
    "“what needs my attention?”, “which stores are underperforming?”\n• “Which products will run out soon?”, “dead "
    "stock”, “what is bought together with oat milk?”\n• “Mark down oat milk by ten per cent until Sunday”, “order "
    "more oat milk”: I file a proposal; nothing changes until somebody approves."
)
HELLO = "Hello! " + CAN_DO
THANKS = "You're welcome."
EMPTY = "Your message has no text that I can read. Ask me, for example, “How did we do yesterday?”."
NOT_UNDERSTOOD = "I did not understand that well enough to answer from the data. " + CAN_DO
WHY = (
    "I did not understand what to explain. Name a figure and a period, for example “why were sales down last week at "
    "Harbor Point”, “why did our margin change in October”."
)
_NOT_THIS = "That is about {subject}, but I did not understand it well enough to answer from the data. Try {example}."


class _Unclear(str):
    """A sentence that says of a subject that its words were not understood; the others say that it is not known."""

    __slots__ = ()


def _unclear(subject: str, example: str) -> _Unclear:
    """The sentence for a question on a subject that is answered, in words that are not."""
    return _Unclear(_NOT_THIS.format(subject=subject, example=example))


_RULES: tuple[tuple[str, str, str], ...] = (
    (
        "ranges",
        (
            r"\bnew (?:products?|items?|skus?)\b|\b(?:only|just) (?:sells?|sold|selling) (?:at|in) (?:one|a single)\b"
            r"|\b(?:products?|items?) (?:are |were )?(?:in|of|on) campaign\b|\bnever sold\b"
        ),
        _unclear("the range of goods", "“dead stock”, “top products last week”, “find oat milk”"),
    ),
    (
        "average prices",
        r"\b(?:average|avg|mean|median) (?:\w+ ){0,2}prices?\b",
        _unclear("average prices", "“average price by department last month”"),
    ),
    (
        "product trends",
        (
            r"\b(?:products?|items?|skus?) (?:\w+ ){0,3}(?:trending|growing|declining|grew|fell|dropped|rising|falling"
            r"|improv\w+|chang\w+|increas\w+|decreas\w+)\b"
        ),
        _unclear("trends of products", "“which products are trending up?”"),
    ),
    (
        "refunding",
        (
            r"^\W*(?:please |can you |could you )*(?:refund|return|void|cancel|charge|credit) (?:the |this |that |a "
            r"|an |order|sale|transaction|customer|receipt|\d)"
        ),
        "I cannot refund, void or charge a sale: that is done at the register. Nothing was changed.",
    ),
    (
        "instructions",
        (
            "(?:system|hidden|initial|your) (?:prompt|instructions?)|ignore (?:all |any |the |your )*(?:previous"
            r"|prior|above|earlier)|api[- ]?keys?|passwords?\b|access tokens?|credentials|jailbreak|developer mode"
        ),
        "I cannot share or change my instructions or any credentials.",
    ),
    (
        "approval",
        (
            r"\b(?:approve|reject|undo|revert|cancel|withdraw|execute|confirm) (?:it|that|this|the|my|all|every)\b.*"
            r"|\bgo ahead and (?:apply|do|change)\b|\bwithout (?:asking|approval|waiting)\b"
        ),
        (
            "I cannot approve, reject or undo a change myself: a person with the right to do so presses the button on "
            "its card. Nothing was changed."
        ),
    ),
    (
        "deletion",
        (
            r"(?:\b(?:delete|erase|wipe|remove|purge|truncate|destroy)|(?:^\W*|\b(?:please|you|to|and|then|now"
            r"|just) )drop)\b(?!.{0,40}\bprice)(?! (?:in|off)\b)"
        ),
        "I cannot delete or alter data: I only read it. Nothing was changed.",
    ),
    (
        "people",
        (
            r"\b(?:employee|associate|staff|cashier|colleague|manager|person|people|worker"
            r"|team member)s?'?s? (?:\w+ ){0,2}(?:records?|files?|reviews?|salar(?:y|ies)|wages?|pay|address(?:es)?"
            r"|phones?|emails?|coaching|disciplin\w+|schedules?|performance)|(?:coaching|personnel|disciplinary"
            r"|medical|payroll|private|personal) (?:\w+ )?(?:records?|files?|data|details|notes|information)"
            r"|\bwho (?:was|is) working\b|home address|phone numbers?|\bsalar(?:y|ies)\b"
        ),
        "I do not give out records about individual people.",
    ),
    (
        "customers by spend",
        (
            r"\bcustomers? (?:who|that|with|having)?.*\b(?:over|more than|under|less than|at least|above"
            r"|below) (?:\$ ?)?\d"
        ),
        _unclear("customers", "“customers with more than ten visits”, “top customers last month”, “customer segments”"),
    ),
    (
        "customers",
        (
            r"\bcustomers? (?:are|is|who|that|spend\w*)\b|\bthese customers\b|\b(?:(?:top|best|which|our|loyal|biggest"
            r"|my|new|returning|repeat|individual|vip) (?:\d+ )?(?:customers?|shoppers?|households?|members)"
            "|customers? (?:segments?|cohorts?|names?|lists?|emails?|retention|lifetime|loyalty|churn)|(?:by|per"
            r"|each) (?:customer|household|shopper|segment)|cohorts?|households?|loyalty (?:members?|program)|churn)\b"
        ),
        _unclear("customers", "“customer segments”, “new and returning customers last month”"),
    ),
    (
        "forecast",
        (
            r"\b(?:forecast\w*|predict\w*|projection\w*|project(?:ed)? sales|outlook|expect(?:ed)? (?:to |sales"
            r"|demand)|will (?:we|sales|it|they|\w+) (?:\w+ )?(?:sell|make|do|take|be|run out|stock out)|how much will"
            r"|what will|going to (?:sell|make|take|do)|demand (?:next|for next|planning))\b"
        ),
        _unclear("days to come", "“forecast next week's sales”, “how much will we sell tomorrow at Harbor Point?”"),
    ),
    (
        "suppliers",
        r"\b(?:suppliers?|vendors?|wholesalers?|distributors?|lead times?)\b",
        _Unclear(
            "Of suppliers I know what was ordered from them and what came, “purchase orders by supplier last quarter” "
            "and "
            "“which supplier is most reliable”, what their goods sold, “top vendors by sales”, what is on its way, "
            "“open "
            "purchase orders”, and what to order, “what should I reorder?”. I know no contacts, terms or invoices."
        ),
    ),
    (
        "minutes",
        r"\b(?:last|past) (?:\d+ |few |couple of |half )?(?:hours?|minutes?)\b|\blive sales\b|\bright this minute\b",
        "I know sales by the whole hour of a day, not of the last hour or minutes: “sales by hour today”.",
    ),
    (
        "stock history",
        (
            r"\b(?:stock|inventory) (?:movements?|changes?|histor\w+|log|ledger|adjustments?|transfers? history"
            r"|transfer history|activity)\b|\b(?:recent|latest|last) (?:stock|inventory) \w+\b"
        ),
        _Unclear(
            "Of the log of stock I know deliveries, adjustments, counts, transfers and waste: “stock adjustments last "
            "week "
            "by reason”, “what came in yesterday”, “when was oat milk last counted”."
        ),
    ),
    (
        "audits",
        (
            r"\b(?:audits?|audited|inspections?|compliance|compliant|check ?lists?|store (?:walks?|visits?)"
            r"|safety(?! stock)|incidents?|certificat\w+|training|sops?)\b"
        ),
        (
            "Audits, inspections, checklists, incidents and training are not in the data I am given. What I can check "
            "is “planogram check”, “exception report”, “cash differences last week”, “did all stores open on time?” "
            "and the stores' tasks (“overdue tasks”)."
        ),
    ),
    (
        "policies",
        r"\b(?:polic(?:y|ies)|procedures?|handbook|guidelines?|terms and conditions|warrant(?:y|ies))\b",
        "I know no policies or procedures; I answer from the figures of the point of sale.",
    ),
    (
        "pages",
        (
            r"^\W*(?:please )?(?:go to|open|take me to|navigate to|bring up) (?:the |my |our )?[\w ]*\b(?:page|screen"
            r"|dashboard|tab|report|settings|menu)?\W*$"
        ),
        "I have no pages to open: ask me for the figures here, or open the app's Home tab in Slack.",
    ),
    (
        "proposals",
        r"\b(?:pending|open|waiting|outstanding) (?:proposals?|approvals?|changes|requests?)\b|\bproposals?\b",
        (
            "I can list proposals: “what is waiting for approval?”, “which of my proposals were rejected?”. Each is "
            "decided on its card in the channel or on the app's Home tab."
        ),
    ),
    (
        "ordering",
        (
            r"\b(?:re-?order|order (?:more|some|another|\d+)|place an? order|purchase orders?|\bbuy (?:more|some)"
            r"|re-?stock\w*|replenish\w*|create (?:\w+ ){0,3}(?:task|ticket|order|transfer)|transfer \w+ (?:units"
            r"|stock)|suppliers?|vendors?)\b"
        ),
        _unclear("ordering", "“should I reorder oat milk?”, “what should I reorder?”"),
    ),
    (
        "stock",
        (
            r"\b(?:inventory|stock(?!\w)|in[- ]stock|out[- ]of[- ]stock|stock[- ]?outs?|stock out|on hand"
            r"|days? of (?:stock|cover)|weeks? of cover|sell[- ]through|dead stock|overstock\w*|shrink(?:age)?|wastage"
            r"|spoil\w+|in transit|backroom|run(?:ning)? (?:low|out)|mark ?downs? (?:plans?|strateg\w+|schedules?"
            r"|candidates?|recommendations?|suggestions?))\b"
        ),
        _unclear("stock", "“days of cover for dairy”, “dead stock”, “what is out of stock?”"),
    ),
    (
        "staffing",
        (
            r"\b(?:more|extra|enough|fewer) (?:staff|people|employees|associates|hands)\b|\b(?:shifts?|rota|roster"
            "|schedul(?:e|ing)(?! of)|staffing (?:plan|level|schedule)s?|who should work|overtime|time ?-?cards?"
            r"|clock(?:ed)? in)\b"
        ),
        (
            "I can add and publish single shifts (“put Ellis on Saturday from nine to five”) and total labour hours "
            "and cost, but I do not plan schedules."
        ),
    ),
    (
        "payments",
        (
            r"\b(?:payment (?:mix|methods?|types?)|tenders?|(?:cash|card|gift card|wallet) (?:sales|payments?|share"
            r"|mix)|tips?|sales tax|taxes|chargebacks?|payouts?|bank deposits?)\b"
        ),
        _unclear("payments", "“payment mix last month”, “tips by day”, “sales tax collected in October”"),
    ),
    (
        "voids",
        (
            r"\b(?:voids?|voided|no[- ]sales?|price overrides?|cash drawer|paid[- ]outs?|fraud|theft|suspicious"
            r"|anomal(?:y|ies))\b"
        ),
        _unclear("register events", "“voids last week with the reason”, “exception report”"),
    ),
    (
        "promotions",
        (
            r"\b(?:promo(?:tion)?s?|campaigns?|coupons?|mailers?|cannibali\w+|uplift|elasticit\w+|price sensitivity"
            r"|optimal (?:price|discount)\w*|baskets? analysis|bought together|affinit\w+|cross[- ]sell\w*)\b"
        ),
        _unclear("promotions and baskets", "“promotion lift last month”, “bought together with oat milk”"),
    ),
    (
        "space",
        r"\b(?:planograms?|facings?|shel(?:f|ves) (?:space|capacity)|space[- ]to[- ]sales|floor plan|fixture)\b",
        _unclear("shelf space", "“space to sales by category”, “planogram check”"),
    ),
    (
        "feedback",
        r"\b(?:feedback|reviews?|ratings?|complain\w*|nps|guests? (?:are )?(?:telling|saying)|satisfaction)\b",
        _unclear("customer feedback", "“what are customers saying this month?”"),
    ),
    (
        "targets",
        r"\b(?:targets?|budgets?|quotas?|goals?|plan(?:ned)? sales|against plan|vs\.? plan)\b",
        _unclear("targets", "“are we on target this month?”"),
    ),
    (
        "dimensions",
        (
            r"\b(?:by|per|each|which|what|top|best|worst|every) (?:\d+ )?(?:manufacturer|brand|supplier|vendor"
            r"|employee|cashier|associate|channel|region|division|zip code|city|register|terminal|lane)s?\b"
        ),
        (
            "Not every figure can be had by each of these, and I did not understand which is meant. Sales, refunds and "
            "discounts can, where the till tells it: “net sales by employee last week”, “refunds by register”, “sales "
            "by brand”; hours and labour cost are those of a store."
        ),
    ),
    (
        "orders",
        (
            r"\b(?:pick-?up orders?|deliver(?:y|ies)|online orders?|e-?commerce|fulfil\w+|store tasks?|open tasks?"
            r"|to-?do)\b"
        ),
        "Pickup orders and deliveries are not in the data I am given, so I cannot count them.",
    ),
    (
        "weather",
        r"\b(?:weather|rain(?:y|ed|ing)?|snow(?:ed|ing)?|temperature|sunny|heat ?wave)\b",
        "I know the weather as it was, beside the sales of a day that is over, and cannot say what it did to them.",
    ),
    (
        "chat",
        (
            r"\b(?:jokes?|poems?|songs?|stor(?:y|ies) about|recipes?|movies?|football|politic\w*|president|elections?"
            "|stock market|bitcoin|crypto|meaning of life|write (?:me )?(?:some |a )?(?:code|python|email|essay)"
            r"|translate|play a game|sing)\b"
        ),
        "That is outside what I am here for.",
    ),
    (
        "sending",
        (
            r"\b(?:send|e-?mail|text|call|notify|message|post|forward|dm|alert|remind) (?:it|this|that|the|a|an|my|our"
            r"|him|me|us|her|them|everyone|everybody|all)\b|\bevery (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
            r"|morning|day|week|month)\b"
        ),
        (
            "I cannot send messages or e-mails on your behalf, nor anything on a schedule of yours. A briefing of "
            "each store and a digest on Mondays come to its channel by themselves."
        ),
    ),
    (
        "advice",
        (
            r"\b(?:recommend\w*|advice|advise|should (?:i|we)|what (?:would|do) you suggest|suggest|strategy"
            "|priorit(?:y|ies|ise|ize)|needs? (?:my )?attention|explain|root cause|drivers?|reconcile|finance report"
            r"|differ(?:s|ent)? from)\b"
        ),
        _unclear(
            "advice",
            "“what needs my attention?”, “what should we mark down?”, “which stores are underperforming and why?”",
        ),
    ),
)
_COMPILED = tuple((name, re.compile(pattern), sentence) for name, pattern, sentence in _RULES)
_WHY = re.compile(
    r"^\W*(?:but |and |so |ok |okay )*(?:why|how come|what(?:'s| is| was)? (?:the )?(?:reason|cause|driv\w+|behind)"
    r"|what happened|what caused|explain)\b"
)
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|howdy|yo|hiya|greetings|morning)(?: (?:there|bot"
    r"|floorwalker|all|team|everyone))*\W*$"
)
_THANKS = re.compile(
    r"^\W*(?:(?:lol|haha|ah|oh|hm+|ok|okay|yeah|right)[ ,!.]+)*(?:thanks|thank you|thx|ty|cheers|great|perfect|awesome"
    r"|nice|ok|okay|cool|got it|good job|well done|much appreciated|appreciate it|fair enough|good to know|(?:that|it"
    r"|this) (?:explains (?:it|that|a lot)|makes sense|helps)|makes sense|thats (?:it|all)|i see)(?:[ ,!]+(?:so much"
    r"|a lot|very much|thanks|thank you|bot|floorwalker|that helps"
    r"|that's all|job|work|got it))*\W*$"
)
_FINE = re.compile(
    r"^\W*(?:(?:ok|okay|yeah|right|well|ugh)[ ,!.]+)*(?:fine|alright|all right|noted|understood|kk?|sounds good|works"
    r" for me|whatever|oh well|if you say so)(?:[ ,!.]+(?:then|by me|with me|i guess|thanks))*\W*$"
)
FINE = "All right."
_HELP = re.compile(
    r"^\W*(?:help(?: me)?(?: please)?|what (?:else )?can (?:you|i) (?:do|ask)(?: (?:you|here|for me|with you))*"
    r"|who are you|what are you|what do you do|how (?:do|does|can) (?:i|this|you)(?: \w+)* (?:use"
    r"|work(?! out))(?: \w+)*|menu|commands?|capabilities|examples?|what (?:are|is) (?:you|your) (?:\w+ )?(?:for"
    "|capabilities|features)|what questions can i ask(?: you)?|(?:what(?:'s| is| are)|give me|show me|tell me)(?: an?"
    "| some)?(?: good| example| sample)* (?:questions?|things?)(?: (?:to|i (?:can|could|should)) ask(?: you)?)?"
    r"|what (?:should|could|might) i ask(?: you)?|\?)\W*$"
)


def small_talk(text: str) -> str | None:
    """The reply to a greeting, thanks or a call for help."""
    if not text.strip():
        return EMPTY
    for pattern, reply in ((_GREETING, HELLO), (_THANKS, THANKS), (_FINE, FINE), (_HELP, HELP)):
        if pattern.match(text):
            return reply
    return None


def asks_why(text: str) -> bool:
    """Whether the question asks for a cause."""
    return bool(_WHY.match(text)) or bool(
        re.match(r"^\W*(?:\w+ ){0,3}why (?:did|is|are|was|were|has|have|does|do)\b", text)
    )


def out_of_bounds(text: str) -> Plan | None:
    """The sentence for a subject no tool covers, or for unknown words about one, with what can be asked instead."""
    for _, pattern, sentence in _COMPILED:
        if pattern.search(text):
            return Plan(text=f"{sentence} {CAN_DO}", unread=isinstance(sentence, _Unclear))
    return None
