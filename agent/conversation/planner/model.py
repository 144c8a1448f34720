"""The planner as a chat model, so that one graph serves it and a language model alike.

It reads the thread like any model: plans calls after a question, writes the reply after the tools have answered. It
computes nothing and names no number that a tool did not.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from agent.conversation.planner.compose import compose
from agent.conversation.planner.plan import Plan, plan
from agent.conversation.planner.thread import current_turn, last_calls
from agent.conversation.surroundings import read_surroundings


class PlannerModel(BaseChatModel):
    """A deterministic chat model that calls tools by rule; the ids of its calls are the only thing that varies."""

    @property
    def _llm_type(self) -> str:
        return "floorwalker-planner"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The model itself: it knows the tools it plans for."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=reply(messages))])


def reply(messages: Sequence[BaseMessage]) -> AIMessage:
    """The planner's next message in this thread."""
    prompt = "\n".join(message.text for message in messages if isinstance(message, SystemMessage))
    before, turn = current_turn([message for message in messages if not isinstance(message, SystemMessage)])
    if any(isinstance(message, ToolMessage) for message in turn):
        preface = "\n".join(message.text for message in turn if isinstance(message, AIMessage) and message.tool_calls)
        return AIMessage(compose(last_calls(turn), preface))
    question = turn[0].text if turn and isinstance(turn[0], HumanMessage) else ""
    return _as_message(plan(question, last_calls(before), read_surroundings(prompt)))


def _as_message(decided: Plan) -> AIMessage:
    calls = [
        {"name": name, "args": dict(args), "id": f"call_{secrets.token_hex(12)}", "type": "tool_call"}
        for name, args in decided.calls
    ]
    return AIMessage(content=decided.text, tool_calls=calls)
