"""Behind payments, targets, feedback and outlooks: what is told of those, and what is not recorded."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.not_given import NOTHING_ABOVE
from agent.conversation.planner.threads.next_message.payments import NOTHING_SAVED
from agent.conversation.planner.threads.next_message.targets import NO_OTHER_TARGET, NO_TARGETS
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.tenders import NOT_BY_CARD
from agent.conversation.planner.unrecorded.further import WHO_SET_TARGETS
from agent.conversation.planner.unrecorded.not_kept import TILL_SPEED
from tests.support.threads import AROUND, Found, calls_after, reply_behind

FEES = {"show": "fees", "stores": "Harbor Point"}
TARGETS = {"behind_only": True}
NONE = {"error": "No targets are recorded."}
OFF: dict[str, Any] = {"period": "last week", "by": "department"}


def said(question: str, name: str, args: dict[str, Any], document: dict[str, Any] | None = None) -> str:
    told = reply_behind(question, name, args, document)
    assert not told.tool_calls
    return str(told.text)


@pytest.mark.parametrize(
    "question", ["which type costs the most", "what's the most expensive one", "which is cheapest"]
)
def test_which_payment_costs_the_most_is_its_fees(question: str) -> None:
    assert calls_after(question, "tender_mix", FEES) == [("tender_mix", FEES)]


@pytest.mark.parametrize("question", ["is amex growing", "are debit cards going up", "is visa share falling"])
def test_whether_a_card_grows_is_told_of_all_cards_by_month(question: str) -> None:
    told = reply_behind(question, "tender_mix", FEES)
    ((name, args),) = [(one["name"], one["args"]) for one in told.tool_calls]
    assert (name, args) == ("tender_mix", {"stores": "Harbor Point", "period": "last 6 months", "by": "month"})
    assert told.response_metadata["opening"] == NOT_BY_CARD


@pytest.mark.parametrize("question", ["is cash dying out", "which ones went up", "is card still growing"])
def test_whether_a_payment_grows_is_by_month(question: str) -> None:
    ((_, args),) = calls_after(question, "tender_mix", FEES)
    assert (args["by"], args["period"]) == ("month", "last 6 months")


@pytest.mark.parametrize(
    "question", ["if 10% went to debit instead, how much saved", "how much would we save with more cash"]
)
def test_what_another_mix_would_save_is_not_reckoned(question: str) -> None:
    assert said(question, "tender_mix", FEES) == NOTHING_SAVED


def test_cards_are_one() -> None:
    told = reply_behind("credit or debit mostly", "tender_mix", FEES)
    assert told.response_metadata["opening"] == NOT_BY_CARD


@pytest.mark.parametrize("question", ["is dairy growing", "which store costs the most", "by store please"])
def test_other_messages_behind_payments_are_read_as_ever(question: str) -> None:
    assert all(args.get("by") != "month" for _, args in calls_after(question, "tender_mix", FEES))


@pytest.mark.parametrize(
    "question", ["who set Harbor Point's that high", "who decided on these", "how were they worked out"]
)
def test_who_set_the_targets(question: str) -> None:
    assert said(question, "target_progress", TARGETS, NONE) == WHO_SET_TARGETS
    assert said(question, "target_progress", TARGETS) == WHO_SET_TARGETS


@pytest.mark.parametrize(
    "question", ["gimme the gap per week", "by how much did they miss it", "would Maple Avenue have hit it"]
)
def test_without_targets_nothing_is_held_against_one(question: str) -> None:
    assert said(question, "target_progress", TARGETS, NONE) == NO_TARGETS


def test_what_they_sold_a_week_and_another_target() -> None:
    before = (Call("target_progress", TARGETS, NONE, "which stores missed target 3 weeks in a row"),)
    made = plan("what did they do in those weeks on average", before, AROUND).calls
    assert made == (("sales_rates", {"per": "week", "period": "last 3 weeks", "by": "store"}),)
    asked = "if it was the same target as Market Street's would they have made it"
    assert said(asked, "sales_rates", {"per": "week", "by": "store"}) == NO_OTHER_TARGET


@pytest.mark.parametrize("question", ["older customers mainly?", "mostly women", "is it mainly older people"])
def test_whose_feedback_it_is_hangs_on_an_answer_without_any(question: str) -> None:
    assert said(question, "feedback_themes", {"period": "since october"}, {"error": "None."}) == NOTHING_ABOVE


def test_speed_at_the_tills_is_not_recorded() -> None:
    asked = "ok and are we any faster at least"
    assert said(asked, "feedback_themes", {"period": "since october"}, {"error": "None."}) == TILL_SPEED
    assert plan("what if we bake 20% less bread", (), AROUND).calls == ()


def off(question: str, args: dict[str, Any] = OFF) -> Found:
    return calls_after(question, "outlook_accuracy", args)


@pytest.mark.parametrize("question", ["deli 30% off is not ok", "deli that far off?", "produce way off again"])
def test_a_department_that_was_far_off_is_no_price(question: str) -> None:
    part = "Produce" if "produce" in question else "Deli"
    assert off(question) == [("outlook_accuracy", {"period": "last week", "department": part})]


def test_which_way_and_whether_always() -> None:
    deli = {"period": "last week", "department": "Deli"}
    assert off("too high or too low", deli) == [("outlook_accuracy", deli)]
    assert off("which way", deli) == [("outlook_accuracy", deli)]
    assert off("is it always too high there", deli) == [("outlook_accuracy", {**deli, "period": "last 8 weeks"})]
    assert off("every week?", deli) == [("outlook_accuracy", {**deli, "period": "last 8 weeks"})]
    assert off("is produce always that far off") == [
        ("outlook_accuracy", {"period": "last 8 weeks", "department": "Produce"})
    ]
    assert all(name != "outlook_accuracy" for name, _ in off("take 10% off deli"))
