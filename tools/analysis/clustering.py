"""Groups of like customers by k-means over standardised logarithms of their habits.

Spend, visits and recency are skewed by orders of magnitude, so their logarithms are taken and brought to mean 0 and
variance 1 before distances mean anything. The number of groups is the one of 3 to 7 with the best mean silhouette
(Rousseeuw 1987), among those whose smallest group has enough people. Seeds are fixed: the same customers give the
same groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.analysis.few import FEWEST
from tools.analysis.rfm import Customer

GROUPS = range(3, 8)
_SEED = 20261123
_STARTS = 4
_SAMPLE = 2_000
_WORDS = {
    "recency": ("lately seen", "not seen for long"),
    "visits": ("frequent", "rare"),
    "basket": ("large baskets", "small baskets"),
}


@dataclass(frozen=True, slots=True)
class Clusters:
    """Customer key to group number (0 is the group with the highest mean spend), and how well they part.

    ``silhouette`` is the mean of the chosen number; ``tried`` has that of every number that was possible.
    """

    members: Mapping[str, int]
    words: tuple[str, ...]
    silhouette: float
    tried: Mapping[int, float]


def clusters(customers: Sequence[Customer]) -> Clusters | None:
    """The groups, or None where the customers are too few or too much alike to be parted."""
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    points = _standardised(customers)
    if points is None:
        return None
    distinct = len(np.unique(points, axis=0))
    best = None
    tried: dict[int, float] = {}
    for number in GROUPS:
        if number * FEWEST > len(customers) or number >= distinct:
            break
        labels = KMeans(number, n_init=_STARTS, random_state=_SEED).fit_predict(points)
        if np.bincount(labels, minlength=number).min() < FEWEST:
            continue
        sample = _SAMPLE if len(customers) > _SAMPLE else None
        score = float(silhouette_score(points, labels, sample_size=sample, random_state=_SEED))
        tried[number] = score
        if best is None or score > tried[best[0]]:
            best = (number, labels)
    if best is None:
        return None
    number, labels = best
    spend = np.array([float(one.net_minor) for one in customers])
    order = sorted(range(number), key=lambda label: -spend[labels == label].mean())
    place = {label: position for position, label in enumerate(order)}
    members = {one.key: place[int(label)] for one, label in zip(customers, labels, strict=True)}
    words = tuple(_describe(points[labels == label].mean(axis=0)) for label in order)
    return Clusters(members, words, tried[number], tried)


def _standardised(customers: Sequence[Customer]) -> Any:
    """One row a customer: recency, visits and net sales a visit, as logarithms of mean 0 and variance 1."""
    import numpy as np

    if len(customers) < FEWEST * min(GROUPS):
        return None
    raw = np.array(
        [(one.recency_days, one.visits, max(float(one.net_minor), 0.0) / max(one.visits, 1)) for one in customers]
    )
    logs = np.log1p(raw)
    spread = logs.std(axis=0)
    return (logs - logs.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


def _describe(centre: Sequence[float]) -> str:
    """What sets a group apart from the mean, by at least half a standard deviation."""
    recency, visits, basket = (float(value) for value in centre)
    said = []
    if abs(visits) >= 0.5:
        said.append(_WORDS["visits"][visits < 0])
    if abs(recency) >= 0.5:
        said.append(_WORDS["recency"][recency > 0])
    if abs(basket) >= 0.5:
        said.append(_WORDS["basket"][basket < 0])
    return ", ".join(said) or "average in everything"
