"""Parts of the figures before: shares, those that moved, another unit, hours, prices, what was cut off."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agent.conversation.planner.outcome import COMPARE, CONDITIONS, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.threads.carried import long_enough
from agent.conversation.planner.threads.once_more import words as say
from agent.conversation.planner.threads.once_more.before import (
    BREAKDOWN,
    FIGURES,
    KEPT,
    USUAL,
    moved,
    shares,
    split_of,
    usual_days,
)
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import NAME_THEM, RATES
from agent.conversation.planner.topics.why import EXPLAIN
from agent.conversation.planner.wording.words import take_metrics

_DAILY, _PEAKS, _LONGEST = "sales_rates", "peak_times", 100
_LABOUR = frozenset({"labour_cost", "labour_cost_pct", "labour_hours", "sales_per_labour_hour"})
_SUMS = frozenset({"net_sales", "transactions", "units", "gross_margin", "visitors", "labour_hours"})
NO_AVERAGE_OF_A_PART = (
    "An average day I can tell of stores, departments and products (“average sales per day last week in Produce”), not "
    "with something left out as in the answer above."
)


def _moves(plain: str, last: Call) -> Plan | None:
    """Of what was told one by one, those that grew or fell."""
    found = say.ONLY_MOVED.match(plain) or say.WHICH_MOVES.match(plain) or say.EXTREME_MOVE.match(plain)
    by = split_of(last)
    if found is None or by is None or last.name not in USUAL:
        return None
    said = found.groupdict()
    down = said["down"] or said.get("losers") or said.get("fell")
    up = said["up"] or said.get("gainers") or said.get("rose")
    return moved(last, by, down=bool(down), up=bool(up))


def _of_what_moved(plain: str, last: Call) -> Plan | None:
    """What moved once more by other groups, in the same direction where one was told."""
    found = say.WHICH_PARTS.match(plain)
    held = (
        last.name == COMPARE
        and not last.args.get("by")
        and re.match(r"\W*(?:(?:and|so|ok|but) )*(?:which|what) (?!about)", plain)
    )
    ranked = last.name == BREAKDOWN and str(last.args.get("rank_by")).startswith("change")
    if found is None or not (held or ranked):
        return None
    by = re.sub(r"ies$", "y", found["by"]).removesuffix("s").replace("item", "product")
    order = last.args.get("order")
    args = {key: value for key, value in last.args.items() if key not in ("top", "order")}
    again = Call(last.name, args, last.document, last.question)
    return moved(again, by, down=order == "bottom", up=order == "top")


def _shares(plain: str, last: Call) -> Plan | None:
    """Each part of what was told as its share of the whole."""
    by = split_of(last)
    figures = list(last.args.get("metrics") or ["net_sales"])
    if "sales" in plain and figures[0] in RATES:
        return None  # “as a % of sales” of discounts is their rate
    if (
        by is None
        or last.name not in (*FIGURES, TOP)
        or not any(one.match(plain) for one in (say.EACH_SHARE, say.OF_TOTAL, say.PERCENT))
    ):
        return None
    return shares(last, by)


def _labour(plain: str, last: Call) -> Plan | None:
    """An amount as part of sales; hours behind a cost of labour, the cost of hours, and sales for each of them."""
    figures = set(last.args.get("metrics") or ())
    first = str(next(iter(last.args.get("metrics") or ()), ""))
    if last.name in FIGURES and first in RATES and say.RATE_OF_SALES.match(plain):
        return Plan(((last.name, {**last.args, "metrics": [RATES[first]]}),))
    if last.name not in FIGURES or not figures or not figures <= _LABOUR:
        return None
    for pattern, metrics in (
        (say.HOURS, ["labour_hours"]),
        (say.PER_HOUR, ["sales_per_labour_hour"]),
        (say.THEIR_COST, ["labour_cost", "labour_cost_pct"]),
    ):
        if pattern.match(plain):
            return Plan(((last.name, {**last.args, "metrics": metrics}),))
    return None


def _of_all(plain: str, last: Call) -> Plan | None:
    """The total, which the answer names, or what an average day of it has."""
    if last.name not in FIGURES:
        return None
    if say.EACH_SPENT.match(plain) and not {"product", "department", "where"} & set(last.args):
        return Plan(((last.name, {**last.args, "metrics": ["average_transaction_value"]}),))
    if (
        say.HOW_BUSY.match(plain)
        and last.name in (SUMMARY, BREAKDOWN)
        and not {"product", "department"} & set(last.args)
    ):
        return Plan(((last.name, {**last.args, "metrics": ["transactions"]}),))
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


def _other_measure(plain: str, last: Call) -> Plan | None:
    """“Units, not dollars”: the same counted the other way."""
    found = say.NOT_MONEY.match(plain)
    if found is None or last.name not in (*FIGURES, TOP):
        return None
    figure = "net_sales" if found["money"] else "units"
    named = {"metric": figure} if last.name == TOP else {"metrics": [figure]}
    return Plan(((last.name, {**last.args, **named}),))


def _price(plain: str, last: Call) -> Plan | None:
    """At what price the goods of the answer before sold."""
    if last.name not in FIGURES or not {"product", "department"} & set(last.args) or not say.AT_WHAT_PRICE.match(plain):
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
    unit = next((one for one in found.groups() if one), "") if found is not None else ""
    if unit == "day" and last.args.get("by") == "weekday":
        return Plan(((last.name, dict(last.args)),))  # “which day” of weekdays
    if (say.PEAK.match(plain) or (unit == "hour" and say.BUSY.search(plain))) and "where" not in last.args:
        if last.args.get("by") == "hour":
            return Plan(((last.name, dict(last.args)),))
        kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
        return Plan(((_PEAKS, {"period": usual_days(last), **kept}),)) if last.name in FIGURES else None
    if not unit or last.name not in FIGURES or not long_enough(usual_days(last), unit):
        return None
    where = [one for one in last.args.get("where") or () if not (unit == "hour" and one.get("dimension") == "hour")]
    kept = {key: last.args[key] for key in ("metrics", "stores", "department", "product") if key in last.args}
    if where:
        return Plan(((BREAKDOWN, {"period": usual_days(last), **kept, "where": where, "by": unit}),))
    return Plan(((SUMMARY, {"period": usual_days(last), **kept, "by": unit}),))


def _whole_list(plain: str, last: Call) -> Plan | None:
    """All that the answer before cut off; or its figures once more, where only how much was asked."""
    if say.HOW_MUCH.match(plain) and last.name in FIGURES:
        return Plan(((last.name, dict(last.args)),))
    if not say.SHOW_ALL.match(plain) or last.name not in (*FIGURES, TOP):
        return None
    many = {"top": _LONGEST} if last.args.get("top") else {"limit": _LONGEST} if last.name == TOP else {}
    return Plan(((last.name, {**last.args, **many}),))


def _part(plain: str, last: Call) -> Plan | None:
    """What share of everything a department is, and what sells best in it."""
    department = last.args.get("department")
    if say.OF_TOTAL.match(plain) and last.name in (SUMMARY, COMPARE) and isinstance(department, str):
        figures = list(last.args.get("metrics") or ["net_sales"])[:1]
        kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
        args = {"by": "department", "metrics": figures, "period": usual_days(last), "share": True, **kept}
        return Plan(((BREAKDOWN, {**args, "mention": department}),))
    best = say.TOP_GOODS.match(plain)
    if (
        best is None
        or last.name not in (SUMMARY, COMPARE, EXPLAIN)
        or not {"department", "stores", "period"} & set(last.args)
    ):
        return None
    kept = {key: last.args[key] for key in ("stores", "department") if key in last.args}
    number = re.search(r"\d+", best[0])
    kept |= {"limit": int(number[0])} if number else {}
    kept |= {"order": "bottom"} if best["low"] else {}
    return Plan(((TOP, {"period": usual_days(last), **kept}),))


def _weekends(plain: str, last: Call) -> Plan | None:
    """The same of weekends or of weekdays alone."""
    if say.WEEKENDS_APART.match(plain) and last.name in (*FIGURES, EXPLAIN):
        kept = {key: last.args[key] for key in ("metrics", *KEPT) if key in last.args}
        kept |= {"metrics": [last.args["metric"]]} if last.args.get("metric") else {}
        return Plan(((BREAKDOWN, {"by": "weekend", "period": usual_days(last), **kept}),))
    found = say.WEEKENDS_ONLY.match(plain)
    if found is None or last.name not in (SUMMARY, BREAKDOWN) or not long_enough(usual_days(last), "weekday"):
        return None
    days = {"dimension": "weekday", "values": [f"{(found['days'] or found['own'] or 'weekend').rstrip('s')}s"]}
    where = [*(one for one in last.args.get("where") or () if one.get("dimension") != "weekday"), days]
    return Plan(((BREAKDOWN, {**last.args, "period": usual_days(last), "where": where}),))


def _sorted(plain: str, last: Call) -> Plan | None:
    """The same groups by another figure, or by how they changed."""
    found, by = say.SORTED.match(plain), split_of(last)
    if found is None or by is None or last.name not in FIGURES:
        return None
    what = found["what"].strip()
    if say.A_CHANGE.fullmatch(what):
        share = {"rank_by": "change_pct"} if re.search(r"%|percent", what) else {}
        ranked = moved(last, by, down=False, up=False)
        return replace(ranked, calls=tuple((name, {**args, **share}) for name, args in ranked.calls))
    if what in ("that", "it", "this"):
        return Plan(((last.name, dict(last.args)),))
    reading = Reading.of(what)
    named = list(take_metrics(reading)) or (["net_sales"] if what in ("sales", "revenue", "net sales") else [])
    if not named:
        return None
    kept = {key: value for key, value in last.args.items() if key not in ("order", "rank_by", "metric")}
    others = [one for one in last.args.get("metrics") or () if one not in named]
    return Plan(((BREAKDOWN, {**kept, "period": usual_days(last), "by": by, "metrics": [*named, *others]}),))


def _added(plain: str, last: Call) -> Plan | None:
    """One figure more beside those before."""
    found = say.ADDED.match(plain)
    if found is None or last.name not in (*FIGURES, TOP):
        return None
    reading = Reading.of(found["what"] or found["more"] or found["also"])
    named = list(take_metrics(reading)) or (["net_sales"] if reading.text.strip() == "sales" else [])
    if not named or re.search(r"[a-z]", reading.text.replace("sales", "")):
        return None
    figures = last.args.get("metrics") or [last.args.get("metric") or "net_sales"]
    metrics = {"metrics": list(dict.fromkeys([*figures, *named]))[:8]}
    if last.name == TOP:  # a list of best sellers has one figure only
        kept = {key: last.args[key] for key in ("stores", "department", "order") if key in last.args}
        top = {"by": "product", "period": usual_days(last), "top": last.args.get("limit", 10)}
        return Plan(((BREAKDOWN, {**top, **kept, **metrics}),))
    return Plan(((last.name, {**last.args, **metrics}),))


def _bounded(plain: str, last: Call) -> Plan | None:
    """Those of the groups before whose figure is over or under what is said."""
    found, by = say.BOUND.match(plain), split_of(last)
    if (
        by is None
        and last.name == SUMMARY
        and last.args.get("metrics")
        and str(last.args.get("stores", "all stores")) == "all stores"
    ):
        by = "store"  # of one figure of all stores, who is over it are stores
    if found is None or by is None or last.name not in FIGURES:
        return None
    figures = list(last.args.get("metrics") or ["net_sales"])
    rates = [one for one in figures if one.endswith(("_pct", "_rate")) or one == "conversion"]
    rate = rates[0] if rates else RATES.get(figures[0])
    metric = rate if found["rate"] else figures[0]
    if metric is None:
        return None
    bound = {"metric": metric, "over" if found["over"] else "under": found["number"].replace(",", "")}
    kept = {key: value for key, value in last.args.items() if key not in ("metrics", "top", "share")}
    metrics = list(dict.fromkeys([metric, *figures]))
    args = {**kept, "period": usual_days(last), "by": by, "metrics": metrics, "having": [bound]}
    return Plan(((BREAKDOWN, args),))


def _next_place(plain: str, last: Call) -> Plan | None:
    """The second best: a ranking names it."""
    listed = last.name == TOP or (last.name in FIGURES and split_of(last) is not None)
    return Plan(((last.name, dict(last.args)),)) if listed and say.NEXT_PLACE.match(plain) else None


READERS: tuple[Callable[[str, Call], Plan | None], ...] = (
    _moves, _of_what_moved, _shares, _labour, _of_all, _price, _staff, _unit, _whole_list, _part, _weekends, _sorted,
    _added, _bounded, _next_place, _other_measure,
)  # fmt: skip
