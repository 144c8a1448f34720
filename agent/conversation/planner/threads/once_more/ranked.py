"""Stores, hours or days of the figures before put in order, and why one of them stands where it does.

“All stores”, “rank all 5 stores on that”, “who's worst”, “why is that one so bad”, “which hours were worst for it”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.threads.carried import long_enough
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, FIGURES, KEPT, USUAL, span_before, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.why import EXPLAIN, METRICS
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_RANKING = "store_ranking"
_STORES = r"(?:stores|shops|locations|branches)"
_FEW = r"(?:\d{1,2}|two|three|four|five|six|ten)"
_EACH = re.compile(
    rf"{LEAD}(?:(?:for|at|across|what about|how about|by) )?(?:all(?: of)?(?: the| our| my)?(?: {_FEW})? {_STORES}"
    r"|(?:each|every)(?: (?:one|of the))? (?:store|shop|location|branch|stores|shops))\W*$"
)
_RANK = re.compile(
    rf"{LEAD}(?:rank|sort|compare|list|order|line up)(?: me)? (?:all )?(?:of )?(?:the |our |my )?(?:{_FEW} )?{_STORES}"
    r"(?: (?:on|by|for|in|with|according to) (?:that|this|it|the same)(?: (?:one|figure|number|metric))?)?\W*$"
    rf"|{LEAD}rank (?:them|those|everyone|everybody|them all|the others)(?: (?:on|by) (?:that|this|it))?\W*$"
    rf"|{LEAD}(?:how|where) do (?:all )?(?:the |our )?(?:{_FEW} )?(?:other )?{_STORES} (?:rank|stand|compare"
    rf"|come out|do)"
    r"(?: (?:on|by|for|in) (?:that|this|it))?\W*$"
)
_WHO = re.compile(
    rf"{LEAD}(?:who|which (?:store|shop|location|one))(?:'s|s| is| was| are| were| did| has| had)? (?:the |doing )?"
    r"(?P<end>best|worst|lowest|highest|weakest|strongest|top|bottom|last|first)(?: (?:at|in|on|for) (?:that|it"
    r"|this))?\W*$"
)
_LOW = frozenset({"worst", "lowest", "weakest", "bottom", "last"})
_THAT_ONE = (
    r"(?P<one>(?:that|this) (?:one|store|shop)|it|they|the (?:worst|best|last|first|lowest|highest|top"
    r"|bottom)(?: (?:one|store))?)"
)
_WHY_ONE = re.compile(
    rf"{LEAD}why(?:'s|s| is| was| are)? {_THAT_ONE}(?: doing| being)? (?:so |that |this )?"
    r"(?P<how>bad(?:ly)?|low|poor(?:ly)?|weak|high|good|well|strong|worst|best|last|first|lowest|highest|behind"
    r"|ahead)\W*$"
)
_AT_FAULT = re.compile(
    rf"{LEAD}(?:what(?:'s|s| is| was) (?:driving|behind|causing|pushing up|wrong with|going on (?:at|in)|up"
    rf" with)|why(?:'s| is| was))"
    r" (?:it (?:at|in) )?(?P<at>[a-z][\w' ]{2,30}?)(?:'s)?(?: (?:labou?r|staff)(?: cost)?(?: ?%)?)?(?: so"
    r" (?:high|low|bad|much))?\W*$"
)
_UNIT = r"(?P<by>hours?|days?|weeks?|weekdays?|stores?|departments?|categor(?:y|ies)|times?)"
_ENDS = r"(?P<end>best|worst|lowest|highest|weakest|strongest|slowest|poorest)"
_OF_FIGURE = re.compile(
    rf"{LEAD}(?:which|what) {_UNIT}(?: (?:was|were|is|are|had|has|did|of the day (?:was|were|is|are)))? (?:the"
    rf" )?{_ENDS}"
    r"(?: (?:for|in|on|at|by) (?:the )?(?P<what>[a-z%][a-z% -]{1,30}?))\W*$"
)
_LOSES = r"(?:losing|gaining|dropping|growing|giving up|winning|taking|down|up)"
_SHARE_OF = re.compile(
    rf"{LEAD}(?!since)(?:is )?(?P<at>[a-z][\w' ]{{2,30}}?)(?: is| has been| was)? (?:{_LOSES} (?:in |on )?(?:its"
    rf" |their )?share"
    rf"|(?:'s )?share (?:of (?:sales|total|the total) )?(?:by week|over time|week by week))(?: of (?:sales|total))?"
    rf"(?:\W+(?:and )?(?:since when|how long|by week))?\W*$|{LEAD}since when (?:is|has|was) (?P<of>[a-z][\w'"
    rf" ]{{2,30}}?)"
    rf" (?:been )?{_LOSES} (?:in |on )?share\W*$"
)
_ONE_OF_THEM = re.compile(
    rf"{LEAD}(?:(?:what|how) about |just |only |and |for |in )*(?:the )?(?P<goods>[a-z][a-z &]{{2,30}}?)"
    r"(?: (?:specifically|in particular|only|alone|itself|department))?\W*$"
)
_DEAR = frozenset(
    {"labour_cost_pct", "labour_cost", "labour_hours", "discount_rate", "discounts", "refund_rate", "returns"}
)
"""Figures of which the most is the worst."""
_LABOUR = ["labour_cost_pct", "labour_hours", "labour_cost", "net_sales", "sales_per_labour_hour"]


def read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other."""
    if len(around.stores) > 1:
        for reader in (_by_store, _who, _why_one, _at_fault, _share_of):
            if (found := reader(plain, last, around)) is not None:
                return found
    return _of_figure(plain, last) or _one_department(plain, last, around)


def _figures(last: Call) -> list[str]:
    """What the answer before measured; of an amount and its rate the rate ranks."""
    named = [str(one) for one in last.args.get("metrics") or ([last.args["metric"]] if last.args.get("metric") else [])]
    return ["gross_margin_pct", "gross_margin"] if named == ["gross_margin", "gross_margin_pct"] else named


def _in_order(last: Call, *, low: bool = False) -> Plan:
    kept = {key: last.args[key] for key in KEPT if key in last.args and key != "stores"}
    if "store" in str(last.args.get("by")) and "stores" in last.args:
        kept["stores"] = last.args["stores"]  # of those that stand there
    figures = _figures(last) or ["net_sales"]
    ranked = {"order": "bottom"} if low else {}
    return Plan(((BREAKDOWN, {"by": "store", "metrics": figures[:2], "period": usual_days(last), **kept, **ranked}),))


def _by_store(plain: str, last: Call, _around: Surroundings) -> Plan | None:
    """The answer before store by store, where it was of all together or of one."""
    rank = _RANK.match(plain)
    if rank is None and not (_EACH.match(plain) and str(last.args.get("stores") or "all stores") == "all stores"):
        return None
    if last.args.get("by") not in (None, "store", ["store"]) and not re.search(_STORES, plain):
        return None
    if last.name in (SUMMARY, COMPARE, BREAKDOWN, EXPLAIN):
        if rank is None and (last.args.get("by") or last.name != SUMMARY):
            return None
        return _in_order(last) if rank else Plan(((SUMMARY, {**_but(last, "stores"), "by": "store"}),))
    spec = catalogue().get(last.name)
    field = spec.arguments.model_fields.get("by") if spec is not None and not spec.proposes else None
    if field is None or "'store'" not in str(field.annotation):
        return None
    return Plan(((last.name, {**_but(last, "stores", "order"), "by": "store"}),))


def _but(last: Call, *names: str) -> dict[str, Any]:
    return {key: value for key, value in last.args.items() if key not in names}


def _who(plain: str, last: Call, _around: Surroundings) -> Plan | None:
    """Which store is at one end of the figure before, where that was of a part of the range."""
    found = _WHO.match(plain)
    if found is None or last.name not in (SUMMARY, COMPARE) or last.args.get("by"):
        return None
    figures, part = _figures(last), {"department", "product"} & set(last.args)
    several = str(last.args.get("stores") or "all stores") == "all stores"
    if not several or not part:  # of all goods the ranking of stores says more
        return None
    low = (found["end"] in _LOW) != (bool(figures) and figures[0] in _DEAR and found["end"] in ("worst", "best"))
    return _in_order(last, low=low)


def _why_one(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Why the store at the end of a ranking is there: what changed in its figure."""
    found = _WHY_ONE.match(plain)
    by_store = last.name == _RANKING or last.args.get("by") in ("store", ["store"])
    if found is None or last.name not in (SUMMARY, BREAKDOWN, COMPARE, _RANKING) or not by_store:
        return None
    figures = _figures(last) or ["net_sales"]
    words = f"{found['one']} {found['how']}"
    high = re.search(r"\b(?:high(?:est)?|good|well|strong|best|top|first|ahead)\b", words) is not None
    if figures[0] in _DEAR and re.search(r"\b(?:bad(?:ly)?|poor(?:ly)?|worst)\b", words):
        high = True
    store = _at_the_end(last, around, high=high)
    return _explained(store, figures[0], last) if store is not None else None


def _at_the_end(last: Call, around: Surroundings, *, high: bool) -> str | None:
    """The store with the most or the least of the figure in the table of the answer before."""
    table = last.document.get("table")
    if not isinstance(table, Mapping):
        return None
    titles = [str(one).split(" (")[0] for one in table.get("columns", ())]
    at, names = titles.index("Store") if "Store" in titles else 0, {one.name for one in around.stores}
    rows = [row for row in table.get("rows", ()) if len(row) > at + 1 and row[at] in names]
    valued = [(value, row[at]) for row in rows if (value := _number(row[at + 1])) is not None]
    return str((max(valued) if high else min(valued))[1]) if valued else None


def _number(said: object) -> Decimal | None:
    try:
        return Decimal(str(said))
    except InvalidOperation:
        return None


def _explained(store: str, figure: str, last: Call) -> Plan | None:
    kept = {key: last.args[key] for key in ("department", "product") if key in last.args}
    period = usual_days(last) if last.name in USUAL else str(last.args.get("period") or "last 4 weeks")
    if figure.startswith("labour"):
        args = {"period": period, "compare_to": span_before(period), "stores": store, "metrics": _LABOUR}
        return Plan(((COMPARE, args),))
    explains = figure in METRICS and (not kept or figure in ("net_sales", "gross_margin", "gross_margin_pct", "units"))
    if explains and "where" not in last.args:
        return Plan(((EXPLAIN, {"period": period, "stores": store, "metric": figure, **kept}),))
    return None


def _at_fault(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """What is behind a store's cost of labour: its hours, their cost, and the sales they stand against."""
    found = _AT_FAULT.match(plain)
    if found is None or last.name not in FIGURES or not _figures(last) or not _figures(last)[0].startswith("labour"):
        return None
    said = found["at"].strip()
    if said in ("it", "that", "this"):
        store = last.args.get("stores") if not last.args.get("by") else None
    else:
        reading = Reading.of(f"at {said}")
        store = take_stores(reading, around)
        store = None if reading.rest() or store == "all stores" else store
    return _explained(str(store), "labour", last) if store else None


def _share_of(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """A store's share of the whole week by week, behind figures by store."""
    found = _SHARE_OF.match(plain)
    if found is None or last.name not in FIGURES or last.args.get("by") not in ("store", ["store"]):
        return None
    reading = Reading.of(f"at {found['at'] or found['of']}")
    store = take_stores(reading, around)
    if not store or store == "all stores" or reading.rest():
        return None
    where = [{"dimension": "store", "values": [store]}]
    kept = {key: last.args[key] for key in ("department", "product") if key in last.args}
    metric = {"metric": figures[0]} if (figures := _figures(last)) and figures[0] != "net_sales" else {}
    return Plan((("part_of_each", {"by": "week", "where": where, "period": "last 12 weeks", **kept, **metric}),))


def _one_department(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """One of the departments whose change was told: its figures against the same days."""
    moved = str(last.args.get("rank_by")).startswith("change") and last.args.get("by") in ("department", ["department"])
    found = _ONE_OF_THEM.match(plain) if moved and last.name == BREAKDOWN and "where" not in last.args else None
    named = take_departments(Reading.of(found["goods"]), around) if found is not None else []
    if found is None or len(named) != 1 or named[0].lower() != found["goods"].strip():
        return None
    kept = {key: last.args[key] for key in ("period", "compare_to", "stores", "metrics") if key in last.args}
    return Plan(((COMPARE, {**kept, "department": named[0]}),))


def _of_figure(plain: str, last: Call) -> Plan | None:
    """Which hours, days or groups had the best or the worst of a figure, in the days and at the stores before."""
    found = _OF_FIGURE.match(plain)
    if found is None or last.name not in FIGURES:
        return None
    what = found["what"].strip()
    reading = Reading.of(what)
    named = list(take_metrics(reading)) or (["net_sales"] if what in ("sales", "revenue") else [])
    named = _figures(last)[:1] if what in ("that", "it", "this") else named
    by = {"time": "hour", "categorie": "category"}.get(
        unit := re.sub(r"ies$", "ie", found["by"]).removesuffix("s"), unit
    )
    if not named or (what not in ("that", "it", "this", "sales", "revenue") and re.search(r"[a-z]", reading.text)):
        return None
    if not long_enough(usual_days(last), by) or (by == "store" and what in ("that", "it", "this")):
        return None  # which store was worst at that, the answer by store says
    kept = {key: last.args[key] for key in KEPT if key in last.args and not (key == "stores" and by == "store")}
    low = (found["end"] in ("worst", "lowest", "weakest", "slowest", "poorest")) != (
        named[0] in _DEAR and found["end"] in ("worst", "best")
    )
    order = {"order": "bottom"} if low else {}
    return Plan(((BREAKDOWN, {"by": by, "metrics": named, "period": usual_days(last), **kept, **order}),))
