"""The stand-in itself: it reads documents, refuses as Shopify does, and its shop adds up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import pytest

from connectors.sandbox.shopify.answering import Answering
from connectors.sandbox.shopify.bulk import Bulk
from connectors.sandbox.shopify.errors import GraphError
from connectors.sandbox.shopify.execution import write_cursor
from connectors.sandbox.shopify.pos import READ_TOKEN, WRITE_TOKEN
from connectors.sandbox.shopify.syntax import NotADocumentError, Variable, parse
from connectors.sandbox.standin.happenings import RefusalError
from tests.conformance.trading import sell, trade
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import Sold, basket


def ask(rig: Rig, query: str, variables: Any = None, *, token: str = READ_TOKEN.get_secret_value()) -> Any:
    reply = httpx.post(
        f"{rig.base_url}/admin/api/2026-10/graphql.json",
        json={"query": query, "variables": variables or {}},
        headers={"X-Shopify-Access-Token": token},
    )
    return reply.json() if reply.status_code == 200 else (reply.status_code, reply.json())


def test_documents_are_read() -> None:
    operation = parse(
        "query Q($id: ID!, $many: [ID!]!) { a: product(id: $id) @include(if: true) { ... on Product { id } # note\n"
        '  variants(first: 2, query: "x:\\"y\\"", flags: [true, null, {deep: 1.5}]) { nodes { id } } } }'
    )
    assert (operation.kind, operation.name, operation.variables) == ("query", "Q", {"id", "many"})
    (product,) = operation.selections
    assert (product.alias, product.name, product.arguments) == ("a", "product", {"id": Variable("id")})
    assert product.directives == {"include": {"if": True}}
    assert product.selections[0].on == "Product"
    assert product.selections[1].arguments["query"] == 'x:"y"'


@pytest.mark.parametrize(
    "text", ["", "{", "query {}", "{ a }}", "{ a(b: ) }", "{ ...Named }", "{ 1 }", "mutation M { a ; }", "{ a @ }"]
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(NotADocumentError):
        parse(text)


def test_answers_hold_what_was_asked_for_and_no_more(rig: Rig) -> None:
    trade(rig, 3)
    answer = ask(rig, "{ orders(first: 2) { edges { cursor node { name } } pageInfo { hasNextPage endCursor } } }")
    page = answer["data"]["orders"]
    assert [edge["node"] for edge in page["edges"]] == [{"name": "#O0000"}, {"name": "#O0001"}]
    assert page["pageInfo"] == {"hasNextPage": True, "endCursor": page["edges"][-1]["cursor"]}
    rest = ask(
        rig,
        "query R($c: String) { orders(first: 2, after: $c) { nodes { name } } }",
        {"c": page["pageInfo"]["endCursor"]},
    )
    assert rest["data"]["orders"]["nodes"] == [{"name": "#O0002"}]
    assert answer["extensions"]["cost"]["throttleStatus"]["restoreRate"] == 100.0


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ orders { nodes { id } } }", "BAD_REQUEST"),
        ("{ orders(first: 300) { nodes { id } } }", "BAD_REQUEST"),
        ("{ orders(first: 1) { nodes { colour } } }", "undefinedField"),
        ("{ orders(first: 1) { rows { id } } }", "undefinedField"),
        ("{ tills(first: 1) { nodes { id } } }", "undefinedField"),
        ("mutation M { productDelete(id: 1) { id } }", "undefinedField"),
        ('{ orders(first: 1, query: "colour:red") { nodes { id } } }', "BAD_REQUEST"),
        ('{ orders(first: 1, query: "updated_at:>1 OR name:x") { nodes { id } } }', "BAD_REQUEST"),
        ("{ orders(first: 1, sortKey: COLOUR) { nodes { id } } }", "BAD_REQUEST"),
        ('{ orders(first: 1, after: "x") { nodes { id } } }', "BAD_REQUEST"),
        ('{ node(id: "7") { id } }', "INVALID_ID"),
        (
            f"{{ orders(first: 250) {{ nodes {{ lineItems(first: 250) {{ nodes {{ {'a { id } ' * 8} }} }} }} }} }}",
            "MAX_COST_EXCEEDED",
        ),
    ],
)
def test_refusals_stand_in_a_200(rig: Rig, query: str, code: str) -> None:
    trade(rig, 1)
    (error,) = ask(rig, query)["errors"]
    assert error["extensions"]["code"] == code


def test_a_list_ends_after_25000_objects(rig: Rig) -> None:
    pos: Any = rig.pos
    body = {
        "query": "query Q($after: String) { orders(first: 50, after: $after, sortKey: ID) { nodes { id } } }",
        "variables": {"after": write_cursor([1, "x", 24_990])},
    }
    with pytest.raises(GraphError, match="25000"):
        Answering(pos).answer(body, may_write=False, base_url="http://x")


def test_tokens(rig: Rig) -> None:
    status, body = ask(rig, "{ shop { name } }", token="wrong")
    assert status == 401
    assert body["errors"].startswith("[API] Invalid API key or access token")
    mutation = 'mutation M { productUpdate(product: {id: "gid://shopify/Product/1"}) { userErrors { message } } }'
    assert ask(rig, mutation)["errors"][0]["extensions"]["code"] == "ACCESS_DENIED"
    written = ask(rig, mutation, token=WRITE_TOKEN.get_secret_value())
    assert written["data"]["productUpdate"]["userErrors"] == [{"message": "Product does not exist"}]


def adjust(rig: Rig, key: str | None, delta: int, start: int | None = 10) -> Any:
    pos: Any = rig.pos
    change = {
        "delta": delta,
        "changeFromQuantity": start,
        "inventoryItemId": pos.store.alias("InventoryItem", "V100"),
        "locationId": pos.store.alias("Location", "S01"),
    }
    directive = "@idempotent(key: $key)" if key else ""
    query = (
        f"mutation M($i: InventoryAdjustQuantitiesInput!{', $key: String!' if key else ''}) "
        f"{{ inventoryAdjustQuantities(input: $i) {directive} "
        "{ inventoryAdjustmentGroup { id } userErrors { code } } }"
    )
    variables = {"i": {"name": "available", "reason": "correction", "changes": [change]}, "key": key}
    return ask(rig, query, variables, token=WRITE_TOKEN.get_secret_value())


def test_a_key_makes_one_of_two(rig: Rig) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": 10})
    assert adjust(rig, None, -1)["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    first = adjust(rig, "k1", -1)
    again = adjust(rig, "k1", -1)
    assert first["data"] == again["data"]
    other = adjust(rig, "k1", -2)["data"]["inventoryAdjustQuantities"]["userErrors"]
    assert other == [{"code": "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"}]
    stale = adjust(rig, "k2", -1)["data"]["inventoryAdjustQuantities"]["userErrors"]
    assert stale == [{"code": "CHANGE_FROM_QUANTITY_STALE"}]
    assert len(rig.pos.effects()["effects"]) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("query Q($q: String) { orders(query: $q) { edges { node { id } } } }", "Variables"),
        ("{ shop { name } }", "at least one connection"),
        ("{ orders { edges { node { id } } } products { edges { node { id } } } }", "one root field"),
        ("{ a { edges { node { b { edges { node { c { edges { node { id } } } } } } } } } }", "deeper than 2"),
        ("{ nonsense", "Invalid bulk query"),
    ],
)
def test_bulk_queries_have_limits(rig: Rig, query: str, said: str) -> None:
    pos: Any = rig.pos
    bulk = Bulk(pos.store, lambda _: {}, lambda: 0, lambda: False)
    payload = bulk.start(query)
    assert payload["bulkOperation"] is None
    assert said in payload["userErrors"][0]["message"]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"store_id": "S01"}, "lines"),
        ({"store_id": "S99", "lines": [{"variant_id": "V100"}]}, "store_id"),
        ({"store_id": "S01", "lines": [{"variant_id": "V999"}]}, "variant_id"),
        ({"store_id": "S01", "lines": [{"variant_id": "V300", "quantity": "0.25"}]}, "quantity"),
        ({"store_id": "S01", "lines": [{"variant_id": "V100", "price_minor": -1}]}, "price_minor"),
        ({"store_id": "S01", "lines": [{"variant_id": "V100", "discount_minor": 9_999}]}, "discount_minor"),
        ({"store_id": "S01", "lines": [{"variant_id": "V100"}], "order_discount_minor": 9_999}, "order_discount_minor"),
        ({"store_id": "S01", "lines": [{"variant_id": "V100"}], "employee_id": "E9"}, "employee_id"),
    ],
)
def test_what_cannot_happen_names_the_field(rig: Rig, request_: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusalError) as caught:
        rig.pos.sell(request_)
    assert caught.value.field == field
    assert 400 <= caught.value.status < 500


def test_nobody_clocks_in_here(rig: Rig) -> None:
    for happen in (rig.pos.clock_in, rig.pos.clock_out):
        with pytest.raises(RefusalError, match="no time clock"):
            happen({"employee_id": "E0101"})


def test_refunds_and_voids_have_their_limits(rig: Rig) -> None:
    sold = sell(rig)["order_id"]
    for request in (
        {"amount_minor": 0},
        {"amount_minor": 641},
        {"lines": [{"line_no": 2}]},
        {"lines": [{"line_no": 1, "quantity": 3}]},
    ):
        with pytest.raises(RefusalError):
            rig.pos.refund({"order_id": sold, **request})
    rig.pos.refund({"order_id": sold, "lines": [{"line_no": 1, "quantity": 1}]})
    assert rig.pos.refund({"order_id": sold}).answer["total_minor"] == 0
    with pytest.raises(RefusalError, match="refunded completely"):
        rig.pos.refund({"order_id": sold})
    with pytest.raises(RefusalError, match="cannot be voided"):
        rig.pos.void({"order_id": sold})
    with pytest.raises(RefusalError, match="no order"):
        rig.pos.void({"order_id": "4711"})
    other = sell(rig)["order_id"]
    rig.pos.void({"order_id": other})
    with pytest.raises(RefusalError, match="void already"):
        rig.pos.void({"order_id": other})


def test_a_part_of_a_piece_from_a_feed_is_rung_up_as_one_piece(rig: Rig) -> None:
    loose = Sold("V300", "Olives, loose", Decimal("0.250"), 300)
    rig.shop.baskets.append(replace(basket(1, rig.clock.now()), lines=(loose,), closed_at=rig.clock.turn(minutes=1)))
    assert rig.pos.play() == 1
    line = "quantity originalTotalSet { shopMoney { amount } }"
    query = f"{{ orders(first: 1) {{ nodes {{ lineItems(first: 1) {{ nodes {{ {line} }} }} }} }} }}"
    (found,) = ask(rig, query)["data"]["orders"]["nodes"][0]["lineItems"]["nodes"]
    assert found == {"quantity": 1, "originalTotalSet": {"shopMoney": {"amount": "3.0"}}}


def test_the_strings_of_the_stand_in_work_over_http(rig: Rig) -> None:
    root = rig.base_url.removesuffix("/shop")
    sale = httpx.post(
        f"{root}/api/sandbox/pos/sale", json={"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": 2}]}
    )
    assert (sale.status_code, sale.json()["total_minor"], sale.json()["store_id"]) == (200, 900, "S01")
    refused = httpx.post(f"{root}/api/sandbox/pos/clock_in", json={"employee_id": "E0101"})
    assert (refused.status_code, refused.json()["error"]) == (400, "Shopify has no time clock.")
    fault = httpx.post(f"{root}/api/sandbox/pos/faults", json={"operation": "Nope", "fault": "refuse"})
    assert fault.status_code == 400
    assert "PriceUpdate" in fault.json()["error"]
