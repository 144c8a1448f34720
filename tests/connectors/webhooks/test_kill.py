"""SIGKILL at the worst moments: what was acknowledged is still there, and takes effect once."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.sync import sync_connection
from connectors.webhooks.events import Status
from connectors.webhooks.inbox import Inbox
from connectors.webhooks.worker import Worker
from tests.support.square_world import PosWorld, pos_world
from tests.support.webhooks_world import FEEDS, KEY, QUICK, order_event, signed

ROOT = Path(__file__).resolve().parents[3]
LINES = [{"variant_id": "V100", "quantity": 2}]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PosWorld]:
    with pos_world(tmp_path) as world:
        with world.reader() as reader, open_mirror(tmp_path / "mirror.duckdb") as mirror:
            sync_connection(reader, mirror, until=world.clock.now(), entities=FEEDS)
        yield world


@contextmanager
def child(folder: Path, world: PosWorld, when: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.webhooks_child", str(folder), world.base_url, when],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = ""
        while not address:
            line = process.stdout.readline()
            assert line, "the child did not start"
            if line.startswith("ready "):
                address = line.split()[1]
        yield process, address
    finally:
        process.kill()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def rung_up(world: PosWorld, count: int) -> list[str]:
    happened = (
        httpx.post(f"{world.url}/api/sandbox/pos/sale", json={"store_id": "S01", "lines": LINES}, timeout=20)
        for _ in range(count)
    )
    return [reply.json()["order_id"] for reply in happened]


def finish(folder: Path, world: PosWorld) -> tuple[dict[Status, int], list[tuple[str, int]], int]:
    """What a new process makes of the folder: the inbox, the sales, and today's total by the rollup."""
    inbox = Inbox(folder / "inbox.sqlite")
    with world.reader(webhook_key=KEY) as reader, open_mirror(folder / "mirror.duckdb") as mirror:
        worker = Worker(inbox, {"square": reader}, mirror, world.clock.now, QUICK)
        worker.start()
        deadline = time.monotonic() + 20
        while inbox.open_counts()[Status.WAITING] and time.monotonic() < deadline:
            time.sleep(0.02)
        worker.stop()
        sales = list(mirror.reader.query("SELECT sale_id, net_minor FROM sale ORDER BY sale_id").rows)
        ((total,),) = mirror.reader.query("SELECT sum(net_minor) FROM store_day").rows
    counts = dict(inbox.counts().get("square", {}))
    inbox.close()
    return counts, [(row[0], row[1]) for row in sales], int(total)


def test_killed_between_the_commit_and_the_work(world: PosWorld, tmp_path: Path) -> None:
    orders = rung_up(world, 3)
    deliveries = [signed(order_event(order, f"event-{order}")) for order in orders]
    with child(tmp_path, world, "before") as (process, address):
        for body, headers in deliveries:
            assert httpx.post(f"{address}/webhooks/square", content=body, headers=headers).status_code == 200
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    counts, sales, total = finish(tmp_path, world)
    assert counts == {Status.DONE: 3}
    assert sales == sorted((order, 900) for order in orders)
    assert total == 3 * 900


def test_killed_between_the_mirror_and_the_inbox(world: PosWorld, tmp_path: Path) -> None:
    (order,) = rung_up(world, 1)
    body, headers = signed(order_event(order, "event-1"))
    with child(tmp_path, world, "after") as (process, address):
        assert httpx.post(f"{address}/webhooks/square", content=body, headers=headers).status_code == 200
        assert process.wait(30) == -signal.SIGKILL
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert list(mirror.reader.query("SELECT sale_id FROM sale").rows) == [(order,)]
    counts, sales, total = finish(tmp_path, world)
    assert counts == {Status.DONE: 1}
    assert sales == [(order, 900)]
    assert total == 900


def test_the_platform_repeats_what_it_had_no_answer_to(world: PosWorld, tmp_path: Path) -> None:
    """Killed after the commit and before the reply, the sender tries again: still once."""
    (order,) = rung_up(world, 1)
    body, headers = signed(order_event(order, "event-1"))
    for _ in range(2):
        with child(tmp_path, world, "before") as (process, address):
            assert httpx.post(f"{address}/webhooks/square", content=body, headers=headers).status_code == 200
            process.send_signal(signal.SIGKILL)
            process.wait(10)
    counts, sales, _ = finish(tmp_path, world)
    assert counts == {Status.DONE: 1}
    assert sales == [(order, 900)]
