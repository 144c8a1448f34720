"""The workspace as one web application: Web API, Socket Mode, control, and the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from connectors.sandbox.workspace.control import control_routes
from connectors.sandbox.workspace.guard import LoopbackOnly
from connectors.sandbox.workspace.responses import response_routes
from connectors.sandbox.workspace.sockets import socket_routes
from connectors.sandbox.workspace.webapi import web_api_routes
from connectors.sandbox.workspace.workspace import Workspace

STATIC = Path(__file__).parent / "static"
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


def workspace_app(workspace: Workspace, control_extra_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The ASGI application around a workspace. Serve it on 127.0.0.1 only.

    Args:
        workspace: The state; its owner closes it after the server stopped.
        control_extra_routes: More routes (full paths, for example ``/api/sandbox/pos/effects`` or a ``Mount``), placed
            before ours and guarded like them.
    """
    tickets: set[str] = set()

    async def page(_request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def file(request: Request) -> Response:
        known = workspace.store.file(request.path_params["file_id"])
        if known is None or known[1] is None:
            return PlainTextResponse("No such file.", status_code=404)
        doc, content = known
        inline = doc["mimetype"] in SHOWN_INLINE
        headers = {
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
            "Content-Disposition": "inline" if inline else "attachment",
        }
        return Response(content, media_type=doc["mimetype"] if inline else "application/octet-stream", headers=headers)

    routes: list[BaseRoute] = [
        *control_extra_routes,
        *web_api_routes(workspace, tickets),
        *socket_routes(workspace, tickets),
        *response_routes(workspace),
        *control_routes(workspace),
        Route("/slack/files/{file_id}", file),
        Route("/", page),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(LoopbackOnly)])
