"""Readers of a question as it was said, before titles, near rows and rewordings put it into plainer words.

What puts a question into plainer words may lose how many are asked for, which end of a list, or by which figure. A
reader here takes all of that and is strict: a word it does not know ends its reading, and the question goes its usual
way.
"""

from __future__ import annotations

from agent.conversation.planner.kept_conditions import with_conditions
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.topics import shifts
from agent.conversation.planner.whole import (
    baseline,
    best_customers,
    bounded_groups,
    check_and_order,
    closed_early,
    coupon_sales,
    displayed_sales,
    everything,
    extreme_changes,
    few_make_most,
    figures_of_best_sellers,
    figures_of_each,
    groups_by_change,
    hit_the_month,
    hours_by_job,
    hours_by_person,
    hours_of_one,
    households,
    kinds_on_days,
    label_mix,
    label_of_two,
    largest_lines,
    lift_change,
    lift_order,
    overtime,
    pack_sizes,
    price_advice,
    range_by_store,
    recorded_but_gone,
    sales_of_one,
    side_by_side,
    spent_and_away,
    step_growth,
    stock_of_best_sellers,
    supposed,
    tail_of_range,
    unit_margin,
    unusual_days,
    wet_days,
)
from agent.conversation.surroundings import Surroundings

_READERS = (
    shifts.at_two_stores,
    everything.read,
    check_and_order.read,
    closed_early.read,
    wet_days.read,
    price_advice.read,
    range_by_store.read,
    recorded_but_gone.read,
    unit_margin.read,
    extreme_changes.read,
    label_of_two.read,
    side_by_side.read,
    groups_by_change.read,
    hours_by_job.read,
    hours_by_person.read,
    hours_of_one.read,
    overtime.read,
    sales_of_one.read,
    largest_lines.read,
    spent_and_away.read,
    baseline.read,
    lift_order.read,
    lift_change.read,
    step_growth.read,
    tail_of_range.read,
    few_make_most.read,
    stock_of_best_sellers.read,
    figures_of_best_sellers.read,
    supposed.read,
    hit_the_month.read,
    bounded_groups.read,
    coupon_sales.read,
    pack_sizes.read,
    kinds_on_days.read,
    households.read,
    figures_of_each.read,
    displayed_sales.read,
    label_mix.read,
    best_customers.read,
    unusual_days.read,
)


def read_whole(text: str, around: Surroundings) -> Plan | None:
    """The plan of the first reader that understands every word; None where none does."""
    if '"' in text:
        return None
    for read in _READERS:
        if (found := read(text, around)) is not None:
            return with_conditions(text, found, around, lambda _: Plan())
    return None
