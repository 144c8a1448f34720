"""Bringing a database to the newest revision on a connection the caller holds, offline and without an ini file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

_ADVISORY_LOCK = 0x666C6F6F72


def migration_config() -> Config:
    """Alembic's settings, pointing at this package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade_to_head(connection: Connection) -> None:
    """Apply every missing revision inside the caller's transaction.

    Two processes starting at once are safe: SQLite's write lock, or an advisory lock on Postgres, lets one of them
    through first and the other finds nothing left to do.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    config = migration_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
