"""Groups that a question names and that no call of its plan tells: “each store's category mix”, told by store alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, RANKS, Said, words_of
from agent.conversation.planner.lost.told import tells_of_itself
from agent.conversation.surroundings import Surroundings

_STEPS = frozenset({"hourly", "daily", "weekly", "monthly", "quarterly"})
_SOUGHT = frozenset({"which", "what"})
_BETWEEN = frozenset({"the", "our", "my", "single", "individual", "type", "of", "other"})
_MOVES = frozenset({"growth", "decline"})
_WHICH_ARE = frozenset({"whose", "where", "that", "which", "with", "without"})
"""What follows a group that is sought by what holds of it: “stores whose sales fell”, “weeks in which”."""
_DIFFER = frozenset({"differ", "differs", "vary", "varies"})
_WITHIN = frozenset({"within", "inside"})
_RANKED = frozenset({"rank", "ranks", "ranked", "ranking"})
_SELLERS = frozenset({"seller", "sellers"})
_WHAT_IS_BOUGHT = re.compile(
    r"^\W*what (?:do|does|did) (?:[\w-]+ ){1,9}?(?:buy|purchase|shop for) (?:the )?(?:most|best|least)\b", re.IGNORECASE
)
_ALIKE: Mapping[str, tuple[str, ...]] = {
    "district": ("region",),
    "place": ("product", "store", "department", "category", "district", "shelf", "hour", "weekday", "location"),
    "product": ("category", "department", "brand"),
    "weekday": ("day",),
    "category": ("department",),
    "day": ("weekday", "date", "rolling"),
    "week": ("rolling",),
    "brand": ("private_label", "product"),
    "segment": ("band", "income", "household", "kids", "customer"),
    "customer": ("household", "band", "buyers", "kids"),
    "promotion": ("support", "display", "mailer", "discount"),
    "coupon": ("discount",),
    "employee": ("person",),
    "tender": ("payment", "cash", "card"),
}
"""Groups that are told by another word of the arguments, or by one that is finer."""


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A group, the words that name it, and whether it is what others are told in: “each store”."""

    name: str
    words: str
    outer: bool = False


def named_groups(question: str, around: Surroundings) -> list[NamedGroup]:
    """The groups by which a question asks to be told, each once.

    Only words in a place that makes them a group count: “by week”, “each store's”, “weekly”, “which category”,
    “category mix”. “Sales of our stores” speaks of stores in passing.
    """
    asked = Asked.of(question, around)
    said = words_of(asked.rest if asked is not None else question)
    found: dict[str, NamedGroup] = {}
    if _is_of_places(said):
        found["place"] = NamedGroup("place", "where")
    if (bought := _WHAT_IS_BOUGHT.search(question)) is not None:
        found["product"] = NamedGroup("product", bought[0].strip().lower())
    for place, one in enumerate(said):
        name = one.named(GROUPS)
        if name is None:
            continue
        behind = said[place + 1] if place + 1 < len(said) else None
        if name == "customer" or (behind is not None and _is_compound(one, behind, question)):
            continue  # whom the figures are of; “store brand”, “item category”
        if name == "product" and (_is_rate(said, place) or (behind is not None and behind.words == "mix")):
            continue  # “price per item”; the product mix is told by departments
        if name == "employee" and one.words in _SELLERS and place and _ranks(said[place - 1]):
            continue  # “our top 20 sellers” are goods
        outer = _is_outer(said, place)
        if outer or _is_step(one) or _is_sought(said, place) or _is_shared_out(said, place):
            found.setdefault(name, NamedGroup(name, one.words, outer))
    return list(found.values())


def ranks_all(one: Said) -> bool:
    """Whether a word asks for a whole ranking: “rank the stores”, “stores ranked by”."""
    return one.words.split()[0] in _RANKED


def _ranks(one: Said) -> bool:
    return one.is_number or one.named(RANKS) in ("top", "bottom")


def lost_groups(
    question: str, calls: Sequence[tuple[str, Mapping[str, Any]]], beside: str, around: Surroundings
) -> list[NamedGroup]:
    """The groups named that no call is told by; ``beside`` are the words that go with the answers."""
    named = named_groups(question, around)
    others = {one.name for one in named if one.outer}
    return [
        one for one in named
        if one.name not in beside and one.words not in beside
        and not any(tells(*call, one.name, others - {one.name}) for call in calls)
    ]  # fmt: skip


def tells(tool: str, args: Mapping[str, Any], group: str, others: Collection[str] = ()) -> bool:
    """Whether the answer of a call is told by a group, or by one that says as much and is not named beside it."""
    told = f"{tool} {dict(args)} {tells_of_itself(tool, args)}".lower()
    return any(word in told for word in (group, *(one for one in _ALIKE.get(group, ()) if one not in others)))


def _is_outer(said: Sequence[Said], place: int) -> bool:
    """Whether a group stands behind “by”, “per” or “each”; of “each store's category” the stores alone do."""
    for before in reversed(said[max(0, place - 3) : place]):
        if before.named(RANKS) == "each":
            return True
        if before.words not in _BETWEEN:
            return False
    return False


def _is_of_places(said: Sequence[Said]) -> bool:
    """Whether “where” asks for the stores or departments in which a figure is best, worst or falls."""
    if not said or not (said[0].words.startswith("where") or said[-1].words == "where"):
        return False
    moving = any(one.words.split()[0] in ("losing", "lose", "lost", "gaining") for one in said)
    return moving or any(one.named(RANKS) in ("top", "bottom") or one.named(FIGURES) in _MOVES for one in said)


def _is_compound(one: Said, behind: Said, question: str) -> bool:
    return (
        behind.named(GROUPS) is not None
        and f"{one.words} {behind.words}" in question.lower().replace("’", "'")
        and (not one.words.endswith("'s"))
    )


def _is_rate(said: Sequence[Said], place: int) -> bool:
    return place > 0 and said[place - 1].words == "per"


def _is_step(one: Said) -> bool:
    return one.words.split()[0] in _STEPS


def _is_sought(said: Sequence[Said], place: int) -> bool:
    """Whether a group is what is asked for: “which store”, “the best category”, “stores whose”, “do stores differ”."""
    if _is_held_to(said, place) or said[place].words.split()[0] in _SOUGHT:
        return True
    if place + 1 < len(said) and said[place + 1].words.split()[0] in _WITHIN and said[place + 1].named(RANKS) == "each":
        return True  # “the departments within each store”
    before = said[place - 1] if place else None
    passed = before is not None and (before.is_number or before.named(FIGURES) is not None)
    if before is not None and passed and before.named(RANKS) is None and place > 1:
        before = said[place - 2]  # “the lowest sales day”
    if place and {word for one in said[max(0, place - 2) : place] for word in one.words.split()} <= _RANKED | _BETWEEN:
        return any(ranks_all(one) for one in said[max(0, place - 2) : place])  # “rank the categories”
    return before is not None and (before.words.split()[-1] in _SOUGHT or before.named(RANKS) in ("top", "bottom"))


def _is_held_to(said: Sequence[Said], place: int) -> bool:
    """Whether a group is that of which something must hold, or that is said to differ."""
    behind = [word for one in said[place + 1 : place + 3] for word in one.words.split()][:2]
    if not behind or not said[place].words.endswith("s"):
        return False
    if behind[0] in _DIFFER:
        return True
    names_one = any(one.named(kind) for one in said[:place] for kind in (FIGURES, GROUPS))
    return not names_one and (behind[0] in _WHICH_ARE or (behind[0] in ("in", "on") and "which" in behind))


def _is_shared_out(said: Sequence[Said], place: int) -> bool:
    """Whether a group is what a mix is made of: “category mix”."""
    return place + 1 < len(said) and said[place + 1].words in ("mix", "split")
