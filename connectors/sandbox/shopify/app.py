"""The stand-in over HTTP: one address for every operation, told apart by the document's operation name."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from connectors.sandbox.shopify.answering import Answering
from connectors.sandbox.shopify.errors import INVALID_TOKEN, GraphError, TokenError
from connectors.sandbox.shopify.pos import StandInShop
from connectors.sandbox.shopify.syntax import NotADocumentError
from connectors.sandbox.standin.admission import BODY_LIMIT, Access, access_of, json_object
from connectors.sandbox.standin.endpoint import Endpoint
from connectors.sandbox.standin.faults import Faults
from connectors.shopify.operations import document_names, operation_name

DOWNLOAD = "BulkFile"
_NAMED = re.compile(r"\b(?:query|mutation)\s+(\w+)")
_BUCKET = {"maximumAvailable": 2000.0, "restoreRate": 100.0}
_ASKED_WHEN_THROTTLED = 50


def shop_app(shop: StandInShop, faults: Faults | None = None) -> Starlette:
    """Shopify's Admin API over ``shop``, to be mounted anywhere; pass the ``faults`` that ``control_routes`` orders."""
    ordered = faults or new_faults()
    answering = Answering(shop)
    routes = [
        Route(
            "/admin/api/{version}/graphql.json", Endpoint(_Wire(shop, answering), ordered, name_of), methods=["POST"]
        ),
        Route("/bulk/{number}.jsonl", Endpoint(_File(shop, answering), ordered, DOWNLOAD), methods=["GET"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: _unknown_path, 405: _unknown_path})


def new_faults() -> Faults:
    """An empty list of faults for the connector's operations, by the names they have in their documents."""
    return Faults(frozenset({DOWNLOAD, *(operation_name(name) for name in document_names())}))


def name_of(_: Request, content: bytes) -> str:
    """The operation that a request is about."""
    body = json_object(content) or {}
    if body.get("operationName"):
        return str(body["operationName"])
    found = _NAMED.search(str(body.get("query") or ""))
    return found.group(1) if found else ""


class _Wire:
    """A GraphQL request as Shopify answers it."""

    def __init__(self, shop: StandInShop, answering: Answering) -> None:
        self._shop = shop
        self._answering = answering

    @property
    def hang_seconds(self) -> float:
        """As the stand-in was told."""
        return self._shop.hang_seconds

    def server_error(self) -> Response:
        """Shopify's own trouble."""
        return JSONResponse({"errors": "Internal Server Error"}, 500)

    def throttled(self) -> Response:
        """Too much was asked for: said inside a 200."""
        fault = GraphError("THROTTLED", "Throttled")
        status = {**_BUCKET, "currentlyAvailable": _ASKED_WHEN_THROTTLED - 10.0}
        cost = {"requestedQueryCost": _ASKED_WHEN_THROTTLED, "actualQueryCost": None, "throttleStatus": status}
        return JSONResponse({"errors": [fault.error()], "extensions": {"cost": cost}})

    def expired(self) -> Response:
        """A token that was good once."""
        return JSONResponse({"errors": INVALID_TOKEN}, 401)

    def after(self, response: Response) -> None:  # noqa: ARG002 the events are kept apart from the answer
        """Send the webhooks of what was written."""
        for event in self._answering.take_events():
            self._shop.send(event)

    def answer(self, request: Request, content: bytes) -> Response:
        """Admit, run, answer; refusals in Shopify's shape."""
        try:
            writes = self._admit(request)
            body = json_object(content)
            if body is None or len(content) > BODY_LIMIT:
                return JSONResponse({"errors": {"query": "Required parameter missing or invalid"}}, 400)
            self._shop.play()
            answer = self._answering.answer(body, may_write=writes, base_url=str(request.url).partition("/admin/")[0])
        except TokenError as fault:
            return JSONResponse({"errors": fault.detail}, fault.status)
        except NotADocumentError as fault:
            answer = {"errors": [{"message": f"Parse error: {fault}"}]}
        except GraphError as fault:
            answer = {"errors": [fault.error()]}
        return JSONResponse(answer, headers={"X-Shopify-API-Version": str(request.path_params["version"])})

    def _admit(self, request: Request) -> bool:
        """Whether the token may write."""
        token = request.headers.get("x-shopify-access-token", "")
        access = access_of(token, self._shop)
        if access is Access.NONE:
            raise TokenError(401, INVALID_TOKEN)
        return access is Access.WRITE


class _File(_Wire):
    """The result of a bulk operation; its address is all that is needed to read it."""

    def answer(self, request: Request, content: bytes) -> Response:  # noqa: ARG002 a file is only read
        """The JSON lines."""
        if request.headers.get("x-shopify-access-token"):
            return PlainTextResponse("A token has no business here.", 400)
        text = self._answering.bulk.file(str(request.path_params["number"]))
        return PlainTextResponse(text or "", 200 if text is not None else 404, media_type="application/jsonl")


def _unknown_path(request: Request, _: Exception) -> Response:
    return JSONResponse({"errors": f"{request.method} {request.url.path} is not part of this stand-in."}, 404)
