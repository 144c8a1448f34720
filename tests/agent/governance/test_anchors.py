"""When the head of the audit chain goes to Slack, and that what stands there is what ``audit verify`` takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from agent.db.engine import Database, open_database
from agent.errors import UnavailableError
from agent.governance.anchors import Anchoring, newest_posted, parse_anchor
from agent.governance.audit import Audit
from agent.slack.delivery.notices import Notices
from tests.support.slack_rig import all_text, slack_rig

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    at = START

    def now(self) -> datetime:
        return self.at

    def pass_time(self, **parts: float) -> None:
        self.at += timedelta(**parts)


class Channel:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.closed = False

    def say(self, channel_id: str, text: str) -> str:
        if self.closed:
            raise UnavailableError("Slack cannot be reached at the moment.")
        self.texts.append(f"{channel_id}: {text}")
        return f"1.{len(self.texts)}"

    def find_reply(self, channel_id: str, thread_ts: str, marker: str) -> str | None:
        return None


class Setting:
    def __init__(self, folder: Path) -> None:
        self.database: Database = open_database(f"sqlite:///{folder / 'operations.sqlite'}")
        self.audit = Audit(self.database, folder / "audit-head.json")
        self.clock, self.channel = Clock(), Channel()
        self.clock.at = START
        self.anchoring = Anchoring(self.database, self.clock, self.channel, "C_AUDIT")

    def change(self) -> None:
        with self.database.session() as session:
            event = self.audit.append(
                session, subject="proposal", subject_id="p", event="approved", actor="U", at=self.clock.at
            )
        self.audit.anchor(event)


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    made = Setting(tmp_path)
    yield made
    made.database.close()


def test_an_empty_chain_has_no_anchor(setting: Setting) -> None:
    assert setting.anchoring.run_due() is None


def test_changes_are_anchored_once_they_have_come_to_rest(setting: Setting) -> None:
    setting.change()
    assert setting.anchoring.run_due() is None
    setting.clock.pass_time(seconds=61)
    anchor = setting.anchoring.run_due()
    assert anchor is not None
    assert anchor.seq == 1
    assert setting.anchoring.run_due() is None
    assert len(setting.channel.texts) == 1
    text = setting.channel.texts[0]
    assert text.startswith(f"C_AUDIT: Audit anchor `1:{anchor.hash}` (event 1, 2026-11-23 09:00 UTC).")
    copied = re.search(r"--anchor (\S+)`", text)
    assert copied is not None
    assert setting.audit.verify([parse_anchor(copied.group(1))]).ok


def test_at_most_once_an_hour_and_once_a_day_in_any_case(setting: Setting) -> None:
    setting.change()
    posted = []
    for minute in range(0, 3 * 24 * 60, 5):
        setting.clock.at = START + timedelta(minutes=minute)
        if setting.anchoring.run_due() is not None:
            posted.append(minute)
        if minute <= 180:
            setting.change()
    # Five minutes of rest each round: an hour apart while changes go on, then daily.
    assert posted[:4] == [5, 65, 125, 185]
    assert [later - before for before, later in pairwise(posted[3:])] == [1440, 1440]


def test_what_slack_does_not_take_is_posted_later(setting: Setting) -> None:
    setting.change()
    setting.clock.pass_time(minutes=2)
    setting.channel.closed = True
    with pytest.raises(UnavailableError):
        setting.anchoring.run_due()
    setting.channel.closed = False
    assert setting.anchoring.run_due() is not None
    found = newest_posted(setting.database)
    assert found is not None
    assert found[0].seq == 1


def test_a_restart_does_not_post_again(setting: Setting) -> None:
    setting.change()
    setting.clock.pass_time(minutes=2)
    setting.anchoring.run_due()
    again = Anchoring(setting.database, setting.clock, setting.channel, "C_AUDIT")
    assert again.run_due() is None


def test_notices_reach_a_real_workspace_and_are_found_again(tmp_path: Path) -> None:
    with slack_rig(tmp_path) as rig:
        assert rig.runtime is not None
        notices: Notices = rig.runtime.notices
        root = notices.say("C_S01", "Audit anchor `1:ab`")
        document = {
            "marker": "followup:p_1:week",
            "verdict": "worked",
            "title": "Price change after a week: It worked",
            "subject": "*Oat* <!channel> `milk` (3.99 → 3.39 USD)",
            "headline": "Over 7 whole days: units were 30 % above forecast.",
            "lines": ["Units a day: 13.0, forecast 10.0"],
            "caveats": ["n = 7 days"],
            "receipt_id": "r_1",
            "text": "Price change <!channel>\nIt worked",
        }
        ts = notices.post_followup("C_S01", root, document)
        assert notices.find_reply("C_S01", root, "followup:p_1:week") == ts
        assert notices.find_reply("C_S01", root, "followup:p_1:day") is None
        shown = all_text(rig.from_bot("C_S01", root)[-1])
        assert "<!channel>" not in shown
        assert "Units a day: 13.0, forecast 10.0" in shown
        with pytest.raises(UnavailableError):
            notices.say("C_NOWHERE", "x")
        with pytest.raises(UnavailableError):
            notices.find_reply("C_NOWHERE", root, "x")
