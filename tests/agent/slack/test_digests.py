"""A week's digest in a real stand-in workspace: one message, no ping, found again, and its thread takes questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from agent.slack.ui.digest import compose_digest
from tests.support.slack_rig import all_text, slack_rig

_LINES = [f"Oat Milk {number} (3.99 → 3.39 USD): Units +40 %." for number in range(99)]
DIGEST: dict[str, Any] = {
    "marker": "digest:C_S01:2026-11-30",
    "title": "What became of proposals at Market <Street>, 23–29 Nov",
    "sections": [
        {"title": "Decided", "lines": ["1 proposal: 1 rejected.", "Rejected because “<!channel> *now*”"]},
        {
            "title": "One by one",
            "lines": [f"Oat Milk {number} (3.99 → 3.39 USD): Units +40 %." for number in range(99)],
        },
    ],
    "findings": [{}],
    "text": "What became of proposals\n1 proposal: 1 rejected because “<!channel>”.",
}


def test_a_digest_stands_in_its_channel_and_is_found_again(tmp_path: Path) -> None:
    with slack_rig(tmp_path) as rig:
        assert rig.runtime is not None
        ts = rig.runtime.briefings.post_digest("C_S01", DIGEST)
        (posted,) = rig.from_bot("C_S01", ts)
        shown = all_text(posted)
        assert "&lt;!channel&gt;" in shown
        assert "<!channel>" not in shown
        assert "95 % interval" in shown
        assert rig.runtime.briefings.find_posted("C_S01", "digest:C_S01:2026-11-30") == ts
        assert rig.runtime.briefings.find_posted("C_S01", "digest:C_S01:2026-11-23") is None
        rig.say("U_MANAGER_S01", "C_S01", "why oat milk?", thread_ts=ts)
        rig.until(lambda: rig.asked("why oat milk?"))


def test_a_long_digest_keeps_to_the_limits_of_a_message() -> None:
    blocks = compose_digest({**DIGEST, "sections": DIGEST["sections"] * 40}).best
    assert len(blocks) == 50
    assert all(len(block["text"]["text"]) <= 3000 for block in blocks)
