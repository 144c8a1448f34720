"""Where a change happened: by department, hour, store, person and product, each split adding up to the whole.

What is not among the largest is one row, “everything else”, so that the rows of a split add up to the change as it is
shown. A split whose groups do not make up the change is left out rather than forced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from tools.analysis.decomposition import rate_contributions
from tools.analysis.exact import ZERO, apportion, exact, summed
from tools.context import Role
from tools.metrics.evaluate import Group, fetch
from tools.metrics.query import Window, build
from tools.metrics.why_query import CONTRIBUTIONS, SCALE, build_contributions, build_people, build_people_known
from tools.splits import title
from tools.why.parts import Change, unit_of
from tools.why.sides import Sides, shared_by_hour, shared_hours

REST = "Everything else"
_USUAL = {"department": 3, "hour": 2, "store": 3, "employee": 3, "product": 3}
MOST_ROWS = 10
_PEOPLE_DAYS = 31
_NO_PERSON = "Not recorded"
_OTHERS = "everything else"


Groups = Mapping[str, tuple[str, Mapping[str, Fraction], Mapping[str, Fraction]]]
"""By key the name of a group and its sums, before and now."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one group adds to the change. ``key`` is how figures name the group, empty for everything else."""

    key: str
    name: str
    effect: Decimal


@dataclass(frozen=True, slots=True)
class Split:
    """The change by one dimension; the effects add up to it."""

    by: str
    rows: tuple[Contribution, ...]

    def largest(self, way: Decimal) -> list[Contribution]:
        """The groups of their own that moved in a direction, such as that of the whole; the largest first."""
        with_it = [row for row in self.rows if row.key and row.effect * way > 0]
        return sorted(with_it, key=lambda row: -abs(row.effect))


def groups_of(sides: Sides, by: str | None) -> dict[str, Groups]:
    """Both sides by each of the usual dimensions that the metric has, or only by the one asked for."""
    names = (by,) if by else tuple(_USUAL)
    read = sides.apart(*(partial(_groups, by=name) for name in names))
    return {name: groups for name, groups in zip(names, read, strict=True) if groups is not None and len(groups) > 1}


def splits_of(sides: Sides, change: Change, groups: Mapping[str, Groups], by: str | None) -> list[Split]:
    """The splits by each dimension, in more rows if it was asked for."""
    made = (_split(sides, change, name, those, MOST_ROWS if by else _USUAL[name]) for name, those in groups.items())
    return [split for split in made if split]


def can_split(sides: Sides, by: str) -> bool:
    """Whether the metric is known by this dimension."""
    metric, asked = sides.metric, sides.asked
    if by in ("department", "category", "product"):
        one = asked.part is not None and len(asked.part.only.variants) == 1
        return metric.name in CONTRIBUTIONS and not sides.cut and not (one and by != "product")
    if by == "hour":
        return metric.by_hour and asked.part is None
    if by == "store":
        return metric.by_product or asked.part is None
    return metric.name == "net_sales" and asked.part is None and not sides.cut


def _groups(sides: Sides, by: str) -> Groups | None:
    if not can_split(sides, by) or (by == "store" and len(sides.asked.stores.stores) == 1):
        return None
    if "traffic" in sides.metric.sources and by in ("store", "hour"):
        return _at_the_door(sides, by)
    if by in ("department", "category", "product"):
        return _of_the_range(sides, by)
    if by == "employee":
        return _people(sides)
    now, before = sides.apart(*(partial(_built, windows=windows, by=by) for windows in (sides.now, sides.before)))
    return {
        key: (
            title(by, key, sides.asked.stores),
            _sums(sides, before.get(key), sides.parts_of_norm),
            _sums(sides, now.get(key), 1),
        )
        for key in dict.fromkeys((*now, *before))
    }


def _at_the_door(sides: Sides, by: str) -> Groups:
    """Visitors or conversion by store or hour, over the hours that both sides have counted."""
    rate = sides.metric.per_visitor
    shares = Fraction(1, sides.parts_of_norm), Fraction(1)
    sums: dict[str, list[dict[str, Fraction]]] = {}
    found = (
        list(shared_hours(sides).items())
        if by == "store"
        else [(str(hour), one) for (_, hour), one in shared_by_hour(sides).items()]
    )
    for key, door in found:
        pair = sums.setdefault(key, [{"n": ZERO, "d": ZERO}, {"n": ZERO, "d": ZERO}])
        for side, visitors, sold, share in zip(pair, door.visitors, door.transactions, shares, strict=True):
            side["n"] += (sold if rate else visitors) * share
            side["d"] += visitors * share if rate else ZERO
    return {key: (title(by, key, sides.asked.stores), pair[0], pair[1]) for key, pair in sums.items()}


def _of_the_range(sides: Sides, by: str) -> Groups:
    """The groups that add most, and all others as one."""
    only = sides.asked.part.only if sides.asked.part else None
    norm = sides.parts_of_norm
    statement = build_contributions(
        sides.metric.name,
        by,
        sides.now,
        sides.before,
        sides.asked.context.scope,
        only=only,
        norm=norm,
        most=MOST_ROWS + 1,
    )
    return _with_the_rest(sides.rows(statement), SCALE, norm)


def _with_the_rest(rows: Sequence[Sequence[object]], scale: int, norm: int) -> Groups:
    """Groups from rows of ``key, name, n1, d1, n0, d0`` and the same four over all, and what is in none as one."""
    groups: dict[str, tuple[str, Mapping[str, Fraction], Mapping[str, Fraction]]] = {}
    left = [ZERO] * 4
    for key, name, *cells in rows:
        values = [Fraction(str(cell or 0)) / scale for cell in cells]
        if not groups:
            left = values[4:]
        groups[str(key or "")] = (str(name or key or _NO_PERSON), *_pair(values[:4], norm))
        left = [whole - mine for whole, mine in zip(left, values[:4], strict=True)]
    if any(left):
        groups[_OTHERS] = (REST, *_pair(left, norm))
    return groups


def _pair(values: Sequence[Fraction], norm: int) -> tuple[Mapping[str, Fraction], Mapping[str, Fraction]]:
    """Before and now from ``n1, d1, n0, d0``."""
    n1, d1, n0, d0 = values
    return {"n": n0 / norm, "d": d0 / norm}, {"n": n1, "d": d1}


def _built(sides: Sides, windows: Sequence[Window], by: str) -> dict[str, Group]:
    asked = sides.asked
    statement = build([sides.metric], windows, by, asked.context.scope, asked.part.only if asked.part else None)
    sides.statements.append(statement)
    return {group.key: group for group in fetch(asked.context.mirror, statement)}


def _sums(sides: Sides, group: Group | None, periods: int) -> Mapping[str, Fraction]:
    """A group's sums, of the mean over so many periods."""
    sums = group.sums if group else {}
    known = {letter: sums.get(f"{letter}_{sides.metric.name}") for letter in "nd"}
    return {letter: exact(*_over(value, periods)) if value else ZERO for letter, value in known.items()}


def _over(value: Decimal, periods: int) -> tuple[int, int]:
    top, bottom = value.as_integer_ratio()
    return top, bottom * periods


def no_people(sides: Sides) -> str:
    """Why the change is not split by who rang it up; empty where it can be."""
    scope = sides.asked.context.scope
    days = max(window.end_on.toordinal() - window.start_on.toordinal() for window in sides.now) + 1
    if scope.role is Role.STAFF:
        return "figures of colleagues are not shown to you"
    if days > _PEOPLE_DAYS:
        return f"that is done for up to {_PEOPLE_DAYS} days"
    if not sides.rows(build_people_known(sides.now, scope)):
        return "who rang these sales up is not recorded"
    return ""


def _people(sides: Sides) -> Groups | None:
    """Net sales by who rang them up; nobody sees colleagues, and where nobody is recorded there is nothing to see."""
    if no_people(sides):
        return None
    context = sides.asked.context
    norm = sides.parts_of_norm
    statement = build_people(sides.now, sides.before, context.scope, norm=norm, most=MOST_ROWS + 1)
    return _with_the_rest(sides.rows(statement), 1, norm)


def _split(sides: Sides, change: Change, by: str, groups: Groups, most: int) -> Split | None:
    if change.metric.is_sum:
        raw = {key: now["n"] - before["n"] for key, (_, before, now) in groups.items()}
    else:
        raw = rate_contributions({key: (before, now) for key, (_, before, now) in groups.items()})
    scale = unit_of(change.metric, sides.asked.exponent) * 10**change.digits
    whole = int(change.total.scaleb(change.digits))
    if not raw or abs(summed(raw.values()) * scale - whole) > 1:
        return None
    shares = apportion(raw if scale == 1 else {key: value * scale for key, value in raw.items()}, whole)
    ranked = sorted((key for key in shares if shares[key] and key != _OTHERS), key=lambda key: (-abs(shares[key]), key))
    # A single group left over is shown by its name rather than as everything else.
    kept = ranked if len(ranked) <= most + 1 and not shares.get(_OTHERS) else ranked[:most]
    rows = [
        Contribution(key or _NO_PERSON, groups[key][0], Decimal(shares[key]).scaleb(-change.digits)) for key in kept
    ]
    rest = whole - sum(shares[key] for key in kept)
    if len(ranked) > len(kept) or shares.get(_OTHERS):
        rows.append(Contribution("", REST, Decimal(rest).scaleb(-change.digits)))
    return Split(by, tuple(rows)) if rows else None
