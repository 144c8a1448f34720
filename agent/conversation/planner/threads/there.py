"""“There”, “for them” and “it” in an order for people: the store and the matter of the answer above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.which_stores import singled_out
from agent.conversation.surroundings import Surroundings

_ORDER = re.compile(
    r"^\W*(?:please |can you |could you |ok(?:ay)? |then |and |so |now )*(?:create|make|add|assign|set up|open|file"
    r"|log|raise|schedule|remind|ask|tell|have|get)\b.*\b(?:tasks?|reminders?|audits?|checks?|counts?|recounts?|to)\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    (
        " (?:there|(?:for|at|to|with) (?:them|it|that (?:store|one|shop)|this (?:store|one)|those (?:stores|ones)"
        r"|the store))\b(?! (?:is|are)\b)"
    ),
    re.IGNORECASE,
)
_IT = re.compile(
    "^(?:fix|check|look into|review|follow up on|correct|solve|address|sort|investigate) (?:it|this|that|them|those"
    "|these)(?: out)?$",
    re.IGNORECASE,
)
MAX_DETAIL = 200


def with_place(text: str, previous: Sequence[Call], around: Surroundings) -> str:
    """The order with the name of the store that it points at; without the words that point where no one store is meant.

    Args:
        text: what is said.
        previous: the last calls of the thread.
        around: the stores that can be named.
    """
    if not previous or not _ORDER.match(text):
        return text
    named = any(store.name.lower() in text.lower() for store in around.stores)
    store = None if named else _store(previous[-1], around)
    pointed = _THERE.search(text)
    if pointed is None:
        return f"{text.rstrip(' ?.!')} at {store}" if store and not named else text
    rest = f"{text[: pointed.start()]}{text[pointed.end() :]}"
    return f"{rest.rstrip(' ?.!')} at {store}" if store else rest


def with_matter(made: Plan | None, previous: Sequence[Call]) -> Plan | None:
    """The task with what the answer above says, where its title only says “fix it”."""
    last = previous[-1] if previous else None
    if made is None or last is None or last.failed:
        return made
    said = str(last.document.get("headline") or last.document.get("text") or "").split(". ")[0][:MAX_DETAIL]
    calls = []
    for name, args in made.calls:
        bare = name == "propose_store_task" and _IT.match(str(args.get("title", "")))
        calls.append((name, {**args, "detail": said} if bare and said and "detail" not in args else args))
    return replace(made, calls=tuple(calls))


def _store(last: Call, around: Surroundings) -> str | None:
    """The one store that the last answer was about or singled out."""
    said = str(last.args.get("stores") or last.args.get("store") or "").lower()
    named = [one.name for one in around.stores if one.name.lower() in said or one.store_id.lower() == said]
    if len(named) == 1:
        return named[0]
    found = None if said or not isinstance(last.document, Mapping) else singled_out(last)
    return next((one.name for one in around.stores if one.name == found), None)
