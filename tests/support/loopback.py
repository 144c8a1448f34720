"""A real HTTP server on a loopback port that starts and stops at once: hundreds of tests open one each."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import uvicorn

_POLL_SECONDS = 0.002


class LoopbackServer(uvicorn.Server):
    """uvicorn's server without its tenths of a second: it looks ten times a second whether it is to stop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self.on_tick(0)
        self.ready.set()
        await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:
                    await asyncio.sleep(_POLL_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    def stop(self) -> None:
        """End ``run`` from another thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)


@contextlib.contextmanager
def served(app: Any, **options: Any) -> Iterator[str]:
    """Serve an ASGI application until the block ends; yields its address. ``options`` are uvicorn's."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    given = {"log_config": None, "access_log": False, "lifespan": "off", "timeout_graceful_shutdown": 1, **options}
    server = LoopbackServer(uvicorn.Config(app, **given))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    if not server.ready.wait(10):
        raise RuntimeError(f"no server at {address}")
    try:
        yield address
    finally:
        server.stop()
        thread.join(10)
        listener.close()
