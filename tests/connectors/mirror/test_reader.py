from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from connectors.errors import QueryTimeoutError, TerminalError
from connectors.mirror.open import Mirror
from connectors.mirror.writer import Batch, SourceUpdate
from tests.support.mirror_rows import NOON, line, sale
from tools.context import MirrorPort


def test_it_is_a_mirror_port_for_the_tools(mirror: Mirror) -> None:
    port: MirrorPort = mirror.reader
    assert port.query("SELECT 1 AS one").dicts() == [{"one": 1}]


def test_values_are_native_and_money_is_never_a_float(mirror: Mirror) -> None:
    row = mirror.reader.query(
        "SELECT CAST(1.5 AS DECIMAL(18,2)) AS d, 3 AS i, DATE '2026-03-01' AS day, "
        "TIMESTAMPTZ '2026-03-01 10:00:00.25-05' AS at, CAST(NULL AS TIMESTAMPTZ) AS nothing, 'x' AS at"
    )
    assert row.columns == ("d", "i", "day", "at", "nothing", "at")
    expected = (Decimal("1.50"), 3, date(2026, 3, 1), datetime(2026, 3, 1, 15, 0, 0, 250_000, UTC), None, "x")
    assert row.rows == [expected]


@pytest.mark.parametrize("_attempt", [1, 2])
def test_instants_keep_order_parameters_and_comments(mirror: Mirror, _attempt: int) -> None:
    sql = """SELECT $base + to_hours(CAST(n AS INTEGER)) AS at FROM range(3) AS r(n)
        WHERE $base IS NOT NULL ORDER BY n DESC; -- newest first"""
    for _ in range(2):
        rows = mirror.reader.query(sql.replace("; --", " --"), {"base": NOON}).rows
        assert [row[0] for row in rows] == [NOON + timedelta(hours=n) for n in (2, 1, 0)]


@pytest.mark.parametrize("instant", ["", ", TIMESTAMPTZ '2026-03-01 10:00:00+00' AS at"])
def test_many_exact_numbers_are_the_same_however_often_they_are_asked_for(mirror: Mirror, instant: str) -> None:
    sql = f"""SELECT CAST(n AS HUGEINT) * 10000000000000000000 AS large,
        CASE WHEN n <> 7 THEN CAST(-n AS DECIMAL(38,2)) / 1 * CAST(1 AS DECIMAL(4,1)) END AS ratio,
        CAST(-n AS DECIMAL(18,2)) AS amount, n * $factor AS untyped{instant} FROM range(300) AS r(n) ORDER BY n DESC"""
    first, *others = [mirror.reader.query(sql, {"factor": 2}) for _ in range(3)]
    assert first.rows[1][0] == 298 * 10**19
    assert str(first.rows[0][2]) == "-299.00"
    assert [repr(other) for other in others] == [repr(first)] * 2
    exact = [mirror.reader.query(sql, {"factor": Decimal("0.5")}) for _ in range(3)]
    assert exact[2].rows[0][3] == exact[0].rows[0][3] == Decimal("149.5")


def test_many_rows_of_a_statement_may_be_none_the_next_time(mirror: Mirror) -> None:
    sql = "SELECT CAST(n AS DECIMAL(18,2)) AS n FROM range($rows) AS r(n)"
    assert [len(mirror.reader.query(sql, {"rows": rows}).rows) for rows in (300, 0, 300)] == [300, 0, 300]


def test_the_watchdog_stops_a_long_query_and_the_mirror_lives_on(mirror: Mirror) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError) as caught:
        mirror.reader.query("SELECT count(*) FROM range(100000000000) a, range(100000) b", timeout_seconds=0.2)
    assert time.monotonic() - began < 5
    assert "0.2 seconds" in caught.value.user_message
    assert mirror.reader.query("SELECT 1").rows == [(1,)]


def test_a_snapshot_is_cached_until_something_is_committed(mirror: Mirror) -> None:
    assert mirror.writer is not None
    first = mirror.reader.snapshot()
    assert mirror.reader.snapshot() is first
    mirror.writer.submit(Batch([sale("s1"), line("s1")])).result(timeout=10)
    assert mirror.reader.snapshot().version == first.version + 1


def test_a_topic_is_as_fresh_as_its_oldest_connection(mirror: Mirror) -> None:
    assert mirror.writer is not None
    updates = [
        SourceUpdate("sales", "a", NOON, note="one"),
        SourceUpdate("sales", "b", NOON - timedelta(hours=3), simulated=True, note="two"),
    ]
    mirror.writer.submit(Batch(sources=updates)).result(timeout=10)
    state = mirror.reader.snapshot().sources["sales"]
    assert (state.as_of_at, state.simulated, state.note) == (NOON - timedelta(hours=3), True, "one; two")


def test_readers_on_many_threads_never_see_half_a_commit(mirror: Mirror) -> None:
    assert mirror.writer is not None
    torn: list[object] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            lines, rolled = mirror.reader.query(
                "SELECT (SELECT coalesce(sum(net_minor), 0) FROM sale_line), "
                "(SELECT coalesce(sum(net_minor), 0) FROM store_day)"
            ).rows[0]
            if lines != rolled:
                torn.append((lines, rolled))

    threads = [threading.Thread(target=watch) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(15):
        mirror.writer.submit(Batch([sale(f"s{number}"), line(f"s{number}")])).result(timeout=10)
    stop.set()
    for thread in threads:
        thread.join()
    assert torn == []


def test_a_temporary_object_of_one_query_is_not_there_in_the_next(mirror: Mirror) -> None:
    mirror.reader.query("CREATE TEMP MACRO net_minor() AS 0")
    with pytest.raises(Exception, match="net_minor"):
        mirror.reader.query("SELECT net_minor()")


def test_a_closed_mirror_says_so(mirror: Mirror) -> None:
    mirror.close()
    with pytest.raises(TerminalError, match="closed"):
        mirror.reader.query("SELECT 1")
