"""Objects that were read, as records; and single objects read by id, after a webhook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.errors import TerminalError
from connectors.http import Secret
from connectors.shopify.client import ShopifyClient
from connectors.shopify.completing import complete_orders, complete_products
from connectors.shopify.identifiers import gid, instant, kind_of, number_of
from connectors.shopify.privacy import customer_key
from connectors.shopify.raw import deleted_record, raw_record

ITEM_PREFIX = "item-"
"""Before an inventory item's number: its product is read, for a cost is changed on the item alone."""

_DOCUMENTS = {
    Entity.LOCATION: ("locations_by_id", "Location"),
    Entity.SALE: ("orders_by_id", "Order"),
    Entity.CATALOG: ("products_by_id", "Product"),
    Entity.CUSTOMER: ("customers_by_id", "Customer"),
}

Shop = Callable[[], Mapping[str, Any]]


def records(
    client: ShopifyClient,
    entity: Entity,
    found: Sequence[Mapping[str, Any]],
    *,
    shop: Shop,
    key: Secret | None,
    at: datetime,
) -> list[RawRecord]:
    """Records of what a list gave, completed where one answer does not hold everything."""
    if entity is Entity.CATALOG:
        return _products(client, found, shop=shop, key=key)
    if entity is Entity.SALE:
        return [raw_record(entity, order, key) for order in complete_orders(client, found, shop())]
    if entity is Entity.LOCATION:
        return [raw_record(entity, {**place, "shop": dict(shop())}, key, at) for place in found]
    if entity is Entity.CUSTOMER and (key is None or not key.get_secret_value()):
        return []
    gone = [_gone(entity, str(item["subjectId"]), instant(str(item["createdAt"])), key) for item in _told(found)]
    return [*(raw_record(entity, item, key, at) for item in found if not item.get("subjectId")), *gone]


def _products(
    client: ShopifyClient, found: Sequence[Mapping[str, Any]], *, shop: Shop, key: Secret | None
) -> list[RawRecord]:
    """Records of products, of the products of inventory items, and of events that tell of a deletion."""
    products = [item for item in found if kind_of(item.get("id")) == "Product"]
    items = [item for item in found if kind_of(item.get("id")) == "InventoryItem"]
    owners = dict.fromkeys(owner for item in items if (owner := _owner(item)))
    products += [item for item in client.nodes("products_by_id", [gid("Product", one) for one in owners]) if item]
    return [
        *(raw_record(Entity.CATALOG, item, key) for item in complete_products(client, products, shop())),
        *(
            deleted_record(Entity.CATALOG, str(item["subjectId"]), instant(str(item["createdAt"])))
            for item in _told(found)
        ),
    ]


def _told(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events among what was found, which tell of a deletion each."""
    return [item for item in found if item.get("subjectId")]


def _gone(entity: Entity, identity: str, at: datetime, key: Secret | None) -> RawRecord:
    """What is gone since ``at``; a customer by the pseudonym, of which nothing else is kept."""
    if entity is not Entity.CUSTOMER:
        return deleted_record(entity, identity, at)
    return replace(deleted_record(entity, identity, at), id=customer_key(identity, key) or "", payload=b"{}")


def _owner(item: Mapping[str, Any]) -> str | None:
    """The product of an inventory item."""
    variants = (item.get("variants") or {}).get("nodes") or ()
    return next((owner for variant in variants if (owner := number_of(variant.get("product")))), None)


def fetch(
    client: ShopifyClient, entity: Entity, ids: Sequence[str], *, shop: Shop, key: Secret | None
) -> list[RawRecord]:
    """Objects by the ids of their records; a product also by ``item-`` and an inventory item's number.

    Raises:
        TransientError: Shopify could not answer now.
        TerminalError: the token is wrong, or this entity cannot be read by id.
    """
    now = datetime.now(UTC)
    match entity:
        case Entity.INVENTORY:
            return _levels(client, ids, key)
        case Entity.PROMOTION:
            wanted = [gid("DiscountNode", one) for one in ids]
            found = [client.ask("discount", {"id": one}).get("discountNode") for one in wanted]
            return [
                raw_record(entity, item, key) if isinstance(item, Mapping) else deleted_record(entity, one, now)
                for one, item in zip(wanted, found, strict=True)
            ]
        case Entity.CATALOG:
            ids = _products_of(client, ids)
        case _ if entity not in _DOCUMENTS:
            raise TerminalError(f"Shopify's {entity.value.replace('_', ' ')}s are read as a list; run a sync instead.")
    document, kind = _DOCUMENTS[entity]
    wanted = [gid(kind, one) for one in ids]
    there = client.nodes(document, wanted)
    present = [item for item in there if item]
    gone = [one for one, item in zip(wanted, there, strict=True) if not item]
    if entity is Entity.CUSTOMER and (key is None or not key.get_secret_value()):
        gone = []
    return [
        *records(client, entity, present, shop=shop, key=key, at=now),
        *(_gone(entity, one, now, key) for one in gone),
    ]


def _levels(client: ShopifyClient, ids: Sequence[str], key: Secret | None) -> list[RawRecord]:
    """Stock levels by ``item:location``, or all of an item's by its number alone."""
    wanted = set(ids)
    items = sorted({gid("InventoryItem", one.split(":", 1)[0]) for one in ids})
    found = [
        raw_record(Entity.INVENTORY, level, key)
        for item in client.nodes("levels_by_item", items)
        for level in ((item or {}).get("inventoryLevels") or {}).get("nodes") or ()
    ]
    return [record for record in found if record.id in wanted or record.id.split(":", 1)[0] in wanted]


def _products_of(client: ShopifyClient, ids: Sequence[str]) -> list[str]:
    """Numbers of products: given, or of the items given."""
    items = [gid("InventoryItem", one.removeprefix(ITEM_PREFIX)) for one in ids if one.startswith(ITEM_PREFIX)]
    given = [one for one in ids if not one.startswith((ITEM_PREFIX, "variant-"))]
    owners = [_owner(item or {}) for item in client.nodes("products_of_items", items)] if items else []
    return [one for one in dict.fromkeys([*given, *owners]) if one]
