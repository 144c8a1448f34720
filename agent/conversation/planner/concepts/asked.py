"""What a question asks beside its concepts: days, stores, a department; and the call that takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from agent.conversation.planner.concepts.lexicon import words_of
from agent.conversation.planner.kept_conditions.named import named
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.arguments import valid
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import ALL_STORES, take_departments, take_stores
from agent.conversation.planner.wording.fillers import FILLERS, NOT_ALONE, NOT_GOODS
from agent.conversation.planner.wording.ordinary import ORDINARY
from agent.conversation.surroundings import Surroundings

_THE_SPAN = re.compile(
    r"(?<!\bday )(?<!\bdays )\b(?:for|of|over|in|during) the (?P<span>day|week|month|quarter|year)\b(?! of)"
)
_GOODS = re.compile(
    r"\b(?P<lead>of|for|on|in|about)(?: the| our| my| any)? (?P<name>[a-z][a-z&'-]{2,}(?: [a-z][a-z&'-]{2,}){0,2})\W*$"
)
_NO_GOODS = (
    FILLERS
    | NOT_GOODS
    | NOT_ALONE
    | ORDINARY
    | {"shelf", "shelves", "catalog", "catalogue", "stockroom", "hand", "file"}
)
_THIS = {"day": "today"} | {span: f"this {span}" for span in ("week", "month", "quarter", "year")}
Where = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The days named, in their order; the stores and the department; whether days to come are meant; other words."""

    days: tuple[str, ...]
    where: Where
    ahead: bool
    rest: str
    conditions: tuple[str, ...] = ()
    """The words of conditions that the last look at a plan puts into it: “on Saturdays”, “on rainy days”."""

    @classmethod
    def of(cls, question: str, around: Surroundings) -> Asked | None:
        """What is named in a question; None where it names two departments."""
        reading = Reading.of(question)
        ahead = names_the_future(reading.text)
        reading.text = _THE_SPAN.sub(lambda found: f" {_THIS[found['span']]} ", reading.text)
        districts = {store.district.lower() for store in around.stores if store.district and store.district in question}
        days = tuple(one.phrase for one in take_periods(reading))
        where: dict[str, Any] = {}
        placed = Reading.of(reading.text)
        if (stores := take_stores(placed, around)) is not None and not _is_no_store(stores):
            reading, where["stores"] = placed, stores
        elif len(found := {one for one in districts if re.search(rf"\b{re.escape(one)}\b", reading.text)}) == 1:
            where["stores"] = found.pop()
            reading.text = re.sub(rf"\b(?:in )?{re.escape(where['stores'].lower())}\b", " ", reading.text)
        placed = Reading.of(reading.text)
        known = {one.lower() for one in around.departments}
        departments = [one for one in take_departments(placed, around) if one.lower() in known]
        departments = [] if any(_is_a_subject(one, question) for one in departments) else departments
        if departments:
            reading, where["department"] = placed, departments[0]
        if len(departments) > 1:
            return None
        conditions = tuple(one.said for one in named(question, around) if one.where or one.kind == "goods")
        return cls(days, where, ahead, reading.rest(), conditions)

    def of_goods(self) -> Asked | None:
        """The same question of the goods it ends with, “on bottled water” or “in frozen”; None where there are none."""
        found = _GOODS.search(self.rest)
        if found is None or self.where.keys() & {"product", "department"}:
            return None
        words = found["name"].split()
        if any(one.means for one in words_of(found["name"])) or any(word in _NO_GOODS for word in words):
            return None
        key = "department" if found["lead"] == "in" else "product"
        return replace(self, where={**self.where, key: found["name"]}, rest=self.rest[: found.start()])

    def of_unknown_goods(self) -> Asked | None:
        """The same question of goods right before a figure, “in sour cream margin rate”, or at its end; else None.

        They are two or three words that nothing knows, and the only ones of the question.
        """
        said = words_of(self.rest)
        strange = [place for place, one in enumerate(said) if not one.means and not one.is_number]
        if self.where.keys() & {"product", "department"} or len(strange) not in (2, 3):
            return None
        first, last = strange[0], strange[-1]
        name = " ".join(one.words for one in said[first : last + 1])
        ends = last == len(said) - 1 and first > 0 and said[first - 1].words.split()[-1] in ("in", "of", "for", "on")
        placed = ends or (last + 1 < len(said) and said[last + 1].named("figures") is not None)
        if last - first != len(strange) - 1 or not placed or any(word in _NO_GOODS for word in name.split()):
            return None
        rest = re.sub(rf"\b(?:in |of |for |on )?{re.escape(name)}\b", " ", self.rest, count=1)
        return replace(self, where={**self.where, "product": name}, rest=" ".join(rest.split()))

    def without_conditions(self) -> str:
        """The other words without those of conditions."""
        rest = self.rest
        for said in self.conditions:
            rest = re.sub(rf"(?:\b(?:in|of|for|on) )?{re.escape(said.lower())}", " ", rest)
        return rest


def _is_a_subject(department: str, question: str) -> bool:
    """Whether a department is called like a group of the lists and is not meant: “which coupons end this week”."""
    said = words_of(department)
    return len(said) == 1 and said[0].named("groups") is not None and department not in question[1:]


def _is_no_store(said: str) -> bool:
    """Whether what follows “district” or “at” is a word of the lists: “which district generates the most”."""
    return said.islower() and said != ALL_STORES and all(one.means for one in words_of(said))


def call(name: str, args: Mapping[str, Any]) -> Plan | None:
    """A plan of one call; None where its tool does not take these arguments."""
    told = valid(name, args)
    return Plan((told,)) if told is not None else None
