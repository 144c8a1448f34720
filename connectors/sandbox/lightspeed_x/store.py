"""The memory of the Lightspeed X stand-in: things of many kinds, each with a version out of one counter for all."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from connectors.sandbox.lightspeed_x.errors import XError
from connectors.sandbox.standin.store import StandInStore, dump

_SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, parent TEXT NOT NULL DEFAULT '',
  deleted INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL, PRIMARY KEY (kind, id));
CREATE INDEX IF NOT EXISTS thing_version ON thing (kind, version);
CREATE INDEX IF NOT EXISTS thing_parent ON thing (kind, parent);
"""
_SPACE = uuid.UUID("5f0c8a52-3a37-4f0e-9d7e-2f1d0b1c6a11")
_FIRST_VERSION = 59_780_000


class XStore(StandInStore):
    """The stand-in's file. A body holds its own id and version, as the API gives them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def next_version(self) -> int:
        """The next number of the counter that every change of anything takes from."""
        version = int(self.meta("version") or _FIRST_VERSION) + 1
        self.set_meta("version", str(version))
        return version

    def put(self, kind: str, body: Mapping[str, Any], *, parent: str = "") -> dict[str, Any]:
        """Store a thing with a new version, as it is then."""
        return self.put_many(kind, [(body, parent)])[0]

    def put_many(self, kind: str, things: Iterable[tuple[Mapping[str, Any], str]]) -> list[dict[str, Any]]:
        """Store many things, each with a new version."""
        version = int(self.meta("version") or _FIRST_VERSION)
        stored: list[dict[str, Any]] = []
        rows: list[tuple[Any, ...]] = []
        for body, parent in things:
            version += 1
            if kind == "sale":
                kept = {**body, "_metadata": {**(body.get("_metadata") or {}), "version": version}}
            else:
                kept = {**body, "version": version}
            stored.append(kept)
            rows.append((kind, kept["id"], version, parent, int(bool(kept.get("deleted_at"))), dump(kept)))
        self.run_many("INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.set_meta("version", str(version))
        return stored

    def drop(self, kind: str, identity: str) -> None:
        """Forget a thing altogether: no list tells of it any more."""
        self.run("DELETE FROM thing WHERE kind = ? AND id = ?", kind, identity)

    def get(self, kind: str, identity: str) -> dict[str, Any] | None:
        """A thing as the API gives it; deleted ones too."""
        found = self.one("SELECT body FROM thing WHERE kind = ? AND id = ?", kind, identity)
        return None if found is None else dict(json.loads(found["body"]))

    def need(self, kind: str, identity: str, field: str = "id") -> dict[str, Any]:
        """A thing that must be there.

        Raises:
            XError: 404 naming ``field``.
        """
        found = self.get(kind, identity)
        if found is None or found.get("deleted_at"):
            raise XError(
                404, "Not Found", f"There is no {kind.replace('_', ' ')} {identity or 'without an id'}.", field
            )
        return found

    def of(self, kind: str, parent: str | None = None) -> list[dict[str, Any]]:
        """Things that are not deleted, oldest change first; those of one parent when it is given."""
        where, values = ("AND parent = ?", [parent]) if parent is not None else ("", [])
        rows = self.all(
            f"SELECT body FROM thing WHERE kind = ? AND deleted = 0 {where} ORDER BY version", kind, *values
        )
        return [json.loads(row["body"]) for row in rows]

    def feed(
        self, kind: str, params: Mapping[str, str], *, most: int, parent: str | None = None, deleted: bool = False
    ) -> dict[str, Any]:
        """A page of a change feed: ``{"data": [...], "version": {"min", "max"}}``."""
        after, before = whole(params.get("after"), "after"), whole(params.get("before"), "before")
        size = min(whole(params.get("page_size"), "page_size") or 100, most)
        where, values = ("AND parent = ?", [parent]) if parent is not None else ("", [])
        rows = self.all(
            "SELECT version, body FROM thing WHERE kind = ? AND version > ? AND (? = 0 OR version < ?) "
            f"AND (? OR deleted = 0) {where} ORDER BY version LIMIT ?",
            kind,
            after,
            before,
            before,
            int(deleted or params.get("deleted") == "true"),
            *values,
            size,
        )
        versions = [row["version"] for row in rows]
        return {
            "data": [json.loads(row["body"]) for row in rows],
            "version": {"min": versions[0] if rows else None, "max": versions[-1] if rows else None},
        }


def ident(kind: str, *names: str) -> str:
    """The id that something of the shop has here: always the same UUID."""
    return str(uuid.uuid5(_SPACE, ":".join((kind, *names))))


def new_id() -> str:
    """An id for something new."""
    return str(uuid.uuid4())


def stamp(at: datetime) -> str:
    """An instant as this API writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def major(minor: int, exponent: int) -> Decimal:
    """Minor units in major units."""
    return Decimal(minor).scaleb(-exponent)


def amount(value: Decimal | int) -> float | int:
    """A number as this API writes it: floating point with long decimals."""
    return int(value) if value == int(value) else float(value)


def whole(text: Any, field: str) -> int:
    """A whole number out of a parameter; 0 when it is not given.

    Raises:
        XError: 400 when it is no number.
    """
    if text is None or text == "":
        return 0
    try:
        return max(0, int(text))
    except (TypeError, ValueError):
        raise XError(400, "Bad Request", f"{field} must be a whole number.", field) from None


def decimal(value: Any, field: str) -> Decimal:
    """A number out of a body.

    Raises:
        XError: 422 when it is none.
    """
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise XError(422, "Unprocessable Entity", f"{field} must be a number.", field)
    return found
