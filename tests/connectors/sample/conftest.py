from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.sample_mirror import SampleWorld, loaded_sample


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWorld]:
    with loaded_sample(tmp_path_factory.mktemp("sample") / "home") as loaded:
        yield loaded
