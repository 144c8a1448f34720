"""The last room: what a question names and its plan has lost is put back, or named before the figures.

A reader knows the words of its own subject. What stands beside them, a second group, a number, the difference that is
sought, may be claimed by nobody and be gone, and the answer would be one to something else. So every plan is held
against its question once more: for groups and what is told of each (``groups``, ``put_back``, ``of_each``,
``each_row``, ``holding``), numbers and ids (``numbers``, ``ids``), the distance between two ends (``ends``), the end
and the figure of a ranking (``order``, ``extremes``, ``redemptions``), the other side of a part or of a comparison
(``contrast``, ``against``, ``two_stores``), growth that is told as a sum (``growth``), what is to be left out
(``negated``, ``changes``), shares (``shares``), goods (``goods``) and figures of any tool (``figures``,
``both_figures``). Figures of the sales are looked after by
``concepts/kept``, stores, days and other conditions by ``kept_conditions``.
"""

from __future__ import annotations

from collections.abc import Callable

from agent.conversation.planner.kept_conditions import is_no_figure
from agent.conversation.planner.lost.against import with_the_comparison, with_the_time_before
from agent.conversation.planner.lost.averages import with_averages
from agent.conversation.planner.lost.both_figures import with_both_figures
from agent.conversation.planner.lost.clauses import with_clauses, with_only
from agent.conversation.planner.lost.contrast import (
    with_and_without,
    with_both_kinds,
    with_the_other_side,
    with_the_whole_of_all,
)
from agent.conversation.planner.lost.each_row import with_each_row
from agent.conversation.planner.lost.ends import with_ends
from agent.conversation.planner.lost.extremes import with_extremes
from agent.conversation.planner.lost.figures import with_figures
from agent.conversation.planner.lost.goods import with_goods
from agent.conversation.planner.lost.growth import with_growth
from agent.conversation.planner.lost.holding import with_all_told
from agent.conversation.planner.lost.ids import with_ids
from agent.conversation.planner.lost.negated import with_negations
from agent.conversation.planner.lost.numbers import with_numbers
from agent.conversation.planner.lost.of_each import of_each
from agent.conversation.planner.lost.order import with_order, with_rank
from agent.conversation.planner.lost.put_back import with_groups
from agent.conversation.planner.lost.rates import with_rates
from agent.conversation.planner.lost.redemptions import with_redemptions_ranked
from agent.conversation.planner.lost.shares import with_shares
from agent.conversation.planner.lost.two_stores import with_all_stores, with_two_districts, with_two_stores
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.parts.both_ends import with_both_ends
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue


def with_nothing_lost(question: str, decided: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan:
    """The plan that tells all that its question names, or with the words for what it does not tell.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        around: the stores and departments there are.
        read: plans a question by itself.
    """
    if not decided.calls or any(_proposes(name) for name, _ in decided.calls):
        return decided
    decided = with_each_row(question, decided)
    if any(is_no_figure(name) for name, _ in decided.calls):
        decided = with_shares(question, with_negations(question, decided, read))
        decided = with_only(question, with_extremes(question, decided, read), read)
        decided = with_the_comparison(question, decided, around, read)
        return with_numbers(question, decided, around)
    decided = with_ids(question, decided)
    if not decided.calls:
        return decided
    decided = with_ends(question, with_the_time_before(question, decided), around)
    decided = with_the_other_side(question, with_goods(question, decided))
    decided = with_negations(question, with_both_figures(question, decided), read)
    if not decided.calls:
        return decided
    decided = with_extremes(question, with_the_comparison(question, decided, around, read), read)
    decided = with_figures(question, decided, around, read)
    decided = of_each(question, with_groups(question, decided, around), around)
    if any(args.get("each") for _, args in decided.calls):
        decided = with_both_ends(question, decided)
    decided = with_two_stores(question, with_redemptions_ranked(question, decided), around)
    decided = with_growth(question, with_two_districts(question, with_all_stores(question, decided, around), around))
    decided = with_rates(question, with_the_whole_of_all(question, with_only(question, decided, read)))
    decided = with_averages(
        question, with_clauses(question, with_both_kinds(question, with_and_without(question, decided)), read)
    )
    decided = with_rank(question, with_order(question, decided))
    return with_shares(question, with_numbers(question, with_all_told(question, decided), around))


def _proposes(name: str) -> bool:
    spec = catalogue().get(name)
    return spec is None or spec.proposes
