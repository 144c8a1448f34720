"""Numbers that stand in a question and in no argument of its plan: a budget, a bound, how many are to be listed.

A number may be carried as another: “more than 2” as at least 3, “8 weeks” as 56 days, “3 pm” as 15:00. One that is
carried by nothing is put in where it says how many rows are asked for, and named before the figures where it limits
them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from agent.conversation.planner.concepts.asked import Asked, call
from agent.conversation.planner.concepts.lexicon import GROUPS, RANKS, words_of
from agent.conversation.planner.lost.told import tells_of_itself
from agent.conversation.planner.outcome import Plan, together, without
from agent.conversation.planner.topics.elasticity import change_of_price
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_NUMBER = re.compile(r"(?<![\w.,/#-])[$€£]?(?P<number>\d[\d,]*(?:\.\d+)?)(?: ?(?P<unit>%|percent\b|k\b))?(?![\w/-])")
_PAIR = re.compile(
    r"(?<=between )2(?= (?:[a-z]+ )?(?:visits|trips|purchases|orders|shopping))|\b2 consecutive", re.IGNORECASE
)
"""“Between 2 visits” counts nothing."""
_ROWS = ("each", "top", "limit")
"""Arguments that say how many rows are listed, of which a tool has one or two."""
_LARGEST_COUNT = 50
_CARRIED_AS = (1, 7, 30, 24, 1000)
_SAID_BEFORE = re.compile(r"\b(?:says?|said|told me|nothing was filed)\b", re.IGNORECASE)
_OWN = frozenset({"explain_change", "basket_statistics", "abc_xyz", "customers_every_span"})
"""Tools whose figures answer to what is said of them: “why are sales up 10 %”, “the 90th percentile”."""
Call = tuple[str, Mapping[str, Any]]


def with_numbers(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan with every number that its question says, or with the words for those that limit nothing in it."""
    if (
        decided.opening
        or _SAID_BEFORE.search(f"{question} {decided.text}")
        or any(name in _OWN for name, _ in decided.calls)
    ):
        return decided
    lost: list[str] = []
    for found in _numbers(question, around):
        number = Decimal(found["number"].replace(",", "").rstrip("."))
        if _is_carried(number, decided):
            continue
        if found["unit"] == "%" and (put := _with_per_cent(question, number, decided)) is not None:
            decided = put
        elif _counts_rows(found, question) and number <= _LARGEST_COUNT:
            decided = replace(decided, calls=tuple(_with_rows(one, int(number)) for one in decided.calls))
        else:
            lost.append(found[0])
    if not lost:
        return decided
    return replace(decided, opening=together(without(*lost), decided.opening))


def _numbers(question: str, around: Surroundings) -> list[re.Match[str]]:
    """The numbers outside spans of time and names of stores."""
    asked = Asked.of(question, around)
    rest = {word for one in words_of(asked.rest) for word in one.words.split()} if asked is not None else None
    return [
        found for found in _NUMBER.finditer(_PAIR.sub(" consecutive", question))
        if rest is None or found["number"].rstrip(".,") in rest or found["number"].replace(",", "") in rest
    ]  # fmt: skip


def _is_carried(number: Decimal, decided: Plan) -> bool:
    usual = " ".join(tells_of_itself(name, args) for name, args in decided.calls)
    told = f"{decided.calls} {decided.text} {usual}".replace(",", "")
    known = {Decimal(one) for one in re.findall(r"\d+(?:\.\d+)?", told)}
    as_others = {number * by for by in _CARRIED_AS} | {number + 1, number - 1, number + 12, number * 100, number / 100}
    return bool(known & as_others)


def _counts_rows(found: re.Match[str], question: str) -> bool:
    """Whether a number says how many are to be listed: “top 5”, “3 best categories”."""
    if found["unit"] or found[0][0] in "$€£":
        return False
    before, behind = words_of(question[: found.start()])[-1:], words_of(question[found.end() :])[:1]
    return any(one.named(RANKS) in ("top", "bottom") for one in (*before, *behind)) or any(
        one.named(GROUPS) for one in behind
    )


def _with_rows(one: Call, number: int) -> Call:
    """The call that lists so many; as it is where its tool always lists the same."""
    name, args = one
    spec = catalogue().get(name)
    fields = spec.arguments.model_fields if spec is not None else {}
    two = "," in str(args.get("by", ""))
    for key in _ROWS:
        if key in fields and (key != "each" or two):
            told = call(name, {**args, key: number})
            return told.calls[0] if told is not None else one
    return one


def _with_per_cent(question: str, number: Decimal, decided: Plan) -> Plan | None:
    """The plan for a price that is raised or cut by so much, where its tool works out what that would do."""
    change = change_of_price(question.lower())
    if change is None or abs(change) != number or len(decided.calls) != 1:
        return None
    name, args = decided.calls[0]
    spec = catalogue().get(name)
    if spec is None or "price_change_pct" not in spec.arguments.model_fields:
        return None
    told = call(name, {**args, "price_change_pct": change})
    return None if told is None else replace(decided, calls=told.calls)
