"""Idioms of days, weeks and months: weekdays of some weeks, the best month of each, where a span that runs will end.

They belong to the idioms (``idioms``) and are put into plain words with them, before anything is read.
"""

from __future__ import annotations

import itertools

from agent.conversation.planner.wording.words import WORD_NUMBERS

_GROUP = "(?:stores?|shops?|branch(?:es)?|departments?|categor(?:y|ies)|products?|items?|brands?)"
_PEOPLE = "(?:customers|households|shoppers|members|buyers|families|people)"
_WEEKDAY = "(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?"


_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def _stopped() -> tuple[tuple[str, str], ...]:
    """“Who stopped buying in October” as those who bought in the month before it and not in it."""
    stopped = "(?:that |who )?(?:stopped|quit) (?:buying|shopping|coming|visiting)(?: from us| here)? in"
    return tuple(
        (rf"(?:(?:which|what) )?{_PEOPLE} {stopped} {month}", f"customers who bought in {before} but not in {month}")
        for before, month in itertools.pairwise(_MONTHS)
    )


def _one_weekday() -> tuple[tuple[str, str], ...]:
    """“The last three Saturdays” as the Saturdays of the last 21 days, one by one; not where they are what is usual."""
    against = "".join(
        rf"(?<!\b{word} {lead})"
        for word in ("against", "than", "norm", "usual", "to", "with", "vs", "versus")
        for lead in ("", "the ", "on ", "on the ", "of the ", "our ")
    )
    rows = []
    for many in range(2, 13):
        said = "|".join([str(many), *(word for word, number in WORD_NUMBERS.items() if number == many)])
        over = f"over the last {7 * many} days"
        span = rf"(?:the |our )?(?:last|past|previous) (?:{said}) {_WEEKDAY}"
        rows.append((rf"{against}(?:(?:for|on|over|during|in|of) )?{span}", rf"by day on \g<day>days {over}"))
    return tuple(rows)


_NUMBERED = r"\d{1,2}(?:st|nd|rd|th)?"
_A_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_HOLIDAY = (
    "(?:halloween|thanksgiving|christmas(?: eve)?|easter|black friday|labor day|memorial day|mother's day|father's day"
    "|valentine's day|super bowl|the 4th of july|independence day)"
)
_FULL_MONTH = f"(?:{'|'.join(_MONTHS)})"
_HELD = r"(?P<held>vs\.?|versus|against|(?:compared? |held )?(?:to|with|against)|than|and)"
_RUNNING = (
    r"(?:(?:this|current) (?:week|month|quarter|year)(?:(?:,? (?:so far|to date))?)|so far (?:this|in the) "
    r"(?:week|month|quarter|year)|(?:week|month|quarter|year)[- ]to[- ]date|[wmqy]td)"
)
_EARLIER = r"(?:last|previous|prior) (?:week|month|quarter|year)"
_AT_THE_SAME = r"(?:the |this )?same (?:point|time|date|stage|day)"
_UP_TO = "(?:as (?:of|at)|at|on|by|to|up to|through|until)"
_NOW = "(?:today|now|right now|this (?:morning|afternoon|evening)|the moment)"
_SPAN = (
    r"(?:(?:the |our )?(?:last|past|previous|prior|this|current|latest|trailing|most recent)(?: full)?"
    rf"(?: (?:\d{{1,3}}|{'|'.join(WORD_NUMBERS)}))?(?: full)? (?:days?|weeks?|months?|quarters?|years?|weekends?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: of (?:the |our )?data)?|yesterday|q[1-4](?: 20\d\d)?"
    r"|(?:the )?(?:day|week|month|quarter) before(?: (?:that|last))?)"
)
SPAN_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"(?P<year>20\d\d)[- ]?q(?P<quarter>[1-4])", r"Q\g<quarter> \g<year>"),
    (r"(?:been )?trend(?:ed|ing) (?P<step>day|week|month|quarter)[- ](?:over|on|by|to)[- ](?P=step)", r"by \g<step>"),
    (r"q(?P<quarter>[1-4])[-/](?P<year>20\d\d)", r"Q\g<quarter> \g<year>"),
    # --- a span that runs, said to run until now, against as much of an earlier one
    (rf"as (?:of|at) {_NOW},?(?= [^.?!;]*\b{_RUNNING}\b)", ""),
    (rf"(?P<span>{_RUNNING}\b[^.?!;]*?),? (?:as (?:of|at)|up to|until|through) {_NOW}", r"\g<span>"),
    (
        (
            rf"(?P<span>{_RUNNING}\b[^.?!;]*? (?:and|to|vs\.?|versus|with|against|than|from|on) (?:(?:the )?same"
            rf" (?:week|month"
            rf"|quarter) )?{_EARLIER}),?(?: {_UP_TO})? {_AT_THE_SAME}"
            rf"(?: (?:as|of|in) (?:{_NOW}|(?:the|that|this|last) (?:week|month|quarter|year)))?"
        ),
        r"\g<span>",
    ),
    (
        (
            rf"(?P<span>{_RUNNING}\b[^.?!;]*? (?:and|to|vs\.?|versus|with|against|than|from|on) )(?:{_UP_TO} )?"
            rf"{_AT_THE_SAME}(?: (?:of|in|during))? (?P<other>{_EARLIER})"
        ),
        r"\g<span>\g<other>",
    ),
    (rf"(?:at )?(?:the |this )?same (?:point|stage)(?: (?:of|in|during))? (?P<other>{_EARLIER})", r"\g<other>"),
    # --- as much of another month as there is of the one that runs
    (
        (
            rf"(?P<now>(?P<own>{_FULL_MONTH})(?: so far| to date)|this month(?: so far| to date)?|month to date|mtd)"
            rf" {_HELD} (?P<other>{_FULL_MONTH}) (?:so far|to date)"
        ),
        r"\g<now> \g<held> the same days of \g<other>",
    ),
    (
        rf"(?:the )?same (?:part|stretch|portion|period|point|time|days|dates) (?:of|in) (?P<other>{_FULL_MONTH})",
        r"the same days of \g<other>",
    ),
    *(
        (
            (
                rf"(?P<one>(?:the )?{one} half) of (?P<month>{_FULL_MONTH}) {_HELD} (?:the )?{two}(?: half| one)?"
                r"(?! half| of|[\w-])"
            ),
            rf"\g<one> of \g<month> \g<held> {two} half of \g<month>",
        )
        for one, two in (("first", "second"), ("second", "first"))
    ),
    (
        (
            rf"(?P<now>last (?:week|month|quarter)|yesterday|{_FULL_MONTH}) and (?P<then>the (?:day|week|month|quarter)"
            r" (?:before|prior))(?: (?:that|it))?(?! \w+day| last|[^,;?]*\band\b)"
        ),
        r"\g<now> vs \g<then>",
    ),
    (r"calendar (?P<unit>weeks?|months?|quarters?)(?! of)", r"\g<unit>"),
    # --- as many weeks again
    (
        (
            r"(?P<now>(?:last|past|previous) (?P<many>\d{1,3}|two|three|four|five|six|seven|eight|ten|twelve)"
            r" (?P<unit>days|weeks|months))(?P<between>[^,;?]{0,40}?) "
            rf"{_HELD} (?:the )?(?P=many) (?P=unit) (?:before|earlier)(?: (?:that|it|them|those))?"
        ),
        r"\g<now>\g<between> \g<held> the period before",
    ),
    (
        rf"(?P<against>vs\.?|versus|against|than|from|compared (?:to|with)) this time (?P<other>{_EARLIER})",
        r"\g<against> \g<other>",
    ),
    (
        (r"(?P<step>month|week|quarter|year)[- ](?:over|on)[- ](?:month|week|quarter|year) \((?:mom|wow|qoq|yoy)\)"),
        r"\g<step> over \g<step>",
    ),
    # --- one span said twice: its dates in brackets behind it are those that are meant, a month in them is the same one
    (
        (
            rf"{_SPAN} \((?=[^)]*(?<![\d.])\d{{1,2}}(?!\d))"
            rf"(?P<dates>(?:(?:{_A_MONTH}|to|through|of|from|[\d/,.–-]+)[ ]?)+)\)"
        ),
        r"\g<dates>",
    ),
    (rf"(?P<span>{_SPAN}) \((?:{_A_MONTH}(?: ?(?:to|through|–|-) ?{_A_MONTH})?(?: 20\d\d)?|20\d\d)\)", r"\g<span>"),
    # --- one day said twice
    (
        (
            rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?(?P<date>{_NUMBERED}(?: of)? {_A_MONTH}\b"
            rf"(?:,? \d{{4}})?|{_A_MONTH}\.? {_NUMBERED}(?:,? \d{{4}})?)"
        ),
        r"\g<date>",
    ),
    (
        rf"(?P<against>vs\.?|versus|compared (?:to|with)|against|than) last (?P<holiday>{_HOLIDAY})",
        r"\g<against> \g<holiday> last year",
    ),
    # --- the best of a span that runs
    (
        (
            r"(?P<end>(?:top|best|worst|bottom|busiest|slowest|quietest|highest|lowest|biggest)"
            r"(?: (?:\d{1,2}|three|five|ten))? (?:days?|weeks?|months?)) (?:of|in) (?:the |this )"
            r"(?P<span>month|quarter|year)(?: so far)?(?! (?:of|before))"
        ),
        r"\g<end> this \g<span>",
    ),
    *_one_weekday(),
    # --- each of the weekdays of a span; without a span, or where something is to be sent, it may be a schedule
    (
        (
            r"^(?P<before>(?!.*\b(?:send|e-?mail|text|notify|remind|post|forward|alert)\b).*?)"
            r"\b(?:(?:from|for|on|in|over) )?(?:every|each)(?: single)? "
            r"(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend)s?"
            r" (?P<span>(?:(?:in|of|since|during|over|for|from|between) (?:the )?)?(?:(?:last|past|this|previous)\b"
            rf"|{_A_MONTH}\b|q[1-4]\b|20\d\d\b|(?:year|quarter|month)\b))"
        ),
        r"\g<before>on \g<day>s by day \g<span>",
    ),
    *_stopped(),
    # --- the best of each
    (
        (
            r"(?P<span>months?|weeks?) with (?:the )?(?:highest|most|best|biggest|largest) (?:net )?(?:sales|revenue)"
            rf" (?:per|by|of|in|for|for each|in each|of each|for every) (?P<of>{_GROUP})"
        ),
        r"top \g<span> of each \g<of>, all time",
    ),
    (
        rf"best (?P<span>month|week) (?:for|of|in|per) (?:each|every) (?P<of>{_GROUP})",
        r"top \g<span> of each \g<of>, all time",
    ),
    (
        (
            r"(?P<best>(?:best|top)[ -]sell(?:ing|er)|top|most popular) (?P<what>product|item|category|brand"
            r"|department) (?:each|every|per|for each|for every|by) (?P<span>month|week)"
        ),
        r"\g<best> \g<what> of each \g<span>",
    ),
    # --- where a span that is not over will end
    (
        (
            r"(?:are we|is (?:the store|it)|will we)(?: be)?"
            r"(?: (?:on (?:track|pace|course|target)|going) to)? (?:beat|match|exceed|top|pass|surpass|outperform"
            r"|do better than) last (?P<unit>week|month|quarter|year)(?:'s (?:sales|numbers|figures|total))?"
            r"(?: in sales)?"
        ),
        r"what will sales be this \g<unit>? what were sales last \g<unit>",
    ),
    (
        r"(?:sales |our |the )*run[- ]rate (?:for|in|of) (?P<when>this \w+|(?:the )?(?:month|quarter|year)|[a-z]+)",
        r"sales forecast for \g<when>",
    ),
)
