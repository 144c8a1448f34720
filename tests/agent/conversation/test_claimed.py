"""What a question about a change takes for granted goes along with its explanation."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.kept.claimed import claimed
from agent.conversation.planner.plan import plan
from tests.evals.test_planner_accuracy import AROUND


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Why were sales down last week?", {"claim": "down"}),
        ("Why did sales drop 12% last week?", {"claim": "down", "claim_percent": 12}),
        ("What drove the 8.5 per cent growth in October?", {"claim": "up", "claim_percent": 8.5}),
        ("why is Produce spiking by +145%", {"claim": "up", "claim_percent": 145}),
        ("Why are sales down when traffic is up?", {}),
        ("Why are we not up on last year?", {}),
        ("Can you break down why sales changed?", {}),
        ("Why did sales fall from 12% to 8%?", {"claim": "down"}),
        ("why did margin change", {}),
    ],
)
def test_the_way_and_the_size_are_taken_where_they_are_plain(question: str, claim: dict[str, Any]) -> None:
    assert claimed(question) == claim


def test_it_stands_beside_the_only_explanation() -> None:
    [(name, args)] = plan("Why did sales drop 12% last week?", (), AROUND).calls
    assert (name, args) == ("explain_change", {"period": "last week", "claim": "down", "claim_percent": 12})
    assert all("claim" not in args for _, args in plan("How much did sales drop last week?", (), AROUND).calls)
