"""“Which item?” behind an answer that found nothing: a rest of nothing, which is said.

Read by itself, or of an earlier answer, it would be told of other things and look like the answer to the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import BaseMessage

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.threads.next_message.listing import DRAWN
from agent.conversation.planner.threads.remembered import all_turns, last_calls, last_turn
from agent.conversation.planner.threads.short_words import LEAD

_NOUN = (
    r"(?:ones?|items?|products?|stores?|shops?|departments?|categor(?:y|ies)|(?:week)?days?|hours?|weeks?"
    r"|people|person|customers?|employees?)"
)
_REST = re.compile(
    rf"{LEAD}(?:why(?: (?:is|was|did) (?:it|that)(?: happen)?| so (?:much|many))?|how come|(?:(?:at|in|on|by|for)"
    rf" )?(?:which|what) {_NOUN}"
    rf"|(?:by )?how (?:much|many)(?: (?:was|is|were|are) (?:it|that|they))?|who|when|where|who (?:did|was|made) "
    rf"(?:it|them|that)"
    rf"|(?:show(?: me)? )?the (?:biggest|worst|best|largest|top|first|last)(?: {_NOUN}| \d+)?|(?:show(?: me)? )?"
    rf"(?:the )?top \d+"
    rf"|(?:which|who|what)(?: {_NOUN})?(?:'s|s| is| was| are| were| had| has)? (?:the )?(?:worst|best|highest"
    rf"|lowest|biggest"
    rf"|smallest|most|least)(?: {_NOUN})?"
    r"|(?:give|show)(?: me)? (?:a|the) list|(?:what about |at |in |vs\.? |against )*(?:the )?other stores?)\W*$"
)
_REST_OF_ALL = re.compile(
    rf"{LEAD}(?:(?:which|what|whose) {_NOUN}(?:'s|s| is| was| are| were| had| has| did| do| does)?(?: the)? (?:best"
    rf"|worst"
    rf"|highest|lowest|most|least|biggest|smallest)|who(?:'s|s| is| was) (?:the )?(?:best|worst|highest|lowest)"
    rf"|(?:all |just |only )?(?:at )?(?:one|a single) store,? or (?:everywhere|all(?: of them| stores)?)"
    rf"|(?:(?:is|was) )?(?:that|thats|that's|it)? ?(?:in|as) (?:dollars?|money|\$)(?!\w).{{0,30}}"
    rf"|(?:i need |give me |as |in |what(?:'s|s)? )*(?:the |an? )?(?:%|percent(?:age)?) of sales)\W*$"
)
"""What an earlier answer with figures may be meant by, where there is one."""
FOUND_NOTHING = (
    "The answer before this one found nothing, so I do not know what that is to be of. Ask it in one message, with"
    " what, "
    "where and when."
)


NOTHING_TO_DRAW = "Nothing was answered here yet that I could draw. Ask for figures first, “sales by day last week”."


def read(question: str, before: Sequence[BaseMessage]) -> Plan | None:
    """The sentence for such a rest; None for every other message, and where the turn before found something."""
    if (
        before
        and DRAWN.match(tidy(question).lower())
        and not any(not call.failed for calls in all_turns(before) for call in calls)
    ):
        return Plan(text=NOTHING_TO_DRAW)
    latest, plain = last_turn(before) or last_calls(before), tidy(question).lower()
    never = bool(before) and all(call.failed for calls in all_turns(before) for call in calls)
    if not latest or not (_REST.match(plain) or (never and _REST_OF_ALL.match(plain))):
        return None
    nothing = all(call.failed and not call.document.get("options") for call in latest)
    return Plan(text=FOUND_NOTHING) if nothing else None
