"""The sample as a tool is asked of it, and the same figures by plain SQL over its lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.sample_mirror import loaded_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.result import ToolResult

STORES = ("S01", "S02", "S03", "S04", "S05")
OCTOBER = "s.business_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"
NET = "l.gross_minor - COALESCE(l.discount_minor, 0)"


@contextmanager
def asked_sample(folder: Path) -> Iterator[ToolContext]:
    """The owner's view of the sample in ``folder``, on its own day."""
    with loaded_sample(folder) as world:
        clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
        yield ToolContext(Scope("U_OWNER", Role.OWNER, STORES), world.mirror.reader, clock)


def truth(context: ToolContext, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a statement of the test's own."""
    return [tuple(row) for row in context.mirror.query(sql, {}).rows]


def shown(result: ToolResult, metric: str, key: str) -> dict[str, str | None]:
    """The figures of a metric by the group they are of."""
    return {one.group.get(key, ""): one.value for one in result.figures if one.metric == metric}
