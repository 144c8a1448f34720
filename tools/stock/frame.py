"""The frame of a question about stock: which stores, over which last days demand is measured, how old the levels are.

Stock is known for one instant per store, not for a period, so what must be said is of another kind than for sales:
how old each store's levels are, which stores have none, and what of it is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from connectors.currency import minor_exponent
from tools.analysis.calendar import Kind, Period
from tools.calendars import dates_differ
from tools.context import ToolContext
from tools.directory import Clock, owned
from tools.errors import ClarifyError, NoDataError
from tools.frame import Frame, frame, provenance
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.stock_query import build_freshness
from tools.part import Part, part_of
from tools.result import Figure, Provenance
from tools.search import Product, lookup, search
from tools.stores import StoreSet, resolve_stores
from tools.wording import counted, listed, moment

STALE_AFTER = timedelta(hours=36)
STORES_HELP = "Which stores, in the asker's own words: “Harbor Point”, “north stores”, “all stores”."
_SEVERAL = 20
_SIMULATED = {
    "inventory": "Stock levels are simulated",
    "cost": "Costs are simulated",
    "supplier": "Suppliers and lead times are simulated",
    "sales": "Sales are simulated",
}


@dataclass(frozen=True, slots=True)
class Levels:
    """What is known of one store's stock: how many levels, as of when, and whether the shelf is told apart."""

    levels: int
    as_of_at: datetime | None
    areas: bool


@dataclass(frozen=True, slots=True)
class StockFrame:
    """Stores, the part of the range, the last days over which demand is measured, and the levels of each store.

    ``chosen`` are the products of a phrase that fits several; then ``asked.part`` means all of them.
    """

    asked: Frame
    levels: Mapping[str, Levels]
    chosen: tuple[Product, ...] = ()

    @property
    def context(self) -> ToolContext:
        """Who asks."""
        return self.asked.context

    @property
    def stores(self) -> StoreSet:
        """The stores of the question."""
        return self.asked.stores

    @property
    def only(self) -> Filter | None:
        """The part of the range, for SQL."""
        return self.asked.part.only if self.asked.part else None

    @property
    def windows(self) -> list[Window]:
        """The last days per store, for SQL."""
        return self.asked.windows()

    @property
    def days(self) -> int:
        """How many days demand is measured over."""
        return self.asked.period.days

    @property
    def currency(self) -> str:
        """The currency of the first store."""
        return self.asked.currency

    @property
    def as_of_at(self) -> datetime | None:
        """The oldest instant that a store's levels are known for."""
        return min((one.as_of_at for one in self.levels.values() if one.as_of_at), default=None)

    @property
    def as_of_on(self) -> date:
        """Its business date at the first store, or today."""
        return self.stores.stores[0].today(self.as_of_at or self.asked.now)


def stock_frame(
    stores: str | None,
    context: ToolContext,
    *,
    days: int = 28,
    product: str | None = None,
    department: str | None = None,
    through_today: bool = False,
    several: bool = False,
    needs_levels: bool = True,
    period: str | None = None,
) -> StockFrame:
    """Resolve a question about stock.

    With ``period``, in the asker's own words, demand is measured in that one. Else the days end with the last
    business day with sales that is over in each store, or with today's for ``through_today``. With ``several`` a
    product phrase that fits up to 20 products means all of them.

    Raises:
        NoDataError: no store of the question has stock levels, and ``needs_levels``.
        tools.errors.ToolError: see ``resolve_stores`` and ``part_of``.
    """
    chosen = resolve_stores(stores, context)
    part, found = _part(product, department, chosen, context, several=several)
    now = context.clock.now()
    label = "the last day" if days == 1 else f"the last {days} days"
    periods: dict[str, Period] = {}
    shared: dict[tuple[Clock, date | None], Period] = {}
    for store in chosen.stores:  # those of a chain mostly share their last day and their clock
        if (own := shared.get((store.clock, store.last_on))) is None:
            over = store.today(now) if through_today else store.today(now) - timedelta(days=1)
            end = min(over, store.last_on) if store.last_on else over
            own = Period(end - timedelta(days=days - 1), end, label, Kind.RANGE)
            shared[store.clock, store.last_on] = own
        periods[store.store_id] = own
    asked = Frame(context, chosen, periods[chosen.ids[0]], periods, now, context.mirror.snapshot(), part)
    if period:
        asked = replace(frame(period, stores, context), part=part)
    statement = build_freshness(chosen.ids, context.scope, everyone=owned(context))
    rows = context.mirror.query(statement.sql, statement.params).rows
    levels = {row[0]: Levels(int(row[1]), row[2], bool(row[3])) for row in rows if row[0] in chosen.by_id}
    if needs_levels and not levels:
        raise NoDataError(
            f"No stock levels are recorded for {chosen.label}. They come from the point of sale's inventory, or from a"
            " file of stock levels."
        )
    return StockFrame(asked, levels, found)


def _part(
    product: str | None, department: str | None, stores: StoreSet, context: ToolContext, *, several: bool
) -> tuple[Part | None, tuple[Product, ...]]:
    try:
        return part_of(product, department, stores, context), ()
    except ClarifyError:
        if not several or not product or department:
            raise
        found = search(product, stores, context)
        if found.total > _SEVERAL or len(found.products) > _SEVERAL:
            raise
    said = product.strip()[:80]
    only = Filter(variants=tuple(one.variant_id for one in found.products))
    return Part(only, f"“{said}”", {"product": said}, f" for “{said}”"), found.products


def quoted(asked: Frame) -> str:
    """The part of the question in quotes, so that a further question cannot be misread."""
    label = asked.part.label if asked.part else "it"
    return label if label.startswith("“") or asked.part is None else f"“{label}”"


def new_goods(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """That the rate of goods taken into the range lately is of the days since; of rows with ``new_since``."""
    number = len({row["variant_id"] for row in rows if row["new_since"] is not None})
    return [new_goods_said(number)] if number else []


def new_goods_said(number: int) -> str:
    """The same of so many products."""
    one = number == 1
    return (
        f"{counted(number, 'product')} {'was' if one else 'were'} taken into the range within these days:"
        f" {'its' if one else 'their'} rate is of the days since."
    )


def stock_caveats(asked: StockFrame, topics: Sequence[str] = ("inventory",), *, sold: bool = False) -> list[str]:
    """What a phrase was taken for, how old the levels are, which stores have none, and which sources are simulated.

    With ``sold``, where the answer goes by what sold in the days of the frame, also which these are at each store.
    """
    said = [*(asked.asked.part.notes if asked.asked.part else ()), *(_own_days(asked) if sold else ())]
    known: dict[datetime, list[str]] = {}
    stale = []
    for store in asked.stores.stores:
        state = asked.levels.get(store.store_id)
        if state is None or state.as_of_at is None:
            continue
        known.setdefault(state.as_of_at, []).append(store.name)
        if asked.asked.now - state.as_of_at > STALE_AFTER:
            stale.append(f"{store.name} {counted((asked.asked.now - state.as_of_at).days, 'day')} old")
    zone = asked.stores.stores[0].timezone
    if len(known) == 1:
        said.append(f"Stock as of {moment(next(iter(known)), zone)}; what sold since is not taken off.")
    elif known:
        each = "; ".join(f"{listed(names)} {moment(at, zone)}" for at, names in sorted(known.items())[:6])
        said.append(f"Stock as of: {each}; what sold since is not taken off.")
    if stale:
        said.append(f"These levels are stale: {listed(stale)}.")
    missing = [store.name for store in asked.stores.stores if store.store_id not in asked.levels]
    if missing and asked.levels:
        said.append(f"No stock levels are recorded for {listed(missing)}.")
    return said + simulated(asked.asked, topics)


def _own_days(asked: StockFrame) -> list[str]:
    """Each store's own days, where they are not those of all: for its time zone, or as its sales end earlier."""
    todays = {store.today(asked.asked.now) for store in asked.stores.stores}
    if len(todays) > 1:
        return dates_differ(asked.stores, asked.asked.spans)
    return dates_differ(asked.stores, asked.asked.spans, "The last days with sales on record differ")


def simulated(asked: Frame, topics: Sequence[str]) -> list[str]:
    """One sentence for every source among ``topics`` that is made up."""
    said = []
    for topic in topics:
        state = asked.snapshot.sources.get(topic)
        if state and state.simulated:
            note = state.note.strip().rstrip(".").removeprefix("simulated: ")
            said.append(f"{_SIMULATED.get(topic, topic.capitalize() + ' is simulated')}{f': {note}' if note else ''}.")
    return said


def stock_provenance(
    asked: StockFrame, metrics: Sequence[str], statements: Sequence[Statement], topics: Sequence[str] = ("inventory",)
) -> Provenance:
    """What an answer about stock stands on."""
    base = provenance(asked.asked, (), statements)
    sources = asked.asked.snapshot.sources
    known = {topic: sources[topic].as_of_at for topic in topics if topic in sources}
    return replace(base, metrics=tuple(metrics), as_of=asked.as_of_at or base.as_of, sources=known)


def quantity(value: Decimal | None) -> str | None:
    """A quantity as figures and tables carry it: ``12``, ``1.5``; None stays None."""
    if value is None:
        return None
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def spoken_quantity(value: Decimal | None) -> str:
    """A quantity as a sentence says it: ``1,234``, ``1.5``; 0 for None."""
    plain = quantity(value) or "0"
    return f"{Decimal(plain):,f}"


def rounded(value: Decimal | None, digits: int = 1) -> str | None:
    """A decimal rounded half to even, as a plain string."""
    if value is None:
        return None
    shown = value.quantize(Decimal(1).scaleb(-digits))
    return f"{abs(shown) if shown == 0 else shown:f}"


def amount(value: Decimal | None, currency: str) -> str | None:
    """Major units rounded to the minor unit, as a plain string."""
    return rounded(value, minor_exponent(currency))


def stock_figure(
    asked: StockFrame,
    metric: str,
    value: str | None,
    unit: str,
    *,
    stores: Sequence[str] = (),
    group: Mapping[str, str] | None = None,
    over_days: bool = False,
) -> Figure:
    """A figure of stock: dated the day the levels are of, or over the days of demand."""
    base = asked.asked
    start, end = base.days_of(stores) if over_days else (asked.as_of_on, asked.as_of_on)
    return Figure(
        metric, value, unit, tuple(stores) or asked.stores.ids, start, end, {**base.group, **(dict(group or {}))}
    )


def on_hand_figure(asked: StockFrame, row: Mapping[str, Any], names: Mapping[str, Product]) -> Figure:
    """What one store has of one product; the row has ``store_id, variant_id, on_hand``."""
    known = names.get(row["variant_id"])
    group = {**(product_group(known) if known else {}), "variant_id": row["variant_id"], "store": row["store_id"]}
    return stock_figure(
        asked, "stock_on_hand", quantity(row["on_hand"]), "units", stores=(row["store_id"],), group=group
    )


def names_of(rows: Sequence[Mapping[str, Any]], context: ToolContext) -> dict[str, Product]:
    """The products of rows with a ``variant_id``."""
    return lookup(list(dict.fromkeys(str(row["variant_id"]) for row in rows)), context)


def product_group(product: Product) -> dict[str, str]:
    """What a figure about one product carries."""
    return {"product_id": product.product_id, "variant_id": product.variant_id, "product": product.name}
