"""Questions about what was sold in a period: whole or split, of everything or of a part of the range."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.daytime import (
    IN_THE_ROWS,
    IN_THE_TABLE,
    LATEST_ONLY,
    NO_HOURS_HERE,
    latest_of,
    take_recurring_days,
    take_time_of_day,
)
from agent.conversation.planner.goods import Leftover, leftover, take_marked
from agent.conversation.planner.outcome import SUMMARY, Plan, calls_for, not_understood
from agent.conversation.planner.periods import PeriodPhrase, take_periods
from agent.conversation.planner.places import take_departments, take_stores
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.words import speaks_of_sales, take_metrics, take_split
from agent.conversation.surroundings import Surroundings

PATTERN_PERIOD = "last 4 weeks"
"""What a question for a pattern means that names no period: one day shows no pattern."""
_MONTHS_PERIOD = "last 6 months"
MAX_BARE_WORDS = 3
_PERFORMANCE = re.compile(
    r"\b(?:how (?:did|are|is|was|were|have|has|'s|do)\b|how'?s|how we did|results?|performance"
    r"|perform\w*|business|summary|summari[sz]e|overview|report|numbers|figures|recap|kpis?|metrics"
    r"|doing|trading|take|took|made|make|stats|statistics|update|dashboard|snapshot|busy|busiest|quiet"
    r"|slow day|good day|bad day)\b"
)
_NOW = re.compile(
    r"\bhow (?:are|is) (?:we|business|things|sales|trade|trading|it|everything)\b"
    r"|\bhow's (?:business|it|trade|trading)\b|\bright now\b|\bso far\b"
)
_PEAK_TIMES = re.compile(
    r"\b(?:days?|weekdays?) (?:and|or|&|/) (?:the )?(?:times?|hours?)\b"
    r"|\b(?:times?|hours?) (?:and|or|&|/) (?:the )?(?:days?|weekdays?)\b"
    r"|\bpeak (?:\w+ )?(?:times|periods?|performance|trading|business|sales)\b|\bpeaks?\b.* times?\b"
    r"|\btimes? .*\bpeaks?\b|\bwhen (?:do|are|is|does) (?:we|our|sales|business|it|the stores?|[\w ]+) (?:\w+ )?"
    r"(?:peak|busiest|busy|slowest|quietest)\b"
)
_PEAK_WORDS = re.compile(
    r"\b(?:which |what |the |our |best |busiest |peak )*(?:days?|weekdays?|times?|hours?)(?: of (?:the )?(?:day|week))?"
    r"(?: (?:and|or) (?:the )?(?:days?|weekdays?|times?|hours?)(?: of (?:the )?(?:day|week))?)?\b|\bpeaks?\b"
)
_ASKS_WHEN = re.compile(r"\b(?:which|what|when|best|busiest|slowest|quietest|peak|rush|strongest)\b")
_HOW_MANY = re.compile(r"\bhow many\b")
_QUESTION_OF_ELSE = re.compile(r"\W*(?:who|where|can|could|is|are|does|do|will|would|should)\b")


def summary(reading: Reading, around: Surroundings) -> Plan | None:
    """The summary a question asks for; None when it is not about what was sold."""
    whole = reading.text
    marked = take_marked(reading)
    hours = take_time_of_day(reading)
    days = take_recurring_days(reading)
    found = take_periods(reading)
    periods = _phrases(found) or (["today"] if _NOW.search(whole) else [])
    peak = bool(_PEAK_TIMES.search(reading.text)) and not (hours or days)
    by = None if peak else take_split(reading)
    if peak:
        reading.take(_PEAK_WORDS)
    stores = take_stores(reading, around)
    departments = [] if marked else take_departments(reading, around)
    metrics = list(take_metrics(reading))
    plain_sales = bool(re.search(r"\bsales\b", reading.text))
    sales = speaks_of_sales(reading)
    left = leftover(reading, around, store_known=stores is not None) or Leftover()
    named = bool(metrics or sales or by or peak or stores or departments or marked)
    if not (named or _PERFORMANCE.search(whole) or (found and _bare(whole, left))):
        return None
    unclear = _unclear(left, already_named=bool(marked or departments))
    if unclear:
        return not_understood(unclear)
    goods = marked or left.goods
    ways: list[dict[str, Any]] = [dict(goods.args())] if goods else [{"department": name} for name in departments]
    if goods and goods.product and not metrics and _HOW_MANY.search(whole):
        metrics = ["units"]
    if ways and (hours or peak):
        return Plan(text=NO_HOURS_HERE.format(said=hours or "times of day"))
    remark = IN_THE_TABLE.format(said=hours) if hours else ""
    if hours:
        by = "hour"
    if days:
        shown = _recurring(days, by)
        if shown is None:
            return not_understood(days)
        by, latest, remark = shown
        periods = [latest] if latest else periods
    metrics = _figures_meant(metrics, plain_sales, split=bool(by or peak), sales=sales)
    if not periods and (default := _usual_period(whole, by, peak=peak)):
        periods = [default]
    shared = {"metrics": metrics or None, "stores": stores or left.store}
    each = [{"period": period, **way} for period in (periods or [None]) for way in (ways or [{}])]
    if peak:
        each = [{**way, "by": split} for way in each for split in ("weekday", "hour")]
    elif by:
        each = [{**way, "by": by} for way in each]
    return calls_for(SUMMARY, shared, each, remark)


def _unclear(left: Leftover, *, already_named: bool) -> str:
    """The words that cannot be taken into account, "" when there are none."""
    if left.goods and already_named:
        return left.goods.product or left.goods.department or ""
    return left.unknown


def _recurring(days: str, by: str | None) -> tuple[str, str | None, str] | None:
    """How days that come again are shown: split, the one period taken for them, what is said; None if not at all."""
    latest = latest_of(days) if by == "hour" else None
    if (by == "hour" and latest is None) or by not in (None, "hour", "weekday"):
        return None
    return by or "weekday", latest, (LATEST_ONLY if latest else IN_THE_ROWS).format(said=days)


def _phrases(found: list[PeriodPhrase]) -> list[str | None]:
    return list(dict.fromkeys(one.phrase for one in found))


def _usual_period(whole: str, by: str | None, *, peak: bool) -> str | None:
    """The period of a pattern that names none; hours of one day are a plain question, the busiest hours are not."""
    if peak or by in ("day", "week", "weekday"):
        return PATTERN_PERIOD
    if by == "hour" and _ASKS_WHEN.search(whole):
        return PATTERN_PERIOD
    return _MONTHS_PERIOD if by == "month" else None


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
