"""A receiver of Standard Webhooks over real HTTP: verifies, drops repeats by id, and fails as it is told to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
_TOLERANCE = 300


class Receiver:
    """``faults`` are consumed one a request: a status, ``hang`` (no answer), ``take_then_hang``, ``take_then_500``."""

    def __init__(self, *, drops_repeats: bool = True) -> None:
        self.faults: list[str | int] = []
        self.taken: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.now = time.time
        self._drops = drops_repeats
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self.url = ""

    def answer(self, headers: Any, body: bytes) -> int:
        """Verify and take; 0 closes the connection without an answer."""
        with self._lock:
            fault = self.faults.pop(0) if self.faults else ""
            if isinstance(fault, int):
                return fault
            if fault == "hang":
                return 0
            message_id, stamp = headers["webhook-id"], headers["webhook-timestamp"]
            signed = f"{message_id}.{stamp}.".encode() + body
            expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
            fresh = abs(self.now() - int(stamp)) <= _TOLERANCE
            if not fresh or not hmac.compare_digest(expected, headers["webhook-signature"]):
                return 401
            self.ids.append(message_id)
            status = self.take(message_id, body, str(fault))
            return {"take_then_hang": 0, "take_then_500": 500}.get(str(fault), status)

    def take(self, message_id: str, body: bytes, fault: str) -> int:
        """Take the message or drop it; the status of that."""
        if self._drops and message_id in self._seen:
            return 409
        self._seen.add(message_id)
        self.taken.append(json.loads(body))
        return 200


@contextmanager
def running_receiver(
    faults: Sequence[str | int] = (), *, drops_repeats: bool = True, receiver: Receiver | None = None
) -> Iterator[Receiver]:
    """A receiver on a free port of this machine: a new one with these faults, or the one given."""
    serving = receiver or Receiver(drops_repeats=drops_repeats)
    serving.faults.extend(faults)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = serving.answer(self.headers, body)
            if status:
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()
            else:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the signature of the library
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield serving
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
