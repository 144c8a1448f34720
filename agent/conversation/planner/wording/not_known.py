"""Which words of a refused question are named as not understood: only such as are in it.

A reader names what it had left over, which may be a word of a plainer wording that was never said. Then the words that
nothing here knows are named; where all are known, it is said that no figure tells them together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, words_of
from agent.conversation.planner.outcome import Plan, not_understood
from agent.conversation.planner.refused.boundaries import NOT_UNDERSTOOD
from agent.conversation.planner.wording.fillers import FILLERS
from agent.conversation.surroundings import Surroundings

_REFUSAL = re.compile(r"I did not understand (?P<words>“.+?”(?: and “.+?”)*) here, so I give no figure")
_QUOTED = re.compile(r"“([^”]+)”")
_KNOWN = (
    "I know what {words} are, but nothing here tells them together in that way, so I give no figure. I can answer for"
    " stores, periods, departments, categories and single products."
)
_MOST, _A_NAME = 4, 3


def naming(question: str, refused: Plan, around: Surroundings) -> Plan:
    """The refusal with the words of the question that nothing knows; other refusals stay as they are."""
    found = _REFUSAL.match(refused.text)
    if found is None or refused.text != not_understood(found["words"][1:-1]).text:
        return refused
    lowered = question.lower()
    left_over = _QUOTED.findall(found["words"])
    if any(len(one.split()) > _A_NAME for one in left_over):
        return refused  # a reader says more than what it did not understand
    named = [one for one in left_over if one.lower() in lowered]
    if named:
        return replace(refused, text=not_understood("” and “".join(named)).text) if named != left_over else refused
    asked = Asked.of(question, around)
    said = words_of(asked.rest if asked else lowered)
    if strange := [one.words for one in said if not one.means and not one.is_number and one.words not in FILLERS]:
        return replace(refused, text=not_understood("” and “".join(dict.fromkeys(strange))).text)
    known = dict.fromkeys(one.words for one in said if one.named(FIGURES) or one.named(GROUPS))
    words = " and ".join(f"“{one}”" for one in known)
    told = _KNOWN.format(words=words) if 1 < len(known) <= _MOST else NOT_UNDERSTOOD
    return replace(refused, text=told)
