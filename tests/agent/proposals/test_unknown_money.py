"""A change whose money nobody knows is above every limit, and what moves none by nature is not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from agent.errors import RefusedError
from agent.proposals.catalogue import Employee
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from tests.support.drafts_of_every_kind import DRAFTS, stock_up
from tests.support.ledger_shop import LedgerShop
from tests.support.proposals_world import MEMBERS, World
from tools.drafts import StockAdjustDraft, TaskDraft

LABEL = StoreLabel("S01", "Market Street", "America/New_York")
LIMITED = {"user_id": "U_LIMITED", "role": "store_manager", "name": "Lou", "stores": ["S01"]}
LIMITED["approve_limit_minor"] = 900_000


class Poor(World):
    """No cost and no wage is known."""

    def open_pos(self) -> LedgerShop:
        return LedgerShop(self.home / "pos.sqlite")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = Poor(tmp_path)
    stock_up(made.pos)
    made.directory.replace_members([*MEMBERS, LIMITED])
    made.catalogue.unit_cost = lambda *_: None  # type: ignore[method-assign]
    made.catalogue.employee = lambda one: Employee(one, "Ellis", "S01", "cashier", 0, True)  # type: ignore[method-assign]
    yield made
    made.close()


def propose(world: World, kind: str, user: str = "U_MANAGER_S01") -> str:
    return world.proposals.propose(DRAFTS[kind], world.scope(user), tool_call_id="").proposal_id


@pytest.mark.parametrize("kind", ["stock_adjust", "stock_count", "purchase_order_draft", "shift_draft"])
def test_it_takes_somebody_without_a_limit_and_not_the_one_who_asked(world: World, kind: str) -> None:
    proposal_id = propose(world, kind)
    view = world.proposals.view(proposal_id)
    assert not view.impact_known
    assert view.approvers == ("Dana", "Olive")
    shown = repr(compose_card(view, LABEL).best)
    assert "What it moves is not known" in shown
    assert "Somebody else than <@U_MANAGER_S01> has to approve it" in shown
    with pytest.raises(RefusedError, match=r"so somebody else must approve it\. Dana or Olive can approve it"):
        world.proposals.approve(proposal_id, world.scope("U_MANAGER_S01"))
    with pytest.raises(RefusedError, match=r"Your approval limit is 9,000.00 USD; what this change moves is not known"):
        world.proposals.approve(proposal_id, world.scope("U_LIMITED"))
    world.proposals.approve(proposal_id, world.scope("U_DISTRICT"))
    assert world.proposals.view(proposal_id).status == "approved"


def test_one_line_without_a_cost_makes_the_whole_order_unknown(world: World) -> None:
    world.catalogue.unit_cost = (  # type: ignore[method-assign]
        lambda _store, variant, _supplier="": Decimal("1.20") if variant == "V1" else None
    )
    view = world.proposals.view(propose(world, "purchase_order_draft"))
    assert (view.impact_minor, view.impact_known) == (720, False)
    recorded = view.events[0]["detail"]
    assert (recorded["impact_minor"], recorded["impact_known"]) == (720, False)


@pytest.mark.parametrize("kind", ["price_change", "promotion_create", "product_flags"])
def test_what_is_counted_in_sales_is_known_without_any_cost(world: World, kind: str) -> None:
    assert world.proposals.view(propose(world, kind)).impact_known


def test_a_task_moves_no_money_and_that_is_known(world: World) -> None:
    task = TaskDraft("S01", "count", "Count oat milk", "", "", "V1", "", "", "", None, "")
    view = world.proposals.view(world.proposals.propose(task, world.scope("U_LIMITED"), tool_call_id="").proposal_id)
    assert (view.impact_minor, view.impact_known, view.needs_others) == (0, True, False)
    assert world.proposals.approve(view.id, world.scope("U_LIMITED")).status == "approved"


def test_a_known_cost_needs_nobody_else(world: World) -> None:
    world.catalogue.unit_cost = lambda *_: Decimal("1.20")  # type: ignore[method-assign]
    draft = StockAdjustDraft("V1", "S01", Decimal(-3), "damage", "dropped")
    filed = world.proposals.propose(draft, world.scope("U_LIMITED"), tool_call_id="")
    assert world.proposals.approve(filed.proposal_id, world.scope("U_LIMITED")).status == "approved"
