"""The stand-in speaks the wire format, and refuses what the platform refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from connectors.sandbox.lightspeed_r.app import ROOT, new_faults, pos_app
from connectors.sandbox.lightspeed_r.limiter import Limiter
from connectors.sandbox.lightspeed_r.pos import READ_TOKEN, WRITE_TOKEN, StandInPos
from connectors.sandbox.standin.control import PREFIX, control_routes
from connectors.sandbox.standin.happenings import RefusalError
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import Shop, TurnedClock
from tests.support.square_world import serving


@pytest.fixture
def api(rig: Rig) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {WRITE_TOKEN.get_secret_value()}"}
    with httpx.Client(base_url=rig.base_url, headers=headers) as client:
        yield client


def sell(rig: Rig, times: int = 1, **more: Any) -> list[str]:
    request = {"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": 1}], **more}
    return [str(rig.pos.sell(request).answer["order_id"]) for _ in range(times)]


def test_one_is_an_object_many_are_a_list_and_none_are_not_there(rig: Rig, api: httpx.Client) -> None:
    assert "Sale" not in api.get("/Sale.json").json()
    sell(rig)
    one = api.get("/Sale.json", params={"load_relations": '["SaleLines","SalePayments"]'}).json()["Sale"]
    assert (one["saleID"], one["SaleLines"]["SaleLine"]["unitQuantity"]) == ("1", "1")
    sell(rig, lines=[{"variant_id": "V200", "quantity": 1}, {"variant_id": "V100", "quantity": 1}])
    two = api.get("/Sale.json", params={"load_relations": '["SaleLines"]'}).json()["Sale"]
    assert [type(sale["SaleLines"]["SaleLine"]) for sale in two] == [dict, list]
    assert "SaleLines" not in api.get("/Sale/1.json").json()["Sale"]


def test_every_scalar_is_a_string(rig: Rig, api: httpx.Client) -> None:
    sell(rig)

    def scalars(value: Any) -> Iterator[Any]:
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from scalars(inner)
        else:
            yield value

    for path in ("/Sale.json", "/Item.json", "/Shop.json", "/ItemShop.json", "/Employee.json"):
        assert {type(value) for value in scalars(api.get(path).json())} == {str}, path


def test_pages_lead_on_by_whole_addresses(rig: Rig, api: httpx.Client) -> None:
    sell(rig, 5)
    found, url = [], f"{rig.base_url}/Sale.json?limit=2&sort=-saleID"
    while url:
        page = api.get(url).json()
        sales = page["Sale"] if isinstance(page["Sale"], list) else [page["Sale"]]
        found += [sale["saleID"] for sale in sales]
        url = page["@attributes"]["next"]
        assert not url or url.startswith(rig.base_url)
    assert found == ["5", "4", "3", "2", "1"]
    assert api.get("/Sale.json", params={"count": "1"}).json() == {"@attributes": {"count": "5"}}


def test_filters_and_operators(rig: Rig, api: httpx.Client) -> None:
    sell(rig, 2)
    rig.clock.turn(hours=1)
    sell(rig, 1, store_id="S02")

    def ids(**params: str) -> list[str]:
        found = api.get("/Sale.json", params=params).json().get("Sale", [])
        return [sale["saleID"] for sale in (found if isinstance(found, list) else [found])]

    assert ids(shopID="2") == ["3"]
    assert ids(saleID="IN,[1,3]") == ["1", "3"]
    assert ids(saleID=">,1") == ["2", "3"]
    assert ids(updatetime=">=,2026-11-02T09:30:00-05:00") == ["3"]
    assert ids(updatetime="><,2026-11-02T13:00:00+00:00,2026-11-02T14:00:00Z") == ["1", "2"]
    assert ids(shopID="!=,2") == ["1", "2"]
    rig.pos.retire({"variant_id": "V400"})
    names = [len(api.get("/Item.json", params=params).json()["Item"]) for params in ({}, {"archived": "true"})]
    assert names == [3, 4]
    assert api.get("/Item.json", params={"archived": "only"}).json()["Item"]["description"] == "Blue mug"
    assert api.get("/Item.json", params={"description": "~,Oat%"}).json()["Item"]["itemID"] == "1"


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("/Sale.json", {"sort": "total"}, 400),
        ("/Sale.json", {"limit": "101"}, 400),
        ("/Sale.json", {"after": "nowhere"}, 400),
        ("/Sale.json", {"load_relations": "SaleLines"}, 400),
        ("/Sale.json", {"a b": "1"}, 400),
        ("/Sale/77.json", {}, 404),
        ("/Spaceship.json", {}, 404),
    ],
)
def test_what_the_api_does_not_know_is_refused_in_its_shape(
    api: httpx.Client, path: str, params: dict[str, str], status: int
) -> None:
    answer = api.get(path, params=params)
    assert (answer.status_code, answer.json()["httpCode"]) == (status, str(status))


def test_tokens_are_told_apart(rig: Rig) -> None:
    wanted = {"name": "Ten", "discountPercent": "0.1"}
    for token, status in ((READ_TOKEN, 403), (WRITE_TOKEN, 200)):
        headers = {"Authorization": f"Bearer {token.get_secret_value()}"}
        assert httpx.post(f"{rig.base_url}/Discount.json", json=wanted, headers=headers).status_code == status
    assert httpx.get(f"{rig.base_url}/Shop.json").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/Order.json", {}, "shopID"),
        ("POST", "/Order.json", {"shopID": "1", "vendorID": "9"}, "Vendor 9"),
        ("POST", "/OrderLine.json", {"orderID": "9"}, "Order 9"),
        ("POST", "/InventoryCount.json", {}, "shopID"),
        ("POST", "/Discount.json", {"name": "Both", "discountPercent": "0.1", "discountAmount": "1"}, "either"),
        ("POST", "/Discount.json", {"name": "Much", "discountPercent": "1.1"}, "1.00"),
        ("PUT", "/Item/1.json", {"archived": "true"}, "DELETE"),
        ("PUT", "/Item/1.json", {"Prices": {"ItemPrice": {"useTypeID": "1", "amount": "x"}}}, "number"),
        ("POST", "/Inventory/Transfer.json", {"sendingShopID": "1"}, "receivingShopID"),
        ("POST", "/Inventory/Transfer/9/AddItems.json", {"TransferItems": []}, "Transfer 9"),
    ],
)
def test_writes_are_validated(
    rig: Rig, api: httpx.Client, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    answer = api.request(method, path, json=body)
    assert answer.status_code in (400, 404, 422)
    assert field in answer.json()["message"]
    assert rig.pos.effects()["effects"] == []


def test_a_burst_is_refused_beside_the_bucket() -> None:
    now = [100.0]
    limiter = Limiter(size=90, drip=1, burst=3, clock=lambda: now[0])
    admitted = [limiter.admit(1.0)[0] for _ in range(4)]
    assert admitted == [True, True, True, False]
    _, headers = limiter.admit(1.0)
    assert (headers["X-LS-Api-RateLimit-Type"], headers["Retry-After"]) == ("api-burst-limiter", "1")
    now[0] += 1
    assert limiter.admit(1.0)[0]


def test_the_request_that_runs_over_is_let_in_and_the_next_is_not() -> None:
    now = [100.0]
    limiter = Limiter(size=10, drip=2, clock=lambda: now[0])
    assert [limiter.admit(6.0)[0] for _ in range(3)] == [True, True, False]
    refused, headers = limiter.admit(1.0)
    assert (refused, headers["X-LS-Api-Bucket-Level"], headers["Retry-After"]) == (False, "12.00/10", "1")
    now[0] += 1.5
    assert limiter.admit(1.0)[0]


def test_everything_survives_the_process(tmp_path: Path) -> None:
    clock, shop = TurnedClock(), Shop()
    first = StandInPos(tmp_path / "r.sqlite", shop, clock)
    sold = first.sell({"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": 2}]}).answer
    first.close()
    clock.turn(minutes=5)
    second = StandInPos(tmp_path / "r.sqlite", shop, clock)
    assert second.void({"order_id": sold["order_id"]}).answer["state"] == "voided"
    assert len(second.documents.every("Shop")) == 2
    second.close()


@pytest.mark.parametrize(
    ("happening", "request_", "status", "field"),
    [
        ("sell", {}, 400, "store_id"),
        ("sell", {"store_id": "S09"}, 404, "store_id"),
        ("sell", {"store_id": "S01", "lines": [{"variant_id": "V999"}]}, 404, "variant_id"),
        ("sell", {"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": 0}]}, 400, "quantity"),
        ("void", {"order_id": "99"}, 404, "order_id"),
        ("refund", {}, 400, "order_id"),
        ("clock_in", {"employee_id": "E0101", "store_id": "S02"}, 400, "store_id"),
        ("clock_out", {"employee_id": "E0101"}, 409, "employee_id"),
        ("reprice", {"variant_id": "V100", "price_minor": -1}, 400, "price_minor"),
        ("recount", {"variant_id": "V100", "store_id": "S01", "quantity": "-1"}, 400, "quantity"),
        ("retire", {"variant_id": "V999"}, 404, "variant_id"),
    ],
)
def test_what_cannot_happen_is_refused_with_its_field(
    rig: Rig, happening: str, request_: dict[str, Any], status: int, field: str
) -> None:
    with pytest.raises(RefusalError) as caught:
        getattr(rig.pos, happening)(request_)
    assert (caught.value.status, caught.value.field) == (status, field)


def test_no_more_is_refunded_than_was_paid(rig: Rig) -> None:
    (sold,) = sell(rig)
    with pytest.raises(RefusalError):
        rig.pos.refund({"order_id": sold, "amount_minor": 321})
    rig.pos.refund({"order_id": sold, "amount_minor": 100})
    assert rig.pos.refund({"order_id": sold}).answer["total_minor"] == -220
    with pytest.raises(RefusalError):
        rig.pos.refund({"order_id": sold})
    with pytest.raises(RefusalError):
        rig.pos.void({"order_id": sold})


def test_it_has_the_same_strings_as_every_stand_in(tmp_path: Path) -> None:
    pos, faults = StandInPos(tmp_path / "r.sqlite", Shop(), TurnedClock()), new_faults()
    app = Starlette(routes=[*control_routes(pos, faults), Mount("/pos", app=pos_app(pos, faults))])
    with serving(app) as url:
        request = {"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": 1}]}
        sold = httpx.post(f"{url}{PREFIX}/sale", json=request)
        assert (sold.status_code, sold.json()["total_minor"]) == (200, 320)
        ordered = httpx.post(f"{url}{PREFIX}/faults", json={"operation": "Sale.list", "fault": "throttle", "times": 1})
        assert ordered.status_code == 200
        headers = {"Authorization": f"Bearer {READ_TOKEN.get_secret_value()}"}
        throttled = httpx.get(f"{url}/pos{ROOT}/Sale.json", headers=headers)
        assert (throttled.status_code, throttled.headers["retry-after"]) == (429, "1")
        again = httpx.get(f"{url}/pos{ROOT}/Sale.json?limit=1", headers=headers)
        assert again.json()["Sale"]["total"] == "3.2"
    pos.close()
