"""What a 200 hides: throttling, denied fields, refusals; and what a query costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connectors.base import Entity, Reader
from connectors.errors import TerminalError, TransientError
from connectors.http import Delivery, HttpClient, Reply, Secret, WriteReply
from connectors.manifest import load_manifest
from connectors.shopify.client import ShopifyClient, read_outcome
from connectors.shopify.cost import CostBucket, throttled
from connectors.shopify.operations import bulk_text, document, document_names, operation_name
from connectors.shopify.webhooks import TOPICS
from tests.conformance.trading import sell, trade
from tests.connectors.shopify.known_fields import known_fields
from tests.support.platforms.rig import Rig

Make = Callable[..., Reader]


def cost(requested: float, left: float, rate: float = 100.0) -> dict[str, Any]:
    status = {"maximumAvailable": 2000.0, "currentlyAvailable": left, "restoreRate": rate}
    return {"extensions": {"cost": {"requestedQueryCost": requested, "throttleStatus": status}}}


def refusal(code: str, **more: Any) -> dict[str, Any]:
    return {"errors": [{"message": "No", "extensions": {"code": code}, **more}]}


def test_throttled_says_how_long_until_the_request_fits() -> None:
    assert throttled({**refusal("THROTTLED"), **cost(752, 666, 50)}) == pytest.approx(1.72)
    assert throttled({**refusal("THROTTLED"), **cost(10, 500)}) == pytest.approx(0.1)
    assert throttled(refusal("THROTTLED")) == 1.0
    for other in (None, {}, [], {"data": {}}, refusal("ACCESS_DENIED"), {"errors": "no"}, {"errors": [None]}):
        assert throttled(other) is None


def test_the_bucket_is_what_the_last_answer_said() -> None:
    waits: list[float] = []
    bucket = CostBucket(sleep=waits.append, clock=lambda: 0.0)
    bucket.learn({}, cost(10, 30, 50))
    with bucket.slot(80):
        pass
    assert waits == [pytest.approx(1.0)]
    for nothing in (None, [], {"data": {}}, {"extensions": None}, {"extensions": {"cost": {"throttleStatus": {}}}}):
        bucket.learn({}, nothing)


def test_a_throttled_read_waits_and_asks_again(rig: Rig, make: Make) -> None:
    trade(rig, 1)
    waits: list[float] = []
    reader = make(sleep=waits.append)
    rig.faults.order({"operation": "Orders", "fault": "throttle", "times": 2})
    (page,) = reader.extract(Entity.SALE, None, until=rig.clock.now())
    assert len(page.records) == 1
    assert len([wait for wait in waits if wait >= 0.1]) == 2


@pytest.mark.parametrize(
    ("body", "status", "delivery"),
    [
        ({"data": {"x": {"userErrors": []}}}, 200, Delivery.ANSWERED),
        ({"data": {"x": {"userErrors": [{"code": "INVALID", "message": "no"}]}}}, 422, Delivery.ANSWERED),
        ({"data": {"x": {"userErrors": [{"message": "no"}]}}}, 422, Delivery.ANSWERED),
        ({"data": {"x": {"userErrors": [{"code": "CHANGE_FROM_QUANTITY_STALE"}]}}}, 409, Delivery.ANSWERED),
        (refusal("ACCESS_DENIED"), 403, Delivery.ANSWERED),
        (refusal("BAD_REQUEST"), 400, Delivery.ANSWERED),
        ({"errors": [{"message": "Parse error"}]}, 400, Delivery.ANSWERED),
        (refusal("INTERNAL_SERVER_ERROR"), 500, Delivery.UNKNOWN),
        (refusal("TIMEOUT"), 500, Delivery.UNKNOWN),
    ],
)
def test_what_a_200_to_a_mutation_means(body: Any, status: int, delivery: Delivery) -> None:
    read = read_outcome(WriteReply(Delivery.ANSWERED, 200, body))
    assert (read.status, read.delivery, read.accepted) == (status, delivery, status == 200)


def test_other_answers_to_a_mutation_are_left_as_they_are() -> None:
    for reply in (WriteReply(Delivery.UNKNOWN), WriteReply(Delivery.NOT_SENT), WriteReply(Delivery.ANSWERED, 401)):
        assert read_outcome(reply) is reply


class Scripted:
    """A client over answers given in order; keeps what was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *bodies: Any) -> None:
        self.asked: list[Any] = []
        left = list(bodies)

        def search(_: HttpClient, path: str, body: Any, *, cost: float = 1.0) -> Reply:
            assert cost > 0
            assert path == "/admin/api/2026-10/graphql.json"
            self.asked.append(body)
            return Reply(200, left.pop(0))

        monkeypatch.setattr(HttpClient, "search", search)
        self.client = ShopifyClient("http://127.0.0.1:9", Secret("t"), setting="SHOPIFY_ACCESS_TOKEN")


def orders_page(*nodes: Any) -> dict[str, Any]:
    return {"data": {"orders": {"nodes": list(nodes), "pageInfo": {"hasNextPage": False, "endCursor": None}}}}


def test_a_denied_field_is_switched_off_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    denied = {
        **orders_page({"id": "1", "staffMember": None}),
        **refusal("ACCESS_DENIED", path=["orders", "nodes", 0, "staffMember"]),
    }
    scripted = Scripted(monkeypatch, denied, orders_page({"id": "1"}), orders_page())
    found = scripted.client.page("orders", "orders", {"query": None, "sort": "UPDATED_AT", "after": None}, first=5)
    scripted.client.page("orders", "orders", {"query": None, "sort": "UPDATED_AT", "after": None}, first=5)
    assert list(found.nodes) == [{"id": "1"}]
    assert [body["variables"]["staff"] for body in scripted.asked] == [True, False, False]
    assert scripted.client.switched_off == {"staff"}


def test_a_denied_root_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"data": {"staffMembers": None}, **refusal("ACCESS_DENIED", path=["staffMembers"])}
    scripted = Scripted(monkeypatch, answer)
    with pytest.raises(TerminalError, match="staff") as caught:
        scripted.client.page("staff", "staffMembers", {"after": None}, first=5)
    assert caught.value.user_message == (
        "Shopify refused access: the token in SHOPIFY_ACCESS_TOKEN lacks a permission it needs."
    )


def test_a_query_that_costs_too_much_is_asked_for_less(monkeypatch: pytest.MonkeyPatch) -> None:
    scripted = Scripted(monkeypatch, refusal("MAX_COST_EXCEEDED"), refusal("MAX_COST_EXCEEDED"), orders_page())
    scripted.client.page("orders", "orders", {"query": None, "sort": "UPDATED_AT", "after": None}, first=50)
    assert [body["variables"]["first"] for body in scripted.asked] == [50, 25, 12]


def test_objects_by_id_are_asked_for_in_halves_when_they_cost_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    scripted = Scripted(
        monkeypatch, refusal("MAX_COST_EXCEEDED"), {"data": {"nodes": [1]}}, {"data": {"nodes": [2, None]}}
    )
    assert scripted.client.nodes("locations_by_id", ["a", "b", "c"]) == [1, 2, None]
    assert [body["variables"]["ids"] for body in scripted.asked] == [["a", "b", "c"], ["a"], ["b", "c"]]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (refusal("INTERNAL_SERVER_ERROR"), TransientError),
        (refusal("undefinedField"), TerminalError),
        ({"errors": "Something"}, TerminalError),
        ({"data": None}, TerminalError),
        ([], TerminalError),
        ({"data": {"orders": None}}, TerminalError),
        ({"data": {"orders": {"nodes": "x"}}}, TerminalError),
    ],
)
def test_an_answer_that_is_none_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, body: Any, error: type[TerminalError]
) -> None:
    scripted = Scripted(monkeypatch, body)
    with pytest.raises(error) as caught:
        scripted.client.page("orders", "orders", {"query": None, "sort": "UPDATED_AT", "after": None}, first=1)
    assert caught.value.user_message.endswith(".")


def test_documents_are_complete_and_named() -> None:
    assert len(document_names()) > 40
    names = [operation_name(name) for name in document_names()]
    assert len(set(names)) == len(names)
    for name in document_names():
        assert "fragment " not in document(name)
        assert "..." not in document(name).replace("... on ", "")


def test_a_bulk_query_has_no_variables_no_directives_and_no_denied_fields() -> None:
    switches = {"staff": False, "customers": True, "devices": True}
    text = bulk_text("orders_bulk", "created_at:>='2026-01-01T00:00:00Z'", switches)
    assert "$" not in text
    assert "@" not in text
    assert "staffMember" not in text
    assert "customer { id }" in text
    assert "\"created_at:>='2026-01-01T00:00:00Z'\"" in text


def test_the_manifest_knows_every_field_that_the_documents_ask_for() -> None:
    manifest = load_manifest("shopify")
    assert {entity: sorted(paths) for entity, paths in manifest.fields.items()} == known_fields()
    assert manifest.webhooks.events == TOPICS


def test_a_shop_that_sells_nothing_yet_is_no_trouble(rig: Rig, make: Make) -> None:
    (page,) = make().extract(Entity.SALE, None, until=rig.clock.now())
    assert (list(page.records), page.done, page.total) == ([], True, 0)
    sell(rig)
    (later,) = make().extract(Entity.SALE, page.next, until=rig.clock.now())
    assert len(later.records) == 1
