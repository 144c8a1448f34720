"""The HTTP server of ``serve``: webhooks, sensors and a health check, behind a proxy that holds the certificate."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from time import sleep
from typing import Any

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from agent.errors import UnavailableError
from connectors.errors import ConnectorError

log = structlog.get_logger()

_BACKLOG = 1024
_GRACE_SECONDS = 5


def web_app(
    health: Callable[[], Mapping[str, Any]], webhooks: ASGIApp | None, sensors: ASGIApp | None = None
) -> Starlette:
    """What is served. ``health`` gives the body of ``/healthz``, or raises when nothing can be answered."""

    async def healthz(_: Request) -> Response:
        try:
            return JSONResponse(dict(await run_in_threadpool(health)))
        except ConnectorError as error:
            return JSONResponse({"status": "unavailable", "reason": error.user_message}, 503)

    routes: list[BaseRoute] = [Route("/healthz", healthz, methods=["GET"])]
    if webhooks is not None:
        routes.append(Mount("/webhooks", app=webhooks))
    if sensors is not None:
        routes.append(Mount("/signals", app=sensors))
    return Starlette(routes=routes)


class WebServer:
    """``app`` on one address, in a thread of its own.

    ``listener`` is a bound socket to use instead of ``host`` and ``port``; port 0 takes a free one.
    """

    def __init__(self, app: ASGIApp, host: str, port: int, listener: socket.socket | None = None) -> None:
        self._listener = listener or listen(host, port, "FLOORWALKER_HTTP_PORT")
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            lifespan="off",
            ws="none",
            # Nothing here asks who is calling, so nothing a proxy says of it needs to be believed.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, name="web", daemon=True
        )

    @property
    def address(self) -> str:
        """Where it listens on this machine."""
        host, port = self._listener.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def start(self) -> None:
        """Answer from now on.

        Raises:
            UnavailableError: the server did not start.
        """
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise UnavailableError("The HTTP server did not start; the log says why.")
            sleep(0.01)
        log.info("web.listening", address=self.address)

    def stop(self) -> None:
        """Answer what is being asked, then stop."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(timeout=_GRACE_SECONDS + 5)
        self._listener.close()


def listen(host: str, port: int, named: str) -> socket.socket:
    """A socket bound to ``host`` and ``port``; ``named`` is what the person set the port with.

    Raises:
        UnavailableError: the port is taken, or the host is no address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UnavailableError(
            f"{named}: {port} on {host} is taken or not this machine's; choose another, or 0 for a free one."
        ) from error
    listener.listen(_BACKLOG)
    return listener
