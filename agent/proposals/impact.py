"""What a change moves, in money: the figure that limits and four eyes go by. Never negative.

A cost or a wage that nobody knows makes the whole unknown, which is above every limit. What moves no money by nature,
such as a task, is known to move none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import singledispatch

from agent.proposals.catalogue import Catalogue
from agent.proposals.kinds.outbound import CustomerListExport, SignageUpdate, StoreNote
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceLine, PriceList
from agent.proposals.kinds.product_flags import ProductFlags
from agent.proposals.kinds.promotions import PromotionCreate, PromotionEnd
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.shifts import ShiftDraft, ShiftPublish
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.task import CountTask, StoreTask
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.money import money_text, to_minor
from agent.proposals.payload import Payload

_HOUR = timedelta(hours=1)
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Impact:
    """Minor units of the payload's currency; only a part of it, at least, where it is not ``known``.

    ``basis`` are the figures that it was reckoned from, as people read them.
    """

    minor: int
    known: bool = True
    basis: str = ""


@singledispatch
def weekly_impact(payload: Payload, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """What the change moves, in a week where it lasts."""
    raise TypeError(f"{type(payload).__name__} has no impact")


@weekly_impact.register
def _(payload: PriceChange, catalogue: Catalogue, now: datetime) -> Impact:
    """The difference times the units of an average week, at least one."""
    sold = _units(payload, payload.variant_id, catalogue, now)
    return Impact(_by_price(payload, sold, payload.currency), basis=_sold(sold))


@weekly_impact.register
def _(payload: PriceList, catalogue: Catalogue, now: datetime) -> Impact:
    """All its prices together."""
    sold = [_units(payload, line.variant_id, catalogue, now) for line in payload.lines]
    each = (_by_price(line, units, payload.currency) for line, units in zip(payload.lines, sold, strict=True))
    return Impact(sum(each), basis=_sold(sum(sold, Decimal(0))))


@weekly_impact.register(StoreTask)
@weekly_impact.register(CountTask)
@weekly_impact.register(CustomerListExport)
@weekly_impact.register(StoreNote)
@weekly_impact.register(SignageUpdate)
def _(payload: Payload, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """No money, by nature."""
    return Impact(0)


@weekly_impact.register
def _(payload: StockAdjust, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """The pieces at cost."""
    return _at_cost(abs(Decimal(payload.delta)), payload, catalogue)


@weekly_impact.register
def _(payload: StockCount, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """The difference at cost."""
    return _at_cost(abs(Decimal(payload.quantity) - Decimal(payload.before)), payload, catalogue)


@weekly_impact.register(Transfer)
@weekly_impact.register(PurchaseOrderDraft)
def _(payload: Transfer | PurchaseOrderDraft, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """The goods at cost."""
    lines = [(Decimal(line.quantity), Decimal(line.unit_cost) if line.unit_cost else None) for line in payload.lines]
    return _goods(lines, payload.currency)


@weekly_impact.register
def _(payload: ShiftDraft, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """The wages of its hours."""
    person = catalogue.employee(payload.employee_id)
    return _wages(payload, person.hourly_minor if person else 0)


@weekly_impact.register
def _(payload: ShiftPublish, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """The wages of its hours."""
    shift = catalogue.shift(payload.shift_id)
    return _wages(payload, shift.hourly_minor if shift else 0)


@weekly_impact.register
def _(payload: PromotionCreate, catalogue: Catalogue, now: datetime) -> Impact:
    """The discount on what an average week sells; an amount off counts once for each piece sold."""
    variants = tuple(item.variant_id for item in payload.items)
    net = _net(payload, variants, catalogue, now)
    basis = _taken(net, payload.currency)
    if payload.off == "percent":
        return Impact(abs(int(Decimal(net) * Decimal(payload.value) / 100)), basis=basis)
    units = sum((_units(payload, variant, catalogue, now) for variant in variants), Decimal(0))
    off = to_minor(units * Decimal(payload.value), payload.currency)
    return Impact(max(off, 0), basis=_sold(units)) if variants else Impact(abs(net), basis=basis)


@weekly_impact.register
def _(payload: PromotionEnd, catalogue: Catalogue, now: datetime) -> Impact:  # noqa: ARG001
    """Nothing: from then on nothing is given away any more."""
    return Impact(0)


@weekly_impact.register
def _(payload: ProductFlags, catalogue: Catalogue, now: datetime) -> Impact:
    """What an average week sells of a product that is taken out of sale; else nothing."""
    if payload.after.get("active") != "false":
        return Impact(0)
    net = _net(payload, (payload.variant_id,), catalogue, now)
    return Impact(abs(net), basis=_taken(net, payload.currency))


def _units(payload: Payload, variant_id: str, catalogue: Catalogue, now: datetime) -> Decimal:
    """What an average week sells in every store that the change reaches."""
    stores = (payload.store_id, *payload.at_other_stores())
    return sum((catalogue.weekly_units(store_id, variant_id, now) for store_id in stores), Decimal(0))


def _net(payload: Payload, variants: tuple[str, ...], catalogue: Catalogue, now: datetime) -> int:
    """The same in net sales, in minor units."""
    stores = (payload.store_id, *payload.at_other_stores())
    return sum(catalogue.weekly_net_minor(store_id, variants, now) for store_id in stores)


def _by_price(line: PriceChange | PriceLine, sold: Decimal, currency: str) -> int:
    return to_minor(abs(Decimal(line.after) - Decimal(line.before)) * max(sold, Decimal(1)), currency)


def _at_cost(pieces: Decimal, payload: StockAdjust | StockCount, catalogue: Catalogue) -> Impact:
    cost = catalogue.unit_cost(payload.store_id, payload.variant_id)
    impact = _goods([(pieces, cost)], payload.currency)
    return impact if cost is None else replace(impact, basis=f"at a cost of {_plain(cost)} {payload.currency} each")


def _sold(units: Decimal) -> str:
    """What an average week of the last four sold."""
    return f"{_plain(units)} sold in an average week of the last four"


def _taken(net_minor: int, currency: str) -> str:
    return f"{money_text(net_minor, currency)} net in an average week of the last four"


def _plain(number: Decimal) -> str:
    return f"{number.quantize(_HUNDREDTH).normalize():f}"


def _goods(lines: Sequence[tuple[Decimal, Decimal | None]], currency: str) -> Impact:
    """Pieces at cost; those without a known cost make it unknown."""
    known = sum((pieces * cost for pieces, cost in lines if cost is not None), Decimal(0))
    return Impact(to_minor(known, currency), all(cost is not None for _pieces, cost in lines))


def _wages(payload: ShiftDraft | ShiftPublish, hourly_minor: int) -> Impact:
    """The wages of a shift; 0 an hour is a wage that nobody told."""
    hours = Decimal((payload.ends_at - payload.starts_at).total_seconds()) / Decimal(_HOUR.total_seconds())
    return Impact(int(hours * hourly_minor), known=hourly_minor > 0)
