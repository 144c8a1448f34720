"""From the click to the digest, with a turned clock: each look once, through crashes and restarts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.db.tables import Conversation, Followup
from agent.errors import UnavailableError
from agent.followups.digest import Week, week_digest
from agent.followups.looking import place_of
from agent.followups.service import Followups
from agent.followups.store import LEASE, FollowupStore
from agent.governance.receipts import Receipts
from agent.slack.delivery.posted import PROPOSAL, Posted, PostedLog
from tests.support.effects_world import EffectsWorld, usual
from tests.support.proposals_world import World
from tools.drafts import ListedPrice, PriceListDraft

TODAY = date(2026, 11, 23)
"""The world's clock begins on this Monday, nine o'clock in New York."""


class Died(BaseException):
    """The process is gone."""


class Channel:
    """Threads that remember what was posted; ``fault`` names what goes wrong the next time."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, str, dict[str, Any]]] = []
        self.fault = ""

    def post_followup(self, channel_id: str, thread_ts: str, document: Mapping[str, Any]) -> str:
        fault, self.fault = self.fault, ""
        if fault == "refuse":
            raise UnavailableError("Slack cannot be reached at the moment.")
        if fault == "die_before":
            raise Died
        self.posted.append((channel_id, thread_ts, dict(document)))
        if fault == "die_after":
            raise Died
        return f"ts{len(self.posted)}"

    def find_reply(self, channel_id: str, thread_ts: str, marker: str) -> str | None:
        for number, (channel, root, document) in enumerate(self.posted, start=1):
            if (channel, root, document["marker"]) == (channel_id, thread_ts, marker):
                return f"ts{number}"
        return None


class Following:
    """The proposals world with a mirror, and follow-ups that can be begun anew."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder / "home")
        self.effects = EffectsWorld(folder).sell(TODAY - timedelta(days=28), TODAY - timedelta(days=1))
        self.channel = Channel()
        self.receipts = Receipts(self.world.database)
        self.store = FollowupStore(self.world.database)
        self.restart()

    def restart(self) -> None:
        self.followups = Followups(self.store, self.world.clock, self.effects.mirror, self.receipts, self.channel)

    def execute(self, variant: str = "V1", card: str = "C_S01", user: str = "U_MANAGER_S01", **draft: Any) -> str:
        """A 15 % markdown that was approved and carried out, with its card in a channel."""
        proposal_id = self.world.propose(user, variant=variant, call=f"call-{variant}-{user}", **draft)
        PostedLog(self.world.database).add(Posted(card, f"1.{variant}", PROPOSAL, proposal_id, ""), self.world.clock.at)
        self.world.proposals.approve(proposal_id, self.world.scope("U_OWNER"))
        assert self.world.proposals.wait(proposal_id, 20).status == "executed"
        return proposal_id

    def days_pass(self, count: int, **planted: float) -> None:
        """So many days of sales, and the next morning at nine."""
        assert self.effects.until is not None
        first = self.effects.until + timedelta(days=1)

        def day(on: date, store: str) -> Any:
            return usual(on, store, lift=planted.get("lift", 1.0), price=int(planted.get("price", 399)))

        self.effects.sell(first, first + timedelta(days=count - 1), day)
        self.world.clock.pass_time(days=count)

    def rows(self) -> list[tuple[str, str, str]]:
        return [(row.due, row.status, row.verdict) for row in self.store.rows()]

    def close(self) -> None:
        self.world.close()
        self.effects.close()


@pytest.fixture
def following(tmp_path: Path) -> Iterator[Following]:
    made = Following(tmp_path)
    made.world.launch()
    yield made
    made.close()


def test_a_change_is_followed_up_once_after_a_day_and_once_after_a_week(following: Following) -> None:
    proposal_id = following.execute()
    assert following.followups.run_due() == 0
    assert following.rows() == [("day", "waiting", ""), ("week", "waiting", "")]
    assert len((following.store.rows()[0].forecast or {})["days"]) == 28
    following.days_pass(1)
    following.followups.run_due()
    assert following.channel.posted == []
    following.days_pass(1, lift=2.0, price=339)
    for _ in range(3):
        following.followups.run_due()
        following.restart()
    assert len(following.channel.posted) == 1
    channel, root, first = following.channel.posted[0]
    assert (channel, root) == ("C_S01", "1.V1")
    assert first["marker"] == f"followup:{proposal_id}:day"
    following.days_pass(6, lift=2.0, price=339)
    for _ in range(3):
        following.followups.run_due()
        following.restart()
    assert [one["due"] for _, _, one in following.channel.posted] == ["day", "week"]
    week = following.channel.posted[1][2]
    assert week["verdict"] == "worked"
    assert week["title"] == "Price change after a week: It worked"
    assert week["subject"] == "Oat Milk V1 (3.99 → 3.39 USD), Market Street"
    units = week["measures"][0]
    assert float(units["percent"]) == pytest.approx(100, abs=10)
    assert [row[1] for row in following.rows()] == ["posted", "posted"]


def test_a_finding_has_a_receipt_with_the_sql_that_people_of_the_store_may_see(following: Following) -> None:
    following.execute()
    following.followups.run_due()
    following.days_pass(2)
    following.followups.run_due()
    receipt_id = following.store.rows()[0].receipt_id
    assert receipt_id is not None
    shown = following.receipts.show(receipt_id, following.world.scope("U_MANAGER_S01"))
    assert "store_sku_day" in shown["calls"][0]["provenance"]["sql"][0]
    assert shown["scope"]["store_ids"] == ["S01"]
    with pytest.raises(Exception, match="no receipt"):
        following.receipts.show(receipt_id, following.world.scope("U_MANAGER_S02"))


@pytest.mark.parametrize("fault", ["refuse", "die_before", "die_after"])
def test_a_poster_that_died_or_was_refused_is_made_up_for_and_never_repeated(following: Following, fault: str) -> None:
    following.execute()
    following.followups.run_due()
    following.days_pass(2)
    following.channel.fault = fault
    if fault == "refuse":
        following.followups.run_due()
    else:
        with pytest.raises(Died):
            following.followups.run_due()
    following.restart()
    following.followups.run_due()
    assert len(following.channel.posted) == (fault == "die_after")
    following.world.clock.pass_time(seconds=LEASE.total_seconds() + 1)
    following.followups.run_due()
    following.followups.run_due()
    assert len(following.channel.posted) == 1
    assert following.rows()[0][1] == "posted"
    assert following.store.rows()[0].ts == "ts1"


def test_two_workers_at_once_post_once(following: Following) -> None:
    following.execute()
    following.followups.run_due()
    following.days_pass(2)
    row = following.store.rows()[0]
    now = following.world.clock.now()
    assert following.store.claim(row, now) is not None
    assert following.store.claim(row, now + timedelta(seconds=1)) is None
    following.followups.run_due()
    assert following.channel.posted == []


def test_sales_that_are_late_are_waited_for_and_then_said_to_be_missing(following: Following) -> None:
    following.execute()
    following.followups.run_due()
    following.world.clock.pass_time(days=2)
    following.followups.run_due()
    assert following.rows()[0][1] == "waiting"
    following.world.clock.pass_time(days=2)
    following.followups.run_due()
    assert following.channel.posted[0][2]["headline"] == (
        "I cannot tell what it did: the sales of those days have not come in."
    )


def test_a_change_made_again_within_the_week_credits_neither(following: Following) -> None:
    following.execute()
    following.followups.run_due()
    following.days_pass(3)
    following.execute(user="U_OWNER", percent=None, price=Decimal("3.00"))
    following.followups.run_due()
    following.days_pass(6)
    following.followups.run_due()
    said = {(one["due"], one["verdict"]): one["headline"] for _, _, one in following.channel.posted}
    assert said[("week", "cannot_tell")] == (
        "I cannot tell what it did: the same was changed again on Thu 26 Nov, so the days since cannot be credited "
        "to this."
    )


def test_a_price_that_a_list_changed_within_the_week_credits_neither(following: Following) -> None:
    first = following.execute()
    following.followups.run_due()
    following.days_pass(3)
    world = following.world
    world.pos.set_price("V2", "S01", "3.99")
    lines = tuple(ListedPrice(variant, None, Decimal("3.00")) for variant in ("V1", "V2"))
    listed = world.proposals.propose(PriceListDraft("S01", lines, None, ""), world.scope("U_OWNER"), tool_call_id="")
    world.proposals.approve(listed.proposal_id, world.scope("U_DISTRICT"))
    assert world.proposals.wait(listed.proposal_id, 20).status == "executed"
    following.days_pass(6)
    following.followups.run_due()
    (week,) = [one for _, _, one in following.channel.posted if (one["proposal_id"], one["due"]) == (first, "week")]
    assert "the same was changed again on Thu 26 Nov" in week["headline"]


def test_a_change_that_was_taken_back_is_not_followed_up(following: Following) -> None:
    proposal_id = following.execute()
    following.followups.run_due()
    back = following.world.proposals.undo(proposal_id, following.world.scope("U_OWNER"))
    following.world.proposals.approve(back.id, following.world.scope("U_OWNER"))
    assert following.world.proposals.wait(back.id, 20).status == "executed"
    following.days_pass(9)
    following.followups.run_due()
    assert [row[1] for row in following.rows()] == ["void", "void"]
    assert following.channel.posted == []


def test_a_temporary_price_is_looked_at_the_day_after_its_end(following: Following) -> None:
    following.execute(until=datetime(2026, 11, 27, 5, 0, tzinfo=UTC))
    following.followups.run_due()
    assert [row[0] for row in following.rows()] == ["day", "end"]
    following.days_pass(5)
    following.followups.run_due()
    end = next(one for _, _, one in following.channel.posted if one["due"] == "end")
    assert (end["first_on"], end["last_on"]) == ("2026-11-24", "2026-11-26")
    assert end["title"].startswith("Temporary price change now that it is over: ")


def test_a_proposal_without_a_thread_is_kept_and_one_of_a_conversation_goes_there(following: Following) -> None:
    with following.world.database.session() as session:
        session.add(
            Conversation(
                thread_id="T1",
                channel_id="C_TALK",
                thread_ts="9.1",
                started_by="U",
                started_at=following.world.clock.at,
            )
        )
    following.execute()
    following.followups.run_due()
    following.days_pass(2)
    following.followups.run_due()
    assert following.channel.posted[0][:2] == ("C_TALK", "9.1")
    silent = Followups(following.store, following.world.clock, following.effects.mirror, following.receipts)
    following.days_pass(6)
    silent.run_due()
    assert following.rows()[1][1] == "kept"


def test_the_week_sums_what_was_decided_what_it_did_and_whose_worked(following: Following) -> None:
    following.execute()
    following.execute("V2", user="U_DISTRICT")
    turned_down = following.world.propose("U_DISTRICT", variant="V3", call="c3")
    following.world.proposals.reject(turned_down, following.world.scope("U_OWNER"), "not before Christmas")
    following.world.propose("U_OWNER", store="S02", variant="V1", call="c4")
    following.followups.run_due()
    following.days_pass(8, lift=2.0, price=339)
    following.followups.run_due()
    place = place_of(following.effects.mirror, "S01")
    assert place is not None
    names = {"U_MANAGER_S01": "Manager S01", "U_DISTRICT": "Dana"}
    first = week_digest(following.store, place, Week.of(TODAY), lambda user: names.get(user, user))
    assert first["decisions"] == {"executed": 2, "rejected": 1}
    assert "Reasons given for rejecting: “not before Christmas”." in first["text"]
    assert "3 proposals: 2 carried out and 1 rejected." in first["text"]
    second = week_digest(following.store, place, Week.of(TODAY + timedelta(days=7)), lambda user: names.get(user, user))
    by_person = {one["name"]: (one["worked"], one["even"]) for one in second["people"]}
    assert by_person == {"Manager S01": (1, 0), "Dana": (0, 1)}
    margin = next(one for one in second["sums"] if one["name"] == "gross_margin")
    alone = [row.document["measures"][2] for row in following.store.rows(Followup.due == "week") if row.document]
    assert float(margin["difference"]) == pytest.approx(sum(float(one["difference"]) * 7 for one in alone), abs=0.01)
    assert float(margin["low"]) < float(margin["difference"]) < float(margin["high"])
    assert "Proposed by Manager S01: 1 change, 1 of 1 worked." in second["text"]
    assert "Looked at 2 executed changes: 1 worked, 0 went the wrong way, 1 without" in second["text"]


def test_an_empty_week_says_so(following: Following) -> None:
    place = place_of(following.effects.mirror, "S02")
    assert place is not None
    digest = week_digest(following.store, place, Week.of(TODAY), str)
    assert digest["text"].splitlines()[1:] == [
        "Nothing was proposed.",
        "No executed change came up for a look this week.",
    ]
