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
WHICH_PRODUCT = "Which product do you mean?"
_POINTS = re.compile(
    r"\b(?:(?:it|them|that|those|these) all|all of (?:it|them|those|these)|its?|that(?: one)?|this(?: one)?|them"
    r"|those|these|the (?:\w+ )?(?:one|product|item))\b",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    r"^(?P<verb>.*?\b(?:order|re-?order|send|move|transfer|ship|buy|get) \d{1,5})\b(?P<rest>.*)$", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"^(?:(?:the )?(?:first|last|top) (?:\d+|two|three|few)|what|which|who|how|when|where|why|is|are|was|were|do"
    r"|does|did|can|could|should|will|show|give|tell|list"
    r"|yes|no|ok(?:ay)?"
    r"|never ?mind|undo|and|make|order|re-?order|buy|get|send|move|mark|raise|lower|cut|drop|cancel|stop|count"
    r"|check|create|add"
    r"|put|set|chart|graph|sort|compare|forget|approve|reject|export|same|sales|margin|stock)\b",
    re.IGNORECASE,
)
_JUST = re.compile(r"^(?:just|only|i mean(?:t)?|i meant|sorry|the one with) ", re.IGNORECASE)
_GOES_ON = re.compile(r"^(?:by|to|at|in|for|until|till|from|on|with|because|of|as)\b", re.IGNORECASE)
_PERCENT = re.compile(r"^\d+(?:\.\d+)? ?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_NEW_PRICE = re.compile(r"^(?:(?:make it|at|to) )?(?P<price>(?:[$€£] ?\d[\d.,]*|\d+[.,]\d\d)\b.*)$")
_AMOUNT = re.compile(r" (?:by )?(?:an? )?(?:\d+ ?(?:cents?|c|¢|dollars?|bucks?)|[$€£] ?\d[\d.,]*)\b.*$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?P<number>\d{1,6})(?: (?:units?|pieces?|pcs|cases?|of (?:them|it|each)))?\b(?P<rest>.*)$", re.IGNORECASE
)
_VERB = re.compile(r"^(?P<verb>\W*(?:please )?\w+) (?:some |more |a few |the )*(?P<rest>.+)$", re.IGNORECASE)


_WHERE_OR_WHEN = re.compile(r"^(?:at|for|to|from|by|until|till) [a-z]", re.IGNORECASE)
"""What adds a store or a day to a sentence that was offered; it counts only where the two are a change."""
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
    if len(offered) == 1 and _WHERE_OR_WHEN.match(said):
        return f"{str(offered[0]).rstrip(' ?.!')} {said}"
    order = tidy(str(asked.text)).rstrip(" ?.!")
    if WHICH_PRODUCT in str(reply.text) and (named := _with_product(order, _JUST.sub("", said))):
        return named
    if not any(words in str(reply.text) for words in _LACKED):
        return ""
    if _GOES_ON.match(said) and not _NEW_PRICE.match(said):
        return f"{order} {said}"
    if _PERCENT.match(said):
        return f"{order} by {said}"
    if price := _NEW_PRICE.match(said):
        return f"{_AMOUNT.sub('', order)} to {price['price']}"
    number, verb = _NUMBER.match(said), _VERB.match(order)
    if number and verb:
        return f"{verb['verb']} {number['number']} {verb['rest']}{number['rest']}"
    return ""


def _with_product(order: str, said: str) -> str:
    """The order with the product that was asked for in the place of the word that pointed, or behind its number."""
    if _NO_NAME.match(said) or _GOES_ON.match(said) or _NUMBER.match(said):
        return ""
    if pointed := _POINTS.search(order):
        return f"{order[: pointed.start()]}{said}{order[pointed.end() :]}"
    many = _SO_MANY.match(order)
    return f"{many['verb']} {said}{many['rest']}" if many else ""


def files_something(decided: Plan) -> bool:
    """Whether a plan files a proposal."""
    return any(name.startswith("propose_") for name, _ in decided.calls)
