"""Splits, parts and rankings that the summary does not know.

By brand, channel or register; average prices, shares, exclusions, like-for-like growth, running totals, and which
products are on the way up or down.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import SUMMARY, Plan, calls_for, not_understood
from agent.conversation.planner.plain_questions.summary import RATES, margin_as_a_rate
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import hours_of
from agent.conversation.planner.slots.daytime import take_recurring_days, take_times_of_day
from agent.conversation.planner.slots.goods import take_marked
from agent.conversation.planner.slots.people import split_instead, take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import Slots, take_slots
from agent.conversation.planner.topics.breakdown_taken import compared, take_excluded, take_paid
from agent.conversation.planner.topics.breakdown_words import (
    ALL_TIME,
    AVERAGE_PRICE,
    CLAIMED,
    DIVISION,
    EXCLUDED,
    FALLING,
    GROWTH,
    LIKE_FOR_LIKE,
    NOT_OURS,
    PART_OF,
    PRIVATE_LABEL,
    RANK,
    RUNNING,
    SHARE,
    TREND,
    VARIED,
    VOIDS,
    take_dimensions,
    take_own_metrics,
)
from agent.conversation.planner.topics.store_shares import as_one_of_all
from agent.conversation.planner.wording.words import (
    asks_for_the_bottom,
    take_limit,
    take_metrics,
    take_split,
    with_plain_sales,
)
from agent.conversation.surroundings import Surroundings

BREAKDOWN, EACH = "sales_breakdown", "part_of_each"
_OLD = frozenset({"store", "department", "category", "weekday", "hour", "day", "week", "month"})
_PERIOD = "last 4 weeks"
_SPANS = (("month", "last 6 months"), ("period", "last 6 months"), ("quarter", "this year"), ("week", "last 12 weeks"))
_A_PRODUCT = re.compile(r"\bpopular (?:products?|items?|skus?|articles?)\b")
_BUYING = re.compile(r"\bwhat\b.*\b(?:buy|buys|bought|buying|purchase[ds]?|shop for)\b|\b(?:favou?rite|popular)\b")


_BOUND = re.compile(
    r"\b(?:less|fewer|more) than (?:\d+|one|two|three|five|ten)(?: \w+){0,3}|\bat (?:least|most) (?:\d+|one|two|three"
    r"|five|ten)(?: \w+){0,2}|\btop \d+ ?(?:%|percent)(?! of (?:our |the |all )?(?:customers|households|shoppers))"
    r"|\b(?:discounts?|sales|revenue|margin|profit) per (?:item|unit|piece|product|sku)\b|\b(?:products?|items?"
    r"|skus?) (?:in|per|for|within|of) (?:each|every) (?:department|category|store|brand)\b"
)
_OF_EACH = re.compile(r"\w+ per (?:product|item|sku)")
"""The end of a list of figures, whose “per product” says what all of them are told by."""
_SPAN_NOUN = re.compile(r"\b(?:which|what|top|bottom|best|worst)\s+(?P<span>week|month|day)s\b")
_WHICH_DAY = re.compile(r"\b(?:which|what) day (?:had|has|have|was|were|saw|did)\b")
OF_ALL = "The shares are of all these sales together, not of each {by}: hold a group against its {by} in the table."
_SPANS_RANKED = ("week", "month", "day")
_NATIONAL = re.compile(r"\b(?:national|name|private|store|own)[- ](?:brands?|labels?)\b")
_BUYS_MOST_OWN = re.compile(
    r"\b(?:buys?|bought|purchases?|purchased|spends?|spent|get|gets|prefers?)(?: on)? (?:the )?(?:most|least"
    r"|fewest)\b(?!.*\b(?:national|name)[- ])"
)
"""Who buys most of the own label is a ranking of those sales, not the two kinds of brands beside each other."""
_PARTS = frozenset({"department", "category", "store", "brand"})
_IN_MONEY = re.compile(r"\b(?:dollars?|in money|profits?|gross profit)\b|\$")
_ATTRIBUTES = frozenset(
    {"age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership", "household_comp"}
)
_OF_TOTAL = re.compile(
    r"\b(?:as|in) (?:an? |the )?(?:shares?|percent(?:age)?s?|%) of (?:the |our )?(?:total|whole|overall)\b"
)
"""The total of the answer above, and no word for all time."""
_ONLY_OWN = re.compile(r"^\W*(?:and |but |now |ok )*(?:only|just)(?: the| our)? ")
_OF_THE_BIGGEST = re.compile(
    r"\b(?:for|of|among|in|across) (?:the |our )?(?:(?:\d{1,3}|[a-z]+) )?(?:(?:biggest|largest|top[- ]selling"
    r"|best[- ]selling)(?: \d{1,3}| [a-z]+)?|top(?: \d{1,3})?) (?:brands|departments|categories|stores|products|items"
    r"|manufacturers|suppliers)\b"
)
_GOODS_RANKED = re.compile(
    r"\b(?:products|items|skus|articles|sellers)\b(?!.*\b(?:vs\.?|versus|against|national|name)\b)"
)
_COURSE = re.compile(r"\btrend(?:s|ed|line)?\b|\bover time\b")
_PER_GROUP = re.compile(
    r"\b(?:best|top|worst|biggest|largest|highest|lowest|strongest|weakest)(?:[- ]?(?:selling|performing))? (?:stores?"
    "|departments?|categor(?:y|ies)|shops?)(?: (?:by sales|by margin))? (?:per|for each|in each|for every|within each"
    r"|of each) (?:store|department|category|shop)\b"
)


_SIDES = re.compile(r"(?P<a>[\w' ]+?) and (?P<b>[\w' ]+)")
_SIDE_BY_SIDE = re.compile(r"\b(?:differ\w*|compar\w*|vs\.?|versus|between)\b")


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls that a question of this kind means; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or NOT_OURS.search(whole):
        return None
    if TREND.search(whole):
        return _trend(reading, around)
    asked = _Asked(reading)
    if not asked.ours:
        return None
    return asked.plan(around)


class _Asked:
    """What a question says beside its slots; looked at in the order in which words may be mistaken for others."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.whole = reading.text
        self.where: list[dict[str, Any]] = []
        self.bottom = asks_for_the_bottom(reading)
        bare = Reading(reading.text, reading.source)
        take_marked(bare)  # a product's name may say “store brand” or “without sugar” and mean neither
        self.excluded = take_excluded(reading) if EXCLUDED.search(bare.text) else []
        if self.excluded:
            take_excluded(bare)
        self.like_for_like = reading.take(LIKE_FOR_LIKE) is not None
        self.running = reading.take(RUNNING) is not None
        self.share = reading.take(SHARE) is not None
        self.paid = take_paid(reading)
        self.void = bool(VOIDS.search(self.whole))
        self.price = AVERAGE_PRICE.search(self.whole) is not None
        self.metrics = [*take_own_metrics(reading)]
        self.own_brand = PRIVATE_LABEL.search(bare.text) is not None
        self.limit = take_limit(reading)
        self.by = take_dimensions(reading)
        if _PER_GROUP.search(self.whole) and len(self.by) == 2 and set(self.by) <= _OLD:
            self.by.reverse()  # “best store per department” ranks stores within departments
        groups = take_people(reading)
        against = split_instead(groups, self.whole)
        if against and against not in self.by:
            self.by = [*self.by, against]
        if self.limit and not self.by and (span := reading.take(_SPAN_NOUN)) is not None:
            self.by = [span["span"]]
        if (groups or (self.price and _WHICH_DAY.search(self.whole))) and not self.by and (time := take_split(reading)):
            self.by = [time]
        both = _NATIONAL.search(self.whole) and not _BUYS_MOST_OWN.search(self.whole)
        if len(self.by) == 1 and self.by[0] in _ATTRIBUTES and both:
            self.by.append("private_label")
            while reading.take(_NATIONAL):
                pass
            self.own_brand = False
        self.people = [group.condition() for group in groups if group.dimension != against]
        self.varied = VARIED.search(self.whole) is not None
        self.buying = bool(groups) and _BUYING.search(self.whole) is not None
        if self.buying and not self.by and _A_PRODUCT.search(self.whole):
            self.by = ["product"]
        self.ranks = RANK.search(self.whole) is not None

    @property
    def ours(self) -> bool:
        """Whether it is a question that no older tool answers whole."""
        new = bool(set(self.by) - _OLD - {"product"}) or DIVISION.search(self.whole) is not None
        counted = self.limit is not None and bool(set(self.by) & {"department", "category", "store", *_SPANS_RANKED})
        return bool(
            self.excluded or self.like_for_like or self.running or self.share or self.paid or self.price or self.void
            or self.people or self.varied or "discounted_lines_pct" in self.metrics or new
            or len(self.by) > 1 or counted or self.own_brand
        )  # fmt: skip

    def plan(self, around: Surroundings) -> Plan | None:
        """The call, or the words that stand in its way."""
        compare_to, period = compared(self.reading)
        metrics = with_plain_sales([*self.metrics, *take_metrics(self.reading)], self.whole)
        if any(name.startswith("labour") for name in metrics):
            return None
        grew = GROWTH.search(self.whole) is not None
        if self.own_brand:
            while self.reading.take(PRIVATE_LABEL):
                pass
            self._own_brand()
        bound = _BOUND.search(self.whole)
        if bound is not None and not (len(metrics) > 1 and _OF_EACH.fullmatch(bound[0])):
            return not_understood(bound[0])
        if not set(self.by) & {"weekday", "hour"} and (days := take_recurring_days(self.reading)) is not None:
            self.where.append({"dimension": "weekday", "values": [days]})
        self._hours_of_a_share()
        slots = take_slots(self.reading, around, CLAIMED)
        if slots.unknown:
            return not_understood(slots.unknown)
        if self.price and not (set(self.by) - {"store"}) and not self.limit and not self.where and not self.excluded:
            return _price_of_one(self, slots, metrics, period)
        if self.by == ["product"] and not (
            self.varied or self.people or self.where or self.excluded or self.paid or self.price or self.share
        ):
            return None
        if (within := self._within(slots, metrics, period)) is not None and compare_to is None:
            return within
        args = self._args(slots, metrics, grew=grew, compare_to=compare_to, period=period)
        sides = _SIDES.fullmatch(args["stores"] or "") if args["share"] and _SIDE_BY_SIDE.search(self.whole) else None
        if sides:  # the mix of two stores is that of each, not of both together
            return calls_for(BREAKDOWN, args, [{"stores": sides["a"]}, {"stores": sides["b"]}])
        return calls_for(BREAKDOWN, args, [])

    def _own_brand(self) -> None:
        """Private label is what is split by, or where another split is named, a part of it."""
        own = {"dimension": "private_label", "values": ["private label"]}
        if not self.by and _ONLY_OWN.search(self.whole):  # “only store brand”, of the answer before
            self.by = ["private_label"]
            self.where.append(own)
            return
        ranked = (self.limit or self.ranks) and _GOODS_RANKED.search(self.whole)
        if ranked and set(self.by) <= {"private_label"}:  # “top 5 store brand products” are goods and no two labels
            self.by = ["product"]
            self.where.append(own)
        elif "private_label" not in self.by and self.by:
            self.where.append(own)
        elif not self.by:
            self.by = ["private_label"]
            self.share = True
        if self.by == ["private_label"] and _COURSE.search(self.whole):
            self.by = ["private_label", "month"]
            self.share = False

    def _hours_of_a_share(self) -> None:
        """“What share of sales comes after 6pm”: the part of the day; words for none stay and are not understood."""
        if not self.share or self.by:
            return
        said = Reading(self.reading.text, self.reading.source)
        hours = [hours_of(one) for one in take_times_of_day(said)]
        if hours and all(hours):
            take_times_of_day(self.reading)
            self.where.append({"dimension": "hour", "values": hours})

    def _within(self, slots: Slots, metrics: list[str], period: str | None) -> Plan | None:
        """“What percent of sales came from store brand, by department”: the part of each group and not of all."""
        part = [*self.where, *self.paid, *self.people]
        if not part or len(self.by) != 1 or self.by[0] in _ATTRIBUTES | {"private_label"}:
            return None
        if not PART_OF.search(self.whole) or not set(metrics) <= {"net_sales", "gross_sales", "units", "transactions"}:
            return None
        shared = {
            "period": period or slots.period or _usual_span(self.by),
            **slots.args("stores", "department", "product"),
        }
        if self.people:  # groups of people are told by the breakdown, which holds back the small ones
            both = f"{self.by[0]}, {self.people[0]['dimension']}"
            where = [*self.where, *self.paid, *self.excluded] or None
            return calls_for(BREAKDOWN, {**shared, "by": both, "where": where}, [], OF_ALL.format(by=self.by[0]))
        within = {
            "by": self.by[0],
            "where": part,
            "whole": self.excluded or None,
            "metric": metrics[0] if metrics and metrics[0] != "net_sales" else None,
            "limit": self.limit,
            "order": "bottom" if self.bottom else None,
        }
        return calls_for(EACH, {**within, **shared}, [])

    def _args(
        self, slots: Slots, metrics: list[str], *, grew: bool, compare_to: str | None, period: str | None
    ) -> dict[str, Any]:
        by = list(self.by)
        days = any(one["dimension"] in ("weekday", "hour") for one in self.where)
        part = self.share and not by and bool(self.people or self.paid or days) and not self.excluded
        # “what share of sales is milk” is that of milk in all of them, and not that of departments in milk
        goods = self.share and not by and not part and bool(slots.product) and not (self.excluded or compare_to)
        if self.share and not by and not part and not goods:
            group = re.search(
                r"\b(?:category|store|brand)(?= (?:sales |revenue )?(?:shares?|contribution))", self.whole
            )
            by = [group[0] if group else "department"]
        if self.running and not set(by) & {"hour", "day", "week", "month", "quarter", "period"}:
            by = ["day", *by][:2]  # along time, within each store or department that was named
        if (self.like_for_like or self.void) and not by:
            by = ["store"]
        where = [*self.where, *self.excluded, *self.paid, *self.people]
        if self.people and not by and self.buying:
            by = ["category"]
        if slots.department and not part and not goods and not (self.share and by == ["department"]):
            where.append({"dimension": "department", "values": [slots.department]})
        if slots.product and not part:
            where.append({"dimension": "product", "values": [slots.product]})
        inside = _PER_GROUP.search(self.whole) is not None
        ranked = grew and not self.like_for_like
        usual = "last month" if self.like_for_like else _usual_span(by) or ("this month" if self.running else None)
        ranked_spans = self.limit is not None and by[:1] and by[0] in _SPANS_RANKED
        if (ALL_TIME.search(_OF_TOTAL.sub(" ", self.whole)) or ranked_spans) and not compare_to:
            usual = "all time"
        args = {
            "by": ", ".join(by[:2]) or None,
            "metrics": margin_as_a_rate(_metrics(metrics, self), self.whole if set(by) & _PARTS else "") or None,
            "period": period or slots.period or _counterpart(compare_to) or usual,
            "stores": slots.stores,
            "where": where or None,
            "top": self.limit or (1 if len(by) > 1 and self.ranks and not (_timely(by[0]) or inside) else None),
            "order": "bottom" if self.bottom or (ranked and FALLING.search(self.whole)) else None,
            "share": True if self.share and not part and not goods else None,
            "of_total": True if part or goods else None,
            **(slots.args("product", "department") if part else slots.args("department") if goods else {}),
            "mention": slots.department if self.share and by == ["department"] else None,
            "running": True if self.running else None,
            "compare_to": compare_to or ("the period before" if ranked else None),
            "rank_by": "change" if ranked else None,
            "like_for_like": True if self.like_for_like else None,
        }
        named = slots.department or slots.product
        return as_one_of_all(args, self.whole, named) if by and not self.by and self.share else args


def _counterpart(compare_to: str | None) -> str | None:
    """The running period that “against last quarter” speaks of."""
    found = re.fullmatch(r"(?:the )?(?:last|previous|prior) (week|month|quarter|year)", compare_to or "")
    return f"this {found[1]}" if found else None


def _usual_span(by: list[str]) -> str | None:
    """The period of a split by months or weeks that names none: one of them shows no course."""
    return next((span for name, span in _SPANS if name in by), None)


def _timely(name: str) -> bool:
    return name in ("day", "week", "month", "quarter", "weekday", "hour", "period")


_POPULAR = re.compile(
    r"\bpopular\b|\bdo(?:es)? [^?]{3,40} (?:buy|purchase)\W*$|\b(?:buy|bought|purchased?)(?: the)? most\b"
)
"""What is liked is told by pieces: by money a tank of fuel comes before bread."""


def _metrics(named: list[str], asked: _Asked) -> list[str]:
    """The metrics of the question; an average price asked beside a ranking does not lead it."""
    metrics = list(dict.fromkeys(named))
    if metrics and set(metrics) <= RATES and _OF_THE_BIGGEST.search(asked.whole):
        metrics.insert(0, "net_sales")  # “margin % of the ten biggest brands” ranks brands by what they sold
    if asked.price and "product" in asked.by and metrics[0] == "average_selling_price":
        others = [name for name in metrics if name != "average_selling_price"]
        return [*(others or ["net_sales"]), "average_selling_price"]
    if asked.price and metrics == ["average_selling_price"]:
        return ["average_selling_price", "net_sales", "units"]
    if not metrics and "product" in asked.by and _POPULAR.search(asked.whole):
        return ["units", "net_sales"]
    plain = bool(re.search(r"\b(?:sales|revenue)\b", asked.whole))
    return ["net_sales"] if not metrics and plain and (asked.running or asked.share) else metrics


def _price_of_one(asked: _Asked, slots: Slots, metrics: list[str], period: str | None) -> Plan:
    """An average price of a product, a department or everything: the summary has it, with the pieces beside it."""
    shared = {
        "metrics": list(dict.fromkeys([*metrics, "net_sales", "units"])),
        "period": period or slots.period or _PERIOD,
        "stores": slots.stores,
        "by": "store" if "store" in asked.by else None,
    }
    return calls_for(SUMMARY, shared, [slots.args("product", "department")])


def _trend(reading: Reading, around: Surroundings) -> Plan | None:
    """Products (or brands) that changed most against the time before."""
    whole = reading.text
    falling = bool(FALLING.search(whole))
    by = "brand" if re.search(r"\b(?:brands?|manufacturers?)\b", whole) else "product"
    compare_to, period = compared(reading)
    metrics = list(take_metrics(reading))
    if "gross_margin" in metrics:
        metrics = ["gross_margin" if _IN_MONEY.search(whole) else "gross_margin_pct"]
    limit = take_limit(reading)
    slots = take_slots(reading, around, CLAIMED)
    if slots.unknown:
        return not_understood(slots.unknown)
    where = [{"dimension": key, "values": [said]} for key, said in slots.args("department", "product").items()] or None
    shared = {
        "by": by,
        "metrics": metrics or ["net_sales", "units"],
        "period": period or slots.period or _counterpart(compare_to) or _PERIOD,
        "compare_to": compare_to or "the period before",
        "rank_by": "change",
        "stores": slots.stores,
        "where": where,
        "top": limit or slots.limit or 10,
    }
    both = bool(re.search(r"\bgain\w*\b.*\blos\w+|\brisers?\b.*\bfallers?\b", whole))
    rising = re.search(r"\b(?:up|grow\w*|grew|ris\w+|rose|improv\w+|increas\w+|gain\w*)\b", whole) is not None
    both = both or rising == falling
    orders = ["top", "bottom"] if both else ["bottom" if falling else "top"]
    return calls_for(BREAKDOWN, shared, [{"order": order} for order in orders])
