"""The stand-in over HTTP: Clover's paths, tokens, limits and error shapes, and the faults on order."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.clover.client import millis
from connectors.sandbox.clover.errors import bad, body_of, not_found, unauthorized
from connectors.sandbox.clover.pos import CloverStandIn
from connectors.sandbox.clover.query import KINDS, answer_list, read_query, shown
from connectors.sandbox.clover.store import new_id
from connectors.sandbox.clover.webhook import Update, send_webhook
from connectors.sandbox.standin.admission import Access, bearer_access, json_object
from connectors.sandbox.standin.faults import Faults
from connectors.sandbox.standin.happenings import RefusalError
from connectors.sandbox.standin.operations import ApiOperation, api, faults_of

_ROOT = "/v3/merchants/{mId}"
_RATE, _AT_ONCE = 16, 5
_ITEM_FIELDS = frozenset({"name", "price", "priceType", "hidden", "available", "autoManage", "cost", "code", "sku"})
_LISTS = tuple(kind for kind in KINDS if kind != "line_items")


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the door: path and query parameters, and the body."""

    path: Mapping[str, str]
    params: Mapping[str, Sequence[str]]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation(ApiOperation[Callable[[CloverStandIn, Call], Mapping[str, Any] | None]]):
    """One thing the API does."""


def _list(kind: str) -> Operation:
    def run(pos: CloverStandIn, call: Call) -> Mapping[str, Any]:
        return answer_list(kind, pos.store.listing(kind), read_query(kind, call.params), millis(pos.now()))

    return Operation(f"{kind}.list", "GET", f"/{kind}", run)


def _one(kind: str) -> Operation:
    def run(pos: CloverStandIn, call: Call) -> Mapping[str, Any]:
        return shown(kind, _found(pos, kind, call.path["id"]), read_query(kind, call.params).expand)

    return Operation(f"{kind}.get", "GET", f"/{kind}/{{id}}", run)


def _found(pos: CloverStandIn, kind: str, identity: str) -> Mapping[str, Any]:
    if kind == "item_stocks" and pos.store.find(kind, identity) is None:
        # An item nobody counted has a stock of nothing.
        pos.store.get("items", identity)
        return {"item": {"id": identity}, "stockCount": 0, "quantity": 0}
    return pos.store.get(kind, identity)


def _line_items(pos: CloverStandIn, call: Call) -> Mapping[str, Any]:
    order = pos.store.get("orders", call.path["id"])
    return answer_list("line_items", order["lineItems"], read_query("line_items", call.params), millis(pos.now()))


def _merchant(part: str) -> Callable[[CloverStandIn, Call], Mapping[str, Any]]:
    return lambda pos, _: pos.store.get("merchant", part)


def _update_item(pos: CloverStandIn, call: Call) -> Mapping[str, Any]:
    unknown = sorted(set(call.body) - _ITEM_FIELDS)
    if unknown or not call.body:
        raise bad(f"{unknown[0] if unknown else 'body'} cannot be set")
    price = call.body.get("price", 0)
    if not isinstance(price, int) or isinstance(price, bool) or price < 0:
        raise bad("price must be a whole number of cents")
    with pos.store.transaction():
        before = pos.store.get("items", call.path["id"])
        after = {**before, **call.body, "modifiedTime": pos.store.stamp(pos.now())}
        pos.store.put("items", before["id"], after)
        _note(pos, "items.update", before["id"], before, after, call.body)
    return shown("items", after, frozenset())


def _update_stock(pos: CloverStandIn, call: Call) -> Mapping[str, Any]:
    try:
        quantity = Decimal(str(call.body["quantity"]))
    except (KeyError, InvalidOperation):
        raise bad("quantity must be a number") from None
    with pos.store.transaction():
        identity = call.path["id"]
        before = _found(pos, "item_stocks", identity)
        after = pos.set_stock(identity, quantity, pos.store.stamp(pos.now()))
        _note(pos, "item_stocks.update", identity, before, after, call.body)
    return after


def _create_discount(pos: CloverStandIn, call: Call) -> Mapping[str, Any]:
    kinds = {"amount", "percentage", "percentageDecimal"} & set(call.body)
    if not call.body.get("name") or len(kinds) != 1:
        raise bad("a discount has a name and either an amount or a percentage")
    if "amount" in kinds and call.body["amount"] > 0:
        raise bad("the amount of a discount must be negative")
    with pos.store.transaction():
        made = {"id": new_id(), "name": call.body["name"], **{name: call.body[name] for name in kinds}}
        pos.store.put("discounts", made["id"], {**made, "_createdTime": pos.store.stamp(pos.now())})
        _note(pos, "discounts.create", made["id"], None, made, call.body)
    return made


def _delete_discount(pos: CloverStandIn, call: Call) -> None:
    with pos.store.transaction():
        before = pos.store.get("discounts", call.path["id"])
        pos.store.drop("discounts", before["id"])
        _note(pos, "discounts.delete", before["id"], before, None, {})


def _note(
    pos: CloverStandIn, operation: str, identity: str, before: Any, after: Any, request: Mapping[str, Any]
) -> None:
    at = pos.now().isoformat()
    pos.store.record_effect(
        at, operation, identity, before=before, after=after, request=request, location_id=pos.store_id
    )


OPERATIONS = (
    Operation("merchant.get", "GET", "", _merchant("self")),
    Operation("merchant.properties", "GET", "/properties", _merchant("properties")),
    Operation("merchant.address", "GET", "/address", _merchant("address")),
    *(_list(kind) for kind in _LISTS),
    *(_one(kind) for kind in _LISTS),
    Operation("line_items.list", "GET", "/orders/{id}/line_items", _line_items),
    Operation("items.update", "POST", "/items/{id}", _update_item, writes=True),
    Operation("item_stocks.update", "POST", "/item_stocks/{id}", _update_stock, writes=True),
    Operation("discounts.create", "POST", "/discounts", _create_discount, writes=True),
    Operation("discounts.delete", "DELETE", "/discounts/{id}", _delete_discount, writes=True),
)


def clover_app(pos: CloverStandIn, faults: Faults | None = None) -> Starlette:
    """Clover's API over ``pos``; pass the ``faults`` that ``control_routes`` orders."""
    door = _Door()
    return api(OPERATIONS, lambda operation: _Wire(pos, operation, door), faults or new_faults(), _unknown, _ROOT)


def new_faults() -> Faults:
    """An empty list of faults for these operations."""
    return faults_of(OPERATIONS)


class _Door:
    """How many requests are being answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0

    def enter(self) -> bool:
        with self._lock:
            self._inside += 1
            return self._inside <= _AT_ONCE

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1


class _Wire:
    """One operation as Clover answers it."""

    def __init__(self, pos: CloverStandIn, operation: Operation, door: _Door) -> None:
        self._pos = pos
        self._operation = operation
        self._door = door

    @property
    def hang_seconds(self) -> float:
        """As the stand-in was told."""
        return self._pos.hang_seconds

    def server_error(self) -> Response:
        """Clover's own trouble."""
        return JSONResponse({"message": "Internal Server Error"}, 500)

    def throttled(self) -> Response:
        """Too many requests a second for the token."""
        headers = {"X-RateLimit-tokenLimit": str(_RATE), "retry-after": "1"}
        return JSONResponse({"message": "429 Too Many Requests"}, 429, headers)

    def expired(self) -> Response:
        """A token that was good once; it looks like any other that is not."""
        return JSONResponse(body_of(unauthorized()), 401)

    def after(self, response: Response) -> None:
        """Tell of a changed item."""
        target = self._pos.webhook
        about_items = self._operation.name in ("items.update", "item_stocks.update")
        if target is None or not about_items or response.status_code != 200:
            return
        changed = json.loads(bytes(response.body))
        identity = changed.get("id") or changed["item"]["id"]
        send_webhook(target, Update(f"I:{identity}", "UPDATE", changed["modifiedTime"]), self._pos.merchant_id)

    def answer(self, request: Request, content: bytes) -> Response:
        """Admit, run, answer; refusals in Clover's shape."""
        try:
            if not self._door.enter():
                headers = {"X-RateLimit-tokenConcurrentLimit": str(_AT_ONCE), "retry-after": "1"}
                return JSONResponse({"message": "429 Too Many Requests"}, 429, headers)
            self._admit(request)
            params = {name: request.query_params.getlist(name) for name in request.query_params}
            self._pos.play()
            found = self._operation.run(self._pos, Call(request.path_params, params, _parsed(content)))
        except RefusalError as error:
            return JSONResponse(body_of(error), error.status)
        finally:
            self._door.leave()
        return Response(status_code=200) if found is None else JSONResponse(dict(found))

    def _admit(self, request: Request) -> None:
        access = bearer_access(request, self._pos)
        allowed = access is Access.WRITE or (access is Access.READ and not self._operation.writes)
        if not allowed or request.path_params["mId"] != self._pos.merchant_id:
            raise unauthorized()


def _parsed(content: bytes) -> Mapping[str, Any]:
    if not content:
        return {}
    body = json_object(content)
    if body is None:
        raise bad("the body must be a JSON object")
    return body


def _unknown(_: Request, __: Exception) -> Response:
    return JSONResponse(body_of(not_found()), 404)
