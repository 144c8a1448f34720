"""Which groups of people may be told: none of fewer than five, and none that the others give away. Pure."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 5


def is_few(people: int) -> bool:
    """Whether so many people are too few to speak of; nobody is not."""
    return 0 < people < FEWEST


def tellable(people: Sequence[int]) -> list[bool]:
    """For each group of a partition whether it may be told beside the total of all.

    Too small ones are not, and where those are fewer than five people together, the next smallest is not either, until
    what is left out is at least five people: taking the rest from the total then says nothing of fewer.
    """
    told = [not is_few(number) for number in people]
    hidden = sum(number for number, shown in zip(people, told, strict=True) if not shown)
    for place in sorted((place for place, number in enumerate(people) if number >= FEWEST), key=people.__getitem__):
        if not is_few(hidden):
            break
        told[place] = False
        hidden += people[place]
    return told
