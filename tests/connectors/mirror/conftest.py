from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch
from tests.support.mirror_rows import store


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        assert opened.writer is not None
        opened.writer.submit(Batch([store()])).result(timeout=10)
        yield opened
