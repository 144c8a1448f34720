"""One small chain for all tool tests; it is only ever read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.tools_world import World, build_world


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = build_world(tmp_path_factory.mktemp("chain"))
    yield made
    made.connection.close()
