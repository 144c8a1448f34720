"""How a command reaches the process that owns the state folder.

DuckDB lets one process hold the mirror. While ``serve`` or ``demo`` runs, the other commands hand their work to it
over a Unix socket that only the same operating-system user can open, and print what it answers; the result is the
same document either way.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from agent.errors import BadInputError, FloorwalkerError, RefusedError, UnavailableError

log = structlog.get_logger()
_LONGEST_PATH = 100
_CLASSES: dict[int, type[FloorwalkerError]] = {2: BadInputError, 3: RefusedError, 4: UnavailableError}


@dataclass(frozen=True, slots=True)
class Invocation:
    """One command as it was given. ``user`` is ``--as`` ("" for the owner); ``now`` is ``--now`` as ISO text or ""."""

    command: str
    arguments: dict[str, Any]
    user: str = ""
    now: str = ""


Run = Callable[[Invocation], Any]


def socket_path(home: Path) -> Path:
    """Where the owner of ``home`` listens; a long path falls back to the temporary folder (sockets allow about 100)."""
    path = home.resolve() / "control.sock"
    if len(str(path)) <= _LONGEST_PATH:
        return path
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"floorwalker-{os.getuid()}-{digest}.sock"


def call_owner(home: Path, invocation: Invocation) -> Any | None:
    """Let the owning process run ``invocation``; None when no process owns ``home``.

    Raises:
        FloorwalkerError: what the command had to say, with its exit code.
    """
    import httpx

    path = socket_path(home)
    if not path.exists():
        return None
    transport = httpx.HTTPTransport(uds=str(path))
    body = {
        "command": invocation.command,
        "arguments": invocation.arguments,
        "user": invocation.user,
        "now": invocation.now,
    }
    try:
        with httpx.Client(transport=transport, base_url="http://owner", timeout=600.0) as client:
            reply = client.post("/run", json=body)
    except httpx.ConnectError:
        # A socket file left behind by a process that was killed.
        return None
    except httpx.HTTPError as error:
        raise UnavailableError("The running floorwalker did not answer; is it shutting down? Try again.") from error
    document = reply.json()
    if "error" in document:
        code = int(document.get("exit_code", 1))
        raise _CLASSES.get(code, FloorwalkerError)(str(document["error"]))
    return document["document"]


class ControlServer:
    """Answers ``call_owner`` for as long as the owner runs."""

    def __init__(self, home: Path, run: Run) -> None:
        self._path = socket_path(home)
        self._run = run
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen; a stale socket of a killed process is replaced."""
        import uvicorn
        from starlette.applications import Starlette
        from starlette.requests import Request
        from starlette.responses import JSONResponse
        from starlette.routing import Route

        from tools.result import plain

        def answer(body: dict[str, Any]) -> dict[str, Any]:
            try:
                return {"document": plain(self._run(Invocation(**body)))}
            except FloorwalkerError as error:
                return {"error": error.user_message, "exit_code": error.exit_code}

        async def run(request: Request) -> JSONResponse:
            from anyio import to_thread

            return JSONResponse(await to_thread.run_sync(answer, await request.json()))

        self._path.unlink(missing_ok=True)
        mask = os.umask(0o177)
        try:
            import socket

            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(str(self._path))
            listener.listen(64)
        finally:
            os.umask(mask)
        app = Starlette(routes=[Route("/run", run, methods=["POST"])])
        config = uvicorn.Config(app, log_level="error", lifespan="off", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="control", daemon=True
        )
        self._thread.start()
        log.info("control.listening")

    def stop(self) -> None:
        """Stop listening and remove the socket."""
        if self._server is not None:
            self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=5)
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
