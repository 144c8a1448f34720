"""Where rules refuse or leave out and the network reads on: the refusal stands, and nothing said is dropped."""

from __future__ import annotations

import pytest

from agent.conversation.planner.learned import is_bare, learned
from agent.conversation.planner.plan import by_rules, plan
from tests.evals.test_planner_accuracy import AROUND


def test_what_is_refused_by_its_name_and_read_by_the_network_follows_the_refusal() -> None:
    asked = "Which store had the highest net profit in 2026?"
    assert by_rules(asked, (), AROUND).calls == ()

    decided = plan(asked, (), AROUND)
    assert decided.calls
    assert decided.opening.startswith(
        "Bank accounts, payouts, loans, invoices, rent and other expenses are not in the data I am given, so no profit"
        " after all costs either.\nI took this as: "
    )


@pytest.mark.parametrize("said", ["only Harbor Point", "yesterday", "and Harbor Point last week", "just Harbor Point"])
def test_a_message_that_only_names_stores_or_days_is_nothing_to_the_network(said: str) -> None:
    assert is_bare(said, AROUND)
    assert learned(said, (), AROUND) is None
    assert not is_bare(f"voids at {said}", AROUND)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("On average, which gender lives furthest from store?", "is not in the data I am given"),
        ("who are our worst customers", "listed from the top only"),
        ("bottom 10 customers", "listed from the top only"),
    ],
)
def test_a_refusal_stands_where_the_network_would_tell_it_by_something_else(said: str, sentence: str) -> None:
    decided = plan(said, (), AROUND)
    assert not decided.calls
    assert sentence in decided.text


def test_that_something_is_in_no_data_is_told_however_sure_the_network_is() -> None:
    decided = plan("what's about to go bad", (), AROUND)
    assert decided.opening.startswith("Expiry and best-before dates are not in the data")


def test_what_will_be_is_not_told_by_days_that_are_over() -> None:
    for question in ("will saturday be better than last saturday", "will next week be busier than this week"):
        assert [name for name, _ in plan(question, (), AROUND).calls] == ["sales_outlook"]


def test_hours_that_an_outlook_does_not_know_are_not_dropped_for_it() -> None:
    decided = plan("forecast deli sales for Saturday afternoon", (), AROUND)
    assert decided.calls == by_rules("forecast deli sales for Saturday afternoon", (), AROUND).calls
    assert {"dimension": "hour", "values": ["12-17"]} in decided.calls[0][1]["where"]


def test_an_article_is_no_span_of_time() -> None:
    for _, args in plan("How did sales perform during the holiday season?", (), AROUND).calls:
        assert args.get("period") != "the"
