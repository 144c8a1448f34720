"""A message ready to send: its text for notifications and screen readers, and its blocks from richest to simplest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.slack.ui.limits import MESSAGE_BLOCKS, Block


@dataclass(frozen=True, slots=True)
class Outgoing:
    """``levels`` are tried in order; when Slack refuses them all, ``text`` (escaped) goes out alone, in pieces.

    ``headline`` is the first block's text as escaped Markdown; a stream shows it as its text, the other blocks below.
    """

    text: str
    headline: str = ""
    levels: Sequence[Sequence[Block]] = ()

    @property
    def best(self) -> list[Block]:
        """The richest blocks."""
        return list(self.levels[0]) if self.levels else []


def at_most(blocks: Sequence[Block], limit: int = MESSAGE_BLOCKS) -> list[Block]:
    """The blocks, cut to the number that Slack takes."""
    return list(blocks[:limit])
