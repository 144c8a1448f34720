"""The stand-in POS over HTTP: Square's paths, tokens, version header and error shapes, and the faults on order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.sandbox.square.errors import PosError
from connectors.sandbox.square.operations import OPERATIONS, Operation
from connectors.sandbox.square.pos import StandInPos
from connectors.sandbox.standin.admission import BODY_LIMIT, Access, bearer_access, json_object
from connectors.sandbox.standin.faults import Faults
from connectors.sandbox.standin.happenings import Happening
from connectors.sandbox.standin.operations import Call, api, faults_of

_VERSION = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_RETRY_AFTER_SECONDS = "1"


def pos_app(pos: StandInPos, faults: Faults | None = None) -> Starlette:
    """Square's API over ``pos``, to be mounted anywhere; pass the ``faults`` that ``control_routes`` orders."""
    return api(OPERATIONS, lambda operation: _Wire(pos, operation), faults or new_faults(), _unknown_path)


def new_faults() -> Faults:
    """An empty list of faults for these operations."""
    return faults_of(OPERATIONS)


class _Wire:
    """One operation as Square answers it."""

    def __init__(self, pos: StandInPos, operation: Operation) -> None:
        self._pos = pos
        self._operation = operation

    @property
    def hang_seconds(self) -> float:
        """As the stand-in was told."""
        return self._pos.hang_seconds

    def server_error(self) -> Response:
        """Square's own trouble."""
        return JSONResponse(PosError(500, "INTERNAL_SERVER_ERROR", "An internal error has occurred.").body(), 500)

    def throttled(self) -> Response:
        """Too many requests, with the seconds to wait."""
        body = PosError(429, "RATE_LIMITED", "Too many requests.").body()
        return JSONResponse(body, 429, {"Retry-After": _RETRY_AFTER_SECONDS})

    def expired(self) -> Response:
        """A token that was good once."""
        return JSONResponse(PosError(401, "ACCESS_TOKEN_EXPIRED", "The access token has expired.").body(), 401)

    def after(self, response: Response) -> None:
        """Tell of what was written."""
        if self._operation.event is None or response.status_code != 200 or self._pos.webhook is None:
            return
        event = self._operation.event(json.loads(bytes(response.body)), self._pos.now())
        self._pos.tell(Happening({}, event))

    def answer(self, request: Request, content: bytes) -> Response:
        """Admit, run, answer; refusals in Square's shape."""
        version = request.headers.get("square-version", "")
        try:
            self._admit(request, version)
            call = Call(request.path_params, dict(request.query_params), _parsed(content))
            self._pos.play()
            body: Mapping[str, Any] = self._operation.run(self._pos, call)
            status = 200
        except PosError as error:
            body, status = error.body(), error.status
        headers = {"Square-Version": version} if version else {}
        return JSONResponse(body, status, headers)

    def _admit(self, request: Request, version: str) -> None:
        access = bearer_access(request, self._pos)
        if access is Access.NONE:
            raise PosError(401, "UNAUTHORIZED", "This request could not be authorized.")
        if self._operation.writes and access is not Access.WRITE:
            raise PosError(403, "INSUFFICIENT_SCOPES", "The access token lacks the permission for this.")
        if version and not _VERSION.match(version):
            raise PosError(400, "INVALID_SQUARE_VERSION_FORMAT", "Square-Version must be YYYY-MM-DD.")


def _parsed(content: bytes) -> Mapping[str, Any]:
    if not content:
        return {}
    if len(content) > BODY_LIMIT:
        raise PosError(413, "REQUEST_ENTITY_TOO_LARGE", "The body is too large.")
    body = json_object(content)
    if body is None:
        raise PosError(400, "EXPECTED_JSON_BODY", "The body must be a JSON object.")
    return body


def _unknown_path(request: Request, _: Exception) -> Response:
    detail = f"{request.method} {request.url.path} is not part of this stand-in."
    return JSONResponse(PosError(404, "NOT_FOUND", detail).body(), 404)
