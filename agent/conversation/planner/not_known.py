"""Which words of a refused question are named as not understood: those that are in it and that nothing here knows.

A reader names what it had left over, which may be a word that another reader knows, or one of a plainer wording that
was never said. Where every word is known, it is said that no figure tells them together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, words_of
from agent.conversation.planner.fillers import FILLERS
from agent.conversation.planner.outcome import Plan, not_understood
from agent.conversation.surroundings import Surroundings

_REFUSAL = re.compile(r"I did not understand (?P<words>“.+?”(?: and “.+?”)*) here, so I give no figure")
_QUOTED = re.compile(r"“([^”]+)”")
_KNOWN = (
    "I know what {words} are, but nothing here tells them together in that way, so I give no figure. I can answer for"
    " stores, periods, departments, categories and single products."
)
_MOST = 4


def naming(question: str, refused: Plan, around: Surroundings) -> Plan:
    """The refusal with the words of the question that nothing knows; other refusals stay as they are."""
    found = _REFUSAL.match(refused.text)
    if found is None:
        return refused
    lowered = question.lower()
    named = [one for one in _QUOTED.findall(found["words"]) if one.lower() in lowered]
    asked = Asked.of(question, around)
    rest = asked.rest if asked else lowered
    strange = [one for one in named if _is_strange(one) or one[0].isdigit()]
    strange = strange or [one.words for one in words_of(rest) if _is_strange(one.words)]
    if strange:
        return replace(refused, text=not_understood("” and “".join(dict.fromkeys(strange))).text)
    known = [one.words for one in words_of(rest) if one.named(FIGURES) or one.named(GROUPS)]
    if len(known := list(dict.fromkeys(known))) < 2 or len(known) > _MOST:
        return refused if named else replace(refused, text=not_understood("” and “".join(known) or lowered).text)
    return replace(refused, text=_KNOWN.format(words=" and ".join(f"“{one}”" for one in known)))


def _is_strange(words: str) -> bool:
    """Whether one of the words is in no list and no filler."""
    return any(not one.means and not one.is_number and one.words not in FILLERS for one in words_of(words))
