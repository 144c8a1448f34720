"""Goods that a pronoun stands for: “… and what was its margin?”, “how many are left?” are about those named before.

A figure of the whole store in place of a product's would be a wrong one, so where the tool cannot keep to the goods
the answer says that instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import FIND, Plan
from agent.conversation.planner.threads.remembered import Call
from tools.registry import catalogue

_PRONOUN = re.compile(r"\b(?:its|their|it|them|they)\b(?! (?:is|was) (?:usual|normal)\w*)")
_LEFT = re.compile(
    r"^\W*(?:and |so |but )?how (?:many|much)(?: stock)? (?:(?:are|is) (?:still |there )?|do (?:we (?:still )?have )?"
    "|have we got |did we have |remains?|are there )?(?:still |left |over )*(?:left|on hand|in stock|remaining"
    r"|available|at hand)?(?: (?:now|today|at the moment|in stock|on hand))*\W*$"
)
_THE_FIGURE = re.compile(
    r"^\W*(?:and |so |also )*what (?:was|is|were|are) the (?:gross |net |total )*(?:profits?|margins?(?: ?%)?|revenue"
    r"|sales"
    r"|cost(?: of goods)?|discounts?|returns?|refunds?)\W*$"
)
"""“… and what was the profit?” is that of the goods before: “the” points as “its” does."""
_NOT_OF_GOODS = re.compile(
    r"\b(?:stores?|shops?|locations?|branch(?:es)?|districts?|regions?|customers?|shoppers?|households?|employees?"
    r"|cashiers?|staff|tasks?|promotions?|campaigns?|coupons?|suppliers?|vendors?|managers?|people|raining|snowing)\b"
)
_EACH_OF_THEM = re.compile(
    r"^\W*(?:(?:please |and |also )*(?:show|give|list|include|add|tell)\b.*|(?:with|and) .*)\b(?:per|by|for each"
    r"|for every|of each|each) (?:single )?(?:products?|items?|skus?|one)\W*$"
)
"""Figures of each product, asked behind a question that says which products."""
_GOODS = ("product", "department", "where")
ALONE = "I can give that for a store, but not for “{goods}” alone."


def with_its_goods(decided: Plan, text: str, before: Sequence[Call]) -> Plan:
    """The plan kept to the goods of the call before, where the question points at them and names none.

    Args:
        decided: what the question means by itself.
        text: the question, or a later part of one.
        before: the calls that it goes on about.
    """
    goods = _goods_of(before[-1]) if before else {}
    plain = text.lower()
    points = bool(
        _PRONOUN.search(plain) or _EACH_OF_THEM.match(plain) or _THE_FIGURE.match(plain)
    ) and not _NOT_OF_GOODS.search(plain)
    if not goods or not decided.calls or not (points or _LEFT.match(plain)):
        return decided
    if any(_names_goods(args) for _, args in decided.calls):
        return decided
    if not all(_takes(name, goods) for name, _ in decided.calls):
        return Plan(text=ALONE.format(goods=next(iter(goods.values()))))
    return replace(decided, calls=tuple((name, {**args, **goods}) for name, args in decided.calls))


def _goods_of(call: Call) -> dict[str, Any]:
    if call.name == FIND:
        return {"product": call.args["text"]}
    return {key: call.args[key] for key in ("product", "department") if key in call.args}


def _names_goods(args: Mapping[str, Any]) -> bool:
    return any(key in args for key in (*_GOODS, "products", "lines", "text", "with_product"))


def _takes(name: str, goods: Mapping[str, Any]) -> bool:
    spec = catalogue().get(name)
    return spec is not None and all(key in spec.arguments.model_fields for key in goods)
