"""Proposals: a tool may file one, and nothing here can decide or execute it."""

from __future__ import annotations

from pydantic import Field

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import ToolResult


class ProposePriceChangeArguments(Arguments):
    """Arguments of ``propose_price_change``."""

    product: str = Field(
        min_length=1, max_length=200, description="One product in the asker's own words, or its id, SKU or barcode."
    )
    percent: float | None = Field(
        default=None, description="Signed change in per cent: -15 marks down by 15 %. Either this or price."
    )
    price: str | None = Field(
        default=None, max_length=20, description="The new price in major units, such as “2.99”. Either this or percent."
    )
    store: str | None = Field(
        default=None,
        max_length=300,
        description="One store in the asker's own words. Leave out to mean the channel's store.",
    )
    until: str | None = Field(
        default=None,
        max_length=120,
        description="Last day of a temporary price, in the asker's own words: “Sunday”, “30 November”. Leave out for good.",
    )
    reason: str | None = Field(default=None, max_length=300, description="Why, if the asker said.")


@tool(proposes=True)
def propose_price_change(arguments: ProposePriceChangeArguments, context: ToolContext) -> ToolResult:
    """File a proposal to change one product's price in one store. Nothing changes until a person approves the card.

    Use it for “mark down X by 15 % until Sunday”, “set the price of X to 2.99”. Give percent or price, not both.
    Never say that the price has changed: say that it waits for approval.
    """
    raise NoDataError("No data yet.")
