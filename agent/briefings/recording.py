"""Runs the tools a briefing needs and keeps each call as its receipt will show it."""

from __future__ import annotations

import time
from typing import Any

from agent.governance.receipts import call_document
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult


class RecordedTools:
    """The tools, within one context. ``calls`` grows in the order of the calls."""

    def __init__(self, context: ToolContext) -> None:
        self._context = context
        self.calls: list[dict[str, Any]] = []
        self.results: list[ToolResult] = []

    def aside(self, name: str, **arguments: Any) -> ToolResult | None:
        """Like ``call``, of a tool whose caveats are not about what the briefing tells of it."""
        result = self.call(name, **arguments)
        if result is not None:
            self.results.pop()
        return result

    def call(self, name: str, **arguments: Any) -> ToolResult | None:
        """Run a tool; None when there is no data for it, which a briefing reports rather than fails on.

        Raises:
            tools.errors.ToolError: anything else the tool has to say.
        """
        started = time.perf_counter()
        try:
            result = run_tool(name, arguments, self._context)
        except NoDataError as error:
            seconds = time.perf_counter() - started
            self.calls.append(call_document(name, arguments, "error", seconds, None, error=error.user_message))
            return None
        self.calls.append(call_document(name, arguments, "ok", time.perf_counter() - started, result))
        self.results.append(result)
        return result
