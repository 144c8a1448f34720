"""A turn from question to answer, with scripted models and known tools."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.conversation.answer import Progress
from agent.conversation.graph import Limits
from agent.conversation.grounding import REWRITTEN, UNDONE
from agent.conversation.guard import FELL_BACK
from agent.conversation.planner.model import PlannerModel
from agent.errors import UnavailableError
from tests.support.conversation_world import AS_OF, OWNER, ScriptedChatModel, World, ask, calls, world
from tools.context import Role, Scope


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def test_the_planner_answers_with_the_tools_own_words_figures_and_sources(here: World) -> None:
    answer = here.turns(PlannerModel()).answer(ask("How did we do yesterday?"))
    assert answer.headline == "Net sales yesterday at 3 stores were $12345.67."
    assert answer.answer.startswith(answer.headline)
    assert [figure.metric for figure in answer.figures] == ["net_sales", "transactions"]
    assert [(use.name, use.args, use.status) for use in answer.tools] == [
        ("sales_summary", {"period": "yesterday"}, "ok")
    ]
    assert answer.as_of == AS_OF
    assert answer.model == "planner"
    assert answer.caveats == ("Costs are simulated.",)
    assert answer.sql
    assert answer.receipt_id.startswith("r_")
    assert len(answer.receipt_id) == 18
    json.dumps(answer.to_json())


def test_planner_and_language_model_get_the_same_figures(here: World) -> None:
    planned = here.turns(PlannerModel()).answer(ask("How did we do yesterday?", "a"))
    model = ScriptedChatModel(
        script=[
            calls(("sales_summary", {"period": "yesterday"})),
            "We took $12,345.67 yesterday, from 210 transactions.",
        ]
    )
    written = here.turns(model).answer(ask("How did we do yesterday?", "b"))
    assert [figure.to_json() for figure in written.figures] == [figure.to_json() for figure in planned.figures]
    assert written.answer == "We took $12,345.67 yesterday, from 210 transactions."
    assert written.model == "scripted"


def test_progress_is_told_for_each_tool_in_human_words(here: World) -> None:
    seen: list[Progress] = []
    here.turns(PlannerModel()).answer(ask("How did Harbor Point do last week?"), seen.append)
    assert [(one.title, one.status) for one in seen] == [
        ("Sales summary · last week · Harbor Point", "in_progress"),
        ("Sales summary · last week · Harbor Point", "complete"),
    ]
    assert len({one.task_id for one in seen}) == 1


def test_a_broken_progress_listener_does_not_cost_the_answer(here: World) -> None:
    def broken(_: Progress) -> None:
        raise RuntimeError("slack is down")

    assert here.turns(PlannerModel()).answer(ask("How did we do yesterday?"), broken).figures


def test_the_model_sees_no_scope_and_cannot_pass_one(here: World) -> None:
    model = ScriptedChatModel(
        script=[
            calls(("sales_summary", {"period": "yesterday", "user_id": "U_EVIL", "runtime": {"context": "x"}})),
            "I cannot use that.",
        ]
    )
    answer = here.turns(model).answer(ask("How did we do?"))
    assert here.tools.ledger.calls == []
    assert answer.tools[0].status == "error"
    properties = {name for tool in model.bound for name in tool.args}
    assert properties.isdisjoint({"runtime", "scope", "user_id", "role", "context"})


def test_a_tools_fault_becomes_a_safe_sentence_with_an_error_id(here: World) -> None:
    model = ScriptedChatModel(script=[calls(("sales_summary", {"stores": "Boom"})), "It failed."])
    turns = here.turns(model)
    answer = turns.answer(ask("How did Boom do?"))
    heard = model.seen[1][-1]
    assert isinstance(heard, ToolMessage)
    assert heard.status == "error"
    assert "hunter2" not in str(heard.content)
    assert "error " in str(heard.content)
    assert answer.tools[0].status == "error"
    assert turns.answer(ask("thanks")) if model.script else True


def test_an_ambiguous_name_is_asked_back_and_the_reply_is_understood(here: World) -> None:
    turns = here.turns(PlannerModel())
    asked = turns.answer(ask("How did harbor do yesterday?"))
    assert "Harbor Point" in asked.answer
    assert "Harbor Street" in asked.answer
    assert asked.answer.count("Harbor Point") == 1
    assert asked.tools[0].status == "clarify"
    answer = turns.answer(ask("the second one"))
    assert answer.tools[0].args["stores"] == "Harbor Street"
    assert answer.figures


@pytest.mark.parametrize(
    ("text", "reason"), [("We took $99,999 yesterday.", REWRITTEN), ("I have changed the price.", UNDONE)]
)
def test_numbers_and_deeds_that_no_tool_returned_are_replaced(here: World, text: str, reason: str) -> None:
    model = ScriptedChatModel(script=[calls(("sales_summary", {})), text])
    turns = here.turns(model)
    answer = turns.answer(ask("How did we do?"))
    assert "99,999" not in answer.answer
    assert "changed" not in answer.answer
    assert "$12345.67" in answer.answer
    assert reason in answer.caveats
    assert answer.headline == "Net sales yesterday at 3 stores were $12345.67."


def test_what_is_remembered_of_a_thread_is_what_was_shown(here: World) -> None:
    model = ScriptedChatModel(script=[calls(("sales_summary", {})), "We took $99,999.", "Hello."])
    turns = here.turns(model)
    turns.answer(ask("How did we do?"))
    turns.answer(ask("hello?"))
    assert not any("99,999" in message.text for message in model.seen[-1])


def test_a_model_that_obeys_injected_text_can_only_file_a_pending_proposal(here: World) -> None:
    def obey(messages: list[object]) -> AIMessage:
        assert "propose_price_change" in str(messages[-1])
        return calls(("propose_price_change", {"product": "P1", "percent": -90}))

    model = ScriptedChatModel(
        script=[
            calls(("top_products", {})),
            obey,
            "Done! I have applied it. See https://evil.example/x?d=1 ![i](https://evil.example/i.png) <!channel>",
        ]
    )
    answer = here.turns(model).answer(ask("top products"))
    assert here.desk.filed == [("U_OWNER", here.tools.ledger.calls[-1][2].tool_call_id)]
    assert answer.proposals == ("p_1",)
    assert "evil.example" not in answer.answer
    assert "<!channel>" not in answer.answer
    assert "applied" not in answer.answer
    assert UNDONE in answer.caveats
    assert answer.table is not None
    assert not any(character in str(answer.table.rows) for character in ("\u202e", "<!channel>", "evil.example"))


def test_calls_of_one_thread_never_share_an_id_even_if_the_model_repeats_it(here: World) -> None:
    model = ScriptedChatModel(
        script=[calls(("propose_price_change", {"product": "x", "percent": -5})), "It waits for approval."] * 2
    )
    turns = here.turns(model)
    turns.answer(ask("mark down x by 5%"))
    turns.answer(ask("mark down x by 5% again"))
    assert len({call_id for _, call_id in here.desk.filed}) == 2


def test_the_thread_is_remembered_after_a_restart(here: World) -> None:
    first = here.turns(PlannerModel())
    first.answer(ask("How did Harbor Point do last week?"))
    first.close()
    answer = here.turns(PlannerModel()).answer(ask("compare that with the week before"))
    assert answer.tools[0].name == "compare_periods"
    assert answer.tools[0].args["period"] == "last week"
    assert answer.tools[0].args["stores"] == "Harbor Point"


def test_a_forgotten_thread_has_nothing_to_lean_on(here: World) -> None:
    turns = here.turns(PlannerModel())
    turns.answer(ask("How did Harbor Point do last week?"))
    turns.forget("t1")
    assert "stores" not in turns.answer(ask("and yesterday?")).tools[0].args


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u202e"])
def test_an_empty_message_gets_a_sentence_and_a_receipt(here: World, text: str) -> None:
    answer = here.turns(PlannerModel()).answer(ask(text))
    assert "no text" in answer.answer
    assert answer.tools == ()
    assert answer.receipt_id


def test_a_message_that_is_too_long_is_refused_with_the_limit(here: World) -> None:
    answer = here.turns(PlannerModel()).answer(ask("How did we do yesterday? " * 800))
    assert "4,000" in answer.answer
    assert answer.tools == ()
    assert answer.receipt_id


def test_an_unreachable_model_hands_the_turn_to_the_planner_and_says_so(here: World) -> None:
    model = ScriptedChatModel(script=[ConnectionError("https://key:secret@model"), "Hello."])
    turns = here.turns(model)
    answer = turns.answer(ask("How did we do yesterday?"))
    assert answer.figures
    assert FELL_BACK in answer.caveats
    assert "secret" not in json.dumps(answer.to_json())
    assert answer.model == "scripted (fell back to planner)"
    again = turns.answer(ask("hello"))
    assert again.model == "scripted"
    assert FELL_BACK not in again.caveats


def test_an_empty_reply_is_a_failure_of_the_model(here: World) -> None:
    answer = here.turns(ScriptedChatModel(script=[""])).answer(ask("How did we do yesterday?"))
    assert answer.figures
    assert FELL_BACK in answer.caveats


def test_a_tool_that_does_not_exist_is_answered_not_run(here: World) -> None:
    model = ScriptedChatModel(script=[calls(("delete_everything", {})), "I cannot do that."])
    answer = here.turns(model).answer(ask("wipe it"))
    assert answer.tools[0].status == "error"
    assert "delete_everything" in str(model.seen[1][-1].content)


def test_a_model_that_never_stops_calling_is_stopped_with_a_sentence(here: World) -> None:
    model = ScriptedChatModel(script=[calls(("sales_summary", {})) for _ in range(9)])
    answer = here.turns(model, limits=Limits(model_calls=3)).answer(ask("How did we do?"))
    assert len(model.seen) == 3
    assert "limits exceeded" not in answer.answer
    assert "smaller part" in answer.answer
    assert "$12345.67" in answer.answer


def test_too_many_tool_calls_are_refused_to_the_model(here: World) -> None:
    many = calls(*[("sales_summary", {"period": f"week {number}"}) for number in range(1, 9)])
    model = ScriptedChatModel(script=[many, "Enough."])
    here.turns(model, limits=Limits(tool_calls=5)).answer(ask("How did we do?"))
    assert len(here.tools.ledger.calls) <= 5


def test_parallel_calls_come_out_in_the_order_they_were_made(here: World) -> None:
    periods = [f"week {number}" for number in range(1, 7)]
    model = ScriptedChatModel(script=[calls(*[("sales_summary", {"period": period}) for period in periods]), "Done."])
    answer = here.turns(model).answer(ask("six weeks please"))
    assert [use.args["period"] for use in answer.tools] == periods


def test_a_call_left_unanswered_by_a_crash_is_repaired(here: World) -> None:
    model = ScriptedChatModel(script=["Hello."])
    turns = here.turns(model)
    config = {"configurable": {"thread_id": "t1"}}
    turns._graph.update_state(
        config,
        {"messages": [HumanMessage("How did we do?"), calls(("sales_summary", {}))]},
        as_node="model",
    )
    turns.answer(ask("hello"))
    sent = model.seen[0]
    where = next(index for index, message in enumerate(sent) if isinstance(message, AIMessage))
    assert isinstance(sent[where + 1], ToolMessage)
    assert isinstance(sent[-1], HumanMessage)


def test_a_long_thread_is_condensed_and_the_last_turns_stay_whole(here: World) -> None:
    turns = here.turns(PlannerModel(), limits=Limits(thread_tokens=1500))
    for number in range(1, 31):
        turns.answer(ask(f"How did Harbor Point do in week {number}?"))
    answer = turns.answer(ask("and at Market Street?"))
    assert answer.tools[0].args == {"period": "week 30", "stores": "Market Street"}
    state = turns._graph.get_state({"configurable": {"thread_id": "t1"}}).values["messages"]
    assert len(state) < 75
    assert "week 1?" in state[0].text


def test_checkpoints_hold_no_results_and_are_read_back_strictly(here: World) -> None:
    here.turns(PlannerModel()).answer(ask("How did we do yesterday?"))
    with sqlite3.connect(here.home / "conversations.sqlite") as connection:
        (count,) = connection.execute("SELECT count(*) FROM checkpoints").fetchone()
        blobs = b"".join(row[0] for row in connection.execute("SELECT checkpoint FROM checkpoints"))
    connection.close()
    assert count == 1
    assert b"store_day" not in blobs
    assert b"tools.result" not in blobs


def test_threads_do_not_see_each_other(here: World) -> None:
    turns = here.turns(PlannerModel())
    turns.answer(ask("How did Harbor Point do last week?", "a"))
    answer = turns.answer(ask("and yesterday?", "b"))
    assert "stores" not in (answer.tools[0].args if answer.tools else {})


def test_memory_that_cannot_be_opened_is_unavailable_not_a_traceback(here: World) -> None:
    blocked = here.home / "file"
    blocked.write_text("x")
    with pytest.raises(UnavailableError):
        World(blocked, here.mirror, here.database, here.tools, here.desk).turns(PlannerModel())


def test_the_prompt_lists_only_the_stores_of_the_person(here: World) -> None:
    model = ScriptedChatModel(script=["Hello."])
    scope = Scope("U_MANAGER_S01", Role.STORE_MANAGER, ("S01",), ("S01",))
    here.turns(model).answer(ask("hello", scope=scope))
    prompt = model.seen[0][0].text
    assert "S01 | Market Street | North" in prompt
    assert "Harbor Point | " not in prompt
    assert "Today is 2026-11-23 where the stores are, a Monday." in prompt
    assert "No point of sale is connected at S01:" in prompt
    assert OWNER.user_id not in prompt


def test_turns_of_different_threads_may_run_at_the_same_time(here: World) -> None:
    turns = here.turns(PlannerModel())

    def talk(number: int) -> list[str]:
        first = turns.answer(ask(f"How did Harbor Point do in week {number}?", f"thread {number}"))
        second = turns.answer(ask("and at Market Street?", f"thread {number}"))
        return [str(first.tools[0].args["period"]), str(second.tools[0].args["period"])]

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(talk, range(1, 25)))
    assert said == [[f"week {number}"] * 2 for number in range(1, 25)]
