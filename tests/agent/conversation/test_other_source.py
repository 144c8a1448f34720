"""What a point of sale never recorded is asked of where else it is kept, once, and the answer says so."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.afterwards.other_source import ORDERS_INSTEAD, OUT_INSTEAD, SOLD_INSTEAD
from agent.conversation.planner.model import reply
from tests.support.turns import turn_of
from tools.errors import NOT_RECORDED

NO_ORDERS = "No purchase orders are recorded for all 5 stores. They come from the point of sale's purchase orders."
NO_SHELF = "The stock levels of Harbor Point do not tell the shelf from the back room."
NO_LOG = "No stock changes are recorded for all 5 stores last week; that is unknown, not none."


@pytest.mark.parametrize(
    ("name", "args", "error", "expected", "said"),
    [
        (
            "purchase_orders",
            {"product": "milk", "period": "last month"},
            NO_ORDERS,
            ("sales_summary", {"metrics": ["cost_of_goods", "units"], "period": "last month", "product": "milk"}),
            SOLD_INSTEAD.format(goods="milk"),
        ),
        (
            "stock_changes",
            {"kind": "receive", "period": "last week"},
            NO_LOG,
            ("purchase_orders", {"dated": "received", "period": "last week"}),
            ORDERS_INSTEAD,
        ),
        (
            "out_of_stock",
            {"where": "shelf", "stores": "Harbor Point"},
            NO_SHELF,
            ("out_of_stock", {"stores": "Harbor Point"}),
            OUT_INSTEAD,
        ),
    ],
)
def test_the_other_source_is_asked_once_and_named(
    name: str, args: dict[str, Any], error: str, expected: tuple[str, dict[str, Any]], said: str
) -> None:
    again = reply(turn_of("a question", (name, args, {"error": error, "reason": NOT_RECORDED})))
    assert [(call["name"], call["args"]) for call in again.tool_calls] == [expected]
    assert again.response_metadata["opening"] == said
    last = reply(
        turn_of(
            "a question",
            (name, args, {"error": error, "reason": NOT_RECORDED}),
            (*expected, {"error": "Nothing sold."}),
        )
    )
    assert not last.tool_calls


@pytest.mark.parametrize(
    ("name", "args", "error"),
    [
        ("purchase_orders", {"by": "supplier"}, NO_ORDERS),
        ("stock_changes", {"kind": "adjust"}, NO_LOG),
        ("purchase_orders", {"product": "milk"}, "I know no product “milk”."),
    ],
)
def test_where_nothing_else_is_near_the_sentence_of_the_tool_stands(
    name: str, args: dict[str, Any], error: str
) -> None:
    message = reply(turn_of("a question", (name, args, {"error": error})))
    assert not message.tool_calls
    assert message.text == error


def test_an_answer_of_the_other_source_stands_alone_and_its_refusal_gives_way() -> None:
    failed = {"error": NO_LOG, "reason": NOT_RECORDED}
    first = ("stock_changes", {"kind": "receive"}, failed)
    found = ("purchase_orders", {"dated": "received"}, {"text": "3 orders to suppliers received last week."})
    assert reply(turn_of("what came in", first, found)).text == "3 orders to suppliers received last week."
    neither = ("purchase_orders", {"dated": "received"}, {"error": NO_ORDERS, "reason": NOT_RECORDED})
    turn = turn_of("what came in", first, neither)
    turn[-2].response_metadata["opening"] = ORDERS_INSTEAD
    assert reply(turn).text == NO_LOG
