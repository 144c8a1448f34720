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

from agent.conversation.context import OFFERED
from agent.conversation.planner.afterwards.tries import OPENING, next_try
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.hours_of_goods import with_hours_of_goods
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.completing import WHICH_PRODUCT, completed, files_something
from agent.conversation.planner.threads.loose_ends import loose_end, refused
from agent.conversation.planner.threads.next_message.both_turns import of_both
from agent.conversation.planner.threads.next_message.extremes import other_end, why_of_it
from agent.conversation.planner.threads.next_message.first_again import read as first_again
from agent.conversation.planner.threads.next_message.named import with_goods_named
from agent.conversation.planner.threads.next_message.not_given import not_of_everything
from agent.conversation.planner.threads.next_message.nothing_found import read as rest_of_nothing
from agent.conversation.planner.threads.next_message.other_row import of_another_row
from agent.conversation.planner.threads.next_message.remarks import without_remarks
from agent.conversation.planner.threads.next_message.spans import with_spans_meant
from agent.conversation.planner.threads.next_message.standing import read as decides_what_stands
from agent.conversation.planner.threads.next_message.stock_of_those import with_stock_of_those
from agent.conversation.planner.threads.once_more.days_around import with_its_days
from agent.conversation.planner.threads.remembered import (
    Call,
    all_turns,
    calls_leant_on,
    current_turn,
    with_the_list_back,
)
from agent.conversation.planner.threads.understood import with_what_was_understood
from agent.conversation.planner.threads.weekday_so_far import with_today_by_name
from agent.conversation.planner.wording.short_stores import written_out
from agent.conversation.surroundings import Surroundings, read_surroundings


class PlannerModel(BaseChatModel):
    """A deterministic chat model that calls tools by rule; the ids of its calls are the only thing that varies."""

    @property
    def _llm_type(self) -> str:
        return "floorwalker-planner"

    def bind_tools(  # the base class fixes these parameters; the planner needs none of them
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],  # noqa: ARG002
        *,
        tool_choice: str | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The model itself: it knows the tools it plans for."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=reply(messages))])


def reply(messages: Sequence[BaseMessage]) -> AIMessage:
    """The planner's next message in this thread."""
    prompt = "\n".join(message.text for message in messages if isinstance(message, SystemMessage))
    before, turn = current_turn([message for message in messages if not isinstance(message, SystemMessage)])
    around = read_surroundings(prompt)
    question = written_out(str(turn[0].text), around) if turn and isinstance(turn[0], HumanMessage) else ""
    if before:
        question = without_remarks(question)
    if any(isinstance(message, ToolMessage) for message in turn):
        return _as_message(next_try(question, turn, around))
    last = calls_leant_on(before, question)
    previous = with_the_list_back(before, question, last)
    if (whole := completed(question, before)) and (order := _completed(whole, previous, around)) is not None:
        return _as_message(order)
    if (said := decides_what_stands(question, before) or rest_of_nothing(question, before)) is not None:
        return _as_message(said)
    if (other := of_another_row(question, last, previous) or of_both(question, before)) is not None:
        return _as_message(other)
    again = first_again(question, before, lambda said, calls: plan(said, calls, around))
    if again is not None:
        return _as_message(again)
    if (earlier := other_end(question, before) or why_of_it(question, before)) is not None:
        return _as_message(earlier)
    question = with_today_by_name(question, around)
    question = with_its_days(question, previous, around, all_turns(before))
    decided = plan(question, previous, around, begun=refused(before))
    decided = not_of_everything(question, with_goods_named(question, decided, previous), previous)
    decided = with_what_was_understood(question, decided, before, previous, around)
    decided = with_spans_meant(with_stock_of_those(question, decided, previous), previous, around)
    return _as_message(with_hours_of_goods(decided if previous else loose_end(question, decided, before)))


def _completed(whole: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    """The plan of an order that is complete now; of one that points at a row, by the answer before."""
    decided = Plan()
    for leant_on in ((), previous):
        decided = plan(whole, leant_on, around)
        if files_something(decided):
            return decided
    return decided if decided.text.startswith(WHICH_PRODUCT) else None


def _as_message(decided: Plan) -> AIMessage:
    calls = [
        {"name": name, "args": dict(args), "id": f"call_{secrets.token_hex(12)}", "type": "tool_call"}
        for name, args in decided.calls
    ]
    beside: dict[str, Any] = {OPENING: decided.opening} if decided.opening else {}
    if decided.offered:
        beside[OFFERED] = list(decided.offered)
    return AIMessage(content=decided.text, tool_calls=calls, response_metadata=beside)
