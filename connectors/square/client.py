"""Square's endpoints, as far as they are used: paths, page sizes and body shapes, nothing of their meaning."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from connectors.errors import TerminalError
from connectors.http import Account, HttpClient, Policy, Reply, Secret, WriteReply

VERSION = "2026-09-16"
CATALOG_TYPES = ("CATEGORY", "ITEM", "ITEM_VARIATION")
ORDER_STATES = ("OPEN", "COMPLETED", "CANCELED")
LOCATIONS_PER_SEARCH = 10
ORDERS_PAGE = 500
CATALOG_PAGE = 1000
COUNTS_PAGE = 1000
PEOPLE_PAGE = 200
IDS_PER_BATCH = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """One page: the objects, the platform's cursor to the next page or None, and its latest-change stamp if said."""

    objects: Sequence[Mapping[str, Any]]
    cursor: str | None
    latest_time: str | None = None


class SquareClient:
    """One Square account with one token."""

    def __init__(
        self,
        base_url: str,
        token: Secret,
        *,
        setting: str,
        version: str = VERSION,
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        account = Account("Square", base_url, token, setting, {"Square-Version": version})
        self._sleep = sleep or time.sleep
        self._http = HttpClient(account, policy=policy, sleep=self._sleep)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def pause(self, seconds: float) -> None:
        """Wait, as the platform asked."""
        self._sleep(seconds)

    def locations(self) -> Reply:
        """Every location of the account, inactive ones included."""
        return self._http.get("/v2/locations")

    def search_catalog(self, begin_time: str | None, cursor: str | None, limit: int = CATALOG_PAGE) -> Listing:
        """Catalogue objects changed after ``begin_time`` (exclusive), deleted ones included."""
        body = _compact(
            object_types=list(CATALOG_TYPES),
            include_deleted_objects=True,
            begin_time=begin_time,
            cursor=cursor,
            limit=limit,
        )
        return _listing(self._http.search("/v2/catalog/search", body).body, "objects")

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
            limit=limit,
            return_entries=False,
        )
        return _listing(self._http.search("/v2/orders/search", body).body, "orders")

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
            limit=COUNTS_PAGE,
        )
        return _listing(self._http.search("/v2/inventory/counts/batch-retrieve", body).body, "counts")

    def team_members(self, cursor: str | None, limit: int = PEOPLE_PAGE) -> Listing:
        """Every team member, inactive ones included."""
        body = _compact(limit=limit, cursor=cursor)
        return _listing(self._http.search("/v2/team-members/search", body).body, "team_members")

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
            limit=limit,
            cursor=cursor,
        )
        return _listing(self._http.search("/v2/labor/timecards/search", body).body, "timecards")

    def catalog_object(self, object_id: str) -> Mapping[str, Any]:
        """One catalogue object as it is now.

        Raises:
            RejectedError: with status 404 when there is no such object.
        """
        body = self._http.get(f"/v2/catalog/object/{quote(object_id, safe='')}").body
        found = body.get("object") if isinstance(body, dict) else None
        if not isinstance(found, dict):
            raise _shapeless("an object")
        return found

    def catalog_objects(self, ids: Sequence[str]) -> Listing:
        """Catalogue objects by id; unknown ids are left out."""
        body = {"object_ids": list(ids), "include_deleted_objects": True}
        return _listing(self._http.search("/v2/catalog/batch-retrieve", body).body, "objects")

    def upsert_object(self, body: Mapping[str, Any]) -> WriteReply:
        """Send one catalogue change, once."""
        return self._http.write("POST", "/v2/catalog/object", body)


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
