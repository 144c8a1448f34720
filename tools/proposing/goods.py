"""Proposing transfers between stores and draft orders to suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from tools.analysis.calendar import PeriodError
from tools.analysis.until import resolve_until
from tools.context import ToolContext
from tools.directory import Store
from tools.drafts import DraftLine, OrderDraft, TransferDraft
from tools.errors import BadArgumentError
from tools.partners import resolve_supplier
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of, quantity_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet


class WantedLine(BaseModel):
    """A product and how many of it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    product: str = Field(min_length=1, max_length=200, description="One product, or its id, SKU or barcode.")
    quantity: str = Field(min_length=1, max_length=20, description="How many pieces.")


class ProposeTransferArguments(Arguments):
    """Arguments of ``propose_transfer``."""

    lines: list[WantedLine] = Field(min_length=1, max_length=50, description="What shall move.")
    to_store: str = Field(min_length=1, max_length=300, description="The store that gets the goods.")
    store: str | None = Field(default=None, max_length=300, description=f"The store that gives. {STORE_HELP}")
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_transfer(arguments: ProposeTransferArguments, context: ToolContext) -> ToolResult:
    """File a proposal to move goods from one store to another. Nothing changes until a person approves the card.

    Use it for “transfer 12 oat milk from Market Street to Harbor Point”, “send 6 avocados to Station Road”.
    """
    proposals_of(context)
    taker = one_store(arguments.to_store, context, "Goods are sent to")
    giver = one_store(arguments.store, context, "Goods are sent from", [line.product for line in arguments.lines])
    if giver.store_id == taker.store_id:
        raise BadArgumentError(f"to_store: {taker.name} would send goods to itself; name the other store.")
    draft = TransferDraft(
        giver.store_id, taker.store_id, _lines(arguments.lines, giver, context), arguments.reason or ""
    )
    return file(draft, giver, context, f"What can we transfer from {giver.name}?")


class ProposePurchaseOrderArguments(Arguments):
    """Arguments of ``propose_purchase_order``."""

    lines: list[WantedLine] = Field(min_length=1, max_length=50, description="What shall be ordered.")
    supplier: str | None = Field(
        default=None,
        max_length=200,
        description="The supplier in the asker's own words; left out, the one that delivers all of it.",
    )
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    due: str | None = Field(
        default=None, max_length=120, description="The day the goods are wanted: “Friday”, “30 November”."
    )
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_purchase_order(arguments: ProposePurchaseOrderArguments, context: ToolContext) -> ToolResult:
    """File a proposal for a draft order to a supplier. Nothing is ordered; the draft is made once somebody approves.

    Use it for “order 24 oat milk”, “draft a purchase order for 10 cases of water by Friday”, “reorder avocados: 60”.
    Never say that something was ordered: a person still has to send the draft to the supplier.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "An order is for goods", [line.product for line in arguments.lines])
    lines = _lines(arguments.lines, store, context)
    supplier = resolve_supplier(arguments.supplier, [line.variant_id for line in lines], context)
    due = _due(arguments.due, store, context)
    draft = OrderDraft(store.store_id, supplier.identity, lines, due, arguments.reason or "")
    return file(draft, store, context, f"What is on order for {store.name}?")


def _lines(wanted: Sequence[WantedLine], store: Store, context: ToolContext) -> tuple[DraftLine, ...]:
    place = StoreSet((store,), store.name)
    lines = []
    for line in wanted:
        quantity = quantity_of(line.quantity, "quantity")
        if quantity == 0:
            raise BadArgumentError(f"quantity: how many “{line.product}”? It must be more than 0.")
        lines.append(DraftLine(resolve_product(line.product, context, place).variant_id, quantity))
    return tuple(lines)


def _due(phrase: str | None, store: Store, context: ToolContext) -> date | None:
    if not phrase:
        return None
    try:
        return resolve_until(phrase, today=store.today(context.clock.now()))
    except PeriodError as error:
        raise BadArgumentError(str(error)) from error
