"""A change that reaches other stores than the one it was asked for: who may approve it, and what it is said to move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.errors import RefusedError
from agent.proposals.view import ProposalView
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from connectors.base import Action, Preview
from tests.support.ledger_shop import LedgerShop
from tests.support.proposals_pos import LedgerPos
from tests.support.proposals_world import STORES, World
from tools.drafts import Draft, FlagsDraft, ListedPrice, PriceListDraft, PromotionDraft

OTHERS = ", ".join(name for store_id, name in STORES.items() if store_id != "S01")


class OnePricePos(LedgerPos):
    """A till system that keeps one price for all stores."""

    def preview(self, action: Action) -> Preview:
        others = tuple(store for store in STORES if store != action.target["store_external_id"])
        return replace(super().preview(action), also_at=others, also="The online store sells at this price too.")


@dataclass
class OnePriceWorld(World):
    def open_pos(self) -> Any:
        return OnePricePos(self.home / "pos.sqlite")


@dataclass
class ShopWorld(World):
    def open_pos(self) -> Any:
        return LedgerShop(self.home / "pos.sqlite")


@pytest.fixture
def shared_price(tmp_path: Path) -> Iterator[World]:
    made = OnePriceWorld(tmp_path)
    yield made
    made.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    made = ShopWorld(tmp_path)
    made.pos.hold("flags:V1", active="true", track_stock="true")
    yield made
    made.close()


def filed(world: World, draft: Draft, who: str = "U_MANAGER_S01") -> ProposalView:
    receipt = world.proposals.propose(draft, world.scope(who), tool_call_id="")
    return world.proposals.view(receipt.proposal_id)


def card(view: ProposalView) -> str:
    return str(compose_card(view, StoreLabel("S01", "Market Street", "America/New_York")).best)


def refused_to_a_manager_of_one_store(world: World, view: ProposalView) -> None:
    for who in ("U_MANAGER_S01", "U_MANAGER_S02", "U_DISTRICT"):
        with pytest.raises(RefusedError):
            world.proposals.approve(view.id, world.scope(who))
    assert view.approvers == ("Olive",)
    assert world.proposals.approve(view.id, world.scope("U_OWNER")).status == "approved"


def test_a_price_that_all_stores_share_takes_a_right_in_all_of_them(shared_price: World) -> None:
    view = shared_price.proposals.view(shared_price.propose("U_MANAGER_S01", live="10.00"))
    assert view.payload["elsewhere"] == ["S02", "S03", "S04", "S05"]
    assert view.impact_minor == 5 * 10 * 150, "ten a week in each of five stores"
    assert f"Changes it at {OTHERS} too" in card(view)
    assert "online store" in card(view)
    refused_to_a_manager_of_one_store(shared_price, view)


def test_so_does_a_list_of_them(shared_price: World) -> None:
    for variant in ("V1", "V2"):
        shared_price.pos.set_price(variant, "S01", "10.00")
    lines = tuple(ListedPrice(variant, Decimal(-10), None) for variant in ("V1", "V2"))
    view = filed(shared_price, PriceListDraft("S01", lines, None, ""))
    assert view.impact_minor == 2 * 5 * 10 * 100
    assert f"Changes it at {OTHERS} too" in card(view)
    refused_to_a_manager_of_one_store(shared_price, view)


def test_one_price_is_one_thing_from_whichever_store_it_is_asked_for(shared_price: World) -> None:
    shared_price.pos.set_price("V1", "S02", "3.99")
    first = shared_price.propose("U_OWNER", "S01", live="3.99")
    second = shared_price.propose("U_OWNER", "S02")
    assert first == second


def test_a_product_that_is_taken_off_sale_everywhere_takes_a_right_everywhere(shop: World) -> None:
    view = filed(shop, FlagsDraft("S01", "V1", False, None, ""))
    assert view.impact_minor == 5 * 3_990
    assert f"Changes it at {OTHERS} too" in card(view)
    refused_to_a_manager_of_one_store(shop, view)


def test_a_promotion_in_every_store_moves_what_every_store_sells(shop: World) -> None:
    begins = shop.clock.now() + timedelta(hours=1)
    draft = PromotionDraft("S01", "Autumn", "percent", Decimal(10), begins, None, ("V1",), "", True)
    view = filed(shop, draft, "U_OWNER")
    assert view.impact_minor == 5 * 399
    alone = filed(shop, replace(draft, everywhere=False, name="Here"), "U_OWNER")
    assert alone.impact_minor == 399
