"""Recency, frequency and monetary value: fifths of the customers, and groups with names that managers use.

Fifths follow Hughes (1994): customers are ranked by each measure and cut into five equal parts; equal values stay in
one part. The 5 x 5 grid of recency and of the mean of the other two is given nine names, each once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.analysis.few import FEWEST

FIFTHS = 5
SEGMENTS = (
    "Champions",
    "Loyal customers",
    "Potential loyalists",
    "Recent, small spenders",
    "Needing attention",
    "At risk",
    "Slipping away",
    "Occasional customers",
    "Lost",
)
"""Best first. Who stands beside whom matters: groups that are too small are joined with their neighbour."""

MEANING = {
    "Champions": "came lately, often and spend most",
    "Loyal customers": "spend much and often, last seen a while ago",
    "Potential loyalists": "came lately, middling in visits and spend",
    "Recent, small spenders": "came lately, seldom and for little",
    "Needing attention": "middling in everything",
    "At risk": "used to spend much and often, and have not come for long",
    "Slipping away": "middling customers who have not come for long",
    "Occasional customers": "seldom, for little, last seen a while ago",
    "Lost": "seldom, for little, and not for long",
}


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer over a period; net sales in minor units, ``recency_days`` from the last visit to the last day."""

    key: str
    visits: int
    net_minor: Decimal
    recency_days: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Fifths, 5 the best: the most recent, the most visits, the most net sales."""

    recency: int
    frequency: int
    monetary: int

    @property
    def value(self) -> int:
        """Frequency and monetary value together, a half going up."""
        return (self.frequency + self.monetary + 1) // 2


def scores(customers: Sequence[Customer]) -> list[Scores]:
    """The fifths of each customer, in the order given; equal measures get equal fifths."""
    recency = _fifths([Decimal(-one.recency_days) for one in customers])
    frequency = _fifths([Decimal(one.visits) for one in customers])
    monetary = _fifths([one.net_minor for one in customers])
    return [Scores(*three) for three in zip(recency, frequency, monetary, strict=True)]


def _fifths(values: Sequence[Decimal]) -> list[int]:
    """1 to 5 by the middle of the places that equal values take in the ranking."""
    ranked = sorted(values)
    count = len(ranked)
    cut = {}
    for value in set(values):
        middle = (bisect_left(ranked, value) + bisect_right(ranked, value)) / 2
        cut[value] = min(FIFTHS, int(middle * FIFTHS / count) + 1)
    return [cut[value] for value in values]


def segment(score: Scores) -> str:
    """The name of the grid's cell."""
    recent, value = score.recency, score.value
    if value >= 4:
        return "Champions" if recent >= 4 else "Loyal customers" if recent == 3 else "At risk"
    if value >= 2:
        return "Potential loyalists" if recent >= 4 else "Needing attention" if recent == 3 else "Slipping away"
    return "Recent, small spenders" if recent >= 4 else "Occasional customers" if recent == 3 else "Lost"


def joined_small(names: Sequence[str], sizes: Sequence[int], least: int = FEWEST) -> dict[str, str]:
    """Each group's name, those of fewer than ``least`` people under one name with their neighbour.

    Leaving a small group out would not hide it: it is what the others lack of the total. So it is joined with the next
    group, the last with the one before it.

    Args:
        names: the groups in their order, without empty ones.
        sizes: their people.
        least: the fewest people a group may have.

    Returns:
        old name to new; empty when all people together are fewer than ``least``.
    """
    made: list[tuple[list[str], int]] = []
    for name, size in zip(names, sizes, strict=True):
        if made and made[-1][1] < least:
            made[-1] = ([*made[-1][0], name], made[-1][1] + size)
        else:
            made.append(([name], size))
    if len(made) > 1 and made[-1][1] < least:
        last = made.pop()
        made[-1] = ([*made[-1][0], *last[0]], made[-1][1] + last[1])
    if not made or made[0][1] < least:
        return {}
    return {name: " and ".join([members[0], *(other.lower() for other in members[1:])]) for members, _ in made
            for name in members}  # fmt: skip


def segments(customers: Sequence[Customer]) -> dict[str, str]:
    """Customer key to segment name as the grid gives it, groups of however few; never to be shown by itself."""
    return {one.key: segment(score) for one, score in zip(customers, scores(customers), strict=True)}


def name_groups(customers: Sequence[Customer]) -> dict[str, str]:
    """Customer key to segment name, small segments joined; empty for fewer than ``FEWEST`` customers."""
    if len(customers) < FEWEST:
        return {}
    named = segments(customers)
    present = [name for name in SEGMENTS if name in named.values()]
    counts = list(named.values())
    joined = joined_small(present, [counts.count(name) for name in present])
    return {key: joined[name] for key, name in named.items()}
