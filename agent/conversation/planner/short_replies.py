"""What people type next to an answer in three or four words: “now per transaction”, “as a chart”, “make that 0.55”.

Each keeps the days, stores and goods of the answer above and changes one thing; what names more is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import COMPARE, CONDITIONS, SUMMARY, Plan
from agent.conversation.planner.places import take_stores
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.thread import Call
from agent.conversation.planner.topics.incomplete_words import NOTHING, ORDERS
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

BREAKDOWN, DISCOUNTS, REFUNDS, LIST = "sales_breakdown", "discounts_used", "refunds_and_voids", "reorder_list"
_LEAD = r"^\W*(?:and |so |but |ok(?:ay)? |now |then |please |can you |also )*"
_FIGURES = (SUMMARY, COMPARE, BREAKDOWN)
_PER: Mapping[str, str] = {
    "transaction": "average_transaction_value",
    "order": "average_transaction_value",
    "ticket": "average_transaction_value",
    "basket": "average_transaction_value",
    "unit": "average_selling_price",
    "item": "average_selling_price",
    "labour hour": "sales_per_labour_hour",
    "labor hour": "sales_per_labour_hour",
    "staff hour": "sales_per_labour_hour",
}
_PER_ONE = re.compile(
    rf"{_LEAD}(?:show (?:it|that|me) |what (?:is|was) (?:that|it) |as |by )?per (?P<what>{'|'.join(_PER)})\W*$"
)
_RATES: Mapping[str, str] = {
    "discounts": "discount_rate",
    "returns": "refund_rate",
    "labour_cost": "labour_cost_pct",
    "gross_margin": "gross_margin_pct",
}
_AS_RATE = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was) (?:that|it) )?(?:in|as) (?:an? )?(?:percent(?:age)?"
    r"|per cent|%|share|rate)(?: of (?:our |the |net |gross )*(?:sales|revenue))?\W*$"
)
_CHART = re.compile(
    rf"{_LEAD}(?:(?:in|as) )?(?:an? |the )?(?:(?:bar|line|pie|column) )?(?:chart"
    r"|graph|plot|picture)(?: (?:please|of (?:it|that|this)|form))*\W*$"
)
_WHO = re.compile(
    rf"{_LEAD}who (?:did|made|gave|has|had|rang|entered|processed|issued|was|were) (?:them"
    r"|those|it|that|these|behind (?:them|it|that))(?: all| up| out)?\W*$"
)
_HOURS = re.compile(
    rf"{_LEAD}how many (?:staff |labou?r |working )?hours(?: (?:was|were|is|did)(?: that"
    r"| it| they| we)?(?: work)?)?(?: in (?:total|all)| altogether)?\W*$"
)
_ORDER_THEM = re.compile(
    rf"{_LEAD}(?:put in|place|make|create|draft|raise|start|prepare|do|write|send)(?: me)? (?:an? "
    r"|the )?(?:purchase )?(?:orders?|pos?) (?:for|of|with) (?:them|those|these"
    r"|all(?: of)?(?: (?:them|those|these|that))?|it|that|everything)(?: all)?\W*$"
    rf"|{_LEAD}(?:re-?order|order|buy|restock) (?:them|those|these|all of (?:them"
    r"|those|these)|everything)(?: all)?\W*$"
)
_STOCK = frozenset({"stockout_risk", "out_of_stock", "stock_cover", "reorder_list", "lost_sales"})
_WORST_AT = re.compile(
    rf"{_LEAD}(?:which|what) (?P<by>store|shop|location|department|category)s? (?:was"
    r"|is|were|are|did|had|has|came out) (?:the )?(?P<end>best|worst|highest"
    r"|lowest|weakest|strongest|top)(?: (?:at|in|on|by|for) (?:that|it|this))?\W*$"
)
_TOGETHER = re.compile(
    rf"{_LEAD}(?:put|add|sum|take|show)(?: me)? (?:them|those|these|it|both|the two"
    rf"|all)(?: all)? (?:together|up|combined)\W*$|{_LEAD}(?:combined|together"
    r"|both together|in total together)\W*$"
)
_NAME_THEM = (
    "Name them in one question, please: “net sales of Produce and Meat in October”; the answer above was about one."
)
_USUAL = re.compile(
    rf"{_LEAD}(?:is|was|are|were) (?:that|it|this|they|those) (?:more|less|higher"
    r"|lower|better|worse|a lot more|many more|fewer) than (?:usual|normal|average"
    r"|the norm)\W*$"
)
_ONE_BY_ONE = (
    "I can show that for a period, not against what is usual: ask for another period and hold the two side by side,"
    " for example “and the week before?”."
)
_LISTS = frozenset(
    {REFUNDS, DISCOUNTS, "tender_mix", "feedback_themes", "search_feedback", "taxes_and_tips", "store_tasks"}
)
_NEW_PRICE = re.compile(
    rf"{_LEAD}(?:no,? |sorry,? |actually,? |rather )*(?:make (?:it|that)|change (?:it"
    rf"|that) to|set (?:it|that) to|i meant?|let's say|say) ?(?:[$€£] ?)?(?P<price>\d{{1,4}}[.,]\d\d)(?: instead)?\W*$"
)
_AT_STORE = re.compile(
    (
        rf"{_LEAD}(?:(?:only|just|at|for|in|do it|the one|that one) )+(?P<store>.{{3,40}}?)(?: (?:only"
        r"|please|then))*\W*$"
    ),
    re.IGNORECASE,
)


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """What such words mean after the answer before; None for every other question."""
    if not previous:
        return None
    last, plain = previous[-1], text.lower().strip()
    if last.document.get("options"):
        return _of_a_choice(text, plain, last, around)
    if _WHO.match(plain) and last.name in (REFUNDS, DISCOUNTS):
        return Plan(((last.name, {**last.args, "by": "employee"}),))
    if _USUAL.match(plain) and last.name in _LISTS:
        return Plan(text=_ONE_BY_ONE)
    if last.failed:
        return None
    if _ORDER_THEM.match(plain) and last.name in _STOCK:
        kept = {key: last.args[key] for key in ("stores", "department") if key in last.args}
        return Plan(((LIST, kept),), f"{ORDERS} {NOTHING}")
    if _HOURS.match(plain) and last.name == CONDITIONS:
        kept = {key: last.args[key] for key in ("stores", "period") if key in last.args}
        return Plan(((SUMMARY, {"metrics": ["labour_hours"], **kept}),))
    if _CHART.match(plain):
        shown = tuple((one.name, dict(one.args)) for one in previous if not _proposes(one.name))
        return Plan(shown) if shown else None
    return _of_figures(plain, last)


def _of_figures(plain: str, last: Call) -> Plan | None:
    """Another figure of the same, a rate of it, or its ends by store."""
    if last.name not in _FIGURES:
        return None
    figures = [str(one) for one in last.args.get("metrics") or ()]
    if (per := _PER_ONE.match(plain)) and (not figures or figures[0] in ("net_sales", "gross_sales")):
        return Plan(((last.name, {**last.args, "metrics": [_PER[per["what"]]]}),))
    if _AS_RATE.match(plain) and len(figures) == 1 and figures[0] in _RATES:
        return Plan(((last.name, {**last.args, "metrics": [_RATES[figures[0]]]}),))
    if (
        (worst := _WORST_AT.match(plain))
        and len(figures) == 1
        and not last.args.get("stores")
        and not last.args.get("by")
    ):
        by = {"shop": "store", "location": "store"}.get(worst["by"], worst["by"])
        kept = {
            key: last.args[key] for key in ("period", "metrics", "product", "department", "where") if key in last.args
        }
        if by != "store" and {"product", "department"} & set(kept):
            return None
        return Plan(((BREAKDOWN if "where" in kept else SUMMARY, {**kept, "by": by}),))
    if _TOGETHER.match(plain) and {"product", "department"} & set(last.args):
        return Plan(text=_NAME_THEM)
    return None


def _of_a_choice(text: str, plain: str, last: Call, around: Surroundings) -> Plan | None:
    """A price or a store said while a change still waits for a choice."""
    if last.name == "propose_price_change" and (price := _NEW_PRICE.match(plain)):
        args: dict[str, Any] = {key: value for key, value in last.args.items() if key != "percent"}
        return Plan(((last.name, {**args, "price": price["price"].replace(",", ".")}),))
    found = _AT_STORE.match(text)
    if found is None:
        return None
    reading = Reading.of(f"at {found['store']}")
    store = take_stores(reading, around)
    spec = catalogue().get(last.name)
    if not store or store == "all stores" or reading.rest() or spec is None:
        return None
    name = next((one for one in ("store", "stores") if one in spec.arguments.model_fields), None)
    return Plan(((last.name, {**last.args, name: store}),)) if name else None


def _proposes(name: str) -> bool:
    spec = catalogue().get(name)
    return spec is None or spec.proposes
