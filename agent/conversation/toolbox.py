"""The catalogue of tools as the graph calls it.

The model sees a name, a description and an argument schema. Scope, clock and ports come from the runtime. A tool never
raises into the graph: what a person may know becomes a sentence, anything else a fixed sentence with an error id. What
the model reads back is one JSON document, so that text from a POS stays inside quotes and is never a line of its own.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

import structlog
from langchain.tools import ToolRuntime
from langchain_core.messages import ToolMessage
from langchain_core.tools import StructuredTool

from agent.conversation.cleaning import harmless, harmless_result
from agent.conversation.context import Finding, TurnContext
from agent.conversation.lean_schema import lean_schema
from connectors.errors import ConnectorError
from tools.context import ToolContext
from tools.errors import ClarifyError, ToolError
from tools.registry import ToolSpec, catalogue, run_tool
from tools.result import ToolResult

MODEL_ROWS = 30
_log = structlog.get_logger()


class Catalogue(Protocol):
    """Where the tools come from; the default is ``tools.registry``."""

    def specs(self) -> Mapping[str, ToolSpec]:
        """Every tool by name."""
        ...

    def run(self, name: str, arguments: Mapping[str, Any], context: ToolContext) -> ToolResult:
        """Check the arguments and run one."""
        ...


class RegisteredTools:
    """The catalogue of ``tools.registry``."""

    def specs(self) -> Mapping[str, ToolSpec]:
        """Every tool by name."""
        return catalogue()

    def run(self, name: str, arguments: Mapping[str, Any], context: ToolContext) -> ToolResult:
        """Check the arguments and run one."""
        return run_tool(name, arguments, context)


def build_toolbox(source: Catalogue) -> list[StructuredTool]:
    """One LangChain tool for each of the catalogue."""
    return [_wrap(spec, source) for spec in source.specs().values()]


def _wrap(spec: ToolSpec, source: Catalogue) -> StructuredTool:
    def call(runtime: ToolRuntime[TurnContext], **arguments: Any) -> ToolMessage:
        return run_call(source, spec.name, arguments, runtime.context, runtime.tool_call_id or "")

    return StructuredTool(
        name=spec.name,
        description=spec.description,
        args_schema=lean_schema(spec.schema()),
        func=call,
    )


def run_call(
    source: Catalogue, name: str, arguments: Mapping[str, Any], context: TurnContext, call_id: str
) -> ToolMessage:
    """Run one call, keep the finding in the turn's record, and say in text what the model may know of it."""
    started = time.perf_counter()
    try:
        result = harmless_result(source.run(name, arguments, replace(context.tools, tool_call_id=call_id)))
    except ToolError as error:
        options = tuple(error.options) if isinstance(error, ClarifyError) else ()
        status = "clarify" if isinstance(error, ClarifyError) else "error"
        finding = _finding(call_id, name, arguments, started, status, error.user_message, options)
        finding = replace(finding, reason=error.reason)
    except ConnectorError as error:
        _log.warning("tool.unavailable", tool=name, error=type(error).__name__)
        finding = _finding(call_id, name, arguments, started, "error", error.user_message)
    except Exception as error:  # noqa: BLE001 - a fault in one tool must not end the turn or poison the thread
        error_id = secrets.token_hex(4)
        _log.exception("tool.failed", tool=name, error=type(error).__name__, error_id=error_id)
        sentence = f"That did not work because of a fault on my side (error {error_id}). Nothing was changed."
        finding = _finding(call_id, name, arguments, started, "error", sentence)
    else:
        finding = Finding(call_id, name, dict(arguments), "ok", time.perf_counter() - started, result)
    context.record.add(finding)
    return as_message(finding)


def _finding(
    call_id: str,
    name: str,
    arguments: Mapping[str, Any],
    started: float,
    status: str,
    message: str,
    options: tuple[str, ...] = (),
) -> Finding:
    seconds = time.perf_counter() - started
    message = harmless(message, keep_newlines=False)
    options = tuple(harmless(option, keep_newlines=False) for option in options)
    return Finding(call_id, name, dict(arguments), status, seconds, None, message, options)


def as_message(finding: Finding) -> ToolMessage:
    """What the model reads of a finding; the artifact is only the id under which the turn keeps the whole."""
    document: dict[str, Any] = result_document(finding.result) if finding.result else {"error": finding.message}
    if finding.options:
        document["options"] = list(finding.options)
    if finding.reason:
        document["reason"] = finding.reason
    return ToolMessage(
        content=json.dumps(document, ensure_ascii=False, separators=(",", ":")),
        artifact={"result_id": finding.call_id},
        tool_call_id=finding.call_id,
        name=finding.name,
        status="success" if finding.status == "ok" else "error",
    )


def result_document(result: ToolResult) -> dict[str, Any]:
    """A result as the model reads it: words, at most 30 rows, caveats; no SQL and no ids of people."""
    document: dict[str, Any] = {"headline": result.headline, "text": result.text}
    if result.table is not None and result.table.rows:
        columns = [f"{column.name} ({column.unit})" if column.unit else column.name for column in result.table.columns]
        document["table"] = {"columns": columns, "rows": [list(row) for row in result.table.rows[:MODEL_ROWS]]}
        if len(result.table.rows) > MODEL_ROWS:
            document["table"]["rows_left_out"] = len(result.table.rows) - MODEL_ROWS
    if result.caveats:
        document["caveats"] = list(result.caveats)
    if result.proposals:
        document["pending_proposals"] = list(result.proposals)
    return document
