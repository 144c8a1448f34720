"""Shortcuts of the tests that read the Lightspeed X stand-in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import httpx

from connectors.base import Cursor, Entity, Page, RawRecord, Reader
from connectors.sandbox.lightspeed_x.pos import WRITE_TOKEN
from connectors.sandbox.lightspeed_x.store import ident
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import basket

OAT = ident("product", "V100")
MAIN, SECOND = ident("outlet", "S01"), ident("outlet", "S02")


def walk(reader: Reader, entity: Entity, rig: Rig, cursor: Cursor | None = None) -> list[Page]:
    return list(reader.extract(entity, cursor, until=rig.clock.now()))


def records(pages: Sequence[Page]) -> list[RawRecord]:
    return [record for page in pages for record in page.records]


def body(record: RawRecord) -> dict[str, Any]:
    return dict(json.loads(record.payload))


def rows(reader: Reader, found: Sequence[RawRecord], table: str) -> list[dict[str, Any]]:
    return [dict(row.values) for record in found for row in reader.canonical(record) if row.table == table]


def post(rig: Rig, method: str, path: str, sent: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {WRITE_TOKEN.get_secret_value()}", "User-Agent": "a test"}
    reply = httpx.request(method, f"{rig.base_url}{path}", json=sent, headers=headers, timeout=5.0)
    assert reply.is_success, reply.text
    return reply.json() if reply.content else None


def trade(rig: Rig, count: int, **options: Any) -> None:
    for number in range(len(rig.shop.baskets), len(rig.shop.baskets) + count):
        rig.shop.baskets.append(basket(number, rig.clock.turn(minutes=1), **options))
    rig.clock.turn(minutes=1)
    rig.pos.play()
