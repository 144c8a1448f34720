"""Stores meant by a part of their names or by what was named before: “both harbor stores”, “the other one”.

Only where the stores that the asker sees leave one reading; every other phrase stays as it was said, and the tools ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_SHOPS = r"(?:stores|shops|locations|branches)"
_SHOP = r"(?:store|shop|location|branch|one)"
_ALL_OF = re.compile(
    r"\b(?:(?:both|all|the (?:two|three)|all (?:two|three)) (?:of )?(?:the |our |my )?|the |our "
    rf"|my )(?P<part>[a-z]{{4,}}) (?:{_SHOPS}|ones)\b",
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
_POINTED = re.compile(
    r"\b(?:its|their|there|that (?:store|one|shop)|this one|the store)\b|^\W*(?:but |and |so |ok )*(?:why|how come)"
    r"(?: (?:is|are|was|were|so|that|it|they|bad|low|down))*\W*$|\b(?:is|are|was|were|did|does|do) (?:it|they)\b",
    re.IGNORECASE,
)
_ITS = re.compile(
    r"\b(?:its|their|that (?:store|shop|one)'s|the store's) (?=(?:top|best|worst|bottom|biggest|main|sales|departments?"
    r"|products?|margins?|conversion|staff\w*|labou?r|stock|discounts?|refunds?|traffic|visitors|customers)\b)",
    re.IGNORECASE,
)
_ITS_PARTS = re.compile(r"\b(?:its|their|that (?:store|shop|one)'s|the store's) departments\b", re.IGNORECASE)
_NAMED_PERIOD = re.compile(r"[a-z][a-z ]{3,30}")


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
    text = _of_it(text, named, previous, around)
    rest = [store.name for store in around.stores if store.name not in named]
    text = _OTHERS.sub(lambda found: _listed(rest, around) or found[0], text)

    def other(found: re.Match[str]) -> str:
        fits = [name for name in rest if not found["part"] or name in _sharing(found["part"], around)]
        return fits[0] if len(fits) == 1 else found[0]

    return _OTHER.sub(other, text)


def in_focus(text: str, previous: Sequence[Call]) -> tuple[Call, ...]:
    """The calls before, the last one at the store that its answer singled out, where the question points at one.

    “Which store is worst?” … “why?” asks about the worst one, not about all of them again.
    """
    calls = tuple(previous)
    if not calls or not _POINTED.search(text):
        return calls
    last = calls[-1]
    store = None if last.args.get("stores") and last.name != "store_ranking" else singled_out(last)
    return (*calls[:-1], replace(last, args={**last.args, "stores": store})) if store else calls


def at_the_stores_before(decided: Plan, previous: Sequence[Call]) -> Plan:
    """The plan at the stores of the call before, where its tools know stores."""
    stores = previous[-1].args.get("stores") if previous else None
    if not stores:
        return decided
    calls = []
    for name, args in decided.calls:
        spec = catalogue().get(name)
        takes = spec is not None and not spec.proposes and "stores" in spec.arguments.model_fields
        calls.append((name, {**args, "stores": stores} if takes and "stores" not in args else args))
    return replace(decided, calls=tuple(calls))


def singled_out(call: Call) -> str | None:
    """The store that an answer is about: the weakest, or the one end of a ranking that was asked for."""
    table = call.document.get("table")
    if call.name not in ("underperforming_stores", "store_ranking") or not isinstance(table, Mapping):
        return None
    names = [
        str(one.get("name") if isinstance(one, Mapping) else one).split(" (")[0] for one in table.get("columns", ())
    ]
    rows = table.get("rows") or []
    if "Store" not in names or not rows:
        return None
    where = names.index("Store")
    if call.name == "underperforming_stores":
        return str(rows[0][where])
    if "Place" not in names:
        return None
    place = names.index("Place")
    ends = sorted(rows, key=lambda row: int(row[place]), reverse=call.args.get("order") == "worst")
    return str(ends[0][where])


def _of_it(text: str, named: set[str], previous: Sequence[Call], around: Surroundings) -> str:
    """“Its top products” as those of the one store in question, in the period in question."""
    if len(named) != 1 or not _ITS.search(text):
        return text
    shown = _ITS.sub("the ", _ITS_PARTS.sub("department breakdown", text))
    said = f"{shown.rstrip(' ?.!')} at {next(iter(named))}"
    period = str(previous[-1].args.get("period") or "")
    if not periods(Reading.of(text)) and _NAMED_PERIOD.fullmatch(period):
        said = f"{said} {period}"
    return said if any(store.name in said for store in around.stores) else text


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
