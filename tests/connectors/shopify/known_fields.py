"""The paths of Shopify's raw objects, out of the documents that ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from connectors.base import Entity
from connectors.sandbox.shopify.syntax import Selection, parse
from connectors.shopify.operations import document

_SHOP = ("shop.name", "shop.currencyCode", "shop.ianaTimezone", "shop.taxesIncluded")
_ASKED: Mapping[Entity, tuple[str, str]] = {
    Entity.LOCATION: ("locations", "locations.nodes"),
    Entity.CATALOG: ("products", "products.nodes"),
    Entity.EMPLOYEE: ("staff", "staffMembers.nodes"),
    Entity.CUSTOMER: ("customers", "customers.nodes"),
    Entity.PROMOTION: ("discounts", "discountNodes.nodes"),
    Entity.SALE: ("orders", "orders.nodes"),
    Entity.REGISTER_EVENT: ("cash_sessions", "cashTrackingSessions.nodes"),
    Entity.INVENTORY: ("levels", "location.inventoryLevels.nodes"),
    Entity.INVENTORY_CHANGE: ("transfers", "inventoryTransfers.nodes"),
}


def known_fields() -> dict[Entity, list[str]]:
    """Every path that a sync lands, by entity."""
    found = {entity: _paths_at(*asked) for entity, asked in _ASKED.items()}
    found[Entity.SALE] |= _paths_at("refunds", "nodes") | set(_SHOP)
    found[Entity.CATALOG] |= set(_SHOP)
    found[Entity.LOCATION] |= set(_SHOP)
    found[Entity.SALE] = {path for path in found[Entity.SALE] if path != "customer.id"} | {"customer_key"}
    people = found[Entity.CUSTOMER] - {"id", "defaultEmailAddress.marketingState"}
    found[Entity.CUSTOMER] = people | {"customer_key", "marketingState"}
    return {entity: sorted(paths) for entity, paths in found.items()}


def _paths_at(name: str, place: str) -> set[str]:
    selections = parse(document(name)).selections
    for step in place.split("."):
        selections = next(inner for inner in selections if inner.name == step).selections
    return {path for path in _paths(selections, "") if "pageInfo" not in path}


def _paths(selections: tuple[Selection, ...], before: str) -> Iterator[str]:
    for inner in selections:
        if inner.on:
            yield from _paths(inner.selections, before)
            continue
        path = f"{before}.{inner.alias}" if before else inner.alias
        if inner.selections:
            yield from _paths(inner.selections, path)
        else:
            yield path
