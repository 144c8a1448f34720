"""Readers go before the writer, and never stop it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.precedence import Precedence
from connectors.mirror.writer import Batch
from connectors.records import Row

LONG = 60.0


def test_the_writer_waits_until_the_last_reader_is_done() -> None:
    precedence = Precedence(LONG)
    done: list[str] = []
    waiting = threading.Event()

    def write() -> None:
        waiting.set()
        precedence.give_way()
        done.append("writer")

    writer = threading.Thread(target=write)
    with precedence.reading():
        with precedence.reading():
            writer.start()
            waiting.wait(LONG)
            done.append("first reader")
        done.append("second reader")
    writer.join(LONG)
    assert done == ["first reader", "second reader", "writer"]


def test_nobody_reads_after_a_question_that_failed() -> None:
    precedence = Precedence(LONG)
    with pytest.raises(ValueError, match="the question"), precedence.reading():
        raise ValueError("the question")
    assert precedence.give_way()


def test_a_reader_who_never_ends_does_not_stop_the_writer() -> None:
    precedence = Precedence(0.001)
    with precedence.reading():
        assert not precedence.give_way()


def test_rows_are_written_while_somebody_reads(tmp_path: Path) -> None:
    stop = threading.Event()
    asked: list[int] = []
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=[_store(0)])).result(LONG)

        def ask() -> None:
            while not stop.is_set():
                ((found,),) = mirror.reader.query("SELECT count(*) FROM store").rows
                asked.append(found)

        readers = [threading.Thread(target=ask) for _ in range(2)]
        for reader in readers:
            reader.start()
        try:
            for number in range(1, 6):
                mirror.writer.submit(Batch(rows=[_store(number)])).result(LONG)
        finally:
            stop.set()
            for reader in readers:
                reader.join(LONG)
        assert mirror.reader.query("SELECT count(*) FROM store").rows == [(6,)]
    assert {*asked} <= {1, 2, 3, 4, 5, 6}


def _store(number: int) -> Row:
    return Row("store", {"store_id": f"S{number}", "name": f"Store {number}", "timezone": "UTC", "currency": "USD"})
