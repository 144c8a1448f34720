"""The last room: what a question names and its plan has lost is put back, or named before the figures.

A reader knows the words of its own subject. What stands beside them, a second group, a number, the difference that is
sought, may be claimed by nobody and be gone, and the answer would be one to something else. So every plan is held
against its question once more: for groups and what is told of each (``groups``, ``put_back``, ``of_each``), numbers
and ids (``numbers``, ``ids``), the distance between two ends (``ends``), the end and the figure of a ranking
(``order``), the other side of a part (``contrast``), goods (``goods``) and figures of any tool (``figures``). Figures
of the sales are looked after by ``concepts/kept``, stores, days and other conditions by ``kept_conditions``.
"""

from __future__ import annotations

from collections.abc import Callable

from agent.conversation.planner.kept_conditions import is_no_figure
from agent.conversation.planner.lost.contrast import with_the_other_side
from agent.conversation.planner.lost.ends import with_ends
from agent.conversation.planner.lost.figures import with_figures
from agent.conversation.planner.lost.goods import with_goods
from agent.conversation.planner.lost.ids import with_ids
from agent.conversation.planner.lost.numbers import with_numbers
from agent.conversation.planner.lost.of_each import of_each
from agent.conversation.planner.lost.order import with_order, with_rank
from agent.conversation.planner.lost.put_back import with_groups
from agent.conversation.planner.outcome import Plan
from agent.conversation.surroundings import Surroundings


def with_nothing_lost(question: str, decided: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan:
    """The plan that tells all that its question names, or with the words for what it does not tell.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        around: the stores and departments there are.
        read: plans a question by itself.
    """
    if not decided.calls or any(is_no_figure(name) for name, _ in decided.calls):
        return decided
    decided = with_ids(question, decided)
    if not decided.calls:
        return decided
    decided = with_ends(question, decided, around)
    decided = with_the_other_side(question, with_goods(question, decided))
    decided = with_figures(question, decided, around, read)
    decided = of_each(question, with_groups(question, decided, around), around)
    return with_numbers(question, with_rank(question, with_order(question, decided)), around)
