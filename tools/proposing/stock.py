"""Proposing stock adjustments and counts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.context import ToolContext
from tools.drafts import StockAdjustDraft, StockCountDraft
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of, quantity_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet

_PRODUCT_HELP = "One product in the asker's own words, or its id, SKU or barcode."


class ProposeStockAdjustmentArguments(Arguments):
    """Arguments of ``propose_stock_adjustment``."""

    product: str = Field(min_length=1, max_length=200, description=_PRODUCT_HELP)
    change: str = Field(
        min_length=1, max_length=20, description="Signed number of pieces: “-3” takes three away, “5” adds five."
    )
    why: Literal["damage", "waste", "theft", "found", "correction"] = Field(
        default="correction", description="Why the stock differs; damage, waste and theft take away, found adds."
    )
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_stock_adjustment(arguments: ProposeStockAdjustmentArguments, context: ToolContext) -> ToolResult:
    """File a proposal to add pieces to or take pieces from the stock of one product. Nothing changes until approved.

    Use it for “write off 3 oat milk, damaged”, “we threw away 12 yogurts”, “add 5 avocados we found”. Never say that
    the stock has changed: say that it waits for approval.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "Stock is adjusted", [arguments.product])
    delta = quantity_of(arguments.change, "change", signed=True)
    product = resolve_product(arguments.product, context, StoreSet((store,), store.name))
    draft = StockAdjustDraft(product.variant_id, store.store_id, delta, arguments.why, arguments.reason or "")
    return file(draft, store, context, f"How many “{product.name}” do we have at {store.name}?")


class ProposeStockCountArguments(Arguments):
    """Arguments of ``propose_stock_count``."""

    product: str = Field(min_length=1, max_length=200, description=_PRODUCT_HELP)
    counted: str = Field(min_length=1, max_length=20, description="How many pieces were counted.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_stock_count(arguments: ProposeStockCountArguments, context: ToolContext) -> ToolResult:
    """File a proposal to set the stock of one product to what was counted. Nothing changes until approved.

    Use it for “we counted 24 oat milk”, “set the stock of avocados to 40”. If anything sells before it is approved the
    count is refused and has to be taken again.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "Stock is counted", [arguments.product])
    counted = quantity_of(arguments.counted, "counted")
    product = resolve_product(arguments.product, context, StoreSet((store,), store.name))
    draft = StockCountDraft(product.variant_id, store.store_id, counted, arguments.reason or "")
    return file(draft, store, context, f"How many “{product.name}” do we have at {store.name}?")
