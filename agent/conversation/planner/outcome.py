"""What the planner decides: tool calls with words beside them, or words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.wording import listed

SUMMARY, BREAKDOWN, COMPARE, TOP, FIND, STORES, CONDITIONS, PROPOSE = (
    "sales_summary",
    "sales_breakdown",
    "compare_periods",
    "top_products",
    "find_products",
    "list_stores",
    "store_conditions",
    "propose_price_change",
)
COMPARE_SPLITS = frozenset({"store", "weekday", "hour", "department", "category"})
MAX_CALLS = 4
TOO_MANY = (
    "That names more things than I answer in one go. Ask for four of them at a time, or for a split by department."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Tool calls to make, with words to put after their answers; or, without calls, the whole reply.

    ``opening`` goes before the answers: what was asked, where they only come near it. ``unread`` says that the reply is
    that the question was not understood, ``offered`` are questions to ask in its place, ``not_so_told`` that the tool
    of its subject cannot tell it in the way that was asked, which another may. ``leans``: it was read as going on about
    the answer before, which nothing that is learned of whole questions overrules.
    """

    calls: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    text: str = ""
    opening: str = ""
    unread: bool = False
    offered: tuple[str, ...] = ()
    not_so_told: bool = False
    leans: bool = False


def together(*said: str) -> str:
    """Sentences of several plans below each other, each once."""
    return "\n".join(dict.fromkeys(filter(None, said)))


def calls_for(tool: str, shared: Mapping[str, Any], ways: Sequence[Mapping[str, Any]], text: str = "") -> Plan:
    """One call for each way of filling in what the question names several of, such as two departments."""
    made = [{**shared, **way} for way in ways] or [dict(shared)]
    if len(made) > MAX_CALLS:
        return Plan(text=TOO_MANY)
    return Plan(tuple((tool, _without_none(args)) for args in made), text)


def not_understood(words: str) -> Plan:
    """The sentence for words that nothing here can do anything with."""
    return Plan(
        text=f"I did not understand “{words}” here, so I give no figure that leaves it out of account. I can answer for"
        " stores, periods, departments, categories and single products.",
        unread=True,
    )


def without(*said: str) -> str:
    """The sentence for what a question says and its answer leaves aside.

    >>> without("Mondays", "5%")
    '“Mondays” and “5%” are not taken into account here: what follows is told without them.'
    """
    quoted = listed([f"“{one.strip()}”" for one in said])
    verb, it = ("is", "it") if len(said) == 1 else ("are", "them")
    return f"{quoted} {verb} not taken into account here: what follows is told without {it}."


def _without_none(args: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in args.items() if value is not None}
