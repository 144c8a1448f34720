"""A plain question of figures taken apart: a figure, what it is told by, a part of the sales, how many and when.

The reading is strict: a word that is none of these ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.plain_questions.plain_words import (
    ASKED,
    ATTRIBUTES,
    BOTTOM,
    COURSES,
    EACH_MEASURES,
    FIGURES,
    FRAME,
    GOODS_GROUPS,
    GROUPS,
    IMPLIED,
    LABELS,
    LEAD,
    PEOPLE_GROUPS,
    PROMOTED,
    RANKED,
    RELATED,
    SHARE_OF,
    SOUGHT,
    WHOLE,
)
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_recurring_days
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.people import split_instead, take_people
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_departments, take_named_stores
from agent.conversation.surroundings import Surroundings

_NO_GOODS = frozenset({"children", "kids", "child", "people", "members", "demographics"})
_BEFORE_GOODS = frozenset({"of", "for", "in", "on", "from", "within", "the"})
_MOST_GROUPS = 2
_EACH_SPENDS = re.compile(
    r"\b(?:relationship|correlation|association|affects?|influences?|impacts?|influence|effect|impact)\b"
    r"|\bspend(?:ing)? (?:var|differ)"
)
_EACH_USUAL = 5
"""How many of each are told where no number is said: “the top categories of each age group”."""
_GOODS_ARE_THE_PART = re.compile(r"\b(?:comes?|came|is|are|was|were|go|goes|went|spent)\b")
"""Before the goods: of what people buy, the share of these goods is asked for, not their share of the goods."""
_DIFFERS = re.compile(r"\b(?:differs?|differed|different(?:ly)?|var(?:y|ies)|chang(?:e|es|ed))\b")
_BEST = re.compile(r"\b(?:top|bottom|best|worst)\b")
_A_RATE = re.compile(r"\bper (?:day|week|month)\b")
PROMOTED_AS = {"display": "on display", "mailer": "in the mailer", "promotion": "any promotion"}
"""Goods on promotion of any kind, or only where they stood or were printed."""
_MOST_WORDS = 3
"""A name of goods said in passing is no longer than that."""


@dataclass(frozen=True, slots=True)
class PlainFigure:
    """What a plain question of figures says."""

    figure: str
    by: tuple[str, ...]
    where: tuple[dict[str, Any], ...] = ()
    product: str | None = None
    department: str | None = None
    period: str | None = None
    stores: str | None = None
    top: int | None = None
    each: int | None = None
    bottom: bool = False
    whole: bool = False
    share: bool = False

    def period_or(self, usual: str | None) -> str | None:
        """The period named; all the data where a question asks so, and otherwise the usual one."""
        return self.period or ("all time" if self.whole else usual)


def read(question: str, around: Surroundings) -> PlainFigure | None:
    """A plain question of figures; None for every other."""
    reading = Reading.of(question)
    whole = reading.text
    if names_the_future(whole):
        return None
    related = reading.take(RELATED) is not None
    share = reading.take(SHARE_OF) is not None
    top = take_number(reading)
    promoted = reading.take(PROMOTED)
    spans = take_periods(reading)
    found = _take_groups(reading, related=related)
    groups, each = _nested(found, top)
    figure = _take_figure(reading)
    if figure is None and any(_BEST.search(one.said) and one.name in GOODS_GROUPS for one in found):
        figure = "net_sales"  # “top departments” are so by what they sell
    if figure is None or len(spans) > 1 or (figure in EACH_MEASURES and _A_RATE.search(whole)):
        return None
    groups, where = take_part(reading, groups, whole, promoted=promoted)
    if len(groups) > _MOST_GROUPS or not (groups or where) or (share and (groups or not where)):
        return None
    stores = take_named_stores(reading, around)
    departments = take_departments(reading, around)
    goods = take_goods(reading, around)
    if goods is None or len(departments) > 1 or (departments and goods):
        return None
    named = goods or next(iter(departments), "")
    if share and named and _GOODS_ARE_THE_PART.search(whole.partition(named.lower())[0]):
        return None
    one_kind = len(groups) == 1 and not where and groups[0] in PEOPLE_GROUPS
    if figure == "net_sales" and one_kind and _EACH_SPENDS.search(whole):
        figure = "spend_each"  # a kind with more households spends more in all
    return PlainFigure(
        figure=figure,
        by=tuple(groups),
        where=tuple(where),
        product=goods or None,
        department=departments[0] if departments else None,
        period=spans[0].phrase if spans else None,
        stores=stores,
        top=None if each else top,
        each=each,
        bottom=BOTTOM.search(whole) is not None,
        whole=WHOLE.search(whole) is not None,
        share=share,
    )


def take_number(reading: Reading) -> int | None:
    """How many are asked for, taken out."""
    ranked = reading.find(RANKED)
    if ranked is None:
        return None
    name = "n" if ranked["n"] else "m"
    reading.blank(*ranked.span(name))
    return int(ranked[name])


def take_part(
    reading: Reading, groups: list[str], whole: str, *, promoted: re.Match[str] | None
) -> tuple[list[str], list[dict[str, Any]]]:
    """The conditions on what is counted, taken out; with the groups, among them people held against each other."""
    people = take_people(reading)
    against = split_instead(people, reading.text if groups else whole)
    if against is not None and against not in groups:
        groups = [*groups, against]
    where: list[dict[str, Any]] = [one.condition() for one in people if one.dimension != against]
    label = None if "private_label" in groups else reading.take(LABELS)
    if label is not None and reading.take(LABELS) is not None:
        groups = [*groups, "private_label"]
    elif label is not None:
        own = "private label" if label["own"] else "national brand"
        where.append({"dimension": "private_label", "values": [own]})
    if (
        (days := take_recurring_days(reading)) is not None
        and days in ("weekends", "weekdays")
        and _DIFFERS.search(whole)
    ):
        groups = [*groups, "weekday"]  # how it differs on weekends takes the other days beside them
    elif days is not None:
        where.append({"dimension": "weekday", "values": [days]})
    if promoted is not None:
        name = "display" if promoted["display"] else "mailer" if promoted["mailer"] else "promotion"
        where.append({"dimension": name, "values": [PROMOTED_AS[name]]})
    return groups, where


@dataclass(frozen=True, slots=True)
class _Told:
    """A group that a figure is told by, and how it was said."""

    start: int
    name: str
    said: str

    @property
    def asked(self) -> bool:
        """Whether it is what is looked for (“which category”), and not what it is looked for in (“for each store”)."""
        return SOUGHT.search(self.said) is not None

    @property
    def one(self) -> bool:
        """Whether one of them is asked for."""
        return self.asked and not re.search(r"(?:ies|(?<!u)s)$", self.said)


def _take_groups(reading: Reading, *, related: bool) -> list[_Told]:
    """What the figure is told by, in the order said, taken out."""
    found: list[_Told] = []

    def take(pattern: str, name: str) -> bool:
        match = reading.take(re.compile(rf"{pattern}(?![\w-])"))
        if match is not None:
            found.append(_Told(match.start(), name, match[0].strip()))
        return match is not None

    for name, noun in GROUPS:
        while take(rf"(?<![\w-])(?:{LEAD}|{ASKED}) +(?:{noun})", name):
            pass
        if related:
            take(rf"(?:^ *|  +|\b(?:and|does|do|of|on) +(?:the )?)(?:{noun})", name)
    for name, noun in GROUPS if found else ():
        take(rf"(?<= and )(?:{noun})", name)
    for name, pattern in COURSES:
        if (match := reading.take(pattern)) is not None:
            found.append(_Told(match.start(), name, match[0]))
    return sorted(found, key=lambda one: one.start)


def _nested(found: list[_Told], top: int | None) -> tuple[list[str], int | None]:
    """The groups by name; with them how many of one are looked for in each of the other, where it is so asked."""
    names = list(dict.fromkeys(one.name for one in found))
    asked = [one for one in found if one.asked]
    if len(names) != _MOST_GROUPS or len(asked) != 1 or asked[0].name in ATTRIBUTES:
        return names, None
    outer = next(name for name in names if name != asked[0].name)
    return [outer, asked[0].name], top or (1 if asked[0].one else _EACH_USUAL)


def _take_figure(reading: Reading) -> str | None:
    """The one figure asked for, taken out; None where there is none, or there are several."""
    found: list[str] = []
    for name, pattern in FIGURES:
        if name == "buyers" and found:
            break  # households beside a figure are those it is of
        if reading.take(pattern) is not None:
            found.append(name)
    for name, pattern in IMPLIED:
        if reading.take(pattern) is not None and not found:
            found.append(name)
    return found[0] if len(found) == 1 else None


def take_goods(reading: Reading, around: Surroundings) -> str | None:
    """The goods the words left over name; an empty string where none are left, None where they are something else."""
    text = reading.text
    reading.text = FRAME.sub(lambda match: " " * len(match[0]), text)
    words = list(re.finditer(r"\S+", reading.text))
    if not words:
        return ""
    start, end = words[0].start(), words[-1].end()
    before = text[:start].split()
    if not before or before[-1] not in _BEFORE_GOODS or len(words) > _MOST_WORDS or "  " in reading.text[start:end]:
        return None
    if _NO_GOODS & {word[0] for word in words}:
        return None
    named = leftover(reading, around)
    return named.goods.product if named and named.goods and not named.unknown else None
