"""The tables of the Shopify stand-in: objects by their id, in the shape of the schema with connections as lists.

Stamps are ISO 8601 in UTC with whole seconds, as Shopify keeps them, so text order is time order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.sandbox.standin.store import StandInStore, dump

_SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, number INTEGER NOT NULL, parent TEXT, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS object_changed ON object (kind, updated_at, number);
CREATE INDEX IF NOT EXISTS object_created ON object (kind, created_at, number);
CREATE INDEX IF NOT EXISTS object_parent ON object (parent, kind);
CREATE TABLE IF NOT EXISTS alias (kind TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, name));
CREATE TABLE IF NOT EXISTS reply (key TEXT PRIMARY KEY, request TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bulk (id TEXT PRIMARY KEY, polls INTEGER NOT NULL, lines TEXT NOT NULL);
"""
_FIRST_NUMBER = 450_000_000


class ShopStore(StandInStore):
    """The Shopify stand-in's file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def next_number(self) -> int:
        """A number no object has yet."""
        number = int(self.meta("number") or _FIRST_NUMBER) + 1
        self.set_meta("number", str(number))
        return number

    def new_id(self, kind: str, alias: str = "") -> str:
        """An id for an object of this kind; ``alias`` is what the shop calls it, and has the same id every time."""
        known = self.alias(kind, alias) if alias else None
        if known is not None:
            return known
        identity = f"gid://shopify/{kind}/{self.next_number()}"
        if alias:
            self.run("INSERT INTO alias VALUES (?, ?, ?)", kind, alias, identity)
        return identity

    def alias(self, kind: str, name: str) -> str | None:
        """The id of what the shop calls ``name``."""
        found = self.one("SELECT id FROM alias WHERE kind = ? AND name = ?", kind, name)
        return None if found is None else str(found["id"])

    def aliases(self, kind: str) -> dict[str, str]:
        """Every name of this kind and its id."""
        return {str(row["name"]): str(row["id"]) for row in self.all("SELECT name, id FROM alias WHERE kind = ?", kind)}

    def put(self, body: Mapping[str, Any], *, created_at: str, updated_at: str, parent: str | None = None) -> None:
        """Keep an object, new or changed."""
        identity = str(body["id"])
        kind = identity.removeprefix("gid://shopify/").split("/", 1)[0]
        number = int(identity.rsplit("/", 1)[-1].split("?", 1)[0])
        self.run(
            "INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)",
            identity,
            kind,
            number,
            parent,
            created_at,
            updated_at,
            dump(body),
        )

    def get(self, identity: str) -> dict[str, Any] | None:
        """An object by its id."""
        found = self.one("SELECT body FROM object WHERE id = ?", identity)
        return None if found is None else dict(json.loads(found["body"]))

    def remove(self, identity: str) -> None:
        """Forget an object."""
        self.run("DELETE FROM object WHERE id = ?", identity)

    def destroy(self, identity: str, subject: str, when: str) -> None:
        """Delete an object for good; the shop's events tell of it as a ``subject``."""
        self.remove(identity)
        event = {"id": self.new_id("BasicEvent"), "action": "destroy", "createdAt": when}
        self.put({**event, "subjectId": identity, "subjectType": subject}, created_at=when, updated_at=when)

    def every(self, kind: str, parent: str | None = None) -> list[dict[str, Any]]:
        """All objects of a kind, oldest number first."""
        where, values = ("", ()) if parent is None else (" AND parent = ?", (parent,))
        rows = self.all(f"SELECT body FROM object WHERE kind = ?{where} ORDER BY number, id", kind, *values)
        return [json.loads(row["body"]) for row in rows]

    def changed(self, identity: str, updated_at: str, **fields: Any) -> dict[str, Any]:
        """Change fields of an object; what it is now."""
        body = self.get(identity)
        if body is None:
            raise KeyError(identity)
        body |= {**fields, **({"updatedAt": updated_at} if "updatedAt" in body else {})}
        self.run("UPDATE object SET body = ?, updated_at = ? WHERE id = ?", dump(body), updated_at, identity)
        return body

    def rows(self, sql: str, *values: Any) -> Sequence[tuple[str, dict[str, Any]]]:
        """Sort value and body of a query that names them ``sort`` and ``body``."""
        return [(str(row["sort"]), json.loads(row["body"])) for row in self.all(sql, *values)]


def stamp(at: datetime) -> str:
    """An instant as this API writes it."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
