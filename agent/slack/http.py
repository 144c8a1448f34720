"""The small HTTP side of the bot: whether it is alive and connected."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def health_app(is_connected: Callable[[], bool]) -> Starlette:
    """``GET /healthz``: 200 while connected to Slack, 503 while not."""

    async def healthz(_request: Request) -> JSONResponse:
        connected = is_connected()
        return JSONResponse({"slack": "connected" if connected else "down"}, status_code=200 if connected else 503)

    return Starlette(routes=[Route("/healthz", healthz)])
