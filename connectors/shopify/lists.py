"""The feeds of everything but orders: which list each is, and by what it is filtered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog

from connectors.base import Entity, RawRecord
from connectors.errors import TerminalError
from connectors.http import RejectedError
from connectors.shopify.client import Listing, ShopifyClient
from connectors.shopify.feeds import Feed, between

log = structlog.get_logger()

TRANSFER_WINDOW = timedelta(days=90)
SESSION_WINDOW = timedelta(days=7)
SUBJECTS: Mapping[Entity, frozenset[str]] = {
    Entity.CATALOG: frozenset({"PRODUCT", "PRODUCT_VARIANT"}),
    Entity.CUSTOMER: frozenset({"CUSTOMER"}),
    Entity.PROMOTION: frozenset(
        {"DISCOUNT_NODE", "DISCOUNT_AUTOMATIC_NODE", "DISCOUNT_AUTOMATIC_BXGY", "DISCOUNT_CODE_NODE"}
    ),
}
"""What the shop's events call the objects of an entity; they are kept for a year."""
_DOCUMENT_PAGE = 25
"""Objects with lists of their own cost more, so fewer of them fit into a request."""

Records = Callable[[Sequence[Mapping[str, Any]]], list[RawRecord]]
_Read = Callable[[str, str | None, str, str | None], Listing]


def list_feed(entity: Entity, client: ShopifyClient, page: int, records: Records) -> Feed:
    """The feed of an entity.

    Raises:
        TerminalError: it is not read as a list.
    """
    few = min(page, _DOCUMENT_PAGE)
    match entity:
        case Entity.LOCATION:
            return Feed(_one, _plain(client, "locations", "locations", page), records)
        case Entity.EMPLOYEE:
            return Feed(_one, _plain(client, "staff", "staffMembers", page), records, optional=True)
        case Entity.CATALOG:
            return Feed(_catalog_parts, _catalog(client, few), records)
        case Entity.CUSTOMER:
            read = _or_deleted(client, _changed(client, "customers", "customers", page), entity, few)
            return Feed(_all_and_deletions, read, records, optional=True)
        case Entity.PROMOTION:
            read = _or_deleted(client, _changed(client, "discounts", "discountNodes", few), entity, few)
            return Feed(_all_and_deletions, read, records, optional=True)
        case Entity.INVENTORY:
            return Feed(lambda _: _locations(client), _levels(client, page), records)
        case Entity.INVENTORY_CHANGE:
            read = _changed(client, "transfers", "inventoryTransfers", few, field="created_at")
            return Feed(_one, read, records, overlap=TRANSFER_WINDOW, optional=True)
        case Entity.REGISTER_EVENT:
            read = _changed(client, "cash_sessions", "cashTrackingSessions", few, field="opening_time")
            return Feed(_one, read, records, overlap=SESSION_WINDOW, optional=True)
        case _:
            raise TerminalError(f"Shopify has no list of {entity.value.replace('_', ' ')}s.")


def _one(_: str | None) -> Sequence[str]:
    return ("all",)


def _plain(client: ShopifyClient, document: str, path: str, first: int) -> _Read:
    def read(_part: str, _start: str | None, _to: str, after: str | None) -> Listing:
        return client.page(document, path, {"after": after}, first=first)

    return read


def _changed(client: ShopifyClient, document: str, path: str, first: int, *, field: str = "updated_at") -> _Read:
    def read(_part: str, start: str | None, to: str, after: str | None) -> Listing:
        return client.page(document, path, {"after": after, "query": between(field, start, to)}, first=first)

    return read


def _catalog_parts(since: str | None) -> Sequence[str]:
    """The first walk lists all there is. Later ones also ask for items, whose cost changes alone, and for deletions."""
    return ("products",) if since is None else ("products", "items", "deletions")


def _catalog(client: ShopifyClient, first: int) -> _Read:
    changed = {
        "products": _changed(client, "products", "products", first),
        "items": _changed(client, "changed_items", "inventoryItems", first),
    }

    def read(part: str, start: str | None, to: str, after: str | None) -> Listing:
        if part in changed:
            return changed[part](part, start, to, after)
        return _deletions(client, Entity.CATALOG, start, to, after, first)

    return read


def _all_and_deletions(since: str | None) -> Sequence[str]:
    """The first walk lists all there is; later ones also ask what is gone."""
    return ("all",) if since is None else ("all", "deletions")


def _or_deleted(client: ShopifyClient, changed: _Read, entity: Entity, first: int) -> _Read:
    def read(part: str, start: str | None, to: str, after: str | None) -> Listing:
        if part == "all":
            return changed(part, start, to, after)
        return _deletions(client, entity, start, to, after, first)

    return read


def _deletions(
    client: ShopifyClient, entity: Entity, start: str | None, to: str, after: str | None, first: int
) -> Listing:
    query = f"action:destroy AND {between('created_at', start, to)}"
    try:
        found = client.page("deletions", "events", {"after": after, "query": query}, first=first)
    except RejectedError as error:
        if error.status == 401:
            raise
        # Webhooks still tell of what was deleted; ``check`` says that the shop's events cannot be read.
        log.warning("deletions.not_read", codes=error.codes)
        return Listing((), None)
    subjects = SUBJECTS[entity]
    gone = [event for event in found.nodes if event.get("subjectType") in subjects and event.get("subjectId")]
    return Listing(gone, found.cursor)


def _locations(client: ShopifyClient) -> Sequence[str]:
    return sorted(str(item["id"]) for item in client.every("locations", "locations", {}, first=100))


def _levels(client: ShopifyClient, first: int) -> _Read:
    def read(location: str, start: str | None, to: str, after: str | None) -> Listing:
        variables = {"location": location, "after": after, "query": between("updated_at", start, to)}
        return client.page("levels", "location.inventoryLevels", variables, first=first)

    return read
