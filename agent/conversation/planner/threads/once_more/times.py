"""The figures before at another time: against what is usual, the same days of last year, their course, days to come."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, CONDITIONS, SUMMARY, TOP, Plan
from agent.conversation.planner.threads.carried import PERIOD_BEFORE
from agent.conversation.planner.threads.once_more import words as say
from agent.conversation.planner.threads.once_more.before import (
    BREAKDOWN,
    FIGURES,
    KEPT,
    NORM,
    span_before,
    split_tool,
    usual_days,
)
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.why import EXPLAIN, explanation_of
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import WEEKDAYS, PeriodError
from tools.analysis.periods import resolve_period

_PEAKS, _RATES, _COURSE_DAYS = "peak_times", "rates_by_group", "last 12 weeks"
_FORESEEN = frozenset({"net_sales", "gross_sales", "transactions", "units", "gross_margin"})
USUAL_PEAKS = "What is usual, to hold beside the answer above:"
NO_NORM_OF_PARTS = "What is usual I do not know of each; this is held against the time before."
NORMAL_BESIDE = (
    "The average {unit}, and the outlook again, which takes the days to come as like the same weekdays of 8 weeks:"
)
WHICH_SAME = (
    "The same {span} of when? Say it with its time: “same day last week”, “same week in October”, “same day last year”."
)
LATEST_ONLY = "Who was on duty hour by hour is told of one day: this is the latest {day}."
WHICH_TWO = "Which two? Name both, please: “sales in August against July”; the answer above was about one."


def _usual(plain: str, last: Call) -> Plan | None:
    """The same figures against what is usual, where no change of theirs is explained, which says that as well."""
    if last.name == BREAKDOWN and last.args.get("by") and (say.USUAL.match(plain) or say.MORE_THAN_USUAL.match(plain)):
        before = {"period": usual_days(last), "compare_to": span_before(usual_days(last))}
        return Plan(((BREAKDOWN, {**last.args, **before}),), opening=NO_NORM_OF_PARTS)
    if last.name not in (SUMMARY, COMPARE) or not say.USUAL.match(plain):
        return None
    if not last.args.get("by") and explanation_of(last.name, last.args):
        return None
    args = {key: value for key, value in last.args.items() if key != "by" or value in COMPARE_SPLITS}
    return Plan(((COMPARE, {**args, "period": usual_days(last), "compare_to": NORM}),))


def _before(plain: str, last: Call) -> Plan | None:
    """The days before, or by how much per cent it changed on them."""
    unit = say.AGAINST_UNIT.match(plain)
    spans = {"this week", "this month", "this quarter", "this year"}
    if unit and last.name == COMPARE and last.args.get("period") in spans - {f"this {unit['unit']}"}:
        held = {"period": f"this {unit['unit']}", "compare_to": f"last {unit['unit']}"}  # one span against its like
        return Plan(((COMPARE, {**last.args, **held}),))
    if last.name not in FIGURES or not any(one.match(plain) for one in (say.PRIOR, say.CHANGE, say.THAN_BEFORE)):
        return None
    if last.name == COMPARE or last.args.get("compare_to"):
        return Plan(((last.name, dict(last.args)),))
    by = last.args.get("by")
    if last.name == BREAKDOWN or (by and by not in COMPARE_SPLITS):
        return Plan(
            ((BREAKDOWN, {**last.args, "period": usual_days(last), "compare_to": span_before(usual_days(last))}),)
        )
    return Plan(((COMPARE, {**last.args, "period": usual_days(last), "compare_to": span_before(usual_days(last))}),))


def _then(plain: str, last: Call) -> Plan | None:
    """“The same day last year”: the days before against those."""
    if (bare := say.SAME_WHEN.match(plain)) is not None:
        of_one = bare["span"] in ("day", "weekday") and span_before(usual_days(last)) != PERIOD_BEFORE
        return _then(f"{plain} last week", last) if of_one else Plan(text=WHICH_SAME.format(span=bare["span"]))
    found = say.SAME_THEN.match(plain)
    if found is None or last.name not in FIGURES or "where" in last.args:
        return None
    taken = ("period", "stores", "department", "product", "metrics", "by")
    args = {key: last.args[key] for key in taken if key in last.args}
    if args.get("by") not in COMPARE_SPLITS:
        args.pop("by", None)
    then = {"a year ago": "last year", "the year before": "last year"}.get(found["then"], found["then"])
    span = found["span"] if found["span"] in ("day", "weekday") else ""
    return Plan(
        ((COMPARE, {**args, "period": usual_days(last), "compare_to": f"same {span} {then}" if span else then}),)
    )


def _course(plain: str, last: Call) -> Plan | None:
    """The figures before week by week, or by month where months are named."""
    over = say.COURSE_OVER.match(plain)
    if over is None and not (say.COURSE.match(plain) or say.GROWING.match(plain)):
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    if last.name in (TOP, EXPLAIN) and last.args.get("metric"):
        kept["metrics"] = [last.args["metric"]]
    days = over["days"] if over is not None else _COURSE_DAYS
    by = "month" if re.search(r"quarter|year|(?:six|twelve|[6-9]|\d\d) months", days) else "week"
    return Plan(((split_tool(kept), {**kept, "period": days, "by": by}),))


def _average_day(plain: str, last: Call) -> Plan | None:
    """The figure before on an average day of the week."""
    found = say.AVERAGE_DAY.match(plain)
    figures = list(last.args.get("metrics") or ["net_sales"])
    if found is None or "where" in last.args or figures[0] not in ("net_sales", "units", "transactions"):
        return None
    kept = {key: last.args[key] for key in ("stores", "department", "product") if key in last.args}
    args = {"per": "day", "by": "weekday", "weekday": found["day"].capitalize(), "metric": figures[0], **kept}
    return Plan(((_RATES, args),))


def _to_come(plain: str, last: Call) -> Plan | None:
    """“What about tomorrow?”: the outlook on the same figure."""
    found = say.TO_COME.match(plain)
    figures = list(last.args.get("metrics") or ["net_sales"])
    if found is None or last.name not in FIGURES or "where" in last.args or figures[0] not in _FORESEEN:
        return None
    kept = {key: last.args[key] for key in ("stores", "department", "product") if key in last.args}
    kept |= {"metric": figures[0]} if figures[0] != "net_sales" else {}
    return Plan((("sales_outlook", {"period": found["days"], **kept}),))


def _difference(plain: str, last: Call) -> Plan | None:
    """How far two are apart that stand in the answer; where it was about one, which is the other is asked."""
    if not say.DIFFERENCE.match(plain):
        return None
    both = last.args.get("compare_to") or last.name == COMPARE or last.args.get("by")
    return Plan(((last.name, dict(last.args)),)) if both else Plan(text=WHICH_TWO)


def weekend_before(last: Call, around: Surroundings) -> Plan | None:
    """The same of the weekend before the one that the answer was about, or before this week."""
    if last.name not in (SUMMARY, COMPARE, TOP):
        return None
    days = usual_days(last)
    of_one = days == "yesterday" and date.fromisoformat(around.today).weekday() in (6, 0)
    args = {key: value for key, value in last.args.items() if key != "compare_to"}
    period = "weekend before last" if of_one or say.WEEKEND.search(days) else "last weekend"
    return Plan(((SUMMARY if last.name == COMPARE else last.name, {**args, "period": period}),))


def against_usual_day(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """A day, or its hours, against the mean of the same weekday, where it is such a day that is named."""
    found = say.AGAINST_USUAL_DAY.match(plain)
    if found is None or last.name not in (SUMMARY, COMPARE):
        return None
    days = usual_days(last)
    try:
        of = resolve_period(days, today=date.fromisoformat(around.today), data_start=date.min, data_end=date.max)
    except PeriodError:
        return None
    if of.days > 1 or found["day"] not in (None, WEEKDAYS[of.start_on.weekday()]):
        return None
    args = {key: value for key, value in last.args.items() if key != "by" or value in COMPARE_SPLITS}
    return Plan(((COMPARE, {**args, "period": days, "compare_to": NORM}),))


def peaks_against_usual(plain: str, last: Call) -> Plan | None:
    """Busy hours of one day against those that are usual."""
    if not last.args.get("period") or not say.USUAL.match(plain):
        return None
    usual = {key: value for key, value in last.args.items() if key != "period"}
    return Plan(((_PEAKS, usual),), opening=USUAL_PEAKS)


def beside_peaks(plain: str, last: Call) -> Plan | None:
    """The busy hours of another weekday beside those, and who was on duty in them on the latest such day."""
    if (day := say.AGAINST_WEEKDAY.match(plain)) is not None:
        other = {**last.args, "weekday": f"{day['day']}s"}
        return Plan(((_PEAKS, dict(last.args)), (_PEAKS, {key: other[key] for key in other if key != "period"})))
    if not say.STAFF_THEN.match(plain):
        return None
    weekday = str(last.args.get("weekday") or "").rstrip("s")
    one_day = weekday if re.fullmatch(r"\w+day", weekday) else str(last.args.get("period") or "yesterday")
    stores = {"stores": last.args["stores"]} if "stores" in last.args else {}
    said = LATEST_ONLY.format(day=weekday.capitalize()) if one_day == weekday else ""
    return Plan(((CONDITIONS, {"by": "hour", "period": one_day, **stores}),), opening=said)


def outlook_beside_the_normal(unit: str, last: Call) -> Plan | None:
    """Days to come beside what a day, week or month of the weeks behind had on average."""
    metric = str(last.args.get("metric") or "net_sales")
    if metric not in ("net_sales", "units", "transactions") or last.args.get("by"):
        return None
    kept = {key: last.args[key] for key in ("stores", "department", "product") if key in last.args}
    span = "last 6 months" if unit == "month" else "last 8 weeks"
    usual = ("sales_rates", {"per": unit, "metric": metric, "period": span, **kept})
    if unit.endswith("day") and unit != "day":
        usual = (_RATES, {"per": "day", "by": "weekday", "weekday": unit.capitalize(), "metric": metric, **kept})
    return Plan(
        (usual, ("sales_outlook", dict(last.args))),
        opening=NORMAL_BESIDE.format(unit=unit.capitalize() if unit.endswith("day") and unit != "day" else unit),
    )


READERS: tuple[Callable[[str, Call], Plan | None], ...] = (
    _difference, _before, _usual, _then, _course, _average_day, _to_come,
)  # fmt: skip
