"""The rows of a breakdown: held against another period, guarded, ordered and cut, with share and running sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tools.analysis.comparison_periods import Against
from tools.analysis.comparisons import change_pct
from tools.analysis.group_keys import key_order
from tools.analysis.ranking import beyond_noise, ranked, share_pct
from tools.breakdown.rolling_spans import Rolling
from tools.breakdown.where import Where
from tools.calendars import WEEK_START
from tools.frame import Frame
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import SMALL_GROUPS, Cell, Keys, added, gathered
from tools.metrics.dimensions import MEANS_OF_DAYS, NOT_NAMED
from tools.metrics.model import Metric
from tools.per_day import Days
from tools.stores import StoreSet

INNER_ROWS = 5


@dataclass(frozen=True, slots=True)
class Other:
    """The period a breakdown is held against; ``days`` are its first and last date."""

    versus: Against
    days: tuple[date, date]
    whole: Cell
    cells: Mapping[Keys, Cell]
    traded: Mapping[str, Days] = field(default_factory=dict)
    """Days of trade of both sides, by store; none where one side is not over."""

    def days_of(self, store_id: str) -> Days | None:
        """The days of trade of a store, or with "" of all of them."""
        return self.traded.get(store_id)


@dataclass(frozen=True, slots=True)
class Order:
    """How rows are put in order and cut. ``by`` is "value", "change" or "change_pct".

    ``each`` is how many of the second dimension are kept within each group of the first.
    """

    descending: bool
    by: str
    limit: int | None
    each: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``place`` is its rank among the groups of the first dimension, None where they are in time's order."""

    keys: Keys
    now: Cell
    before: Cell | None
    place: int | None = None
    share: Decimal | None = None
    running: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Everything an answer is made of."""

    asked: Frame
    plan: Plan
    where: Where
    metrics: tuple[Metric, ...]
    whole: Cell
    rows: tuple[Row, ...]
    order: Order
    groups: int
    titles: Mapping[tuple[str, str], str]
    heads: Mapping[Keys, Cell]
    other: Other | None = None
    share: bool = False
    cumulative: bool = False
    left_out: int = 0
    rolling: Rolling | None = None
    within: bool = False
    cells: Sequence[Cell] = ()
    """All groups that were read, before the cut."""

    @property
    def share_label(self) -> str:
        """What ``Row.share`` is a part of, as a column says it."""
        return f"Share of {self.plan.by[0].label.lower()}" if self.within else "Share of total"

    @property
    def share_name(self) -> str:
        """The name of ``Row.share`` among the figures."""
        return f"share_of_{self.metrics[0].name}" + (f"_within_{self.plan.by[0].name}" if self.within else "")

    @property
    def run(self) -> str:
        """What ``Row.running`` is: a running total, or ``mean of 7 days``."""
        return self.rolling.label if self.rolling else "running"

    @property
    def runs(self) -> bool:
        """Whether ``Row.running`` is shown."""
        return self.cumulative or self.rolling is not None

    @property
    def mixed(self) -> bool:
        """Whether several currencies are in it, so that there is no total."""
        return len(self.asked.stores.currencies) > 1

    def title(self, number: int, key: str) -> str:
        """A key of the ``number``-th dimension as people read it."""
        return self.titles.get((self.plan.by[number].name, key), key)

    def currency(self, row: Row) -> str:
        """The currency of a row: of its store where the split is by store."""
        if row.keys and self.plan.by[0].name == "store":
            return next(store.currency for store in self.asked.stores.stores if store.store_id == row.keys[0])
        return self.asked.currency


def days_of(plan: Plan, other: Other | None, now: Cell, before: Cell | None) -> Days | None:
    """The days of trade of both sides of a group; None where it is itself a span of time."""
    if other is None:
        return None
    if not now.keys:
        return other.days_of("")
    names = [one.name for one in plan.by[: len(now.keys)]]
    if MEANS_OF_DAYS & set(names):
        sides = [one.sums.get("x_days") for one in (now, before) if one is not None]
        known = [int(one) for one in sides if one]
        return Days(*known) if len(known) == 2 else None
    if any(one.is_time and one.name != "hour" for one in plan.by):
        return None
    return other.days_of(now.keys[names.index("store")] if "store" in names else "")


def moved(
    metric: Metric, now: Cell, before: Cell | None, exponent: int, by: str, days: Days | None = None
) -> Decimal | None:
    """What a group is put in order by: its value, its change, or its change in per cent.

    Of a sum over sides that are far from equally long it is the change a day.
    """
    value = now.value(metric, exponent)
    if by == "value":
        return value
    if before is None:
        return None
    earlier = before.value(metric, exponent)
    if earlier is None and metric.is_sum and before.sums == {}:
        earlier = Decimal(0)
    if value is None and metric.is_sum and now.sums == {}:
        value = Decimal(0)
    if value is None or earlier is None:
        return None
    if days is not None and days.far_apart and metric.is_sum:  # in all every group rose by as much as there were days
        value, earlier = value / days.now, earlier / days.before
    return value - earlier if by == "change" else change_pct(value, earlier)


def arranged(
    plan: Plan,
    metric: Metric,
    cells: Sequence[Cell],
    outer: Mapping[Keys, Cell],
    other: Other | None,
    order: Order,
    exponent: int,
) -> tuple[list[Row], int]:
    """The rows in order, and how many groups of the first dimension there were before the cut.

    Args:
        plan: what was grouped by.
        metric: the first metric.
        cells: the groups.
        outer: the groups of the first dimension alone, where there are two.
        other: the other period.
        order: how to put them in order.
        exponent: digits after the point of the currency.
    """
    earlier: Mapping[Keys, Cell] = other.cells if other else {}
    known = {cell.keys: cell for cell in cells}
    every = [known.get(keys, Cell(keys, {})) for keys in dict.fromkeys((*known, *earlier))]

    def before(cell: Cell) -> Cell | None:
        return earlier.get(cell.keys, Cell(cell.keys, {})) if other else None

    def score(cell: Cell) -> Decimal | None:
        return moved(metric, cell, before(cell), exponent, order.by, days_of(plan, other, cell, before(cell)))

    if not plan.by:
        return [Row((), cell, before(cell)) for cell in every[:1]], 1
    if len(plan.by) == 1:
        first = _first_order(plan, 0, every, score, order)
        total = len(first)
        timely = plan.by[0].is_time and order.limit is None
        kept = first[: order.limit] if order.limit else first
        return [Row(c.keys, c, before(c), None if timely else n) for n, c in enumerate(kept, 1)], total
    members = gathered(every, lambda cell: cell.keys[:1])
    heads = _first_order(
        plan, 0, [outer.get(keys, added(group, keys)) for keys, group in members.items()], score, order
    )
    rows: list[Row] = []
    for place, head in enumerate(heads[: order.limit] if order.limit else heads, 1):
        inner = _first_order(plan, 1, members[head.keys], score, order)
        cut = inner[:INNER_ROWS] if order.limit and not plan.by[1].is_time else inner
        cut = inner[: order.each] if order.each else cut
        rows += [Row(c.keys, c, before(c), place if order.limit or not plan.by[0].is_time else None) for c in cut]
    return rows, len(heads)


def _first_order(
    plan: Plan, number: int, cells: Sequence[Cell], score: Callable[[Cell], Decimal | None], order: Order
) -> list[Cell]:
    dimension = plan.by[number]
    in_order = sorted(cells, key=lambda cell: key_order(dimension.name, cell.keys[number], WEEK_START))
    if dimension.is_time and (order.limit is None or number) and not (number and order.each):
        return in_order  # but the best hour of each store is the best, and not the first
    found = ranked(in_order, score, descending=order.descending)
    found.sort(key=lambda cell: cell.keys[number] in (*NOT_NAMED, SMALL_GROUPS))
    if order.limit and order.by != "value" and not number:
        found = [
            cell for cell in found if (size := score(cell)) is not None and (size > 0) == order.descending and size
        ]
    return found


def by_name(rows: Sequence[Row], stores: StoreSet) -> list[Row]:
    """Rows by store in the order of their names, without places: what cannot be ranked."""
    return [replace(row, place=None) for row in sorted(rows, key=lambda row: stores.name(row.keys[0]))]


def guarded(
    cells: Sequence[Cell], earlier: Mapping[Keys, Cell], metric: Metric, least: int, *, equal_length: bool
) -> tuple[list[Cell], dict[Keys, Cell], int]:
    """Products that sold enough for their change to mean something, and how many others there are.

    At least ``least`` pieces (or lines, of goods not sold by the piece) on one side, on both for a rate; and where the
    periods are equally long, a change of pieces beyond what chance makes.
    """
    known = {cell.keys: cell for cell in cells}
    kept_now: list[Cell] = []
    kept_before: dict[Keys, Cell] = {}
    left = 0
    for keys in dict.fromkeys((*known, *earlier)):
        now, before = known.get(keys), earlier.get(keys)
        counts = (pieces(now), pieces(before))
        enough = min(counts) >= least if metric.denominator else max(counts) >= least
        if enough and equal_length and metric.is_sum:
            enough = beyond_noise(*counts)
        left += not enough
        if enough and now is not None:
            kept_now.append(now)
        if enough and before is not None:
            kept_before[keys] = before
    return kept_now, kept_before, left


def pieces(cell: Cell | None) -> Decimal:
    """How much of a product was sold: pieces, or lines of goods not sold by the piece."""
    if cell is None:
        return Decimal(0)
    lines, unpieced = cell.sums.get("x_lines"), cell.sums.get("x_unpieced_lines")
    if lines and lines == unpieced:
        return lines
    return cell.sums.get("n_units") or Decimal(0)


def with_share(
    rows: Sequence[Row], metric: Metric, whole: Cell, exponent: int, heads: Mapping[Keys, Cell] | None = None
) -> list[Row]:
    """Each row with its share by the first metric: of the whole, or of its group of the first dimension.

    Args:
        rows: the rows.
        metric: what is shared out.
        whole: everything.
        exponent: digits of the currency.
        heads: the groups of the first dimension, where the shares are of these.
    """

    def share(row: Row) -> Decimal | None:
        of = heads.get(row.keys[:1], whole) if heads is not None else whole
        return share_pct(row.now.value(metric, exponent), of.value(metric, exponent))

    return [Row(row.keys, row.now, row.before, row.place, share(row)) for row in rows]


def with_running(rows: Sequence[Row], metric: Metric, exponent: int, along: int = 0) -> list[Row]:
    """Each row with the first metric so far; a rate is that of all days so far together.

    Args:
        rows: in the order of time.
        metric: what is added up.
        exponent: digits of the currency.
        along: which key is the time; groups of the other key are added up apart.
    """
    so_far: dict[tuple[str, ...], Cell] = {}
    sums: dict[tuple[str, ...], Decimal] = {}
    made: list[Row] = []
    for row in rows:
        key = tuple(name for number, name in enumerate(row.keys) if number != along)
        so_far[key] = added([so_far.get(key, Cell((), {})), row.now])
        now = row.now.value(metric, exponent)
        if now is not None:
            sums[key] = sums.get(key, Decimal(0)) + now
        value = sums.get(key) if metric.is_sum else so_far[key].value(metric, exponent)
        made.append(Row(row.keys, row.now, row.before, row.place, row.share, value))
    return made
