"""Pairs of goods as they were counted: read from the mirror, tested, and given the names people use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from connectors.mirror.rows import ResultSet
from tools.analysis.affinity import PairCounts, beyond_chance, p_value
from tools.context import ToolContext
from tools.frame import Frame
from tools.metrics import METRICS
from tools.metrics.affinity_query import SIZES, Level
from tools.metrics.evaluate import fetch, total
from tools.metrics.query import Statement, build
from tools.part import Part
from tools.search import lookup

LEAST_BASKETS = 10
"""A pair that fewer baskets hold is never spoken of, nor is one of fewer than five people: it would be their habit."""

_LEAST_SHARE = 0.001
LEVEL_HELP = "What to pair: single products, categories or departments. Leave out if not said."
Place = str


@dataclass(frozen=True, slots=True)
class Thing:
    """A product, category, department or the anchor. ``group`` is what figures carry for it."""

    label: str
    group: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things and their counts, over all places and by each. ``p`` is one-sided, ``linked`` after the guard."""

    first: Thing
    second: Thing
    counts: PairCounts
    by_place: Mapping[Place, PairCounts]
    p: float
    linked: bool = False

    def turned(self) -> Pair:
        """The same with the other thing first."""
        return Pair(
            self.second,
            self.first,
            _turned(self.counts),
            {place: _turned(counts) for place, counts in self.by_place.items()},
            self.p,
            self.linked,
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair that was counted.

    ``baskets`` is all baskets, ``things`` how many were common enough to be paired, ``least`` in how many baskets a
    pair had to be, ``anchors`` the baskets with the anchor, if there was one.
    """

    pairs: tuple[Pair, ...]
    baskets: int
    things: int
    least: int
    anchors: int = 0


def transactions(asked: Frame) -> tuple[int, Statement]:
    """The documents of the question, out of the rollup; they set how common a pair must be."""
    statement = build([METRICS["transactions"]], asked.windows(), None, asked.context.scope)
    whole = total(fetch(asked.context.mirror, statement))
    return int(whole.sums.get("n_transactions") or 0), statement


def least_baskets(documents: int) -> int:
    """How many baskets must hold a pair where every pair is looked at: one in a thousand, and ten at the least."""
    return max(LEAST_BASKETS, int(documents * _LEAST_SHARE))


def read_pairs(
    found: ResultSet,
    level: Level,
    least: int,
    context: ToolContext,
    anchor: Part | None = None,
    *,
    least_share: float = 0.0,
) -> Pairs:
    """The rows of ``build_pairs`` or ``build_partners`` as tested pairs, in no order.

    Args:
        found: the rows.
        level: what was paired.
        least: baskets that must hold a pair over all places for it to be kept.
        context: where products get their names.
        anchor: what the first of every pair is, for ``build_partners``.
        least_share: of the baskets with the anchor, so many must hold the pair.
    """
    totals: dict[Place, tuple[int, ...]] = {}
    things: dict[tuple[Place, int], tuple[int, ...]] = {}
    names: dict[int, str] = {}
    together: dict[tuple[int, int], dict[Place, int]] = {}
    common = 0
    for kind, place, code, other, name, n, *sizes in found.rows:
        counted = (int(n), *(int(size or 0) for size in sizes))
        if kind == "total":
            totals[place] = counted
        elif kind == "common":
            common = int(n)
        elif kind == "pair":
            together.setdefault((int(code), int(other)), {})[place] = int(n)
        else:
            things[place, int(code)] = counted
            if name is not None:
                names[int(code)] = str(name)
    anchors = sum(counts[0] for (_, code), counts in things.items() if code == 0)
    least = max(least, math.ceil(anchors * least_share))
    together = {codes: at for codes, at in together.items() if sum(at.values()) >= least}
    spoken_of = {code for codes in together for code in codes}
    labels = _labels({code: name for code, name in names.items() if code in spoken_of}, level, context)
    if anchor is not None:
        labels[0] = Thing(anchor.label, anchor.group)
    kept: list[Pair] = []
    for (code, other), at in together.items():
        by_place = {
            place: _counts(all_, things.get((place, code)), things.get((place, other)), at.get(place, 0))
            for place, all_ in totals.items()
        }
        counts = added(by_place.values())
        kept.append(Pair(labels[code], labels[other], counts, by_place, p_value(counts)))
    tests = common if anchor is not None else common * (common - 1) // 2
    stands = beyond_chance([pair.p for pair in kept], tests)
    tested = [
        Pair(pair.first, pair.second, pair.counts, pair.by_place, pair.p, linked and pair.counts.lift_by_size > 1)
        for pair, linked in zip(kept, stands, strict=True)
    ]
    baskets = sum(counts[0] for counts in totals.values())
    return Pairs(tuple(tested), baskets, common, least, anchors)


def added(parts: Iterable[PairCounts]) -> PairCounts:
    """Counts of several places as one."""
    every = list(parts)
    return PairCounts(
        sum(one.baskets for one in every),
        sum(one.first for one in every),
        sum(one.second for one in every),
        sum(one.both for one in every),
        sum(one.expected_by_size for one in every),
    )


def less(whole: PairCounts, part: PairCounts) -> PairCounts:
    """What is left of counts without one place."""
    return PairCounts(
        whole.baskets - part.baskets,
        whole.first - part.first,
        whole.second - part.second,
        whole.both - part.both,
        whole.expected_by_size - part.expected_by_size,
    )


def _counts(
    all_: tuple[int, ...], first: tuple[int, ...] | None, second: tuple[int, ...] | None, both: int
) -> PairCounts:
    nothing = (0,) * (SIZES + 1)
    one, two = first or nothing, second or nothing
    expected = sum(one[size] * two[size] / all_[size] for size in range(1, SIZES + 1) if all_[size])
    return PairCounts(all_[0], one[0], two[0], both, expected)


def _turned(counts: PairCounts) -> PairCounts:
    return PairCounts(counts.baskets, counts.second, counts.first, counts.both, counts.expected_by_size)


def _labels(names: Mapping[int, str], level: Level, context: ToolContext) -> dict[int, Thing]:
    if level == "department":
        return {code: Thing(name, {"department": name}) for code, name in names.items()}
    if level == "category":
        made = {}
        for code, name in names.items():
            department, category = name.split(chr(31), 1)
            made[code] = Thing(f"{category} ({department})", {"department": department, "category": category})
        return made
    known = lookup(list(names.values()), context)
    return {
        code: Thing(known[variant].name, {"product_id": known[variant].product_id, "variant_id": variant,
                                          "product": known[variant].name})
        if variant in known
        else Thing(f"Unknown product {variant}", {"variant_id": variant})
        for code, variant in names.items()
    }  # fmt: skip


def chosen_level(level: Literal["product", "category", "department"] | None, anchor: Part | None) -> Level:
    """The level asked for; beside a department or a category other categories say more than single products do."""
    if level is not None:
        return level
    return "category" if anchor is not None and not anchor.only.variants else "product"
