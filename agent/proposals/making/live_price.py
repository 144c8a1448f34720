"""The price that a product has at the point of sale at this moment."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from agent.proposals.catalogue import Item
from agent.proposals.ground import Ground
from agent.proposals.money import round_price
from connectors.base import Action, ActionKind, Preview
from tools.errors import ToolError


def live_price(item: Item, ground: Ground) -> tuple[Decimal, Preview]:
    """What a piece costs at the point of sale now, in major units, and all that was read with it.

    Raises:
        ToolError: the POS did not answer, or holds no price that could be changed.
    """
    target = {
        "variant_external_id": item.variant_external_id,
        "store_external_id": item.store_external_id,
        "sku": item.sku,
        "name": item.product,
    }
    # A preview sends nothing; it wants a complete action, and only its reading is used.
    change = {"price": "1.00", "currency": item.currency}
    look = Action("look", ActionKind.PRICE_CHANGE, target, change, {})
    seen = ground.look(look, item.connection, f"the price of {item.product} at {item.store_name}")
    price = seen.before.get("price", "")
    if not price:
        raise ToolError(
            f"{item.product} has no fixed price at {item.store_name} that I could change. {seen.problem}".strip()
        )
    if seen.before.get("currency", item.currency) != item.currency:
        raise ToolError(f"The POS prices {item.product} in another currency than {item.store_name} uses.")
    try:
        return round_price(Decimal(price), item.currency), seen
    except InvalidOperation as error:
        raise ToolError(f"The POS gave a price for {item.product} that I cannot read.") from error
