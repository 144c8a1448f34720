"""A department that is called like what a tool is about is not said to be left out of its answer."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Coupon", "Deli", "Gift Cards", "Produce"),
)


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("Which month had the most coupon redemptions", "redemptions_over_time"),
        ("Average spend of coupon users vs non-users", "redeemers_compared"),
        ("Which coupons were never used", "campaign_facts"),
        ("How many households never redeemed a coupon", "campaign_facts"),
        ("Coupon redemption rate by campaign", "coupon_redemption"),
        ("How many gift cards did we sell", "gift_cards"),
    ],
)
def test_a_subject_is_no_department_left_out(question: str, tool: str) -> None:
    decided = plan(question, (), AROUND)
    assert [name for name, _ in decided.calls] == [tool]
    assert "is left out here" not in decided.text


def test_another_department_is_not_passed_over_in_silence() -> None:
    decided = plan("Average spend of coupon users vs non-users in Produce", (), AROUND)
    assert "“Produce”" in f"{decided.text} {decided.opening}"
