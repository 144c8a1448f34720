"""One effect, whatever happens: fifty clicks at once, and a kill between the POS call and the commit."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.test_managers_morning import top_product
from tests.support.demo_process import Demo, buttons, text_of, wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_fifty_clicks_at_once_change_the_price_once(demo: Demo) -> None:
    before = len(demo.effects())
    product = top_product(demo, "U_MANAGER_S01")
    thread, _ = demo.ask("U_MANAGER_S01", "C_S01", f"mark down {product} by 10% until Sunday")
    card = demo.card("C_S01", thread)
    action = buttons(card, "Approve")[0]["action_id"]
    people = ["U_MANAGER_S01", "U_OWNER", "U_DISTRICT"]
    with ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(lambda n: demo.click(people[n % 3], "C_S01", card["ts"], action), range(50)))
    assert any(reply.status_code == 200 for reply in replies)
    wait_for(
        lambda: any(m["ts"] == card["ts"] and "✅" in text_of(m) for m in demo.messages("C_S01", thread)),
        20,
        "the receipt on the card",
    )
    time.sleep(1)
    assert len(demo.effects()) == before + 1


def test_a_kill_between_the_pos_and_the_commit_ends_with_one_effect_and_a_done_card(
    loaded_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(loaded_home, home)
    first = Demo(home)
    product = top_product(first, "U_MANAGER_S05")
    thread, _ = first.ask("U_MANAGER_S05", "C_S05", f"mark down {product} by 20% until Sunday")
    card = first.card("C_S05", thread)
    # The stand-in applies and commits the change, then keeps silent: the bot is now between the call and its commit.
    first.fault("catalog.upsert", "timeout_after")
    first.click("U_MANAGER_S05", "C_S05", card["ts"], buttons(card, "Approve")[0]["action_id"])
    wait_for(lambda: len(first.effects()) == 1, 20, "the POS to apply the change")
    first.kill()

    again = Demo(home)
    try:
        done = wait_for(
            lambda: next(
                (m for m in again.messages("C_S05", thread) if m["ts"] == card["ts"] and "✅" in text_of(m)), None
            ),
            60,
            "the card to say done after the restart",
        )
        assert not buttons(done, "Approve")
        assert len(again.effects()) == 1
    finally:
        again.stop()
