"""What a short message next to an answer asks of the goods, offers, customers or orders that the answer is about.

Each reader takes a whole message or nothing, and only after the answers it names; every other message is read as any.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.refused.boundaries import small_talk
from agent.conversation.planner.threads.next_message import (
    about_goods,
    baskets,
    cleared,
    coupons,
    customers,
    elsewhere,
    extremes,
    goods,
    in_stock,
    kinds_of_it,
    left_out,
    lifts,
    listing,
    not_given,
    nth_row,
    offers,
    on_duty,
    one_store,
    orders,
    other_days,
    payments,
    ran_out,
    rows,
    targets,
    told_aloud,
    which_store,
)
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import Surroundings

_AFTER_NONE = (
    targets.read, payments.read, kinds_of_it.read, ran_out.read, left_out.read, offers.after_none, in_stock.read,
    not_given.read, elsewhere.read, other_days.read,
)  # fmt: skip
_READERS = (
    targets.read, payments.read, one_store.read, kinds_of_it.read, ran_out.read, about_goods.read, on_duty.read,
    coupons.read, baskets.read, extremes.read, told_aloud.read, left_out.read, nth_row.read, rows.read, customers.read,
    lifts.read, offers.read, orders.read, in_stock.read, not_given.read, which_store.read, cleared.read, goods.read,
    elsewhere.read, listing.read, other_days.read,
)  # fmt: skip


def read(question: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The plan for such a message; None for every other, and where nothing was answered before."""
    plain = tidy(question).lower().strip()
    if previous and (lacking := orders.without_a_change(plain, previous, around)) is not None:
        return lacking
    if not previous or (previous[-1].document.get("options") and previous[-1].name.startswith("propose_")):
        return None
    if previous[-1].document.get("options"):
        return orders.read(plain, previous, around)
    if previous[-1].failed:  # the same with another part of the range, or the days before those that are not known
        return next((one for read_it in _AFTER_NONE if (one := read_it(plain, previous, around)) is not None), None)
    if (thanks := small_talk(plain)) is not None:  # before “it” of “that explains it” is given a name
        return Plan(text=thanks)
    for reader in _READERS:
        found = reader(plain, previous, around)
        if found is not None:
            return found
    return None
