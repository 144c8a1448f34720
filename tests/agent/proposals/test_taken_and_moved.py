"""A change that the point of sale took and that reads differently at once: never “nothing was changed”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.errors import RefusedError
from agent.proposals.outcomes import sentence
from agent.proposals.policy import ProposalSettings
from agent.proposals.view import ProposalView
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from connectors.base import Action, Outcome, Preview
from connectors.http import WriteReply
from tests.support.ledger_shop import LedgerShop
from tests.support.payloads import example
from tests.support.proposals_world import QUICK, World


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


class ForgetfulShop(LedgerShop):
    """A till that takes a change without an answer, and at which somebody sets another price before it is looked up."""

    def send(self, action: Action, seen: Preview) -> WriteReply:
        try:
            return super().send(action, seen)
        finally:
            self.set_price("V1", "S01", "7.77")


@dataclass
class ForgetfulWorld(World):
    def open_pos(self) -> Any:
        return ForgetfulShop(self.home / "pos.sqlite", manner="plain", faults=("timeout_after",))


@pytest.fixture
def forgetful(tmp_path: Path) -> Iterator[World]:
    made = ForgetfulWorld(tmp_path)
    made.launch()
    yield made
    made.close()


def test_a_third_price_after_an_unanswered_request_is_not_nothing(forgetful: World) -> None:
    view = approved(forgetful)
    assert len(forgetful.pos.effects()) == 1
    assert view.status == "failed"
    assert view.outcome is not None
    said = view.outcome["message"]
    assert said.startswith(
        "I sent this and got no clear answer, and I will not send it again: the price of Oat Milk V1"
    )
    assert "is 7.77 now, and the approval was for 10.00 to 8.50 USD" in said


STRICT: ProposalSettings = replace(QUICK, four_eyes_over_minor=1_000)


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[World]:
    made = BusyWorld(tmp_path, settings=STRICT)
    made.launch()
    yield made
    made.close()


def test_what_was_taken_counts_against_the_limit_though_it_failed(strict: World) -> None:
    """A week sells ten pieces, so each moves 6.00, and four eyes are wanted above 10.00."""
    mine = strict.scope("U_OWNER")
    first = strict.propose(live="9.00", percent=None, price=Decimal("8.40"))
    strict.proposals.approve(first, mine)
    assert strict.proposals.wait(first, 10).status == "failed"
    second = strict.propose(variant="V2", live="9.00", percent=None, price=Decimal("8.40"))
    with pytest.raises(RefusedError, match=r"on top of 6\.00 USD of your own since yesterday"):
        strict.proposals.approve(second, mine)
