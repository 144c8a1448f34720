"""What a question asks to be said about its figures: “and highlight anything unusual”, “identify the best month”.

Such a clause names no figure of its own. It is taken off, so that the rest is read as if it stood alone; what the
answer does not say by itself is named behind it. A clause that asks why, or for something to be done, stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEAD = r"(?:[.;?!:]+\s*|\s*,\s*)?(?:\s*\b(?:and|then|also|please|with|while)\b\s*)*"
_SAY = (
    r"\b(?:identify(?:ing)?|highlight(?:ing)?|flag(?:ging)?|point(?:ing)? out|call(?:ing)? out|spot|note|mention"
    r"|tell me(?: about)?|show(?: me)?|list|mark|indicate)"
)
_ALL = r"(?: (?:any|all|the|every|some|our|my|if there (?:is|are)|which|what|anything|are|is|was|were|key|main))*"
_END = r"\W*$"
_HIGH = r"(?:best|highest|strongest|top|peak|busiest|biggest|largest)"
_LOW = r"(?:worst|lowest|weakest|bottom|slowest|quietest|smallest)"
_SPAN = r"(?:months?|weeks?|days?|hours?|quarters?|stores?|departments?|categor(?:y|ies)|ones?|periods?|performers?)"
_ENDS = re.compile(
    rf"{_LEAD}{_SAY}{_ALL} (?:{_HIGH}|{_LOW})(?: {_SPAN})?(?: (?:and|&|or)(?: the)? (?:{_HIGH}|{_LOW}))?"
    rf"(?: (?P<span>{_SPAN}))?{_END}",
    re.IGNORECASE,
)
"""Answers of a split name its highest and its lowest."""
_ODD = re.compile(
    rf"{_LEAD}{_SAY}{_ALL} ?(?:anything |things? |items? )?(?:(?:that )?(?:is |are |looks? |seems? |stands? )*)?"
    r"(?:unusual|odd|strange|abnormal|outliers?|anomal(?:y|ies|ous)|out of (?:the ordinary|line|place)|stand(?:s|ing)? "
    rf"out|notable|noteworthy|remarkable|of note|surprising|concerning)(?: \w+)?{_END}",
    re.IGNORECASE,
)
_PATTERNS = re.compile(
    rf"{_LEAD}(?:{_SAY}|explain(?:ing)?|describe|discuss|interpret|comment on|look for|find){_ALL} (?:\w+"
    rf" )?(?:patterns?"
    rf"|trends?|seasonality|insights?|observations?|takeaways?|what (?:it|this|that) means)(?: (?:you (?:see"
    rf"|notice|find)"
    rf"|there|in (?:it|them)))?{_END}",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    rf"{_LEAD}(?:what|which (?:ones?|products?|items?)) (?:should|do|must) (?:i|we) (?:need to |have to"
    rf" )?(?:review|look at"
    rf"|check|pay attention to|watch|focus on|take away|conclude){_END}",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\b(?:sales|revenue|profits?|margins?|units?|hours|refunds?|returns?|transactions?|orders|customers|stock"
    r"|inventory"
    r"|labou?r|visitors|discounts?|traffic|footfall|conversion|baskets?|tickets?|average order value|aov|atv"
    r"|sold|trend\w*|potential|opportunit\w+|breakdown|report|summary|performance|payments?|waste|shrink"
    r"|under-?perform\w*|attention|weakest|worst|declin\w+|dropp\w+|falling|struggl\w+|dead|slow|down)\b",
    re.IGNORECASE,
)
"""What is left must be a question of figures."""
_WORDS = 3
ODD = "What is unusual among them I do not judge; at the tills I can: “any unusual transactions last week?”."
PATTERNS = (
    "Patterns are yours to read from the table: I explain a change between two periods, for example “why were sales up "
    "in August?”."
)
REVIEW = "What to look at first is another question: “what needs my attention?”."
_WEAK = re.compile(
    rf"{_LEAD}{_SAY}{_ALL} (?:(?:under|out|over|best|worst|poorly|well)[- ]?perform(?:ing|ers?)|weak|strong|problem)"
    rf"(?: (?:areas?|regions?|{_SPAN}|products?|items?|categor(?:y|ies)))?{_END}",
    re.IGNORECASE,
)
WEAK = (
    "Which of them falls short I do not judge from one figure: the lowest are named, and stores are held"
    " against their own "
    "norm in “which stores are underperforming and why?”."
)
_IT = (
    "(?:it|them|that|this|those|these|the (?:trend|decline|drop|fall|situation|problem)|(?:that|this) (?:trend|decline"
    "|drop|fall|problem))(?: around| back| up)?"
)
_FIX = "(?:fix|improve|turn|reverse|stop|recover|address|correct|solve|change|bring|get|counter|halt)"
_ACT = re.compile(
    r"(?:(?<=\w),? and (?:then )?|(?<=\w)[,;.?!:-]+ ?(?:(?:so|and|then) )*)(?:what (?:should|can|could|do|would|must)"
    r" (?:we|i) (?:do|change|fix)(?: (?:about|with|for) (?:it|them|that|this|those)| there)?|what to do(?:"
    r" (?:about|with) (?:it|them|that|this|those))?|what (?:do|would) you (?:recommend|suggest|advise)"
    r"|where should (?:we|i) (?:expand|invest|open)(?: next)?"
    r"|what(?:'s| is) (?:the|our) (?:turnaround|action|recovery|improvement) plan"
    rf"|(?:what(?:'s| is| are) )?(?:the |our )?(?:best |right |next |quickest )*(?:action|step|way|thing"
    rf"|move)s?(?: (?:for"
    rf" (?:me|us) )?to (?:take|do|{_FIX} {_IT})| forward)?(?: to {_FIX} {_IT})?"
    rf"|(?:what|how) (?:do|can|should|could|would|must) (?:we|i) (?:do )?(?:to )?(?:{_FIX} {_IT}|recover|catch up)"
    rf"|how to (?:{_FIX} {_IT}|recover|catch up)){_END}",
    re.IGNORECASE,
)
_PUSH = re.compile(
    r"(?<=\w),? (?:that|which) (?:we|i) should (?:push|promote|feature|focus on|get behind|stock up on"
    rf"|(?:order|buy) more of)(?: (?:harder|more|next|now))*{_END}",
    re.IGNORECASE,
)
ACT = (
    "What to do about it is not worked out from this: “what needs my attention?” has what stands out, and “why” behind"
    " one of these says what moved it."
)
_PURPOSE = re.compile(
    r"(?: \((?:store id|store|id)\))?,? (?:in order )?to (?:optimi[sz]e|improve|plan|help(?: with| plan)?|support"
    rf"|guide) (?:our |the |my )?(?:staffing|staff|labou?r)(?: (?:schedules?|levels?|plans?|planning|rotas?))?{_END}",
    re.IGNORECASE,
)
"""What the figures are wanted for."""
_SUM_UP = re.compile(
    rf"{_LEAD}(?:summari[sz]e|recap|sum up)(?: (?:it|them|this|these|those|the (?:results?|findings)|briefly"
    rf"|for me))+{_END}",
    re.IGNORECASE,
)
"""The answer is a summary."""
_CLAUSES = (
    (_SUM_UP, ""),
    (_PURPOSE, ""),
    (_ACT, ACT),
    (_PUSH, ACT),
    (_ENDS, ""),
    (_WEAK, WEAK),
    (_ODD, ODD),
    (_PATTERNS, PATTERNS),
    (_REVIEW, REVIEW),
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A question without such clauses, and the sentences that say what was left out with them."""

    text: str
    said: tuple[str, ...] = ()


def without_commentary(text: str) -> Plain:
    """The question without the clauses at its end that ask for words about its figures.

    >>> without_commentary("Staff hours last week and highlight anything unusual").text
    'Staff hours last week'
    """
    said: list[str] = []
    for _ in range(_WORDS):
        for clause, sentence in _CLAUSES:
            found = clause.search(text)
            rest = text[: found.start()].rstrip(" ,;:.") if found else ""
            if found and _FIGURE.search(rest) and len(rest.split()) > 1 and _told(found, rest):
                said += [sentence] if sentence else []
                text = rest
                break
        else:
            break
    return Plain(text, tuple(dict.fromkeys(reversed(said))))


def _told(clause: re.Match[str], rest: str) -> bool:
    """Whether the rest is told by what the best of is asked for: of “sales by month” the best month is."""
    span = clause.groupdict().get("span") or ""
    stem = re.sub(r"(?:ies|y|s)$", "", span.lower())
    return stem in rest.lower() or stem in ("one", "performer", "period")
