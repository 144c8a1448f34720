"""The other side of the ``webhooks`` benchmark: sends signed events from a process of its own and times the replies.

``python -m agent.benchmarks.sender URL SIGNED_URL KEY RATE SECONDS CONNECTIONS`` prints one JSON document. With a rate,
events are due at fixed instants and a reply's time counts from there, so that a server which stalls cannot hide it by
being sent less. With rate 0 every connection sends as fast as it is answered.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import sys
import time
import uuid
from urllib.parse import urlsplit

from connectors.http import Secret
from connectors.square.webhooks import SIGNATURE_HEADER, sign_webhook

_LONGEST_SECONDS = 120.0


class Sender:
    """Sends events over ``connections`` kept-alive connections for ``seconds``."""

    def __init__(self, url: str, signed_url: str, key: Secret, rate: float, seconds: float) -> None:
        parts = urlsplit(url)
        self._host, self._port, self._path = str(parts.hostname), int(parts.port or 80), parts.path
        self._signed_url = signed_url
        self._key = key
        self._rate = rate
        self._seconds = seconds
        self._numbers = itertools.count()
        self._run = uuid.uuid4().hex[:8]
        self._times: list[float] = []
        self._refused = 0

    async def send(self, connections: int) -> dict[str, float]:
        """Send, and say how it went: counts, events a second, and percentiles in milliseconds."""
        opened = [await asyncio.open_connection(self._host, self._port) for _ in range(connections)]
        started = time.perf_counter()
        await asyncio.gather(*(self._keep_sending(reader, writer, started) for reader, writer in opened))
        taken = time.perf_counter() - started
        for _, writer in opened:
            writer.close()
        cuts = statistics.quantiles(self._times, n=100)
        return {
            "accepted": len(self._times),
            "refused": self._refused,
            "per_second": round(len(self._times) / taken, 1),
            **{f"p{cut}_ms": round(cuts[cut - 1] * 1000, 2) for cut in (50, 95, 99)},
            "max_ms": round(max(self._times) * 1000, 2),
        }

    async def _keep_sending(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, started: float) -> None:
        while True:
            number = next(self._numbers)
            due = time.perf_counter()
            if self._rate:
                due = started + number / self._rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if due - started >= self._seconds:
                return
            writer.write(self._request(number))
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(head))
            if head.startswith(b"HTTP/1.1 200"):
                self._times.append(time.perf_counter() - due)
            else:
                self._refused += 1

    def _request(self, number: int) -> bytes:
        event = {
            "merchant_id": "M1",
            "type": "order.created",
            "event_id": f"{self._run}-{number}",
            "created_at": "2026-11-23T15:00:00.000Z",
            "data": {"type": "order_created", "id": f"O{number}", "object": {"order_created": {"version": 1}}},
        }
        body = json.dumps(event).encode()
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\n"
            f"{SIGNATURE_HEADER}: {sign_webhook(body, key=self._key, url=self._signed_url)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def main() -> None:
    """Read the arguments, send, print."""
    url, signed_url, key, rate, seconds, connections = sys.argv[1:]
    sender = Sender(url, signed_url, Secret(key), float(rate), float(seconds))
    report = asyncio.run(asyncio.wait_for(sender.send(int(connections)), _LONGEST_SECONDS))
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
