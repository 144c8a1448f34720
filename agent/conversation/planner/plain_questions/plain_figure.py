"""A second look at a plain question of figures: does the plan say all that the question said?

The readers of the topics look for their own words in a question, and what another says beside them may be lost: a group
in an order they do not know, a filter, a “top 5”. So a question that is nothing but a figure, what it is told by and a
part of the sales is read once more as a whole, and strictly: a word that is none of these ends the reading. Only where
the plan so far leaves out something of it, or is none, does this reading decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.conversation.planner import unrecorded
from agent.conversation.planner.outcome import SUMMARY, Plan, calls_for
from agent.conversation.planner.plain_questions.plain_reading import PlainFigure, read
from agent.conversation.planner.plain_questions.plain_words import (
    ATTRIBUTES,
    EACH_MEASURES,
    GOODS_GROUPS,
    PEOPLE_GROUPS,
    SPANS,
)
from agent.conversation.surroundings import Surroundings

BREAKDOWN, VISITS, BUYERS, PROFILE = "sales_breakdown", "customer_visits", "goods_by_buyers", "household_profile"
BY_PEOPLE, OVER_TIME, PEAK, RANKING = "coupons_by_group", "redemptions_over_time", "peak_times", "store_ranking"
LABEL_SHARE, RANGE, LARGEST = "private_label_share", "range_counts", "largest_transactions"
_SHARED = frozenset({"net_sales", "units", "transactions", "discounts"})
"""Figures of which a part can be told as a share."""
_TELLS_SALES = frozenset({BREAKDOWN, SUMMARY, RANKING, PEAK})
_VISIT_GROUPS = PEOPLE_GROUPS | {"store", "week", "month"}
_FEWEST = "The fewest that you asked for are the smallest numbers of the table, apart from a row “Not known”."


def second_look(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan so far where it says all that a plain question said, and the plan of this reading where it does not."""
    held = any(
        args.get("compare_to") for _, args in decided.calls
    )  # “sales vs last week by store”: of that it reads less
    said = None if held or decided == unrecorded.read(question) else read(question, around)
    if said is None:
        return _all_of_it(decided)
    told = not (said.bottom and said.figure == "redemptions")
    if len(decided.calls) == 1 and told and _covers(decided.calls[0], said):
        return _all_of_it(decided)
    return _all_of_it(_plan(said) or decided)


def _all_of_it(decided: Plan) -> Plan:
    """A plan about kinds of household for which no time was said: all that is known of so small a panel."""
    if len(decided.calls) != 1 or decided.calls[0][0] not in (BREAKDOWN, VISITS):
        return decided
    name, args = decided.calls[0]
    told = {one.strip() for one in _text(args.get("by")).split(",")} | {
        one.get("dimension") for one in args.get("where") or ()
    }
    if args.get("period") or args.get("compare_to") or not told & ATTRIBUTES:
        return decided
    return Plan(((name, {**args, "period": "all time"}),), decided.text, decided.opening)


def _plan(said: PlainFigure) -> Plan | None:
    """The call that tells what was said; None where no tool tells it."""
    call = _call(said)
    if call is None:
        return None
    fewest = said.bottom and call[0] in (BY_PEOPLE, OVER_TIME)
    plan = calls_for(call[0], call[1], [], _FEWEST if fewest else "")
    return Plan(plan.calls, plan.text)


def _call(said: PlainFigure) -> tuple[str, dict[str, Any]] | None:
    first = said.by[0] if said.by else ""
    order = "bottom" if said.bottom else None
    part = {"stores": said.stores, "period": said.period_or(None)}
    goods = {"product": said.product, "department": said.department}
    if not said.by:
        return _of_a_part(said, goods, part)
    if said.figure in EACH_MEASURES or (said.figure == "buyers" and first in _VISIT_GROUPS):
        if len(said.by) > 1 or said.where or first not in _VISIT_GROUPS:
            return None
        rank = EACH_MEASURES.get(said.figure, "customers")
        return VISITS, {"by": first, "rank_by": rank, "order": order, **goods, **part}
    if said.figure == "buyers":
        if len(said.by) > 1 or said.where or said.product or first not in GOODS_GROUPS:
            return None
        return BUYERS, {"by": first, "order": order, "department": said.department, "limit": said.top, **part}
    if said.figure == "redemptions":
        if len(said.by) > 1 or said.where or said.product or said.department or said.stores:
            return None
        if first in PEOPLE_GROUPS:
            return BY_PEOPLE, {"by": first, "period": said.period}
        return (OVER_TIME, {"by": first, "period": said.period}) if first in SPANS | {"weekday"} else None
    where = [*said.where]
    where += [{"dimension": name, "values": [value]} for name, value in goods.items() if value]
    if said.figure == "range":
        if len(said.by) > 1 or said.where or said.product or said.stores or first not in GOODS_GROUPS:
            return None
        shared = {"by": first, "order": order, "limit": said.top, "department": said.department}
        return RANGE, {"count": "product", "period": said.period, **shared}
    metrics = [said.figure]
    if said.figure == "average_selling_price":
        metrics += ["net_sales", "units"]
    return BREAKDOWN, {
        "by": ", ".join(said.by), "metrics": metrics, "where": where or None, "top": said.top,
        "each": said.each, "order": order, **part,
    }  # fmt: skip


def _of_a_part(
    said: PlainFigure, goods: Mapping[str, str | None], part: Mapping[str, str | None]
) -> tuple[str, dict[str, Any]] | None:
    """A figure of a part of the sales that is told by nothing: “trips of households with children”."""
    kind = said.where[0]
    alone = len(said.where) == 1 and kind["dimension"] in PEOPLE_GROUPS
    if said.figure in EACH_MEASURES:
        if not alone or said.share:
            return None
        return VISITS, {
            "by": kind["dimension"], "values": kind["values"], "rank_by": EACH_MEASURES[said.figure], **goods, **part,
        }  # fmt: skip
    if said.figure == "redemptions":
        if not alone or said.share or said.product or said.department or said.stores:
            return None
        return BY_PEOPLE, {"by": kind["dimension"], "period": said.period}
    if said.figure in ("buyers", "range") or (said.share and said.figure not in _SHARED):
        return None
    shared = {"metrics": [said.figure], **part}
    if said.share:
        return BREAKDOWN, {**shared, "where": list(said.where), "of_total": True, **goods}
    where = [*said.where]
    where += [{"dimension": name, "values": [value]} for name, value in goods.items() if value]
    return BREAKDOWN, {**shared, "where": where}


def _covers(call: tuple[str, Mapping[str, Any]], said: PlainFigure) -> bool:
    """Whether a call says all that was said, and nothing that was not."""
    name, args = call
    if said.share and {one["dimension"] for one in said.where} == {"private_label"}:
        return name == LABEL_SHARE or args.get("by") == "private_label"
    kept = _kept(args, told=bool(said.by))
    wanted = {value.lower() for one in said.where for value in one["values"]}
    wanted |= {value.lower() for value in (said.product, said.department) if value}
    if not wanted <= kept or len(kept) > len(wanted):
        return False
    if said.period is None and said.whole and not args.get("period") and name == SUMMARY:
        return False
    if name == LABEL_SHARE:
        return said.by in ((), ("private_label",))
    if said.share:
        return bool(args.get("of_total") or args.get("share"))
    if not said.by and name == VISITS and not args.get("values"):
        return False
    if not _tells(name, args, said):
        return False
    by = [one.strip() for one in _text(args.get("by")).split(",") if one.strip()]
    if said.by and name not in (RANKING, PEAK) and set(by) != set(said.by):
        return False
    if said.each and (args.get("each") != said.each or by != list(said.by)):
        return False
    if said.top and name in (BREAKDOWN, BUYERS, RANKING) and said.top not in (args.get("top"), args.get("limit")):
        return False
    return not (said.bottom and name in (BREAKDOWN, BUYERS) and args.get("order") != "bottom")


def _tells(name: str, args: Mapping[str, Any], said: PlainFigure) -> bool:
    """Whether a call is about the figure asked for."""
    wanted = _call(said)
    if said.figure in EACH_MEASURES or said.figure in ("buyers", "redemptions", "range"):
        if name == PROFILE:
            return said.figure == "buyers"
        if wanted is None:
            return True
        return name == wanted[0] and args.get("rank_by", "spend") == wanted[1].get("rank_by", "spend")
    if name == VISITS and (not said.by or said.by[0] in ATTRIBUTES):
        return said.figure in ("net_sales", "average_transaction_value", "transactions")
    if name == LARGEST:  # the largest transaction is one of them, and not how many there were
        return said.figure == "transactions"
    if name not in _TELLS_SALES:
        return wanted is None
    metrics = args.get("metrics") or args.get("metric") or args.get("measure") or []
    named = [metrics] if isinstance(metrics, str) else list(metrics)
    usual = "transactions" if name == PEAK else "net_sales"
    return (named[0] if named else usual) in (said.figure, "gross_sales" if said.figure == "net_sales" else "")


def _kept(args: Mapping[str, Any], *, told: bool) -> set[str]:
    """The parts of the sales that a call is limited to, as it says them."""
    kept = {str(args[key]).lower() for key in ("product", "department", "weekday") if args.get(key)}
    if not told:  # beside a group, values only say which of its rows are told
        kept |= {str(value).lower() for value in args.get("values") or ()}
    for one in args.get("where") or ():
        kept |= {str(value).lower() for value in one["values"]}
    return kept


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(value or ())
