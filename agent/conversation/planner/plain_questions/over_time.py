"""“Over time”, “month over month”, “how did it develop”: a figure read without its steps is told by month or week.

Readers of a subject take the words of a course for padding and tell one sum. Where their tool can tell it by step, it
does; redemptions of coupons have a tool of their own for that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, Plan, together
from agent.conversation.planner.slots.arguments import choices

_COURSE = re.compile(
    r"\bover time\b|\bmonth (?:over|on|by|to|after) month\b|\bweek (?:over|on|by|to|after) week\b|\bover the (?:year"
    r"|months|weeks"
    r"|course of)\b|\b(?:has|have|did|do|does|how)\b.{0,60}\b(?:develop(?:ed|ing)?|evolv(?:e|ed|ing)|progress(?:ed)?"
    r"|grow|grown|changed?|risen|rise|fallen)\b.{0,30}\b(?:since (?:january|february|march|april|may|june|july|august"
    r"|september"
    r"|october|the (?:start|beginning))|over the (?:year|months|last|past)|month (?:over|on|by) month|during the year)",
    re.IGNORECASE,
)
_WEEKS = re.compile(r"\bweek (?:over|on|by|to|after) week\b|\bover the weeks\b", re.IGNORECASE)
_PER_DAY = "Weekdays are five days of a week and a weekend two: hold them against each other per day, not in all."
_SHORT = re.compile(r"\b(?:yesterday|today|week|weekend|day|days)\b|^(?:last|this) month$", re.IGNORECASE)
"""Spans too short to be told by month."""
_TELLS = frozenset({
    "customer_visits", "new_and_returning", "shrink_and_waste", "purchase_orders", "private_label_share", "gift_cards",
    "taxes_and_tips", "tender_mix",
})  # fmt: skip
_BUSY = re.compile(r"\b(?:busy|busier|busiest|quiet|quieter|quietest)\b", re.IGNORECASE)
_BUSINESS = ["transactions", "net_sales"]
_TIMES = frozenset({"day", "weekday", "week", "month"})
_FEW = frozenset({"channel", "tender", "district", "region", "private_label"})
"""Groups that are few enough to be told week by week; stores and departments have readers that do so."""
_WEEKS_OF_EACH = "last 8 weeks"
SPANS = {"month": "last 6 months", "week": "last 12 weeks"}
"""How far back steps go where no time is said."""
_REDEEMED, _BY_STEP = "coupon_redemption", "redemptions_over_time"


def with_parts_of_the_week(decided: Plan) -> Plan:
    """The plan with a call for each of the two parts of the week that one call was limited to at once.

    “Do seniors shop more on weekdays or weekends” asks for both; together they are the whole week.
    """
    if len(decided.calls) != 1:
        return decided
    name, args = decided.calls[0]
    where = [one for one in args.get("where") or () if isinstance(one, Mapping)]
    parts = [one for one in where if one.get("dimension") == "weekday" and not one.get("exclude")]
    if {str(value) for one in parts for value in one.get("values", ())} != {"weekdays", "weekends"}:
        return decided
    others = [one for one in where if one not in parts]
    halves = ("weekends", "weekdays")
    calls = tuple((name, {**args, "where": [*others, {"dimension": "weekday", "values": [half]}]}) for half in halves)
    return replace(decided, calls=calls, text=together(decided.text, _PER_DAY))


def with_how_busy(question: str, decided: Plan) -> Plan:
    """The plan with how busy days are told by transactions where no figure is named: money says what was bought."""
    if len(decided.calls) != 1 or _BUSY.search(question) is None:
        return decided
    name, args = decided.calls[0]
    if name != SUMMARY or args.get("metrics") or args.get("by") not in _TIMES:
        return decided
    return replace(decided, calls=((name, {"metrics": _BUSINESS, **args}),))


def with_its_steps(question: str, decided: Plan) -> Plan:
    """The plan with its one call told by month or week, where the question asks how a figure went on."""
    if len(decided.calls) != 1 or _COURSE.search(question) is None:
        return decided
    name, args = decided.calls[0]
    step = "week" if _WEEKS.search(question) else "month"
    if name == BREAKDOWN and args.get("by") in _FEW and not args.get("compare_to") and not args.get("share"):
        return replace(decided, calls=((name, {"period": _WEEKS_OF_EACH, **args, "by": f"week, {args['by']}"}),))
    if args.get("by") or args.get("values") or (step == "month" and _SHORT.search(str(args.get("period", "")))):
        return decided
    if name == _REDEEMED and not args.get("audience"):
        kept = {key: value for key, value in args.items() if key in ("period", "campaign", "stores")}
        return replace(decided, calls=((_BY_STEP, {"by": step, **kept}),))
    if name not in _TELLS or step not in choices(name, "by"):
        return decided
    told: Mapping[str, Any] = {"period": SPANS[step], **args, "by": step}
    return replace(decided, calls=((name, told),))
