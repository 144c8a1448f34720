"""“Yes”, “do it”, “undo”, “never mind”: what stands in the thread that such a word could decide, said plainly.

Nothing is decided here: a proposal is decided on its card. Whoever says yes to an answer hears that nothing waits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage

from agent.conversation.context import OFFERED
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.threads.remembered import Call, all_turns, last_turn
from tools.wording import listed

_POLITE = r"(?:[ ,]+(?:please|pls|thanks|thank you|then|now|it|that|all of it|all|sorry|for now))*\W*$"
_YES = re.compile(
    r"^\W*(?:ok(?:ay)?[ ,]+|yes[ ,]+|and )*(?:yes|yep|yeah|yup|do (?:it|that|so|them|both)|go (?:ahead|for it)"
    r"|please do|confirm(?:ed)?"
    r"|file it|send it|place it|submit(?: it)?|make it so|let's do (?:it|that)|sure)" + _POLITE
)
_NO = re.compile(
    r"^\W*(?:ok(?:ay)?[ ,]+|no[ ,]+|actually[ ,]+|oh )*(?:never ?mind|nvm|forget (?:it|that|about it)|drop (?:it"
    r"|that)|leave it"
    r"|scrap (?:it|that)|skip (?:it|that)|cancel(?: (?:it|that))?|don't|dont|do not|stop|no|nope|not now|no thanks)"
    + _POLITE
)
_UNDO = re.compile(
    r"^\W*(?:ok(?:ay)?[ ,]+|no[ ,]+|actually[ ,]+|please |can you )*(?:undo|revert|(?:change|put|set|turn) (?:it"
    r"|that|them) back(?: (?:again|as it was))?|take (?:it|that) back"
    r"|reverse|withdraw|roll (?:it|that) back)" + _POLITE
)
_WHICH = re.compile(
    r"^\W*(?:which (?:ones?|of (?:them|those))?|what are (?:they|the (?:options|choices))|(?:and )?the other "
    r"(?:one|ones)|which)\W*$"
)
NOTHING_WAITS = (
    "Nothing here waits for a yes, and nothing was filed. Say a change in one sentence: “order 12 oat milk for"
    " Harbor "
    "Point”, “mark down oat milk by ten per cent until Sunday”."
)
FILED = (
    "It is filed and waits on its card: somebody who may decide it presses “Approve” or “Reject” there. I cannot"
    " do that "
    "myself."
)
WHICH_ONE = "That still needs an answer: {options}. Nothing is filed until then."
WHICH_QUESTION = "Send the one that you mean: {offered}."
ALL_RIGHT = "All right. Nothing was filed and nothing is changed."
LEFT_OPEN = "All right, I leave it. It was not filed, so nothing is changed."
STILL_FILED = (
    "The proposal of this thread stays until somebody presses “Reject” on its card; I cannot take it back myself."
    " Nothing "
    "is changed at the till until it is approved."
)
NOTHING_TO_UNDO = "Nothing was filed in this thread, so there is nothing to undo."
UNDONE_ON_ITS_CARD = (
    "I cannot undo it myself. A proposal that waits is rejected on its card; a change that was carried out is put"
    " back "
    "with “Undo” on its card by somebody who may decide it."
)


def read(question: str, before: Sequence[BaseMessage]) -> Plan | None:
    """What is said to such a word; None for every other message, and where no message stands before it.

    Args:
        question: what is said now.
        before: the messages before it, oldest first.
    """
    plain = tidy(question).lower()
    if not before:
        return None
    filed = any(_is_filed(call) for calls in all_turns(before) for call in calls)
    latest = last_turn(before)
    options = [str(one) for call in latest for one in call.document.get("options") or ()]
    if options and _WHICH.match(plain):
        return Plan(text=WHICH_ONE.format(options=listed(options, "or")))
    if _YES.match(plain):
        if options:
            return Plan(text=WHICH_ONE.format(options=listed(options, "or")))
        if not latest and (offered := _offered(before[-1])):
            return Plan(text=WHICH_QUESTION.format(offered=listed(offered, "or")))
        return Plan(text=FILED if any(map(_is_filed, latest)) else NOTHING_WAITS)
    if _NO.match(plain):
        if filed:
            return Plan(text=STILL_FILED)
        return Plan(text=LEFT_OPEN if any(call.name.startswith("propose_") for call in latest) else ALL_RIGHT)
    if _UNDO.match(plain):
        return Plan(text=UNDONE_ON_ITS_CARD if filed else NOTHING_TO_UNDO)
    return None


def _offered(reply: BaseMessage) -> list[str]:
    """The questions that a reply offered in the place of one that was not understood."""
    offered = reply.response_metadata.get(OFFERED, ()) if isinstance(reply, AIMessage) else ()
    return [f"“{one}”" for one in offered]


def _is_filed(call: Call) -> bool:
    """Whether a call filed a proposal, as far as its answer says."""
    return call.name.startswith("propose_") and not call.failed and bool(call.document)
