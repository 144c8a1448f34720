"""A row of the ranking above by its place: “what did the 4th have in Q2”."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.nth_row import NO_SUCH_ROW
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND
from tests.support.turns import answered_turn, turn_of

PET_FOOD = {"dimension": "product", "values": ["pet food"]}
BRANDS = {"by": "brand", "period": "last quarter", "where": [PET_FOOD], "metrics": ["net_sales"]}
LIST = {
    "text": "Four of them.",
    "table": {"columns": ["Brand", "Net sales"], "rows": [["Alto", 9], ["Brio", 7], ["Coda", 4], ["Dolce", 2]]},
}


def after(question: str, document: dict[str, Any] = LIST, **more: Any) -> list[Any]:
    before = (Call("sales_breakdown", {**BRANDS, **more}, document, "pet food by brand"),)
    return [(name, dict(args)) for name, args in plan(question, before, AROUND).calls]


def of(name: str, **more: Any) -> list[Any]:
    where = [PET_FOOD, {"dimension": "brand", "values": [name]}]
    return [("sales_breakdown", {"period": "last quarter", "metrics": ["net_sales"], "where": where, **more})]


@pytest.mark.parametrize(
    ("question", "name", "more"),
    [
        ("what did the 4th have in Q2", "Dolce", {"period": "q2"}),
        ("how did the second one do in october", "Brio", {"period": "october"}),
        ("and how much did number 3 sell", "Coda", {}),
        ("what did the 1st brand make at harbor point", "Alto", {"stores": "Harbor Point"}),
        ("how much margin did the third bring in", "Coda", {"metrics": ["gross_margin"]}),
    ],
)
def test_a_row_by_its_place_stays_within_what_was_ranked(question: str, name: str, more: dict[str, Any]) -> None:
    assert after(question) == of(name, **more)


def test_a_date_is_no_place_and_a_list_may_be_shorter() -> None:
    assert after("what did the 4th of november bring")[0][1]["period"] == "4th of november"
    before = (Call("sales_breakdown", BRANDS, LIST, "pet food by brand"),)
    assert plan("what did the 7th have in Q2", before, AROUND).text == NO_SUCH_ROW
    assert after("what did the deli have in october")[0][1].get("where") != of("Dolce")[0][1]["where"]


def test_days_are_no_rows_of_a_ranking_by_day() -> None:
    days = {"text": "Days.", "table": {"columns": ["Day"], "rows": [["1 Oct"], ["2 Oct"]]}}
    assert all(
        "where" not in args or len(args["where"]) == 1 for _, args in after("what did the 2nd have", days, by="day")
    )


def test_the_list_may_stand_before_one_of_its_rows() -> None:
    (one,) = of("Brio", period="october")
    asked = answered_turn("pet food by brand", "sales_breakdown", BRANDS, LIST)
    then = turn_of("how did the second one do in october", (*one, {"text": "Alone."}))
    said = [*asked, *then, AIMessage("So."), HumanMessage("and what did the 3rd brand make")]
    made = reply([SystemMessage(AROUND.render()), *said]).tool_calls
    assert [(call["name"], call["args"]) for call in made] == of("Coda")


def test_own_label_behind_a_brand_is_of_the_goods_around_it() -> None:
    row = {"period": "q2", "where": [PET_FOOD, {"dimension": "brand", "values": ["Dolce"]}], "metrics": ["net_sales"]}
    before = (Call("sales_breakdown", row, {"text": "So."}, "what did the 4th have in q2"),)
    ((_, args),) = plan("and private label?", before, AROUND).calls
    assert (args["by"], args["where"]) == ("private_label", [PET_FOOD])
