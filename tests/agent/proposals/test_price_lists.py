"""A list of prices is one card and one click, and every line of it takes effect once or is said not to have."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from agent.errors import BadInputError, StaleError
from agent.proposals.editing import differences, edited, fields_of
from agent.proposals.kinds import parse_payload
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from tests.support.payloads import example
from tests.support.proposals_world import World
from tools.drafts import ListedPrice, PriceListDraft
from tools.errors import BadArgumentError

LABEL = StoreLabel("S01", "Market Street", "America/New_York")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = World(tmp_path)
    yield found
    found.close()


def propose(world: World, count: int = 3, percent: str = "-20", **given: object) -> str:
    for number in range(1, count + 1):
        if not world.pos.price(f"V{number}", "S01"):
            world.pos.set_price(f"V{number}", "S01", f"{number}.00")
    lines = tuple(ListedPrice(f"V{number}", Decimal(percent), None) for number in range(1, count + 1))
    wanted = PriceListDraft("S01", lines, given.get("until"), "slow")  # type: ignore[arg-type]
    return world.proposals.propose(wanted, world.scope("U_OWNER"), tool_call_id="").proposal_id


def approve(world: World, proposal_id: str, seconds: float = 20):  # type: ignore[no-untyped-def]
    world.launch()
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    return world.proposals.wait(proposal_id, seconds)


def prices(world: World, count: int = 3) -> list[str]:
    return [world.pos.price(f"V{number}", "S01") for number in range(1, count + 1)]


def test_every_line_is_written_under_a_key_of_its_own(world: World) -> None:
    view = approve(world, propose(world))
    assert view.status == "executed", view.outcome
    assert prices(world) == ["0.80", "1.60", "2.40"]
    keys = [effect[0] for effect in world.pos.effects()]
    assert len(set(keys)) == 3
    assert view.outcome is not None
    assert view.outcome["message"] == "3 prices at Market Street changed."
    sent = [event["detail"]["change"] for event in view.events if event["event"] == "sending"]
    assert sent == [part.change() for part in parse_payload(view.kind, view.payload).parts()]


def test_a_line_that_moved_is_left_alone_and_named(world: World) -> None:
    proposal_id = propose(world)
    world.pos.set_price("V2", "S01", "9.99")
    view = approve(world, proposal_id)
    assert view.status == "executed"
    assert prices(world) == ["0.80", "9.99", "2.40"]
    assert view.outcome is not None
    assert view.outcome["message"].startswith("2 of 3 done at Market Street. Oat Milk V2")
    assert "9.99" in view.outcome["message"]
    assert [line["outcome"] for line in view.outcome["lines"]] == ["applied", "conflict", "applied"]
    shown = repr(compose_card(view, LABEL).best)
    assert "2 of 3 done" in shown


def test_where_no_line_can_be_done_the_list_failed(world: World) -> None:
    proposal_id = propose(world)
    for number in (1, 2, 3):
        world.pos.set_price(f"V{number}", "S01", "7.77")
    assert approve(world, proposal_id).status == "failed"
    assert world.pos.effects() == []


def test_undo_takes_back_what_was_done_and_nothing_else(world: World) -> None:
    proposal_id = propose(world, 4)
    world.pos.set_price("V2", "S01", "9.99")
    approve(world, proposal_id)
    world.pos.set_price("V4", "S01", "8.88")
    back = world.proposals.undo(proposal_id, world.scope("U_OWNER"))
    assert [line["variant_id"] for line in back.payload["lines"]] == ["V1", "V3"]
    world.proposals.approve(back.id, world.scope("U_OWNER"))
    assert world.proposals.wait(back.id, 20).status == "executed"
    assert prices(world, 4) == ["1.00", "9.99", "3.00", "8.88"]
    assert world.proposals.view(proposal_id).status == "undone"


def test_an_undo_is_refused_when_everything_was_changed_again(world: World) -> None:
    proposal_id = propose(world, 2)
    approve(world, proposal_id)
    for number in (1, 2):
        world.pos.set_price(f"V{number}", "S01", "6.66")
    with pytest.raises(StaleError, match="All of these were changed again"):
        world.proposals.undo(proposal_id, world.scope("U_OWNER"))


def test_an_unclear_line_makes_the_list_unknown_until_a_later_look_decides_it(tmp_path: Path) -> None:
    world = World(tmp_path, faults=("", "timeout_after_then_offline"))
    proposal_id = propose(world)
    view = approve(world, proposal_id)
    assert view.status == "unknown", view.outcome
    assert view.outcome is not None
    assert [line["outcome"] for line in view.outcome["lines"]] == ["applied", "unknown", "not_sent"]
    world.pos.offline = False
    world.executor.settle_unknown()
    done = world.proposals.view(proposal_id)
    assert done.status == "executed"
    assert done.outcome is not None
    assert [line["outcome"] for line in done.outcome["lines"]] == ["applied", "applied", "not_sent"]
    assert len(world.pos.effects()) == 2
    world.close()


def test_an_unreachable_pos_is_not_asked_fifty_times(world: World) -> None:
    proposal_id = propose(world, 20)
    world.pos.offline = True
    view = approve(world, proposal_id)
    assert view.status == "failed"
    assert sum(event["event"] == "sending" for event in view.events) == 5, "one line, tried five times"


def test_temporary_prices_go_back_but_not_where_somebody_changed_them(world: World) -> None:
    until = world.clock.now().replace(hour=20)
    proposal_id = propose(world, until=until)
    approve(world, proposal_id)
    world.pos.set_price("V2", "S01", "9.99")
    world.clock.pass_time(hours=10)
    world.proposals.revert_due()
    assert prices(world) == ["1.00", "9.99", "3.00"]
    view = world.proposals.view(proposal_id)
    assert view.revert_state == "left"
    assert "then back to what it was" in repr(compose_card(view, LABEL).best)


@pytest.mark.parametrize("where", ["before_send", "after_send"])
def test_a_list_goes_on_after_a_crash_without_doing_a_line_twice(tmp_path: Path, where: str) -> None:
    world = World(tmp_path)
    proposal_id = propose(world, 6)
    world.close()
    fault = "die_before" if where == "before_send" else "die_after"
    script = (
        "import sys; from pathlib import Path; from tests.support.proposals_world import World; "
        f"w = World(Path(sys.argv[1]), faults=('', '', {fault!r})); w.launch(); "
        "w.proposals.approve(sys.argv[2], w.scope('U_OWNER')); w.proposals.wait(sys.argv[2], 20); sys.exit(9)"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path), proposal_id], check=False, timeout=60)
    assert died.returncode == -9
    world = World(tmp_path)
    world.launch()
    view = world.proposals.wait(proposal_id, 30)
    assert view.status == "executed", view.outcome
    assert len(world.pos.effects()) == 6
    assert world.pos.requests() == 6, "no line was sent twice"
    world.close()


def test_lines_can_be_unticked_and_repriced(world: World) -> None:
    proposal_id = propose(world)
    view = world.proposals.edit(proposal_id, {"line:V2": "0", "line:V3": "2.75"}, world.scope("U_OWNER"))
    assert [(line["variant_id"], line["after"]) for line in view.payload["lines"]] == [("V1", "0.80"), ("V3", "2.75")]
    changed = view.events[0]["detail"]["changed"]
    assert changed == ["Oat Milk V2: left out", "Oat Milk V3: now 3.00 → 2.75 USD (-8.3 %)"]
    assert world.proposals.view(proposal_id).status == "superseded"
    with pytest.raises(BadInputError, match="Every line is left out"):
        world.proposals.edit(view.id, {"line:V1": "0", "line:V3": "0"}, world.scope("U_OWNER"))


def test_a_list_of_one_is_carried_out_like_a_price(world: World) -> None:
    view = approve(world, propose(world, 1))
    assert view.status == "executed"
    back = world.proposals.undo(view.id, world.scope("U_OWNER"))
    world.proposals.approve(back.id, world.scope("U_OWNER"))
    assert world.proposals.wait(back.id, 20).status == "executed"
    assert prices(world, 1) == ["1.00"]


def test_money_of_all_lines_counts_against_the_limits(world: World) -> None:
    one, all_three = (world.proposals.view(propose(world, count)).impact_minor for count in (1, 3))
    assert one == 200
    assert all_three == 200 + 400 + 600


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((), "between 1 and 50"),
        (tuple(ListedPrice(f"V{n}", Decimal(-5), None) for n in range(51)), "between 1 and 50"),
        ((ListedPrice("V1", Decimal(-5), None),) * 2, "named twice"),
        ((ListedPrice("V1", Decimal(-5), None), ListedPrice("VGONE", Decimal(-5), None)), "not on sale"),
        ((ListedPrice("V1", None, None),), "either a percentage or a new price"),
    ],
)
def test_a_list_that_cannot_be_made_whole_is_not_filed(
    world: World, lines: tuple[ListedPrice, ...], problem: str
) -> None:
    world.pos.set_price("V1", "S01", "4.00")
    with pytest.raises(BadArgumentError, match=problem):
        world.proposals.propose(PriceListDraft("S01", lines, None, ""), world.scope("U_OWNER"), tool_call_id="")


def test_the_card_shows_every_line_and_the_form_has_a_field_for_each() -> None:
    payload = example("price_list", "&<>" * 30)
    assert len(fields_of(payload)) == 50
    draft = edited(payload, {"line:V7": "0"})
    assert isinstance(draft, PriceListDraft)
    assert len(draft.lines) == 49
    assert differences(payload, payload) == []
