"""“Make it % of category”, “what share of produce is that”: the figures above as part of a part of the range.

The whole is the kind of goods or the department that the answer was of, or the department that is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_departments
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, shares, split_of, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

_SHARE = r"(?:shares?|percent(?:age)?s?|per cent|%|parts?|proportions?)"
_THAT = r"(?:that|it|this|they|those|these|each(?: one)?)"
_OF_PART = re.compile(
    rf"{LEAD}(?:(?:make|show|give|do|put)(?: me)?(?: (?:it|that|them|this))? |(?:what(?:'s|s| is| are| was)?|how much"
    rf" of an?) )?(?:(?:as|in|the|its|their|an?) )*{_SHARE} (?:(?:is|are|was) {_THAT} )?of (?:the |our |its |their "
    rf"|all (?:the )?)*(?P<part>[a-z][\w&' ]{{2,30}}?)(?:'s|')?(?: (?:total|overall|sales|as a whole))*"
    rf"(?: (?:is|are|was|were) {_THAT}| {_THAT} (?:is|are|was|were))?\W*$"
)
_KINDS = {"category": "category", "categories": "category", "segment": "category", "department": "department"}
_GOODS = ("product", "category")
_RATES = re.compile(r"_pct$|_rate$|^average_|conversion|_per_")
_ALL = re.compile(r"(?:total|whole|business|sales|revenue|all|everything|store|total sales|all sales)")
WHICH_WHOLE = "Of which {part}? Name it: “share of Grocery”."


def read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other."""
    found = _OF_PART.match(plain)
    figures = list(last.args.get("metrics") or [last.args.get("metric") or "net_sales"])
    if found is None or last.name not in (SUMMARY, COMPARE, BREAKDOWN, TOP) or _RATES.search(str(figures[0])):
        return None
    part = re.sub(r"dep(?:t|artment)s?$", "department", found["part"].strip())
    if (kind := _KINDS.get(part)) is not None:
        return _of_its_own(kind, last)
    if _ALL.fullmatch(part):
        return _of_all(last)
    part = part.removesuffix(" department")
    named = take_departments(Reading.of(part), around)
    if len(named) != 1 or named[0].lower() != part:
        return None
    conditions = [*(last.args.get("where") or ()), *_as_condition(last.args.get("product"))]
    own = last.args.get("department")
    if not conditions or (own and str(own).lower() not in (part, str(last.args.get("product")).lower())):
        return None
    return Plan(((BREAKDOWN, {**_same(last), "department": named[0], "where": conditions, "of_total": True}),))


def _of_its_own(kind: str, last: Call) -> Plan | None:
    """Each row, or the one thing told, as part of the goods that the answer before was limited to."""
    where = list(last.args.get("where") or ())
    whole = [one for one in where if one.get("dimension") in (_GOODS if kind == "category" else ("department",))]
    argument = last.args.get("department") or (last.args.get("product") if kind == "category" else None)
    by = split_of(last)
    if by is not None:
        return shares(last, by) if whole or argument else Plan(text=WHICH_WHOLE.format(part=kind))
    narrower = [one for one in where if one not in whole]
    if argument and kind == "department" and last.args.get("product"):
        narrower += _as_condition(last.args["product"])
    if not narrower or not (argument or (len(whole) == 1 and len(whole[0]["values"]) == 1)):
        return Plan(text=WHICH_WHOLE.format(part=kind)) if where or last.args.get("product") else None
    of = {"department": argument} if argument else {"product": whole[0]["values"][0]}
    return Plan(((BREAKDOWN, {**_same(last), **of, "where": narrower, "of_total": True}),))


def _of_all(last: Call) -> Plan | None:
    """What the answer before was of as part of everything sold there; of rows and departments another reader knows."""
    where = [*(last.args.get("where") or ()), *_as_condition(last.args.get("product"))]
    if split_of(last) is not None or not where or last.args.get("compare_to"):
        return None
    if "department" in last.args and not last.args.get("of_total"):
        where.append({"dimension": "department", "values": [last.args["department"]]})
    return Plan(((BREAKDOWN, {**_same(last), "where": where, "of_total": True}),))


def _as_condition(product: Any) -> list[Mapping[str, Any]]:
    return [{"dimension": "product", "values": [product]}] if isinstance(product, str) and product else []


def _same(last: Call) -> dict[str, Any]:
    """The days, stores and figure before."""
    kept = {key: last.args[key] for key in ("stores",) if key in last.args}
    figures = list(last.args.get("metrics") or [last.args.get("metric") or "net_sales"])
    return {"metrics": figures[:1], "period": usual_days(last), **kept}
