"""A turn of a conversation as the planner sees it: the question, the calls that were tried, what came back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage


def turn_of(question: str, *tries: tuple[str, dict[str, Any], dict[str, Any]]) -> list[BaseMessage]:
    """A question and the calls that were tried one after the other, each with what came back."""
    messages: list[BaseMessage] = [HumanMessage(question)]
    for number, (name, args, document) in enumerate(tries):
        call = {"name": name, "args": args, "id": f"call_{number}", "type": "tool_call"}
        messages.append(AIMessage("", tool_calls=[call]))
        messages.append(ToolMessage(json.dumps(document), tool_call_id=f"call_{number}"))
    return messages


def answered_turn(question: str, name: str, args: Mapping[str, Any], document: Mapping[str, Any]) -> list[BaseMessage]:
    """A turn that stands before another: its question, its one call with an id of its own, and its answer."""
    asked, call, found = turn_of(question, (name, dict(args), dict(document)))
    assert isinstance(call, AIMessage)
    assert isinstance(found, ToolMessage)
    own = f"call of {question}"
    return [
        asked,
        AIMessage("", tool_calls=[{**call.tool_calls[0], "id": own}]),
        ToolMessage(found.content, tool_call_id=own),
        AIMessage("So it is."),
    ]
