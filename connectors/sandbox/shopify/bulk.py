"""Bulk operations: a query run whole, flattened into JSON lines with ``__parentId``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.sandbox.shopify.errors import GraphError
from connectors.sandbox.shopify.store import ShopStore
from connectors.sandbox.shopify.syntax import NotADocumentError, Selection, parse

_MOST_CONNECTIONS = 5
_MOST_DEEP = 2
_MOST_AT_ONCE = 5


@dataclass
class Bulk:
    """Starts operations and tells of them.

    ``run`` executes a whole query, ``polls`` is how many looks at an operation it takes, ``fails`` whether it fails.
    """

    store: ShopStore
    run: Callable[[str], Mapping[str, Any]]
    polls: Callable[[], int]
    fails: Callable[[], bool]

    def start(self, text: str) -> dict[str, Any]:
        """``bulkOperationRunQuery``: the payload."""
        problem = _problem(text)
        if problem:
            error = {"code": "INVALID", "field": ["query"], "message": problem}
            return {"bulkOperation": None, "userErrors": [error]}
        try:
            lines = list(_flat(self.run(text)))
        except GraphError as fault:
            error = {"code": "INVALID", "field": ["query"], "message": fault.detail}
            return {"bulkOperation": None, "userErrors": [error]}
        running = self.store.one("SELECT count(*) AS n FROM bulk WHERE polls > 0")
        if running is not None and running["n"] >= _MOST_AT_ONCE:
            error = {"code": "LIMIT_REACHED", "field": ["query"], "message": "Too many bulk operations are running."}
            return {"bulkOperation": None, "userErrors": [error]}
        identity = self.store.new_id("BulkOperation")
        text_lines = "".join(f"{json.dumps(line)}\n" for line in lines)
        self.store.run("INSERT INTO bulk VALUES (?, ?, ?)", identity, self.polls(), text_lines)
        return {"bulkOperation": self._operation(identity, "CREATED", "", None), "userErrors": []}

    def operation(self, identity: str, base_url: str) -> dict[str, Any] | None:
        """``bulkOperation``; each look at it brings it nearer to its end."""
        found = self.store.one("SELECT polls, lines FROM bulk WHERE id = ?", identity)
        if found is None:
            return None
        if self.fails():
            return self._operation(identity, "FAILED", "", None)
        if found["polls"] > 0:
            self.store.run("UPDATE bulk SET polls = polls - 1 WHERE id = ?", identity)
            return self._operation(identity, "RUNNING", "", None)
        number = identity.rsplit("/", 1)[-1]
        url = f"{base_url.rstrip('/')}/bulk/{number}.jsonl" if found["lines"] else None
        return self._operation(identity, "COMPLETED", str(found["lines"]), url)

    def file(self, number: str) -> str | None:
        """The result of a finished operation."""
        found = self.store.one("SELECT lines FROM bulk WHERE id = ?", f"gid://shopify/BulkOperation/{number}")
        return None if found is None else str(found["lines"])

    def _operation(self, identity: str, status: str, lines: str, url: str | None) -> dict[str, Any]:
        objects = lines.count("\n")
        return {
            "id": identity,
            "status": status,
            "errorCode": "INTERNAL_SERVER_ERROR" if status == "FAILED" else None,
            "objectCount": str(objects),
            "rootObjectCount": str(sum(1 for line in lines.splitlines() if '"__parentId"' not in line)),
            "url": url,
        }


def _problem(text: str) -> str:
    if "$" in text:
        return "Variables are not allowed in a bulk query."
    try:
        operation = parse(text)
    except NotADocumentError as fault:
        return f"Invalid bulk query: {fault}"
    if operation.kind != "query" or len(operation.selections) != 1:
        return "A bulk query has one root field."
    connections = list(_connections(operation.selections[0], 1))
    if not connections:
        return "Bulk queries must contain at least one connection."
    if len(connections) > _MOST_CONNECTIONS:
        return f"Bulk queries cannot contain more than {_MOST_CONNECTIONS} connections."
    if max(connections) > _MOST_DEEP:
        return f"Bulk queries cannot nest connections deeper than {_MOST_DEEP}."
    return ""


def _connections(selection: Selection, depth: int) -> Iterator[int]:
    edges = next((inner for inner in selection.selections if inner.name in ("edges", "nodes")), None)
    if edges is not None:
        yield depth
        depth += 1
    for inner in selection.selections:
        yield from _connections(inner, depth)


def _flat(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for connection in data.values():
        for edge in connection["edges"]:
            yield from _lines(edge["node"], None)


def _lines(node: Mapping[str, Any], parent: str | None) -> Iterator[dict[str, Any]]:
    own = {name: value for name, value in node.items() if not _is_connection(value)}
    yield {**own, "__parentId": parent} if parent else own
    for value in node.values():
        if _is_connection(value):
            for edge in value["edges"]:
                yield from _lines(edge["node"], str(node["id"]))


def _is_connection(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"edges"}
