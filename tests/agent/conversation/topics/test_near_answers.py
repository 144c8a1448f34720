"""A near answer opens with what was asked, before the figures that are shown instead."""

from __future__ import annotations

from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.near import nearest

ASKED = "Which items should go on an endcap?"


def test_the_difference_stands_before_the_answer() -> None:
    question = HumanMessage(ASKED)
    planned = reply([question])
    assert [call["name"] for call in planned.tool_calls] == ["promotion_lift"]
    answered = [
        ToolMessage('{"text": "Front end caps sold most."}', tool_call_id=call["id"]) for call in planned.tool_calls
    ]
    said = reply([question, planned, *answered]).text
    assert said.startswith("You asked what should go on an endcap")
    assert said.endswith("Front end caps sold most.")


def test_a_question_that_can_be_answered_has_no_opening() -> None:
    question = HumanMessage("Which displays worked best?")
    planned = reply([question])
    assert isinstance(planned, AIMessage)
    assert planned.tool_calls
    answered = [ToolMessage('{"text": "Done."}', tool_call_id=call["id"]) for call in planned.tool_calls]
    assert reply([question, planned, *answered]).text == "Done."


def test_what_stands_around_the_replaced_words_stays_and_quoted_words_are_left_alone() -> None:
    assert nearest("which products respond best to displays at Harbor Point")[0].endswith(" at Harbor Point")
    assert nearest('find feedback with "which items should go on an endcap"')[1] == ""
