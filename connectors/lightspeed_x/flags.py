"""Whether a product is sold, and whether its stock is tracked."""

from __future__ import annotations

from typing import Any

from connectors.base import Action, Preview
from connectors.lightspeed_x.client import TITLE, LightspeedXClient, version_of
from connectors.lightspeed_x.live import Step, flag, live_goods, problem, requested


def preview(client: LightspeedXClient, action: Action) -> Preview:
    """What changing the flags means now; ``problem`` is a sentence when it cannot be done."""
    goods = live_goods(client, action)
    if goods.problem:
        return problem(goods.problem)
    product = goods.product
    before = {
        "active": flag(product.get("active", product.get("is_active", True))),
        "track_stock": flag(product.get("has_inventory")),
    }
    version = str(version_of(product))
    wanted = {name: str(value).casefold() for name, value in action.change.items() if name in before}
    if not wanted or not set(wanted.values()) <= {"true", "false"}:
        return problem("Say “true” or “false” for active or track_stock.", before, version)
    body: dict[str, Any] = {}
    if "active" in wanted:
        body["details"] = {"is_active": wanted["active"] == "true"}
    if "track_stock" in wanted:
        if product.get("has_variants") or product.get("variant_parent_id"):
            # The platform keeps this flag for a family, not for one of it.
            return problem(f"{TITLE} tracks stock for all variants of a product or for none.", before, version)
        body["common"] = {"track_inventory": wanted["track_stock"] == "true"}
    return Preview(before, version, requested([Step("PUT", f"/products/{product['id']}", body)]))
