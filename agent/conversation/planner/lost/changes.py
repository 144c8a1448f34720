"""A change with an exception or a condition in it: “raise milk by 5 % at all stores except Harbor Street”.

The readers of changes know one store and goods by name. What an exception leaves out must never be what is changed, and
“everything over $6” is the name of no product. So such a change is refused, with what can be said instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from agent.conversation.planner.outcome import Plan

EXCEPTION = (
    "“{said}” I cannot leave out of a change, so I drafted none. A change is for the goods and the store that are"
    " named: say each of them, one store at a time."
)
CONDITION = (
    "“{said}” is a condition on goods, and a change takes them by name, so I drafted none. Ask which products these are"
    " first (“products in Pastry with a price over 6”); then say for which of them."
)
_EXCEPTION = re.compile(
    r"\b(?:except(?: for)?|excluding|excepting|apart from|other than|aside from|leaving out|but not"
    r"|(?:every|all)(?: [a-z]+){1,3} but|unless|only if|as long as|provided)(?! for now)\b[^,.;]{2,60}",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:over|under|above|below|more than|less than|fewer than|at least|at most) [$€£]?\d|\b(?:that|which) (?:are|is"
    r"|have|has|had|did|do|sold|cost|were)\b|\b(?:every|all) (?:slow|fast|dead|overstocked|expir|unsold)"
    r"|\b(?:everything|anything) (?:that|which|with|running|near|close)\b"
    r"|\bevery (?!day)[a-z]+ [a-z]+|\b(?:not|never|n't) (?:been )?sold\b|\bwith (?:more|less|fewer|over|under)\b",
    re.IGNORECASE,
)
_CHANGES = frozenset({
    "propose_price_change", "propose_price_list", "propose_purchase_order", "propose_transfer", "propose_stock_count",
    "propose_stock_adjustment", "propose_promotion", "propose_promotion_end", "propose_product_change",
    "propose_count_task",
})  # fmt: skip
"""Changes that are made of goods and a store; a task for people takes any words."""


def with_no_exception(question: str, decided: Plan) -> Plan:
    """The plan; the refusal where it would change what the question leaves out, or goods that are no goods."""
    changes = [args for name, args in decided.calls if name in _CHANGES]
    if not changes:
        return decided
    if (found := _EXCEPTION.search(question)) is not None:
        return Plan(text=EXCEPTION.format(said=found[0].strip()))
    for args in changes:
        for said in _goods(args):
            if _CONDITION.search(said):
                return Plan(text=CONDITION.format(said=said))
    return decided


def _goods(args: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(args[key]) for key in ("product", "department", "promotion") if args.get(key))
    yield from (str(line["product"]) for line in args.get("lines") or () if line.get("product"))
