"""Which tools a language model is shown in a turn: those that fit the question, and a way to the others.

OpenAI's service refuses a request with more than 128 tools, and all of ours would cost some 65,000 tokens a call. So a
model is shown a core that most questions need, the tools nearest to the question in words, those that the planner
would call or the thread has called, and a list of all with one line each, from which it brings others by name. A
catalogue of few tools is shown whole. The planner knows every tool and needs none of this.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain.tools import ToolRuntime
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage
from langchain_core.tools import BaseTool, StructuredTool
from pydantic import BaseModel, Field

from agent.conversation.context import TurnContext
from agent.conversation.like_this import like_this
from agent.conversation.nearest_tools import NearestTools
from agent.conversation.planner.model import PlannerModel, reply
from prompts.loader import Prompts

MORE_TOOLS = "more_tools"
FEW = 40
"""A catalogue of no more than this is shown whole."""
NEAREST = 16
CORE = (
    "about_figures",
    "business_overview",
    "compare_periods",
    "explain_change",
    "find_products",
    "products_matching",
    "query_sales_data",
    "sales_breakdown",
    "sales_summary",
    "stock_levels",
    "top_products",
)
_HEADING = f"# All tools\nThose of the list that are not at hand yet are brought by `{MORE_TOOLS}`, by name."
_FIRST = "Sales yesterday by store"
_NOTES = "# How to use the tools at hand"


class _More(BaseModel):
    names: list[str] = Field(description="Names from the list of all tools, at most eight.", min_length=1, max_length=8)


class ToolsAtHand(AgentMiddleware[Any, Any, Any]):
    """Shows a language model the tools that fit, and keeps the rest within its reach."""

    def __init__(self, tools: Sequence[BaseTool], prompts: Prompts) -> None:
        super().__init__()
        self._by_name: Mapping[str, BaseTool] = {tool.name: tool for tool in tools}
        self._prompts = prompts
        self._few = len(tools) <= FEW
        self.tools: list[BaseTool] = [] if self._few else [self._bring()]

    def prepare(self) -> None:
        """Read what choosing needs: it takes seconds, which the first person to ask should not pay."""
        if not self._few:
            like_this(_FIRST)
            self.shown_for(_FIRST)

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any]:
        """Call the model with the tools at hand; the planner with all."""
        if isinstance(request.model, PlannerModel):
            return handler(request)
        context: TurnContext = request.runtime.context
        if not context.record.at_hand:
            context.record.at_hand = self._chosen(request)
        names = context.record.at_hand
        said = request.system_message.text if request.system_message else ""
        parts = [said, "" if self._few else self._list, self._noted(names), like_this(context.question)]
        system = SystemMessage("\n\n".join(part for part in parts if part))
        return handler(request.override(tools=[*self._shown(names)], system_message=system))

    def shown_for(self, question: str) -> list[BaseTool]:
        """What is shown for a question that begins a thread and that nothing is known of."""
        return self._shown(self._names([question], ()))

    def _chosen(self, request: ModelRequest[Any]) -> tuple[str, ...]:
        asked = [message.text for message in request.messages if isinstance(message, HumanMessage)]
        called = [name for message in request.messages for name in _called(message)]
        system = [request.system_message] if request.system_message else []
        planned = _called(reply([*system, *request.messages]))
        return self._names(asked[-2:], [*planned, *called])

    def _names(self, asked: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
        """The core in its order, so that what begins each request stays the same; then what this turn adds."""
        if self._few:
            return tuple(self._by_name)
        near = self._ranking.nearest("\n".join(asked), NEAREST, besides=CORE)
        return tuple(name for name in dict.fromkeys([*CORE, *sorted({*wanted, *near})]) if name in self._by_name)

    def _shown(self, names: Sequence[str]) -> list[BaseTool]:
        return [*self.tools, *(self._by_name[name] for name in names)]

    @cached_property
    def _ranking(self) -> NearestTools:
        texts = {name: [tool.description, self._note(name)] for name, tool in self._by_name.items()}
        for example in self._prompts.examples:
            for name, _ in example.calls:
                texts[name].append(example.question)
        return NearestTools({name: "\n".join(said) for name, said in texts.items()})

    def _note(self, name: str) -> str:
        return " ".join(self._prompts.tool_notes.get(name, "").split())

    def _noted(self, names: Sequence[str]) -> str:
        """What must be kept to with the tools at hand. A service takes 1,024 characters of description at most."""
        noted = [f"- {name}: {note}" for name in names if (note := self._note(name))]
        return "\n".join([_NOTES, *noted]) if noted else ""

    @cached_property
    def _list(self) -> str:
        lines = (f"- {name}: {_purpose(tool.description)}" for name, tool in sorted(self._by_name.items()))
        return "\n".join([_HEADING, *lines])

    def _bring(self) -> BaseTool:
        def more_tools(names: list[str], runtime: ToolRuntime[TurnContext]) -> str:
            record = runtime.context.record
            known = [name for name in names if name in self._by_name]
            record.at_hand = tuple(dict.fromkeys([*record.at_hand, *known]))
            said: dict[str, Any] = {"at_hand_now": known}
            if unknown := [name for name in names if name not in self._by_name]:
                said["no_such_tool"] = unknown
            return json.dumps(said)

        return StructuredTool(
            name=MORE_TOOLS,
            description="Bring tools of the list of all tools to hand, by name; they can be called after this.",
            args_schema=_More,
            func=more_tools,
        )


def _called(message: AnyMessage) -> list[str]:
    return [call["name"] for call in message.tool_calls] if isinstance(message, AIMessage) else []


def _purpose(description: str) -> str:
    """The first sentence or paragraph of a description, on one line."""
    return " ".join(description.split("\n\n", 1)[0].split())
