"""“Were we out of something?”, “any left?” behind an answer about goods: the stock of those, not of everything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.remembered import Call
from tools.registry import catalogue

_OF_STOCK = frozenset({
    "out_of_stock", "stockout_history", "stockout_risk", "stock_cover", "stock_levels", "lost_sales", "overstock",
})  # fmt: skip
_POINTS = re.compile(
    r"\b(?:something|anything|anywhere|somewhere|it|that|them|those|these|any|some|enough)\b", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"\b(?:else|overall|everything|all|whole|entire|total|products?|items?|goods|skus?|departments?|categor\w+|stores?"
    r"|shops?|what|which)\b",
    re.IGNORECASE,
)
_LONGEST = 9
_KEPT = ("product", "department", "stores")


def with_stock_of_those(question: str, decided: Plan, previous: Sequence[Call]) -> Plan:
    """The plan with the goods and the stores of the answer above, where such a message asks for stock without any.

    Args:
        question: what is said now.
        decided: what is made of it.
        previous: the calls of the answer above.
    """
    if not previous or previous[-1].failed or not decided.calls or len(question.split()) > _LONGEST:
        return decided
    above = previous[-1].args
    if not any(isinstance(above.get(key), str) for key in ("product", "department")):
        return decided
    if not _POINTS.search(question) or _OF_ALL.search(question):
        return decided
    return replace(decided, calls=tuple((name, _of_those(name, args, above)) for name, args in decided.calls))


def _of_those(name: str, args: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    takes = catalogue()[name].arguments.model_fields
    if name not in _OF_STOCK or {"product", "department", "where"} & set(args):
        return args
    goods = {key: above[key] for key in _KEPT if isinstance(above.get(key), str) and key in takes}
    if not {"product", "department"} & set(goods):
        return args
    return {**goods, **args}
