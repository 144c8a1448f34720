"""Words that a reader took for goods, a department or a store, and that the lists know as other concepts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from agent.conversation.planner.concepts.lexicon import words_of
from agent.conversation.planner.outcome import Plan
from agent.conversation.surroundings import Surroundings

_OF_NAMES = frozenset({"all", "and", "brand", "brands", "each", "of", "shop", "store", "stores", "the", "whole", "%"})
"""Words of the lists that belong to names as well: “store brand milk”, “the north stores”, “2% milk”."""
_NAMING = ("product", "department", "stores", "supplier")
_OF_GOODS = r"\b(?:sales|units|stock|revenue|price|margin|cost|sellers?) (?:of|on|in) (?:the )?"
"""What is followed by the name of goods, whatever else its words may mean: “sales of rose”."""
_SPLITS = frozenset({"product", "department", "category"})


def taken_for_names(question: str, decided: Plan, around: Surroundings) -> str:
    """The words of a question that a plan takes for a name, though the lists know them; empty where there are none.

    Only words in small letters count: a capital or quotes say that something is called so. All of a name are words of
    the lists (“ran dry”); “trail mix” is goods.
    """
    called = {*around.departments, *(store.name for store in around.stores)}
    begun = question[:1].lower() + question[1:]
    known = {word for one in words_of(question) if one.means for word in one.words.split()}
    for name, args in decided.calls:
        if name.startswith("propose_"):
            continue
        for said in _named(args):
            if said in called:
                continue
            name_said = said if said in begun else said[:1].lower() + said[1:]
            if not name_said.islower() or name_said not in begun or f'"{said}"' in question:
                continue
            if re.search(rf"{_OF_GOODS}{re.escape(name_said)}(?!\w)", begun):
                continue
            if _is_no_name(name_said, known):
                return said
    return ""


def _is_no_name(name: str, known: Set[str]) -> bool:
    words = {word for one in words_of(name) for word in one.words.split()}
    return words <= known and not words <= _OF_NAMES


def _named(args: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(args[key]) for key in _NAMING if args.get(key))
    for one in args.get("where", ()):
        if isinstance(one, Mapping) and one.get("dimension") in _SPLITS:
            yield from map(str, one.get("values", ()))
