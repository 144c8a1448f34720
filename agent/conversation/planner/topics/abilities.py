"""What the bot does not do, asked outright: “what can't you do”, “can you change prices by yourself”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

_LIMITS = re.compile(
    r"^\W*(?:and |so |ok )*(?:what (?:can(?:'t|not)|can you not|are you (?:not able|unable) to|don't"
    "|won't)(?: you)?(?: do| help(?: me)? with| answer| know)?(?: for me)?|what (?:are|is) your (?:limits?"
    r"|limitations?)|what don't you (?:do|know)|is there anything you can't(?: do)?|do you have (?:any )?limit\w*)\W*$"
)
_ALONE = re.compile(
    r"^\W*(?:can|could|do|will|would|are) you (?:able to |allowed to |going to )?(?:automatically |really |actually "
    "|just )?(?P<what>change|set|update|order|move|transfer|mark down|approve|delete|fix|edit|write|buy|do (?:it|that"
    r"|things|changes))\b.{0,40}\b(?:your ?self|on your own|by yourself|alone|automatically|without (?:me|asking"
    r"|approval|us|anyone))\b|^\W*(?:can|could|do) you (?:automatically )?(?:change|set|update) (?:the |our "
    r"|any )?(?:prices?|stock|orders?|shifts?)(?: automatically| directly)?\W*$"
)
_SEES = re.compile(
    r"^\W*(?:what|which) (?:stores?|data|numbers|figures) (?:can|do) you (?:see|have|know|use|access)\W*$"
    r"|^\W*where (?:do|does) (?:you|your|the) (?:get |data |figures |numbers )*(?:come )?from\W*$"
)
LIMITS = (
    "What I do not do: I change nothing by myself (I file proposals that somebody approves), I show only stores that "
    "you may see, and I give out nothing about single customers or colleagues. Not in the data I am given are expiry "
    "dates, pickup orders, audits, competitors and people's schedules beyond their shifts. I do no more than "
    "arithmetic about days to come, and I cannot send messages for you. What I can do: ask “help”."
)
ALONE = (
    "No. I only file a proposal: it stands on a card with what it would change, and nothing happens until somebody "
    "with the right to approve it presses the button. Then it is written once, read back and recorded, and most "
    "changes can be undone."
)
SEES = (
    "I answer from a copy of the stores' point-of-sale data, for the stores that you may see; every answer says as of "
    "when. Ask “my stores” for the list, “how fresh is the data” for its age."
)


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001  all topics are called alike
    """The reply to a question about the bot's own limits; None for every other."""
    whole = Reading.of(text).text
    for pattern, sentence in ((_LIMITS, LIMITS), (_ALONE, ALONE), (_SEES, SEES)):
        if pattern.search(whole.strip()):
            return Plan(text=sentence)
    return None
