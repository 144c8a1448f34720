"""The rig of the conformance suite, for what is Shopify's alone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Reader, Writer
from connectors.mirror.open import Mirror, open_mirror
from tests.support.platforms.rig import Rig
from tests.support.platforms.shopify import open_rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with open_rig(tmp_path) as opened:
        yield opened


@pytest.fixture
def reader(rig: Rig) -> Iterator[Reader]:
    made = rig.reader()
    yield made
    made.close()


@pytest.fixture
def writer(rig: Rig, reader: Reader) -> Iterator[Writer]:
    made = rig.writer(reader)
    yield made
    made.close()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


@pytest.fixture
def make(rig: Rig) -> Iterator[Callable[..., Reader]]:
    """Makes readers of the rig, and closes them."""
    with contextlib.ExitStack() as stack:

        def made(**overrides: Any) -> Reader:
            reader = rig.reader(**overrides)
            stack.callback(reader.close)
            return reader

        yield made
