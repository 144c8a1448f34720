"""A refusal names words that were said; where every word is known, it says that nothing tells them together."""

from __future__ import annotations

from agent.conversation.planner.outcome import not_understood
from agent.conversation.planner.wording.not_known import naming
from tests.evals.test_planner_accuracy import AROUND


def test_a_word_that_was_not_said_is_not_named() -> None:
    refused = naming("what do our best shoppers fancy", not_understood("units"), AROUND)
    assert "“units”" not in refused.text
    assert refused.unread


def test_words_that_nothing_knows_are_named_instead() -> None:
    refused = naming("frobnicate the sales", not_understood("units"), AROUND)
    assert refused.text == not_understood("frobnicate").text


def test_known_words_that_no_figure_tells_together() -> None:
    refused = naming("customers and promotions by weekday", not_understood("units"), AROUND)
    assert refused.text.startswith("I know what “customers” and “promotions” and “weekday” are, but nothing")


def test_what_was_said_stays_named_and_other_refusals_stay() -> None:
    said = not_understood("Hypermarket")
    assert naming("sales of Hypermarket", said, AROUND) == said
    assert (
        naming("sales", not_understood("80th percentile; known are the 25th and 50th"), AROUND).text.count("25th") == 1
    )
