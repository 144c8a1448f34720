"""A question for what no source brings names what is missing, however it is asked."""

from __future__ import annotations

import pytest

from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, words_of
from agent.conversation.planner.plan import plan
from agent.conversation.planner.unrecorded.nouns import instead_of, missing, noun_of_the_missing
from tests.evals.test_planner_accuracy import AROUND

_WAYS = ("how many {} last week", "{} by store", "which store has the most {}")


@pytest.mark.parametrize(
    ("noun", "subject"),
    [
        ("push notifications", "website or in an app"),
        ("missed promises", "promised to a customer"),
        ("delivery drivers", "Deliveries to customers"),
        ("unsubscribes", "e-mail and social media"),
        ("service tickets", "Warranties, repairs"),
        ("chargebacks", "Bank accounts, invoices"),
        ("mystery shops", "Audits"),
        ("loyalty tiers", "Points, tiers"),
    ],
)
@pytest.mark.parametrize("way", _WAYS)
def test_what_is_missing_is_named(noun: str, subject: str, way: str) -> None:
    decided = plan(way.format(noun), (), AROUND)
    assert decided.calls == ()
    assert subject in decided.text or "not in the data I am given" in decided.text
    assert "I did not understand" not in decided.text


@pytest.mark.parametrize(
    "asked", ["Which drivers explain the drop in margin?", "sales of baking ingredients last week"]
)
def test_words_that_mean_something_held_are_no_such_nouns(asked: str) -> None:
    assert plan(asked, (), AROUND).calls


def test_a_plan_that_carries_the_noun_is_kept() -> None:
    task = plan("Create a task to check the fridge temperature at Harbor Point", (), AROUND)
    assert [name for name, _ in task.calls] == ["propose_store_task"]
    taken = plan("sales of Wishlist last week", (), AROUND)
    assert instead_of(taken, "sales of Wishlist last week") is None


def test_no_noun_is_also_a_figure_or_group() -> None:
    both = [
        phrase for phrase in ("queue times", "occupancy", "shipping costs", "chargebacks", "newsletter", "appointments")
        if any(one.words == phrase and (one.named(FIGURES) or one.named(GROUPS)) for one in words_of(phrase))
    ]  # fmt: skip
    assert both == []
    assert noun_of_the_missing("sales by store last week") is None
    assert missing("net sales yesterday") is None


@pytest.mark.parametrize(
    "asked",
    [
        "how many shoppers are currently in the store?",
        "how many people are inside the shop right now?",
        "how crowded is the store at the moment?",
    ],
)
def test_who_is_inside_now_is_not_known(asked: str) -> None:
    decided = plan(asked, (), AROUND)
    assert decided.calls == ()
    assert "inside at a moment is not counted" in decided.text


@pytest.mark.parametrize(
    ("asked", "args"),
    [
        ("Which promo codes dropped in usage recently?", {"by": "code"}),
        ("Break down last month's revenue by specific voucher codes.", {"by": "code", "period": "last month"}),
        (
            "orders over $100 at Harbor Point that used the code SUMMER20",
            {"name": "SUMMER20", "stores": "Harbor Point"},
        ),
    ],
)
def test_of_codes_it_is_told_what_is_recorded(asked: str, args: dict[str, str]) -> None:
    decided = plan(asked, (), AROUND)
    assert decided.calls == (("discounts_used", args),)
    assert "and no more" in decided.opening
