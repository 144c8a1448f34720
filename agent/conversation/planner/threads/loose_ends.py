"""“Only the south stores” after a question that could not be answered: a rest of nothing, which is said.

Read by itself such a rest would be yesterday's sales of those stores, and look like the answer to the question before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent.conversation.planner.closest import DID_YOU_MEAN
from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.threads.next_message.named import is_talk
from agent.conversation.planner.threads.unsaid import is_elliptical
from agent.conversation.planner.topics.vague import WHAT

OF_WHAT = (
    "That goes on about the question before, which I could not answer, so I do not know what it is to be of. Ask it "
    "in one message, for example “sales by category last week, south stores”."
)
_ONE_BEFORE = re.compile(r"\W*(?:and |what about |how about )*the ones? (?:before|after|earlier)(?: (?:that|it))?\W*$")
_OF_IT = re.compile(
    r"\b(?:from|of|about|on|with|for|in) (?:(?:it|them|those|that|these)\W*$|(?:it|them)\b(?! (?:is|was|all)\b))"
    r"|\bwith (?:it|one|them|that) (?:and|or|vs\.?|versus|against) without\b"
    r"|\b(?:\w{3,}ed|did|made|got) (?:it|them)\b"
)
_HANGS = re.compile(
    r"^\W*(?:and |so |but |ok )*(?:(?:does|do|did|is|was|are|were|has|have) (?:it|that|this|they|those"
    r"|these) (?!look\b)"
    r"|how(?:'s|s| is| was| are| were| does| do| did) (?:it|that|they|those)\b)"
)
"""“Does that change when it's busy”, “and how's it at Harbor Point”."""
_POINTS_BACK = re.compile(
    r"\bthe (?:next|last|first|other|same|previous) (?:one|ones|thing|time)\b|\b(?:did|do|does|has|have|was|were"
    r"|is) (?:they|it|that|those)\b|\b(?:on|of|from) (?:it|them|that|those)(?: or not)?\W*$"
    r"|\b(?:fixed|done|about) (?:it|that|them|this)\W*$|\bthe same\b"
)
_OF_ALL = frozenset({SUMMARY, COMPARE, "sales_breakdown", "business_overview", "store_ranking"})
_GOODS = frozenset({"product", "department"})
_FEWEST_WORDS = 4
"""What has fewer words than this is a greeting or a word of thanks rather than a question."""


def loose_end(question: str, decided: Plan, before: Sequence[BaseMessage]) -> Plan:
    """The plan, or the sentence in its place where it would answer only the rest of an unanswered question.

    Args:
        question: what is said now.
        decided: what it would mean by itself.
        before: the messages before it, oldest first; no tool has been called in them.
    """
    latest = before[-1] if before else None
    unspoken = isinstance(latest, AIMessage) and not latest.tool_calls
    if (
        unspoken
        and decided.calls
        and ((_OF_IT.search(question.lower()) and not _has_goods(decided)) or _hangs(question, decided, before))
        and not decided.calls[0][0].startswith("propose_")
    ):
        return Plan(text=OF_WHAT)
    if unspoken and decided.unread and not decided.calls and _asks_of_it(question) and refused(before):
        return Plan(text=OF_WHAT)
    if unspoken and decided.text == WHAT and refused(before):
        return Plan(text=OF_WHAT)  # something stands before it, though nothing that could be answered
    one_before = unspoken and _ONE_BEFORE.match(question.lower())
    if not one_before and not (is_elliptical(tidy(question)) and refused(before)):
        return decided
    plain = all(name in (SUMMARY, COMPARE) and not args.get("metrics") for name, args in decided.calls)
    return Plan(text=OF_WHAT) if decided.calls and plain else decided


def _has_goods(decided: Plan) -> bool:
    """Whether every call of a plan is of goods, which the question before named where it only points."""
    named = [[str(args[key]) for key in _GOODS & set(args)] for _, args in decided.calls]
    return all(any(not all(map(is_talk, one.lower().split())) for one in goods) for goods in named)


def _asks_of_it(question: str) -> bool:
    """Whether a question that nothing reads points at what was said before it."""
    plain = question.lower()
    return _HANGS.match(plain) is not None or _POINTS_BACK.search(plain) is not None


def _hangs(question: str, decided: Plan, before: Sequence[BaseMessage]) -> bool:
    """Whether a question of what was not answered would be told the sales of all."""
    plain = all(name in _OF_ALL and not _GOODS & set(args) for name, args in decided.calls)
    return plain and _HANGS.match(question.lower()) is not None and refused(before, fewest=2)


def refused(before: Sequence[BaseMessage], fewest: int = _FEWEST_WORDS) -> bool:
    """Whether the question before was answered by a sentence that asks nothing back."""
    asked = next((message for message in reversed(before) if isinstance(message, HumanMessage)), None)
    reply = before[-1] if before else None
    if asked is None or not isinstance(reply, AIMessage) or reply.tool_calls:
        return False
    said = str(reply.text).partition(DID_YOU_MEAN)[0]  # questions that are offered ask nothing back
    return len(tidy(str(asked.text)).split()) >= fewest and "?" not in said
