"""Refunds and voids added up and counted by what is recorded of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from tools.analysis.voids import Happening


def amount(happenings: Sequence[Happening]) -> Decimal:
    """What they come to together."""
    return sum((one.amount or Decimal(0) for one in happenings), Decimal(0))


def most(
    happenings: Sequence[Happening], label: str, key: Callable[[Happening], str | None], without: str
) -> list[str]:
    """The most frequent of a key in words, and how many have none."""
    counts = tally(happenings, key)
    known = [(name, len(some)) for name, some in counts if name]
    if not known:
        return []
    parts = [f"{name} {count}" for name, count in known[:4]]
    none = len(next((some for name, some in counts if not name), []))
    if none and without:
        parts.append(f"{without} {none}")
    return [f"{label}: {', '.join(parts)}."]


def tally(
    happenings: Sequence[Happening], key: Callable[[Happening], str | None]
) -> list[tuple[str | None, list[Happening]]]:
    """Happenings by a key, the most frequent first, then by value and name."""
    groups: dict[str | None, list[Happening]] = {}
    for one in happenings:
        groups.setdefault(key(one), []).append(one)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), -amount(pair[1]), pair[0] or ""))
