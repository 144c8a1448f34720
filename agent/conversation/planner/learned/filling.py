"""The arguments of a call from what the network took a question for and from the names that are known.

Words for values come from the network, values themselves from the question: stores and departments by the names there
are (what is written like another store goes to the tool, which says that there is none), spans of time by the planner's
phrases, or else as the network marks them, a number only where one stands. What does not fit the tool's arguments is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from agent.conversation.planner.learned.network import SEVERAL, Span, Taken
from agent.conversation.planner.outcome import BREAKDOWN
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import PeriodPhrase, take_periods
from agent.conversation.planner.slots.places import VERBS_TOO, take_departments, take_stores
from agent.conversation.planner.topics.elasticity import change_of_price
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings
from tools.registry import ToolSpec, catalogue

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_EXPLAINS, _OF_PRICE = "about_figures", "price_change_pct"
_TIMES = ("period", "compare_to", "later", "until")
_STORES = ("stores", "store")
_ALIKE = {"limit": "top", "top": "limit", "product": "with_product", "with_product": "product"}
"""What tools call by two names."""
_NAME = re.compile(r"[A-Z][\w'-]*(?: [A-Z0-9][\w'-]*)*")
"""Words in a row with capital letters."""
_FEWER = re.compile(r"\b(?:less|fewer|under|below|short)\b", re.IGNORECASE)
_NO_DAYS = re.compile(
    r"(?:the |in |over |on )*(?:next|last|past|coming|this|same|the|over|during|for|since|days|weeks|months|hours"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|weekends)",
    re.IGNORECASE,
)
"""The beginning of a span of time, whose rest was taken as a number (“the next 7 days”), and days of every week."""
_FROM_TO = re.compile(r"(?:from|between) (?P<before>.+?) (?:to|and) (?P<after>.+)")
_MONEY = frozenset({"budget", "amount"})
_OF_PRICES = frozenset({"shelf_prices"})
_PIECES = re.compile(r"\s*(?:units?|pieces?|pcs|items?|cases?|packs?|boxes|bottles?)\b", re.IGNORECASE)
"""What makes a number one of goods: “2000 units” are no budget."""
_GOODS = frozenset({"product", "text", "department"})
_PLACES = frozenset({"stores", "store", "department"})


def filled(taken: Taken, tool: str, question: str, around: Surroundings) -> dict[str, Any] | None:
    """The arguments for a tool; None where what is there does not make a call that the tool takes.

    A question that limits what it asks for by conditions is none either: told without them it would be another.

    Args:
        taken: what the network took the question for.
        tool: one of its tools.
        question: in one line, as it was given to the network.
        around: the stores and departments there are.
    """
    spec = catalogue().get(tool)
    if spec is None:
        return None
    kinds = _kinds(spec)
    reading = Reading.of(question)
    times = take_periods(reading)
    args: dict[str, Any] = {}
    for name, value in taken.values:
        if name in kinds and value == SEVERAL:
            return None
        if name in kinds and name not in _TIMES and name not in _PLACES:
            _put(args, name, value, kinds[name])
    _put_times(args, times, taken.spans, question, kinds)
    args |= _stores(question, reading, taken.spans, around, kinds)
    departments = take_departments(reading, around)
    seen = [span.said(question) for span in taken.spans if span.argument == "department"]
    known = [one for one in departments if one in around.departments]
    named = [one for one in known if seen or one.lower() not in VERBS_TOO or one in question] or seen
    kind = _kind_of(named[0], taken.spans, question) if len(named) == 1 else ""
    if "department" in kinds and len(named) == 1:
        args["product" if kind and "product" in kinds else "department"] = kind or named[0]
    for span in taken.spans:
        free = not reading.text[span.start + 1 : span.end + 1].isspace()
        name = _of_the_tool(span, question, kinds)
        pieces = (name in _MONEY or tool in _OF_PRICES) and _PIECES.match(question[span.end :])
        if free and name and not pieces and name not in args and name not in {*_TIMES, *_PLACES}:
            _put_said(args, name, span.said(question), kinds[name])
    if tool == BREAKDOWN and not args.get("by"):
        if (group := taken.nearest.get("by", SEVERAL)) == SEVERAL:
            return None
        _put(args, "by", group, kinds["by"])
    args = _which_way(args, question, kinds)
    if tool == _EXPLAINS and not args:
        return None  # it explains a word, and none was found
    return _accepted(spec, args)


def _which_way(args: dict[str, Any], question: str, kinds: Mapping[str, str]) -> dict[str, Any]:
    """The arguments with what the network does not mark: which way a price goes, which side of a number hours lie."""
    if _OF_PRICE in kinds:
        change = change_of_price(question.lower())
        args[_OF_PRICE] = int(change) if change and change.is_integer() else change
    if "over_hours" in args and _FEWER.search(question):
        args["under_hours"] = args.pop("over_hours")
    return {name: value for name, value in args.items() if value is not None}


def _kind_of(department: str, spans: tuple[Span, ...], question: str) -> str:
    """Goods whose name begins with a department (“meat snacks”), as said; nothing where it stands by itself."""
    before = f"{department.lower()} "
    for span in spans:
        start = span.start - len(before)
        if span.argument in _GOODS and start >= 0 and question[start : span.start].lower() == before:
            return question[start : span.end]
    return ""


def _stores(
    question: str, reading: Reading, spans: tuple[Span, ...], around: Surroundings, kinds: Mapping[str, str]
) -> dict[str, str]:
    """The stores there are, and what is said like the name of one: the tool says that there is none."""
    if "stores" not in kinds:
        one = take_stores(reading, around) if "store" in kinds and "to_store" not in kinds else None
        return {"store": one} if one else {}
    known = take_stores(reading, around)
    marked = [span for span in spans if span.argument in _STORES]
    others = [
        name.group()
        for name in _NAME.finditer(question)
        if any(span.start < name.end() and name.start() < span.end for span in marked)
        and reading.text[name.start() + 1 : name.end() + 1].strip() == name.group().lower()
    ]
    said = " and ".join([*([known] if known else []), *others])
    return {"stores": said} if said else {}


def _put(args: dict[str, Any], name: str, value: str, kind: str) -> None:
    """A value by the words that were learned for it; the likeliest of several where only one is taken."""
    if kind == "array":
        args.setdefault(name, []).append(value)
    elif name not in args:
        args[name] = True if kind == "boolean" else int(value) if kind == "integer" and value.isdigit() else value


def _put_times(
    args: dict[str, Any], times: list[PeriodPhrase], spans: tuple[Span, ...], question: str, kinds: Mapping[str, str]
) -> None:
    known = list(times)
    known += [
        PeriodPhrase(question[span.start : span.end].lower().removesuffix("'s"), span.start + 1, span.end + 1)
        for span in spans
        if span.argument in _TIMES
        and not _NO_DAYS.fullmatch(question[span.start : span.end].strip())
        and not any(one.start - 1 < span.end and span.start < one.end - 1 for one in times)
    ]
    for phrase in known:
        within = [
            span
            for span in spans
            if span.argument in _TIMES and span.start < phrase.end - 1 and phrase.start - 1 < span.end
        ]
        said = dict.fromkeys(span.argument for span in within if span.argument in kinds)
        two = _FROM_TO.fullmatch(phrase.phrase)
        if two and "compare_to" in said and "period" in kinds:
            args |= {"period": two["after"], "compare_to": two["before"]}
            continue
        if len(said) > 1:  # “from August to September” is one phrase for two arguments
            args |= {one.argument: question[one.start : one.end].lower() for one in within if one.argument in said}
            continue
        name = next((name for name in (*said, *_TIMES[:2]) if name in kinds and name not in args), None)
        if name:
            args[name] = phrase.phrase


def _of_the_tool(span: Span, question: str, kinds: Mapping[str, str]) -> str:
    """The name under which a tool takes what was marked; empty where it takes no such thing."""
    if span.argument in kinds:
        return span.argument
    per_cent = "%" in question[span.start : span.end + 2]
    alike = f"{span.argument}_percent" if per_cent else _ALIKE.get(span.argument, "")
    return alike if alike in kinds else ""


def _put_said(args: dict[str, Any], name: str, said: str, kind: str) -> None:
    """A value in the question's own words."""
    said = said.strip(" ,.;:?!'\"")
    if kind in ("integer", "number"):
        number = _NUMBER.search(said)
        plain = number.group().replace(",", "") if number else _in_figures(said)
        if plain:
            args[name] = float(plain) if "." in plain else int(plain)
    elif kind == "array" and said:
        args.setdefault(name, []).append(said)
    elif kind == "string" and said:
        number = _NUMBER.fullmatch(said.strip("$€£% "))
        plain = number.group().replace(",", "") if number else _in_figures(said)
        args[name] = plain or said


def _in_figures(word: str) -> str:
    """“ten” as “10”; empty for a word that is no number."""
    return str(WORD_NUMBERS.get(word.lower(), ""))


def _accepted(spec: ToolSpec, args: dict[str, Any]) -> dict[str, Any] | None:
    """The arguments that the tool takes: what it refuses is left out, unless it cannot do without."""
    try:
        spec.arguments.model_validate(args)
    except ValidationError as error:
        refused = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
        left = {name: value for name, value in args.items() if name not in refused}
        return _accepted(spec, left) if len(left) < len(args) else None
    return args


def _kinds(spec: ToolSpec) -> dict[str, str]:
    """What each argument holds: array, boolean, integer, number or string."""
    properties: Mapping[str, Mapping[str, Any]] = spec.schema().get("properties", {})
    return {name: _kind(about) for name, about in properties.items()}


def _kind(about: Mapping[str, Any]) -> str:
    said = {str(one.get("type", "")) for one in (about, *about.get("anyOf", ()))}
    return next((kind for kind in ("array", "boolean", "integer", "number") if kind in said), "string")
