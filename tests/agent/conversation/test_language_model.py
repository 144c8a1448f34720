"""The real OpenAI client against a server on loopback that speaks its protocol, well and badly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.conversation.guard import FELL_BACK
from agent.conversation.model import build_model, model_name
from agent.conversation.model_settings import ModelSettings
from agent.conversation.planner.model import PlannerModel
from agent.conversation.turn import Turns
from tests.support.conversation_world import World, ask, model_server, tool_call_step, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def _turns(here: World, url: str, timeout: float = 5.0) -> Turns:
    model = build_model(
        ModelSettings(api_key="k", base_url=url, model="test-model", timeout_seconds=timeout, max_retries=0)
    )
    return here.turns(model)


def _said(content: str) -> dict[str, Any]:
    return {"role": "assistant", "content": content}


def test_a_question_goes_to_the_model_its_call_to_the_tool_and_the_words_back(here: World) -> None:
    script = [tool_call_step("sales_summary", '{"period": "yesterday"}'), _said("We took $12,345.67 yesterday.")]
    with model_server(script) as server:
        answer = _turns(here, server.url).answer(ask("How did we do yesterday?"))
    assert answer.answer == "We took $12,345.67 yesterday."
    assert answer.model == "test-model"
    assert answer.caveats == ("Costs are simulated.",)
    first, second = server.requests
    assert first["messages"][0]["role"] == "system"
    assert {tool["function"]["name"] for tool in first["tools"]} == set(here.tools.specs())
    assert first["tools"][0]["function"]["parameters"]["properties"]
    assert [message["role"] for message in second["messages"]][-2:] == ["assistant", "tool"]
    assert "U_OWNER" not in str(server.requests)


def test_arguments_that_are_not_json_are_asked_for_again(here: World) -> None:
    script = [
        tool_call_step("sales_summary", '{"period": yester'),
        tool_call_step("sales_summary", '{"period": "yesterday"}'),
        _said("We took $12,345.67."),
    ]
    with model_server(script) as server:
        answer = _turns(here, server.url).answer(ask("How did we do yesterday?"))
    assert answer.answer == "We took $12,345.67."
    assert FELL_BACK not in answer.caveats
    assert "not valid JSON" in str(server.requests[1]["messages"])


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([500], id="server error"),
        pytest.param([429], id="throttled"),
        pytest.param([401], id="refused"),
        pytest.param([_said("")], id="empty reply"),
        pytest.param([tool_call_step("sales_summary", "{nonsense")] * 2, id="garbage twice"),
        pytest.param([{"role": "assistant", "content": None, "refusal": "no"}], id="refusal"),
    ],
)
def test_a_failing_model_costs_style_not_the_answer(here: World, script: list[Any]) -> None:
    with model_server(list(script)) as server:
        answer = _turns(here, server.url).answer(ask("How did we do yesterday?"))
    assert answer.headline == "Net sales yesterday at 3 stores were $12345.67."
    assert FELL_BACK in answer.caveats
    assert "secret upstream detail" not in str(answer.to_json())


def test_a_model_that_does_not_answer_in_time_is_not_waited_for(here: World) -> None:
    with model_server([1.0]) as server:
        answer = _turns(here, server.url, timeout=0.3).answer(ask("How did we do yesterday?"))
        assert answer.seconds < 1.0
    assert answer.figures
    assert FELL_BACK in answer.caveats


def test_a_model_that_fails_after_the_tools_have_run_does_not_run_them_again(here: World) -> None:
    with model_server([tool_call_step("sales_summary", '{"period": "yesterday"}'), 500]) as server:
        answer = _turns(here, server.url).answer(ask("How did we do yesterday?"))
    assert len(here.tools.ledger.calls) == 1
    assert answer.answer.startswith("Net sales yesterday")


def test_without_key_and_url_the_planner_answers() -> None:
    model = build_model(ModelSettings())
    assert isinstance(model, PlannerModel)
    assert model_name(model) == "planner"


def test_the_key_is_not_printed() -> None:
    model = build_model(ModelSettings(api_key="sk-very-secret"))
    assert "very-secret" not in repr(model)
    assert model_name(model) == "gpt-5-mini"
