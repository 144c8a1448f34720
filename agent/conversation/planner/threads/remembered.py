"""What the planner remembers: the calls of the last turn that made any, and what came back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

_SAID_AGAIN = re.compile(
    r"^\W*(?!.*\b(?:vs|versus|against)\b)(?!(?:and|by|vs|versus|why|what|which|who|how|show|same|compare|only|just|chart|graph|plot|draw|due|make"
    r"|until|till|mark|assign)\b)\S+(?: \S+){0,2}\W*$"
)


_ROW = re.compile(
    r"\bthe (?:first|second|third|fourth|fifth)(?: (?:one|product|item)\b|(?=\W*$))"
    r"|\b(?:did|does|do|has|had) the (?:first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th))(?: (?:one|brand"
    r"|department|category|product|item))? (?:have|sell|make|do|bring|get)\b",
    re.IGNORECASE,
)
_SO_FAR_BACK = 4
_LEAST_ROWS = 2
_NAMED = frozenset({"product", "name", "sku", "department", "category", "brand", "manufacturer", "store"})


@dataclass(frozen=True, slots=True)
class Call:
    """One tool call, the document that answered it (empty while it has not), and the question that led to it."""

    name: str
    args: Mapping[str, Any]
    document: Mapping[str, Any] = field(default_factory=dict)
    question: str = ""

    @property
    def failed(self) -> bool:
        """Whether the tool gave a sentence instead of a result."""
        return "error" in self.document


def current_turn(messages: Sequence[BaseMessage]) -> tuple[Sequence[BaseMessage], Sequence[BaseMessage]]:
    """The messages before the last question, and those from it on."""
    for index in range(len(messages) - 1, -1, -1):
        if isinstance(messages[index], HumanMessage):
            return messages[:index], messages[index:]
    return messages, ()


def last_calls(messages: Sequence[BaseMessage]) -> tuple[Call, ...]:
    """The calls of the most recent turn that made any."""
    return next(_turns(messages), ())


def calls_leant_on(messages: Sequence[BaseMessage], question: str) -> tuple[Call, ...]:
    """The calls that a question goes on about: those of the last turn that was answered or asked back.

    A turn that only failed is passed over, unless this looks like the word that was wrong in it, said again.
    """
    turns = list(_turns(messages))
    if not turns or _SAID_AGAIN.match(question.lower()):
        return turns[0] if turns else ()
    return next(
        (calls for calls in turns if any(not one.failed or one.document.get("options") for one in calls)), turns[0]
    )


def all_turns(messages: Sequence[BaseMessage]) -> tuple[tuple[Call, ...], ...]:
    """The calls of every turn that made any, newest first."""
    return tuple(_turns(messages))


def with_the_list_back(messages: Sequence[BaseMessage], question: str, previous: tuple[Call, ...]) -> tuple[Call, ...]:
    """The calls before; those of the list that was shown last, where a row is pointed at and the last answer has none.

    Args:
        messages: the messages before, oldest first.
        question: what is said now.
        previous: the calls that it would lean on.
    """
    if (
        not previous
        or not _ROW.search(question)
        or any(_is_list(call) or call.document.get("options") for call in previous)
    ):
        return previous
    return next((calls for calls in all_turns(messages)[:_SO_FAR_BACK] if _is_list(calls[-1])), previous)


def _is_list(call: Call) -> bool:
    """Whether an answer lists things by name, and not the figures or the parts of one thing."""
    table = call.document.get("table")
    if call.failed or not isinstance(table, Mapping) or len(table.get("rows") or ()) < _LEAST_ROWS:
        return False
    titles = (str(one.get("name") if isinstance(one, Mapping) else one) for one in table.get("columns", ()))
    return not _NAMED.isdisjoint(title.split(" (")[0].lower() for title in titles)


def last_turn(messages: Sequence[BaseMessage]) -> tuple[Call, ...]:
    """The calls of the turn just before; none where it was answered without any."""
    asked = [index for index, message in enumerate(messages) if isinstance(message, HumanMessage)]
    return next(_turns(messages[asked[-1] :]), ()) if asked else ()


def _turns(messages: Sequence[BaseMessage]) -> Iterator[tuple[Call, ...]]:
    """The calls of each turn that made any, newest first."""
    answers = {message.tool_call_id: message for message in messages if isinstance(message, ToolMessage)}
    calls: list[Call] = []
    for message in reversed(messages):
        if isinstance(message, AIMessage) and message.tool_calls:
            found = [
                Call(call["name"], call["args"], _document(answers.get(call["id"] or "")))
                for call in message.tool_calls
            ]
            # One that failed and was tried again in the same turn gives way to the second try.
            tried_again = {call.name for call in calls}
            calls = [*(call for call in found if not (call.failed and call.name in tried_again)), *calls]
        if isinstance(message, HumanMessage) and calls:
            yield tuple(replace(call, question=str(message.text)) for call in calls)
            calls = []
    if calls:
        yield tuple(calls)


def _document(message: ToolMessage | None) -> Mapping[str, Any]:
    if message is None or not isinstance(message.content, str):
        return {}
    try:
        document = json.loads(message.content)
    except json.JSONDecodeError:
        # The graph's own refusals (a call limit, an unknown tool) are plain sentences.
        return {"error": message.content}
    return document if isinstance(document, dict) else {}
