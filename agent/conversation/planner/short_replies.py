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
from agent.conversation.planner.topics import outbound, tasks
from agent.conversation.planner.topics.incomplete_words import NOTHING, ORDERS
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

TASKS = tasks.TASKS
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
_SEND_US = re.compile(
    rf"{_LEAD}(?:can|could|would|does|do|is there) (?:another|any other|other"
    r"|any|some other|one of the other) stores? (?:that )?(?:can |could )?(?:send"
    r"|give|lend|spare|ship|have|has|help)(?: us| me)?(?: (?:out|some|any|them"
    r"|it|more|those|a few|stock|with (?:that|it|them)))*\W*$"
)
_AGAINST = re.compile(
    (
        rf"{_LEAD}(?:compare(?:d)?|versus|vs\.?|against)(?: (?:it|that|this|them))?(?: (?:with"
        rf"|to|against|and))? (?P<at>.{{3,40}}?)\W*$"
    ),
    re.IGNORECASE,
)
_END_AS_RATE = re.compile(
    rf"{_LEAD}(?:which|what)(?: (?:one|department|category|store))? (?:is|are"
    r"|was|were|has|had) (?:the )?(?P<end>highest|lowest|biggest|smallest|most"
    r"|least|worst|best) (?:as an?|in) (?:percent(?:age)?|per cent|%|share)(?: of (?:its "
    r"|their |the )?(?:net |gross )?sales)?\W*$"
)
_THEY_SPENT = re.compile(
    rf"{_LEAD}(?:and )?how much (?:did|do|have) (?:they|those|these)(?: customers)? (?:all )?(?:spend"
    r"|spent|buy|bring in|bring)(?: in total| altogether)?\W*$"
)
_NEW_PERCENT = re.compile(
    rf"{_LEAD}(?:no,? |sorry,? |actually,? |rather )*(?:make (?:it|that)|change (?:it"
    rf"|that) to|set (?:it|that) to|i meant?|let's say|say) ?(?P<percent>\d{{1,2}}) ?(?:%"
    r"|percent|per cent)(?: off)?(?: instead)?\W*$"
)
_HOW_MANY = re.compile(
    rf"{_LEAD}how many (?:are there|is that|are they|are those|is it|of them are there"
    r"|in total|altogether|(?:customers|products|items|cases) (?:is|are) (?:that"
    r"|those|there))(?: in (?:total|all))?\W*$"
)
_IN_WHICH = re.compile(
    rf"{_LEAD}(?:in|at|by|for|from)? ?(?:which|what) (?P<by>department|store|category"
    r"|reason|employee)s?(?: (?:mostly|most|mainly))?\W*$"
)
_TO_MARKETING = re.compile(
    rf"{_LEAD}(?:send|hand|give|push|export|forward|pass) (?:them|those|these"
    r"|it|that|the list|that list|this list)(?: over)? to (?:the |our |my )?(?:marketing\b.*"
    r"|e-?mail (?:tool|platform)|mailing (?:tool|platform|list))\W*$"
)
_BOUGHT = re.compile(
    rf"{_LEAD}how many (?:of (?:them|those) )?(?:actually )?(?:bought|purchased"
    r"|paid|made a purchase)(?: (?:something|anything))?\W*$"
)
_HOW_MANY_AT = re.compile(
    (
        rf"{_LEAD}how many(?: of (?:them|those|these)| are| were)?(?: there)? (?P<at>(?:at"
        rf"|in|for) .{{3,40}}?)\W*$"
    ),
    re.IGNORECASE,
)
_ADD_ONE = re.compile(
    (
        rf"{_LEAD}(?:add|create|make|file|put up|put)(?: me)? (?:one|another|another one"
        rf"|a new one|one more)(?: (?:there|too|please))? ?(?:[:,-]|to|for) ?(?P<do>.{{4,120}}?)(?P<there> there)?\W*$"
    ),
    re.IGNORECASE,
)
_PEOPLE_LISTS = frozenset(
    {
        "top_customers",
        "customer_segments",
        "customers_at_risk",
        "customers_away",
        "customers_by_visits",
        "new_and_returning",
    }
)
_THEY_BUY = re.compile(
    rf"{_LEAD}what (?:do|did|are|have) (?:they|those(?: customers)?|these(?: customers)?) (?:usually "
    r"|mostly |normally )?(?:buy|buying|bought|like|want|purchase|purchasing"
    r"|get)(?: most)?\W*$"
)
_SPENT = frozenset({"new_and_returning", "top_customers", "customer_visits", "customers_by_visits", "customers_away"})
"""Answers about customers that say what they spent."""
_OF_THEM = re.compile(rf"{_LEAD}how many of (?:them|those|these)\b")
NOT_THEIRS = (
    "What these customers buy I do not list: they are told as a group, and no single one is looked at. What a kind of"
    " household buys more of than others can be had: “what do families buy more"
    " of?”, and “top departments last month” for"
    " all of them."
)
NOT_OF_THEM = (
    "I cannot count within the customers of the answer above. Ask for all: “how"
    " many customers bought last week”, “new and"
    " returning customers last week”."
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
    if (split := _IN_WHICH.match(plain)) and last.name not in _FIGURES and _splits_by(last.name, split["by"]):
        return Plan(((last.name, {**last.args, "by": split["by"]}),))
    if last.failed:
        return None
    return (
        _of_people(plain, last, around)
        or _of_stock(plain, last)
        or _at_another_store(text, last, around)
        or _shown_again(plain, previous)
        or _of_figures(plain, last)
    )


def _of_people(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """What customers of the answer before buy, spend or did: as groups only; and the hours that people worked."""
    if last.name in _PEOPLE_LISTS and (_THEY_BUY.match(plain) or _OF_THEM.match(plain)):
        return Plan(text=NOT_THEIRS if _THEY_BUY.match(plain) else NOT_OF_THEM)
    if last.name == "customers_at_risk" and _TO_MARKETING.match(plain):
        return outbound.read("send the at-risk customers to marketing", around)
    if last.name in _PEOPLE_LISTS | _STOCK and _HOW_MANY.match(plain):
        return Plan(((last.name, dict(last.args)),))
    if last.name in _SPENT and _THEY_SPENT.match(plain):
        return Plan(((last.name, dict(last.args)),))
    if last.name == CONDITIONS and _HOURS.match(plain):
        return Plan(((SUMMARY, {"metrics": ["labour_hours"], **_kept(last, "stores", "period")}),))
    return None


def _of_stock(plain: str, last: Call) -> Plan | None:
    """Goods of a list to be ordered, or sent by another store."""
    if last.name not in _STOCK:
        return None
    if _SEND_US.match(plain):
        return Plan((("transfer_candidates", _kept(last, "stores", "department")),))
    if _ORDER_THEM.match(plain):
        return Plan(((LIST, _kept(last, "stores", "department")),), f"{ORDERS} {NOTHING}")
    return None


def _at_another_store(text: str, last: Call, around: Surroundings) -> Plan | None:
    """The answer before for a store, against a store, or one more task beside it."""
    if against := _AGAINST.match(text):
        return _against_a_store(against["at"], last, around)
    if last.name == TASKS and (one := _ADD_ONE.match(text)):
        return _another_task(one, last, around)
    at = _HOW_MANY_AT.match(text)
    return _at_store(at["at"], last, around) if at else None


def _shown_again(plain: str, previous: Sequence[Call]) -> Plan | None:
    """The figures before once more: drawn, or by their rate."""
    if end := _END_AS_RATE.match(plain):
        return _ends_as_rate(end["end"], previous[-1])
    if not _CHART.match(plain):
        return None
    shown = tuple((one.name, dict(one.args)) for one in previous if not _proposes(one.name))
    return Plan(shown) if shown else None


def _kept(last: Call, *names: str) -> dict[str, Any]:
    return {key: last.args[key] for key in names if key in last.args}


def _of_figures(plain: str, last: Call) -> Plan | None:
    """Another figure of the same, a rate of it, or its ends by store."""
    if last.name not in _FIGURES:
        return None
    figures = [str(one) for one in last.args.get("metrics") or ()]
    if _BOUGHT.match(plain) and figures == ["visitors"]:
        return Plan(((last.name, {**last.args, "metrics": ["transactions", "conversion"]}),))
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


def _another_task(found: re.Match[str], last: Call, around: Surroundings) -> Plan | None:
    """“Add one: wipe down the deli case”, at the store of the list where “there” is said."""
    store = last.args.get("stores")
    there = f" at {store}" if found["there"] and isinstance(store, str) else ""
    return tasks.read(f"create a task to {found['do']}{there}", around)


def _at_store(said: str, last: Call, around: Surroundings) -> Plan | None:
    """The list before at a store, where its tool knows stores."""
    reading = Reading.of(said)
    store = take_stores(reading, around)
    spec = catalogue().get(last.name)
    if not store or reading.rest() or spec is None or spec.proposes or "stores" not in spec.arguments.model_fields:
        return None
    return Plan(((last.name, {**last.args, "stores": store}),))


def _against_a_store(said: str, last: Call, around: Surroundings) -> Plan | None:
    """“Compare with Harbor Street”: the same figures of the store before and of this one, side by side."""
    before = last.args.get("stores")
    if last.name not in (SUMMARY, BREAKDOWN) or not isinstance(before, str) or last.args.get("by"):
        return None
    reading = Reading.of(f"at {said}")
    store = take_stores(reading, around)
    if not store or reading.rest() or store == "all stores" or store == before:
        return None
    return Plan(((last.name, {**last.args, "stores": f"{before} and {store}", "by": "store"}),))


def _ends_as_rate(end: str, last: Call) -> Plan | None:
    """“Which is the highest as a percent of sales?” after amounts of a split: the same split by its rate."""
    by = last.args.get("by")
    figures = [str(one) for one in last.args.get("metrics") or ()]
    amount = "discounts" if last.name == DISCOUNTS else figures[0] if len(figures) == 1 else ""
    if (
        last.name not in (*_FIGURES, DISCOUNTS)
        or amount not in _RATES
        or by not in ("department", "category", "store", "brand")
    ):
        return None
    kept = _kept(last, "period", "stores", "department", "product", "where")
    order = {"order": "bottom"} if end in ("lowest", "smallest", "least") else {}
    return Plan(((BREAKDOWN, {**kept, "by": by, "metrics": [_RATES[amount]], **order}),))


def _of_a_choice(text: str, plain: str, last: Call, around: Surroundings) -> Plan | None:
    """A price or a store said while a change still waits for a choice."""
    if last.name == "propose_price_change" and (price := _NEW_PRICE.match(plain)):
        args: dict[str, Any] = {key: value for key, value in last.args.items() if key != "percent"}
        return Plan(((last.name, {**args, "price": price["price"].replace(",", ".")}),))
    if last.name == "propose_price_change" and (percent := _NEW_PERCENT.match(plain)):
        sign = 1 if float(last.args.get("percent") or -1) > 0 else -1
        args = {key: value for key, value in last.args.items() if key != "price"}
        return Plan(((last.name, {**args, "percent": sign * int(percent["percent"])}),))
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


def _splits_by(name: str, by: str) -> bool:
    """Whether a tool splits its answer by this."""
    spec = catalogue().get(name)
    field = spec.arguments.model_fields.get("by") if spec is not None else None
    return field is not None and f"'{by}'" in str(field.annotation)


def _proposes(name: str) -> bool:
    spec = catalogue().get(name)
    return spec is None or spec.proposes
