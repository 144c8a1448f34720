"""Two figures that are asked for in one breath: “behind target in both sales and margin”, told of one of them."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.concepts.asked import call
from agent.conversation.planner.concepts.lexicon import FIGURES, words_of
from agent.conversation.planner.outcome import Plan
from tools.metrics import METRICS

_BOTH = re.compile(
    r"\bboth (?:in |on |for |the |our )*(?P<one>[a-z% ]{3,30}?) and (?P<other>[a-z% ]{3,40})", re.IGNORECASE
)
_KIND = {"gross_margin_pct": "gross_margin"}
"""Figures that a tool of one figure calls otherwise."""


def with_both_figures(question: str, decided: Plan) -> Plan:
    """The plan with a call for each of two such figures, where its one call is of one of them."""
    found = _BOTH.search(question)
    if found is None or len(decided.calls) != 1 or not decided.calls[0][1].get("metric"):
        return decided
    name, args = decided.calls[0]
    wanted = [_figure(found["one"]), _figure(found["other"])]
    if None in wanted or wanted[0] == wanted[1]:
        return decided
    told = [call(name, {**args, "metric": _as_told(str(figure), str(args["metric"]))}) for figure in wanted]
    return replace(decided, calls=tuple(one.calls[0] for one in told if one is not None)) if all(told) else decided


def _as_told(figure: str, planned: str) -> str:
    """A figure as the plan calls it already: its targets may be in money, where the word is one of per cent."""
    return planned if _KIND.get(figure) == planned else figure


def _figure(said: str) -> str | None:
    return next((figure for one in words_of(said) if (figure := one.named(FIGURES)) in METRICS), None)
