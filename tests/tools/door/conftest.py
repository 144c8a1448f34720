"""One chain with failing door counters; it is only ever read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.door.door_world import DoorWorld, build


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DoorWorld]:
    made = build(tmp_path_factory.mktemp("door"))
    yield made
    made.connection.close()
