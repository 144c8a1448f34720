"""How households of one group differ from all others: shares of each band, and which differences are no noise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

UNKNOWN = "unknown"
_SIGMAS = 2.6
"""The point of a two-sided test at 1 %: several bands are looked at, so 5 % would find one in most groups."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band of an attribute: how many households of the group and of the others have it."""

    attribute: str
    band: str
    people: int
    of: int
    others: int
    of_others: int

    @property
    def share(self) -> float:
        """Share of the group's households whose attribute is known."""
        return self.people / self.of

    @property
    def share_of_others(self) -> float:
        """The same of all others."""
        return self.others / self.of_others

    @property
    def stands_out(self) -> bool:
        """Whether the two shares differ beyond noise (pooled two-proportion z)."""
        pooled = (self.people + self.others) / (self.of + self.of_others)
        spread = math.sqrt(pooled * (1 - pooled) * (1 / self.of + 1 / self.of_others))
        return spread > 0 and abs(self.share - self.share_of_others) / spread >= _SIGMAS


def bands(
    attribute: str, group: Iterable[str | None], others: Iterable[str | None], least: int
) -> tuple[list[Band], int]:
    """The bands of an attribute with at least ``least`` households on both sides, and the unknown of the group.

    Bands of fewer are put together as ``other``; where even those are too few, they take the smallest band along, so
    that no number below ``least`` can be worked out. A single band that is left says nothing and is none.
    """
    mine, theirs = _counts(group), _counts(others)
    unknown = mine.pop(UNKNOWN, 0)
    theirs.pop(UNKNOWN, 0)
    of, of_others = sum(mine.values()), sum(theirs.values())
    if of < least or of_others < least:
        return [], unknown
    names = sorted({*mine, *theirs}, key=_order)
    large = [name for name in names if mine.get(name, 0) >= least and theirs.get(name, 0) >= least]
    small = [name for name in names if name not in large]

    def summed(counts: Mapping[str, int], wanted: Sequence[str]) -> int:
        return sum(counts.get(name, 0) for name in wanted)

    while small and large and min(summed(mine, small), summed(theirs, small)) < least:
        least_known = min(large, key=lambda name: (mine[name], name))
        large.remove(least_known)
        small.append(least_known)
    made = [Band(attribute, name, mine[name], of, theirs[name], of_others) for name in large]
    if small and min(summed(mine, small), summed(theirs, small)) >= least:
        made.append(Band(attribute, "other", summed(mine, small), of, summed(theirs, small), of_others))
    return (made if len(made) > 1 else []), unknown


def _counts(values: Iterable[str | None]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value or UNKNOWN] = counts.get(value or UNKNOWN, 0) + 1
    return counts


def _order(name: str) -> tuple[int, str]:
    digits = "".join(character for character in name.split("-")[0] if character.isdigit())
    return (-1 if name.lower().startswith("under") else int(digits) if digits else 10**9, name)
