"""Nouns of what no connected source brings, and the sentence that names what is missing.

The other rows of this room know how a thing is asked for. Here only its noun counts: a question with one that nothing
understood gets the sentence of its subject, so that no refusal blames a word where the data is missing. The list is
``nouns.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from agent.conversation.planner.outcome import Plan

_ABOUT = frozenset({"about_figures", "data_origin", "feedback_themes", "search_feedback", "search_products_by_meaning"})
_LEADING = re.compile(
    r"\b(?:who|(?:which|what) (?!leads)\w+|brands?|stores?|shops?|departments?|categor(?:y|ies)|products?|items?) "
    r"leads\b"
)
"""It is ahead of others, and no prospect."""
_WORD = re.compile(r"[a-z][a-z']*|\d[\d.,]*")


def missing(question: str) -> Plan | None:
    """The sentence for the first noun of something that is not held; None where there is none."""
    found = noun_of_the_missing(question)
    return Plan(text=_sentences()[found[0]]) if found else None


def is_asked_by_the_missing(question: str) -> bool:
    """Whether figures are asked for by something that is not held: “which gender”, “by zip code”.

    Any answer without it is one to another question.

    >>> is_asked_by_the_missing("Which gender spends most?"), is_asked_by_the_missing("is gender known?")
    (True, False)
    """
    found = noun_of_the_missing(question)
    return (
        found is not None
        and re.search(rf"\b(?:by|per|each|every|which|what) {re.escape(found[1])}\b", question.lower()) is not None
    )


def instead_of(decided: Plan, question: str) -> Plan | None:
    """The sentence for a noun that a plan with calls has lost, or took for the name of goods; None where it has not.

    What is carried in the words of a task, of a note or of a search is not lost.
    """
    found = noun_of_the_missing(question) if decided.calls and not decided.text and not decided.opening else None
    if found is None or f'"{found[1]}' in question.lower() or _is_a_name(found[1], question):
        return None
    for name, args in decided.calls:
        if name in _ABOUT or name.startswith("propose_"):
            return None
        carried = [said for said in _values(args) if found[1] in said]
        if any(said != found[1] for said in carried):  # “baking ingredients” are goods
            return None
    return Plan(text=_sentences()[found[0]])


def _is_a_name(noun: str, question: str) -> bool:
    """Whether the noun is written with a capital inside a sentence: something is called so."""
    said = re.search(rf"\b{re.escape(noun)}\b", question, re.IGNORECASE)
    return said is not None and said.start() > 0 and said[0][0].isupper() and not said[0].isupper()


def _values(args: Any) -> Iterator[str]:
    """Every text among the arguments of a call, in small letters."""
    match args:
        case str():
            yield args.lower()
        case Mapping():
            for one in args.values():
                yield from _values(one)
        case list() | tuple():
            for one in args:
                yield from _values(one)


def noun_of_the_missing(text: str) -> tuple[str, str] | None:
    """The subject of the first such noun in a text, and its words as they were said.

    >>> noun_of_the_missing("average queue times by store")
    ('queues', 'queue times')
    """
    said = _WORD.findall(_LEADING.sub(" ", text.lower().replace("’", "'")))
    phrases, longest = _phrases()
    for place in range(len(said)):
        for length in range(min(longest, len(said) - place), 0, -1):
            subject = phrases.get(tuple(said[place : place + length]))
            if subject:
                return subject, " ".join(said[place : place + length])
    return None


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("nouns.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, str]:
    return {subject: one["said"] for subject, one in _lists().items()}


@lru_cache(maxsize=1)
def _phrases() -> tuple[Mapping[tuple[str, ...], str], int]:
    phrases: dict[tuple[str, ...], str] = {}
    for subject, one in _lists().items():
        for phrase in one["words"].split("|"):
            *first, last = _WORD.findall(phrase.lower())
            phrases |= {(*first, last): subject, (*first, f"{last}s"): subject}
    return phrases, max(map(len, phrases))
