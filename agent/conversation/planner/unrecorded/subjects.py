"""Websites, money outside the till, bookings, kitchens, loyalty schemes and settings: what no source brings here."""

from __future__ import annotations

_SITE = r"(?:web ?site|web ?shop|web ?store|online (?:store|shop)|e-?commerce(?: site)?|home ?page)"
_ADS = (
    "(?:facebook|instagram|tiktok|google|meta|pinterest|snapchat|youtube|social(?: media)?|paid|search engine|ppc"
    "|display network|influencer)"
)
_PLACES = (
    "(?:cit(?:y|ies)|towns?|states?|provinces?|zip(?: ?codes?)?|post(?:al)? ?codes?|neighbou?rhoods?|count(?:y|ies)"
    "|areas?)"
)
_CUSTOMERS = r"(?:customers?|shoppers?|guests?|buyers?|visitors|members?|people|they)"
SUBJECTS: tuple[tuple[str, str, str], ...] = (
    (
        r"\b(?:marketing|acquisition|traffic|advertising|media|referral) (?:channels?|sources?)\b",
        "",
        (
            "Which advertisement or site brought a customer is not in the data I am given. “Sales by "
            "channel” has where they "
            "bought, “did our campaigns bring customers back” what direct marketing did."
        ),
    ),
    (
        (
            r"\b(?:which|what|how many|list) (?:of our |the |our )?(?:products?|items?|skus?|goods) (?:are"
            r"|is|that are) (?:not "
            r"|non-?)?(?:taxed|taxable|tax[- ]?(?:exempt|free)|exempt)\b|\btax (?:categor(?:y|ies)|class(?:es)?|codes?"
            r"|groups?|settings?|set-?ups?|config\w*|mappings?|rules?)\b|\b(?:products?|items?|skus?)\b.*\btax rates?\b"
            r"|\b(?:no|without|missing) tax(?:es)? set ?up\b"
        ),
        "",
        (
            "How a product is taxed is set in the point of sale and not in the data I am given. What was "
            "collected is in "
            "“sales tax last month”, by store or by day."
        ),
    ),
    # --- online
    (
        (
            r"\babandon(?:ed|ment)\b|\b(?:added?|adding) to carts?\b|\bcarts? (?:recover\w*|conversion)\b"
            rf"|\b{_SITE}(?:'s)? (?:traffic|visitors?|visits?|sessions?|conversion|search\w*|views?|performance|speed"
            r"|bounce)\b|\b(?:traffic|visitors?|visits?|sessions?|conversion(?: rate)?|search\w*) (?:on|of|to|in|for"
            rf"|from) (?:my |our |the )*{_SITE}\b|\bon (?:my |our |the )*{_SITE}\b(?!.*\bsales\b)|\b(?:online"
            r"|web) (?:sessions?|visitors?|traffic|conversion)\b|\b(?:page ?views?|bounce rates?|landing pages?"
            r"|search terms?|searching for|referr(?:ers?|als?)|traffic sources?|utm\w*|click[- ]?through\w*|seo)\b"
            rf"|\bsessions\b(?! with)|\b{_ADS} (?:ads?|advertis\w+|campaigns?|posts?|spend|marketing|roi|roas)\b"
            r"|\b(?:roas|ad spend|advertising (?:cost|spend|budget)\w*|cost per (?:click|acquisition|lead)"
            r"|customer acquisition costs?|cac)\b|\b(?:e-?mail|newsletter|sms|text"
            "|push)(?:[- ]message)? (?:subscribers?|open rates?|clicks?|opens|unsubscribes?|lists? size|followers"
            r"|deliverability)\b|\bopen rates?\b|\bfollowers\b|\bsubscribers\b"
        ),
        "",
        (
            "Websites, carts, advertising and mailing lists are not in the data I am given. I know what was sold, in "
            "stores and by channel where the point of sale tells channels apart: “sales by channel last month”, "
            "“visitors yesterday”, “did our campaigns bring customers back?”."
        ),
    ),
    (
        (
            r"\bwhere (?:are|do|does|did|is) (?:most of )?(?:our|my|the|these)? ?(?:new |best |top |most "
            rf"|loyal )*(?:(?:foot )?traffic|{_CUSTOMERS}) (?:come|coming|travel|visit"
            r"|originate)(?: to us)?(?: in)?(?: from)?\b|\bhow (?:do|did|does) (?:our |my |new "
            rf"|the )*{_CUSTOMERS} (?:find|hear|learn|discover)\b|\b{_CUSTOMERS} (?:by|per|from(?: each| which| what)?"
            rf"|in each) {_PLACES}\b|\b(?:which|what) {_PLACES} .*\b{_CUSTOMERS} (?:live|come|are)\b"
            rf"|\b{_CUSTOMERS} (?:from|in) out of (?:state|town)\b|\b(?:sales|revenue|orders|customers) (?:by"
            r"|per) (?:customer |shopper |billing |shipping )*(?:zip|post)\w*(?: ?codes?)?\b"
        ),
        r"\bstores? (?:are|is)\b",
        (
            "Where customers live and how they found you is not in the data I am given: they are known by a "
            "pseudonym. Who they are in other ways can be had, as far as it is recorded: “customers by age”, “by "
            "income”, “by household size”, “customers who shop at several stores”, “new and returning customers last "
            "month”."
        ),
    ),
    # --- money outside the till
    (
        (
            r"\b(?:profit (?:and|&) loss|p ?& ?l|income statement|balance sheet|cash ?flow|ebitda|net (?:profit"
            r"|income)|operating (?:profit|expenses?|costs?|income)|overheads?|(?<!shopping )(?<!household "
            r")(?<!grocery )(?<!at the )expenses?(?! items?\b)|rent(?=\W*$| (?:and|or|bill"
            r"|payments?|is|due))|utilities|utility bills?|bottom line|break[- ]?even|depreciation)\b"
            r"|\b(?:bank (?:accounts?|balances?|deposits?|transfers?)|account balance|pay-?outs?"
            "|(?<!bottle )deposit(?:s|ed)|next deposit|loans?|line of credit|credit line|cash advance"
            r"|interest (?:rate|payments?)|owe|owed|debts?)\b|\b(?:invoices?|invoiced|bills? (?:due|unpaid|overdue"
            "|outstanding)|accounts? (?:payable|receivable)|unpaid (?:orders?|bills?)|outstanding balances?"
            r"|store accounts?)\b|\b(?:charge-?backs?|(?:payment )?disputes?|disputed)\b|\b(?:active|new|cancelled"
            r"|recurring|our|my) subscriptions?\b|\bmonthly recurring\b"
        ),
        (
            r"\b(?:tax(?:es)?|renters?|rent a home|paid[- ]outs?|pay ?outs? (?:and|or) paid|store credit"
            r"|customers who rent)\b"
        ),
        (
            "Bank accounts, payouts, loans, invoices, rent and other expenses are not in the data I am given, so no "
            "profit after all costs either. What can be had: “gross margin last month”, “labour cost last month”, "
            "“payment mix”, “discounts”, “sales tax” and “tips”."
        ),
    ),
    # --- bookings, tables, kitchens
    (
        (
            r"\b(?:appointments?|reservations?|bookings?|booked|wait-?lists?|no-shows?|table turn\w*|turn times?"
            "|tables? (?:are|is|open|occupied|free)|seat(?:ed|ing)|open (?:tabs?|checks?|tables?)|kitchen (?:tickets?"
            r"|times?)|ticket times?|prep times?)\b"
        ),
        "",
        (
            "Appointments, reservations, tables and kitchen times are not in the data I am given. I know sales by "
            "hour, weekday and store, and how busy it is: “busiest hours last week”."
        ),
    ),
    (
        (
            r"\b(?:modifiers?|modifications?|dining options?|comped|comps given|allergens?"
            r"|nutrition (?:facts|labels?)|calories|happy hour)\b|\b(?:which|what) (?:toppings?|ingredients?|add-?ons?"
            r"|combos?|sides)\b|\b(?:toppings?|ingredients?|add-?ons?) (?:are|do|sell|does|is) (?:in|we|best|most|it"
            r"|popular)\b|\brecipes? (?:for|of|costs?)\b|\b(?:dine[- ]?in|eat[- ]?in|take-?out|drive[- ]?(?:thru"
            r"|through)) (?:vs\.?|versus|and|or|orders?|sales|share|tables?)\b"
        ),
        r"\bstock of\b",
        (
            "Modifiers, ingredients, menus and dining options are not in the data I am given: I know each product as "
            "it was sold, with its category, price and discounts."
        ),
    ),
    # --- loyalty schemes and settings
    (
        (
            r"\b(?:loyalty|reward|bonus|member)s?(?: card)? (?:points?|balances?|rewards?|tiers?|levels?|status)\b"
            r"|\bmembership (?:tiers?|levels?|status)\b|\b(?:gold|silver|bronze|platinum|diamond)[- ](?:tiers?|levels?"
            r"|status|members?|customers?|shoppers?|households?|guests?)\b"
            r"|\bpoints? (?:earned|redeemed|balance|issued|outstanding|expir\w+)\b|\brewards? (?:earned|redeemed"
            r"|issued)\b|\b(?:enrol?led|enrol?ments?|sign(?:ed)?[- ]?ups?|joined|opted in|opt-?ins?)\b.*\b(?:loyalty"
            r"|program\w*|rewards?|club|newsletter|marketing)\b|\b(?:loyalty|rewards?) program\w* (?:sign|enrol|member"
            r"|perform)\w*"
        ),
        "",
        (
            "Points, rewards and enrolments of a loyalty scheme, and its tiers, are not in the data I am given. "
            "Customers known by a card can be counted: “how many customers bought last month”, “new and returning "
            "customers”, “customer segments”."
        ),
    ),
    (
        (
            r"\b(?:what|which)(?: is| are|'s)?(?: our| the| my)? (?:current )?(?:sales )?tax (?:rates?|settings?"
            r"|zones?)\b|\btax rates? (?:do|are|is|at|for)\b|\b(?:devices?|terminals?|printers?|scanners?"
            "|card readers?|tablets?|hardware|internet|wi-?fi) (?:are |is |was |were )?(?:offline|online|down"
            r"|connected|disconnected|working|paired|update\w*)\b|\b(?:which|how many|what|list"
            r"|show me)(?: \w+){0,2} (?:devices|printers|scanners|card readers|integrations|apps)\b"
            r"|\bwho has (?:admin\w*|owner|manager|full|back ?office)? ?(?:access|permissions?|rights|logins?)\b"
            r"|\b(?:user|staff|employee) (?:permissions?|access|logins?|accounts?)\b|\b(?:what|which) (?:plan"
            r"|subscription|version|package) (?:am i|are we|do (?:i|we)|is)\b|\bsoftware version\b"
            r"|\bpayment (?:methods?|types?) (?:do we|are|is) (?:accept|enabled|configured|set up)\w*\b"
            r"|\breceipt (?:settings?|templates?)\b"
        ),
        "",
        (
            "Settings of the point of sale (tax rates, devices, users, plans) are not in the data I am given. I can "
            "tell stores with their opening hours, time zones and districts (“my stores”), tax that was collected and "
            "payments that were taken."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
