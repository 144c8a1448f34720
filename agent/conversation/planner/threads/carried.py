"""What a whole question in a thread takes over from the one before: its stores, and its days where it looks back.

“How many came in yesterday?” … “what was the busiest hour?” is about yesterday. The answer says its days and stores, so
whoever meant others sees it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from agent.conversation.planner.outcome import SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.why import METRICS, NOT_THIS_FIGURE
from tools.analysis.calendar import PeriodError
from tools.analysis.periods import resolve_period
from tools.errors import NO_SUCH_PRODUCT, NOT_RECORDED
from tools.registry import catalogue

_LOOKS_BACK = re.compile(
    r"\b(?:why|was|were|did|had|sold|grew|fell|dropped|rose|came|bought|spent|made|took|lost|gained|changed)\b"
    r"|\bthen\W*$"
)
_GENERAL = re.compile(
    r"\b(?:is|are|do|does|can|should|will|would|has|have|now|today|current(?:ly)?|still|usual(?:ly)?|normal(?:ly)?"
    r"|typical(?:ly)?|on average|ever|all time|overall|in general|always|any ?time|so far|never)\b"
)
_FIRST_WORD = re.compile(r"^\W*(?:and |so |but |ok(?:ay)? |then )*(?:which|what|who|how many|how much|by|per)\b")
_OF_THOSE = re.compile(r"\b(?:of|among|from) (?:those|them|these)\b")
_LEANS = re.compile(
    r"^\W*(?:and|but|so|or|also|then|now|no|yes|ok(?:ay)?|only|just|same|what about|how about|why|instead|in|as|by|per"
    r"|with|without|for|at|compared?|vs|versus|sorry|oops|i meant?|total"
    r"|up or down|down or up|thats|whats it|whats that)\b"
    r"|\b(?:it|its|that|those|these|them|they|their|then|there|he|she|his|her"
    r"|same|instead|again|others?|another|else|first|second|next|previous|above|below|ones?|before|after|more|latter)\b"
    r"|\bi meant?\W*$"
)
_LEAST_WORDS = 4
ONLY_THOSE = (
    "I cannot pick from the rows of the answer above by another figure. Name them (“the second one”), or ask for the "
    "whole range: “which products sell fastest”."
)
_POINTS = re.compile(
    r"\b(?:on|of|for|about|in|with|from|to|did|does|sell|sold|buy|bought) (?P<word>it|them|they|those"
    r"|these)\b(?! (?:go|look|rain|snow|all|take|feel|get|mean)\b)"
)
WHICH_IS_IT = "I am not sure what “{word}” is here. Name it, and I look it up."
_NAMES_STORES = re.compile(
    r"\b(?:stores?|shops?|locations?|branch(?:es)?|everywhere|chain|company|overall|districts?|regions?|across"
    r"|elsewhere|whole business|my business|our business)\b"
)
_NEEDED = {"day": 2, "weekday": 7, "weekend": 7, "week": 14, "month": 56, "quarter": 180}
"""How many days a split by time needs at least to have two of what it tells apart, or one of each."""
_SOME_DAY = date(2026, 11, 23)
MAX_WORDS_WITHOUT_VERB = 6
MAX_WORDS_OF_A_SPLIT = 3
PERIOD_BEFORE = "the period before"
_NOT_FOR_DAYS = frozenset({NO_SUCH_PRODUCT, NOT_RECORDED})
"""Why an answer had nothing, where its stores and days are right."""
BREAKDOWN, EXPLAIN = "sales_breakdown", "explain_change"
_EXPLAINED = frozenset({"gross_margin", "gross_margin_pct", "units", "transactions"})
"""Figures that a part of the range has and that can be explained there."""


def stands_alone(question: str) -> bool:
    """Whether a question in a thread says all by itself: of four words or more, none of which points back.

    >>> stands_alone("When is traffic strongest?"), stands_alone("and the month before that?")
    (True, False)
    """
    plain = question.lower()
    return len(plain.split()) >= _LEAST_WORDS and _LEANS.search(plain) is None


def carried(decided: Plan | None, text: str, previous: Sequence[Call]) -> Plan | None:
    """The plan with the stores and days of the last answer, where the question names none.

    Args:
        decided: what the question means by itself.
        text: the question.
        previous: the last calls of its thread.
    """
    if decided is None or not decided.calls or not previous:
        return decided
    if previous[-1].failed:
        return _of_what_failed(decided, text.lower(), previous[-1])
    return _of_what_was_told(decided, text, previous)


def _of_what_was_told(decided: Plan, text: str, previous: Sequence[Call]) -> Plan:
    """The plan with the stores and days of an answer with figures; a sentence where it points at its rows."""
    plain = text.lower()
    if _OF_THOSE.search(plain):
        return Plan(text=ONLY_THOSE)
    if (pronoun := _POINTS.search(plain)) is not None:
        return Plan(text=WHICH_IS_IT.format(word=pronoun["word"]))
    before = previous[-1].args
    kept: dict[str, Any] = {}
    if periods(Reading.of(plain)) or names_the_future(plain):
        return decided  # it says when itself, so it stands on its own
    if isinstance(before.get("stores"), str) and not _NAMES_STORES.search(plain):
        kept["stores"] = before["stores"]
    if isinstance(before.get("period"), str) and _of_the_same_days(plain) and _holds(before["period"], decided.calls):
        kept["period"] = before["period"]
        if len(plain.split()) <= MAX_WORDS_OF_A_SPLIT:
            # “Which category?” asks for the same figures of the same goods in another split.
            kept |= {key: before[key] for key in ("metrics", "product", "department", "where") if key in before}
            kept |= {"metrics": [before["metric"]]} if isinstance(before.get("metric"), str) else {}
    if "where" in kept:
        # Only the breakdown leaves a part of the range out.
        named = tuple((BREAKDOWN if name == SUMMARY else name, args) for name, args in decided.calls)
        decided = replace(decided, calls=named)
    if (figure := _figure_in_question(before)) and [name for name, _ in decided.calls] == [EXPLAIN]:
        # “Why is Station Road so low?” after conversion by store is about conversion.
        args = decided.calls[0][1]
        part = {"department", "product"} & set(args)
        if not part and "metric" not in args and figure not in METRICS:
            return Plan(text=NOT_THIS_FIGURE)
        if "metric" not in args and (figure in _EXPLAINED or not part):
            decided = replace(decided, calls=((EXPLAIN, {**args, "metric": figure}),))
    return replace(decided, calls=tuple((name, _filled(name, args, kept)) for name, args in decided.calls))


def names_stores(plain: str) -> bool:
    """Whether a message speaks of stores, so that those before hold no longer."""
    return _NAMES_STORES.search(plain) is not None


def holds_still(last: Call) -> bool:
    """Whether an answer had nothing, and not for its stores or days."""
    return not last.document.get("options") and last.document.get("reason") in _NOT_FOR_DAYS


def _of_what_failed(decided: Plan, plain: str, last: Call) -> Plan:
    """The plan with the stores and days of an answer that had nothing, where these were not what it lacked."""
    if not holds_still(last):
        return decided
    kept = {key: last.args[key] for key in ("stores", "period") if isinstance(last.args.get(key), str)}
    if names_stores(plain):
        kept.pop("stores", None)
    if periods(Reading.of(plain)) or names_the_future(plain) or not _holds(kept.get("period", ""), decided.calls):
        kept.pop("period", None)
    return replace(decided, calls=tuple((name, _filled(name, args, kept)) for name, args in decided.calls))


def _figure_in_question(before: Mapping[str, Any]) -> str | None:
    """The one figure that the answer before was about; None for net sales, which is what is explained anyway."""
    figures = before.get("metrics")
    alone = isinstance(figures, list) and (len(figures) == 1 or list(figures) == ["gross_margin", "gross_margin_pct"])
    one = str(figures[0]) if isinstance(figures, list) and alone else None
    return None if one == "net_sales" else one


def in_its_days(decided: Plan, text: str, previous: Sequence[Call]) -> Plan:
    """The plan in the days of the answer whose row the question points at, unless it names others."""
    if previous:
        placed = tuple(of_its_store(name, args, previous[-1]) for name, args in decided.calls)
        decided = replace(decided, calls=placed)
    period = previous[-1].args.get("period") if previous else None
    if not isinstance(period, str) or periods(Reading.of(text.lower())) or names_the_future(text.lower()):
        return decided
    kept = {"period": period}
    calls = tuple((name, args if "period" in args else _filled(name, args, kept)) for name, args in decided.calls)
    return replace(decided, calls=tuple(_of_its_figure(name, args, previous[-1]) for name, args in calls))


def as_before(text: str, decided: Plan, told: Plan) -> Plan:
    """What the last rooms made of a question in a thread, with the days and stores that it had from the thread.

    Args:
        text: the question.
        decided: what was planned for it, with what it takes over.
        told: the same after the question was held against it once more, read by itself.
    """
    if told.calls == decided.calls or not decided.calls:
        return told
    said = periods(Reading.of(text.lower()))
    before = decided.calls[0][1]
    kept = {key: before[key] for key in ("stores", "period") if key in before and not (key == "period" and said)}
    return replace(told, calls=tuple((name, _filled(name, args, kept)) for name, args in told.calls))


def of_its_store(name: str, args: Mapping[str, Any], last: Call) -> tuple[str, Mapping[str, Any]]:
    """An order of a row of one store's list is for that store; its card names it."""
    spec, stores = catalogue().get(name), last.args.get("stores") or last.args.get("giver")
    one = isinstance(stores, str) and not re.search(r"\b(?:and|all|every|stores|district)\b|,", stores)
    lacks = spec is not None and spec.proposes and "store" in spec.arguments.model_fields and "store" not in args
    return (name, {**args, "store": stores}) if one and lacks else (name, args)


def _of_its_figure(name: str, args: Mapping[str, Any], last: Call) -> tuple[str, Mapping[str, Any]]:
    """An explanation is of the figure that the row pointed at was ranked by."""
    figures = last.args.get("metrics") or [last.args.get("metric")]
    figures = figures[:1] if set(figures) == {"gross_margin", "gross_margin_pct"} else figures
    explained = name == EXPLAIN and "metric" not in args and len(figures) == 1 and figures[0] in _EXPLAINED
    return (name, {**args, "metric": figures[0]}) if explained else (name, args)


def _of_the_same_days(plain: str) -> bool:
    if _LOOKS_BACK.search(plain):
        return not re.search(r"\b(?:ever|all time|usual(?:ly)?|normal(?:ly)?|typical(?:ly)?|on average)\b", plain)
    short = len(plain.split()) <= MAX_WORDS_WITHOUT_VERB
    return short and bool(_FIRST_WORD.match(plain)) and not _GENERAL.search(plain)


def _holds(period: str, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> bool:
    """Whether a period is long enough for the splits of the calls: yesterday has no best month and no weekends."""
    groups = {
        group.strip()
        for _, args in calls
        for group in (*str(args.get("by") or "").split(","), *(one["dimension"] for one in args.get("where") or ()))
    }
    return all(long_enough(period, group) for group in groups)


def long_enough(period: str, group: str) -> bool:
    """Whether a period has room for a split by time; one that only a tool can tell is taken to have.

    How long one is does not depend on the day.
    """
    if group not in _NEEDED or not period:
        return True
    try:
        days = resolve_period(period, today=_SOME_DAY, data_start=date.min, data_end=date.max).days
    except PeriodError:
        return True
    return days >= _NEEDED[group]


def _filled(name: str, args: Mapping[str, Any], kept: Mapping[str, Any]) -> Mapping[str, Any]:
    spec = catalogue().get(name)
    if spec is None or spec.proposes:
        return args
    said = {key: value for key, value in kept.items() if key in spec.arguments.model_fields}
    for own in ("stores", "metrics", "product", "department", "where"):
        if own in args or (own in ("product", "department") and {"product", "department"} & set(args)):
            said.pop(own, None)
    if args.get("compare_to", PERIOD_BEFORE) != PERIOD_BEFORE:
        said.pop("period", None)
    # A period that the question does not name is only the usual one of its subject.
    return {**args, **said}
