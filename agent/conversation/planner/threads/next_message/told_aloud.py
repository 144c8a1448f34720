"""Next to figures: “give me one reason”, “and one good thing”, “not the weather again”, “who beat us”, “by how much”.

What is asked is to be told to somebody: why it moved, what moved the right way, how far apart the stores are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import SUMMARY, Plan
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, FIGURES, moved, split_of, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.why import EXPLAIN, explanation_of
from agent.conversation.surroundings import Surroundings

_SAY_IT = (
    r"(?: (?:i|we) can (?:actually |really )?(?:say|tell|give|use|mention|bring|share)\b.{0,25}"
    r"| to (?:say|tell|give|report|mention|share|bring)\b.{0,25}"
    r"| (?:out loud|for (?:that|it|this)|why|behind (?:it|that)))*"
)
_ASK = (
    rf"{LEAD}(?:(?:just )?(?:give|tell|show)(?: me)?|i(?:'d)? (?:just )?(?:need|want|like)|(?:what(?:'s|s| is| was)|is"
    r" there|(?:do|did) we have|have we got|got)|name)? ?"
)
_REASON = re.compile(
    rf"{_ASK}(?:just )?(?:one |an? |the |some |any |main |real |good |single |simple |biggest |short )*"
    rf"(?:reasons?|explanation|cause){_SAY_IT}\W*$"
)
_THINGS = r"(?:things?|news|points?|notes?|stories|story|numbers?|figures?|spots?|side|signs?|part)"
_MOVED = re.compile(
    rf"{_ASK}(?:one |an? |the |some |any |at least |just )*(?:"
    rf"(?P<up>(?:good|bright|positive|happy|great) {_THINGS}|(?:some|any)thing (?:good|positive|nice)|wins?|highlights?"
    r"|positives?|upsides?|upside)"
    rf"|(?P<down>(?:bad|negative|weak|sore) {_THINGS}|(?:some|any)thing (?:bad|negative)|lowlights?|negatives?"
    rf"|downsides?)){_SAY_IT}\W*$"
    rf"|{LEAD}what(?:'s|s| did| has| is)? (?:went|go|gone|going|worked|work|doing) (?:(?P<well>well|right|good)"
    r"|(?P<wrong>wrong|badly|bad|poorly))\W*$"
)
_NO_WEATHER = re.compile(
    rf"{LEAD}(?:please )?(?:(?:don'?t|do not|dont you|no)(?: (?:tell|say|give|blame|start|bother|use))*(?: me| us)?"
    r"(?: (?:that|it'?s|it is|its|on|with|about|because of))* |(?:and |but )?(?:not|it'?s not|it wasn'?t|cant be|can'?t"
    r" be|besides|other than|apart from|aside from|without(?: blaming)?|except) )(?:just )?the weather"
    r"(?: (?:again|this time|thing|excuse|please|then|one))*\W*$"
)
_APART = re.compile(
    rf"{LEAD}(?:(?:by how (?:much|far|many)|how (?:much|far) (?:ahead|behind|apart|off|more|less))(?: (?:are|is|were"
    r"|was|did) (?:we|they|it|that)(?: (?:ahead|behind|apart|beat (?:us|them)))?)?|(?:how (?:big|large) is|what(?:'s|s"
    r"| is)) the (?:gap|lead|difference)|who (?:beat|beats|is beating|outsold|passed|topped) (?:us|me|them)"
    r"|who(?:'s|s| is| was) (?:ahead|in front)(?: of (?:us|me))?"
    r"|how (?:much|many)(?: more)? (?:do|would|did) (?:we|i) (?:still )?(?:need|have)(?: to (?:do|sell|make))?"
    r"(?: more)? to (?:catch|beat|pass|overtake|match|outsell|reach|get ahead of|catch up (?:with|to))"
    r" (?:them|him|her|it|up|that)(?: (?:by|before|until) .{3,20})?)\W*$"
)
NOT_THE_WEATHER = "The weather is none of these parts."
GAP = (
    "Each store is told with its own figure, so how far they are apart, and what is lacking to the next, is their"
    " difference."
)
ONE_STORE = "You see one store, so there is none to hold it against."
_STORES_LEFT_OUT = ("stores", "top", "order")


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such words mean behind figures or their explanation; None for every other message."""
    last = previous[-1]
    if len(previous) > 1 or last.name not in (*FIGURES, EXPLAIN):
        return None
    if _REASON.match(plain):
        return _explained(last)
    if _NO_WEATHER.match(plain):
        told = _explained(last)
        return told if told is None else replace(told, text=NOT_THE_WEATHER)
    if (found := _MOVED.match(plain)) is not None:
        return _that_moved(last, up=bool(found["up"] or found["well"]))
    return _apart(last, around) if _APART.match(plain) and split_of(last) == "store" else None


def _explained(last: Call) -> Plan | None:
    """Why the figures moved, in parts; the same again where that is what stands above."""
    if last.name == EXPLAIN:
        return Plan(((EXPLAIN, dict(last.args)),), leans=True)
    args = None if "where" in last.args else explanation_of(last.name, {"period": usual_days(last), **last.args})
    return None if args is None else Plan(((EXPLAIN, args),), leans=True)


def _that_moved(last: Call, *, up: bool) -> Plan:
    """What moved most the one way: departments, or the goods of the one in question."""
    by = "product" if {"department", "product"} & set(last.args) else "department"
    told = replace(last, args={key: value for key, value in last.args.items() if key not in ("top", "limit", "by")})
    return replace(moved(told, by, down=not up, up=up), leans=True)


def _apart(last: Call, around: Surroundings) -> Plan:
    """Each store's figure once more, with what it means for the distance."""
    if len(around.stores) == 1:
        return Plan(text=ONE_STORE)
    args: dict[str, Any] = {key: value for key, value in last.args.items() if key not in _STORES_LEFT_OUT}
    args["period"] = usual_days(last)
    plain = last.name == SUMMARY and "where" not in args
    return Plan(((SUMMARY if plain else BREAKDOWN, args),), GAP, leans=True)
