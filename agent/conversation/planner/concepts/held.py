"""Which tool tells a figure, what it can be split by, and what may be said beside it without changing it.

Sums of the sales are told by the breakdown; the rest stands in ``held.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from agent.conversation.planner.slots.arguments import choices
from tools.registry import catalogue


@dataclass(frozen=True, slots=True)
class Held:
    """A figure that is no plain sum of the sales.

    ``absorbs`` are figures and ``goods`` groups whose words only say the same again, ``beside`` other such words.
    ``first`` is the end of the ranking that a tool without an order begins with,
    ``label`` how the figure is called.
    """

    tool: str
    args: Mapping[str, Any]
    absorbs: frozenset[str]
    goods: frozenset[str]
    beside: frozenset[str]
    first: str = ""
    label: str = ""

    def fields(self) -> frozenset[str]:
        """The names of the arguments of its tool."""
        return frozenset(catalogue()[self.tool].arguments.model_fields)

    def choices(self, argument: str) -> tuple[str, ...]:
        """What an argument of the tool may be; empty where anything may."""
        return choices(self.tool, argument)


@lru_cache(maxsize=1)
def held() -> Mapping[str, Held]:
    """Every figure of the list by the name of its concept."""
    lists = tomllib.loads(resources.files(__package__).joinpath("held.toml").read_text("utf-8"))
    return {
        name: Held(
            one["tool"],
            one.get("args", {}),
            frozenset(one.get("absorbs", ())),
            frozenset(one.get("groups", ())),
            frozenset(one.get("beside", ())),
            one.get("first", ""),
            one.get("label", name.replace("_", " ").capitalize()),
        )
        for name, one in lists.items()
    }
