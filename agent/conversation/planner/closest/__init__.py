"""What a question may have meant that nothing understood: the nearest ones that are known to be read.

Where a known question says all that was said, in other words of the same meaning, it is answered, and the answer says
as what it was read. Otherwise nothing is answered: up to three questions are offered, first of the figures and groups
that it names itself (``spotted``), then of the tools that the network finds likeliest, then known ones that are near,
each with the stores, days and departments that were named, and a button in Slack asks it. A figure for a question that
is only near is worth nothing to who does not see the difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from agent.conversation.planner.closest.known import near, nearest_of
from agent.conversation.planner.closest.spotted import spotted
from agent.conversation.planner.closest.words import telling
from agent.conversation.planner.learned import likeliest
from agent.conversation.planner.outcome import Plan, together
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused.boundaries import CAN_DO
from agent.conversation.planner.slots.periods import PeriodPhrase, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.surroundings import Surroundings

_LOOKED_AT = 12
_OFFERED = 3
_SPOTTED = 2
_LEAST = 0.3
"""What is less near than this has little more than a word in common."""
_FEWEST_WORDS = 2
_PREPOSITION = re.compile(r"\b(?:in|on|during|for|over|since|at|of|from)(?: the)? +$")
_READ_AS = "I read this as “{question}”."
DID_YOU_MEAN = "Did you mean one of these?"


def closest(question: str, refused: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan:
    """The plan for a known question that means the same; else the refusal, with the nearest ones to choose from.

    Args:
        question: as it was asked.
        refused: what is said of it so far; without calls.
        around: the names that may stand in it.
        read: the plan for a question that is known.
    """
    named = _Named.of(question, around)
    said = telling(named.rest)
    if len(said) < _FEWEST_WORDS:
        return refused
    known = [one.question for one in near(named.rest, _LOOKED_AT) if one.score >= _LEAST]
    for one in known:
        if said == telling(one) and (decided := _read(one, named, read)) is not None:
            return replace(decided, opening=together(_READ_AS.format(question=named.put_into(one)), decided.opening))
    offered: dict[str, Plan] = {}
    likely = [asked for tool in likeliest(question) if (asked := nearest_of(tool, named.rest))]
    sources: tuple[tuple[int, Iterable[str]], ...] = (
        (_SPOTTED, spotted(named.rest, around)),
        (_OFFERED, (*likely, *known)),
    )
    for most, questions in sources:
        for one in questions:
            if len(offered) == most:
                break
            decided = _read(one, named, read)
            if decided is not None and all(decided.calls != other.calls for other in offered.values()):
                offered[named.put_into(one)] = decided
    if not offered:
        return refused
    lines = "\n".join(f"• “{one}”" for one in offered)
    begun = refused.text.removesuffix(CAN_DO).rstrip()
    return replace(refused, text=f"{begun}\n{DID_YOU_MEAN}\n{lines}", offered=tuple(offered))


def _read(question: str, named: _Named, read: Callable[[str], Plan]) -> Plan | None:
    """The plan for a plain question with what is named put into it; None where it loses some of that."""
    decided = read(named.put_into(question))
    return decided if named.kept_by(decided) else None


@dataclass(frozen=True, slots=True)
class _Named:
    """The days, stores and departments that a question names, and the rest of its words."""

    rest: str
    days: tuple[tuple[str, str], ...]
    """As they were written with the word before them, and as a tool takes them."""
    stores: str | None
    departments: tuple[str, ...]

    @classmethod
    def of(cls, question: str, around: Surroundings) -> _Named:
        reading = Reading.of(question)
        days = tuple(_with_preposition(reading, span) for span in take_periods(reading))
        stores = take_stores(reading, around)
        departments = tuple(take_departments(reading, around))
        return cls(reading.rest(), days, stores, departments)

    def put_into(self, question: str) -> str:
        """A known question with what is named here."""
        parts = [question]
        parts += [f"in {' and '.join(self.departments)}"] if self.departments else []
        parts += [f"at {self.stores}"] if self.stores else []
        parts += [" and ".join(written for written, _ in self.days)] if self.days else []
        return " ".join(parts)

    def kept_by(self, decided: Plan) -> bool:
        """Whether a plan has calls, and each of them says what is named here."""
        if not decided.calls or decided.text:
            return False
        for _, args in decided.calls:
            values = str(list(args.values())).lower()
            wanted = (*(phrase for _, phrase in self.days), *((self.stores,) if self.stores else ()), *self.departments)
            if not all(one.lower() in values for one in wanted):
                return False
        return True


def _with_preposition(reading: Reading, span: PeriodPhrase) -> tuple[str, str]:
    before = _PREPOSITION.search(reading.text, 0, span.start)
    return reading.said(before.start() if before else span.start, span.end), span.phrase
