"""A shop's history by bulk operations: whole, broken off, failed, and cut where a list would be too long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from connectors.base import Cursor, Entity, Page, RawRecord, Reader
from connectors.errors import TransientError
from connectors.shopify import bulk
from connectors.shopify.sales import Sizes
from tests.conformance.trading import places, sell, trade
from tests.support.platforms.rig import Rig

Make = Callable[..., Reader]
BULK = Sizes(page=2, bulk_from=0, days=2)
"""Everything by bulk operations of two days each, two orders a page."""


def history(rig: Rig) -> list[str]:
    """Nine orders over five days, with a refund, an exchange and a long order among them; their numbers."""
    made = []
    for day in range(5):
        made.append(sell(rig, customer_id="CU1")["order_id"])
        rig.clock.turn(hours=1)
        if day != 3:
            made.append(sell(rig, tip_minor=50)["order_id"])
        rig.clock.turn(hours=23)
    rig.pos.refund({"order_id": made[0], "amount_minor": 100})
    rig.clock.turn(minutes=1)
    exchange = getattr(rig.pos, "exchange")  # noqa: B009 not every stand-in has it
    exchange(
        {
            "order_id": made[2],
            "lines": [{"line_no": 1, "quantity": 1}],
            "new_lines": [{"variant_id": "V400", "quantity": 1}],
        }
    )
    rig.clock.turn(minutes=1)
    return made


def walked(reader: Reader, rig: Rig, cursor: Cursor | None = None) -> list[Page]:
    return list(reader.extract(Entity.SALE, cursor, until=rig.clock.now()))


def records(pages: Sequence[Page]) -> list[RawRecord]:
    return [record for page in pages for record in page.records]


def net(reader: Reader, found: Sequence[RawRecord]) -> int:
    newest = {record.id: record for record in sorted(found, key=lambda record: record.source_version)}
    rows = [row for record in newest.values() for row in reader.canonical(record)]
    return sum(row.values["net_minor"] for row in rows if row.table == "sale")


def asked(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the operations that the stand-in is asked for from now on."""
    names: list[str] = []
    take = rig.faults.take

    def noted(operation: str) -> Any:
        names.append(operation)
        return take(operation)

    monkeypatch.setattr(rig.faults, "take", noted)
    return names


def test_a_backfill_brings_what_page_by_page_would(rig: Rig, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = history(rig)
    names = asked(rig, monkeypatch)
    by_bulk, by_page = make(sizes=BULK), make()
    pages = walked(by_bulk, rig)
    assert names.count("BulkStart") == 3
    assert names.count("BulkFile") == 3
    assert [page.done for page in pages] == [False] * (len(pages) - 1) + [True]
    found = {record.id: record for record in records(pages)}
    assert sorted(found) == sorted(numbers)
    assert {key: one.payload for key, one in found.items()} == {
        record.id: record.payload for record in records(walked(by_page, rig))
    }
    assert pages[0].total == len(numbers)
    assert net(by_bulk, records(pages)) == 9 * 640 - 100 + 995 - 320


def test_after_the_backfill_only_changes_are_read(rig: Rig, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    history(rig)
    reader = make(sizes=BULK)
    cursor = walked(reader, rig)[-1].next
    assert set(cursor.value) == {"since"}
    trade(rig, 2)
    names = asked(rig, monkeypatch)
    later = records(walked(reader, rig, cursor))
    assert "BulkStart" not in names
    assert len({record.id for record in later}) == 4, "two sales, and those changed within the overlap"


def test_a_backfill_broken_off_at_any_page_goes_on_there(rig: Rig, make: Make) -> None:
    numbers = sorted(history(rig))
    reader = make(sizes=BULK)
    pages = walked(reader, rig)
    assert len(pages) >= 8
    for stop in range(len(pages) - 1):
        kept = pages[: stop + 1]
        found = records([*kept, *walked(reader, rig, kept[-1].next)])
        assert sorted(record.id for record in found) == numbers, f"stopped behind page {stop + 1}"


def test_an_operation_is_not_started_again_after_a_stop(rig: Rig, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    history(rig)
    first = next(iter(make(sizes=BULK).extract(Entity.SALE, None, until=rig.clock.now())))
    assert first.next.value["backfill"]["operation"]
    names = asked(rig, monkeypatch)
    walked(make(sizes=BULK), rig, first.next)
    assert names.index("BulkPoll") < names.index("BulkStart")
    assert names.count("BulkStart") == 2


@pytest.mark.parametrize("why", ["failed", "forgotten", "refused"])
def test_days_whose_operation_comes_to_nothing_are_read_page_by_page(rig: Rig, make: Make, why: str) -> None:
    numbers = history(rig)
    pos: Any = rig.pos
    reader = make(sizes=BULK)
    cursor = None
    kept: list[RawRecord] = []
    if why == "failed":
        pos.bulk_fails = True
    elif why == "forgotten":
        cursor = next(iter(reader.extract(Entity.SALE, None, until=rig.clock.now()))).next
        pos.store.run("DELETE FROM bulk")
    else:
        for number in range(5):
            pos.store.run("INSERT INTO bulk VALUES (?, 99, '')", f"gid://shopify/BulkOperation/{number}")
    kept += records(walked(reader, rig, cursor))
    assert sorted(record.id for record in kept) == sorted(numbers)


def test_a_broken_download_is_tried_again_and_then_said(rig: Rig, make: Make) -> None:
    numbers = history(rig)
    reader = make(sizes=BULK)
    rig.faults.order({"operation": "BulkFile", "fault": "error_before", "times": 2})
    assert len(records(walked(reader, rig))) == len(numbers)
    rig.faults.order({"operation": "BulkFile", "fault": "not_json", "times": 9})
    with pytest.raises(TransientError) as caught:
        walked(reader, rig)
    assert (
        caught.value.user_message
        == "The file of the shop's older orders could not be read. The next sync goes on there."
    )


def test_days_whose_file_is_gone_are_read_page_by_page(rig: Rig, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shopify keeps a file for a week; whoever was stopped for longer finds the operation done and its file gone."""
    numbers = history(rig)
    reader = make(sizes=BULK)
    cursor = next(iter(reader.extract(Entity.SALE, None, until=rig.clock.now()))).next
    wait_for = bulk.wait_for

    def outlived(client: Any, operation: str, *, patience: float) -> Any:
        result = wait_for(client, operation, patience=patience)
        return result and {**result, "url": f"{rig.base_url}/bulk/long/gone.jsonl"}

    monkeypatch.setattr(bulk, "wait_for", outlived)
    assert sorted(record.id for record in records(walked(reader, rig, cursor))) == sorted(numbers)


def test_an_operation_that_takes_long_is_left_to_the_next_sync(rig: Rig, make: Make) -> None:
    history(rig)
    pos: Any = rig.pos
    pos.bulk_polls = 50
    reader = make(sizes=Sizes(page=2, bulk_from=0, days=2, patience=1.0), sleep=lambda _: None)
    pages: list[Page] = []
    with pytest.raises(TransientError, match="still preparing"):
        pages.extend(reader.extract(Entity.SALE, None, until=rig.clock.now()))
    pos.bulk_polls = 0
    pos.store.run("UPDATE bulk SET polls = 0")
    assert [len(page.records) for page in pages] == [0]
    assert len(records(walked(make(sizes=BULK), rig, pages[0].next))) == 9


def test_a_token_never_goes_to_the_file(rig: Rig, make: Make) -> None:
    """The stand-in answers 400 to a download that carries one."""
    numbers = history(rig)
    assert len(records(walked(make(sizes=BULK), rig))) == len(numbers)


def test_a_withheld_field_does_not_fail_an_operation(rig: Rig, make: Make) -> None:
    numbers = history(rig)
    pos: Any = rig.pos
    pos.withheld = frozenset({"staffMember", "device"})
    reader = make(sizes=BULK)
    found = records(walked(reader, rig))
    assert len(found) == len(numbers)
    assert all(b"staffMember" not in record.payload and b'"device"' not in record.payload for record in found)
    assert any(b"customer_key" in record.payload for record in found)


def test_a_window_with_too_many_orders_is_cut(rig: Rig, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sell(rig)["order_id"]
    rig.clock.turn(minutes=1)
    reader = make(sizes=Sizes(page=2, in_a_list=3))
    cursor = walked(reader, rig)[-1].next
    rig.clock.turn(days=1)
    numbers = [first, *history(rig)]
    names = asked(rig, monkeypatch)
    pages = walked(reader, rig, cursor)
    assert {record.id for record in records(pages)} | {first} == set(numbers)
    windows = {page.next.value.get("to") or page.next.value["since"] for page in pages}
    assert len(windows) > 3
    assert names.count("OrdersCount") > len(windows)
    assert all((page.total or 0) <= 3 for page in pages)
    assert pages[-1].done


def test_a_stretch_holds_no_more_orders_than_fit_into_memory(
    rig: Rig, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = history(rig)
    names = asked(rig, monkeypatch)
    pages = walked(make(sizes=Sizes(page=50, bulk_from=0, days=31, in_a_file=3)), rig)
    assert sorted(record.id for record in records(pages)) == sorted(numbers)
    assert names.count("BulkFile") >= 3
    assert max(len(page.records) for page in pages) <= 3


def test_orders_with_more_lines_than_a_page_holds_are_whole(rig: Rig, make: Make) -> None:
    rig.pos.sell(
        {
            "store_id": places(rig)[0],
            "lines": [{"variant_id": "V200", "quantity": 1, "price_minor": 100 + n} for n in range(100)],
        }
    )
    rig.clock.turn(minutes=1)
    reader = make()
    (record,) = records(walked(reader, rig))
    rows = [row for row in reader.canonical(record) if row.table == "sale_line"]
    assert len(rows) == 100
    assert sum(row.values["net_minor"] for row in rows) == sum(100 + n for n in range(100))


def test_refunds_with_more_lines_than_a_page_holds_are_whole(rig: Rig, make: Make) -> None:
    sold = rig.pos.sell(
        {"store_id": places(rig)[0], "lines": [{"variant_id": "V200", "quantity": 1} for _ in range(80)]}
    ).answer
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"]})
    rig.clock.turn(minutes=1)
    reader = make()
    (record,) = records(walked(reader, rig))
    assert net(reader, [record]) == 0
    assert len([row for row in reader.canonical(record) if row.table == "sale_line"]) == 160
