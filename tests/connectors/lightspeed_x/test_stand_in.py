"""The stand-in's own life: what it remembers, its habits, and what it tells webhooks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from connectors.http import Secret
from connectors.lightspeed_x.webhooks import is_genuine
from connectors.sandbox.lightspeed_x.app import new_faults, x_app
from connectors.sandbox.lightspeed_x.pos import READ_TOKEN, WRITE_TOKEN, StandInX
from connectors.sandbox.lightspeed_x.store import ident
from connectors.sandbox.standin.happenings import WebhookTarget
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import Shop, TurnedClock, basket
from tests.support.square_world import serving

OAT = ident("product", "V100")
KEY = Secret("client-secret")


@pytest.fixture
def api(rig: Rig) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {WRITE_TOKEN.get_secret_value()}", "User-Agent": "a test"}
    with httpx.Client(base_url=rig.base_url, headers=headers, timeout=5.0) as client:
        yield client


def control(rig: Rig, name: str, body: Any) -> httpx.Response:
    return httpx.post(f"{rig.base_url.removesuffix('/api/2026-07')}/api/sandbox/pos/{name}", json=body, timeout=5.0)


def test_sales_happen_when_their_time_comes_and_once(rig: Rig) -> None:
    rig.shop.baskets += [basket(1, rig.clock.turn(minutes=1)), basket(2, rig.clock.turn(minutes=9))]
    rig.clock.turn(minutes=-5)
    assert (rig.pos.play(), rig.pos.play()) == (1, 0)
    rig.clock.turn(minutes=5)
    assert rig.pos.play() == 1


def test_time_runs_as_fast_as_asked(tmp_path: Path) -> None:
    clock, shop = TurnedClock(), Shop()
    pos = StandInX(tmp_path / "x.sqlite", shop, clock, 60.0)
    shop.baskets.append(basket(1, clock.at.replace(minute=50)))
    clock.turn(minutes=1)
    assert (pos.now() - clock.at).total_seconds() == 59 * 60
    assert pos.play() == 1
    pos.close()


def test_it_goes_on_where_it_was_after_being_opened_again(tmp_path: Path) -> None:
    clock, shop = TurnedClock(), Shop()
    shop.baskets = [basket(1, clock.at.replace(minute=1)), basket(2, clock.at.replace(minute=10))]
    first = StandInX(tmp_path / "x.sqlite", shop, clock)
    clock.turn(minutes=5)
    first.play()
    voided = first.void({"order_id": "O0001"})
    highest = first.store.next_version()
    first.close()
    clock.turn(minutes=10)
    second = StandInX(tmp_path / "x.sqlite", shop, clock)
    assert second.play() == 1
    found = second.store.get("sale", str(voided.answer["order_id"]))
    assert found is not None
    assert found["state"] == "voided"
    assert second.store.next_version() > highest
    second.close()


def test_everything_takes_its_version_from_one_counter(api: httpx.Client) -> None:
    versions = [
        item.get("version") or item["_metadata"]["version"]
        for path in ("/outlets", "/registers", "/users", "/products", "/suppliers", "/customers", "/price_books")
        for item in api.get(path).json()["data"]
    ]
    assert len(versions) == len(set(versions))


def test_a_feed_takes_both_bounds_and_says_its_own(api: httpx.Client) -> None:
    whole = api.get("/products", params={"page_size": "2"}).json()
    assert len(whole["data"]) == 2
    assert whole["version"] == {"min": whole["data"][0]["version"], "max": whole["data"][1]["version"]}
    rest = api.get("/products", params={"after": whole["version"]["max"]}).json()
    assert [item["sku"] for item in rest["data"]] == ["OLV", "MUG-B"]
    below = api.get("/products", params={"before": whole["version"]["max"]}).json()
    assert len(below["data"]) == 1
    empty = api.get("/products", params={"after": 2**40}).json()
    assert empty == {"data": [], "version": {"min": None, "max": None}}
    assert api.get("/products", params={"after": "soon"}).status_code == 400


def test_stock_levels_are_a_bare_array_that_counts_down(rig: Rig, api: httpx.Client) -> None:
    for variant in ("V100", "V200"):
        rig.pos.recount({"variant_id": variant, "store_id": "S01", "quantity": "4"})
    down, up = api.post("/inventory", json={}).json(), api.post("/inventory", json={"sort_direction": "asc"}).json()
    assert isinstance(down, list)
    assert [item["version"] for item in down] == [item["version"] for item in reversed(up)]
    assert api.post("/inventory", json={"size": 6000}).status_code == 400


def test_sales_are_floats_without_tax(rig: Rig, api: httpx.Client) -> None:
    lines = [{"variant_id": "V100", "quantity": "3", "discount_minor": 100}]
    rig.pos.sell({"store_id": "S01", "lines": lines, "order_discount_minor": 50, "tip_minor": 75})
    (sale,) = api.get("/sales").json()["data"]
    first, off = sale["line_items"]
    assert (first["quantity"], first["pricing"]["total"], first["pricing"]["discount_total"]) == (3, 12.5, 1)
    assert first["pricing"]["price"] == pytest.approx(12.5 / 3)
    assert (off["quantity"], off["pricing"]["total"]) == (-1, -0.5)
    assert sale["totals"]["price"] == 12
    assert sale["payments"][0]["amount"] == 12.75
    assert [item["adjustment_type"] for item in sale["adjustments"]] == ["TIP"]


def test_a_consignment_s_product_adds_up_when_it_is_added_again_and_is_set_by_put(api: httpx.Client) -> None:
    head = {"type": "SUPPLIER", "status": "OPEN", "outlet_id": ident("outlet", "S01")}
    order = api.post("/consignments", json=head).json()["data"]["id"]
    line = {"data": {"product_id": OAT, "count": "5"}}
    path = f"/consignments/{order}/products"
    assert api.put(f"{path}/{OAT}", json=line).status_code == 404
    for _ in range(2):
        api.post(path, json=line)
    assert [item["count"] for item in api.get(path).json()["data"]] == ["10.00000"]
    api.put(f"{path}/{OAT}", json=line)
    assert [item["count"] for item in api.get(path).json()["data"]] == ["5.00000"]
    api.put(f"/consignments/{order}", json={"status": "RECEIVED"})
    assert api.post(path, json=line).status_code == 422
    assert api.get(f"/inventory/{OAT}").json()[0]["current_inventory_level"] == 5


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", f"/products/{OAT}", {}, 400),
        ("PUT", f"/products/{OAT}", {"details": {"price_including_tax": 5}}, 422),
        ("PUT", f"/products/{OAT}", {"details": {"price_including_tax": 5, "price_excluding_tax": 5}}, 422),
        ("PUT", f"/products/{OAT}", {"details": {"price_excluding_tax": "x"}}, 422),
        ("PUT", "/products/none", {"details": {"is_active": False}}, 404),
        ("POST", "/stock_adjustments", {"stock_adjustments": []}, 422),
        ("POST", "/consignments", {"type": "GIFT"}, 422),
        ("POST", "/promotions", {"name": "x"}, 400),
        ("POST", "/webhooks", {"type": "sale.create", "url": "https://x.example", "active": True}, 400),
        ("GET", "/sales/none", None, 404),
        ("GET", "/nowhere", None, 404),
    ],
)
def test_refusals_have_the_platform_s_shape(api: httpx.Client, method: str, path: str, body: Any, status: int) -> None:
    reply = api.request(method, path, json=body)
    assert reply.status_code == status
    assert set(reply.json()) == {"error", "message"}


@pytest.mark.parametrize(
    ("quantity", "reason"), [("3", "DAMAGE"), ("-3", "STOCK_FOUND"), ("0", "DAMAGE"), ("-3", "CUSTOM"), (-3, "DAMAGE")]
)
def test_an_adjustment_whose_sign_does_not_fit_is_refused(api: httpx.Client, quantity: Any, reason: str) -> None:
    line = {"product_id": OAT, "outlet_id": ident("outlet", "S01"), "quantity": quantity, "reason": reason}
    assert api.post("/stock_adjustments", json={"stock_adjustments": [line]}).status_code in (404, 422)
    assert api.get("/stock_adjustments").json()["data"] == []


def test_the_door_wants_a_token_a_scope_and_a_name(rig: Rig) -> None:
    def status(method: str = "GET", **headers: str) -> int:
        path = "/outlets" if method == "GET" else f"/products/{OAT}"
        return httpx.request(method, f"{rig.base_url}{path}", headers=headers, json={}, timeout=5.0).status_code

    reading = f"Bearer {READ_TOKEN.get_secret_value()}"
    assert status(Authorization=reading) == 200
    assert status("PUT", Authorization=reading) == 403
    assert status() == 401
    assert status(Authorization="Bearer wrong") == 401
    assert status(Authorization=READ_TOKEN.get_secret_value()) == 401
    assert status(Authorization=reading, **{"User-Agent": ""}) == 400


def test_being_told_to_slow_down_is_an_http_date(rig: Rig, api: httpx.Client) -> None:
    rig.faults.order({"operation": "sales.list", "fault": "throttle", "times": 1})
    reply = api.get("/sales")
    assert reply.status_code == 429
    assert reply.json() == {"error": "Too Many Requests", "message": "Rate limiting enforced"}
    assert reply.headers["retry-after"].endswith(" GMT")
    assert parsedate_to_datetime(reply.headers["retry-after"]).tzinfo is not None


def test_an_allowance_is_enforced_and_said(tmp_path: Path) -> None:
    pos = StandInX(tmp_path / "x.sqlite", Shop(), TurnedClock(), allowance=3)
    headers = {"Authorization": f"Bearer {READ_TOKEN.get_secret_value()}"}
    with serving(x_app(pos)) as url, httpx.Client(base_url=url, headers=headers, timeout=5.0) as client:
        replies = [client.get("/outlets") for _ in range(4)]
    pos.close()
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert [reply.headers["x-ratelimit-remaining"] for reply in replies] == ["2", "1", "0", "0"]
    assert "retry-after" in replies[-1].headers


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("sale", {}, "store_id"),
        ("sale", {"store_id": "S99", "lines": [{"variant_id": "V100"}]}, "store_id"),
        ("sale", {"store_id": "S01"}, "lines"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V9"}]}, "variant_id"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": 0}]}, "quantity"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V100", "discount_minor": 999}]}, "discount_minor"),
        ("sale", {"store_id": "S01", "lines": [{"variant_id": "V100"}], "tip_minor": -1}, "tip_minor"),
        (
            "sale",
            {"store_id": "S01", "lines": [{"variant_id": "V100"}], "order_discount_minor": 999},
            "order_discount_minor",
        ),
        ("void", {"order_id": "none"}, "order_id"),
        ("void", {}, "order_id"),
        ("refund", {"order_id": "none"}, "order_id"),
        ("clock_in", {"store_id": "S01", "employee_id": "E9"}, "employee_id"),
        ("clock_in", {"store_id": "S02", "employee_id": "E0101"}, "store_id"),
        ("clock_out", {"employee_id": "E0101"}, "employee_id"),
        ("reprice", {"variant_id": "V100", "price_minor": "dear"}, "price_minor"),
        ("recount", {"variant_id": "V100", "store_id": "S01", "quantity": "-1"}, "quantity"),
        ("retire", {"variant_id": "V9"}, "variant_id"),
    ],
)
def test_what_cannot_happen_names_its_field(rig: Rig, name: str, body: dict[str, Any], field: str) -> None:
    reply = control(rig, name, body)
    assert 400 <= reply.status_code < 500
    assert reply.json()["field"] == field


def test_no_more_is_given_back_than_was_paid(rig: Rig) -> None:
    sold = rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": "2"}], "tip_minor": 50})
    order = sold.answer["order_id"]
    assert control(rig, "refund", {"order_id": order, "amount_minor": 641}).json()["field"] == "amount_minor"
    assert control(rig, "refund", {"order_id": order, "lines": [{"line_no": 1, "quantity": 1}]}).status_code == 200
    assert (
        control(rig, "refund", {"order_id": order, "lines": [{"line_no": 1, "quantity": 2}]}).json()["field"] == "lines"
    )
    assert control(rig, "void", {"order_id": order}).status_code == 409
    assert control(rig, "refund", {"order_id": order}).json()["total_minor"] == -320
    assert control(rig, "refund", {"order_id": order, "amount_minor": 1}).status_code == 400


def test_a_refund_of_everything_gives_the_sale_s_discount_back_too(rig: Rig, api: httpx.Client) -> None:
    lines = [{"variant_id": "V100"}, {"variant_id": "V200"}]
    sold = rig.pos.sell({"store_id": "S01", "lines": lines, "order_discount_minor": 70})
    back = rig.pos.refund({"order_id": sold.answer["order_id"]})
    assert (sold.answer["total_minor"], back.answer["total_minor"]) == (700, -700)
    sale = api.get(f"/sales/{back.answer['order_id']}").json()["data"]
    assert [item["quantity"] for item in sale["line_items"]] == [-1, -1, 1]


def test_goods_that_were_sold_and_given_back_are_on_the_shelf_again(rig: Rig) -> None:
    assert isinstance(rig.pos, StandInX)
    rig.pos.recount({"variant_id": "V200", "store_id": "S01", "quantity": "10"})
    sold = rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": "3"}]})
    other = rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": "2"}]})
    rig.pos.refund({"order_id": sold.answer["order_id"], "lines": [{"line_no": 1, "quantity": "1"}]})
    rig.pos.void({"order_id": other.answer["order_id"]})
    assert rig.pos.goods.level(ident("product", "V200"), ident("outlet", "S01")) == Decimal(8)


def test_webhooks_are_signed_forms_also_of_what_came_over_the_api(tmp_path: Path) -> None:
    got: list[tuple[str, bytes]] = []

    async def hook(request: Request) -> Response:
        got.append((request.headers["x-signature"], await request.body()))
        return Response(status_code=204)

    pos = StandInX(tmp_path / "x.sqlite", Shop(), TurnedClock())
    app = Starlette(routes=[Route("/hook", hook, methods=["POST"]), Mount("/api/2026-07", x_app(pos, new_faults()))])
    with serving(app) as url:
        pos.webhook = WebhookTarget(f"{url}/hook", KEY)
        pos.tell(pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100"}]}))
        pos.tell(pos.clock_in({"employee_id": "E0101", "store_id": "S01"}))
        headers = {"Authorization": f"Bearer {WRITE_TOKEN.get_secret_value()}"}
        sent = {"details": {"is_active": False}}
        httpx.put(f"{url}/api/2026-07/products/{OAT}", json=sent, headers=headers, timeout=5.0).raise_for_status()
        deadline = time.monotonic() + 5
        while len(got) < 2 and time.monotonic() < deadline:
            # The answer comes first, then the webhook.
            time.sleep(0.01)
        pos.webhook = WebhookTarget("http://127.0.0.1:9/hook", KEY)
        pos.tell(pos.retire({"variant_id": "V200"}))
    pos.close()
    assert len(got) == 2, "shifts have no webhook"
    assert all(is_genuine(body, signature, key=KEY) for signature, body in got)
    assert b"register_sale_products" in got[0][1]
    assert b"MUG" not in got[1][1]
    assert b"OAT-1L" in got[1][1]
