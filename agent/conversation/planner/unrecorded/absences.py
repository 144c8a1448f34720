"""Leave, swaps, corrections of time cards, the asker's own till, and trade by shift: asked of rosters, kept nowhere."""

from __future__ import annotations

_LEAVE = (
    r"(?:(?:medical|sick|annual|casual|unpaid|paid|parental|maternity|paternity|bereavement|emergency) leave|time off"
    r"|days? off|pto|vacation(?: days?)?)"
)
_REQUEST = (
    rf"(?:(?:{_LEAVE}|leave|swap|shift[- ](?:swap|change|trade)|absence|availability|schedule[- ]change|overtime"
    rf"|holiday)"
    r"(?:,? (?:or|and|&) (?:leave|swap|shift[- ]swap|overtime|absence|time off))? (?:requests?|approvals?|applications?"
    r"|balances?|entitlements?)|leave (?:or|and|&) swaps?|(?:leaves?|swaps?|leaves? or swaps?) (?:pending|waiting"
    r"|outstanding|to approve))"
)
ABSENCES: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"^(?=.*\b(?:carts?|baskets?|trolleys?|scann\w*)\b).*"
            r"\b(?:add(?:ed|ing)?|put|plac(?:e|ed)|scann?(?:ed)?|picked(?: up)?|pick(?: up)?|go(?:es)?"
            r"|rung up)\b[^?]{0,30}?"
            r"\b(?:first|last|earliest|latest)\b(?! (?:week|month|year|quarter|night|\d|few|two|three|time))"
            r"|\b(?:first|last) (?:products?|items?|things?) (?:in|into|to|of)(?: the| their| an?| each| every)?"
            r" (?:carts?|baskets?|orders?|trolleys?)\b|\b(?:add[- ]to[- ]cart|cart|basket) (?:order|position"
            r"|sequence)\b"
        ),
        r"\bfirst (?:order|purchase|visit|time)\b|\b(?:stock|range|catalog\w*|promo\w*|expir\w*|deliver\w*)\b",
        (
            "In which order goods come into a cart or are scanned is not in the data I am given: a receipt is known"
            " as a"
            " whole. What is in most baskets is in “which products are in the most baskets”, what goes together in"
            " “what is"
            " bought together with milk”."
        ),
    ),
    (
        (
            rf"\b{_REQUEST}\b|\b(?:apply|applied|applying|ask|asking|request|requested|book|take|taking|need|want"
            rf"|have|get"
            rf"|put in) (?:for )?(?:some |an? |my |the )?(?:{_LEAVE}|leave(?! (?:it|them|us|me|a|the|out"
            rf"|for home)\b))\b"
            r"|\b(?:pending|open|outstanding) (?:leaves?|swaps?)\b|\b(?:swap|trade|exchange|give away|drop|pick up"
            r"|cover"
            r"|switch) (?:my|a|an?other|someone's|somebody's|his|her|their) (?:\w+ )?shifts?\b|\bshift (?:swaps?"
            r"|trades?"
            r"|exchanges?)\b|\b(?:call(?:ing)?|report(?:ing)?) (?:in )?sick\b|\b(?:i'?m|i am) (?:sick|ill|unwell)\b"
        ),
        r"\b(?:customers?|policy|policies|how many days)\b",
        (
            "Leave, sickness, days off and swaps of shifts are not in the data I am given, and I cannot ask for or "
            "grant them: that is for the manager. Who is to work is in “show the schedule for next week”, where "
            "shifts are recorded."
        ),
    ),
    (
        (
            r"\b(?:forgot(?:ten)?|missed|missing|forget) (?:to )?(?:(?:a |my |the )?(?:punch(?:es)?|clock[- ]?(?:ins?"
            r"|outs?)|time ?cards?|timestamps?)|(?:punch|clock|badge|sign)(?:ed)?[- ](?:in|out))\b|\b(?:correct|fix"
            r"|edit"
            r"|adjust|amend|change) (?:my |the |a |his |her |their )?(?:time ?cards?|time ?sheets?|punch(?:es)?"
            r"|clock[- ]?(?:ins?|outs?))\b"
        ),
        "",
        (
            "I cannot add or correct a time card: that is done where people clock in, by the manager. Who did not "
            "clock in for a planned shift is in “who did not clock in yesterday”, where shifts are recorded; time "
            "cards that were not closed are named in “who worked yesterday”."
        ),
    ),
    (
        (
            r"\b(?:double[- ]?book\w*|overlapping|clashing|conflicting) ?(?:shifts?|schedules?)?\b(?=.*\b(?:shifts?"
            r"|staff"
            r"|team|schedules?|rota|roster|week|employees?|associates?|anyone|anybody)\b)|\b(?:shifts?|schedul\w+|rota"
            r"|roster) (?:conflicts?|clash\w*|overlaps?)\b|\bconflicts? in (?:the |our |my )?(?:schedule|rota|roster)\b"
        ),
        r"\b(?:appointments?|tables?|rooms?|promotions?|campaigns?)\b",
        (
            "I do not check a schedule for overlaps, hours of rest or rules. The shifts themselves, with who has "
            "each, are in “show the schedule for next week”, where shifts are recorded."
        ),
    ),
    (
        (
            r"\b(?:have|did|do|am|had) i (?:\w+ )?(?:process(?:ed|ing)?|r[aiu]ng(?:ing)?(?: up)?|serv(?:e|ed|ing)"
            r"|handl(?:e|ed|ing)|check(?:ed|ing)? out|scan(?:ned|ning)?|void(?:ed)?|refund(?:ed)?)\b"
        ),
        r"\bhow do i\b",
        (
            "I do not know which of the team you are at the till. The store's own are in “transactions yesterday”; by"
            " person, where staff sign in at the register, in “transactions by employee yesterday”."
        ),
    ),
    (
        (
            r"\b(?:this|last|my|our|each|every|per|by|the (?:morning|evening|night|day|late|early)|previous|next"
            r"|current)"
            r" (?:\w+ )?shifts?\b(?=.*\b(?:sales|sold|sell|revenue|transactions?|orders?|customers?|visitors?|traffic"
            r"|voids?|refunds?|discounts?|tips?|takings)\b)|\b(?:sales|sold|sell|revenue|transactions?|orders?|takings"
            r"|voids?|refunds?|discounts?|tips?)\b.*\b(?:in a|on a|this|last|my|our|each|every|per|by|during the"
            r"|on the|in the"
            r"|previous"
            r"|current)"
            r" (?:\w+ )?shifts?\b"
        ),
        r"\b(?:schedul\w+|hours worked|who|put|add|create|staff for|ready for|prepare|forecast)\b",
        (
            "When a shift began and ended is not held against the sales, so none can be told by shift. By hour they "
            "can: “net sales by hour yesterday”, or “net sales yesterday from 2pm to 9pm”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence; asked before the other tables."""
