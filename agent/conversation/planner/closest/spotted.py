"""Plain questions of what a question names, where its other words are not understood.

“Which payment method do customers predominantly favor?” names transactions by payment method whatever “favor” says.
They are for offering, not for answering: what the other words ask for is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.concepts.bag import MOVES, Bag, bags
from agent.conversation.planner.concepts.held import held
from agent.conversation.planner.concepts.lexicon import readings_of
from agent.conversation.planner.concepts.meant import as_meant
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS
from tools.metrics.dimensions import DIMENSIONS, Level

_SPANS = frozenset({"day", "week", "month", "quarter", "year"})
"""“In 60 days” asks for no figures by day."""
_RANKED = {"top": "highest first", "bottom": "lowest first"}


def spotted(question: str, around: Surroundings) -> Iterator[str]:
    """Questions in plain words, without days and stores: each figure that it names by each group."""
    asked = Asked.of(question, around)
    if asked is None:
        return
    bag = as_meant(replace(next(bags(next(readings_of(asked.rest)))), unknown=()))
    yield from dict.fromkeys(_questions(bag))


def _questions(bag: Bag) -> Iterator[str]:
    figures = [name for name in bag.figures if name not in MOVES]
    groups = [
        group.name for group in bag.groups if group.name in DIMENSIONS and (group.outer or group.name not in _SPANS)
    ]
    order = next((f", {said}" for rank, said in _RANKED.items() if rank in bag.ranks), "")
    for figure in figures:
        for group in groups:
            if _is_had(figure, group):
                yield f"{_label(figure)} by {DIMENSIONS[group].label.lower()}{order}"


def _is_had(figure: str, group: str) -> bool:
    """Whether a sum of the sales can be told by a group: visitors are none of a product's."""
    if figure not in METRICS:
        return True
    metric = METRICS[figure]
    if group == "hour":
        return metric.by_hour
    return metric.by_product or DIMENSIONS[group].level not in (Level.ITEM, Level.LINE)


def _label(figure: str) -> str:
    return METRICS[figure].label if figure in METRICS else held()[figure].label if figure in held() else figure
