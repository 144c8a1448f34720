"""Opening the operational database.

Rules kept here: a write transaction on SQLite takes its lock at BEGIN, so that a compare-and-set never fails half
way; a commit is on disk before it is reported (``synchronous=FULL``); the schema is at the newest migration before
anybody reads it, and alembic is imported only when it is not.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from agent.db.migrations.newest import create_newest, is_new
from agent.errors import UnavailableError

SCHEMA_HEAD = "0005"
"""The newest migration; a test holds it against the migration folder."""

_BUSY_MILLISECONDS = 30_000
_READING = "floorwalker_reading"


class Database:
    """The operational database: ``session`` to write, ``reading`` to look without taking the write lock."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(**{_READING: True})

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One write transaction: committed when the block ends, rolled back when it raises."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent read that never waits for a writer."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at ``url`` (``sqlite:///file`` or ``postgresql://...``) and bring its schema up to date.

    Raises:
        UnavailableError: the database cannot be opened or is locked.
    """
    parsed = make_url(url)
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgres(parsed)
    try:
        if _revision(engine) != SCHEMA_HEAD:
            _upgrade(engine)
    except DBAPIError as error:
        engine.dispose()
        raise UnavailableError(
            "The operational database cannot be opened; is another program holding it, or is its folder read-only?",
            detail=str(error.orig),
        ) from error
    return Database(engine)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        # An error must not carry what people wrote into the logs.
        hide_parameters=True,
        pool_size=8,
        max_overflow=56,
        connect_args={"timeout": _BUSY_MILLISECONDS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own transaction control begins lazily and too late; we begin ourselves below.
        connection.isolation_level = None
        for pragma in (f"busy_timeout={_BUSY_MILLISECONDS}", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(_READING, False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log once; SQLite's busy timeout does not cover two processes doing it together."""
    deadline = time.monotonic() + _BUSY_MILLISECONDS / 1000
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _postgres(url: URL) -> Engine:
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _revision(engine: Engine) -> str:
    reader = engine.execution_options(**{_READING: True})
    with reader.connect() as connection:
        if not reader.dialect.has_table(connection, "alembic_version"):
            return ""
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _upgrade(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite" and is_new(connection):
            create_newest(connection)
            return
        # Imported here: alembic takes 0.4 s to import and is needed once per release.
        from agent.db.migrations.upgrade import upgrade_to_head

        upgrade_to_head(connection)
