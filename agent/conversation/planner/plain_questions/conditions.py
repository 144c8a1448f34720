"""Questions about what went on around the sales: weather, people on duty, holidays and events in town."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import CONDITIONS, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.wording.words import take_metrics, take_split
from agent.conversation.surroundings import Surroundings

_SUBJECT = re.compile(
    r"\b(?:weather|rain(?:y|ed|ing|fall)?|snow(?:ed|ing)?|temperatures?|sunny|hot|cold|heat ?wave|stormy?|(?:local "
    r"|public |bank )?(?:holidays?|events?)(?! (?:pay|plan\w*))|on duty|on the floor|on shift|staff(?:ed)?(?: (?:hours"
    r"|on|there|in))+)\b"
)
_ASKS = re.compile(r"\b(?:what|how|was|were|is|did|any|show|which|weather|who|there)\b")
_CAUSE = re.compile(r"\b(?:because|due to|affect\w*|impact\w*|influence\w*|effect|correlat\w+|hurt|help(?:ed)?)\b")
_SOLD = re.compile(
    r"\b(?:holidays?|events?)\b.*\b(?:s[eo]ll?|sells|sold|selling|took|brought|usual(?:ly)?|normal(?:ly)?)\b"
)
"""What a holiday sold, or sells usually, is no question of what was around."""
_OF_PEOPLE = re.compile(r"\bwho\b")
_SPLITS = frozenset({"hour", "day", "store"})
_WORDS = re.compile(
    r"\b(?:what(?:'s| is| was| were)?|how (?:many|much|was|were|is)|was it|were there|was there|any|people|staff|the"
    r"|like|go(?:ing)? on|there|it|we|have|had|did|outside|in town|near(?:by)?)\b"
)


def conditions(text: str, around: Surroundings) -> Plan | None:
    """The call a question about the surroundings means; None when it is about something else or about the future."""
    reading = Reading.of(text)
    whole = reading.text
    if not _SUBJECT.search(whole) or not _ASKS.search(whole) or names_the_future(whole):
        return None
    if _CAUSE.search(whole) or _SOLD.search(whole) or _OF_PEOPLE.search(whole):
        return None  # causes and single people are other subjects, with boundaries of their own
    spans = [one.phrase for one in take_periods(reading)]
    by = take_split(reading)
    stores = take_stores(reading, around)
    if take_metrics(reading) or (by is not None and by not in _SPLITS):
        return None
    reading.take(_SUBJECT)
    while reading.take(_WORDS):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    if left is not None and (left.goods or left.unknown):
        return None
    shared = {"stores": stores or (left.store if left else None), "by": by}
    return calls_for(CONDITIONS, shared, [{"period": span} for span in spans] or [{"period": "today"}])
