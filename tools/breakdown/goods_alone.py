"""Figures per transaction where goods are split or picked out: they are of those goods alone, and are called so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tools.metrics.breakdown_plan import Plan
from tools.metrics.definitions import METRICS
from tools.metrics.dimensions import NOT_NAMED, Level
from tools.metrics.model import Metric
from tools.wording import listed

_PER = METRICS["average_transaction_value"].denominator
_CALLED = {
    "average_transaction_value": "Spend on these goods per transaction with them",
    "units_per_transaction": "Units of these goods per transaction with them",
}


def of_goods_alone(metrics: Sequence[Metric], plan: Plan) -> tuple[list[Metric], list[str]]:
    """The metrics under names that say what they are of, and the sentence that goes with it.

    A split by department, brand or display counts of each transaction only what belongs to the group, so what is an
    average basket elsewhere is not one here.
    """
    # To leave out what is not on display is to keep what is.
    parts = (one.dimension for one in plan.where if not one.exclude or set(one.values) <= set(NOT_NAMED))
    kept = (*plan.by, *parts)
    if not any(one.level in (Level.ITEM, Level.LINE) for one in kept):
        return list(metrics), []  # a whole basket, or what is left of it without some goods, as its label says
    alone = [metric for metric in metrics if metric.denominator == _PER]
    if not alone:
        return list(metrics), []
    named = {metric.name: _CALLED.get(metric.name, f"{metric.label} (these goods alone)") for metric in alone}
    said = (
        f"{listed([metric.label for metric in alone])} {'counts' if len(alone) == 1 else 'count'} only these goods"
        " here, in the transactions that hold them, and not the whole basket."
    )
    return [replace(metric, label=named[metric.name]) if metric in alone else metric for metric in metrics], [said]
