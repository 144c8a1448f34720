"""Reading a Square account: change feeds for the mirror, single objects for webhooks, live values for previews.

Holds a token that reads; nothing here can change anything of the business. ``feeds`` says what the cursors hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

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
    WebhookEvent,
)
from connectors.credentials import TokenSource
from connectors.errors import TerminalError
from connectors.http import Policy, RejectedError, Secret
from connectors.manifest import load_manifest
from connectors.records import Row
from connectors.square.client import IDS_PER_BATCH, ORDERS_PAGE, VERSION, Listing, SquareClient, stamp
from connectors.square.feeds import Feeds
from connectors.square.health import SCOPES, check_account
from connectors.square.joined import with_job_titles, with_parts, with_units
from connectors.square.mapping import canonical_rows
from connectors.square.previews import live_preview
from connectors.square.raw import raw_records
from connectors.square.subscriptions import ensure_subscription
from connectors.square.webhooks import SIGNATURE_HEADER, is_genuine, webhook_event

LIVE_POLICY = Policy(attempts=3, base=0.2, cap=2.0, deadline=12.0, connect_timeout=3.0, read_timeout=6.0)
"""For previews: somebody is waiting for the card."""

_SINGLES: Mapping[Entity, tuple[str, str]] = {
    Entity.EMPLOYEE: ("/v2/team-members", "team_member"),
    Entity.SUPPLIER: ("/v2/vendors", "vendor"),
    Entity.TIMECARD: ("/v2/labor/timecards", "timecard"),
    Entity.SCHEDULED_SHIFT: ("/v2/labor/scheduled-shifts", "scheduled_shift"),
}


class SquareReader:
    """``connectors.base.Reader`` over one Square account.

    ``pseudonym_key`` turns Square's customer ids into pseudonyms; without it sales have no customer. ``webhook_key`` is
    the subscription's signature key; without it no webhook is believed. ``page_size`` bounds every page. ``now`` is the
    clock that previews go by.
    """

    platform = "square"

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        connection: str,
        version: str = VERSION,
        *,
        pseudonym_key: Secret | None = None,
        webhook_key: Secret | None = None,
        setting: str = "SQUARE_ACCESS_TOKEN",
        policy: Policy | None = None,
        live_policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        orders_page: int = ORDERS_PAGE,
        page_size: int | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.connection = connection
        self._client = SquareClient(
            base_url, token, setting=setting, version=version, policy=policy, sleep=sleep, page_size=page_size
        )
        self._live = SquareClient(
            base_url, token, setting=setting, version=version, policy=live_policy or LIVE_POLICY, sleep=sleep
        )
        self._key = pseudonym_key
        self._webhook_key = webhook_key
        self._setting = setting
        self._feeds = Feeds(self._client, pseudonym_key, orders_page)
        self._now = now or (lambda: datetime.now(UTC))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._live.close()

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What Square offers, out of the manifest."""
        return load_manifest(self.platform).capabilities()

    def check(self) -> Health:
        """Try the token on everything that is read, and compare the clocks."""
        return check_account(self._client, self._setting)

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed of ``entity``; ``feeds`` says what a cursor holds.

        Raises:
            TransientError: Square could not answer now.
            TerminalError: the token or its permissions are wrong, or Square has no such entity.
        """
        try:
            yield from self._feeds.walk(entity, cursor, until)
        except RejectedError as error:
            if error.status != 403 or entity not in SCOPES:
                raise
            raise TerminalError(
                f"Square refused to show {entity.value.replace('_', ' ')}s: give the token in {self._setting} the "
                f"permission {SCOPES[entity]}.",
                detail=str(error),
            ) from error

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:
        """Where to go on from when everything up to ``at`` reached the mirror another way, by files for instance.

        Raises:
            TransientError, TerminalError: Square's locations could not be read.
        """
        value: dict[str, Any] = {"since": stamp(at)}
        if entity is Entity.SALE:
            value["known"] = self._feeds.location_ids()
        return Cursor(value)

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now; inventory by variation id. A customer, whose id is a pseudonym, is never found.

        Raises:
            TransientError: Square could not answer now.
            TerminalError: the token is wrong, or this entity cannot be read by id.
        """
        records: list[RawRecord] = []
        for start in range(0, len(ids), IDS_PER_BATCH):
            records += raw_records(entity, self._found(entity, ids[start : start + IDS_PER_BATCH]), self._key)
        return records

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Mirror rows of a record. Pure."""
        return canonical_rows(record, connection=self.connection, key=self._key)

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:
        """What an event says; None when its signature is not Square's. ``headers`` are in lower case."""
        if not is_genuine(body, headers.get(SIGNATURE_HEADER), key=self._webhook_key, url=url):
            return None
        return webhook_event(body, self._key)

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        """Register what is missing for ``callback``; sentences of what was done or has to be done by hand.

        Raises:
            TransientError: Square could not answer now.
        """
        return ensure_subscription(self._client, callback)

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the exact request of the change.

        ``Preview.problem`` is a sentence when the change makes no sense now; the request is empty then.

        Raises:
            TransientError: Square could not answer now.
            TerminalError: the token is wrong.
        """
        return live_preview(self._live, action, self._now())

    def _found(self, entity: Entity, ids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        match entity:
            case Entity.SALE:
                return self._client.orders(ids).objects
            case Entity.CATALOG:
                return with_units(self._client, self._client.catalog_objects(ids))
            case Entity.PROMOTION:
                return with_parts(self._client, self._client.catalog_objects(ids))
            case Entity.INVENTORY:
                return self._client.inventory_counts(None, None, None, variant_ids=ids).objects
            case Entity.CUSTOMER:
                return ()
        if entity not in _SINGLES:
            raise TerminalError(f"Square's {entity.value.replace('_', ' ')}s are read as a list; run a sync instead.")
        path, name = _SINGLES[entity]
        each = (self._client.maybe(f"{path}/{quote(identity, safe='')}", name) for identity in ids)
        found = [item for item in each if item is not None]
        return with_job_titles(self._client, Listing(found, None)) if entity is Entity.SCHEDULED_SHIFT else found
