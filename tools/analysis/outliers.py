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

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

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


@dataclass(slots=True)
class _Tally:
    """Sums of cells."""

    occasions: float = 0.0
    opportunities: float = 0.0
    weight: float = 0.0
    squares: float = 0.0

    def add(self, other: Cell | _Tally) -> None:
        self.occasions += other.occasions
        self.opportunities += other.opportunities
        self.weight += other.weight
        self.squares += other.squares

    def less(self, other: _Tally) -> _Tally:
        return _Tally(
            self.occasions - other.occasions,
            self.opportunities - other.opportunities,
            self.weight - other.weight,
            self.squares - other.squares,
        )


_Key = tuple[int, bool]
_NOTHING = _Tally()


class _Peers:
    """All cells added up by hour, by part of the day and by group, from which any unit can be taken away.

    Units ``set_apart`` are known but are nobody's peers.
    """

    def __init__(self, cells: Iterable[Cell], set_apart: Collection[str] = ()) -> None:
        self.set_apart = set_apart
        self.whole = _Tally()
        self.hours: dict[_Key, _Tally] = {}
        self.parts: dict[_Key, _Tally] = {}
        self.groups: dict[str, dict[_Key, _Tally]] = {}
        self.units: dict[str, dict[_Key, _Tally]] = {}
        self.group_of: dict[str, str] = {}
        for cell in cells:
            key = (cell.hour, cell.weekend)
            self.units.setdefault(cell.unit, {}).setdefault(key, _Tally()).add(cell)
            self.group_of[cell.unit] = cell.group
            if cell.unit in set_apart:
                continue
            self.whole.add(cell)
            self.hours.setdefault(key, _Tally()).add(cell)
            self.parts.setdefault(_part(key), _Tally()).add(cell)
            self.groups.setdefault(cell.group, {}).setdefault(key, _Tally()).add(cell)


def _part(key: _Key) -> _Key:
    return key[0] * _PARTS // 24, key[1]


def _by_part(hours: Mapping[_Key, _Tally]) -> dict[_Key, _Tally]:
    parts: dict[_Key, _Tally] = {}
    for key, tally in hours.items():
        parts.setdefault(_part(key), _Tally()).add(tally)
    return parts


def _total(tallies: Iterable[_Tally]) -> _Tally:
    total = _Tally()
    for tally in tallies:
        total.add(tally)
    return total


def judge(
    cells: Sequence[Cell], *, groups_differ: bool = True, fewest_peers: float = FEWEST_PEER_OCCASIONS
) -> list[Judged]:
    """Every unit against the others, by name.

    What is far out at first sight is judged again, together with everybody, against the others without it: an outlier
    makes its colleagues look low and everybody look unlike.

    Args:
        cells: what the units did.
        groups_differ: allow for the level of a unit's own group (a store's ways) as far as the others in it show it.
        fewest_peers: occasions of all others that a part of the day needs.
    """
    first = _pass(_Peers(cells), fewest_peers, groups_differ=groups_differ, spread=LEAST_SPREAD)
    far = sorted((one for one in first if one.chance < _FAR_OUT), key=lambda one: one.chance)
    apart = {one.unit for one in far[: len(first) // _ONE_IN]}
    return _pass(_Peers(cells, apart), fewest_peers, groups_differ=groups_differ)


def _pass(peers: _Peers, fewest_peers: float, *, groups_differ: bool, spread: float | None = None) -> list[Judged]:
    """Everybody against the others; how much they differ is estimated unless it is given."""
    held = [_held(unit, peers, fewest_peers, groups_differ=groups_differ) for unit in sorted(peers.units)]
    if spread is None:
        ordinary = [one for one in held if one.unit not in peers.set_apart]
        spread = relative_spread([(one.own.weight, one.expected, one.size, one.noise) for one in ordinary])
    return [_judged(one, spread) for one in held]


@dataclass(frozen=True, slots=True)
class _Held:
    """A unit and what is expected of it.

    ``size`` is what one ordinary event weighs, ``noise`` the relative variance of the expectation itself.
    """

    unit: str
    own: _Tally
    expected: float
    size: float
    noise: float
    alone: float


def _held(unit: str, peers: _Peers, fewest_peers: float, *, groups_differ: bool) -> _Held:
    mine = peers.units[unit]
    rates = _Rates(peers, {} if unit in peers.set_apart else mine)
    judged = {key: tally for key, tally in mine.items() if rates.others(_part(key)).occasions >= fewest_peers}
    own = _total(judged.values())
    expected = sum(tally.opportunities * rates.at(key) for key, tally in judged.items())
    level, noise = 1.0, 0.0
    if groups_differ:
        level, noise = rates.group_level(peers.groups.get(peers.group_of[unit], {}))
    variance = 0.0
    for part, tally in _by_part(judged).items():
        others = rates.others(part)
        # Peers without an event leave their rate as uncertain as half an event would.
        squares = max(others.squares, rates.size**2 / 2)
        variance += (tally.opportunities / others.opportunities) ** 2 * squares if others.opportunities > 0 else 0.0
    everything = _total(mine.values()).opportunities
    alone = 1 - own.opportunities / everything if everything else 0.0
    noise += variance / expected**2 if expected else 0.0
    return _Held(unit, own, expected * level, rates.size, noise, alone)


class _Rates:
    """Rates of everybody but one unit, hour by hour; ``mine`` is what that unit has in the sums of all."""

    def __init__(self, peers: _Peers, mine: Mapping[_Key, _Tally]) -> None:
        self.mine = mine
        self._peers, self._my_parts = peers, _by_part(mine)
        others = peers.whole.less(_total(mine.values()))
        whole = peers.whole
        basis = others if others.weight > 0 else whole
        self.size = basis.squares / basis.weight if basis.weight > 0 else 1.0
        # An expectation of nothing at all would make any single event infinitely unlikely.
        events = max(others.weight, self.size / 2)
        self._level = events / others.opportunities if others.opportunities > 0 else 0.0
        self._known: dict[_Key, float] = {}

    def others(self, part: _Key) -> _Tally:
        """A part of the day without the unit."""
        return self._peers.parts.get(part, _NOTHING).less(self._my_parts.get(part, _NOTHING))

    def at(self, key: _Key) -> float:
        """The rate in an hour, drawn towards that of the part of the day where little is known of the hour."""
        if key not in self._known:
            broad = self._shrunk(self.others(_part(key)), self._level, _PART_PRIOR)
            hour = self._peers.hours.get(key, _NOTHING).less(self.mine.get(key, _NOTHING))
            self._known[key] = self._shrunk(hour, broad, _HOUR_PRIOR)
        return self._known[key]

    def _shrunk(self, tally: _Tally, towards: float, events: float) -> float:
        """A rate drawn towards another, which counts as so many events."""
        if towards <= 0:
            return 0.0
        prior = events * self.size
        return (tally.weight + prior) / (tally.opportunities + prior / towards)

    def group_level(self, group: Mapping[_Key, _Tally]) -> tuple[float, float]:
        """How the others of a group stand to everybody, drawn towards equal, and the relative variance of that."""
        seen = expected = 0.0
        for key, tally in group.items():
            rest = tally.less(self.mine.get(key, _NOTHING))
            seen += rest.weight
            expected += rest.opportunities * self.at(key)
        prior = _GROUP_PRIOR * self.size
        return (seen + prior) / (expected + prior), max(seen, 0.0) * self.size / (seen + prior) ** 2


def relative_spread(units: Sequence[tuple[float, float, float, float]]) -> float:
    """How much units differ beyond chance, relative to what is expected of them.

    The spread at which the median of the squared standard scores is that of a standard normal; a median, so that a few
    outliers do not widen it.

    Args:
        units: observed, expected, weight of one event, relative variance of the expectation.
    """
    known = [unit for unit in units if unit[1] >= unit[2]]
    if len(known) < FEWEST_UNITS_FOR_SPREAD:
        return LEAST_SPREAD

    def middle(spread: float) -> float:
        return median(
            (seen - expected) ** 2 / (expected * size + (spread**2 + noise) * expected**2)
            for seen, expected, size, noise in known
        )

    low, high = LEAST_SPREAD, _MOST_SPREAD
    if middle(low) <= _MEDIAN_OF_CHI_SQUARE:
        return low
    if middle(high) >= _MEDIAN_OF_CHI_SQUARE:
        return high
    for _ in range(30):
        between = (low + high) / 2
        low, high = (between, high) if middle(between) > _MEDIAN_OF_CHI_SQUARE else (low, between)
    return high


def _judged(held: _Held, spread: float) -> Judged:
    shape = 1 / (spread**2 + held.noise)
    own, size = held.own, held.size
    if own.weight > 0 and own.squares > 0:
        size = own.squares / own.weight
    events, expected = own.weight / size, held.expected / size
    return Judged(
        held.unit,
        own.weight,
        own.opportunities,
        held.expected,
        chance_of(events, expected, shape),
        held.alone,
    )


def chance_of(events: float, expected: float, shape: float) -> float:
    """The chance of so many events or more where the rate itself is gamma distributed around the expected one.

    A negative binomial with mean ``expected`` and variance ``expected + expected² / shape``; its upper tail is a
    regularised incomplete beta function (DLMF 8.17), which also reads events that are no whole number.
    """
    if events <= 0:
        return 1.0
    if expected <= 0:
        return 1.0  # nothing is known of the peers, so nothing is unusual
    from scipy.special import betainc

    return float(betainc(events, shape, expected / (expected + shape)))


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
