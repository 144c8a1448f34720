"""A few stores to talk about, and what the planner makes of a message behind one answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import NamedStore, Surroundings
from tests.support.turns import turn_of

AROUND = Surroundings(
    today="2026-11-23",
    stores=(
        NamedStore("S01", "Market Street", "North"),
        NamedStore("S02", "Harbor Point", "South"),
        NamedStore("S03", "Maple Avenue", "South"),
    ),
    departments=("Deli", "Produce", "Grocery", "Meat", "Pastry", "Seafood", "Fuel"),
)
"""Today is a Monday."""
Found = list[tuple[str, dict[str, Any]]]


def calls_after(question: str, name: str, args: Mapping[str, Any], document: Mapping[str, Any] | None = None) -> Found:
    """The calls of a message behind the answer of one call; without a document it was answered in words alone."""
    before = (Call(name, args, {"text": "Answered."} if document is None else document, "before"),)
    return [(called, dict(said)) for called, said in plan(question, before, AROUND).calls]


def reply_behind(
    question: str, name: str, args: Mapping[str, Any], document: Mapping[str, Any] | None = None
) -> AIMessage:
    """The planner's whole reply to a message behind the answer of one call: its calls, and its words."""
    before = turn_of("before", (name, dict(args), dict(document or {"text": "Answered."})))
    return reply([SystemMessage(AROUND.render()), *before, AIMessage("So it is."), HumanMessage(question)])


def calls_behind(question: str, name: str, args: Mapping[str, Any], document: Mapping[str, Any] | None = None) -> Found:
    """The calls of a message behind the answer of one call, after everything that a thread does to it."""
    return [(one["name"], one["args"]) for one in reply_behind(question, name, args, document).tool_calls]
