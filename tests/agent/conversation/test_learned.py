"""Questions in words that no reader knows: what the network takes them for, and the calls that come of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import agent.conversation.planner.learned as package
from agent.conversation.planner.learned import LEAST, NEARLY_THE_SAME, learned
from agent.conversation.planner.learned.filling import filled
from agent.conversation.planner.learned.left_out import left_out
from agent.conversation.planner.learned.network import NONE, Span, Taken, network
from agent.conversation.planner.learned.pieces import Pieces
from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.threads.remembered import Call
from tests.evals.test_planner_accuracy import AROUND, CASES
from tools.registry import catalogue

QUESTIONS = Path(package.__file__).parent / "training" / "questions"
HELD_OUT = QUESTIONS.parent / "held_out"


def lines_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]


WRITTEN = lines_of(QUESTIONS)
PIECES = Pieces(["[UNK]", "[CLS]", "[SEP]", "un", "##sold", "sold", "s", "##o", "?", "cafe"])


def test_a_word_is_cut_into_the_longest_pieces_that_are_known() -> None:
    said = [(piece.row, piece.start, piece.end) for piece in PIECES.of("Unsold so? Café", 10)]

    assert said == [(1, 0, 0), (3, 0, 2), (4, 2, 6), (6, 7, 8), (7, 8, 9), (8, 9, 10), (9, 11, 15), (2, 15, 15)]


def test_a_word_of_which_a_part_is_unknown_is_unknown_as_a_whole() -> None:
    assert [(piece.row, piece.start, piece.end) for piece in PIECES.of("unsolved", 10)][1:-1] == [(0, 0, 8)]


def test_what_is_too_long_is_cut_off_before_the_end_is_put() -> None:
    assert [piece.row for piece in PIECES.of("sold sold sold sold", 4)] == [1, 5, 5, 2]


@given(st.text(max_size=80))
def test_any_text_is_taken_for_something_and_its_spans_lie_in_it(text: str) -> None:
    taken = network().take(text)

    assert sum(likely for _, likely in taken.tools) == pytest.approx(1, abs=1e-4)
    assert [likely for _, likely in taken.tools] == sorted((likely for _, likely in taken.tools), reverse=True)
    assert all(0 <= span.start < span.end <= len(text) for span in taken.spans)


def test_between_two_tools_that_tell_nearly_the_same_the_likelier_answers() -> None:
    asked = "tmrw crew?"
    assert network().take(asked).tools[0][1] < LEAST

    assert plan(asked, (), AROUND).calls[0][0] in ("team_schedule", "attendance")


def test_tools_that_tell_nearly_the_same_are_all_there() -> None:
    assert set().union(*NEARLY_THE_SAME) <= set(catalogue())


def test_every_name_it_can_give_is_a_tool_or_none() -> None:
    assert set(network().tools) - {NONE} <= set(catalogue())


def test_every_written_question_has_a_call_that_its_tool_takes() -> None:
    faults = []
    questions = [*WRITTEN, *lines_of(HELD_OUT)]
    for one in questions:
        calls = [(one["tool"], one.get("args", {})), *((also["tool"], also["args"]) for also in one.get("also", ()))]
        for name, args in calls:
            if name == NONE:
                continue
            try:
                catalogue()[name].arguments.model_validate(args)
            except (KeyError, ValueError) as error:
                faults.append((one["q"], name, str(error)))

    assert faults == []
    assert len({one["q"].lower() for one in questions}) == len(questions)


def test_the_weights_are_those_of_the_written_questions() -> None:
    asked = WRITTEN[::20]
    right = sum(network().take(one["q"]).tools[0][0] == one["tool"] for one in asked)

    assert right / len(asked) > 0.9


def test_most_questions_that_it_has_not_learned_from_are_taken_for_their_tool() -> None:
    asked = lines_of(HELD_OUT)[::4]
    taken = [network().take(one["q"]).tools for one in asked]
    right = sum(tools[0][0] == one["tool"] for one, tools in zip(asked, taken, strict=True))
    sure = [(one, tools[0]) for one, tools in zip(asked, taken, strict=True) if tools[0][1] >= 0.9]

    assert right / len(asked) > 0.7
    assert sum(tool[0] == one["tool"] for one, tool in sure) / len(sure) > 0.9


def _filled(question: str, tool: str, *values: tuple[str, str], **spans: str) -> dict[str, object] | None:
    stand = tuple(Span(name, question.index(said), question.index(said) + len(said)) for name, said in spans.items())
    return filled(Taken(((tool, 1.0),), values, stand), tool, question, AROUND)


def test_words_come_from_the_network_and_values_from_the_question() -> None:
    args = _filled(
        "worst ten by takings at Harbor Point in October, in Produce",
        "sales_breakdown", ("by", "product"), ("metrics", "net_sales"), ("order", "bottom"), top="ten",
    )  # fmt: skip

    assert args == {
        "by": ["product"], "metrics": ["net_sales"], "order": "bottom", "top": 10, "stores": "Harbor Point",
        "department": "Produce", "period": "october",
    }  # fmt: skip


def test_the_later_of_two_spans_is_compared_with_the_other() -> None:
    args = _filled(
        "was yesterday any better than last friday", "compare_periods", period="yesterday", compare_to="last friday"
    )

    assert args == {"period": "yesterday", "compare_to": "last friday"}


def test_from_one_span_to_another_is_the_second_against_the_first() -> None:
    args = _filled("growth in units from August to September", "compare_periods", compare_to="August")

    assert args == {"period": "september", "compare_to": "august"}


def test_what_is_marked_goes_to_the_name_the_tool_has_for_it() -> None:
    assert _filled("costs up by over 10% at all", "price_changes", over="10%") == {"over_percent": 10.0}
    assert _filled("costs up by over 10 dollars", "price_changes", over="10") == {}
    falls = _filled("how do units go if the discount is raised by 5%", "price_elasticity", price_change_pct="5%")
    assert falls == {"price_change_pct": -5}
    brings = _filled("what lift would a 10% discount on bananas bring", "price_elasticity", product="bananas")
    assert brings == {"product": "bananas", "price_change_pct": -10}
    assert _filled("is 5% of price much", "price_elasticity", price_change_pct="5%") == {}
    assert _filled("the five best lines", "reorder_list", top="five") == {"limit": 5}


def test_a_department_is_one_there_is_or_one_that_the_network_sees() -> None:
    assert _filled("worst of the cheese wall", "top_products", department="cheese") == {"department": "cheese"}
    assert _filled("mix shift by department", "share_change", ("by", "department")) == {"by": "department"}


def test_a_department_that_begins_the_name_of_goods_is_a_part_of_it() -> None:
    """“Meat snacks” are not all of Meat, and no snacks but those."""
    assert plan("what meat snacks do we have", (), AROUND).calls == (("find_products", {"text": "meat snacks"}),)


def test_groups_that_are_named_by_no_sure_word_are_the_likeliest() -> None:
    unsure = Taken((("sales_breakdown", 1.0),), (), (), {"by": "age_band"})
    assert filled(unsure, "sales_breakdown", "which demographics spend", AROUND) == {"by": ["age_band"]}
    assert _filled("which ones spend", "sales_breakdown") is None


def test_of_a_single_product_its_stock_is_told_where_the_range_was_asked_about() -> None:
    decided = plan("Stock is low on bananas, what are my options?", (), AROUND)

    assert decided.calls[0][0] in {"stock_cover", "reorder_suggestions"}
    assert decided.calls[0][1]["product"] == "bananas"


def test_what_the_tool_does_not_take_is_left_out() -> None:
    assert _filled("late ones", "attendance", ("show", "nonsense"), ("by", "store")) == {}


def test_a_call_without_what_its_tool_needs_is_none() -> None:
    assert _filled("find me that thing", "find_products") is None


def test_an_amount_is_a_plain_number() -> None:
    assert _filled("who spent more than $1,200", "customers_by_spend", over="$1,200") == {"over": "1200"}


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("did the flyer earn its keep", "promotion_lift"),
        ("which promotions are destroying value", "promotion_lift"),
        ("how many folks strolled into our Harbor Point store last week?", "sales_summary"),
    ],
)
def test_a_question_in_words_no_reader_knows_is_answered_and_says_as_what(question: str, tool: str) -> None:
    decided = plan(question, (), AROUND)

    assert {name for name, _ in decided.calls} == {tool}
    assert "I took this as" in decided.opening


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("fast movers by category", "not split by category"),
        ("customer segments for oat milk", "“oat milk” is not taken into account"),
        ("payment mix for Deli last week", "“Deli” is not taken into account"),
        ("80th percentile of basket value", "“80th” is not taken into account"),
        ("stock that just sits there a year", "“a year” is not taken into account"),
        ("which orders arrive tomorrow", "“tomorrow” is not taken into account"),
        ("which promotions are destroying value", "I did not know “destroying”"),
    ],
)
def test_what_a_question_limits_and_its_call_does_not_carry_is_said(question: str, said: str) -> None:
    decided = plan(question, (), AROUND)

    assert decided.calls
    assert said in f"{decided.opening} {decided.text}"


@pytest.mark.parametrize(
    "question", ["new products at Harbor Point but not yet at Market Street", "net sales yesterday by moon phase"]
)
def test_what_leaves_something_out_or_is_not_likely_enough_is_refused_as_before(question: str) -> None:
    assert plan(question, (), AROUND) == by_rules(question, (), AROUND)


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("state of trade", "business_overview"),
        ("Mix shift by department, October against September", "share_change"),
        ("Comments on freshness of fish in October", "search_feedback"),
    ],
)
def test_a_plan_of_the_rules_gives_way_where_the_network_is_sure_of_another(question: str, tool: str) -> None:
    assert tool not in {name for name, _ in by_rules(question, (), AROUND).calls}
    assert [name for name, _ in plan(question, (), AROUND).calls] == [tool]


def test_a_reply_that_asks_back_stands() -> None:
    assert plan("Show seasonal trends for these products", (), AROUND).calls == ()


def test_words_taken_for_goods_that_are_none_are_read_again() -> None:
    asked = "Which promotions are effective vs. margin-killing?"

    assert any("product" in args for _, args in by_rules(asked, (), AROUND).calls)
    assert {name for name, _ in plan(asked, (), AROUND).calls} == {"promotion_lift"}
    assert not any("product" in args for _, args in plan(asked, (), AROUND).calls)


def test_what_the_rules_read_stays_as_they_read_it() -> None:
    """But for a few in a thousand, where the network is sure of another tool that tells nearly the same."""
    read = [case["q"] for case in CASES if case.get("expect") and "thread" not in case][::8]
    others = [one for one in read if plan(one, (), AROUND) != by_rules(one, (), AROUND)]

    assert len(others) * 150 <= len(read), others


def test_in_a_thread_the_network_has_to_be_surer() -> None:
    asked = "which promotions are destroying value"

    assert learned(asked, (), AROUND) is not None
    assert learned(asked, (), AROUND, least=1.1) is None


def test_a_store_that_is_not_there_is_asked_for_by_its_name() -> None:
    args = _filled("which ones went wrong at Riverside and Harbor Point", "exception_report", stores="Riverside")

    assert args == {"stores": "Harbor Point and Riverside"}


@pytest.mark.parametrize("question", ["asdf qwer zxcv", "write me a poem about the sea", "what do our rivals charge"])
def test_what_no_tool_answers_is_not_answered(question: str) -> None:
    assert learned(question, (), AROUND) is None


def test_a_name_that_the_rules_dropped_and_the_network_sees_is_not_lost() -> None:
    asked = "How much did customers save with loyalty discounts?"

    assert by_rules(asked, (), AROUND).calls == (("sales_summary", {"metrics": ["discounts"]}),)
    ((tool, args),) = plan(asked, (), AROUND).calls
    assert (tool, args["name"]) == ("discounts_used", "loyalty")


def test_what_joins_two_things_is_no_part_of_a_name() -> None:
    taken = plan("customers who buy wine and cheese", (), AROUND)

    assert taken.calls == (("both_in_basket", {"product": "wine", "with_product": "cheese"}),)
    assert "“wine and”" not in taken.opening


def test_a_rule_that_asks_a_tool_of_the_same_kind_is_not_overruled() -> None:
    asked = "cost of staffing the fourth quarter so far, monthly"

    assert network().take(asked).tools[0][0] == "sales_summary"
    assert plan(asked, (), AROUND) == by_rules(asked, (), AROUND)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who clocked in before 6am last week", "6am"),
        ("C items with the most stock value", "C"),
        ("c items with the most stock value", "c"),
    ],
)
def test_an_hour_and_a_class_of_the_range_limit_what_is_asked_for(question: str, said: str) -> None:
    found = left_out(("attendance", {"show": "worked"}), (), question, AROUND)
    assert found == [said]
    assert plan(question, (), AROUND) == by_rules(question, (), AROUND)


def test_a_size_that_is_carried_is_not_left_out() -> None:
    assert left_out(("sales_summary", {"product": "cola 12oz"}), (), "how did cola 12oz go", AROUND) == []


@pytest.mark.parametrize("question", ["overtime by week", "ot last month vs month before"])
def test_overtime_is_not_told_as_sales(question: str) -> None:
    assert plan(question, (), AROUND) == by_rules(question, (), AROUND)


def test_days_typed_short_are_days_in_what_a_question_is_taken_for() -> None:
    decided = plan("what flew off the shelves yday, in plain words", (), AROUND)

    assert [args.get("period") for _, args in decided.calls] == ["yesterday"], decided


def test_what_is_asked_for_beside_a_figure_and_not_told_is_named() -> None:
    said = plan("What is my payment mix for the last 30 days, including tips and failures?", (), AROUND).opening
    assert "“tips” and “failures” are not taken into account here" in said
    beside = plan("takings by shop last week including refunds", (), AROUND)
    told = "returns" in beside.calls[0][1]["metrics"]
    assert told != ("“refunds” is not taken into account here" in beside.opening)


def test_a_whole_question_is_read_in_a_thread_as_it_is_alone() -> None:
    before = (Call("sales_summary", {"period": "yesterday"}, {"text": "Done."}, "how did we do yesterday"),)
    asked = "Show me the purchase order history for last month"

    assert plan(asked, before, AROUND).calls == plan(asked, (), AROUND).calls == (
        ("purchase_orders", {"period": "last month"}),
    )  # fmt: skip


def test_a_short_reply_is_no_question_of_its_own() -> None:
    before = (Call("largest_discounts", {"period": "yesterday", "limit": 1}, {"text": "Done."}, "largest discount"),)
    asked = "who gave it?"

    assert network().take(asked).tools[0][0] == "stock_changes"
    assert plan(asked, before, AROUND) == by_rules(asked, before, AROUND)


def test_half_of_a_span_and_days_of_every_week_are_no_period() -> None:
    """“The next 7 days” has its number elsewhere, and “on Tuesdays” is no one day."""
    args = _filled("what will sell out in the next 7 days", "stockout_risk", within="7", until="next")
    assert args == {"within": 7}
    assert "period" not in (_filled("best customers on Tuesdays", "top_customers", period="on Tuesdays") or {})


def test_a_number_of_goods_is_no_sum_of_money() -> None:
    assert "budget" not in (_filled("order 2000 units at $25", "reorder_list", budget="2000") or {})
    assert _filled("what to order with 1500", "reorder_list", budget="1500") == {"budget": 1500}
    assert "over" not in (_filled("could 300 units go for $4", "shelf_prices", over="300") or {})
