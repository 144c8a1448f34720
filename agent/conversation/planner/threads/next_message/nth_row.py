"""“What did the 4th have in Q2”: a row of the ranking above by its place, in other days, stores or figures.

It stays within the goods and stores that were ranked; “the 4th” behind “on” is a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.once_more.before import split_of, usual_days
from agent.conversation.planner.threads.pointing import product_number, row_name
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_PLACES = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10, "10th": 10,
}  # fmt: skip
_NOUN = r"(?: (?:one|place|spot|brand|store|shop|department|dept|category|product|item|maker)\b)?"
_ROW = rf"(?:the |our )?(?:(?P<place>{'|'.join(_PLACES)})|(?:number |no\.? ?|# ?)(?P<number>\d{{1,2}})\b){_NOUN}"
_ASKED = re.compile(
    rf"{LEAD}(?:what|how much|how|how many)(?P<of>(?: [a-z]+){{0,2}}?) (?:did|does|do|has|had) {_ROW}"
    r"(?P<rest>(?! of ).*)$"
)
_VERBS = re.compile(
    r"\b(?:have|had|sell|sold|make|made|do|did|get|got|bring in|take|look|total|come to|in|for|at|during|then|there"
    r"|much|many|doing)\b(?! \d)"
)
NO_SUCH_ROW = "The answer above has no row in that place. Name what you mean, with its days."
_TIMES = frozenset({"hour", "weekday", "day", "week", "month"})


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call before of that row alone; None for every other message, and where the list has no such row."""
    found, last = _ASKED.match(plain), previous[-1]
    by = split_of(last) if last.name in (SUMMARY, COMPARE, BREAKDOWN, TOP) else None
    if found is None or len(previous) > 1 or by is None or by in _TIMES:
        return None
    name = row_name(by, previous, _PLACES.get(found["place"]) or int(found["number"]))
    reading = Reading.of(f"{found['of']} {found['rest']}")
    metrics = list(take_metrics(reading)) or (["net_sales"] if re.search(r"\bsales\b", reading.text) else [])
    slots = take_slots(reading, around, _VERBS)
    said = slots.args("period", "stores")
    words = (slots.unknown or slots.product or slots.department or "").replace("sales", "")
    if slots.limit or re.search(r"[a-z]", words) or (by == "store" and "stores" in said):
        return None
    if name is None:
        return Plan(text=NO_SUCH_ROW)
    return Plan(((BREAKDOWN, {**_of_it(last, by, name), **said, **({"metrics": metrics} if metrics else {})}),))


def _of_it(last: Call, by: str, name: str) -> dict[str, Any]:
    """The figures before of one row of theirs."""
    figures = {"metrics": [last.args["metric"]]} if isinstance(last.args.get("metric"), str) else {}
    args = {"period": usual_days(last), **figures, **kept(last, "metrics", "stores", "department", "product")}
    if by == "store":
        return {**args, **kept(last, "where"), "stores": name}
    value = product_number(name) if by == "product" else name
    return {**args, "where": [*(last.args.get("where") or ()), {"dimension": by, "values": [value]}]}
