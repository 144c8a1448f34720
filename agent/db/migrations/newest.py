"""The newest schema of a SQLite file as one script, so that a new file needs neither alembic nor the way there.

``newest.sql`` is what the migrations leave behind. After a new migration, write it again with
``python -m agent.db.migrations.newest``; a test holds the one against the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

_SCRIPT = Path(__file__).with_name("newest.sql")
_IN_ORDER = """
    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
    ORDER BY tbl_name, type <> 'table', name"""


def is_new(connection: Connection) -> bool:
    """Whether a SQLite file has no tables yet."""
    return connection.execute(text("SELECT 1 FROM sqlite_master LIMIT 1")).scalar() is None


def create_newest(connection: Connection) -> None:
    """Give a new SQLite file every table, index and trigger inside the caller's transaction."""
    for statement in _statements(_SCRIPT.read_text(encoding="utf-8")):
        connection.exec_driver_sql(statement)


def migrated_script() -> str:
    """What ``newest.sql`` has to say: the schema after every migration, and the revision it is."""
    from agent.db.migrations.upgrade import upgrade_to_head

    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_to_head(connection)
        found = connection.execute(text(_IN_ORDER))
        made = [f"{_trimmed(sql)};\n" for sql in found.scalars()]
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    return "\n".join((*made, f"INSERT INTO alembic_version (version_num) VALUES ('{revision}');\n"))


def _trimmed(sql: str) -> str:
    return "\n".join(line.rstrip() for line in sql.strip().splitlines())


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; those inside a trigger stay with it."""
    begun = ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


if __name__ == "__main__":
    _SCRIPT.write_text(migrated_script(), encoding="utf-8")
