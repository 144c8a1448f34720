"""Which tools a language model is shown in a turn: those that fit the question, and a way to the others.

OpenAI's service refuses a request with more than 128 tools, and all of ours would cost some 65,000 tokens a call. So a
model is shown a core that most questions need, the tools nearest to the question in words, those that the planner
would call or the thread has called, and a list of all with one line each, from which it brings others by name. A
catalogue of few tools is shown whole. The planner knows every tool and needs none of this.

Source: Salton and Buckley 1988 (TF-IDF) for which tool is near.
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
from agent.conversation.planner.closest.known import known_by_tool
from agent.conversation.planner.closest.words import telling
from agent.conversation.planner.model import PlannerModel, reply

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


_NOTES = "# How to use the tools at hand"


class _More(BaseModel):
    names: list[str] = Field(description="Names from the list of all tools, at most eight.", min_length=1, max_length=8)


class ToolsAtHand(AgentMiddleware[Any, Any, Any]):
    """Shows a language model the tools that fit, and keeps the rest within its reach."""

    def __init__(self, tools: Sequence[BaseTool], notes: Mapping[str, str]) -> None:
        super().__init__()
        self._by_name: Mapping[str, BaseTool] = {tool.name: tool for tool in tools}
        self._notes = notes
        self._few = len(tools) <= FEW
        self.tools: list[BaseTool] = [] if self._few else [self._bring()]

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any]:
        """Call the model with the tools at hand; the planner with all."""
        if isinstance(request.model, PlannerModel):
            return handler(request)
        context: TurnContext = request.runtime.context
        if not context.record.at_hand:
            context.record.at_hand = tuple(self._by_name) if self._few else self._chosen(request)
        names = [name for name in context.record.at_hand if name in self._by_name]
        said = request.system_message.text if request.system_message else ""
        parts = [said, "" if self._few else self._list, self._noted(names), like_this(context.question)]
        return handler(
            request.override(
                tools=[*self.tools, *(self._by_name[name] for name in names)],
                system_message=SystemMessage("\n\n".join(part for part in parts if part)),
            )
        )

    def _chosen(self, request: ModelRequest[Any]) -> tuple[str, ...]:
        """The core in its order, so that what begins each request stays the same; then what this turn adds."""
        asked = [message.text for message in request.messages if isinstance(message, HumanMessage)]
        called = [name for message in request.messages for name in _called(message)]
        system = [request.system_message] if request.system_message else []
        planned = _called(reply([*system, *request.messages]))
        near = self._nearest("\n".join(asked[-2:])) if len(asked[-1:]) else []
        return tuple(dict.fromkeys([*CORE, *sorted({*planned, *called, *near})]))

    def _nearest(self, text: str) -> list[str]:
        import numpy as np

        names, words, rows = self._index
        scores = (rows @ words.transform([text]).T).toarray().ravel()
        order = np.lexsort((np.arange(len(names)), -np.round(scores, 6)))[:NEAREST]
        return [names[place] for place in order if scores[place] > 0]

    @cached_property
    def _index(self) -> tuple[tuple[str, ...], Any, Any]:
        """Names, the vectorizer and one row for each tool: its name, description, note and the questions it answers."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        known = known_by_tool()
        names = tuple(sorted(self._by_name))
        texts = [
            "\n".join(
                [
                    name.replace("_", " "),
                    self._by_name[name].description,
                    self._notes.get(name, ""),
                    *known.get(name, ()),
                ]
            )
            for name in names
        ]
        words: Any = TfidfVectorizer(analyzer=telling, sublinear_tf=True)
        return names, words, words.fit_transform(texts)

    def _noted(self, names: Sequence[str]) -> str:
        """What must be kept to with the tools at hand. A service takes 1,024 characters of description at most."""
        noted = [f"- {name}: {' '.join(self._notes[name].split())}" for name in names if self._notes.get(name)]
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
