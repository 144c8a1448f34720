"""The stand-in answers as Clover does, its limits and silences included."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from connectors.clover.client import millis
from connectors.http import Secret
from connectors.sandbox.clover.app import clover_app, new_faults
from connectors.sandbox.clover.pos import CloverStandIn
from connectors.sandbox.standin.control import control_routes
from connectors.sandbox.standin.happenings import RefusalError, WebhookTarget
from tests.support.platforms.clover import OneStore
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import START, Shop, TurnedClock, basket
from tests.support.square_world import serving

READ = {"Authorization": "Bearer sandbox-read-token"}
WRITE = {"Authorization": "Bearer sandbox-write-token"}


def get(rig: Rig, path: str, headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
    return httpx.get(rig.base_url + path, params=params, headers=READ if headers is None else headers)


def sold(rig: Rig, **more: Any) -> str:
    request = {"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": "2"}], **more}
    return str(rig.pos.sell(request).answer["order_id"])


def test_lists_are_wrapped_and_bare_unless_expanded(rig: Rig) -> None:
    order_id = sold(rig, customer_id="CU1", order_discount_minor=40)
    (bare,) = get(rig, "/orders").json()["elements"]
    assert {"lineItems", "payments", "customers", "discounts"} & set(bare) == set()
    assert not any(name.startswith("_") for name in bare)
    expand = "lineItems,payments,payments.tender,discounts,customers"
    full = get(rig, f"/orders/{order_id}", expand=expand).json()
    assert [row["price"] for row in full["lineItems"]["elements"]] == [320, 320]
    (payment,) = full["payments"]["elements"]
    assert (payment["amount"], payment["tender"]["labelKey"]) == (600, "com.clover.tender.credit_card")
    assert full["discounts"]["elements"][0]["amount"] == -40


def test_lists_are_paged_by_offset_newest_first(rig: Rig) -> None:
    ids = []
    for _ in range(3):
        ids.append(sold(rig))
        rig.clock.turn(minutes=1)
    pages = [get(rig, "/orders", limit=2, offset=offset).json()["elements"] for offset in (0, 2, 4)]
    assert [[order["id"] for order in page] for page in pages] == [[ids[2], ids[1]], [ids[0]], []]


def test_a_span_of_more_than_ninety_days_is_cut_without_a_word(rig: Rig) -> None:
    sold(rig)
    rig.clock.turn(days=100)
    late = sold(rig)
    since = f"createdTime>={millis(START - timedelta(days=1))}"
    assert [order["id"] for order in get(rig, "/orders", filter=since).json()["elements"]] == [late]
    assert [order["id"] for order in get(rig, "/orders").json()["elements"]] == [late]
    until = f"createdTime<={millis(START + timedelta(days=10))}"
    assert len(get(rig, "/orders", filter=[since, until]).json()["elements"]) == 1


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/orders", {"filter": "colour=red"}),
        ("/orders", {"filter": "createdTime>=soon"}),
        ("/orders", {"filter": "what"}),
        ("/orders", {"expand": "moon"}),
        ("/orders", {"limit": "many"}),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(rig: Rig, path: str, params: dict[str, str]) -> None:
    sold(rig)
    answer = get(rig, path, **params)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("bad_query")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic sandbox-read-token"}])
def test_a_wrong_token_is_a_401(rig: Rig, headers: dict[str, str]) -> None:
    answer = get(rig, "/items", headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"message": "401 Unauthorized"})


def test_a_reading_token_may_not_write(rig: Rig) -> None:
    answers = [httpx.post(f"{rig.base_url}/items/V100", json={"price": 1}, headers=who) for who in (READ, WRITE)]
    assert [answer.status_code for answer in answers] == [401, 200]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/items/V100", {}),
        ("/items/V100", {"price": "x"}),
        ("/items/V100", {"price": -1}),
        ("/items/V100", {"moon": 1}),
        ("/item_stocks/V100", {"stockCount": 5}),
        ("/discounts", {"name": "x"}),
        ("/discounts", {"name": "x", "amount": 5}),
        ("/discounts", {"amount": -5}),
    ],
)
def test_a_write_that_makes_no_sense_is_refused_and_leaves_nothing(rig: Rig, path: str, body: dict[str, Any]) -> None:
    assert httpx.post(rig.base_url + path, json=body, headers=WRITE).status_code == 400
    assert rig.pos.effects() == {"effects": []}


def test_what_is_not_there_is_a_404(rig: Rig) -> None:
    for path in ("/items/NOPE", "/orders/NOPE", "/item_stocks/NOPE", "/moons"):
        assert get(rig, path).status_code == 404
    assert httpx.delete(f"{rig.base_url}/discounts/NOPE", headers=WRITE).status_code == 404
    assert httpx.post(f"{rig.base_url}/items/V100", content=b"{", headers=WRITE).status_code == 400


def test_more_than_five_at_once_are_told_to_wait(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    inside, go = threading.Semaphore(0), threading.Event()
    play = rig.pos.play

    def slow() -> int:
        inside.release()
        go.wait(5)
        return play()

    monkeypatch.setattr(rig.pos, "play", slow)
    with ThreadPoolExecutor(6) as pool:
        busy = [pool.submit(get, rig, "/categories") for _ in range(5)]
        for _ in range(5):
            assert inside.acquire(timeout=5)
        refused = get(rig, "/categories")
        go.set()
        assert [answer.result().status_code for answer in busy] == [200] * 5
    assert refused.status_code == 429
    assert refused.headers["x-ratelimit-tokenconcurrentlimit"] == "5"
    assert refused.headers["retry-after"] == "1"


@pytest.mark.parametrize(
    ("happening", "request_", "field"),
    [
        ("sell", {"store_id": "S02", "lines": [{"variant_id": "V100"}]}, "store_id"),
        ("sell", {"store_id": "S01"}, "lines"),
        ("sell", {"store_id": "S01", "lines": [{"variant_id": "V999"}]}, "variant_id"),
        ("sell", {"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": 0}]}, "quantity"),
        ("sell", {"store_id": "S01", "lines": [{"variant_id": "V100", "discount_minor": 9999}]}, "discount_minor"),
        ("sell", {"store_id": "S01", "lines": [{"variant_id": "V100"}], "tip_minor": -1}, "tip_minor"),
        (
            "sell",
            {"store_id": "S01", "lines": [{"variant_id": "V100"}], "order_discount_minor": 9999},
            "order_discount",
        ),
        ("void", {}, "order_id"),
        ("void", {"order_id": "NOPE"}, "order_id"),
        ("refund", {"order_id": "NOPE"}, "order_id"),
        ("clock_in", {"store_id": "S01"}, "employee_id"),
        ("clock_in", {"store_id": "S01", "employee_id": "E0201"}, "employee_id"),
        ("clock_out", {"employee_id": "E0101"}, "employee_id"),
        ("reprice", {"variant_id": "V100"}, "price_minor"),
        ("reprice", {"variant_id": "V100", "price_minor": 5, "store_id": "S02"}, "store_id"),
        ("recount", {"store_id": "S01", "variant_id": "V100", "quantity": "-1"}, "quantity"),
        ("retire", {}, "variant_id"),
    ],
)
def test_what_cannot_happen_is_refused_by_the_name_of_its_field(
    rig: Rig, happening: str, request_: dict[str, Any], field: str
) -> None:
    with pytest.raises(RefusalError) as caught:
        getattr(rig.pos, happening)(request_)
    assert caught.value.field.startswith(field)
    assert 400 <= caught.value.status < 500


def test_refunds_stop_at_what_was_paid(rig: Rig) -> None:
    order_id = sold(rig)
    with pytest.raises(RefusalError, match="Only 640"):
        rig.pos.refund({"order_id": order_id, "amount_minor": 641})
    rig.pos.refund({"order_id": order_id, "lines": [{"line_no": 1, "quantity": "1"}]})
    with pytest.raises(RefusalError, match="Only 1 of line 1"):
        rig.pos.refund({"order_id": order_id, "lines": [{"line_no": 1, "quantity": "2"}]})
    with pytest.raises(RefusalError, match="cannot be voided"):
        rig.pos.void({"order_id": order_id})
    rig.pos.refund({"order_id": order_id})
    with pytest.raises(RefusalError, match="completely already"):
        rig.pos.refund({"order_id": order_id})
    refunds = get(rig, "/refunds", expand="lineItems").json()["elements"]
    assert sorted(refund["amount"] for refund in refunds) == [320, 320]


def test_state_survives_and_only_its_own_store_trades(tmp_path: Path) -> None:
    clock, shop = (
        TurnedClock(),
        Shop([basket(1, START + timedelta(minutes=1)), basket(2, START + timedelta(minutes=2), "S02")]),
    )
    first = CloverStandIn(tmp_path / "c.sqlite", shop, clock, store_id="S01")
    clock.turn(minutes=5)
    assert (first.play(), first.play()) == (1, 0)
    first.close()
    again = CloverStandIn(tmp_path / "c.sqlite", shop, clock, store_id="S01")
    assert [order["id"] for order in again.store.listing("orders")] == ["O0001"]
    again.close()
    with pytest.raises(RefusalError, match="no store S09"):
        CloverStandIn(tmp_path / "d.sqlite", shop, clock, store_id="S09")


def test_a_change_is_told_with_the_auth_code(tmp_path: Path) -> None:
    seen: list[tuple[str, bytes]] = []

    async def endpoint(scope: Any, receive: Any, send: Any) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        seen.append((headers.get("x-clover-auth", ""), (await receive())["body"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with serving(endpoint) as hook:
        target = WebhookTarget(f"{hook}/hook", Secret("auth-code"))
        pos = CloverStandIn(tmp_path / "c.sqlite", OneStore(), TurnedClock(), store_id="S01", webhook=target)
        faults = new_faults()
        app = Starlette(routes=[*control_routes(pos, faults), Mount("/", app=clover_app(pos, faults))])
        with serving(app) as url:
            sale = {"store_id": "S01", "lines": [{"variant_id": "V300", "quantity": "0.5"}]}
            answer = httpx.post(f"{url}/api/sandbox/pos/sale", json=sale).json()
            assert (answer["total_minor"], answer["store_id"]) == (600, "S01")
            refused = httpx.post(f"{url}/api/sandbox/pos/sale", json={**sale, "store_id": "S02"})
            assert (refused.status_code, refused.json()["field"]) == (404, "store_id")
            base = f"{url}/v3/merchants/{pos.merchant_id}"
            assert httpx.post(f"{base}/item_stocks/V100", json={"quantity": 4.5}, headers=WRITE).status_code == 200
            clocked = pos.clock_in({"store_id": "S01", "employee_id": "E0101"})
            pos.tell(clocked)
        pos.close()
    assert [code for code, _ in seen] == ["auth-code", "auth-code"]
    assert [(b"O:" in body, b"I:V100" in body) for _, body in seen] == [(True, False), (False, True)]
