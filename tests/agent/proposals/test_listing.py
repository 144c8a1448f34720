"""The list of proposals that a model may read: what waits, what became of the rest, and only of one's own stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from agent.proposals.listing import ProposalList
from tests.support.proposals_world import World
from tests.support.tools_world import World as Shops
from tests.support.tools_world import build_world
from tools.context import Role
from tools.proposed import PROPOSED
from tools.registry import catalogue, run_tool
from tools.result import ToolResult


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shops]:
    found = build_world(tmp_path_factory.mktemp("shops"))
    yield found
    found.connection.close()


def ask(shops: Shops, world: World, *stores: str, user: str = "U_OWNER", **arguments: Any) -> ToolResult:
    context = shops.context(Role.OWNER, *stores, now=world.clock.now())
    book = ProposalList(world.store, world.clock, world.directory)
    scope = replace(context.scope, user_id=user)
    return run_tool("list_proposals", arguments, replace(context, scope=scope, extras={PROPOSED: book}))


def test_what_waits_is_listed_with_its_change_and_until_when(shops: Shops, world: World) -> None:
    first, second = world.propose("U_MANAGER_S01", live="3.99"), world.propose("U_OWNER", "S02")
    told = ask(shops, world, stores="all stores")
    assert told.headline.startswith("2 proposals waiting for a decision")
    assert "$3.99 to $3.39" in told.text
    assert told.table is not None
    assert {row[0] for row in told.table.rows} == {first, second}
    assert "I cannot decide it" in told.caveats[0]
    mine = ask(shops, world, user="U_MANAGER_S01", whose="me", stores="all stores")
    assert mine.table is not None
    assert [row[0] for row in mine.table.rows] == [first]


def test_only_ones_own_stores_are_told_of(shops: Shops, world: World) -> None:
    world.propose("U_OWNER", "S01", live="3.99")
    other = world.propose("U_OWNER", "S02")
    told = ask(shops, world, "S02")
    assert told.table is not None
    assert [row[0] for row in told.table.rows] == [other]


def test_what_became_of_it_is_told(shops: Shops, world: World) -> None:
    world.launch()
    done, refused, old = (world.propose("U_OWNER", variant=variant, live="3.99") for variant in ("V1", "V2", "V3"))
    world.proposals.approve(done, world.scope("U_DISTRICT"))
    assert world.proposals.wait(done, 10).status == "executed"
    world.proposals.reject(refused, world.scope("U_DISTRICT"), "no")
    world.clock.pass_time(hours=25)
    assert ask(shops, world, stores="all stores").headline.startswith("No proposals waiting")
    assert "approved and carried out by Dana" in ask(shops, world, status="carried_out", stores="all stores").text
    assert "rejected by Dana" in ask(shops, world, status="rejected", stores="all stores").text
    everything = ask(shops, world, status="all", stores="all stores")
    assert everything.table is not None
    assert {str(row[0]): row[-1] for row in everything.table.rows}[old] == "expired"


def test_it_can_only_look() -> None:
    spec = catalogue()["list_proposals"]
    assert not spec.proposes
    assert set(spec.schema()["properties"]) == {"stores", "status", "whose", "about"}
    assert not [name for name in dir(ProposalList) if not name.startswith("_") and name != "proposed"]


def test_only_such_changes_are_listed_where_their_kind_is_named(shops: Shops, world: World) -> None:
    price = world.propose("U_OWNER", live="3.99")
    told = ask(shops, world, stores="all stores", about="prices")
    assert told.headline.startswith("1 proposal of price changes waiting for a decision")
    assert told.table is not None
    assert [row[0] for row in told.table.rows] == [price]
    none = ask(shops, world, stores="all stores", about="transfers")
    assert none.headline.startswith("No proposals of transfers waiting for a decision")
