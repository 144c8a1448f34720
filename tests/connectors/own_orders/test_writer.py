from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.base import Action, ActionKind, Outcome, Result
from connectors.errors import TerminalError, TransientError
from connectors.mirror.open import Mirror, open_mirror
from connectors.own_orders import book
from connectors.own_orders.order import number_of
from connectors.own_orders.routing import WithOwnOrders
from connectors.records import Row
from tests.connectors.own_orders.pdf_text import pages
from tests.connectors.own_orders.world import AT, KEY, files, fill, line, order, own, stored
from tests.support.mirror_rows import store

NUMBER = number_of(KEY)
BOTH = [f"{NUMBER}.csv", f"{NUMBER}.pdf"]
ROOT = Path(__file__).resolve().parents[3]


def test_an_order_is_stored_with_its_lines_and_its_files(mirror: Mirror, folder: Path) -> None:
    action = order(line(), line("V2", "2.5", unit_cost="0.1234"), due_on="2026-12-01")
    result = own(mirror, folder).execute(action)
    assert (result.outcome, result.reference) == (Outcome.APPLIED, f"own:{KEY}")
    assert NUMBER in result.message
    assert "Müller & Söhne <Mills>" in result.message
    assert files(folder) == BOTH
    head = mirror.reader.query("SELECT * FROM purchase_order").dicts()
    due_at = datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert head == [
        {
            "po_id": f"own:{KEY}",
            "supplier_id": "square:V1",
            "store_id": "S1",
            "status": "draft",
            "created_at": AT,
            "sent_at": None,
            "due_at": due_at,
            "received_at": None,
            "origin": "floorwalker",
            "simulated": False,
        }
    ]
    lines = mirror.reader.query("SELECT line_no, variant_id, ordered, unit_cost FROM purchase_order_line ORDER BY 1")
    assert lines.rows == [(1, "V1", Decimal(24), Decimal("1.5")), (2, "V2", Decimal("2.5"), Decimal("0.1234"))]
    assert result.after["lines"][0] == {
        "variant_external_id": "X1",
        "sku": "BRD-1",
        "name": "Bread",
        "quantity": "24",
        "unit_cost": "1.50",
    }
    assert result.after["due_on"] == "2026-12-01"


def test_a_repeat_changes_nothing(mirror: Mirror, folder: Path) -> None:
    writer = own(mirror, folder)
    writer.execute(order())
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    again = writer.execute(order())
    assert again.outcome is Outcome.ALREADY_APPLIED
    assert (again.reference, again.before) == (f"own:{KEY}", again.after)
    assert len(stored(mirror)) == 1
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_a_repeat_makes_missing_files_anew_as_they_were(mirror: Mirror, folder: Path) -> None:
    own(mirror, folder).execute(order())
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / BOTH[1]).unlink()
    later = own(mirror, folder)
    later._now = lambda: AT.replace(month=12)
    again = later.execute(order())
    assert again.outcome is Outcome.ALREADY_APPLIED
    assert "anew" in again.message
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_repeat_stands_though_the_product_is_gone_and_the_order_received(mirror: Mirror, folder: Path) -> None:
    writer = own(mirror, folder)
    writer.execute(order())
    assert mirror.writer is not None
    mirror.writer.execute_bulk(
        lambda connection: connection.execute(
            "DELETE FROM variant; UPDATE purchase_order SET status = 'received'; UPDATE store SET active = false"
        )
    ).result(timeout=10)
    for path in folder.iterdir():
        path.unlink()
    again = writer.execute(order())
    assert again.outcome is Outcome.ALREADY_APPLIED
    assert "no longer known" in again.message
    assert again.after["status"] == "received"
    assert files(folder) == []
    assert writer.reconcile(order()).outcome is Outcome.APPLIED


def test_another_order_under_the_same_key_is_a_conflict(mirror: Mirror, folder: Path) -> None:
    writer = own(mirror, folder)
    writer.execute(order())
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    other = order(line(quantity="25"))
    assert writer.execute(other).outcome is Outcome.CONFLICT
    assert writer.reconcile(other).outcome is Outcome.CONFLICT
    assert writer.preview(other).problem
    assert mirror.reader.query("SELECT ordered FROM purchase_order_line").rows == [(Decimal(24),)]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_two_threads_store_one_order(mirror: Mirror, folder: Path) -> None:
    gate = threading.Barrier(2)

    def execute(writer: Any) -> Result:
        gate.wait(timeout=10)
        result: Result = writer.execute(order())
        return result

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(execute, [own(mirror, folder), own(mirror, folder)]))
    assert {result.outcome for result in results} == {Outcome.APPLIED, Outcome.ALREADY_APPLIED}
    assert len(stored(mirror)) == 1
    assert mirror.reader.query("SELECT count(*) FROM purchase_order_line").rows == [(1,)]
    assert files(folder) == BOTH


def test_many_orders_at_once_are_all_whole(mirror: Mirror, folder: Path) -> None:
    writers = [own(mirror, folder), own(mirror, folder, "clover")]
    actions = [(writers[0], order(key=f"s{i}")) for i in range(6)]
    actions += [(writers[1], order(line("X9"), key=f"c{i}", store_id="L9", supplier="DAIRY")) for i in range(6)]
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda pair: pair[0].execute(pair[1]), actions))
    assert {result.outcome for result in results} == {Outcome.APPLIED}
    assert len(stored(mirror)) == 12
    assert len(files(folder)) == 24


@pytest.mark.parametrize("when", ["between", "before", "after"])
def test_killed_in_the_middle_there_is_at_most_one_order(tmp_path: Path, when: str) -> None:
    command = [sys.executable, "-m", "tests.connectors.own_orders.child", str(tmp_path), when]
    killed = subprocess.run(command, cwd=ROOT, timeout=60, check=False, capture_output=True)
    assert killed.returncode == -9, killed.stderr.decode()
    folder = tmp_path / "orders"
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        writer = own(mirror, folder)
        expected = (Outcome.APPLIED, 1) if when == "after" else (Outcome.REJECTED, 0)
        assert (writer.reconcile(order()).outcome, len(stored(mirror))) == expected
        assert [name for name in files(folder) if not name.startswith(".")] == (BOTH[:1] if when == "between" else BOTH)
        again = writer.execute(order())
        assert again.outcome is (Outcome.ALREADY_APPLIED if when == "after" else Outcome.APPLIED)
        assert len(stored(mirror)) == 1
        assert files(folder) == BOTH
        (page,) = pages((folder / BOTH[1]).read_bytes())
        assert ("Date 2026-11-23" if when == "after" else "Date 2026-11-24") in page


def test_preview_shows_the_document_and_writes_nothing(mirror: Mirror, folder: Path) -> None:
    writer = own(mirror, folder)
    action = order(line(quantity="2.50"), line("V2", "1", unit_cost=""), due_on="2026-12-01", note=" ring\nthe bell ")
    seen = writer.preview(action)
    assert (seen.before, seen.version, seen.done, seen.problem) == ({}, "", False, "")
    assert seen.request == {
        "number": NUMBER,
        "status": "draft",
        "ordered_on": "2026-11-24",
        "store": "Market Street",
        "supplier": "Müller & Söhne <Mills>",
        "currency": "USD",
        "lines": [
            {
                "supplier_sku": "MS/77",
                "sku": "BRD-1",
                "barcode": "0012345678905",
                "name": "Bread large",
                "quantity": "2.5",
                "unit": "each",
                "unit_cost": "1.50",
                "line_total": "3.75",
            },
            {"supplier_sku": "", "sku": "OAT", "barcode": "", "name": "Oat milk", "quantity": "1", "unit": "litre"},
        ],
        "total": "3.75",
        "files": BOTH,
        "due_on": "2026-12-01",
        "note": "ring the bell",
    }
    assert (files(folder), stored(mirror)) == ([], [])
    writer.execute(action)
    after = writer.preview(action)
    assert (after.done, after.version, after.request) == (True, f"own:{KEY}", seen.request)
    assert after.before["lines"][0]["quantity"] == "2.5"


def test_ids_of_files_are_the_mirrors_own(mirror: Mirror, folder: Path) -> None:
    action = order(line("V2", "3"), store_id="F1", supplier="DAIRY", currency="eur")
    assert own(mirror, folder, "files").execute(action).outcome is Outcome.APPLIED
    assert stored(mirror) == [(f"own:{KEY}", "F1", "DAIRY", "draft")]


def test_the_platforms_id_wins_over_an_equal_id_of_the_mirror(mirror: Mirror, folder: Path) -> None:
    fill(
        mirror,
        Row("variant", {"variant_id": "X1", "product_id": "P2", "name": "wrong"}),
        Row("variant", {"variant_id": "V0", "product_id": "P2", "name": "of no connection", "external_id": "X1"}),
        Row("supplier", {"supplier_id": "V1", "name": "Wrong"}),
        store("L1", name="Wrong"),
        store("S0", name="Of no connection", external_id="L1"),
    )
    seen = own(mirror, folder).preview(order())
    assert [seen.request["store"], seen.request["supplier"], seen.request["lines"][0]["name"]] == [
        "Market Street",
        "Müller & Söhne <Mills>",
        "Bread large",
    ]


def test_a_folder_that_cannot_be_written_stops_the_order(mirror: Mirror, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    result = own(mirror, blocked).execute(order())
    assert result.outcome is Outcome.REJECTED
    assert "could not be written" in result.message
    assert stored(mirror) == []


def test_a_full_disk_leaves_no_file(mirror: Mirror, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []

    def fsync(handle: int) -> None:
        flushed.append(handle)
        if len(flushed) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fsync)
    assert own(mirror, folder).execute(order()).outcome is Outcome.REJECTED
    assert (files(folder), stored(mirror)) == ([], [])


def test_a_busy_mirror_takes_the_order_back(mirror: Mirror, folder: Path) -> None:
    assert mirror.writer is not None
    free, busy = threading.Event(), threading.Event()

    def hold(_: duckdb.DuckDBPyConnection) -> None:
        busy.set()
        free.wait(timeout=20)

    held = mirror.writer.execute_bulk(hold)
    busy.wait(timeout=10)
    writer = own(mirror, folder, patience=0.1)
    result = writer.execute(order())
    free.set()
    held.result(timeout=10)
    assert result.outcome is Outcome.REJECTED
    assert "busy" in result.message
    fill(mirror)
    assert (files(folder), stored(mirror)) == ([], [])
    assert own(mirror, folder).execute(order()).outcome is Outcome.APPLIED


def test_a_commit_that_does_not_end_is_unknown_and_decided_by_reading(
    mirror: Mirror, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: Future[int] = Future()
    running.set_running_or_notify_cancel()
    writer = own(mirror, folder, patience=0.05)
    with monkeypatch.context() as patched:
        patched.setattr(book, "store", lambda *_: running)
        result = writer.execute(order())
    assert (result.outcome, result.reference) == (Outcome.UNKNOWN, f"own:{KEY}")
    assert files(folder) == BOTH
    assert writer.reconcile(order()).outcome is Outcome.REJECTED
    own(mirror, folder).execute(order())
    assert writer.reconcile(order()).outcome is Outcome.APPLIED


def test_a_commit_that_fails_leaves_no_file(mirror: Mirror, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: Future[int] = Future()
    failed.set_exception(TransientError("The mirror could not be written; check the disk and memory."))
    monkeypatch.setattr(book, "store", lambda *_: failed)
    result = own(mirror, folder).execute(order())
    assert result.outcome is Outcome.REJECTED
    assert result.message == "The mirror could not be written; check the disk and memory. Nothing was ordered."
    assert (files(folder), stored(mirror)) == ([], [])


def test_a_closed_or_read_only_mirror_is_said(mirror: Mirror, folder: Path) -> None:
    writer = own(mirror, folder)
    path = mirror.path
    mirror.close()
    with pytest.raises(TerminalError, match="closed"):
        writer.execute(order())
    assert files(folder) == []
    with open_mirror(path, read_only=True) as reading, pytest.raises(TerminalError, match="reading only"):
        own(reading, folder)


class Platform:
    """A platform's writer that notes what it is given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def close(self) -> None:
        self.seen.append("close")

    def execute(self, action: Action) -> Result:
        self.seen.append(f"execute {action.kind}")
        return Result(Outcome.APPLIED)

    def reconcile(self, action: Action) -> Result:
        self.seen.append(f"reconcile {action.kind}")
        return Result(Outcome.APPLIED)


def test_orders_come_here_and_everything_else_goes_to_the_platform(mirror: Mirror, folder: Path) -> None:
    platform = Platform()
    both = WithOwnOrders(platform, own(mirror, folder))
    count = replace(order(), kind=ActionKind.STOCK_COUNT)
    assert both.execute(order()).reference == f"own:{KEY}"
    assert both.reconcile(order()).outcome is Outcome.APPLIED
    assert platform.seen == []
    both.execute(count)
    both.reconcile(count)
    both.close()
    assert platform.seen == ["execute stock_count", "reconcile stock_count", "close"]


def test_anything_but_an_order_is_not_for_the_book(mirror: Mirror, folder: Path) -> None:
    count = replace(order(), kind=ActionKind.STOCK_COUNT)
    for result in (own(mirror, folder).execute(count), own(mirror, folder).reconcile(count)):
        assert result.outcome is Outcome.UNSUPPORTED
        assert "stock_count" in result.message
    assert own(mirror, folder).preview(count).problem
