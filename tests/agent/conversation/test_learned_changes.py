"""Changes in words that no rule reads: offered as the plain sentence for them, or told how to be said; never filed."""

from __future__ import annotations

import pytest

from agent.conversation.planner.learned import learned
from agent.conversation.planner.learned.changes import EXAMPLES, how_to_say, plain_sentence
from agent.conversation.planner.learned.network import network
from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.threads.remembered import Call
from tests.evals.test_planner_accuracy import AROUND
from tools.registry import catalogue


def test_a_change_in_words_no_rule_reads_is_told_how_to_be_said() -> None:
    decided = plan("don't keep stock on the self-serve coffee anymore", (), AROUND)

    assert decided.calls == ()
    assert decided.text == how_to_say("propose_product_change")


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("salmon to 8.99 at Maple Avenue", "change the price of salmon to 8.99 at Maple Avenue"),
        ("pencil Omar in for 5 December, 7:00-15:00", "put Omar on 5 December 7:00 to 15:00"),
        ("coffee filters up a nickel-ish, make them 2.05", "change the price of coffee filters to 2.05"),
        ("SKU 1106523 down 10% now", "mark down 1106523 by 10 %"),
        ("shut off the diaper deal now", "end the diaper promotion"),
        ("eggnog is back in, turn it on again", "put eggnog back on sale"),
    ],
)  # fmt: skip
def test_a_change_that_is_meant_is_offered_in_plain_words_and_filed_only_once_these_are_sent(
    message: str, sentence: str
) -> None:
    decided = plan(message, (), AROUND)

    assert (decided.calls, decided.offered) == ((), (sentence,))
    assert f"do you mean “{sentence}”?" in decided.text
    assert all(catalogue()[name].proposes for name, _ in plan(sentence, (), AROUND).calls)


def test_a_change_is_offered_in_a_thread_as_well_where_no_rule_reads_it_there() -> None:
    before = (Call("top_products", {"period": "last week"}, {"text": "Milk led."}, "top products last week"),)

    assert plan("#1106523 to 2.49", before, AROUND).offered == ("change the price of 1106523 to 2.49",)
    assert plan("and by store?", before, AROUND).calls


def test_a_plain_sentence_is_made_only_of_values_that_stand_in_the_message() -> None:
    made = {tool: plain_sentence(tool, {}, "up to 3 or 4 of them by 10 % or 20 %") for tool in EXAMPLES}

    assert set(made.values()) == {""}
    assert (
        plain_sentence("propose_shift", {"employee": "Hannah", "day": "Sunday", "start": "00", "end": "00"}, "") == ""
    )
    assert plain_sentence("propose_price_change", {"product": "ham", "price": "3"}, "ham 3, turkey 4") == ""
    assert plain_sentence("propose_price_change", {"product": "ham"}, "put ham up by 5 per cent") == (
        "raise the price of ham by 5 %"
    )


def test_what_a_rule_says_is_missing_stands_before_a_change_that_may_be_meant() -> None:
    decided = plan("Turn off the SPRING promo", (), AROUND)

    assert decided.text.startswith("I have no hand on devices")
    assert decided.offered == ("end the SPRING promotion",)


def test_a_change_is_never_filed_by_what_the_network_takes_it_for() -> None:
    taken = network().take("could we possibly shave a bit off the oat milk, say down to 3.49")

    assert catalogue()[taken.tools[0][0]].proposes
    assert learned("could we possibly shave a bit off the oat milk, say down to 3.49", (), AROUND) is None


@pytest.mark.parametrize(("tool", "example"), EXAMPLES.items())
def test_every_way_to_say_a_change_is_read(tool: str, example: str) -> None:
    assert [name for name, _ in by_rules(example, (), AROUND).calls] == [tool]


def test_there_is_a_way_to_say_every_change() -> None:
    assert set(EXAMPLES) == {name for name, spec in catalogue().items() if spec.proposes}
