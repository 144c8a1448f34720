"""An edited change is a new proposal; the old card is dead and the new one says what is different."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from agent.errors import BadInputError, RefusedError, StaleError
from agent.proposals.editing import differences, edited, fields_of
from agent.proposals.kinds import KINDS
from tests.support.payloads import example
from tests.support.proposals_world import World
from tools.drafts import DraftLine, OrderDraft, StockAdjustDraft, StockCountDraft, TransferDraft

EDITABLE = {
    "price_change",
    "price_list",
    "stock_adjust",
    "stock_count",
    "transfer",
    "purchase_order_draft",
    "promotion_create",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.launch()
    yield made
    made.close()


def test_an_edit_replaces_the_proposal_and_says_what_changed(world: World) -> None:
    old = world.propose("U_OWNER", live="3.99")
    before = world.proposals.view(old)
    fresh = world.proposals.edit(
        old, {"price": "2.99"}, world.scope("U_MANAGER_S01"), seen_sha256=before.payload_sha256
    )
    assert (fresh.payload["after"], fresh.proposed_by, fresh.status) == ("2.99", "U_MANAGER_S01", "pending")
    assert fresh.events[0]["detail"]["changed"] == ["Price: 3.39 → 2.99"]
    assert world.proposals.view(old).status == "superseded"
    with pytest.raises(StaleError, match="newer proposal replaced"):
        world.proposals.approve(old, world.scope("U_OWNER"), seen_sha256=before.payload_sha256)
    world.proposals.approve(fresh.id, world.scope("U_OWNER"), seen_sha256=fresh.payload_sha256)
    assert world.proposals.wait(fresh.id, 10).status == "executed"
    assert [effect[3] for effect in world.pos.effects()] == ["2.99"]


def test_an_edit_that_makes_it_equal_to_another_is_replaced_by_that_one(world: World) -> None:
    world.propose("U_OWNER", live="3.99")
    mine = world.propose("U_MANAGER_S01", percent=None, price=Decimal("2.99"))
    theirs = world.propose("U_DISTRICT", percent=None, price=Decimal("2.79"))
    assert world.proposals.edit(mine, {"price": "2.79"}, world.scope("U_MANAGER_S01")).id == theirs
    last = world.proposals.view(mine).events[-1]
    assert (last["event"], last["actor"], last["detail"]) == ("superseded", "U_MANAGER_S01", {"by": theirs})
    assert world.proposals.view(theirs).proposed_by == "U_DISTRICT"


def test_whoever_edits_asked_for_it_and_so_four_eyes_look_at_them(world: World) -> None:
    world.catalogue.units = Decimal(5_000)
    old = world.propose("U_OWNER", live="3.99")
    fresh = world.proposals.edit(old, {"price": "2.99"}, world.scope("U_MANAGER_S01"))
    with pytest.raises(RefusedError, match="You asked for this change yourself"):
        world.proposals.approve(fresh.id, world.scope("U_MANAGER_S01"))


def test_what_cannot_be_edited(world: World) -> None:
    old = world.propose("U_OWNER", live="3.99")
    owner = world.scope("U_OWNER")
    for problem, error, values, actor in (
        ("no number", BadInputError, {"price": "cheap"}, owner),
        ("above zero", BadInputError, {"price": "0"}, owner),
        ("Nothing was different", StaleError, {"price": "3.39"}, owner),
        ("Nothing was different", StaleError, {}, owner),
        ("to ask for a change", RefusedError, {"price": "2.99"}, world.scope("U_STAFF_S01")),
        ("you cannot ask for", RefusedError, {"price": "2.99"}, world.scope("U_MANAGER_S02")),
    ):
        with pytest.raises(error, match=problem):
            world.proposals.edit(old, values, actor)
    with pytest.raises(StaleError, match="another version"):
        world.proposals.edit(old, {"price": "2.99"}, owner, seen_sha256="0" * 64)
    assert world.proposals.view(old).status == "pending"
    world.proposals.reject(old, owner, "no")
    with pytest.raises(StaleError, match="already rejected"):
        world.proposals.edit(old, {"price": "2.99"}, owner)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_a_kind_is_filled_with_what_it_is(kind: str) -> None:
    fields = fields_of(example(kind))
    assert bool(fields) is (kind in EDITABLE)
    if not fields:
        with pytest.raises(BadInputError, match="cannot be edited"):
            edited(example(kind), {})
    assert all(Decimal(field.value) for field in fields)


def test_lines_can_be_changed_and_left_out() -> None:
    order = example("purchase_order_draft")
    draft = edited(order, {"line:V1": "1", "line:V2": "0", "line:V3": ""})
    assert isinstance(draft, OrderDraft)
    assert draft.lines[:2] == (DraftLine("V1", Decimal(1)), DraftLine("V4", Decimal(24)))
    transfer = example("transfer")
    moved = edited(transfer, {"line:V2": "0"})
    assert isinstance(moved, TransferDraft)
    assert moved.lines == (DraftLine("V1", Decimal(6)),)
    with pytest.raises(BadInputError, match="Every line is left out"):
        edited(transfer, {"line:V1": "0", "line:V2": "0"})
    less = transfer.model_copy(update={"lines": (transfer.lines[0].model_copy(update={"quantity": "4"}),)})
    first, second = (item.name for item in transfer.facts().items)
    assert differences(transfer, less) == [f"{first}: 6 → 4", f"{second}: left out"]


def test_numbers_of_stock_are_taken_as_they_are_written() -> None:
    adjustment = edited(example("stock_adjust"), {"delta": "-7"})
    assert isinstance(adjustment, StockAdjustDraft)
    assert (adjustment.delta, adjustment.why) == (Decimal(-7), "damage")
    count = edited(example("stock_count"), {"quantity": "12,5"})
    assert isinstance(count, StockCountDraft)
    assert count.quantity == Decimal("12.5")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1,250", "“1,250” can be read in two ways; write 1250 or 1.25"),
        ("12,000", "write 12000 or 12."),
        ("", "is no number"),
        ("1e3", "is no number"),
        ("1_000", "is no number"),
        ("NaN", "is no number"),
    ],
)
def test_a_number_that_can_be_misread_is_asked_back(typed: str, problem: str) -> None:
    with pytest.raises(BadInputError, match=problem):
        edited(example("stock_count"), {"quantity": typed})


@pytest.mark.parametrize(("typed", "meant"), [("1250", "1250"), ("1,25", "1.25"), (" 0,5 ", "0.5"), ("0", "0")])
def test_a_plain_number_is_taken_as_it_stands(typed: str, meant: str) -> None:
    draft = edited(example("stock_count"), {"quantity": typed})
    assert isinstance(draft, StockCountDraft)
    assert draft.quantity == Decimal(meant)
