"""Which measurement a kind of change gets."""

from __future__ import annotations

from functools import singledispatch

from agent.followups.finding import Finding, cannot_tell
from agent.followups.looking import Look
from agent.followups.shifted import measure_shift
from agent.followups.sold import measure_flags, measure_sold
from agent.followups.stocked import measure_stock
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceList
from agent.proposals.kinds.product_flags import ProductFlags
from agent.proposals.kinds.promotions import PromotionCreate, PromotionEnd
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.shifts import ShiftDraft, ShiftPublish
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.payload import Payload


def measure(look: Look) -> Finding:
    """What the change did, as far as it can be told."""
    return _measure(look.payload, look)


@singledispatch
def _measure(payload: Payload, look: Look) -> Finding:  # noqa: ARG001
    return cannot_tell(f"nothing of a {payload.noun} can be seen in the sales or the stock.")


@_measure.register(PriceChange)
@_measure.register(PriceList)
@_measure.register(PromotionCreate)
@_measure.register(PromotionEnd)
def _(payload: Payload, look: Look) -> Finding:  # noqa: ARG001
    return measure_sold(look)


@_measure.register
def _(payload: ProductFlags, look: Look) -> Finding:  # noqa: ARG001
    return measure_flags(look)


@_measure.register(StockAdjust)
@_measure.register(StockCount)
@_measure.register(Transfer)
@_measure.register(PurchaseOrderDraft)
def _(payload: Payload, look: Look) -> Finding:  # noqa: ARG001
    return measure_stock(look)


@_measure.register(ShiftDraft)
@_measure.register(ShiftPublish)
def _(payload: Payload, look: Look) -> Finding:  # noqa: ARG001
    return measure_shift(look)
