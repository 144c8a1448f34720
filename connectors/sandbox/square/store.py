"""The tables of the Square stand-in. Stamps are RFC 3339 text in UTC with milliseconds, so text order is time order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.sandbox.standin.store import StandInStore, dump, marks

__all__ = ["PosStore", "dump", "marks", "stamp"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS location (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS object (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, parent_id TEXT, version INTEGER NOT NULL, updated_at TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS object_changed ON object (updated_at, id);
CREATE INDEX IF NOT EXISTS object_type_changed ON object (type, updated_at, id);
CREATE INDEX IF NOT EXISTS object_parent ON object (parent_id);
CREATE TABLE IF NOT EXISTS orders (
  id TEXT PRIMARY KEY, location_id TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL, closed_at TEXT, source_order_id TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS orders_updated ON orders (updated_at, id);
CREATE INDEX IF NOT EXISTS orders_closed ON orders (closed_at, id);
CREATE INDEX IF NOT EXISTS orders_source ON orders (source_order_id);
CREATE TABLE IF NOT EXISTS team_member (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS timecard (
  id TEXT PRIMARY KEY, team_member_id TEXT NOT NULL, location_id TEXT NOT NULL, status TEXT NOT NULL,
  start_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS inventory (
  variation_id TEXT NOT NULL, location_id TEXT NOT NULL, quantity TEXT NOT NULL, calculated_at TEXT NOT NULL,
  PRIMARY KEY (variation_id, location_id));
CREATE TABLE IF NOT EXISTS inventory_change (
  id TEXT PRIMARY KEY, variation_id TEXT NOT NULL, location_id TEXT NOT NULL, type TEXT NOT NULL,
  occurred_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS inventory_change_at ON inventory_change (occurred_at, id);
CREATE TABLE IF NOT EXISTS document (
  kind TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id));
CREATE INDEX IF NOT EXISTS document_at ON document (kind, at, id);
CREATE TABLE IF NOT EXISTS reply (key TEXT PRIMARY KEY, request_sha256 TEXT NOT NULL, body TEXT NOT NULL);
"""


class PosStore(StandInStore):
    """The Square stand-in's file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def keep(self, kind: str, body: Mapping[str, Any], at: str) -> None:
        """Keep a document of one of the smaller kinds, found again by id or in order of ``at``."""
        self.run("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", kind, str(body["id"]), at, dump(body))

    def document(self, kind: str, document_id: str) -> dict[str, Any] | None:
        """A document by id."""
        found = self.one("SELECT body FROM document WHERE kind = ? AND id = ?", kind, document_id)
        return None if found is None else dict(json.loads(found["body"]))

    def documents(self, kind: str, *, newest_first: bool = False) -> list[dict[str, Any]]:
        """Every document of a kind, in order of ``at``."""
        direction = "DESC" if newest_first else "ASC"
        found = self.all(f"SELECT body FROM document WHERE kind = ? ORDER BY at {direction}, id {direction}", kind)
        return [json.loads(row["body"]) for row in found]


def stamp(at: datetime) -> str:
    """An instant as this API writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
