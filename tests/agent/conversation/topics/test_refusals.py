"""Refusals: what they catch, what they leave alone, and that their sentences pass for words without figures."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plain_questions import intents
from agent.conversation.planner.refused import refusals
from agent.conversation.planner.rewording.trade import in_house_words
from agent.conversation.planner.topics import vague

SENTENCES = [
    (module.__name__, name, value)
    for module in (refusals, vague, intents)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
]


@pytest.mark.parametrize(("module", "name", "sentence"), SENTENCES, ids=[f"{one[0]}.{one[1]}" for one in SENTENCES])
def test_a_refusal_names_no_number_that_could_be_taken_for_a_figure(module: str, name: str, sentence: str) -> None:
    assert not any(character.isdigit() for character in sentence), f"{module}.{name}"


@pytest.mark.parametrize(
    "question",
    [
        "Net sales last week",
        "set the price of coffee to $2.99 because it expires soon",
        "labour cost % by store last week",
        "wages as a percent of sales",
        "How much did we sell yesterday?",
        "how much did the store make on Sunday",
        "customer reviews last month",
        "promote oat milk next week",
        "Which products are out of stock?",
        "What should I order from Hudson Dry Goods?",
        "How many people were on duty by hour yesterday?",
        "complaints about long queues",
        "top 10 customers",
        "which customers are spending more over time",
        "store performance review",
        "average transaction value of households of 4 people",
        "Which coupons expire this month?",
        "order status of supplier SUP1",
    ],
)
def test_ordinary_questions_are_not_refused(question: str) -> None:
    assert refusals.read(question) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("AUR this month vs last", "average price this month vs last month"),
        ("Which category grew most from May to June?", "Which category grew most in June compared to May?"),
        ("sales from May to June", "sales from May to June"),
        ("margin year-to-date", "margin year to date"),
        ("weekly sales for Oak and Elm side by side", "sales by store and week for Oak and Elm"),
        ("which store had the best weekend", "which store had the best sales last weekend"),
        ("net sales last week", "net sales last week"),
    ],
)
def test_house_words_keep_every_condition(said: str, meant: str) -> None:
    assert in_house_words(said) == meant
