"""Which of the many tools a language model is shown, over the real catalogue and the real OpenAI client."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.conversation.guard import FELL_BACK
from agent.conversation.model import build_model
from agent.conversation.model_check import try_model
from agent.conversation.model_settings import ModelSettings
from agent.conversation.toolbox import RegisteredTools, build_toolbox
from agent.conversation.tools_at_hand import CORE, MORE_TOOLS, NEAREST, ToolsAtHand
from agent.conversation.turn import Turns
from prompts.loader import load_prompts
from tests.support.conversation_world import ModelServer, World, ask, model_server, tool_call_step, world
from tools.registry import catalogue


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def _turns(here: World, server: ModelServer) -> Turns:
    model = build_model(ModelSettings(api_key="k", base_url=server.url, model="test-model", max_retries=0))
    return here.turns(model, catalogue=RegisteredTools())


def _said(content: str) -> dict[str, Any]:
    return {"role": "assistant", "content": content}


def _tools(request: dict[str, Any]) -> dict[str, Any]:
    return {tool["function"]["name"]: tool["function"] for tool in request["tools"]}


def _shown_for(question: str) -> set[str]:
    hand = ToolsAtHand(build_toolbox(RegisteredTools()), load_prompts())
    return {tool.name for tool in hand.shown_for(question)}


def test_openai_takes_every_tool_there_is() -> None:
    for tool in build_toolbox(RegisteredTools()):
        assert len(tool.name) <= 64
        assert len(tool.description) <= 1024, tool.name
        assert "Raises:" not in tool.description, tool.name


def test_a_request_holds_the_core_and_what_is_near_and_no_more(here: World) -> None:
    with model_server([_said("Hello.")]) as server:
        _turns(here, server).answer(ask("Which products will run out soon?"))
    tools = _tools(server.requests[0])
    assert {*CORE, MORE_TOOLS, "stockout_risk", "reorder_list"} <= tools.keys()
    assert len(tools) <= 1 + len(CORE) + NEAREST + 4  # what the planner would call besides
    assert len(json.dumps(server.requests[0])) < 100_000


def test_every_tool_is_listed_with_its_purpose_and_those_at_hand_with_their_notes(here: World) -> None:
    with model_server([_said("Hello.")]) as server:
        _turns(here, server).answer(ask("Why were sales down last week?"))
    system = server.requests[0]["messages"][0]["content"]
    for name in catalogue():
        assert f"- {name}: " in system
    assert load_prompts().tool_notes["explain_change"].split("\n")[0] in system
    assert re.search(r"^“Why [^”]+” -> explain_change \{", system, re.MULTILINE)


def test_a_tool_that_is_not_at_hand_is_brought_by_name(here: World) -> None:
    assert "gift_cards" not in _shown_for("How did we do yesterday?")
    script = [tool_call_step(MORE_TOOLS, '{"names": ["gift_cards", "crystal_ball"]}'), _said("There is nothing.")]
    with model_server(script) as server:
        answer = _turns(here, server).answer(ask("How did we do yesterday?"))
    assert "gift_cards" not in _tools(server.requests[0])
    assert "gift_cards" in _tools(server.requests[1])
    said = json.loads(server.requests[1]["messages"][-1]["content"])
    assert said == {"at_hand_now": ["gift_cards"], "no_such_tool": ["crystal_ball"]}
    assert answer.tools == ()  # bringing a tool is no finding: nothing of it is shown or kept
    assert FELL_BACK not in answer.caveats


def test_names_that_cannot_be_read_cost_a_sentence_not_the_turn(here: World) -> None:
    with model_server([tool_call_step(MORE_TOOLS, '{"names": []}'), _said("Then I do not know.")]) as server:
        answer = _turns(here, server).answer(ask("How did we do yesterday?"))
    assert answer.answer == "Then I do not know."
    assert "names" in server.requests[1]["messages"][-1]["content"]


def test_a_follow_up_keeps_the_tools_of_the_thread(here: World) -> None:
    with model_server([tool_call_step("gift_cards", "{}"), _said("None."), _said("And none there.")]) as server:
        turns = _turns(here, server)
        turns.answer(ask("How many gift cards did we sell last week?"))
        turns.answer(ask("And the week before?"))
    assert "gift_cards" in _tools(server.requests[-1])


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("create PO for 50 units of bananas", "propose_purchase_order"),
        ("who's on shift tonight", "team_schedule"),
        ("How's my inventory looking?", "out_of_stock"),
        ("Mark down the yogurt by a fifth", "propose_price_change"),
        ("Anything odd at the tills this week?", "exception_report"),
        ("shoppers who have not been in for a month", "customers_away"),
    ],
)
def test_words_that_no_tool_uses_still_find_the_tool(question: str, tool: str) -> None:
    assert tool in _shown_for(question)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        pytest.param(tool_call_step("sales_summary", "{}"), "", id="calls a tool"),
        pytest.param(_said("We did great!"), "calls no tools", id="only talks"),
        pytest.param(401, "OPENAI_API_KEY", id="key refused"),
        pytest.param(404, "FLOORWALKER_MODEL", id="no such model"),
        pytest.param(429, "too often", id="throttled"),
        pytest.param(500, "500", id="server error"),
        pytest.param(1.0, "FLOORWALKER_MODEL_SECONDS", id="too slow"),
    ],
)
def test_doctor_asks_the_model_as_a_question_would(step: Any, said: str) -> None:
    with model_server([step]) as server:
        settings = ModelSettings(api_key="k", base_url=server.url, timeout_seconds=0.5, max_retries=0)
        wrong = try_model(settings)
    assert said in wrong
    assert bool(wrong) == bool(said)
    assert "sales_summary" in _tools(server.requests[0])


def test_doctor_says_that_a_server_is_not_there() -> None:
    with model_server([]) as server:
        url = server.url
    assert "OPENAI_BASE_URL" in try_model(ModelSettings(api_key="k", base_url=url, timeout_seconds=0.5, max_retries=0))
