"""Which feeds a pull walks, what it does with bad records and with what is gone, and what it writes down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Entity, RawRecord
from connectors.errors import InputError, TerminalError, TransientError
from connectors.http import RejectedError
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.preparing import watch_of
from connectors.mirror.sync import Progress, apply_records, offered, sync_connection
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.listed_reader import START, ListedReader, record, sale, sale_rows, store


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


def rows(mirror: Mirror, sql: str) -> list[tuple[Any, ...]]:
    return list(mirror.reader.query(sql).rows)


def net(mirror: Mirror) -> int:
    return int(rows(mirror, "SELECT coalesce(sum(net_minor), 0) FROM store_day")[0][0])


def pull(reader: ListedReader, mirror: Mirror, **options: Any) -> Any:
    return sync_connection(reader, mirror, until=START, **options)


def shop(*sales: RawRecord, **more: Any) -> ListedReader:
    return ListedReader({Entity.LOCATION: [store("S1"), store("S2")], Entity.SALE: list(sales)}, **more)


def timecard(identity: str, version: int = 1) -> RawRecord:
    row = {"timecard_id": identity, "employee_id": "E1", "store_id": "S1", "clock_in_at": START.isoformat()}
    return record(Entity.TIMECARD, identity, ("timecard", row), version=version)


def test_feeds_are_pulled_in_order_and_only_those_that_are_offered(mirror: Mirror) -> None:
    reader = ListedReader(
        {Entity.TIMECARD: [timecard("T1")], Entity.SALE: [sale("A", 100)], Entity.LOCATION: [store("S1")]}
    )
    report = pull(reader, mirror)
    assert list(report.counts) == [Entity.LOCATION, Entity.SALE, Entity.TIMECARD]
    assert offered(reader, [Entity.CUSTOMER, Entity.SALE]) == [Entity.SALE]
    assert pull(reader, mirror, entities=[Entity.CUSTOMER]).counts == {}


def test_every_feed_that_holds_something_makes_its_topic_fresh(mirror: Mirror) -> None:
    reader = shop(sale("A", 100))
    shift = {"shift_id": "W1", "store_id": "S1", "status": "draft"}
    supplier = {"supplier_id": "SUP", "name": "North Dairy"}
    reader.feeds |= {
        Entity.SUPPLIER: [record(Entity.SUPPLIER, "SUP", ("supplier", supplier))],
        Entity.SCHEDULED_SHIFT: [record(Entity.SCHEDULED_SHIFT, "W1", ("scheduled_shift", shift))],
        Entity.INVENTORY: [],
    }
    pull(reader, mirror)
    assert set(mirror.reader.snapshot().sources) == {"sales", "tender", "supplier", "schedule"}


def test_costs_are_a_topic_where_the_catalogue_gives_some(mirror: Mirror) -> None:
    product = ("product", {"product_id": "P", "name": "Oat milk"})
    variant = ("variant", {"variant_id": "V", "product_id": "P"})
    cost = ("cost", {"variant_id": "V", "valid_from_at": START.isoformat(), "unit_cost": "2.10", "currency": "USD"})
    reader = ListedReader({Entity.CATALOG: [record(Entity.CATALOG, "V", product, variant)]})
    pull(reader, mirror)
    assert set(mirror.reader.snapshot().sources) == {"price"}
    reader.feeds[Entity.CATALOG].append(record(Entity.CATALOG, "V", product, variant, cost, version=2))
    pull(reader, mirror)
    assert set(mirror.reader.snapshot().sources) == {"price", "cost"}


def test_a_cost_that_did_not_change_is_no_news(mirror: Mirror) -> None:
    def catalogue(version: int, cost: str) -> RawRecord:
        values = {"variant_id": "V", "valid_from_at": f"2026-03-0{version}T00:00:00+00:00", "unit_cost": cost}
        return record(Entity.CATALOG, "V", ("cost", values), version=version)

    pull(
        ListedReader(
            {Entity.CATALOG: [catalogue(1, "2.10"), catalogue(2, "2.1000"), catalogue(3, "2.20")]}, page_size=1
        ),
        mirror,
    )
    assert [str(cost) for (cost,) in rows(mirror, "SELECT unit_cost FROM cost ORDER BY valid_from_at")] == [
        "2.1000",
        "2.2000",
    ]


def test_a_record_that_the_mapping_stumbles_over_is_set_aside(mirror: Mirror) -> None:
    broken = record(Entity.SALE, "B", ("sale", {}))
    report = pull(shop(sale("A", 100), replace(broken, payload=b'{"secret": "Cleo Cedar"}'), sale("C", 50)), mirror)
    assert (net(mirror), report.counts[Entity.SALE].rejected) == (150, 1)
    assert rows(mirror, "SELECT entity, id, source_version, reason FROM rejected_record") == [
        ("sale", "B", 1, "The sale has no field “rows”.")
    ]
    assert rows(mirror, "SELECT payload FROM raw_object WHERE id = 'B'") == [('{"secret": "Cleo Cedar"}',)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"net_minor": "much"}, "does not fit"),
        ({"kind": "gift"}, "sale.kind must be one of"),
        ({"closed_at": None}, "sale.closed_at is required"),
        ({"gross_minor": 1.5}, "sale.gross_minor must be a whole number"),
        ({"store_id": "S9"}, "names the store “S9”"),
        ({"colour": "red"}, "has no column “colour”"),
    ],
)
def test_a_row_that_the_mirror_refuses_takes_only_its_own_record_away(
    mirror: Mirror, wrong: Mapping[str, Any], words: str
) -> None:
    reader = shop(*(sale(f"A{n}", 100) for n in range(5)), sale("B", 70, **wrong), sale("C", 30), page_size=4)
    pull(reader, mirror)
    assert net(mirror) == 530
    ((identity, reason),) = rows(mirror, "SELECT id, reason FROM rejected_record")
    assert identity == "B"
    assert words in reason
    assert mirror.reader.snapshot().sources["sales"].as_of_at == START


def test_an_object_nested_beyond_measure_holds_up_nobody(mirror: Mirror) -> None:
    deep = b'{"rows":[],"more":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001
    odd = RawRecord(Entity.SALE, "ODD", 1, START, deep)
    pull(shop(odd, sale("A", 100), platform="square"), mirror)
    assert net(mirror) == 100


def test_a_bad_version_leaves_the_last_good_one_and_a_better_one_mends_it(mirror: Mirror) -> None:
    reader = shop(sale("A", 100))
    pull(reader, mirror)
    reader.feeds[Entity.SALE].append(sale("A", 80, version=2, kind="gift"))
    pull(reader, mirror)
    assert (net(mirror), len(rows(mirror, "FROM rejected_record"))) == (100, 1)
    reader.feeds[Entity.SALE].append(sale("A", 80, version=3))
    pull(reader, mirror)
    assert (net(mirror), rows(mirror, "FROM rejected_record")) == (80, [])


def test_what_named_a_store_too_early_lands_once_the_store_is_there(mirror: Mirror) -> None:
    reader = shop(sale("A", 100), sale("B", 50, store_id="S3"))
    pull(reader, mirror)
    assert net(mirror) == 100
    reader.feeds[Entity.LOCATION].append(store("S3"))
    pull(reader, mirror)
    assert (net(mirror), rows(mirror, "FROM rejected_record")) == (150, [])


def test_single_records_are_all_stored_or_none(mirror: Mirror) -> None:
    reader = shop()
    pull(reader, mirror)
    with pytest.raises(InputError, match="S9"):
        apply_records(reader, mirror, [sale("A", 100), sale("B", 50, store_id="S9")])
    with pytest.raises(InputError) as caught:
        apply_records(reader, mirror, [sale("A", 100), replace(sale("B", 50), payload=b"{}")])
    assert caught.value.user_message == "The sale has no field “rows”."
    assert (net(mirror), rows(mirror, "FROM rejected_record")) == (0, [])
    assert apply_records(reader, mirror, [sale("A", 100)]) == 1


def test_rows_that_an_object_no_longer_yields_go_with_everything_of_theirs(mirror: Mirror) -> None:
    both = record(Entity.SALE, "A", *sale_rows("A", 100), *sale_rows("A-R", -40, kind="return"))
    reader = shop(both)
    reader.feeds[Entity.TIMECARD] = [timecard("T1"), timecard("T2")]
    pull(reader, mirror)
    assert net(mirror) == 60
    reader.feeds[Entity.SALE].append(record(Entity.SALE, "A", *sale_rows("A", 100, 2), version=2))
    reader.feeds[Entity.TIMECARD].append(replace(record(Entity.TIMECARD, "T1", version=2), deleted=True))
    pull(reader, mirror)
    assert net(mirror) == 100
    for table in ("sale", "sale_line", "tender"):
        assert rows(mirror, f"SELECT sale_id FROM {table}") == [("A",)]
    assert rows(mirror, "SELECT timecard_id FROM timecard") == [("T2",)]


def test_a_row_that_another_object_yields_stays(mirror: Mirror) -> None:
    shared = ("product", {"product_id": "P", "name": "Oat milk", "active": True})
    item = ("promotion_item", {"promotion_id": "Q", "variant_id": "V"})
    reader = ListedReader(
        {Entity.CATALOG: [record(Entity.CATALOG, "V1", shared, item), record(Entity.CATALOG, "V2", shared, item)]}
    )
    pull(reader, mirror)
    reader.feeds[Entity.CATALOG].append(record(Entity.CATALOG, "V1", version=2))
    pull(reader, mirror)
    assert rows(mirror, "SELECT product_id, active FROM product") == [("P", True)]
    assert len(rows(mirror, "FROM promotion_item")) == 1
    reader.feeds[Entity.CATALOG].append(record(Entity.CATALOG, "V2", version=2))
    pull(reader, mirror)
    assert rows(mirror, "SELECT product_id, active FROM product") == [("P", False)]
    assert rows(mirror, "FROM promotion_item") == []


WHOLE = (Entity.LOCATION,)


def test_a_store_that_disappears_becomes_inactive_and_keeps_its_history(mirror: Mirror) -> None:
    reader = shop(sale("A", 100, store_id="S2"), whole=WHOLE)
    pull(reader, mirror)
    second = reader.feeds[Entity.LOCATION].pop()
    pull(reader, mirror)
    active = "SELECT store_id, active FROM store ORDER BY store_id"
    assert rows(mirror, active) == [("S1", True), ("S2", False)]
    assert net(mirror) == 100
    pull(reader, mirror)
    assert rows(mirror, active) == [("S1", True), ("S2", False)]
    reader.feeds[Entity.LOCATION].append(second)
    pull(reader, mirror)
    assert rows(mirror, active) == [("S1", True), ("S2", True)]


def test_an_empty_list_of_stores_proves_nothing(mirror: Mirror) -> None:
    reader = shop(whole=WHOLE)
    pull(reader, mirror)
    reader.feeds[Entity.LOCATION] = []
    pull(reader, mirror)
    assert rows(mirror, "SELECT count(*) FROM store WHERE active") == [(2,)]


def test_a_walk_that_was_resumed_does_not_take_what_came_before_for_gone(mirror: Mirror) -> None:
    def gives_way(entity: Entity, page: int) -> None:
        if entity is Entity.LOCATION and page == 1:
            raise TransientError("gone")

    reader = shop(whole=WHOLE, page_size=1, trouble=gives_way)
    with pytest.raises(TransientError):
        pull(reader, mirror)
    reader.trouble = lambda entity, page: None
    pull(reader, mirror)
    assert rows(mirror, "SELECT count(*) FROM store WHERE active") == [(2,)]


def test_a_feed_of_changes_takes_nothing_for_gone(mirror: Mirror) -> None:
    reader = shop()
    pull(reader, mirror)
    reader.feeds[Entity.LOCATION].append(replace(store("S1", name="New name"), source_version=2))
    pull(reader, mirror)
    assert rows(mirror, "SELECT store_id, name, active FROM store ORDER BY 1") == [
        ("S1", "New name", True),
        ("S2", "S2", True),
    ]


def test_a_feed_that_cannot_be_read_does_not_keep_the_others_out(mirror: Mirror) -> None:
    def refuses(entity: Entity, page: int) -> None:
        if entity is Entity.LOCATION and mirror.reader.query("SELECT 1 FROM store").rows:
            raise RejectedError("The token lacks LOCATIONS_READ.", status=403)

    reader = shop(sale("A", 100), trouble=refuses)
    pull(reader, mirror)
    reader.feeds[Entity.SALE].append(sale("B", 50))
    with pytest.raises(TerminalError, match="LOCATIONS_READ"):
        pull(reader, mirror)
    assert net(mirror) == 150
    failed = "SELECT connection, entity, reason FROM sync_failure"
    assert rows(mirror, failed) == [("main", "location", "The token lacks LOCATIONS_READ.")]
    reader.trouble = lambda entity, page: None
    pull(reader, mirror)
    assert rows(mirror, failed) == []


@pytest.mark.parametrize(
    "error", [RejectedError("Put a valid token into LISTED_TOKEN.", status=401), TransientError("Not answering.")]
)
def test_where_nothing_can_be_read_nothing_more_is_tried(mirror: Mirror, error: Exception) -> None:
    asked: list[Entity] = []

    def fails(entity: Entity, page: int) -> None:
        asked.append(entity)
        raise error

    with pytest.raises(type(error)):
        pull(shop(sale("A", 100), trouble=fails), mirror)
    assert asked == [Entity.LOCATION]
    assert len(rows(mirror, "FROM sync_failure")) == 1


@pytest.mark.parametrize(
    "error", [RejectedError("The token lacks EMPLOYEES.", status=401), TransientError("Not answering.")]
)
def test_one_broken_endpoint_keeps_no_sale_out(mirror: Mirror, error: Exception) -> None:
    def fails(entity: Entity, page: int) -> None:
        if entity is Entity.EMPLOYEE:
            raise error

    reader = shop(sale("A", 100), trouble=fails)
    reader.feeds[Entity.EMPLOYEE] = []
    with pytest.raises(type(error)):
        pull(reader, mirror)
    assert net(mirror) == 100
    assert rows(mirror, "SELECT entity FROM sync_failure") == [("employee",)]


def test_a_platform_that_stopped_answering_is_not_asked_for_every_feed(mirror: Mirror) -> None:
    asked: list[Entity] = []

    def fails(entity: Entity, page: int) -> None:
        asked.append(entity)
        if entity is not Entity.LOCATION:
            raise TransientError("Not answering.")

    reader = shop(sale("A", 100), trouble=fails)
    reader.feeds |= {Entity.INVENTORY: [], Entity.TIMECARD: [], Entity.EMPLOYEE: []}
    with pytest.raises(TransientError):
        pull(reader, mirror)
    assert asked == [Entity.LOCATION, Entity.EMPLOYEE, Entity.SALE]


def test_what_changed_twice_within_one_version_is_as_it_was_read_last(mirror: Mirror) -> None:
    """Shopify and the R-Series stamp whole seconds; a till can sell the same thing twice in one."""
    reader = shop(sale("A", 100))
    pull(reader, mirror)
    assert apply_records(reader, mirror, [sale("A", 140)]) == 1
    assert net(mirror) == 140
    assert apply_records(reader, mirror, [sale("A", 140)]) == 0


def test_objects_of_two_kinds_may_have_the_same_id(mirror: Mirror) -> None:
    reader = shop(sale("S1", 100))
    pull(reader, mirror)
    assert apply_records(reader, mirror, [sale("S1", 140), sale("A", 1)]) == 2
    assert net(mirror) == 141


def test_progress_says_how_much_there_is(mirror: Mirror) -> None:
    seen: list[Progress] = []
    pull(shop(sale("A", 1), sale("B", 2), sale("C", 3), totals=True), mirror, on_progress=seen.append)
    assert [(step.records, step.total, step.done) for step in seen if step.entity is Entity.SALE] == [
        (2, 3, False),
        (3, 3, True),
    ]


def test_fields_that_the_manifest_does_not_know_are_counted_once_an_object_version(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    from connectors.mirror import preparing
    from connectors.mirror.drift import DriftWatch

    watch = DriftWatch({Entity.SALE: ("rows",)})
    monkeypatch.setattr(preparing, "watch_of", lambda platform: watch)
    odd = replace(sale("A", 100), payload=json.dumps({**json.loads(sale("A", 100).payload), "mood": "good"}).encode())
    reader = shop(odd, sale("B", 50))
    report = pull(reader, mirror)
    pull(reader, mirror, full=True)
    assert dict(report.drift) == {"sale: mood": 1}
    assert rows(mirror, "SELECT connection, entity, path, objects FROM schema_drift") == [("main", "sale", "mood", 1)]
    assert watch_of("listed").look([odd]) == {}


def test_what_files_brought_is_never_taken_for_a_platforms(mirror: Mirror) -> None:
    assert mirror.writer is not None
    reader = shop(sale("A", 100), whole=WHOLE)
    own = [
        Row("store", json.loads(store("F1").payload)["rows"][0][1]),
        *(Row(*row) for row in sale_rows("F", 7, store_id="F1")),
    ]
    mirror.writer.submit(Batch(rows=own)).result()
    pull(reader, mirror)
    pull(reader, mirror, full=True)
    assert rows(mirror, "SELECT active FROM store WHERE store_id = 'F1'") == [(True,)]
    assert net(mirror) == 107
