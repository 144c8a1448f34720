"""What a word of the answers means: “what do you mean by active customer?”, “void or refund, what's the difference?”.

Metrics are explained by their definitions, every other word by the glossary of the tools; a word that neither knows is
left to the other topics, so that “what is out of stock?” stays a question for a list.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.meanings import has_meaning

ABOUT = "about_figures"
_SOMETHING = (
    "(?:something|anything|an? (?:product|item|customer|sku|store|sale|line)|products|items|customers|goods|stock|it)"
)
_HERE = (
    "(?: (?:for|to) (?:you|us|me)| here| in (?:your|these|the) (?:answers|lists|reports|data)| exactly| mean| means)*"
)
_ASKS = tuple(
    re.compile(rf"^\W*(?:and |so |but |ok )*{form}{_HERE}\W*$")
    for form in (
        r"(?:what|how) do you (?:mean|understand) (?:by|with|under) (?P<what>.+?)",
        r"what (?:does|do) (?P<what>.+?) (?:mean|stand for)",
        r"what (?:is|are) meant by (?P<what>.+?)",
        r"(?:what(?:'s| is| are)|give me|tell me) (?:the |your )?(?:definition|meaning) of (?P<what>.+?)",
        r"(?:define|explain (?:the (?:word|term) )?) ?(?P<what>.+?)",
        r"what(?:'s| is) an? (?P<what>.+?)",
        r"what counts as (?P<what>.+?)",
        r"(?:is|are) (?:your |the |our )?(?P<what>.+? (?:the )?same (?:thing )?(?:as|like) .+?)",
        (
            r"why (?:is|are|can|could) (?:the |our |my )?(?P<what>\w+(?: rate)?) (?:be )?(?:over|above|more than|below"
            "|under) (?:100 ?%|100 percent|zero|0)"
        ),
        (
            "(?:when|how) do you (?:say|decide|define|determine|know|tell|work out|judge|call)(?: (?:that|when|if"
            rf"|whether))? {_SOMETHING} (?:is|are|counts? as)? ?(?P<what>.+?)"
        ),
        (
            r"how do you (?:decide|define|determine|work out|calculate) (?:what(?:'s| is| are|ever)? |which \w+ (?:is"
            "|are) )?(?P<what>.+?)"
        ),
        rf"when (?:is|are) {_SOMETHING} (?P<what>.+?)",
        (
            "how (?:is|are) (?P<what>.+?) (?:defined|decided|worked out|calculated|determined|measured|computed"
            "|counted|figured out)"
        ),
        r"(?:what(?:'s| is)|tell me|explain) (?:the )?difference between (?P<what>.+?)",
        r"what(?:'s| is) (?P<what>.+? (?:vs\.?|versus|or) .+?)",
        r"(?P<what>.+? (?:vs\.?|versus|or|and) .+?)[,:;]? what(?:'s| is) the difference",
        r"how (?:is|are|does|do) (?P<what>.+? (?:different|differ) from .+?)",
    )
)
_SAME = re.compile(r"(?P<a>.+?) (?:the )?same (?:thing )?(?:as|like) (?P<b>.+)")
_OPENS_WEEK = re.compile(
    r"\bweeks?\b['\"]?(?: \w+){0,3} (?:start|begin|run|end)s?\b|\b(?:start|begin|first day|end|last day)s? of (?:the "
    r"|your |a )?week\b|\bweek (?:is|are) (?:mon|sun)day\b"
)
_WEEKDAYS = re.compile(r"\b(?:sun|mon|satur)day\b|\bwhat day\b|\bwhich day\b|\bwhen\b")
_ZONE = re.compile(
    r"\btime ?zones?\b.*\b(?:days?|figures|numbers|reports?|data|midnight|times|hours)\b|\bwhen does (?:a|the"
    r"|your) (?:business )?day (?:start|begin|end|close)\b|\bwhose midnight\b"
)
_WHICH_DAY = re.compile(
    r"\b(?:returns?|refunds?|returned|refunded)\b.*\b(?:day|date)s? of (?:the |a )?(?:original )?(?:sale|purchase"
    r"|return|refund)\b|\b(?:which|what) (?:day|date) (?:do|does|is|are) (?:a |the )?(?:returns?|refunds?) (?:count\w*"
    r"|taken off|booked|deducted|shown)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call for a question what a word means; None for every other."""
    whole = Reading.of(text).text.strip()
    if _WHICH_DAY.search(whole):
        return _term("refund")
    if (
        _OPENS_WEEK.search(whole)
        and _WEEKDAYS.search(whole)
        and not re.search(r"\b(?:sales|sold|store|shift)\b", whole)
    ):
        return _term("week")
    if _ZONE.search(whole):
        return _term("time zone")
    for asks in _ASKS:
        found = asks.match(whole)
        if found is None:
            continue
        what = re.sub(r"\b(?:different|differ) from\b", "and", found["what"]).strip(" \"'?.,")
        if (same := _SAME.fullmatch(what)) is not None:
            # Two words for one figure, or the figure one of them is: its definition says it.
            what = same["b"] if take_metrics(Reading(f" {same['b']} ")) else same["a"]
        if has_meaning(what):
            return _term(what)
        if two := _two_figures(what):
            return two
        if len(what.split()) <= 6 and (metrics := take_metrics(Reading(f" {what} "))) and _nothing_else(what):
            return Plan(((ABOUT, {"metric": metrics[0]}),))
    return None


def _two_figures(what: str) -> Plan | None:
    """The definitions of two metrics that are to be told apart, or of one and a word of the trade (margin, markup)."""
    sides = re.split(r" (?:and|or|vs\.?|versus) ", what)
    found = [_meant(side) for side in sides]
    if len(sides) != 2 or not all(found) or found[0] == found[1]:
        return None
    return Plan(tuple((ABOUT, one) for one in found))


def _meant(side: str) -> dict[str, str]:
    """The metric or the word of the trade that one of two is; empty where it is neither."""
    metrics = take_metrics(Reading(f" {side} "))
    if len(metrics) == 1 and _nothing_else(side):
        return {"metric": metrics[0]}
    return {"term": side} if has_meaning(side) else {}


def _nothing_else(what: str) -> bool:
    """Whether the words are a metric's alone and name no period, store or goods beside it."""
    reading = Reading(f" {what} ")
    take_metrics(reading)
    return not re.sub(r"\b(?:the|a|an|our|your|my|rate|%|percent|per cent|here|figure|number)\b|\W", "", reading.text)


def _term(word: str) -> Plan:
    return Plan(((ABOUT, {"term": word}),))
