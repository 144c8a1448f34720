"""The strings of a stand-in POS: faults, effects, and things that happen in the store now. Demonstrations only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.sandbox.standin.admission import json_object
from connectors.sandbox.standin.faults import Faults
from connectors.sandbox.standin.happenings import Happening, RefusalError, StandIn

PREFIX = "/api/sandbox/pos"


def control_routes(pos: StandIn, faults: Faults) -> list[Route]:
    """``/api/sandbox/pos/*``; ``faults`` is the list given to the stand-in's application."""

    async def effects(_: Request) -> Response:
        return JSONResponse(dict(await run_in_threadpool(pos.effects)))

    async def list_faults(_: Request) -> Response:
        return JSONResponse(faults.listing())

    async def order_fault(request: Request) -> Response:
        try:
            return JSONResponse(faults.order(await _body(request)))
        except RefusalError as error:
            return _refused(error)

    happenings: dict[str, Callable[[Mapping[str, Any]], Happening]] = {
        "sale": pos.sell,
        "void": pos.void,
        "refund": pos.refund,
        "clock_in": pos.clock_in,
        "clock_out": pos.clock_out,
        "strike": pos.strike,
        "reprice": pos.reprice,
        "recount": pos.recount,
        "retire": pos.retire,
    }
    return [
        Route(f"{PREFIX}/effects", effects, methods=["GET"]),
        Route(f"{PREFIX}/faults", list_faults, methods=["GET"]),
        Route(f"{PREFIX}/faults", order_fault, methods=["POST"]),
        *(Route(f"{PREFIX}/{name}", _make(pos, happen), methods=["POST"]) for name, happen in happenings.items()),
    ]


def _make(pos: StandIn, happen: Callable[[Mapping[str, Any]], Happening]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            happening = await run_in_threadpool(happen, await _body(request))
        except RefusalError as error:
            return _refused(error)
        return JSONResponse(dict(happening.answer), background=BackgroundTask(pos.tell, happening))

    return endpoint


async def _body(request: Request) -> Mapping[str, Any]:
    body = json_object(await request.body() or b"{}")
    if body is None:
        raise RefusalError(400, "The body must be a JSON object.")
    return body


def _refused(error: RefusalError) -> Response:
    body = {"error": error.detail, "field": error.field} if error.field else {"error": error.detail}
    return JSONResponse(body, error.status)
