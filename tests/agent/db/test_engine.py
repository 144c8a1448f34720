from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from agent.db.engine import SCHEMA_HEAD, open_database
from agent.db.migrations.upgrade import migration_config
from agent.db.tables import Base, Conversation
from agent.errors import UnavailableError


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'operations.sqlite'}"


def conversation(name: str, at: datetime) -> Conversation:
    return Conversation(thread_id=name, channel_id="C", thread_ts="1", started_by="U", started_at=at)


def test_the_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        indexes = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'")).scalars().all()
    database.close()
    assert "proposal_one_pending" in indexes


def test_the_known_head_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(migration_config()).get_heads() == [SCHEMA_HEAD]


def test_opening_an_upgraded_database_does_not_import_alembic(tmp_path: Path) -> None:
    open_database(url(tmp_path)).close()
    script = (
        "import sys; from agent.db.engine import open_database; "
        f"open_database({url(tmp_path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_two_threads_opening_a_new_database_both_succeed(tmp_path: Path) -> None:
    problems: list[Exception] = []

    def start() -> None:
        try:
            open_database(url(tmp_path)).close()
        except UnavailableError as problem:
            problems.append(problem)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_commit_is_synchronous_and_write_ahead(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    with database.reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2
    database.close()


def test_a_block_that_raises_leaves_nothing(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))

    def half_done() -> None:
        with database.session() as session:
            session.add(conversation("a", datetime.now(UTC)))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    with database.reading() as session:
        assert session.get(Conversation, "a") is None
    database.close()


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_is_committed(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    with database.session() as writing:
        writing.add(conversation("a", datetime.now(UTC)))
        writing.flush()
        with database.reading() as reading:
            assert reading.scalars(select(Conversation)).all() == []
    with database.reading() as reading:
        assert len(reading.scalars(select(Conversation)).all()) == 1
    database.close()


def test_writers_in_many_threads_take_turns(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    with database.session() as session:
        session.add(conversation("count", datetime(2026, 1, 1, tzinfo=UTC)))

    def add_one() -> None:
        for _ in range(10):
            with database.session() as session:
                row = session.get(Conversation, "count")
                assert row is not None
                row.started_at += timedelta(seconds=1)

    threads = [threading.Thread(target=add_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        row = session.get(Conversation, "count")
        assert row is not None
        assert row.started_at == datetime(2026, 1, 1, 0, 1, 20, tzinfo=UTC)
    database.close()


def test_instants_come_back_as_the_same_instant_in_utc_and_naive_ones_are_refused(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    local = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=-4)))
    with database.session() as session:
        session.add(conversation("a", local))
    with database.reading() as session:
        row = session.get(Conversation, "a")
        assert row is not None
        assert (row.started_at, row.started_at.tzinfo) == (local, UTC)
    with pytest.raises(StatementError), database.session() as session:
        session.add(conversation("b", datetime(2026, 7, 1)))  # noqa: DTZ001
    database.close()


def test_a_place_that_cannot_be_opened_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError) as refusal:
        open_database(url(tmp_path / "missing"))
    assert "cannot be opened" in refusal.value.user_message
