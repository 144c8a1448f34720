"""Reading a Shopify shop: change feeds for the mirror, single objects for webhooks, live values for previews.

``sales`` and ``feeds`` say what the cursors hold. Stores, people and cash sessions are read as whole or rolling lists;
products, stock levels, customers and discounts by their time of change. What disappeared is told by the shop's events.

Holds a token that reads. Two of its calls are mutations all the same and change nothing that is sold: starting a bulk
operation and registering a webhook, which Shopify allows to a token that may read what they are about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from connectors.base import (
    Action,
    ActionKind,
    Capability,
    Cursor,
    Entity,
    Health,
    Page,
    Preview,
    RawRecord,
    Support,
    WebhookEvent,
)
from connectors.credentials import TokenSource
from connectors.errors import TerminalError
from connectors.http import Policy, Secret
from connectors.manifest import load_manifest
from connectors.records import Row
from connectors.shopify import fetching, live
from connectors.shopify.client import VERSION, ShopifyClient
from connectors.shopify.completing import complete_orders
from connectors.shopify.cost import CostBucket
from connectors.shopify.feeds import walk
from connectors.shopify.health import check_shop
from connectors.shopify.identifiers import stamp
from connectors.shopify.lists import list_feed
from connectors.shopify.mapping import canonical_rows
from connectors.shopify.raw import raw_record
from connectors.shopify.sales import SaleFeed, Sizes
from connectors.shopify.subscriptions import ensure_subscriptions
from connectors.shopify.webhooks import read_webhook

LIVE_POLICY = Policy(attempts=3, base=0.2, cap=2.0, deadline=12.0, connect_timeout=3.0, read_timeout=6.0)
"""For previews: somebody is waiting for the card."""

LIST_PAGE = 100


class ShopifyReader:
    """``connectors.base.Reader`` over one shop.

    Args:
        base_url: ``https://{shop}.myshopify.com``.
        token: an Admin API access token that may read, or where to get one that runs out.
        connection: the operator's name for the shop.
        version: of the Admin API.
        pseudonym_key: turns customer ids into pseudonyms; without it sales have no customer.
        webhook_key: the app's client secret; without it no webhook is genuine.
        setting: the name of the setting of the token, for messages.
        policy: patience of a sync.
        live_policy: patience of a preview.
        sleep: how to wait.
        sizes: of the feed of orders.
        list_page: objects a page of every other list.
    """

    platform = "shopify"

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        connection: str,
        version: str = VERSION,
        *,
        pseudonym_key: Secret | None = None,
        webhook_key: Secret | None = None,
        setting: str = "SHOPIFY_ACCESS_TOKEN",
        policy: Policy | None = None,
        live_policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        sizes: Sizes | None = None,
        list_page: int = LIST_PAGE,
    ) -> None:
        self.connection = connection
        pacer = CostBucket(sleep=sleep) if sleep else CostBucket()
        self._client = ShopifyClient(
            base_url, token, setting=setting, version=version, policy=policy, sleep=sleep, pacer=pacer
        )
        self._live = ShopifyClient(
            base_url,
            token,
            setting=setting,
            version=version,
            policy=live_policy or LIVE_POLICY,
            sleep=sleep,
            pacer=pacer,
        )
        self._key = pseudonym_key
        self._webhook_key = webhook_key
        self._setting = setting
        self._sizes = sizes or Sizes()
        self._list_page = list_page
        self._known_shop: Mapping[str, Any] | None = None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._live.close()

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What Shopify offers, out of the manifest."""
        return load_manifest(self.platform).capabilities()

    def check(self) -> Health:
        """Scopes, depth of history, what the plan withholds, and the clocks."""
        return check_shop(self._client, setting=self._setting, now=datetime.now(UTC))

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed of ``entity``; see ``sales`` and ``feeds`` for what a cursor holds.

        Raises:
            TransientError: Shopify could not answer now.
            TerminalError: the token or its permissions are wrong, or Shopify has no such entity.
        """
        state = dict(cursor.value) if cursor else {}
        if self.capabilities()[entity].read is Support.NO:
            raise TerminalError(f"Shopify has no {entity.value.replace('_', ' ')}s; leave them out of the sync.")
        if entity is Entity.SALE:
            return SaleFeed(self._client, self._sizes, self._orders).walk(state, until)
        return walk(list_feed(entity, self._client, self._list_page, self._records_of(entity, until)), state, until)

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:  # noqa: ARG002 the same for every feed
        """Where to go on from when everything up to ``at`` reached the mirror another way, by files for instance."""
        return Cursor({"since": stamp(at)})

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now; what is gone comes back as deleted.

        Raises:
            TransientError: Shopify could not answer now.
            TerminalError: the token is wrong, or this entity cannot be read by id.
        """
        return fetching.fetch(self._client, entity, ids, shop=self._shop, key=self._key)

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Mirror rows of a record. Pure."""
        return canonical_rows(record, connection=self.connection, key=self._key)

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:  # noqa: ARG002
        """What a webhook says; None unless it is signed with the app's secret. Shopify does not sign the address."""
        return read_webhook(headers, body, key=self._webhook_key)

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        """Register what is missing for ``callback``; sentences of what was done or has to be done by hand.

        Raises:
            TransientError, TerminalError: the subscriptions could not be read.
        """
        return ensure_subscriptions(self._client, callback)

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the exact request; ``Preview.problem`` says why it cannot be done.

        Raises:
            TransientError: Shopify could not answer now.
            TerminalError: the token is wrong.
        """
        return live.preview(self._live, action)

    def exists(self, identity: str) -> bool:
        """Whether there is an object of this id now: Shopify's search may not know yet what was just created.

        Raises:
            TransientError, TerminalError: as reading does.
        """
        found: Any = self._live.ask("live_object", {"id": identity})
        return bool(found.get("node"))

    def _shop(self) -> Mapping[str, Any]:
        if self._known_shop is None:
            found: Any = self._client.ask("shop")["shop"]
            names = ("name", "currencyCode", "ianaTimezone", "taxesIncluded")
            self._known_shop = {name: found.get(name) for name in names}
        return self._known_shop

    def _orders(self, orders: Sequence[Mapping[str, Any]]) -> list[RawRecord]:
        return [
            raw_record(Entity.SALE, order, self._key) for order in complete_orders(self._client, orders, self._shop())
        ]

    def _records_of(self, entity: Entity, until: datetime) -> Callable[[Sequence[Mapping[str, Any]]], list[RawRecord]]:
        def records(found: Sequence[Mapping[str, Any]]) -> list[RawRecord]:
            return fetching.records(self._client, entity, found, shop=self._shop, key=self._key, at=until)

        return records
