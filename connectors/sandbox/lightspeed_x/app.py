"""The stand-in over HTTP: Lightspeed X's paths, tokens, limits and error shapes, and the faults on order."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.sandbox.lightspeed_x.errors import XError
from connectors.sandbox.lightspeed_x.operations import OPERATIONS, Operation
from connectors.sandbox.lightspeed_x.pos import StandInX
from connectors.sandbox.lightspeed_x.webhook import Event, send_webhook
from connectors.sandbox.standin.admission import BODY_LIMIT, Access, bearer_access, json_object
from connectors.sandbox.standin.faults import Faults
from connectors.sandbox.standin.operations import Call, api, faults_of

_WINDOW_SECONDS = 300.0


def x_app(pos: StandInX, faults: Faults | None = None) -> Starlette:
    """Lightspeed X's API over ``pos``, to be mounted anywhere; pass the ``faults`` that ``control_routes`` orders."""
    window = Window(pos.allowance)
    return api(OPERATIONS, lambda operation: _Wire(pos, operation, window), faults or new_faults(), _unknown_path)


def new_faults() -> Faults:
    """An empty list of faults for these operations."""
    return faults_of(OPERATIONS)


class Window:
    """The allowance of requests in five minutes; in real time, whatever the shop's clock says."""

    def __init__(self, allowance: int | None) -> None:
        self._allowance = allowance
        self._lock = threading.Lock()
        self._since = time.monotonic()
        self._used = 0

    def take(self) -> tuple[dict[str, str], bool]:
        """The headers of an answer, and whether there was room for it."""
        if self._allowance is None:
            return {}, True
        with self._lock:
            if time.monotonic() - self._since >= _WINDOW_SECONDS:
                self._since, self._used = time.monotonic(), 0
            room = self._used < self._allowance
            self._used += int(room)
            left = self._allowance - self._used
        return {"X-RateLimit-Limit": str(self._allowance), "X-RateLimit-Remaining": str(left)}, room


class _Answered(JSONResponse):
    """An answer that knows what else has to be told."""

    event: Event | None = None


@dataclass(frozen=True, slots=True)
class _Wire:
    """One operation as Lightspeed X answers it."""

    pos: StandInX
    operation: Operation
    window: Window

    @property
    def hang_seconds(self) -> float:
        """As the stand-in was told."""
        return self.pos.hang_seconds

    def server_error(self) -> Response:
        """The platform's own trouble."""
        return JSONResponse({"error": "Internal Server Error", "message": "Something went wrong."}, 500)

    def throttled(self) -> Response:
        """Too many requests; when to come back is an HTTP date, which knows whole seconds only."""
        until = datetime.now(UTC) + timedelta(seconds=2)
        headers = {"Retry-After": format_datetime(until, usegmt=True)}
        return JSONResponse({"error": "Too Many Requests", "message": "Rate limiting enforced"}, 429, headers)

    def expired(self) -> Response:
        """A token that was good once."""
        return JSONResponse({"error": "Unauthorized", "message": "The access token has expired."}, 401)

    def after(self, response: Response) -> None:
        """Tell of what a write changed."""
        event = response.event if isinstance(response, _Answered) else None
        if event is not None and self.pos.webhook is not None:
            send_webhook(self.pos.webhook, event)

    def answer(self, request: Request, content: bytes) -> Response:
        """Admit, run, answer; refusals in the platform's shape."""
        headers, room = self.window.take()
        if not room:
            response = self.throttled()
            response.headers.update(headers)
            return response
        try:
            self._admit(request)
            call = Call(request.path_params, dict(request.query_params), _parsed(content))
            self.pos.play()
            result = self.operation.run(self.pos, call)
        except XError as error:
            return JSONResponse(error.body(), error.status, headers)
        if result.status == 204:
            return Response(status_code=204, headers=headers)
        answered = _Answered(result.body, result.status, headers)
        answered.event = result.event
        return answered

    def _admit(self, request: Request) -> None:
        if not request.headers.get("user-agent"):
            raise XError(400, "Bad Request", "A User-Agent is required.")
        access = bearer_access(request, self.pos)
        if access is Access.NONE:
            raise XError(401, "Unauthorized", "Authentication information is missing or invalid.")
        if self.operation.writes and access is not Access.WRITE:
            raise XError(403, "Forbidden", "The token lacks the scope for this change.")


def _parsed(content: bytes) -> Mapping[str, Any]:
    if not content:
        return {}
    if len(content) > BODY_LIMIT:
        raise XError(413, "Payload Too Large", "The body is too large.")
    body = json_object(content)
    if body is None:
        raise XError(400, "Bad Request", "The body must be a JSON object.")
    return body


def _unknown_path(request: Request, _: Exception) -> Response:
    detail = f"{request.method} {request.url.path} is not part of this stand-in."
    return JSONResponse(XError(404, "Not Found", detail).body(), 404)
