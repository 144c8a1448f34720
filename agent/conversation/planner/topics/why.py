"""Questions for what is behind a change: why sales fell, what drove a week, what happened on a day, a missed target.

The planner only finds out what is to be explained; the tool splits the change and says what is fact and what is
coincidence. “Which stores are underperforming and why” has a tool of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, SUMMARY, TOP, Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover, take_marked
from agent.conversation.planner.slots.periods import SHORTHANDS, PeriodPhrase, names_the_future, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.threads.asked_end import end_asked_for
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics import why_words as words
from agent.conversation.planner.wording.words import take_limit, take_metrics
from agent.conversation.surroundings import Surroundings

EXPLAIN, UNDERPERFORMING = "explain_change", "underperforming_stores"
METRICS = (
    "net_sales",
    "gross_margin",
    "gross_margin_pct",
    "transactions",
    "average_transaction_value",
    "units",
    "conversion",
    "visitors",
)
WHY_WHAT = "Why what? Name a figure and a period: for example “why were sales down yesterday”."
NOT_THIS_FIGURE = (
    "I can explain changes of net sales, gross margin, transactions, average transaction value, units, conversion and "
    "visitors, not of that figure. I can compare it with another period."
)
ONLY_MOVED = "What moved that figure cannot be taken apart here; this is how it moved."
EVERY_DISCOUNT = "All discounts count in it; “discounts by promotion” names those of the promotions."
_OF_OFFERS = re.compile(r"\bpromo(?:tion(?:al)?s?)? (?=discount)")
_BY_DEPARTMENT = frozenset({"discounts", "discount_rate", "returns", "refund_rate", "average_selling_price"})
_GROSS, GROSS_AS_NET = "gross_sales", "Gross sales are not split into what moved them, so this is net sales."
OWN_PAST = (
    "Stores differ in size, so each is held against its own past and not against the average of all; side by side they "
    "are in “rank the stores”."
)
USUAL_PERIOD = "last week"
"""A question that names no period means this: one day is mostly noise."""
_USUAL_PERIODS = {SUMMARY: "yesterday", COMPARE: "yesterday", EXPLAIN: "yesterday", TOP: "last week"}

_COUNTERPART = (("week", "this week"), ("month", "this month"), ("quarter", "this quarter"), ("year", "this year"))


def read(text: str, around: Surroundings) -> Plan | None:
    """The explanation a question asks for; None when it asks for something else."""
    reading = Reading.of(text)
    of_offers = reading.take(_OF_OFFERS) is not None
    whole = reading.text
    if names_the_future(whole) or words.OTHER_SUBJECT.search(whole):
        return None
    if words.UNDERPERFORMING.search(whole) and not (words.TARGET.search(whole) and not words.WHY.search(whole)):
        return _underperforming(reading, around)
    if not words.WHY.search(whole) or (
        words.AND_WHY.search(whole) and not re.match(r"\W*(?:and |but |so )?why\b", whole)
    ):
        return None
    marked = take_marked(reading)
    target = reading.take(words.TARGET) is not None
    args: dict[str, Any] = {"target": True} if target else {}
    if by := reading.take(words.BY):
        args["by"] = "employee" if by["by"] == "cashier" else by["by"]
    for pattern, base, other in SHORTHANDS:
        if reading.take(pattern):
            args |= {"period": base, "compare_to": other}
            break
    before = reading.text
    found = take_periods(reading)
    args |= sides(before, found, moving=bool(re.search(rf"\b{words.MOVES}\b", whole)))
    stores = take_stores(reading, around)
    departments = [] if marked else take_departments(reading, around)
    reading.take(words.PARTS)
    metrics = list(take_metrics(reading))
    subject = bool(metrics or departments or found or stores or target or words.SUBJECT.search(before))
    while reading.take(words.CLAIMED):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    if not subject and not marked:
        return Plan(text=WHY_WHAT) if words.BARE.fullmatch(whole) else None
    departments = left.beside(departments) if left else departments
    if left and (left.unknown or (left.goods and (marked or departments))):
        named = left.goods.product or left.goods.department if left.goods else ""
        return not_understood(left.unknown or named or "")
    wanted = ["net_sales" if name == _GROSS else _meant(name, whole) for name in metrics]
    goods = marked or (left.goods if left else None)
    parts: list[dict[str, Any]] = [dict(goods.args())] if goods else [{"department": name} for name in departments]
    shared = {"period": USUAL_PERIOD, **args, "stores": stores or (left.store if left else None)}
    if wanted and not all(name in METRICS for name in wanted):
        told = Plan(text=NOT_THIS_FIGURE) if target else _as_it_moved(wanted, shared, parts)
        return replace(told, opening=f"{told.opening} {EVERY_DISCOUNT}".strip()) if of_offers and told.calls else told
    named_figures: list[str | None] = [*dict.fromkeys(wanted)] or [None]
    ways = [{"metric": name, **part} for name in named_figures for part in (parts or [{}])]
    decided = calls_for(EXPLAIN, shared, ways)
    return replace(decided, opening=GROSS_AS_NET) if _GROSS in metrics else decided


def _as_it_moved(figures: list[str], shared: Mapping[str, Any], parts: Sequence[dict[str, Any]]) -> Plan:
    """Figures that nothing splits into what moved them, against the time before and by a part that can be told."""
    by = shared.get("by") if shared.get("by") in COMPARE_SPLITS else None
    by = by or (None if parts else "department" if set(figures) <= _BY_DEPARTMENT else "store")
    decided = calls_for(COMPARE, {**shared, "metrics": figures, "by": by}, parts)
    return replace(decided, opening=ONLY_MOVED) if decided.calls else decided


def again(text: str, previous: Sequence[Call]) -> Plan | None:
    """“Why?” and “is that normal?” about the answers before; None when it is no such question or there are none."""
    if not previous or not words.AGAIN.match(Reading.of(text).rest()):
        return None
    made = list(
        dict.fromkeys(
            tuple(sorted({**args, **end_asked_for(call)}.items()))
            for call in previous
            if (args := explanation_of(call.name, call.args))
        )
    )
    if not made and previous[-1].name in (SUMMARY, COMPARE, "sales_breakdown") and not previous[-1].failed:
        return Plan(text=NOT_THIS_FIGURE)
    return Plan(tuple((EXPLAIN, dict(args)) for args in made[:2])) if made else None


def and_why(calls: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The calls of a question that adds “and why”, with the explanation of the first that can be explained."""
    for name, args in calls:
        explained = explanation_of(name, args)
        if explained and name != EXPLAIN:
            return (*calls, (EXPLAIN, explained))
    return tuple(calls)


def explanation_of(name: str, args: Mapping[str, Any]) -> dict[str, Any] | None:
    """What to explain about an earlier call: its period, stores, part of the range and first figure."""
    period = args.get("period") or _USUAL_PERIODS.get(name)
    if not isinstance(period, str):
        return None
    kept = {
        key: args[key] for key in ("compare_to", "stores", "department", "product") if isinstance(args.get(key), str)
    }
    if args.get("metrics") and not {"net_sales", *METRICS} & set(args["metrics"]):
        return None  # discounts and the like cannot be split into parts; sales would be another question
    figures = args.get("metrics") or [args.get("metric")]
    metric = next((str(one) for one in figures if one in METRICS and one != "net_sales"), None)
    if (
        metric
        and "net_sales" not in figures
        and (not {"department", "product"} & set(kept) or metric in METRICS[1:3] or metric == "units")
    ):
        kept["metric"] = metric
    return {"period": period, **kept}


def _meant(name: str, whole: str) -> str:
    """A margin without “profit” is a percentage in the mouths of people who ask why it changed."""
    if name == "gross_margin" and re.search(r"\bmargins?\b", whole) and not words.PROFIT.search(whole):
        return "gross_margin_pct"
    return name


def sides(text: str, found: Sequence[PeriodPhrase], *, moving: bool) -> dict[str, Any]:
    """The period asked about and the one it is held against."""
    if not found:
        return {}
    first = found[0]
    if (
        moving
        and len(found) == 1
        and (both := words.FROM_TO.match(first.phrase if first.phrase.startswith("from") else f"from {first.phrase}"))
    ):
        said = text[first.start : first.end]
        if said.strip().startswith("from") and not re.search(r"\d", first.phrase):
            return {"period": both["base"], "compare_to": both["other"]}
    if len(found) > 1:
        second = found[1]
        if words.STRONG.search(text[: first.start]) and not words.STRONG.search(text[: second.start]):
            return {"period": second.phrase, "compare_to": first.phrase}
        return {"period": first.phrase, "compare_to": second.phrase}
    lead = text[: first.start] + text[first.start : first.end].split(first.phrase)[0]
    if words.STRONG.search(lead) or (words.WEAK.search(lead) and words.PAST.match(first.phrase)):
        return {"period": _counterpart(first.phrase), "compare_to": first.phrase}
    return {"period": first.phrase}


def _counterpart(other: str) -> str:
    """The present counterpart of a past period."""
    if other.startswith(("yesterday", "same")):
        return "today" if other.startswith("yesterday") else "yesterday"
    for word, base in _COUNTERPART:
        if re.search(rf"\b(?:last|previous|prior) {word}\b", other):
            return base
    return "yesterday"


def _underperforming(reading: Reading, around: Surroundings) -> Plan | None:
    """The stores that did worst, with what is behind it."""
    take_marked(reading)
    reading.take(words.TARGET)
    while reading.take(words.BELOW_NORM):
        pass
    others = reading.take(words.THE_AVERAGE) is not None
    before = reading.text
    found = take_periods(reading)
    held = sides(before, found, moving=False)
    limit = take_limit(reading)
    stores = take_stores(reading, around)
    if [name for name in take_metrics(reading) if name != "net_sales"] or take_departments(reading, around):
        return None
    while reading.take(words.CLAIMED):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    if left and (left.unknown or left.goods):
        return None
    args = {"period": USUAL_PERIOD, **held, "stores": stores or (left.store if left else None), "limit": limit}
    decided = calls_for(UNDERPERFORMING, args, [{}])
    return replace(decided, opening=OWN_PAST) if others else decided
