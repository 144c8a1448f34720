"""The shop with planogram and scans, with neither, and with the planogram alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.shelves.shelf_world import rows, shop
from tools.context import ToolContext


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with shop(tmp_path_factory.mktemp("shelf"), rows()) as context:
        yield context


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with shop(tmp_path_factory.mktemp("bare"), rows(planned=False, scanned=False)) as context:
        yield context


@pytest.fixture(scope="module")
def unscanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with shop(tmp_path_factory.mktemp("unscanned"), rows(scanned=False)) as context:
        yield context
