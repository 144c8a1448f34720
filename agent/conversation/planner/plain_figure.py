"""A second look at a plain question of figures: does the plan say all that the question said?

The readers of the topics look for their own words in a question, and what another says beside them may be lost: a group
in an order they do not know, a filter, a “top 5”. So a question that is nothing but a figure, what it is told by and a
part of the sales is read once more as a whole, and strictly: a word that is none of these ends the reading. Only where
the plan so far leaves out something of it, or is none, does this reading decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.daytime import take_recurring_days
from agent.conversation.planner.goods import leftover
from agent.conversation.planner.outcome import SUMMARY, Plan, calls_for
from agent.conversation.planner.people import split_instead, take_people
from agent.conversation.planner.periods import names_the_future, take_periods
from agent.conversation.planner.places import take_departments, take_named_stores
from agent.conversation.planner.plain_words import (
    ASKED,
    ATTRIBUTES,
    BOTTOM,
    COURSES,
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
    SPANS,
    WHOLE,
)
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

BREAKDOWN, VISITS, BUYERS, PROFILE = "sales_breakdown", "customer_visits", "goods_by_buyers", "household_profile"
BY_PEOPLE, OVER_TIME, PEAK, RANKING = "coupons_by_group", "redemptions_over_time", "peak_times", "store_ranking"
LABEL_SHARE, RANGE = "private_label_share", "range_counts"
_EACH = {"spend_each": "spend", "visits_each": "visits"}
_SHARED = frozenset({"net_sales", "units", "transactions", "discounts"})
"""Figures of which a part can be told as a share."""
_TELLS_SALES = frozenset({BREAKDOWN, SUMMARY, RANKING, PEAK})
_VISIT_GROUPS = PEOPLE_GROUPS | {"store", "week", "month"}
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
_BEST = re.compile(r"\b(?:top|bottom|best|worst)\b")
_A_RATE = re.compile(r"\bper (?:day|week|month)\b")
_MOST_WORDS = 3
"""A name of goods said in passing is no longer than that."""
_FEWEST = "The fewest that you asked for are the smallest numbers of the table, apart from a row “Not known”."
_DISPLAY = (
    "You asked for goods on display: sales know whether a product was on display or in the mailer then, not which of "
    "the two, so these are goods on promotion of either kind."
)
_MAILER = (
    "You asked for goods in the mailer: sales know whether a product was on display or in the mailer then, not which "
    "of the two, so these are goods on promotion of either kind."
)


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
    near: str = ""

    def period_or(self, usual: str | None) -> str | None:
        """The period named; all the data where a question asks so, and otherwise the usual one."""
        return self.period or ("all time" if self.whole else usual)


def second_look(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan so far where it says all that a plain question said, and the plan of this reading where it does not."""
    said = read(question, around)
    if said is None:
        return _all_of_it(decided)
    told = not said.near and not (said.bottom and said.figure == "redemptions")
    if len(decided.calls) == 1 and told and _covers(decided.calls[0], said):
        return _all_of_it(decided)
    return _all_of_it(_plan(said) or decided)


def read(question: str, around: Surroundings) -> PlainFigure | None:
    """A plain question of figures; None for every other."""
    reading = Reading.of(question)
    whole = reading.text
    if names_the_future(whole):
        return None
    related = reading.take(RELATED) is not None
    share = reading.take(SHARE_OF) is not None
    top = _take_number(reading)
    promoted = reading.take(PROMOTED)
    spans = take_periods(reading)
    found = _take_groups(reading, related=related)
    groups, each = _nested(found, top)
    figure = _take_figure(reading)
    if figure is None and any(_BEST.search(one.said) and one.name in GOODS_GROUPS for one in found):
        figure = "net_sales"  # “top departments” are so by what they sell
    if figure is None or len(spans) > 1 or (figure in _EACH and _A_RATE.search(whole)):
        return None
    groups, where = _take_part(reading, groups, whole, promoted=promoted is not None)
    if len(groups) > _MOST_GROUPS or not (groups or where) or (share and (groups or not where)):
        return None
    stores = take_named_stores(reading, around)
    departments = take_departments(reading, around)
    goods = _take_goods(reading, around)
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
        near="" if promoted is None else _DISPLAY if promoted["display"] else _MAILER if promoted["mailer"] else "",
    )


def _take_number(reading: Reading) -> int | None:
    """How many are asked for, taken out."""
    ranked = reading.find(RANKED)
    if ranked is None:
        return None
    name = "n" if ranked["n"] else "m"
    reading.blank(*ranked.span(name))
    return int(ranked[name])


def _take_part(
    reading: Reading, groups: list[str], whole: str, *, promoted: bool
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
    if (days := take_recurring_days(reading)) is not None:
        where.append({"dimension": "weekday", "values": [days]})
    if promoted:
        where.append({"dimension": "promotion", "values": ["any promotion"]})
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


def _take_goods(reading: Reading, around: Surroundings) -> str | None:
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
    return Plan(plan.calls, plan.text, said.near)


def _call(said: PlainFigure) -> tuple[str, dict[str, Any]] | None:
    first = said.by[0] if said.by else ""
    order = "bottom" if said.bottom else None
    part = {"stores": said.stores, "period": said.period_or(None)}
    goods = {"product": said.product, "department": said.department}
    if not said.by:
        return _of_a_part(said, goods, part)
    if said.figure in _EACH or (said.figure == "buyers" and first in _VISIT_GROUPS):
        if len(said.by) > 1 or said.where or first not in _VISIT_GROUPS:
            return None
        rank = _EACH.get(said.figure, "customers")
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
    if said.figure in _EACH:
        if not alone or said.share:
            return None
        return VISITS, {
            "by": kind["dimension"], "values": kind["values"], "rank_by": _EACH[said.figure], **goods, **part,
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
    if said.figure in _EACH or said.figure in ("buyers", "redemptions", "range"):
        if name == PROFILE:
            return said.figure == "buyers"
        if wanted is None:
            return True
        return name == wanted[0] and args.get("rank_by", "spend") == wanted[1].get("rank_by", "spend")
    if name == VISITS and (not said.by or said.by[0] in ATTRIBUTES):
        return said.figure in ("net_sales", "average_transaction_value", "transactions")
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
