"""One loaded sample and one running demo for all end-to-end tests of a worker that do not need one of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.demo_process import Demo
from tests.support.shared_sample import copy_sample


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with the sample, its people, its channels and its shop; never written to."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    copy_sample(home)
    return home


@pytest.fixture(scope="session")
def home(loaded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the loaded state folder."""
    copy = tmp_path_factory.mktemp("e2e") / "home"
    shutil.copytree(loaded_home, copy)
    return copy


@pytest.fixture(scope="session")
def demo(home: Path) -> Iterator[Demo]:
    """A running demo."""
    running = Demo(home)
    yield running
    running.stop()
