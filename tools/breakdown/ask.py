"""What a breakdown may be asked for: the usual metrics, what goes with which dimension, and who may see people."""

from __future__ import annotations

from collections.abc import Sequence

from tools.breakdown.where import Only
from tools.clocked import ON_DUTY
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, NotAllowedError
from tools.metrics import METRICS, metrics_named
from tools.metrics.breakdown_plan import Plan, possible
from tools.metrics.dimensions import DIMENSIONS, Dimension, Level, dimension_named
from tools.metrics.model import Metric
from tools.wording import listed

_SEES_COLLEAGUES = frozenset({Role.OWNER, Role.DISTRICT_MANAGER, Role.STORE_MANAGER})
_GOODS = ("net_sales", "units", "gross_margin_pct")
_DOCUMENTS = ("net_sales", "transactions", "average_transaction_value")
_PAID = {"net_sales": "payments", "gross_sales": "payments", "transactions": "paid_transactions"}


def one_or_more(given: object) -> object:
    """“brand” and “brand, department” are taken for the lists they mean."""
    return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given


def refuse_people(dimensions: Sequence[Dimension], where: Sequence[Only], context: ToolContext) -> None:
    """Colleagues are only shown to those who manage them.

    Raises:
        NotAllowedError: as said.
    """
    named = [one.name for one in dimensions]
    named += [dimension_named(one.dimension).name for one in where if one.dimension]
    if "employee" in named and context.scope.role not in _SEES_COLLEAGUES:
        raise NotAllowedError("Figures by employee are for the managers of the store; you can have them by store.")


def chosen(names: Sequence[str] | None, plan: Plan) -> tuple[list[Metric], list[str]]:
    """The metrics asked for or the usual ones, and what to say where another was taken.

    Raises:
        BadArgumentError: a name is unknown.
    """
    metrics = metrics_named([name for name in names or () if name.strip()])
    if any(one.level is Level.TENDER for one in plan.by):
        taken = [METRICS[_PAID.get(metric.name, metric.name)] for metric in metrics]
        said = []
        if taken != metrics:
            said = ["By tender these are the amounts paid, with tax and tips, without change and less refunds."]
        return list(dict.fromkeys(taken)) or [METRICS["payments"], METRICS["paid_transactions"]], said
    if metrics:
        return list(dict.fromkeys(metrics)), []
    usual = _GOODS if plan.contains else _DOCUMENTS
    return [METRICS[name] for name in usual if all(possible(METRICS[name], one, split=True) for one in plan.by)], []


def refuse_unsuited(metrics: Sequence[Metric], plan: Plan) -> None:
    """Say which metric cannot be had by which dimension, and what it can be had by.

    Raises:
        BadArgumentError: as said.
    """
    for metric in metrics:
        for number, one in enumerate(plan.dimensions):
            split = number < len(plan.by)
            if possible(metric, one, split=split):
                continue
            can = [name for name, other in DIMENSIONS.items() if possible(metric, other, split=True)]
            way = "by" if split else "for a part of"
            raise BadArgumentError(
                f"{metric.label} cannot be had {way} {one.label.lower()}: {_why(metric)}. By these it can:"
                f" {listed(can, 'or', most=30)}."
                + (f" {ON_DUTY}" if one.name == "hour" and "staff" in metric.sources else "")
            )


def _why(metric: Metric) -> str:
    if "traffic" in metric.sources:
        return "visitors are counted at the door of a store"
    if "staff" in metric.sources:
        return "hours are clocked for a whole store"
    if "tender" in metric.sources:
        return "a payment is made for a whole sale"
    return "it belongs to whole sales" if metric.name.startswith("void") else "a sale may be paid in several ways"
