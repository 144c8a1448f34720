"""Where door sensors push their counts: one address, one token, an answer that says what was kept."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.credentials import Secret
from connectors.errors import ConnectorError, InputError
from connectors.mirror.open import Mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from connectors.signals.traffic import read_push

LARGEST_BODY = 1024 * 1024
_TOPIC = "traffic"
_CONNECTION = "sensors"

log = structlog.get_logger()


def sensor_app(
    token: Secret,
    stores: Callable[[], Collection[str]],
    keep: Callable[[Sequence[Row]], None],
    now: Callable[[], datetime],
) -> Starlette:
    """``POST /traffic``, to be mounted.

    Args:
        token: what a sensor has to send as its bearer token.
        stores: the ids of the stores there are.
        keep: stores rows durably, and only then returns.
        now: the present instant, aware.
    """

    async def traffic(request: Request) -> Response:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
            return JSONResponse({"error": "The bearer token is missing or wrong."}, 401)
        body = await _body(request)
        if body is None:
            return JSONResponse({"error": f"The body is larger than {LARGEST_BODY} bytes; send fewer readings."}, 413)
        try:
            push = read_push(_parsed(body), await run_in_threadpool(stores), now())
            if push.rows:
                await run_in_threadpool(keep, push.rows)
        except InputError as error:
            return JSONResponse({"error": error.user_message}, 422)
        except ConnectorError as error:
            return JSONResponse({"error": error.user_message}, 503)
        log.info("traffic.pushed", accepted=len(push.rows), refused=len(push.refused))
        refused = [{"index": index, "reason": reason} for index, reason in push.refused.items()]
        return JSONResponse({"accepted": len(push.rows), "refused": refused}, 200 if push.rows else 422)

    return Starlette(routes=[Route("/traffic", traffic, methods=["POST"])])


def keep_in(mirror: Mirror, now: Callable[[], datetime]) -> Callable[[Sequence[Row]], None]:
    """Stores readings in the mirror, which is open for writing, and says how fresh they are."""

    def keep(rows: Sequence[Row]) -> None:
        if mirror.writer is not None:
            fresh = SourceUpdate(_TOPIC, _CONNECTION, now(), simulated=False, note="pushed by sensors")
            mirror.writer.submit(Batch(rows=rows, sources=[fresh])).result()

    return keep


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it turns out to be too large."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("The push cannot be used: the body is not JSON.") from error
