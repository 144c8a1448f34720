"""Square's endpoints, as far as they are used: paths, page sizes and body shapes, nothing of their meaning."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from connectors.credentials import TokenSource
from connectors.errors import TerminalError
from connectors.fitting import as_many_as_fit
from connectors.http import Account, HttpClient, Policy, RejectedError, Reply, Secret, WriteReply

VERSION = "2026-09-16"
CATALOG_TYPES = ("CATEGORY", "ITEM", "ITEM_VARIATION")
ORDER_STATES = ("OPEN", "COMPLETED", "CANCELED")
LOCATIONS_PER_SEARCH = 10
ORDERS_PAGE = 500
CATALOG_PAGE = 1000
COUNTS_PAGE = 1000
PEOPLE_PAGE = 200
CUSTOMERS_PAGE = 100
SHIFTS_PAGE = 50
DRAWERS_PAGE = 200
IDS_PER_BATCH = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """One page: the objects, the platform's cursor to the next page or None, and its latest-change stamp if said."""

    objects: Sequence[Mapping[str, Any]]
    cursor: str | None
    latest_time: str | None = None


class SquareClient:
    """One Square account with one token. ``page_size`` bounds the size of every page, for tests and small memories."""

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        *,
        setting: str,
        version: str = VERSION,
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        page_size: int | None = None,
    ) -> None:
        account = Account("Square", base_url, token, setting, {"Square-Version": version})
        self._sleep = sleep or time.sleep
        self._http = HttpClient(account, policy=policy, sleep=self._sleep)
        self._page_size = page_size

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def pause(self, seconds: float) -> None:
        """Wait, as the platform asked."""
        self._sleep(seconds)

    def locations(self) -> Reply:
        """Every location of the account, inactive ones included."""
        return self._http.get("/v2/locations")

    def maybe(self, path: str, name: str, **params: str) -> Mapping[str, Any] | None:
        """The single object ``name`` at ``path``; None when Square knows no such object."""
        try:
            return self.one(path, name, **params)
        except RejectedError as error:
            if error.status not in (400, 404):
                raise
            return None

    def search_catalog(
        self,
        begin_time: str | None,
        cursor: str | None,
        limit: int = CATALOG_PAGE,
        types: Sequence[str] = CATALOG_TYPES,
    ) -> Listing:
        """Catalogue objects changed after ``begin_time`` (exclusive), deleted ones included."""
        body = _compact(object_types=list(types), include_deleted_objects=True, begin_time=begin_time, cursor=cursor)
        return self._fitting("/v2/catalog/search", body, "objects", limit)

    def search_orders(
        self,
        location_ids: Sequence[str],
        start_at: str | None,
        end_at: str,
        cursor: str | None,
        limit: int = ORDERS_PAGE,
    ) -> Listing:
        """Orders of at most ten locations updated within [``start_at``, ``end_at``], oldest update first."""
        window = _compact(start_at=start_at, end_at=end_at)
        body = _compact(
            location_ids=list(location_ids),
            query={
                "filter": {
                    "state_filter": {"states": list(ORDER_STATES)},
                    "date_time_filter": {"updated_at": window},
                },
                # Square wants the sort field to be the filtered stamp.
                "sort": {"sort_field": "UPDATED_AT", "sort_order": "ASC"},
            },
            cursor=cursor,
            return_entries=False,
        )
        return self._fitting("/v2/orders/search", body, "orders", limit)

    def orders(self, ids: Sequence[str]) -> Listing:
        """Orders by id, at most 100; unknown ids are left out."""
        return _listing(self._http.search("/v2/orders/batch-retrieve", {"order_ids": list(ids)}).body, "orders")

    def inventory_counts(
        self,
        location_ids: Sequence[str] | None,
        updated_after: str | None,
        cursor: str | None,
        variant_ids: Sequence[str] | None = None,
    ) -> Listing:
        """Counts on hand calculated after ``updated_after``."""
        body = _compact(
            location_ids=None if location_ids is None else list(location_ids),
            catalog_object_ids=None if variant_ids is None else list(variant_ids),
            updated_after=updated_after,
            states=["IN_STOCK"],
            cursor=cursor,
            limit=self._at_most(COUNTS_PAGE),
        )
        return _listing(self._http.search("/v2/inventory/counts/batch-retrieve", body).body, "counts")

    def team_members(self, cursor: str | None, limit: int = PEOPLE_PAGE) -> Listing:
        """Every team member, inactive ones included."""
        body = _compact(limit=self._at_most(limit), cursor=cursor)
        return _listing(self._http.search("/v2/team-members/search", body).body, "team_members")

    def jobs(self) -> Sequence[Mapping[str, Any]]:
        """Every job of the account."""
        found: list[Mapping[str, Any]] = []
        cursor: str | None = None
        while True:
            body = self._http.get("/v2/team-members/jobs", {"cursor": cursor} if cursor else None).body
            listing = _listing(body, "jobs")
            found += listing.objects
            cursor = listing.cursor
            if cursor is None:
                return found

    def timecards(
        self,
        location_ids: Sequence[str],
        start_at: str | None,
        end_at: str,
        cursor: str | None,
        limit: int = PEOPLE_PAGE,
    ) -> Listing:
        """Timecards that began within [``start_at``, ``end_at``]."""
        body = _compact(
            query={
                "filter": {
                    "location_ids": list(location_ids),
                    "start": _compact(start_at=start_at, end_at=end_at),
                },
                "sort": {"field": "START_AT", "order": "ASC"},
            },
            limit=self._at_most(limit),
            cursor=cursor,
        )
        return _listing(self._http.search("/v2/labor/timecards/search", body).body, "timecards")

    def inventory_changes(
        self,
        updated_after: str | None,
        updated_before: str | None,
        cursor: str | None,
        *,
        variant_id: str | None = None,
        location_id: str | None = None,
        types: Sequence[str] | None = None,
        newest_first: bool = False,
    ) -> Listing:
        """Counts and adjustments recorded after ``updated_after`` and before ``updated_before``."""
        body = _compact(
            catalog_object_ids=[variant_id] if variant_id else None,
            location_ids=[location_id] if location_id else None,
            types=list(types) if types else None,
            updated_after=updated_after,
            updated_before=updated_before,
            sort={"field": "OCCURRED_AT", "order": "DESC"} if newest_first else None,
            cursor=cursor,
            limit=self._at_most(COUNTS_PAGE),
        )
        return _listing(self._http.search("/v2/inventory/changes/batch-retrieve", body).body, "changes")

    def vendors(self, cursor: str | None) -> Listing:
        """Every vendor, inactive ones included."""
        body = _compact(
            filter={"status": ["ACTIVE", "INACTIVE"]}, sort={"field": "CREATED_AT", "order": "ASC"}, cursor=cursor
        )
        return _listing(self._http.search("/v2/vendors/search", body).body, "vendors")

    def customers(self, start_at: str | None, end_at: str, cursor: str | None, limit: int = CUSTOMERS_PAGE) -> Listing:
        """Customers changed within [``start_at``, ``end_at``], oldest customer first."""
        body = _compact(
            query={
                "filter": {"updated_at": _compact(start_at=start_at, end_at=end_at)},
                "sort": {"field": "CREATED_AT", "order": "ASC"},
            },
            limit=self._at_most(limit),
            cursor=cursor,
        )
        return _listing(self._http.search("/v2/customers/search", body).body, "customers")

    def scheduled_shifts(
        self,
        start_at: str | None,
        end_at: str | None,
        cursor: str | None,
        *,
        member_id: str | None = None,
        limit: int = SHIFTS_PAGE,
    ) -> Listing:
        """Shifts of the schedule that start within [``start_at``, ``end_at``], drafts included."""
        window = _compact(start_at=start_at, end_at=end_at)
        filters = _compact(start=window or None, team_member_ids=[member_id] if member_id else None)
        body = _compact(
            query={"filter": filters, "sort": {"field": "START_AT", "order": "ASC"}},
            limit=self._at_most(limit),
            cursor=cursor,
        )
        return _listing(self._http.search("/v2/labor/scheduled-shifts/search", body).body, "scheduled_shifts")

    def drawer_shifts(
        self, location_id: str, begin_at: str | None, end_at: str, cursor: str | None, limit: int = DRAWERS_PAGE
    ) -> Listing:
        """Summaries of a location's cash drawer shifts opened within [``begin_at``, ``end_at``)."""
        params = _compact(
            location_id=location_id,
            begin_time=begin_at,
            end_time=end_at,
            sort_order="ASC",
            limit=str(self._at_most(limit)),
            cursor=cursor,
        )
        return _listing(self._http.get("/v2/cash-drawers/shifts", params).body, "cash_drawer_shifts")

    def drawer_shift(self, shift_id: str, location_id: str) -> Mapping[str, Any]:
        """One cash drawer shift, with the people and the till."""
        path = f"/v2/cash-drawers/shifts/{quote(shift_id, safe='')}"
        return self.one(path, "cash_drawer_shift", location_id=location_id)

    def drawer_events(self, shift_id: str, location_id: str, cursor: str | None) -> Listing:
        """What happened to the cash of one drawer shift."""
        params = _compact(location_id=location_id, limit=str(self._at_most(DRAWERS_PAGE)), cursor=cursor)
        path = f"/v2/cash-drawers/shifts/{quote(shift_id, safe='')}/events"
        return _listing(self._http.get(path, params).body, "cash_drawer_shift_events")

    def transfer_orders(self, source_id: str, destination_id: str, cursor: str | None) -> Listing:
        """Transfer orders between two locations, newest first."""
        filters = {"source_location_ids": [source_id], "destination_location_ids": [destination_id]}
        query = {"filter": filters, "sort": {"field": "CREATED_AT", "order": "DESC"}}
        body = _compact(query=query, limit=self._at_most(100), cursor=cursor)
        return _listing(self._http.search("/v2/transfer-orders/search", body).body, "transfer_orders")

    def one(self, path: str, name: str, **params: str) -> Mapping[str, Any]:
        """The single object ``name`` at ``path``, whose parts are already quoted.

        Raises:
            RejectedError: with status 404 when there is no such object.
        """
        body = self._http.get(path, params or None).body
        found = body.get(name) if isinstance(body, dict) else None
        if not isinstance(found, dict):
            raise _shapeless(name)
        return found

    def catalog_object(self, object_id: str) -> Mapping[str, Any] | None:
        """One catalogue object as it is now; None when there is none."""
        return self.maybe(f"/v2/catalog/object/{quote(object_id, safe='')}", "object") if object_id else None

    def catalog_objects(self, ids: Sequence[str]) -> Listing:
        """Catalogue objects by id; unknown ids are left out."""
        body = {"object_ids": list(ids), "include_deleted_objects": True}
        return _listing(self._http.search("/v2/catalog/batch-retrieve", body).body, "objects")

    def send(self, path: str, body: Mapping[str, Any]) -> WriteReply:
        """Send one change, once."""
        return self._http.write("POST", path, body)

    def webhook_subscriptions(self) -> Sequence[Mapping[str, Any]]:
        """Every webhook subscription of the application, disabled ones included."""
        found: list[Mapping[str, Any]] = []
        cursor: str | None = None
        while True:
            params = {"include_disabled": "true", **({"cursor": cursor} if cursor else {})}
            listing = _listing(self._http.get("/v2/webhooks/subscriptions", params).body, "subscriptions")
            found += listing.objects
            cursor = listing.cursor
            if cursor is None:
                return found

    def update_subscription(self, subscription_id: str, body: Mapping[str, Any]) -> WriteReply:
        """Change a webhook subscription, once."""
        return self._http.write("PUT", f"/v2/webhooks/subscriptions/{quote(subscription_id, safe='')}", body)

    def _fitting(self, path: str, body: Mapping[str, Any], name: str, limit: int) -> Listing:
        """A page of objects that may be large: with fewer at once where they are too large together."""

        def read(size: int) -> Listing:
            return _listing(self._http.search(path, {**body, "limit": size}).body, name)

        return as_many_as_fit(read, self._at_most(limit))

    def _at_most(self, limit: int) -> int:
        return limit if self._page_size is None else min(limit, self._page_size)


def stamp(at: datetime) -> str:
    """An instant as Square writes it: RFC 3339, UTC, always with milliseconds.

    Mixed precision in one comparison has lost rows elsewhere, so the precision never varies.
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """The instant of an RFC 3339 stamp.

    Raises:
        ValueError: not a stamp with an offset.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"a stamp without an offset: {text}")
    return at.astimezone(UTC)


def _compact(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _listing(body: Any, name: str) -> Listing:
    if not isinstance(body, dict):
        raise _shapeless(name)
    objects = body.get(name) or []
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise _shapeless(name)
    return Listing(objects, body.get("cursor") or None, body.get("latest_time"))


def _shapeless(name: str) -> TerminalError:
    return TerminalError(f"Square answered in a shape this version does not know ({name}). Check the base URL.")
