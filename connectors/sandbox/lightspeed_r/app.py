"""The stand-in over HTTP: the R-Series' paths, tokens, bucket headers and error shapes, and the faults on order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.lightspeed_r.bucket import request_cost
from connectors.sandbox.lightspeed_r.errors import PosError, refusal
from connectors.sandbox.lightspeed_r.pos import ACCOUNT_ID, StandInPos
from connectors.sandbox.lightspeed_r.wire import asked_for, loaded, one_or_many
from connectors.sandbox.standin.admission import BODY_LIMIT, Access, bearer_access, json_object
from connectors.sandbox.standin.faults import Faults
from connectors.sandbox.standin.operations import ApiOperation, api, faults_of

ROOT = f"/API/V3/Account/{ACCOUNT_ID}"
_COUNT_COST = 10.0
_READ = (
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
    "Order",
    "OrderLine",
    "PaymentType",
    "PriceLevel",
    "Register",
    "RegisterCount",
    "RegisterWithdraw",
    "Sale",
    "SaleLine",
    "SalePayment",
    "SaleVoid",
    "Shop",
    "Vendor",
)


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the door: the number in its path, its address, query parameters and body."""

    number: str
    url: str
    params: Mapping[str, str]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation(ApiOperation[Callable[[StandInPos, Call], Mapping[str, Any]]]):
    """One thing the API does; ``cost`` is what it takes of the bucket when no relations are asked for with it."""

    cost: float = 1.0


def _list_of(resource: str) -> Operation:
    return Operation(f"{resource}.list", "GET", f"{ROOT}/{resource}.json", lambda pos, call: _page(pos, resource, call))


def _one_of(resource: str) -> Operation:
    def run(pos: StandInPos, call: Call) -> Mapping[str, Any]:
        body = pos.documents.get(resource, call.number)
        relations = asked_for(call.params.get("load_relations"))
        return _single(resource, loaded(pos.documents, resource, [body], relations)[0])

    return Operation(f"{resource}.get", "GET", f"{ROOT}/{resource}/{{number}}.json", run)


def _write(
    name: str,
    method: str,
    path: str,
    run: Callable[[StandInPos], Callable[[str, Mapping[str, Any]], dict[str, Any]]],
    cost: float = 1.0,
) -> Operation:
    resource = name.partition(".")[0]

    def write(pos: StandInPos, call: Call) -> Mapping[str, Any]:
        with pos.documents.transaction():
            written = run(pos)(call.number, call.body)
            return _single(resource, loaded(pos.documents, resource, [written], frozenset())[0])

    return Operation(name, method, f"{ROOT}/{path}.json", write, writes=True, cost=cost)


def _transfer(pos: StandInPos, call: Call) -> Mapping[str, Any]:
    return _single("Transfer", pos.documents.get("Transfer", call.number))


def _transfer_items(pos: StandInPos, call: Call) -> Mapping[str, Any]:
    pos.documents.get("Transfer", call.number)
    return _page(pos, "TransferItem", call, parent=call.number)


def _add_items(pos: StandInPos, call: Call) -> Mapping[str, Any]:
    with pos.documents.transaction():
        return {"TransferItem": one_or_many(pos.writes.add_transfer_items(call.number, call.body))}


_TRANSFER = f"{ROOT}/Inventory/Transfer"
OPERATIONS = (
    Operation("Account.get", "GET", f"{ROOT}.json", lambda pos, _: pos.account()),
    *(_list_of(resource) for resource in _READ),
    *(_one_of(resource) for resource in _READ),
    _write("Item.update", "PUT", "Item/{number}", lambda pos: pos.writes.update_item),
    _write("Item.archive", "DELETE", "Item/{number}", lambda pos: pos.writes.archive_item),
    _write("Discount.create", "POST", "Discount", lambda pos: pos.writes.create_discount),
    _write("Discount.archive", "DELETE", "Discount/{number}", lambda pos: pos.writes.archive_discount),
    _write("Order.create", "POST", "Order", lambda pos: pos.writes.create_order),
    _write("OrderLine.create", "POST", "OrderLine", lambda pos: pos.writes.create_order_line),
    _write("InventoryCount.create", "POST", "InventoryCount", lambda pos: pos.writes.create_count),
    _write("InventoryCountItem.create", "POST", "InventoryCountItem", lambda pos: pos.writes.create_count_item),
    _write("InventoryCountItem.update", "PUT", "InventoryCountItem/{number}", lambda pos: pos.writes.update_count_item),
    _write(
        "InventoryCountReconcile.create",
        "POST",
        "InventoryCountReconcile",
        lambda pos: pos.writes.reconcile,
        cost=10.0,
    ),
    _write("Transfer.create", "POST", "Inventory/Transfer", lambda pos: pos.writes.create_transfer),
    Operation("Transfer.add_items", "POST", f"{_TRANSFER}/{{number}}/AddItems.json", _add_items, writes=True),
    Operation("Transfer.list", "GET", f"{_TRANSFER}.json", lambda pos, call: _page(pos, "Transfer", call)),
    Operation("Transfer.get", "GET", f"{_TRANSFER}/{{number}}.json", _transfer),
    Operation("TransferItem.list", "GET", f"{_TRANSFER}/{{number}}/TransferItems.json", _transfer_items),
)


def pos_app(pos: StandInPos, faults: Faults | None = None) -> Starlette:
    """The R-Series API over ``pos``, to be mounted anywhere; pass the ``faults`` that ``control_routes`` orders."""
    return api(OPERATIONS, lambda operation: _Wire(pos, operation), faults or new_faults(), _unknown_path)


def new_faults() -> Faults:
    """An empty list of faults for these operations."""
    return faults_of(OPERATIONS)


class _Wire:
    """One operation as the R-Series answers it."""

    def __init__(self, pos: StandInPos, operation: Operation) -> None:
        self._pos = pos
        self._operation = operation

    @property
    def hang_seconds(self) -> float:
        """As the stand-in was told."""
        return self._pos.hang_seconds

    def server_error(self) -> Response:
        """The platform's own trouble."""
        return JSONResponse(refusal(500, "An unexpected error occurred."), 500)

    def throttled(self) -> Response:
        """Too many requests, with the seconds to wait."""
        _, headers = self._pos.limiter.admit(0.0)
        body = refusal(429, "Rate limit exceeded.")
        return JSONResponse(body, 429, {**headers, "X-LS-Api-RateLimit-Type": "api-leaky-bucket", "Retry-After": "1"})

    def expired(self) -> Response:
        """A token that was good once."""
        return JSONResponse(refusal(401, "Invalid access token."), 401)

    def after(self, response: Response) -> None:
        """Nothing: there are no webhooks to send."""

    def answer(self, request: Request, content: bytes) -> Response:
        """Admit, run, answer; refusals in the platform's shape, the bucket's level on each."""
        headers: Mapping[str, str] = {}
        try:
            self._admit(request)
            params = dict(request.query_params)
            admitted, headers = self._pos.limiter.admit(self._cost(params))
            if not admitted:
                return JSONResponse(refusal(429, "Rate limit exceeded."), 429, headers)
            address = str(request.url.replace(query=""))
            call = Call(str(request.path_params.get("number", "")), address, params, _parsed(content))
            self._pos.play()
            body, status = self._operation.run(self._pos, call), 200
        except PosError as error:
            body, status = error.body(), error.status
        return JSONResponse(body, status, headers)

    def _cost(self, params: Mapping[str, str]) -> float:
        if params.get("count") == "1":
            return _COUNT_COST
        relations = sorted(asked_for(params.get("load_relations")))
        return self._operation.cost - 1.0 + request_cost(relations, single=self._operation.name.endswith(".get"))

    def _admit(self, request: Request) -> None:
        access = bearer_access(request, self._pos)
        if access is Access.NONE:
            raise PosError(401, "Invalid access token.")
        if self._operation.writes and access is not Access.WRITE:
            raise PosError(403, "The access token does not include the scope for this endpoint.")


def _page(pos: StandInPos, resource: str, call: Call, *, parent: str | None = None) -> Mapping[str, Any]:
    params = call.params
    if params.get("count") == "1":
        return {"@attributes": {"count": str(pos.documents.count(resource, params))}}
    found = pos.documents.query(resource, params, parent=parent)
    following = ""
    if found.after is not None:
        following = f"{call.url}?{urlencode({**params, 'after': found.after})}"
    relations = asked_for(params.get("load_relations"))
    answer: dict[str, Any] = {"@attributes": {"next": following, "previous": ""}}
    bodies = loaded(pos.documents, resource, found.bodies, relations)
    if bodies:
        answer[resource] = one_or_many(bodies)
    return answer


def _single(resource: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"@attributes": {"count": "1"}, resource: dict(body)}


def _parsed(content: bytes) -> Mapping[str, Any]:
    if not content:
        return {}
    if len(content) > BODY_LIMIT:
        raise PosError(400, "The body is too large.")
    body = json_object(content)
    if body is None:
        raise PosError(400, "The body must be a JSON object.")
    return body


def _unknown_path(request: Request, _: Exception) -> Response:
    return JSONResponse(refusal(404, f"{request.method} {request.url.path} is not part of this stand-in."), 404)
