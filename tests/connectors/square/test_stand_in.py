"""The stand-in's own life: what it remembers, what can be made to happen, and what it tells webhooks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

with warnings.catch_warnings():
    # The SDK's own models warn while they are defined; that is theirs to mend.
    warnings.simplefilter("ignore")
    from square.utils.webhooks_helper import verify_signature

from connectors.http import Secret
from connectors.sandbox.square.pos import StandInPos
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.square.webhooks import SIGNATURE_HEADER, is_genuine
from tests.support.square_world import PosWorld, SmallFeed, TurnedClock, basket, pos_world, serving

ROOT = Path(__file__).resolve().parents[3]
KEY = Secret("signature-key")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PosWorld]:
    with pos_world(tmp_path) as world:
        yield world


def post(world: PosWorld, name: str, body: Any) -> httpx.Response:
    return httpx.post(f"{world.url}/api/sandbox/pos/{name}", json=body, timeout=5.0)


def test_sales_happen_when_their_time_comes_and_once(world: PosWorld) -> None:
    world.feed.baskets = [basket(1, 1), basket(2, 10)]
    assert world.pos.play() == 0
    world.clock.turn(minutes=5)
    assert (world.pos.play(), world.pos.play()) == (1, 0)
    world.clock.turn(minutes=5)
    assert world.pos.play() == 1


def test_time_runs_as_fast_as_asked(tmp_path: Path) -> None:
    clock = TurnedClock()
    pos = StandInPos(tmp_path / "pos.sqlite", SmallFeed([basket(1, 50)]), clock, 60.0)
    clock.turn(minutes=1)
    assert (pos.now() - clock.at).total_seconds() == 59 * 60
    assert pos.play() == 1
    pos.close()


def test_it_goes_on_where_it_was_after_being_opened_again(tmp_path: Path) -> None:
    clock, feed = TurnedClock(), SmallFeed([basket(1, 1), basket(2, 10)])
    first = StandInPos(tmp_path / "pos.sqlite", feed, clock)
    clock.turn(minutes=5)
    first.play()
    first.void({"order_id": "O0001"})
    first.close()
    clock.turn(minutes=10)
    second = StandInPos(tmp_path / "pos.sqlite", feed, clock)
    assert second.play() == 1
    assert second.orders.get("O0001")["state"] == "CANCELED"
    second.close()


def test_what_was_applied_survives_a_kill(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from connectors.sandbox.square.pos import StandInPos
        from tests.support.square_world import SmallFeed, TurnedClock
        pos = StandInPos(Path(sys.argv[1]), SmallFeed(), TurnedClock())
        live = pos.catalog.retrieve("V200")["object"]
        live["item_variation_data"]["price_money"]["amount"] = 111
        pos.catalog.upsert({"idempotency_key": "k", "object": live})
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    path = tmp_path / "pos.sqlite"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert run.returncode == -signal.SIGKILL
    pos = StandInPos(path, SmallFeed(), TurnedClock())
    assert [effect["idempotency_key"] for effect in pos.effects()["effects"]] == ["k"]
    assert pos.catalog.price("V200", "S01") == {"amount": 111, "currency": "USD"}
    pos.close()


def test_a_sale_made_by_hand_is_rung_up_at_the_live_price(world: PosWorld) -> None:
    lines = [{"variant_id": "V100", "quantity": 2}, {"variant_id": "V300", "quantity": "3.5", "price_minor": 400}]
    reply = post(world, "sale", {"store_id": "S02", "lines": lines, "tip_minor": 50})
    assert reply.status_code == 200
    assert reply.json()["total_minor"] == 2 * 475 + 1400 + 50
    order = world.pos.orders.get(reply.json()["order_id"])
    assert [line["name"] for line in order["line_items"]] == ["Oat milk", "Diesel"]


def test_refunds_never_exceed_what_was_paid(world: PosWorld) -> None:
    sold = post(world, "sale", {"store_id": "S01", "lines": [{"variant_id": "V200"}]}).json()
    assert post(world, "refund", {"order_id": sold["order_id"], "amount_minor": 120}).json()["total_minor"] == -120
    too_much = post(world, "refund", {"order_id": sold["order_id"], "amount_minor": 201})
    assert (too_much.status_code, too_much.json()["field"]) == (400, "amount_minor")
    assert "200" in too_much.json()["error"]
    assert post(world, "refund", {"order_id": sold["order_id"]}).json()["total_minor"] == -200
    assert post(world, "refund", {"order_id": sold["order_id"]}).status_code == 409
    assert post(world, "void", {"order_id": sold["order_id"]}).status_code == 409


@pytest.mark.parametrize(
    ("name", "body", "status", "word"),
    [
        ("sale", {}, 400, "store_id"),
        ("sale", {"store_id": "S99"}, 404, "S01, S02"),
        ("sale", {"store_id": "S01"}, 400, "lines"),
        ("sale", {"store_id": "S01", "lines": [{}]}, 400, "variant_id"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V9"}]}, 404, "V9"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": 0}]}, 400, "quantity"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "NaN"}]}, 400, "quantity"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V300"}]}, 400, "price_minor"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V100", "price_minor": 1.5}]}, 400, "price_minor"),
        ("sale", [], 400, "JSON object"),
        ("void", {}, 400, "order_id"),
        ("void", {"order_id": "nope"}, 404, "nope"),
        ("refund", {"order_id": "nope"}, 404, "nope"),
        ("clock_in", {"store_id": "S01"}, 400, "employee_id"),
        ("clock_in", {"store_id": "S01", "employee_id": "E9"}, 404, "E9"),
        ("clock_in", {"store_id": "S01", "employee_id": "E0201"}, 400, "S02"),
        ("faults", {}, 400, "operation"),
        ("faults", {"operation": "catalog.upsert", "fault": "explode"}, 400, "timeout_after"),
        ("faults", {"operation": "nothing", "fault": "refuse"}, 400, "catalog.upsert"),
        ("faults", {"operation": "*", "fault": "refuse", "times": -1}, 400, "times"),
    ],
)
def test_a_wrong_request_is_answered_with_the_field_and_what_is_allowed(
    world: PosWorld, name: str, body: Any, status: int, word: str
) -> None:
    reply = post(world, name, body)
    assert reply.status_code == status
    assert word in reply.json()["error"]


def test_nobody_clocks_in_twice(world: PosWorld) -> None:
    body = {"store_id": "S01", "employee_id": "E0101"}
    assert post(world, "clock_in", body).status_code == 200
    assert post(world, "clock_in", body).status_code == 409


def test_faults_are_listed_used_up_and_taken_back(world: PosWorld) -> None:
    post(world, "faults", {"operation": "locations.list", "fault": "error_before", "times": 2})
    headers = {"Authorization": "Bearer sandbox-read-token"}
    url = f"{world.base_url}/v2/locations"
    assert httpx.get(url, headers=headers).status_code == 500
    listed = httpx.get(f"{world.url}/api/sandbox/pos/faults").json()
    assert listed == {"faults": [{"operation": "locations.list", "fault": "error_before", "times": 1}]}
    post(world, "faults", {"operation": "locations.list", "fault": "error_before", "times": 0})
    assert httpx.get(url, headers=headers).status_code == 200


def test_events_are_signed_as_square_signs_them(tmp_path: Path) -> None:
    received: list[tuple[bytes, str]] = []

    async def take(request: Request) -> Response:
        received.append((await request.body(), request.headers[SIGNATURE_HEADER]))
        return Response()

    with serving(Starlette(routes=[Route("/hook", take, methods=["POST"])])) as address:
        url = f"{address}/hook"
        with pos_world(tmp_path, webhook=WebhookTarget(url, KEY)) as world:
            sold = post(world, "sale", {"store_id": "S01", "lines": [{"variant_id": "V100"}]}).json()
            post(world, "void", {"order_id": sold["order_id"]})
    # They are sent side by side, as Square promises no order either.
    (first, signature), (second, _) = sorted(received, key=lambda one: b"order.created" not in one[0])
    told = httpx.Response(200, content=first).json()
    assert told["type"] == "order.created"
    assert told["data"]["object"]["order_created"]["order_id"] == sold["order_id"]
    assert verify_signature(
        request_body=first.decode(),
        signature_header=signature,
        signature_key=KEY.get_secret_value(),
        notification_url=url,
    )
    assert is_genuine(first, signature, key=KEY, url=url)
    assert not is_genuine(second, signature, key=KEY, url=url)
    assert not is_genuine(first, signature, key=KEY, url=url + "/")
    assert not is_genuine(first, signature, key=Secret("other"), url=url)
    assert not is_genuine(first, None, key=KEY, url=url)
    assert not is_genuine(first, "é", key=KEY, url=url)
    assert not is_genuine(b"", signature, key=KEY, url=url)
