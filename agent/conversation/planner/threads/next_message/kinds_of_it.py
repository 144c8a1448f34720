"""“Red or white”, “and sparkling”, “just the frozen” behind wine or fish: kinds of those goods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

KIND = (
    r"(?:red|white|ros[eé]|sparkling|dry|sweet|organic|diet|skim|whole|low[- ]fat|fat[- ]free|decaf|salted|unsalted"
    r"|gluten[- ]free|vegan|fresh|frozen|canned|sliced|boneless|ground|smoked|craft|domestic|imported|greek"
    r"|plain|regular|brown|sugar[- ]free)"
)
_KINDS = re.compile(
    rf"{LEAD}(?:(?:what|how) about |just |only |is it |mostly |mainly |which (?:sells|sold|does) (?:more|better"
    rf"|best),? )*(?:the )?"
    rf"(?P<a>{KIND})(?: (?:ones?|kinds?|stuff|types?))?(?:(?:,? (?:or|vs\.?|versus|and|&)|/"
    rf"| /) ?(?:the )?(?P<b>{KIND})"
    r"(?: (?:ones?|kinds?|stuff))?)?(?: (?:mostly|mainly|more|too|only|alone|then|as well))*\W*$"
)
_ONE_KIND = re.compile(rf"^(?:{KIND} )+")
_GOODS = ("product", "department")


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call before of those kinds of its goods; None for every other message, and where it names no goods."""
    found, last = _KINDS.match(plain), previous[0]
    spec = catalogue().get(last.name)
    base = goods_of(last)
    same = all(one.name == last.name and goods_of(one) == base for one in previous)
    if found is None or spec is None or spec.proposes or base is None or not same:
        return None
    key, goods = base
    kinds = [f"{one} {goods}" for one in (found["a"], found["b"]) if one]
    if any(re.search(rf"\b{one}\b", goods) for one in (found["a"], found["b"]) if one):
        return None
    return Plan(tuple((last.name, _of(last.args, key, kind)) for kind in kinds))


def goods_of(last: Call) -> tuple[str, str] | None:
    """The goods that a call was of, by the word for all their kinds; None where it was of none or of one product."""
    for key in _GOODS:
        said = last.args.get(key)
        if isinstance(said, str) and said and not re.search(r"\d", said):
            return key, _ONE_KIND.sub("", said.lower())
    return None


def _of(args: Mapping[str, Any], key: str, goods: str) -> dict[str, Any]:
    return {**{name: value for name, value in args.items() if name not in _GOODS}, key: goods}
