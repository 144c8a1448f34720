"""Which stores do worst against their own past, and what each one's change is made of.

Stores differ in size and trade, so each is held against itself: its change on the period before, and where that lies
in the range of its own earlier changes. Targets are shown beside it where they are recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from tools.analysis.comparisons import change_pct
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import caveats, frame, provenance
from tools.metrics.definitions import METRICS
from tools.metrics.query import Statement
from tools.overview.norms import StoreNorm, norms_of
from tools.per_day import per_day_said
from tools.registry import Arguments, tool
from tools.result import Chart, Comparison, Figure, Table, TableColumn, ToolResult
from tools.splits import CHART_POINTS
from tools.why.findings import findings_of
from tools.why.history import History, history_of
from tools.why.parts import Change, change_of
from tools.why.shown import amount, compared, leading, per_day
from tools.why.sides import Sides, alone, among, shared_hours, two_sides
from tools.why.target import Target, targets_of
from tools.why.weakest import Weakest, weakest
from tools.wording import counted, listed, money

MOST_EXPLAINED = 3
MOST_STORES = 60
"""Of more stores only so many of the weakest are looked at one by one."""
WEAKEST = 10
_NAMED = 5
_METRIC = METRICS["net_sales"]


class UnderperformingStoresArguments(Arguments):
    """Arguments of ``underperforming_stores``."""

    period: str = Field(
        default="last week", max_length=120, description="The period in question, in the asker's own words."
    )
    compare_to: str | None = Field(
        default=None,
        max_length=120,
        description="What each store is held against; leave out for the usual one, the period before.",
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Among which stores, in the asker's own words; leave out for all."
    )
    limit: int = Field(default=3, ge=1, le=MOST_EXPLAINED, description="How many of the worst stores to explain.")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """One store with its change, its past and its target."""

    sides: Sides
    change: Change
    history: History | None
    target: Target | None
    norm: StoreNorm | None

    @property
    def name(self) -> str:
        return self.sides.asked.stores.stores[0].name

    @property
    def store_id(self) -> str:
        return self.sides.asked.stores.stores[0].store_id

    @property
    def percent(self) -> Decimal | None:
        return change_pct(self.change.now, self.change.before)

    @property
    def daily(self) -> Decimal | None:
        """The change in per cent, of a day where the two periods differ in length; a day without sales is no excuse."""
        alike = self.sides.versus.periods[0].days == self.sides.asked.period.days
        each = None if alike else per_day(self.sides, self.change)
        return Decimal(each.change_pct) if each else self.percent

    @property
    def place(self) -> str:
        """Where the change lies in the store's own range of changes."""
        usual = self.history.usual() if self.history else None
        now = self.history.relative(self.history.present) if self.history else None
        if usual is None or now is None:
            return "cannot be told"
        return "within" if usual.holds(now) else "below" if now < usual.low else "above"


@tool()
def underperforming_stores(arguments: UnderperformingStoresArguments, context: ToolContext) -> ToolResult:
    """Which stores do worst in net sales against their own past, and what their change is made of.

    Use it for “which stores are underperforming and why”, “which stores are struggling this month”, “worst
    performing stores last week and why”. Every store is ranked by its own change in per cent on the period before
    (or what ``compare_to`` says), not by its size; the worst are split into traffic, conversion, units per
    transaction, price and mix, with one thing that went on there. It says for each whether the change is within
    that store's usual changes, how it stands to its own norm, as an overview does, and the gap to target where
    targets are recorded. Nothing is said to be the cause.
    """
    asked = frame(arguments.period, arguments.stores, context)
    sides = two_sides(asked, _METRIC, arguments.compare_to)
    stores = sides.both
    if not stores:
        raise NoDataError(f"No store of {asked.stores.label} has sales in both periods ({compared(sides)}).")
    noted = []
    of_all, all_of_them = None, sides
    if len(stores) > MOST_STORES:
        of_all = weakest(sides, WEAKEST)
        stores, sides = list(of_all.stores), among(sides, of_all.stores, sides.asked.stores.label)
        noted.append(
            f"The {len(stores)} weakest of {counted(of_all.looked_through, 'store')} were looked at one by one and "
            "stand in the table."
        )
    shared_hours(sides)  # read once for all stores
    norms, read = ([], []) if sides.cut else norms_of(sides.asked)
    own = {norm.store_id: norm for norm in norms}
    ranked = [one for store in stores if (one := _look(alone(sides, store), own.get(store.store_id))) is not None]
    ranked.sort(key=lambda one: (one.daily is None, one.daily or Decimal(0), one.store_id))
    worst = [one for one in ranked if one.daily is not None and one.daily < 0][: arguments.limit]
    first = _headline(sides, ranked, worst, of_all)
    lines = [first, *(_about(one) for one in worst)]
    only = [store.name for store in all_of_them.one_side]
    if only:
        named = listed(only) if len(only) <= MOST_STORES else counted(len(only), "store")
        noted.append(f"{named} {'has' if len(only) == 1 else 'have'} sales on one side only and cannot be ranked.")
    read = [*(all_of_them.statements if of_all else ()), *read]
    statements = [*sides.statements, *read, *(statement for one in ranked for statement in one.sides.statements)]
    return ToolResult(
        headline=first,
        text="\n".join(lines),
        figures=tuple(figure for one in ranked for figure in _figures(one, parts=one in worst)),
        table=_table(sides, ranked),
        chart=_chart(sides, ranked),
        caveats=(*noted, *caveats(all_of_them.asked, [_METRIC, METRICS["visitors"]], all_of_them.days)),
        follow_ups=_follow_ups(sides, worst),
        provenance=provenance(sides.asked, [_METRIC], _without_repeats(statements), sides.before_days[0]),
    )


def _look(mine: Sides, norm: StoreNorm | None) -> _Ranked | None:
    change = change_of(mine)
    if change is None:
        return None
    target, read = targets_of(mine.asked, _METRIC.name)
    mine.statements += read
    return _Ranked(mine, change, history_of(mine), target, norm)


def _headline(sides: Sides, ranked: list[_Ranked], worst: list[_Ranked], of_all: Weakest | None) -> str:
    when, against = sides.asked.when, compared(sides)
    if not worst:
        low = ranked[0]
        return (
            f"No store sold less {when} than in the period compared with ({against}); the smallest change was "
            f"{low.name} {_moved(low)}."
        )
    unusual = [one.name for one in ranked if one.place == "below"]
    among_them = f"; of the {len(ranked)} weakest " if of_all else "; "
    noise = (
        f"{among_them}{_some(unusual)} fell more than {'their' if len(unusual) > 1 else 'its'} changes usually are"
        if unusual
        else f"{among_them}none fell more than its changes usually are"
        if any(one.place != "cannot be told" for one in worst)
        else ""
    )
    named = [f"{one.name} {_moved(one)}" for one in worst]
    short = [one.name for one in ranked if one.norm and one.norm.below]
    these = "of these " if of_all else ""
    noise += f"; {these}below what such days usually bring (eight weeks before): {_some(short)}" if short else ""
    many = counted(of_all.looked_through, "store") if of_all else counted(len(ranked), "store")
    fell = f"{of_all.fell:,} sold less than in the period compared with; " if of_all else ""
    return (
        f"Of {many} {when}, {fell}the weakest against their own past in net sales: {listed(named)} ({against}){noise}."
    )


def _some(names: list[str]) -> str:
    """The names; of many the first of them and how many more there are."""
    rest = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{rest} more"] if rest > 0 else names)


def _moved(one: _Ranked) -> str:
    currency = one.sides.asked.currency
    percent = f"{one.percent:+f} %, " if one.percent is not None else ""
    each = per_day_said(per_day(one.sides, one.change))
    return f"{percent}{amount(_METRIC, one.change.total, currency, signed=True)}{each}"


def _about(one: _Ranked) -> str:
    """The two biggest parts of one store's change, whether it is usual, its target, and one thing that went on."""
    currency = one.sides.asked.currency
    parts = [f"{part.said} {amount(_METRIC, part.effect, currency, signed=True)}" for part in leading(one.change.parts)]
    said = [f"{one.name}: {listed(parts)}" if parts else f"{one.name}: no part stands out"]
    usual = one.history.usual() if one.history else None
    if usual is not None:
        inside = "within" if one.place == "within" else "outside"
        said.append(f"{inside} its usual changes of {usual.low:+.1f} to {usual.high:+.1f} % (n = {usual.count})")
    if one.norm and one.norm.norm:
        exponent = one.sides.asked.exponent
        norm = one.norm.norm.scaleb(-exponent)
        percent = change_pct(one.norm.net, one.norm.norm)
        said.append(
            f"{percent:+f} % against its own norm of {money(norm.quantize(Decimal(1).scaleb(-exponent)), currency)}"
            " for these weekdays"
        )
    if one.target:
        gap = one.change.now - one.target.value
        said.append(f"{amount(_METRIC, gap, currency, signed=True)} to its target")
    found = findings_of(one.sides, one.history)
    return f"{'; '.join(said)}.{f' {found[0].line}' if found else ''}"


def _against_norm(one: _Ranked) -> str | None:
    percent = change_pct(one.norm.net, one.norm.norm) if one.norm and one.norm.norm else None
    return None if percent is None else f"{percent:f}"


def _figures(one: _Ranked, *, parts: bool) -> list[Figure]:
    asked = one.sides.asked
    ids, group = (one.store_id,), {"store": one.store_id}
    percent = None if one.percent is None else f"{one.percent:f}"
    held = Comparison(
        f"{one.change.before:f}",
        *one.sides.before_days,
        f"{one.change.total:f}",
        percent,
        per_day(one.sides, one.change),
    )

    def figure(name: str, value: Decimal, more: dict[str, str], against: Comparison | None = None) -> Figure:
        return Figure(name, f"{value:f}", asked.currency, ids, asked.start_on, asked.end_on, {**group, **more}, against)

    made = [figure("net_sales", one.change.now, {}, held)]
    if parts:
        made += [
            figure(f"net_sales.effect_of_{part.name}", part.effect, {"part": part.name}) for part in one.change.parts
        ]
    if one.target:
        made.append(figure("net_sales.gap_to_target", one.change.now - one.target.value, {}))
    return made


def _table(sides: Sides, ranked: list[_Ranked]) -> Table:
    mixed = len(sides.asked.stores.currencies) > 1
    unit = "text" if mixed else sides.asked.currency
    columns = [
        TableColumn("Store", "text"),
        TableColumn("Net sales", unit),
        TableColumn("Before", unit),
        TableColumn("Change %", "%"),
        TableColumn("Its usual changes", "text"),
    ]
    targets = any(one.target for one in ranked)
    columns += [TableColumn("To target", unit)] if targets else []
    columns += [TableColumn("Currency", "text")] if mixed else []
    columns.append(TableColumn("Against own norm", "%"))
    rows: list[tuple[str | int | None, ...]] = []
    for one in ranked:
        percent = None if one.percent is None else f"{one.percent:f}"
        cells: list[str | int | None] = [one.name, f"{one.change.now:f}", f"{one.change.before:f}", percent, one.place]
        if targets:
            cells.append(f"{one.change.now - one.target.value:f}" if one.target else None)
        if mixed:
            cells.append(one.sides.asked.currency)
        rows.append((*cells, _against_norm(one)))
    return Table(tuple(columns), rows)


def _chart(sides: Sides, ranked: list[_Ranked]) -> Chart | None:
    known = [(one.name, one.percent) for one in ranked if one.percent is not None]
    if not 2 <= len(known) <= CHART_POINTS:
        return None
    return Chart(
        "bar",
        f"Net sales, change on {compared(sides)}",
        tuple(name for name, _ in known),
        {"Change %": tuple(float(percent) for _, percent in known)},
        "%",
    )


def _follow_ups(sides: Sides, worst: list[_Ranked]) -> tuple[str, ...]:
    when = sides.asked.when_again
    asks = [f"Why did sales change {when} at {one.name}?" for one in worst[:2]]
    return (*asks, f"Compare {when} by store{sides.asked.same_part_and_stores}")


def _without_repeats(statements: list[Statement]) -> list[Statement]:
    seen: list[Statement] = []
    for statement in statements:
        if statement not in seen:
            seen.append(statement)
    return seen
