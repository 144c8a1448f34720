from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.proposals_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """People, a POS and proposals; no workflows run."""
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def running(world: World) -> World:
    """The same, with workflows running."""
    world.launch()
    return world
