"""The stand-in's memory: numbered documents by resource, as the API answers with them, and how they are queried.

Numbers count from one within a resource, as on the platform. Parts of a document that are only loaded as relations
are documents of their own with a parent, or lie in it under the relation's name.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.lightspeed_r.wire import instant, stamp
from connectors.sandbox.lightspeed_r.errors import PosError, not_found
from connectors.sandbox.standin.store import StandInStore, dump, marks

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  resource TEXT NOT NULL, id INTEGER NOT NULL, parent INTEGER, body TEXT NOT NULL, PRIMARY KEY (resource, id));
CREATE INDEX IF NOT EXISTS document_parent ON document (resource, parent);
CREATE INDEX IF NOT EXISTS document_stamp ON document (resource, json_extract(body, '$.timeStamp'), id);
CREATE INDEX IF NOT EXISTS document_update ON document (resource, json_extract(body, '$.updatetime'), id);
CREATE INDEX IF NOT EXISTS document_origin ON document (resource, json_extract(body, '$.parentSaleLineID'));
CREATE TABLE IF NOT EXISTS alias (kind TEXT NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL,
  PRIMARY KEY (kind, name));
"""

IDENTITY: Mapping[str, str] = {
    name: f"{name[0].lower()}{name[1:]}ID"
    for name in (
        "Category",
        "Customer",
        "Discount",
        "Employee",
        "EmployeeHours",
        "InventoryCount",
        "InventoryCountItem",
        "InventoryCountReconcile",
        "InventoryLog",
        "Item",
        "ItemMatrix",
        "ItemShop",
        "ItemVendorNum",
        "Order",
        "OrderLine",
        "PaymentType",
        "PriceLevel",
        "Register",
        "RegisterCount",
        "RegisterCountAmount",
        "RegisterWithdraw",
        "Sale",
        "SaleAccount",
        "SaleLine",
        "SalePayment",
        "SaleVoid",
        "Shop",
        "Transfer",
        "TransferItem",
        "Vendor",
    )
}
"""Every resource and the field of its number."""

_SORTABLE = {"Sale": {"completeTime", "updatetime", "timeStamp"}, "Vendor": {"timeStamp", "name"}}
_UNSTAMPED = frozenset({"EmployeeHours", "InventoryLog", "Register", "RegisterCount", "RegisterWithdraw", "SaleVoid"})
_NO_FILTERS = frozenset({"limit", "sort", "after", "load_relations", "archived", "count"})
_FIELD = re.compile(r"^[A-Za-z]\w*$")
_OPERATOR = re.compile(r"^(>=|<=|><|!=|!~|>|<|=|~|IN),(.*)$", re.DOTALL)
_LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One page: bodies, and the place behind it or None."""

    bodies: list[dict[str, Any]]
    after: str | None


class Documents(StandInStore):
    """The R-Series stand-in's file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def add(self, resource: str, body: Mapping[str, Any], *, parent: str | None = None) -> dict[str, Any]:
        """Keep a new document under the next number; the document with it."""
        found = self.one("SELECT coalesce(max(id), 0) + 1 AS next FROM document WHERE resource = ?", resource)
        number = int(found["next"]) if found else 1
        whole = {IDENTITY[resource]: str(number), **body}
        self.run("INSERT INTO document VALUES (?, ?, ?, ?)", resource, number, parent, dump(whole))
        return whole

    def put(self, resource: str, body: Mapping[str, Any]) -> None:
        """Replace a document by its number."""
        number = int(body[IDENTITY[resource]])
        self.run("UPDATE document SET body = ? WHERE resource = ? AND id = ?", dump(body), resource, number)

    def drop(self, resource: str, number: str) -> None:
        """Forget a document."""
        self.run("DELETE FROM document WHERE resource = ? AND id = ?", resource, int(number))

    def find(self, resource: str, number: Any) -> dict[str, Any] | None:
        """A document by its number."""
        written = str(number)
        if not (written.isascii() and written.isdigit()):
            return None
        found = self.one("SELECT body FROM document WHERE resource = ? AND id = ?", resource, int(written))
        return None if found is None else dict(json.loads(found["body"]))

    def get(self, resource: str, number: Any, field: str = "") -> dict[str, Any]:
        """A document by its number.

        Raises:
            PosError: 404 when there is none.
        """
        found = self.find(resource, number)
        if found is None:
            raise not_found(f"{resource} {number}", field)
        return found

    def children(self, resource: str, parent: str) -> list[dict[str, Any]]:
        """The documents that belong to another."""
        return self.children_of(resource, [parent])

    def children_of(self, resource: str, parents: Sequence[str]) -> list[dict[str, Any]]:
        """The documents that belong to one of several others."""
        found = self.all(
            f"SELECT body FROM document WHERE resource = ? AND parent IN ({marks(len(parents))}) ORDER BY id",
            resource,
            *(int(parent) for parent in parents),
        )
        return [json.loads(row["body"]) for row in found]

    def refunds_of(self, line_ids: Sequence[str]) -> list[dict[str, Any]]:
        """Sale lines that give back what was sold on one of these."""
        found = self.all(
            "SELECT body FROM document WHERE resource = 'SaleLine' "
            f"AND json_extract(body, '$.parentSaleLineID') IN ({marks(len(line_ids))})",
            *line_ids,
        )
        return [json.loads(row["body"]) for row in found]

    def every(self, resource: str) -> list[dict[str, Any]]:
        """All documents of a resource."""
        found = self.all("SELECT body FROM document WHERE resource = ? ORDER BY id", resource)
        return [json.loads(row["body"]) for row in found]

    def name(self, kind: str, name: str, number: str) -> None:
        """Remember what the shop itself calls a document."""
        self.run("INSERT OR REPLACE INTO alias VALUES (?, ?, ?)", kind, name, int(number))

    def number(self, kind: str, name: Any) -> str | None:
        """The number of what the shop calls ``name``; a number of the platform is one already."""
        found = self.one("SELECT id FROM alias WHERE kind = ? AND name = ?", kind, str(name))
        if found is not None:
            return str(found["id"])
        return str(name) if self.find(kind, name) is not None else None

    def named(self, kind: str, number: str) -> str:
        """What the shop calls a document, else its number."""
        found = self.one("SELECT name FROM alias WHERE kind = ? AND id = ?", kind, int(number))
        return number if found is None else str(found["name"])

    def query(self, resource: str, params: Mapping[str, str], *, parent: str | None = None) -> Found:
        """A page of a resource, filtered and sorted as the API does.

        Raises:
            PosError: 400 for a parameter the API does not know.
        """
        identity = IDENTITY[resource]
        field, down, ordering = _sort(resource, params.get("sort", identity))
        where, values = _filters(resource, params)
        if parent is not None:
            where, values = [*where, "parent = ?"], [*values, int(parent)]
        limit = _limit(params)
        place = _read_place(params["after"]) if "after" in params else None
        expression = "id" if field == identity else f"json_extract(body, '$.{field}')"
        if place is not None:
            sign = "<" if down else ">"
            where.append(f"(id) {sign} (?)" if field == identity else f"({expression}, id) {sign} (?, ?)")
            values += place
        rows = self.all(
            f"SELECT id, {expression} AS place, body FROM document WHERE resource = ? "
            + "".join(f"AND {condition} " for condition in where)
            + f"ORDER BY {ordering} LIMIT ?",
            resource,
            *values,
            limit + 1,
        )
        bodies = [json.loads(row["body"]) for row in rows[:limit]]
        if len(rows) <= limit or not bodies:
            return Found(bodies, None)
        last = rows[limit - 1]
        return Found(bodies, _write_place([last["id"]] if field == identity else [last["place"], last["id"]]))

    def count(self, resource: str, params: Mapping[str, str]) -> int:
        """How many documents the filters let through."""
        where, values = _filters(resource, params)
        found = self.one(
            "SELECT count(*) AS n FROM document WHERE resource = ? " + "".join(f"AND {one} " for one in where),
            resource,
            *values,
        )
        return int(found["n"]) if found else 0


def _sort(resource: str, wanted: str) -> tuple[str, bool, str]:
    field, down = wanted.removeprefix("-"), wanted.startswith("-")
    identity = IDENTITY[resource]
    allowed = {identity} | _SORTABLE.get(resource, set() if resource in _UNSTAMPED else {"timeStamp"})
    if field not in allowed:
        raise PosError(400, f"Cannot sort {resource} by {field}. Allowed: {', '.join(sorted(allowed))}.", "sort")
    way = "DESC" if down else "ASC"
    ordering = f"id {way}" if field == identity else f"json_extract(body, '$.{field}') {way}, id {way}"
    return field, down, ordering


def _limit(params: Mapping[str, str]) -> int:
    written = params.get("limit", str(_LARGEST_PAGE))
    if not written.isdigit() or not 1 <= int(written) <= _LARGEST_PAGE:
        raise PosError(400, f"limit must be from 1 to {_LARGEST_PAGE}.", "limit")
    return int(written)


def _filters(resource: str, params: Mapping[str, str]) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    values: list[Any] = []
    archived = params.get("archived", "false")
    if archived != "true":
        where.append("coalesce(json_extract(body, '$.archived'), 'false') = ?")
        values.append("true" if archived == "only" else "false")
    for name, written in params.items():
        if name in _NO_FILTERS:
            continue
        if not _FIELD.match(name):
            raise PosError(400, f"{name} is not a parameter of {resource}.", name)
        match = _OPERATOR.match(written)
        operator, value = match.groups() if match else ("=", written)
        condition, given = _condition(name, operator, value)
        where.append(condition)
        values += given
    return where, values


def _condition(name: str, operator: str, value: str) -> tuple[str, list[Any]]:
    plain = f"json_extract(body, '$.{name}')"
    number = f"CAST({plain} AS REAL)"
    match operator:
        case "IN":
            wanted = [part.strip().strip('"') for part in value.strip("[]").split(",") if part.strip()]
            return (f"{plain} IN ({marks(len(wanted))})", list(wanted)) if wanted else ("0", [])
        case "~" | "!~":
            return f"{plain} {'NOT ' if operator == '!~' else ''}LIKE ?", [value]
        case "><":
            low, _, high = value.partition(",")
            first, second = _comparable(low), _comparable(high)
            side = number if isinstance(first, float) else plain
            return f"{side} BETWEEN ? AND ?", [first, second]
        case "=" | "!=":
            return f"{plain} {'=' if operator == '=' else '<>'} ?", [value]
        case _:
            given = _comparable(value)
            return f"{number if isinstance(given, float) else plain} {operator} ?", [given]


def _comparable(value: str) -> float | str:
    """A number, or a stamp as the documents have it, or the text itself."""
    for read in (float, lambda written: stamp(instant(written))):
        try:
            found: float | str = read(value)
        except ValueError:
            continue
        return found
    return value


def _write_place(place: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _read_place(written: str) -> list[Any]:
    try:
        place = json.loads(base64.urlsafe_b64decode(written.encode()))
    except ValueError:
        place = None
    if not isinstance(place, list) or not 1 <= len(place) <= 2:
        raise PosError(400, "after is not a place in this list.", "after")
    return place
