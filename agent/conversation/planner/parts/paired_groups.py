"""Two groups in one word: “by SKU-location”, “per store/department”, “store-category combinations”.

Each pair is to be told, a finer split than by one of the two. Where the tool cannot, both are told one after the other
and the answer says so. “Store brand” and “product category” are no pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agent.conversation.planner.concepts.lexicon import GROUPS, words_of
from agent.conversation.planner.lost.groups import tells
from agent.conversation.planner.outcome import Plan, together

_WORD = (
    r"(?:products?|items?|skus?|upcs?|articles?|stores?|shops?|locations?|sites?|branch(?:es)?|departments?|depts?"
    r"|categor(?:y|ies)|brands?|suppliers?|vendors?|regions?|districts?|weekdays?|hours?|days?|weeks?|months?"
    r"|channels?|tenders?|employees?|cashiers?)"
)
_PAIR = re.compile(
    rf"\b(?P<lead>by|per|for (?:each|every)|each|every|at(?: the| a)?|across(?: all)?|which|what|of(?: the| all)?"
    rf"|in each|worst|best|top|show|list) (?P<one>{_WORD}) ?[-–/×+|] ?(?P<other>{_WORD})"
    r"(?P<pairs> (?:pairs?|combinations?|combos?|level|basis|cells?|couples?|mix))?(?![\w-])",
    re.IGNORECASE,
)
_ONE_THING = frozenset(
    {
        ("store", "brand"),
        ("product", "category"),
        ("product", "department"),
        ("product", "brand"),
        ("store", "district"),
    }
)
_CASES = frozenset(
    {"lost_sales", "stockout_risk", "phantom_stock", "overstock", "dead_stock", "reorder_list", "transfer_candidates",
     "out_of_stock", "slow_stock"}
)  # fmt: skip
"""Tools whose rows are products at a store, where they are not split."""
_EACH_BY_ITSELF = "“{said}” is not told of each pair here: this is each of the two by itself."
_LEADS = {"which": "by", "what": "by", "show": "by", "list": "by", "worst": "by", "best": "by", "top": "by", "at": "by"}
Read = Callable[[str], Plan]


def with_pairs(question: str, read: Read) -> Plan | None:
    """The plan for a question by pairs of two groups; None where it names no pair."""
    found = _PAIR.search(question)
    names = [_group(found[key]) for key in ("one", "other")] if found else []
    if found is None or None in names or names[0] == names[1] or tuple(names) in _ONE_THING:
        return None
    one, other = str(names[0]), str(names[1])
    lead = found["lead"].lower()
    sought = _LEADS.get(lead.split()[0], lead)

    def asked(groups: str) -> Plan:
        return read(f"{question[: found.start()]}{sought} {groups}{question[found.end() :]}")

    both = asked(f"{one} and {other}")
    if _is_clean(both) and all(tells(*call, group) for call in both.calls for group in (one, other)):
        return both
    first, second = asked(one), asked(other)
    if {one, other} == {"product", "store"} and (told := _cases(first, second)) is not None:
        return told
    if not (_is_clean(first) and _is_clean(second)):
        return both if both.calls and both.text else None
    said = found[0][found.start("one") - found.start() :].strip()
    calls = (*first.calls, *(call for call in second.calls if call not in first.calls))
    return Plan(calls, opening=together(_EACH_BY_ITSELF.format(said=said), first.opening, second.opening))


def _group(said: str) -> str | None:
    if re.fullmatch(r"(?:locations?|sites?)", said, re.IGNORECASE):
        return "store"
    if re.fullmatch(r"upcs?", said, re.IGNORECASE):
        return "product"
    words = words_of(said)
    return words[0].named(GROUPS) if len(words) == 1 else None


def _cases(*plans: Plan) -> Plan | None:
    """The plan of products at a store, by a tool that tells these where it is not split."""
    for one in plans:
        if len(one.calls) == 1 and one.calls[0][0] in _CASES:
            name, args = one.calls[0]
            bare: dict[str, Any] = {key: value for key, value in args.items() if key not in ("by", "order")}
            return replace(one, calls=((name, bare),), text="", opening=together(one.opening))
    return None


def _is_clean(plan: Plan) -> bool:
    return bool(plan.calls) and not plan.text
