"""An application on loopback for as long as a benchmark needs it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from starlette.types import ASGIApp

from agent.web import WebServer


@contextmanager
def serving(app: ASGIApp, listener: socket.socket | None = None) -> Iterator[str]:
    """Serve ``app`` on a free port, or on ``listener``; gives the address."""
    server = WebServer(app, "127.0.0.1", 0, listener)
    with ExitStack() as stack:
        stack.callback(server.stop)
        server.start()
        yield server.address
