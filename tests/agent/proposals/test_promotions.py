"""An amount off is bounded against the price of each of the goods, as a price change is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.proposals.view import ProposalView
from tests.support.ledger_shop import LedgerShop
from tests.support.proposals_world import World
from tools.drafts import PromotionDraft
from tools.errors import BadArgumentError


class Shop(World):
    def open_pos(self) -> Any:
        return LedgerShop(self.home / "pos.sqlite")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = Shop(tmp_path)
    made.pos.set_price("V1", "S01", "3.99")
    made.pos.set_price("V2", "S01", "0.79")
    yield made
    made.close()


def off(world: World, amount: str, *variants: str) -> ProposalView:
    begins = world.clock.now() + timedelta(hours=1)
    draft = PromotionDraft("S01", "Autumn", "amount", Decimal(amount), begins, None, variants, "")
    receipt = world.proposals.propose(draft, world.scope("U_MANAGER_S01"), tool_call_id="")
    return world.proposals.view(receipt.proposal_id)


def test_an_amount_that_leaves_a_price_is_filed(world: World) -> None:
    view = off(world, "0.50", "V1", "V2")
    assert view.impact_minor == 2 * 10 * 50


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0.79", r"0\.79 USD off Oat Milk V2 at Market Street: The new price would be 0\.00"),
        ("1.00", r"1\.00 USD off Oat Milk V2 at Market Street: The new price would be -0\.21"),
        ("0.75", r"Oat Milk V2 at Market Street: 0\.79 to 0\.04 is a change of -95 %"),
    ],
)
def test_an_amount_that_gives_one_of_them_away_is_refused(world: World, amount: str, said: str) -> None:
    with pytest.raises(BadArgumentError, match=said):
        off(world, amount, "V1", "V2")
    assert world.proposals.find(world.scope("U_OWNER")) == []


def test_an_amount_off_everything_is_refused(world: World) -> None:
    with pytest.raises(BadArgumentError, match="please name the products, or a percentage"):
        off(world, "0.10")
