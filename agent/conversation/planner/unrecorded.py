"""Subjects that other shop software has a page for and that no connected source brings here, said one by one.

Websites, bank accounts, bookings, attendance, settings: a general “I did not understand” would leave open whether the
words or the data are missing. Each row names what is missing and what can be asked instead. Asked after the refusals
and before anything is read into the rest of a question, so that “refund the last card payment” is no payment mix.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading

_PLEASE = r"^\W*(?:please |pls |can you |could you |would you |go ahead and |now |just |i (?:want|need) (?:you )?to )*"
_SITE = r"(?:web ?site|web ?shop|web ?store|online (?:store|shop)|e-?commerce(?: site)?|home ?page)"
_ADS = (
    r"(?:facebook|instagram|tiktok|google|meta|pinterest|snapchat|youtube|social(?: media)?|paid|search engine|ppc|display"
    r" network|influencer)"
)
_STAFF = (
    r"(?:employees?|associates?|cashiers?|staff(?: members?)?|colleagues?|team members?|workers?|servers?|baristas?"
    r"|everyone|everybody|anyone|anybody|people)"
)
_PLACES = (
    r"(?:cit(?:y|ies)|towns?|states?|provinces?|zip(?: ?codes?)?|post(?:al)? ?codes?|neighbou?rhoods?|count(?:y|ies)"
    r"|areas?)"
)
_CUSTOMERS = r"(?:customers?|shoppers?|guests?|buyers?|visitors|members?|people|they)"
_TOPICS: tuple[tuple[str, str, str], ...] = (
    # --- what is done at the till or in its settings
    (
        (
            rf"{_PLEASE}(?:refund|void|charge|charge back|comp|re-?fund|reverse)(?= )(?! (?:rates?|polic\w+|reasons?|reports?"
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
            r"(?:hours|closing time|opening time|tax rates?|sales tax|receipts?|logo|address|phone(?: number)?|time ?zone"
            r"|currency|printers?|settings|payment methods?|return polic\w+|refund polic\w+|floor plan|bank account)\b"
            rf"|{_PLEASE}(?:add|create|invite|remove|register|onboard|deactivate) (?:an? |the |this |our )?(?:new )?"
            r"(?:employees?|users?|staff members?|team members?|cashiers?|customers?|registers?|devices?|locations?|stores?"
            r"|suppliers?|vendors?|payment methods?|tax(?:es)?)\b(?! (?:list|segment|report))"
            rf"|{_PLEASE}(?:log|sign) (?:me )?(?:in|out)\b|{_PLEASE}(?:open|close|count) (?:the |my |a )?(?:cash )?(?:drawer"
            r"|register|till|shift|day|batch)\W*$"
            rf"|{_PLEASE}(?:print|reprint) (?:the |a |my )?(?:last )?(?:receipts?|labels?|barcodes?|tags?)\b"
            rf"|{_PLEASE}(?:connect|disconnect|install|uninstall|integrate|enable|disable|activate|set up|configure) (?:the "
            r"|our |my |an? |new )*(?:\w+ )?(?:app|apps|integration|loyalty program\w*|online store|website|shipping"
            r"|delivery|printers?|terminals?|card readers?|gift cards?|taxes)\b"
        ),
        "",
        "Settings, opening hours, people, customers and devices are kept in the point of sale, and I cannot change them."
        " Nothing was changed. I can propose prices, promotions, stock, transfers, orders, shifts and tasks.",
    ),
    (
        (
            rf"{_PLEASE}pay (?:the |our |my |this |that |all )*(?:\w+ )?(?:invoices?|bills?|suppliers?|vendors?|staff|rent|taxes"
            r"|employees?|team)\b"
            rf"|{_PLEASE}(?:transfer|move|send|withdraw|deposit) (?:the |some |our |all )*(?:money|cash|funds|\$ ?\d[\d,.]*)\b"
        ),
        "",
        "I move no money and pay nobody: that is done in the bank or the point of sale. Nothing was changed.",
    ),
    (
        (
            rf"{_PLEASE}(?:give|let|allow) [a-z]+ (?:have |take )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today"
            r"|the day|(?:next|this) week|a day|some time|time)(?: \w+)? off\b"
            rf"|{_PLEASE}clock (?:me|him|her|them|[a-z]+) (?:in|out)\b"
        ),
        "",
        "Attendance and days off are kept with the schedule in the point of sale; I can propose single shifts (“put Ellis"
        " on Saturday from nine to five”). Nothing was changed.",
    ),
    (
        (
            r"\b(?:ignore|disregard|forget|bypass|override|circumvent|break)\b(?: \w+){0,3} (?:rules?|instructions?|guardrails?"
            r"|restrictions?|safeguards?|permissions?|polic(?:y|ies)|approvals?|limits)\b"
            r"|\b(?:pretend|act|behave) (?:to be|you(?:'re| are)|as|like) (?:an? |the |my )?(?:owner|admin\w*|manager|developer"
            r"|different|another|root)\b"
            r"|\bapprove (?:all|every\w*|any)\b.*\b(?:proposals?|changes|cards?|requests?|orders?)\b"
        ),
        r"\b(?:price overrides?|how many|who|which)\b",
        "I keep to my rules, whoever asks: I see what the asker may see, and every change waits for a person with the right"
        " to approve it. Nothing was changed.",
    ),
    # --- other people's business
    (
        (
            r"\bother (?:companies|businesses|merchants|retailers|chains|sellers)\b|\b(?:another|someone else'?s?) (?:company"
            r"|business|merchant|account)(?:'s)?\b|\b(?:compare|how do) (?:us|we|our \w+)(?: compare)? (?:with|to|against)"
            r" (?:the )?(?:competit\w+|industry|market|others? like us|similar (?:stores|businesses|shops)|peers|walmart"
            r"|costco|target|kroger|aldi|lidl|tesco|amazon|whole foods|trader joe'?s)\b"
        ),
        "",
        "I know this business alone, nothing of other companies or of the market. I can hold your stores against their own"
        " past, against one another and against targets.",
    ),
    # --- online
    (
        (
            r"\babandon(?:ed|ment)\b|\b(?:added?|adding) to carts?\b|\bcarts? (?:recover\w*|conversion)\b"
            rf"|\b{_SITE}(?:'s)? (?:traffic|visitors?|visits?|sessions?|conversion|search\w*|views?|performance|speed|bounce)\b"
            rf"|\b(?:traffic|visitors?|visits?|sessions?|conversion(?: rate)?|search\w*) (?:on|of|to|in|for|from) (?:my |our |the )*"
            rf"{_SITE}\b|\bon (?:my |our |the )*{_SITE}\b(?!.*\bsales\b)"
            r"|\b(?:online|web) (?:sessions?|visitors?|traffic|conversion)\b|\b(?:page ?views?|bounce rates?|landing pages?"
            r"|search terms?|searching for|referr(?:ers?|als?)|traffic sources?|utm\w*|click[- ]?through\w*|seo)\b"
            r"|\bsessions\b(?! with)"
            rf"|\b{_ADS} (?:ads?|advertis\w+|campaigns?|posts?|spend|marketing|roi|roas)\b|\b(?:roas|ad spend|advertising (?:cost|spend"
            r"|budget)\w*|cost per (?:click|acquisition|lead)|customer acquisition costs?|cac)\b"
            r"|\b(?:e-?mail|newsletter|sms|text|push)(?:[- ]message)? (?:subscribers?|open rates?|clicks?|opens|unsubscribes?"
            r"|lists? size|followers|deliverability)\b|\bopen rates?\b|\bfollowers\b|\bsubscribers\b"
        ),
        "",
        "Websites, carts, advertising and mailing lists are not in the data I am given. I know what was sold, in stores and"
        " by channel where the point of sale tells channels apart: “sales by channel last month”, “visitors yesterday”,"
        " “did our campaigns bring customers back?”.",
    ),
    (
        (
            rf"\bwhere (?:are|do|does|did|is) (?:most of )?(?:our|my|the|these)? ?(?:new |best |top |most |loyal )*(?:(?:foot )?traffic|{_CUSTOMERS})"
            rf" (?:come|coming|travel|visit|originate)(?: to us)?(?: in)?(?: from)?\b"
            rf"|\bhow (?:do|did|does) (?:our |my |new |the )*{_CUSTOMERS} (?:find|hear|learn|discover)\b"
            rf"|\b{_CUSTOMERS} (?:by|per|from(?: each| which| what)?|in each) {_PLACES}\b"
            rf"|\b(?:which|what) {_PLACES} .*\b{_CUSTOMERS} (?:live|come|are)\b|\b{_CUSTOMERS} (?:from|in) out of (?:state|town)\b"
            rf"|\b(?:sales|revenue|orders|customers) (?:by|per) (?:customer |shopper |billing |shipping )*(?:zip|post)\w*(?: ?codes?)?\b"
        ),
        r"\bstores? (?:are|is)\b",
        "Where customers live and how they found you is not in the data I am given: they are known by a pseudonym. Who they are"
        " in other ways can be had, as far as it is recorded: “customers by age”, “by income”, “by household size”, “customers"
        " who shop at several stores”, “new and returning customers last month”.",
    ),
    # --- money outside the till
    (
        (
            r"\b(?:profit (?:and|&) loss|p ?& ?l|income statement|balance sheet|cash ?flow|ebitda|net (?:profit|income)|operating"
            r" (?:profit|expenses?|costs?|income)|overheads?|expenses|rent(?=\W*$| (?:and|or|bill|payments?|is|due))|utilities|utility"
            r" bills?|bottom line|break[- ]?even|depreciation)\b"
            r"|\b(?:bank (?:accounts?|balances?|deposits?|transfers?)|account balance|pay-?outs?|(?<!bottle )deposit(?:s|ed)|next deposit|loans?|line"
            r" of credit|credit line|cash advance|interest (?:rate|payments?)|owe|owed|debts?)\b"
            r"|\b(?:invoices?|invoiced|bills? (?:due|unpaid|overdue|outstanding)|accounts? (?:payable|receivable)|unpaid (?:orders?"
            r"|bills?)|outstanding balances?|store accounts?)\b"
            r"|\b(?:charge-?backs?|(?:payment )?disputes?|disputed)\b|\b(?:active|new|cancelled|recurring|our|my) subscriptions?\b|\bmonthly recurring\b"
        ),
        r"\b(?:renters?|rent a home|paid[- ]outs?|pay ?outs? (?:and|or) paid|store credit|customers who rent)\b",
        "Bank accounts, payouts, loans, invoices, rent and other expenses are not in the data I am given, so no profit after all"
        " costs either. What can be had: “gross margin last month”, “labour cost last month”, “payment mix”, “discounts”,"
        " “sales tax” and “tips”.",
    ),
    # --- bookings, tables, kitchens
    (
        (
            r"\b(?:appointments?|reservations?|bookings?|booked|wait-?lists?|no-shows?|table turn\w*|turn times?|tables? (?:are|is|open"
            r"|occupied|free)|seat(?:ed|ing)|open (?:tabs?|checks?|tables?)|kitchen (?:tickets?|times?)|ticket times?|prep times?)\b"
        ),
        "",
        "Appointments, reservations, tables and kitchen times are not in the data I am given. I know sales by hour, weekday and"
        " store, and how busy it is: “busiest hours last week”.",
    ),
    (
        (
            r"\b(?:modifiers?|modifications?|dining options?|86'?d|eighty-?sixed|comped|comps given|allergens?|nutrition (?:facts|labels?)"
            r"|calories|happy hour)\b|\b(?:which|what) (?:toppings?|ingredients?|add-?ons?|combos?|sides)\b|\b(?:toppings?|ingredients?|add-?ons?)"
            r" (?:are|do|sell|does|is) (?:in|we|best|most|it|popular)\b|\brecipes? (?:for|of|costs?)\b|\b(?:dine[- ]?in|eat[- ]?in|take-?out"
            r"|drive[- ]?(?:thru|through)) (?:vs\.?|versus|and|or|orders?|sales|share|tables?)\b"
        ),
        r"\bstock of\b",
        "Modifiers, ingredients, menus and dining options are not in the data I am given: I know each product as it was sold,"
        " with its category, price and discounts.",
    ),
    # --- loyalty schemes and settings
    (
        (
            r"\b(?:loyalty|reward|bonus|member)s?(?: card)? (?:points?|balances?|rewards?|tiers?|levels?|status)\b"
            r"|\bpoints? (?:earned|redeemed|balance|issued|outstanding|expir\w+)\b|\brewards? (?:earned|redeemed|issued)\b"
            r"|\b(?:enrol?led|enrol?ments?|sign(?:ed)?[- ]?ups?|joined|opted in|opt-?ins?)\b.*\b(?:loyalty|program\w*|rewards?|club"
            r"|newsletter|marketing)\b"
            r"|\b(?:loyalty|rewards?) program\w* (?:sign|enrol|member|perform)\w*"
        ),
        "",
        "Points, rewards and enrolments of a loyalty scheme are not in the data I am given. Customers known by a card can be"
        " counted: “how many customers bought last month”, “new and returning customers”, “customer segments”.",
    ),
    (
        (
            r"\b(?:what|which)(?: is| are|'s)?(?: our| the| my)? (?:current )?(?:sales )?tax (?:rates?|settings?|zones?)\b|\btax rates? (?:do"
            r"|are|is|at|for)\b"
            r"|\b(?:devices?|terminals?|printers?|scanners?|card readers?|tablets?|hardware|internet|wi-?fi) (?:are |is |was |were )?(?:offline"
            r"|online|down|connected|disconnected|working|paired|update\w*)\b"
            r"|\b(?:which|how many|what|list|show me)(?: \w+){0,2} (?:devices|printers|scanners|card readers|integrations|apps)\b"
            r"|\bwho has (?:admin\w*|owner|manager|full|back ?office)? ?(?:access|permissions?|rights|logins?)\b|\b(?:user|staff|employee)"
            r" (?:permissions?|access|logins?|accounts?)\b"
            r"|\b(?:what|which) (?:plan|subscription|version|package) (?:am i|are we|do (?:i|we)|is)\b|\bsoftware version\b"
            r"|\bpayment (?:methods?|types?) (?:do we|are|is) (?:accept|enabled|configured|set up)\w*\b|\breceipt (?:settings?|templates?)\b"
        ),
        "",
        "Settings of the point of sale (tax rates, devices, users, plans) are not in the data I am given. I can tell stores with"
        " their opening hours, time zones and districts (“my stores”), tax that was collected and payments that were taken.",
    ),
    # --- attendance
    (
        (
            rf"\b(?:who|which {_STAFF}|how many {_STAFF}|any(?:one|body)|is [a-z]+|are any {_STAFF})(?: is| are|'s)?(?: still| currently)?"
            r" (?:clocked[- ]in|on the clock|clocked on|on (?:a )?break|on shift now|here (?:right )?now)\b"
            r"|\bclocked in (?:right now|now|today|currently|at the moment|this (?:morning|afternoon|evening))\b"
            r"|\bcall(?:ed|ing)?[- ](?:in sick|out sick|outs?|in (?:today|yesterday))\b|\bno[- ]show(?:s|ed)?\b"
            r"|\b(?:over-?time)\b(?! sales)|\b(?:time|days?)[- ]off\b|\b(?:pto|vacations?|annual leave|holiday requests?|leave requests?"
            r"|shift swaps?|availability of (?:staff|employees|the team)|meal breaks?|break (?:compliance|violations?|times?))\b"
            r"|\bwho(?:'s| is| are|'ll| will)?(?: be)? (?:off|scheduled|working|rostered|on the schedule|on shift|opening|closing|covering)\b"
            r"|\bwho (?:opens|closes|works|covers)\b|\bwho(?:'s| is) in (?:on )?(?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri"
            r"|satur|sun)day)\b"
            rf"|\b(?:which|what) {_STAFF} (?:is|are|was|were|came|clocked in|arrived|started) (?:\w+ )?late\b|\bwho (?:was|were|came|clocked in"
            r"|arrived|started|is) late\b|\btardiness\b|\blate arrivals?\b"
            rf"|\b(?:hours|shifts?) (?:did|does|has|have|do) (?:each|every|all|any|the)? ?{_STAFF}(?: of the team)? (?:work\w*|clock\w*|put in|log\w*)\b"
            rf"|\bhours (?:worked )?(?:by|per|for|of|for each|of each) (?:each |every )?(?:individual )?{_STAFF}(?! (?:hour|sales))\b"
            rf"|\b(?:show|list|what(?:'s| is)|give)(?: me| us)? (?:the |our |my |next |this |today's |tomorrow's )*(?:week'?s? )?"
            r"(?:staff |work |employee |team |shift )?(?:schedules?|rota|roster)\b"
        ),
        r"\b(?:sales per|labou?r cost|open(?:ed)? on time|void\w*|refund\w*)\b",
        "I keep no list of who is scheduled, clocked in, late or away, and name no single people. Labour hours and labour cost"
        " are known in all: “labour hours by day last week”, “how many people were on duty yesterday”, “sales per labour hour"
        " by weekday”.",
    ),
    # --- things nobody connected
    (
        (
            r"\b(?:cctv|security cameras?|camera footage|surveillance|footage|serial numbers?|imei|lot numbers?|batch numbers?"
            r"|parking|energy (?:use|consumption|costs?)|electricity|carbon footprint|training (?:records|modules)|insurance)\b"
        ),
        r"\b(?:feedback|complain\w*|reviews?|guests?|customers? sa\w+|say|said|mention\w*)\b",
        "That is not in the data I am given: I know sales, payments, stock, customers as pseudonyms, labour hours, visitors,"
        " promotions and feedback, as far as they are connected.",
    ),
    (
        (
            r"\b(?:return|refund|exchange|privacy|price[- ]match\w*|coupon|discount|returns|delivery|shipping|warranty|dress|pet|attendance"
            r"|cash[- ]handling|company|store|hr|leave|check(?: cashing)?) (?:polic(?:y|ies)|procedures?|rules|guidelines?)\b"
            r"|\b(?:polic(?:y|ies)|procedures?|handbook|standard operating|sops?) (?:for|on|about|regarding|when|if|to)\b"
            r"|\bhow (?:long|many days) (?:do|does|have) (?:customers?|people|shoppers|they|i) (?:have )?to (?:return|exchange|bring back)\b"
            r"|\b(?:do|can) (?:we|you|customers|i) (?:price[- ]match|accept returns?|take back)\b|\bcan (?:a |the )?(?:customer|shopper|guest)s? return\b"
            r"|\bwarrant(?:y|ies)\b"
        ),
        r"\bignore\b",
        "I know no policies or procedures; I answer from the figures of the point of sale. What was returned can be had:"
        " “refund rate last month”, “show me every refund last week with the reason”.",
    ),
    # --- orders for pickup and dispatch
    (
        (
            r"\b(?:un-?fulfilled|unshipped|un-?picked|undelivered)\b|\b(?:orders?|baskets?|parcels?|packages?) (?:that )?(?:have|has|had|are|were|is"
            r"|was|not|still|yet|to be|be|been|getting|got|need|needs)(?:n't| not)?(?: to be| been| yet| still| being)* (?:shipped|fulfilled"
            r"|delivered|picked(?: up)?|packed|dispatched|collected|late)\b"
            r"|\bpicks? (?:are |is )?(?:waiting|open|pending|outstanding|left|late|overdue|due|in progress|to do|unassigned|assigned|complet\w+)\b"
            r"|\b(?:open|pending|waiting|outstanding|overdue|unassigned|active|late|remaining|next) picks?\b|\bpick(?:ing)? (?:lists?|queue|tasks?"
            r"|rates?|accuracy|times?)\b|\b(?:fulfil\w+|ship(?:ping|ment) (?:times?|costs?|speed)|delivery (?:times?|zones?|drivers?|windows?)"
            r"|tracking numbers?|door ?dash|uber ?eats|grub ?hub|instacart|ship-?from-?store)\b"
            r"|\b(?:for|awaiting|ready for|waiting for) (?:customer )?(?:pick-?up|collection)\b|\bpick-?ups?\b(?! (?:trucks?|in (?:sales|traffic)))"
        ),
        r"\b(?:purchase orders?|suppliers?|transfers?|in transit|create|add|assign|task (?:to|for)|remind|sales|feedback|complain\w*)\b",
        "Pickup orders and deliveries to customers, picking and shipping are not in the data I am given, so I cannot count them."
        " Sales by channel I can give, where the point of sale tells channels apart; what suppliers owe us is in “open purchase"
        " orders”, what the stores have to do in “open store tasks”.",
    ),
    (
        r"\bscans?\b.*\b(?:failed|fail|errors?|unread\w*|rejected|bad|missed)\b|\b(?:failed|bad|rejected|unreadable) scans?\b|\bscan (?:errors?"
        r"|failures?|rates?)\b",
        "",
        "Failed scans are not recorded: a scan that I am given names a barcode, a fixture and a position. What stands in the wrong"
        " place, or was not seen, is in “planogram check” and “shelf gaps”.",
    ),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(pattern), re.compile(unless) if unless else None, sentence) for pattern, unless, sentence in _TOPICS
)


def read(text: str) -> Plan | None:
    """The sentence for a subject that nothing here records or does; None for every other."""
    whole = Reading.of(text).text.strip()
    for pattern, unless, sentence in _COMPILED:
        if pattern.search(whole) and not (unless is not None and unless.search(whole)):
            return Plan(text=sentence)
    return None
