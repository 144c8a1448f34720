"""Reading a Clover merchant: change feeds for the mirror, single objects for webhooks, live values for previews.

The cursors it keeps, each resumable at any page:

- sale: at first by the time of creation from the merchant's beginning on, then by the time of change, in windows that
  fit into one answer (``feeds``). Refunds and credits are also asked for by their own time, for nobody promises that
  they move the order's. Windows overlap by ten minutes. Once a day orders are counted: nothing tells of deleted ones.
- catalog: the whole list each time; Clover tells of no deletions, so what is missing is looked up by its id. The ids
  that were there are in the cursor.
- inventory, location, employee, promotion: the whole list, handed over when it reads differently than before.
- timecard: at first all, then the last 35 days, for shifts have no stamp of change. customer, register_event: by
  the time they began.

Holds a token that reads; nothing here can change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import structlog

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
from connectors.clover import changes, lists, sales, webhooks
from connectors.clover.client import (
    LIST_PAGE,
    ORDERS_PAGE,
    CloverClient,
    CloverPacer,
    millis,
    segment,
)
from connectors.clover.documents import Owner
from connectors.clover.landing import CATEGORY, CREDIT, raw_record, tombstone
from connectors.clover.mapping import canonical_rows
from connectors.clover.privacy import customer_key
from connectors.credentials import Secret, TokenSource
from connectors.errors import ConnectorError, TerminalError
from connectors.http import Policy, RejectedError
from connectors.manifest import load_manifest
from connectors.pacing import Pacer
from connectors.records import Row

LIVE_POLICY = Policy(attempts=3, base=0.2, cap=2.0, deadline=12.0, connect_timeout=3.0, read_timeout=6.0)
"""For previews: somebody is waiting for the card."""

_SKEW_ALLOWED = timedelta(minutes=2)
_DASHBOARD = "Clover's Developer Dashboard (Your Apps > App Settings > Webhooks)"

log = structlog.get_logger()


class CloverReader:
    """``connectors.base.Reader`` over one Clover merchant.

    Args:
        base_url: ends with ``/v3/merchants/{mId}``.
        token: the merchant's access token, for reading.
        connection: the operator's name of it.
        pseudonym_key: turns Clover's customer ids into pseudonyms; without it sales have no customer.
        webhook_key: the application's auth code, as Clover's dashboard shows it.
        dated_by: ``payment`` dates a sale when it was paid, ``order`` when its order was begun.
        orders_page: orders asked for at once.
        list_page: of everything else.
        pacer: keeps to the platform's limits; shared by every client of the token.

    Raises:
        TerminalError: ``base_url`` names no merchant, or ``dated_by`` is neither.
    """

    platform = "clover"

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        connection: str,
        *,
        pseudonym_key: Secret | None = None,
        webhook_key: Secret | None = None,
        setting: str = "CLOVER_ACCESS_TOKEN",
        policy: Policy | None = None,
        live_policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        dated_by: str = "payment",
        orders_page: int = ORDERS_PAGE,
        list_page: int = LIST_PAGE,
        pacer: Pacer | None = None,
    ) -> None:
        if dated_by not in ("payment", "order"):
            raise TerminalError("dated_by of a Clover connection must be payment or order.")
        pacer = pacer or CloverPacer()
        self.connection = connection
        self._client = CloverClient(base_url, token, setting=setting, policy=policy, sleep=sleep, pacer=pacer)
        self._live = CloverClient(
            base_url, token, setting=setting, policy=live_policy or LIVE_POLICY, sleep=sleep, pacer=pacer
        )
        self._owner = Owner(connection, self._client.merchant_id)
        self._key = pseudonym_key
        self._webhook_key = webhook_key
        self._setting = setting
        self._dated_by_payment = dated_by == "payment"
        self._code = ""
        self._sales = sales.Sales(self._client, pseudonym_key, orders_page, list_page)
        self._lists = lists.Lists(self._client, pseudonym_key, list_page)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._live.close()

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What Clover offers, out of its manifest."""
        return load_manifest(self.platform).capabilities()

    def check(self) -> Health:
        """Try the token on everything that is read, and compare the clocks."""
        try:
            reply = self._client.merchant()
        except ConnectorError as error:
            return Health(ok=False, problems=(error.user_message,))
        problems = list(self._permission_problems())
        if reply.date is not None and abs(datetime.now(UTC) - reply.date) > _SKEW_ALLOWED:
            problems.append("This machine's clock differs from Clover's by more than two minutes. Set it by NTP.")
        name = str(reply.body.get("name") or "") if isinstance(reply.body, dict) else ""
        return Health(ok=not problems, account=name or self._client.merchant_id, problems=tuple(problems))

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed of ``entity``; see the module for what a cursor holds.

        Raises:
            TransientError: Clover could not answer now.
            TerminalError: the token or its permissions are wrong, or Clover has no such entity.
        """
        state = dict(cursor.value) if cursor else {}
        match entity:
            case Entity.SALE:
                return self._sales.pages(state, until)
            case Entity.CATALOG:
                return self._lists.catalog(state, until)
            case Entity.LOCATION | Entity.EMPLOYEE | Entity.PROMOTION | Entity.INVENTORY:
                return self._lists.whole(entity, state, until)
            case Entity.TIMECARD:
                return self._lists.timecards(state, until)
            case Entity.CUSTOMER | Entity.REGISTER_EVENT:
                return self._lists.begun(entity, state, until)
        raise _not_offered(entity)

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:
        """Where to go on from when everything up to ``at`` reached the mirror another way, by files for instance."""
        if entity is Entity.CATALOG:
            return Cursor({})
        return Cursor({"since": millis(at), "counted": millis(at)} if entity is Entity.SALE else {"since": millis(at)})

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now, by the ids of their raw records; a payment's order by ``P:`` and the payment's id.

        A customer is asked for by Clover's id, for its record has a pseudonym. What is gone is left out, except for
        items and customers.

        Raises:
            TransientError: Clover could not answer now.
            TerminalError: the token is wrong, or this entity cannot be read by id.
        """
        records: list[RawRecord] = []
        for identity in dict.fromkeys(ids):
            try:
                records += self._fetched(entity, identity)
            except RejectedError as error:
                if error.status != 404:
                    raise
                name = customer_key(identity, self._key) if entity is Entity.CUSTOMER else identity
                if name and entity in (Entity.CATALOG, Entity.CUSTOMER):
                    records.append(tombstone(entity, name, datetime.now(UTC)))
        return records

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Mirror rows of a record. Pure."""
        return canonical_rows(record, self._owner, dated_by_payment=self._dated_by_payment)

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:  # noqa: ARG002 nothing is signed
        """What a message says; None when it is forged, truncated or unreadable.

        The verification message is let through without the auth code, which does not exist yet then: its topic is
        ``verification``, it touches nothing, and the code is in the log, in the event's key and in what
        ``ensure_webhooks`` says.
        """
        if webhooks.is_genuine(headers, self._webhook_key):
            event = webhooks.read_delivery(body, self._client.merchant_id)
            if event is not None:
                return event
        code = webhooks.verification_code(body)
        if not code:
            return None
        if code != self._code:
            self._code = code
            log.warning("webhook.verification_code", connection=self.connection, code=code)
        return webhooks.verification_event(code)

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        """What has to be done by hand: Clover has no API for webhooks."""
        setting = load_manifest(self.platform).webhooks.setting
        steps = (
            f"Enter {callback} as the webhook URL in {_DASHBOARD} and press “Send Verification Code”.",
            "The code shows up here, in the log and in the inbox of webhooks; enter it there and press “Verify”.",
            "Subscribe to Orders, Payments, Inventory, Customers, Employees, Cash adjustments and Merchants.",
            f"Put the “Clover Auth Code” that is shown then into {setting}.",
            f"One address gets the updates of all merchants of an application; only {self._client.merchant_id} counts.",
            "Give each further merchant an application of its own, or leave it to polling.",
        )
        if not self._code:
            return steps
        code = f"Clover sent the verification code {self._code}. Enter it in {_DASHBOARD} and press “Verify”."
        return (code, *steps)

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the exact request; ``problem`` says why it makes no sense.

        Raises:
            TransientError: Clover could not answer now.
            TerminalError: the token is wrong.
        """
        return changes.preview(self._live, action)

    def _permission_problems(self) -> Iterator[str]:
        probes = (
            ("Merchant (Read)", "/properties", False),
            ("Inventory (Read)", "/items", True),
            ("Orders (Read)", "/orders", True),
            ("Payments (Read)", "/refunds", True),
            ("Employees (Read)", "/employees", True),
            ("Customers (Read)", "/customers", True),
        )
        for permission, path, is_list in probes:
            try:
                if is_list:
                    self._client.page(path, limit=1)
                else:
                    self._client.one(path)
            except RejectedError as error:
                # Clover answers 401 for a missing permission too; the merchant itself could be read.
                if error.status in (401, 403):
                    yield f"Give the application of {self._setting} the permission {permission} and install it again."
                else:
                    yield error.user_message
            except ConnectorError as error:
                yield error.user_message

    def _fetched(self, entity: Entity, identity: str) -> list[RawRecord]:
        now = datetime.now(UTC)
        match entity:
            case Entity.SALE if identity.startswith("P:"):
                payment = self._client.one(f"/payments/{segment(identity[2:])}", expand=("order",))
                order = (payment.get("order") or {}).get("id")
                return [self._sales.order(str(order))] if order else []
            case Entity.SALE if identity.startswith(CREDIT):
                credit = self._client.one(f"/credits/{segment(identity.removeprefix(CREDIT))}")
                return [raw_record(entity, credit, self._key, now=now, prefix=CREDIT)]
            case Entity.SALE:
                return [self._sales.order(identity)]
            case Entity.CATALOG if identity.startswith(CATEGORY):
                found = self._client.one(f"/categories/{segment(identity.removeprefix(CATEGORY))}")
                return [raw_record(entity, found, self._key, now=now, prefix=CATEGORY)]
            case Entity.CATALOG:
                return [self._lists.item(identity, now)]
            case Entity.INVENTORY | Entity.EMPLOYEE | Entity.CUSTOMER | Entity.PROMOTION:
                found = self._client.one(f"{lists.PATHS[entity]}/{segment(identity)}")
                if entity is Entity.CUSTOMER and self._key is None:
                    return []
                return [self._lists.record(entity, found, now)]
        raise TerminalError(f"Clover's {entity.value}s are read as a whole list; run a sync instead.")


def _not_offered(entity: Entity) -> TerminalError:
    return TerminalError(f"Clover has no {entity.value.replace('_', ' ')}s that could be read.")
