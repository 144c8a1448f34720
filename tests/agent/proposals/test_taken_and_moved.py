"""A change that the point of sale took and that reads differently at once: never “nothing was changed”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agent.proposals.outcomes import sentence
from agent.proposals.view import ProposalView
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from connectors.base import Action, Outcome, Preview
from connectors.http import WriteReply
from tests.support.ledger_shop import LedgerShop
from tests.support.payloads import example
from tests.support.proposals_world import World


class BusyShop(LedgerShop):
    """A till at which somebody else sets the price in the moment after each change."""

    def send(self, action: Action, seen: Preview) -> WriteReply:
        reply = super().send(action, seen)
        self.set_price("V1", "S01", "7.77")
        return reply


@dataclass
class BusyWorld(World):
    def open_pos(self) -> Any:
        return BusyShop(self.home / "pos.sqlite")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = BusyWorld(tmp_path)
    made.launch()
    yield made
    made.close()


def test_the_same_is_said_of_a_stock_that_was_adjusted() -> None:
    """Whoever reads “nothing was changed” asks again, and takes the pieces off twice."""
    message = "Clover took the change, but the stock reads differently. Count it."
    result = {"outcome": Outcome.CONFLICT.value, "before": {"quantity": "40"}, "after": {"quantity": "40"}}
    said = sentence(example("stock_adjust"), {**result, "message": message, "taken": True})
    assert said == message
    assert sentence(example("stock_adjust"), {**result, "message": ""}).startswith("Nothing was changed")


def approved(world: World) -> ProposalView:
    made = world.propose(live="10.00")
    world.proposals.approve(made, world.scope("U_OWNER"))
    return world.proposals.wait(made, 10)


def test_a_price_that_was_taken_and_changed_again_is_said_to_be_both(world: World) -> None:
    view = approved(world)
    assert view.status == "failed"
    assert view.outcome is not None
    message = "the ledger took the change, but it reads differently now: someone changed it again."
    assert view.outcome["message"] == message
    card = compose_card(view, StoreLabel("S01", "Market Street", "America/New_York"))
    assert f"⚠️ {message}" in card.text
    assert "Nothing was changed" not in card.text + str(card.best)
