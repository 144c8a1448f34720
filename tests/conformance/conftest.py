"""One suite over every connector, written from ``connectors.base`` alone.

``pytest tests/conformance -k <platform>`` runs it for one platform; ``tests/support/platforms/open_rigs.py`` says what
its owner has to provide. A platform that is not there is skipped by name, and one test fails until none is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Entity, Reader
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.sync import SyncReport, sync_connection
from tests.support.platforms.open_rigs import (
    PLATFORMS,
    has_rig,
    offered_kinds,
    open_rig,
    readable_entities,
    refused_kinds,
)
from tests.support.platforms.rig import Rig

_BY_PLATFORM: dict[str, Callable[[str], Sequence[Any]]] = {
    "offered_kind": offered_kinds,
    "refused_kind": refused_kinds,
    "readable_entity": readable_entities,
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test for every platform, or for every pair of platform and what it offers."""
    if "rig" not in metafunc.fixturenames:
        return
    for name, values_of in _BY_PLATFORM.items():
        if name in metafunc.fixturenames:
            pairs = [(platform, value) for platform in PLATFORMS for value in values_of(platform)]
            ids = [f"{platform}-{value.value}" for platform, value in pairs]
            metafunc.parametrize(("rig", name), pairs, indirect=["rig"], ids=ids)
            return
    metafunc.parametrize("rig", PLATFORMS, indirect=True)


@pytest.fixture
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    platform: str = request.param
    if not has_rig(platform):
        pytest.skip(f"the connector or the rig of {platform} is not there yet")
    with open_rig(platform, tmp_path) as opened:
        yield opened


@pytest.fixture
def reader(rig: Rig) -> Iterator[Reader]:
    made = rig.reader()
    yield made
    made.close()


@pytest.fixture
def small_reader(rig: Rig) -> Iterator[Reader]:
    """A reader that needs several pages for everything."""
    made = rig.reader(**rig.small_pages)
    yield made
    made.close()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


class Pull:
    """Pulls the rig's reader into the mirror up to the shop's present."""

    def __init__(self, rig: Rig, reader: Reader, mirror: Mirror) -> None:
        self._rig = rig
        self._reader = reader
        self._mirror = mirror

    def __call__(
        self,
        reader: Reader | None = None,
        *,
        until: datetime | None = None,
        entities: Sequence[Entity] | None = None,
        **options: Any,
    ) -> SyncReport:
        if entities is not None:
            options["entities"] = entities
        return sync_connection(reader or self._reader, self._mirror, until=until or self._rig.clock.now(), **options)

    def sales(self, reader: Reader | None = None, **options: Any) -> SyncReport:
        """Stores and sales only, which is all that most tests look at."""
        return self(reader, entities=[Entity.LOCATION, Entity.SALE], **options)


@pytest.fixture
def pull(rig: Rig, reader: Reader, mirror: Mirror) -> Pull:
    return Pull(rig, reader, mirror)
