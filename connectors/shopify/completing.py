"""Objects that do not fit into one answer, completed: orders with all their lines and refunds, products with variants.

Refunds are read inside their order and never from a feed of their own. A list inside an order cannot be walked by a
bulk operation, so an order that says it has refunds or returns is read again for them alone, by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connectors.shopify.client import LINES_PAGE, ShopifyClient
from connectors.shopify.identifiers import number_of

_REFUNDS_PER_BATCH = 10
_VARIANTS_PAGE = 100


def complete_orders(
    client: ShopifyClient, orders: Iterable[Mapping[str, Any]], shop: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Orders with every line, their refunds and returns; what was sold online also says in which shop."""
    found = [dict(order) for order in orders]
    for order in found:
        order["lineItems"] = _whole(client, order, "lineItems", "order_lines", "order.lineItems", LINES_PAGE)
        order["shippingLines"] = {"nodes": list((order.get("shippingLines") or {}).get("nodes") or ())}
        if not order.get("retailLocation") and not any(
            number_of(payment.get("location")) for payment in order.get("transactions") or ()
        ):
            order["shop"] = dict(shop)
    wanted = [str(order["id"]) for order in found if order.get("id") and _came_back(order)]
    details = _refunds(client, wanted)
    return [{**order, **details.get(str(order.get("id")), {})} for order in found]


def complete_products(
    client: ShopifyClient, products: Iterable[Mapping[str, Any]], shop: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Products with every variant, and the shop whose currency their prices are in."""
    return [
        {
            **product,
            "variants": _whole(client, product, "variants", "product_variants", "product.variants", _VARIANTS_PAGE),
            "shop": dict(shop),
        }
        for product in products
    ]


def _refunds(client: ShopifyClient, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), _REFUNDS_PER_BATCH):
        for order in client.nodes("refunds", ids[start : start + _REFUNDS_PER_BATCH]):
            if isinstance(order, Mapping):
                refunds = [_whole_refund(client, refund) for refund in order.get("refunds") or ()]
                found[str(order["id"])] = {"refunds": refunds, "returns": order.get("returns") or {"nodes": []}}
    return found


def _whole_refund(client: ShopifyClient, refund: Mapping[str, Any]) -> dict[str, Any]:
    lines = _whole(client, refund, "refundLineItems", "refund_lines", "refund.refundLineItems", LINES_PAGE)
    return {**refund, "refundLineItems": lines}


def _whole(
    client: ShopifyClient, owner: Mapping[str, Any], field: str, document: str, path: str, first: int
) -> dict[str, Any]:
    """A connection with all its nodes, without its paging."""
    connection = owner.get(field) or {}
    nodes = list(connection.get("nodes") or ())
    info = connection.get("pageInfo") or {}
    after = info.get("endCursor") if info.get("hasNextPage") else None
    while after is not None:
        page = client.page(document, path, {"id": owner["id"], "after": after}, first=first)
        nodes += page.nodes
        after = page.cursor
    return {"nodes": nodes}


def _came_back(order: Mapping[str, Any]) -> bool:
    return bool(order.get("refunds")) or order.get("returnStatus") not in (None, "NO_RETURN")
