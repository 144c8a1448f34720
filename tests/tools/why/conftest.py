"""One planted chain for all tests of the explanations; it is only ever read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.why.planted import Planted, build


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    made = build(tmp_path_factory.mktemp("planted"))
    yield made
    made.connection.close()
