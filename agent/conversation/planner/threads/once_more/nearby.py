"""What is asked of the answer before from nearby: all stores together, in money, items or price, who is last, at 3 pm.

Each keeps the days, stores, goods and figure of that answer as far as they hold, and changes one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.once_more.before import (
    BREAKDOWN,
    FIGURES,
    KEPT,
    NORM,
    moved,
    span_before,
    split_of,
    split_tool,
    usual_days,
)
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import DISCOUNTS, LEAD, PER
from agent.conversation.planner.topics.why import EXPLAIN, explanation_of
from agent.conversation.planner.wording.short_stores import written_out
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_RANKING, _RANGE = "store_ranking", "range_difference"
_ABOUT = r"(?:(?:what|how) about |same (?:for|at|in) |for |at |in |across )*"
_AS_ONE = r"(?: (?:overall|as a whole|in total|altogether|combined|together))"
_ALL = re.compile(
    rf"{LEAD}{_ABOUT}(?:(?:the |our )?(?:whole |entire |total )?(?:district|company|chain|business){_AS_ONE}?"
    rf"|(?:overall|total) (?:for )?(?:the )?(?:district|company|chain|business)|(?:all (?:of )?(?:the |our |my )?"
    rf"|every )(?:stores?|shops?){_AS_ONE}?|(?:company|chain|district)[- ]?wide)\W*$"
)
_MONEY = re.compile(
    rf"{LEAD}(?:(?:how much|what)(?:'s| is| was| are| were)? |show )?(?:(?:that|this|it|they|those|these) )?(?:in|as) "
    r"(?:\$+|us ?dollars?|dollars?(?: terms| amounts?)?|money|usd|bucks)(?: terms)?(?:,? not (?:%|percent))?\W*$"
)
_AMOUNT: Mapping[str, str] = {
    "gross_margin_pct": "gross_margin", "labour_cost_pct": "labour_cost", "discount_rate": "discounts",
    "refund_rate": "returns", "units": "net_sales", "transactions": "net_sales",
}  # fmt: skip
_IN_MONEY = frozenset({"stock_levels", "stock_cover", "overstock", "dead_stock", "lost_sales", EXPLAIN})
"""Answers that tell money as they are."""
_ITEMS, _PRICE = (
    r"(?:(?:number of )?items?|units?|quantity|volume|basket size|upt)",
    r"(?:prices?|pricing|price per item)",
)
_PEOPLE = r"(?:traffic|customers?|visits?|visitors?|transactions?|trips?|people|footfall|tickets?)"
_BASKET = r"(?:(?:average )?(?:baskets?|ticket|spend)|basket size|mix)"
_LABOUR = r"(?:(?:labou?r |staff )?hours?|(?:the |pay |hourly |wage )?rates?|wages?|pay|sales|overtime)"
_SIDE = (
    rf"(?:the |fewer |more |less |higher |lower |bigger |smaller )*(?:{_ITEMS}|{_PRICE}|{_PEOPLE}|{_BASKET}|{_LABOUR})"
    r"(?: (?:is |are |being |going |went )?(?:up|down|higher|lower|rising|falling|fell|rose|dropped|dropping))?"
)
_SIDES = re.compile(
    rf"{LEAD}(?:is|was|are|were)? ?(?:it|that|this|they)? ?(?:mostly |mainly |more |just |because of |due to |from )*"
    rf"(?P<a>{_SIDE}) (?:or|vs\.?|versus) (?P<b>{_SIDE})\W*$"
)
_OF_A_BASKET = ["average_transaction_value", "units_per_transaction", "average_selling_price"]
_OF_LABOUR = ["labour_cost_pct", "labour_hours", "labour_cost", "sales_per_labour_hour"]
_WHY_BASKET = re.compile(
    rf"{LEAD}why (?:is|are|was|were) (?P<at>[\w' ]{{3,30}}?)(?:'s)? (?:average )?(?:baskets?|tickets?)(?: size)? "
    r"(?:so |that |much )*(?:bigger|higher|larger|smaller|lower|big|small|low|high)(?: (?:there|than .{3,30}))?\W*$"
)
_PLACE = re.compile(
    rf"{LEAD}(?:who|which(?: one| store)?)(?:'s|s| is| was| comes?| came| are)? (?:in |at )?(?:the )?(?:(?P<low>"
    r"(?:dead )?last(?: place)?|bottom)|first(?: place)?|top|leading|number one)\W*$"
)
_EVER = re.compile(
    rf"{LEAD}(?:has|was|is|have|were) (?:it|they|that one|that store) (?:(?:ever|always) (?:been )?|been )(?:in )?"
    r"(?:the )?(?:first|last|best|worst|top|on top|number one|at the bottom)(?: before| place)?\W*$"
)
PLACES = "Places of earlier times I do not follow. Ask for the ranking of other days, “{example}”."
_AT_HOUR = re.compile(
    rf"{LEAD}what(?:'s|s| is| was| happened| sold| did we sell)? ?(?:going on|happening|up|wrong|different)? ?(?:at"
    r"|around|with) (?P<hour>\d{1,2})(?::00)? ?(?P<half>am|pm)?\W*$"
    rf"|{LEAD}(?:the )?(?P<at>\d{{1,2}})(?::00)? ?(?P<part>am|pm)?(?: (?:hour|one))? (?:looks?|is|was|seems?|went)"
    r" (?:a bit |so |really |very |way |kind ?of |pretty )*(?:off|low|high|weird|odd|strange|wrong|bad|slow|dead|good"
    r"|busy|down|up)(?:[ ,.?]+(?:what happened|why|how come|what(?:'s|s| is) (?:that|up|going on)|what was"
    r" (?:that|it|going on)))*\W*$"
)
_SINCE = re.compile(
    rf"{LEAD}since when (?:is|are|was|were|has|have) (?P<at>[\w' ]{{2,30}}?)(?: been)? (?:(?:so |that |this )?(?:over"
    r"|under|up|down|low|high|bad|good|above|below|weak|slow)|like (?:this|that))"
    r"(?: (?:it|that|budget|target|\d+ ?%?))?\W*$"
)
_IT = frozenset({"it", "that", "this", "they", "we", "sales", "labor", "labour"})
_COURSE_DAYS = "last 12 weeks"
_BETTER = re.compile(
    rf"{LEAD}(?:who|which (?:one|of (?:them|those|the two|these)))(?:'s|s| is| was| does| did| has)? (?:the |doing )?"
    r"(?:better|best|worse|worst|ahead|higher|highest|lower|lowest) (?:in |on |at |by |for |with |in terms of )?"
    r"(?:the )?(?P<what>(?:per )?[a-z%][a-z% -]{2,30}?)\W*$"
)
_GIVES = re.compile(
    rf"{LEAD}who(?:(?: at| in) (?P<at>[\w' ]{{3,30}}?))?(?:'s|s| is| was)? (?:giv(?:es?|ing|en)|gave) (?:it|them"
    r"|(?:the |so )?(?:most|many|much)(?: of (?:them|it|those))?|(?:all )?(?:those|that))\W*$"
)
_ONLY_THERE = re.compile(
    rf"{LEAD}what (?:else )?(?:do|does) (?:they|people|customers|folks) (?:buy|sell|have|carry|stock|get)(?: (?:there"
    r"|over there))? that (?:we|the other(?: one| store)?) (?:don't|dont|do not|doesn't|does not) (?:sell|carry|have"
    r"|stock)\W*$"
)
WHICH_TWO_STORES = "Which two stores do you mean? Name both: “what sells at {one} but not at {other}”."
_HURTS = re.compile(
    rf"{LEAD}(?:(?:which|what) (?P<by>department|product|item|categor|brand|store)\w*|who)(?:'s|s| is| are| was|"
    rf" were)? "
    r"(?:killing|hurting|dragging|pulling|sinking|tanking|bringing) (?:it|that|this|us|margin|the margin|sales|them)"
    r"(?: down)?(?: the most| most)?\W*$"
)


def read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other."""
    for at in (_of_all, _since, _given, _why_a_basket, _sold_only_there):
        if (found := at(plain, last, around)) is not None:
            return found
    for reader in _READERS:
        if (told := reader(plain, last)) is not None:
            return told
    return None


def _store(said: str, around: Surroundings) -> str | None:
    reading = Reading.of(f"at {said}")
    store = take_stores(reading, around)
    if store is None:  # by a part of its name: “maple”
        left = leftover(reading, around)
        return left.store if left is not None and left.goods is None and not left.unknown else None
    return None if reading.rest() or store == "all stores" else store


def _of_all(plain: str, last: Call, _around: Surroundings) -> Plan | None:
    """The answer before of all stores, where it was of some."""
    spec = catalogue().get(last.name)
    if spec is None or spec.proposes or not last.args.get("stores") or not _ALL.match(plain):
        return None
    return Plan(((last.name, {key: value for key, value in last.args.items() if key != "stores"}),))


def _since(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Since when a store's figure is so: its course week by week."""
    found = _SINCE.match(plain)
    if found is None or last.name not in FIGURES:
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    if found["at"] not in _IT:
        store = _store(found["at"], around)
        if store is None:
            return None
        kept["stores"] = store
    return Plan(((split_tool(kept), {**kept, "period": _COURSE_DAYS, "by": "week"}),))


def _given(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Who gave the discounts of the answer before."""
    found = _GIVES.match(plain)
    figures = set(last.args.get("metrics") or ())
    if found is None or not (
        last.name == DISCOUNTS or (last.name in FIGURES and figures & {"discounts", "discount_rate"})
    ):
        return None
    store = _store(found["at"], around) if found["at"] else None
    if found["at"] and store is None:
        return None
    kept = {key: last.args[key] for key in ("period", "stores") if key in last.args}
    return Plan(((DISCOUNTS, {**kept, **({"stores": store} if store else {}), "by": "employee"}),))


def _why_a_basket(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Why a store's basket is bigger than another's: how many items it has, and at what price."""
    found = _WHY_BASKET.match(plain)
    store = _store(found["at"], around) if found and last.name in (SUMMARY, COMPARE) else None
    if store is None:
        return None
    said = str(last.args.get("stores") or "")
    both = {"stores": said if " and " in said else store}
    by = {"by": "store"} if " and " in said else {}
    return Plan(((SUMMARY, {"period": usual_days(last), **both, **by, "metrics": _OF_A_BASKET}),))


def _sold_only_there(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """What one of two stores sells and the other does not; which two is asked where they do not stand before."""
    if not _ONLY_THERE.match(plain):
        return None
    named = [one.name for one in around.stores if one.name in str(last.args.get("stores") or "")]
    if len(named) == 2:
        asked = written_out(last.question, around).lower()
        there = [one for one in named if one.lower() in asked]
        sides = [there[0]] if len(there) == 1 else named
        calls = tuple((_RANGE, {"stores": one, "not_at": named[1 - named.index(one)]}) for one in sides)
        return Plan(calls)
    names = [*named, *(one.name for one in around.stores if one.name not in named)][:2]
    return Plan(text=WHICH_TWO_STORES.format(one=names[0], other=names[1])) if len(names) == 2 else None


def _in_money(plain: str, last: Call) -> Plan | None:
    """The same as an amount of money."""
    if not _MONEY.match(plain):
        return None
    if last.name in _IN_MONEY:
        return Plan(((last.name, dict(last.args)),))
    if last.name not in (*FIGURES, TOP, _RANKING):
        return None
    args = {key: value for key, value in last.args.items() if key != "share"}
    if args.get("rank_by") == "change_pct":
        args["rank_by"] = "change"
    if isinstance(args.get("metric"), str):
        args["metric"] = _AMOUNT.get(args["metric"], args["metric"])
    if args.get("metrics"):
        args["metrics"] = list(dict.fromkeys(_AMOUNT.get(str(one), str(one)) for one in args["metrics"]))
    return Plan(((last.name, args),))


def _sides(plain: str, last: Call) -> Plan | None:
    """Whether it is one side of a figure or the other: items and price of a basket, hours and cost of labour."""
    found = _SIDES.match(plain)
    if found is None or last.name not in (*FIGURES, EXPLAIN):
        return None
    first = str(next(iter(last.args.get("metrics") or [last.args.get("metric") or "net_sales"])))
    labour = all(re.search(_LABOUR, found[side]) for side in "ab")
    if labour != first.startswith("labour"):
        return None
    part = {"department", "product", "where"} & set(last.args)
    if not part and (labour or first == "average_transaction_value"):
        figures = _OF_LABOUR if labour else _OF_A_BASKET
        kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
        period = usual_days(last)
        if last.args.get("by") == "store" and not last.args.get("compare_to"):
            return Plan(((SUMMARY, {"period": period, **kept, "by": "store", "metrics": figures}),))
        other = last.args.get("compare_to") or span_before(period)
        return Plan(((COMPARE, {"period": period, "compare_to": other, **kept, "metrics": figures}),))
    explained = explanation_of(last.name, last.args)
    return Plan(((EXPLAIN, explained),)) if explained else None


def _placed(plain: str, last: Call) -> Plan | None:
    """The last or the first of a ranking; places of other times are not followed."""
    found, by = _PLACE.match(plain), split_of(last)
    if by is not None and _EVER.match(plain):
        return Plan(
            text=PLACES.format(example=f"best {by}s in October" if by != "category" else "best categories in October")
        )
    if found is None or last.name not in (SUMMARY, BREAKDOWN, TOP, _RANKING):
        return None
    if last.name == _RANKING:
        return Plan(((_RANKING, {**last.args, "order": "worst" if found["low"] else "best"}),))
    if by is None:
        return None
    if last.name == SUMMARY:
        return Plan(((SUMMARY, dict(last.args)),))  # it names both ends
    one = {"limit": 1} if last.name == TOP else {"top": 1}
    return Plan(((last.name, {**last.args, "order": "bottom" if found["low"] else "top", **one}),))


def _at_hour(plain: str, last: Call) -> Plan | None:
    """What was sold in an hour of the answer by hour, against the days it was held against or the week before."""
    found = _AT_HOUR.match(plain)
    if found is None or last.name not in FIGURES or last.args.get("by") != "hour":
        return None
    hour, half = int(found["hour"] or found["at"]) % 24, found["half"] or found["part"]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif hour < 7:
        hour += 12  # shops are shut then
    kept = {key: last.args[key] for key in ("stores", "department") if key in last.args}
    where = [*(last.args.get("where") or ()), {"dimension": "hour", "values": [str(hour)]}]
    period = usual_days(last)
    args = {"by": "department", "metrics": ["net_sales"], "period": period, **kept, "where": where}
    held = last.args.get("compare_to") if last.args.get("compare_to") != NORM else None
    return Plan(((BREAKDOWN, {**args, "compare_to": held or span_before(period), "rank_by": "change"}),))


def _better(plain: str, last: Call) -> Plan | None:
    """Which of the stores before is ahead in another figure."""
    found = _BETTER.match(plain)
    if found is None or last.name not in FIGURES or last.args.get("by") != "store":
        return None
    what = found["what"].strip()
    named = [PER[what.removeprefix("per ")]] if what.removeprefix("per ") in PER and what.startswith("per ") else []
    if not named:
        reading = Reading.of(what)
        named = list(take_metrics(reading))
        if re.search(r"[a-z]", reading.text):
            return None
    kept = {key: last.args[key] for key in KEPT if key in last.args}
    return (
        Plan(((split_tool(kept), {"period": usual_days(last), **kept, "by": "store", "metrics": named}),))
        if named
        else None
    )


def _hurts(plain: str, last: Call) -> Plan | None:
    """What pulls the figure before down; of a margin in per cent, where most of its money was lost."""
    found = _HURTS.match(plain)
    if found is None or last.name not in (*FIGURES, EXPLAIN):
        return None
    by = {"item": "product", "categor": "category"}.get(said := found["by"] or "store", said)
    args: dict[str, Any] = dict(last.args)
    if list(args.get("metrics") or [args.get("metric")]) == ["gross_margin_pct"]:
        args = {**args, "metrics": ["gross_margin", "gross_margin_pct"]}
    return moved(Call(last.name, args, last.document, last.question), by, down=True, up=False)


_READERS: tuple[Callable[[str, Call], Plan | None], ...] = (
    _in_money, _sides, _placed, _at_hour, _better, _hurts,
)  # fmt: skip
