"""An order that was just filed, once more with one thing changed: “actually 25 %”, “until Sunday”, “make it 5”.

The newer proposal takes the place of the older one when it is filed; nothing else about it is read anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.task_lists import NO_CLOSING

_LEAD = r"^\W*(?:and |ok(?:ay)? |no,? |sorry,? |actually,? |but |rather |i meant? |please |let's |lets |just )*"
_MAKE = r"(?:make (?:it|that) |change (?:it|that) to |set (?:it|that) to |(?:by |to |at |only |just )+)?"
_TAIL = r"(?: (?:instead|please|then|rather))*\W*$"
_PERCENT = re.compile(rf"{_LEAD}{_MAKE}(?P<number>\d{{1,3}}(?:\.\d+)?) ?(?:%|percent|per cent)(?: off)?{_TAIL}")
_PRICE = re.compile(rf"{_LEAD}{_MAKE}(?P<sign>[$€£])? ?(?P<number>\d{{1,4}}[.,]\d\d|(?<=[$€£])\d{{1,4}}){_TAIL}")
_COUNT = re.compile(rf"{_LEAD}{_MAKE}(?P<number>\d{{1,5}})(?: (?:units?|pieces?|pcs|of (?:them|it)))?{_TAIL}")
_UNTIL = re.compile(
    rf"{_LEAD}(?:make (?:it|that) )?(?:until|till|'til|through) (?!when\b|what\b)(?P<until>[\w ,/-]{{3,30}}?)(?:"
    rf" please)?\W*$"
)
_UNTIL_WHEN = re.compile(
    rf"{_LEAD}(?:(?:until|till|'til) (?:when|what day)|when (?:does|will|would) (?:it|that|this) (?:end|stop|run out)"
    r"|(?:for )?how long(?: (?:does|will|is) (?:it|that|this)(?: (?:last|run|go on|for))?)?)\W*$"
)
UNTIL_SAID = "Until {until}, as it was said; “until Sunday” would change that."
NO_END = "No end was said: the price then stays until it is changed again. “Until Sunday” gives it one."
_DUE = re.compile(
    rf"{_LEAD}(?:make (?:it|that) (?:for |due )?|(?:it's |its )?(?:due |for )|by |on |(?:set|change) (?:the )?"
    rf"(?:due )?(?:day|date) to )+"
    r"(?P<due>(?:by |on )?(?:today|tonight|tomorrow(?: morning| night)?|end of (?:the )?(?:day|week)|(?:next |this"
    r" )?(?:mon|tues"
    rf"|wednes|thurs|fri|satur|sun)day)){_TAIL}"
)
_CLOSED = re.compile(
    rf"{_LEAD}(?:mark (?:it|that|this) (?:as )?(?:done|complete[d]?|finished)|(?:close|complete|finish|tick off) "
    rf"(?:it|that|this)){_TAIL}"
)
_ASSIGNEE = re.compile(
    rf"{_LEAD}(?:re-?assign|assign|give|hand)(?: (?:it|that|this))?(?: task)?(?: over)? to "
    rf"(?P<who>[\w' -]{{2,40}}?){_TAIL}"
)
_CLOCK = r"\d{1,2}(?::?\d{2})? ?(?:am|pm)?"
_HOURS = re.compile(rf"{_LEAD}{_MAKE}(?:from )?(?P<start>{_CLOCK}) ?(?:to|until|till|-) ?(?P<end>{_CLOCK}){_TAIL}")
_DAY = re.compile(
    rf"{_LEAD}(?:make (?:it|that) |on |for )*(?P<day>(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    rf"|tomorrow){_TAIL}"
)
_SAID_TO_BE = re.compile(r"^\W*(?:no,? |ok(?:ay)? |sorry,? )*(?:actually|make (?:it|that)|change (?:it|that)|rather)\b")
_ALL = 100
_SHIFT = "propose_shift"
_TASKS = frozenset({"propose_store_task", "propose_count_task"})
_PRICES, _ORDERS = "propose_price_change", frozenset({"propose_purchase_order", "propose_transfer"})


def read(text: str, previous: Sequence[Call]) -> Plan | None:
    """The order with what this changes of it; None where none was filed before, or this changes none of it."""
    last = previous[-1] if len(previous) == 1 else None
    if last is None:
        return None
    said = tidy(text).lower()
    args = dict(last.args)
    if last.name == _SHIFT and (last.document.get("options") or not last.failed):
        changed = _shift(said, args)  # also while it is still asked in which store
        return Plan(((last.name, changed),)) if changed else None
    waiting = bool(last.document.get("options"))
    if last.failed and not waiting:
        return None
    if last.name == _PRICES and _UNTIL_WHEN.match(said):
        until = args.get("until")
        return Plan(text=UNTIL_SAID.format(until=until) if until else NO_END)
    if last.name == _PRICES:
        changed = _price(said, args, waiting=waiting)
    elif last.name in _TASKS and _CLOSED.match(said):
        return Plan(text=NO_CLOSING)
    elif last.name in _TASKS:
        changed = _task(said, args)
    elif last.name in _ORDERS and (not waiting or _SAID_TO_BE.match(said)):  # a bare number chooses among options
        changed = _quantity(said, args)
    else:
        return None
    return Plan(((last.name, changed),)) if changed else None


def _task(said: str, args: dict[str, Any]) -> dict[str, Any] | None:
    """Another day, or somebody who is to do it."""
    if found := _DUE.match(said):
        return {**args, "due": re.sub(r"^(?:by|on) ", "", found["due"])}
    return {**args, "assignee": found["who"]} if (found := _ASSIGNEE.match(said)) else None


def _price(said: str, args: dict[str, Any], *, waiting: bool) -> dict[str, Any] | None:
    if found := _UNTIL.match(said):
        return {**args, "until": found["until"]}
    if found := _PERCENT.match(said):
        number = float(found["number"])
        sign = 1 if float(args.get("percent") or -1) > 0 else -1
        return {**_without(args, "price"), "percent": sign * (int(number) if number.is_integer() else number)}
    if found := _PRICE.match(said):
        return {**_without(args, "percent"), "price": found["number"].replace(",", ".")}
    count = _COUNT.match(said)
    if count and "percent" in args and (not waiting or _SAID_TO_BE.match(said)) and int(count["number"]) < _ALL:
        sign = 1 if float(args["percent"]) > 0 else -1  # “make it 20” after a change by per cent
        return {**args, "percent": sign * int(count["number"])}
    return None


def _shift(said: str, args: dict[str, Any]) -> dict[str, Any] | None:
    if found := _HOURS.match(said):
        return {**args, "start": found["start"].strip(), "end": found["end"].strip()}
    return {**args, "day": found["day"]} if (found := _DAY.match(said)) else None


def _quantity(said: str, args: dict[str, Any]) -> dict[str, Any] | None:
    """Another number of the one thing that is ordered; of several nobody knows which is meant."""
    lines = args.get("lines")
    found = _COUNT.match(said)
    if not found or not isinstance(lines, list) or len(lines) != 1:
        return None
    return {**args, "lines": [{**lines[0], "quantity": found["number"]}]}


def _without(args: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in args.items() if key != name}
