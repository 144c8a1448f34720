"""Lending a right from the command line: until the end of a day, by the clock of whoever lends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from agent.commands import delegations
from agent.control import Invocation
from agent.wiring import Application
from tests.support.proposals_world import World
from tests.support.tools_world import World as Shops
from tests.support.tools_world import build_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "world")
    yield made
    made.close()


@pytest.fixture
def shops(tmp_path: Path) -> Iterator[Shops]:
    folder = tmp_path / "shops"
    folder.mkdir()
    found = build_world(folder)
    found.connection.execute("UPDATE store SET timezone = 'America/Los_Angeles' WHERE store_id = 'S02'")
    yield found
    found.connection.close()


@pytest.mark.parametrize(
    ("lender", "ends_at"),
    [
        ("U_MANAGER_S01", "2026-11-25T05:00:00+00:00"),
        ("U_MANAGER_S02", "2026-11-25T08:00:00+00:00"),
        ("U_OWNER", "2026-11-25T05:00:00+00:00"),
    ],
)
def test_a_bare_day_ends_where_the_lender_is(world: World, shops: Shops, lender: str, ends_at: str) -> None:
    """An owner's day ends where it ends first: a right must not be lent for longer than it was meant."""
    parts: dict[str, Any] = {
        "mirror": SimpleNamespace(reader=shops.mirror),
        "directory": world.directory,
        "delegations": world.delegations,
        "person": lambda user: user,
    }
    application = cast("Application", SimpleNamespace(**parts))
    asked = {"to": "U_STAFF_S01", "until": "2026-11-24"}
    lent = delegations.lend(application, Invocation("delegations.lend", asked, user=lender))
    assert lent["ends_at"] == ends_at
