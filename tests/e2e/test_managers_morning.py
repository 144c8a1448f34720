"""A store manager's morning in the demo: the briefing, three questions in a thread, one approved price."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.demo_process import TODAY, Demo, ask_json, buttons, is_bot, text_of, wait_for
from tests.support.sample_truth import Truth

pytestmark = pytest.mark.e2e

DAY = date.fromisoformat(TODAY)
YESTERDAY = DAY - timedelta(days=1)
STORES = ("S01", "S02", "S03", "S04", "S05")


@pytest.fixture(scope="module")
def truth(home: Path):
    """The original rows."""
    known = Truth(home, DAY)
    yield known
    known.close()


def dollars(value: Decimal) -> str:
    """Money as people are shown it."""
    return f"${value:,.2f}"


def test_the_page_is_served_once_the_demo_says_that_it_is_ready(demo: Demo) -> None:
    assert "<html" in demo.http.get("/").text


@pytest.mark.parametrize("store", STORES)
def test_this_mornings_briefing_stands_in_every_stores_channel_once(demo: Demo, truth: Truth, store: str) -> None:
    posted = [m for m in demo.roots(f"C_{store}") if is_bot(m)]
    briefings = [m for m in posted if dollars(truth.net_sales(store, YESTERDAY, YESTERDAY)) in text_of(m)]
    assert len(briefings) == 1, [text_of(m)[:300] for m in posted]
    assert "2017" in text_of(briefings[0])


@pytest.mark.parametrize("store", STORES)
def test_yesterdays_figures_equal_the_original_rows(demo: Demo, truth: Truth, store: str) -> None:
    _, answer = demo.ask(f"U_MANAGER_{store}", f"C_{store}", "How did we do yesterday?")
    assert dollars(truth.net_sales(store, YESTERDAY, YESTERDAY)) in answer
    assert f"{truth.transactions(store, YESTERDAY, YESTERDAY):,}" in answer


def test_a_follow_up_compares_with_the_same_weekday_of_last_week(demo: Demo, truth: Truth) -> None:
    thread, _ = demo.ask("U_MANAGER_S01", "C_S01", "@floorwalker How did we do yesterday?")
    _, answer = demo.ask("U_MANAGER_S01", "C_S01", "compare that with the same day last week", thread)
    week_before = YESTERDAY - timedelta(days=7)
    assert dollars(truth.net_sales("S01", YESTERDAY, YESTERDAY)) in answer
    assert dollars(truth.net_sales("S01", week_before, week_before)) in answer


def test_top_products_by_margin_answer_in_the_same_thread(demo: Demo) -> None:
    thread, _ = demo.ask("U_MANAGER_S02", "C_S02", "How did we do yesterday?")
    _, answer = demo.ask("U_MANAGER_S02", "C_S02", "what were our top 10 products last week by margin?", thread)
    assert "margin" in answer.lower()
    assert "simulated" in answer.lower()


def test_last_week_and_top_products_equal_the_original_rows_over_the_command_line(demo: Demo, truth: Truth) -> None:
    monday = DAY - timedelta(days=DAY.weekday() + 7)
    sunday = monday + timedelta(days=6)
    for store in STORES:
        user = f"U_MANAGER_{store}"
        document = ask_json("What were net sales last week?", home=demo.home, user=user)
        net = [f for f in document["figures"] if f["metric"] == "net_sales" and not f["group"]]
        assert net[0]["value"] == str(truth.net_sales(store, monday, sunday))
        assert (net[0]["start_on"], net[0]["end_on"]) == (monday.isoformat(), sunday.isoformat())
        document = ask_json("top 5 products last week by net sales", home=demo.home, user=user)
        shown = [
            (f["group"]["product_id"], Decimal(f["value"])) for f in document["figures"] if f["metric"] == "net_sales"
        ]
        assert shown == truth.top_products(store, monday, sunday, 5)


def test_an_approved_markdown_changes_the_stand_in_pos_exactly_once(demo: Demo) -> None:
    before = len(demo.effects())
    product = top_product(demo, "U_MANAGER_S03")
    thread, _ = demo.ask("U_MANAGER_S03", "C_S03", f"mark down {product} by 15% until Sunday")
    card = demo.card("C_S03", thread)
    facts = text_of(card)
    assert "15" in facts
    assert "→" in facts
    approve = buttons(card, "Approve")[0]

    refused = demo.click("U_STAFF_S03", "C_S03", card["ts"], approve["action_id"])
    assert refused.status_code == 200
    told = wait_for(
        lambda: next((m for m in demo.messages("C_S03", thread, "U_STAFF_S03") if m.get("ephemeral_to")), None),
        10,
        "the refusal",
    )
    assert "approve" in text_of(told).lower()
    assert len(demo.effects()) == before

    assert demo.click("U_MANAGER_S03", "C_S03", card["ts"], approve["action_id"]).status_code == 200
    receipt = wait_for(
        lambda: next((m for m in demo.messages("C_S03", thread) if m["ts"] == card["ts"] and "✅" in text_of(m)), None),
        15,
        "the receipt on the card",
    )
    assert not buttons(receipt, "Approve")
    effects = demo.effects()[before:]
    assert len(effects) == 1
    assert effects[0]["location_id"] == "S03"
    assert effects[0]["idempotency_key"]


def test_a_guest_gets_a_refusal_and_no_figures(demo: Demo) -> None:
    ts = demo.say("U_GUEST", "C_S01", "@floorwalker How did we do yesterday?")
    told = wait_for(
        lambda: (
            next((m for m in demo.messages("C_S01", ts, "U_GUEST") if is_bot(m)), None)
            or next((m for m in demo.messages("C_S01", "", "U_GUEST") if m.get("ephemeral_to") == "U_GUEST"), None)
        ),
        10,
        "the refusal",
    )
    assert "guest" in text_of(told).lower()
    assert "$" not in text_of(told)


def top_product(demo: Demo, user: str) -> str:
    """A product that can be named without doubt: its code."""
    document = ask_json("top 1 product last week by net sales", home=demo.home, user=user)
    return str(next(f["group"]["variant_id"] for f in document["figures"] if "variant_id" in f["group"]))
