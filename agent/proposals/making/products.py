"""Whether a product is for sale, and whether its stock is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from agent.proposals.ground import Ground
from agent.proposals.kinds.product_flags import Flag, ProductFlags
from connectors.base import Action, ActionKind
from tools.drafts import FlagsDraft
from tools.errors import BadArgumentError, ToolError

_Name = Literal["active", "track_stock"]


def flags(draft: FlagsDraft, ground: Ground, now: datetime) -> ProductFlags:  # noqa: ARG001
    """The flags a draft means, where they are not so already.

    Raises:
        BadArgumentError: the product is unknown, or the flags are as asked for already.
        ToolError: the POS did not answer, or cannot change them.
    """
    ground_item = ground.catalogue.item(draft.store_id, draft.variant_id)
    if ground_item is None:
        raise BadArgumentError("I do not know that product at that store, so I cannot propose a change of it.")
    ground.require(ground_item.connection, ground_item.store_name, ActionKind.PRODUCT_FLAGS)
    wanted: dict[_Name, Flag] = {}
    if draft.active is not None:
        wanted["active"] = "true" if draft.active else "false"
    if draft.track_stock is not None:
        wanted["track_stock"] = "true" if draft.track_stock else "false"
    if not wanted:
        raise BadArgumentError("Please say what should change: whether it is for sale, or whether its stock is kept.")
    target = {
        "variant_external_id": ground_item.variant_external_id,
        "sku": ground_item.sku,
        "name": ground_item.product,
    }
    look = Action("look", ActionKind.PRODUCT_FLAGS, target, {str(name): value for name, value in wanted.items()}, {})
    seen = ground.look(look, ground_item.connection, f"the settings of {ground_item.product}")
    before: dict[_Name, Flag] = {
        name: "true" if str(seen.before[name]).lower() == "true" else "false" for name in wanted if name in seen.before
    }
    if before.keys() != wanted.keys():
        raise ToolError(f"The POS does not say how {ground_item.product} is set now. {seen.problem}".strip())
    if before == wanted:
        raise BadArgumentError(f"{ground_item.product} is set like that already.")
    elsewhere = ground.others(ground_item.store_id, ground_item.connection)
    return ProductFlags(
        connection=ground_item.connection,
        store_id=ground_item.store_id,
        store_name=ground_item.store_name,
        store_external_id=ground_item.store_external_id,
        currency=ground_item.currency,
        reason=draft.reason.strip()[:500],
        variant_id=ground_item.variant_id,
        variant_external_id=ground_item.variant_external_id,
        product=ground_item.product,
        sku=ground_item.sku,
        before=before,
        after=wanted,
        elsewhere=elsewhere,
        elsewhere_names=ground.names(elsewhere),
        also=seen.also,
    )
