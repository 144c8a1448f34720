from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import StatementError

from agent.db.engine import SCHEMA_HEAD, open_database
from agent.db.migrations import newest
from agent.db.migrations.upgrade import migration_config, upgrade_to_head
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


def test_a_new_file_is_made_without_the_migrations_and_is_what_they_would_have_made(tmp_path: Path) -> None:
    made = Path(newest.__file__).with_name("newest.sql").read_text(encoding="utf-8")
    assert made == newest.migrated_script(), "run `python -m agent.db.migrations.newest` after a new migration"
    script = (
        "import sys; from agent.db.engine import open_database; "
        f"open_database({url(tmp_path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    assert tables(tmp_path) == tables_after(tmp_path / "migrated", "base")


@pytest.mark.parametrize("revision", [f"{number:04}" for number in range(1, int(SCHEMA_HEAD) + 1)])
def test_a_file_of_an_older_release_ends_as_a_new_one(tmp_path: Path, revision: str) -> None:
    open_database(url(tmp_path)).close()
    assert tables_after(tmp_path / "old", revision) == tables(tmp_path)


def tables(folder: Path) -> dict[str, list[str]]:
    """Every table, index and trigger, with its definition as words."""
    with closing(sqlite3.connect(folder / "operations.sqlite")) as connection:
        rows = connection.execute("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {name: sql.split() for name, sql in rows}


def tables_after(folder: Path, revision: str) -> dict[str, list[str]]:
    """The same of a file that the migrations brought to ``revision`` and opening to the newest."""
    folder.mkdir()
    engine = create_engine(url(folder))
    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision) if revision != "base" else upgrade_to_head(connection)
    engine.dispose()
    open_database(url(folder)).close()
    return tables(folder)


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
