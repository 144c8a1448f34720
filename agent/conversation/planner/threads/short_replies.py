"""What people type next to an answer in three or four words: “now per transaction”, “as a chart”, “make that 0.55”.

Each keeps the days, stores and goods of the answer above and changes one thing; what names more is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import COMPARE, CONDITIONS, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads import short_words as say
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics import outbound, tasks
from agent.conversation.planner.topics.incomplete_words import NOTHING, ORDERS
from agent.conversation.planner.topics.largest_given import DISCOUNTS as LARGEST
from agent.conversation.planner.topics.task_lists import TASKS
from agent.conversation.planner.topics.team import CLOCK
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_A_FEW, _LONGEST = 10, 100


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """What such words mean after the answer before; None for every other question."""
    if not previous:
        return None
    last, plain = previous[-1], text.lower().strip()
    if last.document.get("options"):
        return _of_a_choice(text, plain, last, around)
    ranked = last.name == LARGEST or (last.name == say.REFUNDS and last.args.get("order") in ("top", "bottom"))
    if ranked and say.WHO.match(plain):  # of the largest it is told who, not how many each of them gave
        return Plan(((last.name, {**last.args, "limit": 1}),))
    if say.WHO.match(plain) and last.name in (say.REFUNDS, say.DISCOUNTS):
        return Plan(((last.name, {**last.args, "by": "employee"}),))
    if say.USUAL.match(plain) and last.name in say.LISTS:
        return Plan(text=say.ONE_BY_ONE)
    if (
        (split := say.IN_WHICH.match(plain))
        and last.name not in (*say.FIGURES, say.EXPLAIN)
        and _splits_by(last.name, split["by"])
    ):
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
    if last.name in say.PEOPLE_LISTS and (say.THEY_BUY.match(plain) or say.OF_THEM.match(plain)):
        return Plan(text=say.NOT_THEIRS if say.THEY_BUY.match(plain) else say.NOT_OF_THEM)
    if last.name == "customers_at_risk" and say.TO_MARKETING.match(plain):
        return outbound.read("send the at-risk customers to marketing", around)
    if last.name in say.PEOPLE_LISTS | say.STOCK and say.HOW_MANY.match(plain):
        return Plan(((last.name, dict(last.args)),))
    if last.name in say.SPENT and say.THEY_SPENT.match(plain):
        return Plan(((last.name, dict(last.args)),))
    if last.name in (CONDITIONS, CLOCK) and say.HOURS.match(plain):
        return Plan(((SUMMARY, {"metrics": ["labour_hours"], **_kept(last, "stores", "period")}),))
    return None


def _of_stock(plain: str, last: Call) -> Plan | None:
    """Goods of a list to be ordered, or sent by another store."""
    if last.name not in say.STOCK:
        return None
    if last.name == say.LIST and say.COSTS.match(plain):
        return Plan(((say.LIST, dict(last.args)),))
    if say.SEND_US.match(plain):
        return Plan((("transfer_candidates", _kept(last, "stores", "department", "product")),))
    if say.ORDER_THEM.match(plain) and "product" in last.args:
        return Plan(((say.ORDERED, _kept(last, "stores", "product")),), f"{ORDERS} {NOTHING}")
    if say.ORDER_THEM.match(plain):
        return Plan(((say.LIST, _kept(last, "stores", "department")),), f"{ORDERS} {NOTHING}")
    return None


def _at_another_store(text: str, last: Call, around: Surroundings) -> Plan | None:
    """The answer before for a store, against a store, or one more task beside it."""
    if against := say.AGAINST.match(text):
        return _against_a_store(against["at"], last, around)
    if last.name == TASKS and (one := say.ADD_ONE.match(text)):
        return _another_task(one, last, around)
    at = say.HOW_MANY_AT.match(text)
    return _at_store(at["at"], last, around) if at else None


def _shown_again(plain: str, previous: Sequence[Call]) -> Plan | None:
    """The figures before once more: drawn, or by their rate."""
    last = previous[-1]
    if last.name == "tender_mix" and say.ONLY_ONE_WAY.match(plain):
        return Plan(((last.name, dict(last.args)),))  # the mix names each way of paying
    if more := say.NEXT.match(plain):
        return _longer(more["more"], last)
    if other := say.OTHER_END.match(plain):
        return _other_end(other["end"], last)
    if (earned := say.WHICH_EARNED.match(plain)) and last.name in say.FIGURES and not last.args.get("where"):
        return _top_of_it(earned["end"], last)
    if end := say.END_AS_RATE.match(plain):
        return _ends_as_rate(end["end"], last)
    if not say.CHART.match(plain):
        return None
    shown = tuple((one.name, dict(one.args)) for one in previous if not _proposes(one.name))
    return Plan(shown) if shown else None


def _longer(more: str, last: Call) -> Plan | None:
    """“The next ten”: the same ranking longer; where it began is in it."""
    spec = catalogue().get(last.name)
    many = next((name for name in ("limit", "top") if spec and name in spec.arguments.model_fields), None)
    if spec is None or spec.proposes or many is None or last.args.get("by") in ("day", "week", "month"):
        return None
    before = last.args.get(many) or spec.arguments.model_fields[many].default or _A_FEW
    longer = int(before) + (int(more) if more.isdigit() else WORD_NUMBERS.get(more, _A_FEW))
    args = {**last.args, many: min(longer, _LONGEST)}
    return Plan(((last.name, args),), f"The first {before} of these are those from before.")


def _other_end(end: str, last: Call) -> Plan | None:
    """“And the quietest?”: an answer that is split names both of its ends."""
    if last.name in (SUMMARY, COMPARE) and last.args.get("by"):
        return Plan(((last.name, dict(last.args)),))
    if last.name == "peak_times":
        quiet = end in ("quietest", "slowest", "lowest", "weakest")
        return Plan(((last.name, {**last.args, "quietest": quiet}),))
    return None


def _top_of_it(end: str, last: Call) -> Plan:
    """“Which item earned the most?”: the goods of the answer before, ranked by its figure."""
    figures = [str(one) for one in last.args.get("metrics") or ()]
    ranked = (
        {"metric": figures[0]} if len(figures) == 1 and figures[0] in ("net_sales", "gross_margin", "units") else {}
    )
    order = {"order": "bottom"} if end in ("least", "worst") else {}
    return Plan((("top_products", {**_kept(last, "period", "stores", "department"), **ranked, **order}),))


def _kept(last: Call, *names: str) -> dict[str, Any]:
    return {key: last.args[key] for key in names if key in last.args}


def _of_figures(plain: str, last: Call) -> Plan | None:
    """Another figure of the same, a rate of it, or its ends by store."""
    if last.name not in say.FIGURES:
        return None
    figures = [str(one) for one in last.args.get("metrics") or ()]
    if say.BOUGHT.match(plain) and figures == ["visitors"]:
        return Plan(((last.name, {**last.args, "metrics": ["transactions", "conversion"]}),))
    if (per := say.PER_ONE.match(plain)) and (not figures or figures[0] in ("net_sales", "gross_sales")):
        return Plan(((last.name, {**last.args, "metrics": [say.PER[per["what"]]]}),))
    if per and figures and per["what"] in say.PER and (beside := _beside_its_number(figures[0], per["what"], last)):
        return beside
    rate = say.RATES.get(figures[0]) if figures else None
    if say.AS_RATE.match(plain) and rate and set(figures[1:]) <= {rate}:
        return Plan(((last.name, {**last.args, "metrics": [rate]}),))
    if (
        (worst := say.WORST_AT.match(plain))
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
        return Plan(((say.BREAKDOWN if "where" in kept else SUMMARY, {**kept, "by": by}),))
    if say.TOGETHER.match(plain) and {"product", "department"} & set(last.args):
        return Plan(text=say.NAME_THEM)
    return None


def _beside_its_number(figure: str, what: str, last: Call) -> Plan | None:
    """An amount beside the transactions or units that it would be divided by; a rate of them is known of few."""
    by = {"average_transaction_value": "transactions", "average_selling_price": "units"}.get(say.PER[what])
    if figure == "units" and by == "transactions":
        return Plan(((last.name, {**last.args, "metrics": ["units_per_transaction"]}),))
    if by is None or figure not in ("discounts", "returns", "gross_margin", "labour_cost", "visitors"):
        return None
    return Plan(((last.name, {**last.args, "metrics": [figure, by]}),))


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
    if last.name not in (SUMMARY, say.BREAKDOWN) or not isinstance(before, str) or last.args.get("by"):
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
    amount = "discounts" if last.name == say.DISCOUNTS else figures[0] if len(figures) == 1 else ""
    if (
        last.name not in (*say.FIGURES, say.DISCOUNTS)
        or amount not in say.RATES
        or by not in ("department", "category", "store", "brand")
    ):
        return None
    kept = _kept(last, "period", "stores", "department", "product", "where")
    order = {"order": "bottom"} if end in ("lowest", "smallest", "least") else {}
    return Plan(((say.BREAKDOWN, {**kept, "by": by, "metrics": [say.RATES[amount]], **order}),))


def _of_a_choice(text: str, plain: str, last: Call, around: Surroundings) -> Plan | None:
    """A price or a store said while a change still waits for a choice."""
    if last.name == "propose_price_change" and (price := say.NEW_PRICE.match(plain)):
        args: dict[str, Any] = {key: value for key, value in last.args.items() if key != "percent"}
        return Plan(((last.name, {**args, "price": price["price"].replace(",", ".")}),))
    if last.name == "propose_price_change" and (percent := say.NEW_PERCENT.match(plain)):
        sign = 1 if float(last.args.get("percent") or -1) > 0 else -1
        args = {key: value for key, value in last.args.items() if key != "price"}
        return Plan(((last.name, {**args, "percent": sign * int(percent["percent"])}),))
    found = say.AT_STORE.match(text)
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
