"""Changes asked for with a part missing, amounts as conditions, and what these must not claim."""

from __future__ import annotations

import pytest

from agent.conversation.grounding import ungrounded_numbers
from agent.conversation.planner.plan import plan
from agent.conversation.planner.topics import advice, incomplete_words, outlook
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Produce"),
)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("transfer avocados to Harbor Point", "how many pieces and from which store"),
        ("move stock from Market Street to Harbor Point", "how many pieces and of which product"),
        ("put bananas on sale", "mark down bananas by ten per cent"),
        ("adjust the stock of cheese", "the number of pieces"),
        ("run a sale on produce", "how many per cent"),
        ("end all promotions", "one promotion at a time"),
        ("schedule a price change for Friday", "cannot be scheduled to begin later"),
        ("schedule Sam for Saturday", "from when to when"),
        ("create a task", "what is to be done"),
        ("assign task 12 to Maria", "cannot reassign"),
        ("create a BOGO on chips", "buy-one-get-one"),
        ("create a discount code for 10% off", "codes, coupons"),
        ("add a new product called Oat Latte for $5", "cannot add"),
        ("email my top customers a 10% offer", "cannot send messages"),
        ("create a customer segment of people who spent over $500", "cannot define segments"),
    ],
)
def test_what_is_missing_or_impossible_is_said_by_name(said: str, missing: str) -> None:
    decided = plan(said, (), AROUND)
    assert decided.calls == ()
    assert missing in decided.text
    assert decided.text.endswith("Nothing was filed.")


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("order more oat milk", ("reorder_suggestions", {"product": "oat milk"})),
        ("create a purchase order for milk", ("reorder_list", {"department": "milk"})),
        ("reorder low stock items at Harbor Point", ("reorder_list", {"stores": "Harbor Point"})),
        ("draft a purchase order for my top 10 sellers", ("fast_movers", {"limit": 10})),
    ],
)
def test_an_order_without_a_number_shows_what_to_order_and_says_what_it_lacks(said: str, call: object) -> None:
    decided = plan(said, (), AROUND)
    assert decided.calls == (call,)
    assert "name how many" in decided.text


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("order 12 oat milk for Harbor Point by Friday", "propose_purchase_order"),
        ("move 10 oat milk from Market Street to Harbor Point", "propose_transfer"),
        ("mark down oat milk by ten per cent until Sunday", "propose_price_change"),
        ("create a promotion of ten per cent off ice cream until Sunday", "propose_promotion"),
        ("create a 20% off promotion for ice cream this weekend", "propose_promotion"),
        ("set the stock of oat milk to 12 at Harbor Point", "propose_stock_count"),
        ("create a task for Jordan to clean the freezer at Harbor Point by tomorrow", "propose_store_task"),
        ("assign a task to Jordan to clean the freezer by tomorrow", "propose_store_task"),
        ("report a broken freezer at Harbor Point", "propose_store_task"),
        ("stop selling oat milk at Harbor Point", "propose_product_change"),
        ("orders last week", "sales_summary"),
    ],
)
def test_what_is_complete_is_filed_and_the_examples_given_are_complete(said: str, tool: str) -> None:
    assert [name for name, _ in plan(said, (), AROUND).calls] == [tool]


@pytest.mark.parametrize(
    ("question", "args"),
    [
        (
            "which stores had more than 100 transactions yesterday",
            {"each": "store", "metric": "transactions", "over": "100", "period": "yesterday"},
        ),
        (
            "how many days did we do over $15,000 last month at Harbor Point",
            {"each": "day", "metric": "net_sales", "over": "15000", "stores": "Harbor Point", "period": "last month"},
        ),
        (
            "which departments made between $100 and $500 last week",
            {"each": "department", "metric": "net_sales", "at_least": "100", "at_most": "500", "period": "last week"},
        ),
        (
            "stores with margin below 28% last month",
            {"each": "store", "metric": "gross_margin_pct", "under": "28", "period": "last month"},
        ),
        (
            "which products sold more than 100 units last week",
            {"each": "product", "metric": "units", "over": "100", "period": "last week"},
        ),
    ],
)
def test_groups_over_an_amount(question: str, args: dict[str, str]) -> None:
    assert plan(question, (), AROUND).calls == (("count_over_amount", args),)


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("transactions between $50 and $100 yesterday", {"at_least": "50", "at_most": "100", "period": "yesterday"}),
        ("how many stores had no transaction over $500", {"over": "500", "by": "store"}),
    ],
)
def test_transactions_within_amounts(question: str, args: dict[str, str]) -> None:
    assert plan(question, (), AROUND).calls == (("largest_transactions", args),)


def test_more_than_two_stores_is_a_condition_on_customers() -> None:
    decided = plan("how many customers shopped at more than 2 stores", (), AROUND).calls
    assert decided == (("customers_across_stores", {"at_least": 3}),)


@pytest.mark.parametrize("question", ["which products are sold in more than 3 stores", "which stores sold the most"])
def test_other_numbers_are_not_amounts(question: str) -> None:
    assert "count_over_amount" not in {name for name, _ in plan(question, (), AROUND).calls}


def test_no_fixed_sentence_holds_a_number_that_no_tool_returned() -> None:
    """Such a sentence would be taken back as ungrounded, and the person told nothing."""
    texts = [value for module in (incomplete_words, outlook, advice) for value in vars(module).values()]
    sentences = [text for text in texts if isinstance(text, str) and len(text.split()) > 5]
    assert len(sentences) > 20
    assert {text: found for text in sentences if (found := ungrounded_numbers(text, []))} == {}
