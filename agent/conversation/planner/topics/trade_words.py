"""“What's a fast mover?”, “what does MAPE mean?”: a word of the trade is explained, whatever else the word could ask.

A title, a near question or a refusal would take such a word for its subject, so it is looked at before all of them.
“What is GMROI?” may ask for either, so the figure stands behind what it means.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.topics.meanings import ABOUT
from tools.errors import BadArgumentError
from tools.meanings import has_meaning, is_trade_word
from tools.metrics.definitions import metric_named

_OPENS = r"^\W*(?:(?:and|so|ok|hey|please|can you|could you|tell me|remind me|explain(?: to me)?|i forgot)[, ]+)*"
_CLOSES = (
    r"(?: (?:again|exactly|please|here|then|for you|in (?:this|your|the) (?:data|reports?|answers|business|context)"
    r"|in retail|in plain (?:words|english)))*\W*$"
)
_SAID = r"[\"'“‘]?(?P<what>[\w%/&' -]{2,40}?)[\"'”’]?"
_SURE = tuple(
    re.compile(f"{_OPENS}{form}{_CLOSES}")
    for form in (
        rf"what(?:'s| is| are|s) (?:an? |meant by (?:an? |the )?){_SAID}",
        rf"what (?:does|do) (?:the (?:term|word|acronym|abbreviation) |an? )?{_SAID} (?:mean|stand for|refer to)",
        rf"(?:define|(?:what(?:'s| is) )?(?:the |a )?(?:definition|meaning) of) (?:an? )?{_SAID}",
        rf"(?:explain|describe)(?: (?:the term|the word|what))? {_SAID}(?: (?:is|are|means?))",
        rf"what do (?:you|we|they|people) (?:mean|call|understand) (?:by|with|when (?:you|they) say) (?:an? )?{_SAID}",
        rf"{_SAID} (?:meaning|definition|defined|explained)",
        rf"what (?:an? )?{_SAID} (?:is|are|means?)",
        rf"how (?:do you|does one) (?:compute|calculate|define|work out|measure|figure out) (?:an? |the )?{_SAID}",
        rf"how (?:is|are) (?:an? |the )?{_SAID} (?:computed|calculated|defined|worked out|measured)",
    )
)
_BARE = re.compile(f"{_OPENS}what(?:'s| is| are|s) (?P<the>the )?{_SAID}{_CLOSES}")
"""“What is conversion”: what it means, or how high it is; “what is the conversion” asks how high."""
_OF_NAME = re.compile(r"\b(?:effect|rule|principle|calendar)$")
_OWN = re.compile(r"\b(?:our|my|your|their|his|her|these|those|this|that|today|yesterday|now|it|best|top|worst)\b")
_FIGURES = frozenset(
    {"gmroi", "sell-through", "sell through", "stock turn", "weeks of cover", "cover", "conversion", "conversion rate",
     "atv", "aov", "upt", "asp",
     "aur", "splh", "shrink", "shrinkage", "waste", "spoilage", "dead stock", "phantom stock",
     "comp sales", "comps", "abc analysis", "stock turnover", "inventory turnover", "in-stock rate", "in stock rate",
     "availability", "retention", "retention rate", "repeat rate", "repeat purchase rate", "footfall", "traffic",
     "foot traffic", "forecast accuracy", "forecast error", "forecast bias", "penetration", "fast movers",
     "slow movers", "price elasticity", "sales density", "transactions", "planogram compliance"}
)  # fmt: skip
"""Words of figures and lists that a bare “what is …” may as well ask for."""


def explained(text: str) -> tuple[Plan, bool] | None:
    """The call that explains the word asked about, and whether its figure may be meant too; None for all else."""
    whole = Reading.of(text).text.strip()
    for asks in _SURE:
        if (found := asks.match(whole)) is not None and (one := _word(found["what"], sure=True)):
            return one, False
    if (found := _BARE.match(whole)) is not None:
        what = found["what"].strip(" '\"")
        if found["the"] and not _OF_NAME.search(what):
            return None
        if one := _word(what, sure=what in _FIGURES):
            return one, what in _FIGURES
    return None


def _word(what: str, *, sure: bool) -> Plan | None:
    what = what.strip(" '\"")
    if _OWN.search(what):
        return None
    if is_trade_word(what) or (sure and has_meaning(what)):
        return Plan(((ABOUT, {"term": what}),))
    if sure and what in _FIGURES:
        try:
            return Plan(((ABOUT, {"metric": metric_named(what).name}),))
        except BadArgumentError:
            return None
    return None
