"""Keeps a thread fit to go on with: no call left unanswered, and no longer than a model can read.

An interrupted turn can leave a tool call without its answer, which a model's service refuses for ever after; such calls
get an answer here. A long thread is condensed by rule, not by a model: older turns keep their question and the answer
that was shown and lose the tool traffic, the oldest become one digest. So condensing needs no network, costs no time
and can invent no number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, RemoveMessage, ToolMessage
from langchain_core.messages.utils import count_tokens_approximately
from langgraph.graph.message import REMOVE_ALL_MESSAGES
from langgraph.runtime import Runtime

from agent.conversation.context import TurnContext

WHOLE_TURNS = 4
KEPT_TURNS = 20
DIGEST_LINES = 40
DIGEST_NAME = "digest"
_INTERRUPTED = json.dumps({"error": "This call was interrupted before it answered. Nothing was changed."})


class ThreadHistory(AgentMiddleware[Any, Any, Any]):
    """Repairs and condenses the thread once, before a turn begins."""

    def __init__(self, token_limit: int = 12_000) -> None:
        super().__init__()
        self._token_limit = token_limit

    def before_agent(self, state: AgentState[Any], runtime: Runtime[TurnContext]) -> dict[str, Any] | None:  # noqa: ARG002
        """Replace the messages if anything had to be mended or condensed."""
        messages = list(state["messages"])
        mended = answer_dangling_calls(messages)
        if count_tokens_approximately(mended) > self._token_limit:
            mended = condense(mended)
        if mended == messages:
            return None
        return {"messages": [RemoveMessage(id=REMOVE_ALL_MESSAGES), *mended]}


def answer_dangling_calls(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The messages with an answer after every tool call, and without answers to calls that are not there."""
    answers = {message.tool_call_id: message for message in messages if isinstance(message, ToolMessage)}
    mended: list[AnyMessage] = []
    for message in messages:
        if isinstance(message, ToolMessage):
            continue
        mended.append(message)
        if isinstance(message, AIMessage):
            for call in message.tool_calls:
                call_id = call["id"] or ""
                mended.append(
                    answers.get(call_id)
                    or ToolMessage(_INTERRUPTED, tool_call_id=call_id, name=call["name"], status="error")
                )
    return mended


def condense(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The last 4 turns whole, up to 16 before them as question and answer, the rest as one digest of questions."""
    turns = _turns(messages)
    whole = turns[-WHOLE_TURNS:]
    older = turns[:-WHOLE_TURNS]
    kept, oldest = older[-(KEPT_TURNS - WHOLE_TURNS) :], older[: -(KEPT_TURNS - WHOLE_TURNS)]
    condensed: list[AnyMessage] = []
    lines = [line for turn in oldest for line in _digest(turn)][-DIGEST_LINES:]
    if lines:
        text = "Earlier in this thread the person asked:\n" + "\n".join(lines)
        condensed.append(HumanMessage(text, name=DIGEST_NAME))
    for turn in kept:
        condensed.extend(message for message in turn if not isinstance(message, ToolMessage) and not _calls(message))
    for turn in whole:
        condensed.extend(turn)
    return condensed


def _turns(messages: Sequence[AnyMessage]) -> list[list[AnyMessage]]:
    turns: list[list[AnyMessage]] = []
    for message in messages:
        if isinstance(message, HumanMessage) or not turns:
            turns.append([])
        turns[-1].append(message)
    return turns


def _digest(turn: Sequence[AnyMessage]) -> list[str]:
    first = turn[0]
    if not isinstance(first, HumanMessage):
        return []
    text = first.text
    return text.split("\n")[1:] if first.name == DIGEST_NAME else [f"- {text[:200]}"]


def _calls(message: AnyMessage) -> bool:
    return isinstance(message, AIMessage) and bool(message.tool_calls)
