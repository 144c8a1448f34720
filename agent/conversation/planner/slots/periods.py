"""Phrases of time. They are recognised here and resolved to dates by the tools, never by the planner."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.conversation.planner.reading import Reading

MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    "|aug|sept?|oct|nov|dec)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)"
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty|ninety)"
_UNIT = r"(?:days?|weeks?|months?|quarters?|years?|weekends?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s*(?:19|20)\d{2})?"
_DATE = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|(?:the )?{_DAY} (?:of )?{MONTH}\b{_YEAR}"
    rf"|{MONTH} (?:the )?{_DAY}\b{_YEAR})"
)
_POINT = rf"(?:{_DATE}|(?:last |this )?{_WEEKDAY}|yesterday|today|(?:the )?{_DAY}|{MONTH}(?: \d{{4}})?)"

_HOURS = rf"\d{{1,2}} and \d{{1,2}}(?![\w/]|(?: of)? {MONTH})"
"""Two bare numbers of a clock: “between 4 and 6” names no days."""
HOLIDAY = (
    r"(?:(?:new year'?s?(?: (?:day|eve))?|mlk day|martin luther king(?: jr\.?)?(?: day)?|valentine'?s?(?: day)?"
    r"|presidents?'?s? day|(?:st\.?|saint) patrick'?s?(?: day)?|good friday|easter(?: (?:sunday|monday))?"
    "|cinco de mayo|mother'?s'? day|memorial day|father'?s'? day|juneteenth|(?:the )?(?:4th|fourth) of july"
    "|independence day|labou?r day|columbus day|halloween|veteran'?s'? day|thanksgiving(?: day)?|black friday"
    "|cyber monday|christmas(?: (?:eve|day))?|xmas)(?: (?:weekend|week))?)"
)
"""A holiday that a period may be named by."""
_SEASON = r"(?:spring|summer|autumn|fall|winter)(?:time)?"
_ALONE = r"(?:spring|summer|autumn|winter)(?:time)?"
_ENDS = r"(?= *[?.!,;'’]| *$| (?:vs\.?|versus|and|or|against|than|compared|by|at|in|for|with|from|so far)\b)"
"""A season ends here: “summer sausage” is none."""
_NO_LENGTH = r"(?<!days )(?<!weeks )(?<!months )(?<!hours )(?<!(?<!by )month )(?<!(?<!by )hour )(?<!and )(?<!vs )"
"""“Two days after Halloween” is one day, and “before and after” are two spans."""
_WHICH_YEAR = r"(?:,? (?:of |in )?(?:(?:19|20)\d{2}|last year|this year))?"
_QUARTER = r"(?:q[1-4]|(?:first|second|third|fourth) quarter)"
_PHRASES = (
    rf"(?:(?:in|during|for|of|since) )?(?:{MONTH}|{_QUARTER}|h[12]),? (?:of |in )?(?:last|this) year\b",
    (
        rf"(?:(?:in|during|for|of|since) )?(?:last|this) (?:year'?s?,? (?:in )?(?:{MONTH}|{_QUARTER})\b(?! \d{{1,2}}\b)"
        rf"|{_QUARTER}\b|{MONTH}\b(?! \d{{1,2}}\b))(?! (?:(?:19|20)\d{{2}}|(?:so far|to date))\b)"
    ),
    (
        r"(?:the )?(?:first|second|third|fourth|fifth|last|final|1st|2nd|3rd|4th|5th)"
        rf" (?:{_WEEKDAY}|weekend) (?:of|in) (?:{MONTH}\b{_YEAR}|(?:the|this|last) month\b)"
    ),
    rf"(?:the )?weekend of {_DATE}",
    rf"(?<!by )(?:the )?(?:day|week) (?:before|after) (?:{_DATE}|{HOLIDAY}{_WHICH_YEAR}(?!'))",
    rf"{MONTH}\b (?:so far|to date)",
    rf"{_DATE},? (?:to date|onwards?|and (?:after|later))",
    (
        rf"(?:up to|(?:up )?until|till|through|thru|{_NO_LENGTH}(?:before|after)) (?:the )?(?:end of )?"
        rf"(?:{_DATE}|{HOLIDAY}{_WHICH_YEAR}(?!')|{MONTH}\b(?! \d{{1,2}}\b){_YEAR})(?! and after)"
    ),
    rf"(?:the )?week (?:of|beginning|starting|commencing|from)(?: on)? {_DATE}",
    rf"since {HOLIDAY}{_WHICH_YEAR}(?!')",
    rf"(?:(?:the )?week (?:of|with|around|before) |(?:the )?day before )?{HOLIDAY}{_WHICH_YEAR}(?!')",
    (
        "(?:the )?(?:first|second|third|fourth|fifth|last|final|1st|2nd|3rd|4th|5th) (?:week|half) (?:of"
        rf"|in) {MONTH}\b{_YEAR}"
    ),
    rf"(?:retail|fiscal|nrf|4-5-4) {MONTH}\b(?: (?:of |in )?(?:19|20)\d{{2}})?",
    r"(?:of )?all[- ]time|since (?:the )?(?:beginning|start)(?: of (?:the )?data\b|(?! of\b))",
    r"ever(?= *$| (?:by|at|in|for)\b)",
    r"(?:the )?week end(?:ing|ed)(?: on)? (?:the )?(?:" + _DATE + r"|" + _WEEKDAY + r")",
    (
        rf"(?:(?:from|for|on|over|during) )?{_WEEKDAY}(?: (?:to|through|thru) | ?[-–] ?){_WEEKDAY}"
        r"(?: (?:of )?(?:this|last) week)?"
    ),
    r"(?:the )?(?:first|second) half of (?:the |this |last )?year(?: (?:19|20)\d{2})?|h[12](?: (?:19|20)\d{2})?",
    r"last (?:full|whole|complete) (?:week|month|quarter)",
    rf"(?:from )?{MONTH} (?:through|thru|to|until|till|-) {MONTH}\b{_YEAR}",
    rf"between (?!{_HOURS}){_POINT} and {_POINT}",
    rf"from {_POINT} (?:to|until|till|through|-) {_POINT}",
    rf"{_DATE} ?(?:to|until|through|-) ?{_DATE}",
    rf"(?:the )?{_DAY} ?(?:-|to|through|until|and) ?(?:the )?{_DAY} (?:of )?{MONTH}\b{_YEAR}",
    rf"{MONTH} {_DAY} ?(?:-|to|through|until|and) ?{_DAY}\b{_YEAR}",
    rf"since (?:{_POINT}|(?:the )?(?:start|beginning) of (?:the|this|last) (?:week|month|quarter|year))",
    rf"{_WEEKDAY},? {_DATE}",
    r"(?:the )?day before yesterday",
    r"so far (?:today|this (?:week|month|quarter|year))",
    r"(?:today|this (?:week|month|quarter|year)) so far",
    r"(?:the )?(?<!last )(?<!\d )(?:week|month|quarter|year) so far(?! (?:this|in|of)\b)",
    r"so far (?:in |for |over )?(?:the|this) (?:week|month|quarter|year)\b(?! (?:before|of)\b)",
    r"yesterday(?: (?:morning|afternoon|evening|night))?",
    r"today|this morning|this afternoon|this evening|tonight|right now",
    rf"(?:the )?same days of (?:{MONTH}|last month|the month before)\b",
    (
        "(?!(?:on )?(?:the )?same time(?! (?:of |the |in |a )*(?:last|previous|prior|before|week|month|quarter|year|ago"
        "|yesterday|today)))(?:the |on the )?same (?:day|weekday|date|time|week|month|quarter|period|hours?|days)(?: "
        "(?:of |the |in |a )*(?:last|previous|prior|before|week|month|quarter|year|ago)+)*"
    ),
    r"(?:the |a |our )?(?:usual|normal|norm|(?:four|4)[- ]week (?:norm|average|avg|mean))",
    rf"(?:the |a )?{_WEEKDAY} (?:before(?: last)?|of last week|last week|a week ago)",
    rf"(?:{_NUMBER}|an?) {_UNIT} (?:ago|earlier)(?: today)?",
    (
        rf"(?:the |in the |over the |for the )?(?:last|past|previous|prior|trailing|latest) {_NUMBER} (?:full "
        rf"|whole )?{_UNIT}"
    ),
    r"(?:the )?(?:week|month|quarter|year|weekend) before last",
    rf"(?:(?:in|during|over|for|since|of) (?:the )?|the |our )?(?:last |this ){_SEASON}{_ENDS}(?: so far)?",
    (
        rf"(?:(?:in|during|over|for|since|of) (?:the )?|the )?{_SEASON}"
        r" (?:of )?(?:(?:19|20)\d{2}(?:[/-]\d{2,4})?|last year|this year)"
    ),
    rf"(?:in|during|over|for|since) (?:the )?{_SEASON}{_ENDS}",
    rf"{_ALONE}(?= (?:vs\.?|versus|against|compared)\b)|(?<=compare ){_ALONE}(?= (?:to|with|and) {_ALONE}\b)",
    rf"(?:(?<=[grn] to )|(?<=[grn] and )|(?<=[grn] with )|(?<=vs )|(?<=versus )|(?<=against )){_ALONE}{_ENDS}",
    r"(?<!by )(?:the )?(?:day|week|month|quarter|year|weekend|period) (?:before|prior|earlier)(?: that)?",
    r"(?:the )?(?:previous|preceding|prior) (?:period|one)",
    (
        "(?:the )?(?:last|past|previous|prior|this|current|next|coming) (?:full )?(?:day|week|fortnight|month|quarter"
        rf"|year|weekend|{_WEEKDAY})(?: (?:morning|afternoon|evening))?"
    ),
    r"(?:the )?(?:week|month|quarter|year)[- ]to[- ]date",
    r"\b(?:wtd|mtd|qtd|ytd)\b",
    (
        "(?:(?:this|last|current) )?(?:retail|fiscal|4-5-4|nrf) (?:week|wk|month|period|quarter|year"
        r"|q)(?: ?\d{1,2}\b)?(?: (?:of |in )?(?:19|20)\d{2})?"
    ),
    r"p ?(?:1[0-2]|[1-9])\b(?: (?:of |in )?(?:19|20)\d{2})?|fy ?(?:19|20)\d{2}",
    r"week (?:number |no\.? ?)?\d{1,2}\b(?: (?:of |in )?(?:19|20)\d{2})?",
    rf"{_QUARTER}\b(?: (?:of )?(?:19|20)\d{{2}})?",
    _DATE,
    rf"(?:in |during |for |of |since )(?:last |this )?{MONTH}\b(?! {_DAY}(?!\d))(?: (?:19|20)\d{{2}})?",
    rf"{MONTH} (?:19|20)\d{{2}}",
    rf"last {MONTH}\b",
    r"(?:january|february|april|june|july|august|september|october|november|december)",
    r"(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)(?= (?:vs\.?|versus|and|against|sales|revenue|by|compared)\b| *$)",
    r"(?:the )\d{1,2}(?:st|nd|rd|th)(?= *$| (?:at|in|by|vs)\b)",
    rf"(?:on |for |this |the )?(?:{_WEEKDAY})\b",
    r"(?:the |over the |on the )weekend",
    r"(?:in|for|during) (?:(?:the )?year )?(?:19|20)\d{2}",
)
_PERIOD = re.compile(r"(?<![\w$#-])(?:" + "|".join(f"(?:{phrase})" for phrase in _PHRASES) + r")(?![\w%])")
_LEAD = re.compile(r"^(?:in|on|for|during|of|over|from(?= the)|the)\s+")
SHORTHANDS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"\b(?:yoy|year[- ](?:over|on)[- ]year)\b"), "year to date", "last year"),
    (
        re.compile(r"\b(?:qoq|quarter[- ](?:over|on)[- ]quarter|(?<!from )quarter to quarter)\b"),
        "last quarter",
        "the quarter before",
    ),
    (
        re.compile(r"\b(?:mom|month[- ](?:over|on)[- ]month|(?<!from )month to month)\b"),
        "last month",
        "the month before",
    ),
    (re.compile(r"\b(?:wow|week[- ](?:over|on)[- ]week|(?<!from )week to week)\b"), "last week", "the week before"),
    (re.compile(r"\b(?:dod|day[- ](?:over|on)[- ]day|(?<!from )day to day)\b"), "yesterday", "the day before"),
)
"""Two periods in one word: how it is said, the later one, and the one it is held against."""
_FUTURE = re.compile(
    r"\b(?:next|coming|upcoming) (?:\w+ )?(?:day|week|month|quarter|year|weekend|days|weeks|months|\w+day)\b"
    r"|\btomorrow\b"
)


@dataclass(frozen=True, slots=True)
class PeriodPhrase:
    """A phrase of time and where it stood."""

    phrase: str
    start: int
    end: int


def periods(reading: Reading) -> list[PeriodPhrase]:
    """Every phrase of time, left to right; they stay in the reading."""
    return [_phrase(match) for match in _PERIOD.finditer(reading.text)]


def take_periods(reading: Reading) -> list[PeriodPhrase]:
    """Every phrase of time, left to right, taken out."""
    found = periods(reading)
    for phrase in found:
        reading.blank(phrase.start, phrase.end)
    return found


def names_the_future(text: str) -> bool:
    """Whether the question is about days that have not been."""
    return bool(_FUTURE.search(text))


def _phrase(match: re.Match[str]) -> PeriodPhrase:
    text = match.group(0)
    while (shorter := _LEAD.sub("", text)) != text:
        text = shorter
    return PeriodPhrase(text, match.start(), match.end())
