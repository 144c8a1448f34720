"""What an answer about stock tells, as tests look at it."""

from __future__ import annotations

from typing import Any

from tools.result import ToolResult


def figure(result: ToolResult, metric: str, **group: str) -> str | None:
    """The value of a metric: of the whole, which comes first, or of the one group named."""
    named = [one for one in result.figures if one.metric == metric]
    if not group:
        return named[0].value
    (found,) = [one for one in named if all(one.group.get(key) == value for key, value in group.items())]
    return found.value


def table(result: ToolResult) -> list[dict[str, Any]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]
