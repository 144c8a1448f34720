"""Reading the stand-in over HTTP: feeds by version, and what only this platform makes difficult."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any

import pytest

from connectors.base import Entity, Reader
from connectors.errors import TerminalError
from connectors.http import Secret, parse_json, retry_after_seconds
from connectors.lightspeed_x.client import LightspeedXClient, RetailerPacer, instant
from connectors.mirror.open import Mirror
from connectors.mirror.sync import sync_connection
from connectors.sandbox.lightspeed_x.app import Window
from connectors.sandbox.lightspeed_x.pos import READ_TOKEN
from connectors.sandbox.lightspeed_x.store import ident
from tests.connectors.lightspeed_x.reading import MAIN, SECOND, body, records, trade, walk
from tests.support.platforms.lightspeed_x import QUICK
from tests.support.platforms.rig import Rig


def test_a_feed_is_walked_by_version_until_nothing_is_left(rig: Rig) -> None:
    trade(rig, 5)
    pages = walk(rig.reader(page=2), Entity.SALE, rig)
    assert [len(page.records) for page in pages] == [2, 2, 1, 0]
    assert [page.done for page in pages] == [False, False, False, True]
    versions = [record.source_version for record in records(pages)]
    assert versions == sorted(versions)
    assert pages[-1].next.value == {"after": versions[-1]}
    trade(rig, 1)
    news = walk(rig.reader(), Entity.SALE, rig, pages[-1].next)
    assert [record.id for record in records(news)] == [ident("sale", "O0005")]


def test_a_changed_object_comes_again_at_the_end(rig: Rig, reader: Reader) -> None:
    trade(rig, 2)
    first = walk(reader, Entity.SALE, rig)
    rig.pos.void({"order_id": "O0000"})
    (again,) = records(walk(reader, Entity.SALE, rig, first[-1].next))
    assert again.id == ident("sale", "O0000")
    assert again.source_version > records(first)[-1].source_version


def test_a_server_that_repeats_its_last_object_ends_the_walk(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    trade(rig, 1)
    whole = LightspeedXClient.feed

    def inclusive(self: LightspeedXClient, path: str, after: int, page: int = 500, **filters: str) -> Any:
        return whole(self, path, max(0, after - 1), page, **filters)

    monkeypatch.setattr(LightspeedXClient, "feed", inclusive)
    pages = walk(rig.reader(), Entity.SALE, rig)
    assert [len(page.records) for page in pages] == [1, 0]


def test_stock_is_read_up_to_the_highest_version_of_the_beginning(rig: Rig) -> None:
    for variant in ("V100", "V200", "V400"):
        rig.pos.recount({"variant_id": variant, "store_id": "S01", "quantity": "40"})
    seen: list[str] = []
    cursor = None
    for page in rig.reader(page=1).extract(Entity.INVENTORY, None, until=rig.clock.now()):
        seen += [record.id for record in page.records]
        cursor = page.next
        if len(seen) < 9 and page.records:
            rig.pos.recount({"variant_id": "V200", "store_id": "S02", "quantity": str(len(seen))})
    assert seen == [f"{ident('product', variant)}:{MAIN}" for variant in ("V100", "V200", "V400")]
    (late,) = records(walk(rig.reader(), Entity.INVENTORY, rig, cursor))
    assert late.id == f"{ident('product', 'V200')}:{SECOND}"


def test_an_interrupted_walk_of_stock_is_finished_and_goes_on_to_the_present(rig: Rig) -> None:
    for variant in ("V100", "V200"):
        rig.pos.recount({"variant_id": variant, "store_id": "S01", "quantity": "40"})
    first = next(iter(rig.reader(page=1).extract(Entity.INVENTORY, None, until=rig.clock.now())))
    rig.pos.recount({"variant_id": "V400", "store_id": "S01", "quantity": "3"})
    rest = records(walk(rig.reader(page=1), Entity.INVENTORY, rig, first.next))
    assert [record.id.partition(":")[0] for record in rest] == [ident("product", name) for name in ("V200", "V400")]


def test_no_stock_at_all_is_no_trouble(rig: Rig, reader: Reader) -> None:
    (only,) = walk(reader, Entity.INVENTORY, rig)
    assert (only.records, only.done, only.next.value) == ([], True, {"after": 0}) or only.records == ()


def test_single_objects_are_read_by_the_ids_of_their_records(rig: Rig, reader: Reader) -> None:
    trade(rig, 1)
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    for entity in (
        Entity.LOCATION,
        Entity.SUPPLIER,
        Entity.CATALOG,
        Entity.EMPLOYEE,
        Entity.SALE,
        Entity.REGISTER_EVENT,
        Entity.INVENTORY,
    ):
        known = next(item for item in records(walk(reader, entity, rig)) if "leaf_category" not in body(item))
        (again,) = [item for item in reader.fetch(entity, [known.id]) if item.id == known.id]
        assert (again.source_version, body(again)) == (known.source_version, body(known)), entity
        assert reader.fetch(entity, [ident("nothing")]) == []
    for entity in (Entity.CUSTOMER, Entity.TIMECARD, Entity.INVENTORY_CHANGE, Entity.SCHEDULED_SHIFT):
        with pytest.raises(TerminalError) as caught:
            reader.fetch(entity, ["1"])
        assert "run a sync" in caught.value.user_message


def test_going_on_from_an_instant_skips_what_changed_before(rig: Rig, reader: Reader) -> None:
    trade(rig, 3)
    at = rig.clock.now()
    trade(rig, 2)
    cursor = reader.caught_up(Entity.SALE, at)
    found = [record.id for record in records(walk(reader, Entity.SALE, rig, cursor))]
    assert found == [ident("sale", "O0003"), ident("sale", "O0004")]
    assert reader.caught_up(Entity.LOCATION, at).value == {"after": 0}
    assert records(walk(reader, Entity.CATALOG, rig, reader.caught_up(Entity.CATALOG, at)))
    assert records(walk(reader, Entity.SALE, rig, reader.caught_up(Entity.SALE, at - timedelta(days=400)))) != found


def test_a_revoked_scope_is_named(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.faults.order({"operation": "sales.list", "fault": "expired_token", "times": 1})
    health = rig.reader().check()
    assert health.problems == (
        "Lightspeed X does not accept the access token. Put a valid one into LIGHTSPEED_X_TOKEN.",
    )
    healthy = rig.reader().check()
    assert (healthy.ok, healthy.account, healthy.problems) == (True, "Floorwalker Demo Stores", ())


def test_an_answer_of_another_shape_names_the_base_url(rig: Rig) -> None:
    client = LightspeedXClient(rig.base_url, READ_TOKEN, setting="X", policy=QUICK)
    with pytest.raises(TerminalError) as caught:
        client.feed("/retailer", 0)
    client.close()
    assert "/api/2026-07" in caught.value.user_message


def test_an_http_date_says_how_long_to_wait(rig: Rig) -> None:
    waits: list[float] = []
    trade(rig, 1)
    rig.faults.order({"operation": "sales.list", "fault": "throttle", "times": 1})
    walk(rig.reader(sleep=waits.append), Entity.SALE, rig)
    assert len(waits) == 1
    assert 0.9 <= waits[0] <= 2.6
    now = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
    later = format_datetime(now + timedelta(seconds=90), usegmt=True)
    assert retry_after_seconds({"retry-after": later}, now=now) == 90.0


class Ticking:
    """A clock that sleeping turns."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


def test_the_pacer_keeps_within_the_allowance_of_five_minutes() -> None:
    time = Ticking()
    pacer = RetailerPacer(sleep=time.sleep, clock=time.now)
    for _ in range(700):
        with pacer.slot():
            time.at += 0.01
    # 350 at once, the rest at their pace.
    assert 290 <= time.at <= 310
    pacer.learn({"x-ratelimit-limit": "950", "x-ratelimit-remaining": "0"}, None)
    before = time.at
    with pacer.slot():
        assert time.at - before == pytest.approx(300 / 950, abs=0.01)
    pacer.learn({"x-ratelimit-limit": "950", "x-ratelimit-remaining": "900"}, None)
    pacer.learn({"x-ratelimit-limit": "many", "x-ratelimit-remaining": ""}, None)
    before = time.at
    for _ in range(899):
        with pacer.slot():
            assert time.at == before


def test_an_allowance_is_counted_and_said() -> None:
    window = Window(2)
    assert [window.take()[1] for _ in range(3)] == [True, True, False]
    headers, _ = window.take()
    assert headers == {"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": "0"}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-02T15:00:00+00:00", datetime(2026, 11, 2, 15, tzinfo=UTC)),
        ("2026-11-02T15:00:00Z", datetime(2026, 11, 2, 15, tzinfo=UTC)),
        ("2024-05-23T09:25:43.511Z", datetime(2024, 5, 23, 9, 25, 43, 511000, tzinfo=UTC)),
        ("2026-11-02 15:00:00", datetime(2026, 11, 2, 15, tzinfo=UTC)),
        ("2026-11-02T16:00:00+01:00", datetime(2026, 11, 2, 15, tzinfo=UTC)),
    ],
)
def test_stamps_come_in_several_forms(text: str, at: datetime) -> None:
    assert instant(text) == at


def test_landed_objects_hold_decimals_exactly(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V300", "quantity": "0.333", "discount_minor": 7}]})
    rig.clock.turn(minutes=1)
    sync_connection(reader, mirror, until=rig.clock.now())
    ((payload,),) = mirror.reader.query("SELECT payload FROM raw_object WHERE entity = 'sale'").rows
    assert parse_json(payload.encode())["line_items"][0]["quantity"] == Decimal("0.333")
    found = mirror.reader.query("SELECT gross_minor, discount_minor, net_minor, total_minor FROM sale").rows
    assert list(found) == [(400, 7, 393, 393)]


def test_a_wrong_token_is_said_in_a_sentence(rig: Rig) -> None:
    reader = rig.reader(token=Secret("wrong"))
    with pytest.raises(TerminalError) as caught:
        walk(reader, Entity.SALE, rig)
    assert caught.value.user_message == (
        "Lightspeed X does not accept the access token. Put a valid one into LIGHTSPEED_X_TOKEN."
    )
