"""A reader whose feeds are lists in memory and whose raw objects say themselves which rows they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

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
    Support,
    WebhookEvent,
)
from connectors.records import Row

START = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)


def record(
    entity: Entity, identity: str, *rows: tuple[str, Mapping[str, Any]], version: int = 1, **more: Any
) -> RawRecord:
    """A raw object that is these rows; ``more`` goes into its payload beside them."""
    payload = json.dumps({**more, "rows": [[table, dict(values)] for table, values in rows]}).encode()
    return RawRecord(entity, identity, version, START + timedelta(seconds=version), payload)


def store(identity: str, **values: Any) -> RawRecord:
    row = {"store_id": identity, "name": identity, "timezone": "America/New_York", "currency": "USD"} | values
    return record(Entity.LOCATION, identity, ("store", row), version=values.pop("version", 1))


def sale(identity: str, net: int, *, version: int = 1, store_id: str = "S1", **values: Any) -> RawRecord:
    return record(Entity.SALE, identity, *sale_rows(identity, net, version, store_id, **values), version=version)


def sale_rows(identity: str, net: int, version: int = 1, store_id: str = "S1", **values: Any) -> list[tuple[str, Any]]:
    document = {
        "sale_id": identity,
        "store_id": store_id,
        "closed_at": START.isoformat(),
        "gross_minor": net,
        "discount_minor": 0,
        "net_minor": net,
        "total_minor": net,
        "source_version": version,
        "connection": "main",
    }
    line = {"sale_id": identity, "line_no": 1, "quantity": "1", "gross_minor": net, "net_minor": net}
    tender = {"tender_id": f"{identity}-T", "sale_id": identity, "kind": "cash", "amount_minor": net}
    return [("sale", document | values), ("sale_line", line), ("tender", tender)]


@dataclass
class ListedReader:
    """``connectors.base.Reader`` over lists. ``trouble`` is called before each page of a feed and may raise.

    ``mapping`` turns the parsed payload into rows; by default they are what it says.
    """

    feeds: dict[Entity, list[RawRecord]] = field(default_factory=dict)
    page_size: int = 2
    whole: Collection[Entity] = ()
    mapping: Callable[[Mapping[str, Any]], Iterable[tuple[str, Mapping[str, Any]]]] = field(
        default=lambda body: body["rows"]
    )
    trouble: Callable[[Entity, int], None] = field(default=lambda entity, page: None)
    platform: str = "listed"
    connection: str = "main"
    totals: bool = False
    census: Census | None = None

    def close(self) -> None: ...

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        yes = {entity: Capability(read=Support.YES, whole_list=entity in self.whole) for entity in self.feeds}
        return {**dict.fromkeys([*Entity, *ActionKind], Capability()), **yes}

    def check(self) -> Health:
        return Health(ok=True, account="Listed")

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        feed = self.feeds[entity]
        whole = entity in self.whole
        at = int(cursor.value["at"]) if cursor else 0
        if whole and at >= len(feed):
            at = 0
        for number in range(1_000):
            self.trouble(entity, number)
            records = feed[at : at + self.page_size]
            at += len(records)
            done = at >= len(feed)
            total = len(feed) if self.totals else None
            census = self.census if done and entity not in (Entity.LOCATION, Entity.EMPLOYEE) else None
            yield Page(records, Cursor({"at": 0 if done and whole else at}), done, total, census)
            if done:
                return

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:
        return Cursor({"at": len(self.feeds[entity])})

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        return [one for one in self.feeds[entity] if one.id in ids]

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        return [Row(table, values) for table, values in self.mapping(json.loads(record.payload))]

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:
        return None

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        return ()

    def preview(self, action: Action) -> Preview:
        return Preview({}, "", {}, "Nothing can be changed here.")
