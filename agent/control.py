"""How a command reaches the process that owns the state folder.

DuckDB lets one process hold the mirror. While ``serve`` or ``demo`` runs, the other commands hand their work to it
over a Unix socket that only the same operating-system user can open, and print what it answers; the result is the
same document either way. Neither side trusts a socket, or a folder for one, that another user made.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import stat
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from agent.errors import BadInputError, FloorwalkerError, RefusedError, UnavailableError
from agent.failures import explain

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
    """Where the owner of ``home`` listens.

    Sockets allow about 100 characters, so a long path falls back to a folder of this user's in the temporary folder.
    """
    path = home.resolve() / "control.sock"
    if len(str(path)) <= _LONGEST_PATH:
        return path
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"floorwalker-{os.getuid()}" / f"{digest}.sock"


def call_owner(home: Path, invocation: Invocation) -> Any | None:
    """Let the owning process run ``invocation``; None when no process owns ``home``.

    Raises:
        FloorwalkerError: what the command had to say, with its exit code.
        UnavailableError: the socket is not this user's, so nothing was sent.
    """
    import httpx

    path = socket_path(home)
    if not _is_ours(home, path) or not _listens(path):
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
            document = client.post("/run", json=body).json()
    except (httpx.HTTPError, ValueError) as error:
        raise UnavailableError("The running floorwalker did not answer; is it shutting down? Try again.") from error
    if "error" in document:
        code = int(document.get("exit_code", 1))
        raise _CLASSES.get(code, FloorwalkerError)(str(document["error"]))
    return document["document"]


class ControlServer:
    """Answers ``call_owner`` for as long as the owner runs."""

    def __init__(self, home: Path, run: Run) -> None:
        self._home = home
        self._path = socket_path(home)
        self._run = run
        self._listens = False
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen; a stale socket of a killed process is replaced.

        Raises:
            UnavailableError: the socket cannot be made, or its folder belongs to another user.
        """
        import uvicorn
        from starlette.applications import Starlette
        from starlette.requests import Request
        from starlette.responses import JSONResponse
        from starlette.routing import Route

        from tools.result import plain

        def answer(body: dict[str, Any]) -> dict[str, Any]:
            try:
                return {"document": plain(self._run(Invocation(**body)))}
            except Exception as error:  # noqa: BLE001 the border of a command: its caller reads a sentence
                failure = explain(error)
                return {"error": failure.user_message, "exit_code": failure.exit_code}

        async def run(request: Request) -> JSONResponse:
            from anyio import to_thread

            return JSONResponse(await to_thread.run_sync(answer, await request.json()))

        listener = self._listen()
        app = Starlette(routes=[Route("/run", run, methods=["POST"])])
        config = uvicorn.Config(app, log_level="error", lifespan="off", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="control", daemon=True
        )
        self._thread.start()
        log.info("control.listening")

    def stop(self) -> None:
        """Stop listening and remove the socket, unless it is another process that listens there."""
        if self._server is not None:
            self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=5)
        if self._listens:
            self._listens = False
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _listen(self) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if self._path.parent != self._home.resolve():
                with contextlib.suppress(FileExistsError):
                    self._path.parent.mkdir(mode=0o700)
                _require_private(self._path.parent)
            self._path.unlink(missing_ok=True)
            listener.bind(str(self._path))
            # Before listening, so that nobody else gets in meanwhile; the umask would be that of every thread.
            self._path.chmod(0o600)
            listener.listen(64)
        except OSError as error:
            listener.close()
            raise UnavailableError(
                f"The socket for other commands, {self._path}, cannot be made ({error.strerror})."
            ) from error
        except UnavailableError:
            listener.close()
            raise
        self._listens = True
        return listener


def _is_ours(home: Path, path: Path) -> bool:
    """Whether there is a socket of this user's; False when there is none at all."""
    try:
        if path.parent != home.resolve():
            _require_private(path.parent)
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.getuid():
        raise UnavailableError(f"{path} belongs to another user; run this command as the user who runs floorwalker.")
    return True


def _listens(path: Path) -> bool:
    """Whether anybody answers there; a process that was killed leaves its socket file behind."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
    return True


def _require_private(folder: Path) -> None:
    """Anybody may make a folder of this name in the shared temporary folder; only one of our own will do."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise UnavailableError(
            f"{folder} is not a folder that only you can open. Remove it, or give the state folder a shorter path."
        )
