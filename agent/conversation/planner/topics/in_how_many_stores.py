"""In how many stores goods are stocked or sold: “in more than 4 stores”, “in only one store”, “in every store”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

SPREAD = "store_spread"
_SHOPS = r"(?:stores?|shops?|locations?|branch(?:es)?)"
_GOODS = r"(?:products?|items?|skus?|articles?|goods|things|what)"
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_N = r"(?P<{0}>\d{{1,4}}|one|two|three|four|five|six|seven|eight|nine|ten)"
_OURS = r"(?: of (?:our|the|my)(?: \d+)?)?"
_BOUNDS = tuple(
    (name, step, re.compile(pattern))
    for name, step, pattern in (
        ("at_least", 1, rf"\b(?:in|at|by) (?:more than|over) {_N.format('n')}{_OURS} {_SHOPS}\b"),
        ("at_least", 0, (rf"\b(?:in|at|by) (?:at least|no fewer than) {_N.format('n')}{_OURS} {_SHOPS}\b"
                        rf"|\b(?:in|at|by) {_N.format('m')} or more{_OURS} {_SHOPS}\b")),
        ("at_most", -1, rf"\b(?:in|at|by) (?:fewer than|less than|under) {_N.format('n')}{_OURS} {_SHOPS}\b"),
        ("at_most", 0, (rf"\b(?:in|at|by) (?:at most|up to|no more than) {_N.format('n')}{_OURS} {_SHOPS}\b"
                       rf"|\b(?:in|at|by) {_N.format('m')} or (?:fewer|less){_OURS} {_SHOPS}\b")),
        ("exactly", 0, (rf"\b(?:in|at|by) (?:only |just |exactly )(?:a single|{_N.format('n')}){_OURS} {_SHOPS}\b"
                       rf"|\b(?:only |just )(?:in|at|by) (?:a single|{_N.format('m')}){_OURS} {_SHOPS}\b"
                       rf"|\b(?:in|at|by) a single {_SHOPS}\b")),
        ("every", 0, (rf"\b(?:in|at|by) (?:every|each|all)(?: single)?{_OURS} (?:the |our |my )?(?:\d+ )?{_SHOPS}\b"
                     rf"|\bdo(?:es)? (?:every|each|all)(?: single)?{_OURS} (?:the |our |my )?(?:\d+ )?{_SHOPS}"
                     r"(?= (?:carry|stock|have|hold|sell)\b)")),
    )
)  # fmt: skip
_CLAIM = re.compile(
    rf"\b{_GOODS}\b.*\b(?:stock\w*|carr\w+|hold|have|held|sold|sell\w*|available|on hand|listed|found|moved?)\b"
    r"|\b(?:stocked|sold|carried|available) (?:in|at|by)\b"
)
_EVERY_CLAIM = re.compile(rf"\b(?:which|what|how many) {_GOODS}|^\W*{_GOODS}\b")
_SOLD = re.compile(r"\b(?:sold|sell|sells|selling|sales|bought|moved?)\b")
_OTHER = re.compile(
    r"\b(?:customers?|shoppers?|households?|members?|out of stock|stock-?outs?|oos|run(?:ning)? out|low|over-?stock\w*"
    r"|dead|slow|not sold|n't|never|why|best|top|worst|most|least|price\w*|cheap\w*|promot\w*|coupons?|campaigns?"
    r"|transfers?|re-?order\w*|margin|revenue|departments? (?:are|do)|opening|open|tasks?|by store|per store|zero"
    r"|no sales)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_GOODS}|stock(?:ed|s)?|in stock|carr(?:y|ied|ies)|holds?|have|held|sold|sells?|selling|available|on hand"
    "|listed|found|moved?|which|how many|number|count|do|did|does|are|were|is|was|that|we|our|the|of|there|been"
    r"|bought|different|distinct|unique)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about in how many stores goods are; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _CLAIM.search(whole) or names_the_future(whole):
        return None
    args = _bounds(reading, around)
    if not args or _OTHER.search(reading.text):
        return None
    sold = _SOLD.search(whole) is not None
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    if slots.period and not sold and slots.period not in ("today", "right now"):
        return not_understood(slots.period)
    period = slots.period if sold else None
    department = slots.department or slots.product
    return calls_for(SPREAD, {
        "sold": sold or None, **args, "period": period, "department": department, "stores": slots.stores,
        "limit": limit,
    }, [])  # fmt: skip


def _bounds(reading: Reading, around: Surroundings) -> dict[str, int]:
    """The fewest and most stores, taken out; empty where none is said."""
    for name, step, pattern in _BOUNDS:
        if name == "every" and not (_EVERY_CLAIM.search(reading.text) and len(around.stores) > 1):
            continue
        found = reading.take(pattern)
        if found is None:
            continue
        said = next((value for value in found.groupdict().values() if value), "one")
        number = (int(said) if said.isdigit() else _NUMBERS[said]) + step
        if name == "every":
            return {"at_least": len(around.stores)}
        return {"at_least": number, "at_most": number} if name == "exactly" else {name: max(number, 1)}
    return {}
