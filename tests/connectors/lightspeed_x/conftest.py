"""The small shop behind a Lightspeed X stand-in, its reader, its writer, and a mirror to fill."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Reader, Writer
from connectors.mirror.open import Mirror, open_mirror
from connectors.sandbox.lightspeed_x.pos import StandInX
from tests.support.platforms.lightspeed_x import open_rig
from tests.support.platforms.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with open_rig(tmp_path) as opened:
        yield opened


@pytest.fixture
def pos(rig: Rig) -> StandInX:
    assert isinstance(rig.pos, StandInX)
    return rig.pos


@pytest.fixture
def reader(rig: Rig) -> Any:
    return rig.reader()


@pytest.fixture
def writer(rig: Rig, reader: Reader) -> Writer:
    return rig.writer(reader)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened
