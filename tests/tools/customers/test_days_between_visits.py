"""Days between visits: the gaps from one day with a visit to the next, against those of the planted visits."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from tests.tools.customers.conftest import FIRST, LAST, People
from tools.registry import run_tool

SPAN = f"{FIRST} to {LAST}"


def test_days_before_the_data_begins_are_no_days_between_visits(people: People) -> None:
    known, longer = (
        run_tool("customer_visits", {"period": span}, people.asker()).text for span in (SPAN, f"2025-01-01 to {LAST}")
    )
    assert "From one visit to the next" in known
    assert known.split("From one visit to the next")[1] == longer.split("From one visit to the next")[1]


def test_days_between_visits_are_those_between_two_days_with_one(people: People) -> None:
    """Casual customers come every fourth week, loyal ones four and three days apart; who came once has no gap."""
    days: dict[str, set[date]] = {}
    for one in people.known():
        if one.key and one.kind == "sale" and one.store == "S01":
            days.setdefault(one.key, set()).add(one.on)
    gaps = [(later - earlier).days for own in days.values() for earlier, later in itertools.pairwise(sorted(own))]
    asked = {"period": SPAN, "rank_by": "gap"}
    found = run_tool("customer_visits", asked, people.asker())
    shown = next(one.value for one in found.figures if one.metric == "days_between_visits")
    assert shown == f"{sum(gaps) / len(gaps):.1f}"
    assert found.headline.startswith(f"{shown} days between visits on average")
    assert f"{len(gaps):,} gaps of" in found.headline
    assert any("several visits on a day are one" in caveat for caveat in found.caveats)
    one_day = run_tool("customer_visits", {**asked, "period": (LAST - timedelta(days=1)).isoformat()}, people.asker())
    assert one_day.headline.startswith("Fewer than 5 known customers came on two days or more")
