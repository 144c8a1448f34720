"""How something is done: with floorwalker in a sentence, or by hand, of which no data says anything."""

from __future__ import annotations

import pytest

from agent.conversation.planner.learned.changes import EXAMPLES
from agent.conversation.planner.plan import by_rules
from agent.conversation.planner.refused.how_to import APPROVE, EXPORT, NOT_EXPLAINED, SAY_IT
from tests.evals.test_planner_accuracy import AROUND

HANDS_ON_DEVICES = "I repair nothing and have no hand on devices."


@pytest.mark.parametrize(
    "asked",
    [
        "How do I connect a thermal printer?",
        "how do i add a new cashier to my till",
        "hi, can you tell me how to reprint a receipt",
        "how do I request a price override at checkout",
        "How do I edit an existing planogram?",
        "what's the closing procedure",
        "how to void a sale",
        "how does a cashier close out the register",
        "what's the right way to count down a drawer",
        "how do I reset my password",
        "How do I split a bill between multiple customers?",
        "how should we handle a damaged delivery",
        "How do I partner with Asset Protection?",
    ],
)
def test_what_is_done_by_hand_is_said_to_be_in_no_data_and_never_looked_up_as_goods(asked: str) -> None:
    decided = by_rules(asked, (), AROUND)

    assert (decided.calls, decided.text) == ((), NOT_EXPLAINED)


@pytest.mark.parametrize(
    ("asked", "tool"),
    [
        ("how do I change the price of milk", "propose_price_change"),
        ("how do I mark something down", "propose_price_change"),
        ("how do I create a task", "propose_store_task"),
        ("how do I move a shift", "propose_shift"),
        ("how can I move stock to another store", "propose_transfer"),
        ("how do we correct the stock of an item", "propose_stock_count"),
        ("how do I set up a promotion", "propose_promotion"),
        ("how to write off waste", "propose_stock_adjustment"),
        ("how do I place a purchase order", "propose_purchase_order"),
    ],
)
def test_what_a_proposal_does_is_shown_in_a_sentence_that_the_rules_read(asked: str, tool: str) -> None:
    decided = by_rules(asked, (), AROUND)

    assert (decided.calls, decided.text) == ((), SAY_IT.format(example=EXAMPLES[tool]))
    assert [name for name, _ in by_rules(EXAMPLES[tool], (), AROUND).calls] == [tool]


def test_approving_and_files_have_words_of_their_own() -> None:
    assert by_rules("how do I approve a price change", (), AROUND).text == APPROVE
    assert by_rules("how do I undo a change", (), AROUND).text == APPROVE
    assert by_rules("how do I export my sales to excel", (), AROUND).text == EXPORT
    assert by_rules("how do I back up my sales data", (), AROUND).text == EXPORT


@pytest.mark.parametrize(
    ("asked", "tool"),
    [
        ("how do I see last week's sales", "sales_summary"),
        ("how do we reduce waste", "shrink_and_waste"),
        ("how can I increase sales", "business_overview"),
        ("how do I order more oat milk", "reorder_suggestions"),
        ("how do we get more customers in", "customers_at_risk"),
        ("what is the process cheese selling", "sales_summary"),
        ("how do promotions change sales", "promotion_lift"),
    ],
)
def test_how_a_figure_is_seen_or_made_better_stays_a_question_of_figures(asked: str, tool: str) -> None:
    assert by_rules(asked, (), AROUND).calls[0][0] == tool


@pytest.mark.parametrize(
    "asked",
    ["the scanner isn't working", "card reader won't connect", "why is an item not showing on the POS?",
     "register 3 is down", "the freezer broke at Harbor Point", "why isn't the barcode scanning"],
)  # fmt: skip
def test_a_device_that_fails_is_nothing_that_figures_can_mend(asked: str) -> None:
    decided = by_rules(asked, (), AROUND)

    assert not decided.calls
    assert decided.text.startswith(HANDS_ON_DEVICES)


@pytest.mark.parametrize("asked", ["do paper towels hold 3 days of supply", "why is the product not selling"])
def test_stock_that_holds_and_goods_that_do_not_sell_are_no_rules_and_no_devices(asked: str) -> None:
    decided = by_rules(asked, (), AROUND)

    assert not decided.text.startswith((HANDS_ON_DEVICES, "I know no policies"))
