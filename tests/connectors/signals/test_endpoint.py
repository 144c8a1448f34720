"""Sensors over real HTTP into a real mirror."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from connectors.credentials import Secret
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch
from connectors.signals.endpoint import LARGEST_BODY, keep_in, sensor_app
from tests.support.mirror_rows import store
from tests.support.square_world import serving

NOW = datetime(2026, 11, 25, 14, 20, tzinfo=UTC)
HOUR = "2026-11-25T09:00:00-05:00"
TOKEN = {"Authorization": "Bearer sensor-token"}


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=[store()])).result()
        yield mirror


@pytest.fixture
def client(mirror: Mirror) -> Iterator[httpx.Client]:
    app = sensor_app(Secret("sensor-token"), lambda: {"S01"}, keep_in(mirror, lambda: NOW), lambda: NOW)
    with serving(app) as url, httpx.Client(base_url=url, headers=TOKEN, timeout=10) as client:
        yield client


def push(visitors: Any, source: str = "door") -> dict[str, Any]:
    return {"source": source, "readings": [{"store_id": "S01", "hour_at": HOUR, "visitors": visitors}]}


def visitors(mirror: Mirror) -> int | None:
    total = mirror.reader.query("SELECT sum(visitors) FROM foot_traffic").rows[0][0]
    return None if total is None else int(total)


def test_a_reading_replaces_what_the_same_door_said_and_doors_add_up(client: httpx.Client, mirror: Mirror) -> None:
    for body in (push(10), push(12), push(12), push(5, "back")):
        assert client.post("/traffic", json=body).json() == {"accepted": 1, "refused": []}
    assert visitors(mirror) == 17
    assert mirror.reader.snapshot().sources["traffic"].as_of_at == NOW


def test_what_cannot_be_used_is_said_and_nothing_is_kept(client: httpx.Client, mirror: Mirror) -> None:
    refused = client.post("/traffic", json=push(-1))
    assert refused.status_code == 422
    assert "visitors" in refused.json()["refused"][0]["reason"]
    assert client.post("/traffic", content=b"{").status_code == 422
    assert client.post("/traffic", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    assert client.get("/traffic").status_code == 405
    assert visitors(mirror) is None


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic sensor-token", "Bearer sénsor"])
def test_another_token_is_refused(client: httpx.Client, mirror: Mirror, header: str) -> None:
    answer = client.post("/traffic", json=push(10), headers={"Authorization": header.encode()})  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert visitors(mirror) is None
