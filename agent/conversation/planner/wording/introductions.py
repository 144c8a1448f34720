"""“I'm new here, took over Harbor Street last week. How's the store doing?”: the store is meant, those days are not."""

from __future__ import annotations

import re

from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

_INTRODUCED = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?: there| all| team)?[,.! ]+)?"
    r"(?:(?:i'?m|i am|im) (?:kinda |quite |pretty |very )?new(?: here| to this| at this| in this job| to the store)?"
    r"[,.! ]*(?:and )?)?(?:i(?:'ve| have|ve)? )?(?:just |recently |only )?(?:took over|taken over|take over"
    r"|started (?:at|in)"
    r"|moved to|got|inherited|transferred to|was (?:moved|sent|transferred|given)(?: to)?|now (?:run|manage|have))"
    r" (?:the )?(?P<at>[a-z][\w' ]{2,40}?)(?: store)?(?: (?:(?:last|this) (?:week|month|year|\w+day)|yesterday|today"
    r"|recently|(?:a |two |three |\d+ )?(?:few )?(?:days?|weeks?|months?) ago|(?:on|in) \w+))?[.!,;]+ *(?:so |and )?"
    r"(?P<asked>\S.{5,})$",
    re.IGNORECASE,
)
_THE_STORE = re.compile(r"\b(?:the|my|this|our) (?:store|shop)\b", re.IGNORECASE)


def without_introduction(question: str, around: Surroundings) -> str:
    """The question with the store that its writer says to have taken over; as it is where none is introduced so."""
    found = _INTRODUCED.match(question)
    if found is None:
        return question
    reading = Reading.of(f"at {found['at']}")
    store, asked = take_stores(reading, around), found["asked"]
    if not store or store == "all stores" or reading.rest() or take_stores(Reading.of(asked), around):
        return question
    if _THE_STORE.search(asked):
        return _THE_STORE.sub(store, asked, count=1)
    return f"{asked.rstrip(' ?.!')} at {store}"
