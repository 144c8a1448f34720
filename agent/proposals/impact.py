"""What a change moves, in money: the figure that limits and four eyes go by. Never negative.

Where a cost or a wage is not known to anybody, it counts as nothing: limits then go by what is known.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import singledispatch

from agent.proposals.catalogue import Catalogue
from agent.proposals.kinds.lines import Line
from agent.proposals.kinds.outbound import CustomerListExport, SignageUpdate, StoreNote
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceList
from agent.proposals.kinds.product_flags import ProductFlags
from agent.proposals.kinds.promotions import PromotionCreate, PromotionEnd
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.shifts import ShiftDraft, ShiftPublish
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.task import CountTask, StoreTask
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.money import to_minor
from agent.proposals.payload import Payload

_HOUR = timedelta(hours=1)


@singledispatch
def weekly_impact_minor(payload: Payload, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """Minor units of the payload's currency that the change moves, in a week where it lasts."""
    raise TypeError(f"{type(payload).__name__} has no impact")


@weekly_impact_minor.register
def _(payload: PriceChange, catalogue: Catalogue, now: datetime) -> int:
    """The difference times the units of an average week, at least one."""
    units = max(catalogue.weekly_units(payload.store_id, payload.variant_id, now), Decimal(1))
    return to_minor(abs(Decimal(payload.after) - Decimal(payload.before)) * units, payload.currency)


@weekly_impact_minor.register
def _(payload: PriceList, catalogue: Catalogue, now: datetime) -> int:
    """All its prices together."""
    return sum(weekly_impact_minor(part, catalogue, now) for part in payload.parts())


@weekly_impact_minor.register(StoreTask)
@weekly_impact_minor.register(CountTask)
@weekly_impact_minor.register(CustomerListExport)
@weekly_impact_minor.register(StoreNote)
@weekly_impact_minor.register(SignageUpdate)
def _(payload: Payload, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """No money that could be told."""
    return 0


@weekly_impact_minor.register
def _(payload: StockAdjust, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """The pieces at cost."""
    cost = catalogue.unit_cost(payload.store_id, payload.variant_id) or Decimal(0)
    return to_minor(abs(Decimal(payload.delta)) * cost, payload.currency)


@weekly_impact_minor.register
def _(payload: StockCount, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """The difference at cost."""
    cost = catalogue.unit_cost(payload.store_id, payload.variant_id) or Decimal(0)
    return to_minor(abs(Decimal(payload.quantity) - Decimal(payload.before)) * cost, payload.currency)


@weekly_impact_minor.register(Transfer)
@weekly_impact_minor.register(PurchaseOrderDraft)
def _(payload: Transfer | PurchaseOrderDraft, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """The goods at cost."""
    return to_minor(sum((_at_cost(line) for line in payload.lines), Decimal(0)), payload.currency)


@weekly_impact_minor.register
def _(payload: ShiftDraft, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """The wages of its hours."""
    person = catalogue.employee(payload.employee_id)
    return _wages(payload, person.hourly_minor if person else 0)


@weekly_impact_minor.register
def _(payload: ShiftPublish, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """The wages of its hours."""
    shift = catalogue.shift(payload.shift_id)
    return _wages(payload, shift.hourly_minor if shift else 0)


@weekly_impact_minor.register
def _(payload: PromotionCreate, catalogue: Catalogue, now: datetime) -> int:
    """The discount on what an average week sells; an amount off counts once for each piece sold."""
    variants = tuple(item.variant_id for item in payload.items)
    net = catalogue.weekly_net_minor(payload.store_id, variants, now)
    if payload.off == "percent":
        return abs(int(Decimal(net) * Decimal(payload.value) / 100))
    units = sum((catalogue.weekly_units(payload.store_id, variant, now) for variant in variants), Decimal(0))
    off = to_minor(units * Decimal(payload.value), payload.currency)
    return max(off, 0) if variants else abs(net)


@weekly_impact_minor.register
def _(payload: PromotionEnd, catalogue: Catalogue, now: datetime) -> int:  # noqa: ARG001
    """Nothing that could be told: what it gives away is not known before it is over."""
    return 0


@weekly_impact_minor.register
def _(payload: ProductFlags, catalogue: Catalogue, now: datetime) -> int:
    """What an average week sells of a product that is taken out of sale; else nothing."""
    if payload.after.get("active") != "false":
        return 0
    return abs(catalogue.weekly_net_minor(payload.store_id, (payload.variant_id,), now))


def _at_cost(line: Line) -> Decimal:
    return Decimal(line.quantity) * Decimal(line.unit_cost or 0)


def _wages(payload: ShiftDraft | ShiftPublish, hourly_minor: int) -> int:
    hours = Decimal((payload.ends_at - payload.starts_at).total_seconds()) / Decimal(_HOUR.total_seconds())
    return int(hours * hourly_minor)
