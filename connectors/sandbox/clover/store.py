"""The stand-in's memory: Clover's objects as they are answered, by kind and id.

Lists within an object (lines, payments ...) are kept plain and wrapped when they are asked for. Names that begin with
an underscore are the stand-in's own and never leave it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.clover.client import millis
from connectors.sandbox.clover.errors import not_found
from connectors.sandbox.standin.store import StandInStore, dump

_SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
  kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id));
"""
_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class CloverStore(StandInStore):
    """Objects in one file. Every change is stamped later than the one before it, as a server's is."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def put(self, kind: str, identity: str, body: Mapping[str, Any]) -> None:
        """Keep an object, new or changed."""
        self.run("INSERT OR REPLACE INTO object VALUES (?, ?, ?)", kind, identity, dump(body))

    def drop(self, kind: str, identity: str) -> None:
        """Forget an object."""
        self.run("DELETE FROM object WHERE kind = ? AND id = ?", kind, identity)

    def find(self, kind: str, identity: str) -> dict[str, Any] | None:
        """An object, or None."""
        row = self.one("SELECT body FROM object WHERE kind = ? AND id = ?", kind, identity)
        return None if row is None else dict(json.loads(row["body"]))

    def get(self, kind: str, identity: str) -> dict[str, Any]:
        """An object.

        Raises:
            RefusalError: 404, there is none.
        """
        found = self.find(kind, identity)
        if found is None:
            raise not_found()
        return found

    def listing(self, kind: str) -> list[dict[str, Any]]:
        """Every object of a kind, the newest first, as Clover lists them."""
        rows = self.all("SELECT body FROM object WHERE kind = ?", kind)
        found = [json.loads(row["body"]) for row in rows]
        return sorted(found, key=lambda item: (item.get("createdTime") or 0, str(item.get("id"))), reverse=True)

    def stamp(self, at: datetime) -> int:
        """Milliseconds of ``at``, later than any given before."""
        with self.transaction():
            now = max(millis(at), int(self.meta("stamp") or 0) + 1)
            self.set_meta("stamp", str(now))
        return now


def new_id() -> str:
    """Thirteen characters of base 32, as all ids are."""
    return "".join(secrets.choice(_BASE32) for _ in range(13))
