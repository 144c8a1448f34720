"""From a request to an answer: admit its fields, price it, run it, and say what it cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.sandbox.shopify.bulk import Bulk
from connectors.sandbox.shopify.errors import GraphError, denied
from connectors.sandbox.shopify.events import Event
from connectors.sandbox.shopify.execution import Execution
from connectors.sandbox.shopify.mutations import FOR_READERS, Mutations
from connectors.sandbox.shopify.pos import StandInShop
from connectors.sandbox.shopify.queries import Queries
from connectors.sandbox.shopify.syntax import Operation, Selection, Variable, parse

MOST_POINTS = 1000
_MUTATION_POINTS = 10
_MAXIMUM = 2000.0
_RESTORE = 100.0


class Answering:
    """Answers GraphQL requests over a shop."""

    def __init__(self, shop: StandInShop) -> None:
        self._shop = shop
        self._events: list[Event] = []
        self._base_url = ""
        self.bulk = Bulk(shop.store, self._whole, lambda: shop.bulk_polls, lambda: shop.bulk_fails)
        self._queries = Queries(
            shop.store,
            shop.stock,
            shop.campaigns,
            shop.shop,
            lambda: list(shop.scopes),
            lambda identity: self.bulk.operation(identity, self._base_url),
            shop.now,
        )
        self._mutations = Mutations(
            shop.store, shop.catalog, shop.stock, shop.campaigns, self.bulk, self._events.append, shop.now
        )

    def take_events(self) -> list[Event]:
        """The events of what was written since they were last taken."""
        taken = list(self._events)
        self._events.clear()
        return taken

    def answer(self, body: Mapping[str, Any], *, may_write: bool, base_url: str) -> dict[str, Any]:
        """The answer to a request.

        Raises:
            NotADocumentError: not a document.
            GraphError: the whole request is refused.
        """
        self._base_url = base_url
        operation = parse(str(body.get("query") or ""))
        execution = Execution(
            self._shop.store, body.get("variables") or {}, self._queries.resolvers(), self._shop.withheld
        )
        cost = _points(operation, execution)
        if cost > MOST_POINTS:
            raise GraphError(
                "MAX_COST_EXCEEDED", f"Query cost is {cost}, which exceeds the single query max cost limit."
            )
        with self._shop.store.transaction():
            data = self._run(operation, execution, may_write=may_write)
        answer: dict[str, Any] = {"data": data}
        if execution.errors:
            answer["errors"] = [fault.error() for fault in execution.errors]
        status = {"maximumAvailable": _MAXIMUM, "currentlyAvailable": _MAXIMUM - cost, "restoreRate": _RESTORE}
        answer["extensions"] = {"cost": {"requestedQueryCost": cost, "actualQueryCost": cost, "throttleStatus": status}}
        return answer

    def _run(self, operation: Operation, execution: Execution, *, may_write: bool) -> dict[str, Any]:
        roots = self._queries.roots()
        data: dict[str, Any] = {}
        for selection in operation.selections:
            name, path = selection.name, (selection.alias,)
            if not execution.included(selection):
                continue
            if name in execution.withheld:
                execution.errors.append(denied(name, path))
                data[selection.alias] = None
                continue
            asked = execution.arguments(selection)
            if operation.kind == "mutation":
                if name not in self._mutations.names():
                    raise GraphError("undefinedField", f"Field '{name}' doesn't exist on type 'Mutation'", path=path)
                if not may_write and name not in FOR_READERS:
                    raise denied(name, path)
                key = execution.value((selection.directives.get("idempotent") or {}).get("key"))
                value: Any = self._mutations.run(name, asked, key)
            elif name in roots:
                value = roots[name](asked)
            else:
                raise GraphError("undefinedField", f"Field '{name}' doesn't exist on type 'QueryRoot'", path=path)
            data[selection.alias] = execution.project(value, selection, path)
        return data

    def _whole(self, text: str) -> Mapping[str, Any]:
        """A bulk query's data, with every connection whole."""
        operation = parse(text)
        execution = Execution(self._shop.store, {}, self._queries.resolvers(), self._shop.withheld, bulk=True)
        roots = self._queries.roots(bulk=True)
        selection = operation.selections[0]
        value = roots[selection.name](execution.arguments(selection))
        found = {selection.alias: execution.project(value, selection, (selection.alias,))}
        if execution.errors:
            raise execution.errors[0]
        return found


def _points(operation: Operation, execution: Execution) -> int:
    """What a request costs: an object a point, a connection as many as it may return, less the more it returns.

    Shopify does not publish its formula; what it answers is about a twentieth of objects times their children.
    """
    points = sum(_cost(selection, execution) for selection in operation.selections if execution.included(selection))
    return max(1, round(points)) + (_MUTATION_POINTS if operation.kind == "mutation" else 0)


def _cost(selection: Selection, execution: Execution) -> float:
    inner = sum(_cost(child, execution) for child in selection.selections if execution.included(child))
    if not selection.selections:
        return 0.0
    first = selection.arguments.get("first")
    size = execution.value(first) if isinstance(first, Variable) else first
    return 1.0 + inner if not isinstance(size, int) else 2.0 + size * inner / 20
