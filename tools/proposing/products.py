"""Proposing that a product is or is not for sale, and whether its stock is kept."""

from __future__ import annotations

from pydantic import Field

from tools.context import ToolContext
from tools.drafts import FlagsDraft
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet


class ProposeProductChangeArguments(Arguments):
    """Arguments of ``propose_product_change``."""

    product: str = Field(
        min_length=1, max_length=200, description="One product in the asker's own words, or its id, SKU or barcode."
    )
    for_sale: bool | None = Field(default=None, description="False takes it out of sale, true puts it back.")
    track_stock: bool | None = Field(default=None, description="Whether the POS keeps its stock.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_product_change(arguments: ProposeProductChangeArguments, context: ToolContext) -> ToolResult:
    """File a proposal to take a product out of sale, put it back, or keep its stock. Nothing changes until approved.

    Use it for “stop selling oat milk”, “take SKU 1095275 off sale”, “put the blue mug back on sale”. It holds in every
    store that sells the product.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A product is changed", [arguments.product])
    product = resolve_product(arguments.product, context, StoreSet((store,), store.name))
    draft = FlagsDraft(
        store.store_id, product.variant_id, arguments.for_sale, arguments.track_stock, arguments.reason or ""
    )
    return file(draft, store, context, f"How did “{product.name}” sell last month at {store.name}?")
