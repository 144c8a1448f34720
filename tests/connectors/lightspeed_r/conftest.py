"""The stand-in behind real HTTP, and the production connector that talks to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.lightspeed_r.reader import LightspeedRReader
from connectors.lightspeed_r.writer import LightspeedRWriter
from connectors.sandbox.lightspeed_r.pos import StandInPos
from tests.support.platforms.lightspeed_r import open_rig
from tests.support.platforms.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with open_rig(tmp_path) as opened:
        yield opened


@pytest.fixture
def pos(rig: Rig) -> StandInPos:
    assert isinstance(rig.pos, StandInPos)
    return rig.pos


@pytest.fixture
def reader(rig: Rig) -> Iterator[LightspeedRReader]:
    made = rig.reader()
    assert isinstance(made, LightspeedRReader)
    yield made
    made.close()


@pytest.fixture
def writer(rig: Rig, reader: LightspeedRReader) -> Iterator[LightspeedRWriter]:
    made = rig.writer(reader)
    assert isinstance(made, LightspeedRWriter)
    yield made
    made.close()
