"""The whole experience as a person has it: a real Chromium on the demo's page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.e2e.test_managers_morning import dollars, top_product
from tests.support.demo_process import TODAY, Demo
from tests.support.sample_truth import Truth

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARTEFACTS = Path(__file__).parents[2] / "test-artifacts"
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture
def page(demo: Demo) -> Iterator[Page]:
    """A fresh tab; the test fails when the page logs an error."""
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        tab = browser.new_page(viewport={"width": 1360, "height": 900})
        tab.on("pageerror", lambda error: errors.append(str(error)))
        yield tab
        ARTEFACTS.mkdir(exist_ok=True)
        tab.screenshot(path=ARTEFACTS / "workspace.png")
        browser.close()
    assert not errors


def test_a_manager_reads_asks_approves_and_sees_the_effect(page: Page, demo: Demo, home: Path) -> None:
    day = date.fromisoformat(TODAY)
    truth = Truth(home, day)
    yesterday = dollars(truth.net_sales("S04", day - timedelta(days=1), day - timedelta(days=1)))
    truth.close()
    product = top_product(demo, "U_MANAGER_S04")
    before = len(demo.effects())

    page.goto(f"{demo.address}/?user=U_MANAGER_S04#/C_S04")
    briefing = page.get_by_test_id("message").first
    expect(briefing).to_contain_text(yesterday)
    expect(page.get_by_test_id("banner")).to_contain_text("2017")

    page.get_by_test_id("composer").fill("How did we do yesterday?")
    page.keyboard.press("Enter")
    page.get_by_test_id("replies").last.click()
    thread = page.get_by_test_id("thread-messages")
    expect(thread).to_contain_text(yesterday, timeout=10_000)

    page.get_by_test_id("thread-composer").fill(f"mark down {product} by 15% until Sunday")
    page.keyboard.press("Enter")
    approve = thread.get_by_role("button", name="Approve")
    approve.click(timeout=15_000)
    page.get_by_test_id("confirm-accept").click()
    expect(thread).to_contain_text("Changed", timeout=15_000)
    expect(thread.get_by_role("button", name="Approve")).to_have_count(0)
    assert len(demo.effects()) == before + 1


def test_a_person_without_the_right_is_told_why_not(page: Page, demo: Demo) -> None:
    product = top_product(demo, "U_MANAGER_S02")
    thread, _ = demo.ask("U_MANAGER_S02", "C_S02", f"mark down {product} by 5% until Sunday")
    card = demo.card("C_S02", thread)
    before = len(demo.effects())

    page.goto(f"{demo.address}/?user=U_STAFF_S02#/C_S02/{thread}")
    expect(page.get_by_test_id("thread-messages")).to_contain_text("→")
    # The button is hidden from people who may not press it; a press that comes all the same is refused by the server.
    action = next(b["action_id"] for b in _buttons(card) if "Approve" in b["text"]["text"])
    demo.click("U_STAFF_S02", "C_S02", card["ts"], action)
    told = page.get_by_test_id("message").filter(has=page.get_by_test_id("ephemeral")).last
    expect(told).to_contain_text("approve", timeout=10_000)
    assert len(demo.effects()) == before


def _buttons(card: dict) -> list[dict]:
    return [element for block in card["blocks"] if block["type"] == "actions" for element in block["elements"]]
