"""Questions about what was sold in a period: whole or split, of everything or of a part of the range."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import SUMMARY, Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import cut_to, hours_of, take_pair_of_days
from agent.conversation.planner.slots.daytime import (
    IN_THE_ROWS,
    IN_THE_TABLE,
    LATEST_ONLY,
    NO_HOURS_HERE,
    latest_of,
    take_recurring_days,
    take_times_of_day,
)
from agent.conversation.planner.slots.goods import Leftover, leftover, take_marked
from agent.conversation.planner.slots.periods import PeriodPhrase, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.wording.words import speaks_of_sales, take_metrics, take_split
from agent.conversation.surroundings import Surroundings

PATTERN_PERIOD = "last 4 weeks"
"""What a question for a pattern means that names no period: one day shows no pattern."""
_EVER = re.compile(r"\b(?:ever|all time|to date|since we (?:opened|began|started)|in all the data)\b")
_IN_TOTAL = re.compile(
    r"\b(?:in total|altogether|all told|overall|total (?:net |gross )?(?:sales|revenue|units?|quantity|takings|profit"
    r"|margin|number|amount)|(?:have|has) [\w' -]{2,40}? (?:sold|made|brought in|earned|taken))\b"
)
"""Of one product these mean all there is; of everything they are only a way of speaking."""
_MONTHS_PERIOD = "last 6 months"
ALL_OF_IT = "all time"
"""What “which week was best” means that names no period."""
RATES = frozenset(
    {
        "average_transaction_value", "units_per_transaction", "lines_per_transaction",
        "gross_margin_pct", "discount_rate", "refund_rate", "discount_per_transaction", "gross_margin_per_transaction",
        "conversion", "sales_per_visitor", "sales_per_labour_hour", "labour_cost_pct",
        "transactions_per_labour_hour", "units_per_labour_hour", "visitors_per_labour_hour",
    }
)  # fmt: skip
"""Metrics of which one day says little."""
MAX_BARE_WORDS = 3
_PERFORMANCE = re.compile(
    r"\b(?:how (?:did|are|is|was|were|have|has|'s|do)\b|how'?s|how we did|results?|performance|perform\w*|business"
    "|summary|summari[sz]e|overview|report|numbers|figures|recap|kpis?|metrics|doing|trading|take|took|made|make"
    r"|stats|statistics|update|dashboard|snapshot|busy|busiest|quiet|slow day|good day|bad day)\b"
)
_NOW = re.compile(
    r"\bhow (?:are|is) (?:we|business|things|sales|trade|trading|it|everything)\b|\bhow's (?:business|it|trade"
    r"|trading)\b|\bright now\b|\bso far\b"
)
_PEAK_TIMES = re.compile(
    r"\b(?:days?|weekdays?) (?:and|or|&|/) (?:the )?(?:times?|hours?)\b|\b(?:times?|hours?) (?:and|or|&"
    r"|/) (?:the )?(?:days?|weekdays?)\b|\bpeak (?:\w+ )?(?:times|periods?|performance|trading|business|sales)\b"
    r"|\bpeaks?\b.* times?\b|\btimes? .*\bpeaks?\b|\bwhen (?:do|are|is|does) (?:we|our|sales|business|it|the stores?"
    r"|[\w ]+) (?:\w+ )?(?:peak|busiest|busy|slowest|quietest)\b"
)
_PEAK_WORDS = re.compile(
    r"\b(?:which |what |the |our |best |busiest |peak )*(?:days?|weekdays?|times?|hours?)(?: of (?:the )?(?:day"
    r"|week))?(?: (?:and|or) (?:the )?(?:days?|weekdays?|times?|hours?)(?: of (?:the )?(?:day|week))?)?\b|\bpeaks?\b"
)
_WHEN_IT_PEAKED = re.compile(
    r"\b(?:when|at what (?:time|hour)|what time) (?:did|does|was|is) (?:it|that|this|they|the traffic"
    r"|traffic)(?: (?:at its|the))? (?:peak|busiest|highest|strongest|quietest)\b"
)
_ASKS_WHEN = re.compile(r"\b(?:which|what|when|best|busiest|slowest|quietest|peak|rush|strongest)\b")
_SUPERLATIVE = re.compile(
    r"\b(?:rank(?:ed|ing)?|best|worst|top|bottom|busiest|slowest|quietest|strongest|weakest|biggest|highest|lowest"
    r"|most|least|fewest|largest|smallest|leading|poorest)\b"
)
_COURSES, _COURSE = frozenset({"store", "department", "category"}), "last 8 weeks"
_PARTS = frozenset({"store", "department", "category"})
_MARGIN_RANKED = re.compile(
    r"\b(?:best|worst|highest|lowest|strongest|weakest|poorest|thinnest|smallest|biggest|largest|top|bottom|most"
    r"|least) (?:gross |profit )?margins?\b(?! (?:dollars?|in dollars|\$|amount|money|value|total))|\bmargins? (?:is"
    r"|are|was|were) (?:the )?(?:best|worst|highest|lowest|strongest|weakest|poorest|thinnest)\b"
)
"""“Worst margin” speaks of the share that is kept; what comes to the most money is the largest profit."""
_BEST_SPAN = re.compile(r"\b(?:best|worst|strongest|weakest|slowest) (?P<unit>day|week|month|quarter)\b")
"""“Which store had the best week” speaks of the last one."""
_SIDE_BY_SIDE = re.compile(r"\b(?:compar\w+|vs\.?|versus|against|difference|differ\w*|better|worse|ahead)\b")
"""Two stores beside one another, not together."""
_HOW_MANY = re.compile(r"\bhow many\b|\b(?:number|count) of\b")
_QUESTION_OF_ELSE = re.compile(r"\W*(?:who|where|can|could|is|are|does|do|will|would|should)\b")


def summary(reading: Reading, around: Surroundings, *, trend: bool = False) -> Plan | None:
    """The summary a question asks for; None when it is not about what was sold.

    With ``trend`` the course of time is asked for: without a split of its own it goes by week, or by day in a week.
    """
    whole = reading.text
    marked = take_marked(reading)
    pair = take_pair_of_days(reading)
    times = take_times_of_day(reading)
    hours = times[0] if times else None
    days = take_recurring_days(reading)
    found = take_periods(reading)
    periods = _phrases(found) or (["today"] if _NOW.search(whole) else [])
    peak = bool(_PEAK_TIMES.search(reading.text)) and not (hours or days)
    compared = _SIDE_BY_SIDE.search(whole) is not None
    by = None if peak else _split_asked(reading) or (_step(periods) if trend else None)
    if peak:
        reading.take(_PEAK_WORDS)
    stores = take_stores(reading, around)
    if compared and by is None and not trend and stores and " and " in stores:
        by = "store"
    departments = [] if marked else take_departments(reading, around)
    metrics = margin_as_a_rate(list(take_metrics(reading)), whole) if by in _PARTS else list(take_metrics(reading))
    plain_sales = bool(re.search(r"\bsales\b", reading.text))
    sales = speaks_of_sales(reading)
    left = leftover(reading, around, store_known=stores is not None) or Leftover()
    departments = left.beside(departments)
    named = bool(metrics or sales or by or peak or pair or stores or departments or marked)
    if not (named or _PERFORMANCE.search(whole) or (found and _bare(whole, left))):
        return None
    unclear = _unclear(left, already_named=bool(marked or departments))
    if unclear:
        return not_understood(unclear)
    goods = marked or left.goods
    ways: list[dict[str, Any]] = [dict(goods.args())] if goods else [{"department": name} for name in departments]
    if goods and goods.product and not metrics and _HOW_MANY.search(whole):
        metrics = ["units"]
    cut = _cut(pair, times, days, by)
    if cut:
        asked = _figures_meant(metrics, plain_sales, split=bool(by), sales=sales)
        each = [{"period": one or PATTERN_PERIOD, **way} for one in (periods or [None]) for way in (ways or [{}])]
        shared = {"metrics": asked or None, "stores": stores or left.store, "by": _with_weekends(by, cut)}
        return cut_to(cut, each, shared)
    if ways and (hours or peak):
        return Plan(text=NO_HOURS_HERE.format(said=hours or "times of day"))
    remark = IN_THE_TABLE.format(said=hours) if hours else ""
    if hours:
        by = "hour"
    shown = _recurring(days, by) if days else (by, None, remark)
    if shown is None:
        return not_understood(days or "")
    by, latest, remark = shown
    periods = [latest] if latest else periods
    metrics = _figures_meant(metrics, plain_sales, split=bool(by or peak), sales=sales)
    if not periods:
        one_product = bool(goods and goods.product)
        default = _usual_period(whole, by, metrics, peak=peak, one_product=one_product)
        periods = [default] if default else []
    shared = {"metrics": metrics or None, "stores": stores or left.store}
    if trend and by in _COURSES and not ways:
        return _course(by, shared, _phrases(found))
    each = [{"period": period, **way} for period in (periods or [None]) for way in (ways or [{}])]
    splits = ("weekday", "hour") if peak else (by,)
    return calls_for(SUMMARY, shared, [{**way, "by": split} for way in each for split in splits], remark)


def margin_as_a_rate(metrics: list[str], whole: str) -> list[str]:
    """The metrics with the margin in per cent first where groups are ranked by “margin”; the money stays beside it."""
    if metrics == ["gross_margin"] and _MARGIN_RANKED.search(whole):
        return ["gross_margin_pct", "gross_margin"]
    return metrics


def _course(by: str, shared: Mapping[str, Any], periods: Sequence[str | None]) -> Plan:
    """The course of a figure in each store or department, week by week."""
    weekly = {**shared, "metrics": shared["metrics"] or ["net_sales"], "by": f"week, {by}"}
    return calls_for("sales_breakdown", weekly, [{"period": one} for one in periods or [_COURSE]])


def _split_asked(reading: Reading) -> str | None:
    """The split named, or the hours where it is asked when something peaked."""
    return take_split(reading) or ("hour" if reading.take(_WHEN_IT_PEAKED) else None)


def _unclear(left: Leftover, *, already_named: bool) -> str:
    """The words that cannot be taken into account, "" when there are none."""
    if left.goods and already_named:
        return left.goods.product or left.goods.department or ""
    return left.unknown


_WEEKENDS_APART: list[list[dict[str, Any]]] = [[]]
"""One call without conditions: weekends and weekdays are a split, which knows the mean of a day of each."""


def _cut(
    pair: tuple[str, str] | None, times: list[str], days: str | None, by: str | None
) -> list[list[dict[str, Any]]]:
    """The hours and days that are to be kept to, a call each; none where whole days are meant or a table shows them."""
    if pair and not times and _uneven(pair):
        return _WEEKENDS_APART
    if pair and not times:
        return [[{"dimension": "weekday", "values": [day]}] for day in pair]
    on = [{"dimension": "weekday", "values": [days]}] if days else []
    if times and by in (None, "store", "department", "category", "day", "week", "month"):
        spans = [hours_of(one) for one in times]
        return [[*on, {"dimension": "hour", "values": [one]}] for one in spans if one] if all(spans) else []
    if days and not times and by in (None, "store", "department", "category", "hour", "week", "month"):
        return [on]
    return []


def _with_weekends(by: str | None, cut: list[list[dict[str, Any]]]) -> str | None:
    """The split with weekends told from weekdays, where that is what is asked."""
    if cut is not _WEEKENDS_APART:
        return by
    return f"{by}, weekend" if by else "weekend"


def _uneven(pair: tuple[str, str]) -> bool:
    return {one.replace(" ", "")[:7] for one in pair} == {"weekend", "weekday"}


def _recurring(days: str, by: str | None) -> tuple[str, str | None, str] | None:
    """How days that come again are shown: split, the one period taken for them, what is said; None if not at all."""
    latest = latest_of(days) if by == "hour" else None
    if (by == "hour" and latest is None) or by not in (None, "hour", "weekday"):
        return None
    return by or "weekday", latest, (LATEST_ONLY if latest else IN_THE_ROWS).format(said=days)


def _phrases(found: list[PeriodPhrase]) -> list[str | None]:
    return list(dict.fromkeys(one.phrase for one in found))


def _usual_period(whole: str, by: str | None, metrics: list[str], *, peak: bool, one_product: bool) -> str | None:
    """The period of a pattern that names none; hours of one day are a plain question, the busiest hours are not."""
    if _EVER.search(whole) or (one_product and _IN_TOTAL.search(whole)):
        return ALL_OF_IT
    if by in ("week", "month") and _SUPERLATIVE.search(whole):
        return ALL_OF_IT
    if by in _PARTS and re.search(r"\btotal (?:net )?(?:sales|revenue|units|quantity|transactions)\b", whole):
        return ALL_OF_IT
    if by in ("store", "department", "category") and (best := _BEST_SPAN.search(whole)):
        return {"day": "yesterday"}.get(best["unit"], f"last {best['unit']}")
    if by == "week" and re.search(r"\btrend|over time\b", whole):
        return "last 12 weeks"
    if peak or by in ("day", "week", "weekday"):
        return PATTERN_PERIOD
    if by == "hour" and _ASKS_WHEN.search(whole):
        return PATTERN_PERIOD
    if by == "month":
        return _MONTHS_PERIOD
    if by != "hour" and not _NOW.search(whole) and (_rates_only(metrics) or (by and _SUPERLATIVE.search(whole))):
        return PATTERN_PERIOD
    return None


def _step(periods: list[str | None]) -> str:
    """The step of a trend: days within a week or two, else weeks."""
    return "day" if any(re.search(r"\bweek\b|\b(?:7|14|two) |\b2 weeks\b", one or "") for one in periods) else "week"


def _rates_only(metrics: list[str]) -> bool:
    return bool(metrics) and all(name in RATES for name in metrics)


def _bare(whole: str, left: Leftover) -> bool:
    """Whether a period alone, or with a name of few words, may be taken for a question about sales."""
    if left.unknown:
        return False
    said = (left.goods.product or left.goods.department or "") if left.goods else left.store or ""
    return len(said.split()) <= MAX_BARE_WORDS and not (said and _QUESTION_OF_ELSE.match(whole))


def _figures_meant(metrics: list[str], plain_sales: bool, *, split: bool, sales: bool) -> list[str]:
    """The metrics to ask for: plain "sales" beside others is net sales; a margin alone comes with its percentage."""
    if metrics and plain_sales and "net_sales" not in metrics:
        return ["net_sales", *metrics]
    if metrics == ["gross_margin"] and not split:
        return ["gross_margin", "gross_margin_pct"]
    if split and not metrics and sales:
        return ["net_sales"]
    return metrics
