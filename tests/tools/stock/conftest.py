"""The planted chain of ``stock_world``, for every module that asks about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.stock import stock_world as planted
from tools.context import ToolContext


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("stock")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)
