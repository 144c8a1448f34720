"""Subjects that other shop software has a page for and that no connected source brings here, said one by one.

Websites, bank accounts, bookings, attendance, settings: a general “I did not understand” would leave open whether the
words or the data are missing. Each row names what is missing and what can be asked instead. Asked after the refusals
and before anything is read into the rest of a question, so that “refund the last card payment” is no payment mix.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.unrecorded.absences import ABSENCES
from agent.conversation.planner.unrecorded.asked import ASKED
from agent.conversation.planner.unrecorded.customers import CUSTOMERS
from agent.conversation.planner.unrecorded.deeds import DEEDS
from agent.conversation.planner.unrecorded.further import FURTHER
from agent.conversation.planner.unrecorded.judgement import JUDGEMENT
from agent.conversation.planner.unrecorded.not_computed import NOT_COMPUTED
from agent.conversation.planner.unrecorded.not_kept import NOT_KEPT
from agent.conversation.planner.unrecorded.operations import OPERATIONS
from agent.conversation.planner.unrecorded.orders import ORDERS
from agent.conversation.planner.unrecorded.owners import OWNERS
from agent.conversation.planner.unrecorded.premises import PREMISES
from agent.conversation.planner.unrecorded.single import SINGLE
from agent.conversation.planner.unrecorded.spending import SPENDING
from agent.conversation.planner.unrecorded.stockroom import STOCKROOM
from agent.conversation.planner.unrecorded.subjects import SUBJECTS
from agent.conversation.planner.unrecorded.suppositions import SUPPOSITIONS
from agent.conversation.planner.unrecorded.trade import TRADE
from agent.conversation.planner.unrecorded.work import WORK

_COMPILED = tuple(
    (re.compile(pattern), re.compile(unless) if unless else None, sentence)
    for pattern, unless, sentence in (
        *ABSENCES,
        *CUSTOMERS,
        *PREMISES,
        *TRADE,
        *ORDERS,
        *OPERATIONS,
        *NOT_COMPUTED,
        *NOT_KEPT,
        *SUPPOSITIONS,
        *FURTHER,
        *ASKED,
        *DEEDS,
        *SINGLE,
        *SPENDING,
        *OWNERS,
        *SUBJECTS,
        *WORK,
        *STOCKROOM,
        *JUDGEMENT,
    )
)


def read(text: str) -> Plan | None:
    """The sentence for a subject that nothing here records or does; None for every other."""
    whole = Reading.of(text).text.strip()
    for pattern, unless, sentence in _COMPILED:
        if pattern.search(whole) and not (unless is not None and unless.search(whole)):
            return Plan(text=sentence)
    return None
