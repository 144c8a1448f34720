"""A figure of each basket, line, product or day: “average number of departments per basket”, “minimum daily sales”.

A figure, of each of what, a statistic, by no or two groups, within bounds, for a part of the goods. What the older
tools tell (the average ticket, the median basket by store, an average day, the largest receipts) goes its usual way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.plain_reading import take_goods
from agent.conversation.planner.plain_questions.plain_words import ATTRIBUTES
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_recurring_days
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_departments, take_named_stores
from agent.conversation.planner.whole.each_words import (
    ADVERBS,
    BOUNDS,
    COUNTING,
    EXTREMES,
    FIGURES,
    FILLER,
    GROUP_WORDS,
    HIGHEST,
    HOLD,
    LABEL,
    LEAD,
    LOWEST,
    OF_BASKETS,
    OTHER,
    SHARE,
    SOUGHT,
    TELLS,
    UNITS,
)
from agent.conversation.surroundings import Surroundings

TOOL = "figure_of_each"
_GROUPS = tuple((name, re.compile(rf"(?<![\w-])(?:{words})(?![\w'-])")) for name, words in GROUP_WORDS)
_TIMES = frozenset({"day", "week", "month"})
_SPLITS_OF_BASKETS = frozenset({"store", "day", "weekday", "hour"})
_OF_RATES = frozenset({"store", "department", "category", "weekday"})
_OF_GOODS = frozenset({"department", "category", "brand", "private_label", "pack_size"})
_OF_SPREADS = frozenset({"store", "department", "category"})
_SUMS = frozenset({"net_sales", "units", "discounts", "transactions"})
_GOODS_COUNTED = frozenset({"products", "categories", "departments", "brands"})


@dataclass(slots=True)
class _Said:
    """What a question says, as it is taken out of it."""

    figure: str = ""
    each: str = ""
    by: list[str] = field(default_factory=list)
    tells: list[str] = field(default_factory=list)
    bounds: dict[str, str] = field(default_factory=dict)
    where: list[dict[str, Any]] = field(default_factory=list)
    share: bool = False
    top: bool = False
    bottom: bool = False
    extremes: bool = False
    sought: bool = False


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a figure of each of something; None where a word is not known, or other tools tell it."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or OTHER.search(whole):
        return None
    said = _Said()
    spans = take_periods(reading)
    if len(spans) > 1:
        return None
    said.bounds, money = _bounds(reading)
    said.extremes = reading.find(EXTREMES) is not None
    _conditions(reading, said)
    said.tells = [name for name, pattern in TELLS if _take_all(reading, pattern)]
    said.share = reading.take(SHARE) is not None
    _unit(reading, said)
    if not said.each and said.tells != ["quartiles"]:
        return None
    said.top, said.bottom = (_take_all(reading, pattern) for pattern in (HIGHEST, LOWEST))
    _groups(reading, said)
    _figure(reading, said)
    if not said.each:
        said.each = "line" if said.figure == "units" and not said.by else ""  # the quantity is that of a line
    if money and not said.figure:
        said.figure = "net_sales"
    if (
        not said.figure
        or not said.each
        or len(said.by) > 2
        or (not said.tells and not said.bounds and not said.top and not said.bottom)
    ):
        return None
    stores = take_named_stores(reading, around)
    departments = take_departments(reading, around)
    while reading.take(FILLER):
        pass
    goods = take_goods(reading, around) if reading.rest() else ""
    if goods is None or len(departments) > 1 or (departments and goods):
        return None
    named = {"department": departments[0]} if departments else {"product": goods} if goods else {}
    if (args := _asked(said)) is None or _is_told_by_others(said, named):
        return None
    when = spans[0].phrase if spans else None
    people = any(one["dimension"] in ATTRIBUTES for one in said.where) or any(one in ATTRIBUTES for one in said.by)
    if when is None and (people or said.each in ("month", "line")):
        when = "all time"
    shared = {"period": when or ("last 12 weeks" if said.each == "week" else None), "stores": stores}
    made = [{key: value for key, value in {**one, **named, **shared}.items() if value} for one in args]
    return Plan(tuple((TOOL, one) for one in made))


def _take_all(reading: Reading, pattern: re.Pattern[str]) -> bool:
    found = False
    while reading.take(pattern) is not None:
        found = True
    return found


def _bounds(reading: Reading) -> tuple[dict[str, str], bool]:
    """The bounds of a figure, taken out, and whether they are amounts."""
    for name, pattern in BOUNDS:
        found = reading.take(pattern)
        if found is None:
            continue
        given = [value for value in found.groupdict().values() if value]
        money = any(value[0] in "$€£" for value in given)
        first, *more = (re.sub(r"[$€£,\s]", "", value) for value in given)
        if name == "between" and more:
            return {"at_least": first, "at_most": more[0]}, money
        return ({"at_least": first, "at_most": first} if name == "exactly" else {name: first}), money
    return {}, False


def _conditions(reading: Reading, said: _Said) -> None:
    """The part of the sales meant, taken out: kinds of households, own label or national brands, weekdays."""
    said.where += [one.condition() for one in take_people(reading)]
    labels = set()
    while (label := reading.take(LABEL)) is not None:
        labels.add("private label" if label["own"] else "national brand")
    if len(labels) == 1:
        said.where.append({"dimension": "private_label", "values": [*labels]})
    elif labels:
        said.by.append("private_label")
    if (days := take_recurring_days(reading)) is not None:
        said.where.append({"dimension": "weekday", "values": [days]})


def _unit(reading: Reading, said: _Said) -> None:
    """Of what a figure is told each: the last “per …”, the word before the figure, or the baskets that are counted."""
    if said.bounds and reading.take(HOLD) is not None:
        said.each = "basket"
        return
    if reading.take(OF_BASKETS) is not None:
        said.each, said.figure = "basket", "net_sales"
        return
    found = [(match.start(), name) for name, pattern in UNITS if (match := reading.find(pattern)) is not None]
    for name, pattern in ADVERBS:
        if reading.take(pattern) is not None:
            said.each = name
            return
    if found:
        # Of “per product in each category” the first is what the figure is of, and the other tells it apart.
        said.each = min(found)[1]
        reading.take(next(pattern for name, pattern in UNITS if name == said.each))


def _groups(reading: Reading, said: _Said) -> None:
    """What a figure is told by, taken out: behind “by”, “in each”, or looked for at the head of the question."""
    for name, pattern in _GROUPS:
        for found in pattern.finditer(reading.text):
            before = reading.text[: found.start()]
            head = SOUGHT.fullmatch(before) is not None and bool(before.strip())
            if not (head or LEAD.search(before)) or name == said.each or COUNTING.search(before):
                continue
            said.sought = said.sought or head
            said.by += [name] if name not in said.by else []
            reading.blank(found.start(), found.end())
            break


def _figure(reading: Reading, said: _Said) -> None:
    for name, pattern in FIGURES:
        found = reading.find(pattern)
        if found is None:
            continue
        if said.figure and said.figure != name:
            if not said.share:
                said.figure = ""
                return
            reading.blank(found.start(), found.end())  # “what share of revenue comes from baskets over $50”
            continue
        reading.blank(found.start(), found.end())
        said.figure = name


def _asked(said: _Said) -> list[dict[str, Any]] | None:
    """The arguments of the calls; two where both ends are asked for. None where the statistic is not clear."""
    args: dict[str, Any] = {"figure": said.figure, "each": said.each, "where": said.where or None}
    args["by"] = ", ".join(said.by) or None
    if said.bounds:
        return [{**args, **said.bounds, "order": "bottom" if said.bottom else None}] if not said.tells else None
    told = [name for name in said.tells if name != "mean"] or said.tells[:1]
    if len(told) > 1:
        return None
    if told:
        if said.top and said.bottom:
            return None
        return [{**args, "tell": told[0] if told[0] != "mean" else None, "order": "bottom" if said.bottom else None}]
    ends = [name for name, meant in (("lowest", said.bottom), ("highest", said.top)) if meant]
    if said.sought and not said.extremes:
        return None  # “which store has the highest sales per basket”: the highest mean is meant, and told by others
    return [{**args, "tell": end} for end in ends]


def _is_told_by_others(said: _Said, named: dict[str, str]) -> bool:
    """Whether an older tool tells this: averages of a ticket or a day, the spread of baskets, the largest receipts."""
    part, by = bool(said.where or named), set(said.by)
    mean = said.tells == ["mean"]
    spread = {name for name in said.tells if name != "mean"}
    if said.figure == "transactions" and said.each not in (*_TIMES, "store"):
        return True
    if said.each == "basket":
        return _is_told_of_baskets(said, by, mean=mean, part=part, goods=bool(named))
    if said.each in _TIMES:
        sums = said.figure in _SUMS
        if spread:
            return sums and spread <= {"median", "deviation"} and not said.where and by <= _OF_SPREADS and len(by) < 2
        rates = by <= _OF_RATES and len(by) < 2 and said.figure == "net_sales" and said.each != "month"
        return mean and sums and (rates or not by or "weekday" in by) and not (said.each == "month" and not by)
    if said.each in ("brand", "category", "department"):
        return said.figure in _GOODS_COUNTED and mean
    return said.each == "store" and mean and said.figure in _SUMS


def _is_told_of_baskets(said: _Said, by: set[str], *, mean: bool, part: bool, goods: bool) -> bool:
    """Whether an older tool tells this of baskets."""
    if said.figure in ("customers", "stores"):
        return True
    if said.bounds:
        return said.figure == "net_sales" and not (said.share or part or by)
    if mean:
        return {
            "net_sales": not goods and not by & (_OF_GOODS - {"private_label"}),
            "units": not (part or by & _OF_GOODS),
            "discounts": not part,
            "products": not part and by <= {"store"},
        }.get(said.figure, False)
    return bool(said.tells) and said.figure in ("net_sales", "units") and by <= _SPLITS_OF_BASKETS and not part
