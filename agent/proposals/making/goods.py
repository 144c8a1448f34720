"""Transfers between stores and draft orders to suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from agent.proposals.ground import Ground
from agent.proposals.kinds.lines import Line
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.transfer import Transfer
from connectors.base import ActionKind
from connectors.records import unscoped
from tools.drafts import DraftLine, OrderDraft, TransferDraft
from tools.errors import BadArgumentError, ToolError

_MOST_LINES = 100
_MOST_PIECES = Decimal(100_000)


def transfer(draft: TransferDraft, ground: Ground, now: datetime) -> Transfer:  # noqa: ARG001
    """The transfer a draft means.

    Raises:
        BadArgumentError: a store, a product or a number cannot be used.
        ToolError: the POS did not answer, or cannot move goods between these stores.
    """
    giver = ground.place(draft.store_id, ActionKind.TRANSFER)
    taker = ground.place(draft.to_store_id, ActionKind.TRANSFER)
    if giver.store_id == taker.store_id:
        raise BadArgumentError("A transfer needs two different stores.")
    if giver.connection != taker.connection:
        raise ToolError(f"{giver.name} and {taker.name} are on different POS accounts, which cannot move goods.")
    made = Transfer(
        connection=giver.connection,
        store_id=giver.store_id,
        store_name=giver.name,
        store_external_id=giver.external_id,
        currency=giver.currency,
        reason=draft.reason.strip()[:500],
        to_store_id=taker.store_id,
        to_store_name=taker.name,
        to_store_external_id=taker.external_id,
        lines=_lines(draft.lines, draft.store_id, "", ActionKind.TRANSFER, ground),
    )
    ground.check(made)
    return made


def order(draft: OrderDraft, ground: Ground, now: datetime) -> PurchaseOrderDraft:
    """The order a draft means.

    Raises:
        BadArgumentError: the store, the supplier, a product, a number or the day cannot be used.
        ToolError: the POS did not answer, or cannot keep orders.
    """
    place = ground.place(draft.store_id, ActionKind.PURCHASE_ORDER)
    supplier = ground.catalogue.supplier(draft.supplier_id)
    if supplier is None:
        raise BadArgumentError("I do not know that supplier, so I cannot draft an order.")
    if draft.due_on is not None and draft.due_on < now.astimezone(ZoneInfo(place.time_zone)).date():
        raise BadArgumentError("The day the goods are wanted is already past; please name a later one.")
    made = PurchaseOrderDraft(
        connection=place.connection,
        store_id=place.store_id,
        store_name=place.name,
        store_external_id=place.external_id,
        currency=place.currency,
        reason=draft.reason.strip()[:500],
        supplier_id=supplier.supplier_id,
        supplier_name=supplier.name,
        supplier_external_id=unscoped(place.connection, supplier.supplier_id),
        lines=_lines(draft.lines, draft.store_id, draft.supplier_id, ActionKind.PURCHASE_ORDER, ground),
        due_on=draft.due_on,
    )
    ground.check(made)
    return made


def _lines(
    wanted: Sequence[DraftLine], store_id: str, supplier_id: str, kind: ActionKind, ground: Ground
) -> tuple[Line, ...]:
    if not 1 <= len(wanted) <= _MOST_LINES:
        raise BadArgumentError(f"Please name between 1 and {_MOST_LINES} products.")
    if len({line.variant_id for line in wanted}) < len(wanted):
        raise BadArgumentError("A product is named twice; please give one number for each.")
    lines = []
    for one in wanted:
        item = ground.item(store_id, one.variant_id, kind)
        if not 0 < one.quantity <= _MOST_PIECES:
            raise BadArgumentError(f"{item.product}: the number must be between 1 and {_MOST_PIECES:,}.")
        cost = ground.catalogue.unit_cost(store_id, one.variant_id, supplier_id)
        lines.append(
            Line(
                variant_id=item.variant_id,
                variant_external_id=item.variant_external_id,
                product=item.product,
                sku=item.sku,
                quantity=f"{one.quantity.normalize():f}",
                unit_cost=None if cost is None else f"{cost.quantize(Decimal('0.0001')).normalize():f}",
            )
        )
    return tuple(lines)
