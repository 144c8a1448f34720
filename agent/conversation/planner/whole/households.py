"""Figures of single households: “median weekly spend per household by size”, “households with $1000 or more”.

A figure, of each household, of each week perhaps, its mean or median, by kind of household, within bounds, for a part
of the goods. Two figures that are held against each other are asked for as a correlation. What the older tools tell
of all customers (how many bought, their mean spend by age) goes its usual way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.plain_reading import take_goods, take_number
from agent.conversation.planner.plain_questions.plain_words import ATTRIBUTES, BOTTOM, LABELS, PROMOTED
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.rewording.coursework import as_in_a_shop
from agent.conversation.planner.slots.daytime import take_recurring_days
from agent.conversation.planner.slots.people import split_instead, take_people
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_departments, take_named_stores
from agent.conversation.planner.topics import by_spend, by_visits
from agent.conversation.planner.whole.household_words import (
    ALL,
    BOUNDS,
    COUNTED,
    DESCRIBED,
    EACH,
    FIGURES,
    FILLER,
    MORE,
    OF_A_FIGURE,
    OF_A_TRIP,
    OFTEN,
    OTHER,
    PEOPLE_GROUPS,
    PER_TRIP,
    RARE_TELLS,
    RELATED,
    SHOPS,
    SPANS,
    SPENDS,
    TELLS,
    WHO,
)
from agent.conversation.surroundings import Surroundings

TOOL, TOGETHER, VISITS = "household_figures", "household_correlation", "customer_visits"
_OF_BASKETS = {"basket_units": "units", "basket_value": "spend"}
_OF_ONE_BASKET = frozenset({"units", "spend", "discount", "products", "unit_price"})
"""What single baskets have; two of them are held against each other basket by basket where no household is named."""
_PLAIN = frozenset({"spend", "visits", "basket_value"})
_MOST = 3
_ABOUT = re.compile(
    rf"\b(?:{WHO}|baskets?|correlat\w+|ages?|incomes?|homeowners?|renters?|seniors?|couples?|singles|parents?|children|kids)\b"
)
_LISTED = re.compile(
    r"\b(?:which|list|identify|find|show(?: me)?) (?:the |all |our )*(?:households|customers|shoppers)\b"
)
COUNTED_ONLY = "Households are counted here and not listed one by one; “top customers” has those that spend most."


@dataclass(slots=True)
class _Said:
    """What a question says, as it is taken out of it."""

    figures: list[str] = field(default_factory=list)
    bounds: dict[str, str] = field(default_factory=dict)
    where: list[dict[str, Any]] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    tells: list[str] = field(default_factory=list)
    span: str | None = None
    each: bool = False
    people: bool = False
    counted: bool = False
    described: bool = False
    related: bool = False


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for figures of single households; None where a word is not known, or other tools tell it."""
    plainer = as_in_a_shop(text)
    return _read(text, around) or (_read(plainer, around) if plainer != text else None)


def _read(text: str, around: Surroundings) -> Plan | None:
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or OTHER.search(whole) or not _ABOUT.search(whole):
        return None
    said = _Said()
    said.described = reading.take(DESCRIBED) is not None
    said.bounds = _bounds(reading)
    listed = _LISTED.search(whole) is not None
    said.span = next((name for name, pattern in SPANS if _take_all(reading, pattern)), None)
    spans = take_periods(reading)
    if len(spans) > 1 or not _conditions(reading, said) or any(reading.find(pattern) for _, pattern in BOUNDS):
        return None  # a number that is no bound of a figure known here is no word that carries nothing
    bottom = reading.find(BOTTOM) is not None
    said.each = said.each or reading.find(EACH) is not None
    said.by = list(dict.fromkeys([*said.by, *(name for name, pattern in PEOPLE_GROUPS if _take_all(reading, pattern))]))
    rare = [name for name, pattern in RARE_TELLS if _take_all(reading, pattern)]
    _figures(reading, said)
    said.tells = rare + [name for name, pattern in TELLS if _take_all(reading, pattern)]
    said.counted = _take_all(reading, COUNTED)
    _take_all(reading, EACH)
    said.people = _take_all(reading, ALL) or any(one["dimension"] in ATTRIBUTES for one in said.where)
    shops = _take_all(reading, SHOPS)
    if "" in said.figures or len(said.figures) > _MOST or len(said.by) > 1 or take_number(reading) is not None:
        return None
    while reading.take(FILLER):
        pass
    stores = take_named_stores(reading, around)
    departments = take_departments(reading, around)
    goods = take_goods(reading, around)
    if goods is None or len(departments) > 1 or (departments and goods):
        return None
    when = spans[0].phrase if spans else None
    shared = {"period": None if when == "all time" else when, "stores": stores}
    if not said.figures:
        alone = len(said.by) == 1 and not (said.bounds or said.where or said.span or said.tells or departments or goods)
        if not (shops and alone):
            return None
        return Plan(((VISITS, _given({**shared, "by": said.by[0], "period": when or "all time"})),))
    named = [("department", one) for one in departments] + ([("product", goods)] if goods else [])
    said.where += [{"dimension": name, "values": [value]} for name, value in named]
    decided = _correlation(said, shared) if said.related else _each(said, shared, text, around)
    if decided is None:
        return None
    if bottom and not said.related:
        decided = Plan(tuple((name, {**args, "order": "bottom"}) for name, args in decided.calls))
    return Plan(decided.calls, opening=COUNTED_ONLY if listed and said.bounds else "")


def _take_all(reading: Reading, pattern: re.Pattern[str]) -> bool:
    """Whether a pattern is there; taken out wherever it is."""
    found = False
    while reading.take(pattern) is not None:
        found = True
    return found


def _bounds(reading: Reading) -> dict[str, str]:
    """The bounds of a figure, taken out; numbers of people, ages and incomes stay."""
    found: dict[str, str] = {}
    for name, pattern in BOUNDS:
        for match in pattern.finditer(reading.text):
            numbers = [value for value in match.groupdict().values() if value]
            money = any(value.strip()[0] in "$€£" for value in numbers)
            behind = OF_A_FIGURE.match(reading.text[match.end() :])
            if not (money or behind or SPENDS.search(reading.text[: match.start()])):
                continue
            plain = [re.sub(r"[$€£,\s]", "", value) for value in numbers]
            found |= dict(zip(("at_least", "at_most"), plain, strict=True)) if name == "between" else {name: plain[0]}
            reading.blank(match.start(), match.end())
            break
    return found


def _conditions(reading: Reading, said: _Said) -> bool:
    """The part of the purchases meant, taken out; False where it is more than can be told."""
    people = take_people(reading)
    against = split_instead(people, reading.text)
    if against is not None:
        said.by.append(against)
        said.each = reading.find(MORE) is not None  # a kind with more households has more of everything
    said.where += [one.condition() for one in people if one.dimension != against]
    label = reading.take(LABELS)
    if label is not None:
        own = "private label" if label["own"] else "national brand"
        said.where.append({"dimension": "private_label", "values": [own]})
        if reading.take(LABELS) is not None:
            return False
    if (days := take_recurring_days(reading)) is not None:
        said.where.append({"dimension": "weekday", "values": [days]})
    if (promoted := reading.take(PROMOTED)) is not None:
        if promoted["display"] or promoted["mailer"]:
            return False
        said.where.append({"dimension": "promotion", "values": ["any promotion"]})
    return True


def _figures(reading: Reading, said: _Said) -> None:
    """The figures in the order in which they are said, and whether two of them are held against each other."""
    often = reading.take(OFTEN) is not None
    related = _take_all(reading, RELATED)
    found: dict[str, int] = {"visits": -1} if often else {}
    for name, pattern in FIGURES:
        while (match := reading.take(pattern)) is not None:
            found[name] = min(found.get(name, match.start()), match.start())
    if reading.take(PER_TRIP) is not None:
        found = {OF_A_TRIP.get(name, ""): place for name, place in found.items()}
    names = sorted(found, key=found.__getitem__)
    said.related = len(names) == 2 and (related or often)
    if related and len(names) == 1 and names[0] not in _OF_BASKETS:
        said.each = True  # “does income affect …” is asked of each household
        if not said.by and len(said.where) == 1 and said.where[0]["dimension"] in ATTRIBUTES:
            said.by, said.where = [said.where[0]["dimension"]], []
    # How large a basket is, is its value, unless its value is held against it.
    valued = {"spend", "basket_value"} & set(names)
    sizes = {"basket_size": "basket_units" if said.related and valued else "basket_value"}
    said.figures = [sizes.get(name, name) for name in names]


def _correlation(said: _Said, shared: dict[str, Any]) -> Plan | None:
    """The call for two figures held against each other: what is said first is what the other may depend on."""
    if said.bounds or said.by or said.span:
        return None
    first, second = said.figures
    if {first, second} == {"unit_price", "units"} and said.where and not (said.people or said.each):
        return None  # of one kind of goods that is their price elasticity
    args: dict[str, Any] = {"figure": second, "against": first, "where": said.where or None, **shared}
    of_baskets = set(said.figures) & set(_OF_BASKETS) or (
        not said.people and not said.where and set(said.figures) <= _OF_ONE_BASKET
    )
    if not said.each and of_baskets and "visits" not in said.figures:
        first, second = _OF_BASKETS.get(first, first), _OF_BASKETS.get(second, second)
        if first == second or not {first, second} <= _OF_ONE_BASKET:
            return None
        args |= {"figure": second, "against": first, "each": "basket"}
    return Plan(((TOGETHER, _given(args)),))


def _each(said: _Said, shared: dict[str, Any], text: str, around: Surroundings) -> Plan | None:
    """The calls for figures of single households; None where the question is one for the older tools."""
    plain = len(said.figures) == 1 and said.figures[0] in _PLAIN
    if said.bounds:
        if len(said.figures) > 1 or not (said.counted or said.described or said.by):
            return None
        alone = not (said.span or said.by or said.where or said.described)
        if plain and alone and any(read(text, around) for read in (by_spend.read, by_visits.read)):
            return None
    elif not _of_each(said, plain=plain) or (
        plain and said.tells == ["median"] and not (said.span or said.by or said.where)
    ):
        return None
    tell = next((name for name in said.tells if name != "mean"), None)
    tell = "quartiles" if tell == "distribution" else tell
    args = {
        "span": said.span, "by": said.by[0] if said.by else None, "tell": None if said.bounds else tell, **said.bounds,
        "where": said.where or None, **shared,
    }  # fmt: skip
    return Plan(tuple((TOOL, _given({"figure": name, **args})) for name in said.figures))


def _of_each(said: _Said, *, plain: bool) -> bool:
    """Whether figures are asked for that only single households tell: their spread, their weeks, what they took."""
    apart = any(name not in ("mean", "distribution") for name in said.tells)
    apart = apart or ("distribution" in said.tells and said.each)
    if said.counted and not said.each:
        return False
    if said.span or apart:
        return said.each or bool(said.by) or (said.people and bool(said.tells))
    part = any(one["dimension"] in ("private_label", "promotion", "weekday") for one in said.where)
    return said.each and (not plain or part) and bool(said.tells or said.by)


def _given(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value is not None}
