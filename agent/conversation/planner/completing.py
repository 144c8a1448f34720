"""A part that an order lacked, said in the next message: “mark down bananas” … “by 10 %” are one order.

Only after a reply that asked for the part, and only where the two together are an order that can be filed. “Yes” to a
reply that offers one plain sentence for a change is that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent.conversation.context import OFFERED
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import tidy

MAX_WORDS = 8
_LACKED = ("Nothing was filed.", "I need one product and how much", "Which new price should it be?")
_GOES_ON = re.compile(r"^(?:by|to|at|in|for|until|till|from|on|with|because|of|as)\b", re.IGNORECASE)
_PERCENT = re.compile(r"^\d+(?:\.\d+)? ?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_PRICE = re.compile(r"^(?:[$€£] ?\d|\d+[.,]\d\d\b)")
_NUMBER = re.compile(
    r"^(?P<number>\d{1,6})(?: (?:units?|pieces?|pcs|cases?|of (?:them|it|each)))?\b(?P<rest>.*)$", re.IGNORECASE
)
_VERB = re.compile(r"^(?P<verb>\W*(?:please )?\w+) (?:some |more |a few |the )*(?P<rest>.+)$", re.IGNORECASE)


_YES = re.compile(
    r"^(?:yes|yep|yeah|yup|y|ok(?:ay)?|sure|right|correct|exactly|do (?:it|that|so)|go ahead|please do)"
    r"(?:[ ,]+(?:please|pls|thanks|exactly|correct|right|do (?:it|that)|go ahead|file it|that's it|that one))*$",
    re.IGNORECASE,
)


def completed(text: str, before: Sequence[BaseMessage]) -> str:
    """The order of the message before with what this one adds; empty where this one stands for itself.

    Args:
        text: what is said now.
        before: the messages before it, oldest first.
    """
    said = tidy(text).strip(" .!")
    asked = next((message for message in reversed(before) if isinstance(message, HumanMessage)), None)
    reply = before[-1] if before else None
    if asked is None or not isinstance(reply, AIMessage) or not said or len(said.split()) > MAX_WORDS:
        return ""
    offered = reply.response_metadata.get(OFFERED, ())
    if len(offered) == 1 and _YES.match(said):
        return str(offered[0])
    if not any(words in str(reply.text) for words in _LACKED):
        return ""
    order = tidy(str(asked.text)).rstrip(" ?.!")
    if _GOES_ON.match(said):
        return f"{order} {said}"
    if _PERCENT.match(said):
        return f"{order} by {said}"
    if _PRICE.match(said):
        return f"{order} to {said}"
    number, verb = _NUMBER.match(said), _VERB.match(order)
    if number and verb:
        return f"{verb['verb']} {number['number']} {verb['rest']}{number['rest']}"
    return ""


def files_something(decided: Plan) -> bool:
    """Whether a plan files a proposal."""
    return any(name.startswith("propose_") for name, _ in decided.calls)
