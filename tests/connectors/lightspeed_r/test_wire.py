"""Strings, one-or-many, cursors that lead away, and a bucket that says how full it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.base import Entity
from connectors.errors import TerminalError
from connectors.http import Secret
from connectors.lightspeed_r import webhooks
from connectors.lightspeed_r.bucket import LeakyBucket, request_cost
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.feeds import SALE_RELATIONS
from connectors.lightspeed_r.wire import amount, flag, instant, many, moment, nested, plain, reference, stamp, text
from connectors.sandbox.lightspeed_r.limiter import Limiter
from connectors.sandbox.lightspeed_r.pos import READ_TOKEN
from tests.support.platforms.lightspeed_r import QUICK, open_rig
from tests.support.platforms.rig import Rig
from tests.support.square_world import serving


@pytest.mark.parametrize(
    ("written", "found"), [("", []), (None, []), ({"a": "1"}, [{"a": "1"}]), ([{"a": "1"}, "x"], [{"a": "1"}])]
)
def test_a_list_may_come_as_its_only_element_or_as_nothing(written: Any, found: list[Any]) -> None:
    assert many(written) == found
    assert nested({"Lines": {"Line": written}}, "Lines", "Line") == found
    assert nested({"Lines": ""}, "Lines", "Line") == []


def test_scalars_are_strings() -> None:
    document = {"id": "0", "shop": "7", "done": "true", "open": "false", "sum": "10.50", "odd": "x", "list": []}
    assert (reference(document, "id"), reference(document, "shop"), reference(document, "none")) == (None, "7", None)
    assert (flag(document, "done"), flag(document, "open"), flag(document, "none")) == (True, False, False)
    assert (amount(document, "sum"), amount(document, "odd"), amount({"n": "NaN"}, "n")) == (
        Decimal("10.50"),
        None,
        None,
    )
    assert text(document, "list") is None
    assert [plain(Decimal(value)) for value in ("4.50", "100", "1E+3", "-0.0")] == ["4.5", "100", "1000", "0"]


def test_stamps_are_whole_seconds_with_an_offset() -> None:
    at = datetime(2026, 11, 1, 15, 30, 5, 900_000, tzinfo=UTC)
    assert stamp(at) == "2026-11-01T15:30:05+00:00"
    assert instant("2026-11-01T10:30:05-05:00") == instant("2026-11-01T15:30:05-00:00") == at.replace(microsecond=0)
    with pytest.raises(ValueError, match="offset"):
        instant("2026-11-01T15:30:05")
    assert moment({"a": "soon", "b": "2026-11-01T15:30:05Z"}, "a", "b") == at.replace(microsecond=0)


def test_relations_cost_what_the_platform_says() -> None:
    assert request_cost(()) == 1.0
    assert request_cost(("ItemShops",), single=True) == 1.2
    assert request_cost(("Vendor", "OrderLines")) == 1.6
    assert request_cost(SALE_RELATIONS) == 2.8


class Waits:
    def __init__(self) -> None:
        self.now, self.slept = 100.0, 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.now += seconds

    def clock(self) -> float:
        return self.now


def headers(level: str, drip: str = "1", burst: str = "1/20") -> httpx.Headers:
    return httpx.Headers({"X-LS-Api-Bucket-Level": level, "X-LS-Api-Drip-Rate": drip, "X-LS-Api-Burst-Level": burst})


def test_the_bucket_waits_for_room_and_believes_the_platform() -> None:
    waits = Waits()
    bucket = LeakyBucket(sleep=waits.sleep, clock=waits.clock)
    with bucket.slot(80):
        assert waits.slept == 0
    bucket.learn(headers("88.5/90"), None)
    with bucket.slot(2.5):
        assert waits.slept == pytest.approx(1.0)
    bucket.learn(headers("95/100", drip="5"), None)
    with bucket.slot(10):
        assert waits.slept == pytest.approx(2.0)
    bucket.learn(httpx.Headers({"X-LS-Api-Bucket-Level": "full"}), None)
    bucket.learn(httpx.Headers({"X-LS-Api-Bucket-Level": "1/0"}), None)
    bucket.learn(httpx.Headers({}), None)


def test_a_second_that_is_nearly_full_is_waited_for() -> None:
    waits = Waits()
    bucket = LeakyBucket(sleep=waits.sleep, clock=waits.clock)
    bucket.learn(headers("10/90", burst="19/20"), None)
    with bucket.slot(1):
        assert waits.slept == pytest.approx(1.0)


@contextmanager
def small_bucket(folder: Path, limiter: Limiter) -> Iterator[Rig]:
    with open_rig(folder, limiter=limiter) as rig:
        yield rig


def test_a_full_bucket_throttles_and_the_client_paces_itself(tmp_path: Path) -> None:
    limiter = Limiter(size=6.0, drip=4.0)
    with small_bucket(tmp_path, limiter) as rig:
        # Without pacing the seventh request in a row is refused, in the platform's own words.
        authorization = {"Authorization": f"Bearer {READ_TOKEN.get_secret_value()}"}
        with httpx.Client(headers=authorization) as bare:
            answers = [bare.get(f"{rig.base_url}/Shop.json") for _ in range(20)]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert refused
        assert refused[0].headers["x-ls-api-ratelimit-type"] == "api-leaky-bucket"
        assert refused[0].headers["retry-after"] == "1"
        used, size = map(float, refused[0].headers["x-ls-api-bucket-level"].split("/"))
        assert used >= size == 6.0
        assert refused[0].json()["httpCode"] == "429"
        reader = rig.reader()
        try:
            pages = list(reader.extract(Entity.CATALOG, None, until=rig.clock.now()))
        finally:
            reader.close()
        assert sum(len(page.records) for page in pages) == 8


@contextmanager
def answering(answer: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """A server that answers everything with ``answer``; ``{host}`` in it becomes its own address."""
    asked: list[str] = []
    host: list[str] = []

    async def endpoint(request: Request) -> Response:
        asked.append(str(request.url))
        following = str(answer["@attributes"].get("next", "")).replace("{host}", host[0])
        return JSONResponse({**answer, "@attributes": {"next": following}})

    with serving(Starlette(routes=[Route("/{path:path}", endpoint)])) as url:
        host.append(url)
        yield url, asked


@pytest.mark.parametrize(
    "following",
    [
        "http://127.0.0.1:9/API/V3/Account/7/Sale.json?after=x",
        "https://evil.example/API/V3/Account/7/Sale.json?after=x",
        "{host}/API/V3/Account/8/Sale.json?after=x",
        "{host}/API/V3/Account/7/../8/Sale.json?after=x",
        "//evil.example/API/V3/Account/7/Sale.json",
    ],
)
def test_a_next_page_elsewhere_is_not_followed(following: str) -> None:
    with answering({"@attributes": {"next": following}, "Sale": {"saleID": "1"}}) as (url, asked):
        client = LightspeedRClient(f"{url}/API/V3/Account/7", Secret("t"), setting="S", policy=QUICK)
        try:
            with pytest.raises(TerminalError) as caught:
                client.everything("Sale")
        finally:
            client.close()
    assert "another address" in caught.value.user_message
    assert len(asked) == 1


def test_pages_that_lead_in_a_circle_end() -> None:
    again = "{host}/API/V3/Account/7/Sale.json?after=x"
    with answering({"@attributes": {"next": again}, "Sale": {"saleID": "1"}}) as (url, asked):
        client = LightspeedRClient(f"{url}/API/V3/Account/7", Secret("t"), setting="S", policy=QUICK)
        try:
            with pytest.raises(TerminalError) as caught:
                client.everything("Sale")
        finally:
            client.close()
    assert "same page" in caught.value.user_message
    assert len(asked) == 2
    assert asked[1].endswith("/API/V3/Account/7/Sale.json?after=x")


@pytest.mark.parametrize("body", [{"Sale": []}, {"@attributes": []}])
def test_an_answer_of_another_shape_names_the_base_url(body: dict[str, Any]) -> None:
    async def endpoint(_: Request) -> Response:
        return JSONResponse(body)

    with serving(Starlette(routes=[Route("/{path:path}", endpoint)])) as url:
        client = LightspeedRClient(f"{url}/API/V3/Account/7", Secret("t"), setting="S", policy=QUICK)
        try:
            with pytest.raises(TerminalError) as caught:
                client.listing("Sale", {})
        finally:
            client.close()
    assert "base URL" in caught.value.user_message


def test_there_are_no_webhooks_to_believe_or_to_register() -> None:
    assert webhooks.verify_webhook({"x-signature": "any"}, b'{"sale": 1}', "https://here.example/hook") is None
    (sentence,) = webhooks.ensure_webhooks("https://here.example/hook")
    assert "no webhooks" in sentence
