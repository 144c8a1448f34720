"""“Categories with a margin under 20 % but sales above $5,000”: groups of which something holds.

The bounds are taken out first, each with the figure that it is on; what is left must be known word for word: figures,
groups, an end of a ranking, days, places. Anything else ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, PLAIN, RANKS, Said, words_of
from agent.conversation.planner.kept_conditions import with_conditions
from agent.conversation.planner.outcome import BREAKDOWN, Plan
from agent.conversation.planner.slots.arguments import valid
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS
from tools.metrics.dimensions import DIMENSIONS

_OVER = r"(?:over|above|more than|greater than|higher than|bigger than|exceeding|in excess of|beyond)"
_UNDER = r"(?:under|below|less than|fewer than|lower than|smaller than)"
_LEAST, _MOST = r"(?:at least|no less than|no fewer than)", r"(?:at most|no more than|up to)"
_BOUND = rf"(?P<how>{_OVER}|{_UNDER}|{_LEAST}|{_MOST})"
_NUMBER = (
    r"(?P<money>[$€£])? ?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<thousands> ?k\b| thousand\b)?"
    r"(?: ?(?P<unit>%|percent\b|per cent\b|dollars?\b|bucks\b|usd\b))?"
)
_FIGURE = r"(?P<figure>[a-z%][a-z% -]{2,45}?)"
_LEAD = (
    r"(?:\b(?:with|having|whose|where|only|but|and|has|had|have|on|of|in|for|that|which|who|those|its|their|an?|the|our"
    r"|my|we|were|was|whatever) )*"
)
_FORMS = (
    re.compile(
        rf"{_LEAD}\b{_BOUND} {_NUMBER}(?: (?:in|of|worth of))? (?!(?:but|and|with|whose|where|by) ){_FIGURE}"
        r"(?=[ ,?.;]|$)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_LEAD}\b{_FIGURE} (?:is |are |was |were |of |stood at |came to )*{_BOUND} {_NUMBER}", re.IGNORECASE),
)
"""“More than 200 transactions”; then “a margin under 20 %”, “sold more than $500”. A form is tried at every bound."""
_HAVING = {_OVER: "over", _UNDER: "under", _LEAST: "at_least", _MOST: "at_most"}
_WHEN = re.compile(r"\b(?:when|if|while|whenever|as long as)\b", re.IGNORECASE)
_SELLS = re.compile(
    r"(?:sold|sells?|selling|took|takes?|made|makes?|turned over|earned|brought in|did)$", re.IGNORECASE
)
_GOODS = (None, "product", "department", "category", "brand")
_COUNT = "count_over_amount"
_JOINING = frozenset({
    "with", "having", "whose", "where", "only", "but", "and", "has", "had", "have", "on", "of", "in", "for", "that",
    "which", "who", "those", "were", "was", "what", "how", "many", "show", "list", "find", "me", "at", "the", "a", "an",
    "all", "any", "also", "both", "sold", "made", "took", "did", "do", "we", "give", "there", "are", "is", "our", "my",
})  # fmt: skip
_USUAL = {"week": "last 12 weeks", "month": "last 12 months", "quarter": "all time"}
_PEOPLE = frozenset({"customer", "household", "segment"})
_MONEY_OF = {"gross_margin_pct": "gross_margin"}
_RATE_OF = {"gross_margin": "gross_margin_pct", "discounts": "discount_rate", "returns": "refund_rate",
            "labour_cost": "labour_cost_pct"}  # fmt: skip
"""A figure whose word is one of money and of per cent, by the unit of its bound."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """The bounds of a question as conditions on groups, and the words that are left."""

    having: tuple[Mapping[str, str], ...]
    rest: str


def by_bounds(question: str, around: Surroundings) -> Plan | None:
    """The breakdown of groups of which the bounds of a question hold; None where it has none, or more is said."""
    if _WHEN.search(question):
        return None  # “when fewer than 200 visitors come” is a bound on days or hours that are not named
    found = bounds_of(question)
    asked = Asked.of(found.rest, around) if found is not None else None
    if found is None or asked is None or asked.ahead or len(asked.days) > 1:
        return None
    said = words_of(asked.without_conditions())
    if not all(_is_known(one) for one in said):
        return None
    named = dict.fromkeys(name for one in said if (name := _group(one)) and not one.named(FIGURES))
    by = [name for name in named if name in DIMENSIONS]
    if not 1 <= len(by) <= 2 or len(by) < len(named) or _PEOPLE & set(named):
        return None
    figures = [name for one in said if (name := one.named(FIGURES)) in METRICS]
    bottom = any(one.named(RANKS) == "bottom" for one in said)
    count = _count(said)
    if count is None and any(one.is_number for one in said):
        return None
    args: dict[str, Any] = {
        "by": ", ".join(by),
        "metrics": list(dict.fromkeys((*figures, *(one["metric"] for one in found.having)))),
        "having": [dict(one) for one in found.having],
        **asked.where,
    }
    args |= {"order": "bottom"} if bottom else {}
    args |= {"top": count} if count else {}
    usual = _USUAL.get(by[-1], _USUAL.get(by[0]))
    args |= {"period": asked.days[0]} if asked.days else {"period": usual} if usual else {}
    told = valid(BREAKDOWN, args)
    if told is None:
        return None
    kept = with_conditions(question, Plan((told,)), around, lambda _: Plan())
    return None if kept.text else kept


def _group(one: Said) -> str | None:
    """The group that words name; “which days” over a bound are single days and no weekdays."""
    name = one.named(GROUPS)
    return "day" if name == "weekday" and one.words.split()[-1] == "days" else name


def _count(said: Sequence[Said]) -> int | None:
    """How many are asked for: “top 5 brands”; a number anywhere else is none."""
    for place, one in enumerate(said):
        before = said[place - 1].named(RANKS) if place else None
        behind = said[place + 1].named(RANKS) if place + 1 < len(said) else None
        if one.words.isdigit() and {before, behind} & {"top", "bottom"}:
            return int(one.words)
    return None


def has_several(question: str) -> bool:
    """Whether a question sets bounds to several figures, of which a count over one amount keeps only one."""
    found = bounds_of(question)
    return found is not None and len({one["metric"] for one in found.having}) > 1


def taken_for_a_bound(decided: Plan) -> str:
    """The bound that a plan takes for the name of goods, “above 25 %”; empty where there is none."""
    for _, args in decided.calls:
        named = [str(args[key]) for key in ("product", "department") if args.get(key)]
        parts = [one for one in args.get("where") or () if isinstance(one, Mapping) and one.get("dimension") in _GOODS]
        named += [str(value) for one in parts for value in one.get("values", ())]
        for said in named:
            if re.match(rf"{_BOUND} [$€£]?\d", said, re.IGNORECASE):
                return said
    return ""


def another_figure(question: str, decided: Plan) -> str:
    """The figure that the only bound of a question is on, where a count holds another against it; else empty."""
    found = bounds_of(question)
    if found is None or len(found.having) != 1 or len(decided.calls) != 1 or decided.calls[0][0] != _COUNT:
        return ""
    metric, told = found.having[0]["metric"], str(decided.calls[0][1].get("metric", "net_sales"))
    alike = {metric, _RATE_OF.get(metric, metric), _MONEY_OF.get(metric, metric)}
    return "" if told in alike else METRICS[told].label.lower()


def bounds_of(question: str) -> Bounded | None:
    """The bounds of a question on figures of the sales; None where there is none, or one is on something else."""
    question = question.replace("’", "'")
    rest = question
    having: list[tuple[int, Mapping[str, str]]] = []
    while re.search(rf"\b{_BOUND} (?:[$€£] ?)?\d", rest, re.IGNORECASE):
        match = next(_matches(rest), None)
        if match is None:
            return None
        start, end, condition = match
        having.append((question.find(rest[start:end].strip()), condition))
        rest = " ".join(f"{rest[:start]} {rest[end:]}".split())
    in_order = tuple(condition for _, condition in sorted(having, key=lambda one: one[0]))
    return Bounded(in_order, rest) if having else None


def _matches(text: str) -> Iterator[tuple[int, int, Mapping[str, str]]]:
    """The first bound of a text with the figure before or behind it: where it begins and ends, and the condition."""
    for form in _FORMS:
        for place in [0, *(found.end() for found in re.finditer(r"\s", text))]:
            found = form.match(text, place)
            if found is None:
                continue
            metric = _metric(found)
            if metric is not None:
                yield found.start(), found.end(), {"metric": metric, _how(found["how"]): _number(found)}


def _metric(found: re.Match[str]) -> str | None:
    """The figure that a bound is on; per cent and money tell apart what one word stands for."""
    said = words_of(found["figure"])
    figures = [one.named(FIGURES) for one in said if one.named(FIGURES)]
    others = [one for one in said if not one.named(FIGURES) and not one.named(PLAIN) and one.words not in _JOINING]
    if len(figures) != 1 or others or figures[0] not in METRICS:
        return None
    name = str(figures[0])
    rate = (found["unit"] or "").lower() in ("%", "percent", "per cent")
    money = bool(found["money"]) or (bool(found["unit"]) and not rate)
    if rate:
        return _RATE_OF.get(name, name) if METRICS[_RATE_OF.get(name, name)].denominator else None
    if name == "net_sales" and _SELLS.search(found["figure"].strip()) and not money:
        return name if _dollars(found) else None  # “sold more than 20”: pieces or money
    return _MONEY_OF.get(name, name) if money else name


def _dollars(found: re.Match[str]) -> bool:
    return bool(found["thousands"]) or float(found["number"].replace(",", "").rstrip(".") or 0) >= 1000


def _how(said: str) -> str:
    return next(name for pattern, name in _HAVING.items() if re.fullmatch(pattern, said, re.IGNORECASE))


def _number(found: re.Match[str]) -> str:
    number = found["number"].replace(",", "").rstrip(".")
    return f"{number}000" if found["thousands"] and "." not in number else number


def _is_known(one: Said) -> bool:
    """Whether a word beside the bounds is a figure, a group, an end, a number or says nothing by itself."""
    if one.is_number or one.words in _JOINING:
        return True
    if one.named(FIGURES) is not None:
        return one.named(FIGURES) in METRICS
    return (
        one.named(GROUPS) is not None or one.named(PLAIN) is not None or one.named(RANKS) in ("top", "bottom", "each")
    )
