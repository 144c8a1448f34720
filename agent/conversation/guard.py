"""What stands around the model: the prompt, repair of its mistakes, and the planner when it is not to be had.

Kept rules: a model that cannot be reached or only produces garbage costs the person nothing but style, since the
planner answers from the same tools; every tool call gets an id of ours, because some servers number calls anew in each
message; what is stored in the thread is what was shown, after grounding.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import structlog
from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse, ToolCallRequest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, SystemMessage, ToolMessage
from langgraph.runtime import Runtime
from langgraph.types import Command

from agent.conversation.cleaning import harmless
from agent.conversation.context import OFFERED, Finding, TurnContext
from agent.conversation.grounding import ground, own_words
from agent.conversation.toolbox import as_message

FELL_BACK = "The language model gave no answer that can be used, so the built-in planner answered."
LIMIT_TEXT = "Model call limits exceeded"
_TOO_MANY_STEPS = "That took more steps than I allow myself for one question. Please ask a smaller part of it."
_BAD_ARGUMENTS = '{"error":"The arguments were not valid JSON. Call the tool again with one JSON object."}'
_ATTEMPTS = 2
_log = structlog.get_logger()

Handler = Callable[[ModelRequest[Any]], ModelResponse[Any]]


class SystemPrompt(AgentMiddleware[Any, Any, Any]):
    """Gives the model the system prompt and what surrounds this turn; neither is stored in the thread."""

    def __init__(self, render: Callable[[TurnContext], str]) -> None:
        super().__init__()
        self._render = render

    def wrap_model_call(self, request: ModelRequest[Any], handler: Handler) -> ModelResponse[Any]:
        """Call the model with the prompt in front."""
        return handler(request.override(system_message=SystemMessage(self._render(request.runtime.context))))


class Fallback(AgentMiddleware[Any, Any, Any]):
    """Hands the rest of the turn to the planner when the model fails."""

    def __init__(self, planner: BaseChatModel) -> None:
        super().__init__()
        self._planner = planner

    def wrap_model_call(self, request: ModelRequest[Any], handler: Handler) -> ModelResponse[Any]:
        """Call the model, or the planner."""
        record = request.runtime.context.record
        if request.model is self._planner:
            return handler(request)
        if not record.model_failed:
            try:
                response = handler(request)
            except Exception as error:  # noqa: BLE001 - whatever the client library raises, the person gets an answer
                _log.warning(
                    "model.failed", error=type(error).__name__, status_code=getattr(error, "status_code", None)
                )
            else:
                if _usable(response.result):
                    return response
                _log.warning("model.unusable")
            record.model_failed = True
            record.note(FELL_BACK)
        return handler(request.override(model=self._planner, model_settings={}))


def _usable(messages: list[Any]) -> bool:
    last = messages[-1] if messages else None
    return isinstance(last, AIMessage) and bool(last.tool_calls or last.text.strip())


class CallRepair(AgentMiddleware[Any, Any, Any]):
    """Gives the model one more try when the arguments of a call are not JSON, and gives every call an id of ours."""

    def wrap_model_call(self, request: ModelRequest[Any], handler: Handler) -> ModelResponse[Any]:
        """Call the model until its calls can be read, twice at most; unreadable calls are dropped after that."""
        response = handler(request)
        for _ in range(_ATTEMPTS - 1):
            broken = _broken(response)
            if broken is None:
                break
            request = request.override(messages=[*request.messages, *_complaint(broken)])
            response = handler(request)
        response.result = [_with_own_ids(message) for message in response.result]
        return response


def _broken(response: ModelResponse[Any]) -> AIMessage | None:
    last = response.result[-1] if response.result else None
    return last if isinstance(last, AIMessage) and last.invalid_tool_calls else None


def _complaint(message: AIMessage) -> list[AnyMessage]:
    calls = [
        {"name": call.get("name") or "unknown", "args": {}, "id": _new_id(), "type": "tool_call"}
        for call in (*message.tool_calls, *message.invalid_tool_calls)
    ]
    answers = [ToolMessage(_BAD_ARGUMENTS, tool_call_id=str(call["id"]), status="error") for call in calls]
    return [AIMessage(content=message.text, tool_calls=calls), *answers]


def _with_own_ids(message: Any) -> Any:
    if not isinstance(message, AIMessage):
        return message
    calls = [{**call, "id": _new_id()} for call in message.tool_calls]
    # Content blocks of some servers repeat the calls under their old ids, so only the text is kept. Message ids are
    # dropped too: one that came before would overwrite its message in the thread.
    return AIMessage(
        content=message.text,
        tool_calls=calls,
        response_metadata=message.response_metadata,
        usage_metadata=message.usage_metadata,
    )


def _new_id() -> str:
    return f"call_{secrets.token_hex(12)}"


class UnknownTools(AgentMiddleware[Any, Any, Any]):
    """Answers calls of tools that do not exist, and keeps the order in which calls were made."""

    def after_model(self, state: AgentState[Any], runtime: Runtime[TurnContext]) -> dict[str, Any] | None:
        """Announce the calls of this message."""
        last = state["messages"][-1]
        if isinstance(last, AIMessage):
            runtime.context.record.announce([call["id"] or "" for call in last.tool_calls])
        return None

    def wrap_tool_call(
        self, request: ToolCallRequest, handler: Callable[[ToolCallRequest], ToolMessage | Command[Any]]
    ) -> ToolMessage | Command[Any]:
        """Run the call if there is such a tool."""
        if request.tool is not None:
            return handler(request)
        name = harmless(str(request.tool_call["name"]), keep_newlines=False)[:60]
        finding = Finding(
            str(request.tool_call["id"]),
            name,
            {},
            "error",
            0.0,
            None,
            f"I have no tool for “{name}”; I cannot do that.",
        )
        context: TurnContext = request.runtime.context  # type: ignore[assignment]
        context.record.add(finding)
        return as_message(finding)


class Grounding(AgentMiddleware[Any, Any, Any]):
    """Checks the last message of a turn before it is stored or shown."""

    def __init__(self, allowed_hosts: frozenset[str] = frozenset(), private: str = "") -> None:
        super().__init__()
        self._allowed_hosts = allowed_hosts
        self._private = private

    def after_agent(self, state: AgentState[Any], runtime: Runtime[TurnContext]) -> dict[str, Any] | None:
        """Replace the message if it does not stand on this turn's findings."""
        last = state["messages"][-1]
        if not isinstance(last, AIMessage):
            return None
        record = runtime.context.record
        text = str(last.text)
        if text.startswith(LIMIT_TEXT):
            text = "\n\n".join(part for part in (own_words(record.findings()), _TOO_MANY_STEPS) if part)
        grounded = ground(
            text,
            record.findings(),
            runtime.context.question,
            earlier=[message.text for message in state["messages"][:-1] if isinstance(message, AIMessage)],
            offered=[str(one) for one in last.response_metadata.get(OFFERED, ())],
            private=self._private,
        )
        if grounded.caveat:
            record.note(grounded.caveat)
            record.rewritten = True
            _log.warning("answer.rewritten", tools=[finding.name for finding in record.findings()])
        shown = harmless(grounded.text, allowed_hosts=self._allowed_hosts).strip()
        if shown == last.content:
            return None
        return {"messages": [AIMessage(content=shown, id=last.id)]}
