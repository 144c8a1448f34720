"""Short questions about the figures of the answer before that keep all of it and ask for one more side of it.

“Share of each”, “only the ones that went down”, “is that normal?”, “how many hours was that?”, “the same day last
year”, “show me the trend”, “and Station Road” beside two stores that were held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from agent.conversation.planner import figures_words as say
from agent.conversation.planner.carried import long_enough
from agent.conversation.planner.figures_before import (
    BREAKDOWN,
    KEPT,
    NORM,
    USUAL,
    moved,
    shares,
    split_of,
    split_tool,
    usual_days,
)  # fmt: skip
from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, CONDITIONS, SUMMARY, TOP, Plan
from agent.conversation.planner.places import take_stores
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.short_words import NAME_THEM
from agent.conversation.planner.thread import Call
from agent.conversation.planner.topics.why import EXPLAIN, explanation_of
from agent.conversation.surroundings import Surroundings

_FIGURES = (SUMMARY, COMPARE, BREAKDOWN)
_PEAKS, _RATES, _DAILY = "peak_times", "rates_by_group", "sales_rates"
_LABOUR = frozenset({"labour_cost", "labour_cost_pct", "labour_hours", "sales_per_labour_hour"})
_NAME_THEIR_ENDS = frozenset({"attendance", "exception_report", "store_ranking", "target_progress", "sales_rates"})
_COURSE_DAYS = "last 12 weeks"
_FORESEEN = frozenset({"net_sales", "gross_sales", "transactions", "units", "gross_margin"})
_SUMS = frozenset({"net_sales", "transactions", "units", "gross_margin", "visitors", "labour_hours"})


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other, and where nothing was answered before."""
    last = previous[-1] if previous else None
    found = None if last is None or last.failed else _read(text.lower().strip(), last, around)
    return found if found is None else replace(found, leans=True)


def _read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    if last.name == _PEAKS:
        return _of_peaks(plain, last)
    if last.name == _DAILY and say.TOTAL.match(plain):
        kept = {key: value for key, value in last.args.items() if key not in ("per", "metric")}
        return Plan(((SUMMARY, {**kept, "metrics": [last.args.get("metric", "net_sales")]}),))
    if say.WHICH_END.match(plain) and (last.args.get("by") or last.name in _NAME_THEIR_ENDS):
        return Plan(((last.name, dict(last.args)),))
    if last.name not in (*_FIGURES, TOP, EXPLAIN):
        return None
    if say.WEEKEND_BEFORE.match(plain):
        return _weekend_before(last, around)
    for reader in (
        _moves,
        _shares,
        _usual,
        _labour,
        _then,
        _course,
        _average_day,
        _of_all,
        _price,
        _staff,
        _unit,
        _to_come,
    ):
        if (found := reader(plain, last)) is not None:
            return found
    return _between_stores(plain, last, around)


def _moves(plain: str, last: Call) -> Plan | None:
    """Of what was told one by one, those that grew or fell."""
    found = say.ONLY_MOVED.match(plain) or say.WHICH_MOVES.match(plain)
    by = split_of(last)
    if found is None or by is None or last.name not in USUAL:
        return None
    said = found.groupdict()
    down = said["down"] or said.get("losers") or said.get("fell")
    up = said["up"] or said.get("gainers") or said.get("rose")
    return moved(last, by, down=bool(down), up=bool(up))


def _shares(plain: str, last: Call) -> Plan | None:
    """Each part of what was told as its share of the whole."""
    by = split_of(last)
    if by is None or last.name not in (*_FIGURES, TOP) or not say.EACH_SHARE.match(plain):
        return None
    return shares(last, by)


def _usual(plain: str, last: Call) -> Plan | None:
    """The same figures against what is usual, where no change of theirs is explained, which says that as well."""
    if last.name not in (SUMMARY, COMPARE) or not say.USUAL.match(plain):
        return None
    if not last.args.get("by") and explanation_of(last.name, last.args):
        return None
    args = {key: value for key, value in last.args.items() if key != "by" or value in COMPARE_SPLITS}
    return Plan(((COMPARE, {**args, "period": usual_days(last), "compare_to": NORM}),))


def _labour(plain: str, last: Call) -> Plan | None:
    """Hours behind a cost of labour, the cost of hours, and sales for each of them."""
    figures = set(last.args.get("metrics") or ())
    if last.name not in _FIGURES or not figures or not figures <= _LABOUR:
        return None
    for pattern, metrics in (
        (say.HOURS, ["labour_hours"]),
        (say.PER_HOUR, ["sales_per_labour_hour"]),
        (say.THEIR_COST, ["labour_cost", "labour_cost_pct"]),
    ):
        if pattern.match(plain):
            return Plan(((last.name, {**last.args, "metrics": metrics}),))
    return None


def _then(plain: str, last: Call) -> Plan | None:
    """“The same day last year”: the days before against those."""
    found = say.SAME_THEN.match(plain)
    if found is None or last.name not in _FIGURES or "where" in last.args:
        return None
    taken = ("period", "stores", "department", "product", "metrics", "by")
    args = {key: last.args[key] for key in taken if key in last.args}
    if args.get("by") not in COMPARE_SPLITS:
        args.pop("by", None)
    then = {"a year ago": "last year", "the year before": "last year"}.get(found["then"], found["then"])
    span = found["span"] if found["span"] in ("day", "weekday") else ""
    return Plan(
        ((COMPARE, {**args, "period": usual_days(last), "compare_to": f"same {span} {then}" if span else then}),)
    )


def _course(plain: str, last: Call) -> Plan | None:
    """The figures before week by week, or by month where months are named."""
    over = say.COURSE_OVER.match(plain)
    if over is None and not say.COURSE.match(plain):
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    if last.name in (TOP, EXPLAIN) and last.args.get("metric"):
        kept["metrics"] = [last.args["metric"]]
    days = over["days"] if over is not None else _COURSE_DAYS
    by = "month" if re.search(r"quarter|year|(?:six|twelve|[6-9]|\d\d) months", days) else "week"
    return Plan(((split_tool(kept), {**kept, "period": days, "by": by}),))


def _average_day(plain: str, last: Call) -> Plan | None:
    """The figure before on an average day of the week."""
    found = say.AVERAGE_DAY.match(plain)
    figures = list(last.args.get("metrics") or ["net_sales"])
    if found is None or "where" in last.args or figures[0] not in ("net_sales", "units", "transactions"):
        return None
    kept = {key: last.args[key] for key in ("stores", "department", "product") if key in last.args}
    args = {"per": "day", "by": "weekday", "weekday": found["day"].capitalize(), "metric": figures[0], **kept}
    return Plan(((_RATES, args),))


def _of_all(plain: str, last: Call) -> Plan | None:
    """The total, which the answer names, or what an average day of it has."""
    if last.name not in _FIGURES:
        return None
    if say.HOW_BUSY.match(plain) and last.name == SUMMARY and not {"product", "department"} & set(last.args):
        return Plan(((SUMMARY, {**last.args, "metrics": ["transactions"]}),))
    if say.TOTAL.match(plain):
        several = not last.args.get("by") and {"product", "department"} & set(last.args)
        return Plan(text=NAME_THEM) if several else Plan(((last.name, dict(last.args)),))
    figures = list(last.args.get("metrics") or ["net_sales"])
    if not say.PER_DAY.match(plain) or figures[0] not in _SUMS:
        return None
    if "where" in last.args:
        return Plan(text=NO_AVERAGE_OF_A_PART)
    kept = {key: last.args[key] for key in ("stores", "department", "product") if key in last.args}
    return Plan(((_DAILY, {"per": "day", "metric": figures[0], "period": usual_days(last), **kept}),))


def _price(plain: str, last: Call) -> Plan | None:
    """At what price the goods of the answer before sold."""
    if (
        last.name not in _FIGURES
        or not {"product", "department"} & set(last.args)
        or not say.AT_WHAT_PRICE.match(plain)
    ):
        return None
    return Plan(((last.name, {**last.args, "metrics": ["average_selling_price"]}),))


def _staff(plain: str, last: Call) -> Plan | None:
    """How many people were on duty in the days of the answer before."""
    if not (say.STAFF_THEN.match(plain) or say.STAFFING.match(plain)):
        return None
    kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
    return Plan(((CONDITIONS, {"period": usual_days(last), **kept}),))


def _unit(plain: str, last: Call) -> Plan | None:
    """“Best hour for it”: the same figure by hour."""
    found = say.OTHER_UNIT.match(plain)
    unit = (found["unit"] or found["which"]) if found is not None else ""
    if not unit or last.name not in (SUMMARY, COMPARE) or not long_enough(usual_days(last), unit):
        return None
    kept = {key: last.args[key] for key in ("metrics", "stores", "department", "product") if key in last.args}
    return Plan(((SUMMARY, {"period": usual_days(last), **kept, "by": unit}),))


def _to_come(plain: str, last: Call) -> Plan | None:
    """“What about tomorrow?”: the outlook on the same figure."""
    found = say.TO_COME.match(plain)
    figures = list(last.args.get("metrics") or ["net_sales"])
    if found is None or last.name not in _FIGURES or "where" in last.args or figures[0] not in _FORESEEN:
        return None
    kept = {key: last.args[key] for key in ("stores", "department", "product") if key in last.args}
    kept |= {"metric": figures[0]} if figures[0] != "net_sales" else {}
    return Plan((("sales_outlook", {"period": found["days"], **kept}),))


def _weekend_before(last: Call, around: Surroundings) -> Plan | None:
    """The same of the weekend before the one that the answer was about, or before this week."""
    if last.name not in (SUMMARY, COMPARE, TOP):
        return None
    days = usual_days(last)
    of_one = days == "yesterday" and date.fromisoformat(around.today).weekday() in (6, 0)
    args = {key: value for key, value in last.args.items() if key != "compare_to"}
    period = "weekend before last" if of_one or say.WEEKEND.search(days) else "last weekend"
    return Plan(((SUMMARY if last.name == COMPARE else last.name, {**args, "period": period}),))


def _between_stores(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """One more store beside those held against each other, or which of them is ahead, which the answer names."""
    stores = last.args.get("stores")
    if last.name not in (SUMMARY, COMPARE):
        return None
    if (against := say.AGAINST_STORE.match(plain)) and isinstance(stores, str) and not last.args.get("by"):
        store = _store(against["at"], stores, around)
        kept = {key: last.args[key] for key in ("period", "metrics", *KEPT) if key in last.args}
        return Plan(((SUMMARY, {**kept, "stores": f"{stores} and {store}", "by": "store"}),)) if store else None
    if last.args.get("by") != "store":
        return None
    found = say.BESIDE.match(plain)
    if found is None or not isinstance(stores, str) or " and " not in stores:
        return None
    store = _store(found["at"], stores, around)
    if store is None:
        return None
    more: dict[str, Any] = {**last.args, "stores": f"{stores.replace(' and ', ', ')} and {store}"}
    return Plan(((last.name, more),))


def _store(said: str, beside: str, around: Surroundings) -> str | None:
    """The one store that is said, if it is not among those it is to stand beside."""
    reading = Reading.of(f"at {said}")
    store = take_stores(reading, around)
    return None if not store or reading.rest() or store == "all stores" or store in beside else store


def _of_peaks(plain: str, last: Call) -> Plan | None:
    """Busy hours of one day against those that are usual."""
    if not last.args.get("period") or not say.USUAL.match(plain):
        return None
    usual = {key: value for key, value in last.args.items() if key != "period"}
    return Plan(((_PEAKS, usual),), opening=USUAL_PEAKS)


NO_AVERAGE_OF_A_PART = (
    "An average day I can tell of stores, departments and products (“average sales per day last week in Produce”), not "
    "with something left out as in the answer above."
)
USUAL_PEAKS = "What is usual, to hold beside the answer above:"
