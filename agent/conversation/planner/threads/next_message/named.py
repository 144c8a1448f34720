"""Calls in which a word that only points (“its”, “less”, “they”) stands where a product belongs.

Such a word names no goods, whichever reader took it for some: it is what the thread is about, or is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan, not_understood
from agent.conversation.planner.threads.bare_orders import WHICH
from agent.conversation.planner.threads.next_message.pointed import ROW, goods_meant
from agent.conversation.planner.threads.pointing import product_number
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.wording.ordinary import ORDINARY, is_ordinary

_POINTS = re.compile(
    rf"(?:it|its|this|that|they|them|these|those|their|'em|(?:this|that) one|the (?:item|product)|{ROW})(?: (?:all"
    rf"|too|again))?",
    re.IGNORECASE,
)
_IT = re.compile(r"(?:it|its|that|this|they|them|those|these|there)", re.IGNORECASE)
_NAMING = ("department", "text")
_PLACE_IN_LIST = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_SO_MUCH = re.compile(
    r"(?:less|more|fewer|some|half|double|any|another|(?:the )?(?:rest|others?)|(?:the )?(?:first|last|top) (?:two"
    r"|three|few|\d+))",
    re.IGNORECASE,
)


_COMMAND = re.compile(
    r"(?:please |ok |now |just )*(?P<verb>[a-z]+) (?:it|that|this|them|those|these)\b(?: \w+){0,2}\W*$", re.IGNORECASE
)
_ASKS_OF_THEM = re.compile(
    r"(?:and |so |but )*(?:is|are|was|were|do|does|did|will|can|how|what|when|where|who|should)\b.{0,32}"
    r"\b(?P<word>it|they|them|those|these|that(?=\W*$))\b(?! by\b).{0,25}$",
    re.IGNORECASE,
)
_LISTS = frozenset({
    "new_products", "stockout_risk", "out_of_stock", "dead_stock", "overstock", "slow_stock", "markdown_candidates",
    "reorder_list", "promotions_running", "lost_sales", "products_matching", "product_profitability", "top_products",
    "fast_movers", "trend_goods", "price_changes",
})  # fmt: skip
_OF_ALL = frozenset(
    {"sales_summary", "stock_levels", "stock_cover", "reorder_list", "compare_periods", "customer_visits"}
)
_PARTS = frozenset({"product", "department", "where", "by", "compare_to"})
_IN_TALK = frozenset({
    "always", "anyway", "anyone", "anybody", "everyone", "everybody", "nobody", "ever", "never", "realistic", "points",
    "open", "before", "same", "again", "lately", "inside", "else", "mostly", "usually", "instead", "there", "without",
    "catch", "manager", "managers", "boss", "somebody", "someone", "call", "min", "receipt", "receipts", "reason",
    "with", "set", "double",
})  # fmt: skip
"""Words that are part of what is said in a thread, and no goods there."""
WHICH_OF_THEM = (
    "Which do you mean by “{word}”? The figures of everything would be no answer to that. Name one by its place "
    "(“the "
    "second one”), or by its name."
)


def with_goods_named(question: str, decided: Plan, previous: Sequence[Call]) -> Plan:
    """The plan with the product that is meant; a sentence where a word points at none or only says how much."""
    if any(_is_no_part(args) for _, args in decided.calls):
        return _of_its_part(decided, previous)
    calls = []
    if previous and (words := _no_goods_here(question, decided, previous)):
        return not_understood(words)
    told = _COMMAND.match(question.strip())
    asked = _ASKS_OF_THEM.match(question.strip()) if previous and previous[-1].name in _LISTS else None
    if asked and decided.calls and all(name in _OF_ALL and not _PARTS & set(args) for name, args in decided.calls):
        return Plan(text=WHICH_OF_THEM.format(word=asked["word"].lower()))
    for name, args in decided.calls:
        if told and str(args.get("product", "")).lower() == told["verb"].lower():
            return not_understood(told["verb"])  # “extend it”: what is to be done names no goods
        named = _named(args, previous)
        if named is None:
            said = _said(args)
            return Plan(text=WHICH) if name.startswith("propose_") else not_understood(said)
        calls.append((name, named))
    return replace(decided, calls=tuple(calls))


def _no_goods_here(question: str, decided: Plan, previous: Sequence[Call]) -> str:
    """What a short message was taken to name as goods though none of its words ever does (“is it always the same”)."""
    before = {str(call.args.get(key)).lower() for call in previous for key in ("product", "department")}
    for _, args in decided.calls:
        for key in ("product", "department"):
            said = str(args.get(key) or "")
            words = [] if any(one.fullmatch(said) for one in (_POINTS, _IT, _SO_MUCH)) else said.split()
            new = said in question and said.lower() not in before  # in small letters, as it was typed
            if new and words and all(is_talk(one) for one in words):
                return said
    return ""


def is_talk(word: str) -> bool:
    """Whether a word is part of what is said in a thread, and no goods there."""
    return word in ORDINARY | _IN_TALK or is_ordinary(word) or _PLACE_IN_LIST.fullmatch(word) is not None


def _is_no_part(args: Mapping[str, Any]) -> bool:
    return any(_IT.fullmatch(str(args.get(key) or "")) for key in _NAMING)


def _of_its_part(decided: Plan, previous: Sequence[Call]) -> Plan:
    """The plan with the part of the range, or the goods, that the answer before is about; else which is meant."""
    meant = goods_meant("it", previous) if previous else {}
    if not meant:
        return Plan(text=WHICH)
    name = next(iter(meant.values()))
    calls = []
    for called, args in decided.calls:
        pointing = [key for key in _NAMING if _IT.fullmatch(str(args.get(key) or ""))]
        calls.append((called, {**args, **dict.fromkeys(pointing, name)}))
    return replace(decided, calls=tuple(calls))


def _said(args: Mapping[str, Any]) -> str:
    """The word that points, or says how much, where goods belong; empty where the goods are named."""
    lines = args.get("lines")
    holders = [args, *(line for line in lines if isinstance(line, Mapping))] if isinstance(lines, list) else [args]
    said = (str(holder.get("product") or "").strip() for holder in holders)
    return next((one for one in said if _POINTS.fullmatch(one) or _SO_MUCH.fullmatch(one)), "")


def _named(args: Mapping[str, Any], previous: Sequence[Call]) -> Mapping[str, Any] | None:
    """The arguments with the product in the place of the word; None where it is not known."""
    said = _said(args)
    if not said:
        return args
    usable = previous and not previous[-1].failed and not _SO_MUCH.fullmatch(said)
    product = goods_meant(said.lower(), previous).get("product") if usable else None
    if product is None:
        return None
    if isinstance(lines := args.get("lines"), list) and "product" not in args:
        return {**args, "lines": [{**line, "product": _put(line, said, product)} for line in lines]}
    return {**args, "product": product_number(product)}


def _put(line: Mapping[str, Any], said: str, product: str) -> str:
    named = str(line.get("product") or "")
    return product_number(product) if named.strip() == said else named
