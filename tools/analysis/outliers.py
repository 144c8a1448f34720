"""Who stands out among peers, whatever their size and the hours they work. Pure.

Each unit (a store, a register, an employee) has events and opportunities by hour. What is expected of it is what all
*others* did in the same hours, so nobody is measured by himself. Hours are held against hours first, against the part
of the day where an hour is thin, and a unit is not judged for a part of the day in which hardly anybody else is there.

Events are gamma-Poisson: around its expected count a unit's own rate may differ from its peers' by a relative spread
that is estimated from all of them by a median, so that the outlier does not hide itself (empirical Bayes; the limits
are those of a funnel plot with random effects, Spiegelhalter 2005). Sums of money are brought to an effective number of
events, sum squared over the sum of squares (Fay and Feuer 1997), and judged alike. The chance of a result is one-sided,
and Holm's rule over everything that was looked at keeps the risk of naming anybody wrongly in a report below 5 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FAMILY_RISK = 0.05
"""The risk that a whole report names somebody of whom nothing is unusual."""
LEAST_SPREAD = 0.15
"""The least relative difference between units that is taken for ordinary; nobody works exactly like the others."""
FEWEST_PEER_OCCASIONS = 20
"""With fewer occasions of all others together in a part of the day there is nothing to hold a unit against."""
FEWEST_UNITS_FOR_SPREAD = 6

_MOST_SPREAD = 1.0
_HOUR_PRIOR, _PART_PRIOR, _GROUP_PRIOR = 2.0, 0.5, 20.0
_MEDIAN_OF_CHI_SQUARE = 0.4549
_PARTS = 4
HOURS = 48
"""The hours of a working day and then those of a day of the weekend."""
_FAR_OUT = 0.001
_ONE_IN = 5
"""At most one unit in five is set apart before the others are held against each other."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one unit did in one hour of the day: ``hour`` is 0 to 23, ``weekend`` keeps Saturdays and Sundays apart.

    ``occasions`` counts the documents, shifts or closings; ``opportunities`` is what the events are a share of (the
    occasions, or money); ``weight`` the sum of what is measured (a count, or money), and ``squares`` the sum of its
    squares (for a count the count again).
    """

    unit: str
    group: str
    hour: int
    weekend: bool
    occasions: float
    opportunities: float
    weight: float
    squares: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One unit against its peers, over the hours in which it has any.

    ``expected`` is in the unit of ``observed``; ``chance`` how likely so much or more would be of an ordinary unit;
    ``alone`` the share of its opportunities left out for want of peers.
    """

    unit: str
    observed: float
    opportunities: float
    expected: float
    chance: float
    alone: float

    @property
    def ratio(self) -> float:
        """Observed over expected; 0 where nothing is expected."""
        return self.observed / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class Tallies:
    """What units did, by hour: a row a unit, a column an hour of the day, working days first.

    ``group`` numbers the group of each unit. The others are arrays of units × 48 as in ``Cell``.
    """

    units: Sequence[str]
    group: NDArray[np.int64]
    occasions: NDArray[np.float64]
    opportunities: NDArray[np.float64]
    weight: NDArray[np.float64]
    squares: NDArray[np.float64]


def judge(
    cells: Sequence[Cell], *, groups_differ: bool = True, fewest_peers: float = FEWEST_PEER_OCCASIONS
) -> list[Judged]:
    """Every unit against the others, by name; see ``judge_tallies``."""
    import numpy as np

    units = sorted({cell.unit for cell in cells})
    places = {unit: place for place, unit in enumerate(units)}
    numbers: dict[str, int] = {}
    group = np.zeros(len(units), dtype=np.int64)
    sums = np.zeros((4, len(units), HOURS))
    for cell in cells:
        place = places[cell.unit]
        group[place] = numbers.setdefault(cell.group, len(numbers))
        sums[:, place, cell.hour + 24 * cell.weekend] += (
            cell.occasions, cell.opportunities, cell.weight, cell.squares,
        )  # fmt: skip
    return judge_tallies(Tallies(units, group, *sums), groups_differ=groups_differ, fewest_peers=fewest_peers)


def judge_tallies(
    tallies: Tallies, *, groups_differ: bool = True, fewest_peers: float = FEWEST_PEER_OCCASIONS
) -> list[Judged]:
    """Every unit against the others, in their order.

    What is far out at first sight is judged again, together with everybody, against the others without it: an outlier
    makes its colleagues look low and everybody look unlike.

    Args:
        tallies: what the units did.
        groups_differ: allow for the level of a unit's own group (a store's ways) as far as the others in it show it.
        fewest_peers: occasions of all others that a part of the day needs.
    """
    import numpy as np

    if not tallies.units:
        return []
    apart = np.zeros(len(tallies.units), dtype=bool)
    first = _chances(_held(tallies, apart, fewest_peers, groups_differ=groups_differ), LEAST_SPREAD)
    far = [place for place in np.argsort(first, kind="stable") if first[place] < _FAR_OUT]
    apart[far[: len(first) // _ONE_IN]] = True
    held = _held(tallies, apart, fewest_peers, groups_differ=groups_differ)
    chances = _chances(held, _spread_of(held.weight, held.expected, held.size, held.noise, ~apart))
    columns = (held.weight, held.opportunities, held.expected, chances, held.alone)
    return [Judged(unit, *row) for unit, row in zip(tallies.units, np.stack(columns, axis=1).tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class _Held:
    """What units have in the hours in which they have peers, and what is expected of them; an entry a unit.

    ``size`` is what one ordinary event weighs, ``noise`` the relative variance of the expectation itself.
    """

    weight: NDArray[np.float64]
    opportunities: NDArray[np.float64]
    squares: NDArray[np.float64]
    expected: NDArray[np.float64]
    size: NDArray[np.float64]
    noise: NDArray[np.float64]
    alone: NDArray[np.float64]


def _by_part(hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums by part of the day: units × 48 to units × 8."""
    parts: NDArray[np.float64] = hours.reshape(len(hours), 2 * _PARTS, 24 // _PARTS).sum(axis=2)
    return parts


def _over(above: NDArray[np.float64], below: NDArray[np.float64], otherwise: float = 0.0) -> NDArray[np.float64]:
    """A quotient; ``otherwise`` where nothing is below."""
    import numpy as np

    quotient: NDArray[np.float64] = np.full(np.broadcast(above, below).shape, otherwise)
    np.divide(above, below, out=quotient, where=below > 0)
    return quotient


def _held(tallies: Tallies, apart: NDArray[np.bool_], fewest_peers: float, *, groups_differ: bool) -> _Held:
    """Everybody against the others; units set ``apart`` are known but are nobody's peers."""
    import numpy as np

    every = (tallies.occasions, tallies.opportunities, tallies.weight, tallies.squares)
    peers = ~apart[:, None]
    mine = [one * peers for one in every]  # what a unit has in the sums of all
    hours = [one.sum(axis=0) for one in mine]
    occasions, opportunities, _, squares = (
        part.sum(axis=0)[None, :] - part for part in (_by_part(one) for one in mine)
    )
    weight = _by_part(hours[2][None, :] - mine[2])
    whole = [one.sum() for one in hours]
    others = [total - one.sum(axis=1) for total, one in zip(whole, mine, strict=True)]
    overall = whole[3] / whole[2] if whole[2] > 0 else 1.0
    size = _over(others[3], others[2], overall)
    # An expectation of nothing at all would make any single event infinitely unlikely.
    level = _over(np.maximum(others[2], size / 2), others[1])[:, None]
    broad = _shrunk(weight, opportunities, level, _PART_PRIOR * size[:, None])
    rates = _shrunk(
        hours[2] - mine[2], hours[1] - mine[1], np.repeat(broad, 24 // _PARTS, axis=1), _HOUR_PRIOR * size[:, None]
    )
    judged = occasions >= fewest_peers
    in_hours = np.repeat(judged, 24 // _PARTS, axis=1)
    expected = (tallies.opportunities * in_hours * rates).sum(axis=1)
    # Peers without an event leave their rate as uncertain as half an event would.
    uncertain = np.maximum(squares, size[:, None] ** 2 / 2)
    share = _over(_by_part(tallies.opportunities) * judged, opportunities)
    noise = np.zeros(len(expected))
    if groups_differ:
        grouped = np.zeros((2, int(tallies.group.max()) + 1, HOURS))
        for place, one in enumerate((mine[2], mine[1])):
            np.add.at(grouped[place], tallies.group, one)
        seen = (grouped[0][tallies.group] - mine[2]).sum(axis=1)
        due = ((grouped[1][tallies.group] - mine[1]) * rates).sum(axis=1)
        prior = _GROUP_PRIOR * size
        noise = np.maximum(seen, 0.0) * size / (seen + prior) ** 2
        level_of_group = (seen + prior) / (due + prior)
    noise = noise + _over((share**2 * uncertain).sum(axis=1), expected**2)
    own = [(one * in_hours).sum(axis=1) for one in every]
    everything = tallies.opportunities.sum(axis=1)
    alone = np.where(everything > 0, 1 - _over(own[1], everything), 0.0)
    if groups_differ:
        expected = expected * level_of_group
    return _Held(own[2], own[1], own[3], expected, size, noise, alone)


def _shrunk(
    weight: NDArray[np.float64],
    opportunities: NDArray[np.float64],
    towards: NDArray[np.float64],
    prior: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Rates drawn towards others; ``prior`` is the weight of the events for which these count."""
    return _over(weight + prior, opportunities + _over(prior, towards)) * (towards > 0)


def relative_spread(units: Sequence[tuple[float, float, float, float]]) -> float:
    """How much units differ beyond chance, relative to what is expected of them.

    The spread at which the median of the squared standard scores is that of a standard normal; a median, so that a few
    outliers do not widen it.

    Args:
        units: observed, expected, weight of one event, relative variance of the expectation.
    """
    import numpy as np

    seen, expected, size, noise = np.array(units, dtype=float).reshape(-1, 4).T
    return _spread_of(seen, expected, size, noise, np.ones(len(seen), dtype=bool))


def _spread_of(
    seen: NDArray[np.float64],
    expected: NDArray[np.float64],
    size: NDArray[np.float64],
    noise: NDArray[np.float64],
    ordinary: NDArray[np.bool_],
) -> float:
    """``relative_spread`` of the units that are ``ordinary``."""
    import numpy as np

    known = ordinary & (expected >= size)
    if known.sum() < FEWEST_UNITS_FOR_SPREAD:
        return LEAST_SPREAD
    above = (seen - expected)[known] ** 2
    chance, squared, noise = (expected * size)[known], expected[known] ** 2, noise[known]

    def middle(spread: float) -> float:
        return float(np.median(above / (chance + (spread**2 + noise) * squared)))

    low, high = LEAST_SPREAD, _MOST_SPREAD
    if middle(low) <= _MEDIAN_OF_CHI_SQUARE:
        return low
    if middle(high) >= _MEDIAN_OF_CHI_SQUARE:
        return high
    for _ in range(30):
        between = (low + high) / 2
        low, high = (between, high) if middle(between) > _MEDIAN_OF_CHI_SQUARE else (low, between)
    return high


def _chances(held: _Held, spread: float) -> NDArray[np.float64]:
    """The chance of each unit's result."""
    size = _over(held.squares, held.weight) * (held.weight > 0)
    size = held.size * (size <= 0) + size
    return _tail(held.weight / size, held.expected / size, 1 / (spread**2 + held.noise))


def chance_of(events: float, expected: float, shape: float) -> float:
    """The chance of so many events or more where the rate itself is gamma distributed around the expected one.

    A negative binomial with mean ``expected`` and variance ``expected + expected² / shape``; its upper tail is a
    regularised incomplete beta function (DLMF 8.17), which also reads events that are no whole number.
    """
    import numpy as np

    return float(_tail(*(np.array([one], dtype=float) for one in (events, expected, shape)))[0])


def _tail(
    events: NDArray[np.float64], expected: NDArray[np.float64], shape: NDArray[np.float64]
) -> NDArray[np.float64]:
    import numpy as np

    chances = np.ones(len(events))
    known = (events > 0) & (expected > 0)  # where nothing is known of the peers, nothing is unusual
    if known.any():
        from scipy.special import betainc

        events, expected, shape = events[known], expected[known], shape[known]
        chances[known] = betainc(events, shape, expected / (expected + shape))
    return chances


def unlikely(chances: Mapping[str, float], risk: float = FAMILY_RISK) -> set[str]:
    """Those that remain unusual though so many were looked at (Holm 1979)."""
    named: set[str] = set()
    for place, (key, chance) in enumerate(sorted(chances.items(), key=lambda item: (item[1], item[0]))):
        if chance > risk / (len(chances) - place):
            break
        named.add(key)
    return named


def usual_range(values: Sequence[float], width: float, least: float) -> tuple[float, float]:
    """Median and the distance from it that is still usual: ``width`` deviations by the MAD, at least ``least``."""
    middle = median(values)
    deviation = 1.4826 * median(abs(value - middle) for value in values)
    return middle, max(width * deviation, least)
