"""One group told within another: “brand within department”, “departments, and brands in them”."""

from __future__ import annotations

import re

from agent.conversation.planner.titles.grammar import group_name

_CATEGORY = r"(?:product )?categor(?:y|ies)"
_INNER = rf"(?:{_CATEGORY}|sub-?categor(?:y|ies)|brands?|manufacturers?|makers?|departments?|suppliers?)"
_OUTER = rf"(?:{_CATEGORY}|departments?|depts?|divisions?|stores?|shops?|locations?|districts?|regions?)"
_FIGURE = (
    r"(?:(?:net |gross |total )?(?:sales|revenue|turnover)|units?(?: sold)?|volume|(?:gross )?(?:margins?|profits?)"
    r"(?: ?%)?|discounts?(?: rates?)?|(?:refund|return) rates?|average (?:selling )?price|performance)"
)
_LEAD = r"(?:(?:show|give|list|tell|get)(?: me| us)? |please |the |our |all |what (?:are|were) )*"
_EACH = r"(?:each |every |all |the |our |their )*"
_WHEN = r"(?:last|this|yesterday|today|in|for|at|since|during|over|ytd|mtd)"
_OF = rf"(?:(?P<f>{_FIGURE}) (?:of|by|for|per) )?{_EACH}"
_THERE = r"(?:with)?in (?:them|it|each(?: of them)?|those|that)"
_NESTED = tuple(
    re.compile(rf"^\W*{_LEAD}{_OF}{form}(?P<rest>(?:,? by (?P<by>{_FIGURE}))?(?: {_WHEN}\b.*?)?)\W*$", re.IGNORECASE)
    for form in (
        rf"(?P<inner>{_INNER}) (?:with)?in(?:side)? {_EACH}(?P<outer>{_OUTER})",
        rf"(?P<outer>{_OUTER}),? (?:and|with|then) {_EACH}(?P<inner>{_INNER}) {_THERE}",
        rf"(?P<outer>{_OUTER}),? (?:and|with) their (?P<inner>{_INNER})",
    )
)


def one_within_another(text: str) -> str:
    """Two groups of which one lies in the other, as a figure by both; every other question as it is.

    >>> one_within_another("brands within departments by margin last month")
    'margin by department and brand last month'
    """
    for asked in _NESTED:
        found = asked.search(text)
        if found is None:
            continue
        inner, outer = group_name(found["inner"]), group_name(found["outer"])
        if inner == outer:
            return text
        figure = found["f"] or found["by"] or "net sales"
        said = found["rest"]
        if found["by"]:
            said = re.sub(rf"^,? by {re.escape(found['by'])}", "", said)
        return f"{'net sales' if figure.lower() == 'performance' else figure} by {outer} and {inner}{said}"
    return text
