"""Reading an R-Series account: change feeds for the mirror, single objects, live values for previews.

``feeds`` says how the changes of each list are followed. A walk is resumable at any page; its end is fixed before its
first page, and an interrupted walk is finished up to its own end before a new one begins.

Holds a token that reads; nothing here can change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors.apart import taken_in
from connectors.base import (
    Action,
    ActionKind,
    Capability,
    Census,
    Cursor,
    Entity,
    Health,
    Page,
    Preview,
    RawRecord,
    WebhookEvent,
)
from connectors.credentials import TokenSource
from connectors.errors import ConnectorError, TerminalError
from connectors.http import Policy, RejectedError, Secret
from connectors.lightspeed_r import actions, webhooks
from connectors.lightspeed_r.bucket import LeakyBucket
from connectors.lightspeed_r.client import IDS_PER_READ, PAGE_SIZE, TITLE, LightspeedRClient, Listing
from connectors.lightspeed_r.feeds import OVERLAP, RECENT, Feed, Follow, feeds_of
from connectors.lightspeed_r.mapping import canonical_rows
from connectors.lightspeed_r.privacy import without_personal_data
from connectors.lightspeed_r.surroundings import Surroundings
from connectors.lightspeed_r.targets import Ways
from connectors.lightspeed_r.wire import Document, flag, instant, moment, number, stamp, text
from connectors.manifest import load_manifest
from connectors.pacing import Pacer
from connectors.payload import payload_of
from connectors.records import Row

LIVE_POLICY = Policy(attempts=3, base=0.2, cap=2.0, deadline=12.0, connect_timeout=3.0, read_timeout=6.0)
"""For previews: somebody is waiting for the card."""

_SKEW_ALLOWED = timedelta(minutes=2)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_PROBES = (
    ("Shop", "employee:register_read"),
    ("Item", "employee:inventory_read"),
    ("Sale", "employee:register_read"),
    ("Employee", "employee:admin_employees"),
    ("EmployeeHours", "employee:admin_employees"),
    ("Customer", "employee:customers_read"),
    ("Vendor", "employee:vendors"),
    ("Order", "employee:purchase_orders"),
    ("InventoryLog", "employee:inventory_log"),
    ("SaleVoid", "employee:admin_void_sale"),
)


class LightspeedRReader:
    """``connectors.base.Reader`` over one R-Series account.

    Args:
        base_url: the account's own, ``https://api.lightspeedapp.com/API/V3/Account/{accountID}``.
        pseudonym_key: turns customer ids into pseudonyms; without it sales have no customer.
        sale_stamp: the field that moves when a sale changes. ``timeStamp`` is the documented legacy one.
        employee_id: who counts stock in the name of an approved action; the account's first employee if not given.
        archive_with_stock: allow archiving what is still in stock, which the platform then writes off.
        unit_field: the custom field of an item that says what it is sold by; the platform knows pieces only.
        pacer: shared by every client of this account.
    """

    platform = "lightspeed_r"

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        connection: str,
        *,
        pseudonym_key: Secret | None = None,
        setting: str = "LIGHTSPEED_R_ACCESS_TOKEN",
        sale_stamp: str = "updatetime",
        employee_id: str = "",
        archive_with_stock: bool = False,
        unit_field: str = "Unit",
        policy: Policy | None = None,
        live_policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        pacer: Pacer | None = None,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self.connection = connection
        shared = pacer or (LeakyBucket(sleep=sleep) if sleep else LeakyBucket())
        self._client = LightspeedRClient(base_url, token, setting=setting, policy=policy, sleep=sleep, pacer=shared)
        self._live = LightspeedRClient(
            base_url, token, setting=setting, policy=live_policy or LIVE_POLICY, sleep=sleep, pacer=shared
        )
        self._key = pseudonym_key
        self._setting = setting
        self._sale_stamp = sale_stamp
        self._ways = Ways(employee_id, archive_with_stock)
        self._unit_field = unit_field
        self._page_size = min(page_size, PAGE_SIZE)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._live.close()

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What the R-Series offers, out of the manifest."""
        return load_manifest(self.platform).capabilities()

    def check(self) -> Health:
        """Try the token on everything that is read, and compare the clocks."""
        try:
            account, date = self._client.account()
        except ConnectorError as error:
            return Health(ok=False, problems=(error.user_message,))
        problems = list(self._permission_problems())
        if date is not None and abs(datetime.now(UTC) - date) > _SKEW_ALLOWED:
            problems.append("This machine's clock differs from Lightspeed's by more than two minutes. Set it by NTP.")
        return Health(ok=not problems, account=text(account, "name") or "", problems=tuple(problems))

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed of ``entity``; see ``feeds``.

        Raises:
            TransientError: Lightspeed could not answer now.
            TerminalError: the token or its scopes are wrong, or there is no such entity.
        """
        feeds = feeds_of(entity, sale_stamp=self._sale_stamp)
        if not feeds:
            raise TerminalError(f"{TITLE} keeps no {entity.value.replace('_', ' ')}s.")
        state = dict(cursor.value) if cursor else {}
        if entity is Entity.CUSTOMER and self._key is None:
            return iter([Page((), Cursor({"since": stamp(until)}), done=True)])
        return self._walk(entity, feeds, state, until)

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:  # noqa: ARG002 the same for every entity
        """Where to go on from when everything up to ``at`` reached the mirror another way, by files for instance."""
        return Cursor({"since": stamp(at)})

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now, by the ids of their raw records. Unknown ones are left out.

        Raises:
            TransientError: Lightspeed could not answer now.
            TerminalError: the token is wrong, or the entity cannot be read by id.
        """
        if entity is Entity.CUSTOMER:
            raise TerminalError(f"{TITLE}'s customers are kept as pseudonyms; pull their feed instead.")
        feeds = feeds_of(entity, sale_stamp=self._sale_stamp)
        if not feeds:
            raise TerminalError(f"{TITLE} keeps no {entity.value.replace('_', ' ')}s.")
        surroundings = Surroundings(self._client)
        records: list[RawRecord] = []
        for feed in feeds:
            numbers = [number for identity in ids if (number := _number_in(feed, identity))]
            for start in range(0, len(numbers), IDS_PER_READ):
                some = numbers[start : start + IDS_PER_READ]
                params = {feed.identity: f"IN,[{','.join(some)}]", **_archives(feed)}
                listing = self._client.listing(feed.path, params, feed.relations)
                records += self._records(entity, feed, surroundings.complete(entity, listing.objects), None)
        return records

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Mirror rows of a record. Pure."""
        return canonical_rows(record, connection=self.connection, unit_field=self._unit_field)

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:
        """None: the platform sends no webhooks."""
        return webhooks.verify_webhook(headers, body, url)

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        """A sentence that there are none."""
        return webhooks.ensure_webhooks(callback)

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the exact request.

        ``Preview.problem`` is a sentence when the change makes no sense now; the request is empty then.

        Raises:
            TransientError: Lightspeed could not answer now.
            TerminalError: the token is wrong.
        """
        return actions.preview(self._live, action, self._ways)

    def _permission_problems(self) -> Iterator[str]:
        said: set[str] = set()
        for path, scope in _PROBES:
            try:
                self._client.listing(path, {}, limit=1)
            except RejectedError as error:
                sentence = (
                    f"Give the token in {self._setting} the scope {scope}."
                    if error.status == 403
                    else error.user_message
                )
                if sentence not in said:
                    yield sentence
                said.add(sentence)
            except ConnectorError as error:
                yield error.user_message

    def _walk(self, entity: Entity, feeds: tuple[Feed, ...], state: dict[str, Any], until: datetime) -> Iterator[Page]:
        """Walk the lists of an entity one after the other.

        ``marks`` are numbers behind which lists that are followed by number go on; ``found`` are those of this walk.
        """
        since, to, page = state.get("since"), state.get("to") or stamp(until), state.get("page")
        step = min(int(state.get("step") or 0), len(feeds) - 1)
        marks, found = dict(state.get("marks") or {}), dict(state.get("found") or {})
        surroundings, stored = Surroundings(self._client), page
        # A walk that is gone on with does not know what its first part met.
        met: set[str] | None = set() if page is None and feeds[step].follow is Follow.RECENT else None
        while True:
            feed = feeds[step]
            listing = self._resumed(feed, since, to, marks, page, is_stored=page is not None and page == stored)
            records = self._records(entity, feed, surroundings.complete(entity, listing.objects), until)
            if feed.follow is Follow.NUMBER:
                mark = int(found.get(feed.path) or marks.get(feed.path) or 0)
                found[feed.path] = max(mark, _settled(feed, listing, to))
            if met is not None:
                met |= {record.id for record in records}
            page = listing.next
            step += page is None
            if step < len(feeds):
                value = {"since": since, "to": to, "step": step, "page": page, "marks": marks, "found": found}
                yield Page(records, Cursor(value), done=False)
                continue
            marks |= found
            finished = to >= stamp(until)
            census = None if met is None else Census(_recent(since), instant(to), frozenset(met))
            after = Cursor({"since": to, "marks": marks} if marks else {"since": to})
            yield Page(records, after, done=finished, census=census)
            if finished:
                return
            since, to, step, found = to, stamp(until), 0, {}
            met = set() if feeds[0].follow is Follow.RECENT else None

    def _resumed(
        self, feed: Feed, since: str | None, to: str, marks: Mapping[str, int], page: str | None, *, is_stored: bool
    ) -> Listing:
        """Read on from ``page``; from the list's start again where the platform has forgotten a stored one."""
        if page is not None:
            try:
                return self._client.page(page, feed.relations, name=feed.name)
            except RejectedError as error:
                if error.status not in (400, 404, 422) or not is_stored:
                    raise
        params = {**_window(feed, since, to, marks), **_archives(feed)}
        return self._client.listing(feed.path, params, feed.relations, limit=self._page_size)

    def _records(
        self, entity: Entity, feed: Feed, objects: Iterable[Document], read_at: datetime | None
    ) -> list[RawRecord]:
        return [taken_in(TITLE, entity, item, partial(self._record, entity, feed, item, read_at)) for item in objects]

    def _record(self, entity: Entity, feed: Feed, source: Document, read_at: datetime | None) -> RawRecord:
        identity = text(source, feed.identity)
        if identity is None:
            raise KeyError(feed.identity)
        kept = without_personal_data(entity, source, self.connection, self._key)
        raw_id = str(kept["customer_key"]) if entity is Entity.CUSTOMER else f"{feed.prefix}{identity}"
        changed = moment(source, feed.stamp, "timeStamp", "createTime") or read_at or _NEVER
        if feed.follow is Follow.RECENT:
            # Nothing says when it last changed, and a correction may move its end back: what the feed read last counts.
            changed = read_at or moment(source, "checkOut", feed.stamp) or _NEVER
        payload, parsed = payload_of(kept)
        return RawRecord(entity, raw_id, _version(entity, source, changed), changed, payload, parsed=parsed)


def _window(feed: Feed, since: str | None, to: str, marks: Mapping[str, int]) -> dict[str, str]:
    by_number = {"sort": feed.identity}
    match feed.follow:
        case Follow.STAMP if since is not None:
            return {"sort": feed.stamp, feed.stamp: f"><,{stamp(instant(since) - OVERLAP)},{to}"}
        case Follow.NUMBER if feed.path in marks:
            return {**by_number, feed.identity: f">,{marks[feed.path]}"}
        case Follow.NUMBER if since is not None:
            return {**by_number, feed.stamp: f">=,{stamp(instant(since) - OVERLAP)}"}
        case Follow.RECENT if since is not None:
            return {**by_number, feed.stamp: f">=,{stamp(_recent(since))}"}
        case _:
            return by_number


def _recent(since: str | None) -> datetime:
    return _NEVER if since is None else instant(since) - RECENT


def _archives(feed: Feed) -> dict[str, str]:
    return {"archived": "true"} if feed.archives else {}


def _settled(feed: Feed, listing: Listing, to: str) -> int:
    """The highest number on a page that is older than the overlap: a lower one may still be on its way to be seen."""
    edge = instant(to) - OVERLAP
    numbers = [
        int(number(item, feed.identity))
        for item in listing.objects
        if (at := moment(item, feed.stamp)) is not None and at <= edge
    ]
    return max(numbers, default=0)


def _number_in(feed: Feed, identity: str) -> str | None:
    if not identity.startswith(feed.prefix):
        return None
    found = identity.removeprefix(feed.prefix)
    return found if found.isascii() and found.isdigit() else None


def _version(entity: Entity, source: Document, changed: datetime) -> int:
    """Milliseconds of the change. Stamps are whole seconds, so a state that only comes later counts within one."""
    later = 0
    if entity is Entity.SALE:
        later = flag(source, "completed") + 2 * flag(source, "voided")
    elif "archived" in source:
        later = int(flag(source, "archived"))
    return int(changed.timestamp() * 1000) + later
