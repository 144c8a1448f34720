"""Several slips of the thumb in one question are put right towards the planner's words, said, never taken for goods."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.wording.misspelt import changed_over, meant_by
from tests.evals.test_planner_accuracy import AROUND


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shwo me totl revnue by stroe for ocotber", "show me total revenue by store for october"),
        ("hwo many custmers did we hav yestrday", "how many customers did we have yesterday"),
        ("whcih prodcuts are runing low", "which products are running low"),
        ("avrage baskt by deparment form last weeek", "average basket by department from last week"),
        ("compre sales thsi week vs lst wek", "compare sales this week vs last week"),
    ],
)
def test_several_slips_are_put_right_and_told(typed: str, meant: str) -> None:
    decided = plan(typed, (), AROUND)
    assert decided.calls == plan(meant, (), AROUND).calls
    assert decided.calls
    assert decided.opening.startswith("I read “")
    assert not decided.text


def test_letters_changed_over_in_usual_words_need_no_telling() -> None:
    decided = plan("sho me revenue form last monht", (), AROUND)
    assert decided.calls == plan("show me revenue from last month", (), AROUND).calls == (
        ("sales_summary", {"metrics": ["net_sales"], "period": "last month"}),
    )  # fmt: skip


@pytest.mark.parametrize("goods", ["tea", "cod", "pea", "wine", "salsa"])
def test_goods_stay_goods(goods: str) -> None:
    assert plan(f"sales of {goods} last week", (), AROUND).calls[0][1]["product"] == goods
    assert meant_by(goods) == ""


@pytest.mark.parametrize("word", ["form", "trail", "quite", "county", "running", "sales", "cheddar", "doritos"])
def test_words_of_a_meaning_of_their_own_and_unknown_names_stay(word: str) -> None:
    assert (meant_by(word), changed_over(word)) == ("", "")


def test_from_before_a_time_is_no_form() -> None:
    assert plan("top 10 products form last week", (), AROUND).calls == (
        ("top_products", {"limit": 10, "period": "last week"}),
    )
    assert plan("form sales", (), AROUND).calls[0][1]["product"] == "form"


def test_what_makes_no_sense_when_put_right_is_left_as_it_was_typed() -> None:
    decided = by_rules("avrage wine baskt", (), AROUND)
    assert not decided.calls
    assert "I read" not in decided.opening


def test_a_slip_taken_for_goods_among_others_is_put_right() -> None:
    decided = plan("shwo me slaes for lsat week", (), AROUND)
    assert decided.calls == (("sales_summary", {"period": "last week"}),)
    assert "“shwo” as “show”" in decided.opening


def test_unknown_goods_among_slips_stay_goods() -> None:
    decided = plan("sales of yougurt lst wek by stroe", (), AROUND)
    assert decided.calls[0][1]["product"] == "yougurt"
