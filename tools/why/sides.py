"""The two sides of a change that is to be explained: which days, which sums, and whether they can be held together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from tools.against import against_each, periods_of, span_of
from tools.analysis.calendar import Period
from tools.analysis.comparison_periods import Against
from tools.analysis.decomposition import Earned, Goods, Trade
from tools.analysis.exact import ZERO, exact
from tools.directory import Store
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, coverage, not_open_yet, require_sales
from tools.metrics.definitions import METRICS
from tools.metrics.evaluate import decimal
from tools.metrics.model import Metric
from tools.metrics.query import Statement, Window, build
from tools.metrics.shared_hours_query import build_shared_hours
from tools.metrics.why_query import REPRICED_SCALE, SCALE, build_goods
from tools.together import together
from tools.wording import span

_NOTHING = Decimal(0)
DAY_METRICS = tuple(METRICS[name] for name in ("net_sales", "average_transaction_value"))


@dataclass(frozen=True, slots=True)
class StoreDay:
    """What one store did on one day."""

    net: Decimal
    sale_net: Decimal
    transactions: Decimal


@dataclass(frozen=True, slots=True)
class Shared:
    """What was counted and sold at one store (before, now) in the hours that both sides have counted.

    The other side is the sum of all its like periods.
    """

    visitors: tuple[int, int]
    transactions: tuple[int, int]


@dataclass(slots=True)
class Sides:
    """Both sides; ``parts_of_norm`` is how many like periods the other side is the mean of.

    ``cut`` is true when today so far is held against the same hours, where single products are not known.
    """

    asked: Frame
    metric: Metric
    against: Mapping[str, Against]
    now: Sequence[Window]
    before: Sequence[Window]
    parts_of_norm: int
    cut: bool
    days: Mapping[str, int]
    days_before: Mapping[str, int]
    statements: list[Statement] = field(default_factory=list)
    store_days: dict[int, dict[tuple[str, date], StoreDay]] = field(default_factory=dict)
    shared: dict[str, Shared] | None = None
    thin: Mapping[str, int] = field(default_factory=dict)
    """Of a norm, the stores with sales in fewer of its periods than others, with how many."""

    @property
    def versus(self) -> Against:
        """What the first store's period is held against."""
        return self.against[self.asked.stores.stores[0].store_id]

    @property
    def before_days(self) -> tuple[date, date]:
        """First and last date of the other side."""
        return min(window.start_on for window in self.before), max(window.end_on for window in self.before)

    @property
    def both(self) -> list[Store]:
        """Stores with sales on both sides."""
        return [
            store
            for store in self.asked.stores.stores
            if store.store_id in self.days and store.store_id in self.days_before
        ]

    @property
    def one_side(self) -> list[Store]:
        """Stores with sales on one side only."""
        return [
            store
            for store in self.asked.stores.stores
            if (store.store_id in self.days) != (store.store_id in self.days_before)
        ]

    def other_periods(self, store_id: str) -> Sequence[Period]:
        """The periods of the other side that count, of one store."""
        kept = {(window.start_on, window.end_on) for window in self.before}
        return [one for one in self.against[store_id].periods if (one.start_on, one.end_on) in kept]

    def rows(self, statement: Statement) -> Sequence[Sequence[object]]:
        """Run a statement and remember it."""
        self.statements.append(statement)
        return self.asked.context.mirror.query(statement.sql, statement.params).rows

    def apart(self, *reads: Callable[[Sides], Any]) -> tuple[Any, ...]:
        """What several readers find that do not need each other, side by side; statements are remembered in order."""
        mine = [replace(self, statements=[]) for _ in reads]
        found = together(*(partial(read, one) for read, one in zip(reads, mine, strict=True)))
        self.statements += [statement for one in mine for statement in one.statements]
        self.shared = next((one.shared for one in (self, *mine) if one.shared is not None), None)
        return found


def two_sides(asked: Frame, metric: Metric, compare_to: str | None) -> Sides:
    """Both sides of a question, whole days unless it is about today alone.

    Raises:
        BadArgumentError: today so far of what is only known for whole days.
        NoDataError: one side has no sales.
    """
    asked, cut = _whole_days(asked, metric)
    against = against_each(asked, compare_to)
    now = asked.windows(whole_hours=cut)
    others = [
        asked.windows(periods_of(against, number), whole_hours=cut)
        for number in range(len(next(iter(against.values())).periods))
    ]
    (days, covered), *earlier = together(*(partial(coverage, asked, windows) for windows in (now, *others)))
    require_sales(asked, days)
    before: list[Window] = []
    days_before: dict[str, int] = {}
    times: Counter[str] = Counter()
    found = 0
    for windows, (there, _) in zip(others, earlier, strict=True):
        if there:
            found += 1
            before += windows
            times.update(there.keys())
            days_before = {key: days_before.get(key, 0) + there.get(key, 0) for key in {*days_before, *there}}
    if not before:
        first = min(store.first_on for store in asked.stores.stores if store.first_on)
        raise NoDataError(
            f"There is nothing to compare with: no sales for {asked.stores.label} on "
            f"{span(*span_of(against))}; the data begins on "
            f"{span(first, first)}. Name another period with “compared with …”."
        )
    for store in not_open_yet(asked, days, days_before, before) if cut else ():
        del days_before[store]
    thin = {store: number for store, number in sorted(times.items()) if number < found}
    return Sides(asked, metric, against, now, before, found, cut, days, days_before, [covered], thin=thin)


def _whole_days(asked: Frame, metric: Metric) -> tuple[Frame, bool]:
    if not asked.unfinished():
        return asked, False
    if asked.period.days > 1:
        return asked.without_today(), False
    if asked.part or metric.name not in ("net_sales", "transactions"):
        what = asked.part.label if asked.part else metric.label
        raise BadArgumentError(f"{what} can only be explained for whole days; ask about a period that ended yesterday.")
    if asked.hours_over() == 0:
        raise NoDataError("No whole hour of today is known yet; ask about yesterday.")
    return asked, True


def store_days(sides: Sides, *, before: bool = False) -> dict[tuple[str, date], StoreDay]:
    """Every store-day of one side with sales, read once."""
    if before in sides.store_days:
        return sides.store_days[before]
    windows = sides.before if before else sides.now
    statement = build(DAY_METRICS, windows, "store_day", sides.asked.context.scope)
    days = {}
    for store, day, net, sale_net, transactions in sides.rows(statement):
        if net is not None and isinstance(day, date):
            days[str(store), day] = StoreDay(*(decimal(cell) or _NOTHING for cell in (net, sale_net, transactions)))
    sides.store_days[before] = days
    return days


def trades(sides: Sides) -> dict[str, tuple[Trade, Trade]]:
    """Per store with sales on both sides (before, now), with visitors of the hours that both sides have counted."""
    days, shared, goods = _read(sides)
    found = {}
    for store in sides.both:
        key = store.store_id
        mine0, mine1, door = days[0].get(key, {}), days[1].get(key, {}), shared.get(key)
        before = _trade(mine0, door, 0, sides.parts_of_norm, None if sides.cut else goods[key][0])
        now = _trade(mine1, door, 1, 1, None if sides.cut else goods[key][1])
        found[key] = (before, now)
    return found


_Sold = Mapping[str, tuple[tuple[Goods, Fraction], tuple[Goods, Fraction]]]


def _read(sides: Sides) -> tuple[list[dict[str, dict[date, StoreDay]]], dict[str, Shared], _Sold]:
    """By store: days with sales of both sides (before, now), hours counted on both, and goods unless cut to hours."""
    read: list[Callable[[Sides], Any]] = [partial(store_days, before=True), store_days, shared_hours]
    before, now, shared, *goods = sides.apart(*read, *([] if sides.cut else [_goods]))
    sides.shared = shared
    return [_by_store(before), _by_store(now)], shared, goods[0] if goods else {}


def shared_hours(sides: Sides) -> dict[str, Shared]:
    """By store with sales on both sides what its hours saw that both have counted at the door, read once.

    Hours of like days are held against each other; see ``build_shared_hours``.
    """
    if sides.shared is None:
        sides.shared = {store: one for (store,), one in _shared(sides, by_hour=False).items()}
    return sides.shared


def shared_by_hour(sides: Sides) -> dict[tuple[str, int], Shared]:
    """The same by store and hour of the clock."""
    return {(store, int(hour)): one for (store, hour), one in _shared(sides, by_hour=True).items()}


def _shared(sides: Sides, *, by_hour: bool) -> dict[tuple[str, ...], Shared]:
    lengths = {(window.end_on - window.start_on).days for window in (*sides.now, *sides.before)}
    statement = build_shared_hours(
        sides.now,
        sides.before,
        sides.asked.context.scope,
        periods=sides.parts_of_norm,
        equal=len(lengths) == 1,
        by_hour=by_hour,
    )
    both = {store.store_id for store in sides.both}
    found = {}
    for *keys, seen1, sold1, seen0, sold0 in sides.rows(statement):
        if keys[0] in both:
            seen, sold = (int(str(seen0)), int(str(seen1))), (int(str(sold0)), int(str(sold1)))
            found[tuple(map(str, keys))] = Shared(seen, sold)
    return found


def _by_store(days: Mapping[tuple[str, date], StoreDay]) -> dict[str, dict[date, StoreDay]]:
    found: dict[str, dict[date, StoreDay]] = {}
    for (store, day), one in days.items():
        found.setdefault(store, {})[day] = one
    return found


def _trade(
    days: Mapping[date, StoreDay],
    door: Shared | None,
    side: int,
    periods: int,
    goods: tuple[Goods, Fraction] | None,
) -> Trade:
    pieced, unpieced = goods or (Goods(), _exact((one.net for one in days.values()), periods))
    return Trade(
        _exact((one.transactions for one in days.values()), periods),
        pieced,
        unpieced,
        exact(door.visitors[side], periods) if door else ZERO,
        exact(door.transactions[side], periods) if door else ZERO,
    )


def _exact(values: Iterable[Decimal], periods: int) -> Fraction:
    """The mean of a sum over so many periods."""
    top, bottom = sum(values, _NOTHING).as_integer_ratio()
    return exact(top, bottom * periods)


def _goods(sides: Sides) -> _Sold:
    """Per store before and now: goods by the piece, and the net value of everything else."""
    only = sides.asked.part.only if sides.asked.part else None
    statement = build_goods(sides.now, sides.before, sides.asked.context.scope, only=only)
    rows = _named(sides, statement)
    empty = ((Goods(), Fraction(0)), (Goods(), Fraction(0)))
    found = {store.store_id: empty for store in sides.both}
    for row in rows:
        pair = []
        for side in ("0", "1"):
            periods = sides.parts_of_norm if side == "0" else 1
            rest = row[f"net{side}"] - row[f"sold_value{side}"]
            pair.append((_of_goods(row, "sold", side, sides.parts_of_norm), exact(rest, SCALE * periods)))
        found[row.store] = (pair[0], pair[1])
    return found


class _Row(dict[str, int]):
    """A row of sums by column name, in parts of ``SCALE`` or ``REPRICED_SCALE``."""

    store: str = ""


def _named(sides: Sides, statement: Statement) -> list[_Row]:
    sides.statements.append(statement)
    result = sides.asked.context.mirror.query(statement.sql, statement.params)
    named, names = [], result.columns[1:]
    for cells in result.rows:
        row = _Row((column, int(cell or 0)) for column, cell in zip(names, cells[1:], strict=True))
        row.store = str(cells[0])
        named.append(row)
    return named


def _of_goods(row: Mapping[str, int], name: str, side: str, norm: int) -> Goods:
    """One measure of one side; the mean side counts a share, and the other is repriced at a share of its pieces."""
    mine, other = (norm, 1) if side == "0" else (1, norm)
    return Goods(
        exact(row[f"pieces{side}"], SCALE * mine),
        exact(row[f"{name}_value{side}"], SCALE * mine),
        exact(row[f"{name}_common{side}"], SCALE * mine),
        exact(row[f"{name}_repriced{side}"], REPRICED_SCALE * other),
    )


def earnings(sides: Sides) -> dict[str, tuple[Earned, Earned]]:
    """Per store with sales on both sides (before, now) what its goods earned."""
    only = sides.asked.part.only if sides.asked.part else None
    statement = build_goods(sides.now, sides.before, sides.asked.context.scope, only=only, margin=True)
    found = {store.store_id: (Earned(), Earned()) for store in sides.both}
    for row in _named(sides, statement):
        pair = []
        for side in ("0", "1"):
            periods = sides.parts_of_norm if side == "0" else 1
            listed, discount, cost = (
                _of_goods(row, name, side, sides.parts_of_norm) for name in ("listed", "discount", "cost")
            )
            unpieced_net, unpieced_cost, unsure_net, unsure_cost = (
                Fraction(row[f"{name}{side}"], SCALE * periods)
                for name in ("unpieced_net", "unpieced_cost", "unsure_net", "unsure_cost")
            )
            pair.append(Earned(listed, discount, cost, unpieced_net, unpieced_cost, unsure_net, unsure_cost))
        found[row.store] = (pair[0], pair[1])
    return found


def alone(sides: Sides, store: Store) -> Sides:
    """The same two sides of one store."""
    mine = among(sides, (store,), store.name)
    return replace(mine, asked=replace(mine.asked, period=mine.asked.periods[store.store_id]))


def among(sides: Sides, stores: Sequence[Store], label: str) -> Sides:
    """The same two sides of some of their stores."""
    keys = tuple(store.store_id for store in stores)
    asked = replace(
        sides.asked,
        stores=replace(sides.asked.stores, stores=tuple(stores), label=label),
        periods={key: sides.asked.periods[key] for key in keys},
    )
    return replace(
        sides,
        asked=asked,
        now=_of_stores(sides.now, keys),
        before=_of_stores(sides.before, keys),
        days={key: sides.days[key] for key in keys if key in sides.days},
        days_before={key: sides.days_before[key] for key in keys if key in sides.days_before},
        statements=[],
        store_days={},
        shared=None if sides.shared is None else {at: one for at, one in sides.shared.items() if at in keys},
    )


def _of_stores(windows: Sequence[Window], keys: Sequence[str]) -> list[Window]:
    kept = [(window, tuple(key for key in keys if key in window.store_ids)) for window in windows]
    return [replace(window, store_ids=ids) for window, ids in kept if ids]
