"""The tools that propose what leaves by webhook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.tools_world import NOW, FiledProposals, World, build_world
from tools.context import Role
from tools.drafts import CustomerListDraft, SignageDraft, StoreNoteDraft
from tools.errors import BadArgumentError, ClarifyError, NotAllowedError
from tools.registry import run_tool


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    found = build_world(tmp_path_factory.mktemp("world"))
    yield found
    found.connection.close()


def drafted(world: World, name: str, **args: Any) -> Any:
    filed = FiledProposals()
    result = run_tool(name, args, world.context(proposals=filed))
    assert result.proposals == ("p_1",)
    return filed.drafts[0]


@pytest.mark.parametrize(
    ("said", "segment"),
    [
        ("at risk", "At risk"),
        ("At-risk customers", "At risk"),
        ("loyal customers", "Loyal customers"),
        ("Loyal", "Loyal customers"),
        ("Champions and Loyal customers", "Champions and Loyal customers"),
    ],
)
def test_a_segment_is_called_by_its_name(world: World, said: str, segment: str) -> None:
    draft = drafted(world, "propose_customer_list", segment=said, weeks=8, offer="10 % off", store="S01")
    assert draft == CustomerListDraft("S01", segment, 56, "10 % off", "", "")


def test_a_note_and_a_playlist(world: World) -> None:
    note = drafted(world, "propose_store_note", title="Freezer", text="Repaired.", store="S02", receiver="ops")
    assert note == StoreNoteDraft("S02", "Freezer", "Repaired.", "ops", "")
    shown = drafted(world, "propose_signage", playlist="Entrance", content="holiday", until="Sunday", store="S01")
    assert shown == SignageDraft(
        "S01", "Entrance", "holiday", NOW, datetime(2026, 11, 30, 4, 59, 59, tzinfo=UTC), "", ""
    )


@pytest.mark.parametrize(
    ("tool", "args", "error"),
    [
        ("propose_customer_list", {"segment": "rich people", "store": "S01"}, BadArgumentError),
        ("propose_customer_list", {"segment": "Lost", "store": "all stores"}, ClarifyError),
        ("propose_signage", {"playlist": "x", "content": "y", "until": "yesterday", "store": "S01"}, BadArgumentError),
        ("propose_store_note", {"title": "", "text": "y", "store": "S01"}, BadArgumentError),
    ],
)
def test_what_is_unclear_is_asked_back(world: World, tool: str, args: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        drafted(world, tool, **args)


def test_an_analyst_sends_nothing(world: World) -> None:
    context = world.context(Role.ANALYST, proposals=FiledProposals())
    with pytest.raises(NotAllowedError):
        run_tool("propose_customer_list", {"segment": "Lost", "store": "S01"}, context)
