"""What happens in the shop reaches the tools by its webhook: this demo polls once an hour."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent.control import Invocation, call_owner
from tests.support.demo_process import Demo

STORE = "S01"
OWNER = "U_OWNER"
ALLOWED_SECONDS = 2.0
SLACK_SECONDS = 13.0
"""On top for a machine that runs other tests at the same time; ``bench webhooks`` measures the real figure."""

_SLOW_POLLING = Path(__file__).resolve().parents[1] / "support" / "demo_hourly.py"

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.full]


@pytest.fixture(scope="module")
def demo(loaded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo whose first pulls are over and whose next ones are an hour away."""
    home = tmp_path_factory.mktemp("webhooks") / "home"
    shutil.copytree(loaded_home, home)
    running = Demo(home, program=(sys.executable, str(_SLOW_POLLING)))
    try:
        settle(running)
        yield running
    finally:
        running.stop()


def command(demo: Demo, name: str, /, **arguments: Any) -> Any:
    return call_owner(demo.home, Invocation(name, arguments, OWNER))


def tool(demo: Demo, name: str, /, **arguments: Any) -> dict[str, Any]:
    return dict(command(demo, "tool", name=name, args=arguments))


def settle(demo: Demo) -> None:
    """Wait until the pulls of the start are over: nothing that they may still bring is in doubt then."""
    before = None
    while before != (before := tool(demo, "list_stores")["provenance"]["snapshot"]):
        time.sleep(2.0)


def figure(demo: Demo, metric: str) -> Decimal | None:
    """This week's value in the store; None when there is nothing it could be made of."""
    figures = tool(demo, "sales_summary", period="this week", stores=STORE, metrics=[metric])["figures"]
    value = next((item["value"] for item in figures if item["metric"] == metric), None)
    return None if value is None else Decimal(value)


def happen(demo: Demo, name: str, /, **request: Any) -> dict[str, Any]:
    reply = demo.http.post(f"/api/sandbox/pos/{name}", json=request)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def seen(look: Callable[[], bool]) -> bool:
    """Whether it is visible in the time allowed."""
    started = time.monotonic()
    while time.monotonic() - started < ALLOWED_SECONDS + SLACK_SECONDS:
        if look():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def goods(demo: Demo) -> dict[str, Any]:
    """A product that is sold by the piece, as ``find_products`` shows it."""
    table = tool(demo, "find_products", text="bananas", stores=STORE)["table"]
    names = [column["name"] for column in table["columns"]]
    return dict(zip(names, table["rows"][0], strict=True))


def test_a_sale_and_its_refund_are_seen(demo: Demo, goods: dict[str, Any]) -> None:
    sold, returned = figure(demo, "transactions") or 0, figure(demo, "returns") or 0
    lines = [{"variant_id": goods["Variant id"], "quantity": 1, "price_minor": 123}]
    order = happen(demo, "sale", store_id=STORE, lines=lines)
    assert seen(lambda: figure(demo, "transactions") == sold + 1), "the sale"
    happen(demo, "refund", order_id=order["order_id"])
    assert seen(lambda: figure(demo, "returns") == returned + Decimal("1.23")), "the refund"


def test_a_price_is_seen(demo: Demo, goods: dict[str, Any]) -> None:
    happen(demo, "reprice", store_id=STORE, variant_id=goods["Variant id"], price_minor=98765)

    def shown() -> bool:
        found = tool(demo, "find_products", text="bananas", stores=STORE)
        return "987.65" in json.dumps(found["table"])

    assert seen(shown), "the price"


def test_clocking_in_and_out_is_seen(demo: Demo) -> None:
    before = figure(demo, "labour_hours")
    people = [f"E{number:04d}" for number in range(101, 131)]
    employee = next(
        person
        for person in people
        if demo.http.post("/api/sandbox/pos/clock_in", json={"store_id": STORE, "employee_id": person}).is_success
    )
    assert seen(lambda: dealt_with(demo, "labor.timecard.created")), "clocking in"
    # Tools count a time card once it is closed, be it after a minute.
    assert figure(demo, "labour_hours") == before
    happen(demo, "clock_out", employee_id=employee)
    assert seen(lambda: figure(demo, "labour_hours") != before), "clocking out"


def test_stock_is_dealt_with(demo: Demo, goods: dict[str, Any]) -> None:
    happen(demo, "recount", store_id=STORE, variant_id=goods["Variant id"], quantity=17)
    assert seen(lambda: dealt_with(demo, "inventory.count.updated")), "the count"


def dealt_with(demo: Demo, topic: str) -> bool:
    """Whether what such an event touched is in the mirror."""
    return any(event["topic"] == topic for event in command(demo, "webhooks.list", status="done", limit=50))


def test_forgeries_are_counted_where_a_person_looks(demo: Demo) -> None:
    address = web_address(demo)
    assert httpx.get(f"{address}/healthz").json()["status"] == "ok"
    assert httpx.post(f"{address}/webhooks/square", content=b'{"type": "order.created"}').status_code == 401
    said = json.dumps(command(demo, "doctor"))
    assert "1 not verified" in said
    assert command(demo, "webhooks.list", status="dead") == []


def web_address(demo: Demo) -> str:
    """Where the bot itself listens, as ``doctor`` says it is to be registered."""
    found = re.search(r"(http://127\.0\.0\.1:\d+)/webhooks/square", json.dumps(command(demo, "doctor")))
    assert found is not None
    return found[1]
