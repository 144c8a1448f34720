"""``webhooks``: events a second that are on disk when they are answered, and how long the answer takes.

The same signed events go to our endpoint and to a bare one that reads the body, stores nothing and says yes, from a
process of its own. Then the worker joins in, and what it pulls is written to a mirror while events keep coming; only
the platform's own time to answer a read is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report
from agent.benchmarks.serving import serving
from agent.errors import UnavailableError
from agent.web import web_app
from connectors.base import Entity, RawRecord, Reader, WebhookEvent
from connectors.http import Secret
from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch
from connectors.records import Row
from connectors.square.webhooks import SIGNATURE_HEADER, is_genuine, webhook_event
from connectors.webhooks.addresses import Door
from connectors.webhooks.endpoint import WebhookEndpoint
from connectors.webhooks.events import Status
from connectors.webhooks.inbox import Inbox
from connectors.webhooks.worker import Worker

_KEY = Secret("benchmark")
_URL = "https://bot.example.com/webhooks/square"
_CONNECTIONS = 32
_RATE = 500
_SECONDS = 6.0
_LONGEST_WAIT_SECONDS = 60.0


def run(ground: Ground) -> Report:
    """Events a second, percentiles of the reply at 500 a second, and the ratio to the bare endpoint."""
    with serving(_bare()) as address:
        bare, bare_cost = _flood(address)
        bare_paced = _send(address, _RATE, _SECONDS)
    folder = ground.folder / "webhooks"
    inbox = Inbox(folder / "inbox.sqlite")
    platform = cast(Reader, _Platform())
    try:
        with serving(web_app(dict, WebhookEndpoint({"square": Door(platform, _URL)}, inbox))) as address:
            ours, cost = _flood(address)
            stored = inbox.open_counts()[Status.WAITING]
            paced = _send(address, _RATE, _SECONDS)
            working = _with_the_worker(folder, inbox, platform, address)
    finally:
        inbox.close()
    return {
        "durable_per_second": ours["per_second"],
        "stored_of_accepted": f"{stored} of {ours['accepted']}",
        "baseline": "a bare starlette endpoint that stores nothing, same sender",
        "baseline_per_second": bare["per_second"],
        "ratio": round(bare["per_second"] / ours["per_second"], 2),
        "cpu_microseconds_per_event": cost,
        "cpu_microseconds_per_event_baseline": bare_cost,
        "at_500_per_second": _percentiles(paced),
        "at_500_per_second_baseline": _percentiles(bare_paced),
        "at_500_per_second_with_the_worker": working,
    }


def _flood(address: str) -> tuple[Mapping[str, Any], int]:
    """As fast as it goes; and what one event costs this process, which a busy machine does not blur."""
    before = time.process_time()
    report = _send(address, 0, _SECONDS)
    return report, round((time.process_time() - before) / report["accepted"] * 1_000_000)


def _with_the_worker(folder: Path, inbox: Inbox, platform: Reader, address: str) -> Report:
    """The paced run once more while everything is pulled into a mirror, what the runs before left included."""
    with open_mirror(folder / "mirror.duckdb") as mirror:
        if mirror.writer is None:
            raise UnavailableError("bench: the mirror is open for reading only.")
        store = {"store_id": "S01", "name": "Bench", "timezone": "America/New_York", "currency": "USD"}
        mirror.writer.submit(Batch(rows=[Row("store", store)])).result()
        worker = Worker(inbox, {"square": platform}, mirror, lambda: NOW)
        worker.start()
        try:
            # The backlog of the runs before is worked off first, so that what is measured is a steady state.
            backlog = inbox.open_counts()[Status.WAITING]
            drained = _drain(inbox)
            sent = _send(address, _RATE, _SECONDS)
            left = _drain(inbox)
        finally:
            worker.stop()
        ((sales,),) = mirror.reader.query("SELECT count(*) FROM sale").rows
    return {
        **_percentiles(sent),
        "backlog_per_second": round(backlog / drained),
        "all_pulled_after_the_last_ms": round(left * 1000),
        "sales_in_the_mirror": sales,
    }


def _drain(inbox: Inbox) -> float:
    started = time.perf_counter()
    while inbox.open_counts()[Status.WAITING] and time.perf_counter() - started < _LONGEST_WAIT_SECONDS:
        time.sleep(0.02)
    return time.perf_counter() - started


def _percentiles(report: Mapping[str, Any]) -> Report:
    return {name: report[name] for name in ("per_second", "p50_ms", "p95_ms", "p99_ms", "max_ms", "refused")}


def _bare() -> Starlette:
    async def accept(request: Request) -> Response:
        await request.body()
        return Response()

    return Starlette(routes=[Route("/webhooks/square", accept, methods=["POST"])])


def _send(address: str, rate: float, seconds: float) -> Mapping[str, Any]:
    url = f"{address}/webhooks/square"
    arguments = [url, _URL, _KEY.get_secret_value(), str(rate), str(seconds), str(_CONNECTIONS)]
    command = [sys.executable, "-m", "agent.benchmarks.sender", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own module
    if done.returncode:
        raise UnavailableError("bench: the sender of the webhooks benchmark failed.", detail=done.stderr[-2000:])
    report: Mapping[str, Any] = json.loads(done.stdout)
    return report


class _Platform:
    """Square's signatures, with orders that are there at once instead of being read over a network."""

    platform = "square"
    connection = "square"

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:
        return webhook_event(body) if is_genuine(body, headers.get(SIGNATURE_HEADER), key=_KEY, url=url) else None

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        at = datetime(2026, 11, 23, 14, tzinfo=UTC)
        return [RawRecord(entity, identity, 1, at, b'{"id":"%s"}' % identity.encode()) for identity in ids]

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        amounts = {"gross_minor": 450, "discount_minor": 0, "net_minor": 450}
        sale = {"sale_id": record.id, "store_id": "S01", "closed_at": record.updated_at, "kind": "sale", **amounts}
        yield Row("sale", {**sale, "total_minor": 450, "source_version": record.source_version})
        for number in (1, 2, 3):
            yield Row("sale_line", {"sale_id": record.id, "line_no": number, "quantity": 1, **amounts})
