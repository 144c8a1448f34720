"""What most questions say beside their subject: when, where, how many, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import Leftover, leftover, take_marked
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_departments, take_named_stores, take_stores
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a question, each None where it was not said.

    ``product`` and ``department`` exclude each other. ``unknown`` are words that no slot took and no topic claimed:
    a topic that cannot use them says so (``outcome.not_understood``) instead of dropping them.
    """

    period: str | None = None
    stores: str | None = None
    limit: int | None = None
    product: str | None = None
    department: str | None = None
    unknown: str = ""

    def args(self, *names: str) -> dict[str, Any]:
        """The named slots that were said, as a tool takes them."""
        return {name: value for name in names if (value := getattr(self, name)) is not None}


_OWN_BRAND = re.compile(
    r"(?<!by )(?<!per )\b(?:store|own|house|national|private)(?P<gap>[ -])(?:brand|label) (?=[a-z])"
)


def _hold_own_brand(reading: Reading, claimed: re.Pattern[str]) -> None:
    """Join “store brand” before a name: it is a part of that name, unless the topic knows own brands itself.

    An underscore makes one word of it that no table of words has; what was said is read from the question itself.
    """
    found = reading.find(_OWN_BRAND)
    if found is not None and not claimed.fullmatch(found[0].strip()):
        gap = found.start("gap")
        reading.text = f"{reading.text[:gap]}_{reading.text[gap + 1 :]}"


def take_slots(reading: Reading, around: Surroundings, claimed: re.Pattern[str]) -> Slots:
    """Take the slots out of a question.

    Args:
        reading: the question; what is understood is blanked in it.
        around: the stores and departments that the asker knows.
        claimed: every word that belongs to the topic itself ("dead stock", "show me", "report"); taken out first
            wherever it occurs, so that only what it leaves can be a product, a store or an unknown word.
    """
    marked = take_marked(reading)
    found = take_periods(reading)
    named = take_named_stores(reading, around)
    _hold_own_brand(reading, claimed)
    while reading.take(claimed):
        pass
    limit = take_limit(reading)
    stores = named or take_stores(reading, around)
    departments = [] if marked else take_departments(reading, around)
    left = leftover(reading, around, store_known=stores is not None) or Leftover()
    departments = left.beside(departments)
    goods = marked or left.goods
    product = goods.product if goods else None
    department = departments[0] if departments else goods.department if goods else None
    unknown = left.unknown
    if departments and (len(departments) > 1 or product):
        unknown, product = unknown or product or departments[1], None
    return Slots(found[0].phrase if found else None, stores or left.store, limit, product, department, unknown)
