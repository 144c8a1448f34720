"""The page in a real browser: what a person sees, types and presses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_bolt import App

from connectors.sandbox.workspace.validation import check_blocks, check_view
from connectors.sandbox.workspace.wire import JsonObject
from tests.support.workspace_gallery import ANSWER, CARD, CHARTS, HOME, MODAL, REST
from tests.support.workspace_server import Served, living_in, serving

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
expect.set_options(timeout=20_000)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "workspace.sqlite") as running:
        yield running


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, problems: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1320, "height": 860})
    tab = context.new_page()
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield tab
    context.close()


def artefact(page: Page, name: str, **options: Any) -> None:
    page.screenshot(path=Path("test-artifacts") / f"workspace-{name}.png", **options)


def assistant(app: App) -> None:
    @app.event("app_mention")
    def mentioned(event: JsonObject, client: Any) -> None:
        where = {"channel": event["channel"], "thread_ts": event["ts"]}
        client.assistant_threads_setStatus(
            channel_id=event["channel"], thread_ts=event["ts"], status="is reading the figures"
        )
        stream = client.chat_stream(recipient_team_id="T_DEMO", recipient_user_id=event["user"], **where)
        stream.append(chunks=[{"type": "task_update", "id": "1", "title": "Reading sales", "status": "in_progress"}])
        stream.append(chunks=[{"type": "task_update", "id": "1", "title": "Read sales", "status": "complete"}])
        stream.append(markdown_text="**Net sales were $5,120.40.**")
        stream.stop(blocks=ANSWER[1:])

    @app.event("message")
    def heard() -> None:
        return

    @app.action("approve")
    def approve(ack: Any, body: JsonObject, client: Any) -> None:
        ack()
        client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text="Approved for Market Street", blocks=[]
        )
        client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], text="Thank you.")

    @app.action("edit")
    def edit(ack: Any, body: JsonObject, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("edit_price")
    def saved(ack: Any, view: JsonObject) -> None:
        amount = view["state"]["values"]["price"]["amount"]["value"]
        if float(amount) > 10:
            ack(response_action="errors", errors={"price": "That is more than before."})
        else:
            ack()

    @app.event("app_home_opened")
    def opened(event: JsonObject, client: Any) -> None:
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=HOME)
            return
        prompts = [{"title": "How did we do yesterday?", "message": "How did we do yesterday?"}]
        client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], title="Try", prompts=prompts)


def test_a_question_is_answered_in_its_thread_and_a_card_is_approved(
    served: Served, page: Page, problems: list[str]
) -> None:
    with living_in(served, assistant):
        page.goto(f"{served.url}/?user=U_MANAGER_S01#/C_S01")
        page.get_by_test_id("composer").fill("@floorwalker how did we do yesterday?")
        page.get_by_test_id("composer").press("Enter")
        page.get_by_test_id("replies").click()
        thread = page.get_by_test_id("thread")
        expect(thread.get_by_text("Net sales were $5,120.40.")).to_be_visible()
        expect(thread.get_by_test_id("data-table")).to_be_visible()
        served.client.chat_postMessage(channel="C_S01", text="card", blocks=CARD)
        page.get_by_test_id("action-edit").click()
        artefact(page, "modal")
        modal = page.get_by_test_id("modal")
        modal.get_by_test_id("action-amount").fill("12")
        modal.get_by_test_id("modal-submit").click()
        expect(modal.get_by_text("Please complete this required field.")).to_be_visible()
        modal.get_by_test_id("action-text").fill("slow seller")
        modal.get_by_test_id("modal-submit").click()
        expect(modal.get_by_text("That is more than before.")).to_be_visible()
        modal.get_by_test_id("action-amount").fill("2.97")
        modal.get_by_test_id("modal-submit").click()
        expect(modal).to_be_hidden()
        artefact(page, "desktop")
        page.get_by_test_id("action-approve").click()
        page.get_by_test_id("confirm-accept").click()
        expect(page.get_by_text("Approved for Market Street")).to_be_visible()
        expect(page.get_by_test_id("ephemeral")).to_be_visible()
        page.get_by_test_id("channel-D_U_MANAGER_S01").click()
        expect(page.get_by_test_id("prompt")).to_have_text("How did we do yesterday?", timeout=20_000)
        page.get_by_test_id("tab-home").click()
        expect(page.get_by_test_id("home-view").get_by_text("Good morning, Grace")).to_be_visible()
        artefact(page, "home")
        page.get_by_test_id("user-picker").select_option("U_STAFF_S01")
        page.goto(f"{served.url}/#/C_S01")
        expect(page.get_by_text("Approved for Market Street")).to_be_visible()
        expect(page.get_by_test_id("ephemeral")).to_have_count(0)
    assert problems == []


def test_every_block_kind_is_drawn_on_desktop_phone_and_in_the_dark(
    served: Served, page: Page, problems: list[str]
) -> None:
    for blocks in (ANSWER, CARD, CHARTS, REST):
        assert check_blocks(blocks, "message") == []
        served.client.chat_postMessage(channel="C_S01", text="gallery", blocks=blocks)
    assert check_view(MODAL, "modal") == []
    page.goto(f"{served.url}/?user=U_OWNER#/C_S01")
    expect(page.get_by_test_id("message")).to_have_count(4)
    kinds = {block["type"] for blocks in (ANSWER, CARD, CHARTS, REST) for block in blocks}
    for kind in kinds:
        expect(page.locator(f"[data-block-type={kind}]").first).to_be_attached()
    table = page.get_by_test_id("data-table")
    assert "Oat milk" in table.locator("tbody tr").first.inner_text()
    table.get_by_role("button", name="Net sales").click()
    table.get_by_role("button", name="Net sales").click()
    assert "Coffee beans" in table.locator("tbody tr").first.inner_text()
    table.get_by_role("button", name="Next rows").click()
    expect(table.locator("tbody tr")).to_have_count(2)
    page.set_viewport_size({"width": 1320, "height": 3900})
    artefact(page, "gallery")
    page.emulate_media(color_scheme="dark")
    artefact(page, "gallery-dark")
    page.set_viewport_size({"width": 390, "height": 844})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    page.wait_for_timeout(400)
    artefact(page, "phone-dark")
    page.emulate_media(color_scheme="light")
    page.get_by_test_id("menu").click()
    expect(page.get_by_test_id("channel-C_S02")).to_be_in_viewport()
    page.wait_for_timeout(400)
    artefact(page, "phone-menu")
    page.get_by_test_id("channel-C_S02").click()
    expect(page.get_by_test_id("place-name")).to_have_text("# harbor-point")
    assert problems == []


def test_markup_in_messages_is_text_and_odd_links_are_not_links(
    served: Served, page: Page, problems: list[str]
) -> None:
    served.say("U_OWNER", "C_S01", "<img src=x onerror=alert(1)> *bold* <script>alert(1)</script>")
    hostile = "[click](javascript:alert(1)) <img src=x onerror=alert(1)> **ok** [site](https://example.com)"
    served.client.chat_postMessage(channel="C_S01", markdown_text=hostile)
    served.client.chat_postMessage(channel="C_S01", text="<javascript:alert(1)|press> <https://example.com|fine>")
    page.goto(f"{served.url}/?user=U_OWNER#/C_S01")
    messages = page.get_by_test_id("messages")
    expect(messages.get_by_text("<script>alert(1)</script>")).to_be_visible()
    expect(messages.locator("img, script")).to_have_count(0)
    links = messages.locator("a[target=_blank]")
    expect(links).to_have_count(2)
    assert {link.get_attribute("href") for link in links.all()} == {"https://example.com/"}
    assert problems == []
