"""The graph: a model that may call tools, and the middleware that keeps it inside its bounds.

Everything is synchronous. The state is messages of plain types, checkpointed in SQLite once per turn and read back with
a deserialiser that constructs nothing but LangChain's own messages.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.tools import StructuredTool
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph.state import CompiledStateGraph

from agent.conversation.context import TurnContext
from agent.conversation.guard import CallRepair, Fallback, Grounding, SystemPrompt, UnknownTools
from agent.conversation.history import ThreadHistory
from agent.conversation.planner.model import PlannerModel
from agent.conversation.prompting import system_prompt
from agent.conversation.tools_at_hand import ToolsAtHand
from agent.errors import UnavailableError
from prompts.loader import Prompts

RECURSION_LIMIT = 60
_BUSY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one turn may do, and how long a thread may grow before it is condensed."""

    model_calls: int = 8
    tool_calls: int = 12
    thread_tokens: int = 12_000


def build_graph(
    model: BaseChatModel,
    tools: list[StructuredTool],
    prompts: Prompts,
    checkpointer: SqliteSaver,
    limits: Limits,
    allowed_hosts: frozenset[str] = frozenset(),
) -> CompiledStateGraph[Any, TurnContext, Any, Any]:
    """The compiled agent; outermost middleware first."""
    at_hand = ToolsAtHand(tools, prompts)
    if not isinstance(model, PlannerModel):
        at_hand.prepare()
    middleware: list[AgentMiddleware[Any, Any, Any]] = [
        Grounding(allowed_hosts, prompts.system),
        ThreadHistory(limits.thread_tokens),
        ModelCallLimitMiddleware(run_limit=limits.model_calls, exit_behavior="end"),
        ToolCallLimitMiddleware(run_limit=limits.tool_calls, exit_behavior="continue"),
        UnknownTools(),
        SystemPrompt(lambda context: system_prompt(prompts, context)),
        Fallback(PlannerModel()),
        at_hand,
        CallRepair(),
    ]
    return create_agent(
        model,
        tools=tools,
        middleware=middleware,
        context_schema=TurnContext,
        checkpointer=checkpointer,
        name="floorwalker",
    )


def open_checkpointer(path: Path) -> SqliteSaver:
    """The thread memory at ``path``; close its ``conn`` when done.

    Raises:
        UnavailableError: the file cannot be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, timeout=_BUSY_SECONDS)
    except (OSError, sqlite3.Error) as error:
        raise UnavailableError(
            "The conversation memory cannot be opened; is its folder writable?", detail=type(error).__name__
        ) from error
    saver = SqliteSaver(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
    saver.setup()
    return saver
