"""Two figures held against each other: “does staffing align with peak foot traffic?”, “stock against sales by region”.

Both are told by the same groups; whether they fit is for the person to judge. Hours worked stand beside visitors,
sales and transactions of each hour. A strict reader: it leaves what others know (“sales vs margin by store”) alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.concepts.lexicon import words_of
from agent.conversation.planner.kept_conditions.named import named
from agent.conversation.planner.outcome import BREAKDOWN, CONDITIONS, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS

STOCK = "stock_levels"
_USUAL = "last 4 weeks"
_FITS = (
    r"(?:(?:well |scheduled |deployed |planned |set |matched |distributed |spread )?"
    r"(?:align(?:s|ed|ing)?(?: (?:well|properly|closely))?(?: with| to)"
    r"|match(?:es|ed|ing)?(?: up)?(?: with| to)?|follow(?:s|ed|ing)?|track(?:s|ed|ing)?(?: with)?"
    r"|fit(?:s|ted|ting)?(?: with| to)?|in (?:line|step|proportion|sync|tune|balance) (?:with|to)"
    r"|keep(?:s|ing)? (?:up|pace) with|correspond(?:s|ing)?(?: to| with)|mirror(?:s|ed|ing)?|reflect(?:s|ed|ing)?"
    r"|lin(?:e|es|ed|ing) up with|proportion(?:al|ate) to|scale(?:s|d)? with|balanced? (?:with|against|to)"
    r"|moves? with))"
)
_AGAINST = r"(?:against|vs\.?|versus|compared? (?:to|with)|relative to|next to|beside|alongside)"
_LINK = re.compile(rf"\b(?:(?P<fits>{_FITS})|{_AGAINST})(?![\w-])")
_STAFF = re.compile(
    r"\b(?:staffing(?: levels?)?|staff(?: (?:levels?|hours|coverage|schedules?))?"
    r"|labou?r(?: (?:hours|scheduling|levels?|deployment|costs?|spend))?|hours worked|head ?count|manning|coverage"
    r"|scheduling|schedules?|rotas?|rosters?|people on (?:duty|the floor))\b"
)
_COST = re.compile(r"\b(?:costs?|spend)\b")
_STOCK = re.compile(
    r"\b(?:stock(?: (?:levels?|on hand|holdings?|value|position))?|inventory(?: (?:levels?|on hand|value|position))?"
    r"|on[- ]hand)\b"
)
_GROUPS = (
    ("hour", r"hours?|times? of (?:the )?day|time slots?"),
    ("weekday", r"weekdays?|days? of (?:the )?week"),
    ("day", r"days?"),
    ("week", r"weeks?"),
    ("month", r"months?"),
    ("store", r"stores?|shops?|locations?|branch(?:es)?"),
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("brand", r"brands?"),
    ("district", r"districts?"),
    ("region", r"regions?"),
    ("supplier", r"suppliers?|vendors?"),
)
_GROUP = re.compile(
    r"\b(?:by|per|for each|for every|in each|at each|across(?: the| our| all)*|of each|each|every|on each) "
    rf"(?P<group>{'|'.join(words for _, words in _GROUPS)})\b"
)
_HOURLY = re.compile(
    r"\b(?:hourly|(?:through(?:out)?|over|during|across) the day"
    r"|(?:in |at |during )?(?:the )?(?:peak|busy|busiest|rush)"
    r"(?: (?:hours?|times?|periods?))?)\b"
)
_BY_HOUR = frozenset({"net_sales", "transactions", "visitors"})
_STOCK_BY = frozenset({"store", "department", "category", "product", "supplier"})
_SUMMARY_BY = frozenset({"store", "day", "week", "month", "weekday", "hour", "department", "category"})
_PLAIN_WORDS = """
how well does do did is are was were our the my a an good closely compare show me held hold look looks and whether
if of in at for to with customer store stores shop it them their there levels level over tell plot actual current
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
JUDGE = "Both stand side by side; whether they fit is for you to judge: no rule for that is in the data."
_NO_COST = "What labour costs is not known by hour; the hours worked are."
_BY_STORE = "Stock is not told by {group}: it is told by store."


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for two figures by the same groups; None where a word is not known or another reader knows them."""
    reading = Reading.of(text)
    link = _LINK.search(reading.text)
    if link is None or names_the_future(reading.text):
        return None
    hourly = False
    while reading.take(_HOURLY):
        hourly = True
    for condition in named(text, around):
        if condition.kind == "weekday":  # the last look puts it into the calls, or names it
            reading.take(re.compile(rf"\b(?:on |in )?{re.escape(condition.said.lower())}\b"))
    days = [one.phrase for one in take_periods(reading)]
    stores = take_stores(reading, around)
    departments = take_departments(reading, around)
    group = reading.take(_GROUP)
    by = next((name for name, words in _GROUPS if group and re.fullmatch(words, group["group"])), None)
    link = _LINK.search(reading.text)
    if link is None or len(days) > 1 or len(departments) > 1 or reading.find(_GROUP):
        return None
    sides = [_figure(reading.text[: link.start()]), _figure(reading.text[link.end() :])]
    if None in sides or sides[0] == sides[1]:
        return None
    figures = [str(one) for one in sides]
    by = by or ("hour" if hourly else None)
    shared = {"period": days[0] if days else _USUAL} | ({"stores": stores} if stores else {})
    if "stock" in figures:
        part = {"department": departments[0]} if departments else {}
        return _stock(figures, by, shared, part)
    if "staff" not in " ".join(figures) or departments:
        return None
    return _staff(figures, by, shared) if link["fits"] or by == "hour" else None


def _figure(said: str) -> str | None:
    """The one figure of a side; None where there is none, or a word that nothing here knows."""
    own = None
    if staff := _STAFF.search(said):
        own = "staff_cost" if _COST.search(staff[0]) else "staff"
    elif staff := _STOCK.search(said):
        own = "stock"
    rest = f"{said[: staff.start()]} {said[staff.end() :]}" if staff else said
    words = [one for one in words_of(rest) if one.words not in _PLAIN and not one.named("plain")]
    figures = [one.named("figures") for one in words]
    if own:
        return own if not words else None
    found = figures[0] if len(words) == 1 and figures[0] in METRICS else None
    return {"labour_hours": "staff", "labour_cost": "staff_cost"}.get(found or "", found)


def _staff(figures: Sequence[str], by: str | None, shared: dict[str, Any]) -> Plan | None:
    other = next((one for one in figures if not one.startswith("staff")), None)
    if other is None:  # hours worked and what they cost are one subject
        return None
    cost = "staff_cost" in figures
    by = by or "weekday"
    if by == "hour":
        told: list[tuple[str, dict[str, Any]]] = [(CONDITIONS, {**shared, "by": "hour"})]
        if other not in _BY_HOUR:
            told.append((SUMMARY, {**shared, "metrics": [other], "by": "hour"}))
        return Plan(tuple(told), JUDGE, _NO_COST if cost else "")
    metrics = ["labour_cost" if cost else "labour_hours", other]
    if by in _SUMMARY_BY and by not in ("department", "category"):
        return Plan(((SUMMARY, {**shared, "metrics": metrics, "by": by}),), JUDGE)
    return (
        Plan(((BREAKDOWN, {**shared, "metrics": metrics, "by": by}),), JUDGE) if by in ("district", "region") else None
    )


def _stock(figures: Sequence[str], by: str | None, shared: dict[str, Any], part: dict[str, Any]) -> Plan | None:
    other = next((one for one in figures if one in METRICS), None)
    if other is None or by is None or by in ("hour", "weekday", "day", "week", "month"):
        return None
    level = by if by in _STOCK_BY else "store"
    now = {key: value for key, value in shared.items() if key != "period"}
    sums: tuple[str, dict[str, Any]] = (
        (SUMMARY, {**shared, **part, "metrics": [other], "by": by})
        if by in _SUMMARY_BY
        else (BREAKDOWN, {**shared, **part, "metrics": [other], "by": by})
    )
    opening = _BY_STORE.format(group=by) if level != by else ""
    return Plan(((STOCK, {**now, **part, "by": level}), sums), JUDGE, opening)
