"""The two shops, for all tests of this folder; they are only ever read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.support.documents_world import WEEK, documents_world
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

Run = Callable[..., ToolResult]


@pytest.fixture(scope="package")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with documents_world(tmp_path_factory.mktemp("shops")) as context:
        yield context


@pytest.fixture(scope="package")
def run(shops: ToolContext) -> Run:
    """Run a tool over the week, as the owner or as ``role`` of ``stores``."""

    def call(
        tool: str, /, role: Role = Role.OWNER, sees: tuple[str, ...] = ("S01", "S02"), **arguments: Any
    ) -> ToolResult:
        context = replace(shops, scope=Scope("U_TEST", role, sees))
        return run_tool(tool, {"period": WEEK, **arguments}, context)

    return call
