"""“Retention of households first seen in March”: the month a cohort came in is no month of its purchases."""

from __future__ import annotations

import re

from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import take_periods

_PEOPLE = r"(?:customers?|shoppers?|buyers?|households?|members?|guests?|clients?|people)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?: 20\d\d)?"
)
_COHORT = re.compile(rf"\b(?P<when>{_MONTH}|last month)(?:'s)? cohorts?\b|\bcohorts? (?:of|from) (?P<of>{_MONTH})\b")
_BEFORE = re.compile(
    rf"\b(?:{_PEOPLE} )?(?:who (?:were |we )?|that (?:were |we )?|we )?(?:acquired|won|gained|joined|first (?:bought"
    r"|came|shopped|seen|visited|purchased))(?: (?:with|from) us)? *$"
)


def take_first_bought(reading: Reading) -> str | None:
    """The span in which the customers asked about first bought, taken out; None where none is said so."""
    if (cohort := reading.take(_COHORT)) is not None:
        return str(cohort["when"] or cohort["of"])
    for one in take_periods(Reading(reading.text, reading.source)):
        if (before := _BEFORE.search(reading.text[: one.start])) is not None:
            reading.blank(before.start(), one.end)
            return one.phrase
    return None
