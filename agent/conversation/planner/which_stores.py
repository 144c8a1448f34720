"""Stores meant by a part of their names or by what was named before: “both harbor stores”, “the other one”.

Only where the stores that the asker sees leave one reading; every other phrase stays as it was said, and the tools ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.thread import Call
from agent.conversation.surroundings import Surroundings

_SHOPS = r"(?:stores|shops|locations|branches)"
_SHOP = r"(?:store|shop|location|branch|one)"
_ALL_OF = re.compile(
    rf"\b(?:(?:both|all|the (?:two|three)|all (?:two|three)) (?:of )?(?:the |our |my )?|the |our |my )"
    rf"(?P<part>[a-z]{{4,}}) (?:{_SHOPS}|ones)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(rf"\b(?:the |our |my )?other (?:(?P<part>[a-z]{{4,}}) )?{_SHOP}\b(?!s)", re.IGNORECASE)
_OTHERS = re.compile(
    rf"\b(?:(?:all )?(?:the |our |my )?other {_SHOPS}|(?:the )?rest of (?:the |our |my )?{_SHOPS}|everywhere else)\b",
    re.IGNORECASE,
)
_OF_MY = re.compile(
    rf"\b(?P<ask>which|what|how many|any|each|every|some) (?:one )?of (?:all )?(?:my|our|the) (?:\d+ )?(?={_SHOPS}\b)",
    re.IGNORECASE,
)
_ONE = {"each", "every"}


def with_stores_named(text: str, previous: Sequence[Call], around: Surroundings) -> str:
    """The question with the names of the stores that such a phrase means.

    Args:
        text: the question.
        previous: the last calls of its thread; “the other one” is every store that they did not name.
        around: the stores that the asker sees.
    """
    if '"' in text:
        return text
    text = _OF_MY.sub(lambda found: f"{found['ask']} ", text)
    text = _ALL_OF.sub(lambda found: _listed(_sharing(found["part"], around), around) or found[0], text)
    named = _named_before(previous, around)
    if not named:
        return text
    rest = [store.name for store in around.stores if store.name not in named]
    text = _OTHERS.sub(lambda found: _listed(rest, around) or found[0], text)

    def other(found: re.Match[str]) -> str:
        fits = [name for name in rest if not found["part"] or name in _sharing(found["part"], around)]
        return fits[0] if len(fits) == 1 else found[0]

    return _OTHER.sub(other, text)


def _sharing(word: str, around: Surroundings) -> list[str]:
    """The stores with this word in their names; none where it is a district's name too."""
    plain = word.lower()
    if any(plain == (store.district or "").lower() for store in around.stores):
        return []
    return [store.name for store in around.stores if plain in store.name.lower().split()]


def _listed(names: Sequence[str], around: Surroundings) -> str:
    return " and ".join(names) if 0 < len(names) < max(len(around.stores), 2) else ""


def _named_before(previous: Sequence[Call], around: Surroundings) -> set[str]:
    """The stores of the last call that names any."""
    for call in reversed(previous):
        said = str(call.args.get("stores") or call.args.get("store") or "").lower()
        found = {store.name for store in around.stores if store.name.lower() in said or store.store_id.lower() == said}
        if found:
            return found
    return set()
