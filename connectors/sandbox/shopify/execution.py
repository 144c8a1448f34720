"""Answering a document: exactly the fields it selects, in the schema's shapes, with connections cut into pages.

Objects are mappings; one that is kept only as ``{"id": ...}`` is read from the store when more of it is asked for. A
list whose selection asks for ``nodes`` or ``edges`` is a connection. Fields with logic of their own are ``resolvers``.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.sandbox.shopify.errors import GraphError, denied
from connectors.sandbox.shopify.store import ShopStore
from connectors.sandbox.shopify.syntax import Selection, Variable

_MOST_IN_A_PAGE = 250
_CONNECTION_FIELDS = frozenset({"nodes", "edges", "pageInfo"})


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a connection: nodes with their cursors."""

    nodes: Sequence[Mapping[str, Any]]
    cursors: Sequence[str]
    has_next: bool


Resolver = Callable[[Mapping[str, Any], Mapping[str, Any]], Any]


@dataclass
class Execution:
    """One request being answered.

    ``withheld`` are fields that this token or plan may not see: they come back null with an error. In a ``bulk``
    connections have no pages.
    """

    store: ShopStore
    variables: Mapping[str, Any]
    resolvers: Mapping[tuple[str, str], Resolver]
    withheld: frozenset[str] = frozenset()
    bulk: bool = False
    errors: list[GraphError] = field(default_factory=list)

    def included(self, selection: Selection) -> bool:
        """What ``@include`` and ``@skip`` say."""
        include = selection.directives.get("include")
        skip = selection.directives.get("skip")
        return (include is None or bool(self.value(include.get("if")))) and not (
            skip is not None and bool(self.value(skip.get("if")))
        )

    def value(self, given: Any) -> Any:
        """An argument with its variables put in."""
        if isinstance(given, Variable):
            return self.variables.get(given.name)
        if isinstance(given, list):
            return [self.value(item) for item in given]
        if isinstance(given, dict):
            return {name: self.value(item) for name, item in given.items()}
        return given

    def arguments(self, selection: Selection) -> dict[str, Any]:
        """The arguments of a field."""
        return {name: self.value(given) for name, given in selection.arguments.items()}

    def project(self, value: Any, selection: Selection, path: tuple[str | int, ...]) -> Any:
        """A value as its selection wants it.

        Raises:
            GraphError: the selection asks for something that is not there.
        """
        if value is None or not selection.selections:
            return value
        if isinstance(value, Slice):
            return self._connection(value, selection, path)
        if isinstance(value, list):
            if _CONNECTION_FIELDS & {inner.name for inner in selection.selections}:
                return self._connection(self.slice(value, self.arguments(selection)), selection, path)
            first = self.arguments(selection).get("first")
            return [
                self.project(item, selection, (*path, index)) for index, item in enumerate(value[: first or len(value)])
            ]
        return self.select(value, selection.selections, path)

    def select(
        self, source: Mapping[str, Any], selections: Sequence[Selection], path: tuple[str | int, ...]
    ) -> dict[str, Any]:
        """The selected fields of an object."""
        found: dict[str, Any] = {}
        for selection in selections:
            if not self.included(selection):
                continue
            if selection.on:
                if selection.on == type_of(source) or (selection.on == "Node" and source.get("id")):
                    found |= self.select(source, selection.selections, path)
                continue
            here = (*path, selection.alias)
            if selection.name in self.withheld:
                self.errors.append(denied(selection.name, here))
                found[selection.alias] = None
                continue
            value = self._field(source, selection, here)
            found[selection.alias] = self.project(value, selection, here)
        return found

    def slice(self, items: Sequence[Mapping[str, Any]], arguments: Mapping[str, Any]) -> Slice:
        """A page of a list that is kept inside an object."""
        start = int(read_cursor(arguments.get("after"))[0]) + 1 if arguments.get("after") else 0
        first = len(items) if self.bulk else page_size(arguments)
        some = list(items[start : start + first])
        cursors = [write_cursor([start + index]) for index in range(len(some))]
        return Slice(some, cursors, start + first < len(items))

    def _field(self, source: Mapping[str, Any], selection: Selection, path: tuple[str | int, ...]) -> Any:
        name, kind = selection.name, type_of(source)
        if name == "__typename":
            return kind
        resolver = self.resolvers.get((kind, name))
        if resolver is not None:
            whole = source if len(source) > 1 else self.store.get(str(source.get("id"))) or source
            return resolver(whole, self.arguments(selection))
        if name in source:
            return source[name]
        kept = self.store.get(str(source["id"])) if source.get("id") else None
        if kept is None or name not in kept:
            raise GraphError("undefinedField", f"Field '{name}' doesn't exist on type '{kind}'", path=path)
        return kept[name]

    def _connection(self, page: Slice, selection: Selection, path: tuple[str | int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for inner in selection.selections:
            here = (*path, inner.alias)
            if inner.name == "nodes":
                found[inner.alias] = [
                    self.project(node, inner, (*here, index)) for index, node in enumerate(page.nodes)
                ]
            elif inner.name == "edges":
                edges = [
                    {"node": node, "cursor": cursor} for node, cursor in zip(page.nodes, page.cursors, strict=True)
                ]
                found[inner.alias] = [self.project(edge, inner, (*here, index)) for index, edge in enumerate(edges)]
            elif inner.name == "pageInfo":
                info = {
                    "__typename": "PageInfo",
                    "hasNextPage": page.has_next,
                    "hasPreviousPage": False,
                    "startCursor": page.cursors[0] if page.cursors else None,
                    "endCursor": page.cursors[-1] if page.cursors else None,
                }
                found[inner.alias] = self.project(info, inner, here)
            else:
                raise GraphError("undefinedField", f"Field '{inner.name}' doesn't exist on a connection", path=here)
        return found


def type_of(source: Mapping[str, Any]) -> str:
    """The type of an object: what it says, or the kind in its id."""
    if source.get("__typename"):
        return str(source["__typename"])
    return str(source.get("id") or "").removeprefix("gid://shopify/").split("/", 1)[0]


def page_size(arguments: Mapping[str, Any]) -> int:
    """``first``, which Shopify wants.

    Raises:
        GraphError: it is missing or out of bounds.
    """
    first = arguments.get("first")
    if not isinstance(first, int) or isinstance(first, bool) or first < 1:
        raise GraphError("BAD_REQUEST", "you must provide one of first or last")
    if first > _MOST_IN_A_PAGE:
        raise GraphError("BAD_REQUEST", f"first cannot exceed {_MOST_IN_A_PAGE}")
    return first


def write_cursor(place: Sequence[Any]) -> str:
    """A cursor that stands at ``place``."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def read_cursor(cursor: Any) -> list[Any]:
    """The place of a cursor.

    Raises:
        GraphError: it is none of ours.
    """
    try:
        place = json.loads(base64.urlsafe_b64decode(str(cursor)))
    except ValueError:
        place = None
    if not isinstance(place, list) or not place:
        raise GraphError("BAD_REQUEST", "Invalid cursor for current pagination sort.")
    return place
