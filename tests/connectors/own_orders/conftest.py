from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.mirror.open import Mirror, open_mirror
from tests.connectors.own_orders.world import fill


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        fill(opened)
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "orders"
