"""What leaves by webhook: one click, one message taken, whatever the receiver does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from agent.db.engine import open_database
from agent.errors import BadInputError, RefusedError
from agent.outbound import outbound_targets
from agent.proposals.kinds import parse_payload
from agent.proposals.repeats import StoredRepeats
from agent.proposals.view import ProposalView
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from connectors.base import ActionKind
from connectors.outbound.target import Target
from connectors.outbound.writer import OutboundWriter
from tests.support.outbound_receiver import KEY, SECRET, Receiver, running_receiver
from tests.support.proposals_world import World
from tools.drafts import CustomerListDraft, Draft, SignageDraft, StoreNoteDraft
from tools.errors import BadArgumentError, NoDataError, ToolError

KINDS = frozenset({ActionKind.CUSTOMER_LIST, ActionKind.STORE_NOTE, ActionKind.SIGNAGE})
NOTE = StoreNoteDraft("S01", "Freezer", "It was repaired.", "", "")
LABEL = StoreLabel("S01", "Market Street", "America/New_York")
LIST = CustomerListDraft("S01", "At risk", 84, "10 % off coffee", "", "")


@contextmanager
def opened(
    folder: Path, *faults: str | int, idempotent: bool = False, people: list[str] | None = None, **writing: Any
) -> Iterator[tuple[World, Receiver]]:
    found = people if people is not None else [f"c_{number}" for number in range(9)]
    with running_receiver(faults) as receiver:
        target = Target("news", receiver.url, KEY, KINDS, idempotent, "NEWS_SECRET")
        writer = OutboundWriter(target, lambda _target, _change: list(found), timeout=2.0, **writing)
        world = World(folder, beyond={target.connection: writer})
        try:
            yield world, receiver
        finally:
            world.close()
            writer.close()


def propose(world: World, draft: Draft) -> str:
    return world.proposals.propose(draft, world.scope("U_MANAGER_S01"), tool_call_id="").proposal_id


def carried_out(world: World, draft: Draft) -> ProposalView:
    world.launch()
    proposal_id = propose(world, draft)
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    return world.proposals.wait(proposal_id, 20)


@pytest.mark.parametrize("kind", ["list", "note", "signage"])
def test_a_click_sends_it_once_and_what_arrives_is_what_the_card_was_drawn_from(tmp_path: Path, kind: str) -> None:
    with opened(tmp_path) as (world, receiver):
        now = world.clock.now()
        signage = SignageDraft("S01", "Entrance", "holiday-2026", now, now + timedelta(days=3), "", "")
        drafts: dict[str, Draft] = {"list": LIST, "note": NOTE, "signage": signage}
        view = carried_out(world, drafts[kind])
        assert view.status == "executed", view.outcome
        (message,) = receiver.taken
        payload = parse_payload(view.kind, view.payload)
        assert (message["type"], message["store"]) == (view.kind, "S01")
        assert {name: message["data"][name] for name in payload.change()} == payload.change()
        assert view.outcome is not None
        assert view.outcome["message"] == payload.done()
        assert not view.can_undo
        assert receiver.ids == [view.pos_reference]


@pytest.mark.parametrize(
    ("faults", "idempotent", "status", "taken", "requests"),
    [
        ((503, 503), True, "executed", 1, 1),
        (("take_then_hang", "take_then_500"), True, "executed", 1, 3),
        ((429, 429), False, "executed", 1, 1),
        (("take_then_hang",), False, "unknown", 1, 1),
        ((503,), False, "unknown", 0, 0),
        ((400,), True, "failed", 0, 0),
        ((503,) * 50, True, "unknown", 0, 0),
    ],
)
def test_a_receiver_that_fails_is_tried_again_only_where_that_is_safe(
    tmp_path: Path, faults: tuple[str | int, ...], idempotent: bool, status: str, taken: int, requests: int
) -> None:
    with opened(tmp_path, *faults, idempotent=idempotent) as (world, receiver):
        view = carried_out(world, NOTE)
        assert (view.status, len(receiver.taken), len(receiver.ids)) == (status, taken, requests)
        assert len(set(receiver.ids)) <= 1, "one id for every try"
        if status == "unknown":
            assert view.outcome is not None
            assert "look in news" in view.outcome["message"]
            shown = repr(compose_card(view, LABEL).best)
            assert "The receiver did not confirm" in shown


def test_a_message_without_an_answer_is_settled_later(tmp_path: Path) -> None:
    with opened(tmp_path, *([503] * 7), idempotent=True) as (world, receiver):
        view = carried_out(world, NOTE)
        for _ in range(4):
            world.executor.settle_unknown()
        assert world.proposals.view(view.id).status == "executed"
        assert len(receiver.taken) == 1


def test_a_restart_goes_on_waiting_where_the_last_life_stopped(tmp_path: Path) -> None:
    """A receiver that is down for a day is not pressed anew by every restart, and is found when it is up again."""
    now = [1_795_000_000.0]
    database = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    writing: dict[str, Any] = {"repeats": StoredRepeats(database), "now": lambda: now[0], "idempotent": True}
    with opened(tmp_path, *([503] * 500), **writing) as (world, receiver):
        proposal_id = carried_out(world, NOTE).id
        for _ in range(40):
            world.executor.settle_unknown()
            now[0] += 30
        tried = 500 - len(receiver.faults)
        assert 8 < tried < 16
    for _ in range(5):
        with opened(tmp_path, *([503] * 500), **writing) as (world, receiver):
            world.launch()
            world.executor.settle_unknown()
            assert len(receiver.faults) == 500, "the time to wait goes on through a restart"
    now[0] += 3600
    with opened(tmp_path, **writing) as (world, receiver):
        receiver.now = lambda: now[0]
        world.launch()
        world.executor.settle_unknown()
        assert world.proposals.view(proposal_id).status == "executed"
        assert len(receiver.taken) == 1
    database.close()


def test_a_list_says_how_many_and_no_key_is_on_the_card_or_in_the_trail(tmp_path: Path) -> None:
    with opened(tmp_path) as (world, receiver):
        view = carried_out(world, LIST)
        assert view.payload["count"] == "9"
        shown = repr(compose_card(view, LABEL).best)
        assert "c_1" not in shown + repr(view)
        assert receiver.taken[0]["data"]["customer_keys"] == [f"c_{number}" for number in range(9)]


def test_a_list_that_grew_since_it_was_approved_is_not_sent(tmp_path: Path) -> None:
    people = [f"c_{number}" for number in range(9)]
    with opened(tmp_path, people=people) as (world, receiver):
        proposal_id = propose(world, LIST)
        people.append("c_new")
        world.launch()
        world.proposals.approve(proposal_id, world.scope("U_OWNER"))
        view = world.proposals.wait(proposal_id, 20)
        assert view.status == "failed"
        assert view.outcome is not None
        assert "is 10 people now, and the approval was for 9" in view.outcome["message"]
        assert receiver.ids == []


def test_a_list_needs_a_second_pair_of_eyes_though_it_moves_no_money(tmp_path: Path) -> None:
    with opened(tmp_path) as (world, _):
        proposal_id = propose(world, LIST)
        shown = repr(compose_card(world.proposals.view(proposal_id), LABEL).best)
        assert "Somebody else than <@U_MANAGER_S01> has to approve it" in shown
        assert "Moves no money · high risk" in shown
        assert "Can be approved by Dana or Olive" in shown
        with pytest.raises(RefusedError, match="cannot be taken back, so somebody else must approve it"):
            world.proposals.approve(proposal_id, world.scope("U_MANAGER_S01"))
        note = world.proposals.view(propose(world, NOTE))
        assert "Somebody else" not in repr(compose_card(note, LABEL).best)
        world.proposals.approve(note.id, world.scope("U_MANAGER_S01"))


def test_fewer_than_five_people_are_no_list(tmp_path: Path) -> None:
    with opened(tmp_path, people=["c_1", "c_2"]) as (world, _), pytest.raises(NoDataError, match="Fewer than 5"):
        propose(world, LIST)


def test_a_note_is_no_longer_than_a_card_can_show(tmp_path: Path) -> None:
    with opened(tmp_path) as (world, _):
        for text in ("x" * 1901, "&" * 400, " "):
            with pytest.raises(BadArgumentError, match="at most 1,900 characters"):
                propose(world, StoreNoteDraft("S01", "Freezer", text, "", ""))
        view = world.proposals.view(propose(world, StoreNoteDraft("S01", "Freezer", "<" * 370 + " end", "", "")))
        assert " end" in repr(compose_card(view, LABEL).best)


def test_without_a_receiver_it_says_what_to_set(tmp_path: Path) -> None:
    world = World(tmp_path)
    with pytest.raises(ToolError, match="FLOORWALKER_OUTBOUND"):
        propose(world, NOTE)
    world.close()


def test_a_receiver_that_is_none_is_asked_back(tmp_path: Path) -> None:
    draft = StoreNoteDraft("S01", "x", "y", "nowhere", "")
    with opened(tmp_path) as (world, _), pytest.raises(BadArgumentError, match="which of these shall get it: news"):
        propose(world, draft)


GOOD = '[[target]]\nname = "news"\nurl = "https://x.example/h"\nsecret = "NEWS_SECRET"\nkinds = ["customer_list"]\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonsense", "is not TOML"),
        ("", "one \\[\\[target\\]\\] for each"),
        (GOOD + GOOD, "given twice"),
        (GOOD.replace("https", "http"), "must begin with https"),
        (GOOD.replace("customer_list", "everything"), "target 1, kinds.0"),
        (GOOD.replace('"NEWS_SECRET"', '"whsec_abc"'), "target 1, secret"),
        (GOOD.replace("NEWS_SECRET", "OTHER_SECRET"), "OTHER_SECRET is not set"),
        (GOOD.replace("NEWS_SECRET", "SHORT_SECRET"), "SHORT_SECRET: The secret must be base64"),
        (GOOD.replace('"news"', '"a b:c"'), "target 1, name"),
        (GOOD + "colour = 1\n", "target 1, colour"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "outbound.toml"
    path.write_text(text)
    known = {"NEWS_SECRET": SecretStr(SECRET), "SHORT_SECRET": SecretStr("YWJj")}
    with pytest.raises(BadInputError, match=problem):
        outbound_targets(path, known.get)


def test_a_file_names_its_receivers_and_no_secret_shows(tmp_path: Path) -> None:
    path = tmp_path / "outbound.toml"
    path.write_text(GOOD + "idempotent = true\n")
    (target,) = outbound_targets(path, lambda name: SecretStr(SECRET))
    assert (target.name, target.connection, target.kinds) == (
        "news",
        "outbound:news",
        frozenset({ActionKind.CUSTOMER_LIST}),
    )
    assert target.idempotent
    assert "key" not in repr(target)
    assert outbound_targets(None) == ()
