"""The figures above as part of a part of the range, and one more figure beside them."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.threads.once_more.share_of import WHICH_WHOLE
from tests.support.threads import Found, calls_after, reply_behind

PET_FOOD = {"dimension": "product", "values": ["pet food"]}
BRANDS: dict[str, Any] = {"by": "brand", "period": "last quarter", "where": [PET_FOOD], "top": 5}
BANANAS = {"product": "bananas", "period": "last week", "stores": "Harbor Point"}
STORES = {"metrics": ["net_sales"], "period": "last week", "by": "store"}
OF_ALL = {"metrics": ["net_sales"], "period": "last week", "stores": "Harbor Point", "of_total": True}
ONLY_BANANAS = [{"dimension": "product", "values": ["bananas"]}]


def after(question: str, args: dict[str, Any], name: str = "sales_breakdown") -> Found:
    return calls_after(question, name, args)


@pytest.mark.parametrize(
    "question",
    [
        "make it % of category",
        "as a % of the category",
        "share of the category total",
        "what share of category is each",
    ],
)
def test_each_brand_as_part_of_its_kind_of_goods(question: str) -> None:
    assert after(question, BRANDS) == [("sales_breakdown", {**BRANDS, "share": True})]


@pytest.mark.parametrize(
    "question",
    [
        "what share of produce is that",
        "% of Produce",
        "what percent of produce sales is it",
        "share of the produce dept",
    ],
)
def test_goods_as_part_of_a_department(question: str) -> None:
    assert after(question, BANANAS, "sales_summary") == [
        ("sales_breakdown", {**OF_ALL, "department": "Produce", "where": ONLY_BANANAS})
    ]


@pytest.mark.parametrize("question", ["% of total", "what percent of our sales is that", "as a share of all sales"])
def test_goods_as_part_of_everything(question: str) -> None:
    whole = [("sales_breakdown", {**OF_ALL, "where": ONLY_BANANAS})]
    assert after(question, BANANAS, "sales_summary") == whole
    of_produce = {**OF_ALL, "department": "Produce", "where": ONLY_BANANAS}
    assert after(question, of_produce) == whole


def test_a_brand_of_a_kind_of_goods_as_part_of_it() -> None:
    alto = {"dimension": "brand", "values": ["Alto"]}
    ((_, args),) = after("% of category", {"period": "q2", "where": [PET_FOOD, alto]})
    assert (args["product"], args["where"], args["of_total"], args["period"]) == ("pet food", [alto], True, "q2")


def test_of_which_department_is_asked() -> None:
    said = reply_behind("% of the department", "sales_summary", BANANAS)
    assert (said.text, said.tool_calls) == (WHICH_WHOLE.format(part="department"), [])


@pytest.mark.parametrize(
    "question",
    [
        "add margin", "add a margin column", "can you put margin next to it", "include margin as well", "margin too",
        "also add margin please", "get margin in there too",
    ],
)  # fmt: skip
def test_one_more_figure_beside_those_before(question: str) -> None:
    assert after(question, STORES, "sales_summary") == [
        ("sales_summary", {**STORES, "metrics": ["net_sales", "gross_margin"]})
    ]


def test_one_more_figure_beside_a_list_of_best_sellers() -> None:
    listed = {"limit": 5, "period": "last week", "department": "Deli"}
    ((name, args),) = after("add margin", listed, "top_products")
    assert (name, args["by"], args["top"], args["department"]) == ("sales_breakdown", "product", 5, "Deli")
    assert args["metrics"] == ["net_sales", "gross_margin"]


@pytest.mark.parametrize("question", ["add deli", "deli too", "put it in the chat", "add a note for harbor point"])
def test_what_is_no_figure_is_not_added(question: str) -> None:
    assert all(args.get("metrics") == ["net_sales"] for _, args in after(question, STORES, "sales_summary"))
