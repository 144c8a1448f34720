"""“Are we going to hit the month?”, “will Harbor Point make its number?”: the target, and where the span is heading."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

_UNIT = r"(?:week|month|quarter|year)"
_OUR = r"(?:the|our|my|its|their|this)"
_WHEN = re.compile(
    rf"(?: (?:for|in|by (?:the )?end of|at the end of))?(?: the)? (?P<when>(?:this|last) {_UNIT}|q[1-4]|january"
    r"|february|march|april|may|june|july|august|september|october|november|december)(?:'s)?(?= |\W*$)"
    rf"|\b(?:{_OUR}|on) (?P<unit>{_UNIT})(?:'s)?(?= |\W*$)"
)
_LEAD = (
    r"\W*(?:(?:so|and|hey|ok|okay|do (?:you|we) think) )*(?P<past>did )?(?:(?:are|is|am|will|do|does|can) )?"
    r"(?P<who>which (?:stores?|shops?|locations?|branch(?:es)?) (?:(?:are|is|will) )?)?"
    r"(?:(?:we|i|they|it|everyone|all(?: the)? stores|the stores?|my stores?) )?"
)
_AIM = (
    r"(?:(?:hit|mak|meet|mee|reach)(?:e|ing|t)?) (?:it|(?:the |our |my |its |their )?(?:sales |revenue )?"
    r"(?:numbers?|figures?|sales|revenue)|@)(?: @)?"
)
_ASKS = re.compile(
    rf"{_LEAD}(?:(?:(?:still|even|actually|really|ever|likely to|able to|going to|gonna|on (?:track|pace|course) to"
    rf"|pacing to|tracking to) )*{_AIM}|(?:still )?(?:on (?:track|pace|course|plan)|pacing|tracking)(?: well)?(?: for"
    r"| this)?(?: our| the)?(?: sales| numbers?)? @)\W*"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The progress towards the target and the outlook on the whole span; None for every other question."""
    reading = Reading.of(text)
    found = _WHEN.search(reading.text)
    when = (found["when"] or f"this {found['unit']}") if found else "this month"
    if found:
        reading.text = f"{reading.text[: found.start()]} @ {reading.text[found.end() :]}"
    stores = take_stores(Reading(reading.text), around)
    plain = reading.text
    for store in around.stores:
        plain = re.sub(rf"\b(?:(?:at|for|in) )?{re.escape(store.name.lower())}(?:'s)?\b", " ", plain)
    asked = _ASKS.fullmatch(re.sub(r"\s+", " ", plain).strip(" ,.?!"))
    if asked is None or (found is None and not re.search(r"\bnumbers?\b|\bfigures?\b|\bsales\b", plain)):
        return None
    shared: dict[str, Any] = {"period": when, **({"stores": stores} if stores else {})}
    progress = ("target_progress", shared)
    if asked["past"] or when.startswith("last"):
        return Plan((progress,))
    return Plan((progress, ("sales_outlook", {**shared, **({"by": "store"} if asked["who"] else {})})))
