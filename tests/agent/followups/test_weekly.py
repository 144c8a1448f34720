"""The week's digest posts itself: once a channel and Monday, whatever is restarted, and never at night."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.db.leases import LEASE
from agent.db.tables import Followup, Proposal, WeeklyDigest
from agent.errors import UnavailableError
from agent.followups.digest import Week, digest_of_several, week_digest
from agent.followups.looking import place_of
from agent.followups.store import FollowupStore
from agent.followups.weekly import PATIENCE, WeeklyDigests, digest_rows, due_monday
from tests.support.effects_world import EffectsWorld
from tests.support.proposals_world import World

MONDAY = date(2026, 11, 30)
NINE = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
"""Nine o'clock on that Monday in New York."""

CHANNELS = [{"channel_id": f"C_{store}", "stores": [store]} for store in ("S01", "S02")]
NORTH = {"channel_id": "C_NORTH", "stores": ["S01", "S02"]}


class Died(BaseException):
    """The process is gone."""


class Channel:
    """Remembers what was posted; ``fault`` names what goes wrong the next time."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, Mapping[str, Any]]] = []
        self.fault = ""

    def post_digest(self, channel_id: str, document: Mapping[str, Any]) -> str:
        fault, self.fault = self.fault, ""
        if fault == "refuse":
            raise UnavailableError("Slack refuses the channel C_S01 (not_in_channel); invite the bot to it.")
        if fault == "die_before":
            raise Died
        self.posted.append((channel_id, dict(document)))
        if fault == "die_after":
            raise Died
        return f"ts{len(self.posted)}"

    def find_posted(self, channel_id: str, marker: str) -> str | None:
        found = (n for n, (c, one) in enumerate(self.posted, 1) if (c, one["marker"]) == (channel_id, marker))
        return next((f"ts{number}" for number in found), None)


class Weekly:
    """A week with something in it at Market Street: a rejected proposal, and a price change that was looked at."""

    def __init__(self, folder: Path, mirror: Any) -> None:
        self.world = World(folder)
        self.mirror = mirror
        self.channel = Channel()
        self.briefed = True
        self.world.directory.replace_channels([*CHANNELS, NORTH])
        self.store = FollowupStore(self.world.database)
        self.restart()

    def restart(self) -> None:
        self.digests = WeeklyDigests(
            self.store,
            digest_rows(self.world.database),
            self.world.clock,
            self.mirror,
            self.world.directory,
            self.channel,
            lambda user_id: {"U_OWNER": "Olive", "U_MANAGER_S01": "Mia"}.get(user_id, user_id),
            lambda _store, _on: self.briefed,
        )

    def fill(self) -> None:
        proposal_id = self.world.propose("U_MANAGER_S01")
        self.world.proposals.reject(proposal_id, self.world.scope("U_OWNER"), "too <!channel> deep")
        self.look("p_1", "S01", "worked", "3.00", "5.00")

    def look(self, proposal_id: str, store: str, verdict: str, difference: str, high: str, **row: Any) -> None:
        measure = {"name": "net_sales", "difference": difference, "high": high, "days": 7}
        document = {
            "verdict": verdict,
            "subject": "Oat Milk (3.99 → 3.39 USD)",
            "headline": "Units +40 %.",
            "proposed_by": "U_MANAGER_S01",
            "measures": [measure],
            "counts": {"avoided": 1},
        }
        given = {"status": "posted", "verdict": verdict, "document": document, **row}
        due_at = datetime(2026, 11, 26, 13, tzinfo=UTC)
        with self.world.database.session() as session:
            session.add(Followup(proposal_id=proposal_id, due="week", store_id=store, due_at=due_at, **given))

    def on(self, at: datetime) -> list[str]:
        """Run a round at this instant; the channels of everything posted so far."""
        self.world.clock.at = at
        self.digests.run_due()
        return [channel for channel, _ in self.channel.posted]


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    made = EffectsWorld(tmp_path_factory.mktemp("weeks"))
    yield made.mirror
    made.close()


@pytest.fixture
def weekly(tmp_path: Path, mirror: Any) -> Iterator[Weekly]:
    made = Weekly(tmp_path, mirror)
    yield made
    made.world.close()


@pytest.mark.parametrize(
    ("at", "zone", "monday"),
    [
        (NINE, "America/New_York", MONDAY),
        (NINE - timedelta(seconds=1), "America/New_York", None),
        (NINE + timedelta(hours=11), "America/New_York", None),
        (NINE + timedelta(days=1), "America/New_York", MONDAY),
        (NINE + timedelta(days=2), "America/New_York", MONDAY),
        (NINE + timedelta(days=3), "America/New_York", None),
        (NINE - timedelta(days=1), "America/New_York", None),
        (NINE, "America/Los_Angeles", None),
        (NINE, "Pacific/Auckland", None),
        (datetime(2026, 11, 29, 20, 0, tzinfo=UTC), "Pacific/Auckland", MONDAY),
        # The Monday after clocks went forward, and the one after they went back.
        (datetime(2026, 3, 9, 13, 0, tzinfo=UTC), "America/New_York", date(2026, 3, 9)),
        (datetime(2026, 11, 2, 13, 59, tzinfo=UTC), "America/New_York", None),
    ],
)
def test_it_is_due_on_monday_morning_by_the_clock_of_the_store(at: datetime, zone: str, monday: date | None) -> None:
    assert due_monday(at, zone) == monday


def test_a_store_and_its_district_are_told_once_and_a_quiet_store_is_not(weekly: Weekly) -> None:
    weekly.fill()
    assert weekly.on(NINE - timedelta(minutes=1)) == []
    for hours in (0, 1, 5, 24, 48):
        assert weekly.on(NINE + timedelta(hours=hours)) == ["C_NORTH", "C_S01"]
        weekly.restart()
    (_, chain), (_, store) = weekly.channel.posted
    assert store["title"] == "What became of proposals at Market Street, 23–29 Nov"
    told = {part["title"]: part["lines"] for part in store["sections"]}
    assert told["Decided"] == ["1 proposal: 1 rejected.", "Rejected because “too <!channel> deep”"]
    assert told["Against forecast"][1:] == [
        "Net sales against forecast, 1 change in sum: $21.00 (95 % interval $7.00 to $35.00).",
        "Stock-outs: 1 avoided, 0 followed all the same.",
    ]
    assert told["Whose proposals worked"] == ["Proposed by Mia: 1 change, 1 of 1 worked."]
    assert told["One by one"] == ["Oat Milk (3.99 → 3.39 USD): Units +40 %."]
    assert chain["title"] == "What became of proposals at Market Street and Harbor Point, 23–29 Nov"
    assert {part["title"]: part["lines"] for part in chain["sections"]}["Store by store"] == [
        "Market Street: 1 proposal; 1 of 1 change worked.",
        "Harbor Point: 0 proposals.",
    ]
    with weekly.world.database.reading() as session:
        rows = {row.channel_id: row.status for row in session.query(WeeklyDigest)}
    assert rows == {"C_NORTH": "posted", "C_S01": "posted", "C_S02": "empty"}
    assert weekly.on(NINE + timedelta(days=7)) == ["C_NORTH", "C_S01"], "nothing became of anything in the next week"


def test_a_bot_that_was_down_catches_up_until_wednesday(weekly: Weekly) -> None:
    weekly.fill()
    assert weekly.on(NINE + timedelta(days=3)) == []
    assert weekly.on(NINE + timedelta(days=2)) == ["C_NORTH", "C_S01"]


def test_the_briefing_and_the_last_looks_go_first_but_not_for_ever(weekly: Weekly) -> None:
    weekly.fill()
    weekly.briefed = False
    assert weekly.on(NINE) == []
    weekly.briefed = True
    weekly.look("p_late", "S01", "", "0", "0", status="waiting", document=None)
    assert weekly.on(NINE + PATIENCE - timedelta(minutes=1)) == []
    assert weekly.on(NINE + PATIENCE) == ["C_NORTH", "C_S01"]


@pytest.mark.parametrize("fault", ["die_before", "die_after", "refuse"])
def test_a_poster_that_dies_or_is_refused_leaves_one_message_in_the_end(weekly: Weekly, fault: str) -> None:
    weekly.world.directory.replace_channels(CHANNELS)
    weekly.fill()
    weekly.channel.fault = fault
    with suppress(Died):
        weekly.on(NINE)
    weekly.restart()
    before = len(weekly.channel.posted)
    assert len(weekly.on(NINE + LEASE - timedelta(seconds=1))) == before, "whoever holds the claim may still live"
    assert weekly.on(NINE + LEASE) == ["C_S01"]
    assert weekly.on(NINE + LEASE * 3) == ["C_S01"]


def test_two_runners_post_once(weekly: Weekly) -> None:
    weekly.fill()
    weekly.world.clock.at = NINE
    first = weekly.digests
    weekly.restart()
    rows = weekly.digests._rows
    claimed = rows.acquire(("C_S01", MONDAY), NINE)
    assert claimed is not None
    assert rows.acquire(("C_S01", MONDAY), NINE) is None
    assert first.run_due() == 1, "only the district's; the store's is being posted elsewhere"
    assert [channel for channel, _ in weekly.channel.posted] == ["C_NORTH"]


def test_sums_of_several_stores_are_by_currency_and_their_intervals_add_as_squares(weekly: Weekly) -> None:
    weekly.look("p_1", "S01", "worked", "3.00", "6.00")
    weekly.look("p_2", "S02", "against", "-1.00", "3.00")
    places = [place_of(weekly.mirror, store) for store in ("S01", "S02")]
    week = Week(MONDAY - timedelta(days=7))
    documents = [week_digest(weekly.store, place, week, str) for place in places if place is not None]
    (line,) = digest_of_several(documents, "both")["sums"]
    # 7 × 3 − 7 × 1, and the root of (7 × 3)² + (7 × 4)².
    assert (line["difference"], line["low"], line["high"], line["changes"]) == ("14.00", "-21.00", "49.00", 2)
    documents[1]["sums"][0]["unit"] = "CAD"
    assert [one["unit"] for one in digest_of_several(documents, "both")["sums"]] == ["USD", "CAD"]
    (person,) = digest_of_several(documents, "both")["people"]
    assert (person["changes"], person["worked"], person["against"]) == (2, 1, 1)


def test_a_change_that_was_taken_back_is_one_proposal(weekly: Weekly) -> None:
    """One was carried out and taken back by a second, one was to be taken back and that failed."""
    first, second = weekly.world.propose(variant="V1"), weekly.world.propose(variant="V2")
    ends = {first: ("undone", None), second: ("executed", None)}
    with weekly.world.database.session() as session:
        for original, status in ((first, "executed"), (second, "failed")):
            row = session.get(Proposal, original)
            assert row is not None
            values = {column.name: getattr(row, column.name) for column in Proposal.__table__.columns}
            back = {"id": f"back_{original}", "tool_call_id": f"back_{original}", "natural_key": f"back_{original}"}
            session.add(Proposal(**{**values, **back, "undoes": original, "status": status}))
            row.status = ends[original][0]
    place = place_of(weekly.mirror, "S01")
    assert place is not None
    document = week_digest(weekly.store, place, Week.of(weekly.world.clock.now().date()), str)
    assert document["decisions"] == {"undone": 1, "executed": 1, "failed": 1}
    assert "3 proposals: 1 carried out, 1 carried out and taken back and 1 approved, but it failed." in document["text"]


def test_the_line_of_a_store_counts_as_the_line_of_a_person_does(weekly: Weekly) -> None:
    weekly.look("p_1", "S01", "worked", "3.00", "6.00")
    weekly.look("p_2", "S01", "cannot_tell", "0.00", "0.00")
    weekly.look("p_3", "S02", "cannot_tell", "0.00", "0.00")
    places = [place_of(weekly.mirror, store) for store in ("S01", "S02")]
    week = Week(MONDAY - timedelta(days=7))
    documents = [week_digest(weekly.store, place, week, str) for place in places if place is not None]
    assert digest_of_several(documents, "both")["stores"] == [
        "Market Street: 0 proposals; 1 of 1 change worked; 1 change cannot be told.",
        "Harbor Point: 0 proposals; 1 change cannot be told.",
    ]
